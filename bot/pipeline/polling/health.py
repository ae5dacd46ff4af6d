"""Judge how a source fares, from what is remembered of it and from what it brought day by day. Pure.

Coverage of a source is lost at the third failure in a row, or earlier: as soon as the next attempt would come later
than three intervals after the last answer, or these have passed without one because nobody asks.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.fetch import pace
from bot.types.ids import SourceId
from bot.types.levels import Authority
from bot.types.source import Source, SourceState

COVERAGE_INTERVALS = 3  # without an answer, after which coverage counts as lost; as many failures do the same
PARSE_SECONDS = (5.0, 3.0, 2.0)  # for one answer: of a source at large, after its first stop of the parser, and after
CLEAN_ANSWERS = 3  # in a row, that end a quarantine
DAYS = 28  # full days that say what is usual; four of each weekday
_ENOUGH_DAYS = 14  # that were watched, before anything counts as usual
_LATELY = 3  # full days that are compared with it
_WORTH = 2  # items on the median day, from which on silence says something
_TENTH = 10  # times fewer is quiet, times more is busy
_BUSY = 20  # items in a day, above which it can be called busy
_COUNTS = 9  # answers whose numbers of items are remembered
_FEW_COUNTS = 3  # of them; fewer do not say what is usual
_MANY = 5  # items from which on a drop says something


class Ill(StrEnum):
    """What is wrong with a source; the worst first."""

    FAILING = "failing"
    LATE = "late"  # its time came and went, and nobody asked
    QUARANTINED = "quarantined"
    IN_DOUBT = "in doubt"
    STALE = "stale"
    QUIET = "quiet"
    BUSY = "busy"
    ODD = "odd"  # its answers had to be mended, or lost much of their length
    NEVER = "never polled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """How many items a source brings."""

    usual: float | None = None  # on the median day; None while too few days were watched
    lately: float | None = None  # per day, over the last full days
    quiet: bool = False
    busy: int = 0  # items of the day that brought far too many, 0 when none did


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How a source fares."""

    source_id: SourceId
    official: bool
    lost: bool  # coverage is lost: it fails, or nobody asks
    ills: Mapping[Ill, str]  # with a sentence each, worst first; empty: fine
    failures: int
    last_success: datetime | None
    newest: datetime | None
    next_due: datetime | None
    flow: Flow

    @property
    def words(self) -> str:
        """All of it in a few words, e.g. "failing 4, stale"; "fine" when nothing is wrong."""
        named = (f"{ill} {self.failures}" if ill is Ill.FAILING else str(ill) for ill in self.ills)
        return ", ".join(named) or "fine"

    @property
    def known(self) -> str:
        """What is known of the worst of it, one sentence."""
        return next(iter(self.ills.values()), "")

    @property
    def rank(self) -> tuple[object, ...]:
        """Sorts the worst first: lost coverage of official sources, then by the worst ill."""
        order = list(Ill)
        worst = min((order.index(ill) for ill in self.ills), default=len(order))
        return not (self.official and self.lost), worst, -self.failures, self.source_id


def judge(source: Source, state: SourceState | None, days: Mapping[date, int], now: datetime) -> SourceHealth:
    """How a source fares.

    Args:
        source: As the rule files have it.
        state: What is remembered of it; None when it was never planned.
        days: New items per day (UTC) on which it was polled.
        now: The moment of asking.
    """
    seen = state or SourceState(source_id=source.id, next_due=now)
    lost = is_lost(source, seen, now)
    flow = flow_of(days, now.date())
    found: dict[Ill, str] = {}
    if seen.failures:
        found[Ill.FAILING] = seen.last_error or "It does not answer."
    elif lost:
        found[Ill.LATE] = f"Due since {seen.next_due:%Y-%m-%d %H:%M} UTC, and nobody asked: is `monazite run` at work?"
    if seen.stops:
        found[Ill.QUARANTINED] = f"Its answers stopped the parser {_times(seen.stops)}: parsed alone and briefly."
    if seen.trust.doubt:
        found[Ill.IN_DOUBT] = seen.trust.doubt
    if is_stale(source, seen, now):
        found[Ill.STALE] = f"Its newest item is of {seen.newest:%Y-%m-%d}."
    if flow.quiet:
        found[Ill.QUIET] = f"{flow.lately:.1f} items a day of late, where {flow.usual:g} are usual."
    if flow.busy:
        found[Ill.BUSY] = f"{flow.busy} items in a day, where {flow.usual:g} are usual."
    if seen.notes:
        found[Ill.ODD] = f"{seen.notes[0][:1].upper()}{seen.notes[0][1:]}."
    if seen.last_attempt is None and not lost:
        found[Ill.NEVER] = "Not polled yet."
    return SourceHealth(
        source_id=source.id,
        official=source.authority is Authority.OFFICIAL,
        lost=lost,
        ills=found,
        failures=seen.failures,
        last_success=seen.last_success,
        newest=seen.newest,
        next_due=state.next_due if state else None,
        flow=flow,
    )


def is_lost(source: Source, state: SourceState, now: datetime, *, watched: datetime | None = None) -> bool:
    """Whether coverage of a source is lost.

    Args:
        source: The source; `every` is its interval.
        state: What is remembered of it.
        now: The moment of asking.
        watched: Since when somebody looks after due sources without a break; time before it blames no source.
    """
    if state.failures >= COVERAGE_INTERVALS:
        return True
    began = max(filter(None, (state.last_success, state.planned, watched)), default=None)
    if began is None:
        return False
    end = began + COVERAGE_INTERVALS * source.every
    return now >= end or (state.failures > 0 and state.next_due > end)


def is_stale(source: Source, state: SourceState, now: datetime) -> bool:
    """Whether the newest item is older than the rule file allows."""
    limit = source.max_age_of_newest
    return limit is not None and state.newest is not None and now - state.newest > limit


def flow_of(days: Mapping[date, int], today: date) -> Flow:
    """What a source brings per day, against its median day.

    Silence over the last three full days is quiet only when the same days of the last weeks were not silent as well:
    many publish nothing on a long weekend.

    Args:
        days: New items per day on which it was polled.
        today: Not full yet, so it says nothing of silence.
    """
    full = [days[day] for day in _before(today, DAYS) if day in days]
    if len(full) < _ENOUGH_DAYS:
        return Flow()
    usual = statistics.median(full)
    latest = max(days.get(today, 0), days.get(today - timedelta(days=1), 0))
    busy = latest if latest > max(_BUSY, _TENTH * usual) else 0
    weeks = [_before(today - timedelta(weeks=back), _LATELY) for back in range(4)]
    brought = [sum(days[day] for day in span) for span in weeks if all(day in days for day in span)]
    if not all(day in days for day in weeks[0]):
        return Flow(usual=usual, busy=busy)
    silence = _LATELY * usual / _TENTH
    quiet = usual >= _WORTH and brought[0] < silence and all(count >= silence for count in brought[1:])
    return Flow(usual=usual, lately=brought[0] / _LATELY, quiet=quiet, busy=busy)


def thinned(counts: Sequence[int], items: int) -> str:
    """A phrase when an answer holds less than a quarter of the items that are usual; "" when all is well.

    Usual is the median of the last answers, as long as these were steady: feeds of whatever came today are not.
    """
    if len(counts) < _FEW_COUNTS:
        return ""
    usual = statistics.median(counts)
    steady = sum(count >= usual / 2 for count in counts) >= 0.75 * len(counts)
    if usual < _MANY or not steady or items >= usual / 4:
        return ""
    return f"only {items} items where {usual:g} are usual: look whether the layout changed"


def counted(counts: Sequence[int], items: int) -> tuple[int, ...]:
    """The numbers of items to remember after one more answer."""
    return (*counts, items)[-_COUNTS:]


def newest_of(dates: Sequence[datetime | None], newest: datetime | None, now: datetime) -> datetime | None:
    """The newest date of a source that is not in the future."""
    return max((moment for moment in (*dates, newest) if moment is not None and moment <= now), default=None)


def after_failure(
    source: Source,
    state: SourceState,
    message: str,
    *,
    now: datetime,
    retry_after: timedelta | None = None,
    jitter: float | None = None,
) -> SourceState:
    """What is remembered after a failure; the next attempt comes later each time, and is never given up."""
    failures = state.failures + 1
    due = pace.next_due(source, failures=failures, now=now, retry_after=retry_after, jitter=jitter)
    return replace(state, next_due=due, failures=failures, last_attempt=now, last_error=message)


def after_success(source: Source, state: SourceState, *, now: datetime, jitter: float | None = None) -> SourceState:
    """What is remembered after an answer."""
    due = pace.next_due(source, failures=0, now=now, jitter=jitter)
    return replace(
        state, next_due=due, url=source.url, failures=0, last_success=now, last_attempt=now, last_error=None,
        first_fetch_done=True,
    )  # fmt: skip


def after_clean(state: SourceState) -> SourceState:
    """What is remembered after an answer that the parser could take; the third in a row ends a quarantine."""
    if not state.stops:
        return state
    clean = state.clean + 1
    return replace(state, stops=0, clean=0) if clean >= CLEAN_ANSWERS else replace(state, clean=clean)


def parse_seconds(state: SourceState) -> float:
    """How long the parser may take over an answer of this source."""
    return PARSE_SECONDS[min(state.stops, len(PARSE_SECONDS) - 1)]


def _before(day: date, count: int) -> list[date]:
    """So many days before one, latest first."""
    return [day - timedelta(days=back) for back in range(1, count + 1)]


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
