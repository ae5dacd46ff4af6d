"""Files become records: typed, with places, without drafts, in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.rulebook.load import check, load
from bot.rulebook.meaning import canonical
from bot.types.levels import Authority, Band, Direction, Level, Slot, Stage, Status
from bot.types.lexicon import TermKind
from bot.types.place import Place
from bot.types.rules import RouteIf, Rulebook
from bot.types.source import PageWhen
from tests.fakes.rule_files import FILES, PLUGINS, PlainKind, write_rules


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    return load(write_rules(tmp_path), PLUGINS)


def test_a_concept_keeps_its_words_with_their_places(book: Rulebook) -> None:
    concept = book.lexicon.by_id()["export-ban"]  # type: ignore[index]
    assert (concept.slot, concept.status, concept.weight) == (Slot.MEASURE, Status.LIVE, Level.CRITICAL)
    assert (concept.direction, concept.family) == (Direction.TIGHTEN, "restrict")
    assert concept.names == {"en": "export ban", "nl": "uitvoerverbod"}
    assert concept.place == Place(path="concepts/export-ban.yml", line=2, column=1)
    pair = concept.terms[1]
    assert (pair.lang, pair.kind, pair.sure) == ("en", TermKind.PAIR, True)
    assert pair.parts == (("ban", "halt"), ("export", "shipment"))
    assert pair.text == "ban|halt .. export|shipment"
    assert pair.place == Place(path="concepts/export-ban.yml", line=12, column=20)
    assert [(t.text, t.sure) for t in concept.terms if not t.sure] == [("embargo", False)]
    assert concept.maybe_needs == ("rare-earths",)
    assert [(t.lang, t.text) for t in concept.inside] == [("*", "export ban on calves")]
    assert [(t.lang, t.text) for t in concept.near] == [("en", "livestock")]


def test_codes_stay_text_and_norway_stays_norway(book: Rulebook) -> None:
    assert book.lexicon.by_id()["rare-earths"].hs == ("2805.30", "2846", "8505.10")  # type: ignore[index]
    norway = book.lexicon.by_id()["gov-no"]  # type: ignore[index]
    assert (norway.jurisdiction, norway.role, norway.slot) == ("NO", "state", Slot.ACTOR)
    assert [source.jurisdiction for source in book.sources] == ["CN", "NO"]
    assert book.sectors[0].countries == {"CN": Level.CRITICAL, "NO": Level.LOW}


def test_cjk_words_are_characters_and_parents_are_kept(book: Rulebook) -> None:
    words = {term.text: term.kind for term in book.lexicon.by_id()["rare-earths"].terms}  # type: ignore[index]
    assert words["稀土"] is TermKind.CHARS
    assert words["zeldzame aardmetaal|aardmetalen"] is TermKind.PHRASE
    assert book.lexicon.by_id()["magnets"].parent == "rare-earths"  # type: ignore[index]


def test_sectors_and_companies_can_be_found_in_texts(book: Rulebook) -> None:
    sector = book.sectors[0]
    assert book.lexicon.by_id()["wind"].terms == sector.terms  # type: ignore[index]
    assert book.slots["wind"] is Slot.SECTOR  # type: ignore[index]
    company = sector.companies[0]
    known = book.lexicon.by_id()[company.id]
    assert (known.slot, known.role, known.title) == (Slot.SECTOR, "company", "Example Turbines AS")
    assert [(t.text, t.kind) for t in known.terms] == [
        ("Example Turbines AS", TermKind.PHRASE),
        ("=ExTurb", TermKind.EXACT),
    ]


def test_a_name_for_readers_is_no_word_and_lists_are_no_names(tmp_path: Path) -> None:
    text = FILES["sectors/wind.yml"].replace(
        "names:\n  en: [wind turbine, offshore wind]\n  nl: [wind + turbine|park]",
        "names: {nl: Windturbines}\nsure: {nl: [wind + park]}",
    )
    sector = load(write_rules(tmp_path, {"sectors/wind.yml": text}), PLUGINS).sectors[0]
    assert sector.names == {"en": "Wind turbines", "nl": "Windturbines"}
    assert [term.text for term in sector.terms] == ["wind + park"]


def test_one_company_in_two_sectors_is_one_entry_with_all_spellings(tmp_path: Path) -> None:
    other = FILES["sectors/wind.yml"].replace("id: wind", "id: sea").replace("=ExTurb", "=ETA")
    book = load(write_rules(tmp_path, {"sectors/sea.yml": other}), PLUGINS)
    (company,) = [concept for concept in book.lexicon.concepts if concept.role == "company"]
    assert [term.text for term in company.terms] == ["Example Turbines AS", "=ETA", "=ExTurb"]


@pytest.mark.parametrize(
    ("name", "kind"), [("BYD", TermKind.EXACT), ("A+B (Holding)", TermKind.EXACT), ("Vestas", TermKind.PHRASE)]
)
def test_a_short_or_odd_company_name_is_matched_exactly(name: str, kind: TermKind, tmp_path: Path) -> None:
    text = FILES["sectors/wind.yml"].replace("name: Example Turbines AS", f'name: "{name}"')
    company = load(write_rules(tmp_path, {"sectors/wind.yml": text}), PLUGINS).sectors[0].companies[0]
    assert company.aliases[0].kind is kind


def test_marked_texts_know_their_spans_and_expectations(book: Rulebook) -> None:
    tests = dict(book.concept_tests)
    first = tests["export-ban"][0]  # type: ignore[index]
    assert first.text == "China imposes an export ban on magnets."
    assert [(first.text[start:end], concept) for start, end, concept in first.marks] == [("export ban", "export-ban")]
    sector = book.sectors[0].tests[0]
    assert (sector.sector, sector.band, sector.source) == ("wind", Band.ALERT, "press")
    alert = book.alerts[0].tests
    assert (alert[0].says_rule, alert[1].silent_rule) == ("cn-limits", "cn-limits")


def test_the_wanted_event_is_kept_as_text(tmp_path: Path) -> None:
    test = (
        "  - text: x\n    published: 2026-01-06\n"
        "    event: {direction: tighten, stage: [announced, in-force], imposer: CN,"
        " targets: [], goods: rare-earths, effective: 2026-02-01}\n"
    )
    text = FILES["concepts/export-ban.yml"] + test
    book = load(write_rules(tmp_path, {"concepts/export-ban.yml": text}), PLUGINS)
    case = dict(book.concept_tests)["export-ban"][-1]  # type: ignore[index]
    assert case.published == date(2026, 1, 6)
    assert case.event == {
        "direction": "tighten",
        "stage": "announced,in-force",
        "imposer": "CN",
        "targets": "",
        "goods": "rare-earths",
        "effective": "2026-02-01",
    }


def test_an_alert_rule_holds_parsed_conditions(book: Rulebook) -> None:
    rule = book.alerts[0]
    assert [(use.name, use.params) for use in rule.when.all] == [
        ("measure", ("export-ban",)),
        ("goods", ("rare-earths", "magnets")),
        ("actor", ("CN",)),
    ]
    assert [use.name for use in rule.when.none] == ["stage"]
    assert rule.when.within == "paragraph"
    assert rule.when.all[1].place == Place(path="alerts/cn-limits.yml", line=9, column=8)
    assert (rule.add[0].points, rule.add[0].if_[0].params) == (6, ("JP", "NL"))
    assert [use.name for use in rule.exceptions[0].if_] == ["source", "title_has"]
    assert (rule.at_least, rule.at_most) == (Band.DIGEST, Band.URGENT)


def test_scoring_knows_every_number_and_where_it_stands(book: Rulebook) -> None:
    scoring = book.scoring
    assert (scoring.half, scoring.double_every, scoring.bands[Band.ALERT]) == (50, 10, 60)
    assert scoring.levels[Level.CRITICAL] == 20
    assert scoring.repeat == (1.0, 0.5, 0.25)
    assert scoring.source[Authority.UNKNOWN] == -5
    assert scoring.stage[Stage.SUSPENDED] == 0  # left out in the file
    assert (scoring.seen_by_each_doubling, scoring.seen_by_most) == (3, 9)
    assert scoring.age_halves_every == timedelta(days=4)
    assert scoring.places["stage.announced"].line == 12
    assert scoring.places["seen_by_most"] == scoring.places["seen_by.most"]


def test_routes_are_matchers_targets_and_windows(book: Rulebook) -> None:
    routing = book.routing
    assert routing.channels["now"].options == {"mention": "@oncall"}
    assert (routing.channels["now"].kind, routing.channels["now"].address, routing.channels["now"].locale) == (
        "slack",
        "#now",
        "nl",
    )
    routes = {route.id: route for route in routing.routes}
    assert routes["desk"].if_ == RouteIf(bands=(Band.ALERT, Band.URGENT))
    assert (routes["urgent"].quiet, routes["desk"].quiet) == (None, "nights")
    window = routing.quiet["nights"]
    assert (window.days, window.start, window.end) == (tuple(range(7)), time(22), time(7))
    assert (routing.hold, routing.at_most_per_hour) == (timedelta(minutes=3), 6)
    plan = routing.digests["digest-weekly"]
    assert (plan.weekday, plan.at, plan.zone, plan.audit_sample) == (0, time(7, 30), "Europe/Amsterdam", 5)
    assert [(reader.who, reader.sectors, reader.locale) for reader in plan.to] == [
        ("wind@example.org", ("wind",), "nl"),
        ("all@example.org", (), "en"),
    ]
    assert routing.tests[0].goes_to == ("now", "desk", "digest-weekly", "archive")


@pytest.mark.parametrize(
    ("written", "days"),
    [("mon-fri", (0, 1, 2, 3, 4)), ("sat sun", (5, 6)), ("fri-mon", (0, 4, 5, 6)), ("tue, thu", (1, 3)), ("Sun", (6,))],
)
def test_days_are_ranges_and_lists(written: str, days: tuple[int, ...], tmp_path: Path) -> None:
    text = FILES["routes.yml"].replace("days: mon-sun", f'days: "{written}"')
    assert load(write_rules(tmp_path, {"routes.yml": text}), PLUGINS).routing.quiet["nights"].days == days


def test_sources_have_completed_options_and_sorted_headers(book: Rulebook) -> None:
    china, norway = book.sources
    assert (china.options, norway.options) == ({"limit": 5}, {"limit": 10})
    assert china.headers == (("Accept-Language", "zh-CN,zh;q=0.9"),)
    assert (china.every, china.max_age_of_newest) == (timedelta(minutes=20), timedelta(days=30))
    assert (china.enabled, norway.enabled) == (True, False)
    assert norway.languages == ("en",)


def test_no_page_stands_behind_the_change_of_a_list_unless_somebody_says_so(tmp_path: Path) -> None:
    kinds = {**PLUGINS.source_kinds, "document": PlainKind("document")}
    text = FILES["sources/cn.yml"].replace("kind: feed", "kind: document")
    said = text.replace("id: no-daily", "page: {when: always}\n    id: no-daily")
    whens = [
        [source.page.when for source in load(write_rules(tmp_path, {"sources/cn.yml": made}), plugins).sources]
        for made, plugins in (
            (FILES["sources/cn.yml"], PLUGINS),
            (text, replace(PLUGINS, source_kinds=kinds)),
            (said, replace(PLUGINS, source_kinds=kinds)),
        )
    ]
    always, relevant, never = PageWhen.ALWAYS, PageWhen.RELEVANT, PageWhen.NEVER
    assert whens == [[always, relevant], [never, never], [never, always]]


@pytest.mark.parametrize(("status", "loaded"), [("draft", False), ("retired", False), ("shadow", True), ("live", True)])
def test_drafts_and_retired_files_are_left_out(status: str, loaded: bool, tmp_path: Path) -> None:
    changes = {
        path: FILES[path].replace("status: live", f"status: {status}").replace("status: shadow", f"status: {status}")
        for path in ("concepts/magnets.yml", "alerts/cn-limits.yml", "sectors/wind.yml")
    }
    book = load(write_rules(tmp_path, changes), PLUGINS)
    assert ("magnets" in book.slots) is loaded
    assert ("wind" in book.slots) is loaded
    assert (len(book.alerts), len(book.sectors)) == (int(loaded), int(loaded))


def test_the_extension_may_be_yaml_and_other_files_do_not_matter(tmp_path: Path) -> None:
    book = load(write_rules(tmp_path / "a"), PLUGINS)
    folder = write_rules(
        tmp_path / "b", {"concepts/sport.yml": None, "concepts/sport.yaml": FILES["concepts/sport.yml"]}
    )
    (folder / "README.md").write_text("kind: nonsense")
    (folder / ".hidden.yml").write_text("kind: nonsense")
    (folder / "schema").mkdir()
    (folder / "schema" / "x.yml").write_text("kind: nonsense")
    assert load(folder, PLUGINS).hash == book.hash


def test_a_mute_that_ran_out_is_reported_but_does_not_stop_the_bot(tmp_path: Path) -> None:
    text = FILES["routes.yml"].replace("2099-12-05", "2020-12-05")
    folder = write_rules(tmp_path, {"routes.yml": text})
    assert [p.code for p in check(folder, PLUGINS) if p.severity == "error"] == ["expired"]
    assert load(folder, PLUGINS).routing.silences[0].until == date(2020, 12, 5)


def test_meaning_of_records_leaves_places_out(book: Rulebook) -> None:
    moved = replace(book.alerts[0], place=Place(path="elsewhere.yml", line=9), tests=())
    assert canonical(moved) == canonical(book.alerts[0])
    assert canonical(replace(moved, at_most=Band.ALERT)) != canonical(moved)


STORIES = "stories: {hold: 3m, at_most: 6 per hour per channel}"


def with_reminders(tmp_path: Path, written: str) -> Path:
    routes = FILES["routes.yml"].replace(STORIES, f"stories: {{hold: 3m, at_most: 6, remind: {written}}}")
    assert routes != FILES["routes.yml"]
    return write_rules(tmp_path, {"routes.yml": routes})


@pytest.mark.parametrize(
    ("written", "days"), [("[1d, 2w, 7d]", (14, 7, 1)), ("3d", (3,)), ("never", ()), ("[7d, 7 d, 1w]", (7,))]
)
def test_reminders_come_days_before_a_date(tmp_path: Path, written: str, days: tuple[int, ...]) -> None:
    book = load(with_reminders(tmp_path, written), PLUGINS)
    assert book.routing.remind == tuple(timedelta(days=day) for day in days)


def test_reminders_come_a_week_and_a_day_before_unless_said_otherwise(book: Rulebook) -> None:
    assert book.routing.remind == (timedelta(days=7), timedelta(days=1))


@pytest.mark.parametrize("written", ["[7d, never]", "12h", "0d", "soon", "[1d, -2d]"])
def test_a_time_that_is_no_day_is_refused_with_its_place(tmp_path: Path, written: str) -> None:
    found = check(with_reminders(tmp_path, written), PLUGINS)
    (problem,) = (one for one in found if one.code == "bad-remind")
    assert "write days or weeks such as [7d, 1d]" in problem.message
    assert problem.path.endswith("routes.yml")
    assert problem.line == 1 + FILES["routes.yml"].splitlines().index(STORIES)
