"""What people of a team do with alerts, and what they want to hear: kept as rows, never as calls into a stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.types.ids import AlertId, SectorId, StoryId
from bot.types.levels import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """One story that a person wants to hear no more of, with an end. Made by pipeline."""

    story_id: StoryId
    until: date  # on this day it still holds
    by: str  # who, as the chat service calls them
    at: datetime
    why: str = ""  # in their own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Hours in which a person wants no message; what comes then is held, and sent once at the end."""

    start: time  # local
    end: time  # local; may be earlier than start: over midnight
    zone: str  # IANA name


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What one person wants to hear, beside what the channels say. Made by pipeline."""

    id: str  # of the chat service, e.g. "U012AB3CD"
    sectors: tuple[SectorId, ...] = ()  # a message of one's own for each story that hits one of these; empty: none
    band: Band = Band.ALERT  # the least loud that is sent
    locale: str = "en"  # language of the person
    rest: Rest | None = None
    at: datetime | None = None  # last changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """Who looks after an alert. Made by pipeline."""

    alert_id: AlertId
    acknowledged_by: str = ""  # the first; "" while nobody did
    acknowledged_at: datetime | None = None
    assigned_to: str = ""
    assigned_by: str = ""
    assigned_at: datetime | None = None


class ReminderKind(StrEnum):
    """Which date of a step comes near."""

    IN_FORCE = "in-force"
    END = "end"  # of a suspension, or of the measure itself
    COMMENTS = "comments"  # a consultation closes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A date of a story that its readers are reminded of. Made by decide."""

    story_id: StoryId
    kind: ReminderKind
    day: date  # the date itself
    due_at: datetime  # when to remind


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeAlert:
    """One alert as the home tab lists it."""

    alert_id: AlertId
    headline: str  # in the person's language
    band: Band
    at: datetime
    url: str | None  # of its message, else of its best source
    handling: Handling | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSource:
    """One source that is not well."""

    title: str
    why: str  # one sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """Everything that a person's home tab shows. Made by pipeline, laid out by deliver."""

    member: Member
    sectors: tuple[tuple[SectorId, str], ...]  # all that there are: id, name in the person's language
    alerts: tuple[HomeAlert, ...]  # of the last days, newest first
    mutes: tuple[tuple[Mute, str], ...]  # in force, with the story's headline
    sources_well: int
    sources_ill: tuple[HomeSource, ...]
    waiting: int  # messages in the outbox
    at: datetime  # when this was looked up
