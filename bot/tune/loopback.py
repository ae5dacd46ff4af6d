"""A web server on loopback, in a process of its own, that serves made-up feeds under any host name.

Each feed (host and path) begins with its first edition and gets a new one at one poll in `made_feeds.UNCHANGED`, so
that two servers give two clients the same answers. Two feeds in three know validators; the third sends its body each
time.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import ssl
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from bot.tune import made_feeds

# Host, path and If-None-Match of a request ("" when absent) to the whole answer; an empty one closes the connection.
Answers = Callable[[str, str, str], bytes]


class Editions:
    """Answers with feeds."""

    def __init__(self) -> None:
        self._polls: dict[str, int] = {}
        self._edition: dict[str, int] = {}

    def __call__(self, host: str, path: str, known: str) -> bytes:
        """The feed of an address, or 304."""
        name = host + path
        polls = self._polls[name] = self._polls.get(name, -1) + 1
        mark = zlib.crc32(name.encode())
        if polls and (mark + polls * 7) % made_feeds.UNCHANGED == 0:
            self._edition[name] = self._edition.get(name, 0) + 1
        edition = self._edition.get(name, 0)
        etag = f'"{edition}"' if mark % 3 else ""
        if etag and known == etag:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
        return page(made_feeds.feed(name, edition), f"ETag: {etag}" if etag else "")


def page(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer."""
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Content-Type: application/rss+xml", *headers)
    return "\r\n".join((*filter(None, lines), "", "")).encode() + body


@contextmanager
def serving(
    answers: Callable[[], Answers] = Editions, *, tls: Callable[[], ssl.SSLContext] | None = None
) -> Iterator[int]:
    """A server for as long as the block runs; gives its port.

    Args:
        answers: Makes what answers, in the server's process; must be importable there.
        tls: Makes its certificate, likewise; None: plain HTTP.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, answers, tls), daemon=True)
    process.start()
    there.close()
    try:
        yield int(here.recv())
    finally:
        here.close()
        process.join(5)
        process.kill()
        process.join()


def _serve(line: Connection, answers: Callable[[], Answers], tls: Callable[[], ssl.SSLContext] | None) -> None:
    """The life of the server's process: until the other end of the line closes."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        answering = answers()
        server = await loop.create_server(
            lambda: _Peer(answering), "127.0.0.1", 0, backlog=512, ssl=tls() if tls else None
        )
        line.send(server.sockets[0].getsockname()[1])
        over = asyncio.Event()
        loop.add_reader(line.fileno(), over.set)
        await over.wait()
        server.close()

    asyncio.run(run())


class _Peer(asyncio.Protocol):
    """One connection; requests on it one after the other."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._data = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP gives no other
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        self._data += data
        while (end := self._data.find(b"\r\n\r\n")) >= 0 and self._transport is not None:
            head, self._data = self._data[:end].decode("latin-1"), self._data[end + 4 :]
            first, *lines = head.split("\r\n")
            fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            answer = self._answers(fields.get("host", ""), first.split(" ")[1], fields.get("if-none-match", ""))
            if not answer:
                self._transport.abort()
                return
            self._transport.write(answer)
