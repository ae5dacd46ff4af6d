"""Pages are read only where robots.txt lets us, and asking for it is no way around the door."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from bot.fetch.http import HttpFetcher
from bot.fetch.robots import LONGEST, Rules
from bot.types.source import Fetched, FetchProblem, NotModified
from tests.fakes import web
from tests.fakes.internet import BAD_ADDRESSES, PUBLIC, RSS, Hurry, Internet, bracketed, failed, fetch, make
from tests.fakes.web import WebServer, ok, redirect, status

CLOSED = ok("User-agent: *\nDisallow: /", "text/plain")
OPEN = ok("User-agent: *\nAllow: /", "text/plain")


@pytest.fixture(scope="module")
def context() -> ssl.SSLContext:
    return ssl.create_default_context()


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as found:
        found.on("/page", ok(RSS))
        yield found


class Shelf:
    """A steady clock that a test moves."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


def allowed(text: str | bytes, path: str = "/a/b?c=d") -> bool:
    return Rules(text.encode() if isinstance(text, str) else text).allow(httpx.URL(f"https://e.org{path}"))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\nAllow: /a", True),  # the longer pattern wins
        ("User-agent: *\nAllow: /a\nDisallow: /a/", False),
        ("User-agent: *\nDisallow: /a/b?c", False),
        ("User-agent: *\nDisallow: /*?", False),
        ("User-agent: *\nDisallow: /b$", True),
        ("User-agent: *\nDisallow: /*d$", False),
        ("User-agent: *\nDisallow: /A", True),  # paths are told apart by case
        ("USER-AGENT: monazite\nDISALLOW: /", False),  # names are not
        ("User-agent: Monazite/2.0\nDisallow: /", False),
        ("User-agent: mona\nDisallow: /", True),
        ("User-agent: MonaziteBot\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Monazite\nDisallow: /x", True),  # ours alone counts
        ("User-agent: Other\nUser-agent: Monazite\nDisallow: /", False),
        ("User-agent: Other\nDisallow: /\nUser-agent: *\nDisallow: /x", True),
        ("User-agent: Monazite\nAllow: /\nUser-agent: Monazite\nDisallow: /a", False),  # groups of one name are one
        ("\ufeffUser-agent: *\r\nDisallow: /a # theirs\r", False),
        ("User-agent: * # all\nDisallow: /a", False),
        (b"\xff\xfeUser-agent: *\nDisallow: /", True),  # no text: nothing in it can be meant
        ("<!DOCTYPE html><title>Not found</title>", True),
        ("User-agent: *\nDisallow: /%61/b", False),  # escapes compare as what they stand for
    ],
)
def test_rules(text: str | bytes, answer: bool) -> None:
    assert allowed(text) is answer


def test_only_so_much_of_the_file_is_read() -> None:
    padding = "# " + "x" * (LONGEST - 40) + "\n"
    assert not allowed("User-agent: *\nDisallow: /\n" + padding)
    assert allowed(padding + "x" * 40 + "\nUser-agent: *\nDisallow: /\n")


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"User-agent: a{n}\n" for n in range(12_000)) + "".join(f"Disallow: /{n}\n" for n in range(12_000)),
        "User-agent: *\n" + ("Disallow: /" + "*a" * 500 + "b\n") * 480,
        "User-agent: *\nDisallow: /" + "$" * 400_000,
        "User-agent: " + " " * 400_000 + "*",
        "user agent " * 40_000,
    ],
    ids=["agents", "wildcards", "ends", "blanks", "words"],
)
def test_a_hostile_file_costs_little(text: str) -> None:
    """Read in the main process, under its lock: naively, the first of these takes many minutes."""
    began = time.process_time()
    allowed(text, "/" + "a" * 4000)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("behaviour", "problem", "transient"),
    [
        (OPEN, None, True),
        (status(404), None, True),
        (status(401), None, True),
        (status(403), None, True),
        (status(410), None, True),
        (web.page(), None, True),
        (redirect("/robots.txt"), None, True),  # in circles: there is none
        (web.raw(b"HTTP/1.1 204 No Content\r\n\r\n"), None, True),
        (CLOSED, FetchProblem.ROBOTS, False),
        (status(500), FetchProblem.ROBOTS, True),
        (status(503), FetchProblem.ROBOTS, True),
        (web.reset(), FetchProblem.ROBOTS, True),
        (web.bomb(64 << 20), None, True),  # its first half megabyte forbids nothing
        (status(429, retry_after="60"), FetchProblem.RATE_LIMITED, True),
    ],
)
def test_what_the_answer_means(
    server: WebServer, context: ssl.SSLContext, behaviour: web.Behaviour, problem: FetchProblem | None, transient: bool
) -> None:
    server.on("/robots.txt", behaviour)
    found = fetch(server.url("/page"), fetcher=make(context, allow_hosts=(server.netloc,)), robots=True)
    if problem is None:
        assert isinstance(found, Fetched), found
    else:
        assert failed(found, problem).transient is transient
        assert "/page" not in server.paths()
    assert server.requests[0].path == "/robots.txt"
    assert server.requests[0].headers["user-agent"].startswith("Monazite/")


def test_the_message_says_what_to_do(server: WebServer, context: ssl.SSLContext) -> None:
    server.on("/robots.txt", CLOSED)
    door = make(context, allow_hosts=(server.netloc,))
    found = failed(fetch(server.url("/page?key=SECRET"), fetcher=door, robots=True), FetchProblem.ROBOTS)
    assert "robots: no" in found.message
    assert "SECRET" not in found.message
    assert isinstance(fetch(server.url("/page"), fetcher=door, robots=False), Fetched)


def test_feeds_are_fetched_without_asking(server: WebServer, context: ssl.SSLContext) -> None:
    server.on("/robots.txt", CLOSED)
    assert isinstance(fetch(server.url("/page"), fetcher=make(context, allow_hosts=(server.netloc,))), Fetched)
    assert server.paths() == ["/page"]


def test_the_file_is_asked_for_once_a_day(server: WebServer, context: ssl.SSLContext) -> None:
    server.on("/robots.txt", OPEN, CLOSED)
    shelf = Shelf()
    door = make(context, steady=shelf, allow_hosts=(server.netloc,))
    for _ in range(3):
        assert isinstance(fetch(server.url("/page"), fetcher=door, robots=True), Fetched)
    assert server.paths().count("/robots.txt") == 1
    shelf.time += 24 * 3600
    failed(fetch(server.url("/page"), fetcher=door, robots=True), FetchProblem.ROBOTS)
    assert server.paths().count("/robots.txt") == 2


def test_a_file_that_does_not_come_is_asked_for_again_soon_and_an_old_one_holds(
    server: WebServer, context: ssl.SSLContext
) -> None:
    server.on("/robots.txt", status(500), OPEN, status(500))
    shelf = Shelf()
    door = make(context, steady=shelf, allow_hosts=(server.netloc,))
    for _ in range(2):
        found = failed(fetch(server.url("/page"), fetcher=door, robots=True), FetchProblem.ROBOTS)
        assert "500" in found.message
    assert server.paths().count("/robots.txt") == 1
    shelf.time += 300
    assert isinstance(fetch(server.url("/page"), fetcher=door, robots=True), Fetched)
    shelf.time += 24 * 3600
    assert isinstance(fetch(server.url("/page"), fetcher=door, robots=True), Fetched)
    assert server.paths().count("/robots.txt") == 3


def test_threads_that_want_one_origin_ask_for_its_file_once(server: WebServer, context: ssl.SSLContext) -> None:
    server.on("/robots.txt", OPEN)
    door = make(context, allow_hosts=(server.netloc,))
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(fetch(server.url("/page"), fetcher=door, robots=True)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(one) for one in found] == [Fetched] * 8
    assert server.paths().count("/robots.txt") == 1


def test_redirects_are_followed_and_every_hop_of_a_page_is_asked_about(context: ssl.SSLContext) -> None:
    with WebServer() as server:
        network = Internet(
            dict.fromkeys(("one.example", "two.example", "www.one.example"), ((PUBLIC,),)), {80: server.port}
        )
        asked: list[tuple[str, str]] = []

        def robots(wire: web.Wire, seen: web.Seen) -> None:
            host = seen.headers["host"]
            asked.append((host, seen.path))
            if host == "one.example":
                redirect("http://www.one.example/robots.txt", 301)(wire, seen)
            else:
                (CLOSED if host == "two.example" else OPEN)(wire, seen)

        server.on("/robots.txt", robots)
        server.on("/here", redirect("http://two.example/there"))
        server.on("/there", ok(RSS))
        door = make(context, network=network)
        found = failed(fetch("http://one.example/here", fetcher=door, robots=True), FetchProblem.ROBOTS)
        assert "two.example" in found.message
        assert [host for host, _ in asked] == ["one.example", "www.one.example", "two.example"]
        assert "/there" not in server.paths()


def test_crawl_delay_is_kept_up_to_a_minute(server: WebServer, context: ssl.SSLContext) -> None:
    for wanted, kept in (("7", 7.0), ("86400", 60.0), ("nonsense", 2.0)):
        server.on("/robots.txt", ok(f"User-agent: *\nCrawl-delay: {wanted}\n", "text/plain"))
        steady = Hurry(0.0)
        door = make(context, steady=steady, allow_hosts=(server.netloc,), per_host_seconds=2.0)
        for _ in range(2):
            assert isinstance(fetch(server.url("/page"), fetcher=door, robots=True), Fetched)
        assert steady.slept == [2.0, 2.0 + kept]


def test_validators_and_headers_of_the_page_stay_with_the_page(server: WebServer, context: ssl.SSLContext) -> None:
    server.on("/page", ok(RSS, etag='"1"'))
    server.on("/robots.txt", OPEN)
    door = make(context, allow_hosts=(server.netloc,))
    found = fetch(server.url("/page"), fetcher=door, robots=True, etag='"1"', headers=(("X-Api-Key", "CANARY"),))
    assert isinstance(found, NotModified)
    robots, page = server.requests
    assert "CANARY" not in str(robots.headers)
    assert "if-none-match" not in robots.headers
    assert page.headers["x-api-key"] == "CANARY"


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_robots_txt_leads_to_no_inner_address(context: ssl.SSLContext, address: str) -> None:
    """Neither as a host's own file, nor by a redirect, nor by a name that changes its mind."""
    with WebServer() as server, WebServer() as inside:
        network = Internet(
            {
                "public.example": ((PUBLIC,),),
                "inner.example": ((address,),),
                "rebind.example": ((PUBLIC,), (address,)),
            },
            {80: server.port, 443: inside.port},
        )
        door = make(context, network=network)
        server.on("/page", ok(RSS))
        failed(fetch("http://inner.example/page", fetcher=door, robots=True), FetchProblem.ADDRESS)
        failed(fetch(f"https://{bracketed(address)}/page", fetcher=door, robots=True), FetchProblem.ADDRESS)
        for target in (f"https://{bracketed(address)}/", "https://inner.example/robots.txt"):
            server.on("/robots.txt", redirect(target))
            failed(fetch("http://public.example/page", fetcher=door, robots=True), FetchProblem.ADDRESS)
        server.on("/robots.txt", OPEN)
        failed(fetch("http://rebind.example/page", fetcher=door, robots=True), FetchProblem.ADDRESS)
        assert set(network.dialled) == {PUBLIC}
        assert inside.connections == 0
        assert "/page" not in server.paths()


def test_a_strangers_page_opens_no_robots_txt_of_the_intranet(context: ssl.SSLContext) -> None:
    """An exception for a source on the intranet is none for what a stranger's page points at."""
    with WebServer() as stranger, WebServer() as intranet:
        intranet.on("/page", ok(RSS))
        intranet.on("/robots.txt", OPEN)
        stranger.on("/page", redirect("http://wiki.corp.example/page"))
        network = Internet(
            {"public.example": ((PUBLIC,),), "wiki.corp.example": (("10.0.0.7",),)}, {80: stranger.port, 443: 1}
        )
        door = make(context, network=network, allow_hosts=("wiki.corp.example",))
        failed(fetch("http://public.example/page", fetcher=door, robots=True), FetchProblem.ADDRESS)
        assert network.dialled == [PUBLIC, PUBLIC]
        assert intranet.connections == 0


def test_pages_of_a_host_that_wants_a_pause_wait(server: WebServer, context: ssl.SSLContext) -> None:
    server.on("/page", status(429, retry_after="120"), ok(RSS))
    door = make(context, allow_hosts=(server.netloc,))
    failed(fetch(server.url("/page"), fetcher=door), FetchProblem.RATE_LIMITED)
    again = failed(fetch(server.url("/other"), fetcher=door), FetchProblem.RATE_LIMITED)
    assert again.retry_after == timedelta(seconds=120)
    assert server.paths() == ["/page"]


def test_a_storm_of_refusals_slows_down(server: WebServer, context: ssl.SSLContext) -> None:
    for code in (403, 429):
        server.on("/page", status(code))
        shelf = Shelf()
        door: HttpFetcher = make(context, steady=shelf, allow_hosts=(server.netloc,), per_host_seconds=2.0)
        for _ in range(8):
            fetch(server.url("/page"), fetcher=door)
        assert shelf.slept == [2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]


def test_a_host_that_others_redirect_to_keeps_its_pauses(context: ssl.SSLContext) -> None:
    """Also pauses longer than a fetch may take: they are no part of its time."""
    with WebServer() as server:
        names = ("one.example", "two.example", "target.example")
        network = Internet(dict.fromkeys(names, ((PUBLIC,),)), {80: server.port})
        server.on("/a", redirect("http://target.example/page"))
        server.on("/page", ok(RSS))
        server.on("/robots.txt", ok("User-agent: *\nCrawl-delay: 50\n", "text/plain"))
        shelf = Shelf()
        door = make(context, network=network, steady=shelf, per_host_seconds=2.0, deadline=20.0)
        for host in ("one.example", "two.example"):
            assert isinstance(fetch(f"http://{host}/a", fetcher=door, robots=True), Fetched)
        # Each robots.txt is followed by its page after 2 seconds; the target's second page by 50.
        assert shelf.slept == [2.0, 2.0, 2.0, 48.0]
