"""Which languages have tests: counted from the files, and complete for what ships."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.app import load_rules
from bot.cli.commands import run_command_line
from bot.rulebook.fields import LANGUAGES
from bot.tune.coverage import Cell, coverage
from bot.types.ids import ConceptId
from tests.fakes.rule_files import FILES, write_rules

SHIPPED = Path(__file__).parents[2] / "rules"
GOODS, SOURCES = "concepts/rare-earths.yml", "sources/cn.yml"
TESTS = """\
tests:
  - {lang: en, text: "[Rare earth](rare-earths) prices fall."}
  - {lang: en, text: "[Rare earth](rare-earths) and [neodymium](rare-earths) prices rise."}
  - {lang: en, text: "The band played."}
  - {lang: nl, text: "[Zeldzame aardmetalen](rare-earths) worden duurder."}
  - {lang: fr, text: "Nothing listed."}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    head, _, _ = FILES[GOODS].partition("tests:")
    return write_rules(
        tmp_path, {GOODS: head + TESTS, SOURCES: FILES[SOURCES].replace("    options: {limit: 5}\n", "")}
    )


def test_hits_and_silent_texts_are_counted_by_language(folder: Path) -> None:
    rows = coverage(load_rules(folder), ("en", "nl", "fr", "ja"))
    (row,) = [row for row in rows if row.concept == ConceptId("rare-earths")]
    assert row.cells == (
        Cell(lang="en", hits=2, silent=1, asked=2),
        Cell(lang="nl", hits=1, silent=0, asked=2),
        Cell(lang="ja", hits=0, silent=0, asked=2),
    )
    assert row.wordless == ("fr",)
    assert [cell.lang for cell in row.short] == ["en", "nl", "ja"]


def test_one_substance_needs_a_hit_in_any_language_only(folder: Path) -> None:
    text = (folder / GOODS).read_text(encoding="utf-8").replace("slot: goods", 'slot: goods\ncas: ["7440-00-8"]')
    (folder / GOODS).write_text(text, encoding="utf-8")
    rows = {row.concept: row for row in coverage(load_rules(folder), LANGUAGES)}
    assert rows[ConceptId("rare-earths")].short == ()
    assert rows[ConceptId("rare-earths")].hit
    assert not rows[ConceptId("sport")].hit, "its test names no language"


def test_all_that_ships_is_tested() -> None:
    lacking = [
        f"{row.concept}: {row.short}" for row in coverage(load_rules(SHIPPED), LANGUAGES) if row.short or not row.hit
    ]
    assert lacking == []


def test_the_command_names_what_is_missing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["rules", "coverage", "--rules", str(folder), "--only", "rare-earths", "--lang", "en,nl"]
    assert run_command_line(arguments) == 1
    shown = capsys.readouterr().out
    assert "rare-earths goods" in shown
    assert ["nl", "1", "0", "2"] in [line.split() for line in shown.splitlines()]
    assert run_command_line([*arguments, "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["concepts"][0]["cells"][1] == {"lang": "nl", "hits": 1, "silent": 0, "asked": 2}
    assert run_command_line(["rules", "coverage", "--rules", str(folder), "--lang", "en"]) == 1
    assert "rare-earths goods lacks silent texts en 1" in capsys.readouterr().out


@pytest.mark.parametrize(("option", "value"), [("--lang", "xx"), ("--only", "no-such")])
def test_wrong_arguments_are_3(option: str, value: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["rules", "coverage", "--rules", str(folder), option, value]) == 3
    assert value in capsys.readouterr().err
