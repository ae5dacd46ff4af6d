"""Stories, their tellings and assessments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ARRAY, Connection, Text, cast, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._text import fit, record, short
from bot.types.codec import revive
from bot.types.ids import DocumentId, StoryId
from bot.types.levels import Band
from bot.types.story import Assessment, Story


class Stories:
    """Stories and what was thought of them."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, story_id: StoryId) -> Story | None:
        """One story."""
        found = self._connection.scalar(select(schema.story.c.record).where(schema.story.c.id == story_id))
        return revive(Story, found) if found is not None else None

    def sharing(self, keys: Iterable[str], since: datetime) -> tuple[Story, ...]:
        """Stories told since then that are filed under one of these keys, oldest first."""
        rows = self._connection.scalars(
            select(schema.story.c.record)
            .where(
                schema.story.c.block_keys.op("&&")(cast([short(key) for key in keys], ARRAY(Text))),
                schema.story.c.last_seen >= since,
            )
            .order_by(schema.story.c.first_seen, schema.story.c.id)
        )
        return tuple(revive(Story, row) for row in rows)

    def of_document(self, document_id: DocumentId) -> tuple[Story, ...]:
        """The stories that a document tells."""
        rows = self._connection.scalars(
            select(schema.story.c.record)
            .join(schema.telling)
            .where(schema.telling.c.document_id == document_id)
            .order_by(schema.story.c.first_seen, schema.story.c.id)
        )
        return tuple(revive(Story, row) for row in rows)

    def silent(self, story_id: StoryId) -> bool:
        """True when every telling came with a baseline or a flood, so that nothing of the story is news."""
        loud = self._connection.scalar(
            select(func.count())
            .select_from(schema.telling)
            .join(schema.document, schema.document.c.id == schema.telling.c.document_id)
            .where(schema.telling.c.story_id == story_id, ~(schema.document.c.baseline | schema.document.c.flood))
        )
        return not loud

    def save(self, story: Story, *, keys: Iterable[str]) -> None:
        """Keep a story and its tellings as they are now, filed under `keys`."""
        values = {
            "lead_id": story.lead_id,
            "first_seen": story.first_seen,
            "last_seen": story.last_seen,
            "revision": story.revision,
            "stage": story.stage.value if story.stage else None,
            "block_keys": [short(key) for key in keys],
            "record": record(story),
        }
        statement = upsert(schema.story).values(id=story.id, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
        self._connection.execute(
            delete(schema.telling).where(
                schema.telling.c.story_id == story.id, schema.telling.c.document_id.not_in(story.document_ids)
            )
        )
        rows = [
            {
                "story_id": story.id,
                "document_id": telling.document_id,
                "publisher": fit(telling.publisher),
                "authority": telling.authority.value,
                "lang": telling.lang,
                "first_seen": telling.first_seen,
                "copy_of": telling.copy_of,
            }
            for telling in story.tellings
        ]
        tellings = upsert(schema.telling)
        changed = {name: tellings.excluded[name] for name in ("publisher", "authority", "lang", "copy_of")}
        self._connection.execute(
            tellings.on_conflict_do_update(index_elements=["story_id", "document_id"], set_=changed), rows
        )

    def drop(self, story_ids: Iterable[StoryId]) -> None:
        """Forget stories that were merged into another; their decisions stay in the ledger."""
        self._connection.execute(delete(schema.story).where(schema.story.c.id.in_(list(story_ids))))

    def decide_at(self, story_id: StoryId, when: datetime | None) -> None:
        """Set when a held story is to be decided again; None when it is not held."""
        self._connection.execute(update(schema.story).where(schema.story.c.id == story_id).values(decide_at=when))

    def held(self, now: datetime, *, limit: int) -> tuple[Story, ...]:
        """Held stories whose time has come, longest waiting first."""
        rows = self._connection.scalars(
            select(schema.story.c.record)
            .where(schema.story.c.decide_at <= now)
            .order_by(schema.story.c.decide_at, schema.story.c.id)
            .limit(limit)
        )
        return tuple(revive(Story, row) for row in rows)

    def assess(self, assessment: Assessment, *, revision: int, at: datetime) -> None:
        """Add an assessment of a revision of a story."""
        self._connection.execute(
            insert(schema.assessment).values(
                story_id=assessment.story_id,
                revision=revision,
                at=at,
                score=assessment.score,
                band=assessment.band.value,
                ruleset_hash=assessment.ruleset_hash,
                record=record(assessment),
            )
        )

    def assessment(self, story_id: StoryId) -> Assessment | None:
        """The latest assessment of a story."""
        found = self._connection.scalar(
            select(schema.assessment.c.record)
            .where(schema.assessment.c.story_id == story_id)
            .order_by(schema.assessment.c.id.desc())
            .limit(1)
        )
        return revive(Assessment, found) if found is not None else None

    def week(self, start: datetime, end: datetime) -> tuple[tuple[Story, Assessment], ...]:
        """Stories that were told between two times (end left out) with their latest assessment, highest score first."""
        latest = (
            select(func.max(schema.assessment.c.id))
            .where(schema.assessment.c.story_id == schema.story.c.id)
            .correlate(schema.story)
            .scalar_subquery()
        )
        # A story counts when any telling falls into the week, also when others came later.
        told = (
            select(schema.telling.c.story_id)
            .where(schema.telling.c.first_seen >= start, schema.telling.c.first_seen < end)
            .distinct()
        )
        rows = self._connection.execute(
            select(schema.story.c.record, schema.assessment.c.record.label("assessment"))
            .join_from(schema.story, schema.assessment, schema.assessment.c.id == latest)
            .where(schema.story.c.id.in_(told))
            .order_by(schema.assessment.c.score.desc(), schema.story.c.id)
        )
        return tuple((revive(Story, row.record), revive(Assessment, row.assessment)) for row in rows)

    def bands(self, start: datetime, end: datetime) -> Mapping[Band, int]:
        """Stories that were told between two times by their latest band."""
        counts = dict.fromkeys(Band, 0)
        for _, assessment in self.week(start, end):
            counts[assessment.band] += 1
        return counts

    def forget(self, before: datetime) -> int:
        """Drop stories last told before; gives how many."""
        return self._connection.execute(delete(schema.story).where(schema.story.c.last_seen < before)).rowcount
