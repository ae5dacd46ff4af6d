"""Denials, withdrawn proposals and sentences that act on the measure of the sentence before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.types.ids import ConceptId
from bot.types.levels import Direction, Slot, Stage, Zone
from bot.types.lexicon import Concept
from bot.understand.events.details import notices_of
from bot.understand.events.drafts import OPERATOR_MEASURES, Draft
from bot.understand.events.lines import Line
from bot.understand.events.polarity import find_steps, stage_of
from bot.understand.events.wording import Wording

_DENIED = frozenset({"denied", "denial"})
_TITLE_CUES = {"lifted": Stage.LIFTED, "suspended": Stage.SUSPENDED, "extended": Stage.EXTENDED}
_ACTING_BACK = frozenset({"suspends", "lifts", "extends"})


def settle_denials(
    drafts: Sequence[Draft], lines: Sequence[Line], concepts: Mapping[ConceptId, Concept], wording: Wording, text: str
) -> tuple[Draft, ...]:
    """Drafts with stage denied where the text denies them; negated ones without a denial are dropped."""
    denying = {
        line.index for line in lines if any(concepts[m.concept].cue in _DENIED for m in line.of(Slot.CUE, Slot.STAGE))
    }
    held = {draft.line.index for draft in drafts}
    kept: list[Draft] = []
    for draft in drafts:
        index = draft.line.index
        # "need a licence from 1 August. It is not a ban": a step with its day is limited by what follows, not denied
        settled = draft.firm == 2 and draft.effective is not None and not draft.reported
        following = index + 1 in denying and index + 1 not in held and not settled
        denied = draft.stage is Stage.DENIED or (following and draft.stage is not Stage.HISTORIC)
        if draft.negated:
            denied = denied or draft.line.zone is Zone.TITLE or index in denying or index - 1 in denying
            if not denied:
                continue
        if denied or _withdrawn(draft, lines, wording, text):
            kept.append(
                replace(draft, stage=Stage.DENIED, direction=Direction.NONE, firm=2, bare=False, effective=None)
            )
        else:
            kept.append(draft)
    return tuple(kept)


def _withdrawn(draft: Draft, lines: Sequence[Line], wording: Wording, text: str) -> bool:
    """A ban struck from a bill before it was law."""
    if draft.stage is not Stage.LIFTED:
        return False
    # "Clause 2 of Announcement No. 46" is no part of a bill
    near = [line for line in lines[draft.line.index : draft.line.index + 2] if not notices_of(line)]
    return draft.measure not in OPERATOR_MEASURES and any(
        wording.has("drafts", text, line.start, line.end) for line in near
    )


def settle_back_references(
    drafts: Sequence[Draft], lines: Sequence[Line], concepts: Mapping[ConceptId, Concept], wording: Wording, text: str
) -> tuple[Draft, ...]:
    """Carry "the measures were extended" back to the draft before it, when the line has no measure of its own."""
    result = list(drafts)
    held = {draft.line.index for draft in drafts}
    for line in lines:
        if line.index in held or not result:
            continue
        ahead = line.zone is Zone.TITLE
        near = [
            place
            for place, draft in enumerate(result)
            if 0 < (draft.line.index - line.index if ahead else line.index - draft.line.index) <= 2
            and not draft.acted
            and draft.stage not in {Stage.HISTORIC, Stage.DENIED}
        ]
        found = (_acts_back(line, concepts, wording, text) or _title_cue(line, concepts)) if near else None
        if found is None:
            continue
        stage, direction, spans = found
        for place in near:
            draft = result[place]
            evidence = (*draft.evidence, *spans)
            result[place] = replace(draft, stage=stage, direction=direction, firm=2, bare=False, evidence=evidence)
    return tuple(result)


def _title_cue(
    line: Line, concepts: Mapping[ConceptId, Concept]
) -> tuple[Stage, Direction, tuple[tuple[int, int], ...]] | None:
    """A title that only says "back on the white list" or "three more months" speaks of the step told below it."""
    if line.zone is not Zone.TITLE:
        return None
    for mention in line.of(Slot.STAGE, Slot.CUE):
        stage = _TITLE_CUES.get(concepts[mention.concept].cue)
        if stage is not None:
            direction = Direction.TIGHTEN if stage is Stage.EXTENDED else Direction.EASE
            return stage, direction, ((mention.start, mention.end),)
    return None


def _acts_back(
    line: Line, concepts: Mapping[ConceptId, Concept], wording: Wording, text: str
) -> tuple[Stage, Direction, tuple[tuple[int, int], ...]] | None:
    steps = find_steps(line, text, concepts, wording)
    for operator, base in steps.pairs:
        if operator.kind not in _ACTING_BACK or base is None or base.kind != "control":
            continue
        direction = Direction.TIGHTEN if operator.kind == "extends" else Direction.EASE
        stage = stage_of((operator,), direction, base)
        if stage is not None:
            return stage, direction, ((operator.start, operator.end), (base.start, base.end))
    return None
