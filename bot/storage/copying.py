"""Multiply what an archive holds, so that work on many documents can be measured without reading many."""

from __future__ import annotations

from sqlalchemy import Table, text

from bot.storage import schema
from bot.storage.transaction import Transaction

_COPIED = (schema.document, schema.reading, schema.story, schema.telling)
_NAMED = frozenset({"id", "document_id", "story_id", "lead_id", "url", "canonical_url", "content_hash"})


def multiply(tx: Transaction, copies: int) -> None:
    """Copy every document so often, with reading, story and telling, each under ids of its own.

    Stories are taken to have one telling each.
    """
    for table in _COPIED if copies > 0 else ():
        tx.connection.execute(text(_copying(table)), {"copies": copies})
    tx.connection.execute(text("ANALYZE"))


def _copying(table: Table) -> str:
    """SQL that copies every row of a table under other ids, inside its record too."""
    own = next(name for name in ("document_id", "lead_id", "id") if name in table.c)
    columns = [column.name for column in table.columns]
    values = [_copied(column, own) for column in columns]
    return (
        f"INSERT INTO {table.name} ({', '.join(columns)}) "  # noqa: S608 - names of our own tables
        f"SELECT {', '.join(values)} FROM {table.name} t, generate_series(1, :copies) n"
    )


def _copied(column: str, own: str) -> str:
    if column == "record":
        return f"replace(record::text, t.{own}, t.{own} || '-' || n)::jsonb"
    return f"replace({column}, t.{own}, t.{own} || '-' || n)" if column in _NAMED else column
