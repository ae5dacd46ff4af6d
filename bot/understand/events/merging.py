"""One event per step: drafts that tell the same step are united, the most confident one leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.levels import Authority, Direction, Slot, Stage, Zone
from bot.types.lexicon import Concept
from bot.types.reading import Event
from bot.understand.events.drafts import GENERIC, OPERATOR_MEASURES, Draft, end_of
from bot.understand.events.goods import OTHER
from bot.understand.events.wording import Span

_ZONE = {Zone.TITLE: 0.50, Zone.LEAD: 0.46, Zone.BODY: 0.34}
_MOST_EVIDENCE = 60
_LIVE = 0.55
_MOST_EVENTS = 12  # a list page names more steps than a reader can use
_DONE = frozenset({Stage.ANNOUNCED, Stage.IN_FORCE})
_TENTATIVE = frozenset({Stage.CONSIDERED, Stage.PROPOSED})


def weigh(draft: Draft, document: Document, *, opinion: bool) -> Draft:
    """The draft with its confidence: zone, completeness, how firmly it is said, hearsay."""
    points = _ZONE[draft.line.zone] + 0.08 * draft.firm
    if draft.imposer:
        points += 0.03 * draft.imposer_strength if "imposer" in draft.borrowed else 0.12
    if draft.goods:
        points += _goods_points(draft)
    points += 0.03 * bool(draft.targets) + 0.04 * bool(draft.effective) + 0.05 * bool(draft.citation)
    points += 0.04 if document.authority is Authority.OFFICIAL else 0.0
    points -= 0.08 if draft.reported else 0.0
    points -= 0.08 if draft.stage in _TENTATIVE else 0.0
    points -= 0.12 if opinion else 0.0
    points -= 0.15 if draft.bare else 0.0
    points -= 0.05 if draft.measure in OPERATOR_MEASURES else 0.0
    if draft.stage is Stage.HISTORIC:
        points *= 0.5
    return replace(draft, confidence=min(0.97, max(0.02, points)))


def _goods_points(draft: Draft) -> float:
    if "goods" in draft.borrowed:
        return 0.0 if draft.line.zone is Zone.BODY else 0.04
    return 0.04 if draft.goods == (OTHER,) else 0.12


def unite(drafts: Sequence[Draft], concepts: Mapping[ConceptId, Concept]) -> tuple[Draft, ...]:
    """Drafts that tell one step, as one; most confident first."""
    groups: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (-d.confidence, d.span[0])):
        for place, lead in enumerate(groups):
            if _same(lead, draft, concepts):
                groups[place] = _united(lead, draft)
                break
        else:
            groups.append(draft)
    live = [d for d in groups if d.stage not in {Stage.DENIED, Stage.HISTORIC} and d.firm == 2 and d.imposer]
    if any(d.confidence >= _LIVE for d in live):
        # what is done counts for more than what is not
        groups = [replace(d, confidence=d.confidence * 0.6) if d.stage is Stage.DENIED else d for d in groups]
    ordered = sorted(groups, key=lambda d: (-d.confidence, d.span[0]))
    return tuple(ordered[:_MOST_EVENTS])


def _same(lead: Draft, other: Draft, concepts: Mapping[ConceptId, Concept]) -> bool:
    if lead.inbound != other.inbound:
        return False
    if lead.imposer and other.imposer and lead.imposer != other.imposer:
        return False
    one_list = lead.measure == other.measure == "entity-list" and lead.imposer == other.imposer
    if not one_list and not _overlap(lead, other, concepts):
        return False
    return _stages_agree(lead, other)


def _stages_agree(lead: Draft, other: Draft) -> bool:
    if lead.direction is other.direction is Direction.EASE and {lead.measure, other.measure} & OPERATOR_MEASURES:
        return Stage.HISTORIC not in {lead.stage, other.stage}  # "may buy again" beside "lifts the ban"
    if lead.stage is other.stage:
        return lead.direction is other.direction or min(lead.firm, other.firm) == 0
    if Stage.HISTORIC in {lead.stage, other.stage}:
        return False
    if {lead.stage, other.stage} <= _DONE:
        return lead.direction is other.direction
    if lead.stage is Stage.DENIED or other.stage is Stage.DENIED:
        rumour, denied = (other, lead) if lead.stage is Stage.DENIED else (lead, other)
        if rumour.measure != denied.measure and rumour.measure not in GENERIC and denied.measure not in GENERIC:
            return False  # "no ban, but a reporting duty"
        return rumour.firm < 2 or rumour.reported or rumour.stage in _TENTATIVE
    if {lead.stage, other.stage} & _TENTATIVE and {lead.stage, other.stage} & _DONE:
        # the news itself is tentative where it stands first; further down another step is weighed
        tentative = other if other.stage in _TENTATIVE else lead
        done = lead if tentative is other else other
        return done.firm == 0 or (tentative.line.zone is not Zone.BODY and done.firm < 2)
    return min(lead.firm, other.firm) < 2


def _overlap(lead: Draft, other: Draft, concepts: Mapping[ConceptId, Concept]) -> bool:
    if not lead.goods or not other.goods:
        return True
    mine, theirs = (_with_parents(draft.goods, concepts) for draft in (lead, other))
    if OTHER in mine and OTHER in theirs:
        return bool(set(_folded(lead)) & set(_folded(other))) or not (lead.surfaces and other.surfaces)
    return bool(mine & theirs)


def _folded(draft: Draft) -> tuple[str, ...]:
    return tuple(surface.casefold() for surface in draft.surfaces)


def _with_parents(goods: Sequence[ConceptId], concepts: Mapping[ConceptId, Concept]) -> set[ConceptId]:
    found = set(goods)
    for item in goods:
        concept = concepts.get(item)
        if concept is not None and concept.parent is not None:
            found.add(concept.parent)
    return found


def _united(lead: Draft, other: Draft) -> Draft:
    """The lead, completed by the other telling; a firm stage beats one by default."""
    firmer = other if other.firm > lead.firm and lead.stage is not Stage.DENIED else lead
    denied = next((d for d in (lead, other) if d.stage is Stage.DENIED), None)
    staged = denied or firmer
    goods, surfaces, borrowed = _goods(lead, other)
    own_targets = tuple(dict.fromkeys((*lead.targets, *(other.targets if other.firm or not lead.targets else ()))))
    imposer = lead if lead.imposer and ("imposer" not in lead.borrowed or not other.imposer) else other
    named = imposer if imposer.imposer else lead
    measure = other if lead.measure in GENERIC and other.order < lead.order and other.firm else lead
    until, until_day = end_of(lead, other)
    return replace(
        lead,
        measure=measure.measure,
        family=measure.family,
        direction=staged.direction,
        stage=staged.stage,
        firm=max(lead.firm, other.firm),
        imposer=named.imposer,
        imposer_strength=named.imposer_strength,
        agency=lead.agency or (other.agency if other.imposer == named.imposer else None),
        targets=tuple(code for code in own_targets if code != named.imposer),
        goods=goods,
        surfaces=surfaces,
        end_use=lead.end_use or (other.end_use if "goods" not in other.borrowed else None),
        announced=lead.announced or other.announced,
        effective=lead.effective or other.effective,
        until=until,
        until_day=until_day,
        citation=lead.citation or other.citation,
        acts=tuple(dict.fromkeys((*lead.acts, *other.acts))),
        reported=_hearsay(lead, other),
        limits=tuple(dict.fromkeys((*lead.limits, *other.limits))),
        evidence=(*lead.evidence, *other.evidence)[:_MOST_EVIDENCE],
        borrowed=borrowed,
        confidence=min(0.97, lead.confidence + 0.02),
    )


def _hearsay(lead: Draft, other: Draft) -> bool:
    """Known from others alone: headlines leave out who says so, and a step told firmly elsewhere is known."""
    if lead.line.zone is Zone.TITLE and other.line.zone is Zone.LEAD:
        return lead.reported or other.reported
    return lead.reported and (other.reported or other.firm < 2)


def _goods(lead: Draft, other: Draft) -> tuple[tuple[ConceptId, ...], tuple[str, ...], frozenset[str]]:
    lead_own = bool(lead.goods) and "goods" not in lead.borrowed
    other_own = bool(other.goods) and "goods" not in other.borrowed
    if lead_own and other_own:
        goods = tuple(dict.fromkeys((*lead.goods, *other.goods)))
    else:
        goods = other.goods if other_own and not lead_own else lead.goods or other.goods
    if len(goods) > 1:
        goods = tuple(item for item in goods if item != OTHER)
    surfaces = tuple(dict.fromkeys((*lead.surfaces, *other.surfaces))) if OTHER in goods else ()
    borrowed = lead.borrowed if lead_own or not other_own else lead.borrowed - {"goods"}
    return goods, surfaces, borrowed


def to_event(draft: Draft, concepts: Mapping[ConceptId, Concept]) -> Event:
    """The record that leaves this stage."""
    goods = draft.goods
    return Event(
        measure=draft.measure,
        direction=draft.direction,
        stage=draft.stage,
        imposer=draft.imposer,
        targets=draft.targets,
        goods=tuple(item for item in goods if item == OTHER or concepts[item].slot is Slot.GOODS),
        start=draft.line.start,
        end=draft.line.close,
        confidence=round(draft.confidence, 3),
        zone=draft.line.zone,
        evidence=_spans(draft.evidence),
        agency=draft.agency,
        goods_surface=draft.surfaces,
        end_use=draft.end_use,
        announced=draft.announced,
        effective=draft.effective,
        until=draft.until,
        citation=draft.citation,
        acts=draft.acts,
        reported=draft.reported,
        limits=draft.limits,
    )


def _spans(evidence: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(sorted(set(evidence)))
