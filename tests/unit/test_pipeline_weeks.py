"""One digest a week, whatever the clocks of the world do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pipeline.weeks import digest_due, goes_out, iso_week, monday, newest_week, window
from bot.types.rules import DigestPlan
from tests.fakes.records import NOWHERE

# No summer time; summer time in north and south; half an hour (Lord Howe); a change at midnight; far from Greenwich.
ZONES = (
    "Asia/Tokyo",
    "Europe/Amsterdam",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Asuncion",
    "Pacific/Kiritimati",
)


def plan(weekday: int = 0, at: time = time(7, 30), zone: str = "Europe/Amsterdam") -> DigestPlan:
    return DigestPlan(name="weekly", weekday=weekday, at=at, zone=zone, to=(), audit_sample=0, place=NOWHERE)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("weekday", "week", "out"),
    [
        (0, "2026-W46", date(2026, 11, 16)),  # Monday: about the week before
        (1, "2026-W46", date(2026, 11, 17)),
        (3, "2026-W46", date(2026, 11, 19)),  # Thursday: four of the seven days lie in the week before
        (4, "2026-W47", date(2026, 11, 20)),  # Friday: about the week that ends
        (6, "2026-W47", date(2026, 11, 22)),
        (0, "2026-W53", date(2027, 1, 4)),
        (4, "2026-W53", date(2027, 1, 1)),
    ],
)
def test_a_digest_bears_the_name_of_the_week_it_is_about(weekday: int, week: str, out: date) -> None:
    found = goes_out(plan(weekday), week)
    assert found == datetime.combine(out, time(6, 30), tzinfo=UTC)
    assert window(plan(weekday), week) == (found - timedelta(days=7), found)


def test_local_times_that_summer_time_skips_or_repeats_happen_once() -> None:
    sunday_night = plan(weekday=6, at=time(2, 30))
    assert goes_out(sunday_night, "2026-W13") == utc(2026, 3, 29, 1, 30)  # 02:30 does not exist: 03:30 summer time
    assert goes_out(sunday_night, "2026-W43") == utc(2026, 10, 25, 0, 30)  # the first of the two


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("weekday", "at"), [(0, time(7, 30)), (6, time(2, 30)), (6, time(0, 0)), (3, time(23, 59))])
def test_two_years_of_weeks_bring_exactly_one_digest_each(zone: str, weekday: int, at: time) -> None:
    chosen = plan(weekday, at, zone)
    sent: list[str] = []
    now = utc(2026, 1, 5)
    runs = [newest_week(chosen, now)]
    moments: dict[str, datetime] = {}
    while now < utc(2028, 1, 3):
        for week in digest_due(chosen, runs, now):
            sent.append(week)
            runs.append(week)
            moments[week] = now
        now += timedelta(minutes=37)
    assert len(sent) == len(set(sent)) == 104
    assert sent == sorted(sent)
    starts = [monday(week) for week in sent]
    assert all(later - earlier == timedelta(days=7) for earlier, later in pairwise(starts))
    assert all(timedelta(0) <= moments[week] - goes_out(chosen, week) < timedelta(minutes=37) for week in sent)
    ends = [window(chosen, week) for week in sent]
    assert all(earlier[1] == later[0] for earlier, later in pairwise(ends))


def test_weeks_that_were_missed_are_made_up_for_oldest_first_and_not_for_ever() -> None:
    now = utc(2026, 11, 16, 6, 31)
    assert newest_week(plan(), now) == "2026-W46"
    assert newest_week(plan(), now - timedelta(minutes=2)) == "2026-W45"
    assert digest_due(plan(), ("2026-W46",), now) == ()
    assert digest_due(plan(), ("2026-W44",), now) == ("2026-W45", "2026-W46")
    assert digest_due(plan(), ("2026-W44", "2026-W46"), now) == ()
    assert digest_due(plan(), ("2026-W01",), now) == ("2026-W43", "2026-W44", "2026-W45", "2026-W46")
    assert digest_due(plan(), ("2026-W50",), now) == (), "a clock that was set back repeats nothing"


def test_a_plan_without_any_run_owes_nothing() -> None:
    assert digest_due(plan(), (), utc(2026, 11, 16, 12)) == ()


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_week_names_lead_back_to_their_monday_and_sort_by_time(day: date) -> None:
    start = monday(iso_week(day))
    assert start.weekday() == 0
    assert start <= day < start + timedelta(days=7)
    assert iso_week(day) < iso_week(day + timedelta(days=7))


@pytest.mark.parametrize("name", ["", "2026-47", "2026-W54", "2026-W00", "26-W01", "2026-W1", "week", "2026-W-1"])
def test_what_is_no_week_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"no ISO week|Invalid week"):
        monday(name)
