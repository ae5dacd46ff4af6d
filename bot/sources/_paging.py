"""Pages of older entries, for kinds whose source shows its entries page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.parse.url import absolute_url
from bot.sources import _kind
from bot.types.source import Request, Source

OPTIONS = ("pages", "page_url", "page_from", "page_step")
_MOST = 6  # pages of one source in one poll; bot/pipeline/polling/gathering.py asks for no more than five older ones


def check(options: Mapping[str, object]) -> None:
    """Look at the options that say where older entries are.

    Raises:
        ValueError: One of them cannot be used.
    """
    template = _kind.words(options, "page_url")
    if template and "{page}" not in template:
        raise ValueError(f"option 'page_url' needs {{page}} where the number of the page stands: {template!r}")
    if not template and (stray := next((name for name in OPTIONS if name in options and name != "page_url"), None)):
        raise ValueError(f"option {stray!r} needs 'page_url', an address with {{page}} in it")
    _numbers(options)


def older(source: Source, page: int, *, now: datetime, robots: bool = True) -> Request | None:
    """The request for a page of older entries; None when there is none, or when it lies beyond `pages`."""
    template = _kind.words(source.options, "page_url")
    pages, first, step = _numbers(source.options)
    if not template or not 2 <= page <= pages:
        return None
    url = absolute_url(template.replace("{page}", str(first + (page - 2) * step)), source.url)
    request = _kind.asked(source, url, now=now)
    return replace(request, robots=robots and request.robots)


def _numbers(options: Mapping[str, object]) -> tuple[int, int, int]:
    """How many pages there are, what the second is called, and by how much the next one's number is higher."""
    return (
        _kind.number(options, "pages", 5, least=2, most=_MOST),
        _kind.number(options, "page_from", 2, least=0, most=100_000),
        _kind.number(options, "page_step", 1, most=1000),
    )
