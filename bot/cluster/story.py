"""Make a story out of its tellings: who leads, what the step is, how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from bot.cluster.goods import UNNAMED
from bot.cluster.links import growth, order
from bot.cluster.telling import main_step
from bot.types.ids import DocumentId, StoryId
from bot.types.levels import Authority, Stage
from bot.types.reading import Event
from bot.types.story import Story, Telling

T = TypeVar("T")

_RANK = {authority: rank for rank, authority in enumerate(Authority)}


def story_of(story_id: StoryId, tellings: Sequence[Telling], *, revision: int) -> Story:
    """The story that a set of tellings makes; their order does not matter."""
    seen = sorted(tellings, key=lambda t: (t.first_seen, t.document_id))
    event = _step(seen)
    lead = min(seen, key=lambda t: (t.authority is not Authority.OFFICIAL, not _own_side(t, event), *order(t)))
    return Story(
        id=story_id,
        lead_id=lead.document_id,
        tellings=tuple(seen),
        event=event,
        stage=event.stage if event else None,
        first_seen=seen[0].first_seen,
        last_seen=seen[-1].first_seen,
        revision=revision,
    )


def _own_side(telling: Telling, event: Event | None) -> bool:
    return event is not None and event.imposer is not None and telling.jurisdiction == event.imposer


def _trust(telling: Telling) -> tuple[bool, bool, float, int, float, DocumentId]:
    """Sorts the best telling of a step first: official, first-hand, sure, by authority, early."""
    event = telling.events[0]
    official = telling.authority is Authority.OFFICIAL
    return (not official, event.reported, -event.confidence, _RANK[telling.authority], *order(telling))


def _step(tellings: Sequence[Telling]) -> Event | None:
    """The step from its best telling, with what only others say, at the stage it has reached."""
    told = sorted((t for t in tellings if main_step(t)), key=_trust)
    if not told:
        return None
    events = [telling.events[0] for telling in told]
    best = events[0]
    official = told[0].authority is Authority.OFFICIAL
    goods = best.goods if set(best.goods) - {UNNAMED} else _first([e.goods for e in events if set(e.goods) - {UNNAMED}])
    return replace(
        best,
        stage=_stage(told),
        imposer=best.imposer or _first([e.imposer for e in events]),
        agency=best.agency or _first([e.agency for e in events]),
        # An official text that names no target means all; press often leaves the target out.
        targets=best.targets if official else best.targets or _first([e.targets for e in events]) or (),
        goods=goods or best.goods,
        end_use=best.end_use or _first([e.end_use for e in events]),
        announced=best.announced or _first([e.announced for e in events]),
        effective=best.effective or _first([e.effective for e in events]),
        until=best.until or _first([e.until for e in events]),
        citation=best.citation or _first([e.citation for e in events]),
        acts=best.acts or _first([e.acts for e in events]) or (),
        reported=all(e.reported for e in events),
    )


def _first(values: Sequence[T | None]) -> T | None:
    return next((value for value in values if value), None)


def _stage(told: Sequence[Telling]) -> Stage:
    """The furthest stage that any telling reports, as the best such telling names it; a denial wins over rumours.

    A denial stands unless a text that is at least as authoritative reports the step as taken, or a later text does.
    """
    denials = [t for t in told if t.events[0].stage is Stage.DENIED]
    steps = [t for t in told if t.events[0].stage is not Stage.DENIED]
    standing = [t for t in steps if not any(_refutes(denial, t) for denial in denials)]
    if not standing:
        return Stage.DENIED
    furthest = max(growth(t.events[0].stage) for t in standing)
    return next(t.events[0].stage for t in standing if growth(t.events[0].stage) == furthest)


def _refutes(denial: Telling, told: Telling) -> bool:
    if growth(told.events[0].stage) < growth(Stage.ANNOUNCED):
        return True
    if _RANK[denial.authority] != _RANK[told.authority]:
        return _RANK[denial.authority] < _RANK[told.authority]
    return denial.dated > told.dated
