"""Name what a telling could be found by, so that only plausible stories are compared.

Of two tellings that `links.link` joins, what one asks for the other is always filed under; the reverse need not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from bot.cluster.goods import UNNAMED
from bot.cluster.links import OPEN_DAYS
from bot.cluster.sketch import bands
from bot.cluster.telling import faces, telling_of
from bot.types.document import Document
from bot.types.ids import StoryId
from bot.types.kinship import Kinship, kinship
from bot.types.lexicon import Lexicon
from bot.types.reading import Event, Reading
from bot.types.story import Story, Telling


def _keys(telling: Telling, kin: Kinship) -> tuple[set[str], set[str], str | None]:
    """Keys that look the same from both sides, the goods, and who imposes.

    Text, bands of its opening, citation, unknown goods by their words, and per imposer what ties two texts without
    goods in common: targets, dates, acts, numbers of notices, figures.
    """
    keys = {f"h:{telling.content_hash}", *(f"n:{band}" for band in bands(telling.shingles))}
    goods: set[str] = set()
    steps = faces(telling, kin)
    for step in steps:
        if step.citation:
            keys.add(f"c:{step.citation}")
        keys.update(f"w:{word.casefold()}" for word in step.goods_surface)
        goods |= kin.widened(good for good in step.goods if good != UNNAMED)
        if step.imposer:
            keys.update(f"{kind}:{step.imposer}:{value}" for kind, value in _tied(telling, step))
    return keys, goods, steps[0].imposer if steps else None


def _tied(telling: Telling, step: Event) -> Iterator[tuple[str, str]]:
    """What ties texts of one imposer that share no goods, by kind."""
    yield from (("t", target) for target in step.targets)
    yield from (("a", act.partition("#")[0]) for act in step.acts)
    yield from (("d", day.isoformat()) for day in (step.effective, step.until) if day is not None)
    own = {step.citation.rpartition(":")[2]} if step.citation else set()
    yield from (("o", number) for number in own | set(telling.numbered))
    yield from (("f", figure) for figure in telling.figures)


def asked(telling: Telling, kin: Kinship) -> frozenset[str]:
    """Keys under which to look for stories that could tell the same.

    Whoever names the imposer looks among stories of this imposer and those that name none; whoever does not, among
    all that share a good.
    """
    keys, goods, imposer = _keys(telling, kin)
    sides = (imposer, "?") if imposer else ("*",)
    return frozenset(keys | {f"g:{side}:{good}" for side in sides for good in goods})


def filed(telling: Telling, kin: Kinship) -> frozenset[str]:
    """Keys under which a story is found because of this telling."""
    keys, goods, imposer = _keys(telling, kin)
    return frozenset(keys | {f"g:{side}:{good}" for side in (imposer or "?", "*") for good in goods})


def blocking_keys(document: Document, reading: Reading, *, lexicon: Lexicon) -> tuple[str, ...]:
    """Keys under which storage looks for open stories before `place`; sorted."""
    return tuple(sorted(asked(telling_of(document, reading), kinship(lexicon))))


def story_keys(story: Story, *, lexicon: Lexicon) -> tuple[str, ...]:
    """Keys under which storage files a story after `place`; sorted."""
    kin = kinship(lexicon)
    return tuple(sorted(frozenset().union(*(filed(telling, kin) for telling in story.tellings))))


def candidates(
    keys: Iterable[str], index: Mapping[str, Sequence[Story]], *, now: datetime | None = None
) -> tuple[Story, ...]:
    """Open stories that share a key, each once, in order of id.

    Args:
        keys: What `blocking_keys` said of the document.
        index: Key -> stories, as an index in memory keeps them; a database does the same with one query.
        now: Leaves out stories that nothing was added to for 30 days.
    """
    found: dict[StoryId, Story] = {}
    for key in keys:
        for story in index.get(key, ()):
            if now is None or now - story.last_seen <= OPEN_DAYS:
                found[story.id] = story
    return tuple(found[story_id] for story_id in sorted(found))
