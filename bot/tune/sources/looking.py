"""Look at an answer that nobody has described yet: what it is, and every way in which our kinds could read it.

`look` runs in a child process: it parses what strangers wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from bot.parse import feedtree, salvage
from bot.parse.charset import decode
from bot.parse.dates import zone_of
from bot.parse.dom import Page
from bot.parse.layout import layouts
from bot.parse.text import one_line
from bot.sources._work import kinds
from bot.tune.sources.json_shapes import markup_in, shapes
from bot.types.catalogue import Nature, Proposal, Sight
from bot.types.source import Fetched, Harvest, ParseFailure, Source

_HEAD = 4_000  # characters in which a document says what it is
_FEED = re.compile(r"<(?:[A-Za-z][\w.-]{0,20}:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_SITEMAP = re.compile(r"<(?:[A-Za-z][\w.-]{0,20}:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED_TYPES = frozenset(("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"))
_FEED_ADDRESS = re.compile(r"(?:^|[/._=-])(?:rss|atom|feeds?)(?:[/._?&=-]|[0-9]*$)|\.rdf$", re.IGNORECASE)
_FEED_NAME = re.compile(r"\.(?:xml|rss|atom)(?:\?|$)", re.IGNORECASE)
_READERS = re.compile(r"feedly\.com|inoreader|netvibes|bloglovin|/comments/|javascript:|mailto:", re.IGNORECASE)
_ANCHORS = 2_000  # links of a page that are looked at
_FEEDS = 8  # addresses that a page may name


def looks_like_feed(url: str) -> bool:
    """Whether an address says that it is a feed, which is there to be read by programs."""
    return bool(_FEED_ADDRESS.search(url) or _FEED_NAME.search(url))


def look(source: Source, fetched: Fetched) -> Sight:
    """What an answer is and how it could be read.

    Args:
        source: What is known so far: languages and jurisdiction help with charset and dates; its kind does not count.
        fetched: The answer.
    """
    if fetched.body.startswith(b"\x1f\x8b"):  # of what is polled, only sitemaps are packed files
        return _sitemap(source, fetched)
    text = decode(fetched.body, declared=fetched.charset, languages=source.languages).text.lstrip()
    head = text[:_HEAD]
    if text.startswith(("{", "[")):
        return _json(source, fetched, text)
    page = _PAGE.search(head)
    before = head[: page.start()] if page else head
    if _SITEMAP.search(before):
        return _sitemap(source, fetched)
    if _FEED.search(before):
        return _feed(source, fetched, text)
    if "<" not in head or fetched.body.startswith(b"%PDF"):
        found = _read(source, fetched, "feed", {})
        message = found.message if isinstance(found, ParseFailure) else "The answer is no page, feed or JSON."
        hint = " A row of `kind: document` tells what changes in a file." if fetched.body.strip() else ""
        return Sight(nature=Nature.OTHER, trouble=message + hint)
    return _page(source, fetched, text)


def _feed(source: Source, fetched: Fetched, text: str) -> Sight:
    root = salvage.parse(salvage.clean(text)[0], base=fetched.final_url, lenient=True)
    title = one_line(feedtree.feed_title(root))[:200] if root is not None else ""
    found = _read(source, fetched, "feed", {})
    if isinstance(found, ParseFailure):
        return Sight(nature=Nature.FEED, title=title, trouble=found.message)
    proposal = _proposal("feed", fetched.final_url, {}, found, "the address itself is a feed")
    return Sight(nature=Nature.FEED, title=title, proposals=(replace(proposal, title=title),))


def _json(source: Source, fetched: Fetched, text: str) -> Sight:
    if "jsonfeed.org" in text[:_HEAD]:
        found = _read(source, fetched, "feed", {})
        if isinstance(found, Harvest) and found.items:
            proposal = _proposal("feed", fetched.final_url, {}, found, "the address itself is a JSON feed")
            return Sight(nature=Nature.FEED, proposals=(proposal,))
    proposals: list[Proposal] = []
    for options in shapes(text, fetched.final_url):
        found = _read(source, fetched, "jsonapi", options)
        if isinstance(found, Harvest) and found.items:
            where = options.get("items") or "its top"
            lack = "" if "url" in options else "; without links, which the option url_template can make"
            how = f"records in the JSON at {where}{lack}"
            proposals.append(_proposal("jsonapi", fetched.final_url, options, found, how))
    for path, markup in markup_in(text):
        proposals += _listings(source, fetched, Page(markup, fetched.final_url), {"json": path})
    trouble = "" if proposals else "The JSON holds no list of records with titles and links or dates."
    return Sight(nature=Nature.JSON, proposals=tuple(proposals), trouble=trouble)


def _sitemap(source: Source, fetched: Fetched) -> Sight:
    """A sitemap whose entries have titles is a list of news; of others the words of an address must do."""
    proposals: list[Proposal] = []
    found: Harvest | ParseFailure | None = None
    for options, how in (({"title_from": "none"}, "articles of a news sitemap"), ({}, "pages of a sitemap")):
        found = _read(source, fetched, "sitemap", options)
        if isinstance(found, Harvest) and found.items:
            proposals.append(_proposal("sitemap", fetched.final_url, options, found, how))
    if isinstance(found, ParseFailure):
        return Sight(nature=Nature.SITEMAP, trouble=found.message)
    parts = tuple(request.url for request in found.more) if found is not None else ()
    return Sight(
        nature=Nature.SITEMAP,
        proposals=tuple(proposals[:1]),
        sitemaps=parts,
        trouble="" if proposals else "The sitemap names no articles.",
    )


def _page(source: Source, fetched: Fetched, text: str) -> Sight:
    page = Page(text, fetched.final_url)
    proposals = _listings(source, fetched, page, {})
    named: dict[str, str] = {}
    for url, how in _feeds(page):
        named.setdefault(url, how)
    trouble = "" if proposals else "The page shows no list of links that stand alike; scripts may fill it in later."
    return Sight(
        nature=Nature.PAGE,
        proposals=proposals,
        title=page.title(),
        site=_site(page),
        language=next((row.attribute("lang") for row in page.rows("html[lang]")), ""),
        feeds=tuple(islice(named.items(), _FEEDS)),
        trouble=trouble,
    )


def _listings(source: Source, fetched: Fetched, page: Page, fixed: Mapping[str, object]) -> tuple[Proposal, ...]:
    """Selectors for the lists of a page, likeliest first; `fixed` are options that all of them have."""
    proposals: list[Proposal] = []
    for layout in layouts(page, zone=zone_of(source.jurisdiction)):
        cells = {"row": layout.row, "title": layout.title, "link": layout.link, "date": layout.date}
        options = {**fixed, **{name: selector for name, selector in cells.items() if selector}}
        if layout.month_first:
            options["month_first"] = "true"
        found = _read(source, fetched, "listing", options)
        if isinstance(found, Harvest) and found.items:
            how = f"{len(found.items)} links that stand alike"
            proposal = _proposal("listing", fetched.final_url, options, found, how)
            proposals.append(replace(proposal, worth=layout.score))
    return tuple(proposals)


def _site(page: Page) -> str:
    named = next(page.rows('meta[property="og:site_name"][content]'), None)
    return named.attribute("content")[:200] if named is not None else ""


def _feeds(page: Page) -> Iterator[tuple[str, str]]:
    """Addresses of feeds that a page names: in its head, then in its links."""
    for row in page.rows("link[rel~=alternate][href]"):
        kind = row.attribute("type").lower().partition(";")[0].strip()
        if kind in _FEED_TYPES and row.link() and not _READERS.search(row.link()):
            yield row.link(), "the page declares it"
    for row in islice(page.rows("a[href]"), _ANCHORS):
        href = row.attribute("href")
        looks = _FEED_ADDRESS.search(href) or "rss" in row.attribute("title").lower().split()
        if looks and row.link() and not _READERS.search(href):
            yield row.link(), "the page links it"


def _read(source: Source, fetched: Fetched, kind: str, options: Mapping[str, object]) -> Harvest | ParseFailure:
    """What a kind makes of an answer."""
    reader = kinds()[kind]
    return reader.items(replace(source, kind=kind, options=reader.options(options)), fetched)


def _proposal(kind: str, url: str, options: Mapping[str, object], found: Harvest, how: str) -> Proposal:
    return Proposal(kind=kind, url=url, how=how, items=found.items[:100], options=options, salvage=found.salvage)
