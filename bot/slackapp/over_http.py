"""Take calls over HTTP: only signed ones, small ones and, of each, the first."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import uvicorn
from slack_bolt import BoltRequest
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from bot.config import listen_address
from bot.slackapp.building import SlackApp
from bot.types.settings import SlackSettings

PATH = "/slack/events"
MOST_BYTES = 1_000_000  # of a body; Slack's own are far smaller
PATIENCE = 10.0  # seconds in which a body must have come
VALID = 600.0  # seconds for which a signature is remembered; Slack's are good for five minutes, before and after
CALLS = 64  # at a time; more are told to come again
GRACE = 5  # seconds for calls in hand when the program stops
LOOK = 0.2  # seconds between looks at `stop`
_LENGTH = re.compile(r"[0-9]{1,9}")
_STAMP = re.compile(r"[0-9]{1,15}")


class Once:
    """Signatures that were seen: somebody who recorded a call cannot make it again."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._seen: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def first(self, signature: str) -> bool:
        """True when a signature is seen for the first time."""
        now = self._now()
        with self._lock:
            while self._seen and next(iter(self._seen.values())) < now - VALID:
                self._seen.popitem(last=False)
            if signature in self._seen:
                return False
            self._seen[signature] = now
            return True


def web(app: SlackApp, *, patience: float = PATIENCE) -> Starlette:
    """The two addresses that there are: one for Slack, one for whoever looks whether we are well.

    Args:
        app: Answers; it must ask for signatures.
        patience: Seconds in which a body must have come.
    """
    seen = Once()

    async def events(request: Request) -> Response:
        try:
            async with asyncio.timeout(patience):
                body = await _body(request)
        except TimeoutError:
            return PlainTextResponse("too slow", status_code=408)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        return await run_in_threadpool(_answer, app, seen, request, body)

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(routes=[Route(PATH, events, methods=["POST"]), Route("/healthz", healthz, methods=["GET"])])


def _answer(app: SlackApp, seen: Once, request: Request, body: bytes) -> Response:
    if not _STAMP.fullmatch(request.headers.get("x-slack-request-timestamp", "")):
        return PlainTextResponse("", status_code=401)  # the library's check of signatures takes it for a number
    done = app.dispatch(lambda: _bolt(request, body, seen))
    return to_starlette_response(done)


def _bolt(request: Request, body: bytes, seen: Once) -> BoltRequest:
    made: BoltRequest = to_bolt_request(request, body)
    made.context["once"] = seen
    return made


async def _body(request: Request) -> bytes | None:
    """The body; None when it is too large, whatever its header says."""
    length = request.headers.get("content-length", "0")
    if not _LENGTH.fullmatch(length) or int(length) > MOST_BYTES:
        return None
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)


def _between(cycle: RequestResponseCycle | None) -> bool:
    """True while no request is answered on a connection; before the first one there is no cycle."""
    return cycle is None or cycle.response_complete


def hurried(patience: float) -> type[H11Protocol]:
    """The library's reader of requests, which by itself waits for ever for the rest of a head.

    Args:
        patience: Seconds; whoever is between requests at two looks in a row is hung up on.
    """

    class Hurried(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self.loop.call_later(patience, self._look, None)

        def _look(self, before: object) -> None:
            if self.transport.is_closing():
                return
            waits = _between(self.cycle)
            if waits and before == id(self.cycle):
                self.transport.close()
            else:
                self.loop.call_later(patience, self._look, id(self.cycle) if waits else None)

    return Hurried


def serve(app: SlackApp, settings: SlackSettings, stop: threading.Event, opened: Callable[[], None]) -> None:
    """Take calls until `stop` is set, then finish those in hand.

    Args:
        app: Answers; it must ask for signatures.
        settings: Say where to listen.
        stop: Ends it.
        opened: Called once, when calls can come.

    Raises:
        OSError: Nobody can listen there.
    """
    address = listen_address(settings.listen)
    if address is None:
        raise OSError(f"{settings.listen!r} is no place to listen at")
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.create_server(address, family=family) as door:
        serve_at(door, web(app), stop, opened)


def serve_at(
    door: socket.socket,
    web: Starlette,
    stop: threading.Event,
    opened: Callable[[], None],
    *,
    patience: float = PATIENCE,
) -> None:
    """The same on a socket that listens already; `patience`: seconds in which the head of a request must have come.

    Raises:
        OSError: The server ended by itself.
    """
    config = uvicorn.Config(
        web,
        http=hurried(patience / 2),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CALLS,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=GRACE,
    )
    server = uvicorn.Server(config)
    with ThreadPoolExecutor(1, thread_name_prefix="slack-http") as threads:
        running = threads.submit(server.run, [door])
        told = False
        while not stop.wait(LOOK) and not running.done():
            if server.started and not told:
                told = True
                opened()
        server.should_exit = True
        running.result()
    if not stop.is_set():
        raise OSError("the HTTP server ended by itself")
