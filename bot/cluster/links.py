"""Judge whether two tellings are copies, tell the same step, or can never be one story.

All judgements are symmetric and look at the two tellings only, never at the order in which they arrived.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.cluster.agreement import ENOUGH, agreement, opposite
from bot.cluster.goods import apart_goods, meant
from bot.cluster.sketch import bands, numbers, shared
from bot.cluster.telling import faces, main_step
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
REWRITTEN = 0.45  # alike from here on: two texts of one step are one text under two titles
EXCERPT = 0.9  # of a text that stands in a longer one makes it a copy of a part
EXCERPT_LENGTH = 20  # shingles that such a text has at least
SHORT_DAYS = timedelta(days=3)
OPEN_DAYS = timedelta(days=30)  # how long a story can take up another telling
STEP_DAYS = timedelta(days=7)  # a step is news for a week, unless something ties a later text to it
ONE_DAY = timedelta(days=1)
DUE_DAYS = timedelta(days=2)  # around the day on which an announced step enters into force
FIRM = 50.0  # a link so strong, by number or by words, stands whatever else is told
MERGE = 6.5  # agreement that also joins two stories; a round-up of several steps agrees with each a little less

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

    Different numbers of one issuer, an act and the step that changes it, different imposers, and two official texts of
    one side about different goods or targets.
    """
    if one.content_hash == other.content_hash:
        return False
    mine, theirs = main_step(one), main_step(other)
    if mine is None or theirs is None:
        return False
    if _apart(mine, theirs):
        return True
    if one.authority is Authority.OFFICIAL is other.authority and one.jurisdiction == other.jurisdiction:
        if mine.citation and mine.citation == theirs.citation:
            return False
        return opposite(mine, theirs) or _other_notice(mine, theirs, kin) or _disjoint(mine.targets, theirs.targets)
    return False


def _other_notice(mine: Event, theirs: Event, kin: Kinship) -> bool:
    """A ministry publishes a step once: two texts of it are one only if measure and goods agree."""
    ours, others = meant(mine, kin), meant(theirs, kin)
    return bool(ours and others and not ours & others) or kin.family(mine.measure) != kin.family(theirs.measure)


def judged(one: Telling, other: Telling) -> bool:
    """True when the two are near enough in time, and tell enough, to be expected to agree if they are one step."""
    return bool(one.events and other.events) and abs(one.dated - other.dated) <= STEP_DAYS


def _apart(mine: Event, theirs: Event) -> bool:
    if mine.imposer and theirs.imposer and mine.imposer != theirs.imposer:
        return True
    if mine.citation and theirs.citation and mine.citation != theirs.citation:
        return mine.citation.partition(":")[0] == theirs.citation.partition(":")[0]
    return _changes(mine, theirs) or _changes(theirs, mine)


def _changes(step: Event, act: Event) -> bool:
    """True when the step changes the very act that the other event is: suspending it is another step than making it."""
    return act.citation is not None and any(changed.partition("#")[0] == act.citation for changed in step.acts)


def _copy(one: Telling, other: Telling, kin: Kinship) -> Link | None:
    short = min(len(one.shingles), len(other.shingles)) < SHORT
    if abs(one.dated - other.dated) > (SHORT_DAYS if short else OPEN_DAYS):
        return None
    if one.content_hash == other.content_hash:
        return Link(strength=100, phrase="the same text", copy=True)
    common = shared(one.shingles, other.shingles)
    if not common or (short and numbers(one.title) != numbers(other.title)):
        return None
    likeness = _likeness(one, other, common)
    part = common / min(len(one.shingles), len(other.shingles)) if _excerpt(one, other) else 0.0
    if likeness < (SHORT_COPY if short else COPY) and part < EXCERPT:
        return None
    # What no band finds must be no copy either, or it would depend on what else brought the two together.
    if bands(one.shingles).isdisjoint(bands(other.shingles)) or conflict(one, other, kin):
        return None
    return Link(
        strength=90 + likeness, phrase=f"a copy: {max(likeness, part):.0%} of the opening is the same", copy=True
    )


def _likeness(one: Telling, other: Telling, common: int) -> float:
    """Share of all their shingles that two tellings have in common, 0..1; exact."""
    union = len(one.shingles) + len(other.shingles) - common
    return common / union if union else 0.0


def _excerpt(one: Telling, other: Telling) -> bool:
    return min(len(one.shingles), len(other.shingles)) >= EXCERPT_LENGTH and abs(one.dated - other.dated) <= SHORT_DAYS


def _same_step(one: Telling, other: Telling, kin: Kinship) -> Link | None:
    """The strongest link between a side of the one step and a side of the other."""
    if conflict(one, other, kin):
        return None
    found = [link for a in faces(one, kin) for b in faces(other, kin) if (link := _one_step(one, a, other, b, kin))]
    return max(found, key=lambda link: (link.strength, link.phrase), default=None)


def _one_step(one: Telling, mine: Event, other: Telling, theirs: Event, kin: Kinship) -> Link | None:
    if mine.citation and mine.citation == theirs.citation:
        return Link(strength=FIRM, phrase=f"both cite {mine.citation}", copy=_one_author(one, other))
    if _apart(mine, theirs) or not _families_fit(mine, theirs, kin) or not _stages_fit(one, mine, other, theirs):
        return None
    if _disjoint(mine.targets, theirs.targets) or apart_goods(mine, theirs, kin):
        return None
    if abs(one.dated - other.dated) > _window(one, mine, other, theirs):
        return None
    said = agreement(one, mine, other, theirs, kin)
    points = sum(value for value, _ in said)
    if points < ENOUGH:
        return None
    phrase = "the same step: " + "; ".join(phrase for _, phrase in said)
    return Link(strength=points, phrase=phrase, copy=_one_author(one, other))


def _one_author(one: Telling, other: Telling) -> bool:
    """Two texts of one step by one hand: most of their words are the same, or one publisher or agency wrote both."""
    if abs(one.dated - other.dated) > ONE_DAY:
        return False
    if _likeness(one, other, shared(one.shingles, other.shingles)) >= REWRITTEN:
        return True
    if one.publisher and one.publisher == other.publisher:
        return one.lang != other.lang
    ours, others = _authors(one), _authors(other)
    return bool(one.credit or other.credit) and not ours.isdisjoint(others)


def _authors(telling: Telling) -> set[str]:
    return {name for name in (telling.credit, telling.publisher.casefold()) if name}


def _families_fit(mine: Event, theirs: Event, kin: Kinship) -> bool:
    if "measure" in (*mine.learned, *theirs.learned):
        return True  # a word that only seems to be meant forbids nothing
    if Stage.DENIED in (mine.stage, theirs.stage) or mine.direction is theirs.direction is Direction.EASE:
        # What is denied or eased is named by its object, and that word differs from text to text.
        return True
    families = {kin.family(mine.measure), kin.family(theirs.measure)}
    return len(families) == 1 or any(families <= together for together in _ONE_STEP)


def _stages_fit(one: Telling, mine: Event, other: Telling, theirs: Event) -> bool:
    """A step that was taken is not considered days later, nor denied under another name: that is about another step."""
    early, before, late, after = _in_order(one, mine, other, theirs)
    if before.measure == after.measure or before.stage not in _TAKEN:
        return True
    if late.dated - early.dated <= ONE_DAY and after.stage is not Stage.DENIED:
        return True  # on the day itself reports are ahead of and behind each other
    return after.stage is not Stage.DENIED and growth(after.stage) >= growth(Stage.ANNOUNCED)


def _in_order(one: Telling, mine: Event, other: Telling, theirs: Event) -> tuple[Telling, Event, Telling, Event]:
    return (one, mine, other, theirs) if order(one) <= order(other) else (other, theirs, one, mine)


def _disjoint(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    return bool(mine and theirs) and not set(mine) & set(theirs)


def _window(one: Telling, mine: Event, other: Telling, theirs: Event) -> timedelta:
    """How far apart two texts of one step may be dated."""
    _, before, late, after = _in_order(one, mine, other, theirs)
    if before.effective:
        if before.effective == after.effective:
            return OPEN_DAYS
        if abs(late.dated.date() - before.effective) <= DUE_DAYS:
            return OPEN_DAYS
    grew = growth(before.stage) < growth(after.stage) and before.stage in _GROWTH
    return OPEN_DAYS if grew else STEP_DAYS
