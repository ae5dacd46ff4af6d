"""Do in one transaction what several threads want at the same moment, since most of a small transaction is its frame.

Nothing waits for company: whoever comes while no transaction runs begins one at once, and those who come meanwhile
share the next.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from bot.log import get_logger
from bot.storage import Database, Transaction

T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[Transaction, Sequence[T]], Sequence[R]]  # a result for each item, in their order

log = get_logger(__name__)


class Together:
    """Groups the calls of many threads, by what they want done."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._groups: dict[Any, _Group] = {}
        self._lock = threading.Lock()

    def do(self, work: Work[T, R], item: T) -> R:
        """Have an item worked on; back when the transaction that did it is committed.

        What one item raises touches no other of its group: they are all done again, each alone.

        Raises:
            StorageError: The database is gone or refuses a statement.
        """
        with self._lock:
            group = self._groups.setdefault(work, _Group())
        wish = _Wish(item)
        group.waiting.append(wish)
        with group.turn:
            if not wish.taken:
                self._try(work, group)
        if not wish.results:
            self._do(work, [wish])
        found: R = wish.results[0]
        return found

    def _try(self, work: Work[T, R], group: _Group) -> None:
        """Work for all that wait now."""
        wishes = [group.waiting.pop(0) for _ in range(len(group.waiting))]
        for wish in wishes:
            wish.taken = True
        try:
            self._do(work, wishes)
        except Exception:
            if len(wishes) == 1:
                raise
            log.warning("a group is done one by one", size=len(wishes), exc_info=True)

    def _do(self, work: Work[T, R], wishes: Sequence[_Wish]) -> None:
        with self._database.transaction() as tx:
            results = work(tx, [wish.item for wish in wishes])
        for wish, result in zip(wishes, results, strict=True):
            wish.results.append(result)


class _Wish:
    """An item that somebody waits for."""

    __slots__ = ("item", "results", "taken")

    def __init__(self, item: Any) -> None:
        self.item = item
        self.results: list[Any] = []  # one, once it is committed
        self.taken = False  # by a thread that works for others too


class _Group:
    """Those who want the same done."""

    __slots__ = ("turn", "waiting")

    def __init__(self) -> None:
        self.turn = threading.Lock()  # held by the thread whose transaction runs
        self.waiting: list[_Wish] = []
