"""Which stories people want to hear no more of, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._text import fit, record
from bot.types.codec import revive
from bot.types.desk import Mute
from bot.types.ids import StoryId

_mute = schema.mute.c


class Mutes:
    """One mute per story; the latest says until when."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, mute: Mute) -> None:
        """Mute a story, or change the end of its mute."""
        kept = replace(mute, by=fit(mute.by), why=fit(mute.why))
        values = {"until": mute.until, "at": mute.at, "record": record(kept)}
        statement = upsert(schema.mute).values(story_id=mute.story_id, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["story_id"], set_=values))

    def end(self, story_id: StoryId) -> bool:
        """Hear of a story again; False when it was not muted."""
        return bool(self._connection.execute(delete(schema.mute).where(_mute.story_id == story_id)).rowcount)

    def get(self, story_id: StoryId, today: date) -> Mute | None:
        """The mute of a story, as long as it holds; on its last day it does."""
        found = self._connection.scalar(select(_mute.record).where(_mute.story_id == story_id, _mute.until >= today))
        return revive(Mute, found) if found is not None else None

    def standing(self, today: date) -> tuple[Mute, ...]:
        """All that hold today, those that end first before the others."""
        rows = self._connection.scalars(
            select(_mute.record).where(_mute.until >= today).order_by(_mute.until, _mute.story_id)
        )
        return tuple(revive(Mute, row) for row in rows)

    def forget(self, before: date) -> int:
        """Drop mutes that ended before; gives how many."""
        return self._connection.execute(delete(schema.mute).where(_mute.until < before)).rowcount
