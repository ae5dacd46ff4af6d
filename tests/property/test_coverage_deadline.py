"""Lost coverage is told within three intervals, whatever a source does, and over when it answers again."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.pipeline.polling.health import COVERAGE_INTERVALS, after_failure, after_success, is_lost
from bot.types.source import Source, SourceState
from tests.fakes import records
from tests.fakes.clock import START

LOOK = timedelta(minutes=1)

paces = st.integers(1, 60 * 24 * 7).map(lambda minutes: timedelta(minutes=minutes))
jitters = st.floats(0, 1)
waits = st.none() | st.integers(0, 172_800).map(lambda seconds: timedelta(seconds=seconds))
polls = st.lists(st.tuples(st.booleans(), waits, jitters, st.integers(0, 30)), min_size=1, max_size=12)


def judged(source: Source, state: SourceState, now: datetime, watched: datetime) -> bool:
    return is_lost(source, state, now, watched=watched)


def told(source: Source, state: SourceState, now: datetime, until: datetime) -> datetime | None:
    """When the first of the looks after a poll, and before the next one, sees that coverage is lost."""
    span = range((until - now) // LOOK)
    found = bisect.bisect_left(span, True, key=lambda count: judged(source, state, now + (count + 1) * LOOK, START))
    return now + (found + 1) * LOOK if found < len(span) else None


def life(
    source: Source, script: list[tuple[bool, timedelta | None, float, int]]
) -> Iterator[tuple[datetime, SourceState]]:
    """The states of a source after each poll; each poll comes up to half an hour after it is due."""
    state, now = SourceState(source_id=source.id, next_due=START, planned=START), START
    yield now, state
    for answers, retry_after, jitter, late in script:
        now = state.next_due + timedelta(minutes=late)
        if answers:
            state = after_success(source, state, now=now, jitter=jitter)
        else:
            state = after_failure(source, state, "It answers 503.", now=now, retry_after=retry_after, jitter=jitter)
        yield now, state


@given(paces, polls)
def test_the_notice_opens_within_three_intervals_of_the_last_answer(
    every: timedelta, script: list[tuple[bool, timedelta | None, float, int]]
) -> None:
    source = records.source(every=every)
    steps = list(life(source, script))
    opened: datetime | None = None
    good = START  # last answer, or when it was planned
    for index, (now, state) in enumerate(steps):
        answered = state.last_success == now
        if answered:
            assert not judged(source, state, now, START), "over with the next answer"
            assert opened is None or opened <= good + COVERAGE_INTERVALS * every + LOOK
            good, opened = now, None
        elif opened is None and judged(source, state, now, START):
            opened = now
        until = steps[index + 1][0] if index + 1 < len(steps) else now + timedelta(days=60)
        if opened is None:
            opened = told(source, state, now, until)
        if until > good + COVERAGE_INTERVALS * every + LOOK:
            assert opened is not None, "time is up, and nobody was told"
            assert opened <= good + COVERAGE_INTERVALS * every + LOOK


@given(paces, st.floats(0, 1), st.booleans())
def test_one_failure_of_a_source_that_answers_again_in_time_is_not_told(
    every: timedelta,
    jitter: float,
    soon: bool,
) -> None:
    source = records.source(every=every)
    state = after_success(source, SourceState(source_id=source.id, next_due=START), now=START, jitter=jitter)
    now = state.next_due
    state = after_failure(source, state, "It answers 503.", now=now, jitter=jitter)
    assert not judged(source, state, now if soon else state.next_due, START)


@given(paces, st.integers(0, 10_000))
def test_time_in_which_nobody_watched_blames_no_source(every: timedelta, away: int) -> None:
    source = records.source(every=every)
    state = SourceState(source_id=source.id, next_due=START, planned=START, last_success=START)
    back = START + timedelta(minutes=away)
    assert not judged(source, state, back + COVERAGE_INTERVALS * every - LOOK, back)
    assert judged(source, state, back + COVERAGE_INTERVALS * every, back)
