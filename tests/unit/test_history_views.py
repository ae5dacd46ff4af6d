"""What a replay and a comparison look like, also on a narrow terminal."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from rich.console import Console

from bot.cli import _history_views as views
from bot.tune.archive.backtest import Backtest, Labels, Moved
from bot.tune.diff import Difference
from bot.types.ids import StoryId
from bot.types.levels import Band

START = datetime(2026, 1, 1, tzinfo=UTC)


def moved(name: str, **labels: int) -> Moved:
    return Moved(
        story_id=StoryId(name), title=f"Title of {name} [bold]", url=f"https://paper.example/{name}", publisher="Paper",
        lang="en", first_seen=START, before=Band.ALERT, after=Band.DIGEST, score_before=66.0, score_after=47.0,
        channels=("desk",), labels=Labels(**labels), why=("cn-limits holds no more", "-12 export ban"),
    )  # fmt: skip


def shown(found: Backtest, width: int, capsys: pytest.CaptureFixture[str], limit: int = 20) -> str:
    views.show_backtest(Console(width=width, highlight=False), found, against="in-force", seconds=1.25, limit=limit)
    return capsys.readouterr().out


@pytest.mark.parametrize("width", [60, 100])
def test_what_is_lost_stands_with_its_votes_link_and_reasons(width: int, capsys: pytest.CaptureFixture[str]) -> None:
    found = Backtest(START, START, documents=1200, stories=900, weighed=40, read_again=3, shifted=1)
    found.before, found.after = Counter({Band.ALERT: 2}), Counter({Band.DIGEST: 2})
    found.lost = [moved("a", useful=1), moved("b", not_useful=2), moved("c")]
    found.count("desk", "2026-W01", before=True, after=False)
    text = shown(found, width, capsys)
    words = " ".join(text.split())
    assert "1,200 documents and 900 stories since 2026-01-01" in words
    assert "No longer told: 3 (1 found useful, 1 not useful, 1 without a vote)" in words
    assert "Title of a [bold]" in words, "a title is no markup"
    for said in ("[1 useful]", "[2 not useful]", "[no vote]", "https://paper.example/b", "cn-limits holds no more"):
        assert said in words
    assert "1 more story changes band or digest" in words
    assert "desk 2026-W01 1 0" in words
    assert max(len(line) for line in text.splitlines()) <= width


def test_a_long_list_is_cut_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    found = Backtest(START, START)
    found.gained = [moved(f"s{n}") for n in range(5)]
    text = shown(found, 100, capsys, limit=2)
    assert "Title of s1" in text
    assert "Title of s2" not in text
    assert "and 3 more" in text


def test_no_change_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert "No channel would hear of another story." in shown(Backtest(START, START), 100, capsys)
    views.show_differences(Console(width=100), (), "aa11" * 8, "aa11" * 8)
    assert capsys.readouterr().out.startswith("No difference in meaning")


def test_differences_are_lines(capsys: pytest.CaptureFixture[str]) -> None:
    one = Difference(kind="scoring", id="scoring", path="stage.announced", added=("5",), removed=("4",), listed=False)
    views.show_differences(Console(width=100, highlight=False), (one,), "aa11" * 8, "bb22" * 8)
    assert "scoring: stage.announced 4 -> 5\n1 difference." in capsys.readouterr().out
