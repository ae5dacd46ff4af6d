"""One message, dialog or home tab on a page of its own, as a picture of it needs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.deliver._labels import labels
from bot.deliver._layout import page
from bot.deliver._preview._page import Post, drawn, drawn_view, in_dark, in_light, shown


def message_picture(post: Post, *, locale: str = "en", zone: str = "UTC", dark: bool = False) -> str:
    """A message as it stands in its channel, with the mark of an edit and the replies of its thread.

    Args:
        post: The message; its earlier forms count only as the fact that it was edited.
        locale: Language of dates, and of the page.
        zone: IANA name of the zone in which times are shown.
        dark: As people see it at night.
    """
    words = labels(locale, zone)
    about = {
        "title": post.channel.removeprefix("#"),
        "time": f"{post.at.astimezone(words.zone):%H:%M}",
        "html": drawn(post.payload),
        "edited": bool(post.earlier),
        "replies": [shown(reply, words) for reply in post.replies],
    }
    return _fixed(page("picture.html.j2", locale=words.locale, p=about, v=None), dark=dark)


def view_picture(view: Mapping[str, Any], *, locale: str = "en", dark: bool = False) -> str:
    """A dialog over its darkened background, or a home tab.

    Args:
        view: As Slack would get it, "modal" or "home".
        locale: Language of the page.
        dark: As people see it at night.
    """
    return _fixed(page("picture.html.j2", locale=labels(locale).locale, p=None, v=drawn_view(view)), dark=dark)


def _fixed(html: str, *, dark: bool) -> str:
    return in_dark(html) if dark else in_light(html)
