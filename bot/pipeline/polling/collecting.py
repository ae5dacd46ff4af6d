"""Poll one source: ask, fetch, parse in a child process, recognise, and keep what is new in one transaction."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.errors import StorageError
from bot.log import get_logger
from bot.parse.identity import recognise
from bot.pipeline.polling import coverage, health, trust
from bot.pipeline.polling.gathering import MANY, Answer, Refusal, gather_older, read
from bot.pipeline.rig import Rig
from bot.storage import Transaction
from bot.storage.documents import NewDocument
from bot.storage.items import NewItem
from bot.storage.sources import FetchLine
from bot.types.document import Document, Gathered, Recognised
from bot.types.ids import DocumentId, SourceId
from bot.types.source import Novelty, Source, SourceState

LOOK_BACK = timedelta(hours=48)  # items of a first answer that are younger are news
AHEAD = timedelta(hours=24)  # a date further in the future says nothing
FLOOD = 200  # new items in one answer of a known source, from which on none of them alerts

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What one poll brought."""

    source_id: SourceId
    outcome: str  # fetched | unchanged | not-modified | parse-failure | a FetchProblem | bug
    # or, when nothing was asked or kept: not-due | put-off | gone | stopped
    document_ids: tuple[DocumentId, ...] = ()  # to be read
    flood: bool = False  # they can wait: none of them alerts
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Failure:
    """What a poll that brought nothing left behind."""

    outcome: str
    message: str
    status: int | None = None
    size: int = 0
    retry_after: timedelta | None = None
    stopped: bool = False  # the answer stopped its parser
    memory: str | None = None  # what the kind of the source wants to remember of it all the same


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unchanged:
    """A poll that brought nothing new."""

    rig: Rig
    source: Source
    answer: Answer
    looked: bool  # a parser had to look to know
    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Find:
    """Everything that a poll brought, before it is kept."""

    answer: Answer
    newest: Gathered  # what the source answered
    whole: Gathered  # with what its older pages held
    addresses: tuple[str, ...]  # from which any of it came though another domain was asked


def plan_sources(rig: Rig) -> int:
    """Make every enabled source that is new in the rule files due now, and forget those that left them.

    One that is enabled again, or to be asked elsewhere or more often, does not wait as long as the old rules had it.
    Gives how many sources are watched.
    """
    now = rig.clock.now()
    enabled = {source.id: source for source in rig.rulebook.sources if source.enabled}
    with rig.database.transaction() as tx:
        known = tx.sources.states()
        # In order, so that of two processes that start at once one waits for the other, and not both.
        tx.sources.plan({source_id: now for source_id in sorted(enabled) if source_id not in known})
        changed = [name for name, state in known.items() if _replanned(state, enabled.get(name), now) != state]
        states = tx.sources.recall(changed, lock=True).values()
        tx.sources.save(*(_replanned(state, enabled.get(state.source_id), now) for state in states))
        tx.sources.forget(set(known) - {source.id for source in rig.rulebook.sources})
    return len(enabled)


def _replanned(state: SourceState, source: Source | None, now: datetime) -> SourceState:
    """What is remembered of a source under new rules: disabled (None), enabled again, elsewhere, asked more often."""
    if source is None:
        return replace(state, planned=None)
    moved = state.body_hash is not None and state.url not in ("", source.url)
    if moved:  # else another page would be "not modified" since the old one was
        state = replace(state, etag=None, last_modified=None, body_hash=None)
    if moved or state.planned is None:
        # What was missed meanwhile is not its fault, and what failed before may be mended.
        due = now if moved or state.failures else state.next_due
        return replace(state, planned=now, failures=0, last_error=None, next_due=due)
    asked = state.last_attempt
    if asked is None or state.failures or state.next_due - asked <= 2 * source.every:  # about its own pace
        return state
    return replace(state, planned=now, next_due=min(now, state.next_due))


def collect(rig: Rig, source_id: SourceId, *, only_due: bool = False) -> Collected:
    """Poll one source now; with `only_due`, only when its time has come.

    A source whose turn it is not yet (see `Admission`) is put off: nothing is written, it stays due.

    Raises:
        StorageError: The database is gone; nothing of the answer was kept, and the source stays due.
    """
    source = rig.rulebook.source_by_id.get(source_id)
    if source is None or not source.enabled:
        return Collected(source_id=source_id, outcome="gone", message="No rule file names this source any more.")
    now = rig.clock.now()
    state = rig.together.do(_recall, source_id) or SourceState(source_id=source_id, next_due=now)
    if only_due and state.next_due > now:
        return Collected(source_id=source_id, outcome="not-due")
    with rig.admission.enter(rig.host(source.url), quarantined=bool(state.stops)) as admitted:
        if not admitted:
            return Collected(source_id=source_id, outcome="put-off")
        try:
            return _poll(rig, source, state, now)
        except StorageError:
            raise
        except Exception as error:
            # Written down like any other failure, so that a bug does not ask the same server again at every tick.
            log.exception("a poll failed unexpectedly", source=source.id)
            message = f"A bug stopped it ({type(error).__name__}); see the log."
            return _failed(rig, source, _Failure(outcome="bug", message=message))


def _recall(tx: Transaction, source_ids: Sequence[SourceId]) -> Sequence[SourceState | None]:
    known = tx.sources.recall(source_ids)
    return [known.get(source_id) for source_id in source_ids]


def _poll(rig: Rig, source: Source, state: SourceState, now: datetime) -> Collected:
    """Ask, parse and keep."""
    rig.passes("collect.asking")
    answer, gathered = read(rig, source, state, now)
    rig.passes("collect.harvested")
    stopped = Collected(source_id=source.id, outcome="stopped")
    if rig.pause(0) and (answer.problem is not None or isinstance(gathered, Refusal)):
        return stopped  # a wait or a child that ended with the program says nothing about the source
    if answer.problem is not None:
        problem = answer.problem
        failure = _Failure(outcome=problem.problem.value, message=problem.message, status=problem.status)
        return _failed(rig, source, replace(failure, retry_after=problem.retry_after))
    if gathered is None or (isinstance(gathered, Gathered) and gathered.unchanged):
        return _unchanged(rig, source, answer, looked=gathered is not None)
    if isinstance(gathered, Refusal):
        failure = _Failure(
            outcome="parse-failure", message=gathered.message, status=answer.fetched[0].status, size=answer.size,
            stopped=gathered.stopped, memory=gathered.memory,
        )  # fmt: skip
        return _failed(rig, source, failure)
    find = _Find(answer=answer, newest=gathered, whole=gathered, addresses=trust.moved(answer.fetched))
    if state.first_fetch_done and gathered.documents and not _knows(rig, source, gathered):
        # No more than would be a flood: what is old must not silence what is new.
        room = FLOOD - len(gathered.documents)
        older, answers = gather_older(rig, source, state, partial(_knows, rig, source), room=room, now=now)
        if rig.pause(0):
            return stopped  # what is older may be missing, and is asked for only as long as nothing of this is known
        whole = replace(gathered, documents=(*gathered.documents, *older))
        find = replace(find, whole=whole, addresses=trust.moved((*answer.fetched, *answers)))
    return _keep(rig, source, find)


def _knows(rig: Rig, source: Source, gathered: Gathered) -> bool:
    """Whether any of these items was there before."""
    with rig.database.transaction() as tx:
        return any(found.novelty is not Novelty.NEW for found in _recognised(tx, source, gathered))


def _recognised(tx: Transaction, source: Source, gathered: Gathered) -> tuple[Recognised, ...]:
    keys = [key for _, names in gathered.documents for key in names]
    return recognise(gathered.documents, tx.items.known(source.id, keys))


def _keep(rig: Rig, source: Source, find: _Find) -> Collected:
    """Recognise items and keep what is new or edited, with the new state of the source, in one transaction."""
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        # Locks the row, so that two polls of one source at once cannot both take an item for new.
        tx.sources.plan({source.id: now})
        state = tx.sources.state(source.id, lock=True) or SourceState(source_id=source.id, next_due=now)
        rig.passes("collect.locked")
        recognised = _recognised(tx, source, find.whole)
        if state.url not in ("", source.url) and all(found.novelty is Novelty.NEW for found in recognised):
            state = replace(state, first_fetch_done=False)  # another page, of which nothing is known
        fresh = [found for found in recognised if found.novelty in (Novelty.NEW, Novelty.EDITED)]
        new = sum(found.novelty is Novelty.NEW for found in fresh)
        flood = state.first_fetch_done and new > FLOOD
        after = _succeeded(source, state, find, recognised, now)
        behind = _behind_known(find, recognised)
        tx.documents.put(_new_document(found, state, after, flood, now, behind) for found in fresh)
        rig.passes("collect.put")
        _remember(tx, source, recognised, now)
        rig.passes("collect.remembered")
        if find.newest.memory is not None and find.answer.complete:
            tx.sources.keep_memory(source.id, find.newest.memory, at=now)
        if flood:
            coverage.tell_flood(rig, tx, source, new, now)
        elif state.first_fetch_done and new == len(recognised) >= MANY:
            coverage.tell_gap(rig, tx, source, state, now)
        tx.sources.save(after)
        coverage.tell_success(rig, tx, source, state, after)
        line = FetchLine(
            source_id=source.id, at=now, outcome="fetched", message="; ".join(after.notes),
            status=find.answer.fetched[0].status, bytes=find.answer.size, entries=after.items_seen, fresh=len(fresh),
        )  # fmt: skip
        tx.sources.log(line)
        rig.passes("collect.not-committed")
    rig.passes("collect.committed")
    log.info("collected", source=source.id, entries=after.items_seen, fresh=len(fresh), notes=line.message or None)
    ids = tuple(found.document.id for found in fresh)
    return Collected(source_id=source.id, outcome="fetched", document_ids=ids, flood=flood, message=line.message)


def _succeeded(
    source: Source, state: SourceState, find: _Find, recognised: Sequence[Recognised], now: datetime
) -> SourceState:
    """What is remembered after an answer."""
    items = find.newest.count
    dropped = f"{find.newest.dropped} entries could not be read" if find.newest.dropped else ""
    # A first answer that broke off shows a part of what was there; the rest comes with the second, whole or not.
    whole = state.first_fetch_done or state.last_success is not None or find.answer.complete
    return replace(
        _with_validators(health.after_clean(health.after_success(source, state, now=now)), find.answer),
        first_fetch_done=whole,
        items_seen=items,
        newest=health.newest_of([_dated(found, state) for found in recognised], state.newest, now),
        counts=health.counted(state.counts, items),
        notes=tuple(filter(None, (*find.newest.salvage, dropped, health.thinned(state.counts, items)))),
        trust=trust.examine(source, state.trust, find.addresses, find.whole),
    )


def _with_validators(state: SourceState, answer: Answer) -> SourceState:
    """By what the next answer is known to be the same; nothing of an incomplete one, so that it is fetched again."""
    kept = answer.fetched[0] if answer.complete and len(answer.fetched) == 1 else None
    return replace(
        state,
        etag=kept.etag if kept else None,
        last_modified=kept.last_modified if kept else None,
        body_hash=answer.body_hash if answer.complete else None,
    )


def _behind_known(find: _Find, recognised: Sequence[Recognised]) -> frozenset[DocumentId]:
    """Items of older pages that are dated before all that was known there: they are older than what was told."""
    newest = {document.id for document, _ in find.newest.documents}
    known = [found.document.published_at for found in recognised if found.novelty is not Novelty.NEW]
    oldest = min(filter(None, known), default=None)
    return frozenset(
        found.document.id
        for found in recognised
        if oldest and found.document.published_at and found.document.published_at < oldest
        if found.novelty is Novelty.NEW and found.document.id not in newest
    )


def _dated(found: Recognised, state: SourceState) -> datetime | None:
    """The date of an item: its own, or when it came up where it has none."""
    undated_news = found.novelty is Novelty.NEW and state.first_fetch_done
    return found.document.published_at or (found.document.first_seen if undated_news else None)


def _new_document(
    found: Recognised,
    before: SourceState,
    after: SourceState,
    flood: bool,  # noqa: FBT001
    now: datetime,
    behind: Container[DocumentId],
) -> NewDocument:
    baseline = not before.first_fetch_done or found.document.id in behind
    baseline = baseline and not _is_news(found.document, now)
    document = trust.marked(found.document, after.trust)
    return NewDocument(document=document, baseline=baseline, flood=flood and found.novelty is Novelty.NEW)


def _is_news(document: Document, now: datetime) -> bool:
    """Whether an item of a first answer is told like any other; undated ones are not, since they may be old."""
    published = document.published_at
    return published is not None and now - LOOK_BACK <= published <= now + AHEAD


def _remember(tx: Transaction, source: Source, recognised: Sequence[Recognised], now: datetime) -> None:
    """Know new, edited and renamed items, and note that the others are still listed."""
    changed = [found for found in recognised if found.novelty is not Novelty.SAME]
    items = [
        NewItem(
            keys=found.keys,
            document_id=found.document.id,
            content_hash=found.document.content_hash,
            title=found.document.title,
            link=found.document.canonical_url,
            first_seen=found.document.first_seen,
        )
        for found in changed
    ]
    tx.items.remember(source.id, items, today=now.date())
    same = [found.document.id for found in recognised if found.novelty is Novelty.SAME]
    tx.items.seen(source.id, same, today=now.date())


def _unchanged(rig: Rig, source: Source, answer: Answer, *, looked: bool) -> Collected:
    """The source has nothing new; `looked` says that a parser had to look to know."""
    outcome = "unchanged" if answer.fetched else "not-modified"
    done = _Unchanged(rig=rig, source=source, answer=answer, looked=looked, outcome=outcome, at=rig.clock.now())
    rig.together.do(_settle, done)
    log.debug("collected", source=source.id, outcome=outcome)
    return Collected(source_id=source.id, outcome=outcome)


def _settle(tx: Transaction, polls: Sequence[_Unchanged]) -> Sequence[None]:
    """Write down polls that brought nothing new; of one source there is one at a time."""
    known = tx.sources.recall([poll.source.id for poll in polls], lock=True)
    lost = tx.notices.open_among([coverage.lost(poll.source) for poll in polls])
    states, lines = [], []
    for poll in polls:
        source, answer = poll.source, poll.answer
        before = known.get(source.id) or SourceState(source_id=source.id, next_due=poll.at)
        after = replace(
            health.after_success(source, before, now=poll.at),
            trust=trust.examine(source, before.trust, trust.moved(answer.fetched), None),
        )
        after = _with_validators(health.after_clean(after), answer) if poll.looked else after
        if coverage.lost(source) in lost or (before.stops, before.trust) != (after.stops, after.trust):
            coverage.tell_success(poll.rig, tx, source, before, after)
        states.append(after)
        lines.append(
            FetchLine(
                source_id=source.id, at=poll.at, outcome=poll.outcome, message="", bytes=answer.size,
                status=answer.fetched[0].status if answer.fetched else 304, entries=before.items_seen,
            )
        )  # fmt: skip
    tx.sources.save(*states)
    tx.sources.log(*lines)
    return [None] * len(polls)


def _failed(rig: Rig, source: Source, failure: _Failure) -> Collected:
    """Write down a failure and wait longer; a source is never given up."""
    now, message = rig.clock.now(), failure.message
    with rig.database.transaction() as tx:
        tx.sources.plan({source.id: now})
        state = tx.sources.state(source.id, lock=True) or SourceState(source_id=source.id, next_due=now)
        after = health.after_failure(source, state, message, now=now, retry_after=failure.retry_after)
        if failure.stopped:
            after = replace(after, stops=state.stops + 1, clean=0)
        if failure.memory is not None:
            tx.sources.keep_memory(source.id, failure.memory, at=now)
        tx.sources.save(after)
        line = FetchLine(
            source_id=source.id, at=now, outcome=failure.outcome, message=message, status=failure.status,
            bytes=failure.size,
        )  # fmt: skip
        tx.sources.log(line)
        coverage.tell_failure(rig, tx, source, after, stopped=failure.stopped)
    log.warning("source failed", source=source.id, outcome=failure.outcome, failures=after.failures, message=message)
    return Collected(source_id=source.id, outcome=failure.outcome, message=message)
