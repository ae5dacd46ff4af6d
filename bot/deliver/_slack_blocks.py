"""The Slack message of an alert as Block Kit: fixed shape, at most 6 blocks and 1,500 characters.

Limits of Slack beside those of `_block_kit`: 50 blocks, about 13,000 characters in all
(https://docs.slack.dev/reference/block-kit/blocks; the total is undocumented, see slackapi/bolt-js issue 2509).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.deliver._block_kit import (
    MAX_HEADER,
    MAX_TEXT,
    SEPARATOR,
    Block,
    context_block,
    header,
    listed,
    pages,
    section,
)
from bot.deliver._desk import buttons
from bot.deliver._labels import Labels
from bot.deliver._mrkdwn import foreign, link, person, visible
from bot.deliver._text import clean, shorten
from bot.deliver._view import Room, SourceView, View, best_url, cared, view
from bot.types.delivery import Alert

MAX_CHARACTERS = 1500
MAX_PIECES = 24  # of a quotation; more marks than that would fill the message with their markup
MAX_NOTICE_LINES = 20
MAX_NOTICE = 9000  # characters of all lines
ROOMS = (
    Room(),
    Room(reasons=3, quote=220, sources=4),
    Room(reasons=3, reason=80, quote=160, sources=3, limits=1, limit=80),
    Room(headline=120, sectors=3, reasons=2, reason=70, quote=120, sources=2, limits=0),
)


def alert_blocks(alert: Alert, words: Labels) -> tuple[list[Block], View]:
    """Blocks of the message, as generous as fits, and the view they were made of."""
    pressed = buttons(alert.id, words, best_url(alert))
    for room in ROOMS:
        seen = view(alert, words, room)
        blocks = [*_blocks(seen, words), pressed]
        if characters(blocks) <= MAX_CHARACTERS and max(map(_longest, blocks)) <= MAX_TEXT:
            break
    return blocks, seen


def notification(seen: View) -> str:
    """One line for notifications and screen readers, as mrkdwn."""
    parts = [f"{seen.emoji} {seen.severity}: {foreign(seen.headline)}"]
    parts += [foreign(name) for name, _ in seen.sectors[:3]]
    parts.append(foreign(seen.status))
    return SEPARATOR.join(parts)


def plain_text(seen: View, words: Labels) -> str:
    """The whole message as lines of mrkdwn without blocks, for when Slack refuses the blocks."""
    lines = [notification(seen), foreign(SEPARATOR.join((*seen.facts, *seen.dates)))]
    if seen.sectors:
        lines.append(f"{words('exposed')}: {_sectors(seen)}")
    lines += [f"• {foreign(text)}" for text in seen.why]
    if seen.quote:
        lines.append(f"“{foreign(''.join(text for text, _ in seen.quote))}” [{foreign(seen.quote_lang)}]")
    lines += [_source(source) for source in seen.sources]
    lines.append(_footer(seen, words))
    return "\n".join(lines)


def change_blocks(alert: Alert, words: Labels) -> tuple[list[Block], str]:
    """The thread reply for a material change: what is new, where it stands, and its notification line."""
    seen = view(alert, words, Room(sources=1, reasons=0, quote=0, limits=0))
    what = foreign(seen.change or seen.headline)
    lines = [f"🔔 *{words('new-here')}:* {what}"]
    lines.append(foreign(SEPARATOR.join((*seen.facts, *seen.dates))))
    context = [f"{seen.status_emoji} {foreign(seen.status)}"]
    if seen.sources:
        context.append(_sources(replace(seen, more_sources="")))
    return [section("\n".join(lines)), context_block("\n".join(context))], f"🔔 {words('new-here')}: {what}"


def notice_blocks(title: str, lines: Sequence[str], words: Labels) -> tuple[list[Block], str]:
    """A message of the bot about itself."""
    heading = clean(title, MAX_HEADER) or words("notice")
    shown = listed(lines, words, most=MAX_NOTICE_LINES, room=MAX_NOTICE)
    blocks = [header(heading), *(section(text) for text in pages(shown))]
    return blocks, next(pages([f"🔧 {foreign(heading)}", *shown]))


def characters(blocks: Sequence[Block]) -> int:
    """Characters that a person reads."""
    total = 0
    for block in blocks:
        if block["type"] == "rich_text":
            total += sum(len(piece["text"]) for element in block["elements"] for piece in element["elements"])
        elif block["type"] == "context":
            total += sum(len(visible(element["text"])) for element in block["elements"])
        elif block["type"] == "actions":
            total += sum(len(element["text"]["text"]) for element in block["elements"])
        else:
            total += len(visible(block["text"]["text"]))
    return total


def calling(blocks: Sequence[Block], called: str) -> list[Block]:
    """Blocks with a mention, as mrkdwn, at the end of the first line of the first section."""
    for index, block in enumerate(blocks):
        if block.get("type") == "section":
            first, newline, rest = block["text"]["text"].partition("\n")
            text = {**block["text"], "text": f"{first}{SEPARATOR}{called}{newline}{rest}"}
            return [*blocks[:index], {**block, "text": text}, *blocks[index + 1 :]]
    return list(blocks)


def _longest(block: Block) -> int:
    if block["type"] == "context":
        return max(len(element["text"]) for element in block["elements"])
    return len(block["text"]["text"]) if "text" in block else 0


def _blocks(seen: View, words: Labels) -> list[Block]:
    blocks = [header(shorten(seen.headline, MAX_HEADER)), section(_why(seen, words))]
    if seen.quote:
        blocks.append(_quote(seen))
    if seen.sources:
        blocks.append(context_block(_sources(seen)))
    blocks.append(context_block(_footer(seen, words)))
    return blocks


def _why(seen: View, words: Labels) -> str:
    lines = [SEPARATOR.join((f"{seen.emoji} *{seen.severity}*", *seen.facts))]
    lines.append(
        f"{seen.status_emoji} *{foreign(seen.status)}*" if seen.confirmed else f"{seen.status_emoji} {seen.status}"
    )
    if seen.dates:
        lines.append(f"📅 {foreign(SEPARATOR.join(seen.dates))}")
    if seen.sectors:
        lines.append(f"*{words('exposed')}:* {_sectors(seen)}")
    if seen.limits:
        lines.append(f"*{words('limits')}:* {SEPARATOR.join(f'“{foreign(text)}”' for text in seen.limits)}")
    if seen.why:
        lines.append(f"*{words('why')}:*")
        lines += [f"• {foreign(text)}" for text in seen.why]
    return "\n".join(lines)


def _sectors(seen: View) -> str:
    named = [f"{foreign(name)} {score}" for name, score in seen.sectors]
    return SEPARATOR.join([*named, *([seen.more_sectors] if seen.more_sectors else [])])


def _quote(seen: View) -> Block:
    """The quotation as rich text: marks hold inside of words, which mrkdwn cannot do for Chinese or compounds."""
    said = seen.quote if len(seen.quote) <= MAX_PIECES else (("".join(text for text, _ in seen.quote), False),)
    pieces: list[Block] = [
        {"type": "text", "text": text, "style": {"bold": True}} if marked else {"type": "text", "text": text}
        for text, marked in said
    ]
    by = SEPARATOR.join(part for part in (seen.quote_by, seen.quote_lang) if part)
    if by:
        pieces.append({"type": "text", "text": f"\n— {by}", "style": {"italic": True}})
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": pieces}]}


def _sources(seen: View) -> str:
    """Lines of sources, with links as long as they fit beside a status line: the first source is the best one."""
    lines = [_source(source, linked=False) for source in seen.sources]
    left = MAX_TEXT - 600 - sum(len(line) + 1 for line in lines) - len(seen.more_sources)
    for index, source in enumerate(seen.sources):
        linked = _source(source)
        if len(linked) - len(lines[index]) <= left:
            left -= len(linked) - len(lines[index])
            lines[index] = linked
    return "\n".join([*lines, *([seen.more_sources] if seen.more_sources else [])])


def _source(source: SourceView, *, linked: bool = True) -> str:
    name = link(source.url, source.label) if source.url and linked else foreign(source.label)
    host = foreign(source.host) if source.host and source.host != source.label else ""
    parts = (name, source.authority, host, source.when, foreign(source.lang))
    return "• " + SEPARATOR.join(part for part in parts if part)  # a line of theirs that opens with > would be a quote


def _footer(seen: View, words: Labels) -> str:
    """What readers did with it, which rules sent it, and when: a line each, so that no date is torn apart."""
    rules = f"{words('rules')}: {' '.join(f'`{foreign(rule)}`' for rule in seen.rules)}" if seen.rules else ""
    return "\n".join(line for line in (cared(seen.care, person), rules, seen.seen) if line)
