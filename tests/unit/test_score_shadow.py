"""What is on probation is scored and named, and moves no score, no sector and no rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cluster import place
from bot.score import assess
from bot.types.ids import ConceptId
from bot.types.levels import Band, Level, Slot, Status
from bot.types.reading import Event, Mention
from bot.types.rules import Rulebook
from bot.types.story import Assessment
from tests.fakes.rules import by_id, document, event, mention, reading, rule, rulebook, sector

BAN = mention("export-ban", Slot.MEASURE, 5)
RARE = mention("rare-earths", Slot.GOODS, 35)


def book(*asleep: str, **changes: object) -> Rulebook:
    """The rule set with some concepts in state shadow."""
    made = replace(rulebook(), **changes)  # type: ignore[arg-type]
    concepts = tuple(replace(c, status=Status.SHADOW) if c.id in asleep else c for c in made.lexicon.concepts)
    return replace(made, lexicon=replace(made.lexicon, concepts=concepts))


def weighed(rules: Rulebook, step: Event, *mentions: Mention) -> Assessment:
    text = document("a")
    read = reading(text, [step], list(mentions))
    return assess(place(text, read, (), lexicon=rules.lexicon).story, by_id(read), rules)


def test_a_shadow_measure_makes_no_step_but_is_named() -> None:
    loud = weighed(book(), event(), BAN, RARE)
    quiet = weighed(book("export-ban"), event(), BAN, RARE)
    assert loud.band.rank >= Band.ALERT.rank
    assert loud.shadow_rules == ()
    assert (quiet.rules, quiet.band, quiet.measures) == ((), Band.ARCHIVE, ())
    assert quiet.shadow_rules == ("export-ban",)
    assert all(line.slot != "measure" for line in quiet.ledger)


def test_shadow_goods_count_as_what_stands_above_them() -> None:
    step = event(goods=(ConceptId("dysprosium"),))
    found = weighed(book("dysprosium"), step, BAN, mention("dysprosium", Slot.GOODS, 35))
    assert found.goods == ("rare-earths",)
    assert found.rules == ("cn-limits",)
    assert found.shadow_rules == ("dysprosium",)


def test_shadow_goods_without_a_parent_are_no_goods() -> None:
    found = weighed(book("rare-earths"), event(goods=(ConceptId("rare-earths"),)), BAN, RARE)
    assert found.goods == ()
    assert found.rules == ()
    assert found.shadow_rules == ("rare-earths",)


def test_shadow_noise_lowers_nothing() -> None:
    sport = mention("sport", Slot.NOISE, 1)
    assert weighed(book("sport"), event(), BAN, RARE, sport).score == weighed(book(), event(), BAN, RARE).score
    assert weighed(book(), event(), BAN, RARE, sport).score < weighed(book(), event(), BAN, RARE).score


def test_a_shadow_sector_is_exposed_to_nothing_yet_but_is_named() -> None:
    mine = replace(sector("robots", [("rare-earths", "*", Level.CRITICAL)]), status=Status.SHADOW)
    step = event(goods=(ConceptId("rare-earths"),))
    without = weighed(book(sectors=()), step, BAN, RARE)
    found = weighed(book(sectors=(mine,)), step, BAN, RARE)
    assert (found.score, found.sectors) == (without.score, ())
    assert found.shadow_rules == ("robots",)


def test_a_shadow_rule_holds_beside_live_ones_and_adds_no_points() -> None:
    trial = rule("trial", status=Status.SHADOW)
    found = weighed(book(alerts=(rule(), trial)), event(), BAN, RARE)
    alone = weighed(book(alerts=(rule(),)), event(), BAN, RARE)
    assert (found.ledger, found.rules, found.shadow_rules) == (alone.ledger, alone.rules, ("trial",))


@pytest.mark.parametrize("asleep", ["export-quota", "gallium"])
def test_what_a_story_does_not_hold_is_not_named(asleep: str) -> None:
    assert weighed(book(asleep), event(), BAN, RARE).shadow_rules == ()
