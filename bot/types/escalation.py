"""An urgent alert that somebody has to acknowledge, and where it goes when nobody does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.types.ids import AlertId, StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """One alert that waits for an acknowledgement. Made by decide, kept by storage."""

    alert_id: AlertId
    story_id: StoryId  # that it told when it was sent
    told_in: str  # channel of the first message
    to: str  # channel to which it goes when nobody answers
    after: timedelta  # since that first message was sent
    due_at: datetime  # when to look again
