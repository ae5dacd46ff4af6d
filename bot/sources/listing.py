"""List pages without a feed: rows, titles, links and dates by CSS selectors."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.parse.document import BODY_LIMIT, TITLE_LIMIT
from bot.parse.dom import Page, Row, check_selector
from bot.sources import _kind, _paths
from bot.types.ports import SourceKind
from bot.types.source import Fetched, Harvest, Item, ParseFailure, Request, Source, SourceState

_SELECTORS = ("row", "title", "link", "date", "text")
_OWN = (*_SELECTORS, "json", "only")


class ListingKind:
    """A page that lists notices or articles.

    Options: `row` (selector of one entry, required), and inside it `title` and `link` (default: its first link),
    `date` (default: the first date in its text) and `text`; `only`, a piece of text that every link must hold; `json`,
    the path to the page's markup when the answer is JSON that wraps it.
    """

    name = "listing"

    def options(self, raw: Mapping[str, object]) -> Mapping[str, object]:
        """Check selectors and shared options.

        Raises:
            ValueError: `row` is missing, or an option cannot be used.
        """
        found = _kind.known_options(raw, _OWN)
        if not _kind.words(found, "row"):
            raise ValueError("option 'row' is missing: a CSS selector for one entry of the list, such as 'ul.news li'")
        for name in _SELECTORS:
            if selector := _kind.words(found, name):
                try:
                    check_selector(selector)
                except ValueError as error:
                    raise ValueError(f"option {name!r}: {error}") from None
        for name in ("json", "only"):
            _kind.words(found, name)
        return found

    def requests(self, source: Source, state: SourceState, *, now: datetime) -> tuple[Request, ...]:
        """One conditional request."""
        return _kind.request(source, state, now=now)

    def older(self, source: Source, page: int, *, now: datetime) -> Request | None:  # noqa: ARG002
        """Nothing older is shown."""
        return None

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
        rows = list(page.rows(_kind.words(source.options, "row")))
        items = list(_items(source, rows))
        if not items:
            return _kind.refuse(source, fetched, _why_empty(source, page, len(rows)))
        return _kind.harvest(_merged(items), salvage=steps)


def _items(source: Source, rows: list[Row]) -> Iterator[Item]:
    options = source.options
    only = _kind.words(options, "only")
    for row in rows:
        link = row.pick(_kind.words(options, "link") or "a[href]")
        url = link.link() if link is not None else ""
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


def _merged(items: list[Item]) -> list[Item]:
    """One item per link: pages link an entry by its title and then again by "more"."""
    first: dict[str, Item] = {}
    for item in items:
        first.setdefault(item.url, item)
    return list(first.values())


def _why_empty(source: Source, page: Page, rows: int) -> str:
    selector = _kind.words(source.options, "row")
    title = page.title()[:80]
    named = f" (“{title}”)" if title else ""
    what = f"none of the {rows} rows has a usable title or link" if rows else "it finds nothing"
    return f"The page{named} has another layout than {selector!r} expects: {what}; look at it and adapt the selectors."


SOURCE_KIND: SourceKind = ListingKind()
