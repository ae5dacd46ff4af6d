"""Tick: look which rows are due, and queue the work; nothing is done here but to look whether anybody does it.

What is due, and that a digest goes out once, stands in rows: a tick that comes late, twice or on two hosts changes
nothing. One host holds the role of scheduler through a lock of the database; others stand by.
"""

from __future__ import annotations

import math
import socket
from collections import Counter
from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from apscheduler.schedulers.background import BackgroundScheduler

from bot import pipeline, tasks
from bot.errors import MonaziteError
from bot.log import get_logger

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from bot.pipeline import Current, Rig
    from bot.types.ids import SourceId

ROLE = "monazite:scheduler"
SWEEP = timedelta(seconds=10)  # between looks for jobs of dead workers
HOUSEKEEPING = timedelta(days=1)
DIGEST_RETRY = timedelta(minutes=15)  # after a digest that a bug stopped
REMIND = timedelta(minutes=1)  # between looks for dates that have come near: a channel may have quiet hours
LEFT_OVER = timedelta(seconds=60)  # documents that wait longer were forgotten by a worker that died
LEFT_OVER_LIMIT = 500  # documents, and pages, per tick

log = get_logger(__name__)


class Ticker:
    """Looks for due work every few seconds, in a thread of its own."""

    def __init__(self, current: Current, queue: tasks.Queue | None = None) -> None:
        self._current = current
        self._queue = queue or tasks.Queue()
        self._lease = current.rig.database.lease(ROLE, holder=socket.gethostname())
        self._swept: datetime | None = None
        self._scheduler = BackgroundScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def start(self) -> None:
        """Begin to tick, at once and then every `tick_seconds`."""
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=self._current.rig.settings.tick_seconds,
            next_run_time=_wall_clock(),
            id="tick",
        )
        self._scheduler.start()

    def stop(self) -> None:
        """End ticking after the tick that runs; gives the role back."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        self._lease.release()

    def tick(self) -> int:
        """Queue what is due, when this host is the scheduler; gives how many jobs were queued."""
        try:
            rig = self._current.rig
            now = rig.clock.now()
            if not self._lease.held(now):
                return 0
            pipeline.leave_mark(rig)
            pipeline.look_after_sources(rig)
            return self._enqueue(rig, now)
        except MonaziteError as error:
            # The database is gone for now: the rows are still due at the next tick.
            log.warning("tick failed", error=str(error))
            return 0

    def _enqueue(self, rig: Rig, now: datetime) -> int:
        digests = pipeline.due_digests(rig)
        with rig.database.transaction() as tx:
            jobs = [tasks.collect_job(source_id) for source_id in _in_turn(rig, tx.sources.due(now))]
            if tx.documents.unplaced(limit=1) or tx.stories.held(now, limit=1):
                jobs.append(tasks.assess_job())
            jobs += [tasks.deliver_job(channel) for channel in tx.outbox.due_channels(now)]
            jobs += [tasks.compare_job(channel) for channel in pipeline.to_sweep(rig, tx, now)]
            if pipeline.dates_due(rig, tx, now) and tx.chores.due("remind", now, every=REMIND):
                jobs.append(tasks.remind_job())
            jobs += [
                tasks.digest_job(name, week)
                for name, week in digests
                if tx.chores.due(f"digest:{name}:{week}", now, every=DIGEST_RETRY)
            ]
            if tx.escalations.due(now, limit=1):
                jobs.append(tasks.escalate_job())
            if self._swept is None or now - self._swept >= SWEEP:
                self._swept = now
                jobs.append(tasks.sweep_job())
                left = tx.documents.unread(limit=LEFT_OVER_LIMIT, before=now - LEFT_OVER)
                jobs += tasks.read_jobs(left, urgent=False)
                jobs += tasks.complete_jobs(tx.pages.due(now, limit=LEFT_OVER_LIMIT))
            if tx.chores.due("housekeeping", now, every=HOUSEKEEPING):
                jobs.append(tasks.housekeeping_job())
            put = self._queue.put(tx, jobs)
            rig.passes("tick.not-committed")
        rig.passes("tick.committed")
        return put


def _in_turn(rig: Rig, due: Sequence[SourceId]) -> Iterator[SourceId]:
    """Sources that may be polled until the next tick: of one host, no more than its pauses allow.

    The others stay due. Queued now, they would be taken out only to be put off, again and again.
    """
    settings, turns = rig.settings, Counter[str]()
    most = 1 + math.ceil(settings.tick_seconds / max(settings.fetch.per_host_seconds, 0.1))
    for source_id in due:
        source = rig.rulebook.source_by_id.get(source_id)
        if source is None or not source.enabled:
            continue
        host = urlsplit(source.url).hostname or ""
        turns[host] += 1
        if turns[host] <= most:
            yield source_id


def _wall_clock() -> datetime:
    from datetime import datetime  # noqa: PLC0415 - the scheduler's own clock, not the rig's

    return datetime.now(UTC)
