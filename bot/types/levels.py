"""Small closed vocabularies shared by all stages."""

from __future__ import annotations

from enum import StrEnum


class Authority(StrEnum):
    """Who speaks; names are those of `source_kind` in labelled texts and of `source:` in scoring.yml."""

    OFFICIAL = "official"
    WIRE = "wire"
    PRESS = "press"
    TRADE = "trade"
    THINK_TANK = "think-tank"
    BLOG = "blog"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """Weight words of rule files; their points stand in scoring.yml."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Status(StrEnum):
    """State of a rule file: draft (ignored), shadow (scored, never sent), live, retired (ignored)."""

    DRAFT = "draft"
    SHADOW = "shadow"
    LIVE = "live"
    RETIRED = "retired"


class Slot(StrEnum):
    """The question that a mention answers."""

    MEASURE = "measure"
    GOODS = "goods"
    ACTOR = "actor"
    TARGET = "target"
    STAGE = "stage"
    CUE = "cue"
    SECTOR = "sector"
    IDENTIFIER = "identifier"
    NOISE = "noise"
    FIELD = "field"  # words of the trade in goods that a text of another subject lacks


class Zone(StrEnum):
    """Part of a document."""

    TITLE = "title"
    LEAD = "lead"
    BODY = "body"


class Cue(StrEnum):
    """How the text holds a mention."""

    STATED = "stated"
    NEGATED = "negated"
    POSSIBLE = "possible"
    REPORTED = "reported"
    PAST = "past"


class Direction(StrEnum):
    """What a step does to trade."""

    TIGHTEN = "tighten"
    EASE = "ease"
    NONE = "none"


class Stage(StrEnum):
    """How far a step has come."""

    CONSIDERED = "considered"
    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    IN_FORCE = "in-force"
    SUSPENDED = "suspended"
    LIFTED = "lifted"
    EXTENDED = "extended"
    DENIED = "denied"
    HISTORIC = "historic"


class Band(StrEnum):
    """What a score asks of a team; ordered from quiet to loud."""

    ARCHIVE = "archive"
    DIGEST = "digest"
    ALERT = "alert"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """0 for archive up to 3 for urgent."""
        return list(Band).index(self)
