"""Pages behind items: which are wanted, when they are tried, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, func, literal, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._text import fit
from bot.types.ids import DocumentId, SourceId

_page = schema.page.c


class PageState(StrEnum):
    """How far a page has come."""

    WANTED = "wanted"
    DONE = "done"
    FAILED = "failed"
    OUTDATED = "outdated"  # its source has changed the item since: whether it is wanted is decided anew


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """What is known of the page behind one document."""

    document_id: DocumentId
    source_id: SourceId
    next_due: datetime  # while it is wanted: not before; afterwards: when it was settled
    state: PageState = PageState.WANTED
    attempts: int = 0  # since it was wanted
    outcome: str = ""  # one sentence for people


class Pages:
    """Pages."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, document_ids: Iterable[DocumentId]) -> Mapping[DocumentId, StoredPage]:
        """What is known of the pages of documents, as far as anything is."""
        return {page.document_id: page for page in self._stored(_page.document_id.in_(list(document_ids)))}

    def lock(self, document_id: DocumentId) -> StoredPage | None:
        """The same for one, kept from others until the transaction ends."""
        return next(iter(self._stored(_page.document_id == document_id, lock=True)), None)

    def due(self, now: datetime, *, limit: int, among: Iterable[DocumentId] | None = None) -> tuple[StoredPage, ...]:
        """Wanted pages whose time has come, longest waiting first; `among` leaves out all others."""
        # The state stands as a literal, so that the planner can use the index of wanted ones.
        condition = (_page.state == literal(PageState.WANTED.value, literal_execute=True)) & (_page.next_due <= now)
        if among is not None:
            condition &= _page.document_id.in_(list(among))
        return self._stored(condition, limit=limit)

    def save(self, pages: Iterable[StoredPage]) -> None:
        """Remember."""
        rows = [
            {
                "document_id": page.document_id,
                "source_id": page.source_id,
                "state": page.state.value,
                "attempts": page.attempts,
                "next_due": page.next_due,
                "outcome": fit(page.outcome),
            }
            for page in pages
        ]
        if rows:
            statement = upsert(schema.page)
            changed = {name: statement.excluded[name] for name in rows[0] if name != "document_id"}
            self._connection.execute(
                statement.on_conflict_do_update(index_elements=["document_id"], set_=changed), rows
            )

    def asked(self, name: SourceId, since: datetime) -> int:
        """How many lines the log of fetches holds under a name, since a time."""
        log = schema.fetch_log.c
        query = select(func.count()).select_from(schema.fetch_log).where(log.source_id == name, log.at > since)
        return int(self._connection.scalar(query) or 0)

    def _stored(
        self, condition: ColumnElement[bool], *, limit: int | None = None, lock: bool = False
    ) -> tuple[StoredPage, ...]:
        query = (
            select(_page.document_id, _page.source_id, _page.state, _page.attempts, _page.next_due, _page.outcome)
            .where(condition)
            .order_by(_page.next_due, _page.document_id)
            .limit(limit)
        )
        rows = self._connection.execute(query.with_for_update() if lock else query)
        return tuple(
            StoredPage(
                document_id=DocumentId(row.document_id),
                source_id=SourceId(row.source_id),
                state=PageState(row.state),
                attempts=row.attempts,
                next_due=row.next_due,
                outcome=row.outcome,
            )
            for row in rows
        )
