"""Shapes of alert rules and of the scoring table."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from bot.rulebook.fields import Day, Ident, NoiseRef, Number, Shape, Span, Text, Whole
from bot.rulebook.shapes_words import CaseShape, Head
from bot.types.levels import Authority, Band, Cue, Stage

# What a condition takes is known to the condition alone.
Conditions = Annotated[dict[str, Any], WithJsonSchema({"type": "object", "x-conditions": True})]


class WhenShape(Shape):
    """When the rule holds, judged on one event at a time."""

    all: tuple[Conditions, ...] = ()
    """Every one must hold."""
    any: tuple[Conditions, ...] = ()
    """At least one must hold."""
    none: tuple[Conditions, ...] = ()
    """None may hold."""
    within: Literal["sentence", "paragraph", "document"] = "sentence"
    """How near measure and goods must stand."""


class BonusShape(Shape):
    """Extra points while some conditions hold."""

    points: Whole
    """Whole points; may be negative."""
    if_: Conditions = Field(alias="if")
    """All must hold."""
    why: Text
    """What the reader of the ledger is told."""


class ExceptionShape(Shape):
    """A mute inside the rule, always dated."""

    id: Ident
    """Name of the mute."""
    if_: Conditions = Field(alias="if")
    """All must hold for the rule to be mute."""
    until: Day
    """Last day of the mute."""
    owner: Text
    """Who answers for it."""
    why: Text
    """Why it is needed."""


class AlertFile(Head):
    """When something must be told, and how loud."""

    kind: Literal["alert"]
    when: WhenShape
    """The conditions."""
    add: tuple[BonusShape, ...] = ()
    """Extra points."""
    at_least: Band = Band.ARCHIVE
    """Floor while the rule holds."""
    at_most: Band = Band.URGENT
    """The most that this rule alone may reach."""
    exceptions: tuple[ExceptionShape, ...] = ()
    """Dated mutes."""
    say: Text = ""
    """Sentence about the rule for readers; {actor} {stage} {measure} {goods} {target} are filled in."""
    tests: tuple[CaseShape, ...] = ()
    """Marked texts with the band that must come out."""


class ScaleShape(Shape):
    """What a point means."""

    half: Whole
    """Score at which a reader finds a story useful in one of two cases."""
    double_every: Whole
    """Points that double the odds."""


class BandsShape(Shape):
    """Lowest score of each band."""

    archive: Whole
    digest: Whole
    alert: Whole
    urgent: Whole


class LevelsShape(Shape):
    """Points of the weight words."""

    low: Whole
    medium: Whole
    high: Whole
    critical: Whole


class TogetherShape(Shape):
    """Points for a measure and goods that stand close."""

    sentence: Whole
    paragraph: Whole


class SeenByShape(Shape):
    """Points for independent outlets."""

    each_doubling: Whole
    """For 2, 4, 8 outlets."""
    most: Whole
    """In all."""


class ReadsAsShape(Shape):
    """What the learned reader's verdict is worth."""

    even: Annotated[Number, Field(gt=0, lt=1)]
    """Chance of a new step that adds nothing."""
    least: Annotated[Whole, Field(le=0)]
    """Points taken away at most, negative."""
    most: Annotated[Whole, Field(ge=0)]
    """Points added at most."""
    elsewhere: Annotated[Number, Field(gt=0, le=1)] = 1
    """Chance of another subject above which a text stays in the archive, whatever words it holds."""


class AgeShape(Shape):
    """How a digest orders by age."""

    halves_every: Span
    """Span after which the odds are halved."""


class ScoringFile(Shape):
    """All numbers, once."""

    kind: Literal["scoring"]
    version: Whole
    """Raised with every change."""
    changed: Day | None = None
    """Day of the last change."""
    owner: Text = ""
    """Who answers for the numbers."""
    why: Text = ""
    """What they rest on."""
    scale: ScaleShape
    bands: BandsShape
    levels: LevelsShape
    repeat: Annotated[tuple[Number, ...], Field(min_length=1, max_length=10)]
    """Share that the 1st, 2nd, 3rd different finding of a slot counts; later ones count nothing."""
    together: TogetherShape
    actor_known: Whole
    """A state is named as the one who acts."""
    target_known: Whole
    """A state is named as the one who is hit."""
    named_company: Whole
    """A company of the sector is named."""
    sector_named: Whole = 0
    """The sector itself is named."""
    source: dict[Authority, Whole]
    """Points per kind of source."""
    stage: dict[Stage, Whole]
    """Points per stage."""
    cue: dict[Cue, Whole] = Field(default_factory=dict)
    """Points per cue."""
    seen_by: SeenByShape
    noise: dict[NoiseRef, Whole] = Field(default_factory=dict)
    """Points per noise concept, negative."""
    background: Whole = 0
    """When goods or measures are named but no step is told; negative."""
    reads_as: ReadsAsShape | None = None
    """What the learned reader's verdict is worth; without it, nothing."""
    off_field: Whole = 0
    """When a step is read from texts that hold no word of the slot `field`; negative."""
    age: AgeShape
