"""How a source fares, from what is remembered of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.pipeline.polling import health
from bot.pipeline.polling.health import Ill, flow_of, judge, thinned
from bot.types.levels import Authority
from bot.types.source import SourceState, Trust
from tests.fakes import records
from tests.fakes.clock import START

TODAY = START.date()  # a Tuesday
TEN = timedelta(minutes=10)


def state(**fields: Any) -> SourceState:
    """A source that answered five minutes ago."""
    values: dict[str, Any] = {
        "source_id": records.source().id,
        "next_due": START + timedelta(minutes=5),
        "last_success": START - timedelta(minutes=5),
        "last_attempt": START - timedelta(minutes=5),
        "planned": START - timedelta(days=40),
        "first_fetch_done": True,
    }
    return SourceState(**values | fields)


def days(*counts: int, today: int = 0, weekend: int | None = None) -> dict[date, int]:
    """New items on the days before today, latest first, then as the last one says for four weeks; and today."""
    found = {TODAY: today}
    for back in range(1, 36):
        day = TODAY - timedelta(days=back)
        count = counts[min(back, len(counts)) - 1]
        found[day] = weekend if weekend is not None and day.weekday() >= 5 else count
    return found


def words(now: datetime = START, brought: dict[date, int] | None = None, **fields: Any) -> str:
    return judge(records.source(max_age_of_newest=timedelta(days=30)), state(**fields), brought or {}, now).words


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "fine"),
        ({"failures": 1, "last_error": "It answers 503."}, "failing 1"),
        ({"last_success": START - timedelta(minutes=31)}, "late"),
        ({"last_success": None, "last_attempt": None, "planned": START - TEN}, "never polled"),
        ({"last_success": None, "last_attempt": None, "planned": START - 3 * TEN}, "late"),
        ({"newest": START - timedelta(days=30)}, "fine"),
        ({"newest": START - timedelta(days=31)}, "stale"),
        ({"stops": 2}, "quarantined"),
        ({"trust": Trust(doubt="It now answers from evil.example, not from example.org.")}, "in doubt"),
        ({"notes": ("charset: gb2312 declared, read as gb18030",)}, "odd"),
        ({"failures": 4, "stops": 4, "newest": START - timedelta(days=90)}, "failing 4, quarantined, stale"),
    ],
)
def test_health_in_words(fields: dict[str, Any], says: str) -> None:
    assert words(**fields) == says


def test_what_is_known_is_a_sentence() -> None:
    failing = state(failures=2, last_error="It answers 503.", stops=1, notes=("charset: utf-7",))
    found = judge(records.source(), failing, {}, START)
    assert found.known == "It answers 503."
    assert found.ills[Ill.QUARANTINED] == "Its answers stopped the parser once: parsed alone and briefly."
    assert found.ills[Ill.ODD] == "Charset: utf-7."
    assert judge(records.source(), None, {}, START).words == "never polled"


def test_the_worst_comes_first() -> None:
    blog = records.source("blog", authority=Authority.BLOG)
    lost = state(failures=3)
    fares = [
        judge(records.source("fine"), state(), {}, START),
        judge(records.source("stale", max_age_of_newest=TEN), state(newest=START - timedelta(days=1)), {}, START),
        judge(blog, replace(lost, failures=9), {}, START),
        judge(records.source("failing"), state(failures=1), {}, START),
        judge(records.source("lost"), lost, {}, START),
    ]
    assert [f.source_id for f in sorted(fares, key=lambda f: f.rank)] == ["lost", "blog", "failing", "stale", "fine"]


@pytest.mark.parametrize(
    ("counts", "quiet"),
    [
        ((0, 0, 0, 4), True),
        ((1, 0, 0, 4), True),  # less than a tenth of twelve
        ((1, 1, 0, 4), False),
        ((0, 0, 0, 1), False),  # silence of a source that brings little says nothing
        ((0, 0, 4, 4), False),
    ],
)
def test_a_source_is_quiet_when_three_days_bring_less_than_a_tenth(counts: tuple[int, ...], quiet: bool) -> None:
    found = flow_of(days(*counts), TODAY)
    assert (found.quiet, found.usual, found.lately) == (quiet, counts[-1], sum(counts[:3]) / 3)


def test_a_weekend_and_the_monday_after_it_are_quiet_only_when_others_were_not() -> None:
    usual = days(9, weekend=0)
    monday = TODAY - timedelta(days=1)
    assert not flow_of(usual, TODAY).quiet
    assert flow_of(usual | {monday: 0}, TODAY).quiet, "a Monday without news, after a weekend"
    assert not flow_of(usual, TODAY - timedelta(days=1)).quiet
    silent = {monday - timedelta(weeks=weeks): 0 for weeks in range(4)}
    assert not flow_of(usual | silent, TODAY).quiet, "Mondays are always so"


def test_a_day_of_ten_times_as_many_is_busy() -> None:
    assert flow_of(days(3, today=31), TODAY).busy == 31
    assert flow_of(days(31, 3), TODAY).busy == 31
    assert flow_of(days(3, today=30), TODAY).busy == 0
    assert flow_of(days(1, today=20), TODAY).busy == 0, "too few to matter"
    assert flow_of(days(0, today=21), TODAY).busy == 21
    assert words(brought=days(3, today=99)) == "busy"


def test_too_few_days_say_nothing() -> None:
    young = dict(list(days(0, 0, 0, 50).items())[:14])
    assert flow_of(young, TODAY) == health.Flow()
    assert flow_of({}, TODAY) == health.Flow()
    # Nobody watched the day before yesterday, so silence is not the source's.
    gap = {day: count for day, count in days(0, 0, 0, 9).items() if day != TODAY - timedelta(days=2)}
    found = flow_of(gap, TODAY)
    assert (found.quiet, found.lately, found.usual) == (False, None, 9)


@pytest.mark.parametrize(
    ("counts", "items", "thin"),
    [
        ((20, 20, 20), 4, True),
        ((20, 20, 20), 5, False),
        ((20, 20), 1, False),  # too few answers to say what is usual
        ((4, 4, 4), 0, False),  # too few items
        ((20, 2, 20, 3, 30, 1), 2, False),  # never steady
        ((20, 20, 20, 20, 20, 20, 20, 3), 3, True),  # goes on
    ],
)
def test_an_answer_of_a_quarter_of_the_usual_length_is_noted(counts: tuple[int, ...], items: int, thin: bool) -> None:
    assert bool(thinned(counts, items)) is thin


def test_a_third_clean_answer_ends_a_quarantine() -> None:
    found = state(stops=3)
    seconds = [health.parse_seconds(state(stops=stops)) for stops in range(5)]
    assert seconds == [5, 3, 2, 2, 2]
    for clean in (1, 2):
        found = health.after_clean(found)
        assert (found.stops, found.clean) == (3, clean)
    assert health.after_clean(found) == state()
    assert health.after_clean(state()) == state()
