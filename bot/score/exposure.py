"""Write the lines of a ledger that say how exposed one sector is."""

from __future__ import annotations

from collections.abc import Iterator

from bot.score.facts import Evidence
from bot.score.index import RuleIndex, heaviest
from bot.score.lines import SHOWN_WORDS, line, quarter
from bot.types.ids import ConceptId
from bot.types.rules import ExposureRow, NamedCompany, Sector
from bot.types.story import LedgerLine

ANYONE = "*"


def exposure(sector: Sector, evidence: Evidence, index: RuleIndex) -> list[LedgerLine]:
    """Lines of one sector; none when nothing in the story concerns it.

    The best row of goods that fits counts in full, the second half, the third a quarter; rows of goods and of what
    stands below them are one. The country that acts or is hit adds as little as a last finding, and alone it exposes
    nobody: every sector knows the big ones.
    """
    if not evidence.facts:
        return []
    scoring = index.rulebook.scoring
    named = [*_companies(sector, evidence, index), *_named(sector, evidence, index)] if evidence.sector_words else []
    rows = _rows(sector, evidence, index)
    if not rows and not named:
        return []
    weights = {goods: float(scoring.levels.get(row.level, 0)) for goods, (row, _) in rows.items()}
    lines = []
    for goods, share in zip(heaviest(weights, scoring.repeat, index.kin), scoring.repeat, strict=False):
        row, who = rows[goods]
        why = f"{goods} from {who} is {row.level}: {row.why}"
        points = quarter(weights[goods] * share)
        lines.append(
            LedgerLine(
                points=points, slot="exposure", why=why, rule=str(row.place), key=f"levels.{row.level}", share=share
            )
        )
    return [line for line in [*lines, *_country(sector, evidence, index), *named] if line.points]


def _rows(sector: Sector, evidence: Evidence, index: RuleIndex) -> dict[ConceptId, tuple[ExposureRow, str]]:
    """Goods that are hit, with their heaviest row that fits and who supplies; one row per goods."""
    rows = index.rows(sector)
    hit: dict[ConceptId, tuple[ExposureRow, str]] = {}
    for goods, suppliers in evidence.suppliers.items():
        row = next((row for row in rows.get(goods, ()) if row.from_ == ANYONE or row.from_ in suppliers), None)
        if row is not None:
            who = next(iter(suppliers)) if row.from_ == ANYONE else row.from_
            hit[row.goods] = (row, who or "an unnamed state")
    return hit


def _country(sector: Sector, evidence: Evidence, index: RuleIndex) -> Iterator[LedgerLine]:
    """The country that matters most to the sector among those that act or are hit."""
    scoring = index.rulebook.scoring
    involved = {code for f in evidence.facts for code in (f.event.imposer, *f.event.targets) if code}
    known = [(float(scoring.levels.get(sector.countries[c], 0)), c) for c in involved if c in sector.countries]
    for points, code in sorted(known, key=lambda hit: (-hit[0], hit[1]))[:1]:
        level, share = sector.countries[code], min(scoring.repeat)
        yield LedgerLine(
            points=quarter(points * share),
            slot="country",
            why=f"{code} matters to the sector ({level})",
            rule=str(sector.place),
            key=f"levels.{level}",
            share=share,
        )


def _companies(sector: Sector, evidence: Evidence, index: RuleIndex) -> Iterator[LedgerLine]:
    """One line for all companies of the sector that the texts name."""
    named = {company.name: words for company in sector.companies if (words := _words(company, evidence))}
    if named:
        words = tuple(word for found in named.values() for word in found)[:SHOWN_WORDS]
        why = f"{', '.join(sorted(named))} is named"
        yield line(index.rulebook.scoring, "named_company", "company", why, words=words)


def _words(company: NamedCompany, evidence: Evidence) -> tuple[str, ...]:
    return tuple(evidence.sector_words.get(company.id, ()))


def _named(sector: Sector, evidence: Evidence, index: RuleIndex) -> Iterator[LedgerLine]:
    words = tuple(evidence.sector_words.get(sector.id, ()))[:SHOWN_WORDS]
    if words:
        yield line(index.rulebook.scoring, "sector_named", "sector", f"{sector.title} is named", words=words)
