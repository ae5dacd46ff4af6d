"""Match routes and silences, and run the tests that stand beside the routes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.types.ids import SectorId
from bot.types.levels import Band
from bot.types.rules import Route, RouteIf, RouteTest, Routing, Silence
from bot.types.story import Assessment, Story

ARCHIVE = "archive"  # the destination that only keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What routes and silences look at."""

    band: Band
    sectors: Mapping[SectorId, Band] = field(default_factory=dict)  # exposed sectors with their own band
    goods: Collection[str] = ()  # with everything above them
    measures: Collection[str] = ()  # with everything above them
    imposers: Collection[str] = ()
    targets: Collection[str] = ()
    sources: Collection[str] = ()
    rules: Collection[str] = ()
    story: str = ""


def subject(assessment: Assessment, story: Story) -> Subject:
    """A story as routes see it."""
    event = story.event
    return Subject(
        band=assessment.band,
        sectors={score.sector: score.band for score in assessment.sectors},
        goods=assessment.goods,
        measures=assessment.measures,
        imposers=(event.imposer,) if event and event.imposer else (),
        targets=event.targets if event else (),
        sources=tuple(telling.source_id for telling in story.tellings if telling.source_id),
        rules=assessment.rules,
        story=story.id,
    )


def matches(if_: RouteIf, about: Subject) -> bool:
    """True when every field that is filled in matches; a field matches when one of its values does.

    A route that names sectors asks for their own bands: what is urgent for chips need not be for wind.
    """
    return not misses(if_, about)


def misses(if_: RouteIf, about: Subject) -> tuple[str, ...]:
    """The keys of a route or silence, as its file writes them, that a story does not match."""
    bands = {about.band}
    if if_.sectors:
        bands = {about.sectors[sector] for sector in if_.sectors if sector in about.sectors}
    asked: tuple[tuple[str, Collection[str], Collection[str]], ...] = (
        ("band", if_.bands if bands else (), bands),
        ("sector", if_.sectors, about.sectors),
        ("goods", if_.goods, about.goods),
        ("measure", if_.measures, about.measures),
        ("actor", if_.imposers, about.imposers),
        ("target", if_.targets, about.targets),
        ("source", if_.sources, about.sources),
        ("rule", if_.rules, about.rules),
        ("story", if_.stories, (about.story,)),
    )
    return tuple(key for key, wanted, found in asked if wanted and not set(wanted) & set(found))


def matching(routing: Routing, about: Subject) -> tuple[Route, ...]:
    """Every route that matches, in order of id; the order of the file means nothing."""
    return tuple(sorted((r for r in routing.routes if matches(r.if_, about)), key=lambda route: route.id))


def destinations(routing: Routing, about: Subject) -> tuple[str, ...]:
    """Where a story goes, each once: channels, digests and the archive, in order of name."""
    return tuple(sorted({route.send for route in matching(routing, about)}))


def silence_for(routing: Routing, about: Subject, today: date) -> Silence | None:
    """The silence that covers the story; on its last day it still holds."""
    covering = (s for s in routing.silences if s.until >= today and matches(s.if_, about))
    return min(covering, key=lambda silence: silence.id, default=None)


def run_tests(routing: Routing) -> tuple[tuple[RouteTest, str], ...]:
    """Tests of routes.yml that fail, each with a sentence: what is missing, what is too much."""
    failures = []
    for test in routing.tests:
        about = Subject(band=test.band, sectors=dict.fromkeys(test.sectors, test.band))
        found, wanted = set(destinations(routing, about)), set(test.goes_to)
        if found != wanted:
            failures.append((test, _difference(missing=wanted - found, extra=found - wanted)))
    return tuple(failures)


def _difference(*, missing: set[str], extra: set[str]) -> str:
    parts = []
    if missing:
        parts.append(f"does not go to {', '.join(sorted(missing))}")
    if extra:
        parts.append(f"also goes to {', '.join(sorted(extra))}")
    return "; ".join(parts)
