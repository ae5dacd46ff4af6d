"""What a reader thought of a story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.types.ids import DocumentId, StoryId
from bot.types.story import Assessment


class Verdict(StrEnum):
    """Whether a story was worth a reader's time."""

    USEFUL = "useful"
    NOT = "not"


class Complaint(StrEnum):
    """What was wrong with a story; a duplicate says nothing about how much the step matters."""

    WRONG_SECTOR = "wrong-sector"
    OLD_NEWS = "old-news"
    HEDGED = "hedged"
    DUPLICATE = "duplicate"
    OTHER = "other"


class Shown(StrEnum):
    """How the voter came to see a story."""

    ALERT = "alert"  # a message was sent
    DIGEST = "digest"  # it stood in a digest
    AUDIT = "audit"  # drawn at random from below the threshold
    FOUND = "found"  # looked up; says nothing about what others were not shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One vote, with what the bot thought of the story at that moment. Made by pipeline."""

    story_id: StoryId
    voter: str  # who, as they call themselves
    at: datetime
    verdict: Verdict
    complaint: Complaint | None
    note: str  # in the voter's own words
    shown: Shown
    rate: float  # probability with which the story was shown, above 0, at most 1; audit samples are drawn
    assessment: Assessment  # ledger, band and hash of the rule set on which the vote was cast
    document_ids: tuple[DocumentId, ...]  # tellings of the story
    title: str  # of its lead
    url: str  # of its lead

    @property
    def about_step(self) -> bool:
        """False also for a complaint about the sector, which blames the exposure and not the step."""
        return self.about_relevance and self.complaint is not Complaint.WRONG_SECTOR

    @property
    def about_relevance(self) -> bool:
        """False for a vote that says nothing about how much the step matters."""
        return self.complaint is not Complaint.DUPLICATE
