"""Shapes of the files that hold words: concepts, actors, sectors, and the marked texts that test them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from bot.rulebook.fields import (
    AlertRef,
    ConceptRef,
    Day,
    GoodsRef,
    Ident,
    Jurisdiction,
    JurisdictionOrAll,
    JurisdictionOrNone,
    Language,
    LanguageOrAll,
    Many,
    SectorRef,
    Shape,
    Text,
    Texts,
)
from bot.types.levels import Authority, Band, Direction, Level, Slot, Stage, Status

Words = dict[LanguageOrAll, Texts]


def _for_all(value: object) -> object:
    """A bare list of words counts for every language."""
    return {"*": value} if value is not None and not isinstance(value, dict) else value


_WORDS_OR_LIST = {
    "anyOf": [
        {"type": "array", "items": {"type": "string"}},
        {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    ]
}
LooseWords = Annotated[Words, BeforeValidator(_for_all), WithJsonSchema(_WORDS_OR_LIST)]


class Head(Shape):
    """What every rule file says about itself."""

    id: Ident
    """Short, readable, unique; other files call it by this name."""
    title: Text
    """One line for people."""
    status: Status
    """draft (ignored), shadow (scored, never sent), live, retired (ignored)."""
    owner: Text = ""
    """Who answers questions about this file."""
    changed: Day | None = None
    """Day of the last change of meaning; local changes are pinned to it."""
    why: Text = ""
    """Why it is here, one sentence."""
    references: Texts = ()
    """Addresses where one can read more."""


class EventWanted(Shape):
    """What the first event of a test text must be; keys that are left out are not looked at."""

    measure: ConceptRef | None = None
    """Concept of the measure."""
    family: Ident | None = None
    """Family of the measure, e.g. restrict."""
    direction: Direction | None = None
    """tighten, ease or none."""
    stage: Many[Stage] | None = None
    """How far the step has come, e.g. announced; several when either will do."""
    imposer: JurisdictionOrNone | None = None
    """Who takes the step; none when the text does not say."""
    targets: Many[Jurisdiction] | None = None
    """Against whom; [] for everybody."""
    goods: Many[ConceptRef] | None = None
    """Which goods."""
    end_use: Literal["military", "civil-excepted", "none"] | None = None
    """Restriction to an end use."""
    effective: Day | None = None
    """In force from."""
    until: Day | None = None
    """In force until."""
    citation: Text | None = None
    """Key of the notice, issuer:year:number."""


class CaseShape(Shape):
    """A text and what must come of it; every finding of a concerned concept that is not marked is a failure."""

    text: Text
    """The text; mark what must be found as [words](concept)."""
    title: Text | None = None
    """Title above the text; without one the text is the title."""
    lang: Language | None = None
    """Force the language; without it the bot names it."""
    source: Authority = Authority.UNKNOWN
    """Who says so."""
    jurisdiction: Jurisdiction = ""
    """Home of the source."""
    published: Day | None = None
    """Day of publication."""
    sector: SectorRef | None = None
    """Score it for this sector."""
    band: Band | None = None
    """Band that must come out."""
    says_rule: AlertRef | None = None
    """Alert rule that must hold."""
    silent_rule: AlertRef | None = None
    """Alert rule that must not hold."""
    known_gap: Text | None = None
    """Why this case fails today; it is reported when it passes."""
    event: EventWanted | None = None
    """What the first event must be."""


class NotWhen(Shape):
    """What silences a mention."""

    inside: LooseWords = Field(default_factory=dict)
    """Longer phrases that swallow the mention."""
    near: LooseWords = Field(default_factory=dict)
    """Words in the same sentence that silence it."""


class _Idea(Head):
    """What concepts and actors share."""

    weight: Level = Level.LOW
    """How much a finding counts; the points stand in scoring.yml."""
    names: dict[Language, Text] = Field(default_factory=dict)
    """Short name per language, for headlines and tables."""
    parent: ConceptRef | None = None
    """The wider concept; what counts for the parent counts here too."""
    sure: Words = Field(default_factory=dict)
    """Words that count on their own, per language; `*` for all languages."""
    maybe: Words = Field(default_factory=dict)
    """Words that count only beside one of `maybe_needs` in the same sentence."""
    maybe_needs: Many[ConceptRef] = ()
    """Concepts that make the `maybe` words count."""
    not_when: NotWhen = NotWhen()
    """What silences a mention."""
    tests: tuple[CaseShape, ...] = ()
    """Marked texts; at least one hit and one silent text."""


class ConceptFile(_Idea):
    """One idea in all languages."""

    kind: Literal["concept"]
    slot: Slot
    """The question that a mention answers."""
    direction: Direction = Direction.NONE
    """Measures: what imposing it does to trade."""
    family: Ident = ""
    """Measures: the kind of step, e.g. restrict, tariff, list, ease."""
    cue: Ident = ""
    """Cues and stages: the value that a hit stands for."""
    jurisdiction: Jurisdiction = ""
    """Whose law or body it is, when there is one."""
    hs: Texts = ()
    """Codes of the Harmonised System."""
    cas: Texts = ()
    """CAS registry numbers."""
    eccn: Texts = ()
    """Export control classification numbers."""


class ActorFile(_Idea):
    """A state, authority, company or list entry."""

    kind: Literal["actor"]
    role: Ident
    """state, agency, capital, company, person, group ..."""
    jurisdiction: JurisdictionOrAll
    """ISO 3166 code of the state it belongs to, or EU, WTO, INT."""


class ExposureShape(Shape):
    """One way in which the sector can be hit."""

    goods: GoodsRef
    """Goods that the sector needs."""
    from_: Many[JurisdictionOrAll] = Field(alias="from")
    """State that supplies them; * for any."""
    level: Level
    """How much it would hurt."""
    why: Text
    """What the goods are for."""
    source: Text = ""
    """Public source of the dependence: publisher and title, or an address."""
    basis: Literal["figures", "judgement"] = "judgement"
    """Whether the level follows from figures of the source, or is somebody's judgement."""


class CompanyShape(Shape):
    """A company that makes a text matter to the sector."""

    name: Text
    """Name as written in the news."""
    aliases: Texts = ()
    """Other spellings, as terms."""
    level: Level = Level.MEDIUM
    """How much it matters."""


class SectorFile(Head):
    """A part of the economy, and what it depends on."""

    kind: Literal["sector"]
    names: dict[LanguageOrAll, Texts] = Field(default_factory=dict)
    """Per language: a list of words that name the sector in a text, or one text: the name shown to readers."""
    sure: Words = Field(default_factory=dict)
    """Words that name the sector in a text, when `names` holds names for readers."""
    exposed_to: Annotated[tuple[ExposureShape, ...], Field(min_length=1)]
    """What can hit it; the best row counts in full, the second half, the third a quarter."""
    countries: dict[Jurisdiction, Level] = Field(default_factory=dict)
    """Who hurts us by acting or by being hit."""
    companies: tuple[CompanyShape, ...] = ()
    """Companies whose name makes a text matter."""
    tests: tuple[CaseShape, ...] = ()
    """Marked texts; `sector` is this one."""


class ProfileFile(Shape):
    """What a team is exposed to; without one, every sector counts."""

    kind: Literal["profile"]
    title: Text = "Our own list"
    """Name of the team's own goods and countries, for readers."""
    changed: Day | None = None
    """Day of the last change."""
    owner: Text = ""
    """Who answers for it."""
    why: Text = ""
    """What it rests on."""
    sectors: Many[SectorRef] = ()
    """Sectors that count; the others expose nobody."""
    goods: dict[GoodsRef, Level] = Field(default_factory=dict)
    """Goods of the team's own, whoever supplies them, and how much they matter."""
    countries: dict[Jurisdiction, Level] = Field(default_factory=dict)
    """Who hurts the team by acting or by being hit."""
