"""A small rule set made by hand, and makers for the records that the thinking stages pass on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.score.index import known_conditions
from bot.types.delivery import ChannelTarget
from bot.types.document import Document
from bot.types.ids import ConceptId, DocumentId, RuleId, SectorId, SourceId
from bot.types.levels import Authority, Band, Cue, Direction, Level, Slot, Stage, Status, Zone
from bot.types.lexicon import Concept, Lexicon
from bot.types.place import Place
from bot.types.reading import Event, Mention, Reading
from bot.types.rules import (
    AlertRule,
    Bonus,
    ConditionUse,
    DigestPlan,
    DigestTo,
    ExposureRow,
    NamedCompany,
    QuietHours,
    Route,
    RouteIf,
    RouteTest,
    Routing,
    Rulebook,
    Scoring,
    Sector,
    When,
)

NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)
SCORING_PLACE = Place(path="scoring.yml", line=1)


def concept(
    name: str, slot: Slot, weight: Level = Level.HIGH, *, parent: str | None = None, family: str = "", line: int = 1
) -> Concept:
    return Concept(
        id=ConceptId(name),
        slot=slot,
        title=name.replace("-", " "),
        status=Status.LIVE,
        weight=weight,
        place=Place(path=f"concepts/{name}.yml", line=line),
        terms=(),
        parent=ConceptId(parent) if parent else None,
        family=family,
    )


def lexicon() -> Lexicon:
    measure, goods, noise = Slot.MEASURE, Slot.GOODS, Slot.NOISE
    return Lexicon(
        concepts=(
            concept("export-ban", measure, Level.CRITICAL, family="restrict"),
            concept("export-licence", measure, Level.HIGH, family="restrict"),
            concept("export-quota", measure, Level.HIGH, family="restrict"),
            concept("entity-list", measure, Level.HIGH, family="list"),
            concept("import-tariff", measure, Level.MEDIUM, family="tariff"),
            concept("rare-earths", goods, Level.HIGH),
            concept("dysprosium", goods, Level.MEDIUM, parent="rare-earths"),
            concept("magnets", goods, Level.CRITICAL, parent="rare-earths"),
            concept("dual-use", goods, Level.HIGH),
            concept("critical-minerals", goods, Level.MEDIUM),
            concept("gallium", goods, Level.HIGH, parent="critical-minerals"),
            concept("graphite", goods, Level.HIGH, parent="critical-minerals"),
            concept("lithium", goods, Level.LOW),
            concept("cn-mofcom", Slot.ACTOR, Level.LOW),
            concept("sport", noise, Level.LOW),
        ),
        hash="lexicon-by-hand",
    )


def use(name: str, raw: object) -> ConditionUse:
    return ConditionUse(name=name, params=known_conditions()[name].parse(raw), place=Place(path="alerts/x.yml", line=5))


def uses(**raw: object) -> tuple[ConditionUse, ...]:
    return tuple(use(name, value) for name, value in raw.items())


def rule(name: str = "cn-limits", *, status: Status = Status.LIVE, **changes: Any) -> AlertRule:
    made = AlertRule(
        id=RuleId(name),
        title=name,
        status=status,
        when=When(
            all=uses(
                family=["restrict", "list"],
                goods=["rare-earths", "dual-use", "critical-minerals"],
                actor="CN",
                stage=["proposed", "announced", "in-force", "considered"],
            ),
            within="paragraph",
        ),
        add=(
            Bonus(
                points=6, if_=uses(target=["JP", "NL"]), why="key suppliers", place=Place(path=f"{name}.yml", line=9)
            ),
        ),
        at_least=Band.DIGEST,
        at_most=Band.URGENT,
        exceptions=(),
        tests=(),
        place=Place(path=f"alerts/{name}.yml", line=1),
    )
    return replace(made, **changes)


def sector(name: str, rows: Sequence[tuple[str, str, Level]], **countries: Level) -> Sector:
    place = Place(path=f"sectors/{name}.yml", line=1)
    return Sector(
        id=SectorId(name),
        title=name.capitalize(),
        status=Status.LIVE,
        names={"en": name, "nl": f"{name}-nl"},
        terms=(),
        exposed_to=tuple(
            ExposureRow(goods=ConceptId(goods), from_=who, level=level, why="parts", place=place)
            for goods, who, level in rows
        ),
        countries=dict(countries),
        companies=(
            NamedCompany(
                name="Turbines AS", aliases=(), level=Level.HIGH, place=place, id=ConceptId("company-turbines-as")
            ),
        ),
        tests=(),
        place=place,
    )


def scoring(**changes: Any) -> Scoring:
    made = Scoring(
        version=1,
        half=50,
        double_every=10,
        bands={Band.ARCHIVE: 0, Band.DIGEST: 40, Band.ALERT: 60, Band.URGENT: 80},
        levels={Level.LOW: 3, Level.MEDIUM: 8, Level.HIGH: 14, Level.CRITICAL: 20},
        repeat=(1, 0.5, 0.25),
        together={"sentence": 8, "paragraph": 4},
        actor_known=5,
        target_known=5,
        named_company=10,
        sector_named=4,
        source={"official": 6, "wire": 4, "press": 3, "trade": 3, "think-tank": 0, "blog": 0, "unknown": -5},
        stage={"in-force": 6, "announced": 4, "proposed": 2, "suspended": 2, "denied": -12, "historic": -10},
        cue={"reported": -2, "possible": -2, "negated": -6},
        seen_by_each_doubling=3,
        seen_by_most=9,
        noise={"sport": -25},
        background=-10,
        age_halves_every=timedelta(days=4),
        places={"stage.announced": Place(path="scoring.yml", line=9)},
        place=SCORING_PLACE,
    )
    return replace(made, **changes)


def routing(**changes: Any) -> Routing:
    place = Place(path="routes.yml", line=1)
    loud, all_bands = (Band.ALERT, Band.URGENT), tuple(Band)

    def route(name: str, send: str, if_: RouteIf, quiet: str | None = None) -> Route:
        return Route(id=name, if_=if_, send=send, quiet=quiet, place=place)

    made = Routing(
        channels={
            name: ChannelTarget(name=name, kind="console", address="stdout", locale="en")
            for name in ("desk", "now", "wind")
        },
        routes=(
            route("urgent", "now", RouteIf(bands=(Band.URGENT,))),
            route("desk", "desk", RouteIf(bands=loud), "nights"),
            route("wind", "wind", RouteIf(bands=loud, sectors=(SectorId("wind"),)), "nights"),
            route("weekly", "digest-weekly", RouteIf(bands=(Band.DIGEST, *loud))),
            route("catch-all", "archive", RouteIf(bands=all_bands)),
        ),
        hold=timedelta(minutes=3),
        at_most_per_hour=6,
        quiet={
            "nights": QuietHours(
                days=tuple(range(7)), start=time(22), end=time(7), zone="Europe/Amsterdam", place=place
            )
        },
        silences=(),
        digests={
            "digest-weekly": DigestPlan(
                name="digest-weekly",
                weekday=0,
                at=time(7, 30),
                zone="Europe/Amsterdam",
                to=(DigestTo(who="all@example.org"),),
                audit_sample=5,
                place=place,
            )
        },
        operations=None,
        tests=(
            RouteTest(
                band=Band.URGENT,
                sectors=(SectorId("wind"),),
                goes_to=("now", "desk", "wind", "digest-weekly", "archive"),
                place=place,
            ),
        ),
        place=place,
    )
    return replace(made, **changes)


def rulebook(**changes: Any) -> Rulebook:
    made = Rulebook(
        folder="by-hand",
        lexicon=lexicon(),
        concept_tests=(),
        sectors=(
            sector("wind", [("rare-earths", "CN", Level.CRITICAL), ("dual-use", "CN", Level.LOW)], CN=Level.CRITICAL),
            sector("chips", [("critical-minerals", "CN", Level.HIGH), ("dual-use", "*", Level.MEDIUM)], JP=Level.HIGH),
        ),
        alerts=(rule(),),
        scoring=scoring(),
        routing=routing(),
        sources=(),
        hash="rulebook-by-hand",
    )
    return replace(made, **changes)


def event(**changes: Any) -> Event:
    """China bans the export of dual-use goods to Japan, announced, told in a sentence at 0..60 of the title."""
    made = Event(
        measure=ConceptId("export-ban"),
        direction=Direction.TIGHTEN,
        stage=Stage.ANNOUNCED,
        imposer="CN",
        targets=("JP",),
        goods=(ConceptId("dual-use"),),
        start=0,
        end=60,
        confidence=0.9,
        zone=Zone.TITLE,
        evidence=((0, 5), (6, 10)),
    )
    return replace(made, **changes)


def mention(name: str, slot: Slot, start: int = 0, **changes: Any) -> Mention:
    made = Mention(
        concept=ConceptId(name),
        slot=slot,
        surface=name,
        start=start,
        end=start + len(name),
        zone=Zone.TITLE if start < 60 else Zone.BODY,
        cue=Cue.STATED,
        rule=f"concepts/{name}.yml:7",
    )
    return replace(made, **changes)


def document(name: str, title: str = "", text: str = "", **changes: Any) -> Document:
    made = Document(
        id=DocumentId(name),
        source_id=SourceId(f"src-{name}"),
        publisher=f"Paper {name}",
        authority=Authority.PRESS,
        jurisdiction="NL",
        url=f"https://news.example/{name}",
        canonical_url=f"https://news.example/{name}",
        title=title or f"Title of {name}",
        text=text,
        first_seen=NOON,
        published_at=NOON,
        content_hash=f"1:{name}",
    )
    return replace(made, **changes)


def reading(
    of: Document | str, events: Sequence[Event] = (), mentions: Sequence[Mention] = (), **changes: Any
) -> Reading:
    made = Reading(
        document_id=DocumentId(of) if isinstance(of, str) else of.id,
        lang="en",
        lang_confidence=0.99,
        mentions=tuple(sorted(mentions, key=lambda m: m.start)),
        events=tuple(events),
        reader_version="by-hand",
        sentences=((0, 60), (60, 200)),
    )
    return replace(made, **changes)


def by_id(*readings: Reading) -> Mapping[DocumentId, Reading]:
    return {made.document_id: made for made in readings}


DAY = date(2026, 1, 6)
