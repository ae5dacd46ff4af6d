"""The one door to the web: every request passes the guard, keeps within its budget and comes back as a value."""

from __future__ import annotations

import http
import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime

import httpcore
import httpx

from bot import __version__
from bot.fetch.body import Body, Collector
from bot.fetch.courtesy import Courtesy
from bot.fetch.guard import Gate, is_upgrade, parse_allowed, same_origin
from bot.fetch.network import Network, Steady, SystemNetwork, SystemSteady
from bot.fetch.pace import parse_retry_after
from bot.fetch.robots import LONGEST, TOKEN, RobotsBook
from bot.fetch.stopped import FetchStopped
from bot.fetch.transport import Budget, GuardedTransport, late
from bot.types.ids import SourceId
from bot.types.ports import Clock
from bot.types.settings import FetchSettings
from bot.types.source import Fetched, FetchFailure, FetchProblem, NotModified, Request

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.5"
)
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_WITH_BODY = frozenset((200, 203))
_UNWANTED_BYTES, _UNWANTED_SECONDS = 65_536, 1.0
_TRY_AGAIN = frozenset((408, 409, 423, 425, 429))
_CHARSET = re.compile(r"""charset\s*+=\s*+["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[^\x21-\x7e]+")
_PHRASES = {status.value: status.phrase for status in http.HTTPStatus}
_HINTS = {
    401: "it wants credentials",
    403: "it refuses this program; its feed or another address may be open",
    404: "the address has moved or was never right",
    410: "it has been closed for good; look for a new address",
    451: "it may not answer here for legal reasons",
}


class HttpFetcher:
    """Implements `bot.types.ports.Fetcher`; safe to use from many threads.

    Args:
        settings: Limits and manners.
        clock: Dates answers.
        network: Names and connections; the machine's own unless a test brings another.
        steady: Deadlines and pauses.
        tls: Trusted authorities; those of certifi and of the machine unless given.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        clock: Clock,
        network: Network | None = None,
        steady: Steady | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._network = network or SystemNetwork()
        self._steady = steady or SystemSteady()
        self._tls = tls or _default_tls()
        self._allowed = parse_allowed(settings.allow_hosts)
        self._courtesy = Courtesy(settings.per_host_seconds, self._steady)
        self._robots = RobotsBook(self._robots_txt, self._steady)
        self._agent = user_agent(settings.contact)
        # At level info httpx logs whole addresses, and a query may hold a key.
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)

    def fetch(self, request: Request, *, now: datetime) -> Fetched | NotModified | FetchFailure:
        """Make one request, redirects included; never raises for what the network does."""
        try:
            return self._fetch(request, now)
        except FetchStopped as stop:
            return FetchFailure(
                request=request,
                problem=stop.problem,
                message=stop.message,
                transient=stop.transient,
                fetched_at=self._moment(now),
                status=stop.status,
                retry_after=stop.retry_after,
            )

    def close(self) -> None:
        """Nothing to give back: connections end with the fetch that opened them."""

    def _moment(self, now: datetime) -> datetime:
        return max(now, self._clock.now())

    def _fetch(self, request: Request, now: datetime) -> Fetched | NotModified:
        gate = Gate(self._network, self._allowed, request.url, led_by=request.led_by)
        if request.robots:
            self._ask_robots(gate, gate.first)
        with self._last_answer(gate, gate.first, request, self._settings) as response:
            return self._answer(request, response, now)

    @contextmanager
    def _last_answer(
        self, gate: Gate, first: httpx.URL, request: Request, limits: FetchSettings
    ) -> Iterator[httpx.Response]:
        """The answer at the end of all redirects; a body that nobody wants has been passed over."""
        self._courtesy.wait(first.host, now=self._clock.now())
        budget = Budget(limits, self._steady)
        with self._client(gate, budget) as client:
            url = first
            for _ in range(limits.max_redirects + 1):
                response = self._send(client, url, self._headers(request, first, url))
                with closing(response):
                    redirected = response.status_code in _REDIRECTS and "location" in response.headers
                    if redirected or response.status_code not in _WITH_BODY:
                        _pass_over(response, budget)
                    if not redirected:
                        self._remember(response)
                        yield response
                        return
                    here, url = url, _followed(gate, response)
                with budget.stopped():
                    if request.robots:
                        self._ask_robots(gate, url)
                    if url.host != here.host:
                        self._courtesy.wait(url.host, now=self._clock.now())
        raise FetchStopped(
            FetchProblem.REDIRECT,
            f"{first.host} redirects more than {limits.max_redirects} times.",
            transient=False,
        )

    def _remember(self, response: httpx.Response) -> None:
        """How a host took a request decides how soon it gets the next one."""
        host, status, now = response.url.host, response.status_code, self._clock.now()
        if status in (403, 429):
            # 503 is not among them: what one address says of its repair must not close the others of its host.
            asked = parse_retry_after(response.headers.get("retry-after", ""), now=now) if status == 429 else None
            self._courtesy.refused(host, now=now, pause=asked)
        elif status < 400:
            self._courtesy.answered(host)

    def _ask_robots(self, gate: Gate, url: httpx.URL) -> None:
        self._courtesy.space(url.host, self._robots.check(gate, url))

    def _robots_txt(self, gate: Gate, url: httpx.URL) -> bytes:
        """A robots.txt, b"" when the site has none.

        Raises:
            FetchStopped: Nobody knows whether it has one.
        """
        limits = replace(self._settings, max_wire_bytes=2 * LONGEST)
        request = Request(source_id=SourceId(""), url=str(url))
        with self._last_answer(gate, url, request, limits) as response:
            if response.status_code in _WITH_BODY:
                return self._body(response, limit=LONGEST, cut=True).data
            if response.status_code >= 500 or response.status_code == 429:
                raise self._bad_status(response, self._clock.now())
            return b""

    @contextmanager
    def _client(self, gate: Gate, budget: Budget) -> Iterator[httpx.Client]:
        transport = GuardedTransport(gate, budget, network=self._network, tls=self._tls, settings=self._settings)
        # The transport keeps time itself: httpx knows no deadline for a whole answer.
        with httpx.Client(transport=transport, trust_env=False, follow_redirects=False) as client:
            # httpx brings headers of its own, among them encodings that we do not take.
            client.headers = httpx.Headers({"Accept": _ACCEPT, "Accept-Encoding": "gzip", "User-Agent": self._agent})
            yield client

    def _headers(self, request: Request, first: httpx.URL, url: httpx.URL) -> dict[str, str]:
        """Validators for every hop; the source's own headers, which may hold a key, for its own origin only."""
        headers = {}
        if request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        if same_origin(first, url) or is_upgrade(first, url):
            headers.update(request.headers)
        return headers

    def _send(self, client: httpx.Client, url: httpx.URL, headers: dict[str, str]) -> httpx.Response:
        host = url.host
        try:
            return client.send(client.build_request("GET", url, headers=headers), stream=True)
        except (httpcore.TimeoutException, httpx.TimeoutException):
            raise late(host, self._settings.deadline) from None
        except (httpcore.RemoteProtocolError, httpx.RemoteProtocolError):
            raise FetchStopped(FetchProblem.BROKEN, f"{host} does not answer as a web server does.") from None
        except httpx.InvalidURL:  # httpx looks at a Location even when it is not to follow it
            raise _lost(host) from None
        except (httpcore.NetworkError, httpx.NetworkError):
            raise FetchStopped(FetchProblem.BROKEN, f"{host} broke off the connection.") from None
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, httpx.HTTPError, ValueError) as error:
            raise FetchStopped(
                FetchProblem.BROKEN,
                f"The request to {host} could not be sent ({type(error).__name__}); check the source's headers.",
                transient=False,
            ) from None

    def _answer(self, request: Request, response: httpx.Response, now: datetime) -> Fetched | NotModified:
        status = response.status_code
        if status == 304 and (request.etag or request.last_modified):
            return NotModified(request=request, fetched_at=self._moment(now))
        if status not in _WITH_BODY:
            raise self._bad_status(response, self._moment(now))
        body = self._body(response, limit=self._settings.max_body_bytes)
        media_type, charset = _content_type(response.headers.get("content-type", ""))
        return Fetched(
            request=request,
            final_url=str(response.url),
            status=status,
            media_type=media_type,
            charset=charset,
            body=body.data,
            complete=body.complete,
            fetched_at=self._moment(now),
            # A validator of half an answer would keep the other half from ever being fetched.
            etag=_validator(response.headers.get("etag", "")) if body.complete else None,
            last_modified=_validator(response.headers.get("last-modified", "")) if body.complete else None,
        )

    def _body(self, response: httpx.Response, *, limit: int, cut: bool = False) -> Body:
        host = response.url.host
        encoding = response.headers.get("content-encoding", "")
        collector = Collector(host, encoding, limit=limit, cut=cut)
        ended = True
        try:
            collector.take(response.iter_raw())
        except (httpcore.TimeoutException, httpx.TimeoutException):
            raise FetchStopped(
                FetchProblem.TIMEOUT,
                f"{host} stopped in the middle of its answer for the rest of {self._settings.deadline:g} seconds.",
            ) from None
        except (httpcore.ProtocolError, httpcore.NetworkError, httpx.TransportError):
            ended = False
        return collector.finish(ended=ended)

    def _bad_status(self, response: httpx.Response, now: datetime) -> FetchStopped:
        host, status = response.url.host, response.status_code
        pause = parse_retry_after(response.headers.get("retry-after", ""), now=now)
        name = _PHRASES.get(status, "no standard status")
        message = f"{host} answers {status} ({name})"
        if status == 429 or (status == 503 and pause is not None):
            problem = FetchProblem.RATE_LIMITED
            hint = (
                "it wants to be asked less often" if status == 429 else "it is out of order and says when to come back"
            )
        else:
            problem = FetchProblem.STATUS
            hint = _HINTS.get(status, "it is out of order" if status >= 500 else "no content came with it")
        transient = status >= 500 or status < 400 or status in _TRY_AGAIN
        return FetchStopped(problem, f"{message}: {hint}.", transient=transient, status=status, retry_after=pause)


def user_agent(contact: str) -> str:
    """Name, version and whom to write to; what a ministry sees in its logs."""
    reachable = _UNPRINTABLE.sub("", contact).translate({ord("("): None, ord(")"): None})[:200]
    return f"{TOKEN}/{__version__} (+{reachable})" if reachable else f"{TOKEN}/{__version__}"


def _pass_over(response: httpx.Response, budget: Budget) -> None:
    """Take in a small body that nobody wants: closing on it would be a reset, which servers log as an error."""
    size = 0
    broken = (FetchStopped, httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)
    with suppress(*broken), budget.hurry(_UNWANTED_SECONDS):
        for chunk in response.iter_raw():
            size += len(chunk)
            if size > _UNWANTED_BYTES:
                break


def _followed(gate: Gate, response: httpx.Response) -> httpx.URL:
    """Where a redirect leads, after the guard had a look at it."""
    here = response.url
    try:
        target = str(here.join(response.headers["location"].strip()))
    except (httpx.InvalidURL, ValueError):
        raise _lost(here.host) from None
    url = gate.checked(target)
    if here.scheme == "https" and url.scheme == "http":
        raise FetchStopped(
            FetchProblem.REDIRECT,
            f"{here.host} redirects from https to http, where anybody could change what it says.",
            transient=False,
        )
    return url


def _lost(host: str) -> FetchStopped:
    return FetchStopped(FetchProblem.REDIRECT, f"{host} redirects to something that is no address.", transient=False)


def _content_type(header: str) -> tuple[str, str | None]:
    media_type, _, rest = header[:500].partition(";")
    charset = _CHARSET.search(rest)
    return media_type.strip().lower(), charset[1].lower() if charset else None


def _validator(header: str) -> str | None:
    """A validator that can be sent back as it came."""
    return header if 0 < len(header) <= 1000 and header.isascii() and header.isprintable() else None


def _default_tls() -> ssl.SSLContext:
    """The authorities of certifi, since slim images carry none, and the machine's, where companies add their own."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context
