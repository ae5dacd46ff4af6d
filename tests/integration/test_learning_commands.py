"""`monazite rules fit` and `rules suggest` on an archive: what they print, write and refuse; nothing is applied."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import load_rules
from bot.cli.commands import run_command_line
from bot.storage import Database
from tests.fakes import voted_desk
from tests.fakes.voted_desk import Text

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return voted_desk.folder(tmp_path / "rules")


@pytest.fixture
def run(
    folder: Path, tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:  # fmt: skip
    """Runs a command with the settings of this test."""
    monkeypatch.setenv("DATABASE_URL", database.conninfo.reveal())
    monkeypatch.setenv("MONAZITE_RULES", str(folder))
    monkeypatch.setenv("MONAZITE_DATA", str(tmp_path / "data"))

    def command(*arguments: str) -> tuple[int, str, str]:
        code = run_command_line(["rules", *arguments])
        caught = capsys.readouterr()
        return code, caught.out, caught.err

    return command


def voted(database: Database, folder: Path, texts: Sequence[Text]) -> None:
    told = voted_desk.tell(load_rules(folder), texts, start=datetime.now(UTC) - timedelta(days=60))
    with database.transaction() as tx:
        voted_desk.keep(tx, told)


def answer(run: Run, *arguments: str) -> tuple[int, Any]:
    code, out, _ = run(*arguments, "--json")
    return code, json.loads(out)


def test_a_fit_is_shown_and_nothing_is_written(run: Run, database: Database, folder: Path) -> None:
    voted(database, folder, voted_desk.year())
    before = load_rules(folder).hash
    code, out, _ = run("fit")
    assert code == 0
    assert re.search(r"120 stories with votes since \d{4}-\d\d-\d\d, 15 from the audit sample", out)
    assert "source.blog" in out
    assert "  status: draft" in out
    assert "Nothing was written or changed" in out
    assert not (folder / "local").exists()
    assert load_rules(folder).hash == before


def test_a_fit_is_written_as_drafts_that_change_nothing(run: Run, database: Database, folder: Path) -> None:
    voted(database, folder, voted_desk.year())
    before = load_rules(folder).hash
    code, report = answer(run, "fit", "--write")
    assert (code, report["ok"], len(report["written"])) == (0, True, 2)
    assert all(Path(file).read_text().count("status: draft") == 1 for file in report["written"])
    assert load_rules(folder).hash == before
    assert run("check", "--errors")[0] == 0
    code, _, err = run("fit", "--write")
    assert (code, "is there already" in err) == (2, True)


def test_a_fit_that_would_lose_a_useful_alert_is_refused(run: Run, database: Database, folder: Path) -> None:
    voted(database, folder, voted_desk.year(liked_blog=True))
    code, out, _ = run("fit", "--write")
    assert code == 1
    assert "Refused: these points would lose 1 useful alert" in out
    assert "China will ban the export of rare earths, blogger 12 says" in out
    assert not (folder / "local").exists()


def test_without_votes_there_is_nothing_to_propose(run: Run) -> None:
    code, out, _ = run("fit")
    assert code == 0
    assert "0 stories with votes" in out
    assert run("fit", "--since", "soon")[0] == 3


def test_rules_that_do_not_load_are_2(run: Run, folder: Path) -> None:
    (folder / "scoring.yml").write_text("kind: scoring\n")
    code, out, err = run("fit")
    assert (code, out) == (2, "")
    assert "scoring.yml" in err
    assert answer(run, "fit")[0] == 2


def test_suggestions_are_shown_with_their_evidence_and_nothing_is_written(
    run: Run, database: Database, folder: Path
) -> None:
    voted(database, folder, voted_desk.complaints())
    code, out, _ = run("suggest")
    assert code == 0
    assert re.search(r"64 stories with votes since \d{4}-\d\d-\d\d: 12 false alerts, 3 missed", out)
    assert "20 texts without votes" in out
    for what in ('not_when.inside.en + "rare earth swords"', 'titles with "morning coffee"', "what no-daily tells"):
        assert what in out
    assert "silences 4 of 12 false alerts; 0 of 24 useful alerts lost" in out
    assert "All together: 12 of 12 false alerts silenced" in out
    assert not (folder / "local").exists()


def test_suggestions_are_written_as_drafts_and_numbered_on(run: Run, database: Database, folder: Path) -> None:
    voted(database, folder, voted_desk.complaints())
    before = load_rules(folder).hash
    for first in (1, 5):
        code, report = answer(run, "suggest", "--write")
        assert (code, report["ok"]) == (0, True)
        numbers = [int(Path(file).stem.rpartition("-")[2]) for file in report["written"]]
        assert numbers == list(range(first, first + 4))
    assert load_rules(folder).hash == before
    assert run("check", "--errors")[0] == 0


def test_votes_on_stories_whose_texts_are_gone_are_counted(run: Run, database: Database, folder: Path) -> None:
    told = voted_desk.tell(load_rules(folder), voted_desk.complaints()[:3], start=datetime.now(UTC))
    with database.transaction() as tx:
        voted_desk.keep(tx, told)
        tx.stories.drop([told[0].story.id])
    code, report = answer(run, "suggest")
    assert (code, report["advice"]["gone"], report["advice"]["votes"]) == (0, 1, 2)
    assert report["advice"]["suggestions"] == []
