"""How fast texts are read, beside what a user would write otherwise: spaCy and a PhraseMatcher of the same terms.

The work of `monazite bench understand`. Both sides run in one process on the same texts, each round with pipelines that
are built anew and have seen no text (news is new), and the best of three rounds counts; figures are processor time.
"""

from __future__ import annotations

import functools
import gzip
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.tune.analyze import document_from_line
from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.levels import Level, Slot, Status
from bot.types.lexicon import Concept, Lexicon, Term, TermKind
from bot.types.place import Place
from bot.types.settings import ReaderSettings
from bot.understand import language
from bot.understand._lexis import Lexis, languages
from bot.understand._profiles import FUNCTION_WORDS
from bot.understand.gate import Gate
from bot.understand.plain_stack import plain_stack
from bot.understand.reader import WORDS, SpacyReader

ROUNDS = 3
SENTENCES = 20  # of a made-up text
SHARE = 0.03  # of made-up texts that hold a real subject
GROWTH = (2_000, 20_000, 100_000)  # terms
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"

# One sentence with a subject per language.
SUBJECT: Mapping[str, str] = MappingProxyType(
    {
        "en": "The ministry will restrict exports of gallium and rare earths to Japan from 6 January.",
        "nl": "Het ministerie beperkt de uitvoer van gallium en zeldzame aardmetalen naar Japan vanaf 6 januari.",
        "de": "Das Ministerium beschränkt die Ausfuhr von Gallium und Seltenen Erden nach Japan ab dem 6. Januar.",
        "fr": "Le ministère restreint l'exportation de gallium et de terres rares vers le Japon à partir du 6 janvier.",
        "es": "El ministerio restringe la exportación de galio y tierras raras a Japón a partir del 6 de enero.",
        "it": "Il ministero limita l'esportazione di gallio e terre rare verso il Giappone dal 6 gennaio.",
        "pt": "O ministério restringe a exportação de gálio e terras raras para o Japão a partir de 6 de janeiro.",
        "pl": "Ministerstwo ogranicza eksport galu i metali ziem rzadkich do Japonii od 6 stycznia.",
        "ru": "Министерство ограничивает экспорт галлия и редкоземельных металлов в Японию с 6 января.",
        "id": "Kementerian membatasi ekspor galium dan logam tanah jarang ke Jepang mulai 6 Januari.",
        "vi": "Bộ Thương mại hạn chế xuất khẩu gali và đất hiếm sang Nhật Bản từ ngày 6 tháng 1.",
        "ja": "同省は1月6日からガリウムとレアアースの日本への輸出を制限する。",
        "zh-Hans": "商务部自1月6日起对日本实施镓和稀土出口管制。",
        "zh-Hant": "商務部自1月6日起對日本實施鎵和稀土出口管制。",
        "ko": "상무부는 1월 6일부터 갈륨과 희토류의 대일 수출을 통제한다.",
    }
)
# Ordinary sentences of the languages whose words are not listed anywhere here.
_FRAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "ja": ("市議会は{0}に集まり、川の近くの{1}について話し合い、多くの人が満足した。", "月曜 橋 学校 庭園 市場 駅"),
        "zh-Hans": ("市议会{0}开会讨论河边的{1}，大多数人都感到满意。", "周一 桥梁 学校 花园 市场 图书馆"),
        "zh-Hant": ("市議會{0}開會討論河邊的{1}，大多數人都感到滿意。", "週一 橋樑 學校 花園 市場 圖書館"),
        "ko": (
            "시의회는 {0}에 모여 강가의 {1} 문제를 논의했고 많은 주민이 만족했다.",
            "월요일 다리 학교 정원 시장 도서관",
        ),
        "ru": ("Городской совет обсудил {0} и {1} у реки, и большинство жителей остались довольны.", "мост школу сад"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text of the workload."""

    lang: str
    document: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the report."""

    what: str
    value: float
    unit: str  # "texts/s", "s" or "MB"
    times: float | None = None  # as fast as the user's stack


def made_up(count: int) -> list[Text]:
    """General news of some twenty sentences in every language that is read, a few with a real subject."""
    draw = random.Random(7)  # noqa: S311 - the same texts each time; nothing is kept secret with it
    langs = [lang for lang in SUBJECT if lang in languages()]
    found = []
    for number in range(count):
        lang = langs[number % len(langs)]
        body = [made_up_sentence(lang, draw) for _ in range(SENTENCES)]
        if draw.random() < SHARE:
            body.insert(draw.randrange(len(body)), SUBJECT[lang])
        found.append(
            _text(number, lang, made_up_sentence(lang, draw), ("" if languages()[lang].cjk else " ").join(body))
        )
    return found


def _text(number: int, lang: str, title: str, text: str) -> Text:
    line = {"id": number, "title": title, "text": text, "source_kind": "press"}
    return Text(lang=lang, document=document_from_line(line))


def made_up_sentence(lang: str, draw: random.Random) -> str:
    """Function words, invented words and a name that no cache has seen."""
    if lang in _FRAMES:
        frame, places = _FRAMES[lang]
        return frame.format(draw.choice(places.split()), draw.choice(places.split()))
    function = sorted(FUNCTION_WORDS[lang])
    words = [draw.choice(function) if number % 2 else made_up_word(draw) for number in range(16)]
    return f"{made_up_word(draw).capitalize()} {' '.join(words)}."


def made_up_word(draw: random.Random) -> str:
    """A word of two to four syllables."""
    return "".join(draw.choice(_CONSONANTS) + draw.choice(_VOWELS) for _ in range(draw.randint(2, 4)))


def recorded(path: Path) -> list[Text]:
    """Texts of a file of JSON Lines with `lang`, `title` and `text`, in languages that are read; .gz is unpacked."""
    content = path.read_bytes()
    lines = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    codes = {"zh": "zh-Hans"}
    named = ((codes.get(row["lang"], row["lang"]), row) for row in rows)
    return [
        _text(number, code, row["title"], row.get("text") or "")
        for number, (code, row) in enumerate(named)
        if code in languages()
    ]


def understand(lexicon: Lexicon, texts: Sequence[Text], learned: ReaderSettings) -> Iterator[Row]:
    """Both sides, row by row: the user's stack, the gate, words, words and the learned reader, growth, memory."""
    gate = Gate(Lexis(lexicon))
    opened = sum(gate.opens(text.document.full, text.lang) for text in texts)
    yield Row(what="texts for which the gate opens", value=100 * opened / len(texts), unit="%")
    yield Row(what="compile the gate, all languages", value=_once(lambda: _compiled(lexicon)), unit="s")
    yours = _best(lambda: _plain_stack(lexicon, {text.lang for text in texts}), texts)
    yield Row(what="spacy.blank + PhraseMatcher (user)", value=yours, unit="texts/s", times=1.0)
    for what, make in (
        ("gate alone", lambda: _gate(lexicon)),
        ("language and gate", lambda: _named_gate(lexicon)),
        ("words: language, gate, spaCy on hits, events", lambda: _reader(lexicon, WORDS)),
        ("words and the learned reader", lambda: _reader(lexicon, learned)),
    ):
        ours = _best(make, texts)
        yield Row(what=what, value=ours, unit="texts/s", times=ours / yours)
    for count in GROWTH:
        grown = _best(functools.partial(_gate, _grown(count)), texts)
        yield Row(what=f"gate alone, {count} made-up terms", value=grown, unit="texts/s")


def memory(lexicon: Lexicon, learned: ReaderSettings) -> Row:
    """Megabytes of this process once every language, and the learned reader, has read a text."""
    warmed_reader(lexicon, learned)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Row(what="memory, all languages", value=used / (1 << 20 if sys.platform == "darwin" else 1 << 10), unit="MB")


def _plain_stack(lexicon: Lexicon, langs: set[str]) -> Callable[[Sequence[Text]], object]:
    stack = plain_stack(lexicon, langs)
    return lambda texts: [stack(text.document.full, text.lang) for text in texts]


def _best(make: Callable[[], Callable[[Sequence[Text]], object]], texts: Sequence[Text]) -> float:
    """Texts per second of processor time in the best of some rounds, each with something newly made."""
    times = []
    for _ in range(ROUNDS):
        run = make()
        begin = time.process_time()
        run(texts)
        times.append(time.process_time() - begin)
    return len(texts) / min(times)


def _once(make: Callable[[], object]) -> float:
    begin = time.process_time()
    make()
    return time.process_time() - begin


def _grown(count: int) -> Lexicon:
    """A lexicon of made-up terms of one and two words, as a plain word list would hold them."""
    draw = random.Random(11)  # noqa: S311 - as above
    common = ("export", "ban", "control", "metal", "market", "price")
    langs = ("en", "nl", "de")
    terms = []
    for number in range(count):
        parts = (made_up_word(draw), draw.choice(common)) if number % 2 else (made_up_word(draw),)
        terms.append(
            Term(
                lang=langs[number % len(langs)],
                text=" ".join(parts),
                kind=TermKind.PHRASE,
                parts=tuple((part,) for part in parts),
                sure=True,
                place=Place(path="made-up.yml", line=number + 1),
            )
        )
    concept = Concept(
        id=ConceptId("made-up"),
        slot=Slot.MEASURE,
        title="made up",
        status=Status.LIVE,
        weight=Level.LOW,
        place=Place(path="made-up.yml", line=1),
        terms=tuple(terms),
    )
    return Lexicon(concepts=(concept,), hash="growth")


def _gate(lexicon: Lexicon) -> Callable[[Sequence[Text]], object]:
    gate = _compiled(lexicon)
    return lambda texts: [gate.opens(text.document.full, text.lang) for text in texts]


def _named_gate(lexicon: Lexicon) -> Callable[[Sequence[Text]], object]:
    gate = _compiled(lexicon)

    def opens(document: Document) -> bool:
        # Titles here are of the language of their texts, so that one look is enough.
        _, below = language.identify_parts(document.title, document.text)
        return gate.opens(document.full, below[0])

    return lambda texts: [opens(text.document) for text in texts]


def _compiled(lexicon: Lexicon) -> Gate:
    """The gate with the terms of every language compiled, which it otherwise does when a language first comes by."""
    gate = Gate(Lexis(lexicon))
    for lang in languages():
        gate.opens("", lang)
    return gate


def warmed_reader(lexicon: Lexicon, settings: ReaderSettings) -> SpacyReader:
    """A reader whose pipelines are built, all of them."""
    reader = SpacyReader(lexicon, settings)
    for number, (lang, sentence) in enumerate(SUBJECT.items()):
        reader.read(_text(number, lang, sentence, "").document, lang=lang)
    return reader


def _reader(lexicon: Lexicon, settings: ReaderSettings) -> Callable[[Sequence[Text]], object]:
    reader = warmed_reader(lexicon, settings)
    return lambda texts: [reader.read(text.document) for text in texts]
