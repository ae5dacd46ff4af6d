"""Write the lines of a ledger that hold for every sector: what was found, by whom, how far it has come."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from bot.score.facts import Evidence, Finding
from bot.score.index import RuleIndex
from bot.score.judging import Verdict
from bot.types.ids import ConceptId
from bot.types.levels import Authority, Cue, Slot, Stage
from bot.types.rules import Scoring
from bot.types.story import LedgerLine, Story

OFF_FIELD = "off_field"  # key of scoring.yml and slot of the line
READS_AS = "reads-as"  # slot of the learned reader's line
_NEVER_SURE = 0.001  # chances nearer to 0 or 1 say no more
SHOWN_WORDS = 3  # surfaces kept on a line
_SHARES = ("", "second", "third", "further")


def quarter(points: float) -> float:
    """Nearest multiple of 0.25: such sums are exact in binary, in any order."""
    return round(points * 4) / 4


def place(scoring: Scoring, *keys: str) -> str:
    """Where a number of scoring.yml stands, as shown in ledgers."""
    return str(next((scoring.places[key] for key in keys if key in scoring.places), scoring.place))


def general(story: Story, evidence: Evidence, verdicts: Iterable[Verdict], index: RuleIndex) -> list[LedgerLine]:
    """All lines that do not depend on a sector, in the order in which a person reads them."""
    scoring = index.rulebook.scoring
    lines = [
        *_findings(Slot.MEASURE, evidence, index),
        *_findings(Slot.GOODS, evidence, index),
        *_together(evidence, scoring),
        *_roles(evidence, scoring),
        *_stage(story, evidence, scoring),
        *_cue(evidence, scoring),
        *_source(story, scoring),
        *_seen_by(story, scoring),
        *_bonuses(verdicts, scoring),
        *_reads_as(evidence, scoring),
        # What warns of look-alikes is for words alone: the learned reader looked at the whole text, warnings in mind.
        *(() if _sure(evidence, scoring) else (*_noise(evidence, index), *_off_field(evidence, scoring))),
    ]
    return [line for line in lines if line.points]


def _findings(slot: Slot, evidence: Evidence, index: RuleIndex) -> list[LedgerLine]:
    found = {c: f for c, f in evidence.findings.get(slot, {}).items() if index.in_slot(slot, c)}
    lines = []
    shares = index.rulebook.scoring.repeat
    for position, concept in enumerate(index.best(frozenset(found))):
        note = _SHARES[min(position, 3)]
        name = name_of(concept, found[concept], index)
        lines.append(
            LedgerLine(
                points=quarter(index.points(concept) * shares[position]),
                slot=slot.value,
                why=f"{name} ({note} {slot.value}: {shares[position]:g} of its points)" if note else name,
                rule=_rule(found[concept], index),
                words=tuple(found[concept].words)[:SHOWN_WORDS],
            )
        )
    return lines


def name_of(concept: ConceptId, finding: Finding | None, index: RuleIndex) -> str:
    """Name of a concept for an English reader."""
    known = index.concepts.get(concept)
    if known is None:
        surfaces = ", ".join(finding.words) if finding else ""
        return f"goods that no file names: {surfaces}" if surfaces else str(concept)
    return known.names.get("en") or known.title


def _rule(finding: Finding, index: RuleIndex) -> str:
    known = index.concepts.get(finding.concept)
    return finding.rule or (str(known.place) if known else str(index.rulebook.scoring.place))


def _together(evidence: Evidence, scoring: Scoring) -> list[LedgerLine]:
    if not evidence.together:
        return []
    key = f"together.{evidence.together}"
    points = float(scoring.together.get(evidence.together, 0))
    why = f"measure and goods in one {evidence.together}"
    return [LedgerLine(points=points, slot="together", why=why, rule=place(scoring, key, "together"))]


def _roles(evidence: Evidence, scoring: Scoring) -> list[LedgerLine]:
    imposers = sorted(
        {f.event.imposer or str(f.event.agency) for f in evidence.facts if f.event.imposer or f.event.agency}
    )
    targets = sorted({target for f in evidence.facts for target in f.event.targets})
    lines = []
    if imposers:
        why = f"{', '.join(imposers)} is named as acting"
        rule = place(scoring, "actor_known")
        lines.append(LedgerLine(points=float(scoring.actor_known), slot="actor", why=why, rule=rule))
    if targets:
        why = f"{', '.join(targets)} is named as hit"
        rule = place(scoring, "target_known")
        lines.append(LedgerLine(points=float(scoring.target_known), slot="target", why=why, rule=rule))
    return lines


def _stage(story: Story, evidence: Evidence, scoring: Scoring) -> list[LedgerLine]:
    """Points of the stage; a denial or mere history is written down as lowering."""
    stages = {fact.event.stage for fact in evidence.facts}
    if stages and (story.stage is Stage.DENIED or stages == {Stage.DENIED}):
        stage = Stage.DENIED
    elif stages:
        stage = max(sorted(stages - {Stage.DENIED}), key=lambda s: scoring.stage.get(s.value, 0))
    elif evidence.past and scoring.stage.get(Stage.HISTORIC.value):
        stage = Stage.HISTORIC
    else:
        return _background(evidence, scoring)
    points = float(scoring.stage.get(stage.value, 0))
    rule = place(scoring, f"stage.{stage.value}", "stage")
    return [LedgerLine(points=points, slot="stage", why=f"the step is {stage.value}", rule=rule)]


def _background(evidence: Evidence, scoring: Scoring) -> list[LedgerLine]:
    if not evidence.findings.get(Slot.MEASURE) and not evidence.findings.get(Slot.GOODS):
        return []
    why = "measures or goods are named, but nobody takes a step"
    rule = place(scoring, "background")
    return [LedgerLine(points=float(scoring.background), slot="background", why=why, rule=rule)]


def _cue(evidence: Evidence, scoring: Scoring) -> list[LedgerLine]:
    """How surely the texts hold their measure: the surest mention or event counts."""
    held = {cue.value for cue in evidence.measure_cues}
    held |= {Cue.REPORTED.value if fact.event.reported else Cue.STATED.value for fact in evidence.facts}
    if not held:
        return []
    best = max(sorted(held), key=lambda cue: scoring.cue.get(cue, 0))
    rule = place(scoring, f"cue.{best}", "cue")
    return [LedgerLine(points=float(scoring.cue.get(best, 0)), slot="cue", why=f"the measure is {best}", rule=rule)]


def _source(story: Story, scoring: Scoring) -> list[LedgerLine]:
    kinds: Sequence[Authority] = [telling.authority for telling in story.tellings]
    best = max(kinds, key=lambda kind: (scoring.source.get(kind.value, 0), -list(Authority).index(kind)))
    rule = place(scoring, f"source.{best.value}", "source")
    points = float(scoring.source.get(best.value, 0))
    return [LedgerLine(points=points, slot="source", why=f"best source is {best.value}", rule=rule)]


def _seen_by(story: Story, scoring: Scoring) -> list[LedgerLine]:
    outlets = len(story.publishers)
    if outlets < 2:
        return []
    points = min(quarter(scoring.seen_by_each_doubling * math.log2(outlets)), float(scoring.seen_by_most))
    rule = place(scoring, "seen_by.each_doubling", "seen_by")
    return [LedgerLine(points=points, slot="seen-by", why=f"{outlets} independent outlets", rule=rule)]


def _bonuses(verdicts: Iterable[Verdict], scoring: Scoring) -> list[LedgerLine]:
    """Extra points of the rules that hold: rules that see the same step say much the same, so their shares fall.

    The rule with most extra points counts in full, the second half, the third a quarter; what lowers counts in full.
    """
    holding = [verdict for verdict in verdicts if verdict.holds and verdict.bonuses]
    holding.sort(key=lambda verdict: (-_raising(verdict), verdict.rule.id))
    lines = []
    for position, verdict in enumerate(holding):
        share = scoring.repeat[position] if position < len(scoring.repeat) else 0
        note = f" ({_SHARES[min(position, 3)]} rule: {share:g} of its points)" if position else ""
        for bonus in verdict.bonuses:
            points = float(bonus.points) if bonus.points < 0 else quarter(bonus.points * share)
            why = f"{verdict.rule.id}: {bonus.why}{note if bonus.points > 0 else ''}"
            lines.append(LedgerLine(points=points, slot="alert", why=why, rule=str(bonus.place)))
    return lines


def _raising(verdict: Verdict) -> int:
    return sum(bonus.points for bonus in verdict.bonuses if bonus.points > 0)


def _reads_as(evidence: Evidence, scoring: Scoring) -> list[LedgerLine]:
    """The learned reader's odds against those at which it says nothing, with the examples that the text is like."""
    told, worth = evidence.reads_as, scoring.reads_as
    if told is None or worth is None:
        return []
    chance = min(1 - _NEVER_SURE, max(_NEVER_SURE, told.new_step))
    odds = math.log2(chance / (1 - chance)) - math.log2(worth.even / (1 - worth.even))
    points = quarter(min(worth.most, max(worth.least, scoring.double_every * odds)))
    like = "; ".join(f"\u201c{example.title}\u201d ({example.label})" for example in told.like)
    why = f"reads like a new step with a chance of {told.new_step:.2f}" + (f", like {like}" if like else "")
    return [LedgerLine(points=points, slot=READS_AS, why=why, rule=place(scoring, "reads_as"))]


def _sure(evidence: Evidence, scoring: Scoring) -> bool:
    """Whether the learned reader says that a text tells a new step rather than none."""
    told, worth = evidence.reads_as, scoring.reads_as
    return told is not None and worth is not None and told.new_step >= worth.even


def _off_field(evidence: Evidence, scoring: Scoring) -> list[LedgerLine]:
    """A ban of batteries on board or of nickel in ink meets the words of a step, but never a word of trade."""
    if evidence.in_field or not evidence.facts or not scoring.off_field:
        return []
    why = "a step is read, but no word of trade, industry or supply"
    return [LedgerLine(points=float(scoring.off_field), slot=OFF_FIELD, why=why, rule=place(scoring, OFF_FIELD))]


def _noise(evidence: Evidence, index: RuleIndex) -> list[LedgerLine]:
    scoring = index.rulebook.scoring
    lines = []
    for concept in sorted(evidence.noise):
        finding = evidence.findings.get(Slot.NOISE, {}).get(concept)
        lines.append(
            LedgerLine(
                points=float(scoring.noise.get(concept, 0)),
                slot="noise",
                why=f"reads like {name_of(concept, finding, index)}",
                rule=place(scoring, f"noise.{concept}", "noise"),
                words=tuple(finding.words)[:SHOWN_WORDS] if finding else (),
            )
        )
    return lines
