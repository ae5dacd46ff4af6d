"""Feeds: RSS, RDF, Atom and JSON Feed, whole or broken."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.parse.document import BODY_LIMIT, TITLE_LIMIT, plain_title
from bot.parse.feedtree import Entry
from bot.parse.html import looks_like_markup
from bot.parse.text import one_line
from bot.parse.url import absolute_url
from bot.sources import _kind, _ladder
from bot.types.ports import SourceKind
from bot.types.source import Fetched, Harvest, Item, ParseFailure, Request, Source, SourceState

_PAGE = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_PAGE_TITLE = re.compile(r"<title[^>]{0,100}>([^<]{1,300})", re.IGNORECASE)
_ID_LIMIT = 1000  # characters of a GUID


class FeedKind:
    """A feed at a fixed address."""

    name = "feed"

    def options(self, raw: Mapping[str, object]) -> Mapping[str, object]:
        """The shared options only: timezone, date_format, month_first, charset."""
        return _kind.known_options(raw)

    def requests(self, source: Source, state: SourceState, *, now: datetime) -> tuple[Request, ...]:
        """One conditional request."""
        return _kind.request(source, state, now=now)

    def older(self, source: Source, page: int, *, now: datetime) -> Request | None:  # noqa: ARG002
        """Nothing older is shown."""
        return None

    def items(self, source: Source, fetched: Fetched, memory: str = "") -> Harvest | ParseFailure:  # noqa: ARG002
        """Every entry that can be read, however broken its neighbours are."""
        if refusal := _kind.unreadable(source, fetched):
            return refusal
        text, steps = _kind.decoded(source, fetched)
        if text.text.lstrip().startswith("{"):
            return _json_feed(source, fetched, text.text, steps)
        reading = _ladder.read(text.text, fetched.final_url, limit=_kind.MAX_ITEMS + 1)
        if not reading.entries and not reading.is_feed:
            return _kind.refuse(source, fetched, _why_no_feed(text.text))
        if not reading.entries and source.min_items:
            return _kind.refuse(
                source, fetched, f"The feed holds no entry where at least {source.min_items} are expected."
            )
        items = [_item(source, fetched, entry) for entry in reading.entries if not entry.empty]
        found = _kind.harvest(items, salvage=(*steps, *reading.steps), dropped=reading.lost)
        return replace(found, generator=reading.generator)


def _item(source: Source, fetched: Fetched, entry: Entry) -> Item:
    base = absolute_url(entry.base, fetched.final_url) or fetched.final_url
    body = entry.body[:BODY_LIMIT]
    return Item(
        source_id=source.id,
        url=absolute_url(entry.link, base),
        title=_title(entry.title, markup=entry.title_is_markup),
        body_html=body if entry.body_is_markup else html.escape(body, quote=False),
        guid=one_line(entry.guid[: 2 * _ID_LIMIT])[:_ID_LIMIT] or None if entry.guid else None,
        published_at=_kind.moment(source, entry.published),
        updated_at=_kind.moment(source, entry.updated),
        lang_hint=entry.lang[:35] if entry.lang else None,
        enclosures=tuple(u for u in (absolute_url(e, base) for e in entry.enclosures[:20]) if u),
    )


def _title(title: str, *, markup: bool) -> str:
    return plain_title(title) if markup else one_line(title[: 4 * TITLE_LIMIT])[:TITLE_LIMIT]


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
        title=_title(text("title"), markup=looks_like_markup(text("title"))),
        body_html=text("content_html")[:BODY_LIMIT] or html.escape(plain[:BODY_LIMIT], quote=False),
        guid=one_line(text("id")[: 2 * _ID_LIMIT])[:_ID_LIMIT] or None,
        published_at=_kind.moment(source, text("date_published")),
        updated_at=_kind.moment(source, text("date_modified")),
        lang_hint=hint[:35] or None,
        enclosures=tuple(u for u in (absolute_url(str(url), fetched.final_url) for url in urls) if u),
    )


SOURCE_KIND: SourceKind = FeedKind()
