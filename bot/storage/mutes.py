"""Stories that people want to hear no more of."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from bot.storage import schema
from bot.types.codec import revive
from bot.types.desk import Mute


class Mutes:
    """Mutes of single stories."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def standing(self, today: date) -> tuple[Mute, ...]:
        """Mutes that hold on a day, in order of story."""
        row = schema.mute.c
        rows = self._connection.scalars(select(row.record).where(row.until >= today).order_by(row.story_id))
        return tuple(revive(Mute, found) for found in rows)
