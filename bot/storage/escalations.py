"""Alerts that wait for an acknowledgement: one row per alert and channel of escalation, settled once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._text import fit, record
from bot.types.codec import revive
from bot.types.escalation import Escalation
from bot.types.ids import AlertId

_row = schema.escalation.c


class Escalations:
    """What is to be escalated, and what became of it."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, escalations: Iterable[Escalation]) -> None:
        """Wait for acknowledgements; an alert that waits for one already, or did, waits for no second one."""
        for escalation in escalations:
            statement = upsert(schema.escalation).values(
                alert_id=escalation.alert_id,
                channel=escalation.to,
                due_at=escalation.due_at,
                settled_at=None,
                outcome="",
                record=record(escalation),
            )
            self._connection.execute(statement.on_conflict_do_nothing())

    def due(self, now: datetime, *, limit: int) -> tuple[Escalation, ...]:
        """Those that are to be looked at, longest waiting first; nobody else gets them until the transaction ends."""
        rows = self._connection.execute(
            select(_row.record, _row.due_at)
            .where(_row.settled_at.is_(None), _row.due_at <= now)
            .order_by(_row.due_at, _row.alert_id, _row.channel)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return tuple(revive(Escalation, {**row.record, "due_at": row.due_at.isoformat()}) for row in rows)

    def look_again(self, escalation: Escalation, at: datetime) -> None:
        """Come back to it later."""
        self._connection.execute(update(schema.escalation).where(_is(escalation)).values(due_at=at))

    def settle(self, escalation: Escalation, outcome: str, *, at: datetime) -> None:
        """End it, with a sentence for people."""
        values = {"settled_at": at, "outcome": fit(outcome)}
        self._connection.execute(update(schema.escalation).where(_is(escalation)).values(**values))

    def outcomes(self, alert_id: AlertId) -> tuple[tuple[str, str], ...]:
        """Channel and what became of it, for an alert; the sentence is "" while it waits."""
        rows = self._connection.execute(
            select(_row.channel, _row.outcome).where(_row.alert_id == alert_id).order_by(_row.channel)
        )
        return tuple((row.channel, row.outcome) for row in rows)

    def of_alerts(self, alert_ids: Iterable[AlertId]) -> tuple[tuple[Escalation, str], ...]:
        """Those of some alerts with what became of them ("" while they wait), each due when it was last looked at."""
        rows = self._connection.execute(
            select(_row.record, _row.outcome, func.coalesce(_row.settled_at, _row.due_at).label("at"))
            .where(_row.alert_id.in_(list(alert_ids)))
            .order_by("at", _row.channel)
        )
        return tuple((revive(Escalation, {**row.record, "due_at": row.at.isoformat()}), row.outcome) for row in rows)

    def forget(self, before: datetime) -> int:
        """Drop those that were settled before; gives how many."""
        return self._connection.execute(delete(schema.escalation).where(_row.settled_at < before)).rowcount


def _is(escalation: Escalation) -> ColumnElement[bool]:
    return and_(_row.alert_id == escalation.alert_id, _row.channel == escalation.to)
