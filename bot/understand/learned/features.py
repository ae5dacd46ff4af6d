"""Say in numbers what words, cues and events were found in a text, alike for all languages."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.levels import Cue, Slot, Stage, Zone
from bot.types.lexicon import Concept
from bot.types.reading import Event, Mention, Reading
from bot.understand.learned.ngrams import Array

Features = dict[str, float]

_FAR = 3.0  # most that a count may say, as a logarithm
_QUESTION = ("?", "？")
_HOLDS = (Slot.MEASURE, Slot.GOODS, Slot.ACTOR, Slot.TARGET, Slot.IDENTIFIER, Slot.FIELD, Slot.NOISE, Slot.SECTOR)


def features(document: Document, reading: Reading, concepts: Mapping[ConceptId, Concept]) -> Features:
    """Named numbers between 0 and about 3; what is absent is 0.

    Args:
        document: The text.
        reading: What words alone say of it.
        concepts: The lexicon, for families and cues.
    """
    found: Features = {f"source:{document.authority.value}": 1.0}
    # Length says nothing: labelled steps are told at greater length than labelled rest, real news is not.
    found["question"] = float(document.title.rstrip().endswith(_QUESTION))
    _count_slots(reading.mentions, found)
    _name_concepts(reading.mentions, concepts, found)
    _tell_events(reading.events, concepts, found)
    found["together"] = float(_together(reading))
    return found


def matrix(found: Sequence[Features], names: Sequence[str]) -> Array:
    """Features of texts as float64, (texts, names); what is absent is 0."""
    rows = [[item.get(name, 0.0) for name in names] for item in found]
    return np.array(rows, dtype=np.float64).reshape(len(found), len(names))


def _count_slots(mentions: Iterable[Mention], found: Features) -> None:
    counts: Counter[str] = Counter()
    kinds: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.slot in _HOLDS:
            counts[f"n:{mention.slot}"] += 1
            counts[f"n:{mention.slot}@{mention.zone}"] += 1
            kinds.setdefault(f"kinds:{mention.slot}", set()).add(mention.concept)
    found.update({key: min(_FAR, math.log1p(count)) for key, count in counts.items()})
    found.update({key: min(_FAR, math.log1p(len(names))) for key, names in kinds.items()})


def _name_concepts(mentions: Iterable[Mention], concepts: Mapping[ConceptId, Concept], found: Features) -> None:
    for mention in mentions:
        concept = concepts.get(mention.concept)
        if concept is None:
            continue
        head = mention.zone is not Zone.BODY
        if mention.slot is Slot.MEASURE and mention.cue is not Cue.NEGATED:
            found[f"measure:{mention.concept}"] = max(
                found.get(f"measure:{mention.concept}", 0.0), 1.0 if head else 0.5
            )
            found[f"family:{concept.family}"] = 1.0
        elif mention.slot in {Slot.CUE, Slot.STAGE} and concept.cue:
            found[f"cue:{concept.cue}"] = max(found.get(f"cue:{concept.cue}", 0.0), 1.0 if head else 0.5)
        elif mention.slot is Slot.NOISE:
            found[f"noise:{mention.concept}"] = 1.0


def _tell_events(events: Iterable[Event], concepts: Mapping[ConceptId, Concept], found: Features) -> None:
    live = [event for event in events if event.stage is not Stage.HISTORIC]
    found["events"] = min(_FAR, math.log1p(len(live)))
    found["events:historic"] = float(any(event.stage is Stage.HISTORIC for event in events))
    if not live:
        return
    first = live[0]
    concept = concepts.get(first.measure)
    found["event:confidence"] = first.confidence
    found[f"event:zone:{first.zone}"] = 1.0
    found[f"event:direction:{first.direction}"] = 1.0
    found[f"event:stage:{first.stage}"] = 1.0
    found[f"event:measure:{first.measure}"] = 1.0
    found[f"event:family:{concept.family if concept else ''}"] = 1.0
    for name in ("imposer", "agency", "targets", "goods", "effective", "citation", "end_use", "reported", "limits"):
        found[f"event:has:{name}"] = float(bool(getattr(first, name)))
    for stage in {event.stage for event in live[1:]}:
        found[f"event:also:{stage}"] = 1.0


def _together(reading: Reading) -> bool:
    """Whether a measure and goods stand in one sentence."""
    for start, end in reading.sentences:
        slots = {m.slot for m in reading.mentions if start <= m.start < end}
        if Slot.MEASURE in slots and Slot.GOODS in slots:
            return True
    return False
