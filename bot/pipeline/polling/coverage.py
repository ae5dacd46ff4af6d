"""Tell operators how sources fare: lost coverage, silence, doubts, floods, gaps; and what ends by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.log import get_logger
from bot.pipeline.polling import health, trust
from bot.pipeline.polling.health import Ill, SourceHealth
from bot.pipeline.rig import Rig
from bot.pipeline.sending.notices import end_notice, raise_notice
from bot.storage import Transaction
from bot.types.ids import SourceId
from bot.types.levels import Authority
from bot.types.source import Source, SourceState

LOOK = timedelta(minutes=1)  # between looks for sources that nobody asks
LONG_LOOK = timedelta(hours=1)  # between looks for stale and quiet ones
STANDSTILL = timedelta(minutes=5)  # without a look, after which nobody was watching
CROWD = 5  # sources that nobody asks, above which the watch is at fault and not they
STANDING = ("coverage:", "stale:", "quiet:", "doubt:", "quarantine:")  # notices that end with their source

_LOOK, _LONG_LOOK, _WATCH = "look", "long-look", "watch"  # chores; the last one stands since the last standstill
_NOBODY_ASKS = "watch:late"

log = get_logger(__name__)


def look_after_sources(rig: Rig) -> None:
    """Tell of sources that nobody asks, and every hour of stale and quiet ones; does nothing before its time.

    Run by the scheduler itself, since no worker may be there to run it.
    """
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        last = tx.chores.holder(f"chore:{_LOOK}")
        if not tx.chores.due(_LOOK, now, every=LOOK):
            return
        if last is None or now - last.beat > STANDSTILL:
            tx.chores.due(_WATCH, now, every=timedelta(0))
        states = tx.sources.states()
        official = [s for s in rig.rulebook.sources if s.enabled and s.authority is Authority.OFFICIAL]
        _tell_late(rig, tx, official, states, now)
        if tx.chores.due(_LONG_LOOK, now, every=LONG_LOOK):
            fares = {found.source_id: found for found in survey(tx, official, now)}
            for source in official:
                _tell_silence(rig, tx, source, fares[source.id], now)
            _end_notices_of_others(rig, tx, now)


def survey(tx: Transaction, sources: Sequence[Source], now: datetime) -> tuple[SourceHealth, ...]:
    """How all enabled sources fare, the worst first."""
    states, days = tx.sources.states(), tx.sources.days(now.date() - timedelta(days=health.DAYS))
    fares = [health.judge(s, states.get(s.id), days.get(s.id, {}), now) for s in sources if s.enabled]
    return tuple(sorted(fares, key=lambda found: found.rank))


def approve(rig: Rig, source_id: SourceId) -> tuple[str, ...]:
    """End the doubt about a source by taking over its new domains; gives these, none when it was not in doubt."""
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        state = tx.sources.state(source_id, lock=True)
        if state is None or not state.trust.doubt:
            return ()
        # Without validators, so that the next answer comes whole and what the source is like is learned from it.
        forgotten = replace(state, etag=None, last_modified=None, body_hash=None)
        tx.sources.save(replace(forgotten, trust=trust.approve(state.trust)))
        lines = (f"Source {source_id}: approved {', '.join(state.trust.doubted)}.",)
        end_notice(rig, tx, f"doubt:{source_id}", f"{source_id} is trusted again", lines, now=now)
    log.info("approved", source=source_id, domains=state.trust.doubted)
    return state.trust.doubted


def lost(source: Source) -> str:
    """Key of the notice that coverage of a source is lost."""
    return f"coverage:{source.id}"


def tell_success(rig: Rig, tx: Transaction, source: Source, before: SourceState, after: SourceState) -> None:
    """What an answer begins and ends: lost coverage, quarantine, doubt."""
    now, lines = rig.clock.now(), (_named(source),)
    end_notice(rig, tx, lost(source), f"{source.publisher} answers again", lines, now=now)
    if before.stops and not after.stops:
        title = f"{source.publisher} is read like any other again"
        end_notice(rig, tx, f"quarantine:{source.id}", title, lines, now=now)
    tell_doubt(rig, tx, source, before, after)


def tell_doubt(rig: Rig, tx: Transaction, source: Source, before: SourceState, after: SourceState) -> None:
    """A doubt that an answer raised, changed or ended."""
    now, key = rig.clock.now(), f"doubt:{source.id}"
    doubt = after.trust.doubt
    if doubt == before.trust.doubt:
        return
    if before.trust.doubt:
        # Another doubt is another notice: whoever approves must have seen what.
        title = f"{source.publisher}: the doubt changed" if doubt else f"{source.publisher} is trusted again"
        end_notice(rig, tx, key, title, (_named(source),), now=now)
    if doubt:
        lines = (
            _named(source),
            doubt,
            "Until it is approved, what it says is marked as unverified and confirms nothing.",
            f"When the change is right: monazite sources approve {source.id}",
        )
        raise_notice(rig, tx, key, f"{source.publisher} may have changed hands", lines, now=now)


def tell_failure(rig: Rig, tx: Transaction, source: Source, state: SourceState, *, stopped: bool) -> None:
    """What a failure of an official source means."""
    if source.authority is not Authority.OFFICIAL:
        return
    now = rig.clock.now()
    if health.is_lost(source, state, now, watched=_watched(tx)):
        _lost(rig, tx, source, state, state.last_error or "It does not answer.", now)
    if stopped:
        lines = (
            _named(source),
            state.last_error or "",
            f"Parsed alone, within {health.parse_seconds(state):g} s, until {health.CLEAN_ANSWERS} answers are clean.",
        )
        raise_notice(rig, tx, f"quarantine:{source.id}", f"{source.publisher} stopped the parser", lines, now=now)


def tell_flood(rig: Rig, tx: Transaction, source: Source, new: int, now: datetime) -> None:
    """Far too many new items at once."""
    lines = (
        _named(source),
        f"{new} new items at once. They are kept and read, but none of them alerts: look them through.",
        f"`monazite sources test {source.id}` lists what it shows now, `monazite why URL` says what became of one.",
    )
    raise_notice(rig, tx, f"flood:{source.id}:{now.date()}", f"{source.publisher} floods", lines, now=now)


def tell_gap(rig: Rig, tx: Transaction, source: Source, state: SourceState, now: datetime) -> None:
    """No item of the last answer is left in this one: some may have come and gone in between."""
    since = f"{state.last_success:%Y-%m-%d %H:%M} UTC" if state.last_success else "the last answer"
    lines = (
        _named(source),
        f"None of its items was there at {since}. Some may have been missed: look at the page, or poll it more often.",
    )
    raise_notice(rig, tx, f"gap:{source.id}:{now.date()}", f"A gap in {source.publisher}", lines, now=now)


def _tell_late(
    rig: Rig,
    tx: Transaction,
    official: Sequence[Source],
    states: Mapping[SourceId, SourceState],
    now: datetime,
) -> None:
    """Tell of official sources without an answer for three intervals; many at once are one notice about the watch."""
    watched = _watched(tx)
    late = [s for s in official if s.id in states and health.is_lost(s, states[s.id], now, watched=watched)]
    unasked = [source for source in late if not states[source.id].failures]
    if len(unasked) > CROWD:
        lines = (
            f"{len(unasked)} official sources are due and nobody asks them: look whether `monazite run` is at work.",
            f"For example {', '.join(source.id for source in unasked[:CROWD])}.",
        )
        raise_notice(rig, tx, _NOBODY_ASKS, "Nobody polls the sources", lines, now=now)
        return
    end_notice(rig, tx, _NOBODY_ASKS, "The sources are polled again", ("All is well.",), now=now)
    # Their rows are locked and looked at again: an answer that arrives at this moment ends a notice, or prevents it.
    locked = tx.sources.recall([source.id for source in late], lock=True)
    for source in late:
        state = locked.get(source.id)
        if state is not None and health.is_lost(source, state, now, watched=watched):
            message = state.last_error or f"It is due since {state.next_due:%Y-%m-%d %H:%M} UTC, and nobody asks it."
            _lost(rig, tx, source, state, message, now)


def _watched(tx: Transaction) -> datetime | None:
    """Since when sources are looked after without a break."""
    watch = tx.chores.holder(f"chore:{_WATCH}")
    return watch.since if watch else None


def _tell_silence(rig: Rig, tx: Transaction, source: Source, fares: SourceHealth, now: datetime) -> None:
    for ill, title in ((Ill.STALE, "is stale"), (Ill.QUIET, "is quiet")):
        key = f"{ill}:{source.id}"
        if ill in fares.ills:
            lines = (_named(source), fares.ills[ill], "Look at the page: it may have moved, or changed its layout.")
            raise_notice(rig, tx, key, f"{source.publisher} {title}", lines, now=now)
        else:
            end_notice(rig, tx, key, f"{source.publisher} brings news again", (_named(source),), now=now)


def _end_notices_of_others(rig: Rig, tx: Transaction, now: datetime) -> None:
    """Close, without a word, what stands about sources that are no longer watched, or not for that."""
    watched = {source.id: source.authority for source in rig.rulebook.sources if source.enabled}
    for notice in tx.notices.standing():
        prefix, colon, subject = notice.key.partition(":")
        kind, authority = f"{prefix}{colon}", watched.get(SourceId(subject))
        told = authority is Authority.OFFICIAL or (kind == "doubt:" and authority is not None)
        if kind in STANDING and not told:
            tx.notices.close(notice.key, at=now)


def _lost(rig: Rig, tx: Transaction, source: Source, state: SourceState, message: str, now: datetime) -> None:
    since = f"{state.last_success:%Y-%m-%d %H:%M} UTC" if state.last_success else "the beginning"
    lines = (
        _named(source),
        message,
        f"Nothing was read from it since {since}. It is tried again and again, with growing pauses.",
    )
    raise_notice(rig, tx, lost(source), f"No coverage of {source.publisher}", lines, now=now)


def _named(source: Source) -> str:
    return f"Source {source.id}: {source.url}"
