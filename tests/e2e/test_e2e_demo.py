"""The demo tells the story it promises: one step in five languages becomes one message, confirmed by the ministry."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bot.demo.outcome import Outcome
from bot.demo.people import ANALYST, NAMES, READER
from bot.types.levels import Authority, Band

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
# Of titles that must not reach anybody: namesakes, look-backs, statistics and ordinary news.
SILENT = """
Rare Earth to tour | CSV | Gallium scan | paprika | Mondriaan | Chips im Test | 2010 | 地铁 | 镓-68 | タングステン
statistics | portal | 上限下调 | kerstbomen | Hausmüll | Wolfram Kessler | Titan gewinnt | 清酒 | 涨停
"""


def test_breadth(outcome: Outcome) -> None:
    assert outcome.documents >= 150
    assert len(outcome.sources) >= 14
    assert len(outcome.languages) >= 8


def test_the_announcement_is_one_alert_in_five_languages(outcome: Outcome) -> None:
    (alert,) = [a for a in outcome.alerts if a.confirmed_by and "MOFCOM" in a.confirmed_by]
    assert {"zh-Hans", "ja", "en", "nl", "de"} <= {source.lang for source in alert.sources}
    assert alert.sources[0].authority is Authority.OFFICIAL
    assert alert.confirmed_by == "MOFCOM No. 1/2026"
    assert alert.band is Band.URGENT
    assert alert.effective == "2026-01-06"
    named = [a for a in outcome.alerts if a.id != alert.id and "dual-use" in a.headlines["en"]]
    assert named == [], "no second alert tells the same step"


def test_it_is_one_message_that_was_edited_and_answered_in_its_thread(outcome: Outcome) -> None:
    urgent = [p for p in outcome.posts if p.channel == "#econsec-urgent"]
    (root,) = [p for p in urgent if p.thread_ts is None]
    assert root.earlier, "the press came first, the ministry later: the message was edited"
    assert "Press only" in str(root.earlier[0][1])
    assert "MOFCOM No. 1/2026" in str(root.payload)
    replies = [p for p in urgent if p.thread_ts == root.ts]
    assert len(replies) == 1
    assert "official" in str(replies[0].payload)


def test_a_reader_votes_and_an_analyst_is_asked_to_look_after_it(outcome: Outcome) -> None:
    (alert,) = [a for a in outcome.alerts if a.band is Band.URGENT]
    assert alert.votes == (1, 0)
    assert alert.handling is not None
    assert (alert.handling.acknowledged_by, alert.handling.assigned_to) == (READER, ANALYST)
    (root,) = [p for p in outcome.posts if p.channel == "#econsec-urgent" and p.thread_ts is None]
    assert f"👍 1 · assigned to <@{ANALYST}|{NAMES[ANALYST]}>" in str(root.payload["blocks"])
    assert [a.handling for a in outcome.alerts if a.id != alert.id] == [None] * 3


def test_ordinary_news_and_near_misses_stay_silent(outcome: Outcome) -> None:
    told = " ".join(source.title for alert in outcome.alerts for source in alert.sources)
    assert [words for words in SILENT.replace("\n", "|").split("|") if words.strip() and words.strip() in told] == []
    assert outcome.near_miss is not None
    assert outcome.near_miss[1].near_misses


def test_health_of_feeds(outcome: Outcome) -> None:
    statuses = [status for _, status in outcome.requests]
    assert 304 in statuses
    assert 503 in statuses
    failing = [source.id for source, state in outcome.sources if state.failures]
    assert failing == ["demo-es-press"]
    items = {str(source.id): state.items_seen for source, state in outcome.sources}
    assert items["demo-en-think-tank"] >= 7, "seven good items around a broken one"
    assert items["demo-jp-concern-list"] == 12, "entries of the list, not items"
    assert items["demo-vn-press"] == 4


def test_page_and_digest_are_written(outcome: Outcome) -> None:
    page = outcome.page.read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "<script" not in page
    assert "MOFCOM No. 1/2026" in page
    assert "Behind the buttons" in page
    names = {p.name for p in (outcome.page.parent / "digest").iterdir()}
    assert {"digest.html", "digest.txt", "digest.eml"} <= names


def run(outcome: Outcome, *command: str) -> str:
    """What a command prints that is run on the demo's rules and archive."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *command], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "MONAZITE_DATA": str(outcome.page.parent / "data")},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_rules_it_leaves_behind_can_be_checked(outcome: Outcome) -> None:
    assert "everything loads" in run(outcome, "rules", "check", "--rules", str(outcome.rules))


def test_the_replay_that_the_readme_names_runs_on_what_it_leaves_behind(outcome: Outcome) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^    monazite (rules backtest .*)$", readme, re.MULTILINE)
    shown = run(outcome, *shlex.split(line.replace("demo/", f"{outcome.page.parent}/")))
    assert "No channel would hear of another story." in shown
    assert re.search(r"^urgent +([1-9]\d*) +\1$", shown, re.MULTILINE)
