"""Queue the work: each task calls one function of the pipeline and puts the next into the queue.

The queue lives in tables beside ours, so that many workers on many hosts share it. It decides when something is done,
never whether: what is to do stands in rows, every task looks at them again, and the scheduler queues what is left over.

    collect --documents--> read --> assess --messages--> deliver
                 read --pages--> complete --documents--> read
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib import resources
from typing import TYPE_CHECKING, Any

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Status

from bot import pipeline
from bot.log import get_logger
from bot.pipeline.reading import BATCH as READ_BATCH
from bot.types.ids import DocumentId, SourceId

if TYPE_CHECKING:
    from bot.pipeline import Current
    from bot.storage import Database, Transaction
    from bot.storage.pages import StoredPage

FETCH, WORK = "fetch", "work"  # queues: waiting for the network must not keep messages waiting
HEARTBEAT = 2.0  # seconds between signs of life of a worker
STALLED = 10.0  # seconds without one, after which its jobs are taken over
POLL = 1.0  # seconds between looks at the queue when no notification comes
GRACE = 45.0  # seconds in which a stopping worker finishes what it holds; a fetch and its parse take 40
KEEP_JOBS_HOURS = 24
ASSESS_ROUNDS = 40  # per task, so that other work gets its turn

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something to be queued."""

    task: str
    args: dict[str, Any] = field(default_factory=dict)
    key: str  # one job per key waits at any time
    lock: str | None = None  # jobs with the same lock run one after the other
    queue: str = WORK
    priority: int = 0  # higher goes first
    once: bool = True  # not while one with the same key runs; False: what runs may have looked away already


def collect_job(source_id: SourceId) -> Job:
    """Poll a source."""
    key = f"collect:{source_id}"
    return Job(task="collect", args={"source_id": source_id}, key=key, lock=key, queue=FETCH)


def read_jobs(document_ids: Sequence[DocumentId], *, urgent: bool = True) -> list[Job]:
    """Read documents, in batches; those that are not urgent keep no others waiting."""
    batches = [list(document_ids[start : start + READ_BATCH]) for start in range(0, len(document_ids), READ_BATCH)]
    priority = 10 if urgent else 5
    return [
        Job(task="read", args={"document_ids": batch}, key=f"read:{batch[0]}", priority=priority) for batch in batches
    ]


def complete_jobs(pages: Iterable[StoredPage]) -> list[Job]:
    """Read pages behind items; those of one source one after the other, so that it does not hold all threads."""
    return [
        Job(
            task="complete",
            args={"document_id": page.document_id},
            key=f"page:{page.document_id}",
            lock=f"pages:{page.source_id}",
            queue=FETCH,
        )
        for page in pages
    ]


def assess_job() -> Job:
    """Assess what was read."""
    return Job(task="assess", key="assess", lock="assess", priority=20, once=False)


def deliver_job(channel: str) -> Job:
    """Hand over what waits in a channel."""
    key = f"deliver:{channel}"
    return Job(task="deliver", args={"channel": channel}, key=key, lock=key, priority=40, once=False)


def digest_job(name: str, week: str) -> Job:
    """Make a weekly digest."""
    key = f"digest:{name}:{week}"
    return Job(task="digest", args={"name": name, "week": week}, key=key, lock=key, priority=30)


def escalate_job() -> Job:
    """Tell what nobody acknowledged."""
    return Job(task="escalate", key="escalate", lock="assess", priority=35)


def compare_job(channel: str) -> Job:
    """Compare a channel with what was sent there."""
    return Job(task="compare", args={"channel": channel}, key=f"compare:{channel}", priority=-5)


def remind_job() -> Job:
    """Tell of dates that come near or have passed."""
    return Job(task="remind", key="remind", lock="remind", priority=25)


def sweep_job() -> Job:
    """Take over jobs of workers that died."""
    return Job(task="sweep_stalled", key="sweep_stalled", priority=50)


def housekeeping_job() -> Job:
    """Forget what is old."""
    return Job(task="housekeeping", key="housekeeping", lock="housekeeping", priority=-10)


class Queue:
    """Puts jobs into the queue inside somebody's transaction: they exist when it is committed, else they never did."""

    def __init__(self) -> None:
        # Never opened: every statement runs on the connection of a transaction.
        self._app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())

    def put(self, tx: Transaction, jobs: Iterable[Job]) -> int:
        """Queue jobs, but for those whose key waits (or runs, see `Job.once`); gives how many were queued."""
        wanted = {job.key: job for job in jobs}
        if not wanted:
            return 0
        busy = tx.raw.execute(
            "SELECT queueing_lock, status::text FROM procrastinate_jobs"
            " WHERE status IN ('todo', 'doing') AND queueing_lock = ANY(%s)",
            (list(wanted),),
        )
        taken = {key for key, status in busy.fetchall() if status == Status.TODO.value or wanted[key].once}
        free = [job for key, job in wanted.items() if key not in taken]
        if self._put(tx, free):
            return len(free)
        return sum(self._put(tx, [job]) for job in free)

    def open_jobs(self, tx: Transaction) -> int:
        """How many jobs wait or run."""
        counted = tx.raw.execute("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')").fetchone()
        return int(counted[0]) if counted else 0

    def _put(self, tx: Transaction, jobs: Sequence[Job]) -> bool:
        """Queue all of them or, when somebody else was faster by a moment with one, none."""
        made = [
            self._app.configure_task(
                job.task, queue=job.queue, lock=job.lock, queueing_lock=job.key, priority=job.priority
            ).make_new_job(**job.args)
            for job in jobs
        ]
        try:
            with tx.savepoint():
                self._app.job_manager.batch_defer_jobs(made, connection=tx.raw)
        except AlreadyEnqueued:
            return False
        return True


def install(database: Database, *, now: datetime) -> None:
    """Make or upgrade the tables of the queue; safe from several processes at once.

    The library brings a whole schema for new databases and numbered scripts for older ones; which of these are done is
    kept in `queue_schema`.
    """
    folder = resources.files("procrastinate") / "sql"
    scripts = sorted(entry.name for entry in (folder / "migrations").iterdir() if entry.name.endswith(".sql"))
    with database.transaction() as tx:
        tx.lock("monazite:queue-schema")
        done = tx.queue_scripts()
        if not done:
            tx.run_script((folder / "schema.sql").read_text(encoding="utf-8"))
        for script in scripts if done else ():
            if script not in done:
                tx.run_script((folder / "migrations" / script).read_text(encoding="utf-8"))
        tx.note_queue_scripts((script for script in scripts if script not in done), at=now)


def build(current: Current, queue: Queue, connector: procrastinate.BaseConnector) -> procrastinate.App:
    """The tasks, bound to the rig that is in force when one begins."""
    app = procrastinate.App(connector=connector)
    steps = _Steps(current, queue)
    for step in (
        steps.collect,
        steps.read,
        steps.complete,
        steps.assess,
        steps.deliver,
        steps.digest,
        steps.escalate,
        steps.compare,
        steps.remind,
    ):
        app.task(name=step.__name__)(step)

    @app.task(name="sweep_stalled")
    async def sweep_stalled() -> int:
        return await _sweep(app)

    @app.task(name="housekeeping")
    async def housekeeping() -> None:
        await asyncio.get_running_loop().run_in_executor(None, pipeline.housekeeping, current.rig)
        await app.job_manager.delete_old_jobs(
            KEEP_JOBS_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
        )

    return app


class _Steps:
    """The tasks; each calls one function of the pipeline and queues what follows from it."""

    def __init__(self, current: Current, queue: Queue) -> None:
        self._current = current
        self._queue = queue

    def collect(self, source_id: str) -> None:
        """Poll a source if it is due, and have what is new read."""
        done = pipeline.collect(self._current.rig, SourceId(source_id), only_due=True)
        self._next(read_jobs(done.document_ids, urgent=not done.flood))

    def read(self, document_ids: list[str]) -> None:
        """Read documents, and have the readings assessed and the pages that they ask for fetched."""
        rig, ids = self._current.rig, [DocumentId(name) for name in document_ids]
        if not pipeline.read(rig, ids):
            return
        with rig.database.transaction() as tx:
            pages = tx.pages.due(rig.clock.now(), limit=len(ids), among=ids)
            self._queue.put(tx, [assess_job(), *complete_jobs(pages)])
            rig.passes("queue.assess-not-committed")
        rig.passes("queue.assess")

    def complete(self, document_id: str) -> None:
        """Read the page behind a document, and have the document read again with its text."""
        again = read_jobs(pipeline.complete(self._current.rig, DocumentId(document_id)))
        # The job that read the summary, and asked for the page, may not have ended yet: it bears the same key.
        self._next([replace(job, once=False) for job in again])

    def assess(self) -> None:
        """Assess until nothing is left, and have the messages delivered."""
        for _ in range(ASSESS_ROUNDS):
            rig = self._current.rig
            done = pipeline.assess(rig)
            rig.passes("assess.committed")
            if done.messages or done.failed:
                self._deliver_due()
            if not done.more or rig.pause(0):
                return
        self._next([assess_job()])

    def remind(self) -> None:
        """Tell of the dates that are due, and have the messages delivered; what changed with them is decided."""
        if pipeline.remind(self._current.rig):
            self._deliver_due()
        self._next([assess_job()])

    def deliver(self, channel: str) -> None:
        """Hand over what is due in a channel, and have what came of it delivered (notices, fall-backs)."""
        if pipeline.deliver(self._current.rig, channel).rejected:
            self._deliver_due()

    def digest(self, name: str, week: str) -> None:
        """Make a weekly digest, and have it delivered."""
        if pipeline.digest(self._current.rig, name, week):
            self._deliver_due()

    def escalate(self) -> None:
        """Tell what nobody acknowledged, and have it delivered."""
        if pipeline.escalate(self._current.rig):
            self._deliver_due()

    def compare(self, channel: str) -> None:
        """Compare a channel with what was sent there, and have what came of it delivered."""
        if pipeline.sweep(self._current.rig, channel).looked:
            self._deliver_due()

    def _deliver_due(self) -> None:
        rig = self._current.rig
        with rig.database.transaction() as tx:
            channels = tx.outbox.due_channels(rig.clock.now())
            self._queue.put(tx, [deliver_job(channel) for channel in channels])
            rig.passes("queue.deliver-not-committed")
        rig.passes("queue.deliver")

    def _next(self, jobs: Sequence[Job]) -> None:
        if not jobs:
            return
        rig = self._current.rig
        rig.passes("queue.next")
        with rig.database.transaction() as tx:
            self._queue.put(tx, jobs)
            rig.passes("queue.next-not-committed")
        rig.passes("queue.next-committed")


async def _sweep(app: procrastinate.App) -> int:
    """Queue the jobs of dead workers again; gives how many."""
    swept = 0
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
        assert job.id is not None  # noqa: S101 - it comes from a row
        try:
            await app.job_manager.retry_job(job)
            swept += 1
        except (UniqueViolation, ConnectorException):
            # The same work waits already under its key: the dead job has nothing left to do.
            await app.job_manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=False)
        log.warning("took over a job of a dead worker", task=job.task_name, job=job.id)
    return swept


def run_worker(
    current: Current, stop: threading.Event, *, threads: int, workers: int = 4, queues: Sequence[str] = (FETCH, WORK)
) -> int:
    """Work until `stop` is set, then finish what is held; to be called in the main thread or any other.

    Lost connections to the database are waited out.

    Args:
        current: The ports.
        stop: Ends the work.
        threads: Fetches at a time.
        workers: Other tasks at a time.
        queues: Which of the queues to serve.

    Returns:
        Jobs that did not finish within `GRACE` seconds and were left behind; others take them over. When there are any,
        threads still hold them: leave the process with `os._exit` after flushing logs.
    """
    slots = {FETCH: threads, WORK: workers}
    pause = 1.0
    while True:
        session = _Session(current, stop, {queue: slots[queue] for queue in queues})
        try:
            return session.run()
        except ConnectorException as error:
            log.warning("the queue cannot be reached", error=str(error.__cause__ or error), again_in=pause)
        if stop.wait(pause):
            return 0
        pause = min(pause * 2, 30.0)


class _Session:
    """One stay at the queue, on an event loop and threads of its own."""

    def __init__(self, current: Current, stop: threading.Event, slots: dict[str, int]) -> None:
        self._current = current
        self._stop = stop
        self._slots = slots

    def run(self) -> int:
        """Work until stopped; gives jobs left behind."""
        threads = ThreadPoolExecutor(sum(self._slots.values()) + 2, thread_name_prefix="task")
        loop = asyncio.new_event_loop()
        loop.set_default_executor(threads)
        left = 0
        try:
            left = loop.run_until_complete(self._work())
            return left
        finally:
            threads.shutdown(wait=not left, cancel_futures=True)
            if left:
                # Their tasks wait for threads that nobody can end; the loop need not complain about them.
                loop.set_exception_handler(lambda _loop, _context: None)
            else:
                loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    async def _work(self) -> int:
        connector = procrastinate.PsycopgConnector(
            conninfo=self._current.rig.database.conninfo.reveal(), min_size=1, max_size=2 + 2 * len(self._slots)
        )
        app = build(self._current, Queue(), connector)
        async with app.open_async():
            running = {
                asyncio.create_task(
                    app.run_worker_async(
                        queues=[queue], name=queue, concurrency=slots, install_signal_handlers=False,
                        delete_jobs="successful", update_heartbeat_interval=HEARTBEAT, stalled_worker_timeout=STALLED,
                        fetch_job_polling_interval=POLL, shutdown_graceful_timeout=GRACE,
                    )
                )
                for queue, slots in self._slots.items()
            }  # fmt: skip
            while not self._stop.is_set() and not any(task.done() for task in running):  # noqa: ASYNC110 - of threads
                await asyncio.sleep(0.1)
            for task in running:
                task.cancel()  # the library takes it as: fetch nothing more, finish what is held
            _, late = await asyncio.wait(running, timeout=GRACE + 5)
            for task in running - late:
                if not task.cancelled() and (error := task.exception()) is not None:
                    raise error
            if not self._stop.is_set() and not late:
                raise ConnectorException("a worker ended by itself")
            return await self._held(app) if late else 0

    async def _held(self, app: procrastinate.App) -> int:
        jobs = await app.job_manager.list_jobs_async(status=Status.DOING.value)
        return max(1, len(list(jobs)))
