"""The commands for pipes, on the shipped rules and the real reader."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.cli import analyze, evaluate, replay
from bot.errors import InputError, RuleError
from bot.understand.learned import model

pytestmark = pytest.mark.slow

RULES = Path(__file__).resolve().parents[2] / "rules"
LINES: list[dict[str, Any]] = [
    {
        "id": 1,
        "lang": "nl",
        "title": "China verbiedt uitvoer van dual-usegoederen naar Japans leger",
        "text": "Het ministerie van Handel in Peking maakte het verbod dinsdag bekend. Het gaat per direct in.",
        "published": "2026-01-06T12:00:00Z",
        "source_kind": "press",
        "publisher": "Het Dagblad",
        "label": "alert",
        "event": {
            "measures": ["export-ban"],
            "goods": ["dual-use"],
            "imposer": "CN",
            "targets": ["JP"],
            "direction": "tighten",
            "stage": "in-force",
        },
        "story": "x",
        "traps": ["plain"],
    },
    {
        "id": "two",
        "lang": "en",
        "title": "China bans exports of dual-use items to Japanese military users",
        "text": "The commerce ministry announced the ban on Tuesday. It takes effect at once.",
        "published": "2026-01-06T14:00:00Z",
        "source_kind": "wire",
        "publisher": "Wire One",
        "label": "alert",
        "event": None,
        "story": "x",
    },
    {
        "id": "rain",
        "lang": "en",
        "title": "Rain expected in the north",
        "text": "Umbrellas are advised.",
        "published": "2026-01-07T06:00:00Z",
        "label": "irrelevant",
    },
]


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    for command in (analyze, replay, evaluate):
        command.register(made)
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lines.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in LINES), encoding="utf-8")
    return path


def invoke(app: typer.Typer, *arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_answers_come_in_the_order_of_the_input_and_a_bad_line_costs_only_itself(app: typer.Typer, file: Path) -> None:
    broken = b'{"id": "x"\n\n{"id": "no-text"}\n'
    result = invoke(app, "analyze", "-", file, "--rules", RULES, stdin=broken + file.read_bytes())
    found = rows(result.stdout)
    assert [row["id"] for row in found] == [None, "no-text", 1, "two", "rain", 1, "two", "rain"]
    assert ["error" in row for row in found] == [True, True] + [False] * 6
    assert found[0]["error"].startswith("the line is no JSON")
    assert result.exit_code == 1
    assert [row["band"] in {"alert", "urgent"} for row in found[2:5]] == [True, True, False]
    assert found[2]["lang"] == "nl"
    assert found[2]["events"][0]["imposer"] == "CN"


def test_good_lines_end_with_zero_and_a_bar_stays_off_stdout(app: typer.Typer, file: Path) -> None:
    result = invoke(app, "analyze", file, "--rules", RULES, "--progress")
    assert result.exit_code == 0
    assert len(rows(result.stdout)) == 3
    assert "analyze" in result.stderr


def test_several_processes_answer_the_same(app: typer.Typer, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    lines = [{**LINES[n % 3], "id": n} for n in range(40)]
    many.write_text("".join(json.dumps(line) + "\n" for line in lines) + "{\n", encoding="utf-8")
    one = invoke(app, "analyze", many, "--rules", RULES)
    two = invoke(app, "analyze", many, "--rules", RULES, "--jobs", 2)
    assert one.stdout == two.stdout
    assert (one.exit_code, two.exit_code) == (1, 1)
    assert [row["id"] for row in rows(two.stdout)] == [*range(40), None]


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_neither_order_nor_processes_change_one_of_a_thousand_answers(app: typer.Typer, tmp_path: Path) -> None:
    texts = (model.SHIPPED / model.EXAMPLES_FILE).read_text(encoding="utf-8").splitlines()
    lines = random.Random(1).sample(texts, 1000)
    file = tmp_path / "thousand.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    first = invoke(app, "analyze", file, "--rules", RULES, "--jobs", 2).stdout.splitlines()
    assert len(first) == len(lines)
    random.Random(2).shuffle(lines)
    file.write_text("\n".join(lines), encoding="utf-8")
    assert sorted(invoke(app, "analyze", file, "--rules", RULES).stdout.splitlines()) == sorted(first)


def test_a_forced_language_is_used(app: typer.Typer, file: Path) -> None:
    found = rows(invoke(app, "analyze", file, "--rules", RULES, "--lang", "de").stdout)
    assert {row["lang"] for row in found} == {"de"}


def test_a_missing_file_is_told_before_any_text(app: typer.Typer, file: Path, tmp_path: Path) -> None:
    result = invoke(app, "analyze", file, tmp_path / "gone.jsonl", "--rules", RULES)
    assert isinstance(result.exception, InputError)
    assert "gone.jsonl" in str(result.exception)
    assert result.stdout == ""


def test_a_broken_rule_set_is_told_before_any_text(app: typer.Typer, file: Path, tmp_path: Path) -> None:
    (tmp_path / "rules" / "concepts").mkdir(parents=True)
    (tmp_path / "rules" / "concepts" / "a.yml").write_text("kind: concept\nkind: concept\n", encoding="utf-8")
    result = invoke(app, "analyze", file, "--rules", tmp_path / "rules")
    assert isinstance(result.exception, RuleError)
    assert result.stdout == ""


def test_a_replay_writes_its_three_files(app: typer.Typer, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    result = invoke(app, "replay", file, "--out", out, "--rules", RULES)
    assert result.exit_code == 0
    stories = rows((out / "stories.jsonl").read_text(encoding="utf-8"))
    assert [set(row) for row in stories] == [{"id", "story"}] * 3
    homes = {row["id"]: row["story"] for row in stories}
    assert homes[1] == homes["two"] != homes["rain"]
    decisions = rows((out / "decisions.jsonl").read_text(encoding="utf-8"))
    keys = {"at", "story", "action", "band", "reason", "headline", "ids"}
    assert all(set(row) == keys for row in decisions)
    assert {row["action"] for row in decisions} <= {"send", "update", "thread", "digest", "hold", "drop"}
    assert [row["at"] for row in decisions] == sorted(row["at"] for row in decisions)
    assert any(row["action"] == "send" and row["story"] == homes[1] for row in decisions)
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert (summary["documents"], summary["stories"], summary["alerts"], summary["errors"]) == (3, 2, 1, 0)
    assert summary["alerts_per_day"]
    assert summary["seconds"] >= 0


def test_a_replay_with_a_bad_line_goes_on_and_ends_with_one(app: typer.Typer, file: Path, tmp_path: Path) -> None:
    file.write_bytes(b"nonsense\n" + file.read_bytes())
    result = invoke(app, "replay", file, "--out", tmp_path / "out", "--rules", RULES)
    assert result.exit_code == 1
    assert "the line is no JSON" in result.stderr
    assert json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["errors"] == 1


def test_eval_measures_per_language_and_as_a_whole(app: typer.Typer, file: Path) -> None:
    result = invoke(app, "eval", file, "--rules", RULES, "--json", "--show", "misses", "--by", "trap")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert [row["name"] for row in found["languages"]] == ["en", "nl", "all"]
    assert found["languages"][-1]["alert_recall"] == 1
    assert found["languages"][-1]["counts"]["alert_recall"] == [2, 2]
    assert found["languages"][-1]["b_cubed"] == {"precision": 1, "recall": 1, "f1": 1}
    assert found["languages"][1]["imposer"] == 1
    assert [row["name"] for row in found["traps"]] == ["(none)", "plain"]
    assert found["misses"] == []
    assert found["documents_per_second"] > 0


def test_eval_of_one_language_prints_tables_and_tells_unlabelled_lines(app: typer.Typer, file: Path) -> None:
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps({"id": "unlabelled", "lang": "nl", "title": "Niets"}) + "\n")
        out.write(json.dumps({**LINES[2], "id": "wrong", "lang": "nl", "label": "alert"}) + "\n")
    result = invoke(app, "eval", file, "--rules", RULES, "--lang", "nl", "--show", "misses")
    assert result.exit_code == 1
    assert "label must be one of alert, context, irrelevant" in result.stderr
    assert "missed alert" in result.stdout
    assert "wrong (nl, alert, archive" in result.stdout
    assert "2 texts" in result.stdout


def test_eval_refuses_what_it_does_not_know(app: typer.Typer, file: Path) -> None:
    assert invoke(app, "eval", file, "--rules", RULES, "--show", "everything").exit_code == 2
