"""The buttons under an alert: what a reader thinks of it, and what is to be done with it."""

from __future__ import annotations

from bot.deliver._block_kit import Block, button
from bot.deliver._labels import Labels
from bot.deliver._text import safe_url
from bot.types.ids import AlertId

BLOCK_ID = "alert"  # the same in every form of a message, so that a press during an edit is not lost
ACTIONS = ("useful", "not-useful", "mute", "assign", "explain")
OPEN = "open"


def buttons(alert_id: AlertId, words: Labels, open_url: str | None) -> Block:
    """Relevant, Not relevant, Mute story, Assign, Explain, Open.

    Args:
        alert_id: Value of each button; nothing else of the alert travels with a press.
        words: Of the readers.
        open_url: Where Open leads; the button is left out when there is no address, or an unsafe one.
    """
    elements = [button(action, words(f"button.{action}"), value=alert_id) for action in ACTIONS]
    url = safe_url(open_url) if open_url else None
    if url:
        elements.append(button(OPEN, words("button.open"), value=alert_id, url=url))
    return {"type": "actions", "block_id": BLOCK_ID, "elements": elements}
