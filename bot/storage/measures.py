"""Dossiers of acts and clauses, and the steps in their lives."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, cast, delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._text import fit, record, short
from bot.types.codec import revive
from bot.types.ids import StoryId
from bot.types.lifecycle import Measure, Transition, act_of

_row = schema.measure.c
_step = schema.transition.c


class Measures:
    """What is known of acts, by their citations."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_acts(self, acts: Collection[str]) -> tuple[Measure, ...]:
        """Dossiers of these acts and of all their clauses, in order of key."""
        if not acts:
            return ()
        return self._measures(func.split_part(_row.key, "#", 1).in_([fit(act_of(act)) for act in acts]))

    def of_story(self, story_id: StoryId) -> tuple[Measure, ...]:
        """Dossiers to which a story has said something."""
        return self._measures(_holds("story_id", story_id))

    def changed_by(self, acts: Collection[str]) -> tuple[Measure, ...]:
        """Dossiers of what one of these acts suspends or eases."""
        return self._measures(or_(*(_holds("by", act) for act in acts))) if acts else ()

    def due(self, today: date) -> tuple[Measure, ...]:
        """Dossiers that the calendar changes by this day."""
        return self._measures(_row.next_day <= today)

    def save(self, measure: Measure, transitions: Sequence[Transition], *, at: datetime) -> bool:
        """Keep a dossier and its course as they are known now; False when nothing in its course is new."""
        key = short(measure.key)
        if not measure.entries:
            self._connection.execute(delete(schema.measure).where(_row.key == key))
        else:
            values = {
                "state": measure.state.value if measure.state else None,
                "next_day": measure.next_day,
                "at": at,
                "record": record(measure),
            }
            statement = upsert(schema.measure).values(key=key, **values)
            self._connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))
        return self._keep(key, transitions, at)

    def _keep(self, key: str, transitions: Sequence[Transition], at: datetime) -> bool:
        rows = self._connection.execute(select(_step.id, _step.record).where(_step.key == key))
        known = {revive(Transition, row.record): row.id for row in rows}
        gone = [number for transition, number in known.items() if transition not in transitions]
        if gone:
            self._connection.execute(delete(schema.transition).where(_step.id.in_(gone)))
        fresh = [transition for transition in transitions if transition not in known]
        for transition in fresh:
            self._connection.execute(
                insert(schema.transition).values(
                    key=key, story_id=transition.story_id, day=transition.on, at=at, record=record(transition)
                )
            )
        return bool(gone or fresh)

    def course(self, key: str) -> tuple[Transition, ...]:
        """The life of an act or clause as it is known, in order."""
        return self._transitions(_step.key == short(key))

    def told_by(self, story_id: StoryId) -> tuple[Transition, ...]:
        """Steps that a story brought, in order."""
        return self._transitions(_step.story_id == story_id)

    def between(self, start: date, end: date) -> tuple[Transition, ...]:
        """Steps of days from `start` to before `end`, in order."""
        return self._transitions((_step.day >= start) & (_step.day < end))

    def move(self, story_ids: Collection[StoryId], into: StoryId) -> None:
        """Count what merged stories said to the story that took them up."""
        for old in story_ids:
            for dossier in self.of_story(old):
                moved = (replace(e, story_id=into) if e.story_id == old else e for e in dossier.entries)
                values = record(replace(dossier, entries=tuple(dict.fromkeys(moved))))
                self._connection.execute(
                    update(schema.measure).where(_row.key == short(dossier.key)).values(record=values)
                )

    def _measures(self, condition: ColumnElement[bool]) -> tuple[Measure, ...]:
        rows = self._connection.scalars(select(_row.record).where(condition).order_by(_row.key))
        return tuple(revive(Measure, row) for row in rows)

    def _transitions(self, condition: ColumnElement[bool]) -> tuple[Transition, ...]:
        rows = self._connection.scalars(select(_step.record).where(condition).order_by(_step.day, _step.id))
        return tuple(revive(Transition, row) for row in rows)


def _holds(name: str, value: str) -> ColumnElement[bool]:
    """True for dossiers with an entry of which a field has this value."""
    wanted: Mapping[str, object] = {"entries": [{name: fit(value)}]}
    return _row.record.op("@>", return_type=None, is_comparison=True)(cast(wanted, JSONB))
