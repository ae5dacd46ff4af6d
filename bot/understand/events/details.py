"""Add what stands beside a step: the notice's number, and limits of its scope in the text's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import takewhile

from bot.types.ids import ConceptId
from bot.types.levels import Direction, Slot, Stage, Zone
from bot.types.lexicon import Concept
from bot.types.reading import Mention
from bot.understand import _citations_laws
from bot.understand.events.acts import Cited, Part, cited_in
from bot.understand.events.drafts import OPERATOR_MEASURES, Draft, end_of
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
_YEAR_END = timedelta(days=60)  # so far into a new year notices of the old one are still news
_ALSO = re.compile(r"(?<!\w)(?:and|und|en|et|y|e|и|dan|và|i)(?!\w)|并|並|同时|同時|また|그리고|하고")  # a second step
_CHANGES = frozenset({Stage.SUSPENDED, Stage.LIFTED, Stage.EXTENDED})


def cite(
    drafts: Sequence[Draft], lines: Sequence[Line], text: str, wording: Wording, anchor: date
) -> tuple[Draft, ...]:
    """Each draft with the notice that announces it, and the earlier acts that it changes.

    Its own notice stands in its line or one beside it; a title's notice counts for the whole text. An act that is
    changed or only recalled is nobody's own number.
    """
    cited = {line.index: found for line in lines if (found := cited_in(line, text, wording, notices_of(line)))}
    own = {index: key for index, found in cited.items() if (key := _own(found, anchor)) is not None}
    title = next((own[line.index] for line in lines if line.zone is Zone.TITLE and line.index in own), None)
    held = {draft.line.index for draft in drafts if not draft.bare}
    result = []
    for draft in drafts:
        index = draft.line.index
        further = tuple(takewhile(lambda i: i not in held, range(index + 1, index + 1 + _REACH_LINES)))
        near = next((own[i] for i in (index, index + 1, index - 1, *further) if i in own), None)
        old = draft.stage is Stage.HISTORIC and index not in cited
        told = draft if old else replace(draft, citation=near or title)
        result.append(_changing(told, [found for i in (index, *further) for found in cited.get(i, ())], text))
    return tuple(_named_below(draft, result) for draft in result)


def _named_below(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """A headline's change with the acts, and the end, that the next sentences give of the same change."""
    if (draft.acts and draft.until) or draft.stage not in _CHANGES:
        return draft
    if draft.acts:
        below = (d for d in drafts if d.until and draft.citation and d.citation == draft.citation)
    else:
        below = (d for d in drafts if d.acts and d.stage is draft.stage)
    near = next((d for d in below if 0 < d.line.index - draft.line.index <= _REACH_LINES), None)
    if near is None:
        return draft
    until, until_day = end_of(draft, near)
    return replace(draft, acts=draft.acts or near.acts, until=until, until_day=until_day)


def notices_of(line: Line) -> tuple[Mention, ...]:
    """Identifiers of a line that number acts or notices, in order."""
    return tuple(m for m in line.of(Slot.IDENTIFIER) if m.concept not in _NO_CITATION)


def _own(found: Sequence[Cited], anchor: date) -> str | None:
    """The number that a line's step bears: one that announces it before one of which nothing is said."""
    for part in (Part.OWN, Part.OPEN):
        keys = [one.key for one in found if one.part is part and not _long_past(one.key, anchor)]
        if keys:
            return next((key for key in keys if key.count(":") >= 2), keys[0])
    return None


def _long_past(key: str, anchor: date) -> bool:
    """Whether a Chinese notice is of an earlier year: its number ends with the year, so a new step bears another."""
    issuer, _, rest = key.partition(":")
    year = rest.partition(":")[0]
    return issuer.startswith("cn-") and year.isdigit() and int(year) < (anchor - _YEAR_END).year


def _changing(draft: Draft, found: Sequence[Cited], text: str) -> Draft:
    """The draft with the acts that it changes; one that words of the act itself told is what is done to the act."""
    changed = [one for one in found if one.part is Part.CHANGED and one.key.count(":") >= 2]
    if not changed or draft.stage in {Stage.HISTORIC, Stage.DENIED}:
        return draft
    acts = tuple(dict.fromkeys(one.key for one in changed))
    first = changed[0]
    named = draft.direction is Direction.TIGHTEN or draft.measure in OPERATOR_MEASURES
    quoted = named and draft.stage in {Stage.ANNOUNCED, Stage.IN_FORCE}
    stage = {"suspends": Stage.SUSPENDED, "lifts": Stage.LIFTED}.get(first.operator)
    here = draft.line.start <= first.span[0] < draft.line.end
    if quoted and stage is not None and here and not _ALSO.search(text, changed[-1].span[1], draft.span[0]):
        draft = replace(draft, stage=stage, direction=Direction.EASE, firm=2)
    if draft.stage in _CHANGES or draft.direction is Direction.EASE:
        return replace(draft, acts=acts)
    return draft


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
                place = (lines[index].start, lines[index].start)
                until, until_day = timings[index].until(place), timings[index].until_day(place)
                draft = replace(draft, until=until, until_day=until_day)
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
