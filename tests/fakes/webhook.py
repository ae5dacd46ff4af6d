"""A receiver of webhooks on loopback that checks signatures as its documentation asks, and fails on request."""

from __future__ import annotations

import hashlib
import hmac
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.posting import Answer, PostServer

OLDEST = 300  # seconds that a signature holds


@dataclass(frozen=True)
class Hook:
    """One accepted call."""

    event: str
    delivery: str
    body: dict[str, Any]
    raw: bytes


class FakeReceiver(PostServer):
    """Accepts what is signed with its secret; `now` is its clock, `answers` the statuses of the next calls.

    An answer of 0 accepts the call and closes the connection without a word.
    """

    def __init__(self, secret: str, *, now: float, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(tls=tls)
        self.secret = secret
        self.now = now
        self.hooks: list[Hook] = []
        self.refused: list[str] = []
        self.requests = 0

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

    def take(self, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """The answer to one post."""
        self.requests += 1
        if problem := self.complaint(headers.get("X-Monazite-Signature", ""), body):
            self.refused.append(problem)
            return 401, {}
        answer = self.answers.popleft() if self.answers else (204, {})
        if answer[0] < 300:
            self.hooks.append(Hook(headers["X-Monazite-Event"], headers["X-Monazite-Delivery"], json.loads(body), body))
        return answer
