"""Compare the goods of two tellings: shared, near, or certainly others."""

from __future__ import annotations

from bot.types.kinship import Kinship
from bot.types.reading import UNNAMED as GUESSED
from bot.types.reading import Event

UNNAMED = "other"  # goods that no concept file knows
# Words for whole groups, which a text uses beside what it means: they count only where nothing else is named.
_GROUPS = frozenset({"critical-minerals", "base-materials"})
# Forms of a material: ore of lithium is told as lithium by one text and as ore by the next.
_FORMS = frozenset({"ores-concentrates", "scrap-and-black-mass"})


def meant(event: Event, kin: Kinship) -> frozenset[str]:
    """What the event is about, in its narrowest words: `other`, groups and what stands above another good left out."""
    known = set(event.goods) - {UNNAMED}
    narrow = {good for good in known if not any(good != other and kin.isa(other, good) for other in known)}
    return frozenset(narrow - _GROUPS or narrow)


def guessed(event: Event) -> bool:
    """The goods are what the text seems to be about; it names none that we know."""
    return GUESSED in event.learned


def shared_goods(mine: Event, theirs: Event, kin: Kinship) -> tuple[str, ...]:
    """Goods that both mean, one standing above the other included, and unknown goods in the same words."""
    shared = {a for a in meant(mine, kin) for b in meant(theirs, kin) if kin.related(a, b)}
    words = {w.casefold() for w in mine.goods_surface} & {w.casefold() for w in theirs.goods_surface}
    return tuple(sorted(shared | words))


def apart_goods(mine: Event, theirs: Event, kin: Kinship) -> bool:
    """Both name goods that we know, and none of them is, or stands above or below, another."""
    if guessed(mine) or guessed(theirs):
        return False
    ours, others = meant(mine, kin) - _FORMS, meant(theirs, kin) - _FORMS
    return bool(ours and others) and not any(kin.related(a, b) for a in ours for b in others)
