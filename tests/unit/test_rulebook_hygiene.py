"""What loads but is hardly meant is said, each with the line that is to blame."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.app import plugins
from bot.rulebook.load import check
from tests.fakes.rule_files import FILES, PLUGINS, write_rules

TODAY = date(2026, 11, 21)
BAN, GOODS, SECTOR = "concepts/export-ban.yml", "concepts/rare-earths.yml", "sectors/wind.yml"
ALERT, ROUTES = "alerts/cn-limits.yml", "routes.yml"
QUIET = {"long-mute"}  # the small rule set has mutes that end in 2099, so that it never ages


def warnings(folder: Path, changes: dict[str, str]) -> list[tuple[str, str, int, int]]:
    found = check(write_rules(folder, changes), PLUGINS, today=TODAY)
    assert [p for p in found if p.severity == "error" and p.code != "expired"] == []
    return [(p.code, p.path, p.line, p.column) for p in found if p.code not in QUIET]


def test_the_small_rule_set_is_clean(tmp_path: Path) -> None:
    assert warnings(tmp_path, {}) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "code", "line"),
    [
        (BAN, "[export ban, ban|halt", "[export ban, export ban, ban|halt", "repeated-term", 12),
        (BAN, "[export ban, ban|halt", "[export ban, Export Ban, ban|halt", "repeated-term", 12),
        (BAN, "[embargo]", "[embargo, export ban]", "dead-term", 18),
        (BAN, "inside: [export ban on calves]", "inside: [export ban]", "dead-term", 12),
        (BAN, "maybe_needs: [rare-earths]\n", "", "dead-term", 18),
        (BAN, "  ja: [輸出禁止]\n", "", "missing-language", 2),
        (BAN, '  - text: "Klik op export as pdf."\n', "", "untested", 2),
        (GOODS, '  - text: "[Rare earth](rare-earths) prices fall."\n', "", "untested", 2),
        (GOODS, "[rare earth, neodymium]", "[rare earth, neodymium, export ban]", "", 0),
        ("concepts/sport.yml", "[=UEFA]", "[=UEFA, =uefa]", "", 0),
        ("concepts/magnets.yml", 'sure: {"*": [permanent magnet]}\n', "", "no-words", 2),
        (ALERT, ", says_rule: cn-limits}", "}", "untested", 2),
        ("actors/gov-no.yml", "status: live", "status: shadow", "shadow-inside", 2),
        (SECTOR, "from: CN", "from: CL", "unknown-jurisdiction", 9),
        (SECTOR, "countries: {CN: critical", "countries: {CL: critical", "unknown-jurisdiction", 2),
        (ROUTES, "  - {id: catch-all, if: {band: archive+}, send: archive}\n", "", "no-catch-all", 1),
        (ROUTES, "operations: ops\n", "operations: desk\n", "unused", 5),
        (ROUTES, "operations: ops\n", "", "no-operations", 1),
        (ROUTES, "quiet: nights}", "quiet: ignore}", "unused", 13),
        (ROUTES, "routes:\n", "routes:\n  - {id: x, if: {band: urgent}, send: now}\n", "unreachable-route", 7),
        (ROUTES, "until: 2099-12-05", "until: 2026-11-25", "expiring", 15),
        (ROUTES, "until: 2099-12-05", "until: 2026-11-20", "expired", 15),
        (ALERT, "until: 2099-01-31", "until: 2026-11-20", "expired", 18),
        (ROUTES, "source: cn-mofcom}", "source: no-daily}", "idle-mute", 15),
        (ALERT, "source: cn-mofcom, title_has", "source: no-daily, title_has", "sleeping-id", 18),
    ],
)  # fmt: skip
def test_each_doubt_is_named_at_its_line(path: str, old: str, new: str, code: str, line: int, tmp_path: Path) -> None:
    assert old in FILES[path]
    found = warnings(tmp_path, {path: FILES[path].replace(old, new, 1)})
    expected = [(code, path, line)] if code else []
    assert [(c, p, at) for c, p, at, _ in found if c != "unused" or code == "unused"] == expected


def test_a_word_of_two_concepts_in_one_slot_is_named_once_with_the_other_place(tmp_path: Path) -> None:
    text = FILES["concepts/sport.yml"].replace("id: sport", "id: games").replace("(sport)", "(games)")
    changes = {"concepts/games.yml": text, "scoring.yml": FILES["scoring.yml"].replace("{sport:", "{games: -3, sport:")}
    found = [p for p in check(write_rules(tmp_path, changes), PLUGINS, today=TODAY) if p.code == "shared-term"]
    assert [(p.path, p.line, p.column) for p in found] == [("concepts/sport.yml", 6, 14)]
    assert '"games" too (concepts/games.yml:6)' in found[0].message


def test_goods_and_easings_may_share_words_with_others(tmp_path: Path) -> None:
    ore = FILES["concepts/rare-earths.yml"].replace("id: rare-earths", "id: ores").replace("(rare-earths)", "(ores)")
    ease = (
        FILES["concepts/export-ban.yml"].replace("id: export-ban", "id: lifting").replace("(export-ban)", "(lifting)")
    )
    changes = {"concepts/ores.yml": ore, "concepts/lifting.yml": ease.replace("family: restrict", "family: ease")}
    found = check(write_rules(tmp_path, changes), PLUGINS, today=TODAY)
    assert [p for p in found if p.code == "shared-term"] == []
    again = write_rules(tmp_path, {"concepts/lifting.yml": ease})
    assert [p.path for p in check(again, PLUGINS, today=TODAY) if p.code == "shared-term"] != []


def test_parent_and_child_may_share_words(tmp_path: Path) -> None:
    text = FILES["concepts/magnets.yml"].replace("permanent magnet", "neodymium")
    assert warnings(tmp_path, {"concepts/magnets.yml": text.replace('"*"', "en")}) == [
        ("missing-language", "concepts/magnets.yml", 2, 1)
    ]


def test_a_rule_on_a_draft_never_holds(tmp_path: Path) -> None:
    changes = {"concepts/magnets.yml": FILES["concepts/magnets.yml"].replace("shadow", "draft")}
    assert [(c, p, line) for c, p, line, _ in warnings(tmp_path, changes)] == [("sleeping-id", ALERT, 9)]


def test_a_route_of_a_retired_sector_is_never_taken(tmp_path: Path) -> None:
    routes = FILES[ROUTES].replace("{id: desk, if: {", "{id: desk, if: {sector: wind, ")
    changes = {SECTOR: FILES[SECTOR].replace("status: live", "status: retired"), ROUTES: routes}
    found = [p for p in check(write_rules(tmp_path, changes), PLUGINS, today=TODAY) if p.code == "unreachable-route"]
    assert [(p.path, p.line) for p in found] == [(ROUTES, 8)]
    assert "retired" in found[0].message


def test_a_route_louder_than_its_rules_is_never_taken(tmp_path: Path) -> None:
    routes = FILES[ROUTES].replace("if: {band: urgent}", "if: {band: urgent, rule: cn-limits}")
    changes = {ROUTES: routes, ALERT: FILES[ALERT].replace("at_least: digest", "at_least: digest\nat_most: alert")}
    found = [p for p in check(write_rules(tmp_path, changes), PLUGINS, today=TODAY) if p.code == "unreachable-route"]
    assert [(p.path, p.line) for p in found] == [(ROUTES, 7)]
    assert "alert at most" in found[0].message


def test_files_in_the_wrong_folder_are_found_but_named(tmp_path: Path) -> None:
    changes: dict[str, str] = {"alerts/norway.yml": FILES["actors/gov-no.yml"].replace("gov-no", "gov-no-2")}
    found = [(c, p) for c, p, *_ in warnings(tmp_path, changes)]
    assert ("wrong-folder", "alerts/norway.yml") in found


def test_one_address_polled_twice_is_named(tmp_path: Path) -> None:
    text = FILES["sources/cn.yml"].replace("https://example.org/no.xml", "https://example.org/feed.xml")
    assert warnings(tmp_path, {"sources/cn.yml": text}) == []  # asked for different things
    text = text.replace("    options: {limit: 5}\n", "")
    assert warnings(tmp_path, {"sources/cn.yml": text}) == [("same-url", "sources/cn.yml", 16, 5)]


def test_nothing_is_to_be_said_of_what_ships() -> None:
    assert check(Path(__file__).parents[2] / "rules", plugins(), today=TODAY) == ()
