"""A door to a made-up Internet: public addresses that lead to servers on loopback, and clocks that hurry."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpcore

from bot.fetch.http import HttpFetcher
from bot.fetch.network import Network, Steady, SystemNetwork
from bot.types.ids import SourceId
from bot.types.settings import FetchSettings
from bot.types.source import Fetched, FetchFailure, FetchProblem, NotModified, Request
from tests.fakes.clock import START, FakeClock

RSS = b"<rss version='2.0'><channel><title>t</title></channel></rss>"
PUBLIC = "93.184.216.34"

BAD_ADDRESSES = (
    *("127.0.0.1", "0.0.0.0", "10.1.2.3", "169.254.169.254", "100.64.0.1", "192.168.0.1", "172.16.0.1", "224.0.0.1"),
    *("255.255.255.255", "198.18.0.1", "192.0.0.1", "240.0.0.1", "::1", "::", "::ffff:127.0.0.1", "::ffff:100.64.0.1"),
    *("::7f00:1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::"),
    *("2001:0:4136:e378:8000:63bf:80ff:fffe", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1"),
    *("3fff::1", "fec0::1", "2606:4700::5efe:7f00:1"),
)
DISGUISES = ("0x7f.1", "2130706433", "127.1", "0", "0177.0.0.1", "0x7f000001")


class Internet:
    """A network in which public addresses lead to servers on loopback, and every dial is written down.

    Args:
        names: Host -> what each resolution gives in turn, the last one for all that follow.
        servers: Port -> port on loopback.
    """

    def __init__(self, names: Mapping[str, tuple[tuple[str, ...], ...]], servers: Mapping[int, int]) -> None:
        self._names = {host: list(answers) for host, answers in names.items()}
        self._servers = servers
        self._system = SystemNetwork()
        self.dialled: list[str] = []

    def resolve(self, host: str, port: int, timeout: float) -> tuple[str, ...]:
        if host in self._names:
            answers = self._names[host]
            return answers.pop(0) if len(answers) > 1 else answers[0]
        try:
            return (socket.inet_ntoa(socket.inet_aton(host)),)  # 0x7f.1 and its kin, as a C library reads them
        except OSError:
            return self._system.resolve(host, port, timeout) if ":" in host else _unknown(host)

    def connect(self, address: str, port: int, timeout: float) -> httpcore.NetworkStream:
        self.dialled.append(address)
        return self._system.connect("127.0.0.1", self._servers[port], timeout)


def _unknown(host: str) -> tuple[str, ...]:
    raise OSError(f"no such name: {host}")


class Hurry:
    """A steady clock that runs ahead by so much at every look."""

    def __init__(self, step: float) -> None:
        self._time = 0.0
        self._step = step
        self.slept: list[float] = []

    def monotonic(self) -> float:
        self._time += self._step
        return self._time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def request(url: str, **fields: Any) -> Request:
    return Request(source_id=SourceId("src"), url=url, **fields)


def fetch(url: str, *, fetcher: HttpFetcher, **fields: Any) -> Fetched | NotModified | FetchFailure:
    return fetcher.fetch(request(url, **fields), now=START)


def make(
    context: ssl.SSLContext, *, network: Network | None = None, steady: Steady | None = None, **limits: Any
) -> HttpFetcher:
    settings = FetchSettings(**{"per_host_seconds": 0.0, "deadline": 20.0} | limits)
    return HttpFetcher(settings, clock=FakeClock(), network=network, steady=steady, tls=context)


def failed(found: object, problem: FetchProblem) -> FetchFailure:
    assert isinstance(found, FetchFailure), found
    assert found.problem is problem, found.message
    assert found.message[-1] == "."
    assert found.fetched_at == START
    return found


def bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def fetch_measured(url: str, netloc: str, times: int) -> tuple[list[str], int]:
    """In a child: what came of so many fetches at once, and by how many megabytes the process grew meanwhile."""
    door = make(ssl.create_default_context(), allow_hosts=(netloc,), deadline=60.0)
    found: list[str] = []

    def work() -> None:
        answer = fetch(url, fetcher=door)
        found.append(str(answer.problem) if isinstance(answer, FetchFailure) else "came through")

    threads = [threading.Thread(target=work) for _ in range(times)]
    Path("/proc/self/clear_refs").write_text("5")  # the peak is from now on
    before = _peak()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found, _peak() - before


def _peak() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024
