"""What holds for every text: offsets, the gate, sameness, and that more text takes nothing away."""

from __future__ import annotations

import functools
import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.types.levels import Slot
from bot.understand._fold import fold
from bot.understand._lexis import Lexis, language
from bot.understand._mentions import of_concepts, of_identifiers
from bot.understand.gate import Gate
from bot.understand.language import identify
from bot.understand.languages._language import listed
from bot.understand.sentences import SURE_LETTERS, sentences, stretches
from tests.fakes.lexicon import concept, document, lexicon

CODES = ("en", "nl", "de", "ja", "zh-Hans", "sv", "zh-Hant", "ko")
LEXICON = lexicon(
    concept(
        "export-control",
        {
            "en": ["export ban|curb|control", "ban|restrict .. export|shipment", "no longer .. ship"],
            "nl": [
                "export|uitvoer + verbod|beperking|vergunning",
                "zet .. export|uitvoer .. stop",
                "verbiedt .. uitvoer",
            ],
            "de": ["export|ausfuhr + verbot|beschränkung|kontrolle", "schränkt .. export|ausfuhr .. ein", "kriterium"],
            "ja": ["輸出規制", "禁止 .. 輸出", "EUV露光装置"],
            "zh": ["出口管制", "禁止|不得 .. 出口", "=拟"],
            "ko": ["수출 통제"],
            "*": ["=EAR", "entity list"],
        },
        maybe={"en": ["licence"], "nl": ["vergunning"]},
        maybe_needs=["gov-cn"],
        inside=["export as pdf", "地铁出口"],
        near=["livestock"],
    ),
    concept(
        "rare-earths",
        {"en": ["rare earth"], "de": ["seltene erde|erden", "seltenerd + *"], "ja": ["レアアース"], "zh": ["稀土"]},
        slot=Slot.GOODS,
    ),
    concept(
        "dysprosium",
        {"*": ["=Dy"], "en": ["dysprosium"], "ja": ["リチウム"], "zh": ["镓"]},
        slot=Slot.GOODS,
        parent="rare-earths",
        cas=("7429-91-6",),
    ),
    concept(
        "gov-cn",
        {"en": ["china"], "nl": ["china"], "de": ["china"], "ja": ["中国"], "zh": ["中国"]},
        slot=Slot.ACTOR,
        jurisdiction="CN",
    ),
)
PIECES = sorted(
    listed("""
        export exports Export EXPORT bans ban banned curbs exporter uitvoer uitvoerverbod uitvoeren verbiedt
        verbood zet stop vergunningen ausfuhr Ausfuhrbeschränkungen AUSFUHRVERBOT Ausfuhr- Export- und Kontrollen
        kontrolle schränkt ein die der seltene Seltenen Erden Seltenerdmagnete Straße İstanbul ẞ ﬁ rare earth
        earths rare-earths rare earths no longer ship ships licence EAR ear Dy Tb Sm Kriterien entity-lists
        dual\u2011use livestock China China’s 中国 輸出 輸出規制 禁止 レアアース トリチウム リチウム EUV露光装置
        出口管制 地铁出口 禁止出口 拟 模拟 镓 稀土 수출통제 수출 통제를 商务部公告2026年第1号 Announcement No. 1
        of 2026 (EU) 2021/821 HS 2846.90 7429-91-6 ECCN 3A090.a 令 公告 U.S. Nr. the of a is . ! ? , - ; : “ ”
        « » 。 、 ( ) \u0301 \u200d 😀 0 12
    """)
)
SEPARATORS = ("", " ", " ", " ", "  ", "-", ", ", ". ", "\n", "\n\n", "。")

texts = st.lists(
    st.tuples(st.sampled_from(PIECES) | st.text(max_size=6), st.sampled_from(SEPARATORS)), max_size=30
).map(lambda parts: "".join(piece + separator for piece, separator in parts))
wild = st.text(max_size=200)
codes = st.sampled_from(CODES)
slow = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@functools.cache
def lexis() -> Lexis:
    return Lexis(LEXICON)


@functools.cache
def gate() -> Gate:
    return Gate(lexis())


@slow
@given(title=texts | wild, text=texts, code=codes)
def test_surfaces_are_the_words_at_their_offsets(title: str, text: str, code: str) -> None:
    doc = document(title, text)
    spans = sentences(doc.full, language(code))
    for mention in (*of_concepts(lexis(), doc, code, spans), *of_identifiers(lexis(), doc)):
        assert doc.full[mention.start : mention.end] == mention.surface
        assert mention.surface
        assert mention.zone is doc.zone_at(mention.start)


@slow
@given(text=texts, code=codes)
def test_the_gate_hides_nothing(text: str, code: str) -> None:
    doc = document("", text)
    found = (*of_concepts(lexis(), doc, code, sentences(doc.full, language(code))), *of_identifiers(lexis(), doc))
    if any(m.slot in (Slot.MEASURE, Slot.GOODS, Slot.IDENTIFIER) for m in found):
        assert gate().opens(doc.full, code)


@slow
@given(text=texts, code=codes)
def test_same_text_same_mentions(text: str, code: str) -> None:
    doc = document("", text)
    spans = sentences(doc.full, language(code))
    assert of_concepts(lexis(), doc, code, spans) == of_concepts(Lexis(LEXICON), doc, code, spans)


@slow
@given(text=texts, before=texts, after=texts, code=codes)
def test_more_paragraphs_take_no_mention_away(text: str, before: str, after: str, code: str) -> None:
    """Sure mentions of a paragraph stay when paragraphs come before and after it, letter for letter."""

    def surfaces(full: str, start: int, end: int) -> list[tuple[str, str]]:
        hits = lexis().hits(full, code, sentences(full, language(code)))
        return [
            (lexis().concepts[h.entry.concept].id, full[h.start : h.end])
            for h in hits
            if start <= h.start < end and h.entry.term.sure
        ]

    text, before, after = (part.strip() for part in (text, before, after))
    whole = f"{before}\n\n{text}\n\n{after}"
    start = len(before) + 2
    assert surfaces(whole, start, start + len(text)) == surfaces(text, 0, len(text))


@slow
@given(text=texts | wild, code=codes)
def test_sentences_are_in_order_and_hold_every_letter(text: str, code: str) -> None:
    spans = sentences(text, language(code))
    assert all(start < end for start, end in spans)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))
    held = "".join(text[start:end] for start, end in spans)
    assert "".join(held.split()) == "".join(text.split())


@settings(max_examples=500, deadline=None)
@given(text=wild)
def test_folding_moves_nothing(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@slow
@given(text=wild | texts)
def test_every_text_has_a_language_and_a_confidence(text: str) -> None:
    code, confidence = identify(text)
    assert code
    assert 0.0 <= confidence <= 1.0


@slow
@given(text=texts | wild, code=codes)
def test_no_sentence_of_any_language_reaches_beyond_its_stretch(text: str, code: str) -> None:
    ends = [end for _, end in stretches(text)]
    assert ends[-1] == len(text)
    for start, end in sentences(text, language(code)):
        assert end <= next(stop for stop in ends if stop > start)


def test_no_abbreviation_is_as_long_as_a_surely_last_word() -> None:
    words = [word for code in CODES for word in language(code).abbreviations]
    assert max(len(piece) for word in words for piece in word.split(".")) < SURE_LETTERS
