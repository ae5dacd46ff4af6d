"""Explain a score: the ledger, the rule and words behind each line, and what would lift it to another band."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.types.document import Document
from bot.types.levels import Authority, Band, Stage
from bot.types.reading import Reading
from bot.types.rules import Rulebook, Sector
from bot.types.story import Assessment, LedgerLine

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
    chosen = next((score for score in assessment.sectors if sector in (None, score.sector)), None)
    score = chosen.score if chosen and sector is not None else assessment.score
    band = chosen.band if chosen and sector is not None else assessment.band
    ledger = chosen.ledger if chosen and sector is not None else assessment.ledger
    goal = why_not or next((above for above in Band if above.rank == band.rank + 1), None)
    missing = max(0.0, rulebook.scoring.bands[goal] - score) if goal is not None else 0.0
    lifts = tuple(
        Lift(points=points, what=what, enough=0 < missing <= points)
        for points, what in sorted(_lifts(document, ledger, rulebook), key=lambda hit: (-hit[0], hit[1]))
    )
    asked = known.get(sector) if sector is not None and chosen is None else None
    return Explanation(
        document=document,
        reading=reading,
        assessment=assessment,
        sector=sector or (chosen.sector if chosen else None),
        exposed=chosen is not None,
        score=score,
        band=band,
        probability=1 / (1 + 2 ** ((rulebook.scoring.half - score) / rulebook.scoring.double_every)),
        ledger=ledger,
        goal=goal,
        missing=missing,
        lifts=lifts if missing else (),
        obstacles=tuple(_obstacles(assessment, ledger, asked)),
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
        if line.points < 0 and line.slot in {"noise", "background", "cue"}:
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
    yield from assessment.near_misses
    yield from (line.why for line in ledger if line.slot == "ceiling")
    if unexposed is not None:
        rows = ", ".join(f"{row.goods} from {row.from_}" for row in unexposed.exposed_to)
        yield f"nothing in the text concerns {unexposed.id}, which is exposed to {rows}"
