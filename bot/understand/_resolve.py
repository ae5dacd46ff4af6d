"""Turn hits of terms into mentions of concepts: what is swallowed, silenced, unsupported or said twice goes."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.types.ids import ConceptId
from bot.types.levels import Slot
from bot.types.lexicon import Concept, TermKind
from bot.understand._match import Hit
from bot.understand._patterns import Role, is_characters
from bot.understand._symbols import is_lone_symbol
from bot.understand._view import Span, View

_LONGEST_WORD = 200  # characters of a word or phrase that may hold another


@dataclass(frozen=True, slots=True)
class Kinship:
    """Who stands below whom among the concepts of a lexicon, by index."""

    above: tuple[frozenset[int], ...]  # per concept: itself and all that stand above it
    needs: tuple[frozenset[int], ...]  # per concept: any of these supports its unsure terms

    @classmethod
    def of(cls, concepts: Sequence[Concept]) -> Kinship:
        """Work the parents out; a parent that is no concept is left out, a circle ends where it closes."""
        index = {concept.id: number for number, concept in enumerate(concepts)}
        above = tuple(frozenset(_ancestors(concept, concepts, index)) for concept in concepts)
        needs = tuple(frozenset(index[need] for need in c.maybe_needs if need in index) for c in concepts)
        return cls(above=above, needs=needs)


def _ancestors(concept: Concept, concepts: Sequence[Concept], index: dict[ConceptId, int]) -> Iterator[int]:
    seen: set[int] = set()
    number: int | None = index[concept.id]
    while number is not None and number not in seen:
        seen.add(number)
        yield number
        parent = concepts[number].parent
        number = index.get(parent) if parent else None


def resolve(hits: Iterable[Hit], view: View, concepts: Sequence[Concept], kinship: Kinship) -> list[Hit]:
    """The hits that stand as mentions, in order of start.

    A hit stands when no `inside` phrase holds it, no `near` word is in its sentence, and, when its term is not sure, a
    concept it needs stands surely in the same sentence. Of one concept the longest of overlapping hits stays.
    """
    found = list(hits)
    heard = _heard(found, view)
    sure = [hit for hit in heard if hit.entry.role is Role.SURE]
    unsure = [hit for hit in heard if hit.entry.role is Role.MAYBE]
    if unsure:
        support = {(view.sentence_at(h.start), up) for h in sure for up in kinship.above[h.entry.concept]}
        sure += [hit for hit in unsure if _supported(hit, view, support, kinship)]
    kept = sorted(_longest(sure), key=lambda hit: (hit.start, hit.end, hit.entry.concept))
    return [hit for hit in kept if not _said_longer(hit, kept, concepts, kinship)]


def _heard(hits: list[Hit], view: View) -> list[Hit]:
    """Hits that nothing swallows or silences."""
    inside: dict[int, list[Span]] = {}
    near: set[tuple[int, int]] = set()
    for hit in hits:
        if hit.entry.role is Role.INSIDE:
            inside.setdefault(hit.entry.concept, []).append((hit.start, hit.end))
        elif hit.entry.role is Role.NEAR:
            near.add((hit.entry.concept, view.sentence_at(hit.start)))
    covers = {concept: Cover(spans) for concept, spans in inside.items()}
    return [hit for hit in hits if hit.entry.role <= Role.MAYBE and _is_heard(hit, view, covers, near)]


class Cover:
    """Spans that are asked whether any of them holds another."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(itertools.accumulate((end for _, end in ordered), max))

    def holds(self, start: int, end: int) -> bool:
        """True when one span reaches from `start` or before to `end` or behind."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and self._ends[at] >= end


def _is_heard(hit: Hit, view: View, covers: dict[int, Cover], near: set[tuple[int, int]]) -> bool:
    concept = hit.entry.concept
    if near and (concept, view.sentence_at(hit.start)) in near:
        return False
    cover = covers.get(concept)
    if cover and any(cover.holds(start, end) for start, end in hit.parts):
        return False
    return hit.entry.term.kind is not TermKind.EXACT or not is_lone_symbol(view.text, hit.start, hit.end)


def _supported(hit: Hit, view: View, support: set[tuple[int, int]], kinship: Kinship) -> bool:
    sentence = view.sentence_at(hit.start)
    return any((sentence, need) in support for need in kinship.needs[hit.entry.concept])


def _longest(hits: list[Hit]) -> list[Hit]:
    """Per concept, hits that do not overlap: words in one piece before pairs, longer before shorter."""
    order = sorted(hits, key=lambda h: (len(h.parts) > 1, h.start - h.end, h.start, h.entry.role, h.entry.term.place))
    taken: dict[int, list[Span]] = {}
    kept: list[Hit] = []
    for hit in order:
        spans = taken.setdefault(hit.entry.concept, [])
        at = bisect_left(spans, (hit.start, hit.start))
        free_behind = at == len(spans) or hit.end <= spans[at][0]
        if free_behind and (at == 0 or spans[at - 1][1] <= hit.start):
            spans.insert(at, (hit.start, hit.end))
            kept.append(hit)
    return kept


def _said_longer(hit: Hit, ordered: list[Hit], concepts: Sequence[Concept], kinship: Kinship) -> bool:
    """True when a longer or closer word of another concept holds this one and says it better."""
    first = bisect_left(ordered, hit.start - _LONGEST_WORD, key=_start)
    last = bisect_right(ordered, hit.start, key=_start)
    return any(
        other is not hit and hit.end <= other.end and len(other.parts) == 1 and _outdoes(other, hit, concepts, kinship)
        for other in ordered[first:last]
    )


def _start(hit: Hit) -> int:
    return hit.start


def _outdoes(other: Hit, hit: Hit, concepts: Sequence[Concept], kinship: Kinship) -> bool:
    one, two = hit.entry.concept, other.entry.concept
    if one == two:
        return False
    if one in kinship.above[two]:
        return True  # rare-earths in "rare earth magnets": the child says it
    same_span = (other.start, other.end) == (hit.start, hit.end)
    if same_span or concepts[one].slot is not concepts[two].slot:
        return False
    if concepts[one].slot is Slot.ACTOR:
        # "US Commerce Department" and 美国商务部 are no ministry of another state.
        return concepts[one].jurisdiction != concepts[two].jurisdiction
    return is_characters(hit.entry.term) and is_characters(other.entry.term)
