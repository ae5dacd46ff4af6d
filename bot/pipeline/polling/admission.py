"""Say who may be polled now, and whose pages read, so that no host and no hostile source takes what the others need.

Whoever has to wait holds no thread: it stays due, and is asked for again at the next tick.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

# Polls of one host at a time: one that waits for its turn there, or for a slow answer, and one more. As many pages
# behind items come to it: a backlog of these keeps no poll waiting.
HOST_THREADS = 2
WARD = "quarantine"  # where one source at a time is parsed; no host has such a name


class Admission:
    """Counts who is being polled in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside: Counter[str] = Counter()

    @contextmanager
    def enter(self, host: str, *, page: bool = False, quarantined: bool = False) -> Iterator[bool]:
        """Polls one source, or reads one page; gives False, at once, when it has to wait.

        Args:
            host: That it is asked from; "" where hosts need no turns.
            page: It is a page behind an item.
            quarantined: Its answers stopped the parser before: at most one such source is polled at a time.
        """
        doors = {f"{'pages' if page else 'host'} {host}": HOST_THREADS} if host else {}
        limits = doors | ({WARD: 1} if quarantined else {})
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
