"""The gate: it opens for whatever the reader could find, stays shut for ordinary news, and loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.types.ids import ConceptId
from bot.types.levels import Slot
from bot.types.lexicon import Concept
from bot.understand._lexis import Lexis
from bot.understand.gate import Gate
from tests.fakes.lexicon import concept, lexicon

ROOT = Path(__file__).resolve().parents[2]
CONTROL = concept(
    "export-control",
    {
        "en": ["export ban|curb", "restrict .. export"],
        "nl": ["export|uitvoer + verbod|beperking", "zet .. uitvoer .. stop"],
        "de": ["export|ausfuhr + verbot|beschränkung"],
        "ja": ["輸出規制", "禁止 .. 輸出"],
        "zh-Hans": ["出口管制"],
        "*": ["=EAR"],
    },
    maybe={"en": ["licence"]},
    maybe_needs=["rare-earths"],
)
EARTHS = concept("rare-earths", {"en": ["rare earth"], "de": ["seltenerd + *"], "zh-Hans": ["稀土"]}, slot=Slot.GOODS)
CHINA = concept("gov-cn", {"en": ["china"], "nl": ["china"]}, slot=Slot.ACTOR, jurisdiction="CN")


def gate(*concepts: Concept) -> Gate:
    return Gate(Lexis(lexicon(*concepts)))


@pytest.fixture(scope="module")
def shipped() -> Gate:
    return gate(CONTROL, EARTHS, CHINA)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Export curbs hurt"),
        ("en", "EXPORT-BAN"),
        ("en", "They will restrict all exports"),
        ("nl", "uitvoersbeperkingen"),
        ("nl", "Peking zet de uitvoer stop"),
        ("de", "Ausfuhrbeschraenkungen"),
        ("de", "AUSFUHRVERBOT"),
        ("de", "Galliumexportverbot"),
        ("de", "Export- und Importverbote"),
        ("de", "Seltenerdmagnete"),
        ("ja", "輸出を禁止"),
        ("zh-Hans", "对稀土实施管制"),
        ("en", "rare\u00a0earths"),
        ("en", "the EAR rules"),
        ("en", "İ rare earth"),
        ("zh-Hans", "商务部公告2026年第1号"),
        ("en", "Regulation (EU) 2021/821"),
        ("en", "HS 2846.90"),
        ("en", "ECCN 3A090.a"),
    ],
)
def test_opens(shipped: Gate, code: str, text: str) -> None:
    assert shipped.opens(text, code)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", ""),
        ("en", "China wins the match"),
        ("en", "A licence to fish in rare waters"),
        ("en", "The earth is rare in its kind"),
        ("en", "to hear with an ear"),
        ("en", "Banned from the pitch after exporting his talent"),
        ("nl", "Hij zette de radio uit en stopte"),
        ("en", "Announcement No. 5 of the railway"),
        ("nl", "Uitvoering van het werk"),
    ],
)
def test_stays_shut(shipped: Gate, code: str, text: str) -> None:
    assert not shipped.opens(text, code)


def test_unsure_terms_open_only_beside_what_they_need() -> None:
    lonely = concept("lonely", {}, maybe={"en": ["moratorium"]}, maybe_needs=["gov-cn"])
    assert gate(lonely, CHINA).opens("A moratorium on dancing in China", "en")
    assert not gate(lonely, CHINA).opens("A moratorium on dancing", "en")
    supported = concept("supported", {}, maybe={"en": ["moratorium"]}, maybe_needs=["rare-earths"])
    assert not gate(supported, EARTHS).opens("A moratorium on dancing", "en")


def test_an_unsure_term_whose_support_may_come_from_a_child_outside_opens() -> None:
    child = concept("trade-war", {"en": ["trade war"]}, slot=Slot.CUE, parent=ConceptId("rare-earths"))
    needy = concept("needy", {}, maybe={"en": ["moratorium"]}, maybe_needs=["rare-earths"])
    assert gate(needy, EARTHS, child).opens("A moratorium in the trade war", "en")


def test_actors_alone_do_not_open(shipped: Gate) -> None:
    assert not shipped.opens("China, China and again China", "en")


def test_terms_of_languages_without_a_file_open() -> None:
    french = concept("ban", {"fr": ["interdiction d'exportation"], "ko": ["수출 통제"], "zh": ["禁运"]})
    opened = gate(french)
    assert opened.opens("Une interdiction d\u2019exportation", "fr")
    assert opened.opens("수출통제를 강화", "ko")
    assert opened.opens("对其禁运", "zh-Hant")


def test_an_empty_lexicon_still_knows_identifiers() -> None:
    assert gate().opens("Regulation (EU) 2021/821", "en")
    assert not gate().opens("An export ban", "en")


def test_an_unread_text_loads_no_spacy_and_no_dictionary() -> None:
    code = """
import sys
from bot.understand.reader import SpacyReader
from tests.fakes.lexicon import concept, document, lexicon
reader = SpacyReader(lexicon(concept("ban", {"en": ["export ban"], "de": ["export + verbot"]})))
text = "The weather will be fine and the team has won, as it was said that it would. " * 9
reading = reader.read(document("Fine weather for the cup", text))
heavy = {"spacy", "thinc", "simplemma", "py3langid", "numpy"} & set(sys.modules)
print(reading.lang, reading.mentions, reading.events, sorted(heavy))
"""
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert answer.stdout.strip() == "en () () []"
