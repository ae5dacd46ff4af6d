"""The whole main job in a process that is killed at a named point: feed, collect, read, page, assess, deliver to Slack.

Runs in a child of the nursery (see `tests.fakes.nursery`). The feed, the pages and Slack are servers on loopback in the
test's process, so that they remember what a killed process did; the database is a real one. The queue is served by one
loop in this process, which takes a job out when it is done, as the real one does.
"""

from __future__ import annotations

import os
import signal
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot import pipeline, tasks
from bot.deliver.console import CHANNEL as CONSOLE
from bot.deliver.slack import CHANNEL as SLACK
from bot.errors import StorageError
from bot.fetch.http import HttpFetcher
from bot.pipeline import Current, Exits, Rig
from bot.schedule import Ticker
from bot.sources._page import complete
from bot.storage import Database
from bot.types.delivery import ChannelTarget
from bot.types.document import Gathered
from bot.types.rules import Escalate
from bot.types.secret import Secret
from bot.types.settings import FetchSettings, Settings, SlackSettings
from bot.types.source import Fetched, PageRule, PageWhen, ParseFailure, Source
from tests import canaries
from tests.fakes import engine, records
from tests.fakes.bans import read_bans
from tests.fakes.clock import FakeClock

PAGE = (
    "The ministry bans exports of dual-use goods to Japan. It did so on Tuesday in a notice of two pages.\n\n"
    "The ban is in force from 1 February 2026. Nobody was asked for an opinion before, as far as is known."
)
AHEAD = timedelta(days=33)  # from a ban to its day: a week before that, or less, is the next job's time
TLS = ssl.create_default_context()  # made once, before anything is forked
ROUNDS = 60  # turns of the clock in which a job must be done
TURN = 16.0  # seconds
LEFT_OUT = ("sweep_stalled", "housekeeping")  # tasks that have nothing to do with messages
DONE, LEFT = 0, 3  # exit codes: nothing is left to do, something is


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a child is to do, as the test sends it."""

    conninfo: str
    slack: str  # base URL
    feed: str  # URL
    data: str  # folder
    at: float  # seconds since 1970 on the fake clock
    job: str = "watch"  # watch | deliver | naive | sweep | restore
    point: str = ""  # where to die; "" nowhere
    stop: bool = False  # True: stopped there (SIGSTOP), not killed
    speed: float = 0.0  # the clock runs so many times as fast as the machine's; 0: it is turned by the process itself
    times: int = 1  # passes of the point until then
    since: float = 0.0  # restore: seconds since 1970; with a speed: when the clock stood at `at`, on the machine's


class FastClock(FakeClock):
    """One time for all processes, which does not stand still while one of them is stopped."""

    def __init__(self, start: datetime, since: float, speed: float) -> None:
        super().__init__(start)
        self._since = since
        self._speed = speed

    def now(self) -> datetime:
        return self._now + timedelta(seconds=(time.time() - self._since) * self._speed)

    def pause(self, seconds: float) -> bool:
        time.sleep(seconds / self._speed)
        return False


class Killer:
    """Kills or stops this process when it passes its point for the n-th time."""

    def __init__(self, point: str, times: int, number: int = signal.SIGKILL) -> None:
        self._point = point
        self._left = times
        self._number = number

    def __call__(self, point: str) -> None:
        if point == self._point:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), self._number)


class Readers(engine.InlineWorkers):
    """Parses and reads in this process: a title with "ban" tells a ban; its page adds the target and the day."""

    def call(self, target: str, *args: Any, deadline: float) -> Any:
        if target == "harvest":
            return _gather(*args)
        if target == "complete":
            return complete(*args)
        return read_bans(args[0], lambda document: document.first_seen.date() + AHEAD)


def _gather(source: Source, fetched: Fetched, memory: str = "") -> Gathered | ParseFailure:
    """As `engine.gather`, with pages beside the feed."""
    found = engine.gather(source, fetched, memory)
    if isinstance(found, ParseFailure):
        return found
    there = fetched.final_url.removesuffix("/feed")
    moved = [
        (replace(made, url=f"{there}/page?{made.id}", canonical_url=f"{there}/page?{made.id}"), keys)
        for made, keys in found.documents
    ]
    return replace(found, documents=tuple(moved))


def rig(run: Run, database: Database, clock: FakeClock, passes: Callable[[str], None]) -> Rig:
    """Everything real but parsers and readers, which are light."""
    source = records.source("src", url=run.feed, page=PageRule(when=PageWhen.ALWAYS))
    channels = {name: ChannelTarget(name=name, kind="slack", address=f"#{name}") for name in ("desk", "ops")}
    routing = engine.routing(channels=channels, digests={})
    loud = replace(routing.routes[0], escalate=Escalate(after=timedelta(minutes=30), to="ops"))
    book = engine.rulebook(source, routing=replace(routing, routes=(loud, *routing.routes[1:])))
    made = engine.bench(database, clock, book).rig
    settings = Settings(
        data=Path(run.data),
        rules=Path("/nowhere"),
        team="team",
        fetch=FetchSettings(allow_hosts=(run.feed.split("/")[2],), per_host_seconds=0.0),
        slack=SlackSettings(token=Secret(canaries.SLACK_BOT_TOKEN), base_url=run.slack, timeout=5.0, fence=60.0),
    )
    workers = Readers()
    return replace(
        made,
        settings=settings,
        fetcher=HttpFetcher(settings.fetch, clock=clock, tls=TLS),
        workers=workers,
        parsers=workers,
        ward=workers,
        exits=Exits({"slack": SLACK, "console": CONSOLE}, settings),
        passes=passes,
    )


def send(rig: Rig) -> int:
    """Hand over until nothing is left, whoever else does the same."""
    while True:
        try:
            pipeline.deliver(rig, "desk")
            with rig.database.transaction() as tx:
                if not tx.outbox.counts().keys() & {"pending", "sending", "ambiguous"}:
                    return DONE
        except StorageError:
            continue  # its sessions were ended
        rig.pause(1)


def naive(rig: Rig) -> int:
    """How it is usually done: the library's own retries, send, then mark, and whatever is unmarked is sent again."""
    from slack_sdk import WebClient
    from slack_sdk.errors import SlackClientError

    slack = rig.settings.slack
    client = WebClient(token=canaries.SLACK_BOT_TOKEN, base_url=slack.base_url, timeout=5)
    with rig.database.transaction() as tx:
        waiting = tx.connection.execute(
            text("SELECT id, message FROM outbox WHERE state = 'pending' ORDER BY seq")
        ).all()
    for row in waiting:
        metadata = {"event_type": "naive", "event_payload": {"delivery_id": row.id}}
        try:
            client.chat_postMessage(channel="#desk", text=row.message["summary"], metadata=metadata)
        except (SlackClientError, OSError):
            return LEFT  # the next run tries it again
        rig.passes("naive.accepted")
        with rig.database.transaction() as tx:
            tx.connection.execute(text("UPDATE outbox SET state = 'sent' WHERE id = :id"), {"id": row.id})
        rig.passes("naive.marked")
    return DONE


def watch(rig: Rig, clock: FakeClock) -> int:
    """Tick and work until nothing is left to do."""
    pipeline.notice_restore(rig)
    pipeline.plan_sources(rig)
    current, queue = Current(rig), tasks.Queue()
    ticker, steps = Ticker(current, queue), tasks._Steps(current, queue)
    for _ in range(ROUNDS):
        ticker.tick()
        _work(rig.database, steps)
        if _nothing_left(rig):
            ticker.stop()
            return DONE
        clock.turn(TURN)
    return LEFT


def _work(database: Database, steps: tasks._Steps) -> None:
    """Do what is queued; a job is taken out when it is done."""
    while True:
        with database.transaction() as tx:
            job = tx.connection.execute(
                text("SELECT id, task_name, args FROM procrastinate_jobs ORDER BY priority DESC, id LIMIT 1")
            ).one_or_none()
        if job is None:
            return
        if job.task_name not in LEFT_OUT:
            getattr(steps, job.task_name)(**job.args)
        with database.transaction() as tx:
            tx.connection.execute(text("DELETE FROM procrastinate_jobs WHERE id = :id"), {"id": job.id})


def _nothing_left(rig: Rig) -> bool:
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        waiting = (
            tx.sources.due(now),
            tx.documents.unread(limit=1),
            tx.documents.unplaced(limit=1),
            tx.pages.due(now + timedelta(days=1), limit=1),
            tx.outbox.counts().keys() & {"pending", "sending", "ambiguous"},
        )
    return not any(waiting)


class Performer:
    """Does runs, on one database at a time. What SQLAlchemy has compiled stays, and is there after a fork too."""

    def __init__(self) -> None:
        self._database: Database | None = None

    def perform(self, run: Run) -> int:
        """One process's work; gives its exit code."""
        start = datetime.fromtimestamp(run.at, UTC)
        clock = FastClock(start, run.since, run.speed) if run.speed else FakeClock(start)
        if self._database is None:
            self._database = Database(Secret(run.conninfo))
        self._database.conninfo = Secret(run.conninfo)
        made = rig(
            run, self._database, clock, Killer(run.point, run.times, signal.SIGSTOP if run.stop else signal.SIGKILL)
        )
        try:
            if run.job == "sweep":
                pipeline.sweep(made, "desk")
                return DONE
            if run.job == "deliver":
                return send(made)
            if run.job == "naive":
                return naive(made)
            if run.job == "restore":
                pipeline.expect_sent(made, datetime.fromtimestamp(run.since, UTC))
            return watch(made, clock)
        finally:
            made.fetcher.close()
            self._database.engine.dispose()
