"""Tests beside the words: what is marked must be found, all else must stay silent, and gaps are kept honest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.rulebook.load import load
from bot.tune.marked import Case, CaseResult, Outcome, cases, marked_tests, run_case
from bot.tune.texts import UNDATED, case_document, text_document
from bot.types.document import Document
from bot.types.ids import ConceptId, SectorId
from bot.types.kinship import Kinship
from bot.types.levels import Authority, Band, Cue, Direction, Slot, Stage, Zone
from bot.types.place import Place
from bot.types.reading import Event, Mention, Reading
from bot.types.rules import MarkedText, Rulebook
from bot.types.story import Assessment, LedgerLine, SectorScore
from tests.fakes.rule_files import FILES, PLUGINS, write_rules

WORDS = {
    "export ban": "export-ban",
    "neodymium": "rare-earths",
    "magnet": "magnets",
    "UEFA": "sport",
    "Rare earth": "rare-earths",
}
LINE = LedgerLine(points=20, slot="measure", why="export ban", rule="concepts/export-ban.yml:12")


class LiteralReader:
    """Finds a few words as they are, and opens for texts with a measure or goods only, as the real gate does."""

    version = "literal"

    def __init__(self, words: Mapping[str, str] = WORDS, events: tuple[Event, ...] = ()) -> None:
        self.words, self.events = words, events
        self.langs: list[str | None] = []

    def read(self, document: Document, *, lang: str | None = None) -> Reading:
        reading = self.read_words(document, lang=lang)
        open_ = any(m.concept != "sport" for m in reading.mentions)
        return replace(reading, events=self.events) if open_ else replace(reading, mentions=())

    def read_words(self, document: Document, *, lang: str | None = None) -> Reading:
        self.langs.append(lang)
        found = [
            Mention(
                concept=ConceptId(concept),
                slot=Slot.GOODS,
                surface=word,
                start=document.full.index(word),
                end=document.full.index(word) + len(word),
                zone=Zone.TITLE,
                cue=Cue.STATED,
                rule=f"concepts/{concept}.yml:7",
            )
            for word, concept in self.words.items()
            if word in document.full
        ]
        return Reading(
            document_id=document.id,
            lang=lang or "en",
            lang_confidence=1.0,
            mentions=tuple(sorted(found, key=lambda m: m.start)),
            events=(),
            reader_version=self.version,
        )


def assessment(band: Band = Band.ALERT, **changes: object) -> Assessment:
    made = Assessment(
        story_id="s-1",  # type: ignore[arg-type]
        score=68.0,
        probability=0.7,
        band=band,
        sectors=(SectorScore(sector=SectorId("wind"), score=68.0, band=band, ledger=(LINE,)),),
        ledger=(LINE,),
        rules=("cn-limits",),  # type: ignore[arg-type]
        shadow_rules=(),
        near_misses=("cn-limits: stage is historic, needs announced",),
        ruleset_hash="x",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return load(write_rules(tmp_path_factory.mktemp("rules")), PLUGINS)


def case(
    text: str, *marks: tuple[str, str], owner: str = "rare-earths", kind: str = "concept", **fields: object
) -> Case:
    spans = tuple((text.index(words), text.index(words) + len(words), ConceptId(concept)) for words, concept in marks)
    test = MarkedText(text=text, marks=spans, place=Place(path="x.yml", line=3))
    return Case(owner=owner, kind=kind, test=replace(test, **fields))  # type: ignore[arg-type]


def run(
    book: Rulebook, wanted: Case, *, reader: LiteralReader | None = None, judged: Assessment | None = None
) -> CaseResult:
    reads = reader or LiteralReader()

    def assess(document: Document) -> tuple[Reading, Assessment]:
        assert judged is not None, "this case needs no score"
        return reads.read(document), judged

    return run_case(wanted, Kinship(book.lexicon), reads, assess)


def test_a_marked_word_that_is_found_passes(book: Rulebook) -> None:
    result = run(book, case("The price of neodymium fell.", ("neodymium", "rare-earths")))
    assert (result.outcome, result.misses) == (Outcome.PASSED, ())


def test_a_marked_word_that_is_not_found_is_a_miss(book: Rulebook) -> None:
    result = run(book, case("The price of cerium fell.", ("cerium", "rare-earths")))
    assert (result.outcome, result.misses) == (Outcome.FAILED, ("missed rare-earths “cerium”",))


def test_an_unmarked_word_of_the_own_concept_is_a_miss_with_its_rule(book: Rulebook) -> None:
    result = run(book, case("The price of neodymium fell."))
    assert result.misses == ("unexpected rare-earths “neodymium”, found by concepts/rare-earths.yml:7",)


def test_words_of_other_concepts_may_stand_unmarked(book: Rulebook) -> None:
    assert run(book, case("An export ban on neodymium.", ("neodymium", "rare-earths"))).outcome is Outcome.PASSED


def test_in_sector_and_alert_files_only_marked_concepts_are_held(book: Rulebook) -> None:
    text = "An export ban on neodymium and magnet steel."
    assert run(book, case(text, ("export ban", "export-ban"), owner="wind", kind="sector")).outcome is Outcome.PASSED


def test_a_narrower_concept_satisfies_a_mark_of_the_wider_one(book: Rulebook) -> None:
    assert run(book, case("A magnet is made.", ("magnet", "rare-earths"))).outcome is Outcome.PASSED
    assert run(book, case("Of neodymium.", ("neodymium", "magnets"), owner="magnets")).outcome is Outcome.FAILED


def test_cues_and_actors_are_tested_although_no_measure_opens_the_gate(book: Rulebook) -> None:
    assert run(book, case("The UEFA cup", ("UEFA", "sport"), owner="sport")).outcome is Outcome.PASSED
    assert run(book, case("The UEFA cup", owner="sport")).outcome is Outcome.FAILED


def test_a_known_gap_fails_quietly_and_is_reported_when_it_closes(book: Rulebook) -> None:
    open_ = case("The price of cerium fell.", ("cerium", "rare-earths"), known_gap="no word for it")
    closed = case("The price of neodymium fell.", ("neodymium", "rare-earths"), known_gap="no word for it")
    assert (run(book, open_).outcome, run(book, closed).outcome) == (Outcome.GAP, Outcome.CLOSED)
    assert run(book, open_).known_gap == "no word for it"


def test_a_wrong_band_is_a_miss_with_the_ledger(book: Rulebook) -> None:
    wanted = case("An export ban.", owner="x", kind="alert", band=Band.URGENT)
    result = run(book, wanted, judged=assessment())
    assert result.misses == ("band alert (68 points), expected urgent",)
    assert (result.ledger, result.score, result.band) == ((LINE,), 68.0, Band.ALERT)
    right = run(book, replace(wanted, test=replace(wanted.test, band=Band.ALERT)), judged=assessment())
    assert (right.outcome, right.ledger) == (Outcome.PASSED, ())


def test_a_sector_is_held_to_its_own_score(book: Rulebook) -> None:
    quiet = SectorScore(sector=SectorId("wind"), score=44.0, band=Band.DIGEST, ledger=(LINE,))
    judged = assessment(Band.URGENT, score=90.0, sectors=(quiet,))
    wanted = case("An export ban.", owner="wind", kind="sector", sector=SectorId("wind"), band=Band.DIGEST)
    assert run(book, wanted, judged=judged).outcome is Outcome.PASSED


def test_a_sector_that_is_not_exposed_hears_nothing(book: Rulebook) -> None:
    wanted = case("An export ban.", owner="wind", kind="sector", sector=SectorId("wind"), band=Band.ARCHIVE)
    assert run(book, wanted, judged=assessment(sectors=())).outcome is Outcome.PASSED
    loud = replace(wanted, test=replace(wanted.test, band=Band.ALERT))
    assert run(book, loud, judged=assessment(sectors=())).misses == (
        "band archive (0 points, wind is not exposed), expected alert",
    )


def test_rules_that_must_and_must_not_hold(book: Rulebook) -> None:
    says = case("An export ban.", owner="x", kind="alert", says_rule="cn-limits")
    silent = case("An export ban.", owner="x", kind="alert", silent_rule="cn-limits")
    assert run(book, says, judged=assessment()).outcome is Outcome.PASSED
    assert run(book, says, judged=assessment(rules=(), shadow_rules=("cn-limits",))).outcome is Outcome.PASSED
    assert run(book, says, judged=assessment(rules=())).misses == (
        "rule cn-limits does not hold: cn-limits: stage is historic, needs announced",
    )
    assert run(book, silent, judged=assessment()).misses == ("rule cn-limits holds, but must not",)
    assert run(book, silent, judged=assessment(rules=())).outcome is Outcome.PASSED


EVENT = Event(
    measure=ConceptId("export-ban"),
    direction=Direction.TIGHTEN,
    stage=Stage.ANNOUNCED,
    imposer="CN",
    targets=("JP", "NL"),
    goods=(ConceptId("magnets"),),
    start=0,
    end=10,
    confidence=0.9,
    zone=Zone.TITLE,
    evidence=(),
    effective=date(2026, 2, 1),
)


@pytest.mark.parametrize(
    ("wanted", "misses"),
    [
        ({"measure": "export-ban", "family": "restrict", "direction": "tighten", "stage": "considered,announced"}, []),
        ({"imposer": "CN", "targets": "NL,JP", "goods": "rare-earths", "effective": "2026-02-01"}, []),
        ({"end_use": "none", "citation": "none", "until": "none"}, []),
        ({"stage": "in-force"}, ["event stage is announced, expected in-force"]),
        ({"targets": "JP"}, ["event targets is JP, NL, expected JP"]),
        ({"targets": ""}, ["event targets is JP, NL, expected nobody in particular"]),
        ({"goods": "export-ban"}, ["event goods is magnets, expected export-ban"]),
        ({"goods": "magnets,export-ban"}, ["event goods is magnets, expected magnets,export-ban"]),
        ({"imposer": "none"}, ["event imposer is CN, expected none"]),
        ({"until": "2027-01-01"}, ["event until is not set, expected 2027-01-01"]),
    ],
)
def test_the_first_event_is_held_field_by_field(wanted: dict[str, str], misses: list[str], book: Rulebook) -> None:
    asked = case("An export ban.", ("export ban", "export-ban"), owner="export-ban", event=wanted)
    assert list(run(book, asked, reader=LiteralReader(events=(EVENT,))).misses) == misses


def test_a_wanted_event_that_is_not_there_is_a_miss(book: Rulebook) -> None:
    asked = case("An export ban.", ("export ban", "export-ban"), owner="export-ban", event={"imposer": "CN"})
    assert run(book, asked).misses == ("no event found",)


def test_a_case_becomes_the_document_that_parse_would_make() -> None:
    asked = case(
        "Dual\u2011use a\u00adnd magnet.",
        ("magnet", "magnets"),
        title="A  title",
        lang="nl",
        source="official",
        jurisdiction="CN",
        published=date(2026, 1, 6),
    ).test
    document, marks = case_document(asked)
    assert document.full == "A  title\n\nDual-use and magnet."
    assert [document.full[start:end] for start, end, _ in marks] == ["magnet"]
    assert (document.authority, document.jurisdiction, document.languages) == (Authority.OFFICIAL, "CN", ("nl",))
    assert document.dated == datetime(2026, 1, 6, 12, tzinfo=UTC)


def test_undated_texts_do_not_grow_old() -> None:
    document = text_document("Title\n\nBody")
    assert (document.title, document.text, document.dated) == ("Title", "Body", UNDATED)
    assert text_document("Only a title").full == "Only a title\n\n"


def test_every_test_of_every_file_is_run_in_order_and_routes_last(book: Rulebook) -> None:
    reader = LiteralReader()
    results = marked_tests(book, reader, lambda document: (reader.read(document), assessment()))
    assert [(r.place.path, r.place.line) for r in results] == [
        ("alerts/cn-limits.yml", 21),
        ("alerts/cn-limits.yml", 22),
        ("concepts/export-ban.yml", 24),
        ("concepts/export-ban.yml", 25),
        ("concepts/rare-earths.yml", 15),
        ("concepts/rare-earths.yml", 16),
        ("concepts/sport.yml", 7),
        ("concepts/sport.yml", 7),
        ("sectors/wind.yml", 14),
        ("sectors/wind.yml", 17),
        ("routes.yml", 24),
        ("routes.yml", 25),
    ]
    assert len(cases(book)) == 10
    assert [r.outcome for r in results if r.kind == "routes"] == [Outcome.PASSED, Outcome.PASSED]


def test_a_route_test_says_what_is_missing_and_what_is_too_much(tmp_path: Path) -> None:
    text = FILES["routes.yml"].replace("goes_to: [digest-weekly, archive]", "goes_to: [desk, archive]")
    wrong = load(write_rules(tmp_path, {"routes.yml": text}), PLUGINS)
    reader = LiteralReader()
    results = marked_tests(wrong, reader, lambda document: (reader.read(document), assessment()))
    (failed,) = [r for r in results if r.kind == "routes" and r.outcome is Outcome.FAILED]
    assert failed.misses == ("does not go to desk; also goes to digest-weekly",)


def test_without_a_reader_everything_is_read_by_the_assessor(book: Rulebook) -> None:
    reader = LiteralReader()
    results = marked_tests(book, None, lambda document: (reader.read(document), assessment()))
    assert len(results) == 12
