"""Sitemaps: pages of a site with their dates, news sitemaps, and indexes of both (https://www.sitemaps.org)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from bot.parse import salvage

_MOST = 50_000  # entries that the protocol allows in one file


class Located(NamedTuple):
    """One entry as it was written."""

    url: str
    changed: str  # when the page or the part changed last
    title: str = ""
    published: str = ""
    lang: str = ""


class Sitemap(NamedTuple):
    """What one file holds."""

    entries: tuple[Located, ...]
    is_index: bool  # the entries are other sitemaps
    mended: bool  # the file was no well-formed XML


def read_sitemap(text: str) -> Sitemap | None:
    """The entries of a sitemap or of an index, in their order; None for what is neither.

    Args:
        text: The decoded file.
    """
    cleaned, steps = salvage.clean(text)
    root = salvage.parse(cleaned)
    mended = root is None or bool(steps)
    if root is None:
        root = salvage.parse(salvage.repair(cleaned), lenient=True)
    if root is None or _name(root) not in ("urlset", "sitemapindex"):
        return None
    return Sitemap(tuple(_entries(root)), _name(root) == "sitemapindex", mended)


def _entries(root: etree._Element) -> Iterator[Located]:
    for number, element in enumerate(root):
        if number == _MOST:
            return
        if _name(element) not in ("url", "sitemap"):
            continue
        said: dict[str, str] = {}
        for child in element:
            # Pictures and films of a page stand there, too, with addresses and titles of their own.
            for inner in child.iter() if _name(child) == "news" else (child,):
                said.setdefault(_name(inner), (inner.text or "").strip())
        yield Located(
            url=said.get("loc", ""),
            changed=said.get("lastmod", ""),
            title=said.get("title", ""),
            published=said.get("publication_date", ""),
            lang=said.get("language", ""),
        )


def _name(element: etree._Element) -> str:
    """Name without namespace; sites get the namespace wrong more often than the name."""
    return str(element.tag).rpartition("}")[2].lower()
