"""What Slack would parse in a message, a dialog or a home tab, taken apart for tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_TAG = re.compile(r"<([^>]*)>?")
_OWN_BOLD = re.compile(r"(?:^|(?<=\s))\*[^*\n]+\*(?=[\s:]|$)", re.MULTILINE)
_OWN_CODE = re.compile(r"`[^`\n]+`")


def texts(value: Any, kind: str) -> Iterator[dict[str, Any]]:
    """Every text object of a kind ("mrkdwn" or "plain_text") in blocks or a view, however deep."""
    if isinstance(value, dict):
        if value.get("type") == kind:
            yield value
        for inner in value.values():
            yield from texts(inner, kind)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from texts(inner, kind)


def unescaped(text: str) -> str:
    """The three escapes resolved."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def tags(text: str) -> list[tuple[str, str]]:
    """What stands in angle brackets of a mrkdwn text: (address, label), or (whole, "") for anything else."""
    return [(unescaped(inner[0]), unescaped(inner[2])) for inner in (t.partition("|") for t in _TAG.findall(text))]


def strays(text: str) -> list[str]:
    """Whatever else in a mrkdwn text Slack would take for markup, and that we did not write in our own way."""
    bare = _OWN_CODE.sub("", _OWN_BOLD.sub("", re.sub(r"<[^>]*>", "", text)))
    found = re.findall(r"[*~`]|://|:[a-z0-9_+'-]+:|(?<!\w)_|_(?!\w)", bare)
    return found + [line for line in text.splitlines() if line.startswith((">", "&gt;"))]
