"""What a weekly digest tells a team, before any layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.types.delivery import Alert
from bot.types.ids import SectorId, SourceId, StoryId
from bot.types.levels import Stage
from bot.types.lifecycle import Change


class DateKind(StrEnum):
    """What happens on a date ahead."""

    EFFECTIVE = "effective"  # a measure enters into force
    UNTIL = "until"  # a measure or its suspension ends
    CONSULTATION = "consultation"  # comments close


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestStory:
    """One story of the week. Made by pipeline."""

    alert: Alert  # the same record that channels get, built at the time of the digest
    alerted: bool = False  # it went out as an alert already
    told: tuple[tuple[Change, ...], ...] = ()  # what its thread was told this week, reply by reply
    changes: tuple[str, ...] = ()  # what else became of it, one English sentence each


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """A story that moved on along its life-cycle this week. Made by pipeline."""

    story_id: StoryId
    headlines: Mapping[str, str]  # locale -> line; "en" always present
    before: Stage | None
    after: Stage | None
    at: datetime
    url: str = ""  # where it can be read
    change: Change | None = None  # what became of its acts; with it, `before` and `after` are None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateAhead:
    """A day to keep in mind. Made by pipeline from the events of open stories."""

    day: date
    kind: DateKind
    story_id: StoryId
    headlines: Mapping[str, str]  # locale -> line; "en" always present
    acts: tuple[Change, ...] = ()  # acts and clauses that are in force again after the day, by name


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A text that stayed just under the threshold. Made by pipeline."""

    title: str
    lang: str
    publisher: str
    url: str
    score: float
    missing: str  # a sentence: what would have made it an alert


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowRule:
    """Something on probation, and what it would have sent. Made by pipeline."""

    rule: str  # id of a rule, concept or sector
    hits: int  # stories this week
    examples: tuple[tuple[str, str], ...] = ()  # language and title, strongest first


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditItem:
    """A text drawn at random from below the threshold, so that misses can be counted. Made by pipeline."""

    story_id: StoryId
    rate: float  # probability with which it was drawn, above 0, at most 1
    title: str
    lang: str
    publisher: str
    url: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTrouble:
    """A source that did not answer as it should. Made by pipeline from SourceState."""

    source_id: SourceId
    publisher: str
    message: str  # one sentence
    failures: int = 0  # consecutive
    last_success: datetime | None = None  # None: never


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Size of a week."""

    documents: int = 0  # texts read
    stories: int = 0  # steps found, at any score
    alerts: int = 0  # stories sent as alerts
    urgent: int = 0  # of these, urgent
    sources: int = 0  # polled
    failing: int = 0  # of these, in trouble at the end of the week


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestContent:
    """A week for one team. Made by pipeline; `deliver` lays it out per reader's language."""

    team: str  # name of the digest plan or team
    week: str  # ISO week, "2026-W47"
    first_day: date  # Monday
    last_day: date  # Sunday
    made_at: datetime  # aware
    counts: Counts
    before: Counts | None = None  # the week before; None: no figures yet
    stories: tuple[DigestStory, ...] = ()  # most important first
    changes: tuple[StateChange, ...] = ()  # in order of time
    dates: tuple[DateAhead, ...] = ()  # in order of day
    near_misses: tuple[NearMiss, ...] = ()  # highest score first
    shadows: tuple[ShadowRule, ...] = ()
    audit: tuple[AuditItem, ...] = ()
    troubles: tuple[SourceTrouble, ...] = ()
    sectors: tuple[SectorId, ...] = ()  # sectors this reader follows; empty = all

    @property
    def quiet(self) -> bool:
        """True when no story reached the digest."""
        return not self.stories

    def narrowed(self, sectors: tuple[SectorId, ...]) -> DigestContent:
        """The same week for a reader who follows only these sectors; empty = all.

        Stories that expose none of them go, with their dates and changes; counts and feed health stay, since they speak
        of the whole watch.
        """
        if not sectors:
            return self
        followed = set(sectors)
        stories = tuple(s for s in self.stories if followed & {sector for sector, _, _ in s.alert.sectors})
        gone = {s.alert.story_id for s in self.stories} - {s.alert.story_id for s in stories}
        return replace(
            self,
            sectors=sectors,
            stories=stories,
            changes=tuple(c for c in self.changes if c.story_id not in gone),
            dates=tuple(d for d in self.dates if d.story_id not in gone),
        )
