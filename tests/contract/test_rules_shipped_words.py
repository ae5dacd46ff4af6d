"""The shipped words: every measure and cue is tried in every language that is read.

Whether each marked text holds, `monazite rules test` says; tests/docs run it with the other commands of the README.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.app import plugins
from bot.rulebook.load import load
from bot.types.ids import ConceptId
from bot.types.levels import Slot
from bot.types.rules import MarkedText, Rulebook
from bot.understand._lexis import languages

RULES = Path(__file__).resolve().parents[2] / "rules"
# Texts of each kind, hit and silent, that a measure and a cue must have in a language.
LEAST = {lang: 2 if lang in ("en", "nl", "de", "ja", "zh-Hans") else 1 for lang in languages()}
MEASURES = 27  # kinds of step that the terminology names; the shipped set may know more
STATES = 60
FAMILIES = {"restrict", "tariff", "list", "screen", "ease", "subsidy", "probe", "remedy", "report"}


@pytest.fixture(scope="module")
def book() -> Rulebook:
    """The shipped rule set."""
    return load(RULES, plugins())


def _thin(tests: tuple[MarkedText, ...], name: ConceptId) -> list[str]:
    """Languages with too few hit or silent texts."""
    hits = Counter(test.lang for test in tests if any(mark[2] == name for mark in test.marks))
    silent = Counter(test.lang for test in tests if not test.marks)
    return [lang for lang, least in LEAST.items() if hits[lang] < least or silent[lang] < least]


@pytest.mark.parametrize("slot", [Slot.MEASURE, Slot.STAGE, Slot.CUE])
def test_measures_and_cues_are_tried_in_every_language(book: Rulebook, slot: Slot) -> None:
    wanted = {concept.id for concept in book.lexicon.concepts if concept.slot is slot}
    assert wanted
    thin = {name: langs for name, tests in book.concept_tests if name in wanted and (langs := _thin(tests, name))}
    assert thin == {}


def test_every_concept_has_a_text_that_hits_and_one_that_stays_silent(book: Rulebook) -> None:
    poor = [
        name
        for name, tests in book.concept_tests
        if not any(test.marks for test in tests) or all(test.marks for test in tests)
    ]
    silent_free = {c.id for c in book.lexicon.concepts if c.role}  # a rare name needs no look-alike
    assert [name for name in poor if name not in silent_free] == []


def test_the_families_and_states_that_rules_count_on_are_there(book: Rulebook) -> None:
    measures = [concept for concept in book.lexicon.concepts if concept.slot is Slot.MEASURE]
    assert len(measures) >= MEASURES
    assert {concept.family for concept in measures} == FAMILIES
    states = {concept.jurisdiction for concept in book.lexicon.concepts if concept.role == "state"}
    assert len(states) >= STATES


def test_every_goods_concept_leads_up_to_a_group_that_alert_rules_name(book: Rulebook) -> None:
    groups = {"rare-earths", "critical-minerals", "base-materials", "dual-use", "semiconductors", "batteries"}
    parents = {concept.id: concept.parent for concept in book.lexicon.concepts if concept.slot is Slot.GOODS}
    for name in parents:
        top = name
        while (above := parents[top]) is not None:
            top = above
        assert top in groups, name
