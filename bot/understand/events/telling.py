"""Write what assembly found back onto the mentions: how the text holds them, and who is a target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.types.levels import Cue, Slot, Stage
from bot.types.reading import Mention
from bot.understand.events.background import Tense
from bot.understand.events.drafts import Draft
from bot.understand.events.lines import Line
from bot.understand.events.wording import Span

HELD = (Slot.MEASURE, Slot.GOODS, Slot.STAGE, Slot.IDENTIFIER)


def retell(
    mentions: Sequence[Mention], lines: Sequence[Line], tenses: Sequence[Tense], drafts: Sequence[Draft]
) -> tuple[Mention, ...]:
    """Mentions with cues assigned and targets in their slot.

    Args:
        mentions: As the engine gave them.
        lines: The sentences.
        tenses: One per line.
        drafts: All drafts, also those that became no event (negated, demanded).
    """
    by_line: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_line.setdefault(draft.line.index, []).append(draft)
    targets = {span for draft in drafts for span in draft.target_spans}
    told: dict[Mention, Mention] = {}
    for line, tense in zip(lines, tenses, strict=True):
        held = by_line.get(line.index, [])
        back = (bool(tense.past) or tense.carried) and not tense.now
        for mention in line.mentions:
            told[mention] = _told(mention, held, targets, back=back)
    return tuple(told.get(mention, mention) for mention in mentions)


def _told(mention: Mention, drafts: Sequence[Draft], targets: set[Span], *, back: bool) -> Mention:
    slot = Slot.TARGET if mention.slot is Slot.ACTOR and (mention.start, mention.end) in targets else mention.slot
    cue = mention.cue
    if mention.slot in HELD:
        own = next((d for d in drafts if mention in d.mentions), None)
        if own is None and drafts:
            own = min(drafts, key=lambda d: min(abs(mention.start - d.span[1]), abs(d.span[0] - mention.end)))
        if own is not None:
            cue = cue_of(own)
        elif back:
            cue = Cue.PAST
    return replace(mention, slot=slot, cue=cue)


def cue_of(draft: Draft) -> Cue:
    """How the text holds a step."""
    if draft.negated or draft.stage is Stage.DENIED:
        return Cue.NEGATED
    if draft.stage is Stage.HISTORIC:
        return Cue.PAST
    if draft.demanded or draft.stage in {Stage.CONSIDERED, Stage.PROPOSED}:
        return Cue.POSSIBLE
    return Cue.REPORTED if draft.reported else Cue.STATED
