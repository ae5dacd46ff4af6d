"""Many small transactions as one: each caller gets its own result, after the commit, and nobody pays for another."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from bot.errors import StorageError
from bot.pipeline.together import Together


class Ledger:
    """A database that counts transactions and holds the first one until so many callers wait."""

    def __init__(self) -> None:
        self.commits: list[int] = []  # items of each
        self.open = threading.Event()
        self.begun = threading.Event()
        self.broken = False
        self._size = 0

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        self.begun.set()
        assert self.open.wait(30)
        if self.broken:
            raise StorageError("gone")
        self._size = 0
        yield self
        self.commits.append(self._size)

    def doubled(self, items: Sequence[int]) -> list[int]:
        self._size += len(items)
        return [2 * item for item in items]


def double(tx: Any, items: Sequence[int]) -> Sequence[int]:
    if any(item < 0 for item in items):
        raise ValueError(f"no item may be negative: {list(items)}")
    found: list[int] = tx.doubled(items)
    return found


def outcomes(together: Together, ledger: Ledger, items: Sequence[int]) -> list[int | str]:
    """One thread per item; all but the first come while its transaction is open."""

    def do(item: int) -> int | str:
        try:
            return together.do(double, item)
        except (ValueError, StorageError) as error:
            return type(error).__name__

    with ThreadPoolExecutor(len(items)) as threads:
        first = threads.submit(do, items[0])
        assert ledger.begun.wait(30)
        others = [threads.submit(do, item) for item in items[1:]]
        waiting = threading.Event()
        while len(together._groups[double].waiting) < len(others):
            waiting.wait(0.001)
        ledger.open.set()
        return [one.result(30) for one in (first, *others)]


def test_those_who_come_meanwhile_share_the_next_transaction() -> None:
    ledger = Ledger()
    together = Together(ledger)  # type: ignore[arg-type]
    assert outcomes(together, ledger, range(9)) == [0, 2, 4, 6, 8, 10, 12, 14, 16]
    assert ledger.commits == [1, 8]


def test_an_item_that_raises_costs_the_others_nothing() -> None:
    ledger = Ledger()
    together = Together(ledger)  # type: ignore[arg-type]
    assert outcomes(together, ledger, [1, 2, -3, 4]) == [2, 4, "ValueError", 8]
    assert ledger.commits == [1, 1, 1]


def test_when_the_database_is_gone_everybody_is_told() -> None:
    ledger = Ledger()
    ledger.broken = True
    together = Together(ledger)  # type: ignore[arg-type]
    assert outcomes(together, ledger, [1, 2, 3]) == ["StorageError"] * 3
    ledger.broken = False
    assert together.do(double, 4) == 8


def test_one_alone_does_not_wait_for_company() -> None:
    ledger = Ledger()
    ledger.open.set()
    together = Together(ledger)  # type: ignore[arg-type]
    assert [together.do(double, item) for item in (1, 2)] == [2, 4]
    assert ledger.commits == [1, 1]
    with pytest.raises(ValueError, match="negative"):
        together.do(double, -1)
