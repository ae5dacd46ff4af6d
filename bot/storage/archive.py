"""Read back what was kept, in bulk and as a stream: for replays of rule sets over months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, Connection, Select, Text, cast, func, or_, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by

from bot.storage import schema
from bot.types.codec import revive
from bot.types.document import Document
from bot.types.ids import ConceptId, DocumentId
from bot.types.reading import Reading
from bot.types.story import Story

_story = schema.story.c
_telling = schema.telling.c
_document = schema.document.c
_reading = schema.reading.c
BATCH = 500  # rows that the server hands over at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedStory:
    """A story with all that was read of it."""

    story: Story
    readings: Mapping[DocumentId, Reading]
    silent: bool  # every telling came with a baseline or a flood: nothing of it is news


class Archive:
    """Stories, texts and mentions of a stretch of time."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stories(
        self, start: datetime, end: datetime, *, wordless: bool = True, touched: Iterable[DocumentId] = ()
    ) -> Iterator[ArchivedStory]:
        """Stories that began between two times (end left out), in order of time.

        Args:
            start: From then on.
            end: Before then.
            wordless: Also those in whose texts no word of any concept was found.
            touched: Stories with one of these texts are given in any case.
        """
        readings = func.coalesce(
            func.jsonb_agg(aggregate_order_by(_reading.record, _document.first_seen, _document.id)).filter(
                _reading.record.is_not(None)
            ),
            func.jsonb_build_array(),
        )
        query = (
            select(
                _story.record,
                readings.label("readings"),
                func.bool_and(func.coalesce(_document.baseline | _document.flood, False)).label("silent"),
            )
            .select_from(
                schema.story.join(schema.telling, _telling.story_id == _story.id)
                .outerjoin(schema.document, _document.id == _telling.document_id)
                .outerjoin(schema.reading, _reading.document_id == _telling.document_id)
            )
            .where(_story.first_seen >= start, _story.first_seen < end)
            .group_by(_story.id)
            .order_by(_story.first_seen, _story.id)
        )
        if not wordless:
            worded = func.sum(func.coalesce(_reading.mentions + _reading.events, 0)) > 0
            named = func.bool_or(_telling.document_id == func.any(cast(list(touched), ARRAY(Text))))
            query = query.having(or_(worded, named))
        for row in self._stream(query):
            read = [revive(Reading, record) for record in row.readings]
            yield ArchivedStory(
                story=revive(Story, row.record),
                readings={reading.document_id: reading for reading in read},
                silent=row.silent,
            )

    def texts(self, start: datetime, end: datetime) -> Iterator[tuple[Document, Reading]]:
        """Documents that were read, first seen between two times (end left out), in order of time."""
        query = (
            select(_document.record, _reading.record.label("reading"))
            .join_from(schema.document, schema.reading)
            .where(_document.first_seen >= start, _document.first_seen < end)
            .order_by(_document.first_seen, _document.id)
        )
        for row in self._stream(query):
            yield revive(Document, row.record), revive(Reading, row.reading)

    def without_steps(self, start: datetime, end: datetime, *, most: int) -> tuple[tuple[Document, Reading], ...]:
        """Texts in which no step was read, first seen between two times (end left out): so many, drawn at random.

        The draw is the same every time, and texts that come later move it little.
        """
        query = (
            select(_document.record, _reading.record.label("reading"))
            .join_from(schema.document, schema.reading)
            .where(_document.first_seen >= start, _document.first_seen < end, _reading.events == 0)
            .order_by(func.md5(_document.id), _document.id)
            .limit(most)
        )
        rows = self._connection.execute(query)
        return tuple((revive(Document, row.record), revive(Reading, row.reading)) for row in rows)

    def counts(self, start: datetime, end: datetime) -> tuple[int, int]:
        """How many documents were first seen, and how many stories began, between two times (end left out)."""
        documents = select(func.count()).where(_document.first_seen >= start, _document.first_seen < end)
        stories = select(func.count()).where(_story.first_seen >= start, _story.first_seen < end)
        return int(self._connection.scalar(documents) or 0), int(self._connection.scalar(stories) or 0)

    def surfaces(self, start: datetime, end: datetime) -> Mapping[tuple[ConceptId, str], Mapping[str, int]]:
        """Words that were found between two times: (concept, language) -> words as written -> how often."""
        each = func.jsonb_array_elements(_reading.record["mentions"]).table_valued("value", name="mention").lateral()
        concept, words = each.c.value.op("->>")("concept"), each.c.value.op("->>")("surface")
        query = (
            select(concept.label("concept"), _reading.lang, words.label("words"), func.count().label("times"))
            .select_from(schema.document.join(schema.reading).join(each, true()))
            .where(_document.first_seen >= start, _document.first_seen < end)
            .group_by(concept, _reading.lang, words)
        )
        found: dict[tuple[ConceptId, str], dict[str, int]] = {}
        for row in self._connection.execute(query):
            found.setdefault((ConceptId(row.concept), row.lang), {})[row.words] = row.times
        return found

    def _stream(self, query: Select[Any]) -> Iterator[Any]:
        yield from self._connection.execution_options(stream_results=True).execute(
            query, execution_options={"yield_per": BATCH}
        )
