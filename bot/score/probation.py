"""Leave out of a story what is on probation: concepts in state `shadow` are found and scored, but move nothing yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.score.index import RuleIndex
from bot.types.ids import ConceptId, DocumentId
from bot.types.reading import Event, Reading
from bot.types.story import Story


def without_shadows(
    story: Story, readings: Mapping[DocumentId, Reading], index: RuleIndex
) -> tuple[Story, Mapping[DocumentId, Reading]]:
    """The story as if its shadow concepts were not there.

    A step by a shadow measure is a step by what stands above it, or none; shadow goods count as what stands above them.
    """
    if not index.shadow_concepts:
        return story, readings
    return (
        replace(
            story,
            tellings=tuple(replace(telling, events=_events(telling.events, index)) for telling in story.tellings),
        ),
        {document: _reading(reading, index) for document, reading in readings.items()},
    )


def _reading(reading: Reading, index: RuleIndex) -> Reading:
    return replace(
        reading,
        mentions=tuple(m for m in reading.mentions if m.concept not in index.shadow_concepts),
        events=_events(reading.events, index),
    )


def _events(events: tuple[Event, ...], index: RuleIndex) -> tuple[Event, ...]:
    return tuple(kept for event in events if (kept := _event(event, index)) is not None)


def _event(event: Event, index: RuleIndex) -> Event | None:
    touched = {event.measure, event.agency, *event.goods} & index.shadow_concepts
    if not touched:
        return event
    measure = index.standing(event.measure)
    if measure is None:
        return None
    goods: list[ConceptId] = [kept for good in event.goods if (kept := index.standing(good)) is not None]
    agency = index.standing(event.agency) if event.agency else None
    return replace(event, measure=measure, goods=tuple(dict.fromkeys(goods)), agency=agency)
