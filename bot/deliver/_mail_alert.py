"""Single alerts and notices as mail: subject, HTML and its text twin."""

from __future__ import annotations

from collections.abc import Sequence

from bot.deliver._changes import change_text
from bot.deliver._labels import Labels
from bot.deliver._layout import mail_html, text
from bot.deliver._list import list_view
from bot.deliver._text import clean
from bot.deliver._view import Room, cared, view
from bot.types.delivery import Alert, Message

ROOM = Room(headline=200, sectors=8, reasons=8, reason=160, quote=600, sources=10, limits=4, limit=200)
MAX_LINES = 100


def alert_mail(alert: Alert, words: Labels) -> Message:
    """The mail that opens a story."""
    return _mail(alert, words, prefix="", change="")


def change_mail(alert: Alert, words: Labels) -> Message:
    """The answer to it when something material changed."""
    return _mail(alert, words, prefix="Re: ", change=change_text(alert, words, 600))


def notice_mail(title: str, lines: Sequence[str], words: Labels) -> Message:
    """A mail of the bot about itself."""
    heading = clean(title, 150) or words("notice")
    shown = [clean(line, 500) for line in lines[:MAX_LINES] if clean(line)]
    more = words("more-sources", count=len(lines) - MAX_LINES) if len(lines) > MAX_LINES else ""
    values = {"words": words, "title": heading, "subtitle": "", "preheader": "", "lines": shown, "more": more}
    payload = {
        "subject": f"[Monazite] {heading}",
        "text": text("notice.txt.j2", **values),
        "html": mail_html("notice.html.j2", **values),
    }
    return Message(kind="email", payload=payload, summary=heading)


def list_mail(alerts: Sequence[Alert], words: Labels) -> Message:
    """A mail with many stories, one line each; mail programs make links of the addresses."""
    seen = list_view(alerts, words)
    lines = [f"{line.text} {line.url or ''}".rstrip() for line in seen.lines]
    values = {"words": words, "title": seen.title, "subtitle": "", "preheader": "", "lines": lines, "more": seen.more}
    payload = {
        "subject": f"[Monazite] {seen.title}",
        "text": text("notice.txt.j2", **values),
        "html": mail_html("notice.html.j2", **values),
    }
    return Message(kind="email", payload=payload, summary=seen.title)


def _mail(alert: Alert, words: Labels, *, prefix: str, change: str) -> Message:
    seen = view(alert, words, ROOM)
    values = {
        "words": words,
        "v": seen,
        "title": seen.headline,
        "subtitle": "",
        "preheader": f"{seen.severity} · {seen.status}",
        "change": change,
        "care": cared(seen.care),
    }
    payload = {
        "subject": f"{prefix}[{seen.severity}] {seen.headline}",
        "text": text("alert.txt.j2", **values),
        "html": mail_html("alert.html.j2", **values),
    }
    return Message(kind="email", payload=payload, summary=f"{seen.severity}: {seen.headline}")
