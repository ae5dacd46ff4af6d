"""Let everything that people did and were told about a story go to the story that takes it up: the one place for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, cast, delete, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TEXT

from bot.storage import schema
from bot.storage._text import fit, record
from bot.storage.decisions import Decisions
from bot.storage.measures import Measures
from bot.storage.votes import Votes
from bot.types.codec import revive
from bot.types.delivery import Action, Decision, Reason
from bot.types.desk import Handling, Mute
from bot.types.ids import AlertId, StoryId
from bot.types.levels import Band

# Actions of lines in the ledger that say what became of a story among stories, beside those of decisions.
MERGED = "merged"  # it is part of another one
SPLIT = "split"  # it left another one


def rename(
    connection: Connection, gone: StoryId, into: StoryId, *, alerts: Mapping[AlertId, AlertId], why: str, at: datetime
) -> None:
    """Move every row of a story, and of alerts that no longer stand, to those that remain.

    Where both have a row, the longer mute, the first acknowledgement and the remaining story's dates stay.

    Args:
        connection: Of the transaction in which the stories are joined.
        gone: The story that is no more.
        into: The story that took it up.
        alerts: Alert whose message no longer stands -> the alert that speaks for it now.
        why: For people who ask for the old story; it should name the new one.
        at: Now.
    """
    Decisions(connection).lock_alerts([gone, into])  # deeds lock the alerts of their story before anything else
    Decisions(connection).move([gone], into)
    Votes(connection).move([gone], into)
    Measures(connection).move([gone], into)
    steps = schema.transition
    moved = {"story_id": into, "record": _named(steps, "story_id", into)}
    connection.execute(update(steps).where(steps.c.story_id == gone).values(**moved))
    _mutes(connection, gone, into)
    _keyed(connection, schema.reminder, "story_id", ("kind", "day", "due_at"), gone, into)
    for old, new in alerts.items():
        _handlings(connection, old, new, at)
        _keyed(connection, schema.escalation, "alert_id", ("channel",), old, new)
    note(connection, gone, MERGED, Reason.STORIES_MERGED, why, other=into, at=at)


def note(
    connection: Connection, story_id: StoryId, action: str, reason: Reason, why: str, *, other: StoryId, at: datetime
) -> None:
    """Write into the ledger what became of a story among stories; `other` is the one it went into or came from."""
    line = Decision(
        story_id=story_id,
        at=at,
        action=Action.DROP,  # nobody is told by this line
        reason=reason,
        why=fit(why),
        band=Band.ARCHIVE,
        channels=(),
        dedupe_key=other,
    )
    values = {"story_id": story_id, "at": at, "reason": reason.value, "why": line.why, "band": "", "dedupe_key": other}
    connection.execute(insert(schema.decision).values(**values, action=action, record=record(line)))


def _mutes(connection: Connection, gone: StoryId, into: StoryId) -> None:
    mute = schema.mute
    rows = connection.execute(select(mute.c.record).where(mute.c.story_id.in_([gone, into])).with_for_update())
    kept = [revive(Mute, row.record) for row in rows]
    if not any(one.story_id == gone for one in kept):
        return
    longest = replace(max(kept, key=lambda one: (one.until, one.story_id == into)), story_id=into)
    connection.execute(delete(mute).where(mute.c.story_id.in_([gone, into])))
    connection.execute(
        insert(mute).values(story_id=into, until=longest.until, at=longest.at, record=record(longest))
    )  # fmt: skip


def _handlings(connection: Connection, old: AlertId, new: AlertId, at: datetime) -> None:
    handling = schema.handling
    rows = connection.execute(select(handling.c.record).where(handling.c.alert_id.in_([old, new])).with_for_update())
    kept = {one.alert_id: one for one in (revive(Handling, row.record) for row in rows)}
    if old not in kept:
        return
    mine, theirs = kept.get(new, Handling(alert_id=new)), kept[old]
    known = [one for one in (mine, theirs) if one.acknowledged_at is not None]
    first = min(known, key=lambda one: one.acknowledged_at or at, default=mine)
    given = mine if mine.assigned_to else theirs
    made = Handling(
        alert_id=new,
        acknowledged_by=first.acknowledged_by,
        acknowledged_at=first.acknowledged_at,
        assigned_to=given.assigned_to,
        assigned_by=given.assigned_by,
        assigned_at=given.assigned_at,
    )
    connection.execute(delete(handling).where(handling.c.alert_id.in_([old, new])))
    values = {"acknowledged_at": made.acknowledged_at, "at": at, "record": record(made)}
    connection.execute(insert(handling).values(alert_id=new, **values))


def _keyed(connection: Connection, table: Table, name: str, others: tuple[str, ...], old: str, new: str) -> None:
    """Move rows whose key holds the name; a row that the new name has already stays, and the old one goes."""
    twin = table.alias("twin")
    same = and_(twin.c[name] == new, *(twin.c[other] == table.c[other] for other in others))
    values: dict[str, Any] = {name: new}
    if "record" in table.c:
        values["record"] = _named(table, name, new)
    connection.execute(update(table).where(table.c[name] == old, ~exists().where(same)).values(**values))
    connection.execute(delete(table).where(table.c[name] == old))


def _named(table: Table, name: str, new: str) -> ColumnElement[Any]:
    """The record of a row with another name in it."""
    return func.jsonb_set(table.c.record, cast([name], ARRAY(TEXT)), cast(func.to_jsonb(cast(new, TEXT)), JSONB))
