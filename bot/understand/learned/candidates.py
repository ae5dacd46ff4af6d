"""Lay out who may act, who may be hit and which goods may be meant, each with numbers that speak for and against."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.levels import Slot, Stage, Zone
from bot.types.lexicon import Concept
from bot.types.reading import Event, Mention, Reading
from bot.understand._lexis import language
from bot.understand._origin import Origin, origin_of
from bot.understand.learned.features import Features

_SPEAKING = frozenset({"agency"})
_STATES = frozenset({"state", "capital", "group"})
_MOST = 3.0
_RIVALS = 2


def states(document: Document, reading: Reading, concepts: Mapping[ConceptId, Concept]) -> dict[str, Features]:
    """Every jurisdiction that the text names, or may mean without a name because it is at home there.

    Args:
        document: The text.
        reading: What words alone say of it.
        concepts: The lexicon, for the roles of actors.
    """
    origin = origin_of(document, language(reading.lang).grammar.roles.home, concepts)
    named = [m for m in reading.mentions if m.slot in {Slot.ACTOR, Slot.TARGET} and m.value]
    live = [event for event in reading.events if event.stage is not Stage.HISTORIC]
    codes = dict.fromkeys([*(m.value for m in named), *_of_events(reading.events)])
    codes |= dict.fromkeys(code for code in (origin.speaker, origin.place, origin.language) if code)
    order = {code: at for at, code in enumerate(dict.fromkeys(m.value for m in named))}
    total = max(1, len(named))
    return {
        code: {
            f"is:{code}": 1.0,
            **_of_mentions([m for m in named if m.value == code], concepts, total),
            **_in_events(code, live, reading.events),
            "first": float(order.get(code) == 0),
            "alone": float(len(codes) == 1),
            **_at_home(code, origin, named=code in order, rivals=len(order)),
        }
        for code in codes
    }


def _at_home(code: str, origin: Origin, *, named: bool, rivals: int) -> Features:
    """How near a state is to the source, and how many states are named that may be meant instead."""
    here: Features = {"home": float(code == origin.speaker), "unnamed": float(not named)}
    for name, home in (("place", origin.place), ("language", origin.language)):
        told = "named" if named else str(min(rivals, _RIVALS))
        here |= {name: 1.0, f"{name}:{told}": 1.0} if code == home else {}
    return here


def _of_events(events: Iterable[Event]) -> list[str]:
    return [code for event in events for code in (event.imposer, *event.targets) if code]


def _of_mentions(own: Sequence[Mention], concepts: Mapping[ConceptId, Concept], total: int) -> Features:
    roles = [(m, concepts[m.concept].role if m.concept in concepts else "") for m in own]
    return {
        "n": min(_MOST, math.log1p(len(own))),
        "share": len(own) / total,
        "title": float(any(m.zone is Zone.TITLE for m in own)),
        "lead": float(any(m.zone is Zone.LEAD for m in own)),
        "target": float(any(m.slot is Slot.TARGET for m in own)),
        "target:title": float(any(m.slot is Slot.TARGET and m.zone is Zone.TITLE for m in own)),
        "actor:title": float(any(m.slot is Slot.ACTOR and m.zone is Zone.TITLE for m in own)),
        "agency": float(any(role in _SPEAKING for _, role in roles)),
        "agency:head": float(any(role in _SPEAKING and m.zone is not Zone.BODY for m, role in roles)),
        "company": float(any(role == "company" for _, role in roles)),
        "company:only": float(bool(roles) and all(role == "company" for _, role in roles)),
        "state": float(any(role in _STATES for _, role in roles)),
    }


def _in_events(code: str, live: Sequence[Event], every: Sequence[Event]) -> Features:
    first = live[0] if live else None
    imposing = [event for event in every if event.imposer == code]
    return {
        "event:imposer": float(first is not None and first.imposer == code),
        "event:imposer:sure": first.confidence if first is not None and first.imposer == code else 0.0,
        "event:imposer:other": float(first is not None and first.imposer not in {None, code}),
        "event:target": float(first is not None and code in first.targets),
        "event:target:sure": first.confidence if first is not None and code in first.targets else 0.0,
        "event:target:other": float(first is not None and bool(first.targets) and code not in first.targets),
        "events:imposer": float(bool(imposing)),
        "events:target": float(any(code in event.targets for event in every)),
    }


def hit(states: Mapping[str, Features], imposer: str | None, measure: str) -> dict[str, Features]:
    """Those of the states who may be hit once it is known who does what: lists name firms, duties hit whom they name.

    Args:
        states: Of the text, by `states`.
        imposer: Who acts; hits others only.
        measure: Concept of what is done.
    """
    others = {code: numbers for code, numbers in states.items() if code != imposer}
    acts = states.get(imposer or "", {}).get("n", 0.0)
    return {
        code: {
            **numbers,
            f"measure:{measure}": 1.0,
            "only": float(len(others) == 1),
            "rivals": min(_MOST, math.log1p(len(others))),
            "outweighs": float(numbers.get("n", 0.0) >= acts),
        }
        for code, numbers in others.items()
    }


def goods(reading: Reading) -> dict[ConceptId, Features]:
    """Every good that the text names, with what speaks for its being the one that the step is about."""
    live = [event for event in reading.events if event.stage is not Stage.HISTORIC]
    named = [m for m in reading.mentions if m.slot is Slot.GOODS]
    names = dict.fromkeys([*(m.concept for m in named), *(good for event in live[:1] for good in event.goods)])
    measured = [
        (start, end)
        for start, end in reading.sentences
        if any(m.slot is Slot.MEASURE and start <= m.start < end for m in reading.mentions)
    ]
    return {name: _good(name, [m for m in named if m.concept == name], live, measured, len(names)) for name in names}


def _good(
    name: ConceptId, own: Sequence[Mention], live: Sequence[Event], measured: Sequence[tuple[int, int]], rivals: int
) -> Features:
    first = live[0] if live else None
    return {
        f"is:{name}": 1.0,  # some are named beside the goods of a step more often than they are its goods
        "n": min(_MOST, math.log1p(len(own))),
        "title": float(any(m.zone is Zone.TITLE for m in own)),
        "lead": float(any(m.zone is Zone.LEAD for m in own)),
        "body:only": float(bool(own) and all(m.zone is Zone.BODY for m in own)),
        "event": float(first is not None and name in first.goods),
        "event:sure": first.confidence if first is not None and name in first.goods else 0.0,
        "event:other": float(first is not None and bool(first.goods) and name not in first.goods),
        "events": float(any(name in event.goods for event in live[1:])),
        "measured": float(any(start <= m.start < end for m in own for start, end in measured)),
        "alone": float(rivals == 1),
        "rivals": min(_MOST, math.log1p(rivals)),
        "unlisted": float(name == "other"),
    }
