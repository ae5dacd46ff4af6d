"""Count in points how far two events are one step: what both tell alike speaks for it, what differs against it.

A field that one of the two leaves out says nothing.
"""

from __future__ import annotations

from bot.cluster.goods import UNNAMED, guessed, meant, shared_goods
from bot.types.kinship import Kinship
from bot.types.levels import Direction, Stage
from bot.types.reading import Event
from bot.types.story import Telling

ENOUGH = 4.0  # makes two events one step: imposer and goods alone do, when the time is near
_NEAR, _CLOSE = 1.5, 4  # days
_ENDED = frozenset({Stage.SUSPENDED, Stage.LIFTED})  # whatever was tightened, this eases it
_EXACT = 3  # digits from which a figure is no coincidence
_SHOWN = 3  # figures named in a reason

Points = list[tuple[float, str]]


def agreement(one: Telling, mine: Event, other: Telling, theirs: Event, kin: Kinship) -> Points:
    """Points for and against, each with a phrase for people; empty when nothing ties the two at all."""
    ties = _ties(one, mine, other, theirs)
    goods = shared_goods(mine, theirs, kin)
    side = mine.imposer is not None and mine.imposer == theirs.imposer
    if not goods and not (side and (ties or set(mine.targets) & set(theirs.targets))):
        return []
    if opposite(mine, theirs):
        if not (side and ties):
            return []
        ties.append((-2, "but in opposite directions"))
    said: Points = [(2, mine.imposer)] if side and mine.imposer else []
    if goods:
        ours, others = meant(mine, kin), meant(theirs, kin)
        alike = ours == others and set(mine.goods) - {UNNAMED} == set(theirs.goods) - {UNNAMED}
        points = 2 if alike else 1.5 if ours & others or not ours else 1
        said.append((points / 2 if guessed(mine) or guessed(theirs) else points, ", ".join(goods)))
    elif _unnamed(mine) != _unnamed(theirs):
        said.append((-1, "but one names goods that the other does not know"))
    said += _targets(mine, theirs) + ties + _dates(one, mine, other, theirs) + _names(mine, theirs)
    if one.figures and other.figures and not set(one.figures) & set(other.figures):
        # Where no good that both name holds the two together, other figures tell steel from chips.
        sure = goods and not guessed(mine) and not guessed(theirs)
        said.append((-0.5 if sure else -2, "but with other figures"))
    return said


def opposite(mine: Event, theirs: Event) -> bool:
    """One tightens and the other eases, both in so many words; a direction that words do not say is too unsure."""
    return {_direction(mine), _direction(theirs)} == {Direction.TIGHTEN, Direction.EASE}


def _direction(event: Event) -> Direction:
    if event.stage in _ENDED:
        return Direction.NONE if "stage" in event.learned else Direction.EASE
    return Direction.NONE if "direction" in event.learned else event.direction


def _unnamed(event: Event) -> bool:
    return not set(event.goods) - {UNNAMED}


def _targets(mine: Event, theirs: Event) -> Points:
    shared = sorted(set(mine.targets) & set(theirs.targets))
    if shared:
        return [(1.5, "towards " + ", ".join(shared))]
    return [(0.5, "towards all")] if not mine.targets and not theirs.targets else []


def _ties(one: Telling, mine: Event, other: Telling, theirs: Event) -> Points:
    """What is alike in every language and seldom by chance: dates ahead, acts, numbers of notices, figures."""
    said: Points = []
    if mine.effective and mine.effective == theirs.effective:
        said.append((2, f"from {mine.effective.isoformat()}"))
    if mine.until and mine.until == theirs.until:
        said.append((1.5, f"until {mine.until.isoformat()}"))
    if acts := sorted(_acts(mine) & _acts(theirs)):
        said.append((2, "changes " + ", ".join(acts)))
    if shared := sorted(_numbers(one, mine) & _numbers(other, theirs)):
        said.append((1.5, "No. " + ", ".join(shared[:_SHOWN])))
    if figures := sorted(set(one.figures) & set(other.figures), key=lambda f: (-len(f), f)):
        exact = len(figures) > 1 or len(figures[0]) >= _EXACT
        said.append((1.5 if exact else 1, "figures " + ", ".join(figures[:_SHOWN])))
    return said


def _acts(event: Event) -> set[str]:
    return {act.partition("#")[0] for act in event.acts}


def _numbers(telling: Telling, event: Event) -> set[str]:
    own = {event.citation.rpartition(":")[2]} if event.citation else set()
    return own | set(telling.numbered)


def _dates(one: Telling, mine: Event, other: Telling, theirs: Event) -> Points:
    """How near the texts are in time, and what they tell otherwise: dates ahead, notices."""
    days = abs(one.dated - other.dated).total_seconds() / 86400
    near = 1.5 if days <= _NEAR else 0.5 if days <= _CLOSE else 0
    said: Points = [(near, f"{days:.0f} days apart" if days >= 1 else "same day")]
    if mine.effective and theirs.effective and mine.effective != theirs.effective:
        said.append((-1.5, "but from another day"))
    ours, others = _numbers(one, mine), _numbers(other, theirs)
    if ours and others and not ours & others:
        said.append((-1.5, "but under another number"))
    return said


def _names(mine: Event, theirs: Event) -> Points:
    said: Points = []
    if mine.agency and mine.agency == theirs.agency:
        said.append((0.5, mine.agency))
    if mine.measure == theirs.measure:
        said.append((0.5, mine.measure))
    return said
