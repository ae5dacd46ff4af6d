"""List pages without a feed: rows, titles, links and dates by CSS selectors, or by key in what a script holds."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice

from bot.parse.document import BODY_LIMIT, TITLE_LIMIT, plain_title
from bot.parse.dom import Page, Row
from bot.parse.literals import literals
from bot.parse.url import absolute_url
from bot.sources import _kind, _paging, _paths, _template
from bot.types.ports import SourceKind
from bot.types.source import Fetched, Harvest, Item, ParseFailure, Request, Source, SourceState

_PLACES = ("title", "link", "date", "text")
_OWN = ("row", *_PLACES, "json", "only", "link_template", "script", *_paging.OPTIONS)
_NUMBER = re.compile(r"[0-9]{1,20}")


class ListingKind:
    """A page that lists notices or articles.

    Options: `row` (selector of one entry, required), and inside it `title` and `link` (default: its first link),
    `date` (default: the first date in its text) and `text`; `only`, a piece of text that every link must hold; `json`,
    the path to the page's markup when the answer is JSON that wraps it; `link_template`, an address with {number} or
    the name of an attribute of the link element in braces, where links are calls of a script; `script: true`, where a
    script holds the list: `title`, `link`, `date` and `text` are then keys of its object literals, and `row` is not
    needed; and the options of paging.
    """

    name = "listing"

    def options(self, raw: Mapping[str, object]) -> Mapping[str, object]:
        """Check selectors and shared options.

        Raises:
            ValueError: `row` is missing, or an option cannot be used.
        """
        found = _kind.known_options(raw, _OWN)
        if _kind.flag(found, "script"):
            found["script"] = True
            for name in ("title", "link"):
                if not _kind.words(found, name):
                    raise ValueError(f"option {name!r} is missing: with 'script', it is a key of the list's entries")
        elif not _kind.words(found, "row"):
            raise ValueError("option 'row' is missing: a CSS selector for one entry of the list, such as 'ul.news li'")
        else:
            for name in ("row", *_PLACES):
                _kind.selector(found, name)
        for name in (*_PLACES, "json", "only"):
            _kind.words(found, name)
        template = _kind.words(found, "link_template")
        if template and not _template.names(template):
            raise ValueError(f"option 'link_template' needs {{number}} or an attribute in braces: {template!r}")
        _paging.check(found)
        return found

    def requests(self, source: Source, state: SourceState, *, now: datetime) -> tuple[Request, ...]:
        """One conditional request."""
        return _kind.request(source, state, now=now)

    def older(self, source: Source, page: int, *, now: datetime) -> Request | None:
        """The next page of older entries, where `page_url` says how they are numbered."""
        return _paging.older(source, page, now=now)

    def items(self, source: Source, fetched: Fetched, memory: str = "") -> Harvest | ParseFailure:  # noqa: ARG002
        """One item per row that has a title and a link; a page whose rows are gone is a failure, not a quiet day."""
        if refusal := _kind.unreadable(source, fetched):
            return refusal
        decoded, steps = _kind.decoded(source, fetched)
        markup = decoded.text
        if path := _kind.words(source.options, "json"):
            try:
                markup = _paths.text(json.loads(markup), path)
            except (ValueError, RecursionError):
                markup = ""
            if not markup:
                return _kind.refuse(source, fetched, f"The answer holds no markup at {path!r}: its shape has changed.")
        page = Page(markup, fetched.final_url)
        if _kind.flag(source.options, "script"):
            items = list(islice(_scripted(source, fetched, _scripts(page, markup)), _kind.MAX_ITEMS + 1))
            why = _why_no_literals(source, page)
        else:
            rows = list(page.rows(_kind.words(source.options, "row")))
            items = list(_items(source, rows))
            why = _why_empty(source, page, len(rows))
        if not items:
            return _kind.refuse(source, fetched, why)
        return _kind.harvest(_merged(items), salvage=steps)


def _items(source: Source, rows: list[Row]) -> Iterator[Item]:
    options = source.options
    only = _kind.words(options, "only")
    template = _kind.words(options, "link_template")
    for row in rows:
        link = row.pick(_kind.words(options, "link") or ("a" if template else "a[href]"))
        url = _link(link, template)
        title = _title(row.pick(_kind.words(options, "title")) if _kind.words(options, "title") else link or row)
        if not title or not url or only not in url:
            continue
        text = row.pick(_kind.words(options, "text")) if _kind.words(options, "text") else None
        yield Item(
            source_id=source.id,
            url=url,
            title=title,
            body_html=html.escape(text.paragraphs()[:BODY_LIMIT], quote=False) if text is not None else "",
            published_at=_date(source, row, title),
        )


def _link(link: Row | None, template: str) -> str:
    """Where a link leads; with a template, filled from its attributes and the first number of its call or address."""
    if link is None or not template:
        return link.link() if link is not None else ""
    values = {name: link.attribute(name) for name in _template.names(template)}
    if "number" in values:
        number = _NUMBER.search(link.attribute("onclick")) or _NUMBER.search(link.attribute("href"))
        values["number"] = number[0] if number else ""
    return link.resolve(_template.filled(template, values))


def _title(cell: Row | None) -> str:
    """Text of a cell; its title attribute where the page shows a shortened one."""
    if cell is None:
        return ""
    shown, whole = cell.text(), cell.attribute("title")
    cut = shown.rstrip(".…")
    if len(whole) > len(cut) and cut in whole:
        return whole[:TITLE_LIMIT]
    return shown[:TITLE_LIMIT]


def _date(source: Source, row: Row, title: str) -> datetime | None:
    selector = _kind.words(source.options, "date")
    if not selector:
        # Dates inside a title are what the notice is about, not when it came out.
        return _kind.moment(source, row.text().replace(title, " "))
    cell = row.pick(selector)
    if cell is None:
        return None
    return _kind.moment(source, cell.attribute("datetime") or cell.text())


def _scripts(page: Page, markup: str) -> Iterator[str]:
    """The scripts of a page, or the whole answer when it is one."""
    if "<script" not in markup[:1_000_000].lower():
        yield markup
    for row in page.rows("script"):
        yield row.source()


def _scripted(source: Source, fetched: Fetched, scripts: Iterable[str]) -> Iterator[Item]:
    """One item per object literal that has a title and a link."""
    options = source.options
    only, template = _kind.words(options, "only"), _kind.words(options, "link_template")
    for entry in (entry for script in scripts for entry in literals(script)):

        def value(name: str, entry: Mapping[str, str] = entry) -> str:
            return entry.get(_kind.words(options, name), "")

        link = value("link")
        if link and template:
            link = _template.filled(template, entry)
        url, title = absolute_url(link, fetched.final_url), plain_title(value("title"))
        if url and title and only in url:
            yield Item(
                source_id=source.id,
                url=url,
                title=title,
                body_html=value("text"),
                published_at=_kind.moment(source, value("date")),
            )


def _merged(items: list[Item]) -> list[Item]:
    """One item per link: pages link an entry by its title and then again by "more"."""
    first: dict[str, Item] = {}
    for item in items:
        first.setdefault(item.url, item)
    return list(first.values())


def _why_empty(source: Source, page: Page, rows: int) -> str:
    selector = _kind.words(source.options, "row")
    what = f"none of the {rows} rows has a usable title or link" if rows else "it finds nothing"
    layout = f"The page{_named(page)} has another layout than {selector!r} expects"
    return f"{layout}: {what}; look at it and adapt the selectors."


def _why_no_literals(source: Source, page: Page) -> str:
    keys = " and ".join(repr(_kind.words(source.options, name)) for name in ("title", "link"))
    return f"No script of the page{_named(page)} holds entries with {keys}: its shape has changed."


def _named(page: Page) -> str:
    """What a page calls itself, which often says it all: “Sign in”, “502 Bad Gateway”."""
    title = page.title()[:80]
    return f" (“{title}”)" if title else ""


SOURCE_KIND: SourceKind = ListingKind()
