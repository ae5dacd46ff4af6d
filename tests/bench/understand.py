"""How fast texts are read, beside what a user would write otherwise: spaCy and a PhraseMatcher of the same terms.

Run it as `python -m tests.bench.understand [FOLDER_OF_RULES] [TEXTS.jsonl[.gz]]`. Both sides run in one process on the
same texts, each round with pipelines that are built anew and have seen no text (news is new), and the best of three
rounds counts; figures are processor time. Texts are JSON Lines with `lang`, `title` and `text`; without a file, general
news is made up of everyday words, three in a hundred with a real subject.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher

from bot.rulebook.load import compiled
from bot.rulebook.plugins import Plugins
from bot.rulebook.terms import forms
from bot.types.document import Document
from bot.types.levels import Slot
from bot.types.lexicon import Lexicon, Term, TermKind
from bot.types.place import Place
from bot.understand import language
from bot.understand._everyday import EVERYDAY
from bot.understand._lexis import Lexis, languages
from bot.understand._profiles import FUNCTION_WORDS
from bot.understand.gate import Gate
from bot.understand.reader import SpacyReader
from tests.fakes.lexicon import concept, document

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3
MOST_FORMS = 400  # of one term; a user would not write more phrases out
LATIN = ("en", "nl", "de")
EAST_ASIAN = {
    "ja": "市議会は{0}に集まり、川の近くの{1}について話し合い、多くの人が満足した。",
    "zh-Hans": "市议会{0}开会讨论河边的{1}，大多数人都感到满意。",
}
SUBJECT = {
    "en": "The ministry will restrict exports of gallium and rare earths to Japan from 6 January.",
    "nl": "Het ministerie beperkt de uitvoer van gallium en zeldzame aardmetalen naar Japan vanaf 6 januari.",
    "de": "Das Ministerium beschränkt die Ausfuhr von Gallium und Seltenen Erden nach Japan ab dem 6. Januar.",
    "ja": "同省は1月6日からガリウムとレアアースの日本への輸出を制限する。",
    "zh-Hans": "商务部自1月6日起对日本实施镓和稀土出口管制。",
}
PLACES = {"ja": "月曜 橋 学校 庭園 市場 図書館 駅 競技場", "zh-Hans": "周一 桥梁 学校 花园 市场 图书馆 车站 体育场"}
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the workload."""

    lang: str
    document: Document


def made_up(count: int, share: float = 0.03) -> list[Text]:
    """General news of some twenty sentences in five languages, a share of it with a real subject."""
    draw = random.Random(7)
    langs = tuple(SUBJECT)
    found = []
    for number in range(count):
        lang = langs[number % len(langs)]
        body = [sentence(lang, draw) for _ in range(20)]
        if draw.random() < share:
            body.insert(draw.randrange(len(body)), SUBJECT[lang])
        found.append(Text(lang, document(sentence(lang, draw), (" " if lang in LATIN else "").join(body))))
    return found


def sentence(lang: str, draw: random.Random) -> str:
    """Everyday words, function words and a name that no cache has seen."""
    if lang not in LATIN:
        places = PLACES[lang].split()
        return EAST_ASIAN[lang].format(draw.choice(places), draw.choice(places))
    everyday, function = sorted(EVERYDAY[lang]), sorted(FUNCTION_WORDS[lang])
    name = "".join(draw.choice(letters) for letters in (CONSONANTS, VOWELS) * 3).capitalize()
    words = [draw.choice(function if number % 2 else everyday) for number in range(16)]
    return f"{name} {' '.join(words)}."


def recorded(path: Path) -> list[Text]:
    """Texts of a file, in languages that are read."""
    content = path.read_bytes()
    lines = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    codes = {"zh": "zh-Hans"}
    named = ((codes.get(row["lang"], row["lang"]), row) for row in rows)
    return [Text(code, document(row["title"], row.get("text") or "")) for code, row in named if code in languages()]


def phrases(lexicon: Lexicon, lang: str) -> Iterator[str]:
    """The same terms as plain phrases."""
    for one in lexicon.concepts:
        for term in one.terms:
            if term.lang not in (lang, lang.partition("-")[0], "*") or term.kind is TermKind.PAIR:
                continue
            yield from (
                form.replace("…", "").replace("*", "") for form, _ in zip(forms(term), range(MOST_FORMS), strict=False)
            )


def users_stack(lexicon: Lexicon) -> Callable[[Sequence[Text]], None]:
    """One blank pipeline per language with a PhraseMatcher that looks at lower-case words."""
    stacks = {}
    for lang in ("en", "nl", "de", "ja", "zh-Hans"):
        # Japanese in spaCy wants a dictionary; characters are the fastest a user can do without.
        nlp = spacy.blank({"ja": "zh", "zh-Hans": "zh"}.get(lang, lang))
        matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        matcher.add("terms", [nlp.make_doc(phrase) for phrase in dict.fromkeys(phrases(lexicon, lang))])
        stacks[lang] = (nlp, matcher)

    def run(texts: Sequence[Text]) -> None:
        for text in texts:
            nlp, matcher = stacks[text.lang]
            matcher(nlp(text.document.full))

    return run


def best(make: Callable[[], Callable[[Sequence[Text]], object]], texts: Sequence[Text]) -> float:
    """Texts per second of processor time in the best of some rounds, each with something newly made."""
    times = []
    for _ in range(ROUNDS):
        run = make()
        begin = time.process_time()
        run(texts)
        times.append(time.process_time() - begin)
    return len(texts) / min(times)


def say(line: str) -> None:
    """One line of the report."""
    sys.stdout.write(line + "\n")


def timed(what: str, make: Callable[[], object]) -> None:
    """Print how long something takes once."""
    begin = time.process_time()
    make()
    say(f"{what:<46}{time.process_time() - begin:>10.2f} s")


def main(arguments: Sequence[str]) -> None:
    """Print both sides."""
    folder = Path(arguments[0]) if arguments else ROOT / "rules"
    lexicon = Lexicon(concepts=tuple(compiled(folder, Plugins()).concepts), hash="bench")
    texts = recorded(Path(arguments[1])) if len(arguments) > 1 else made_up(600)
    reader, gate = SpacyReader(lexicon), Gate(Lexis(lexicon))
    opened = [t for t in texts if gate.opens(t.document.full)]
    subject = [t for t in opened if any(m.slot in (Slot.MEASURE, Slot.GOODS) for m in reader.read(t.document).mentions)]
    size = sum(len(t.document.full) for t in texts) / len(texts)
    count = sum(len(one.terms) for one in lexicon.concepts)
    say(f"{count} terms, {len(texts)} texts of {size:.0f} characters")
    say(f"the gate opens for {len(opened)}, of which {len(subject)} hold a measure or goods")
    timed("compile the gate (all languages)", lambda: Gate(Lexis(lexicon)))
    timed("compile the matchers (five languages)", lambda: [Lexis(lexicon).matcher(code) for code in languages()])
    yours = best(lambda: users_stack(lexicon), texts)
    say(f"{'spacy.blank + PhraseMatcher (user)':<46}{yours:>10.0f} texts/s")
    rows = (
        ("gate alone", lambda: gate_alone(lexicon)),
        ("language and gate", lambda: language_and_gate(lexicon)),
        ("reader: language, gate, spaCy on hits, events", lambda: whole_reader(lexicon)),
    )
    for what, make in rows:
        ours = best(make, texts)
        say(f"{what:<46}{ours:>10.0f} texts/s   x{ours / yours:.1f}")
    growth(texts)


def growth(texts: Sequence[Text]) -> None:
    """The gate with ever more made-up terms of one and two words, as a plain word list would hold them."""
    draw = random.Random(11)
    common = ("export", "ban", "control", "metal", "market", "price")
    for count in (2_000, 20_000, 100_000):
        pairs = ((made_up_word(draw), draw.choice(common) if number % 2 else "") for number in range(count))
        made = tuple(
            Term(
                lang=LATIN[number % len(LATIN)],
                text=f"{one} {two}".strip(),
                kind=TermKind.PHRASE,
                parts=tuple((word,) for word in (one, two) if word),
                sure=True,
                place=Place(path="made-up.yml", line=number + 1),
            )
            for number, (one, two) in enumerate(pairs)
        )
        lexicon = Lexicon(concepts=(replace(concept("made-up", {}), terms=made),), hash="growth")
        speed = best(lambda lexicon=lexicon: gate_alone(lexicon), texts)  # type: ignore[misc]
        say(f"{f'gate alone, {count} made-up terms':<46}{speed:>10.0f} texts/s")


def made_up_word(draw: random.Random) -> str:
    """A word of two to four syllables."""
    return "".join(draw.choice(CONSONANTS) + draw.choice(VOWELS) for _ in range(draw.randint(2, 4)))


def gate_alone(lexicon: Lexicon) -> Callable[[Sequence[Text]], object]:
    """The gate."""
    gate = Gate(Lexis(lexicon))
    return lambda texts: [gate.opens(text.document.full) for text in texts]


def language_and_gate(lexicon: Lexicon) -> Callable[[Sequence[Text]], object]:
    """What every text costs."""
    gate = Gate(Lexis(lexicon))
    return lambda texts: [(language.identify(t.document.text), gate.opens(t.document.full)) for t in texts]


def whole_reader(lexicon: Lexicon) -> Callable[[Sequence[Text]], object]:
    """The reader, its pipelines built."""
    reader = SpacyReader(lexicon)
    for lang, sentence in SUBJECT.items():
        reader.read(document(sentence), lang=lang)
    return lambda texts: [reader.read(text.document) for text in texts]


if __name__ == "__main__":
    main(sys.argv[1:])
