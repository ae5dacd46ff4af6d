"""Find out how an address could be read as a source: by its own answer, feeds that it names, and usual places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urljoin

from bot.errors import WorkerError
from bot.tune.sources.guessing import authority_of, jurisdiction_of, same_place
from bot.tune.sources.kit import NEW, Kit
from bot.tune.sources.looking import looks_like_feed
from bot.types.catalogue import Nature, Proposal, Sight
from bot.types.place import Place
from bot.types.source import Fetched, FetchFailure, Request, Source

_SECONDS = 20.0  # for looking at one answer
_NAMED = 4  # feeds named by a page that are asked for
# Where feeds usually stand when no page names them; asked for one after the other, until one is a feed.
_USUAL = ("feed/", "/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml")
_SITEMAPS = 3  # asked for when there is no feed
_DEAD = timedelta(days=400)  # without anything new a feed has been given up by those who made it


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an address turned out to be."""

    sight: Sight
    proposals: tuple[Proposal, ...]  # likeliest first; the kinds themselves read them
    asked: tuple[str, ...]  # other addresses that were tried, each with what came
    trouble: str = ""  # one sentence when nothing can be read


@dataclass(slots=True)
class _Search:
    kit: Kit
    source: Source
    asked: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


def unknown_source(url: str, jurisdiction: str = "", languages: Sequence[str] = ()) -> Source:
    """A source of which only the address is known, as kinds need one to read an answer."""
    return Source(
        id=NEW,
        kind="feed",
        url=url,
        publisher="",
        jurisdiction=jurisdiction or jurisdiction_of(url),
        authority=authority_of(url),
        reliability="F",
        languages=tuple(languages),
        every=timedelta(hours=1),
        enabled=False,
        why="",
        place=Place(path="", line=1),
    )


def find(source: Source, kit: Kit) -> Found:
    """Every way to read an address, after as few requests as possible.

    Args:
        source: From `unknown_source`; its jurisdiction sets the clock by which dates are read.
        kit: Door, children, clock and kinds.
    """
    search = _Search(kit, source)
    answer = _ask(search, source.url)
    if isinstance(answer, str):
        return Found(sight=Sight(nature=Nature.OTHER), proposals=(), asked=(), trouble=answer)
    sight = _look(search, answer)
    found = list(sight.proposals)
    if sight.nature is Nature.PAGE:
        found += _by_names(search, sight.feeds) or _by_usual_places(search, answer.final_url)
        if all(proposal.kind != "feed" for proposal in found):
            found += _by_sitemap(search, answer.final_url)
    elif sight.nature is Nature.SITEMAP and not found:
        found += _by_parts(search, answer.final_url, sight)
    now = kit.clock.now()
    ranked = sorted((replace(one, worth=_worth(one, now)) for one in found), key=lambda one: -one.worth)
    trouble = "" if ranked else f"{answer.final_url}: {sight.trouble}"
    return Found(sight=sight, proposals=tuple(ranked), asked=tuple(search.asked), trouble=trouble)


def _by_names(search: _Search, feeds: Iterable[tuple[str, str]]) -> list[Proposal]:
    """The feeds that a page names, as far as they are feeds."""
    found: list[Proposal] = []
    for url, how in list(feeds)[:_NAMED]:
        found += _first_found(search, (url,), Nature.FEED, how)
    return found


def _by_usual_places(search: _Search, url: str) -> list[Proposal]:
    places = (urljoin(url if url.endswith("/") else f"{url}/", place) for place in _USUAL)
    return _first_found(search, places, Nature.FEED, "it stands in a usual place, though the page does not name it")


def _by_sitemap(search: _Search, url: str) -> list[Proposal]:
    """A news sitemap that robots.txt names or that stands in its usual place; one of mere pages tells no news."""
    robots = _ask(search, urljoin(url, "/robots.txt"))
    lines = robots.body[:100_000].decode("utf-8", "replace").splitlines() if isinstance(robots, Fetched) else []
    named = [line.partition(":")[2].strip() for line in lines if line.lower().lstrip().startswith("sitemap:")]
    for place in [*named[:_SITEMAPS], urljoin(url, "/sitemap.xml")]:
        found = _first_found(search, (place,), Nature.SITEMAP, "news in the sitemap of the site")
        if news := [proposal for proposal in found if proposal.options.get("title_from") == "none"]:
            return news
    return []


def _by_parts(search: _Search, url: str, sight: Sight) -> list[Proposal]:
    """An index of sitemaps, read by its newest part: the kind follows the index by itself."""
    parts = _first_found(search, sight.sitemaps[:_SITEMAPS], Nature.SITEMAP, "an index of sitemaps, by its newest part")
    return [replace(proposal, url=url) for proposal in parts]


def _first_found(search: _Search, places: Iterable[str], nature: Nature, how: str) -> list[Proposal]:
    """What the first address gives that is what it should be."""
    for url in places:
        if same_place(url) in search.seen:
            continue
        answer = _ask(search, url)
        if isinstance(answer, str):
            search.asked.append(answer)
            continue
        sight = _look(search, answer)
        if sight.nature is nature and sight.proposals:
            search.asked.append(f"{url}: there is one")
            return [replace(proposal, how=how) for proposal in sight.proposals]
        search.asked.append(f"{url}: {sight.trouble or f'no {nature}'}")
    return []


def _ask(search: _Search, url: str) -> Fetched | str:
    search.seen.add(same_place(url))
    # Feeds are there for programs; whether a page is, its site says in robots.txt.
    led_by = search.source.url if url != search.source.url else ""
    answer = search.kit.get(Request(source_id=NEW, url=url, robots=not looks_like_feed(url), led_by=led_by))
    return f"{url}: {answer.message}" if isinstance(answer, FetchFailure) else answer


def _look(search: _Search, answer: Fetched) -> Sight:
    try:
        seen = search.kit.parsers.call("bot.tune.sources.looking:look", search.source, answer, deadline=_SECONDS)
    except WorkerError as error:
        return Sight(nature=Nature.OTHER, trouble=str(error))
    if isinstance(seen, Sight):
        return seen
    raise TypeError(f"look answered with {type(seen).__name__}")


def _worth(proposal: Proposal, now: datetime) -> float:
    """How likely a proposal is what a person wants: made for machines first, alive, dated."""
    made = {"feed": 10.0, "jsonapi": 8.0, "sitemap": 7.0}.get(proposal.kind, 0.0)
    dates = [date for item in proposal.items if (date := item.published_at or item.updated_at) is not None]
    dead = bool(dates) and now - max(dates) > _DEAD
    share = len(dates) / max(1, len(proposal.items))
    empty = not proposal.items
    return round(proposal.worth + made + share + min(len(proposal.items), 20) / 20 - 9.0 * (dead or empty), 3)


def titles_of(proposals: Iterable[Proposal]) -> Iterator[str]:
    """Titles of the items of proposals, for guessing languages."""
    for proposal in proposals:
        yield from (item.title for item in proposal.items if item.title)
