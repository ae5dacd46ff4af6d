"""A loopback server that answers for every recorded source, and for Slack.

Feeds are kept as UTF-8 text and leave the server in the encoding of their manifest row, so that the wire carries
Shift_JIS or GB18030 while a person can read and edit the files. The Slack side takes posts and edits and keeps them for
the page; it speaks just the calls that the Slack channel makes.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from bot.types.ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One path of the newsroom."""

    path: str  # on the server, e.g. "/cn/mofcom/gg/2026/"
    media_type: str
    charset: str  # encoding on the wire
    acts: tuple[str, ...]  # file per act; the last one stands for all later acts
    status: int = 200  # 503: the source is down
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Posted:
    """One message as Slack would hold it."""

    channel: str
    ts: str
    at: datetime
    payload: dict[str, Any]
    thread_ts: str | None = None
    earlier: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)  # forms before each edit
    changed: datetime | None = None  # of the last edit


def recordings() -> tuple[Recording, ...]:
    """All rows of the manifest."""
    rows = json.loads((_folder() / "manifest.json").read_text(encoding="utf-8"))["feeds"]
    return tuple(Recording(**{**row, "acts": tuple(row["acts"])}) for row in rows)


def _folder() -> Traversable:
    return files("bot.demo") / "recorded"


TEAM = "TDEMO"  # id of the workspace


class Newsroom:
    """The server; a context manager that owns its thread."""

    def __init__(self, clock: Clock) -> None:
        self.act = 0
        self._clock = clock
        self.requests: list[tuple[str, int]] = []  # (path, status), in order
        self.posted: list[Posted] = []
        self.news: dict[str, str] = {}  # path -> items that its feed begins with, beside what was recorded
        self._recordings = {r.path: r for r in recordings()}
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, name="newsroom", daemon=True)

    @property
    def host(self) -> str:
        """Host and port, e.g. "127.0.0.1:40123"."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, path: str, *, etag: str | None) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body for a GET in the current act."""
        recording = self._recordings.get(path)
        if recording is None:
            return 404, {"Content-Type": "text/plain"}, b"not recorded"
        if recording.status != 200:
            return recording.status, {"Content-Type": "text/html", **recording.headers}, b"<h1>Service Unavailable</h1>"
        name = recording.acts[min(self.act, len(recording.acts) - 1)]
        text = (_folder() / name).read_text(encoding="utf-8").replace("{HOST}", self.host)
        text = text.replace("<item>", f"{self.news.get(path, '')}<item>", 1)
        body = text.encode(recording.charset, errors="xmlcharrefreplace")
        tag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
        headers = {
            "Content-Type": f"{recording.media_type}; charset={recording.charset}",
            "ETag": tag,
            **recording.headers,
        }
        return (304, headers, b"") if etag == tag else (200, headers, body)

    def slack(self, method: str, form: Mapping[str, Any]) -> dict[str, Any]:
        """Answer of a Slack Web API method."""
        with self._lock:
            if method == "chat.postMessage":
                post = Posted(
                    channel=str(form["channel"]),
                    ts=f"{int(self._clock.now().timestamp())}.{len(self.posted):06d}",
                    at=self._clock.now(),
                    payload=dict(form),
                    thread_ts=form.get("thread_ts"),
                )
                self.posted.append(post)
                return {"ok": True, "channel": post.channel, "ts": post.ts}
            if method == "chat.update":
                for post in self.posted:
                    if post.ts == form.get("ts"):
                        post.earlier.append((post.changed or post.at, post.payload))
                        post.changed = self._clock.now()
                        post.payload = {**post.payload, **form}
                        return {"ok": True, "channel": post.channel, "ts": post.ts}
                return {"ok": False, "error": "message_not_found"}
            if method == "auth.test":
                return {
                    "ok": True, "team": "demo", "user": "monazite", "bot_id": "B0", "team_id": TEAM, "user_id": "UBOT"
                }  # fmt: skip
            if method == "chat.postEphemeral":  # what only one person is told
                return {"ok": True, "message_ts": "0.0"}
        return {"ok": False, "error": "unknown_method"}


def _handler(newsroom: Newsroom) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            status, headers, body = newsroom.answer(path, etag=self.headers.get("If-None-Match"))
            newsroom.requests.append((path, status))
            self._reply(status, headers, body)

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("utf-8")
            if "json" in self.headers.get("Content-Type", ""):
                form: dict[str, Any] = json.loads(raw or "{}")
            else:
                form = {k: _field(v[0]) for k, v in parse_qs(raw, keep_blank_values=True).items()}
            body = json.dumps(newsroom.slack(self.path.rsplit("/", 1)[-1], form)).encode()
            self._reply(200, {"Content-Type": "application/json"}, body)

        def _reply(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - name given by the base class
            """Keep the terminal for the demo's own tables."""

    return Handler


def _field(text: str) -> Any:
    """Form fields that hold JSON (blocks, metadata) as data; everything else as text."""
    if text[:1] in "[{":
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            return text
    return text
