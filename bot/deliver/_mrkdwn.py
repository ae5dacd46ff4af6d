"""Text for Slack's mrkdwn in which nothing that came from outside is markup.

Slack knows three escapes (& < >) and none for its styles, so style characters of foreign text are replaced by twins
that look the same and mean nothing. Format: https://docs.slack.dev/messaging/formatting-message-text.
"""

from __future__ import annotations

import re

from bot.deliver._text import clean

_USER_ID = re.compile(r"[UW][A-Z0-9]{5,20}")
_TWINS = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_EDGE_UNDERSCORE = re.compile(r"(?<!\w)_+|_+(?!\w)")  # within a word an underscore styles nothing
_COLON = re.compile(r":(?=[^\s:]+:|//)")  # of emoji codes, and of addresses that Slack would link by itself
_LINK = re.compile(r"<[^<>|]*\|([^<>]*)>")


def escape(text: str) -> str:
    """The three escapes alone; for what is ours or already harmless."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def foreign(text: str) -> str:
    """Words of others, already `clean`: no styles, no emoji codes, no mentions, no links."""
    text = text.translate(_TWINS)
    text = _EDGE_UNDERSCORE.sub(lambda found: "ˍ" * len(found.group()), text)
    return escape(_COLON.sub("꞉", text))


def link(url: str, label: str) -> str:
    """A link to a `safe_url` with a label of others."""
    return f"<{escape(url)}|{foreign(label.replace('|', '/'))}>"


def person(name: str) -> str:
    """Somebody of the team: markup for the id of a Slack user, words for whatever else they call themselves."""
    return f"<@{name}>" if _USER_ID.fullmatch(name) else foreign(clean(name, 40))


def visible(text: str) -> str:
    """About what a person reads of mrkdwn: link labels without addresses, escapes resolved."""
    text = _LINK.sub(r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
