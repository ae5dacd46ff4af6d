"""Local changes: added, removed and set on shipped files by id, never on a version that nobody looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import Problem
from bot.rulebook.load import check, load
from bot.rulebook.mend import mend
from bot.types.levels import Level
from bot.types.rules import Rulebook
from tests.fakes.rule_files import PLUGINS, write_rules

HEAD = "kind: change\nid: tuning\nowner: desk\nwhy: our desk says so\n"


def changed(folder: Path, *bodies: str) -> Path:
    files = {f"local/{n}.yml": HEAD.replace("tuning", f"tuning-{n}") + body for n, body in enumerate(bodies)}
    return write_rules(folder, files)


def words(book: Rulebook, concept: str, lang: str) -> list[tuple[str, bool]]:
    found = next(c for c in book.lexicon.concepts if c.id == concept)
    return [(term.text, term.sure) for term in found.terms if term.lang == lang]


def problems(folder: Path) -> list[tuple[str, str, int, int]]:
    return [(p.code, p.path, p.line, p.column) for p in _all(folder) if p.path.startswith("local/")]


def _all(folder: Path) -> tuple[Problem, ...]:
    return check(folder, PLUGINS)


def test_words_are_added_removed_and_a_weight_set(tmp_path: Path) -> None:
    body = (
        "changes: export-ban@2026-11-21\nadd: {sure.nl: [uitvoerstop], sure.fr: [embargo sur]}\n"
        "remove: {maybe.en: [embargo]}\nset: {weight: high, not_when.near.en: [cattle]}\n"
    )
    folder = changed(tmp_path, body)
    book = load(folder, PLUGINS)
    assert words(book, "export-ban", "nl") == [("export|uitvoer + verbod|verboden", True), ("uitvoerstop", True)]
    assert words(book, "export-ban", "fr") == [("embargo sur", True)]
    assert [word for word, sure in words(book, "export-ban", "en") if not sure] == []
    concept = next(c for c in book.lexicon.concepts if c.id == "export-ban")
    assert concept.weight is Level.HIGH
    assert [term.text for term in concept.near] == ["cattle"]
    assert problems(folder) == []


def test_a_changed_value_keeps_the_place_where_it_was_written(tmp_path: Path) -> None:
    book = load(changed(tmp_path, "changes: export-ban@2026-11-21\nadd: {sure.nl: [uitvoerstop]}\n"), PLUGINS)
    concept = next(c for c in book.lexicon.concepts if c.id == "export-ban")
    added = next(term for term in concept.terms if term.text == "uitvoerstop")
    assert (added.place.path, added.place.line, added.place.column) == ("local/0.yml", 6, 17)
    assert next(t for t in concept.terms if t.lang == "nl").place.path == "concepts/export-ban.yml"


def test_an_error_in_a_change_is_placed_in_the_change(tmp_path: Path) -> None:
    folder = changed(tmp_path, "changes: export-ban@2026-11-21\nadd: {sure.nl: [a||b]}\nset: {weight: huge}\n")
    assert problems(folder) == [("empty-alternative", "local/0.yml", 6, 19), ("unknown-value", "local/0.yml", 7, 15)]


def test_sources_routes_and_scoring_are_changed_by_id(tmp_path: Path) -> None:
    folder = changed(
        tmp_path,
        "changes: no-daily\nset: {enabled: yes, every: 5m}\n",
        "changes: routes\nset: {routes.desk.send: now}\nremove: {routes: [weekly]}\n"
        "add: {channels: {extra: {console: stdout}}}\n",
        "changes: scoring@3\nset: {levels.critical: 25}\n",
    )
    book = load(folder, PLUGINS)
    daily = next(source for source in book.sources if source.id == "no-daily")
    assert (daily.enabled, daily.every.total_seconds()) == (True, 300)
    assert {route.id: route.send for route in book.routing.routes} == {
        "urgent": "now",
        "desk": "now",
        "catch-all": "archive",
    }
    assert "extra" in book.routing.channels
    assert book.scoring.levels[Level.CRITICAL] == 25


def test_file_names_and_order_of_changes_do_not_matter(tmp_path: Path) -> None:
    one = "changes: export-ban@2026-11-21\nremove: {sure.en: [export ban]}\n"
    two = "changes: export-ban@2026-11-21\nadd: {sure.en: [no more exports]}\n"
    assert (
        load(changed(tmp_path / "a", one, two), PLUGINS).hash == load(changed(tmp_path / "b", two, one), PLUGINS).hash
    )


def test_a_shipped_file_that_moved_on_asks_for_another_look(tmp_path: Path) -> None:
    folder = changed(tmp_path, "changes: export-ban@2025-01-01\nset: {weight: high}\n")
    (found,) = [problem for problem in _all(folder) if problem.code == "pin-moved"]
    assert found.severity == "warning"
    assert "2026-11-21" in found.message
    assert found.hint == "then write export-ban@2026-11-21"
    assert next(c for c in load(folder, PLUGINS).lexicon.concepts if c.id == "export-ban").weight is Level.HIGH


def test_a_draft_change_is_not_applied(tmp_path: Path) -> None:
    folder = changed(tmp_path, "status: draft\nchanges: export-ban@2026-11-21\nset: {weight: high}\n")
    assert next(c for c in load(folder, PLUGINS).lexicon.concepts if c.id == "export-ban").weight is Level.CRITICAL


@pytest.mark.parametrize(
    ("body", "code", "at"),
    [
        ("changes: export-bann@2026-11-21\nset: {weight: high}\n", "unknown-id", (5, 10)),
        ("changes: export-ban\nset: {weight: high}\n", "no-pin", (5, 10)),
        ("changes: export-ban@2026-11-21\nremove: {sure.en: [no such word]}\n", "nothing-removed", (6, 20)),
        ("changes: export-ban@2026-11-21\nadd: {sure.en: [export ban]}\n", "nothing-added", (6, 17)),
        ("changes: export-ban@2026-11-21\nadd: {names: {en: ban}}\n", "nothing-added", (6, 15)),
        ("changes: export-ban@2026-11-21\nadd: {names: [ban]}\n", "wrong-type", (6, 7)),
        ("changes: export-ban@2026-11-21\nadd: {title.nl: [x]}\n", "bad-path", (6, 7)),
        ("changes: routes\nset: {routes.dsk.send: now}\n", "unknown-id", (6, 7)),
        ("changes: routes\nremove: {channels: [nobody]}\n", "nothing-removed", (6, 21)),
        ("changes: export-ban@2026-11-21\nset: {wieght: high}\n", "unknown-key", (6, 7)),
        ("changes: [export-ban]\n", "wrong-type", (5, 10)),
    ],
)
def test_a_change_that_fits_nowhere_is_said_so(body: str, code: str, at: tuple[int, int], tmp_path: Path) -> None:
    assert problems(changed(tmp_path, body)) == [(code, "local/0.yml", *at)]


def test_one_name_for_several_things_needs_its_kind(tmp_path: Path) -> None:
    source = "kind: sources\nsources:\n  - {id: wind, kind: feed, url: https://e.org/, publisher: x, jurisdiction: CN,"
    source += " authority: press, reliability: F, every: 1h, enabled: no, why: x}\n"
    body = "changes: {}\nset: {{title: Wind}}\n"
    vague = write_rules(tmp_path / "a", {"sources/w.yml": source, "local/x.yml": HEAD + body.format("wind")})
    (found,) = [problem for problem in _all(vague) if problem.severity == "error"]
    assert (found.code, found.message.endswith("write sector/wind or source/wind")) == ("ambiguous-id", True)
    exact = write_rules(tmp_path / "b", {"sources/w.yml": source, "local/x.yml": HEAD + body.format("sectors/wind")})
    assert load(exact, PLUGINS).sectors[0].title == "Wind"


def test_two_changes_cannot_set_one_value(tmp_path: Path) -> None:
    folder = changed(
        tmp_path,
        "changes: export-ban@2026-11-21\nset: {weight: high}\n",
        "changes: export-ban@2026-11-21\nset: {weight: low}\n",
    )
    assert problems(folder) == [("conflicting-change", "local/1.yml", 6, 7)]


def test_two_changes_cannot_share_an_id(tmp_path: Path) -> None:
    body = "changes: export-ban@2026-11-21\nset: {weight: high}\n"
    folder = write_rules(tmp_path, {"local/a.yml": HEAD + body, "local/b.yml": HEAD + body.replace("weight", "title")})
    assert [code for code, *_ in problems(folder)] == ["duplicate-id"]


OLD = "changes: export-ban@2025-01-01\n"  # the shipped file is at 2026-11-21


def found_by(folder: Path, *codes: str) -> list[Problem]:
    return [problem for problem in _all(folder) if problem.code in codes]


@pytest.mark.parametrize(
    ("body", "message", "at"),
    [
        (
            "set: {weight: low}\nwas: {weight: high}\n",
            "weight: was high, shipped is now critical, yours sets low",
            (6, 7),
        ),
        ("set:\n  maybe.fr: [x]\n  owner: us\nwas:\n  maybe.fr: []\n  owner: them\n", "owner: was them, ", (8, 3)),
        (
            "set: {maybe.en: [ban]}\nwas: {maybe.en: [embargo, boycott]}\n",
            "maybe.en: was embargo, boycott, shipped is now embargo, yours sets ban",
            (6, 7),
        ),
        (
            "add: {names: {de: Bann}}\nset: {names.en: bar}\nwas: {names.en: prohibition, names: {en: bar}}\n",
            "names.en: was prohibition, shipped is now export ban, yours sets bar",
            (7, 7),
        ),
    ],
)
def test_what_moved_under_a_change_is_shown_three_ways(
    body: str, message: str, at: tuple[int, int], tmp_path: Path
) -> None:
    (found,) = found_by(changed(tmp_path, OLD + body), "three-way", "pin-moved")
    assert (found.code, found.severity) == ("three-way", "warning")
    assert found.message.startswith(message)
    assert (found.line, found.column) == at
    assert "write export-ban@2026-11-21" in found.hint


def test_a_word_that_the_shipped_file_took_out_or_in_itself_is_shown_three_ways(tmp_path: Path) -> None:
    folder = changed(tmp_path, OLD + "remove: {maybe.en: [boycott]}\nwas: {maybe.en: [embargo, boycott]}\n")
    (found,) = found_by(folder, "three-way")
    assert found.message == "maybe.en: was embargo, boycott, shipped is now embargo, yours takes out boycott"


@pytest.mark.parametrize(
    "body",
    [
        "set: {weight: low}\nwas: {weight: critical}\n",
        "set: {maybe_needs: [magnets]}\nwas: {maybe_needs: rare-earths}\n",  # one value and a list of it are the same
        "set: {owner: us}\nadd: {sure.nl: [uitvoerstop]}\nwas: {owner: []}\n",
        "remove: {maybe.en: [embargo]}\nwas: {maybe.en: [embargo]}\n",
    ],
)
def test_a_pin_whose_values_have_not_moved_says_so_and_is_mended(body: str, tmp_path: Path) -> None:
    folder = changed(tmp_path, OLD + body)
    before = load(folder, PLUGINS).hash
    (found,) = found_by(folder, "three-way", "pin-moved")
    assert found.message.endswith("nothing that this change touches has moved")
    (note,) = mend(folder, PLUGINS)
    assert (note.path, note.line) == ("local/0.yml", 5)
    assert note.what.startswith("pinned to export-ban@2026-11-21")
    assert (folder / "local/0.yml").read_text() == HEAD.replace("tuning", "tuning-0") + OLD.replace(
        "2025-01-01", "2026-11-21"
    ) + body
    assert found_by(folder, "three-way", "pin-moved") == []
    assert load(folder, PLUGINS).hash == before


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("set: {weight: low}\n", "look at it again"),
        ("set: {weight: low, owner: us}\nwas: {weight: critical}\n", "look at it again"),  # who knows about `owner`
        (
            "add: {sure.de: [ausfuhrstopp]}\nwas: {sure.de: [exportsperre]}\n",
            "sure.de moved without getting in the way",
        ),
        ("set: {weight: critical}\nwas: {weight: high}\n", "weight moved without getting in the way"),
    ],
)
def test_a_pin_that_somebody_must_look_at_is_left_alone(body: str, says: str, tmp_path: Path) -> None:
    folder = changed(tmp_path, OLD + body)
    (found,) = found_by(folder, "three-way", "pin-moved")
    assert (found.code, says in found.message) == ("pin-moved", True)
    assert mend(folder, PLUGINS) == ()


def test_what_moved_without_a_new_version_is_shown_too(tmp_path: Path) -> None:
    folder = changed(tmp_path, "changes: no-daily\nset: {every: 5m}\nwas: {every: 1h}\n")
    assert [p.message for p in found_by(folder, "three-way")] == ["every: was 1h, shipped is now 2h, yours sets 5m"]


def test_other_changes_do_not_count_as_shipped(tmp_path: Path) -> None:
    folder = changed(
        tmp_path,
        "changes: export-ban@2026-11-21\nadd: {sure.fr: [embargo]}\nwas: {sure.fr: []}\n",
        "changes: export-ban@2026-11-21\nadd: {sure.fr: [arrêt]}\n",
    )
    assert problems(folder) == []


def test_a_path_under_was_that_is_not_touched_is_an_error(tmp_path: Path) -> None:
    folder = changed(tmp_path, "status: draft\nchanges: export-ban\nset: {weight: low}\nwas: {wieght: high}\n")
    (found,) = found_by(folder, "unknown-path")
    assert (found.severity, found.line, found.column) == ("error", 8, 7)
    assert found.hint == 'did you mean "weight"?'
