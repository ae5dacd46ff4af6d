"""Pauses between requests to one host, kept across all threads."""

from __future__ import annotations

import threading

from bot.fetch.network import Steady

_MANY = 10_000  # hosts from which on those whose pause is over are forgotten


class Courtesy:
    """Gives every host one request per so many seconds."""

    def __init__(self, seconds: float, steady: Steady) -> None:
        self._seconds = seconds
        self._steady = steady
        self._lock = threading.Lock()
        self._free: dict[str, float] = {}  # host -> moment from which on it may be asked again

    def wait(self, host: str) -> None:
        """Wait for a host's turn; turns are given out in the order in which threads ask."""
        if self._seconds <= 0:
            return
        with self._lock:
            now = self._steady.monotonic()
            if len(self._free) > _MANY:
                self._free = {name: free for name, free in self._free.items() if free > now}
            turn = max(now, self._free.get(host, now))
            self._free[host] = turn + self._seconds
        if turn > now:
            self._steady.sleep(turn - now)
