"""Add what stands beside a step: the notice's number, and limits of its scope in the text's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile

from bot.types.ids import ConceptId
from bot.types.levels import Slot, Stage, Zone
from bot.types.lexicon import Concept
from bot.understand import _citations_laws
from bot.understand.events.drafts import Draft
from bot.understand.events.lines import Line
from bot.understand.events.timing import Timing
from bot.understand.events.wording import Wording

_LIMIT_CUES = frozenset({"scope-limit", "civil-excepted"})
_NO_CITATION = frozenset(  # codes, laws and bounds, no notices
    {"hs-code", "eccn", "ear99", "cas", "jp-section", "cfr", "de-law", "node-threshold", "pct-threshold"}
    | _citations_laws.KINDS
)
_REACH_LINES = 3
REACH_DATES = 6
_REACH_ANNOUNCED = 2  # a day named further down is that of something else
_NEWS_DAYS = 60
_LONGEST_LIMIT = 240


def cite(drafts: Sequence[Draft], lines: Sequence[Line]) -> tuple[Draft, ...]:
    """Each draft with the notice that its line or one beside it names; a title's notice counts for the whole text."""
    cited: dict[int, str] = {}
    for line in lines:
        keys = [m.value or m.surface for m in line.of(Slot.IDENTIFIER) if m.concept not in _NO_CITATION]
        keyed = [key for key in keys if key.count(":") >= 2] or keys
        if keyed:
            cited[line.index] = keyed[0]
    title = next((cited[line.index] for line in lines if line.zone is Zone.TITLE and line.index in cited), None)
    held = {draft.line.index for draft in drafts if not draft.bare}
    result = []
    for draft in drafts:
        index = draft.line.index
        further = takewhile(lambda i: i not in held, range(index + 1, index + 1 + _REACH_LINES))
        near = next((cited[i] for i in (index, index + 1, index - 1, *further) if i in cited), None)
        old = draft.stage is Stage.HISTORIC and index not in cited
        result.append(draft if old else replace(draft, citation=near or title))
    return tuple(result)


def date_from_near(drafts: Sequence[Draft], lines: Sequence[Line], timings: Sequence[Timing]) -> tuple[Draft, ...]:
    """Drafts without a start or an end take those of the next lines that tell no step of their own."""
    held = {draft.line.index for draft in drafts if not draft.bare}
    result = []
    for told in drafts:
        draft = told
        following = range(draft.line.index + 1, min(draft.line.index + 1 + REACH_DATES, len(lines)))
        for index in following:
            if index in held or draft.stage in {Stage.HISTORIC, Stage.DENIED}:
                break
            starts = timings[index].starts()
            if draft.effective is None and starts is not None:
                stage = _begun(draft.stage, starts, timings[index].anchor)
                draft = replace(draft, effective=starts, stage=stage, firm=max(draft.firm, 1), bare=False)
            elif timings[index].begun and not timings[index].old() and draft.stage is Stage.ANNOUNCED:
                draft = replace(draft, stage=Stage.IN_FORCE, firm=2, bare=False)
            if draft.announced is None and index <= draft.line.index + _REACH_ANNOUNCED:
                draft = replace(draft, announced=timings[index].announced())
            if draft.until is None:
                draft = replace(draft, until=timings[index].until((lines[index].start, lines[index].start)))
        result.append(draft)
    return tuple(result)


def _begun(stage: Stage, starts: date, anchor: date) -> Stage:
    """In force once it has started; old news when it started long ago."""
    if stage is not Stage.ANNOUNCED or starts > anchor:
        return stage
    return Stage.IN_FORCE if (anchor - starts).days <= _NEWS_DAYS else Stage.HISTORIC


def limit(
    drafts: Sequence[Draft], lines: Sequence[Line], concepts: Mapping[ConceptId, Concept], wording: Wording, text: str
) -> tuple[Draft, ...]:
    """Each draft with the limits told in its line or in one of the next lines that tell no step of their own."""
    result = list(drafts)
    for line in lines:
        for words in _limits(line, concepts, wording, text):
            place = _owner(line, result)
            if place is not None:
                result[place] = replace(result[place], limits=tuple(dict.fromkeys((*result[place].limits, words))))
    return tuple(result)


def _owner(line: Line, drafts: Sequence[Draft]) -> int | None:
    fit = [
        (place, draft)
        for place, draft in enumerate(drafts)
        if draft.stage not in {Stage.HISTORIC, Stage.DENIED} and 0 <= line.index - draft.line.index <= _REACH_LINES
    ]
    return max(fit, key=lambda item: (item[1].line.index, item[1].firm), default=(None, None))[0]


def _limits(line: Line, concepts: Mapping[ConceptId, Concept], wording: Wording, text: str) -> list[str]:
    marks = [(m.start, m.end) for m in line.of(Slot.CUE, Slot.STAGE) if concepts[m.concept].cue in _LIMIT_CUES]
    strong = [(m.start, m.end) for m in line.of(Slot.CUE, Slot.STAGE) if concepts[m.concept].cue == "scope-limit"]
    exempt = list(wording.spans("exempts", text, line.start, line.end))
    spoken_of = marks or line.of(Slot.GOODS) or _speaks_of_trade(line, wording, text)
    if not strong and not (exempt and spoken_of):
        return []
    found = []
    for span in strong or exempt:
        start, end = line.clause_span(*span)
        if wording.words_between(text, start, end) < 5:
            start, end = _wider(line, start, end)
        words = re.sub(r"\s+", " ", text[start:end]).strip(" ,;:。，；、-–—\"'„“”«»「」『』()")
        if words:
            found.append(words[:_LONGEST_LIMIT])
    return list(dict.fromkeys(found))


def _speaks_of_trade(line: Line, wording: Wording, text: str) -> bool:
    return any(wording.has(name, text, line.start, line.end) for name in ("trade", "controls"))


def _wider(line: Line, start: int, end: int) -> tuple[int, int]:
    """A clause of two words says nothing alone: with the one before it."""
    number = line.clause_at(start)
    return (line.clauses[number - 1][0], end) if number > 0 else (start, end)
