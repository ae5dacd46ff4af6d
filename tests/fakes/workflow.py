"""A Teams workflow on loopback: takes cards as its documentation says, refuses others, and fails on request."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.posting import Answer, PostServer

SIGNATURE = "sig=AbC-dEf_0123456789"  # part of a workflow's address; whoever knows it can post
MOST = 28 * 1024  # bytes of a body
ELEMENTS = {"RichTextBlock"}


def complaint(body: Any) -> str:
    """What Teams would refuse a body for; "" when it takes it."""
    if body.get("type") != "message" or len(body.get("attachments", ())) != 1:
        return "no message with one attachment"
    (attachment,) = body["attachments"]
    card = attachment.get("content", {})
    if attachment.get("contentType") != "application/vnd.microsoft.card.adaptive":
        return "no card"
    if (card.get("type"), card.get("version")) != ("AdaptiveCard", "1.4"):
        return "no Adaptive Card 1.4"
    for element in card.get("body", ()):
        if element.get("type") not in ELEMENTS or not element.get("inlines"):
            return f"bad element {element}"
        for run in element["inlines"]:
            if run.get("type") != "TextRun" or not isinstance(run.get("text"), str) or not run["text"]:
                return f"bad run {run}"
    for url in links(card):
        if urlsplit(url).scheme not in ("http", "https"):
            return f"bad link {url}"
    return "" if card.get("body") else "empty card"


def links(card: Mapping[str, Any]) -> Sequence[str]:
    """Every address that a card opens."""
    found = [action["url"] for action in card.get("actions", ())]
    for element in card.get("body", ()):
        found += [run["selectAction"]["url"] for run in element["inlines"] if "selectAction" in run]
    return found


def words(body: Any) -> str:
    """What a reader sees, a line per paragraph."""
    card = body["attachments"][0]["content"]
    return "\n".join("".join(run["text"] for run in element["inlines"]) for element in card["body"])


class FakeWorkflow(PostServer):
    """`answers` are the statuses of the next calls; 0 takes the card and closes the connection without a word."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[Any] = []
        self.refused: list[str] = []

    @property
    def url(self) -> str:
        """With the signature that makes it a secret."""
        return f"http://127.0.0.1:{self.port}/workflows/1/triggers/manual/paths/invoke?api-version=1&{SIGNATURE}"

    def take(self, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """The answer to one post."""
        if SIGNATURE not in path:
            self.refused.append("unsigned")
            return 401, {}
        if self.answers and self.answers[0][0] not in (0, 202):
            return self.answers.popleft()
        if len(body) > MOST:
            self.refused.append("too large")
            return 413, {}
        card = json.loads(body)
        if why := complaint(card):
            self.refused.append(why)
            return 400, {}
        self.cards.append(card)
        return self.answers.popleft() if self.answers else (202, {})
