"""A Slack on loopback that keeps the documented limits, loses answers on request and remembers everything.

    with FakeSlack() as slack:
        slack.add_channel("#desk")
        settings = SlackSettings(token=Secret(slack.token), base_url=slack.base_url)
        slack.on_next("chat.postMessage", Fault.DROP_AFTER)

Limits: 50 blocks, 150 characters in a header, 3,000 in a text object, 10 elements in a context block, 40,000 characters
of text, about 13,000 characters of blocks in all, one message a second and channel with short bursts, pages of history,
no names in history calls, scopes, one dialog per trigger. Sources: docs.slack.dev (Block Kit reference, methods, rate
limits) and issue 2509 of slackapi/bolt-js.
"""

from __future__ import annotations

import contextlib
import json
import re
import socket
import struct
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from tests.canaries import SLACK_APP_TOKEN, SLACK_BOT_TOKEN
from tests.fakes.slack_limits import complaint, view_complaint

SCOPES = (
    *("chat:write", "channels:read", "channels:history", "groups:read", "groups:history", "usergroups:read"),
    *("commands", "im:write", "im:history"),
)
NEEDS = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "conversations.list": "channels:read",
    "conversations.history": "channels:history",
    "conversations.replies": "channels:history",
    "conversations.open": "im:write",
    "usergroups.list": "usergroups:read",
    "chat.postEphemeral": "chat:write",
}
FREE = frozenset({"auth.test", "views.open", "views.publish", "apps.connections.open"})  # need no scope
APP_LEVEL = frozenset({"apps.connections.open"})  # take the app's own token


class Fault(Enum):
    """What goes wrong with one call."""

    DROP_BEFORE = "the connection closes, nothing was accepted"
    DROP_AFTER = "the message is accepted, then the connection closes without an answer"
    RESET_AFTER = "the message is accepted, then the connection is reset"
    STATUS_BEFORE = "HTTP 503 by Slack's front door, nothing was accepted"
    STATUS_AFTER = "the message is accepted, then HTTP 500"
    INTERNAL_AFTER = "the message is accepted, then ok: false, internal_error"
    SILENT_AFTER = "the message is accepted, then no answer until the server is closed"
    HTML = "a page of a proxy with status 200"
    FORBIDDEN = "HTTP 403 of a proxy"
    LIMITED = "HTTP 429 with Retry-After: 7"
    NO_TS = "accepted, but the answer names no message"


ACCEPTING = {
    Fault.DROP_AFTER,
    Fault.RESET_AFTER,
    Fault.STATUS_AFTER,
    Fault.INTERNAL_AFTER,
    Fault.SILENT_AFTER,
    Fault.NO_TS,
}


@dataclass
class FakeChannel:
    """A conversation and what the bot may do there."""

    id: str
    name: str  # without '#'
    is_member: bool = True
    is_archived: bool = False
    is_private: bool = False
    tokens: float = 3.0  # of the rate limit
    filled_at: float = 0.0


@dataclass
class Posted:
    """A message as it stands."""

    channel: str
    ts: str
    args: dict[str, Any]
    thread_ts: str | None
    metadata: dict[str, Any] | None
    visible_at: float
    edits: list[dict[str, Any]] = field(default_factory=list)

    @property
    def delivery_id(self) -> str | None:
        """Of the metadata."""
        found: str | None = (self.metadata or {}).get("event_payload", {}).get("delivery_id")
        return found

    @property
    def current(self) -> dict[str, Any]:
        """Text and blocks as people see them now."""
        return self.args | {k: v for edit in self.edits for k, v in edit.items() if k in ("text", "blocks")}


@dataclass
class Call:
    """One request."""

    method: str
    args: dict[str, Any]


class SlackError(Exception):
    """An answer with ok: false."""


class FakeSlack:
    """See the module. `now` gives seconds since 1970; rate limit, history lag and timestamps follow it."""

    token = SLACK_BOT_TOKEN
    app_token = SLACK_APP_TOKEN
    me = "U0BOT00001"

    def __init__(
        self,
        *,
        now: Callable[[], float] = time.time,
        scopes: tuple[str, ...] = SCOPES,
        rate: float | None = 1.0,
        history_lag: float = 0.0,
    ) -> None:
        self.now = now
        self.scopes = scopes
        self.rate = rate  # messages per second and channel; None switches the limit off
        self.history_lag = history_lag
        self.revoked = False
        self.page = 100  # most messages per page of history
        self.channels: dict[str, FakeChannel] = {}
        self.groups: dict[str, str] = {}  # handle -> id
        self.posts: list[Posted] = []
        self.calls: list[Call] = []
        self.faults: dict[str, deque[Fault | str]] = {}
        self.broken: list[str] = []  # faults of the fake itself
        self.team, self.enterprise = "T1", ""
        self.triggers: set[str] = set()  # each opens one dialog
        self.views: list[dict[str, Any]] = []  # dialogs that were opened
        self.homes: dict[str, dict[str, Any]] = {}  # person -> home tab
        self.whispers: list[dict[str, Any]] = []  # messages that one person sees
        self.socket_url = ""  # where apps.connections.open leads
        self.closing = threading.Event()
        self.lock = threading.RLock()
        self.server: ThreadingHTTPServer | None = None

    @property
    def base_url(self) -> str:
        """Where the API is."""
        assert self.server is not None, "use it as a context manager"
        return f"http://127.0.0.1:{self.server.server_port}/api/"

    @property
    def hook(self) -> str:
        """Where answers to one person may be handed back, as payloads name it."""
        return self.base_url.replace("/api/", "/hooks/T1/1/secret")

    def trigger(self) -> str:
        """A fresh trigger."""
        made = f"{len(self.triggers)}.{time.monotonic_ns()}.trigger"
        self.triggers.add(made)
        return made

    def told(self) -> str:
        """Everything that single persons were told, dialogs and home tabs included, as one text."""
        with self.lock:
            return json.dumps([self.whispers, self.views, self.homes], ensure_ascii=False)

    def add_channel(self, name: str, **flags: bool) -> FakeChannel:
        """A channel like "#desk"; flags are fields of FakeChannel."""
        channel = FakeChannel(id=f"C{len(self.channels):07d}", name=name.removeprefix("#"), **flags)
        channel.filled_at = self.now()
        self.channels[channel.id] = channel
        return channel

    def on_next(self, method: str, *faults: Fault | str) -> None:
        """Let the next calls of a method fail, in this order; a text is an error code of Slack's."""
        self.faults.setdefault(method, deque()).extend(faults)

    def in_channel(self, name: str) -> list[Posted]:
        """Messages that stand in a channel, replies included."""
        ids = {c.id for c in self.channels.values() if c.name == name.removeprefix("#")}
        return [post for post in self.posts if post.channel in ids]

    def called(self, method: str) -> list[Call]:
        """Requests of one method."""
        return [call for call in self.calls if call.method == method]

    def __enter__(self) -> Self:
        self.server = _Server(("127.0.0.1", 0), _Handler)
        self.server.slack = self
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
        assert self.broken == [] or kind, self.broken

    # -- methods of the API -------------------------------------------------------------------------------------------

    def answer(self, method: str, args: dict[str, Any], token: str) -> dict[str, Any]:
        """The JSON of an answer.

        Raises:
            SlackError: With Slack's error code.
        """
        if self.revoked:
            raise SlackError("token_revoked")
        if token != (self.app_token if method in APP_LEVEL else self.token):
            raise SlackError("invalid_auth")
        if NEEDS.get(method) not in (None, *self.scopes):
            raise SlackError("missing_scope")
        handler = getattr(self, "do_" + method.replace(".", "_"), None)
        if handler is None:
            raise SlackError("unknown_method")
        result: dict[str, Any] = handler(args)
        return {"ok": True, **result}

    def do_auth_test(self, args: Mapping[str, Any]) -> dict[str, Any]:
        """Who am I."""
        named = {"url": "https://desk.example/", "team": "Desk", "user": "monazite", "bot_id": "B1"}
        enterprise = {"enterprise_id": self.enterprise} if self.enterprise else {}
        return named | {"team_id": self.team, "user_id": self.me} | enterprise

    def do_apps_connections_open(self, args: Mapping[str, Any]) -> dict[str, Any]:
        """Where the socket is."""
        if not self.socket_url:
            raise SlackError("socket_mode_not_enabled")
        return {"url": f"{self.socket_url}?ticket={len(self.calls)}&app_id=A1"}

    def do_chat_postEphemeral(self, args: dict[str, Any]) -> dict[str, Any]:  # noqa: N802  # Slack's name
        """Tell one person in a channel."""
        channel = self._writable(args)
        if not str(args.get("user", "")).startswith(("U", "W")):
            raise SlackError("user_not_in_channel")
        if problem := complaint(args):
            raise SlackError(problem)
        self.whispers.append({**args, "channel": channel.id})
        return {"message_ts": f"{int(self.now())}.9"}

    def do_views_open(self, args: dict[str, Any]) -> dict[str, Any]:
        """Open a dialog; a trigger does so once."""
        view = _json(args.get("view"))
        if args.get("trigger_id") not in self.triggers:
            raise SlackError("invalid_trigger_id")
        if (problem := view_complaint(view)) or view.get("type") != "modal":
            raise SlackError(problem or "invalid_arguments")
        self.triggers.discard(str(args["trigger_id"]))
        self.views.append(view)
        return {"view": view}

    def do_views_publish(self, args: dict[str, Any]) -> dict[str, Any]:
        """Show a home tab."""
        view = _json(args.get("view"))
        if (problem := view_complaint(view)) or view.get("type") != "home":
            raise SlackError(problem or "invalid_arguments")
        self.homes[str(args["user_id"])] = view
        return {"view": view}

    def do_chat_postMessage(self, args: dict[str, Any]) -> dict[str, Any]:  # noqa: N802  # Slack's name
        """Post."""
        channel = self._writable(args)
        if problem := complaint(args):
            raise SlackError(problem)
        thread = args.get("thread_ts")
        if thread is not None and not any(p.ts == thread and p.channel == channel.id for p in self.posts):
            raise SlackError("thread_not_found")
        stamp = f"{int(self.now())}.{len(self.posts) + 1:06d}"
        post = Posted(
            channel=channel.id,
            ts=stamp,
            args=args,
            thread_ts=thread,
            metadata=args.get("metadata"),
            visible_at=self.now() + self.history_lag,
        )
        self.posts.append(post)
        return {"channel": channel.id, "ts": stamp, "message": {"text": args.get("text"), "ts": stamp}}

    def do_chat_update(self, args: dict[str, Any]) -> dict[str, Any]:
        """Edit; what the call does not name stays, metadata too."""
        post = self._post(args)
        if problem := complaint(args):
            raise SlackError(problem)
        post.edits.append(args)
        post.metadata = args.get("metadata", post.metadata)
        return {"channel": post.channel, "ts": post.ts, "text": args.get("text")}

    def do_chat_delete(self, args: dict[str, Any]) -> dict[str, Any]:
        """Delete."""
        post = self._post(args)
        self.posts.remove(post)
        return {"channel": post.channel, "ts": post.ts}

    def do_conversations_open(self, args: Mapping[str, Any]) -> dict[str, Any]:
        """The channel of the bot and one person."""
        return {"channel": {"id": self._direct(str(args.get("users", ""))).id}}

    def do_conversations_list(self, args: Mapping[str, Any]) -> dict[str, Any]:
        """Channels that the bot may see."""
        seen = [c for c in self.channels.values() if (c.is_member or not c.is_private) and not c.id.startswith("D")]
        if str(args.get("exclude_archived", "0")) in ("1", "true"):
            seen = [c for c in seen if not c.is_archived]
        rows = [
            {
                "id": c.id,
                "name": c.name,
                "is_member": c.is_member,
                "is_archived": c.is_archived,
                "is_private": c.is_private,
            }
            for c in seen
        ]
        return self._paged("channels", rows, args)

    def do_conversations_history(self, args: Mapping[str, Any]) -> dict[str, Any]:
        """Messages of a channel without replies, newest first."""
        channel = self._readable(args)
        posts = [p for p in reversed(self.posts) if p.channel == channel.id and p.thread_ts in (None, p.ts)]
        return self._paged("messages", self._messages(posts, args), args)

    def do_conversations_replies(self, args: Mapping[str, Any]) -> dict[str, Any]:
        """A thread, root first."""
        channel = self._readable(args)
        posts = [p for p in self.posts if p.channel == channel.id and args.get("ts") in (p.ts, p.thread_ts)]
        if not posts:
            raise SlackError("thread_not_found")
        return self._paged("messages", self._messages(posts, args), args)

    def do_usergroups_list(self, args: Mapping[str, Any]) -> dict[str, Any]:
        """Groups that can be mentioned."""
        return {"usergroups": [{"id": i, "handle": h} for h, i in self.groups.items()]}

    # -- inside -------------------------------------------------------------------------------------------------------

    def _writable(self, args: Mapping[str, Any]) -> FakeChannel:
        wanted = str(args.get("channel", ""))
        if re.fullmatch(r"[UW][A-Z0-9]+", wanted):
            self._direct(wanted)  # posting to a person opens the channel
        found = [c for c in self.channels.values() if wanted in (c.id, f"#{c.name}", c.name)]
        if not found or (found[0].is_private and not found[0].is_member):
            raise SlackError("channel_not_found")
        channel = found[0]
        if channel.is_archived:
            raise SlackError("is_archived")
        if not channel.is_member and "chat:write.public" not in self.scopes:
            raise SlackError("not_in_channel")
        self._take_token(channel)
        return channel

    def _direct(self, person: str) -> FakeChannel:
        """The channel of the bot and one person; its name is the person's id."""
        found = [c for c in self.channels.values() if c.name == person]
        if not found:
            found = [FakeChannel(id=f"D{len(self.channels):07d}", name=person, filled_at=self.now())]
            self.channels[found[0].id] = found[0]
        return found[0]

    def _readable(self, args: Mapping[str, Any]) -> FakeChannel:
        channel = self.channels.get(str(args.get("channel", "")))  # ids only, as Slack has it
        if channel is None:
            raise SlackError("channel_not_found")
        if channel.id.startswith("D") and "im:history" not in self.scopes:
            raise SlackError("missing_scope")
        if not channel.is_member:
            raise SlackError("not_in_channel")
        return channel

    def _post(self, args: Mapping[str, Any]) -> Posted:
        for post in self.posts:
            if post.ts == args.get("ts") and post.channel == args.get("channel"):
                return post
        raise SlackError("message_not_found")

    def _take_token(self, channel: FakeChannel) -> None:
        if self.rate is None:
            return
        now = self.now()
        channel.tokens = min(3.0, channel.tokens + (now - channel.filled_at) * self.rate)
        channel.filled_at = now
        if channel.tokens < 1:
            raise SlackError("ratelimited")
        channel.tokens -= 1

    def _messages(self, posts: list[Posted], args: Mapping[str, Any]) -> list[dict[str, Any]]:
        oldest = float(args.get("oldest") or 0)
        rows: list[dict[str, Any]] = []
        for post in posts:
            if float(post.ts) <= oldest or post.visible_at > self.now():
                continue
            row = {
                "type": "message",
                "ts": post.ts,
                "bot_id": post.args.get("bot_id", "B1"),
                "text": post.current.get("text"),
            }
            if str(args.get("include_all_metadata", "0")).lower() in ("1", "true") and post.metadata:
                row["metadata"] = post.metadata
            answers = [one.ts for one in self.posts if one.thread_ts == post.ts and one.ts != post.ts]
            if answers:
                row |= {"reply_count": len(answers), "latest_reply": answers[-1]}
            rows.append(row | ({"thread_ts": post.thread_ts} if post.thread_ts else {}))
        return rows

    def _paged(self, key: str, rows: list[dict[str, Any]], args: Mapping[str, Any]) -> dict[str, Any]:
        size = min(int(args.get("limit") or 100), self.page)
        start = int(args.get("cursor") or 0)
        after = str(start + size) if start + size < len(rows) else ""
        return {
            key: rows[start : start + size],
            "has_more": bool(after),
            "response_metadata": {"next_cursor": after},
        }


def _json(value: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return made


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # every handler ends before the server is gone
    slack: FakeSlack

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone away is none of a test's business; a fault in the fake is."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            self.slack.broken.append(repr(error))


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 10

    def do_POST(self) -> None:
        slack = self.server.slack
        if self.path.startswith("/hooks/"):
            self._hand_back(slack)
            return
        method = urlsplit(self.path).path.removeprefix("/api/")
        args = self._args()
        with slack.lock:
            slack.calls.append(Call(method, args))
            fault = slack.faults[method].popleft() if slack.faults.get(method) else None
            reply = self._reply(slack, method, args, fault)
        for status, headers, body in reply:
            with contextlib.suppress(OSError):
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
        if fault is Fault.SILENT_AFTER:
            slack.closing.wait(20)

    def _hand_back(self, slack: FakeSlack) -> None:
        """Take an answer for one person."""
        with slack.lock:
            args = self._args()
            slack.calls.append(Call("response_url", args))
            problem = complaint(args)
            if not problem:
                slack.whispers.append(args)
        body = (problem or "ok").encode()
        self.send_response(400 if problem else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _args(self) -> dict[str, Any]:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        query = dict(parse_qsl(urlsplit(self.path).query))
        if body and "json" in (self.headers.get("Content-Type") or ""):
            return {**query, **json.loads(body)}
        return query | dict(parse_qsl(body.decode()))

    def _reply(
        self, slack: FakeSlack, method: str, args: dict[str, Any], fault: Fault | str | None
    ) -> Iterator[tuple[int, dict[str, str], bytes]]:
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        answer: dict[str, Any] = {"ok": False, "error": fault}
        if fault is None or fault in ACCEPTING:
            try:
                answer = slack.answer(method, args, token)
            except SlackError as error:
                answer = {"ok": False, "error": str(error)}
        return iter(self._framed(slack, answer, fault))

    def _framed(
        self, slack: FakeSlack, answer: dict[str, Any], fault: Fault | str | None
    ) -> list[tuple[int, dict[str, str], bytes]]:
        """Status, headers and body; nothing when there is to be no answer."""
        if fault in (Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.SILENT_AFTER):
            return []
        if fault is Fault.RESET_AFTER:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return []
        if fault is Fault.STATUS_BEFORE:
            return [(503, {}, b"upstream gone")]
        if fault is Fault.HTML:
            return [(200, {"Content-Type": "text/html"}, b"<html>please log in</html>")]
        if fault is Fault.FORBIDDEN:
            return [(403, {"Content-Type": "text/html"}, b"<html>denied by policy</html>")]
        headers = {"Content-Type": "application/json; charset=utf-8", "X-OAuth-Scopes": ",".join(slack.scopes)}
        if fault is Fault.LIMITED or answer.get("error") == "ratelimited":
            body = json.dumps({"ok": False, "error": "ratelimited"}).encode()
            return [(429, headers | {"Retry-After": "7" if fault is Fault.LIMITED else "1"}, body)]
        if fault is Fault.INTERNAL_AFTER:
            answer = {"ok": False, "error": "internal_error"}
        if fault is Fault.NO_TS:
            answer = {"ok": True}
        status = 500 if fault is Fault.STATUS_AFTER else 200
        return [(status, headers, json.dumps(answer).encode())]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Silent."""
