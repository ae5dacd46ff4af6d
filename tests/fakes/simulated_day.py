"""A day of polling in which idle time is skipped: what is late here would be as late on a real machine of this speed.

The clock runs as the machine's does while anybody works, and jumps when nobody does: to the next tick, or to the moment
at which a fetch that waits for a silent server gives up. So a stalled fetch holds its thread for as long as it would.
"""

from __future__ import annotations

import logging
import random
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpcore
import structlog
from sqlalchemy import text

from bot.app import open_rig
from bot.fetch.http import HttpFetcher
from bot.fetch.network import SystemNetwork
from bot.pipeline import Rig, collect, look_after_sources, plan_sources
from bot.tune import loopback
from bot.tune.processes import cost
from bot.types.ids import SourceId
from bot.types.settings import FetchSettings, Settings
from tests.fakes import engine, scale, web

TICK = 5.0  # seconds
BEGIN = datetime(2026, 1, 6, tzinfo=UTC)
AT_THE_WIRE = ("silent", "drip", "stall")  # kinds that are played at the client's end, so that their time can pass
AT_THE_SERVER = (
    "bomb", "huge", "entities", "quadratic", "flood", "renamed", "reset", "loop", "limited", "broken",
)  # fmt: skip


class SkippingClock:
    """Time as it passes while anybody works."""

    def __init__(self, threads: int) -> None:
        self._change = threading.Condition()
        self._threads = threads
        self._start = time.monotonic()
        self._skipped = 0.0
        self._outstanding = 0  # polls handed out and not done
        self._asleep: dict[int, float] = {}  # thread -> when it wakes

    def monotonic(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._start + self._skipped

    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=self.monotonic())

    def sleep(self, seconds: float) -> None:
        """Wait, holding a thread, for time that may be skipped."""
        with self._change:
            wake = self._asleep[threading.get_ident()] = self.monotonic() + seconds
            self._change.notify_all()
            while (left := wake - self.monotonic()) > 0:
                self._change.wait(left)
            del self._asleep[threading.get_ident()]

    @contextmanager
    def poll(self) -> Iterator[None]:
        """A poll that was handed out is at an end."""
        try:
            yield
        finally:
            with self._change:
                self._outstanding -= 1
                self._change.notify_all()

    def hand_out(self, polls: int) -> None:
        with self._change:
            self._outstanding += polls

    def wait_until(self, moment: float) -> None:
        """Come to a moment; skips what nobody works in."""
        with self._change:
            while (left := moment - self.monotonic()) > 0:
                if min(self._outstanding, self._threads) > len(self._asleep):
                    self._change.wait(left)
                    continue
                self._skipped += max(0.0, min([moment, *self._asleep.values()]) - self.monotonic())
                self._change.notify_all()
                self._change.wait(0.001)  # those who wake take the lock


class HostileNetwork:
    """Honest hosts lead to the server, the others to what they do at the wire."""

    def __init__(self, port: int, clock: SkippingClock) -> None:
        self._port, self._clock = port, clock
        self._system = SystemNetwork()

    def resolve(self, host: str, port: int, timeout: float) -> tuple[str, ...]:
        kind = next((place for place, name in enumerate(AT_THE_WIRE, 1) if host.startswith(name)), 0)
        return (f"93.184.216.{kind + 1}",)

    def connect(self, address: str, port: int, timeout: float) -> httpcore.NetworkStream:
        kind = int(address.rpartition(".")[2]) - 2
        if kind < 0:
            return self._system.connect("127.0.0.1", self._port, timeout)
        if AT_THE_WIRE[kind] == "silent":
            self._clock.sleep(timeout)
            raise httpcore.ConnectTimeout
        return _Slow(self._clock, drips=AT_THE_WIRE[kind] == "drip")


class _Slow(httpcore.NetworkStream):
    """A server that begins an answer and then drips, or says no more."""

    def __init__(self, clock: SkippingClock, *, drips: bool) -> None:
        self._clock, self._drips = clock, drips
        self._head = web.head(200, "Content-Type: application/rss+xml") + b"<rss>"

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._head:
            head, self._head = self._head, b""
            return head
        wait = timeout or 0.0
        if self._drips and wait > 1:
            self._clock.sleep(1)
            return b"<item>"
        self._clock.sleep(wait)
        raise httpcore.ReadTimeout

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        pass

    def close(self) -> None:
        pass


class HostileEditions(loopback.Editions):
    """The server's answers: feeds for honest hosts, the rest for the others."""

    def __init__(self) -> None:
        super().__init__()
        rss = "<rss version='2.0'><channel><title>t</title>{}</channel></rss>"
        laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
        self._draw = random.Random(5)
        self._fixed = {
            "bomb": loopback.page(_gzipped(64 << 20), "Content-Encoding: gzip"),
            "huge": loopback.page(rss.format("<item><title>x</title></item>" * 400_000).encode()),
            "entities": loopback.page(
                f"<!DOCTYPE rss [<!ENTITY l0 'ha'>{laughs}]>{rss.format('<item><title>&l9;</title></item>')}".encode()
            ),
            "quadratic": loopback.page(rss.format("<item><![CDATA[<a '" * 200_000).encode()),
            "reset": b"",
            "loop": loopback.page(b"", "Location: /again", status="302 Found"),
            "limited": loopback.page(b"", "Retry-After: 600", status="429 Too Many Requests"),
            "broken": loopback.page(b"", status="503 Service Unavailable"),
        }

    def __call__(self, host: str, path: str, known: str) -> bytes:
        kind = host.rstrip("0123456789.").partition("-")[0]
        if kind in self._fixed:
            return self._fixed[kind]
        if kind in ("flood", "renamed"):
            item = "<item><title>Title {}</title><link>https://x.example/{}</link><guid>{}</guid></item>"
            count = 300 if kind == "flood" else 50
            names = [self._draw.getrandbits(60) for _ in range(count)]
            titles = names if kind == "flood" else range(count)
            entries = "".join(item.format(t, t, n) for t, n in zip(titles, names, strict=True))
            return loopback.page(f"<rss version='2.0'><channel><title>t</title>{entries}</channel></rss>".encode())
        return super().__call__(host, path, known)


def _gzipped(size: int) -> bytes:
    import gzip

    return gzip.compress(bytes(size))


@dataclass
class Day:
    """What came of it."""

    polls: Counter[str] = field(default_factory=Counter)  # by kind of host; "honest" for honest ones
    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    held: dict[str, float] = field(default_factory=lambda: defaultdict(float))  # seconds of threads, by kind
    late: list[float] = field(default_factory=list)  # seconds after its time at which an honest poll was done
    samples: list[tuple[float, float, float, float]] = field(default_factory=list)  # hours; MB: this, children, data
    lock: threading.Lock = field(default_factory=threading.Lock)

    def percentile(self, share: float) -> float:
        """Lateness that so much of the honest polls stayed below."""
        return sorted(self.late)[min(len(self.late) - 1, int(share * len(self.late)))]


def run(folder: Path, *, hours: float, honest: int, hostile: int, stop: Callable[[], bool] = lambda: False) -> Day:
    """Poll so many feeds for so many hours; `stop` is asked at every tick."""
    kinds = (*AT_THE_WIRE, *AT_THE_SERVER)
    hosts = [f"honest-{n}.example" for n in range(honest)]
    hosts += [f"{kinds[n % len(kinds)]}-{n}.example" for n in range(hostile)]
    sources = scale.sources([f"http://{host}/feed" for host in hosts])
    kind_of = {source.id: source.publisher.partition("-")[0] for source in sources}
    fetch = FetchSettings()
    clock = SkippingClock(fetch.threads)
    day = Day()
    settings = Settings(data=folder, rules=folder, fetch=fetch)
    with (
        loopback.serving(HostileEditions) as port,
        open_rig(settings, rulebook=engine.rulebook(*sources), clock=clock) as opened,
        ThreadPoolExecutor(fetch.threads) as threads,
    ):
        network = HostileNetwork(port, clock)
        rig = replace(opened, fetcher=HttpFetcher(fetch, clock=clock, network=network, steady=clock), pause=_no_pause)
        plan_sources(rig)
        _spread(rig, sources)
        outstanding: set[SourceId] = set()

        def poll(source_id: SourceId, due: datetime) -> None:
            begin = clock.monotonic()
            with clock.poll():
                done = collect(rig, source_id, only_due=True)
            kind, end = kind_of[source_id], clock.monotonic()
            with day.lock:
                outstanding.discard(source_id)
                day.polls[kind] += 1
                day.outcomes[kind][done.outcome] += 1
                day.held[kind] += end - begin
                if kind == "honest":
                    day.late.append((BEGIN - due).total_seconds() + end)

        tick = 0
        while clock.monotonic() < hours * 3600 and not stop():
            if tick % 12 == 0:
                look_after_sources(rig)
            with day.lock:
                found = [(source_id, due) for source_id, due in _due(rig) if source_id not in outstanding]
                outstanding.update(source_id for source_id, _ in found)
            clock.hand_out(len(found))
            for source_id, due in found:
                threads.submit(poll, source_id, due)
            if tick % 120 == 0:
                day.samples.append(_sample(rig, clock.monotonic() / 3600))
            tick = (
                max(tick + 1, int(clock.monotonic() // TICK) + 1) if clock.monotonic() > (tick + 1) * TICK else tick + 1
            )
            clock.wait_until(tick * TICK)
        day.samples.append(_sample(rig, clock.monotonic() / 3600))
    return day


def _no_pause(_: float) -> bool:
    return False


def _spread(rig: Rig, sources: Sequence[object]) -> None:
    """First polls over one interval, as after some days of work."""
    with rig.database.transaction() as tx:
        states = list(tx.sources.states().values())
        step = scale.EVERY / len(states)
        tx.sources.save(*(replace(state, next_due=BEGIN + number * step) for number, state in enumerate(states)))


def _due(rig: Rig) -> list[tuple[SourceId, datetime]]:
    with rig.database.transaction() as tx:
        query = text("SELECT source_id, next_due FROM source_state WHERE next_due <= :now ORDER BY next_due")
        return [
            (SourceId(row.source_id), row.next_due) for row in tx.connection.execute(query, {"now": rig.clock.now()})
        ]


def _sample(rig: Rig, hours: float) -> tuple[float, float, float, float]:
    with rig.database.transaction() as tx:
        size = tx.connection.scalar(text("SELECT pg_database_size(current_database())")) or 0
    embedded = rig.database.embedded
    found = cost(server=embedded.server_pid if embedded else None)
    return hours, found["this"].megabytes, found["children"].megabytes, size / 1e6


def main(hours: float = 24.0, minutes: float = 120.0) -> None:
    """Print what a day of 1,000 feeds, 50 of them hostile, comes to, as far as it gets within so many real minutes."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    begin = time.monotonic()

    def late() -> bool:
        return time.monotonic() > begin + 60 * minutes

    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the database server may run as another user
        day = run(Path(folder) / "data", hours=hours, honest=950, hostile=50, stop=late)
    taken, polls = time.monotonic() - begin, sum(day.polls.values())
    scale.say(f"{day.samples[-1][0]:.2f} hours in {taken:.0f} s: {polls} polls, {polls / taken:.0f} a second")
    scale.say("late: " + ", ".join(f"p{100 * share:g} {day.percentile(share):.1f} s" for share in (0.5, 0.99, 1.0)))
    for kind, count in day.polls.most_common():
        share = 100 * day.held[kind] / sum(day.held.values())
        said = dict(day.outcomes[kind])
        scale.say(f"{kind:10}{count:8} polls{day.held[kind] / count:8.2f} s each{share:6.1f} % of thread time  {said}")
    for sample in day.samples[:: max(1, len(day.samples) // 24)]:
        scale.say("{:6.2f} h: this {:.0f} MB, children {:.0f} MB, database {:.0f} MB".format(*sample))


if __name__ == "__main__":
    main(*map(float, sys.argv[1:3]))
