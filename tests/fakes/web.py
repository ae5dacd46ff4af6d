"""A web server on loopback that serves what a test registers, and breaks in every way that the web does.

    with WebServer() as web:
        web.on("/feed", ok(RSS, "application/rss+xml", etag='"1"'), status(503))
        fetch(web.url("/feed"))
        assert web.requests[0].headers["user-agent"].startswith("Monazite/")

Each path has a list of behaviours: one per request, the last one for all that follow. Behaviours write raw bytes to the
socket, so nothing that a real server would refuse to send is out of reach.
"""

from __future__ import annotations

import contextlib
import gzip as gziplib
import itertools
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it came in."""

    method: str
    path: str  # with query
    headers: Mapping[str, str]  # names in lower case


class Wire:
    """The server's end of one connection."""

    def __init__(self, sock: socket.socket, stopping: threading.Event) -> None:
        self._sock = sock
        self._stopping = stopping

    def send(self, data: bytes) -> None:
        """Write everything; OSError when the client is gone."""
        self._sock.sendall(data)

    def hold(self) -> None:
        """Say nothing more until the client goes away or the server stops."""
        self._sock.settimeout(0.05)
        while not self._stopping.is_set():
            try:
                if not self._sock.recv(4096):
                    return
            except TimeoutError:
                continue

    def reset(self) -> None:
        """Close with a TCP reset."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._sock.close()


Behaviour = Callable[[Wire, Seen], None]


@dataclass(slots=True)
class WebServer:
    """A server in threads of its own; a context manager."""

    tls: ssl.SSLContext | None = None
    host: str = "127.0.0.1"
    requests: list[Seen] = field(default_factory=list)  # in order of arrival
    connections: int = 0  # accepted, whether or not a request came
    _routes: dict[str, list[Behaviour]] = field(default_factory=dict)
    _socket: socket.socket = field(init=False)
    _threads: list[threading.Thread] = field(default_factory=list)
    _open: set[socket.socket] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stopping: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        self._socket = socket.create_server((self.host, 0), family=family)
        thread = threading.Thread(target=self._accept, name="web", daemon=True)
        thread.start()
        self._threads.append(thread)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        # Wakes the thread that accepts; closing alone would leave it waiting.
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        with self._lock:
            for sock in self._open:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(timeout=10)

    @property
    def port(self) -> int:
        """Port on loopback."""
        return int(self._socket.getsockname()[1])

    @property
    def netloc(self) -> str:
        """Host and port, as `allow_hosts` takes them."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def url(self, path: str = "/") -> str:
        """Address of a path."""
        return f"{'https' if self.tls else 'http'}://{self.netloc}{path}"

    def on(self, path: str, *behaviours: Behaviour) -> str:
        """Serve a path (without query) from now on, and give its address."""
        with self._lock:
            self._routes[path] = list(behaviours)
        return self.url(path)

    def paths(self) -> list[str]:
        """Paths that were asked for, in order."""
        return [seen.path for seen in self.requests]

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                sock, _ = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(sock,), name="web request", daemon=True)
            with self._lock:
                self.connections += 1
                self._open.add(sock)
                self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        # Clients that break off are what half of the tests are about.
        with contextlib.suppress(OSError), sock:
            sock.settimeout(30)
            if self.tls is not None:
                with self.tls.wrap_socket(sock, server_side=True) as secure:
                    self._answer(secure)
            else:
                self._answer(sock)
        with self._lock:
            self._open.discard(sock)

    def _answer(self, sock: socket.socket) -> None:
        if self.tls is None and sock.recv(2, socket.MSG_PEEK) == b"\x16\x03":
            sock.sendall(head(400))  # a TLS handshake; plain servers answer so
            return
        seen = _read_request(sock)
        if seen is None:
            return
        with self._lock:
            self.requests.append(seen)
            behaviours = self._routes.get(seen.path.partition("?")[0])
            if behaviours is None:
                behaviour: Behaviour = status(404)
            else:
                behaviour = behaviours.pop(0) if len(behaviours) > 1 else behaviours[0]
        behaviour(Wire(sock, self._stopping), seen)


def _read_request(sock: socket.socket) -> Seen | None:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = sock.recv(65_536)
        if not piece:
            return None
        data += piece
    head, *lines = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, path, _ = head.split(" ", 2)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Seen(method, path, headers)


def head(code: int, *lines: str) -> bytes:
    """Status line and headers, with the blank line after them."""
    return "\r\n".join((f"HTTP/1.1 {code} X", *lines, "Connection: close", "", "")).encode("latin-1")


# --- what honest servers do ---------------------------------------------------------------------------------------


def ok(
    body: bytes | str,
    media_type: str = "application/rss+xml; charset=utf-8",
    *,
    code: int = 200,
    etag: str | None = None,
    last_modified: str | None = None,
    headers: tuple[str, ...] = (),
) -> Behaviour:
    """A whole answer; 304 when the client names the etag or the date, as a polite server does."""
    data = body.encode() if isinstance(body, str) else body
    extra = [f"Content-Type: {media_type}", *headers]
    extra += [f"ETag: {etag}"] if etag else []
    extra += [f"Last-Modified: {last_modified}"] if last_modified else []

    def behave(wire: Wire, seen: Seen) -> None:
        known = (etag and seen.headers.get("if-none-match") == etag) or (
            last_modified and seen.headers.get("if-modified-since") == last_modified
        )
        if known:
            wire.send(head(304, *extra))
        else:
            wire.send(head(code, f"Content-Length: {len(data)}", *extra) + data)

    return behave


def chunked(*pieces: bytes, media_type: str = "application/rss+xml", end: bool = True) -> Behaviour:
    """A body in chunks; without `end` the last, empty one never comes."""

    def behave(wire: Wire, _: Seen) -> None:
        wire.send(head(200, f"Content-Type: {media_type}", "Transfer-Encoding: chunked"))
        for piece in pieces:
            wire.send(b"%x\r\n%s\r\n" % (len(piece), piece))
        if end:
            wire.send(b"0\r\n\r\n")

    return behave


def gzip(body: bytes, media_type: str = "application/rss+xml", *, etag: str | None = None) -> Behaviour:
    """A compressed answer."""
    return ok(gziplib.compress(body), media_type, etag=etag, headers=("Content-Encoding: gzip",))


def redirect(location: str, code: int = 302, *, headers: tuple[str, ...] = ()) -> Behaviour:
    """On to another address."""
    return lambda wire, _: wire.send(head(code, f"Location: {location}", "Content-Length: 0", *headers))


def status(code: int, *, retry_after: str | None = None, body: bytes = b"<h1>no</h1>") -> Behaviour:
    """An answer without success."""
    extra = (f"Retry-After: {retry_after}",) if retry_after else ()
    return lambda wire, _: wire.send(
        head(code, f"Content-Length: {len(body)}", "Content-Type: text/html", *extra) + body
    )


def page(title: str = "Sign in") -> Behaviour:
    """A web page with status 200 where something else was expected."""
    return ok(
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body>Please sign in.</body></html>", "text/html"
    )


# --- what breaks --------------------------------------------------------------------------------------------------


def silence() -> Behaviour:
    """Takes the request and never answers."""
    return lambda wire, _: wire.hold()


def drip(body: bytes, *, at_once: int = 1) -> Behaviour:
    """An endless answer, a few bytes a packet, without any pause: slowness is a matter of the client's clock."""

    def behave(wire: Wire, _: Seen) -> None:
        wire.send(head(200, "Content-Type: application/rss+xml"))
        for piece in _endless(body, at_once):
            wire.send(piece)

    return behave


def _endless(body: bytes, size: int) -> Iterator[bytes]:
    while True:
        for start in range(0, len(body), size):
            yield body[start : start + size]


def stall(body: bytes, after: int) -> Behaviour:
    """Announces a body, sends some of it and falls silent."""

    def behave(wire: Wire, _: Seen) -> None:
        wire.send(head(200, f"Content-Length: {len(body)}", "Content-Type: application/rss+xml") + body[:after])
        wire.hold()

    return behave


def reset(body: bytes = b"", after: int = 0) -> Behaviour:
    """Announces a body, sends some of it and resets the connection."""

    def behave(wire: Wire, _: Seen) -> None:
        if after:
            wire.send(head(200, f"Content-Length: {len(body)}", "Content-Type: application/rss+xml") + body[:after])
        wire.reset()

    return behave


def truncate(body: bytes, after: int, *, etag: str | None = None) -> Behaviour:
    """Announces a body, sends some of it and closes."""
    extra = (f"ETag: {etag}",) if etag else ()
    announced = head(200, f"Content-Length: {len(body)}", "Content-Type: application/rss+xml", *extra)
    return lambda wire, _: wire.send(announced + body[:after])


def overrun(body: bytes, announced: int) -> Behaviour:
    """Sends more than it announces."""
    return lambda wire, _: wire.send(head(200, f"Content-Length: {announced}") + body)


def gzip_truncated(body: bytes, cut: int = 20, *, etag: str | None = None) -> Behaviour:
    """A compressed body without its end, with a Content-Length that says nothing of it."""
    return ok(gziplib.compress(body)[:-cut], etag=etag, headers=("Content-Encoding: gzip",))


def bomb(size: int, *, encoding: str = "gzip") -> Behaviour:
    """So many bytes of nothing in one compressed stream; only its checksum, which nobody should reach, is wrong."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    start = packer.flush(zlib.Z_FULL_FLUSH)
    step = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return ok(start + step * (size >> 20) + packer.flush(), headers=(f"Content-Encoding: {encoding}",))


def informational_loop() -> Behaviour:
    """Status 103 without end."""

    def behave(wire: Wire, _: Seen) -> None:
        while True:
            wire.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 200)

    return behave


def header_flood() -> Behaviour:
    """Headers without end."""

    def behave(wire: Wire, _: Seen) -> None:
        wire.send(b"HTTP/1.1 200 OK\r\n")
        while True:
            wire.send(b"X-Flood: " + b"a" * 1000 + b"\r\n")

    return behave


def slow_headers() -> Behaviour:
    """A header that never ends, byte by byte."""

    def behave(wire: Wire, _: Seen) -> None:
        wire.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while True:
            wire.send(b"a")

    return behave


def versions(make: Callable[[int], bytes]) -> Behaviour:
    """Another body with every request: `make` gets their number, from 0 on."""
    count = itertools.count()

    def behave(wire: Wire, seen: Seen) -> None:
        ok(make(next(count)))(wire, seen)

    return behave


def raw(data: bytes) -> Behaviour:
    """Exactly these bytes, then the end."""
    return lambda wire, _: wire.send(data)


BREAKING: Mapping[str, Behaviour] = {
    "silence": silence(),
    "drip": drip(b"<rss>" * 100),
    "stall": stall(b"<rss>" * 100, 50),
    "stall at once": stall(b"<rss>" * 100, 0),
    "reset": reset(),
    "reset in body": reset(b"<rss>" * 100, 50),
    "truncated": truncate(b"<rss>" * 100, 50),
    "truncated at once": truncate(b"<rss>" * 100, 0),
    "overrun": overrun(b"<rss>" * 100, 20),
    "chunks without end": chunked(b"<rss>", b"<channel>", end=False),
    "gzip truncated": gzip_truncated(b"<rss>" * 1000, cut=8),
    "gzip of nothing": ok(b"", headers=("Content-Encoding: gzip",)),
    "gzip that is none": ok(b"<rss/>", headers=("Content-Encoding: gzip",)),
    "brotli": ok(b"\x0b\x02\x80<rss>\x03", headers=("Content-Encoding: br",)),
    "gzip twice": ok(gziplib.compress(gziplib.compress(b"<rss/>")), headers=("Content-Encoding: gzip, gzip",)),
    "bomb": bomb(64 << 20),
    "informational loop": informational_loop(),
    "header flood": header_flood(),
    "slow headers": slow_headers(),
    "two lengths": raw(head(200, "Content-Length: 6", "Content-Length: 60") + b"<rss/>"),
    "length and chunks": raw(
        head(200, "Content-Length: 60", "Transfer-Encoding: chunked") + b"6\r\n<rss/>\r\n0\r\n\r\n"
    ),
    "endless chunk size": raw(head(200, "Transfer-Encoding: chunked") + b"0" * 200_000),
    "no HTTP": raw(b"SSH-2.0-OpenSSH_9.2p1\r\n"),
    "nothing": raw(b""),
    "bad length": raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"),
    "bad chunk": raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss>\r\n"),
    "redirect to itself": redirect("/redirect to itself"),
    "redirect nowhere": redirect("http://"),
    "redirect to a file": redirect("file:///etc/passwd"),
    "redirect inside": redirect("http://169.254.169.254/latest/meta-data/"),
    "redirect without end": redirect("?again"),
    "teapot": status(418),
    "too many": status(429, retry_after="120"),
    "out of order": status(500),
    "unavailable": status(503),
    "no content": raw(b"HTTP/1.1 204 No Content\r\n\r\n"),
    "uncalled-for 304": raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    "partial": status(206),
}
"""Every way to fail that is known, by name; for tests that hold for all of them."""
