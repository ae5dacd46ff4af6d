"""Say how much a story matters to each sector, and because of which rules and words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.score.exposure import exposure
from bot.score.facts import Evidence, gather
from bot.score.index import RuleIndex, index_of
from bot.score.judging import Verdict, judge
from bot.score.lines import OFF_FIELD, READS_AS, general, place
from bot.score.probation import without_shadows
from bot.types.ids import ConceptId, DocumentId
from bot.types.levels import Band, Slot, Status
from bot.types.reading import Reading
from bot.types.rules import AlertRule, Rulebook, Scoring, Sector
from bot.types.story import Assessment, LedgerLine, SectorScore, Story

_LOUDEST = tuple(reversed(Band))
_RANK = {band: rank for rank, band in enumerate(Band)}  # asked for every ledger; `Band.rank` counts anew each time
FLOOR, CEILING = "floor", "ceiling"  # slots of the lines that hold a score inside what rules allow
DOUBTED = "the learned reader looked at the whole text and doubts that it tells a new step"
GUESSED = "no word names the goods; they are what the whole text seems to be about"
ELSEWHERE = "the learned reader looked at the whole text and takes it for one of another field"
NO_RULE = "no alert rule holds on one event, so points alone do not alert"


def assess(story: Story, readings: Mapping[DocumentId, Reading], rulebook: Rulebook) -> Assessment:
    """Score one story.

    Points are on the log-odds scale, so they add up: findings, togetherness, roles, stage, source, outlets, bonuses
    and noise hold for everybody, exposure per sector. The band derives from the score; an alert needs a live rule
    whose `when` holds on one event.

    Args:
        story: The story.
        readings: Of its documents; a missing one leaves only the events that the story kept.
        rulebook: The rule set in force.
    """
    index = index_of(rulebook)
    found = _weigh(*without_shadows(story, readings, index), index.live, index.sectors, index)
    evidence = found.evidence
    score = total(found.ledger)
    return Assessment(
        story_id=story.id,
        score=score,
        probability=probability(score, rulebook.scoring),
        band=band_of(score, rulebook.scoring),
        sectors=found.sectors,
        ledger=found.ledger,
        rules=tuple(verdict.rule.id for verdict in found.verdicts if verdict.holds),
        shadow_rules=_on_probation(story, readings, index),
        near_misses=_near_misses(found.verdicts, evidence),
        ruleset_hash=rulebook.hash,
        slots=tuple(slot for slot in Slot if evidence.findings.get(slot)),
        goods=_above((good for f in evidence.facts for good in f.event.goods), index),
        measures=_above((f.event.measure for f in evidence.facts), index),
    )


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A story under some rules and for some sectors."""

    evidence: Evidence
    verdicts: Sequence[Verdict]
    sectors: tuple[SectorScore, ...]  # exposed ones, highest first
    ledger: tuple[LedgerLine, ...]  # of the most exposed sector, or without any


def _weigh(
    story: Story,
    readings: Mapping[DocumentId, Reading],
    rules: Sequence[AlertRule],
    exposed: Sequence[Sector],
    index: RuleIndex,
) -> _Weighed:
    scoring, day = index.rulebook.scoring, story.last_seen.date()
    evidence = gather(story, readings, index.kin)
    told = bool(evidence.facts or evidence.past)  # of most texts nobody takes a step, and no rule has anything to say
    verdicts = [judge(rule, evidence.facts, evidence.past, index, day=day) for rule in rules] if told else []
    shared = general(story, evidence, verdicts, index)
    sectors = [
        SectorScore(sector=sector.id, score=total(ledger), band=band_of(total(ledger), scoring), ledger=ledger)
        for sector in (exposed if evidence.facts else ())
        if (own := exposure(sector, evidence, index))
        for ledger in (_bounded([*shared, *own], verdicts, evidence, scoring),)
    ]
    sectors.sort(key=lambda score: (-score.score, score.sector))
    ledger = sectors[0].ledger if sectors else _bounded(shared, verdicts, evidence, scoring)
    return _Weighed(evidence, verdicts, tuple(sectors), ledger)


def _on_probation(story: Story, readings: Mapping[DocumentId, Reading], index: RuleIndex) -> tuple[str, ...]:
    """Ids of what is on probation and would make, or add to, an alert if it were live: rules, concepts, sectors."""
    if not (index.shadow or index.shadow_concepts or index.shadow_sectors):
        return ()
    whole = _weigh(story, readings, [*index.live, *index.shadow], [*index.sectors, *index.shadow_sectors], index)
    found: list[str] = [v.rule.id for v in whole.verdicts if v.holds and v.rule.status is Status.SHADOW]
    if _RANK[band_of(total(whole.ledger), index.rulebook.scoring)] >= _RANK[Band.ALERT]:
        named = {c for fact in whole.evidence.facts for c in (fact.event.measure, *fact.event.goods)}
        found += sorted(index.shadow_concepts & named)
    trial = {sector.id for sector in index.shadow_sectors}
    found += [s.sector for s in whole.sectors if s.sector in trial and _RANK[s.band] >= _RANK[Band.ALERT]]
    return tuple(found)


def total(ledger: Sequence[LedgerLine]) -> float:
    """Sum of the lines; exact, since every line is a multiple of 0.25."""
    return float(sum(line.points for line in ledger))


def probability(score: float, scoring: Scoring) -> float:
    """Chance that a reader finds it useful: even odds at `half`, doubled by every `double_every` points."""
    # Beyond 60 doublings the chance is 0 or 1 for every purpose, and powers stay finite.
    doublings = max(-60.0, min(60.0, (scoring.half - score) / scoring.double_every))
    return float(1 / (1 + 2.0**doublings))


def band_of(score: float, scoring: Scoring) -> Band:
    """The loudest band whose threshold the score reaches."""
    return next((band for band in _LOUDEST if score >= scoring.bands.get(band, math.inf)), Band.ARCHIVE)


def _bounded(
    lines: Sequence[LedgerLine], live: Sequence[Verdict], evidence: Evidence, scoring: Scoring
) -> tuple[LedgerLine, ...]:
    """The lines, with one more when rules hold the score down or up."""
    score = total(lines)
    holding = [verdict.rule for verdict in live if verdict.holds]
    # Points alone reach the digest; a rule can only open the way further up.
    loudest = max((Band.DIGEST, *(rule.at_most for rule in holding)), key=_RANK.__getitem__)
    doubt, most = _doubt(evidence, scoring)
    if _RANK[most] < _RANK[loudest]:
        loudest = most
    else:
        doubt = ""
    above = next((band for band in Band if _RANK[band] > _RANK[loudest] and band in scoring.bands), None)
    if above is not None and score >= scoring.bands[above]:
        top = next((rule for rule in holding if rule.at_most is loudest), None)
        why = doubt or (f"{top.id} reaches {loudest} at most" if top else NO_RULE)
        held = place(scoring, "reads_as") if doubt else place(scoring, f"bands.{above}", "bands")
        rule = str(top.place) if top and not doubt else held
        points = scoring.bands[above] - 0.25 - score
        return (*lines, LedgerLine(points=points, slot=CEILING, why=why, rule=rule))
    floor = max(holding, key=lambda rule: (_RANK[rule.at_least], rule.id), default=None)
    if floor is None or floor.at_least is Band.ARCHIVE:
        return tuple(lines)
    if any(line.slot in (Slot.NOISE, OFF_FIELD, READS_AS) and line.points < 0 for line in lines):
        return tuple(lines)  # a floor helps thin evidence; it does not lift what reads like another subject
    least = scoring.bands.get(floor.at_least, 0)
    if score >= least:
        return tuple(lines)
    why = f"{floor.id} asks for {floor.at_least} at least"
    return (*lines, LedgerLine(points=least - score, slot=FLOOR, why=why, rule=str(floor.place)))


def _doubt(evidence: Evidence, scoring: Scoring) -> tuple[str, Band]:
    """Why what was learned holds a story down, and to which band; no reason when it does not."""
    told, worth = evidence.reads_as, scoring.reads_as
    if told is None or worth is None:
        return "", Band.URGENT
    if told.new_step >= worth.even:
        return (GUESSED, Band.ALERT) if evidence.guessed else ("", Band.URGENT)
    return (ELSEWHERE, Band.ARCHIVE) if told.other > worth.elsewhere else (DOUBTED, Band.DIGEST)


def _near_misses(live: Sequence[Verdict], evidence: Evidence) -> tuple[str, ...]:
    misses = tuple(verdict.near_miss for verdict in live if verdict.near_miss)
    named = evidence.findings.get(Slot.MEASURE) and evidence.findings.get(Slot.GOODS)
    if not misses and named and not evidence.facts and not evidence.past:
        return ("a measure and goods are named, but no step that somebody takes was found",)
    return misses


def _above(concepts: Iterable[str], index: RuleIndex) -> tuple[ConceptId, ...]:
    return tuple(ConceptId(c) for c in sorted(index.kin.widened(concepts)))
