"""What people want to hear in person."""

from __future__ import annotations

from sqlalchemy import Connection, select

from bot.storage import schema
from bot.types.codec import revive
from bot.types.desk import Member


class Members:
    """People and what they asked for."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Member, ...]:
        """Everybody, in order of id."""
        rows = self._connection.scalars(select(schema.member.c.record).order_by(schema.member.c.id))
        return tuple(revive(Member, found) for found in rows)
