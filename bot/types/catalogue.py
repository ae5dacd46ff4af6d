"""Records of growing the catalogue: what an address turned out to be, and how it could be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.types.source import Item


class Nature(StrEnum):
    """What stands at an address."""

    FEED = "feed"
    PAGE = "page"
    JSON = "json"
    SITEMAP = "sitemap"
    OTHER = "other"  # a PDF file, an image, nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One way to read something as a source. Made by tune, which had the kind itself read it."""

    kind: str  # name of a file in bot/sources/
    url: str
    how: str  # one phrase: where it was found
    items: tuple[Item, ...]  # what it gives
    options: Mapping[str, object] = field(default_factory=dict)
    title: str = ""  # what a feed calls itself
    worth: float = 0.0  # higher is likelier what a person wants; comparable within one page
    salvage: tuple[str, ...] = ()  # what had to be mended


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What an answer is when nobody knows yet how to read it. Made by tune in a child process."""

    nature: Nature
    proposals: tuple[Proposal, ...] = ()  # likeliest first
    title: str = ""  # what the page or feed calls itself
    site: str = ""  # what the page calls the site that it belongs to
    language: str = ""  # tag that the page declares
    feeds: tuple[tuple[str, str], ...] = ()  # addresses of feeds that a page names, and how it does
    sitemaps: tuple[str, ...] = ()  # addresses of further sitemaps
    trouble: str = ""  # one sentence when nothing can be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One entry of a list of feeds that a person brings. Made by tune."""

    url: str  # as written, "" when there is none
    title: str = ""
    page: str = ""  # address for people
    category: str = ""  # path of the folders around it, "Trade / Asia"
    line: int = 0  # in a plain list; 0 when unknown
