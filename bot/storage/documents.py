"""Texts, their readings and the search over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Select, and_, case, cast, delete, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._text import fit, record
from bot.storage.pages import PageState
from bot.storage.search import question, vector
from bot.types.codec import revive
from bot.types.document import Document
from bot.types.ids import DocumentId, SourceId
from bot.types.reading import Reading


class DocumentState(StrEnum):
    """How far a document has come."""

    UNREAD = "unread"
    READ = "read"
    PLACED = "placed"  # in a story, or found to tell none
    FAILED = "failed"  # a bug stopped it; the ledger says which


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A document to be kept, with how its source's answer came about."""

    document: Document
    baseline: bool = False
    flood: bool = False

    @property
    def silent(self) -> bool:
        """True when no alert may come of it."""
        return self.baseline or self.flood


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document as it is kept."""

    document: Document
    state: DocumentState
    edition: int
    kills: int
    baseline: bool
    flood: bool
    reading: Reading | None = None

    @property
    def silent(self) -> bool:
        """True when no alert may come of it."""
        return self.baseline or self.flood


class Documents:
    """Documents and readings."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, documents: Iterable[NewDocument]) -> None:
        """Keep documents to be read; one that is there gets its new text and is read again, maybe its page too."""
        made = {new.document.id: _row(new) for new in documents}
        rows = [made[document_id] for document_id in sorted(made)]  # all lock rows in one order
        if not rows:
            return
        statement = upsert(schema.document)
        replaced = ("url", "canonical_url", "title", "published_at", "content_hash", "search", "record")
        changed: dict[str, object] = {name: statement.excluded[name] for name in replaced}
        changed |= {"edition": schema.document.c.edition + 1, "state": DocumentState.UNREAD.value, "kills": 0}
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed), rows)
        self._connection.execute(
            update(schema.page)
            .where(schema.page.c.document_id.in_([row["id"] for row in rows]))
            .values(state=PageState.OUTDATED.value)
        )

    def complete(self, document: Document) -> None:
        """Give a document the text of its page, to be read again; what its source delivered stays known to `items`."""
        doc = schema.document.c
        self._rewrite(document, edition=doc.edition + 1, state=DocumentState.UNREAD.value, kills=0)

    def shorten(self, document: Document) -> None:
        """Keep less of a text than was read of it; neither its edition nor its state changes."""
        self._rewrite(document)

    def lock(self, document_ids: Iterable[DocumentId]) -> tuple[StoredDocument, ...]:
        """The same as `get`, kept from others until the transaction ends."""
        wanted, doc = list(document_ids), schema.document.c
        rows = select(doc.id).where(doc.id.in_(wanted)).order_by(doc.id.collate("C"))  # as `put` does
        self._connection.execute(rows.with_for_update())
        return self.get(wanted)

    def get(self, document_ids: Iterable[DocumentId]) -> tuple[StoredDocument, ...]:
        """Documents with their readings, in order of first sight; ids that are not there are left out."""
        return self._stored(schema.document.c.id.in_(list(document_ids)))

    def by_url(self, url: str) -> tuple[StoredDocument, ...]:
        """Documents that were delivered under a URL or have it as their canonical one."""
        return self._stored(or_(schema.document.c.canonical_url == url, schema.document.c.url == url))

    def unread(self, *, limit: int, before: datetime | None = None) -> tuple[DocumentId, ...]:
        """Documents that wait for the reader, oldest first and floods last; `before` leaves out later ones."""
        query = self._waiting(DocumentState.UNREAD, limit)
        if before is not None:
            query = query.where(schema.document.c.first_seen < before)
        return tuple(DocumentId(row) for row in self._connection.scalars(query))

    def unplaced(self, *, limit: int, lock: bool = False) -> tuple[StoredDocument, ...]:
        """Read documents that wait to be placed into stories, oldest first and floods last.

        With `lock` nobody changes them until the transaction ends; those that somebody changes now are left out.
        """
        query = self._waiting(DocumentState.READ, limit)
        rows = self._connection.scalars(query.with_for_update(skip_locked=True, key_share=True) if lock else query)
        ids = [DocumentId(row) for row in rows]
        return self.get(ids) if ids else ()

    def save_readings(self, readings: Sequence[Reading], *, at: datetime) -> None:
        """Keep readings; their documents are read from now on."""
        if not readings:
            return
        rows = [
            {
                "document_id": reading.document_id,
                "lang": reading.lang,
                "reader_version": reading.reader_version,
                "degraded": list(reading.degraded),
                "mentions": len(reading.mentions),
                "events": len(reading.events),
                "made_at": at,
                "record": record(reading),
            }
            for reading in {reading.document_id: reading for reading in readings}.values()
        ]
        statement = upsert(schema.reading)
        changed = {name: statement.excluded[name] for name in rows[0] if name != "document_id"}
        self._connection.execute(statement.on_conflict_do_update(index_elements=["document_id"], set_=changed), rows)
        self.mark([reading.document_id for reading in readings], DocumentState.READ)

    def mark(self, document_ids: Iterable[DocumentId], state: DocumentState) -> None:
        """Set how far documents have come."""
        self._connection.execute(
            update(schema.document).where(schema.document.c.id.in_(list(document_ids))).values(state=state.value)
        )

    def killed(self, document_id: DocumentId) -> int:
        """Count a child process that died over a document; gives how many have."""
        found = self._connection.scalar(
            update(schema.document)
            .where(schema.document.c.id == document_id)
            .values(kills=schema.document.c.kills + 1)
            .returning(schema.document.c.kills)
        )
        return int(found or 0)

    def search(self, query: str, *, limit: int = 20) -> tuple[Document, ...]:
        """Documents that hold every word of the query, best first; see `search.question` for what may be written."""
        asked = question(query)
        if not asked:
            return ()
        wanted = cast(literal(asked), TSQUERY)
        rows = self._connection.scalars(
            select(schema.document.c.record)
            .where(schema.document.c.search.op("@@")(wanted))
            .order_by(func.ts_rank_cd(schema.document.c.search, wanted).desc(), schema.document.c.first_seen.desc())
            .limit(limit)
        )
        return tuple(revive(Document, row) for row in rows)

    def counts(self, since: datetime | None = None) -> Mapping[DocumentState, int]:
        """Documents by state, of all times or first seen since."""
        query = select(schema.document.c.state, func.count()).group_by(schema.document.c.state)
        rows = self._connection.execute(query if since is None else query.where(schema.document.c.first_seen >= since))
        return {DocumentState(state): count for state, count in rows}

    def count(self, start: datetime, end: datetime) -> int:
        """Documents first seen between two times (end left out)."""
        doc = schema.document.c
        query = select(func.count()).select_from(schema.document).where(doc.first_seen >= start, doc.first_seen < end)
        return int(self._connection.scalar(query) or 0)

    def newest(self) -> Mapping[SourceId, datetime]:
        """Date of the newest document per source: its own date, or the day it was first seen."""
        doc = schema.document.c
        dated = case(
            (and_(doc.published_at.is_not(None), doc.published_at <= doc.first_seen), doc.published_at),
            else_=doc.first_seen,
        )
        rows = self._connection.execute(select(doc.source_id, func.max(dated)).group_by(doc.source_id))
        return {SourceId(source_id): newest for source_id, newest in rows}

    def forget(self, before: datetime) -> int:
        """Drop texts and readings first seen before; their items stay known. Gives how many."""
        return self._connection.execute(delete(schema.document).where(schema.document.c.first_seen < before)).rowcount

    def _rewrite(self, document: Document, **more: object) -> None:
        values = {name: value for name, value in _content(document).items() if name != "id"} | more
        self._connection.execute(update(schema.document).where(schema.document.c.id == document.id).values(**values))

    def _waiting(self, state: DocumentState, limit: int) -> Select[str]:
        # The state stands as a literal, so that the planner can use the partial index of that state.
        doc = schema.document.c
        return (
            select(doc.id)
            .where(doc.state == literal(state.value, literal_execute=True))
            .order_by(doc.flood, doc.first_seen, doc.id)
            .limit(limit)
        )

    def _stored(self, condition: ColumnElement[bool]) -> tuple[StoredDocument, ...]:
        doc = schema.document.c
        rows = self._connection.execute(
            select(
                doc.record, doc.state, doc.edition, doc.kills, doc.baseline, doc.flood,
                schema.reading.c.record.label("reading"),
            )
            .outerjoin_from(schema.document, schema.reading)
            .where(condition)
            .order_by(doc.first_seen, doc.id)
        )  # fmt: skip
        return tuple(
            StoredDocument(
                document=revive(Document, row.record),
                state=DocumentState(row.state),
                edition=row.edition,
                kills=row.kills,
                baseline=row.baseline,
                flood=row.flood,
                reading=revive(Reading, row.reading) if row.reading is not None else None,
            )
            for row in rows
        )


def _row(new: NewDocument) -> dict[str, object]:
    return _content(new.document) | {
        "source_id": new.document.source_id,
        "first_seen": new.document.first_seen,
        "state": DocumentState.UNREAD.value,
        "baseline": new.baseline,
        "flood": new.flood,
    }


def _content(document: Document) -> dict[str, object]:
    """What changes with the text of a document."""
    return {
        "id": document.id,
        "url": fit(document.url),
        "canonical_url": fit(document.canonical_url),
        "title": fit(document.title),
        "published_at": document.published_at,
        "content_hash": document.content_hash,
        "search": vector(fit(document.full)),
        "record": record(document),
    }
