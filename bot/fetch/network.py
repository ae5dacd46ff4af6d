"""The outside world as `fetch` sees it: names, connections and the passing of time."""

from __future__ import annotations

import queue
import socket
import threading
import time
from ipaddress import ip_address
from typing import Protocol

import httpcore

from bot.fetch.stopped import FetchStopped
from bot.types.source import FetchProblem


class Network(Protocol):
    """What can be asked of names and addresses."""

    def resolve(self, host: str, port: int, timeout: float) -> tuple[str, ...]:
        """All addresses of a host name.

        Raises:
            OSError: The name does not resolve (`TimeoutError` when it takes too long).
            UnicodeError: It is no host name.
        """

    def connect(self, address: str, port: int, timeout: float) -> httpcore.NetworkStream:
        """A connection to an address.

        Raises:
            httpcore.ConnectError: It is refused or unreachable.
            httpcore.ConnectTimeout: It takes too long.
        """


class Steady(Protocol):
    """A clock that never jumps, and waiting by it."""

    def monotonic(self) -> float:
        """Seconds since some moment."""

    def sleep(self, seconds: float) -> None:
        """Wait.

        Raises:
            FetchStopped: The program is to stop; nothing must be waited for any more.
        """


class SystemSteady:
    """The machine's own.

    Args:
        stop: When set, nobody waits any longer.
    """

    def __init__(self, stop: threading.Event | None = None) -> None:
        self._stop = stop or threading.Event()

    def monotonic(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        if self._stop.wait(seconds):
            raise FetchStopped(FetchProblem.RATE_LIMITED, "The program was stopped before the turn of this request.")


class SystemNetwork:
    """The machine's resolver and sockets."""

    def __init__(self) -> None:
        self._backend = httpcore.SyncBackend()

    def resolve(self, host: str, port: int, timeout: float) -> tuple[str, ...]:
        """All addresses of a host name; numbers are their own address.

        The system's resolver knows no deadline, so it is asked in a thread of its own, which is left behind when it
        takes too long.
        """
        try:
            return (str(ip_address(host)),)
        except ValueError:
            pass
        answers: queue.SimpleQueue[tuple[str, ...] | Exception] = queue.SimpleQueue()
        threading.Thread(target=_ask, args=(host, port, answers), name=f"resolve {host[:40]}", daemon=True).start()
        try:
            found = answers.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(found, Exception):
            raise found
        return found

    def connect(self, address: str, port: int, timeout: float) -> httpcore.NetworkStream:
        """A TCP connection to an address."""
        return self._backend.connect_tcp(address, port, timeout=timeout)


def _ask(host: str, port: int, answers: queue.SimpleQueue[tuple[str, ...] | Exception]) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        answers.put(tuple(dict.fromkeys(str(entry[4][0]) for entry in found)))
    except (OSError, UnicodeError) as error:
        answers.put(error)
