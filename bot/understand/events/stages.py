"""Say how far a step has come: from cues, tense and dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.types.ids import ConceptId
from bot.types.levels import Slot, Stage
from bot.types.lexicon import Concept
from bot.understand.events.lines import Line
from bot.understand.events.polarity import Polarity
from bot.understand.events.timing import Timing
from bot.understand.events.wording import Span, Wording

_STAGE_CUES = {
    "considered": Stage.CONSIDERED,
    "considering": Stage.CONSIDERED,
    "threatened": Stage.CONSIDERED,
    "possible": Stage.CONSIDERED,
    "proposed": Stage.PROPOSED,
    "announced": Stage.ANNOUNCED,
    "adopted": Stage.ANNOUNCED,
    "in-force": Stage.IN_FORCE,
    "denied": Stage.DENIED,
    "denial": Stage.DENIED,
}
_CLAUSE_COST = 40
_WRONG_SIDE_COST = 15
_MODAL_WORDS = 6
_VERB_WORDS = 9
_TENTATIVE = frozenset({Stage.CONSIDERED, Stage.PROPOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One cue of a line, given to the measure it speaks of."""

    cue: str
    span: Span


def signs_for(
    index: int, spans: Sequence[Span], line: Line, concepts: Mapping[ConceptId, Concept], wording: Wording
) -> tuple[Sign, ...]:
    """The cues of a line that belong to the measure at `spans[index]` rather than to another one."""
    found: list[Sign] = []
    for mention in line.of(Slot.STAGE, Slot.CUE):
        cue = concepts[mention.concept].cue or mention.value
        place = (mention.start, mention.end)
        costs = [_cost(place, span, line, wording) for span in spans]
        shared = line.clause_at(place[0]) == line.clause_at(spans[index][0])
        if costs[index] == min(costs) or (shared and costs[index] - min(costs) < _CLAUSE_COST):
            found.append(Sign(cue=cue, span=place))
    return tuple(found)


def _cost(place: Span, span: Span, line: Line, wording: Wording) -> int:
    if place[0] < span[1] and place[1] > span[0]:
        return 0
    behind = place[0] >= span[1]  # the cue follows the measure
    gap = place[0] - span[1] if behind else span[0] - place[1]
    cost = gap + _CLAUSE_COST * abs(line.clause_at(place[0]) - line.clause_at(span[0]))
    if behind is not wording.grammar.steps.verb_final:
        cost += _WRONG_SIDE_COST
    return cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A stage, and how firmly the text says it: 0 by default, 1 by a verb, 2 in so many words."""

    stage: Stage
    firm: int


def stage_of(
    span: Span,
    line: Line,
    text: str,
    wording: Wording,
    facts: tuple[Sequence[Sign], Polarity, Timing],
) -> Verdict:
    """The stage of one measure that is neither denied nor of the past."""
    signs, polarity, timing = facts
    nearest = _nearest(signs, span, line, wording)
    if nearest in _TENTATIVE:
        return Verdict(stage=nearest, firm=2)
    if nearest in {None, Stage.ANNOUNCED} and _modal(span, line, text, wording):
        return Verdict(stage=Stage.CONSIDERED, firm=1)
    if polarity.stage is not None:
        return Verdict(stage=polarity.stage, firm=2)
    clause = line.clause_span(*span)
    effective = timing.effective(span, clause)
    if effective is not None:
        started = effective <= timing.anchor and (timing.at_once or effective != timing.announced())
        return Verdict(stage=Stage.IN_FORCE if started else Stage.ANNOUNCED, firm=2)
    if nearest is Stage.IN_FORCE:
        return Verdict(stage=Stage.IN_FORCE, firm=2)
    if nearest is Stage.ANNOUNCED:
        return Verdict(stage=Stage.ANNOUNCED, firm=1)
    taken = bool(polarity.operators) or _taken(span, clause, text, wording)
    return Verdict(stage=Stage.ANNOUNCED, firm=1 if taken else 0)


def _taken(span: Span, clause: Span, text: str, wording: Wording) -> bool:
    """A verb in or near the measure that says a step is taken."""
    for start, end in wording.spans("imposes", text, *clause):
        gap = (end, span[0]) if end <= span[0] else (span[1], start)
        if wording.words_between(text, *gap) <= _VERB_WORDS and not _is_noun((start, end), clause, text, wording):
            return True
    return False


def _is_noun(hit: Span, clause: Span, text: str, wording: Wording) -> bool:
    """Whether "ban", "curbs" or "Beschränkungen" is the name of a measure here: "curbs on", "export ban"."""
    if not wording.spaced or not wording.has("controls", text, *hit):
        return False
    followed = wording.starts("object_before", text, hit[1], min(clause[1], hit[1] + 12))
    return followed or wording.ends("trade", text, max(clause[0], hit[0] - 20), hit[0])


def _nearest(signs: Sequence[Sign], span: Span, line: Line, wording: Wording) -> Stage | None:
    """The stage of the nearest cue; in the measure's own clause one that is tentative ("weighs") beats "announces"."""
    staged = [(sign, _STAGE_CUES[sign.cue]) for sign in signs if sign.cue in _STAGE_CUES]
    staged = [(sign, stage) for sign, stage in staged if stage is not Stage.DENIED]
    if not staged:
        return None
    clause = line.clause_span(*span)
    tentative = [item for item in staged if item[1] in _TENTATIVE and clause[0] <= item[0].span[0] < clause[1]]
    return min(tentative or staged, key=lambda item: _cost(item[0].span, span, line, wording))[1]


def _modal(span: Span, line: Line, text: str, wording: Wording) -> bool:
    """A modal verb that governs the measure: before it, or after it where verbs close the clause."""
    clause = line.clause_span(*span)
    region = (span[0], clause[1]) if wording.grammar.steps.verb_final else (clause[0], span[1])
    for place in wording.spans("modal", text, *region):
        gap = (span[1], place[0]) if place[0] >= span[1] else (place[1], span[0])
        if wording.spaced and text[place[0]].isupper() and place[0] > line.start and not text[place[0] :].isupper():
            continue  # the month of May
        if wording.words_between(text, *gap) > _MODAL_WORDS:
            continue
        forbidden = any(
            left <= place[0] < right for left, right in wording.spans("prohibits", text, line.start, line.end)
        )
        if not forbidden:
            return True
    return False
