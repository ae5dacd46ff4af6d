"""Everything that is known about an address, a story or an alert, as one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.storage.decisions import LedgerEntry
from bot.storage.documents import StoredDocument
from bot.storage.ledger import AlertLine, Listing, MessageLine, Near
from bot.types.delivery import Decision
from bot.types.desk import Handling, Mute, Reminder
from bot.types.escalation import Escalation
from bot.types.ids import DocumentId, SourceId, StoryId
from bot.types.lifecycle import Transition
from bot.types.story import Assessment, Story


class Fate(StrEnum):
    """What became of it, the loudest first."""

    SENT = "sent"  # a message stands
    SUMMED = "summed"  # told in a summary, with others
    ON_ITS_WAY = "on-its-way"  # decided; the message waits in the outbox
    REJECTED = "rejected"  # a channel refused the message
    HELD = "held"  # is decided again later
    DIGEST = "digest"  # in the weekly digest only
    MUTED = "muted"  # a person wants to hear no more of it
    SILENCED = "silenced"  # a silence of routes.yml holds
    BASELINE = "baseline"  # was there when its source was first read
    FLOOD = "flood"  # came with too many others at once
    DROPPED = "dropped"  # kept and found by search, told to nobody
    FAILED = "failed"  # a bug stopped it
    UNPLACED = "unplaced"  # read; waits to be weighed
    UNREAD = "unread"  # waits to be read
    EXPIRED = "expired"  # its text or its ledger is older than what is kept
    UNKNOWN = "unknown"  # no source has listed it


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What happened and why."""

    fate: Fate
    sentence: str  # for people


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something that happened."""

    at: datetime
    what: str  # one sentence for people


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCase:
    """A story with what was thought and done about it."""

    story: Story
    assessment: Assessment | None
    ledger: tuple[LedgerEntry, ...]  # in order
    deliveries: tuple[MessageLine, ...]  # messages of its alerts, in order
    decisions: tuple[Decision, ...] = ()  # in order, as they were made
    held_until: datetime | None = None  # when it is decided again
    mute: Mute | None = None
    transitions: tuple[Transition, ...] = ()  # lives of the acts that it is about, act by act, in order
    handlings: tuple[Handling, ...] = ()  # who saw its alerts, and who looks after them
    reminders: tuple[tuple[Reminder, str], ...] = ()  # with what became of them, "" while they are open
    escalations: tuple[tuple[Escalation, str], ...] = ()  # the same


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCase:
    """How a source fares that lists it, or that should have."""

    source_id: SourceId
    publisher: str  # "" when no rule file names it any more
    enabled: bool
    last_success: datetime | None
    trouble: str  # why it may bring nothing, or may not be believed, one sentence; "" when all is well


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What is known; empty when nothing is."""

    asked: str
    verdict: Verdict | None = None  # None until it was weighed, see verdict.py
    found_as: str = ""  # how what was asked differs from what was found, one sentence; "" when it does not
    merged_into: StoryId | None = None  # the story that took up the one that was asked for
    documents: tuple[StoredDocument, ...] = ()  # with readings
    pages: Mapping[DocumentId, str] = field(default_factory=dict)  # what came of the pages behind them, a sentence each
    listings: tuple[Listing, ...] = ()  # the items as their sources list them
    sources: tuple[SourceCase, ...] = ()
    notes: tuple[LedgerEntry, ...] = ()  # what happened to the documents, in order
    stories: tuple[StoryCase, ...] = ()
    alerts: tuple[AlertLine, ...] = ()  # of stories that are no longer kept
    past: tuple[LedgerEntry, ...] = ()  # what was decided about stories that are no longer kept, in order
    messages: tuple[MessageLine, ...] = ()  # of alerts whose story is no longer kept, in order
    near: tuple[Near, ...] = ()  # texts that may have been meant; only when nothing was found
    kept_days: int = 400  # how long the ledger is kept
    moments: tuple[Moment, ...] = ()  # all that happened, in order

    @property
    def found(self) -> bool:
        """True when anything is known."""
        return bool(self.documents or self.stories or self.notes or self.listings or self.alerts or self.past)
