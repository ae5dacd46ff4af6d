"""An explanation adds up, and names what would lift a text to the next band."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.rulebook.load import load
from bot.tune.explain import Explanation, explain
from bot.tune.texts import text_document
from bot.types.document import Document
from bot.types.ids import SectorId
from bot.types.levels import Authority, Band
from bot.types.reading import Reading
from bot.types.rules import Rulebook
from bot.types.story import Assessment, LedgerLine, SectorScore
from tests.fakes.rule_files import PLUGINS, write_rules


def line(points: float, slot: str, why: str = "") -> LedgerLine:
    return LedgerLine(points=points, slot=slot, why=why or slot, rule="scoring.yml:1")


SHARED = (
    line(20, "measure"),
    line(14, "goods"),
    line(8, "together"),
    line(5, "actor"),
    line(4, "stage"),
    line(3, "source"),
)
WIND = (*SHARED, line(20, "exposure"))


def judged(**changes: object) -> Assessment:
    made = Assessment(
        story_id="s-1",  # type: ignore[arg-type]
        score=74.0,
        probability=0.84,
        band=Band.ALERT,
        sectors=(SectorScore(sector=SectorId("wind"), score=74.0, band=Band.ALERT, ledger=WIND),),
        ledger=WIND,
        rules=("cn-limits",),  # type: ignore[arg-type]
        shadow_rules=(),
        near_misses=("other-rule: direction is tighten, needs ease",),
        ruleset_hash="x",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return load(write_rules(tmp_path_factory.mktemp("rules")), PLUGINS)


def explained(book: Rulebook, assessment: Assessment, **options: object) -> Explanation:
    document = text_document("China bans exports.", authority=Authority.PRESS)
    reading = Reading(
        document_id=document.id, lang="en", lang_confidence=1.0, mentions=(), events=(), reader_version="x"
    )

    def assess(asked: Document) -> tuple[Reading, Assessment]:
        assert asked is document
        return reading, assessment

    return explain(document, book, assess, **options)  # type: ignore[arg-type]


def test_the_ledger_is_that_of_the_most_exposed_sector_and_adds_up(book: Rulebook) -> None:
    found = explained(book, judged())
    assert (found.sector, found.score, found.band) == ("wind", 74.0, Band.ALERT)
    assert sum(entry.points for entry in found.ledger) == found.score
    assert found.probability == pytest.approx(1 / (1 + 2 ** ((50 - 74) / 10)))


def test_the_way_to_the_next_band_names_what_scoring_would_give(book: Rulebook) -> None:
    found = explained(book, judged())
    assert (found.goal, found.missing) == (Band.URGENT, 6.0)
    assert [(lift.points, lift.what, lift.enough) for lift in found.lifts] == [
        (10, "a company of the sector named", True),
        (9, "8 independent outlets", True),
        (5, "a state named as hit", False),
        (3, "an official source instead of press", False),
        (2, "the step told as in-force", False),
    ]
    assert found.obstacles == ()  # a rule holds, so the misses of others are no news


def test_what_lowers_a_score_is_named_too(book: Rulebook) -> None:
    ledger = (*SHARED, line(-25, "noise", "reads like sport"), line(-3, "cue", "the measure is reported"))
    found = explained(book, judged(ledger=ledger, sectors=(), score=26.0, band=Band.ARCHIVE))
    assert (25, "without “reads like sport”") in [(lift.points, lift.what) for lift in found.lifts]
    assert (3, "without “the measure is reported”") in [(lift.points, lift.what) for lift in found.lifts]


def test_a_slot_without_finding_is_offered(book: Rulebook) -> None:
    found = explained(book, judged(ledger=(line(20, "measure"),), sectors=(), score=20.0, band=Band.ARCHIVE))
    assert any("goods concept found at all" in lift.what and lift.points == 20 for lift in found.lifts)


def test_a_ceiling_is_an_obstacle_that_points_do_not_lift(book: Rulebook) -> None:
    ledger = (*WIND, line(10, "target"), line(-4.25, "ceiling", "cn-limits reaches alert at most"))
    sector = SectorScore(sector=SectorId("wind"), score=79.75, band=Band.ALERT, ledger=ledger)
    found = explained(book, judged(score=79.75, ledger=ledger, sectors=(sector,)))
    assert found.obstacles == ("cn-limits reaches alert at most",)
    assert not any(lift.enough for lift in found.lifts)


def test_without_a_rule_the_near_misses_are_the_obstacles(book: Rulebook) -> None:
    found = explained(book, judged(rules=(), band=Band.DIGEST, score=59.75))
    assert found.obstacles == ("other-rule: direction is tighten, needs ease",)


def test_another_band_can_be_asked_for(book: Rulebook) -> None:
    low = explained(book, judged(), why_not=Band.DIGEST)
    assert (low.goal, low.missing, low.lifts, low.obstacles) == (Band.DIGEST, 0.0, (), ())
    top = explained(book, judged(band=Band.URGENT, score=85.0, sectors=()))
    assert (top.goal, top.missing, top.lifts) == (None, 0.0, ())


def test_a_sector_that_is_not_exposed_is_told_why(book: Rulebook) -> None:
    ledger = (*WIND, line(5, "country"), line(10, "company"))
    found = explained(book, judged(ledger=ledger, sectors=()), sector="wind")
    assert (found.exposed, found.band) == (False, Band.ARCHIVE)
    assert found.ledger == SHARED  # other sectors' lines are none of its own
    assert found.score == sum(entry.points for entry in SHARED)
    assert found.obstacles[0] == "nothing in the text concerns wind, which is exposed to rare-earths from CN"


def test_an_unknown_sector_is_refused_with_those_that_exist(book: Rulebook, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match='no sector "wnd"; known are wind'):
        explained(book, judged(), sector="wnd")
