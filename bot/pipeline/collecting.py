"""Poll one source: ask, fetch, parse in a child process, recognise, and keep what is new in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import StorageError, WorkerError
from bot.fetch import pace
from bot.log import get_logger
from bot.parse.identity import recognise
from bot.pipeline.notices import end_notice, raise_notice
from bot.pipeline.rig import Rig
from bot.storage import Transaction
from bot.storage.documents import NewDocument
from bot.storage.items import NewItem
from bot.storage.sources import FetchLine
from bot.types.document import Document, Gathered, Recognised
from bot.types.ids import DocumentId, SourceId
from bot.types.levels import Authority
from bot.types.source import Fetched, FetchFailure, NotModified, Novelty, ParseFailure, Request, Source, SourceState

PARSE_SECONDS = 10.0  # per answer, in the child process
LOOK_BACK = timedelta(hours=48)  # items of a first answer that are younger are news
AHEAD = timedelta(hours=24)  # a date further in the future says nothing
FLOOD = 200  # new items in one answer of a known source, from which on none of them alerts
MANY = 5  # items from which on an empty answer, or one without a single known item, is suspicious
COVERAGE_INTERVALS = 3  # polls without success, after which an official source counts as lost

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What one poll brought."""

    source_id: SourceId
    outcome: str  # fetched | unchanged | not-modified | parse-failure | a FetchProblem | bug | not-due | gone | stopped
    document_ids: tuple[DocumentId, ...] = ()  # to be read
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """The answers to all requests of a poll, taken together."""

    fetched: tuple[Fetched, ...] = ()
    problem: FetchFailure | None = None

    @property
    def body_hash(self) -> str:
        whole = hashlib.sha256()
        for answer in self.fetched:
            whole.update(len(answer.body).to_bytes(8, "big") + answer.body)
        return whole.hexdigest()

    @property
    def complete(self) -> bool:
        return all(answer.complete for answer in self.fetched)


def plan_sources(rig: Rig) -> int:
    """Make every enabled source that is new in the rule files due now, and forget those that left them.

    Gives how many sources are watched.
    """
    now = rig.clock.now()
    enabled = [source for source in rig.rulebook.sources if source.enabled]
    with rig.database.transaction() as tx:
        known = tx.sources.states()
        tx.sources.plan({source.id: now for source in enabled if source.id not in known})
        tx.sources.forget(set(known) - {source.id for source in rig.rulebook.sources})
    return len(enabled)


def collect(rig: Rig, source_id: SourceId, *, only_due: bool = False) -> Collected:
    """Poll one source now; with `only_due`, only when its time has come.

    Raises:
        StorageError: The database is gone; nothing of the answer was kept, and the source stays due.
    """
    source = next((s for s in rig.rulebook.sources if s.id == source_id and s.enabled), None)
    if source is None:
        return Collected(source_id=source_id, outcome="gone", message="No rule file names this source any more.")
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        state = tx.sources.state(source_id) or SourceState(source_id=source_id, next_due=now)
        memory = tx.sources.memory(source_id)
    if only_due and state.next_due > now:
        return Collected(source_id=source_id, outcome="not-due")
    try:
        return _poll(rig, source, state, memory, now)
    except StorageError:
        raise
    except Exception as error:
        # Written down like any other failure, so that a bug does not ask the same server again at every tick.
        log.exception("a poll failed unexpectedly", source=source.id)
        return _failed(rig, source, "bug", f"A bug stopped it ({type(error).__name__}); see the log.", None)


def _poll(rig: Rig, source: Source, state: SourceState, memory: str, now: datetime) -> Collected:
    """Ask, parse and keep."""
    answer = _ask(rig, rig.kinds[source.kind].requests(source, state, now=now))
    if answer.problem is not None:
        failure = answer.problem
        return _failed(rig, source, failure.problem.value, failure.message, failure)
    if not answer.fetched:
        return _unchanged(rig, source, "not-modified", 304, 0)
    status, size = answer.fetched[0].status, sum(len(f.body) for f in answer.fetched)
    if answer.complete and answer.body_hash == state.body_hash:
        return _unchanged(rig, source, "unchanged", status, size)
    gathered = _gather(rig, source, answer.fetched, memory)
    if isinstance(gathered, Gathered) and gathered.more:
        parts = _ask(rig, gathered.more)
        if parts.problem is not None:
            failure = parts.problem
            return _failed(rig, source, failure.problem.value, failure.message, failure)
        gathered = _gather(rig, source, parts.fetched, memory, before=gathered)
        # Hash and validators of the first answer alone would hide that a part has changed.
        answer = _Answer(fetched=(*answer.fetched, *parts.fetched))
    if isinstance(gathered, Gathered) and gathered.unchanged:
        return _unchanged(rig, source, "unchanged", status, size, answer)
    if isinstance(gathered, Gathered):
        gathered = _why_too_few(source, gathered, usual=state.items_seen) or gathered
    if isinstance(gathered, str):
        if rig.pause(0):  # a child that was stopped with the program says nothing about the source
            return Collected(source_id=source.id, outcome="stopped")
        return _failed(rig, source, "parse-failure", gathered, None, status=status, size=size)
    return _keep(rig, source, answer, gathered)


def _ask(rig: Rig, requests: Sequence[Request]) -> _Answer:
    """Make all requests of a poll; the first failure ends it. Nothing modified at all gives an empty answer."""
    fetched: list[Fetched] = []
    for request in requests:
        answer = rig.fetcher.fetch(request, now=rig.clock.now())
        if isinstance(answer, FetchFailure):
            return _Answer(problem=answer)
        if not isinstance(answer, NotModified):
            fetched.append(answer)
    return _Answer(fetched=tuple(fetched))


def _gather(
    rig: Rig, source: Source, fetched: Sequence[Fetched], memory: str, *, before: Gathered | None = None
) -> Gathered | str:
    """The documents of all answers, or one sentence why there are none; the parser runs where it can be killed."""
    found = before or Gathered(documents=())
    for answer in fetched:
        try:
            part = rig.parsers.call(rig.harvester, source, answer, memory, deadline=PARSE_SECONDS)
        except WorkerError as error:
            return f"The parser had to be stopped ({error.reason}): {error}"
        if isinstance(part, ParseFailure):
            if part.memory is not None and answer.complete:
                with rig.database.transaction() as tx:
                    tx.sources.keep_memory(source.id, part.memory, at=rig.clock.now())
            return part.message
        found = Gathered(
            documents=(*found.documents, *part.documents),
            salvage=(*found.salvage, *part.salvage),
            dropped=found.dropped + part.dropped,
            memory=part.memory if part.memory is not None else found.memory,
            more=(*found.more, *part.more),
            unchanged=part.unchanged,
            shown=None if part.shown is None and found.shown is None else found.count + part.count,
        )
    return found


def _why_too_few(source: Source, found: Gathered, *, usual: int) -> str:
    """One sentence when an answer shows fewer entries than it should, else ""."""
    if found.count < source.min_items:
        return f"Only {found.count} items where at least {source.min_items} are usual: the layout changed."
    if not found.count and usual >= MANY:
        return f"No items where there were {usual}: an error page, or the layout changed."
    return ""


def _keep(rig: Rig, source: Source, answer: _Answer, gathered: Gathered) -> Collected:
    """Recognise items and keep what is new or edited, with the new state of the source, in one transaction."""
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        # Locks the row, so that two polls of one source at once cannot both take an item for new.
        tx.sources.plan({source.id: now})
        state = tx.sources.state(source.id, lock=True) or SourceState(source_id=source.id, next_due=now)
        keys = [key for _, names in gathered.documents for key in names]
        recognised = recognise(gathered.documents, tx.items.known(source.id, keys))
        fresh = [found for found in recognised if found.novelty in (Novelty.NEW, Novelty.EDITED)]
        new = sum(found.novelty is Novelty.NEW for found in fresh)
        flood = state.first_fetch_done and new > FLOOD
        tx.documents.put(_new_document(found, state, flood, now) for found in fresh)
        _remember(tx, source, recognised, now)
        if gathered.memory is not None and answer.complete:
            tx.sources.keep_memory(source.id, gathered.memory, at=now)
        if flood:
            _flood(rig, tx, source, new, now)
        elif state.first_fetch_done and new == len(recognised) >= MANY:
            _gap(rig, tx, source, state, now)
        entries = len(recognised) if gathered.shown is None else gathered.shown
        _succeed(rig, tx, source, state, answer, entries, now)
        message = "; ".join(gathered.salvage)
        if gathered.dropped:
            message = "; ".join(filter(None, (message, f"{gathered.dropped} entries could not be read")))
        size = sum(len(f.body) for f in answer.fetched)
        line = FetchLine(
            source_id=source.id, at=now, outcome="fetched", message=message, status=answer.fetched[0].status,
            bytes=size, entries=entries, fresh=len(fresh),
        )  # fmt: skip
        tx.sources.log(line)
    log.info("collected", source=source.id, entries=entries, fresh=len(fresh), salvage=message or None)
    ids = tuple(found.document.id for found in fresh)
    return Collected(source_id=source.id, outcome="fetched", document_ids=ids, message=message)


def _new_document(found: Recognised, state: SourceState, flood: bool, now: datetime) -> NewDocument:  # noqa: FBT001
    old = not state.first_fetch_done and not _is_news(found.document, now)
    return NewDocument(document=found.document, baseline=old, flood=flood and found.novelty is Novelty.NEW)


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


def _succeed(
    rig: Rig, tx: Transaction, source: Source, state: SourceState, answer: _Answer | None, entries: int, now: datetime
) -> None:
    """Write down a success; validators of an incomplete body are not kept, so that it is fetched again."""
    changes = SourceState(
        source_id=source.id,
        next_due=pace.next_due(source, failures=0, now=now),
        etag=state.etag,
        last_modified=state.last_modified,
        body_hash=state.body_hash,
        last_success=now,
        last_attempt=now,
        items_seen=entries,
        first_fetch_done=True,
    )
    if answer is not None:
        kept = answer.fetched[0] if answer.complete and len(answer.fetched) == 1 else None
        changes = replace(
            changes,
            etag=kept.etag if kept else None,
            last_modified=kept.last_modified if kept else None,
            body_hash=answer.body_hash if answer.complete else None,
        )
    tx.sources.save(changes)
    title = f"{source.publisher} answers again"
    end_notice(rig, tx, f"coverage:{source.id}", title, (f"Source {source.id}: {source.url}",), now=now)


def _unchanged(
    rig: Rig, source: Source, outcome: str, status: int, size: int, answer: _Answer | None = None
) -> Collected:
    """The source has nothing new; with an answer, a parser had to look to know, and its validators are kept."""
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        state = tx.sources.state(source.id, lock=True) or SourceState(source_id=source.id, next_due=now)
        _succeed(rig, tx, source, state, answer, state.items_seen, now)
        line = FetchLine(source_id=source.id, at=now, outcome=outcome, message="", status=status, bytes=size)
        tx.sources.log(replace(line, entries=state.items_seen))
    log.debug("collected", source=source.id, outcome=outcome)
    return Collected(source_id=source.id, outcome=outcome)


def _failed(
    rig: Rig,
    source: Source,
    outcome: str,
    message: str,
    failure: FetchFailure | None,
    *,
    status: int | None = None,
    size: int = 0,
) -> Collected:
    """Write down a failure and wait longer; a source is never given up."""
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        tx.sources.plan({source.id: now})
        state = tx.sources.state(source.id, lock=True) or SourceState(source_id=source.id, next_due=now)
        failures = state.failures + 1
        retry_after = failure.retry_after if failure else None
        due = pace.next_due(source, failures=failures, now=now, retry_after=retry_after)
        tx.sources.save(replace(state, next_due=due, failures=failures, last_attempt=now, last_error=message))
        status = failure.status if failure else status
        line = FetchLine(source_id=source.id, at=now, outcome=outcome, message=message, status=status, bytes=size)
        tx.sources.log(line)
        if source.authority is Authority.OFFICIAL and failures >= COVERAGE_INTERVALS:
            _coverage_lost(rig, tx, source, state, message, now)
    log.warning("source failed", source=source.id, outcome=outcome, failures=failures, message=message)
    return Collected(source_id=source.id, outcome=outcome, message=message)


def _coverage_lost(rig: Rig, tx: Transaction, source: Source, state: SourceState, message: str, now: datetime) -> None:
    since = f"{state.last_success:%Y-%m-%d %H:%M} UTC" if state.last_success else "the beginning"
    lines = (
        f"Source {source.id}: {source.url}",
        message,
        f"Nothing was read from it since {since}. It is tried again and again, with growing pauses.",
    )
    raise_notice(rig, tx, f"coverage:{source.id}", f"No coverage of {source.publisher}", lines, now=now)


def _flood(rig: Rig, tx: Transaction, source: Source, new: int, now: datetime) -> None:
    lines = (
        f"Source {source.id}: {source.url}",
        f"{new} new items at once. They are kept and read, but none of them alerts: look them through.",
    )
    raise_notice(rig, tx, f"flood:{source.id}:{now.date()}", f"{source.publisher} floods", lines, now=now)


def _gap(rig: Rig, tx: Transaction, source: Source, state: SourceState, now: datetime) -> None:
    """No item of the last answer is left in this one: some may have come and gone in between."""
    since = f"{state.last_success:%Y-%m-%d %H:%M} UTC" if state.last_success else "the last answer"
    lines = (
        f"Source {source.id}: {source.url}",
        f"None of its items was there at {since}. Some may have been missed: look at the page, or poll it more often.",
    )
    raise_notice(rig, tx, f"gap:{source.id}:{now.date()}", f"A gap in {source.publisher}", lines, now=now)
