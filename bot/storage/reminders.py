"""Dates of stories that their readers are to be reminded of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, Select, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._text import fit, record
from bot.types.codec import revive
from bot.types.desk import Reminder
from bot.types.ids import StoryId

_row = schema.reminder.c


class Reminders:
    """Reminders that are open, and what became of those that are not."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plan(self, story_id: StoryId, wanted: Iterable[Reminder], *, now: datetime) -> None:
        """Make these the open reminders of a story; what was settled stays so, and what is past is not begun."""
        reminders = tuple(wanted)
        keys = {(reminder.kind.value, reminder.day, reminder.due_at) for reminder in reminders}
        found = self._connection.execute(
            select(_row.kind, _row.day, _row.due_at).where(_row.story_id == story_id, _row.settled_at.is_(None))
        )
        for kind, day, due_at in found.all():
            if (kind, day, due_at) not in keys:
                self._connection.execute(
                    delete(schema.reminder).where(
                        _row.story_id == story_id, _row.kind == kind, _row.day == day, _row.due_at == due_at
                    )
                )
        for reminder in reminders:
            if reminder.due_at > now:
                statement = upsert(schema.reminder).values(
                    story_id=story_id,
                    kind=reminder.kind.value,
                    day=reminder.day,
                    due_at=reminder.due_at,
                    outcome="",
                    record=record(reminder),
                )
                self._connection.execute(statement.on_conflict_do_nothing())

    def told(self, channel: str, dedupe_key: str) -> bool:
        """True when a channel has been told of a date, by whichever story."""
        found = select(schema.outbox.c.id).where(
            schema.outbox.c.channel == channel, schema.outbox.c.dedupe_key == dedupe_key
        )
        return self._connection.scalar(found) is not None

    def due(self, now: datetime, *, limit: int) -> tuple[Reminder, ...]:
        """Open reminders whose time has come, in order of time; locked until the transaction ends."""
        rows = self._connection.scalars(
            select(_row.record)
            .where(_row.settled_at.is_(None), _row.due_at <= now)
            .order_by(_row.due_at, _row.story_id, _row.kind)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return tuple(revive(Reminder, row) for row in rows)

    def of_story(self, story_id: StoryId) -> tuple[tuple[Reminder, str], ...]:
        """All reminders of a story with what became of them ("" while open), in order of time."""
        rows = self._connection.execute(
            select(_row.record, _row.outcome).where(_row.story_id == story_id).order_by(_row.due_at, _row.kind)
        )
        return tuple((revive(Reminder, found), outcome) for found, outcome in rows)

    def awaiting(self, first: date, last: date) -> tuple[StoryId, ...]:
        """Stories with an open reminder of a date from `first` to `last`, in order."""
        rows = self._connection.scalars(
            select(_row.story_id)
            .where(_row.settled_at.is_(None), _row.day.between(first, last))
            .distinct()
            .order_by(_row.story_id)
        )
        return tuple(StoryId(row) for row in rows)

    def settle(self, reminder: Reminder, outcome: str, *, at: datetime) -> None:
        """Close a reminder, with one sentence on what became of it."""
        self._connection.execute(
            update(schema.reminder)
            .where(
                _row.story_id == reminder.story_id,
                _row.kind == reminder.kind.value,
                _row.day == reminder.day,
                _row.due_at == reminder.due_at,
            )
            .values(settled_at=at, outcome=fit(outcome))
        )

    def forget(self, before: datetime) -> int:
        """Drop reminders that were settled before; gives how many."""
        return self._connection.execute(delete(schema.reminder).where(_row.settled_at < before)).rowcount


def awaited() -> Select[str]:
    """Ids of stories of which a date is still to be told; what is known of them stays until then."""
    return select(schema.reminder.c.story_id).where(schema.reminder.c.settled_at.is_(None))
