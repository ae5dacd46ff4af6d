"""SIGKILL at every point between claim and mark: no message is lost and none comes twice."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage import Database
from bot.storage.outbox import NewDelivery
from bot.types.delivery import Action, DeliveryState
from bot.types.ids import AlertId
from tests.fakes import records
from tests.fakes.clock import START
from tests.fakes.crashing import POINTS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
FENCE = 61  # seconds after which an unknown outcome is looked for
LOOK = 31  # seconds between two looks


def put(database: Database, count: int) -> None:
    rows = [
        NewDelivery(
            target=records.target("desk"), message=records.message(f"m{n}"), action=Action.SEND, dedupe_key=f"m{n}",
            alert_id=AlertId(f"a{n}"), not_before=START,
        )
        for n in range(count)
    ]  # fmt: skip
    with database.transaction() as tx:
        tx.outbox.add(rows, at=START)


def sender(database: Database, journal: Path, point: str, seconds: float) -> bool:
    """Let a sender work at a time; True when it was killed."""
    command = [
        sys.executable,
        "-m",
        "tests.fakes.crashing",
        database.conninfo.reveal(),
        str(journal),
        point,
        str(seconds),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


def settled(database: Database) -> bool:
    with database.transaction() as tx:
        return set(tx.outbox.counts()) == {DeliveryState.SENT}


def arrived(journal: Path) -> list[str]:
    return [line.split()[1] for line in journal.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("point", POINTS)
def test_one_kill_anywhere_makes_exactly_one_message(database: Database, tmp_path: Path, point: str) -> None:
    journal = tmp_path / "service"
    put(database, 1)
    now = 0.0
    if "find" in point:
        assert sender(database, journal, "after-send", now)
        # The first that comes after a death only sees that a sender died.
        assert not sender(database, journal, "-", now)
        now += FENCE
    assert sender(database, journal, point, now), "the point must be passed, or the test shows nothing"
    for _ in range(6):
        if settled(database):
            break
        now += FENCE
        sender(database, journal, "-", now)
    assert settled(database)
    assert arrived(journal) == ["m0"]


def looks(database: Database, seconds: float) -> bool:
    """Whether a sender will look for something before it sends anything."""
    now = START + timedelta(seconds=seconds)
    with database.transaction() as tx:
        rows = [row for n in range(20) for row in tx.outbox.of_alert(AlertId(f"a{n}"))]
    waiting = [row for row in rows if row.not_before <= now and row.state is not DeliveryState.SENT]
    return bool(waiting) and waiting[0].state is DeliveryState.AMBIGUOUS


def test_kills_at_random_lose_nothing_and_repeat_nothing(database: Database, tmp_path: Path) -> None:
    journal = tmp_path / "service"
    put(database, 20)
    dice = random.Random(20260106)
    now, kills = 0.0, 0
    for _ in range(60):
        if settled(database):
            break
        points = POINTS[-2:] if looks(database, now) and dice.random() < 0.5 else POINTS[:-2]
        kills += sender(database, journal, f"{dice.choice(points)}:{dice.randint(1, 2)}", now)
        now += dice.choice((0, LOOK, FENCE))
    assert settled(database)
    assert kills >= 10
    assert sorted(arrived(journal)) == sorted(f"m{n}" for n in range(20))
