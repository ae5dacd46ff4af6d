"""Sitemaps: what a site says it has, newest first; for publishers without a feed, and for what a feed has let go."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from urllib.parse import unquote, urlsplit

from bot.parse.document import plain_title
from bot.parse.sitemap import Located, Sitemap, read_sitemap
from bot.parse.text import one_line
from bot.parse.url import absolute_url
from bot.sources import _kind
from bot.types.ports import SourceKind
from bot.types.source import Fetched, Harvest, Item, ParseFailure, Request, Source, SourceState

_OWN = ("only", "title_from", "newest", "part", "parts")
_TITLES = ("slug", "none")
_UNPACKED = 20 << 20  # bytes of a packed sitemap that are read
_NUMBERS = re.compile(r"[0-9]{1,15}")
_ENDING = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
_GLUE = re.compile(r"[-_+.\s]+")
_DAWN = datetime(1, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=2)  # after midnight UTC a day is over everywhere, and was asked for once more


class SitemapKind:
    """A sitemap, a news sitemap, or an index of them; packed or not.

    Options: `only`, a piece of text that every link must hold; `title_from`, what to call a page whose title the
    sitemap does not tell: `slug` (the words of its address, the default) or `none` (it is left out); `newest`, how
    many of the newest entries are taken (500); and for an index `part`, a piece of the address of the parts to read,
    and `parts`, how many of them, newest first (3).
    """

    name = "sitemap"

    def options(self, raw: Mapping[str, object]) -> Mapping[str, object]:
        """Check own and shared options.

        Raises:
            ValueError: An option cannot be used.
        """
        found = _kind.known_options(raw, _OWN)
        for name in ("only", "part"):
            _kind.words(found, name)
        if (how := _kind.words(found, "title_from", "slug")) not in _TITLES:
            raise ValueError(f"option 'title_from' must be {' or '.join(_TITLES)}, not {how!r}")
        _numbers(found)
        return found

    def requests(self, source: Source, state: SourceState, *, now: datetime) -> tuple[Request, ...]:
        """One conditional request; what an index leads to is asked for when it has been read."""
        return _kind.request(source, state, now=now)

    def older(self, source: Source, page: int, *, now: datetime) -> Request | None:  # noqa: ARG002
        """Nothing older: a sitemap is whole."""
        return None

    def items(self, source: Source, fetched: Fetched, memory: str = "") -> Harvest | ParseFailure:
        """The newest entries, or the parts to ask for when the answer is an index."""
        body, cut = _unpacked(fetched.body)
        if body is None:
            return _kind.refuse(source, fetched, "The answer is a damaged gzip file; try its address in a browser.")
        fetched = replace(fetched, body=body)
        if refusal := _kind.unreadable(source, fetched):
            return refusal
        decoded, steps = _kind.decoded(source, fetched)
        found = read_sitemap(decoded.text)
        if found is None:
            return _kind.refuse(
                source, fetched, "The answer is no sitemap: it has neither <urlset> nor <sitemapindex>."
            )
        if found.mended or cut:
            steps = (*steps, "sitemap cut off" if cut else "markup mended")
        if found.is_index:
            return _parts(source, fetched, found, memory)
        made = (_item(source, fetched, entry) for entry in _recent(source, found.entries))
        items = _newest(source, list(islice(filter(None, made), _kind.MAX_ITEMS + 1)))
        if not items and (found.entries or source.min_items):
            return _kind.refuse(source, fetched, _why_empty(source, len(found.entries)))
        return _kind.harvest(items, salvage=steps)


def _parts(source: Source, fetched: Fetched, index: Sitemap, memory: str) -> Harvest | ParseFailure:
    """What an index leads to: its newest parts, all of them when any has changed since they were last read.

    What has not changed need not be asked for; an index that does not date its parts, or by the day that is not over,
    cannot say so.
    """
    if fetched.request.led_by:
        return _kind.refuse(source, fetched, "A part of the sitemap index is an index itself; name that one as `url`.")
    host, piece = urlsplit(fetched.final_url).hostname, _kind.words(source.options, "part")
    listed = {
        url: entry.changed[:40]
        for entry in index.entries
        if (url := absolute_url(entry.url, fetched.final_url)) and piece in url and urlsplit(url).hostname == host
    }
    if not listed:
        what = f"no part with {piece!r} in its address" if piece else "no part on the same host"
        return _kind.refuse(source, fetched, f"The sitemap index lists {what}.")

    def age(url: str) -> tuple[datetime, list[int]]:
        # Where no date helps, parts are numbered or named by month.
        return _kind.moment(source, listed[url]) or _DAWN, [int(number) for number in _NUMBERS.findall(url)]

    chosen = sorted(listed, key=age, reverse=True)[: _numbers(source.options)[1]]
    seen = {url: listed[url] for url in chosen}
    if not any(_may_change(source, fetched, dated) for dated in seen.values()) and json.dumps(seen) == memory:
        return Harvest(items=(), unchanged=True)
    more = tuple(_request(source, fetched, url) for url in chosen)
    return Harvest(items=(), more=more, memory=json.dumps(seen))


def _may_change(source: Source, fetched: Fetched, dated: str) -> bool:
    """Whether a part may change and bear the same date all the same: it bears none, or the day that is not over."""
    moment = _kind.moment(source, dated) if dated else None
    return moment is None or (len(dated) <= len("2026-01-31") and fetched.fetched_at - moment < _DAY)


def _request(source: Source, fetched: Fetched, url: str) -> Request:
    """The request for a part; headers may hold a key, and are for the source's own origin."""
    own = urlsplit(url)[:2] == urlsplit(fetched.request.url)[:2]
    return Request(
        source_id=source.id, url=url, headers=source.headers if own else (), robots=source.robots, led_by=source.url
    )


def _item(source: Source, fetched: Fetched, entry: Located) -> Item | None:
    url = absolute_url(entry.url, fetched.final_url)
    if not url:
        return None
    title = plain_title(entry.title)
    if not title and _kind.words(source.options, "title_from", "slug") == "slug":
        title = _slug(url)
    if not title:
        return None
    return Item(
        source_id=source.id,
        url=url,
        title=title,
        body_html="",
        published_at=_kind.moment(source, entry.published),
        updated_at=_kind.moment(source, entry.changed),
        lang_hint=entry.lang[:35] or None,
    )


def _recent(source: Source, entries: Sequence[Located]) -> Sequence[Located]:
    """The entries that are wanted and may be among the newest; to read the dates of all would take seconds."""
    only, newest = _kind.words(source.options, "only"), _numbers(source.options)[0]
    wanted = [entry for entry in entries if only in entry.url]
    dates = [date for entry in wanted if (date := entry.published or entry.changed)]
    if not dates or not all(date[:4].isdecimal() for date in dates):
        return wanted
    # Dates by the book sort as text, but for their time zones.
    return sorted(wanted, key=lambda entry: entry.published or entry.changed, reverse=True)[: 2 * newest]


def _newest(source: Source, items: list[Item]) -> list[Item]:
    """Items by date, newest first; sitemaps without dates tell nothing about order and are taken as they are."""
    dates = [item.published_at or item.updated_at for item in items]
    if not any(dates):
        return items
    ordered = sorted(zip(dates, items, strict=True), key=lambda pair: pair[0] or _DAWN, reverse=True)
    return [item for _, item in ordered[: _numbers(source.options)[0]]]


def _slug(url: str) -> str:
    """The words of an address: its last part that has any; "" when none has."""
    for part in reversed(unquote(urlsplit(url).path, errors="replace").split("/")):
        words = one_line(_GLUE.sub(" ", _ENDING.sub("", part)))
        if sum(len(word) > 1 and word.isalpha() for word in words.split()) > 1 or not words.isascii():
            return f"{words[0].upper()}{words[1:300]}"
    return ""


def _why_empty(source: Source, entries: int) -> str:
    if not entries:
        return f"The sitemap has no entry where {source.min_items} are expected."
    return (
        f"None of the sitemap's {entries} entries can be used: by 'only', or since neither title nor address says more."
    )


def _numbers(options: Mapping[str, object]) -> tuple[int, int]:
    """How many entries and how many parts of an index are taken."""
    return (
        _kind.number(options, "newest", 500, most=_kind.MAX_ITEMS),
        _kind.number(options, "parts", 3, most=10),
    )


def _unpacked(body: bytes) -> tuple[bytes | None, bool]:
    """A body out of its gzip file, and whether that was cut off or goes on beyond what is read; None: damaged."""
    if not body.startswith(b"\x1f\x8b"):
        return body, False
    inflater = zlib.decompressobj(wbits=31)
    try:
        found = inflater.decompress(body, _UNPACKED)
    except zlib.error:
        return None, False
    return (found, not inflater.eof) if found else (None, False)


SOURCE_KIND: SourceKind = SitemapKind()
