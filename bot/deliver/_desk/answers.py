"""What the bot answers to one person: ephemeral, short, plain."""

from __future__ import annotations

from collections.abc import Sequence

from bot.deliver._block_kit import MAX_HEADER, Block, header, listed, pages, section
from bot.deliver._labels import Labels
from bot.deliver._mrkdwn import foreign
from bot.deliver._text import clean

MAX_LINES = 40
MAX_CHARACTERS = 9000  # of all lines; Slack refuses messages of about 13,000


def answer_blocks(title: str, lines: Sequence[str], words: Labels) -> tuple[list[Block], str]:
    """Blocks of an answer, and its text for notifications and screen readers.

    Args:
        title: One line.
        lines: What there is to say; nothing in them is markup.
        words: Of the person.
    """
    heading = clean(title, MAX_HEADER) or words("notice")
    shown = listed(lines, words, most=MAX_LINES, room=MAX_CHARACTERS)
    blocks = [header(heading), *(section(text) for text in pages(shown))]
    return blocks, next(pages([f"*{foreign(heading)}*", *shown]))
