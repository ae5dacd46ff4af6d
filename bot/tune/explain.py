"""Explain a score: the ledger, the rule and words behind each line, and what would lift it to another band."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.score import probability
from bot.types.document import Document
from bot.types.levels import Authority, Band, Stage
from bot.types.reading import Reading
from bot.types.rules import Rulebook, Sector
from bot.types.story import Assessment, LedgerLine

# Lines that only one sector's ledger holds, and those that hold its sum inside what rules allow.
_PER_SECTOR = frozenset({"exposure", "country", "company", "sector", "ceiling", "floor"})

Assess = Callable[[Document], tuple[Reading, Assessment]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """One thing that would add points."""

    points: float
    what: str  # one phrase
    enough: bool  # alone it would reach the band in question


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a text scores what it scores."""

    document: Document
    reading: Reading
    assessment: Assessment
    sector: str | None  # sector whose ledger this is; None: the text's own
    exposed: bool  # False: nothing in the text concerns the sector that was asked for
    score: float
    band: Band
    probability: float
    ledger: tuple[LedgerLine, ...]
    goal: Band | None  # band that was asked for, else the next one; None: there is none above
    missing: float  # points to the goal; 0 when it is reached
    lifts: tuple[Lift, ...]  # most points first
    obstacles: tuple[str, ...]  # what stands in the way besides points, one sentence each


def explain(
    document: Document, rulebook: Rulebook, assess: Assess, *, sector: str | None = None, why_not: Band | None = None
) -> Explanation:
    """Read and score one document, and say why.

    Args:
        document: The text.
        rulebook: The rule set that `assess` uses.
        assess: Reads and scores a document as a story of its own.
        sector: Look at this sector's score; otherwise at the most exposed one.
        why_not: Ask for this band; otherwise for the next one above.

    Raises:
        ValueError: There is no such sector.
    """
    known: dict[str, Sector] = {record.id: record for record in rulebook.sectors}
    if sector is not None and sector not in known:
        raise ValueError(f'there is no sector "{sector}"; known are {", ".join(known) or "none"}')
    reading, assessment = assess(document)
    view = _view(assessment, sector)
    goal = why_not or next((above for above in Band if above.rank == view.band.rank + 1), None)
    missing = max(0.0, rulebook.scoring.bands[goal] - view.score) if goal is not None else 0.0
    # Points do not lift a score over what the rules that hold allow.
    held = any(line.slot == "ceiling" for line in view.ledger)
    lifts = tuple(
        Lift(points=points, what=what, enough=not held and 0 < missing <= points)
        for points, what in sorted(_lifts(document, view.ledger, rulebook), key=lambda hit: (-hit[0], hit[1]))
    )
    unexposed = known[sector] if sector is not None and not view.exposed else None
    reached = goal is None or view.band.rank >= goal.rank
    return Explanation(
        document=document,
        reading=reading,
        assessment=assessment,
        sector=view.sector,
        exposed=view.exposed,
        score=view.score,
        band=view.band,
        probability=probability(view.score, rulebook.scoring),
        ledger=view.ledger,
        goal=goal,
        missing=missing,
        lifts=lifts if missing else (),
        obstacles=() if reached else tuple(_obstacles(assessment, view.ledger, unexposed)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """The score that is asked about."""

    sector: str | None
    exposed: bool
    score: float
    band: Band
    ledger: tuple[LedgerLine, ...]


def _view(assessment: Assessment, sector: str | None) -> _View:
    """A sector's own score; of a sector that is not exposed, what holds for everybody, and nobody there is told."""
    chosen = next((score for score in assessment.sectors if sector in (None, score.sector)), None)
    if chosen is not None:
        return _View(sector=chosen.sector, exposed=True, score=chosen.score, band=chosen.band, ledger=chosen.ledger)
    if sector is None:
        return _View(sector=None, exposed=False, score=assessment.score, band=assessment.band, ledger=assessment.ledger)
    shared = tuple(line for line in assessment.ledger if line.slot not in _PER_SECTOR)
    return _View(
        sector=sector, exposed=False, score=sum(line.points for line in shared), band=Band.ARCHIVE, ledger=shared
    )


def _lifts(document: Document, ledger: tuple[LedgerLine, ...], rulebook: Rulebook) -> Iterator[tuple[float, str]]:
    """What scoring.yml would give for more evidence of each sort, against what the ledger holds already."""
    scoring = rulebook.scoring
    have = {slot: sum(line.points for line in ledger if line.slot == slot) for slot in {line.slot for line in ledger}}
    offers: list[tuple[str, float, str]] = [
        ("together", max(scoring.together.values(), default=0), "measure and goods in one sentence"),
        ("actor", scoring.actor_known, "a state or authority named as acting"),
        ("target", scoring.target_known, "a state named as hit"),
        ("company", scoring.named_company, "a company of the sector named"),
        ("sector", scoring.sector_named, "the sector itself named"),
        ("stage", *_best_stage(rulebook)),
        ("source", *_best_source(document, rulebook)),
        ("seen-by", scoring.seen_by_most, _outlets(scoring.seen_by_each_doubling, scoring.seen_by_most)),
    ]
    for slot, points, what in offers:
        gain = points - have.get(slot, 0)
        if gain > 0:
            yield gain, what
    strongest = max(scoring.levels.values(), default=0)
    for slot in ("measure", "goods"):
        if slot not in have:
            yield float(strongest), f"a {slot} concept found at all (up to)"
    for line in ledger:
        if line.points < 0 and line.slot in {"noise", "background", "off_field", "cue"}:
            yield -line.points, f"without “{line.why}”"


def _best_stage(rulebook: Rulebook) -> tuple[float, str]:
    points, name = max(((points, name) for name, points in rulebook.scoring.stage.items()), default=(0, Stage.IN_FORCE))
    return points, f"the step told as {name}"


def _best_source(document: Document, rulebook: Rulebook) -> tuple[float, str]:
    points, name = max(
        ((points, name) for name, points in rulebook.scoring.source.items()), default=(0, Authority.OFFICIAL.value)
    )
    return points, f"an {name} source instead of {document.authority.value}"


def _outlets(each: int, most: int) -> str:
    return f"{2 ** math.ceil(most / each)} independent outlets" if each > 0 and most > 0 else "more outlets"


def _obstacles(assessment: Assessment, ledger: tuple[LedgerLine, ...], unexposed: Sector | None) -> Iterator[str]:
    """What points alone do not mend, the nearest cause first."""
    if unexposed is not None:
        rows = ", ".join(dict.fromkeys(f"{row.goods} from {row.from_}" for row in unexposed.exposed_to))
        yield f"nothing in the text concerns {unexposed.id}, which is exposed to {rows}"
    yield from (line.why for line in ledger if line.slot == "ceiling")
    if not assessment.rules:
        yield from assessment.near_misses
