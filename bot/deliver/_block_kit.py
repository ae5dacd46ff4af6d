"""The pieces of Block Kit that messages, dialogs and the home tab are made of, within Slack's limits.

Limits: https://docs.slack.dev/reference/block-kit (150 characters in a header, 3,000 in a text object, 75 on a button
and in an option, 100 options in a menu).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.deliver._labels import Labels
from bot.deliver._mrkdwn import foreign
from bot.deliver._text import clean

Block = dict[str, Any]

MAX_HEADER = 150
MAX_TEXT = 2900  # of one text object; escapes count
MAX_LABEL = 75  # of a button and of an option
MAX_OPTIONS = 100
SEPARATOR = " · "


def plain(text: str) -> Block:
    """A text in which nothing is markup, emoji codes included."""
    return {"type": "plain_text", "text": text, "emoji": False}


def header(text: str) -> Block:
    """A header block; plain text, so that nothing in it is markup."""
    return {"type": "header", "text": plain(text)}


def section(text: str, accessory: Block | None = None) -> Block:
    """A section of mrkdwn in which bare addresses and names stay text.

    Args:
        text: With at least one character.
        accessory: A button or menu at its right.
    """
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}
    return {**block, "accessory": accessory} if accessory else block


def context_block(text: str) -> Block:
    """Small grey text."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def button(action: str, label: str, **more: str) -> Block:
    """A button; `more` are its value or url."""
    return {"type": "button", "action_id": action, "text": plain(label), **more}


def option(value: str, label: str) -> Block:
    """One line of a menu or of radio buttons."""
    return {"text": plain(clean(label, MAX_LABEL) or value[:MAX_LABEL]), "value": value}


def question(name: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Block:
    """An input block; its element has the same name as the block.

    Args:
        name: Block id and action id, under which the answer comes back.
        label: The question.
        element: What is filled in, without its action id.
        optional: May stay empty; Slack says so beside the label.
        hint: Small text below.
    """
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {**element, "action_id": name},
        "optional": optional,
    }
    return {**block, "hint": plain(hint)} if hint else block


def listed(lines: Iterable[str], words: Labels, *, most: int, room: int, width: int = 300) -> list[str]:
    """Lines of others as mrkdwn with bullets, so that none of them opens a quotation; what is left out is counted.

    Args:
        lines: As they came; those without visible characters are skipped.
        words: Of the reader.
        most: Lines that are shown at most.
        room: Characters that all of them may have.
        width: Characters of one line.
    """
    said = [text for line in lines if (text := clean(line, width))]
    shown: list[str] = []
    left = room
    for line in said[:most]:
        text = f"• {foreign(line)}"
        left -= len(text) + 1
        if left < 0:
            break
        shown.append(text)
    if len(shown) < len(said):
        shown.append(words("more-sources", count=len(said) - len(shown)))
    return shown


def pages(lines: Sequence[str]) -> Iterator[str]:
    """Lines packed into texts that Slack takes."""
    page = ""
    for line in lines:
        if page and len(page) + 1 + len(line) > MAX_TEXT:
            yield page
            page = line
        else:
            page = f"{page}\n{line}" if page else line
    if page:
        yield page
