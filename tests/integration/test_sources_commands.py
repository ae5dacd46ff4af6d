"""`monazite sources status` and `approve`, and what doctor says of sources: one judgement, asked for in two places."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import checkup
from bot.cli.commands import run_command_line
from bot.storage import Database
from bot.types.ids import SourceId
from bot.types.source import SourceState, Trust
from tests.fakes.rule_files import write_rules

SOURCES = "sources/cn.yml"
ROW = """\
  - {{id: {name}, kind: feed, url: "https://example.cn/{name}", publisher: Ministry, jurisdiction: CN,
     languages: [en], authority: official, reliability: A, every: 20m, enabled: yes, why: a test}}
"""
ROWS = "".join(ROW.format(name=name) for name in ("cn-mofcom", "cn-fails", "cn-moved", "cn-never"))
MOVED = "It now answers from evil.example, not from example.cn."

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The program, with four sources and a database in which they have fared differently."""
    write_rules(tmp_path, {SOURCES: f"kind: sources\nsources:\n{ROWS}"})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database.conninfo.reveal())
    monkeypatch.setenv("MONAZITE_RULES", str(tmp_path))
    now = datetime.now(UTC)
    fine = SourceState(
        source_id=SourceId("cn-mofcom"), next_due=now + timedelta(minutes=9), last_success=now, last_attempt=now,
        planned=now, newest=now - timedelta(days=2), first_fetch_done=True,
    )  # fmt: skip
    fails = replace(fine, source_id=SourceId("cn-fails"), failures=1, last_error="It answers 503.")
    moved = replace(fine, source_id=SourceId("cn-moved"), trust=Trust(doubt=MOVED, doubted=("evil.example",)))
    with database.transaction() as tx:
        for state in (fine, fails, moved):
            tx.sources.save(state)

    def command(*arguments: str) -> tuple[int, str, str]:
        code = run_command_line(["sources", *arguments])
        caught = capsys.readouterr()
        return code, caught.out, caught.err

    return command


def answer(run: Run, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(*arguments, "--json")[1])["sources"]
    return found


def test_status_shows_what_is_wrong_worst_first(run: Run) -> None:
    code, out, _ = run("status")
    assert code == 1
    shown = [line.split()[0] for line in out.splitlines() if line.startswith("cn-")]
    assert shown == ["cn-fails", "cn-moved"] * 2
    assert "1 were never polled" in out
    assert "It answers 503." in out
    assert MOVED in out
    assert "4 enabled, 1 fine, 1 failing, 0 official ones without coverage." in out
    assert all(len(line) <= 100 for line in out.splitlines())


def test_status_all_and_json_have_everything(run: Run) -> None:
    assert "cn-mofcom" in run("status", "--all")[1]
    found = {source["source_id"]: source for source in answer(run, "status", "--all")}
    assert {name: source["health"] for name, source in found.items()} == {
        "cn-fails": "failing 1", "cn-moved": "in doubt", "cn-never": "never polled", "cn-mofcom": "fine",
    }  # fmt: skip
    assert found["cn-moved"]["known"] == MOVED
    assert found["cn-mofcom"]["flow"] == {"usual": None, "lately": None, "quiet": False, "busy": 0}
    assert [source["source_id"] for source in answer(run, "status")] == ["cn-fails", "cn-moved"]


def test_status_is_0_when_all_are_covered(run: Run, database: Database) -> None:
    with database.transaction() as tx:
        state = tx.sources.state(SourceId("cn-fails"))
        assert state is not None
        tx.sources.save(replace(state, failures=0))
    assert run("status")[0] == 0
    with database.transaction() as tx:
        tx.sources.save(replace(state, failures=0, last_success=state.next_due - timedelta(days=9), planned=None))
    code, out, _ = run("status")
    assert (code, "late" in out) == (1, True), "nobody asks an official source"


def test_approve_ends_a_doubt_once(run: Run) -> None:
    code, out, _ = run("approve", "cn-moved")
    assert (code, out) == (0, "cn-moved: evil.example approved.\n")
    assert "in doubt" not in run("status")[1]
    code, _, err = run("approve", "cn-moved")
    assert (code, err) == (1, "cn-moved is not in doubt: monazite sources status\n")


def test_doctor_says_the_same(run: Run) -> None:
    found = [(finding.level, finding.text) for finding in checkup.run(["sources"])]
    assert found == [
        ("ok", "4 enabled, 1 failing"),
        ("hint", "cn-fails: failing 1. It answers 503."),
        ("hint", f"cn-moved: in doubt. {MOVED}"),
    ]


def test_the_list_as_data_keeps_keys_to_itself(run: Run, tmp_path: Path) -> None:
    keyed = ROWS.replace("why: a test", "why: a test, headers: {X-Api-Key: SECRET}")
    write_rules(tmp_path, {SOURCES: f"kind: sources\nsources:\n{keyed}"})
    code, out, _ = run("list", "--json")
    assert code == 0
    assert all(source["headers"] == [["X-Api-Key", "***"]] for source in json.loads(out))
    assert "SECRET" not in out
