"""What of the found words stands as a mention: swallowed, silenced, supported, longest, parents, symbols."""

from __future__ import annotations

import pytest

from bot.types.ids import ConceptId
from bot.types.levels import Slot
from tests.fakes.lexicon import concept, found

GOODS, ACTOR = Slot.GOODS, Slot.ACTOR
EARTHS = concept("rare-earths", {"en": ["rare earth"], "nl": ["zeldzame aarde|aarden"]}, slot=GOODS)
BAN = concept("export-ban", {"en": ["export ban", "ban .. export"]})


@pytest.mark.parametrize(
    ("inside", "text", "surfaces"),
    [
        pytest.param("export as pdf", "Click export as pdf.", [], id="swallowed"),
        pytest.param("export as pdf", "Exports fell; export as PDF here.", ["Exports"], id="one-of-two"),
        pytest.param("export hub", "The export hubs of Rotterdam", [], id="inflected"),
        pytest.param("spaCy export*", "the spaCy exporter exports", ["exports"], id="stem"),
        pytest.param("=Export Cargo", "export cargo and Export Cargo", ["export"], id="exact"),
    ],
)
def test_inside_swallows(inside: str, text: str, surfaces: list[str]) -> None:
    trade = concept("trade", {"en": ["export"]}, inside=[inside])
    assert [surface for _, surface in found(text, "en", trade)] == surfaces


def test_inside_swallows_a_pair_through_one_of_its_members() -> None:
    trade = concept("ban", {"en": ["ban .. export"]}, inside=["export as pdf"])
    assert found("A ban on the button export as pdf.", "en", trade) == []
    assert len(found("A ban on exports, and export as pdf.", "en", trade)) == 1


def test_inside_of_one_concept_leaves_others_alone() -> None:
    one = concept("one", {"en": ["wolfram"]}, slot=GOODS, inside=["wolfram alpha"])
    two = concept("two", {"en": ["wolfram"]}, slot=Slot.SECTOR)
    assert found("Ask Wolfram Alpha.", "en", one, two) == [("two", "Wolfram")]


def test_near_silences_its_sentence_only() -> None:
    ban = concept("ban", {"nl": ["exportverbod"]}, near=["kalveren", "vee"])
    text = "Het exportverbod op kalveren duurt voort. Het exportverbod op gallium ook."
    assert found(text, "nl", ban) == [("ban", "exportverbod")]
    assert found("Een exportverbod voor vee.", "nl", ban) == []


def test_maybe_counts_beside_what_it_needs() -> None:
    licence = concept("licence", {}, maybe={"en": ["licence"]}, maybe_needs=["rare-earths"])
    assert found("A licence for rare earths.", "en", licence, EARTHS) == [
        ("licence", "licence"),
        ("rare-earths", "rare earths"),
    ]
    assert found("A driving licence. Rare earths are dear.", "en", licence, EARTHS) == [("rare-earths", "Rare earths")]


def test_maybe_is_supported_by_children_of_what_it_needs() -> None:
    licence = concept("licence", {}, maybe={"en": ["licence"]}, maybe_needs=["rare-earths"])
    dysprosium = concept("dysprosium", {"en": ["dysprosium"]}, slot=GOODS, parent=ConceptId("rare-earths"))
    assert ("licence", "licence") in found("A licence for dysprosium.", "en", licence, EARTHS, dysprosium)


def test_two_maybes_do_not_hold_each_other_up() -> None:
    one = concept("one", {}, maybe={"en": ["licence"]}, maybe_needs=["two"])
    two = concept("two", {}, maybe={"en": ["magnet"]}, maybe_needs=["one"])
    assert found("A licence for a magnet.", "en", one, two) == []


def test_a_silenced_mention_supports_nothing() -> None:
    earths = concept("rare-earths", {"en": ["rare earth"]}, slot=GOODS, near=["band"])
    licence = concept("licence", {}, maybe={"en": ["licence"]}, maybe_needs=["rare-earths"])
    assert found("The band Rare Earth got a licence.", "en", earths, licence) == []


def test_longest_of_one_concept() -> None:
    control = concept("control", {"en": ["control", "export control", "new export control"]})
    assert found("New export controls on gallium.", "en", control) == [("control", "New export controls")]


def test_words_in_one_piece_come_before_a_pair_around_them() -> None:
    assert found("The ban was an export ban.", "en", BAN) == [("export-ban", "export ban")]


def test_concepts_may_overlap() -> None:
    goods = concept("gallium-trade", {"en": ["gallium export"]}, slot=GOODS)
    ban = concept("ban", {"en": ["export ban"]})
    assert found("A gallium export ban.", "en", goods, ban) == [
        ("gallium-trade", "gallium export"),
        ("ban", "export ban"),
    ]


def test_parent_is_not_said_twice() -> None:
    magnets = concept("magnets", {"en": ["rare earth magnet"]}, slot=GOODS, parent=ConceptId("rare-earths"))
    text = "Rare earth magnets and rare earths."
    assert found(text, "en", EARTHS, magnets) == [("magnets", "Rare earth magnets"), ("rare-earths", "rare earths")]


def test_parents_in_a_circle_end() -> None:
    one = concept("one", {"en": ["tin"]}, slot=GOODS, parent=ConceptId("two"))
    two = concept("two", {"en": ["tin ore"]}, slot=GOODS, parent=ConceptId("one"))
    assert found("Tin ore.", "en", one, two) == [("two", "Tin ore")]


def test_a_longer_name_of_another_state_wins() -> None:
    cn = concept("cn-mofcom", {"zh-Hans": ["商务部"], "en": ["Commerce Department"]}, slot=ACTOR, jurisdiction="CN")
    us = concept("us-doc", {"zh-Hans": ["美国商务部"], "en": ["US Commerce Department"]}, slot=ACTOR, jurisdiction="US")
    state = concept("gov-us", {"zh-Hans": ["美国"], "en": ["=US"]}, slot=ACTOR, jurisdiction="US")
    assert found("美国商务部称", "zh-Hans", cn, us, state) == [("gov-us", "美国"), ("us-doc", "美国商务部")]
    assert found("The US Commerce Department", "en", cn, us) == [("us-doc", "US Commerce Department")]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        pytest.param("Controls on Sm, Gd, Tb and Dy start.", ["Dy"], id="list"),
        pytest.param("Kontrollen für Sm, Tb und Dy", ["Dy"], id="german-list"),
        pytest.param("对Sm、Gd、Dy实施管制", ["Dy"], id="chinese-list"),
        pytest.param("Sm/Tb/Dy magnets", ["Dy"], id="slashes"),
        pytest.param("Dy is an element.", [], id="alone"),
        pytest.param("Tb and Dy", [], id="two"),
        pytest.param("Mr Dy, Mr Li and others", [], id="names"),
    ],
)
def test_symbol_counts_in_a_list_of_three(text: str, surfaces: list[str]) -> None:
    dysprosium = concept("dysprosium", {"*": ["=Dy"]}, slot=GOODS)
    lang = "zh-Hans" if "对" in text else "de" if "Kontrollen" in text else "en"
    assert [surface for _, surface in found(text, lang, dysprosium)] == surfaces


def test_formula_that_is_no_symbol_needs_no_list() -> None:
    magnets = concept("magnets", {"*": ["=NdFeB"]}, slot=GOODS)
    assert found("NdFeB magnets", "en", magnets) == [("magnets", "NdFeB")]


def test_place_of_the_term_tells_which_line_fired() -> None:
    from bot.understand._lexis import Lexis, language
    from bot.understand.sentences import sentences
    from tests.fakes.lexicon import lexicon

    lexis = Lexis(lexicon(concept("ban", {"en": ["curb", "export ban"]})))
    text = "An export ban."
    (hit,) = lexis.hits(text, "en", sentences(text, language("en")))
    assert str(hit.entry.term.place) == "concepts/ban.yml:2"
