"""What operators have to know: lost coverage, floods, refused messages; one open notice per subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ARRAY, Connection, Text, any_, bindparam, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._text import fit

_note = schema.ops_notice.c
_OPEN_AMONG = select(_note.key).where(
    _note.key == any_(bindparam("keys", type_=ARRAY(Text))), _note.closed_at.is_(None)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice about the watch itself."""

    key: str  # subject, e.g. "coverage:cn-mofcom-gg"
    title: str
    lines: tuple[str, ...]
    opened_at: datetime
    closed_at: datetime | None = None
    id: int = 0


class Notices:
    """Notices to operators."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, key: str, title: str, lines: Sequence[str], *, at: datetime) -> int | None:
        """Raise a notice; gives its id, or None when one about the same subject is open already."""
        statement = upsert(schema.ops_notice).values(
            key=key, title=fit(title), lines=[fit(line) for line in lines], opened_at=at
        )
        found: int | None = self._connection.scalar(
            statement.on_conflict_do_nothing(index_elements=["key"], index_where=_note.closed_at.is_(None)).returning(
                _note.id
            )
        )
        return found

    def close(self, key: str, *, at: datetime) -> Notice | None:
        """End the open notice about a subject; gives it, or None when there is none."""
        row = self._connection.execute(
            update(schema.ops_notice)
            .where(_note.key == key, _note.closed_at.is_(None))
            .values(closed_at=at)
            .returning(schema.ops_notice)
        ).one_or_none()
        return _notice(row._mapping) if row else None  # noqa: SLF001 - public API

    def open_among(self, keys: Sequence[str]) -> frozenset[str]:
        """Those of some subjects about which a notice is open."""
        return frozenset(self._connection.scalars(_OPEN_AMONG, {"keys": list(keys)}))

    def standing(self) -> tuple[Notice, ...]:
        """Notices that are open, oldest first."""
        rows = self._connection.execute(
            select(schema.ops_notice).where(_note.closed_at.is_(None)).order_by(_note.opened_at, _note.id)
        )
        return tuple(_notice(row._mapping) for row in rows)  # noqa: SLF001 - public API

    def since(self, start: datetime) -> tuple[Notice, ...]:
        """Notices raised since, oldest first."""
        rows = self._connection.execute(
            select(schema.ops_notice).where(_note.opened_at >= start).order_by(_note.opened_at, _note.id)
        )
        return tuple(_notice(row._mapping) for row in rows)  # noqa: SLF001 - public API

    def lapse(self, prefixes: Sequence[str], before: datetime, *, at: datetime) -> int:
        """End notices that tell of a moment and not of a state, when they were raised before; gives how many."""
        kinds = or_(*(_note.key.startswith(prefix, autoescape=True) for prefix in prefixes))
        return self._connection.execute(
            update(schema.ops_notice)
            .where(kinds, _note.closed_at.is_(None), _note.opened_at < before)
            .values(closed_at=at)
        ).rowcount

    def forget(self, before: datetime) -> int:
        """Drop closed notices from before; gives how many."""
        return self._connection.execute(delete(schema.ops_notice).where(_note.closed_at < before)).rowcount


def _notice(row: object) -> Notice:
    values = dict(row)  # type: ignore[call-overload]
    return Notice(**{**values, "lines": tuple(values["lines"])})
