"""A process that has imported everything once and forks a child per run, so that a process to kill costs little.

    with Nursery() as nursery:
        pid = nursery.start(run)        # a child at work
        assert nursery.wait(pid) == -9  # it was killed

The nursery has one thread and no connection, so that a fork copies neither locks nor sockets.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import structlog

from tests.fakes.crashing import Performer, Run

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds after which a child ends by itself
BROKEN = 70  # exit code of a child that raised


class Nursery:
    """The test's end."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self.is_warm = False

    def __enter__(self) -> Self:
        self._out = self._log.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._out,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE + 10)
        self._process.stdout.close()
        self._out.close()

    def start(self, run: Run) -> int:
        """Let a child begin; gives its process id."""
        return self._ask({"start": asdict(run)})

    def wait(self, pid: int) -> int:
        """Exit code of a child, negative for the signal that ended it.

        Raises:
            AssertionError: It raised; with what it said.
        """
        code = self._ask({"wait": pid})
        assert code not in (BROKEN, -signal.SIGALRM), self._log.read_text(encoding="utf-8", errors="replace")[-4000:]
        return code

    def warm(self, run: Run) -> None:
        """Let the nursery itself do a run, so that children find compiled what they need."""
        assert self._ask({"warm": asdict(run)}) == 0
        self.is_warm = True

    def run(self, run: Run) -> int:
        """Start and wait."""
        return self.wait(self.start(run))

    def _ask(self, wish: object) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(wish) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"the nursery is gone: {self._log.read_text(encoding='utf-8', errors='replace')[-4000:]}"
        return int(answer)


def _child(performer: Performer, wish: dict[str, Any]) -> int:
    """Fork; the child never returns."""
    pid = os.fork()
    if pid:
        return pid
    code = BROKEN
    try:
        signal.alarm(PATIENCE)
        os.dup2(2, 1)  # what it prints must not mix with the answers
        code = performer.perform(Run(**wish))
    except BaseException:  # noqa: BLE001 - written down, and told by the exit code
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    """Serve wishes, one a line."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))  # errors alone
    performer = Performer()
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        wish = json.loads(line)
        if "start" in wish:
            print(_child(performer, wish["start"]), file=answers, flush=True)
        elif "warm" in wish:
            done = performer.perform(Run(**wish["warm"]))
            assert threading.active_count() == 1, "a fork would copy the locks of other threads"
            gc.collect()
            gc.freeze()  # else the collector of every child copies all pages
            print(done, file=answers, flush=True)
        else:
            _, status = os.waitpid(wish["wait"], 0)
            print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


if __name__ == "__main__":
    main()
