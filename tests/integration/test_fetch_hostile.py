"""Ways around the door that others were caught by: odd addresses, chains of redirects, certificates, bombs."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.pool import Pool
from bot.types.source import Fetched, FetchFailure, FetchProblem
from tests.fakes import tls, web
from tests.fakes.internet import BAD_ADDRESSES, PUBLIC, RSS, Hurry, Internet, bracketed, failed, fetch, make
from tests.fakes.web import WebServer, ok, redirect

# What two parsers read in two ways, or in a way that nobody expects. None of them may lead inside.
ODD = (
    "http://evil.example\\@127.0.0.1/",
    "http://127.0.0.1\\@evil.example/",
    "http://evil.example@127.0.0.1/",
    "http://evil.example:80@127.0.0.1/",
    "http://evil.example%2f@127.0.0.1/",
    "http://user:password@evil.example/",
    "http:\\\\127.0.0.1/",
    "http:/127.0.0.1/",
    "http:127.0.0.1",
    "//127.0.0.1/",
    "http:///127.0.0.1/",
    "http://evil.example\t@127.0.0.1/",
    "http://evil.example\n.127.0.0.1/",
    "http://evil.example/\r\nHost: 127.0.0.1",
    "http://evil.example /",
    "http://1.1.1.1 &@2.2.2.2# @127.0.0.1/",
    "http://127.0.0.1./",
    "http://localhost./",
    "http://localhost/",
    "http://127。0。0。1/",
    "http://①②⑦.0.0.1/",
    "http://ⓛocalhost/",
    "http://0x7f000001/",
    "http://0177.1/",
    "http://%31%32%37.0.0.1/",
    "http://evil.example%00.127.0.0.1/",
    "http://[::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://[2606:4700::1111%lo]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[v1.127.0.0.1]/",
    "http://[::1/",
    "http://::1/",
    "http://evil.example:22/",
    "http://evil.example:0/",
    "http://evil.example:65616/",  # 80 when cut to 16 bits
    "http://evil.example:-1/",
    "http://evil.example: 80/",
    "http://evil.example:8080/",
    "https://evil.example:6379/",
    "http://ａｄｍｉｎ.example/",
    "http://a\u200db.example/",
    "http://" + "a" * 300 + ".example/",
    "http://a..b/",
    "http://evil.example/" + "a" * 9000,
    "ftp://evil.example/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "data:text/xml,<rss/>",
    "unix:///run/docker.sock",
    "javascript:alert(1)",
    "",
)
# As a redirect, some of them are mere paths of the server that sends them.
NOWHERE = (FetchProblem.ADDRESS, FetchProblem.DNS, FetchProblem.REDIRECT, FetchProblem.STATUS, FetchProblem.BROKEN)


@pytest.fixture(scope="module")
def context() -> ssl.SSLContext:
    return ssl.create_default_context()


@pytest.fixture
def inside() -> Iterator[WebServer]:
    """What must not be reached; it counts connections."""
    with WebServer() as found:
        yield found


@pytest.mark.parametrize("url", ODD)
def test_odd_addresses_lead_nowhere_directly_or_by_redirect(
    context: ssl.SSLContext, inside: WebServer, url: str
) -> None:
    with WebServer() as server:
        network = Internet(
            {"public.example": ((PUBLIC,),), "localhost": (("127.0.0.1",),)}, {80: server.port, 443: inside.port}
        )
        door = make(context, network=network)
        direct = fetch(url, fetcher=door)
        assert isinstance(direct, FetchFailure), direct
        assert direct.problem in (FetchProblem.ADDRESS, FetchProblem.DNS)
        assert network.dialled == []
        if "\n" in url or not url.isascii():
            return  # no header holds these
        server.on("/", redirect(url))
        found = fetch("http://public.example/", fetcher=door)
        assert isinstance(found, FetchFailure), found
        assert found.problem in NOWHERE
        assert set(network.dialled) == {PUBLIC}
        assert inside.connections == 0


def test_names_in_other_scripts_are_asked_for_in_ascii(context: ssl.SSLContext) -> None:
    """A look-alike is another name, and is dialled and named to its server as such."""
    with WebServer() as server:
        server.on("/", ok(RSS))
        network = Internet(
            {"xn--pple-43d.example": ((PUBLIC,),), "xn--fa-hia.example": ((PUBLIC,),)}, {80: server.port}
        )
        for url in ("http://\u0430pple.example/", "http://fa\u00df.example/"):
            found = fetch(url, fetcher=make(context, network=network))
            assert isinstance(found, Fetched)
            assert found.final_url.isascii()
        assert [seen.headers["host"] for seen in server.requests] == ["xn--pple-43d.example", "xn--fa-hia.example"]


@pytest.mark.parametrize("address", [*BAD_ADDRESSES[::6], "127.0.0.1"])
@pytest.mark.parametrize("position", [1, 2, 3, 4, 5])
def test_a_chain_of_redirects_leads_inside_at_no_hop(
    context: ssl.SSLContext, inside: WebServer, address: str, position: int
) -> None:
    with WebServer() as server:
        names = {f"hop{n}.example": ((PUBLIC,),) for n in range(7)}
        network = Internet(names | {f"hop{position}.example": ((address,),)}, {80: server.port, 443: inside.port})
        for n in range(6):
            server.on(f"/{n}", redirect(f"http://hop{n + 1}.example/{n + 1}", (301, 302, 303, 307, 308)[n % 5]))
        failed(fetch("http://hop0.example/0", fetcher=make(context, network=network)), FetchProblem.ADDRESS)
        assert server.paths() == [f"/{n}" for n in range(position)]
        assert set(network.dialled) == {PUBLIC}
        assert inside.connections == 0


@pytest.mark.parametrize("hops", [5, 6])
def test_so_many_redirects_and_no_more(context: ssl.SSLContext, hops: int) -> None:
    with WebServer() as server:
        network = Internet({"e.example": ((PUBLIC,),)}, {80: server.port})
        for n in range(hops):
            server.on(f"/{n}", redirect(f"/{n + 1}"))
        server.on(f"/{hops}", ok(RSS))
        found = fetch("http://e.example/0", fetcher=make(context, network=network))
        if hops == 5:
            assert isinstance(found, Fetched)
        else:
            failed(found, FetchProblem.REDIRECT)


def test_a_redirect_keeps_an_allowed_inner_host_from_being_a_bridge(context: ssl.SSLContext, inside: WebServer) -> None:
    """A trusted source on the intranet may not send us to other places there."""
    with WebServer() as wiki:
        wiki.on("/feed", redirect("http://db.corp.example/"))
        network = Internet(
            {"wiki.corp.example": (("10.0.0.7",),), "db.corp.example": (("10.0.0.8",),)}, {80: wiki.port}
        )
        door = make(context, network=network, allow_hosts=("wiki.corp.example",))
        failed(fetch("http://wiki.corp.example/feed", fetcher=door), FetchProblem.ADDRESS)
        assert network.dialled == ["10.0.0.7"]


def test_an_item_of_a_stranger_does_not_lead_to_an_allowed_inner_host(context: ssl.SSLContext) -> None:
    """What the intranet's own sources may be read for, the link of a stranger's feed may not."""
    with WebServer() as wiki:
        wiki.on("/page", ok(RSS))
        network = Internet({"wiki.corp.example": (("10.0.0.7",),), "evil.example": ((PUBLIC,),)}, {80: wiki.port})
        door = make(context, network=network, allow_hosts=("wiki.corp.example",))
        page = "http://wiki.corp.example/page"
        failed(fetch(page, fetcher=door, led_by="http://evil.example/feed"), FetchProblem.ADDRESS)
        assert network.dialled == []
        assert isinstance(fetch(page, fetcher=door, led_by="http://wiki.corp.example/feed"), Fetched)


# --- certificates -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("certificate", "host", "trust", "words"),
    [
        (tls.CERTIFICATE, "hooks.example", True, ""),
        (tls.EXPIRED, "hooks.example", True, "expired"),
        (tls.NOT_YET, "hooks.example", True, "not yet valid"),
        (tls.CERTIFICATE, "other.example", True, "not valid for 'other.example'"),
        (tls.CERTIFICATE, "hooks.example.evil.example", True, "not valid for"),
        (tls.CERTIFICATE, "hooks.example", False, "self-signed"),
    ],
)
def test_certificates(tmp_path: Path, certificate: str, host: str, trust: bool, words: str) -> None:
    with WebServer(tls=tls.server_context(tmp_path, certificate)) as server:
        server.on("/feed", ok(RSS))
        network = Internet({host: ((PUBLIC,),)}, {443: server.port})
        trusted = ssl.create_default_context(cafile=str(tls.trusted(tmp_path, certificate)) if trust else None)
        found = fetch(f"https://{host}/feed?key=SECRET", fetcher=make(trusted, network=network))
        if not words:
            assert isinstance(found, Fetched), found
            return
        message = failed(found, FetchProblem.TLS).message.lower().replace("self signed", "self-signed")
        assert words in message.replace("mismatch, certificate is ", "")
        assert "secret" not in message
        assert server.requests == []


def test_encryption_of_yesterday_is_none(tmp_path: Path) -> None:
    old = tls.server_context(tmp_path)
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    with WebServer(tls=old) as server:
        network = Internet({"hooks.example": ((PUBLIC,),)}, {443: server.port})
        trusted = ssl.create_default_context(cafile=str(tls.trusted(tmp_path)))
        found = fetch("https://hooks.example/feed", fetcher=make(trusted, network=network))
        assert "no encryption" in failed(found, FetchProblem.TLS).message
        assert server.requests == []


# --- connections --------------------------------------------------------------------------------------------------


def test_no_connection_outlives_its_fetch(context: ssl.SSLContext) -> None:
    """Also one that the server would keep: nothing of one source's exchange can reach another's."""
    gone = threading.Event()

    def behave(wire: web.Wire, _: web.Seen) -> None:
        wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: keep-alive\r\n\r\n<rss/>")
        wire.hold()
        gone.set()

    with WebServer() as server:
        url = server.on("/feed", behave)
        for _ in range(2):
            gone.clear()
            assert isinstance(fetch(url, fetcher=make(context, allow_hosts=(server.netloc,))), Fetched)
            assert gone.wait(10)
        assert server.connections == 2


def test_an_answer_to_another_request_is_not_taken_for_ours(context: ssl.SSLContext) -> None:
    """Bytes behind an answer are no second answer."""
    with WebServer() as server:
        url = server.on("/feed", web.raw(web.head(200, "Content-Length: 6") + b"<rss/>" + web.head(200) + b"<evil/>"))
        found = fetch(url, fetcher=make(context, allow_hosts=(server.netloc,)))
        assert isinstance(found, Fetched)
        assert found.body == b"<rss/>"


def test_every_version_of_a_body_comes_as_it_is(context: ssl.SSLContext) -> None:
    with WebServer() as server:
        url = server.on("/feed", web.versions(lambda n: RSS + b"%d" % n))
        door = make(context, allow_hosts=(server.netloc,))
        bodies = [found.body for _ in range(4) if isinstance(found := fetch(url, fetcher=door), Fetched)]
        assert bodies == [RSS + b"%d" % n for n in range(4)]


# --- bombs --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peaks of memory are measured on Linux only")
@pytest.mark.parametrize(
    ("bombs", "size", "growth"),
    [
        (1, 1 << 30, 20),
        pytest.param(100, 1 << 30, 60, marks=pytest.mark.soak),  # at once
    ],
)
def test_a_bomb_of_a_gigabyte_leaves_memory_alone(bombs: int, size: int, growth: int) -> None:
    with WebServer() as server, Pool(1, memory_mb=2000) as pool:
        url = server.on("/bomb", web.bomb(size))
        problems, grown = pool.call("tests.fakes.internet:fetch_measured", url, server.netloc, bombs, deadline=100)
        assert problems == ["too-large"] * bombs
        assert grown < growth, f"{grown} MB"


def test_a_body_just_below_the_limits_is_let_in(context: ssl.SSLContext) -> None:
    """What is large but honest arrives whole: the limits are for bombs."""
    body = b"".join(b"<item>%d</item>" % n for n in range(400_000))
    with WebServer() as server:
        url = server.on("/feed", web.gzip(body))
        found = fetch(url, fetcher=make(context, steady=Hurry(0.0), allow_hosts=(server.netloc,)))
        assert isinstance(found, Fetched)
        assert found.body == body


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_inner_literals_in_a_location_are_never_dialled(
    context: ssl.SSLContext, inside: WebServer, address: str
) -> None:
    with WebServer() as server:
        network = Internet({"public.example": ((PUBLIC,),)}, {80: server.port, 443: inside.port})
        door = make(context, network=network)
        for target in (
            f"https://{bracketed(address)}/",
            f"//{bracketed(address)}:443/x",
            f"HTTPS://{bracketed(address)}:443",
        ):
            server.on("/", redirect(target))
            failed(fetch("http://public.example/", fetcher=door), FetchProblem.ADDRESS)
        assert set(network.dialled) == {PUBLIC}
        assert inside.connections == 0
