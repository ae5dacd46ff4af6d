"""Turn a list of feeds that a person brings into rows: disabled, with readable ids, and none twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from bot.parse.text import cut, one_line
from bot.parse.url import canonical_url
from bot.rulebook.appending import SourceRow
from bot.tune.sources.finding import Found
from bot.tune.sources.guessing import authority_of, id_of, jurisdiction_of, publisher_of, same_place
from bot.types.catalogue import Outline
from bot.types.levels import Authority
from bot.types.source import Source

MOST = 1_500  # rows that one file holds with a margin; see the limits in bot/rulebook/strict.py

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_FOLDER = 120  # characters of a category


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """An entry that makes no row, and why."""

    what: str  # its address or title
    why: str  # one phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What a list of feeds comes to."""

    rows: tuple[SourceRow, ...]
    known: tuple[Passed, ...]  # already in the rule set, or twice in the list
    refused: tuple[Passed, ...]  # no address that could be polled


def plan(
    outlines: Iterable[Outline], sources: Sequence[Source], *, origin: str, enabled: bool, taken: Collection[str] = ()
) -> Import:
    """The rows for a list of feeds.

    Args:
        outlines: The list.
        sources: Of the rule set, enabled or not.
        origin: Name of the file that the list came from, for `why`.
        enabled: Whether the rows are to be polled at once.
        taken: Ids that may not be used besides those of the sources.
    """
    known = places(sources)
    ids = {*taken, *(source.id for source in sources)}
    rows: list[SourceRow] = []
    double: list[Passed] = []
    refused: list[Passed] = []
    for outline in outlines:
        url = address(outline.url)
        place = same_place(url or outline.page)
        if place in known:
            double.append(Passed(what=url or outline.page, why=known[place]))
            continue
        if not url:
            refused.append(_refusal(outline))
            continue
        row = _row(outline, url, ids, origin=origin, enabled=enabled)
        known[place] = f"{row.id}, earlier in the list"
        ids.add(row.id)
        rows.append(row)
    return Import(rows=tuple(rows), known=tuple(double), refused=tuple(refused))


def places(sources: Iterable[Source]) -> dict[str, str]:
    """Where every address that is polled already stands, by what all ways of writing it have in common."""
    found: dict[str, str] = {}
    for source in sources:
        found.setdefault(same_place(source.url) or source.url, f"{source.id} ({source.place.path}:{source.place.line})")
    return found


def address(written: str) -> str:
    """An http(s) address without user name as it can be polled; "" for anything else.

    `feed:` in front is what some readers write for "http:"; an address without a scheme gets https.
    """
    url = one_line(written)
    lower = url.lower()
    for scheme in ("feed", "feeds", "rss"):
        if lower.startswith(f"{scheme}:"):
            rest = url[len(scheme) + 1 :]
            url = rest if _SCHEME.match(rest) else f"http:{rest}" if rest.startswith("//") else ""
            break
    else:
        if url and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:(?![0-9])", url):
            url = f"https://{url.removeprefix('//')}"
    try:
        parts = urlsplit(url)
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and not parts.username
    except ValueError:
        return ""
    # The canonical form only says whether the address is one: parameters that it drops may matter to a server.
    named = usable and ("." in (parts.hostname or "") or ":" in (parts.hostname or "") or parts.hostname == "localhost")
    return url if named and canonical_url(url) and " " not in url else ""


def _row(outline: Outline, url: str, ids: Collection[str], *, origin: str, enabled: bool) -> SourceRow:
    jurisdiction = jurisdiction_of(url)
    official = authority_of(url) is Authority.OFFICIAL
    folder = f" ({cut(outline.category, _FOLDER)})" if outline.category else ""
    check = "its jurisdiction, authority and reliability are guesses" if enabled else "check it, then set enabled: yes"
    return SourceRow(
        id=id_of(url, jurisdiction, ids, title=outline.title),
        kind="feed",
        url=url,
        publisher=cut(outline.title, 80) or publisher_of("", "", url),
        jurisdiction=jurisdiction,
        authority=Authority.OFFICIAL if official else Authority.PRESS,
        reliability="F",
        every="60m",
        enabled=enabled,
        why=f"from {cut(one_line(origin), 80)}{folder} - {check}",
    )


def _refusal(outline: Outline) -> Passed:
    what = outline.url or outline.page or outline.title
    if outline.line:
        what = f"line {outline.line}: {what}"
    if not outline.url:
        return Passed(what=what, why="names a page and no feed; `monazite sources add` looks for one")
    return Passed(what=what, why="is no http(s) address without user and password")


def without(found: Found, known: Mapping[str, str]) -> tuple[Found, tuple[str, ...]]:
    """What was found, less what is polled already, and one sentence for each of that."""
    fresh = [proposal for proposal in found.proposals if same_place(proposal.url) not in known]
    doubles = dict.fromkeys(
        f"{proposal.url} is source {known[same_place(proposal.url)]} already."
        for proposal in found.proposals
        if same_place(proposal.url) in known
    )
    return replace(found, proposals=tuple(fresh)), tuple(doubles)
