"""Write the lines of a ledger that hold for every sector: what was found, by whom, how far it has come."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

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


def line(scoring: Scoring, key: str, slot: str, why: str, *, words: tuple[str, ...] = ()) -> LedgerLine:
    """A line that is worth what scoring.yml has under a key path."""
    points = float(scoring.points(key))
    return LedgerLine(
        points=points, slot=slot, why=why, rule=place(scoring, key, key.partition(".")[0]), words=words, key=key
    )


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
                key=f"levels.{index.level(concept)}",
                share=shares[position],
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
    why = f"measure and goods in one {evidence.together}"
    return [line(scoring, f"together.{evidence.together}", "together", why)]


def _roles(evidence: Evidence, scoring: Scoring) -> list[LedgerLine]:
    imposers = sorted(
        {f.event.imposer or str(f.event.agency) for f in evidence.facts if f.event.imposer or f.event.agency}
    )
    targets = sorted({target for f in evidence.facts for target in f.event.targets})
    lines = []
    if imposers:
        lines.append(line(scoring, "actor_known", "actor", f"{', '.join(imposers)} is named as acting"))
    if targets:
        lines.append(line(scoring, "target_known", "target", f"{', '.join(targets)} is named as hit"))
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
    return [line(scoring, f"stage.{stage.value}", "stage", f"the step is {stage.value}")]


def _background(evidence: Evidence, scoring: Scoring) -> list[LedgerLine]:
    if not evidence.findings.get(Slot.MEASURE) and not evidence.findings.get(Slot.GOODS):
        return []
    return [line(scoring, "background", "background", "measures or goods are named, but nobody takes a step")]


def _cue(evidence: Evidence, scoring: Scoring) -> list[LedgerLine]:
    """How surely the texts hold their measure: the surest mention or event counts."""
    held = {cue.value for cue in evidence.measure_cues}
    held |= {Cue.REPORTED.value if fact.event.reported else Cue.STATED.value for fact in evidence.facts}
    if not held:
        return []
    best = max(sorted(held), key=lambda cue: scoring.cue.get(cue, 0))
    return [line(scoring, f"cue.{best}", "cue", f"the measure is {best}")]


def _source(story: Story, scoring: Scoring) -> list[LedgerLine]:
    kinds: Sequence[Authority] = [telling.authority for telling in story.tellings]
    best = max(kinds, key=lambda kind: (scoring.source.get(kind.value, 0), -list(Authority).index(kind)))
    return [line(scoring, f"source.{best.value}", "source", f"best source is {best.value}")]


def _seen_by(story: Story, scoring: Scoring) -> list[LedgerLine]:
    outlets = len(story.publishers)
    if outlets < 2:
        return []
    why, doublings = f"{outlets} independent outlets", math.log2(outlets)
    grown = quarter(scoring.seen_by_each_doubling * doublings)
    if grown >= scoring.seen_by_most:
        return [line(scoring, "seen_by.most", "seen-by", why)]
    return [replace(line(scoring, "seen_by.each_doubling", "seen-by", why), points=grown, share=doublings)]


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
            own, note_here = (share, note) if bonus.points > 0 else (1.0, "")
            lines.append(
                LedgerLine(
                    points=quarter(bonus.points * own),
                    slot="alert",
                    why=f"{verdict.rule.id}: {bonus.why}{note_here}",
                    rule=str(bonus.place),
                    key=f"alert.{verdict.rule.id}.{verdict.rule.add.index(bonus)}",
                    share=own,
                )
            )
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
    return [line(scoring, OFF_FIELD, OFF_FIELD, "a step is read, but no word of trade, industry or supply")]


def _noise(evidence: Evidence, index: RuleIndex) -> list[LedgerLine]:
    scoring = index.rulebook.scoring
    lines = []
    for concept in sorted(evidence.noise):
        finding = evidence.findings.get(Slot.NOISE, {}).get(concept)
        words = tuple(finding.words)[:SHOWN_WORDS] if finding else ()
        why = f"reads like {name_of(concept, finding, index)}"
        lines.append(line(scoring, f"noise.{concept}", "noise", why, words=words))
    return lines
