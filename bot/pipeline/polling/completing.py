"""Read the page behind an item: fetch, find its text in a child process, and have the document read again with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import WorkerError
from bot.log import get_logger
from bot.pipeline.polling.pages import why_unread
from bot.pipeline.rig import Rig
from bot.pipeline.shortening import shorten
from bot.storage import Transaction
from bot.storage.documents import DocumentState, StoredDocument
from bot.storage.pages import PageState, StoredPage
from bot.storage.sources import FetchLine
from bot.types.document import Completed
from bot.types.ids import DocumentId, SourceId
from bot.types.reading import Reading
from bot.types.source import Fetched, FetchFailure, NotModified, PageWhen, ParseFailure, Request, Source

PARSE_SECONDS = 10.0  # per page, in the child process
PAUSES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))  # after a failure that may pass
PER_DAY = 200  # pages of one source: a flood must not make a crawler of us
DAY = timedelta(days=1)

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Miss:
    """Why there is no text."""

    message: str  # one sentence for people
    passes: bool = False  # trying again later makes sense
    pause: timedelta = timedelta(0)  # that the server asked for
    size: int = 0  # bytes that came all the same
    status: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hit:
    """What the page gave."""

    completed: Completed
    size: int  # bytes
    status: int


def want_pages(
    rig: Rig, tx: Transaction, batch: Sequence[StoredDocument], readings: Sequence[Reading], now: datetime
) -> None:
    """Note which pages the readings of fresh documents ask for; to be called where the readings are kept.

    A page is asked for once per text that its source delivered, so that reading a text again asks for nothing.
    """
    sources = rig.rulebook.source_by_id
    stored = {one.document.id: one for one in batch}
    known = tx.pages.get(reading.document_id for reading in readings)
    wanted = []
    for reading in readings:
        one = stored[reading.document_id]
        source, page = sources.get(one.document.source_id), known.get(reading.document_id)
        if source is None or (page is not None and page.state is not PageState.OUTDATED):
            continue
        if not why_unread(source, one.document, reading, silent=one.silent):
            wanted.append(StoredPage(document_id=reading.document_id, source_id=source.id, next_due=now))
    tx.pages.save(wanted)


def complete(rig: Rig, document_id: DocumentId) -> tuple[DocumentId, ...]:
    """Read the page behind a document if that is wanted and due; gives the document when it is to be read again.

    One whose host is busy with others (see `Admission`) is put off: it stays due.

    Raises:
        StorageError: The database is gone; the page stays wanted.
    """
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        stored, page = _locked(tx, document_id)
        if page is None or stored is None or page.state is not PageState.WANTED or page.next_due > now:
            return ()
        source = rig.rulebook.source_by_id.get(page.source_id)
        if source is None or (why := _hindrance(tx, source, now)):
            why = why if source else "No rule file names its source any more."
            _settle(rig, tx, stored, replace(page, state=PageState.FAILED, next_due=now, outcome=why))
            return ()
        source = _trusted(tx, source)
    with rig.admission.enter(rig.host(stored.document.url), page=True) as admitted:
        if not admitted:
            return ()
        try:
            found = _read(rig, source, stored)
        except Exception as error:
            log.exception("a page could not be read", document=document_id)
            found = _Miss(message=f"A bug stopped it ({type(error).__name__}); see the log.")
    return _keep(rig, source, stored, found) if found is not None else ()


def _locked(tx: Transaction, document_id: DocumentId) -> tuple[StoredDocument | None, StoredPage | None]:
    """A document and its page, locked in the order in which sources write them."""
    return next(iter(tx.documents.lock([document_id])), None), tx.pages.lock(document_id)


def _trusted(tx: Transaction, source: Source) -> Source:
    """A source with the domains that operators approved besides those of its rule file."""
    state = tx.sources.state(source.id)
    return replace(source, domains=(*source.domains, *state.trust.approved)) if state else source


def _hindrance(tx: Transaction, source: Source, now: datetime) -> str:
    """Why pages of a source are not asked for now, one sentence; "" when nothing is in the way."""
    if source.page.when is PageWhen.NEVER or not source.enabled:
        return "The rules of its source leave its pages alone by now."
    if tx.pages.asked(_log_name(source), now - DAY) >= PER_DAY:
        return f"{PER_DAY} pages of this source were read within a day; this one was one too many."
    return ""


def _log_name(source: Source) -> SourceId:
    """Under which the log of fetches holds the pages of a source, apart from its polls."""
    return SourceId(f"{source.id}#page")


def _read(rig: Rig, source: Source, stored: StoredDocument) -> _Hit | _Miss | None:
    """Fetch a page and find its text; None when the program is being stopped."""
    request = Request(source_id=source.id, url=stored.document.url, robots=source.robots, led_by=source.url)
    rig.passes("complete.asking")
    answer = rig.fetcher.fetch(request, now=rig.clock.now())
    rig.passes("complete.fetched")
    if rig.pause(0) and not isinstance(answer, Fetched):
        return None  # a wait that ended with the program says nothing about the page
    if isinstance(answer, FetchFailure):
        pause = answer.retry_after or timedelta(0)
        return _Miss(message=answer.message, passes=answer.transient, pause=pause, status=answer.status)
    if isinstance(answer, NotModified):
        return _Miss(message="The server answers that nothing changed, though nothing was asked before.")
    size = len(answer.body)
    if not answer.complete:
        return _Miss(message="The page broke off in the middle.", passes=True, size=size, status=answer.status)
    found = _extract(rig, source, answer, stored)
    if isinstance(found, str):
        if rig.pause(0):  # a child that was stopped with the program says nothing about the page
            return None
        return _Miss(message=found, passes=True, size=size, status=answer.status)
    if isinstance(found, ParseFailure):
        return _Miss(message=found.message, size=size, status=answer.status)
    return _Hit(completed=found, size=size, status=answer.status)


def _extract(rig: Rig, source: Source, answer: Fetched, stored: StoredDocument) -> Completed | ParseFailure | str:
    """What the parser makes of a page; a string says why it had to be stopped."""
    try:
        found = rig.parsers.call(rig.completer, source, answer, stored.document, deadline=PARSE_SECONDS)
    except WorkerError as error:
        return f"The parser had to be stopped ({error.reason}): {error}"
    assert isinstance(found, (Completed, ParseFailure))  # noqa: S101 - the contract of a completer
    return found


def _keep(rig: Rig, source: Source, before: StoredDocument, found: _Hit | _Miss) -> tuple[DocumentId, ...]:
    """Write down what came of a page, with the document's new text, in one transaction."""
    now = rig.clock.now()
    document = before.document
    rig.passes("complete.found")
    with rig.database.transaction() as tx:
        stored, page = _locked(tx, document.id)
        tx.sources.log(_line(source, found, now))
        if stored is None or page is None or page.state is not PageState.WANTED:
            return ()  # the source changed or lost the item in the meantime: it will be asked for anew
        if stored.document.content_hash != document.content_hash:
            return ()
        if isinstance(found, _Miss):
            _settle(rig, tx, stored, _missed(page, found, now))
            return ()
        done = replace(page, state=PageState.DONE, next_due=now, outcome=found.completed.outcome)
        new = found.completed.document
        if new is None:
            _settle(rig, tx, stored, done)
            return ()
        tx.pages.save([done])
        # Nothing else is believed of what a child made that has had a stranger's page in its hands.
        tx.documents.complete(
            replace(
                document, title=new.title, text=new.text, pages=new.pages, published_at=new.published_at,
                content_hash=new.content_hash,
            )
        )  # fmt: skip
        rig.passes("complete.not-committed")
    rig.passes("complete.committed")
    log.info("page read", document=document.id, source=source.id, outcome=done.outcome)
    return (document.id,)


def _missed(page: StoredPage, miss: _Miss, now: datetime) -> StoredPage:
    """What becomes of a page that gave nothing: another try after a growing pause, or none."""
    tries = page.attempts + 1
    if miss.passes and tries <= len(PAUSES):
        due = now + max(PAUSES[tries - 1], miss.pause)
        return replace(page, attempts=tries, next_due=due, outcome=miss.message)
    return replace(page, state=PageState.FAILED, attempts=tries, next_due=now, outcome=miss.message)


def _settle(rig: Rig, tx: Transaction, stored: StoredDocument, page: StoredPage) -> None:
    """Keep the state of a page; a text that waited for it alone is shortened now."""
    tx.pages.save([page])
    if page.state is not PageState.WANTED and stored.state is DocumentState.PLACED:
        shorten(rig, tx, stored)
    log.info("page settled", document=page.document_id, source=page.source_id, state=page.state, why=page.outcome)


def _line(source: Source, found: _Hit | _Miss, now: datetime) -> FetchLine:
    message = found.message if isinstance(found, _Miss) else found.completed.outcome
    outcome = "page-missed" if isinstance(found, _Miss) else "page"
    return FetchLine(
        source_id=_log_name(source), at=now, outcome=outcome, message=message, status=found.status, bytes=found.size
    )
