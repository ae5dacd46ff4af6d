"""Stories, their tellings and assessments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ARRAY, Connection, ScalarSelect, Select, Text, cast, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._text import fit, record, short
from bot.storage.reminders import awaited
from bot.storage.renaming import SPLIT, note, rename
from bot.types.codec import revive
from bot.types.delivery import Reason
from bot.types.ids import AlertId, DocumentId, StoryId
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

    def save(self, story: Story, *, keys: Iterable[str], is_new: bool = False) -> None:
        """Keep a story and its tellings as they are now, filed under `keys`; `is_new`: there is nothing to replace."""
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
        if not is_new:
            gone = schema.telling.c.document_id.not_in(story.document_ids)
            self._connection.execute(delete(schema.telling).where(schema.telling.c.story_id == story.id, gone))
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

    def rename(
        self, gone: StoryId, into: StoryId, *, alerts: Mapping[AlertId, AlertId], why: str, at: datetime
    ) -> None:
        """Move everything known of a story to the one that took it up, and forget it; see `renaming.rename`."""
        rename(self._connection, gone, into, alerts=alerts, why=why, at=at)
        self.drop([gone])

    def note_split(self, story_id: StoryId, left: StoryId, *, why: str, at: datetime) -> None:
        """Write down that a story left another one."""
        note(self._connection, story_id, SPLIT, Reason.STORY_SPLIT, why, other=left, at=at)

    def left(self, story_id: StoryId) -> StoryId | None:
        """The story that this one left last; None when it never was part of another one."""
        found = self._connection.scalar(
            select(schema.decision.c.dedupe_key)
            .where(schema.decision.c.story_id == story_id, schema.decision.c.action == SPLIT)
            .order_by(schema.decision.c.id.desc())
            .limit(1)
        )
        return StoryId(found) if found is not None else None

    def living(self, story_ids: Iterable[StoryId]) -> frozenset[StoryId]:
        """Those of some stories that stand under their own names."""
        rows = self._connection.scalars(select(schema.story.c.id).where(schema.story.c.id.in_(list(story_ids))))
        return frozenset(StoryId(row) for row in rows)

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

    def scores(self, story_ids: Sequence[StoryId]) -> Mapping[StoryId, float]:
        """The latest scores of stories."""
        if not story_ids:
            return {}
        rows = self._connection.execute(
            select(schema.story.c.id, schema.assessment.c.score)
            .join_from(schema.story, schema.assessment, schema.assessment.c.id == _latest())
            .where(schema.story.c.id.in_(list(story_ids)))
        )
        return {StoryId(row.id): float(row.score) for row in rows}

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

    def week(
        self,
        start: datetime,
        end: datetime,
        *,
        bands: Collection[Band] = tuple(Band),
        having: str | None = None,
        limit: int | None = None,
    ) -> tuple[tuple[Story, Assessment], ...]:
        """Stories with news between two times (end left out) and their latest assessment, highest score first.

        Args:
            start: Tellings first seen from then on count; those of a baseline or a flood are no news.
            end: Tellings first seen before count.
            bands: Only stories in these.
            having: Only stories whose assessment has something in this field, e.g. "near_misses".
            limit: At most so many.
        """
        found = schema.assessment.c
        query = (
            select(schema.story.c.record, found.record.label("assessment"))
            .join_from(schema.story, schema.assessment, found.id == _latest())
            .where(schema.story.c.id.in_(_news(start, end)), found.band.in_([band.value for band in bands]))
            .order_by(found.score.desc(), schema.story.c.id)
            .limit(limit)
        )
        if having is not None:
            query = query.where(func.jsonb_array_length(found.record[having]) > 0)
        rows = self._connection.execute(query)
        return tuple((revive(Story, row.record), revive(Assessment, row.assessment)) for row in rows)

    def ids(self, start: datetime, end: datetime, *, band: Band) -> tuple[StoryId, ...]:
        """Ids of stories with news between two times whose latest assessment is in a band, in order."""
        rows = self._connection.scalars(
            select(schema.story.c.id)
            .join_from(schema.story, schema.assessment, schema.assessment.c.id == _latest())
            .where(schema.story.c.id.in_(_news(start, end)), schema.assessment.c.band == band.value)
            .order_by(schema.story.c.id)
        )
        return tuple(StoryId(row) for row in rows)

    def count(self, start: datetime, end: datetime) -> int:
        """Stories about a step with news between two times."""
        query = select(func.count()).where(schema.story.c.id.in_(_news(start, end)), schema.story.c.stage.is_not(None))
        return int(self._connection.scalar(query) or 0)

    def forget(self, before: datetime) -> int:
        """Drop stories last told before, but for those with a date ahead; gives how many."""
        old = (schema.story.c.last_seen < before, schema.story.c.id.not_in(awaited()))
        return self._connection.execute(delete(schema.story).where(*old)).rowcount


def _news(start: datetime, end: datetime) -> Select[str]:
    """Ids of stories that somebody told between two times, not counting what a source held when it was first read."""
    telling, document = schema.telling.c, schema.document.c
    return (
        select(telling.story_id)
        .join_from(schema.telling, schema.document, document.id == telling.document_id)
        .where(telling.first_seen >= start, telling.first_seen < end, ~(document.baseline | document.flood))
        .distinct()
    )


def _latest() -> ScalarSelect[int]:
    """Id of the latest assessment of the story of the row."""
    return (
        select(func.max(schema.assessment.c.id))
        .where(schema.assessment.c.story_id == schema.story.c.id)
        .correlate(schema.story)
        .scalar_subquery()
    )
