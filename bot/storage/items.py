"""By which keys an item of a source is known, for as long as its source lists it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._text import fit, short
from bot.types.ids import DocumentId, SourceId
from bot.types.source import KnownItem


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """An item to be known from now on, or under more keys, or with another text."""

    keys: tuple[str, ...]
    document_id: DocumentId
    content_hash: str
    title: str
    link: str
    first_seen: datetime


class Items:
    """Identity of items."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, source_id: SourceId, keys: Iterable[str]) -> tuple[KnownItem, ...]:
        """The items of a source that are known under any of these keys, each with all its keys."""
        wanted = {short(key): key for key in keys}
        key, item = schema.item_key.c, schema.item.c
        if not wanted:
            return ()
        hits = select(key.document_id).where(key.source_id == source_id, key.key.in_(list(wanted))).distinct()
        all_keys: dict[str, list[str]] = defaultdict(list)
        for document_id, name in self._connection.execute(
            select(key.document_id, key.key).where(key.document_id.in_(hits)).order_by(key.key)
        ):
            all_keys[document_id].append(wanted.get(name, name))
        rows = self._connection.execute(
            select(item.document_id, item.content_hash, item.title, item.link, item.first_seen)
            .where(item.document_id.in_(list(all_keys)))
            .order_by(item.first_seen, item.document_id)
        )
        return tuple(
            KnownItem(
                keys=tuple(all_keys[row.document_id]),
                document_id=DocumentId(row.document_id),
                content_hash=row.content_hash,
                title=row.title,
                link=row.link,
                first_seen=row.first_seen,
            )
            for row in rows
        )

    def remember(self, source_id: SourceId, items: Sequence[NewItem], *, today: date) -> None:
        """Know these items from now on; a key that led to another item leads to the new one."""
        rows = {
            item.document_id: {
                "document_id": item.document_id,
                "source_id": source_id,
                "content_hash": item.content_hash,
                "title": fit(item.title),
                "link": fit(item.link),
                "first_seen": item.first_seen,
                "seen_on": today,
            }
            for item in items
        }
        statement = upsert(schema.item)
        changed = {name: statement.excluded[name] for name in ("content_hash", "title", "link", "seen_on")}
        if not rows:
            return
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["document_id"], set_=changed), list(rows.values())
        )
        keys = {short(key): item.document_id for item in items for key in item.keys}
        leads = [{"source_id": source_id, "key": key, "document_id": owner} for key, owner in keys.items()]
        statement = upsert(schema.item_key)
        if leads:
            self._connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["source_id", "key"], set_={"document_id": statement.excluded.document_id}
                ),
                leads,
            )

    def seen(self, source_id: SourceId, document_ids: Iterable[DocumentId], *, today: date) -> None:
        """Note that the source still lists these items; writes once a day and item."""
        item = schema.item.c
        self._connection.execute(
            update(schema.item)
            .where(item.source_id == source_id, item.document_id.in_(list(document_ids)), item.seen_on < today)
            .values(seen_on=today)
        )

    def forget(self, before: date) -> int:
        """Drop items that their source has not listed since and whose text is gone; gives how many."""
        text_left = exists().where(schema.document.c.id == schema.item.c.document_id)
        return self._connection.execute(delete(schema.item).where(schema.item.c.seen_on < before, ~text_left)).rowcount
