"""Who looks after an alert."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from bot.storage import schema
from bot.types.ids import AlertId


class Handlings:
    """What people did that shows an alert was seen."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def acknowledged(self, alert_ids: Sequence[AlertId]) -> frozenset[AlertId]:
        """Those of some alerts that somebody has acknowledged."""
        row = schema.handling.c
        rows = self._connection.scalars(
            select(row.alert_id).where(row.alert_id.in_(list(alert_ids)), row.acknowledged_at.is_not(None))
        )
        return frozenset(AlertId(found) for found in rows)
