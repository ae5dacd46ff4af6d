"""Texts of another subject: noise beside the step, floors that do not lift it, and steps without a word of trade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.cluster import place
from bot.score import assess
from bot.types.levels import Authority, Band, Slot, Zone
from bot.types.reading import Event, Mention
from bot.types.rules import Rulebook
from bot.types.story import Assessment
from tests.fakes.rules import by_id, document, event, lexicon, mention, reading, rule, rulebook, scoring

TRADE = mention("trade", Slot.FIELD, 12)
SPORT = mention("sport", Slot.NOISE, 10)
DEEP = event(start=900, end=960, zone=Zone.BODY)


def assessed(
    events: Sequence[Event],
    mentions: Sequence[Mention],
    rules: Rulebook,
    authority: Authority = Authority.PRESS,
) -> Assessment:
    text = document("a", authority=authority)
    read = reading(text, events, mentions)
    return assess(place(text, read, (), lexicon=lexicon()).story, by_id(read), rules)


def points(result: Assessment, slot: str) -> list[float]:
    return [line.points for line in result.ledger if line.slot == slot]


def strict() -> Rulebook:
    return rulebook(scoring=scoring(off_field=-40))


def test_a_step_without_a_word_of_the_field_is_lowered() -> None:
    assert points(assessed([event()], [], strict()), "off_field") == [-40]
    assert points(assessed([event()], [TRADE], strict()), "off_field") == []


def test_what_a_state_publishes_names_or_cites_needs_no_word_of_the_field() -> None:
    assert points(assessed([event()], [], strict(), Authority.OFFICIAL), "off_field") == []
    assert points(assessed([event(agency="cn-mofcom")], [], strict()), "off_field") == []
    assert points(assessed([event()], [mention("gg", Slot.IDENTIFIER, 12)], strict()), "off_field") == []


def test_without_a_step_or_without_points_nothing_is_said_of_the_field() -> None:
    assert points(assessed([], [SPORT], strict()), "off_field") == []
    assert points(assessed([event()], [], rulebook()), "off_field") == []


def test_noise_in_the_sentence_of_every_step_counts_deep_in_the_body_too() -> None:
    beside = replace(SPORT, start=910, end=915, zone=Zone.BODY)
    elsewhere = replace(SPORT, start=2000, end=2005, zone=Zone.BODY)
    assert points(assessed([DEEP], [beside], rulebook()), "noise") == [-25]
    assert points(assessed([DEEP], [elsewhere], rulebook()), "noise") == []
    assert points(assessed([DEEP, event(start=300, end=360)], [beside], rulebook()), "noise") == []


def test_a_floor_lifts_thin_evidence_but_neither_noise_nor_what_is_off_the_field() -> None:
    floored = rulebook(alerts=(rule(at_least=Band.URGENT, at_most=Band.URGENT),))
    assert assessed([event()], [], floored).band is Band.URGENT
    assert points(assessed([event()], [SPORT], floored), "floor") == []
    off = replace(floored, scoring=scoring(off_field=-40))
    assert points(assessed([event()], [], off), "floor") == []
    assert points(assessed([event()], [TRADE], off), "floor") != []
