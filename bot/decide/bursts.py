"""Say whether a new story is told singly, or with others in one list, when a channel has had its messages for an hour.

A burst of stories must be neither a flood nor a trickle of stale alerts that lasts for hours. So a channel gets at
most so many first messages an hour, and at most one list, which holds all that came beside them. The list goes out an
hour after the first of those messages, or at once when its stories have waited that long already. What is urgent always
goes singly, and at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce

from bot.types.delivery import Action, Decision, History, Reason
from bot.types.levels import Band

HOUR = timedelta(hours=1)
ALONE = ":alone"  # end of the dedupe key of the only story of a list, which is told as any other


@dataclass(frozen=True, slots=True)
class Turn:
    """When a story may be told, and how."""

    at: datetime
    listed: bool = False


def turn(channel: str, band: Band, since: datetime, at_most: int, history: History, now: datetime) -> Turn:
    """When and how a story that a channel has not heard of is told there.

    Args:
        channel: The channel.
        band: Of the story.
        since: When the story was first seen; what has waited for an hour already (quiet hours) waits no longer.
        at_most: First messages per hour; 0 sets no limit.
        history: What went out in the last hour, and which list is being collected.
        now: Aware.
    """
    if at_most <= 0 or band is Band.URGENT:
        return Turn(now)
    recent = sorted(at for at in history.last_hour.get(channel, ()) if now - at < HOUR)
    full = len(recent) >= at_most
    last, due = history.lists.get(channel), history.due.get(channel)
    # Stories that are decided together go into the same list.
    free = last is None or last == now or now - last >= HOUR
    ready = due is not None and due <= now and (last is None or last == now or last < due)
    if free and (ready or (full and now - since >= HOUR)):
        return Turn(now, listed=True)
    if due is not None and due > now:
        return Turn(due, listed=True)
    if not full:
        return Turn(now)
    return Turn(max(recent[-at_most], last or recent[-at_most]) + HOUR, listed=True)


def is_listed(decision: Decision) -> bool:
    """True when a decision puts a story into a list."""
    return decision.action is Action.SEND and decision.reason is Reason.RATE_LIMITED


def alone(decision: Decision) -> Decision:
    """What becomes of the only story of a list: a message of its own, which takes the list's place in the limit."""
    key = f"{decision.story_id}:root{ALONE}"
    why = "a story that this channel has not seen, after a wait for others that did not come"
    return replace(decision, reason=Reason.NEW_STORY, why=why, dedupe_key=key)


def limits(recent: Iterable[Decision]) -> History:
    """What channels have had of their limits, after the first messages and holds of the last two hours, in order."""
    return reduce(counted, recent, History())


def counted(history: History, decision: Decision) -> History:
    """The history with what a decision about any story, carried out, takes of the channels' limits."""
    at = decision.at
    if is_listed(decision) or decision.dedupe_key.endswith(ALONE):
        return replace(history, lists={**history.lists, **dict.fromkeys(decision.channels, at)})
    if decision.action is Action.SEND:
        hour = {name: (*history.last_hour.get(name, ()), at) for name in decision.channels}
        return replace(history, last_hour={**history.last_hour, **hour})
    if decision.reason is Reason.RATE_LIMITED and decision.hold_until is not None:
        return replace(history, due={**history.due, **dict.fromkeys(decision.channels, decision.hold_until)})
    return history
