"""Build the drafts of one line from its measures and everything around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.types.ids import ConceptId
from bot.types.levels import Direction, Slot, Stage, Zone
from bot.types.reading import Mention
from bot.understand.events.actors import Named, named_in
from bot.understand.events.acts import Part, cited_in
from bot.understand.events.background import Tense, looks_back
from bot.understand.events.details import notices_of
from bot.understand.events.drafts import GOODS_NAMED, OPERATOR_MEASURES, Draft, group_measures, lead_of, span_of
from bot.understand.events.goods import goods_of
from bot.understand.events.lines import Line, Setting
from bot.understand.events.polarity import Polarity, Steps, find_steps, only_acts, polarity_of
from bot.understand.events.roles import Cast, Stagehand
from bot.understand.events.stages import Sign, Verdict, signs_for, stage_of
from bot.understand.events.timing import Timing
from bot.understand.events.wording import Span, Wording
from bot.understand.trained import acts_upon

SHORT_TEXT = 260  # characters: a text this short has no room for background
_NEGATION_WORDS = 3
EASING = ConceptId("suspension")  # the measure of a text that names none
_ENDS, _ENDED = frozenset({"suspends", "lifts"}), frozenset({"suspended", "lifted"})
_COMPACT = 36  # characters of a phrase that eases the measure it holds


def drafts_of(line: Line, timing: Timing, tense: Tense, setting: Setting) -> tuple[Draft, ...]:
    """All steps of a line."""
    concepts, wording, text = setting.concepts, setting.wording, setting.text
    groups = group_measures(line, setting) or _by_number(line, setting)
    if not groups:
        return ()
    spans = [span_of(group) for group in groups]
    steps = find_steps(line, text, concepts, wording)
    actors = named_in(line, text, concepts, wording)
    drafts = []
    for index, group in enumerate(groups):
        lead = lead_of(group, [m for m in group if only_acts(m, group, steps)], setting)
        polarity = _polarity(lead, group, [polarity_of(m, concepts[m.concept], steps, line) for m in group])
        signs = signs_for(index, spans, line, concepts, wording)
        others = [*spans[:index], *spans[index + 1 :]]
        verdict = _verdict(spans[index], line, setting, (signs, polarity, timing, tense), others)
        draft = _draft(lead, group, line, setting, (polarity, verdict))
        draft = replace(_told(draft, setting, (signs, timing, tense)), grounded=_grounded(draft, steps))
        if draft.negated and (polarity.relief_ended or any(op.kind == "allows" for op in polarity.operators)):
            draft = replace(draft, negated=False, direction=Direction.TIGHTEN)  # "grants no more licences"
        # "cargoes with a permit are spared" limits a step, it is none
        limiting = draft.direction is Direction.EASE and any(sign.cue == "scope-limit" for sign in signs)
        draft = replace(draft, limiting=limiting)
        drafts.append(_filled(draft, setting, (actors, timing), others))
    return tuple(drafts)


def _by_number(line: Line, setting: Setting) -> tuple[tuple[Mention, ...], ...]:
    """What happens to acts that are told by their numbers alone: "suspends Announcements No. 55 and 56".

    The word for it stands for the measure that no word names.
    """
    notices = notices_of(line)
    if not notices or EASING not in setting.concepts:
        return ()
    cited = cited_in(line, setting.text, setting.wording, notices)
    changed = next((one for one in cited if one.part is Part.CHANGED and one.operator in _ENDS), None)
    if changed is None:
        return ()
    said = [m for m in line.of(Slot.STAGE) if setting.concepts[m.concept].cue in _ENDED]
    words = said or [m for m in notices if m.start == changed.span[0]]
    return ((replace(words[0], concept=EASING, slot=Slot.MEASURE, value=""),),)


def _polarity(lead: Mention, group: Sequence[Mention], found: Sequence[Polarity]) -> Polarity:
    """The polarity of the best mention, unless only another one is acted upon."""
    acted = [p for m, p in zip(group, found, strict=True) if p.stage is not None or p.operators]
    own = found[group.index(lead)]
    if (
        not own.operators
        and own.direction is Direction.TIGHTEN
        and any(
            m.concept in OPERATOR_MEASURES
            and p.direction is Direction.EASE
            and m.start <= lead.start
            and lead.end <= m.end
            and len(m.surface) <= _COMPACT
            for m, p in zip(group, found, strict=True)
        )
    ):
        return Polarity(direction=Direction.EASE, stage=Stage.LIFTED, operators=())  # "van het uitvoerslot"
    if own.operators or own.stage is not None or not acted:
        return own
    return min(acted, key=lambda p: (p.stage is None, p.direction is Direction.NONE))


def _verdict(
    span: Span,
    line: Line,
    setting: Setting,
    facts: tuple[Sequence[Sign], Polarity, Timing, Tense],
    others: Sequence[Span],
) -> Verdict:
    signs, polarity, timing, tense = facts
    if looks_back(span, line, tense, others, acted=polarity.stage is not None):
        return Verdict(stage=Stage.HISTORIC, firm=2)
    return stage_of(span, line, setting.text, setting.wording, (signs, polarity, timing))


def _draft(
    lead: Mention, group: Sequence[Mention], line: Line, setting: Setting, facts: tuple[Polarity, Verdict]
) -> Draft:
    polarity, verdict = facts
    concept = setting.concepts[lead.concept]
    return Draft(
        measure=lead.concept,
        family=concept.family,
        direction=polarity.direction,
        stage=verdict.stage,
        firm=verdict.firm,
        line=line,
        span=span_of(group),
        mentions=tuple(group),
        acted=bool(polarity.operators) or polarity.stage is not None,
        evidence=(
            *((m.start, m.end) for m in group),
            *((op.start, op.end) for op in polarity.operators),
        ),
    )


def _told(draft: Draft, setting: Setting, facts: tuple[Sequence[Sign], Timing, Tense]) -> Draft:
    """How the text holds the step: negated, reported, demanded, supposed, or only referred to."""
    signs, timing, tense = facts
    line, text, wording = draft.line, setting.text, setting.wording
    cues = {sign.cue for sign in signs}
    clause = line.clause_span(*draft.span)
    fresh = wording.has("fresh", text, max(clause[0], draft.span[0] - 40), draft.span[1])
    shown = line.zone is Zone.TITLE or (setting.short and line.zone is Zone.LEAD)
    fresh = fresh and line.zone is not Zone.BODY
    now = any(clause[0] <= place[0] < clause[1] for place in tense.now)
    asked = line.zone is Zone.TITLE and text[line.start : line.end].rstrip().endswith(("?", "？"))
    shown = shown and not asked
    step = draft.firm > 0 or fresh or now or (shown and not _only_permit(draft, setting))
    return replace(
        draft,
        negated=_negated(draft, signs, setting),
        reported="reported" in cues or "hearsay" in cues,
        demanded=_demanded(draft, setting),
        everywhere="all-countries" in cues,
        bare=not step,
        end_use=_end_use(line, setting, cues),
        announced=timing.announced(),
        effective=timing.effective(draft.span, clause if draft.stage is Stage.ANNOUNCED else None),
        until=timing.until(draft.span),
        until_day=timing.until_day(draft.span),
        evidence=(*draft.evidence, *(sign.span for sign in signs if sign.cue != "military")),
        stage=Stage.DENIED if cues & {"denied", "denial"} and draft.stage is not Stage.HISTORIC else draft.stage,
    )


def _grounded(draft: Draft, steps: Steps) -> bool:
    clause = draft.line.clause_span(*draft.span)
    return any(clause[0] <= base.start < clause[1] for base in steps.bases)


def _only_permit(draft: Draft, setting: Setting) -> bool:
    """A licence named as a paper, not as a duty."""
    held = (*draft.span,)
    return setting.wording.has("permits", setting.text, *held) and not setting.wording.has(
        "controls", setting.text, *held
    )


def _negated(draft: Draft, signs: Sequence[Sign], setting: Setting) -> bool:
    """Whether the text says "no ban": a negation right at the measure, and not "no longer"."""
    line, text, wording = draft.line, setting.text, setting.wording
    clause = line.clause_span(*draft.span)
    for sign in signs:
        if sign.cue == "negated":
            gap = _gap_words(sign.span, draft.span, text, wording)
            after = sign.span[0] >= draft.span[1]
            if gap <= (0 if after and not wording.grammar.steps.verb_final else 2):
                return True
    if wording.grammar.steps.verb_final:
        own = [
            span
            for name in ("forbids", "frees", "refuses")  # 허가하지 않는다 is a step, not its denial
            for span in wording.spans(name, text, draft.span[0], clause[1])
        ]
        return any(
            wording.words_between(text, draft.span[1], start) <= _NEGATION_WORDS
            and not any(left <= start < right for left, right in own)
            for start, _ in wording.spans("negates", text, draft.span[0], clause[1])
        )
    for start, end in wording.spans("negates", text, clause[0], draft.span[1]):
        inside = start >= draft.span[0]
        if inside or wording.words_between(text, end, draft.span[0]) > _NEGATION_WORDS:
            continue
        if any(left <= start < right for left, right in wording.spans("forbids", text, line.start, line.end)):
            continue
        if any(left <= start < right for left, right in wording.spans("frees", text, line.start, line.end)):
            continue
        return True
    return False


def _gap_words(span: Span, other: Span, text: str, wording: Wording) -> int:
    if span[0] < other[1] and span[1] > other[0]:
        return 0
    return wording.words_between(text, min(span[1], other[1]), max(span[0], other[0]))


def _demanded(draft: Draft, setting: Setting) -> bool:
    """Somebody calls for the step, or only supposes it."""
    line, text, wording = draft.line, setting.text, setting.wording
    if wording.has("hypothetical", text, line.start, line.end):
        return True
    for start, end in wording.spans("demands", text, line.start, line.end):
        near = line.clause_at(start) == line.clause_at(draft.span[0])
        governs = start >= draft.span[1] if wording.grammar.steps.verb_final else end <= draft.span[0]
        if near and governs:
            return True
    return False


def _end_use(line: Line, setting: Setting, cues: set[str]) -> str | None:
    found = {setting.concepts[m.concept].cue for m in line.of(Slot.STAGE, Slot.CUE)} | cues
    if "military" in found:
        return "military"
    return "civil-excepted" if "civil-excepted" in found else None


def _filled(draft: Draft, setting: Setting, facts: tuple[Sequence[Named], Timing], others: Sequence[Span]) -> Draft:
    """Roles and goods of the draft's own line."""
    actors, _ = facts
    cast = _cast(draft, setting, actors, others)
    scope = goods_of(draft.line, setting, draft.span, others, guess=draft.measure in GOODS_NAMED)
    return replace(
        draft,
        imposer=cast.imposer,
        imposer_strength=cast.strength,
        agency=cast.agency,
        targets=() if draft.everywhere else cast.targets,
        parties=cast.parties,
        goods=scope.goods,
        surfaces=scope.surfaces,
        target_spans=cast.target_spans,
        evidence=(*draft.evidence, *cast.spans, *scope.spans),
    )


def _cast(draft: Draft, setting: Setting, actors: Sequence[Named], others: Sequence[Span]) -> Cast:
    own = draft.line.clause_span(*draft.span)
    taken = [draft.line.clause_span(*other) for other in others]
    near = [
        a
        for a in actors
        if own[0] <= a.start < own[1] or not any(left <= a.start < right and left > own[0] for left, right in taken)
    ]
    hand = Stagehand(draft.line, setting.text, setting.wording, measure=draft.span, named=draft.measure)
    return hand.cast(near, acts_upon(setting.acts, draft.mentions, draft.line, setting.text, setting.wording))
