"""For measurements on this machine: every name leads to one server here, and httpx as a user would use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpcore
import httpx

from bot.fetch.network import SystemNetwork

_PUBLIC = "93.184.216.34"  # never dialled; the guard wants to see a public address


class LoopbackNetwork:
    """Every host is a server on loopback.

    Args:
        port: Of the server.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._system = SystemNetwork()

    def resolve(self, host: str, port: int, timeout: float) -> tuple[str, ...]:  # noqa: ARG002 - see the protocol
        """One public address for all."""
        return (_PUBLIC,)

    def connect(self, address: str, port: int, timeout: float) -> httpcore.NetworkStream:  # noqa: ARG002 - likewise
        """A connection to the server."""
        return self._system.connect("127.0.0.1", self._port, timeout)


@contextmanager
def plain_get(port: int) -> Iterator[Callable[[str], bytes]]:
    """A function that gets the body of an address: one client for all, as its documentation advises."""
    with httpx.Client(follow_redirects=True, trust_env=False) as client:

        def get(url: str) -> bytes:
            parts = urlsplit(url)
            local = f"http://127.0.0.1:{port}{parts.path}"
            return client.get(local, headers={"Host": parts.netloc}).content

        yield get
