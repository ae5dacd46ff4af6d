"""Bodies, pauses and budgets stay within bounds, and the door knows what it may open."""

from __future__ import annotations

import gzip
import threading
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from bot.fetch.body import Collector
from bot.fetch.courtesy import Courtesy
from bot.fetch.guard import Gate, is_upgrade, parse_allowed, same_origin
from bot.fetch.http import user_agent
from bot.fetch.network import SystemNetwork, SystemSteady
from bot.fetch.stopped import FetchStopped
from bot.fetch.transport import Budget
from bot.types.settings import FetchSettings
from bot.types.source import FetchProblem
from tests.fakes.clock import START

TEXT = b"<rss>" + b"<item>ore</item>" * 2000


class Ticks:
    """A steady clock that moves when it is told to, and when somebody waits."""

    def __init__(self) -> None:
        self.time = 100.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def collect(data: bytes, *, encoding: str = "gzip", limit: int = 1 << 20, step: int = 1000) -> tuple[bytes, bool]:
    collector = Collector("h", encoding, limit=limit)
    collector.take(data[n : n + step] for n in range(0, len(data), step))
    body = collector.finish(ended=True)
    return body.data, body.complete


@pytest.mark.parametrize("encoding", ["", "identity", "utf-8", "none"])
def test_plain_bodies_pass(encoding: str) -> None:
    assert collect(TEXT, encoding=encoding) == (TEXT, True)


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP"])
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_gzip_is_unpacked(encoding: str, step: int) -> None:
    packed = gzip.compress(TEXT)
    assert collect(packed, encoding=encoding, step=step) == (TEXT, True)
    assert collect(packed + gzip.compress(b"more"), encoding=encoding, step=step) == (TEXT + b"more", True)
    assert collect(packed + bytes(100), encoding=encoding, step=step) == (TEXT, True)


@pytest.mark.parametrize("cut", [1, 8, 20])
def test_cut_gzip_is_not_complete(cut: int) -> None:
    data, complete = collect(gzip.compress(TEXT)[:-cut])
    assert TEXT.startswith(data)
    assert not complete


def test_damaged_gzip_is_not_complete() -> None:
    packed = bytearray(gzip.compress(TEXT))
    packed[-8] ^= 0xFF  # the checksum
    data, complete = collect(bytes(packed), step=8)
    assert TEXT.startswith(data)
    assert data
    assert not complete


@pytest.mark.parametrize("data", [b"<rss/>", b"\x1f\x8b\x08"])
def test_gzip_of_which_nothing_can_be_read_is_a_failure(data: bytes) -> None:
    with pytest.raises(FetchStopped) as stop:
        collect(data)
    assert stop.value.problem is FetchProblem.BROKEN


def test_an_empty_answer_is_complete() -> None:
    assert collect(b"") == (b"", True)
    assert collect(b"", encoding="") == (b"", True)


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", "gzip, br", "compress"])
def test_other_packings_are_refused(encoding: str) -> None:
    with pytest.raises(FetchStopped) as stop:
        collect(TEXT, encoding=encoding)
    assert stop.value.problem is FetchProblem.BROKEN


def test_too_large_is_too_large() -> None:
    assert collect(TEXT, encoding="", limit=len(TEXT))[1]
    with pytest.raises(FetchStopped) as stop:
        collect(TEXT, encoding="", limit=len(TEXT) - 1)
    assert stop.value.problem is FetchProblem.TOO_LARGE
    assert not stop.value.transient


def zeros(size: int) -> Iterator[bytes]:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    for _ in range(size >> 20):
        yield packer.compress(bytes(1 << 20))
    yield packer.flush()


@pytest.mark.parametrize(
    ("limit", "step", "words"), [(900_000, 1 << 20, "larger than"), (1 << 40, 500, "times its size")]
)
def test_a_bomb_takes_no_more_than_its_limit(limit: int, step: int, words: str) -> None:
    packed = b"".join(zeros(128 << 20))
    collector = Collector("h", "gzip", limit=limit)
    tracemalloc.start()
    with pytest.raises(FetchStopped, match=words) as stop:
        collector.take(packed[n : n + step] for n in range(0, len(packed), step))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert stop.value.problem is FetchProblem.TOO_LARGE
    assert peak < 6_000_000


def test_high_ratios_of_small_bodies_are_harmless() -> None:
    assert collect(gzip.compress(bytes(900_000)), step=1 << 20) == (bytes(900_000), True)


def test_one_host_gets_one_request_per_pause() -> None:
    ticks = Ticks()
    courtesy = Courtesy(2.0, ticks)
    for host in ("a", "a", "b", "a"):
        courtesy.wait(host, now=START)
    assert ticks.slept == [2.0, 4.0]
    ticks.time += 10
    courtesy.wait("a", now=START)
    assert ticks.slept == [2.0, 4.0]


def test_what_a_site_wants_between_requests_counts_when_it_is_more() -> None:
    ticks = Ticks()
    courtesy = Courtesy(2.0, ticks)
    courtesy.space("a", 30.0)
    courtesy.space("b", 1.0)
    for host in ("a", "a", "b", "b"):
        courtesy.wait(host, now=START)
    assert ticks.slept == [30.0, 2.0]
    courtesy.space("a", 0.0)  # its robots.txt no longer says so
    ticks.time += 100
    for _ in range(2):
        courtesy.wait("a", now=START)
    assert ticks.slept == [30.0, 2.0, 2.0]


def test_a_turn_that_is_too_far_away_is_not_waited_for() -> None:
    ticks = Ticks()
    courtesy = Courtesy(0.0, ticks)
    courtesy.space("a", 60.0)
    for _ in range(3):
        courtesy.wait("a", now=START)
    with pytest.raises(FetchStopped) as stop:
        courtesy.wait("a", now=START)
    assert ticks.slept == [60.0, 120.0]
    assert (stop.value.problem, stop.value.transient) == (FetchProblem.RATE_LIMITED, True)
    assert stop.value.retry_after == timedelta(seconds=180)
    ticks.time += 180  # the turn that was refused was not taken
    courtesy.wait("a", now=START)
    assert ticks.slept == [60.0, 120.0]


def test_a_program_that_stops_waits_for_no_turn() -> None:
    stop = threading.Event()
    courtesy = Courtesy(60.0, SystemSteady(stop))
    courtesy.wait("a", now=START)
    threading.Timer(0.01, stop.set).start()
    with pytest.raises(FetchStopped, match="The program was stopped"):
        courtesy.wait("a", now=START)


def test_every_refusal_in_a_row_doubles_the_pause_up_to_a_minute() -> None:
    ticks = Ticks()
    courtesy = Courtesy(2.0, ticks)
    pauses = []
    for _ in range(8):
        courtesy.wait("a", now=START)
        courtesy.refused("a", now=START)
        pauses.append(ticks.slept[-1] if ticks.slept else 0.0)
        ticks.time += pauses[-1]
    assert pauses == [0.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]
    courtesy.answered("a")
    ticks.time += 60
    for _ in range(2):
        courtesy.wait("a", now=START)
    assert ticks.slept[-1] == 2.0


def test_a_host_that_asked_for_a_pause_gets_it() -> None:
    courtesy = Courtesy(0.0, Ticks())
    courtesy.refused("a", now=START, pause=timedelta(minutes=10))
    with pytest.raises(FetchStopped) as stop:
        courtesy.wait("a", now=START + timedelta(minutes=9))
    assert stop.value.problem is FetchProblem.RATE_LIMITED
    assert stop.value.retry_after == timedelta(minutes=1)
    courtesy.wait("b", now=START)
    courtesy.wait("a", now=START + timedelta(minutes=10))
    courtesy.refused("a", now=START, pause=timedelta(days=400))
    courtesy.wait("a", now=START + timedelta(hours=24))
    courtesy.refused("a", now=START + timedelta(days=30), pause=timedelta(minutes=10))
    courtesy.wait("a", now=START)  # the clock was set back: nobody waits for a month


def test_turns_of_many_threads_do_not_collide() -> None:
    ticks = Ticks()
    courtesy = Courtesy(1.0, ticks)
    threads = [threading.Thread(target=courtesy.wait, args=("h",), kwargs={"now": START}) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ticks.slept) == [float(n) for n in range(1, 20)]


def test_no_pause_when_none_is_wanted() -> None:
    ticks = Ticks()
    courtesy = Courtesy(0.0, ticks)
    for _ in range(3):
        courtesy.wait("h", now=START)
    assert ticks.slept == []


def test_pauses_of_long_ago_are_forgotten() -> None:
    ticks = Ticks()
    courtesy = Courtesy(1.0, ticks)
    for n in range(10_001):
        courtesy.wait(f"h{n}", now=START)
    ticks.time += 5
    courtesy.wait("one more", now=START)
    assert len(courtesy._hosts) == 1


def budget(ticks: Ticks) -> Budget:
    return Budget(FetchSettings(deadline=30.0, max_wire_bytes=10_000), ticks)


def test_a_budget_of_time() -> None:
    ticks = Ticks()
    spending = budget(ticks)
    assert spending.remaining("h") == 30.0
    ticks.time += 29
    assert spending.remaining("h") == 1.0
    ticks.time += 1
    with pytest.raises(FetchStopped, match="did not answer within 30 seconds") as stop:
        spending.remaining("h")
    assert stop.value.problem is FetchProblem.TIMEOUT


def test_a_trickle_ends_after_ten_seconds() -> None:
    ticks = Ticks()
    spending = budget(ticks)
    ticks.time += 15  # slow to begin is no trickle
    spending.spend("h", 5000)
    for _ in range(5):
        ticks.time += 1
        spending.spend("h", 1)
        assert spending.remaining("h") > 0
    ticks.time += 5.5
    with pytest.raises(FetchStopped, match="less than 1000 bytes a second") as stop:
        spending.remaining("h")
    assert stop.value.problem is FetchProblem.TOO_SLOW


def test_a_budget_of_bytes() -> None:
    spending = budget(Ticks())
    spending.spend("h", 10_000)
    with pytest.raises(FetchStopped) as stop:
        spending.spend("h", 1)
    assert stop.value.problem is FetchProblem.TOO_LARGE


@pytest.mark.parametrize(
    ("entry", "host", "port", "allowed"),
    [
        ("intranet", "intranet", 8080, True),
        ("Intranet", "INTRANET", 80, True),
        ("intranet:8080", "intranet", 8080, True),
        ("intranet:8080", "intranet", 8081, False),
        ("127.0.0.1", "127.0.0.1", 9, True),
        ("[::1]:8080", "::1", 8080, True),
        ("[::1]:8080", "::1", 80, False),
        ("::1", "::1", 80, True),
        ("intranet", "intranet.evil.example", 80, False),
    ],
)
def test_allowed_hosts(entry: str, host: str, port: int, allowed: bool) -> None:
    entries = parse_allowed((entry,))
    name = host.lower()
    assert ((name, None) in entries or (name, port) in entries) is allowed


@pytest.mark.parametrize(
    "url",
    [
        *(
            "ftp://e.org/",
            "file:///etc/passwd",
            "gopher://e.org/",
            "javascript:alert(1)",
            "data:,x",
            "//e.org/",
            "/x",
            "",
        ),
        *("http://user@e.org/", "http://user:pw@e.org/", "https://e.org:8443/", "http://e.org:22/", "http://e.org:0/"),
        *(
            "http://e.org\\@127.0.0.1/",
            "http://e.org\t/",
            "http://e.org\n/",
            "http://e org/",
            "http://",
            "http://[::1/",
        ),
        *("https://" + "a" * 9000, "http://e.org:99999/", "http://\x7f/"),
    ],
)
def test_addresses_that_are_never_asked(url: str) -> None:
    with pytest.raises(FetchStopped) as stop:
        Gate(SystemNetwork(), frozenset(), url)
    assert stop.value.problem is FetchProblem.ADDRESS
    assert not stop.value.transient


def test_fragments_are_not_sent() -> None:
    assert str(Gate(SystemNetwork(), frozenset(), "https://e.org/a#b").first) == "https://e.org/a"


@pytest.mark.parametrize(
    ("one", "other", "same", "upgrade"),
    [
        ("https://e.org/a", "https://e.org:443/b", True, False),
        ("http://e.org/a", "https://e.org/a", False, True),
        ("https://e.org/", "https://www.e.org/", False, False),
        ("http://e.org/", "http://e.org:8080/", False, False),
        ("http://e.org:8080/", "https://e.org/", False, False),
        ("http://e.org/", "https://f.org/", False, False),
    ],
)
def test_origins(one: str, other: str, same: bool, upgrade: bool) -> None:
    assert same_origin(httpx.URL(one), httpx.URL(other)) is same
    assert is_upgrade(httpx.URL(one), httpx.URL(other)) is upgrade


@pytest.mark.parametrize(
    ("contact", "agent"),
    [
        ("", r"Monazite/[0-9.]+"),
        ("mailto:desk@example.org", r"Monazite/[0-9.]+ \(\+mailto:desk@example\.org\)"),
        ("a)\r\nX-Evil: 1(", r"Monazite/[0-9.]+ \(\+aX-Evil:1\)"),
    ],
)
def test_the_user_agent_is_honest_and_one_line(contact: str, agent: str) -> None:
    import re

    assert re.fullmatch(agent, user_agent(contact))


def test_the_machine_resolves_numbers_without_asking_anybody() -> None:
    network = SystemNetwork()
    assert network.resolve("127.0.0.1", 80, 1.0) == ("127.0.0.1",)
    assert network.resolve("::1", 80, 1.0) == ("::1",)
    assert network.resolve("localhost", 80, 5.0)
    with pytest.raises((OSError, UnicodeError)):
        network.resolve("x" * 70 + ".localhost", 80, 5.0)
    assert SystemSteady().monotonic() <= SystemSteady().monotonic()
