"""A receiver of webhooks on loopback that checks signatures as its documentation asks, and fails on request."""

from __future__ import annotations

import hashlib
import hmac
import json
import ssl
import threading
from collections import deque
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

OLDEST = 300  # seconds that a signature holds


@dataclass(frozen=True)
class Hook:
    """One accepted call."""

    event: str
    delivery: str
    body: dict[str, Any]
    raw: bytes


class FakeReceiver:
    """Accepts what is signed with its secret; `now` is its clock, `answers` the statuses of the next calls.

    An answer of 0 accepts the call and closes the connection without a word.
    """

    def __init__(self, secret: str, *, now: float, tls: ssl.SSLContext | None = None) -> None:
        self.secret = secret
        self.now = now
        self.hooks: list[Hook] = []
        self.refused: list[str] = []
        self.requests = 0
        self.answers: deque[tuple[int, dict[str, str]]] = deque()
        self._tls = tls
        self._server: _Server | None = None

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._server is not None
        return self._server.server_port

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}/hook?team=desk"

    def complaint(self, signature: str, body: bytes) -> str | None:
        """What is wrong with a signature."""
        fields = dict(part.split("=", 1) for part in signature.split(",") if "=" in part)
        if not fields.get("t", "").isdecimal() or "v1" not in fields:
            return "malformed"
        if abs(self.now - int(fields["t"])) > OLDEST:
            return "too old"
        expected = hmac.new(self.secret.encode(), fields["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
        return None if hmac.compare_digest(expected, fields["v1"]) else "forged"

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.receiver = self
        if self._tls:
            self._server.socket = self._tls.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    receiver: FakeReceiver

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone away is none of a test's business."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 10

    def do_POST(self) -> None:
        receiver = self.server.receiver
        receiver.requests += 1
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        problem = receiver.complaint(self.headers.get("X-Monazite-Signature", ""), body)
        if problem:
            receiver.refused.append(problem)
            self._answer(401, {})
            return
        status, headers = receiver.answers.popleft() if receiver.answers else (204, {})
        if status < 300:
            event, delivery = self.headers["X-Monazite-Event"], self.headers["X-Monazite-Delivery"]
            receiver.hooks.append(Hook(event, delivery, json.loads(body), body))
        if status:
            self._answer(status, headers)

    def _answer(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Silent."""
