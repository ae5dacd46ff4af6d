"""`monazite routes test --members` knows what people asked for, what they muted and what a channel has had."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from bot.cli.commands import run_command_line
from bot.storage import Database, schema
from bot.storage._text import record
from bot.types.desk import Member
from bot.types.ids import SectorId
from tests.fakes import records
from tests.fakes.clock import START
from tests.fakes.rule_files import FILES, write_rules

NOW = START + timedelta(minutes=30)


@pytest.fixture
def folder(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATABASE_URL", database.conninfo.reveal())
    monkeypatch.setenv("MONAZITE_DATA", str(tmp_path / "data"))
    sources = {"sources/cn.yml": FILES["sources/cn.yml"].replace("    options: {limit: 5}\n", "")}
    return write_rules(tmp_path / "rules", sources)


def trial(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    asked = ["routes", "test", "--sector", "wind", "--at", NOW.isoformat(), "--rules", str(folder), "--json"]
    assert run_command_line([*asked, *arguments]) == 0
    return json.loads(capsys.readouterr().out)["trial"]


def test_members_and_the_limits_used_are_looked_up(
    folder: Path, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    wind = Member(id="U012AB3CD", sectors=(SectorId("wind"),))
    with database.transaction() as tx:
        row = {"id": wind.id, "at": START, "record": record(wind)}
        tx.connection.execute(insert(schema.member).values(row))
        for number in range(6):
            tx.decisions.add(records.decision(f"s-{number}", at=START, dedupe_key=f"k{number}", channels=("desk",)))
    plain = trial(folder, capsys)
    assert [(channel["target"]["name"], channel["held"]) for channel in plain["channels"]] == [("desk", "")]
    desk, person = trial(folder, capsys, "--members")["channels"]
    assert (desk["target"]["name"], desk["at"]) == ("desk", (START + timedelta(hours=1)).isoformat())
    assert desk["held"] == "the channel has had its messages for this hour; it would stand in a list"
    assert (person["target"]["address"], person["person"], person["held"]) == ("U012AB3CD", True, "")
