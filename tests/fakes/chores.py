"""Work for child processes, good and bad; run there by name, as `tests.fakes.chores:add`."""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import sys
import time
from datetime import UTC, datetime
from functools import cache
from typing import Any

from bot.types.document import Gathered
from bot.types.ids import SourceId
from bot.types.source import Fetched, Item, Novelty, ParseFailure, Source


def add(*numbers: int) -> int:
    """Their sum."""
    return sum(numbers)


def who() -> int:
    """The child that answers."""
    return os.getpid()


def hang() -> None:
    """Never ends, in Python."""
    while True:
        time.sleep(0.01)


def hang_in_c() -> None:
    """Never ends, in C, holding the interpreter's lock: no signal handler and no thread of Python gets a turn."""
    ctypes.PyDLL(None).pause()


def eat() -> int:
    """Takes all memory that there is."""
    hoard = []
    while True:
        hoard.append(bytearray(16 << 20))


def die() -> None:
    """Ends the process as a crash in a C library does."""
    os.abort()


def leave(code: int) -> None:
    """Ends the process in the middle of a call."""
    os._exit(code)


def fail(message: str) -> None:
    """Raises."""
    raise KeyError(message)


def recurse() -> int:
    """Never gets to the bottom."""
    return 1 + recurse()


def stubborn() -> int:
    """Shrugs at polite signals."""
    for number in (signal.SIGTERM, signal.SIGINT):
        os.kill(os.getpid(), number)
    return os.getpid()


def environment() -> dict[str, str]:
    """What the child knows of the parent's environment."""
    return dict(os.environ)


def modules(*names: str) -> list[str]:
    """Which of these the child has imported."""
    return [name for name in names if name in sys.modules]


def chatter() -> str:
    """Writes to places where answers might be looked for."""
    print("noise", flush=True)  # noqa: T201 - that is the point
    os.write(1, b"noise")
    return "answer"


def records() -> tuple[Item, Novelty, datetime]:
    """Records of the program, which may travel."""
    moment = datetime(2026, 1, 6, tzinfo=UTC)
    return Item(source_id=SourceId("s"), url="", title="ü", body_html="", published_at=moment), Novelty.NEW, moment


def smuggle() -> Any:
    """An answer that would run code in whoever reads it."""
    return _Smuggler()


class _Smuggler:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("echo smuggled",)


def stranger() -> Any:
    """An answer of a class that is no record."""
    return _Stranger()


class _Stranger:
    pass


def large(size: int) -> bytes:
    """So many bytes."""
    return bytes(size)


def untravelled() -> Any:
    """Something that cannot be pickled."""
    return lambda: None


class Counter:
    """What an initialiser builds; counts calls and knows how often it was built."""

    def __init__(self, start: int) -> None:
        self.count = start

    def up(self, by: int) -> int:
        """Count on."""
        self.count += by
        return self.count


def prepare(start: int) -> Counter:
    """An initialiser."""
    shared().append(start)
    return Counter(start)


@cache
def shared() -> list[int]:
    """What the initialiser left in this module."""
    return []


def left() -> list[int]:
    """See what the initialiser left."""
    return shared()


def broken_start() -> None:
    """An initialiser that cannot."""
    raise ValueError("no model")


def secretly(value: bytes) -> int:
    """Size of what came."""
    return len(pickle.dumps(value))


def gather_or_hang(source: Source, fetched: Fetched, memory: str = "") -> Gathered | ParseFailure:
    """What the fake source kind makes of an answer; never ends with one that says `hang`."""
    if b"hang" in fetched.body:
        while True:
            time.sleep(0.01)
    from tests.fakes import engine

    return engine.gather(source, fetched, memory)
