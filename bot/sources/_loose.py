"""Feeds that are no well-formed XML, read the way that feedparser guesses."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from typing import Any
from xml.sax import SAXException

from bot.parse.feedtree import Entry

# What feedparser 6.0 was seen to raise on hostile bodies (from fourteen places), and their kin. None of it says more
# than "not this way": the ladder has other rungs.
_RAISES = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    SAXException,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """What feedparser made of a body."""

    entries: tuple[Entry, ...]
    is_feed: bool  # it named a format


def read(text: str) -> Loose:
    """Entries of a cleaned document by feedparser, without its sanitiser and its pass over relative links.

    Those two are quadratic on hostile markup and slow on all other: text is cleaned and links are made absolute
    elsewhere. Always a stream: bytes or str would be taken for a file name or an address. And never the feed's own
    address, against which GUIDs would be resolved: an entry must keep its GUID when its neighbour breaks the feed.
    """
    import feedparser  # noqa: PLC0415 - a tenth of a second that well-formed feeds never need

    body = io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>' + text.encode("utf-8", errors="replace"))
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        found = feedparser.parse(body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
        entries = tuple(_entry(entry, found.get("feed", {})) for entry in found.get("entries", ()))
    except _RAISES:
        return Loose(entries=(), is_feed=False)
    return Loose(entries=entries, is_feed=bool(found.get("version")))


def _entry(entry: Any, feed: Any) -> Entry:
    title = entry.get("title_detail") or {}
    bodies = [*entry.get("content", ()), entry.get("summary_detail") or {"value": entry.get("summary", "")}]
    body = max(bodies, key=lambda part: len(part.get("value") or ""))
    return Entry(
        guid=entry.get("id") or None,
        link=entry.get("link") or "",
        title=entry.get("title") or "",
        title_is_markup=title.get("type") != "text/plain" or "&" in (entry.get("title") or ""),
        body=body.get("value") or "",
        body_is_markup=True,
        published=_date(entry, "published"),
        updated=_date(entry, "updated"),
        lang=entry.get("language") or title.get("language") or feed.get("language") or None,
        enclosures=tuple(e["href"] for e in entry.get("enclosures", ()) if e.get("href")),
        base=title.get("base") or "",
    )


def _date(entry: Any, name: str) -> str:
    """A date as feedparser read it, else as it was written."""
    if name not in entry:  # asking for "updated" would give "published" instead, with a warning
        return ""
    parsed = entry.get(f"{name}_parsed")
    if isinstance(parsed, time.struct_time):
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", parsed)
    return entry.get(name) or ""
