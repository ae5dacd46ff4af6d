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
_ASIDE_CHARS = 60
_NAMED_BY = 12  # characters: "2010年の禁輸" is the measure itself
CARRY_PARAGRAPHS = 3  # a look back may run over this many paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class Tense:
    """What a line says of its own time, and what the lines before it left open."""

    past: tuple[Span, ...]  # words and dates that look back
    strict: tuple[Span, ...]  # of these, dates with their year and words for whole years
    now: tuple[Span, ...]  # words that stand on the day of the text
    fresh: tuple[Span, ...]  # of these, dates
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
        if line.zone is Zone.TITLE or now or (since is not None and line.paragraph - since > CARRY_PARAGRAPHS):
            since = None
        strict = _strict(timing, line, text, wording)
        found.append(Tense(past=past, strict=strict, now=now, fresh=timing.fresh(), carried=since is not None))
        if past and not now and line.zone is not Zone.TITLE:
            since = line.paragraph
    return tuple(found)


def looks_back(span: Span, line: Line, tense: Tense, others: Sequence[Span], *, acted: bool = False) -> bool:
    """Whether a measure at `span` belongs to the past.

    Args:
        span: The measure's place.
        line: Its line.
        tense: Of that line.
        acted: The measure is lifted, suspended or extended.
        others: Places of the line's other measures, which may own a word of the past that stands nearer to them.
    """
    own = line.clause_span(*span)
    aside = _aside(span, line)
    dated = any(_within(place, own) or place[1] <= span[0] or _within(place, aside) for place in tense.strict)
    if acted and line.zone is not Zone.BODY:
        return dated and not tense.fresh  # what is lifted today was imposed some time ago
    if dated and not tense.fresh:
        return True
    if any(_within(place, own) for place in tense.past):
        return not any(_within(place, own) for place in tense.now) or _nearer(span, tense)
    if any(_within(place, own) for place in tense.now):
        return False
    before = [place for place in tense.past if place[1] <= span[0]]
    if any(not _owned(place, line, others) for place in before):
        return not tense.now
    return tense.carried and not tense.now


def _aside(span: Span, line: Line) -> Span:
    """A short clause right behind the measure's: "export controls, imposed by China in 2023, still weigh"."""
    following = line.clause_at(max(span[0], span[1] - 1)) + 1
    if following + 1 >= len(line.clauses):
        return line.end, line.end  # the last clause is no aside
    start, end = line.clauses[following]
    return (start, end) if end - start <= _ASIDE_CHARS else (line.end, line.end)


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
    old = [span for span in timing.old() if not _attributive(span, line, text, wording)]
    if line.zone is not Zone.BODY:
        # "the duties announced in May are confirmed": a month alone is no look back where the news stands
        vague = [m.span for m in timing.moments if m.dated.grain == "month" and timing.is_recent(m.dated)]
        old = [span for span in old if span not in vague]
        cues = tuple(cue for cue in cues if not any(_meets(cue, span) for span in vague))
    return (*cues, *words, *anterior, *old)


def _strict(timing: Timing, line: Line, text: str, wording: Wording) -> tuple[Span, ...]:
    found = [
        m.span
        for m in timing.moments
        if m.role in {"plain", "since"} and timing.is_old(m.dated) and (not m.dated.relative or m.dated.grain == "year")
    ]
    return tuple(span for span in found if not _attributive(span, line, text, wording))


def _attributive(span: Span, line: Line, text: str, wording: Wording) -> bool:
    """Whether a date only names something: "the 2012 agreement", "Regulation of 5 May 2021", 《2008年出口管制令》."""
    if wording.spaced:
        after = wording.starts("acts", text, span[1], min(line.end, span[1] + 24))
        before = wording.ends("acts", text, max(line.start, span[0] - 30), span[0], within=4)
        return after or before
    inside = text.rfind("《", line.start, span[0]) > text.rfind("》", line.start, span[0])
    names = text[span[1] : span[1] + 1] in {"の", "的", "의"} and not any(
        0 <= m.start - span[1] <= _NAMED_BY for m in line.of(Slot.MEASURE)
    )
    return inside or names


def _meets(span: Span, other: Span) -> bool:
    return span[0] < other[1] and span[1] > other[0]
