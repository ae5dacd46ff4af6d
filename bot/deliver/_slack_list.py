"""A list of stories as Block Kit: one section per line, so that no line is cut in two."""

from __future__ import annotations

from bot.deliver._block_kit import MAX_HEADER, Block, context_block, header, section
from bot.deliver._list import ListLine, ListView
from bot.deliver._mrkdwn import escape, foreign, link
from bot.deliver._text import shorten


def list_blocks(seen: ListView) -> tuple[list[Block], str]:
    """Blocks, and the same as lines of mrkdwn; the first line stands in notifications."""
    lines = [_line(line) for line in seen.lines]
    blocks = [header(shorten(seen.title, MAX_HEADER)), *(section(line) for line in lines)]
    if seen.more:
        blocks.append(context_block(escape(seen.more)))
    return blocks, "\n".join([foreign(seen.title), *lines, *([escape(seen.more)] if seen.more else [])])


def _line(line: ListLine) -> str:
    name = link(line.url, line.headline) if line.url else foreign(line.headline)
    host = [foreign(line.host)] if line.host else []
    return " · ".join((f"{line.mark} {name}", *(foreign(fact) for fact in line.facts), *host))
