"""Tell old news from new: which sentences speak of the past, from their own words and the story around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.types.ids import ConceptId
from bot.types.levels import Slot, Zone
from bot.types.lexicon import Concept
from bot.understand.events.lines import Line
from bot.understand.events.timing import Timing
from bot.understand.events.wording import Span, Wording

_PAST_CUES = frozenset({"historic", "past"})
_CARRY_PARAGRAPHS = 3  # a look back may run over this many paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class Tense:
    """What a line says of its own time, and what the lines before it left open."""

    past: tuple[Span, ...]  # words that look back
    now: tuple[Span, ...]  # words that stand on the day of the text
    carried: bool  # the story is in a look back that began earlier


def tenses(
    lines: Sequence[Line], timings: Sequence[Timing], text: str, concepts: Mapping[ConceptId, Concept], wording: Wording
) -> tuple[Tense, ...]:
    """One tense per line."""
    found: list[Tense] = []
    since: int | None = None  # paragraph in which the look back began
    for line, timing in zip(lines, timings, strict=True):
        past = _past(line, timing, text, concepts, wording)
        now = (*wording.spans("now", text, line.start, line.end), *timing.fresh())
        if line.zone is Zone.TITLE or now or (since is not None and line.paragraph - since > _CARRY_PARAGRAPHS):
            since = None
        found.append(Tense(past=past, now=now, carried=since is not None))
        if past and not now and line.zone is not Zone.TITLE:
            since = line.paragraph
    return tuple(found)


def looks_back(span: Span, line: Line, tense: Tense, others: Sequence[Span]) -> bool:
    """Whether a measure at `span` belongs to the past.

    Args:
        span: The measure's place.
        line: Its line.
        tense: Of that line.
        others: Places of the line's other measures, which may own a word of the past that stands nearer to them.
    """
    own = line.clause_span(*span)
    if any(_within(place, own) for place in tense.past):
        return not any(_within(place, own) for place in tense.now) or _nearer(span, tense)
    if any(_within(place, own) for place in tense.now):
        return False
    before = [place for place in tense.past if place[1] <= span[0]]
    if any(not _owned(place, line, others) for place in before):
        return not tense.now
    return tense.carried and not tense.now


def _nearer(span: Span, tense: Tense) -> bool:
    def distance(place: Span) -> int:
        return min(abs(place[0] - span[1]), abs(span[0] - place[1]))

    return min(map(distance, tense.past)) < min(map(distance, tense.now))


def _owned(place: Span, line: Line, others: Sequence[Span]) -> bool:
    clause = line.clause_span(*place)
    return any(_within(other, clause) for other in others)


def _within(place: Span, clause: Span) -> bool:
    return clause[0] <= place[0] < clause[1]


def _past(
    line: Line, timing: Timing, text: str, concepts: Mapping[ConceptId, Concept], wording: Wording
) -> tuple[Span, ...]:
    cues = tuple((m.start, m.end) for m in line.of(Slot.CUE, Slot.STAGE) if concepts[m.concept].cue in _PAST_CUES)
    words = tuple(wording.spans("past", text, line.start, line.end))
    anterior = tuple(wording.spans("anterior", text, line.start, line.end))
    return (*cues, *words, *anterior, *timing.old())
