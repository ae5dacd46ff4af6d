"""The door to the web, against a real server: polite to honest ones, and never fooled by the others."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpcore
import pytest

from bot.fetch.http import HttpFetcher
from bot.types.settings import FetchSettings
from bot.types.source import Fetched, FetchProblem, NotModified
from tests.fakes import tls, web
from tests.fakes.clock import START, FakeClock
from tests.fakes.internet import (
    BAD_ADDRESSES,
    DISGUISES,
    PUBLIC,
    RSS,
    Hurry,
    Internet,
    bracketed,
    failed,
    fetch,
    make,
    request,
)
from tests.fakes.web import WebServer, gzip, ok, redirect, status


@pytest.fixture(scope="module")
def context() -> ssl.SSLContext:
    """One trust store for all fetchers of this module: reading it takes longer than most tests."""
    return ssl.create_default_context()


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as found:
        yield found


@pytest.fixture
def door(server: WebServer, context: ssl.SSLContext) -> HttpFetcher:
    """A fetcher that may talk to the server, and to nothing else on this machine."""
    return make(context, allow_hosts=(server.netloc,))


# --- honest servers -----------------------------------------------------------------------------------------------


def test_a_whole_answer(server: WebServer, door: HttpFetcher) -> None:
    url = server.on("/feed", ok(RSS, "Application/RSS+XML; Charset=Shift_JIS", etag='"1"', last_modified="Tue, 06 Jan"))
    assert fetch(url, fetcher=door) == Fetched(
        request=request(url),
        final_url=url,
        status=200,
        media_type="application/rss+xml",
        charset="shift_jis",
        body=RSS,
        complete=True,
        fetched_at=START,
        etag='"1"',
        last_modified="Tue, 06 Jan",
    )
    (seen,) = server.requests
    assert seen.method == "GET"
    assert seen.headers["user-agent"].startswith("Monazite/")
    assert seen.headers["accept-encoding"] == "gzip"
    assert "if-none-match" not in seen.headers
    assert set(seen.headers) <= {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_conditional_requests(server: WebServer, door: HttpFetcher) -> None:
    url = server.on("/feed", ok(RSS, etag='"1"'))
    found = fetch(url, fetcher=door, etag='"1"', last_modified="Tue, 06 Jan 2026 09:00:00 GMT")
    assert isinstance(found, NotModified)
    assert server.requests[0].headers["if-none-match"] == '"1"'
    assert server.requests[0].headers["if-modified-since"] == "Tue, 06 Jan 2026 09:00:00 GMT"
    assert isinstance(fetch(url, fetcher=door, etag='"0"'), Fetched)


def test_validators_that_cannot_be_sent_back_are_not_kept(server: WebServer, door: HttpFetcher) -> None:
    url = server.on("/feed", ok(RSS, etag="\u00fcml"), ok(RSS, etag="x" * 2000))
    for _ in range(2):
        found = fetch(url, fetcher=door)
        assert isinstance(found, Fetched)
        assert found.etag is None


def test_gzip_and_chunks(server: WebServer, door: HttpFetcher) -> None:
    body = RSS * 500
    for behaviour in (gzip(body), web.chunked(body[:100], body[100:])):
        found = fetch(server.on("/feed", behaviour), fetcher=door)
        assert isinstance(found, Fetched)
        assert (found.body, found.complete) == (body, True)


def test_redirects_are_followed_and_named(server: WebServer, door: HttpFetcher) -> None:
    server.on("/c", ok(RSS))
    server.on("/b", redirect("c?x=1#top", 307))
    url = server.on("/a", redirect(server.url("/b"), 301))
    found = fetch(url, fetcher=door, etag='"1"', headers=(("X-Api-Key", "k"),))
    assert isinstance(found, Fetched)
    assert found.final_url == server.url("/c?x=1")
    assert server.paths() == ["/a", "/b", "/c?x=1"]
    assert all(seen.headers["x-api-key"] == "k" for seen in server.requests)
    assert all(seen.headers["if-none-match"] == '"1"' for seen in server.requests)


def test_cookies_live_for_one_fetch(server: WebServer, door: HttpFetcher) -> None:
    server.on("/in", ok(RSS))
    url = server.on("/", redirect("/in", headers=("Set-Cookie: seen=1",)))
    for _ in range(2):
        assert isinstance(fetch(url, fetcher=door), Fetched)
    assert [seen.headers.get("cookie") for seen in server.requests] == [None, "seen=1", None, "seen=1"]


def test_a_source_may_name_itself_differently(server: WebServer, door: HttpFetcher) -> None:
    url = server.on("/feed", ok(RSS))
    fetch(url, fetcher=door, headers=(("User-Agent", "Mozilla/5.0"), ("Accept-Language", "zh-CN")))
    assert server.requests[0].headers["user-agent"] == "Mozilla/5.0"
    assert server.requests[0].headers["accept-language"] == "zh-CN"


def test_the_operator_can_be_reached(server: WebServer, context: ssl.SSLContext) -> None:
    polite = make(context, allow_hosts=(server.netloc,), contact="mailto:desk@example.org")
    fetch(server.on("/feed", ok(RSS)), fetcher=polite)
    assert server.requests[0].headers["user-agent"].endswith("(+mailto:desk@example.org)")


def test_requests_to_one_host_keep_their_distance(server: WebServer, context: ssl.SSLContext) -> None:
    steady = Hurry(0.0)
    spaced = make(context, steady=steady, allow_hosts=(server.netloc,), per_host_seconds=2.0)
    url = server.on("/feed", ok(RSS))
    for _ in range(3):
        assert isinstance(fetch(url, fetcher=spaced), Fetched)
    assert steady.slept == [2.0, 4.0]


def test_many_threads_share_one_door(server: WebServer, door: HttpFetcher) -> None:
    urls = [server.on(f"/{n}", gzip(RSS + b"%d" % n)) for n in range(24)]
    found: dict[int, object] = {}

    def work(n: int) -> None:
        answer = fetch(urls[n], fetcher=door)
        found[n] = answer.body if isinstance(answer, Fetched) else answer

    threads = [threading.Thread(target=work, args=(n,)) for n in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: RSS + b"%d" % n for n in range(24)}


def test_proxies_of_the_environment_are_ignored(
    server: WebServer, context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    with WebServer() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url())
        found = fetch(server.on("/feed", ok(RSS)), fetcher=make(context, allow_hosts=(server.netloc,)))
        assert isinstance(found, Fetched)
        assert proxy.connections == 0


# --- answers without success --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "transient"),
    [
        *((204, True), (206, True), (400, False), (401, False), (403, False), (404, False), (408, True), (410, False)),
        *((418, False), (451, False), (500, True), (502, True), (503, True), (599, True)),
    ],
)
def test_statuses(server: WebServer, door: HttpFetcher, code: int, transient: bool) -> None:
    found = failed(fetch(server.on("/feed", status(code, body=b"")), fetcher=door), FetchProblem.STATUS)
    assert (found.status, found.transient, found.retry_after) == (code, transient, None)
    assert str(code) in found.message


@pytest.mark.parametrize(
    ("code", "value", "pause"),
    [
        (429, "120", timedelta(seconds=120)),
        (429, "Tue, 06 Jan 2026 09:30:00 GMT", timedelta(minutes=30)),
        (429, "99999999", timedelta(hours=24)),
        (429, None, None),
        (503, "60", timedelta(seconds=60)),
    ],
)
def test_servers_that_want_to_be_left_alone(
    server: WebServer, door: HttpFetcher, code: int, value: str | None, pause: timedelta | None
) -> None:
    found = failed(fetch(server.on("/feed", status(code, retry_after=value)), fetcher=door), FetchProblem.RATE_LIMITED)
    assert (found.status, found.transient, found.retry_after) == (code, True, pause)


def test_connections_are_closed_not_reset(server: WebServer, door: HttpFetcher) -> None:
    """Also when nobody wants the body; a reset would stand in the server's log as an error."""
    ends: list[str] = []
    ended = threading.Event()

    def behave(wire: web.Wire, _: web.Seen) -> None:
        try:
            wire.send(web.head(503, "Content-Length: 50000"))
            for piece in [bytes(1000)] * 50:
                wire.send(piece)
            wire.hold()
            ends.append("closed")
        except ConnectionError:
            ends.append("reset")
        ended.set()

    failed(fetch(server.on("/feed", behave), fetcher=door), FetchProblem.STATUS)
    assert ended.wait(20)
    assert ends == ["closed"]


@pytest.mark.slow
def test_a_body_that_nobody_wants_is_not_waited_for(server: WebServer, door: HttpFetcher) -> None:
    def behave(wire: web.Wire, _: web.Seen) -> None:
        wire.send(web.head(404, "Content-Length: 100") + b"half of it")
        wire.hold()

    assert failed(fetch(server.on("/feed", behave), fetcher=door), FetchProblem.STATUS).message


def test_a_name_that_does_not_resolve(context: ssl.SSLContext) -> None:
    door = make(context, network=Internet({}, {}))
    found = failed(fetch("https://gone.example/feed?key=SECRET", fetcher=door), FetchProblem.DNS)
    assert "gone.example" in found.message
    assert "SECRET" not in found.message


def test_a_port_that_nobody_listens_on(context: ssl.SSLContext) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    found = fetch(f"http://127.0.0.1:{port}/", fetcher=make(context, allow_hosts=("127.0.0.1",)))
    assert failed(found, FetchProblem.CONNECT).message


def test_the_second_address_is_tried(context: ssl.SSLContext) -> None:
    class HalfDown(Internet):
        def connect(self, address: str, port: int, timeout: float) -> httpcore.NetworkStream:
            if address == "93.184.216.35":
                self.dialled.append(address)
                raise httpcore.ConnectError("unreachable")
            return super().connect(address, port, timeout)

    with WebServer() as server:
        server.on("/feed", ok(RSS))
        network = HalfDown({"e.org": (("93.184.216.35", PUBLIC),)}, {80: server.port})
        assert isinstance(fetch("http://e.org/feed", fetcher=make(context, network=network)), Fetched)
        assert network.dialled == ["93.184.216.35", PUBLIC]


# --- broken servers -----------------------------------------------------------------------------------------------

INCOMPLETE = "incomplete"
COMPLETE = "complete"
OUTCOMES: Mapping[str, FetchProblem | str] = {
    "silence": FetchProblem.TIMEOUT,
    "drip": FetchProblem.TOO_SLOW,
    "stall": FetchProblem.TIMEOUT,
    "stall at once": FetchProblem.TIMEOUT,
    "reset": FetchProblem.BROKEN,
    "reset in body": INCOMPLETE,
    "truncated": INCOMPLETE,
    "truncated at once": FetchProblem.BROKEN,
    "overrun": COMPLETE,
    "chunks without end": INCOMPLETE,
    "gzip truncated": INCOMPLETE,
    "gzip of nothing": COMPLETE,
    "gzip that is none": FetchProblem.BROKEN,
    "brotli": FetchProblem.BROKEN,
    "gzip twice": FetchProblem.BROKEN,
    "bomb": FetchProblem.TOO_LARGE,
    "informational loop": FetchProblem.TOO_LARGE,
    "header flood": FetchProblem.BROKEN,
    "slow headers": FetchProblem.TOO_SLOW,
    "two lengths": FetchProblem.BROKEN,
    "length and chunks": COMPLETE,
    "endless chunk size": FetchProblem.BROKEN,
    "no HTTP": FetchProblem.BROKEN,
    "nothing": FetchProblem.BROKEN,
    "bad length": FetchProblem.BROKEN,
    "bad chunk": FetchProblem.BROKEN,
    "redirect to itself": FetchProblem.REDIRECT,
    "redirect nowhere": FetchProblem.REDIRECT,
    "redirect to a file": FetchProblem.ADDRESS,
    "redirect inside": FetchProblem.ADDRESS,
    "redirect without end": FetchProblem.REDIRECT,
    "teapot": FetchProblem.STATUS,
    "too many": FetchProblem.RATE_LIMITED,
    "out of order": FetchProblem.STATUS,
    "unavailable": FetchProblem.STATUS,
    "no content": FetchProblem.STATUS,
    "uncalled-for 304": FetchProblem.STATUS,
    "partial": FetchProblem.STATUS,
}


def test_the_table_knows_every_way_to_break() -> None:
    assert set(OUTCOMES) == set(web.BREAKING)


@pytest.mark.parametrize("name", web.BREAKING)
def test_every_way_to_break_comes_back_as_a_value(server: WebServer, context: ssl.SSLContext, name: str) -> None:
    waits = name in ("silence", "stall", "stall at once")  # nothing but real time passes while nothing comes
    door = make(
        context,
        allow_hosts=(server.netloc,),
        deadline=0.3 if waits else 30.0,
        steady=None if waits else Hurry(0.01),
        max_wire_bytes=500_000,
        max_body_bytes=2_000_000,
    )
    found = fetch(server.on(f"/{name.replace(' ', '%20')}", web.BREAKING[name]), fetcher=door)
    outcome = OUTCOMES[name]
    if isinstance(outcome, FetchProblem):
        failed(found, outcome)
    else:
        assert isinstance(found, Fetched), found
        assert found.complete is (outcome == COMPLETE)


@pytest.mark.parametrize(
    "behaviour",
    [web.truncate(RSS, 30, etag='"1"'), web.gzip_truncated(RSS * 100, etag='"1"')],
    ids=["short", "gzip"],
)
def test_half_an_answer_leaves_no_validator(server: WebServer, door: HttpFetcher, behaviour: web.Behaviour) -> None:
    found = fetch(server.on("/feed", behaviour), fetcher=door)
    assert isinstance(found, Fetched)
    assert not found.complete
    assert (found.etag, found.last_modified) == (None, None)
    assert found.body


def test_a_trickle_is_cut_off_before_the_deadline(server: WebServer, context: ssl.SSLContext) -> None:
    door = make(context, steady=Hurry(0.5), allow_hosts=(server.netloc,), deadline=1000.0)
    found = failed(fetch(server.on("/feed", web.drip(RSS)), fetcher=door), FetchProblem.TOO_SLOW)
    assert "bytes a second" in found.message


# --- hostile addresses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [*BAD_ADDRESSES, *DISGUISES])
def test_inner_addresses_are_not_dialled_directly(context: ssl.SSLContext, address: str) -> None:
    network = Internet({}, {80: 1, 443: 1})
    for scheme in ("http", "https"):
        found = fetch(f"{scheme}://{bracketed(address)}/", fetcher=make(context, network=network))
        assert not failed(found, FetchProblem.ADDRESS).transient
    assert network.dialled == []


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_inner_addresses_are_not_dialled_by_name_redirect_or_rebinding(context: ssl.SSLContext, address: str) -> None:
    with WebServer() as server, WebServer() as inside:
        network = Internet(
            {
                "public.example": ((PUBLIC,),),
                "inner.example": ((address,),),
                "mixed.example": ((PUBLIC, address),),
                "rebind.example": ((PUBLIC,), (address,)),
            },
            {80: server.port, 443: inside.port},
        )
        door = make(context, network=network)
        server.on("/literal", redirect(f"http://{bracketed(address)}/"))
        server.on("/named", redirect("http://inner.example/"))
        server.on("/again", redirect("/second"))
        server.on("/second", ok(RSS))
        for url in ("http://inner.example/", "http://mixed.example/", "http://public.example/literal"):
            failed(fetch(url, fetcher=door), FetchProblem.ADDRESS)
        for url in ("http://public.example/named", "http://rebind.example/again"):
            failed(fetch(url, fetcher=door), FetchProblem.ADDRESS)
        assert set(network.dialled) == {PUBLIC}
        assert inside.connections == 0
        assert "/second" not in server.paths()


def test_what_was_checked_is_what_is_dialled(context: ssl.SSLContext) -> None:
    """A name that resolves to something else a moment later gains nothing: it is not asked again."""
    with WebServer() as server:
        server.on("/feed", ok(RSS))
        network = Internet({"rebind.example": ((PUBLIC,), ("127.0.0.1",))}, {80: server.port})
        assert isinstance(fetch("http://rebind.example/feed", fetcher=make(context, network=network)), Fetched)
        assert network.dialled == [PUBLIC]
        assert server.requests[0].headers["host"] == "rebind.example"


def test_an_exception_for_one_inner_source_is_none_for_strangers(context: ssl.SSLContext) -> None:
    """The intranet may be read when the operator says so, but not because a stranger points at it."""
    with WebServer() as stranger, WebServer() as intranet:
        intranet.on("/feed", ok(RSS))
        stranger.on("/feed", redirect(intranet.url("/feed")))
        network = Internet({"public.example": ((PUBLIC,),)}, {80: stranger.port, intranet.port: intranet.port})
        door = make(context, network=network, allow_hosts=(intranet.netloc,))
        assert isinstance(fetch(intranet.url("/feed"), fetcher=door), Fetched)
        failed(fetch("http://public.example/feed", fetcher=door), FetchProblem.ADDRESS)
        assert intranet.connections == 1


def test_the_port_of_an_exception_counts(server: WebServer, context: ssl.SSLContext) -> None:
    with WebServer() as other:
        other.on("/feed", ok(RSS))
        door = make(context, allow_hosts=(server.netloc,))
        failed(fetch(other.url("/feed"), fetcher=door), FetchProblem.ADDRESS)
        url = server.on("/feed", redirect(other.url("/feed")))
        failed(fetch(url, fetcher=door), FetchProblem.ADDRESS)
        assert other.connections == 0


def test_headers_of_a_source_stay_with_its_origin(context: ssl.SSLContext) -> None:
    with WebServer() as server:
        network = Internet({"own.example": ((PUBLIC,),), "other.example": ((PUBLIC,),)}, {80: server.port})
        server.on("/a", redirect("http://other.example/b"))
        server.on("/b", redirect("http://own.example/c"))
        server.on("/c", ok(RSS))
        found = fetch(
            "http://own.example/a",
            fetcher=make(context, network=network),
            headers=(("X-Api-Key", "CANARY"), ("Authorization", "CANARY"), ("Cookie", "CANARY")),
        )
        assert isinstance(found, Fetched)
        leaked = {seen.headers["host"] for seen in server.requests if "CANARY" in str(seen.headers)}
        assert leaked == {"own.example"}


@pytest.mark.parametrize("header", [("X-Key", "a\r\nX-Evil: 1"), ("X Key", "a"), ("X-Key", "ключ"), ("", "a")])
def test_headers_that_cannot_be_sent_are_a_failure_of_the_source(
    server: WebServer, door: HttpFetcher, header: tuple[str, str]
) -> None:
    found = failed(fetch(server.on("/feed", ok(RSS)), fetcher=door, headers=(header,)), FetchProblem.BROKEN)
    assert not found.transient
    assert "headers" in found.message
    assert server.requests == []


# --- encryption ---------------------------------------------------------------------------------------------------


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[WebServer]:
    with WebServer(tls=tls.server_context(tmp_path)) as server:
        server.on("/feed", ok(RSS))
        yield server


def trusting(tmp_path: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(tls.trusted(tmp_path)))


def test_certificates_are_checked_against_the_name_not_the_address(secure: WebServer, tmp_path: Path) -> None:
    names = {"hooks.example": ((PUBLIC,),), "other.example": ((PUBLIC,),)}
    network = Internet(names, {443: secure.port})
    door = make(trusting(tmp_path), network=network)
    assert isinstance(fetch("https://hooks.example/feed", fetcher=door), Fetched)
    found = failed(fetch("https://other.example/feed", fetcher=door), FetchProblem.TLS)
    assert "other.example" in found.message
    assert secure.paths() == ["/feed"]


def test_unknown_authorities_are_not_trusted(secure: WebServer, context: ssl.SSLContext) -> None:
    network = Internet({"hooks.example": ((PUBLIC,),)}, {443: secure.port})
    failed(fetch("https://hooks.example/feed", fetcher=make(context, network=network)), FetchProblem.TLS)
    assert secure.paths() == []


def test_a_server_without_encryption_is_no_https_server(server: WebServer, context: ssl.SSLContext) -> None:
    network = Internet({"hooks.example": ((PUBLIC,),)}, {443: server.port})
    assert failed(fetch("https://hooks.example/", fetcher=make(context, network=network)), FetchProblem.TLS).message


def test_the_way_leads_up_to_https_and_never_down(secure: WebServer, server: WebServer, tmp_path: Path) -> None:
    network = Internet({"hooks.example": ((PUBLIC,),)}, {443: secure.port, 80: server.port})
    door = make(trusting(tmp_path), network=network)
    server.on("/up", redirect("https://hooks.example/feed"))
    server.on("/feed", ok(b"tampered"))
    secure.on("/down", redirect("http://hooks.example/feed"))
    found = fetch("http://hooks.example/up", fetcher=door, headers=(("X-Api-Key", "k"),))
    assert isinstance(found, Fetched)
    assert secure.requests[0].headers["x-api-key"] == "k"
    failed(fetch("https://hooks.example/down", fetcher=door), FetchProblem.REDIRECT)
    assert server.paths() == ["/up"]


def test_the_default_trust_is_that_of_the_machine_and_of_certifi() -> None:
    fetcher = HttpFetcher(FetchSettings(), clock=FakeClock())
    context = fetcher._tls
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert len(context.get_ca_certs()) > 50
    fetcher.close()


def test_the_date_of_an_answer_is_never_before_it_was_asked_for(server: WebServer, door: HttpFetcher) -> None:
    later = datetime(2027, 1, 1, tzinfo=UTC)
    found = door.fetch(request(server.on("/feed", ok(RSS))), now=later)
    assert found.fetched_at == later
