"""The ledger of decisions, and the alerts that came of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._text import fit, record
from bot.types.codec import revive
from bot.types.delivery import Action, Alert, Decision
from bot.types.ids import AlertId, DocumentId, StoryId

_TOLD = (Action.SEND.value, Action.UPDATE.value, Action.THREAD.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One line of the ledger, for people: what happened with a document or story, and why."""

    at: datetime
    action: str
    reason: str
    why: str
    band: str
    story_id: StoryId | None
    document_id: DocumentId | None
    alert_id: AlertId | None


class Decisions:
    """Decisions and alerts."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, decision: Decision) -> None:
        """Write a decision about a story into the ledger."""
        self._connection.execute(
            insert(schema.decision).values(
                story_id=decision.story_id,
                at=decision.at,
                action=decision.action.value,
                reason=decision.reason.value,
                why=fit(decision.why),
                band=decision.band.value,
                dedupe_key=decision.dedupe_key,
                alert_id=decision.alert_id,
                record=record(decision),
            )
        )

    def note(
        self,
        document_id: DocumentId,
        *,
        at: datetime,
        action: str,
        reason: str,
        why: str,
        story_id: StoryId | None = None,
    ) -> None:
        """Write into the ledger what happened with a document outside of a decision (dropped, merged, degraded)."""
        self._connection.execute(
            insert(schema.decision).values(
                story_id=story_id,
                document_id=document_id,
                at=at,
                action=action,
                reason=reason,
                why=fit(why),
                band="",
                dedupe_key="",
                record={},
            )
        )

    def move(self, story_ids: Sequence[StoryId], into: StoryId) -> None:
        """Count the decisions and alerts of merged stories to the story that took them up."""
        for table in (schema.decision, schema.alert):
            self._connection.execute(update(table).where(table.c.story_id.in_(list(story_ids))).values(story_id=into))

    def told(self, story_ids: Sequence[StoryId]) -> tuple[Decision, ...]:
        """Decisions that led to messages about these stories, in the order in which they were made.

        Their times say less: the clock of the host may have been set back in between.
        """
        rows = self._connection.scalars(
            select(schema.decision.c.record)
            .where(schema.decision.c.story_id.in_(list(story_ids)), schema.decision.c.action.in_(_TOLD))
            .order_by(schema.decision.c.id)
        )
        return tuple(revive(Decision, row) for row in rows)

    def of_story(self, story_id: StoryId) -> tuple[Decision, ...]:
        """All decisions about a story, in order."""
        rows = self._connection.scalars(
            select(schema.decision.c.record)
            .where(schema.decision.c.story_id == story_id, schema.decision.c.document_id.is_(None))
            .order_by(schema.decision.c.at, schema.decision.c.id)
        )
        return tuple(revive(Decision, row) for row in rows)

    def first_messages(self, now: datetime) -> dict[str, tuple[datetime, ...]]:
        """Channel to the times of first messages of all stories in the last hour."""
        rows = self._connection.execute(
            select(schema.decision.c.at, schema.decision.c.record["channels"])
            .where(schema.decision.c.at > now - timedelta(hours=1), schema.decision.c.action == Action.SEND.value)
            .order_by(schema.decision.c.at)
        )
        times: dict[str, list[datetime]] = defaultdict(list)
        for at, channels in rows:
            for channel in channels:
                times[channel].append(at)
        return {channel: tuple(at) for channel, at in times.items()}

    def ledger(
        self, *, story_id: StoryId | None = None, document_id: DocumentId | None = None, limit: int = 100
    ) -> tuple[LedgerEntry, ...]:
        """Everything that was decided about a story or a document, in order."""
        row = schema.decision.c
        wanted = row.story_id == story_id if story_id is not None else row.document_id == document_id
        rows = self._connection.execute(
            select(
                row.at, row.action, row.reason, row.why, row.band, row.story_id, row.document_id, row.alert_id
            )
            .where(wanted)
            .order_by(row.at, row.id)
            .limit(limit)
        )  # fmt: skip
        return tuple(LedgerEntry(**found._mapping) for found in rows)  # noqa: SLF001 - public API

    def recent(self, since: datetime, *, limit: int = 1000) -> tuple[Decision, ...]:
        """Decisions about stories since then, newest first."""
        rows = self._connection.scalars(
            select(schema.decision.c.record)
            .where(schema.decision.c.at >= since, schema.decision.c.document_id.is_(None))
            .order_by(schema.decision.c.id.desc())
            .limit(limit)
        )
        return tuple(revive(Decision, row) for row in rows)

    def save_alert(self, alert: Alert, *, at: datetime) -> None:
        """Keep an alert as it is told now."""
        values = {
            "story_id": alert.story_id,
            "revision": alert.revision,
            "band": alert.band.value,
            "last_at": at,
            "record": record(alert),
        }
        statement = upsert(schema.alert).values(id=alert.id, first_at=at, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))

    def alert(self, alert_id: AlertId) -> Alert | None:
        """An alert as it was last told."""
        found = self._connection.scalar(select(schema.alert.c.record).where(schema.alert.c.id == alert_id))
        return revive(Alert, found) if found is not None else None

    def alerts(self, start: datetime, end: datetime) -> tuple[Alert, ...]:
        """Alerts first told between two times (end left out), in order."""
        rows = self._connection.scalars(
            select(schema.alert.c.record)
            .where(schema.alert.c.first_at >= start, schema.alert.c.first_at < end)
            .order_by(schema.alert.c.first_at, schema.alert.c.id)
        )
        return tuple(revive(Alert, row) for row in rows)

    def forget(self, before: datetime) -> int:
        """Drop old lines of the ledger; alerts stay. Gives how many."""
        return self._connection.execute(delete(schema.decision).where(schema.decision.c.at < before)).rowcount
