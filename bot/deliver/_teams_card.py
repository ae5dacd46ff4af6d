"""An alert as an Adaptive Card 1.4, which Teams takes up to 28 kB.

All text stands in runs of a RichTextBlock: these know no markdown, so nothing that came from a feed is markup. Only
`{{DATE(...)}}` is read inside of them, and broken up here. Format: https://adaptivecards.io/explorer/RichTextBlock.html
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot.deliver._labels import Labels
from bot.deliver._list import ListView
from bot.deliver._text import clean
from bot.deliver._view import Room, SourceView, View, view
from bot.types.delivery import Alert
from bot.types.levels import Band

Element = dict[str, Any]

CARD = "application/vnd.microsoft.card.adaptive"
MAX_BYTES = 27_000  # of the whole body; Teams refuses 28 kB
MAX_NOTICE_LINES = 40
MAX_BUTTONS = 3
SEPARATOR = " · "
ROOMS = (
    Room(sectors=6, reasons=6, reason=120, quote=400, sources=6),
    Room(reasons=4, quote=220, sources=4),
    Room(headline=120, sectors=3, reasons=2, reason=70, quote=120, sources=2, limits=0),
)
_COLOURS = {Band.URGENT: "Attention", Band.ALERT: "Warning", Band.DIGEST: "Accent", Band.ARCHIVE: "Default"}


def alert_card(alert: Alert, words: Labels) -> tuple[dict[str, Any], View]:
    """The body of an alert, as generous as fits, and the view it was made of."""
    for room in ROOMS:
        seen = view(alert, words, room)
        body = message(_alert(seen, words), _buttons(seen.sources), seen.headline)
        if size(body) <= MAX_BYTES:
            return body, seen
    return message(_alert(seen, words, linked=False), (), seen.headline), seen


def change_card(alert: Alert, words: Labels) -> dict[str, Any]:
    """A short card that says what is new, of which earlier card, and where it stands."""
    seen = view(alert, words, Room(sources=1, reasons=0, quote=0, limits=0))
    body = [
        block(run(f"🔔 {words('update')}: {seen.headline}", weight="Bolder"), size="Medium"),
        block(run(f"{words('new-here')}: ", weight="Bolder"), run(seen.change or seen.headline)),
        block(run(SEPARATOR.join((*seen.facts, *seen.dates)))),
        block(run(SEPARATOR.join((f"{seen.status_emoji} {seen.status}", seen.seen)), isSubtle=True)),
        *(_source(source) for source in seen.sources),
    ]
    return message(body, _buttons(seen.sources), seen.change or seen.headline)


def list_card(seen: ListView) -> dict[str, Any]:
    """Many stories, one line each."""
    lines = [
        block(
            run(f"{line.mark} "),
            run(line.headline, **_opens(line.url)),
            run(SEPARATOR.join(("", *line.facts, *([line.host] if line.host else []))), isSubtle=True),
        )
        for line in seen.lines
    ]
    more = [block(run(seen.more, isSubtle=True))] if seen.more else []
    return message([block(run(seen.title, weight="Bolder"), size="Medium"), *lines, *more], (), seen.title)


def notice_card(title: str, lines: Sequence[str], words: Labels) -> dict[str, Any]:
    """A card of the bot about itself."""
    heading = clean(title, 150) or words("notice")
    said = [text for line in lines if (text := clean(line, 300))]
    shown = [block(run(f"• {line}")) for line in said[:MAX_NOTICE_LINES]]
    if len(said) > MAX_NOTICE_LINES:
        shown.append(block(run(words("more-sources", count=len(said) - MAX_NOTICE_LINES))))
    body = [block(run(f"🔧 {heading}", weight="Bolder"), size="Medium"), *shown]
    made = message(body, (), heading)
    while size(made) > MAX_BYTES and len(body) > 1:
        body.pop()
        made = message(body, (), heading)
    return made


def plain_card(text: str) -> dict[str, Any]:
    """A card of one line, for when Teams refused the layout."""
    return message([block(run(clean(text, 1000)))], (), text)


def message(body: Sequence[Element], actions: Sequence[Element], summary: str) -> dict[str, Any]:
    """The body of a post to a workflow that waits for webhooks."""
    card: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": _text(clean(summary, 300)),
        "msteams": {"width": "Full"},
        "body": list(body),
    }
    if actions:
        card["actions"] = list(actions)
    return {"type": "message", "attachments": [{"contentType": CARD, "contentUrl": None, "content": card}]}


def encoded(body: object) -> bytes:
    """The bytes of a body as they are posted."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def size(body: object) -> int:
    """Bytes of a body as it is posted."""
    return len(encoded(body))


def block(*runs: Element, **more: str) -> Element:
    """A paragraph."""
    size_of = more.pop("size", "")
    inlines = [{**one, **({"size": size_of} if size_of else {})} for one in runs if one["text"]]
    return {"type": "RichTextBlock", "inlines": inlines, **more}


def run(text: str, **style: Any) -> Element:
    """Text in one style; nothing in it is markup."""
    return {"type": "TextRun", "text": _text(text), **style}


def _text(text: str) -> str:
    return text.replace("{{", "{ {").replace("}}", "} }")


def _opens(url: str | None) -> dict[str, Any]:
    return {"selectAction": {"type": "Action.OpenUrl", "url": url}} if url else {}


def _buttons(sources: Sequence[SourceView]) -> list[Element]:
    """Buttons that open the best sources; each names the real host."""
    linked = [source for source in sources if source.url]
    return [
        {"type": "Action.OpenUrl", "title": _text(source.host or source.label), "url": source.url}
        for source in linked[:MAX_BUTTONS]
    ]


def _alert(seen: View, words: Labels, *, linked: bool = True) -> list[Element]:
    body = [
        block(run(seen.headline, weight="Bolder"), size="Medium"),
        block(
            run(f"{seen.emoji} {seen.severity}", weight="Bolder", color=_COLOURS[seen.band]),
            run(SEPARATOR.join(("", *seen.facts))),
        ),
        block(run(f"{seen.status_emoji} {seen.status}", weight="Bolder" if seen.confirmed else "Default")),
    ]
    if seen.dates:
        body.append(block(run(f"📅 {SEPARATOR.join(seen.dates)}")))
    if seen.sectors:
        named = [f"{name} {score}" for name, score in seen.sectors]
        listed = SEPARATOR.join([*named, *([seen.more_sectors] if seen.more_sectors else [])])
        body.append(_labelled(words("exposed"), listed))
    if seen.limits:
        body.append(_labelled(words("limits"), SEPARATOR.join(f"“{text}”" for text in seen.limits)))
    if seen.why:
        body.append(block(run(f"{words('why')}:", weight="Bolder")))
        body += [block(run(f"• {reason}")) for reason in seen.why]
    if seen.quote:
        pieces = [run(text, weight="Bolder" if marked else "Default") for text, marked in seen.quote]
        by = SEPARATOR.join(part for part in (seen.quote_by, seen.quote_lang) if part)
        body.append(block(run("“"), *pieces, run("”"), run(f" — {by}" if by else "", italic=True)))
    body += [_source(source, linked=linked) for source in seen.sources]
    if seen.more_sources:
        body.append(block(run(seen.more_sources, isSubtle=True)))
    rules = [f"{words('rules')}: {', '.join(seen.rules)}"] if seen.rules else []
    return [*body, block(run(SEPARATOR.join((*rules, seen.seen)), isSubtle=True))]


def _labelled(label: str, text: str) -> Element:
    return block(run(f"{label}: ", weight="Bolder"), run(text))


def _source(source: SourceView, *, linked: bool = True) -> Element:
    host = source.host if source.host != source.label else ""
    rest = SEPARATOR.join(part for part in (source.authority, host, source.when, source.lang) if part)
    link = _opens(source.url) if linked else {}
    return block(run("• "), run(source.label, **link), run(f"{SEPARATOR}{rest}", isSubtle=True))
