"""Have documents read in child processes; of one that kills its reader twice, the opening alone is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.errors import WorkerError
from bot.log import get_logger
from bot.pipeline.polling.completing import want_pages
from bot.pipeline.rig import Rig
from bot.pipeline.sending.notices import end_notice, raise_notice
from bot.storage.documents import DocumentState, StoredDocument
from bot.types.document import Document
from bot.types.ids import DocumentId
from bot.types.reading import Reading

BATCH = 50  # documents handed to a child at once
BATCH_SECONDS = 60.0
LONE_SECONDS = 20.0  # for one document alone
KILLS = 2  # children that the whole of a document may cost
OPENING = 2_000  # characters that are tried after that; offsets stay those of the whole text

log = get_logger(__name__)


def read(rig: Rig, document_ids: Sequence[DocumentId]) -> int:
    """Read documents that are unread; gives how many readings were kept.

    A batch that kills its child is read again one by one, so that only the culprit is marked.

    Raises:
        StorageError: The database is gone; what was not kept stays unread.
    """
    with rig.database.transaction() as tx:
        waiting = [s for s in tx.documents.get(document_ids) if s.state is DocumentState.UNREAD]
    kept = 0
    for start in range(0, len(waiting), BATCH):
        kept += _batch(rig, waiting[start : start + BATCH])
        if rig.pause(0):
            break
    return kept


def _batch(rig: Rig, batch: Sequence[StoredDocument]) -> int:
    rig.passes("read.calling")
    try:
        readings = _call(rig, [stored.document for stored in batch], BATCH_SECONDS)
    except WorkerError as error:
        log.warning("a batch stopped its reader", documents=len(batch), reason=error.reason)
        if not _reader_works(rig):
            return 0
        readings = [found for stored in batch if (found := _alone(rig, stored)) is not None]
    rig.passes("read.read")
    with rig.database.transaction() as tx:
        # A source may have changed a text while it was read: the new one is unread and must stay so.
        now_hashes = {
            s.document.id: s.document.content_hash for s in tx.documents.lock([r.document_id for r in readings])
        }
        read_hashes = {stored.document.id: stored.document.content_hash for stored in batch}
        valid = [r for r in readings if now_hashes.get(r.document_id) == read_hashes[r.document_id]]
        now = rig.clock.now()
        tx.documents.save_readings(valid, at=now)
        rig.passes("read.saved")
        want_pages(rig, tx, batch, valid, now)
        rig.passes("read.not-committed")
    rig.passes("read.committed")
    return len(valid)


def _reader_works(rig: Rig) -> bool:
    """Whether children can read at all; when not, no document is to blame, and operators are told."""
    now = rig.clock.now()
    try:
        _call(rig, [], BATCH_SECONDS)
    except WorkerError as error:
        if not rig.pause(0):
            lines = (str(error), "Texts are kept and wait. Look into the log, and run `monazite doctor`.")
            with rig.database.transaction() as tx:
                raise_notice(rig, tx, "reader", "No text can be read", lines, now=now)
        return False
    with rig.database.transaction() as tx:
        end_notice(rig, tx, "reader", "Texts can be read again", (), now=now)
    return True


def _call(rig: Rig, documents: Sequence[Document], seconds: float) -> list[Reading]:
    return list(rig.workers.call(rig.reader, tuple(documents), deadline=seconds))


def _alone(rig: Rig, stored: StoredDocument) -> Reading | None:
    """One document in a child of its own: its reading, an empty one when it has killed too often, else None."""
    document = stored.document
    if stored.kills < KILLS:
        try:
            return _call(rig, [document], LONE_SECONDS)[0]
        except WorkerError as error:
            if rig.pause(0):  # stopped with the program: the document is not to blame
                return None
            with rig.database.transaction() as tx:
                kills = tx.documents.killed(document.id)
                now = rig.clock.now()
                why = f"Its reader was stopped ({error.reason}), time {kills} of {KILLS}."
                tx.decisions.note(document.id, at=now, action="killed", reason=error.reason, why=why)
            log.warning("a document stopped its reader", document=document.id, reason=error.reason, kills=kills)
            if kills < KILLS:
                return None
    return _degraded(rig, document)


def _degraded(rig: Rig, document: Document) -> Reading:
    """A reading of the opening alone; when even that kills, one that says nothing: the text is kept and found."""
    opening = replace(document, text=document.text[:OPENING])
    try:
        reading = _call(rig, [opening], LONE_SECONDS)[0]
        return replace(reading, degraded=(*reading.degraded, "killed", "truncated"))
    except WorkerError as error:
        log.warning("the opening of a document stopped its reader", document=document.id, reason=error.reason)
    lang = (document.lang_hint or (document.languages[0] if document.languages else "und")).partition("-")[0]
    return Reading(
        document_id=document.id,
        lang=lang,
        lang_confidence=0.0,
        mentions=(),
        events=(),
        reader_version="none",
        degraded=("killed",),
    )
