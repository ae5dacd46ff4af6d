"""What an entry is, by the word of its source: an article, a bare headline, or a headline among its siblings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from bot.parse.document import BODY_LIMIT, TITLE_LIMIT
from bot.parse.dom import Page
from bot.parse.url import canonical_url, link_key
from bot.sources import _kind
from bot.types.source import Harvest, Item, ItemIs, Source

_MOST = 30  # siblings of one entry
_LINKS = 300  # links of one body that are looked at
_ROWS = "li, p, td"  # what holds one headline and who wrote it
_PUBLISHER = "font, span"  # behind the link


def as_declared(source: Source, found: Harvest) -> Harvest:
    """A harvest whose bodies are the entries' own texts.

    A bare headline has none. A body of siblings becomes items of their own behind the entries, each headline once and
    under the title that it would bear as an entry, so that it stays the same item when it becomes one.
    """
    if source.item is ItemIs.ARTICLE:
        return found
    if source.item is ItemIs.HEADLINE:
        return replace(found, items=tuple(replace(item, body_html="") for item in found.items))
    bodies = {item: _siblings(item) for item in found.items if item.body_html}
    entries = [replace(item, body_html="") if bodies.get(item) else item for item in found.items]
    known = {_page(item) for item in entries}
    others: dict[str, Item] = {}
    for item in (item for siblings in bodies.values() for item in siblings):
        if (page := _page(item)) not in known:
            others.setdefault(page, item)
    items = (*entries, *others.values())
    return replace(
        found,
        items=items[: _kind.MAX_ITEMS],
        salvage=(*found.salvage, _kind.TOO_MANY) if len(items) > _kind.MAX_ITEMS else found.salvage,
    )


def _page(item: Item) -> str:
    return link_key(canonical_url(item.url)) or item.url


def _siblings(item: Item) -> list[Item]:
    """The headlines that a body lists, in its order; where they have publishers, what has none is no headline."""
    found = {url: (title, name) for url, title, name in islice(_links(item), _LINKS)}
    signed = any(name for _, name in found.values())
    kept = [(url, title, name) for url, (title, name) in found.items() if name or not signed]
    return [
        Item(source_id=item.source_id, url=url, title=_signed(title, name), body_html="", lang_hint=item.lang_hint)
        for url, title, name in kept[:_MOST]
    ]


def _signed(title: str, name: str) -> str:
    """A headline with its publisher behind it, as entries of aggregators have it."""
    return title[:TITLE_LIMIT] if not name or title.endswith(f" - {name}") else f"{title} - {name}"[:TITLE_LIMIT]


def _links(item: Item) -> Iterator[tuple[str, str, str]]:
    """Address, text and publisher of every link that says something; inner elements after outer ones."""
    page = Page(item.body_html[:BODY_LIMIT], item.url)
    for row in list(page.rows(_ROWS)) or page.rows("body"):
        links = [link for link in islice(row.all("a[href]"), _MOST) if link.text()]
        publisher = row.pick(_PUBLISHER) if len(links) == 1 else None
        for link in links:
            if url := link.link():
                yield url, link.text(), publisher.text() if publisher is not None else ""
