"""One page that shows messages as people see them in Slack, and the digest in light and dark, without any script.

Everything is drawn from the payloads that Slack would get, not from alerts: what is wrong in a payload is wrong here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.deliver._labels import Labels, labels
from bot.deliver._layout import page
from bot.deliver._mrkdwn import escape
from bot.deliver._preview._blocks import blocks_html
from bot.deliver._slack_blocks import calling

_DARK = "@media (prefers-color-scheme: dark)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One payload at one time: a reply, or a form that a message had."""

    at: datetime
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message in a channel as it stands, with what became of it."""

    channel: str  # "#econsec-alerts"
    at: datetime  # when it was first posted
    payload: Mapping[str, Any]  # of the post, or of its last edit
    earlier: tuple[Shown, ...] = ()  # forms it had before, oldest first; empty = never edited
    replies: tuple[Shown, ...] = ()  # of its thread, oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above the messages."""

    title: str = "What your team would have seen"
    lead: str = ""  # one or two sentences
    facts: tuple[tuple[str, str], ...] = ()  # figure and caption
    notes: tuple[tuple[str, str], ...] = ()  # title and text, below the messages
    workspace: str = "Economic security"


def slack_page(
    posts: Sequence[Post],
    digest_html: str,
    *,
    views: Sequence[Mapping[str, Any]] = (),
    heading: Heading | None = None,
    locale: str = "en",
    zone: str = "UTC",
) -> str:
    """A self-contained page.

    Args:
        posts: In the order in which they were posted.
        digest_html: HTML of a digest from `render_digest`; "" leaves the digest out.
        views: Dialogs and home tabs, as Slack would get them.
        heading: Words around the messages.
        locale: Language of dates and of the page.
        zone: IANA name of the zone in which times are shown.
    """
    words = labels(locale, zone)
    channels = tuple(dict.fromkeys(post.channel for post in posts))
    windows = [
        {"name": name.removeprefix("#"), "posts": [_drawn_post(p, words) for p in posts if p.channel == name]}
        for name in channels
    ]
    return page(
        "preview.html.j2",
        h=heading or Heading(),
        locale=words.locale,
        windows=windows,
        channels=[name.removeprefix("#") for name in channels],
        views=[drawn_view(view) for view in views],
        light=in_light(digest_html),
        dark=in_dark(digest_html),
    )


def in_dark(html: str) -> str:
    """A mail or a page as programs show it at night."""
    return html.replace(_DARK, "@media all")


def in_light(html: str) -> str:
    """A mail or a page as programs show it by day, whatever the viewer's own setting is."""
    return html.replace(_DARK, "@media not all").replace('content="light dark"', 'content="light"')


def _drawn_post(post: Post, words: Labels) -> dict[str, object]:
    return {
        "day": words.day(post.at.astimezone(words.zone).date()),
        "time": f"{post.at.astimezone(words.zone):%H:%M}",
        "html": drawn(post.payload),
        "edits": len(post.earlier),
        "earlier": [shown(form, words) for form in post.earlier],
        "replies": [shown(reply, words) for reply in post.replies],
    }


def shown(form: Shown, words: Labels) -> dict[str, str]:
    """When, and what."""
    return {"when": words.moment(form.at), "html": drawn(form.payload)}


def drawn_view(view: Mapping[str, Any]) -> dict[str, str]:
    """A dialog or a home tab, with the words of its frame."""
    words = {key: str(view.get(key, {}).get("text", "")) for key in ("title", "submit", "close")}
    return {**words, "title": words["title"] or "Home", "kind": str(view.get("type")), "html": blocks_html(view)}


def drawn(payload: Mapping[str, Any]) -> str:
    """A payload as sent: whoever is to be called stands in its first line."""
    mention = str(payload.get("mention") or "").lstrip("@")
    blocks = payload.get("blocks")
    if mention and isinstance(blocks, list):
        return blocks_html({**payload, "blocks": calling(blocks, f"<!subteam^{escape(mention)}>")})
    return blocks_html(payload)
