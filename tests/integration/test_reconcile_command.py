"""`monazite reconcile`: what it sets, says and refuses; and what doctor tells of messages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.checkup import messages
from bot.cli.commands import run_command_line
from bot.storage import Database
from bot.storage.outbox import ChannelState
from bot.types.delivery import DeliveryState
from tests import canaries
from tests.fakes.clock import START
from tests.fakes.process import rules

pytestmark = pytest.mark.slow


@pytest.fixture
def _settings(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database.conninfo.reveal())
    monkeypatch.setenv("MONAZITE_RULES", str(rules(tmp_path / "rules", url="http://127.0.0.1:9/feed")))
    monkeypatch.setenv("MONAZITE_DATA", str(tmp_path / "data"))


def lost_from(database: Database) -> dict[str, datetime | None]:
    with database.transaction() as tx:
        return {state.channel: state.lost_from for state in tx.outbox.channels()}


@pytest.mark.usefixtures("_settings")
def test_channels_that_show_what_was_sent_are_looked_up_first(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", canaries.SLACK_BOT_TOKEN)
    assert run_command_line(["reconcile", "--since", "2026-01-05T15:00+01:00"]) == 0
    assert "since 2026-01-05 14:00 UTC in: desk, operations" in capsys.readouterr().out.replace("\n", "")
    backup = datetime(2026, 1, 5, 14, tzinfo=UTC)
    assert lost_from(database) == {"desk": backup, "operations": backup}


@pytest.mark.usefixtures("_settings")
@pytest.mark.parametrize("since", ["yesterday", "2999-01-01T00:00Z"])
def test_what_is_no_time_of_a_backup_is_refused(
    database: Database, capsys: pytest.CaptureFixture[str], since: str
) -> None:
    assert run_command_line(["reconcile", "--since", since]) == 3
    assert since in capsys.readouterr().err
    assert lost_from(database) == {}


def test_doctor_counts_twins_and_names_channels_in_trouble() -> None:
    quiet = ChannelState(channel="desk", next_at=START)
    (finding,) = messages({DeliveryState.SENT: 12, DeliveryState.MERGED: 3}, [quiet])
    assert (finding.level, finding.text) == ("ok", "12 sent, 3 merged; 0 stood twice and were deleted")
    ill = ChannelState(
        channel="wind", next_at=START, failures=4, last_error="Slack could not be reached", twins=2, lost_from=START
    )
    found = list(messages({}, [quiet, ill]))
    assert [finding.level for finding in found] == ["hint"] * 3
    assert "2 stood twice" in found[0].text
    assert "since 2026-01-06 09:00 UTC is to be looked up" in found[1].text
    assert "4 attempts in a row failed: Slack could not be reached" in found[2].text
