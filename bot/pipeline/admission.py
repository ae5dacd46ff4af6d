"""Say who may be polled now, so that no host and no hostile source takes what the others need.

Whoever has to wait holds no thread: it stays due, and is asked for again at the next tick.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

HOST_THREADS = 2  # polls of one host at a time: one that waits for its turn there, or for a slow answer, and one more
WARD = "quarantine"  # where one source at a time is parsed; no host has such a name


class Admission:
    """Counts who is being polled in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside: Counter[str] = Counter()

    @contextmanager
    def enter(self, host: str, *, quarantined: bool = False) -> Iterator[bool]:
        """Polls one source; gives False, at once, when it has to wait.

        Args:
            host: That it is asked from; "" where hosts need no turns.
            quarantined: Its answers stopped the parser before: at most one such source is polled at a time.
        """
        limits = ({f"host {host}": HOST_THREADS} if host else {}) | ({WARD: 1} if quarantined else {})
        with self._lock:
            admitted = all(self._inside[door] < limit for door, limit in limits.items())
            if admitted:
                self._inside.update(limits.keys())
        try:
            yield admitted
        finally:
            if admitted:
                with self._lock:
                    self._inside.subtract(limits.keys())
                    self._inside += Counter()  # drops doors that nobody holds
