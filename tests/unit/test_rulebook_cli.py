"""`monazite rules` answers people and scripts, and its exit codes hold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.cli._rule_views import clipped
from bot.cli.commands import run_command_line
from bot.rulebook.load import KINDS
from tests.fakes.rule_files import FILES, write_rules

BAN, SECTOR, ROUTES, SOURCES = "concepts/export-ban.yml", "sectors/wind.yml", "routes.yml", "sources/cn.yml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small rule set with the options and conditions of the real plug-ins."""
    return write_rules(tmp_path, REAL)


REAL: dict[str, str | bytes | None] = {SOURCES: FILES[SOURCES].replace("    options: {limit: 5}\n", "")}


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run_command_line(["rules", *arguments])
    caught = capsys.readouterr()
    return code, caught.out, caught.err


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    code, out, _ = run(capsys, *arguments, "--json")
    return code, json.loads(out)


def test_a_clean_rule_set_is_0_and_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", "--errors", "--rules", str(folder))
    assert code == 0
    assert "everything loads" in out


def test_a_finding_is_1_with_place_line_caret_and_hint(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_rules(folder, REAL | {BAN: FILES[BAN].replace("not_when:", "not_wehn:")})
    code, out, _ = run(capsys, "check", "--errors", "--rules", str(folder))
    assert code == 1
    assert "concepts/export-ban.yml:20:1: error[unknown-key]" in out
    assert re.search(r'20 \| not_wehn:\n +\| \^\n +did you mean "not_when"\?', out)
    assert out.endswith("1 error, 0 warnings\n")
    assert not any(line != line.rstrip() for line in out.split("\n"))


def test_warnings_are_0_unless_strict(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "check", "--rules", str(folder))[0] == 0
    code, report = answer(capsys, "check", "--strict", "--rules", str(folder))
    assert code == 1
    assert {problem["severity"] for problem in report["problems"]} == {"warning"}


def test_a_folder_that_is_not_there_is_2(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", "--rules", str(folder / "nowhere"))
    assert (code, "no such folder" in " ".join(out.split())) == (2, True)  # a long path wraps the line


def test_wrong_arguments_are_3(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "check", "--nonsense")[0] == 3
    assert run(capsys, "explain", "x", "--why-not", "loud", "--rules", str(folder))[0] == 3
    assert run(capsys, "explain", "x", "--source", "gossip", "--rules", str(folder))[0] == 3
    assert run(capsys, "explain", " ", "--rules", str(folder))[0] == 3
    assert run(capsys, "explain", "x", "--published", "soon", "--rules", str(folder))[0] == 3
    assert run(capsys, "show", "sport", "--expand", "xx", "--rules", str(folder))[0] == 3
    assert run(capsys, "new", "planet", "x", "--rules", str(folder))[0] == 3
    assert run(capsys, "test", "--only", "nobody", "--rules", str(folder))[0] == 3


@pytest.mark.parametrize("arguments", [("test",), ("explain", "x"), ("show", "sport")])
def test_rules_that_do_not_load_are_2(
    arguments: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_rules(folder, REAL | {BAN: FILES[BAN].replace("slot: measure", "slot: mesure")})
    code, out, err = run(capsys, *arguments, "--rules", str(folder))
    assert (code, out) == (2, "")
    assert "concepts/export-ban.yml:4:7: error[unknown-value]" in err
    code, report = answer(capsys, *arguments, "--rules", str(folder))
    assert code == 2
    assert [problem["code"] for problem in report["problems"]] == ["unknown-value"]


def test_check_as_json_has_every_finding_with_its_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_rules(folder, REAL | {BAN: FILES[BAN].replace("weight: critical", "weight: huge")})
    code, report = answer(capsys, "check", "--errors", "--rules", str(folder))
    assert (code, report["ok"], report["mended"]) == (1, False, [])
    (problem,) = report["problems"]
    assert (problem["code"], problem["path"], problem["line"], problem["column"]) == ("unknown-value", BAN, 6, 9)


def test_fix_mends_and_says_what(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_rules(folder, REAL | {BAN: FILES[BAN].replace("  near:", "\tnaer:")})
    code, out, _ = run(capsys, "check", "--fix", "--errors", "--rules", str(folder))
    assert code == 0
    assert "mended concepts/export-ban.yml:22 tab replaced by spaces" in out
    assert "mended concepts/export-ban.yml:22 key naer corrected to near" in out
    assert (folder / BAN).read_text(encoding="utf-8") == FILES[BAN]


def test_tests_are_run_by_the_real_reader(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, report = answer(capsys, "test", "--only", "export-ban", "--only", "routes", "--rules", str(folder))
    assert code == 0
    assert [(r["owner"], r["outcome"]) for r in report["results"]] == [("export-ban", "passed")] * 2 + [
        ("routes", "passed")
    ] * 2


def test_a_failing_test_shows_text_miss_and_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = FILES[BAN].replace("[export ban](export-ban) on", "[bell](export-ban) and an export ban on")
    write_rules(folder, REAL | {BAN: text})
    code, out, _ = run(capsys, "test", "--only", "export-ban", "--rules", str(folder))
    assert code == 1
    assert "FAIL   concepts/export-ban.yml:24 export-ban" in out
    assert "missed export-ban “bell”" in out
    assert "unexpected export-ban “export ban”, found by concepts/export-ban.yml:12" in out
    assert re.search(r"1 passed, 1 failed +\d+\.\d s\n$", out)


def test_a_known_gap_is_no_failure(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = FILES[BAN] + "  - text: China shuts the [door](export-ban).\n    known_gap: a metaphor\n"
    write_rules(folder, REAL | {BAN: text})
    code, out, _ = run(capsys, "test", "--only", "export-ban", "--rules", str(folder))
    assert code == 0
    assert "known gap: a metaphor" in out
    assert "2 passed, 0 failed, 1 known gap" in out


def test_a_text_is_explained_line_by_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "China imposes an export ban on neodymium."
    code, report = answer(capsys, "explain", text, "--source", "official:CN", "--rules", str(folder))
    assert code == 0
    assert report["text"] == text
    assert sum(line["points"] for line in report["ledger"]) == report["score"]
    assert {"measure", "goods", "source"} <= {line["slot"] for line in report["ledger"]}
    assert [m["concept"] for m in report["mentions"] if m["slot"] in ("measure", "goods")] == [
        "export-ban",
        "rare-earths",
    ]
    words = {line["slot"]: line["rule"] for line in report["ledger"]}
    assert words["goods"] == "concepts/rare-earths.yml:9"


def test_an_explanation_reads_well_on_a_narrow_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "China imposes an export ban on neodymium."
    code, out, _ = run(capsys, "explain", text, "--sector", "wind", "--why-not", "urgent", "--rules", str(folder))
    assert code == 0
    assert "What would make it urgent" in out or "urgent is reached" in out
    assert "concepts/export-ban.yml:12" in out


def test_the_text_may_come_from_standard_input(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("Export ban\n\nOn neodymium."))
    code, report = answer(capsys, "explain", "-", "--rules", str(folder))
    assert (code, report["text"]) == (0, "Export ban\n\nOn neodymium.")


def test_a_concept_is_shown_with_its_surroundings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "show", "rare-earths", "--rules", str(folder))
    assert code == 0
    for piece in ("rare-earths  Rare earths", "below     magnets", "rules     cn-limits", "sectors   wind", "稀土"):
        assert piece in out
    code, report = answer(capsys, "show", "rare-earths", "--expand", "de", "--rules", str(folder))
    (forms,) = [entry["forms"] for entry in report["forms"]]
    assert forms == [
        f"{first} {second}" for first in ("seltene", "seltenen", "seltener") for second in ("erde", "erden")
    ]


def test_schemas_are_written_and_checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "schema", "--check", "--rules", str(folder))[0] == 1
    code, report = answer(capsys, "schema", "--rules", str(folder))
    assert (code, len(report["files"])) == (0, len(KINDS))
    assert run(capsys, "schema", "--check", "--rules", str(folder))[0] == 0


@pytest.mark.parametrize("kind", ["concept", "sector", "alert", "source"])
def test_a_new_file_is_written_and_checks(kind: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, report = answer(capsys, "new", kind, "brand-new", "--rules", str(folder))
    assert (code, report["file"]) == (0, str(folder / f"{kind}s" / "brand-new.yml"))
    assert run(capsys, "check", "--errors", "--rules", str(folder))[0] == 0
    assert run(capsys, "new", kind, "brand-new", "--rules", str(folder))[0] == 2


@pytest.mark.parametrize(
    ("line", "column", "width", "shown", "caret_at"),
    [
        ("title: Export ban", 8, 60, "title: Export ban", 7),
        ("ja: [輸出, 禁]", 10, 60, "ja: [輸出, 禁]", 11),
        ("x" * 100, 5, 30, "x" * 29 + "…", 4),
        ("a" * 90 + "B" + "c" * 90, 91, 30, "…" + "a" * 10 + "B" + "c" * 17 + "…", 11),
    ],
)
def test_long_lines_are_cut_around_the_caret(line: str, column: int, width: int, shown: str, caret_at: int) -> None:
    text, caret = clipped(line, column, width)
    assert (text, caret) == (shown, " " * caret_at + "^")
