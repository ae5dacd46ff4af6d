"""Which digest went out for which week; a row per team, ISO week and digest makes it once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema

_run = schema.digest_run.c


class Digests:
    """Runs of digests."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(
        self, *, team: str, week: str, digest: str, at: datetime, record: Mapping[str, Any], skipped: bool = False
    ) -> bool:
        """Take a week for this transaction; False when it was taken before, for ever or by one that still runs."""
        statement = upsert(schema.digest_run).values(
            team=team, iso_week=week, digest=digest, at=at, skipped=skipped, record=dict(record)
        )
        return self._connection.scalar(statement.on_conflict_do_nothing().returning(_run.iso_week)) is not None

    def weeks(self, *, team: str, digest: str) -> tuple[str, ...]:
        """ISO weeks that are settled, in order."""
        return tuple(
            self._connection.scalars(
                select(_run.iso_week).where(_run.team == team, _run.digest == digest).order_by(_run.iso_week)
            )
        )

    def record(self, *, team: str, week: str, digest: str) -> Mapping[str, Any] | None:
        """What was kept of a week's digest."""
        found: Mapping[str, Any] | None = self._connection.scalar(
            select(_run.record).where(_run.team == team, _run.iso_week == week, _run.digest == digest)
        )
        return found
