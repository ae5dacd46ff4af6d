"""Say in the reader's language why an alert comes to a channel of escalation."""

from __future__ import annotations

from datetime import datetime

from bot.deliver._target import words_for
from bot.types.delivery import ChannelTarget


def escalation_line(target: ChannelTarget, *, told_in: str, at: datetime, span: str) -> str:
    """One line: where and when it was told first, and that nobody acknowledged it in time."""
    words = words_for(target)
    return words("escalated", channel=told_in, when=words.moment(at), span=span)
