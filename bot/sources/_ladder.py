"""The ladder of ways to read a feed, from the strict to the desperate: no well-formed entry is lost on it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.parse import feedtree, salvage
from bot.parse.feedtree import Entry
from bot.parse.text import fold
from bot.sources import _loose


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one way of reading got out of a feed."""

    entries: tuple[Entry, ...]  # in document order; some may be empty
    is_feed: bool  # the document calls itself one
    steps: tuple[str, ...] = ()  # phrases for feed health
    lost: int = 0  # entries that could not be read
    generator: str = ""  # program that made the feed

    @property
    def worth(self) -> int:
        """Entries that say something."""
        return sum(1 for entry in self.entries if not entry.empty)


def read(text: str, base: str, *, limit: int) -> Reading:
    """The entries of a feed, however broken it is.

    A well-formed feed is one walk over its tree. In a broken one, every entry that is well-formed by itself counts as
    good; the first way of reading that brings them all is taken, else each entry is read alone.

    Args:
        text: The decoded body.
        base: Its address.
        limit: Entries to read at most.
    """
    text, steps = salvage.clean(text)
    whole = _by_tree(text, base, limit)
    if whole.is_feed:
        best = whole
        if not whole.worth or whole.worth < len(whole.entries):
            # Well-formed, but of a dialect that says its things elsewhere: feedparser knows more of those.
            loose = _by_feedparser(text, limit)
            best = loose if loose.worth > whole.worth else whole
        return replace(
            best,
            is_feed=True,
            steps=(*steps, *best.steps),
            lost=len(best.entries) - best.worth,
            generator=whole.generator,
        )
    best = _best_of_broken(text, base, limit)
    return replace(best, steps=(*steps, *best.steps))


def _best_of_broken(text: str, base: str, limit: int) -> Reading:
    expected = min(salvage.count_entries(text), limit)
    alone, good = _one_by_one(text, limit)
    best = Reading(entries=(), is_feed=False)
    is_feed, generator = False, ""
    for rung in _rungs(text, base, limit):
        is_feed, generator = is_feed or rung.is_feed, generator or rung.generator
        if rung.worth > best.worth and not good - _names(rung.entries):
            best = rung
        if best.worth >= expected and (best.worth or is_feed):
            break
    if alone.worth > best.worth:
        best = alone
    entries = best.entries
    if best.worth == expected > 0 and salvage.ends_open(text):
        # Half an entry would come back whole at the next poll, under another name.
        entries = entries[:-1]
    found = replace(best, entries=entries, is_feed=is_feed or best.worth > 0, generator=generator)
    return replace(found, lost=max(len(entries), expected) - found.worth)


def _rungs(text: str, base: str, limit: int) -> Iterator[Reading]:
    """The ways to read what is no well-formed feed as a whole, surest first."""
    repaired = salvage.repair(text)
    yield replace(_by_tree(repaired, base, limit), steps=("markup mended",))
    yield _by_feedparser(repaired, limit)
    yield replace(_by_tree(repaired, base, limit, lenient=True), steps=("read with a forgiving parser",))


def _by_tree(text: str, base: str, limit: int, *, lenient: bool = False) -> Reading:
    root = salvage.parse(text, base=base, lenient=lenient)
    if root is None:
        return Reading(entries=(), is_feed=False)
    return Reading(
        entries=feedtree.entries(root, limit=limit), is_feed=feedtree.is_feed(root), generator=feedtree.generator(root)
    )


def _by_feedparser(text: str, limit: int) -> Reading:
    loose = _loose.read(salvage.first_entries(salvage.shorten_people(text), limit))
    return Reading(entries=loose.entries, is_feed=loose.is_feed, steps=("read with feedparser",))


def _one_by_one(text: str, limit: int) -> tuple[Reading, Counter[str]]:
    """Each entry as a document of its own, and the names of those that were well-formed as they stood."""
    found: list[Entry] = []
    good: list[Entry] = []
    for chunk, closed in itertools.islice(salvage.split_entries(text), limit):
        for lenient in (False, True):
            root = salvage.parse(chunk, lenient=lenient)
            entries = feedtree.entries(root, limit=1) if root is not None else ()
            if entries:
                found += entries
                good += entries if closed and not lenient else ()
                break
    steps = ("entries read one by one",)
    return Reading(entries=tuple(found), is_feed=False, steps=steps), _names(tuple(good))


def _names(entries: tuple[Entry, ...]) -> Counter[str]:
    """What entries are called, for comparing two readings of one feed; empty ones have no name."""
    return Counter(fold(entry.title) or entry.guid or fold(entry.link) for entry in entries if not entry.empty)
