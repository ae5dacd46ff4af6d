"""What single people want to hear, beside what the channels say."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._text import record
from bot.types.codec import revive
from bot.types.desk import Member

_member = schema.member.c


class Members:
    """One row per person who ever chose something."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Member, ...]:
        """Everybody, in order of id."""
        rows = self._connection.scalars(select(_member.record).order_by(_member.id))
        return tuple(revive(Member, row) for row in rows)

    def get(self, who: str) -> Member | None:
        """What a person chose."""
        found = self._connection.scalar(select(_member.record).where(_member.id == who))
        return revive(Member, found) if found is not None else None

    def save(self, member: Member) -> None:
        """Keep what a person chose; `at` must be set."""
        values = {"at": member.at, "record": record(member)}
        statement = upsert(schema.member).values(id=member.id, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
