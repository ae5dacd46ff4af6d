"""Judge whether two tellings are copies, tell the same step, or can never be one story.

All judgements are symmetric and look at the two tellings only, never at the order in which they arrived.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.cluster.sketch import ANCHORS, alike, numbers
from bot.cluster.telling import main_step
from bot.types.ids import DocumentId
from bot.types.kinship import Kinship
from bot.types.levels import Authority, Direction, Stage
from bot.types.reading import Event
from bot.types.story import Telling

COPY = (
    0.6  # alike from here on: wire copies with another title and a changed sentence stay above, other texts far below
)
SHORT = 12  # shingles; shorter openings (titles only) need more likeness and less distance in time
SHORT_COPY = 0.8
SHORT_DAYS = timedelta(days=3)
OPEN_DAYS = timedelta(days=30)  # how long a story can take up another telling
STEP_DAYS = timedelta(days=7)  # a step is news for a week, unless something ties a later text to it
ONE_DAY = timedelta(days=1)
DUE_DAYS = timedelta(days=2)  # around the day on which an announced step enters into force
ENOUGH = 4.0  # agreement that makes two events one step: imposer and goods alone do, when the time is near

MERGE = 6.5  # agreement that also joins two stories; a round-up of several steps agrees with each a little less

UNNAMED = "other"  # goods that no concept file knows
# Families that reporters use for one step: an entity listing is told as an export ban on the listed firms.
_ONE_STEP = (frozenset({"restrict", "list"}), frozenset({"restrict", "report"}), frozenset({"tariff", "remedy"}))
_GROWTH = {Stage.CONSIDERED: 0, Stage.PROPOSED: 1, Stage.ANNOUNCED: 2}  # every other stage: 3
_TAKEN = frozenset(Stage) - {Stage.CONSIDERED, Stage.PROPOSED, Stage.DENIED, Stage.HISTORIC}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Why two tellings belong together; more `strength` wins when several stories would take a telling."""

    strength: float  # 100 same text, 90 copy, 50 same citation, else points of agreement
    phrase: str
    copy: bool = False


def growth(stage: Stage) -> int:
    """How far a stage is along the life-cycle: 0 considered, 1 proposed, 2 announced, 3 in force or later."""
    return _GROWTH.get(stage, 3)


def order(telling: Telling) -> tuple[float, DocumentId]:
    """Place in the canonical order: the text's own time, then its id."""
    return (telling.dated.timestamp(), telling.document_id)


def link(one: Telling, other: Telling, kin: Kinship) -> Link | None:
    """Why the two belong to one story; None when nothing says so or something forbids it."""
    if abs(one.dated - other.dated) > OPEN_DAYS + STEP_DAYS:
        return None
    return _copy(one, other, kin) or _same_step(one, other, kin)


def conflict(one: Telling, other: Telling, kin: Kinship) -> bool:
    """True when the two can never be one story, whatever third text links them.

    Different numbers of one issuer, different imposers, opposite directions, and two official texts of one side about
    different goods or targets. A direction that words do not say is too unsure to part what else belongs together.
    """
    if one.content_hash == other.content_hash:
        return False
    mine, theirs = main_step(one), main_step(other)
    if mine is None or theirs is None:
        return False
    if _apart(mine, theirs):
        return True
    if one.authority is Authority.OFFICIAL is other.authority and one.jurisdiction == other.jurisdiction:
        return _disjoint_goods(mine, theirs, kin) or _disjoint(mine.targets, theirs.targets)
    return False


def _apart(mine: Event, theirs: Event) -> bool:
    if mine.imposer and theirs.imposer and mine.imposer != theirs.imposer:
        return True
    opposite = {mine.direction, theirs.direction} == {Direction.TIGHTEN, Direction.EASE}
    if opposite and "direction" not in {*mine.learned, *theirs.learned}:
        return True
    if mine.citation and theirs.citation and mine.citation != theirs.citation:
        return mine.citation.partition(":")[0] == theirs.citation.partition(":")[0]
    return False


def _copy(one: Telling, other: Telling, kin: Kinship) -> Link | None:
    short = min(len(one.shingles), len(other.shingles)) < SHORT
    if abs(one.dated - other.dated) > (SHORT_DAYS if short else OPEN_DAYS):
        return None
    if one.content_hash == other.content_hash:
        return Link(strength=100, phrase="the same text", copy=True)
    if not set(one.shingles[:ANCHORS]).intersection(other.shingles[:ANCHORS]):
        return None
    if short and numbers(one.title) != numbers(other.title):
        return None
    likeness = alike(one.shingles, other.shingles)
    if likeness < (SHORT_COPY if short else COPY) or conflict(one, other, kin):
        return None
    return Link(strength=90 + likeness, phrase=f"a copy: {likeness:.0%} of the opening is the same", copy=True)


def _same_step(one: Telling, other: Telling, kin: Kinship) -> Link | None:
    mine, theirs = main_step(one), main_step(other)
    if mine is None or theirs is None or _apart(mine, theirs):
        return None
    if mine.citation and mine.citation == theirs.citation:
        return Link(strength=50, phrase=f"both cite {mine.citation}")
    if not _families_fit(mine, theirs, kin) or not _stages_fit(one, other):
        return None
    if _disjoint(mine.targets, theirs.targets):
        return None
    if _disjoint_goods(mine, theirs, kin) or abs(one.dated - other.dated) > _window(one, other):
        return None
    return _agreement(one, other, kin)


def _agreement(one: Telling, other: Telling, kin: Kinship) -> Link | None:
    """Points for every field that both tell alike; a field that one leaves out neither helps nor hurts."""
    mine, theirs = one.events[0], other.events[0]
    days = abs(one.dated - other.dated).total_seconds() / 86400
    shared_goods = _shared_goods(mine, theirs, kin)
    shared_targets = sorted(set(mine.targets) & set(theirs.targets))
    if not shared_goods and not (mine.imposer and mine.imposer == theirs.imposer and _tied(mine, theirs)):
        return None
    said: list[tuple[float, str]] = []
    if mine.imposer and mine.imposer == theirs.imposer:
        said.append((2, mine.imposer))
    if shared_goods:
        same = set(mine.goods) - {UNNAMED} == set(theirs.goods) - {UNNAMED}
        said.append((2 if same else 1.5, ", ".join(shared_goods)))
    if shared_targets:
        said.append((1.5, "towards " + ", ".join(shared_targets)))
    elif not mine.targets and not theirs.targets:
        said.append((0.5, "towards all"))
    if mine.effective and mine.effective == theirs.effective:
        said.append((2, f"from {mine.effective.isoformat()}"))
    if mine.agency and mine.agency == theirs.agency:
        said.append((0.5, mine.agency))
    if mine.measure == theirs.measure:
        said.append((0.5, mine.measure))
    said.append(
        (1.5 if days <= 1.5 else 0.5 if days <= 4 else 0, f"{days:.0f} days apart" if days >= 1 else "same day")
    )
    points = sum(value for value, _ in said)
    if points < ENOUGH:
        return None
    return Link(strength=points, phrase="the same step: " + "; ".join(phrase for _, phrase in said))


def _tied(mine: Event, theirs: Event) -> bool:
    """Without goods in common, a shared target or a shared date must tie the two."""
    return bool(set(mine.targets) & set(theirs.targets)) or bool(mine.effective and mine.effective == theirs.effective)


def _families_fit(mine: Event, theirs: Event, kin: Kinship) -> bool:
    if Stage.DENIED in (mine.stage, theirs.stage) or mine.direction is theirs.direction is Direction.EASE:
        # What is denied or eased is named by its object, and that word differs from text to text.
        return True
    families = {kin.family(mine.measure), kin.family(theirs.measure)}
    return len(families) == 1 or any(families <= together for together in _ONE_STEP)


def _stages_fit(one: Telling, other: Telling) -> bool:
    """A step that was taken is not considered days later, nor denied under another name: that is about another step."""
    early, late = (one, other) if order(one) <= order(other) else (other, one)
    before, after = early.events[0], late.events[0]
    if before.measure == after.measure or before.stage not in _TAKEN:
        return True
    if late.dated - early.dated <= ONE_DAY and after.stage is not Stage.DENIED:
        return True  # on the day itself reports are ahead of and behind each other
    return after.stage is not Stage.DENIED and growth(after.stage) >= growth(Stage.ANNOUNCED)


def _shared_goods(mine: Event, theirs: Event, kin: Kinship) -> list[str]:
    shared = {a for a in mine.goods for b in theirs.goods if UNNAMED not in (a, b) and kin.related(a, b)}
    words = {w.casefold() for w in mine.goods_surface} & {w.casefold() for w in theirs.goods_surface}
    return sorted(shared | words)


def _disjoint_goods(mine: Event, theirs: Event, kin: Kinship) -> bool:
    """Both name goods that we know, and none of them stands above or below another."""
    ours, others = set(mine.goods) - {UNNAMED}, set(theirs.goods) - {UNNAMED}
    return bool(ours and others) and not any(kin.related(a, b) for a in ours for b in others)


def _disjoint(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    return bool(mine and theirs) and not set(mine) & set(theirs)


def _window(one: Telling, other: Telling) -> timedelta:
    """How far apart two texts of one step may be dated."""
    early, late = (one, other) if order(one) <= order(other) else (other, one)
    before, after = early.events[0], late.events[0]
    if before.effective:
        if before.effective == after.effective:
            return OPEN_DAYS
        if abs(late.dated.date() - before.effective) <= DUE_DAYS:
            return OPEN_DAYS
    grew = growth(before.stage) < growth(after.stage) and before.stage in _GROWTH
    return OPEN_DAYS if grew else STEP_DAYS
