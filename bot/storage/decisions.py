"""The ledger of decisions, and the alerts that came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, delete, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._about import OF_DOCUMENT, OF_STORY, SUBJECT
from bot.storage._text import fit, record
from bot.storage.reminders import awaited
from bot.types.codec import revive
from bot.types.delivery import Action, Alert, Decision, Reason
from bot.types.ids import AlertId, DocumentId, StoryId

_TOLD = (Action.SEND.value, Action.UPDATE.value, Action.THREAD.value)
_DECIDED = schema.decision.c.record.has_key("story_id")  # a decision; other lines are notes and hold no record
_ADD = insert(schema.decision).values(OF_STORY)
_NOTE = insert(schema.decision).values(OF_DOCUMENT)


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
        """Write a decision about a story into the ledger, with what it is about: as story and weighing are kept now."""
        self._connection.execute(
            _ADD,
            {
                SUBJECT: decision.story_id,
                "story_id": decision.story_id,
                "at": decision.at,
                "action": decision.action.value,
                "reason": decision.reason.value,
                "why": fit(decision.why),
                "band": decision.band.value,
                "dedupe_key": decision.dedupe_key,
                "alert_id": decision.alert_id,
                "record": record(decision),
            },
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
            _NOTE,
            {
                SUBJECT: document_id,
                "story_id": story_id,
                "document_id": document_id,
                "at": at,
                "action": action,
                "reason": reason,
                "why": fit(why),
                "band": "",
                "dedupe_key": "",
                "record": {},
            },
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
            .where(schema.decision.c.story_id == story_id, _DECIDED)
            .order_by(schema.decision.c.at, schema.decision.c.id)
        )
        return tuple(revive(Decision, row) for row in rows)

    def recently(self, now: datetime) -> tuple[Decision, ...]:
        """First messages of all stories in the last two hours, and holds because of a channel's limit, in order."""
        row = schema.decision.c
        limited = and_(row.action == Action.HOLD.value, row.reason == Reason.RATE_LIMITED.value)
        rows = self._connection.scalars(
            select(row.record)
            .where(row.at > now - timedelta(hours=2), or_(row.action == Action.SEND.value, limited))
            .order_by(row.at, row.id)
        )
        return tuple(revive(Decision, found) for found in rows)

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
            .where(schema.decision.c.at >= since, _DECIDED)
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

    def alert(self, alert_id: AlertId, *, lock: bool = False) -> Alert | None:
        """An alert as it was last told, of the story that has it now.

        Args:
            alert_id: Of the alert.
            lock: It stays so until this transaction ends.
        """
        query = select(schema.alert.c.record, schema.alert.c.story_id).where(schema.alert.c.id == alert_id)
        row = self._connection.execute(query.with_for_update() if lock else query).one_or_none()
        return revive(Alert, {**row.record, "story_id": row.story_id}) if row is not None else None

    def alert_ids(self, story_id: StoryId, *, lock: bool = False) -> tuple[AlertId, ...]:
        """Alerts about a story, its own and those of stories that it took up, in the order they were first told.

        Args:
            story_id: Of the story.
            lock: They stay as they are until this transaction ends; before anything else of the story is changed.
        """
        query = select(schema.alert.c.id).where(schema.alert.c.story_id == story_id)
        query = query.order_by(schema.alert.c.first_at, schema.alert.c.id)
        rows = self._connection.scalars(query.with_for_update() if lock else query)
        return tuple(AlertId(row) for row in rows)

    def lock_alerts(self, story_ids: Sequence[StoryId]) -> None:
        """Let the alerts of several stories stay as they are until this transaction ends; locked in one order."""
        query = select(schema.alert.c.id).where(schema.alert.c.story_id.in_(list(story_ids)))
        self._connection.execute(query.order_by(schema.alert.c.first_at, schema.alert.c.id).with_for_update()).all()

    def story_of(self, alert_id: AlertId) -> StoryId | None:
        """The story that an alert is counted to now: the one that took up its own, when stories were merged."""
        found: str | None = self._connection.scalar(
            select(schema.alert.c.story_id).where(schema.alert.c.id == alert_id)
        )
        return StoryId(found) if found is not None else None

    def alerts(self, start: datetime, end: datetime) -> tuple[Alert, ...]:
        """Alerts first told between two times (end left out), in order; one for stories that became one."""
        row = schema.alert.c
        rows = self._connection.execute(
            select(row.id, row.story_id, row.record)
            .where(row.first_at >= start, row.first_at < end)
            .order_by(row.first_at, row.id)
        )
        found: dict[str, Alert] = {}
        for alert_id, story_id, kept in rows:
            own = alert_id.partition("-")[2] == story_id.partition("-")[2]
            if own or story_id not in found:
                found[story_id] = replace(revive(Alert, kept), story_id=StoryId(story_id))
        return tuple(found.values())

    def listed(self, channel: str, at: datetime) -> tuple[Alert, ...]:
        """Alerts of the stories that a channel was told in one list, which was made at that very time; in order."""
        row = schema.decision.c
        rows = self._connection.scalars(
            select(schema.alert.c.record)
            .join(schema.decision, row.alert_id == schema.alert.c.id)
            .where(
                row.at == at,
                row.action == Action.SEND.value,
                row.reason == Reason.RATE_LIMITED.value,
                row.record["channels"].contains([channel]),
            )
            .order_by(row.id)
        )
        return tuple(revive(Alert, found) for found in rows)

    def newest_alert(self, since: datetime) -> Alert | None:
        """The alert that was first told last, since then."""
        found = self._connection.scalar(
            select(schema.alert.c.record)
            .where(schema.alert.c.first_at >= since)
            .order_by(schema.alert.c.first_at.desc(), schema.alert.c.id)
            .limit(1)
        )
        return revive(Alert, found) if found is not None else None

    def forget(self, before: datetime) -> int:
        """Drop old lines of the ledger, but for stories with a date ahead; alerts stay. Gives how many."""
        row = schema.decision.c
        old = (row.at < before, or_(row.story_id.is_(None), row.story_id.not_in(awaited())))
        return self._connection.execute(delete(schema.decision).where(*old)).rowcount
