"""The bot at scale: thousands of sources on a server of this machine, the real pipeline, and where its time goes.

with serving() as port, town(sources, folder, port) as found:
    found.cycle()
    print(found.spent)
"""

from __future__ import annotations

import gzip
import json
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.app import open_rig
from bot.fetch.http import HttpFetcher
from bot.fetch.measuring import LoopbackNetwork
from bot.pipeline import Rig, collect, plan_sources
from bot.storage import Database, Transaction
from bot.tune.processes import Cost, children, cost
from bot.types.ids import SourceId
from bot.types.settings import FetchSettings, Settings
from bot.types.source import Fetched, FetchFailure, NotModified, Request, Source
from tests.fakes import engine, records

EVERY = timedelta(minutes=5)
LISTS = Path(__file__).parents[3] / "shared" / "data" / "gazetteers" / "feed-lists-10k.json.gz"


def say(line: str) -> None:
    """A line of a report, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def listed_urls() -> list[str]:
    """The addresses of the feed lists, all of them, repeats too."""
    with gzip.open(LISTS) as file:
        return [url for entry in json.load(file).values() for url in entry["feeds"]]


def sources(urls: Sequence[str]) -> tuple[Source, ...]:
    """A source per address, polled every five minutes."""
    return tuple(
        records.source(f"s{number}", kind="feed", url=url, every=EVERY, publisher=urlsplit(url).hostname or "nobody")
        for number, url in enumerate(urls)
    )


class ShiftedClock:
    """The machine's clock, set forward by hand."""

    def __init__(self) -> None:
        self._shift = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

    def turn(self, span: timedelta) -> None:
        self._shift += span


@dataclass
class Spent:
    """Seconds of processor time of this process by what they were spent on; safe to use from many threads."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    times: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def on(self, what: str) -> Iterator[None]:
        begin = time.thread_time()
        try:
            yield
        finally:
            taken = time.thread_time() - begin
            with self._lock:
                self.seconds[what] += taken
                self.times[what] += 1


class MeasuredFetcher:
    """A fetcher, and what it costs."""

    def __init__(self, inner: HttpFetcher, spent: Spent) -> None:
        self._inner, self._spent = inner, spent

    def fetch(self, request: Request, *, now: datetime) -> Fetched | NotModified | FetchFailure:
        with self._spent.on("fetch"):
            return self._inner.fetch(request, now=now)

    def close(self) -> None:
        self._inner.close()


class MeasuredDatabase:
    """A database, and what its transactions cost, with what is thought inside them."""

    def __init__(self, inner: Database, spent: Spent) -> None:
        self._inner, self._spent = inner, spent

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with self._spent.on("database"), self._inner.transaction() as tx:
            yield tx

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class MeasuredWorkers:
    """Child processes, and what talking to them costs."""

    def __init__(self, inner: Any, spent: Spent) -> None:
        self._inner, self._spent = inner, spent

    def call(self, target: str, *args: Any, deadline: float) -> Any:
        with self._spent.on("parse, this end"):
            return self._inner.call(target, *args, deadline=deadline)

    def renew(self, initializer: tuple[str, tuple[Any, ...]]) -> None:
        self._inner.renew(initializer)


@dataclass
class Town:
    """A rig with very many sources."""

    rig: Rig
    clock: ShiftedClock
    spent: Spent
    others: frozenset[int]  # children that are no part of it

    def cycle(self) -> Counter[str]:
        """Poll everything that is due, as many at a time as the settings say; gives outcomes."""
        outcomes: Counter[str] = Counter()
        with ThreadPoolExecutor(self.rig.settings.fetch.threads) as threads:
            while due := self._due():  # those put off, since two others of their host were at it, come again
                outcomes.update(done.outcome for done in threads.map(self._poll, due))
        return outcomes

    def _due(self) -> Sequence[SourceId]:
        with self.rig.database.transaction() as tx:
            return tx.sources.due(self.rig.clock.now())

    def _poll(self, source_id: SourceId) -> Any:
        return collect(self.rig, source_id, only_due=True)

    def cost(self) -> dict[str, Cost]:
        """Of this process, its children but for the server of feeds, and the database server."""
        embedded = self.rig.database.embedded
        return cost(server=embedded.server_pid if embedded else None, without=self.others)


@contextmanager
def town(
    found: Sequence[Source],
    folder: Path,
    port: int,
    *,
    measured: bool = True,
    **limits: Any,
) -> Iterator[Town]:
    """A rig that polls sources from a server on loopback, with everything else as it really runs."""
    fetch = FetchSettings(**{"per_host_seconds": 0.0} | limits)
    settings = Settings(data=folder, rules=folder, fetch=fetch)
    clock, spent, others = ShiftedClock(), Spent(), children()
    with open_rig(settings, rulebook=engine.rulebook(*found), clock=clock) as opened:
        fetcher: Any = HttpFetcher(fetch, clock=clock, network=LoopbackNetwork(port))
        rig = replace(opened, fetcher=fetcher)
        if measured:
            database: Any = MeasuredDatabase(opened.database, spent)
            parsers = MeasuredWorkers(opened.parsers, spent)
            rig = replace(rig, fetcher=MeasuredFetcher(fetcher, spent), database=database, parsers=parsers)
        plan_sources(rig)
        yield Town(rig=rig, clock=clock, spent=spent, others=others)
