"""Pauses between requests to one host, kept across all threads: longer for hosts that want it or keep refusing."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.fetch.network import Steady
from bot.fetch.pace import LONGEST_RETRY_AFTER
from bot.fetch.stopped import FetchStopped
from bot.types.source import FetchProblem

LONGEST_WAIT = 120.0  # seconds that a thread waits for a turn; a request whose turn is later comes back another time
_LONGEST_GAP = 60.0  # seconds to which refusals stretch the pause
_MANY = 10_000  # hosts from which on those that may be asked at once are forgotten


@dataclass(slots=True)
class _Host:
    """What is remembered of one host."""

    free: float  # moment from which on it may be asked again
    delay: float = 0.0  # seconds between two requests that it asks for
    refusals: int = 0  # answers 403 and 429 in a row
    closed: datetime | None = None  # it said so: no requests before that


class Courtesy:
    """Gives every host one request per so many seconds, and keeps away from one that asked for a pause."""

    def __init__(self, seconds: float, steady: Steady) -> None:
        self._seconds = seconds
        self._steady = steady
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    def wait(self, host: str, *, now: datetime) -> None:
        """Wait for a host's turn; turns are given out in the order in which threads ask.

        Raises:
            FetchStopped: The host asked for a pause that is not over, its turn is too far away to wait for, or the
                program is to stop.
        """
        with self._lock:
            moment = self._steady.monotonic()
            if len(self._hosts) > _MANY:
                self._hosts = {n: h for n, h in self._hosts.items() if h.free > moment or h.closed is not None}
            found = self._hosts.setdefault(host, _Host(free=moment))
            _check_open(host, found, now)
            pause = max(self._seconds * 2 ** min(found.refusals, 10), found.delay)
            if found.refusals:
                pause = min(pause, max(_LONGEST_GAP, found.delay, self._seconds))
            turn = max(moment, found.free)
            if turn - moment > LONGEST_WAIT:
                raise _later(
                    f"{host} has too many requests waiting, of which it gets one every {pause:g} seconds.",
                    timedelta(seconds=turn - moment),
                )
            found.free = turn + pause
        if turn > moment:
            self._steady.sleep(turn - moment)

    def space(self, host: str, seconds: float) -> None:
        """From now on leave so many seconds between two requests to a host, as its robots.txt wants it."""
        with self._lock:
            if seconds or host in self._hosts:
                self._hosts.setdefault(host, _Host(free=self._steady.monotonic())).delay = seconds

    def answered(self, host: str) -> None:
        """A host gave what it was asked for: its refusals are forgotten."""
        with self._lock:
            if found := self._hosts.get(host):
                found.refusals, found.closed = 0, None

    def refused(self, host: str, *, now: datetime, pause: timedelta | None = None) -> None:
        """A host does not want to be asked: every refusal in a row doubles its pause, and what it says is done."""
        with self._lock:
            found = self._hosts.setdefault(host, _Host(free=self._steady.monotonic()))
            found.refusals += 1
            if pause:
                found.closed = now + min(pause, LONGEST_RETRY_AFTER)


def _check_open(host: str, found: _Host, now: datetime) -> None:
    if found.closed is None:
        return
    left = found.closed - now
    if timedelta(0) < left <= LONGEST_RETRY_AFTER:  # more than that: the clock was set back
        raise _later(f"{host} asked not to be asked before {found.closed:%Y-%m-%d %H:%M} UTC.", left)
    found.closed = None


def _later(message: str, pause: timedelta) -> FetchStopped:
    return FetchStopped(FetchProblem.RATE_LIMITED, message, retry_after=pause)
