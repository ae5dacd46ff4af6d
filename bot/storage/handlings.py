"""Who has seen an alert, and who looks after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._text import fit, record
from bot.types.codec import revive
from bot.types.desk import Handling
from bot.types.ids import AlertId

_handling = schema.handling.c


class Handlings:
    """One row per alert that somebody acknowledged or was assigned."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, alert_id: AlertId, *, lock: bool = False) -> Handling | None:
        """Who looks after an alert; None while nobody does. `lock`: it stays so until this transaction ends."""
        query = select(_handling.record).where(_handling.alert_id == alert_id)
        found = self._connection.scalar(query.with_for_update() if lock else query)
        return revive(Handling, found) if found is not None else None

    def of(self, alert_ids: Iterable[AlertId]) -> dict[AlertId, Handling]:
        """The same for several alerts, those left out that nobody looks after."""
        rows = self._connection.scalars(select(_handling.record).where(_handling.alert_id.in_(list(alert_ids))))
        return {found.alert_id: found for found in (revive(Handling, row) for row in rows)}

    def acknowledge(self, alert_id: AlertId, *, by: str, at: datetime) -> bool:
        """Note that somebody saw an alert; False when somebody else, or the same person, was first."""
        fresh = Handling(alert_id=alert_id, acknowledged_by=fit(by), acknowledged_at=at)
        values = {"acknowledged_at": at, "at": at}
        statement = upsert(schema.handling).values(alert_id=alert_id, record=record(fresh), **values)
        if self._connection.scalar(statement.on_conflict_do_nothing().returning(_handling.alert_id)) is not None:
            return True
        known = self.get(alert_id, lock=True)
        if known is None or known.acknowledged_at is not None:
            return False
        self._write(replace(known, acknowledged_by=fit(by), acknowledged_at=at), at)
        return True

    def assign(self, alert_id: AlertId, *, to: str, by: str, at: datetime) -> Handling:
        """Say who looks after an alert from now on; the same person again changes nothing."""
        statement = upsert(schema.handling).values(alert_id=alert_id, at=at, record=record(Handling(alert_id=alert_id)))
        self._connection.execute(statement.on_conflict_do_nothing())
        known = self.get(alert_id, lock=True) or Handling(alert_id=alert_id)
        if known.assigned_to == fit(to):
            return known
        made = replace(known, assigned_to=fit(to), assigned_by=fit(by), assigned_at=at)
        self._write(made, at)
        return made

    def acknowledged(self, alert_ids: Iterable[AlertId]) -> frozenset[AlertId]:
        """Those of some alerts that somebody has seen."""
        rows = self._connection.scalars(
            select(_handling.alert_id).where(
                _handling.alert_id.in_(list(alert_ids)), _handling.acknowledged_at.is_not(None)
            )
        )
        return frozenset(AlertId(row) for row in rows)

    def forget(self, before: datetime) -> int:
        """Drop what nobody touched since; gives how many."""
        return self._connection.execute(delete(schema.handling).where(_handling.at < before)).rowcount

    def _write(self, handling: Handling, at: datetime) -> None:
        values = {"acknowledged_at": handling.acknowledged_at, "at": at, "record": record(handling)}
        statement = upsert(schema.handling).values(alert_id=handling.alert_id, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["alert_id"], set_=values))
