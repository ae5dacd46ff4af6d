"""Name what a telling could be found by, so that only plausible stories are compared.

Two tellings that `links.link` joins always share a key; the reverse need not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.cluster.links import OPEN_DAYS, UNNAMED
from bot.cluster.sketch import ANCHORS
from bot.cluster.telling import main_step, telling_of
from bot.types.document import Document
from bot.types.ids import StoryId
from bot.types.kinship import Kinship, kinship
from bot.types.lexicon import Lexicon
from bot.types.reading import Reading
from bot.types.story import Story, Telling


def keys_of(telling: Telling, kin: Kinship) -> frozenset[str]:
    """Keys of one telling: its text, its opening words, and citation, goods, targets and date of its step."""
    keys = {f"h:{telling.content_hash}"}
    keys.update(f"n:{value}" for value in telling.shingles[:ANCHORS])
    step = main_step(telling)
    if step is None:
        return frozenset(keys)
    if step.citation:
        keys.add(f"c:{step.citation}")
    keys.update(f"g:{above}" for above in kin.widened(good for good in step.goods if good != UNNAMED))
    keys.update(f"w:{word.casefold()}" for word in step.goods_surface)
    if step.imposer:
        keys.update(f"t:{step.imposer}:{target}" for target in step.targets)
        if step.effective:
            keys.add(f"d:{step.imposer}:{step.effective.isoformat()}")
    return frozenset(keys)


def blocking_keys(document: Document, reading: Reading, *, lexicon: Lexicon) -> tuple[str, ...]:
    """Keys under which storage looks for open stories before `place`; sorted."""
    return tuple(sorted(keys_of(telling_of(document, reading), kinship(lexicon))))


def story_keys(story: Story, *, lexicon: Lexicon) -> tuple[str, ...]:
    """Keys under which storage files a story after `place`; sorted."""
    kin = kinship(lexicon)
    return tuple(sorted(frozenset().union(*(keys_of(telling, kin) for telling in story.tellings))))


def candidates(
    keys: Iterable[str], filed: Mapping[str, Sequence[Story]], *, now: datetime | None = None
) -> tuple[Story, ...]:
    """Open stories that share a key, each once, in order of id.

    Args:
        keys: What `blocking_keys` said of the document.
        filed: Key -> stories, as an index in memory keeps them; a database does the same with one query.
        now: Leaves out stories that nothing was added to for 30 days.
    """
    found: dict[StoryId, Story] = {}
    for key in keys:
        for story in filed.get(key, ()):
            if now is None or now - story.last_seen <= OPEN_DAYS:
                found[story.id] = story
    return tuple(found[story_id] for story_id in sorted(found))
