"""Fetch the stories that placing a document must see, by their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.cluster.blocking import asked
from bot.cluster.links import link, order
from bot.cluster.telling import telling_of
from bot.types.document import Document
from bot.types.ids import StoryId
from bot.types.kinship import Kinship, kinship
from bot.types.lexicon import Lexicon
from bot.types.reading import Reading
from bot.types.story import Story, Telling

MOST = 200  # stories that hang together; a cluster of more is worked out among the nearest of them
Find = Callable[[Iterable[str]], Iterable[Story]]  # open stories filed under one of some keys


def gather(
    document: Document, reading: Reading, find: Find, *, known: Sequence[Story] = (), lexicon: Lexicon
) -> tuple[Story, ...]:
    """Open stories that share a key with a document and, where it moves others, those that hang together with them.

    A text that is older than what its neighbours tell, or that was edited, may change whom they go with.

    Args:
        document: The text.
        reading: What was understood of it.
        find: Looks stories up by key.
        known: Stories that hold an earlier edition of the document.
        lexicon: For `place`, too.
    """
    kin = kinship(lexicon)
    telling = telling_of(document, reading)
    found = {story.id: story for story in (*known, *find(sorted(asked(telling, kin))))}
    mine = {story.id for story in known}
    near = [story for story in found.values() if story.id in mine or any(link(telling, t, kin) for t in story.tellings)]
    if not known and newest(telling, near):
        return tuple(found.values())
    tied: dict[StoryId, Story] = {story.id: story for story in near}
    frontier = near
    while frontier and len(tied) < MOST:
        keys = frozenset().union(*(asked(told, kin) for story in frontier for told in story.tellings))
        found |= {story.id: story for story in find(sorted(keys))}
        rest = (story for story in found.values() if story.id not in tied)
        frontier = [story for story in rest if any(tied_to(one, story, kin) for one in frontier)]
        tied |= {story.id: story for story in frontier}
    return tuple(found.values())


def newest(telling: Telling, stories: Sequence[Story]) -> bool:
    """True when no text of the stories is later than the telling."""
    return all(order(told) <= order(telling) for story in stories for told in story.tellings)


def tied_to(one: Story, other: Story, kin: Kinship) -> bool:
    """True when a text of the one agrees with a text of the other."""
    return any(link(a, b, kin) for a in one.tellings for b in other.tellings)
