"""Find the messages that stand for a story, channel by channel: edits go there, and replies below them."""

from __future__ import annotations

from datetime import datetime

from bot.decide import alert_id
from bot.storage import Transaction
from bot.types.delivery import Delivery, DeliveryState
from bot.types.ids import AlertId, StoryId


def roots(tx: Transaction, story_id: StoryId) -> dict[str, Delivery]:
    """Channel to the first message for a story: the oldest of its own and of those it took up.

    A message that a summary said instead is none. One that was refused is given only where no other one is. A message
    of a story that stands under its own name again is not among them.
    """
    own = alert_id(story_id)
    others = [name for name in tx.decisions.alert_ids(story_id) if name != own]
    living = tx.stories.living(_story(other) for other in others) if others else ()
    found: dict[str, Delivery] = {}
    for one in (own, *(other for other in others if _story(other) not in living)):
        for channel, root in tx.outbox.roots(one).items():
            if channel not in found or age(own, root) < age(own, found[channel]):
                found[channel] = root
    return found


def standing(tx: Transaction, story_id: StoryId) -> dict[str, Delivery]:
    """The same without those that were refused: what is there, or still on its way."""
    return {name: root for name, root in roots(tx, story_id).items() if root.state is not DeliveryState.REJECTED}


def age(own: AlertId, root: Delivery) -> tuple[bool, datetime, bool, str]:
    """Sorts messages by age, refused ones last; of two of one round the story's own comes first."""
    return root.state is DeliveryState.REJECTED, root.created_at, root.alert_id != own, root.id


def _story(alert: AlertId) -> StoryId:
    return StoryId(f"s-{alert.removeprefix('a-')}")
