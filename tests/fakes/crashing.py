"""A sender that is killed at a named point: `python -m tests.fakes.crashing CONNINFO JOURNAL POINT SECONDS`.

The service is a file: a post is a line that is on disk before the answer comes, and looking reads the file.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.pipeline import Exits, deliver
from bot.storage import Database, Transaction
from bot.types.delivery import Delivery, Outcome, Receipt
from bot.types.secret import Secret
from tests.fakes import engine
from tests.fakes.clock import START, FakeClock

# In the order in which a delivery passes them.
POINTS = ("claimed", "before-send", "after-send", "marked-not-committed", "marked", "before-find", "after-find")


class Crash:
    """Kills this process when it comes to the point for the n-th time."""

    def __init__(self, point: str, times: int = 1) -> None:
        self._point = point
        self._left = times

    def __call__(self, point: str) -> None:
        if point == self._point:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class FileService(engine.FakeService):
    """A service whose memory is a file."""

    def __init__(self, journal: Path, crash: Callable[[str], None]) -> None:
        super().__init__()
        self._journal = journal
        self._crash = crash

    def send(self, delivery: Delivery) -> Receipt:
        self._crash("before-send")
        with self._journal.open("a", encoding="utf-8") as journal:
            journal.write(f"{delivery.id} {delivery.message.summary}\n")
            journal.flush()
            os.fsync(journal.fileno())
        self._crash("after-send")
        return Receipt(outcome=Outcome.SENT, detail="accepted", provider_id=delivery.id)

    def find(self, delivery: Delivery) -> Receipt | None:
        self._crash("before-find")
        lines = self._journal.read_text(encoding="utf-8").splitlines() if self._journal.exists() else []
        there = any(line.startswith(f"{delivery.id} ") for line in lines)
        self._crash("after-find")
        outcome = Outcome.SENT if there else Outcome.NOT_SENT
        return Receipt(outcome=outcome, detail="looked", provider_id=delivery.id if there else None)


class CrashingDatabase(Database):
    """Dies around the transactions that claim and mark."""

    crash: Callable[[str], None]

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with super().transaction() as tx:
            claim, mark = tx.outbox.claim, tx.outbox.mark
            did: list[str] = []
            watched: Any = _Watched(tx.outbox, claim, mark, did)
            tx.outbox = watched
            yield tx
            if "mark" in did:
                self.crash("marked-not-committed")
        if "claim" in did:
            self.crash("claimed")
        if "mark" in did:
            self.crash("marked")


class _Watched:
    """An outbox that notes what was done with it."""

    def __init__(self, outbox: Any, claim: Any, mark: Any, did: list[str]) -> None:
        self._outbox, self._claim, self._mark, self._did = outbox, claim, mark, did

    def claim(self, *args: Any) -> Any:
        found = self._claim(*args)
        if found is not None:
            self._did.append("claim")
        return found

    def mark(self, *args: Any, **named: Any) -> Any:
        self._did.append("mark")
        return self._mark(*args, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._outbox, name)


def main() -> None:
    conninfo, journal, point, seconds = sys.argv[1:5]
    name, _, times = point.partition(":")
    crash = Crash(name, int(times or 1))
    clock = FakeClock(START + timedelta(seconds=float(seconds)))
    with CrashingDatabase(Secret(conninfo)) as database:
        database.crash = crash
        made = engine.bench(database, clock)
        channel = engine.FakeChannel(FileService(Path(journal), crash))
        exits = Exits({"fake": channel}, made.rig.settings)
        deliver(replace(made.rig, exits=exits), "desk")


if __name__ == "__main__":
    main()
