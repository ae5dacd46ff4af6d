"""A source is asked at its own pace, more and more rarely while it fails, and never given up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fetch.pace import (
    LONGEST_PAUSE,
    LONGEST_RETRY_AFTER,
    SPREAD,
    backoff,
    next_due,
    parse_retry_after,
)
from tests.fakes import records

NOW = datetime(2026, 1, 6, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

spans = st.timedeltas(timedelta(minutes=1), timedelta(days=7))


@pytest.mark.parametrize(
    ("every", "pauses"),
    [
        (10, [10, 20, 40, 80, 160, 320, 360, 360]),
        (60, [30, 60, 120, 240, 360, 360]),
        (24 * 60, [30, 60, 120, 240, 360, 360]),
    ],
)
def test_pauses_double_up_to_six_hours(every: int, pauses: list[int]) -> None:
    found = [backoff(every * MINUTE, failures) / MINUTE for failures in range(1, len(pauses) + 1)]
    assert found == pauses


def test_success_keeps_the_pace_of_the_source() -> None:
    source = records.source(every=20 * MINUTE)
    assert next_due(source, failures=0, now=NOW, jitter=0.5) == NOW + 20 * MINUTE
    assert next_due(source, failures=0, now=NOW, jitter=0.0) == NOW + 18 * MINUTE
    assert next_due(source, failures=0, now=NOW, jitter=1.0) == NOW + 22 * MINUTE


def test_the_spread_is_fixed_for_source_and_moment_and_differs_between_sources() -> None:
    one, other = records.source("one"), records.source("other")
    assert next_due(one, failures=0, now=NOW) == next_due(one, failures=0, now=NOW)
    assert next_due(one, failures=0, now=NOW) != next_due(other, failures=0, now=NOW)
    assert next_due(one, failures=0, now=NOW) - NOW != next_due(one, failures=0, now=NOW + MINUTE) - NOW - MINUTE


@given(every=spans, failures=st.integers(0, 10_000), jitter=st.floats(0, 1), asked=st.none() | spans)
def test_every_source_is_asked_again(every: timedelta, failures: int, jitter: float, asked: timedelta | None) -> None:
    pause = next_due(records.source(every=every), failures=failures, now=NOW, retry_after=asked, jitter=jitter) - NOW
    bound = max(every, LONGEST_PAUSE) * (1 + SPREAD)
    assert timedelta(0) < pause <= max(bound, LONGEST_RETRY_AFTER if asked else bound) + timedelta(milliseconds=1)
    if asked is not None:
        assert pause >= min(asked, LONGEST_RETRY_AFTER)


@given(every=spans, failures=st.integers(1, 50), now=st.datetimes(datetime(2000, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_pauses_never_shrink_while_a_source_fails(every: timedelta, failures: int, now: datetime) -> None:
    source = records.source(every=every)
    assert next_due(source, failures=failures, now=now) <= next_due(source, failures=failures + 1, now=now)
    assert backoff(every, failures) <= backoff(every, failures + 1) <= LONGEST_PAUSE


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("999999999999999999999", 24 * 3600),
        ("Tue, 06 Jan 2026 09:10:00 GMT", 600),
        ("Tue, 06 Jan 2026 08:00:00 GMT", 0),
        ("Tue, 06 Jan 2026 09:10:00 -0000", 600),
        ("Fri, 01 Jan 2100 00:00:00 GMT", 24 * 3600),
        ("Tuesday, 06-Jan-26 09:10:00 GMT", 600),
        ("soon", None),
        ("-5", None),
        ("１２", None),
        ("", None),
        ("Tue, 99 Jan 2026 99:99:99 GMT", None),
    ],
)
def test_retry_after(value: str, seconds: int | None) -> None:
    found = parse_retry_after(value, now=NOW)
    assert found == (None if seconds is None else timedelta(seconds=seconds))


@given(st.text(max_size=60))
def test_retry_after_is_a_span_or_nothing(value: str) -> None:
    found = parse_retry_after(value, now=NOW)
    assert found is None or timedelta(0) <= found <= LONGEST_RETRY_AFTER
