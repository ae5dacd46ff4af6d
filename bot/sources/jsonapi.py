"""JSON interfaces: a list of records and where in each record the title, the link, the date and the text stand."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.parse.document import BODY_LIMIT, plain_title
from bot.parse.text import one_line
from bot.parse.url import absolute_url
from bot.sources import _kind, _paging, _paths, _template
from bot.types.ports import SourceKind
from bot.types.source import Fetched, Harvest, Item, ParseFailure, Request, Source, SourceState

_FIELDS = ("title", "url", "date", "updated", "id", "lang")
_OWN = ("items", *_FIELDS, "text", "url_template", "page", *_paging.OPTIONS)
_DAWN = datetime(1, 1, 1, tzinfo=UTC)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&[a-zA-Z#0-9]+;")


class JsonApiKind:
    """An interface that answers with JSON.

    Options are dotted paths: `items` to the list of records ("" when the answer is the list), and inside a record
    `title` (required), `url`, `date`, `updated`, `id`, `lang`, and `text` (one path or a list of them, parted by
    blank lines). `url_template` builds the link from fields: "https://eli.gov.pl/eli/{ELI}". `page` is the
    address of a page for records that have none of their own. The options of paging are known, too.
    """

    name = "jsonapi"

    def options(self, raw: Mapping[str, object]) -> Mapping[str, object]:
        """Check paths and shared options.

        Raises:
            ValueError: `title` is missing, or an option cannot be used.
        """
        found = _kind.known_options(raw, _OWN)
        if not _kind.words(found, "title"):
            raise ValueError("option 'title' is missing: the path to a record's title, such as 'title'")
        for name in (*_FIELDS, "items", "url_template", "page"):
            _kind.words(found, name)
        found["text"] = _kind.several(found, "text")
        template = _kind.words(found, "url_template")
        if template and not _template.names(template):
            raise ValueError(f"option 'url_template' needs a field in braces, such as {{id}}: {template!r}")
        _paging.check(found)
        return found

    def requests(self, source: Source, state: SourceState, *, now: datetime) -> tuple[Request, ...]:
        """One conditional request; interfaces are there to be asked by programs, so robots.txt is not."""
        return _kind.request(source, state, now=now, robots=False)

    def older(self, source: Source, page: int, *, now: datetime) -> Request | None:
        """The next page of older records, where `page_url` says how they are numbered."""
        return _paging.older(source, page, now=now, robots=False)

    def items(self, source: Source, fetched: Fetched, memory: str = "") -> Harvest | ParseFailure:  # noqa: ARG002
        """One item per record that has a title."""
        if refusal := _kind.unreadable(source, fetched):
            return refusal
        decoded, steps = _kind.decoded(source, fetched)
        try:
            data = json.loads(decoded.text)
        except (ValueError, RecursionError):
            return _kind.refuse(source, fetched, "The answer is no JSON; look at the address in a browser.")
        path = _kind.words(source.options, "items")
        records = _paths.elements(data, path)
        if records is None:
            where = repr(path) if path else "its top"
            return _kind.refuse(source, fetched, f"The answer holds no list at {where}: its shape has changed.")
        items = [_item(source, fetched, record) for record in records if isinstance(record, Mapping)]
        named = [item for item in items if item.title]
        if records and not named:
            return _kind.refuse(
                source,
                fetched,
                f"None of the {len(records)} records has a title at {_kind.words(source.options, 'title')!r}: "
                "the shape of the answer has changed.",
            )
        if not named and source.min_items:
            return _kind.refuse(source, fetched, f"The list is empty where at least {source.min_items} are expected.")
        if len(named) > _kind.MAX_ITEMS:
            # Where a year's records stand oldest first, the end of the list is the news.
            named.sort(key=lambda item: item.published_at or item.updated_at or _DAWN, reverse=True)
        return _kind.harvest(named, salvage=steps, dropped=len(records) - len(named))


def _item(source: Source, fetched: Fetched, record: Mapping[str, object]) -> Item:
    options = source.options

    def field(name: str) -> str:
        path = _kind.words(options, name)
        return _paths.text(record, path) if path else ""

    parts = (_paths.text(record, path) for path in _kind.several(options, "text"))
    return Item(
        source_id=source.id,
        url=absolute_url(field("url") or _filled(options, record) or _kind.words(options, "page"), fetched.final_url),
        title=plain_title(field("title")),
        body_html="\n\n".join(_as_markup(part) for part in parts if part)[:BODY_LIMIT],
        guid=one_line(field("id")[:2000])[:1000] or None,
        published_at=_moment(source, record, "date"),
        updated_at=_moment(source, record, "updated"),
        lang_hint=field("lang")[:35] or None,
    )


def _moment(source: Source, record: Mapping[str, object], name: str) -> datetime | None:
    path = _kind.words(source.options, name)
    return _kind.moment(source, _paths.find(record, path)) if path else None


def _filled(options: Mapping[str, object], record: Mapping[str, object]) -> str:
    """The address that the template gives for a record; "" when a field that it needs is missing."""
    template = _kind.words(options, "url_template")
    return _template.filled(template, {name: _paths.text(record, name) for name in _template.names(template)})


def _as_markup(text: str) -> str:
    """Text of a record as HTML; interfaces deliver either, and tags or entities give HTML away."""
    return text if _MARKUP.search(text) else html.escape(text, quote=False)


SOURCE_KIND: SourceKind = JsonApiKind()
