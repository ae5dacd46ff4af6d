"""Feeds: RSS, RDF, Atom and JSON Feed, whole or broken."""

from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.parse import feedtree, salvage
from bot.parse.document import BODY_LIMIT, plain_title
from bot.parse.feedtree import Entry
from bot.parse.text import one_line
from bot.parse.url import absolute_url
from bot.sources import _kind, _loose
from bot.types.ports import SourceKind
from bot.types.source import Fetched, Harvest, Item, ParseFailure, Request, Source, SourceState

_PAGE = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_PAGE_TITLE = re.compile(r"<title[^>]{0,100}>([^<]{1,300})", re.IGNORECASE)
_ID_LIMIT = 1000  # characters of a GUID
_LIMIT = _kind.MAX_ITEMS + 1  # one entry more than is kept, so that `harvest` can say that it cut


class FeedKind:
    """A feed at a fixed address."""

    name = "feed"

    def options(self, raw: Mapping[str, object]) -> Mapping[str, object]:
        """The shared options only: timezone, date_format, month_first, charset."""
        return _kind.known_options(raw)

    def requests(self, source: Source, state: SourceState, *, now: datetime) -> tuple[Request, ...]:
        """One conditional request."""
        return _kind.request(source, state, now=now)

    def items(self, source: Source, fetched: Fetched) -> Harvest | ParseFailure:
        """Every entry that can be read, however broken its neighbours are."""
        if refusal := _kind.unreadable(source, fetched):
            return refusal
        text, steps = _kind.decoded(source, fetched)
        if text.text.lstrip().startswith("{"):
            return _json_feed(source, fetched, text.text, steps)
        reading = _read(text.text, fetched.final_url)
        if not reading.entries and not reading.is_feed:
            return _kind.refuse(source, fetched, _why_no_feed(text.text))
        if not reading.entries and source.min_items:
            return _kind.refuse(
                source, fetched, f"The feed holds no entry where at least {source.min_items} are expected."
            )
        items = [_item(source, fetched, entry) for entry in reading.entries if not entry.empty]
        return _kind.harvest(items, salvage=(*steps, *reading.steps), dropped=reading.lost)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What one way of reading got out of a feed."""

    entries: tuple[Entry, ...]
    is_feed: bool  # the document calls itself one
    steps: tuple[str, ...] = ()  # phrases for feed health
    expected: int = 0  # entries that the text seems to hold

    @property
    def worth(self) -> int:
        """Entries that say something."""
        return sum(1 for entry in self.entries if not entry.empty)

    @property
    def lost(self) -> int:
        """Entries that could not be read."""
        return max(len(self.entries), min(self.expected, _kind.MAX_ITEMS)) - self.worth


def _read(text: str, base: str) -> _Reading:
    """Climb down the ladder until a rung yields every entry that the text seems to hold."""
    text, steps = salvage.clean(text)
    whole = _by_tree(text, base)
    if whole.is_feed and whole.worth == len(whole.entries) > 0:
        return replace(whole, steps=steps)
    if whole.is_feed:
        # Well-formed, but of a dialect that says its things elsewhere: feedparser knows more of those.
        loose = _by_feedparser(text, base)
        best = loose if loose.worth > whole.worth else whole
        return replace(best, is_feed=True, steps=(*steps, *best.steps))
    expected = salvage.count_entries(text)
    best = whole
    for rung in _rungs(text, base):
        if rung.worth > best.worth:
            best = replace(rung, is_feed=best.is_feed or rung.is_feed)
        elif rung.is_feed:
            best = replace(best, is_feed=True)
        if best.worth >= min(expected, _kind.MAX_ITEMS) and (best.worth or best.is_feed):
            break
    if best.worth == expected > 0 and salvage.ends_open(text):
        # Half an entry would come back whole at the next poll, under another name.
        best = replace(best, entries=best.entries[:-1])
    return replace(best, is_feed=best.is_feed or best.worth > 0, steps=(*steps, *best.steps), expected=expected)


def _rungs(text: str, base: str) -> Iterator[_Reading]:
    """The ways to read what is no well-formed feed, surest first."""
    repaired = salvage.repair(text)
    yield replace(_by_tree(repaired, base), steps=("markup mended",))
    yield _by_feedparser(repaired, base)
    yield replace(_by_tree(repaired, base, lenient=True), steps=("read with a forgiving parser",))
    chunks = itertools.islice(salvage.split_entries(text), _LIMIT)
    alone = (_read_alone(chunk) for chunk in chunks)
    found = tuple(entry for entry in alone if entry is not None)
    yield _Reading(entries=found, is_feed=False, steps=("entries read one by one",))


def _by_tree(text: str, base: str, *, lenient: bool = False) -> _Reading:
    root = salvage.parse(text, base=base, lenient=lenient)
    if root is None:
        return _Reading(entries=(), is_feed=False)
    return _Reading(entries=feedtree.entries(root, limit=_LIMIT), is_feed=feedtree.is_feed(root))


def _by_feedparser(text: str, base: str) -> _Reading:
    loose = _loose.read(salvage.first_entries(salvage.shorten_people(text), _LIMIT), base)
    return _Reading(entries=loose.entries, is_feed=loose.is_feed, steps=("read with feedparser",))


def _read_alone(chunk: str) -> Entry | None:
    for lenient in (False, True):
        root = salvage.parse(chunk, lenient=lenient)
        found = feedtree.entries(root, limit=1) if root is not None else ()
        if found:
            return found[0]
    return None


def _item(source: Source, fetched: Fetched, entry: Entry) -> Item:
    base = absolute_url(entry.base, fetched.final_url) or fetched.final_url
    body = entry.body[:BODY_LIMIT]
    return Item(
        source_id=source.id,
        url=absolute_url(entry.link, base),
        title=plain_title(entry.title) if entry.title_is_markup else one_line(entry.title)[:_ID_LIMIT],
        body_html=body if entry.body_is_markup else html.escape(body, quote=False),
        guid=one_line(entry.guid[: 2 * _ID_LIMIT])[:_ID_LIMIT] or None if entry.guid else None,
        published_at=_kind.moment(source, entry.published),
        updated_at=_kind.moment(source, entry.updated),
        lang_hint=entry.lang[:35] if entry.lang else None,
        enclosures=tuple(u for u in (absolute_url(e, base) for e in entry.enclosures[:20]) if u),
    )


def _why_no_feed(text: str) -> str:
    if _PAGE.search(text[:2000]):
        title = _PAGE_TITLE.search(text[:20_000])
        named = f" (“{plain_title(title[1])[:80]}”)" if title else ""
        return (
            f"The answer is a web page{named} where a feed was expected: the feed has moved, wants a login or hides "
            "behind a challenge; check the address, or read the page with kind: listing."
        )
    return "The answer is no feed that this program knows; check the address."


def _json_feed(source: Source, fetched: Fetched, text: str, steps: tuple[str, ...]) -> Harvest | ParseFailure:
    """JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return _kind.refuse(source, fetched, "The answer begins like JSON but cannot be read as such.")
    entries = data.get("items") if isinstance(data, dict) else None
    if not isinstance(entries, list):
        return _kind.refuse(source, fetched, "The answer is JSON without a list of items; kind: jsonapi may read it.")
    lang = data.get("language")
    items = [_json_item(source, fetched, entry, lang) for entry in entries if isinstance(entry, dict)]
    return _kind.harvest(items, salvage=steps, dropped=len(entries) - len(items))


def _json_item(source: Source, fetched: Fetched, entry: dict[str, Any], lang: object) -> Item:
    def text(name: str) -> str:
        value = entry.get(name)
        return str(value) if isinstance(value, (str, int, float)) else ""

    plain = text("content_text") or text("summary")
    attachments = entry.get("attachments")
    urls = [a.get("url") for a in attachments[:20] if isinstance(a, dict)] if isinstance(attachments, list) else []
    hint = text("language") or (lang if isinstance(lang, str) else "")
    return Item(
        source_id=source.id,
        url=absolute_url(text("url") or text("external_url"), fetched.final_url),
        title=one_line(text("title")[: 4 * _ID_LIMIT])[:_ID_LIMIT],
        body_html=text("content_html")[:BODY_LIMIT] or html.escape(plain[:BODY_LIMIT], quote=False),
        guid=one_line(text("id")[: 2 * _ID_LIMIT])[:_ID_LIMIT] or None,
        published_at=_kind.moment(source, text("date_published")),
        updated_at=_kind.moment(source, text("date_modified")),
        lang_hint=hint[:35] or None,
        enclosures=tuple(u for u in (absolute_url(str(url), fetched.final_url) for url in urls) if u),
    )


SOURCE_KIND: SourceKind = FeedKind()
