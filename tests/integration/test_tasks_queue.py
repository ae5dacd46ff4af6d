"""Jobs exist when their transaction does, once per key, and survive the death of their worker."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from procrastinate import testing
from sqlalchemy import text

from bot import tasks
from bot.pipeline import Current, plan_sources
from bot.schedule import Ticker
from bot.storage import Database
from bot.storage.documents import DocumentState, NewDocument
from bot.storage.outbox import NewDelivery
from bot.storage.pages import PageState, StoredPage
from bot.types.delivery import Action, DeliveryState
from bot.types.ids import SourceId
from bot.types.source import PageRule, PageWhen
from tests.fakes import engine, records, rules
from tests.fakes.clock import START, FakeClock
from tests.fakes.engine import Bench


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    tasks.install(database, now=START)
    made = engine.bench(database, clock, engine.rulebook(records.source("src"), records.source("b")))
    # The worker waits on real time; the rig's clock stands still.
    return replace(made, rig=replace(made.rig, pause=lambda _: False))


def jobs(database: Database, *, status: str = "todo") -> list[tuple[str, dict[str, Any]]]:
    with database.transaction() as tx:
        rows = tx.connection.execute(
            text("SELECT task_name, args FROM procrastinate_jobs WHERE status = :s ORDER BY priority DESC, id"),
            {"s": status},
        )
        return [(row.task_name, row.args) for row in rows]


def names(database: Database, *, status: str = "todo") -> list[str]:
    return [name for name, _ in jobs(database, status=status)]


def put(database: Database, *wanted: tasks.Job) -> int:
    with database.transaction() as tx:
        return tasks.Queue().put(tx, wanted)


def set_status(database: Database, task: str, status: str, *, worker: bool = False) -> None:
    """Let a job look as if a worker had fetched it; without `worker`, one that is gone."""
    with database.transaction() as tx:
        owner = None
        if worker:
            owner = tx.connection.scalar(text("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id"))
        tx.connection.execute(
            text(
                "UPDATE procrastinate_jobs SET status = CAST(:s AS procrastinate_job_status), worker_id = :w"
                " WHERE task_name = :t"
            ),
            {"s": status, "t": task, "w": owner},
        )


@contextmanager
def working(bench: Bench) -> Iterator[threading.Event]:
    """A worker in a thread; stopped at the end."""
    stop = threading.Event()
    left: list[int] = []
    thread = threading.Thread(
        target=lambda: left.append(tasks.run_worker(Current(bench.rig), stop, threads=2, workers=2)), daemon=True
    )
    thread.start()
    try:
        yield stop
    finally:
        stop.set()
        thread.join(60)
    assert left == [0], "it stopped in time and left nothing behind"


def until(condition: Callable[[], bool], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        pause.wait(0.02)


def test_the_tables_of_the_queue_are_made_once_however_many_ask(database: Database) -> None:
    threads = [threading.Thread(target=tasks.install, args=(database,), kwargs={"now": START}) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.transaction() as tx:
        scripts = tx.queue_scripts()
    assert "03.04.00_50_post_add_retry_failed_job_procedure.sql" in scripts
    assert names(database) == []


def test_a_newer_queue_brings_only_the_scripts_that_are_missing(database: Database) -> None:
    tasks.install(database, now=START)
    last = "03.04.00_50_post_add_retry_failed_job_procedure.sql"
    with database.transaction() as tx:
        tx.connection.execute(text("DELETE FROM queue_schema WHERE script = :s"), {"s": last})
        before = tx.queue_scripts()
    assert last not in before
    tasks.install(database, now=START)
    with database.transaction() as tx:
        assert tx.queue_scripts() - before == {last}


def test_jobs_are_queued_with_their_transaction_or_not_at_all(bench: Bench) -> None:
    class BoomError(Exception):
        pass

    def fail() -> None:
        with bench.rig.database.transaction() as tx:
            tasks.Queue().put(tx, [tasks.assess_job()])
            raise BoomError

    with pytest.raises(BoomError):
        fail()
    assert names(bench.rig.database) == []
    assert put(bench.rig.database, tasks.assess_job()) == 1
    assert names(bench.rig.database) == ["assess"]


def test_a_key_waits_once(bench: Bench) -> None:
    database = bench.rig.database
    poll = tasks.collect_job(SourceId("src"))
    assert put(database, poll, poll, tasks.collect_job(SourceId("b"))) == 2
    assert put(database, poll) == 0
    assert jobs(database) == [("collect", {"source_id": "src"}), ("collect", {"source_id": "b"})]


def test_a_source_is_polled_once_at_a_time_but_new_work_follows_running_work(bench: Bench) -> None:
    database = bench.rig.database
    put(database, tasks.collect_job(SourceId("src")), tasks.assess_job(), tasks.deliver_job("desk"))
    for task in ("collect", "assess", "deliver"):
        set_status(database, task, "doing", worker=True)
    again = put(database, tasks.collect_job(SourceId("src")), tasks.assess_job(), tasks.deliver_job("desk"))
    assert again == 2
    assert names(database) == ["deliver", "assess"]


def test_two_that_queue_at_once_queue_once(bench: Bench) -> None:
    database = bench.rig.database
    counts: list[int] = []
    barrier = threading.Barrier(6)

    def work() -> None:
        barrier.wait()
        counts.append(put(database, tasks.assess_job(), tasks.deliver_job("desk")))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 2
    assert names(database) == ["deliver", "assess"]


def test_documents_are_read_in_batches(bench: Bench) -> None:
    ids = [engine.doc_id(f"d{n}") for n in range(120)]
    batches = tasks.read_jobs(ids)
    assert [len(job.args["document_ids"]) for job in batches] == [50, 50, 20]
    assert len({job.key for job in batches}) == 3
    assert tasks.read_jobs([]) == []


@pytest.mark.slow
def test_a_poll_leads_to_a_message_without_any_further_push(bench: Bench) -> None:
    plan_sources(bench.rig)
    bench.fetcher.answers["src"] = [b"a|An export ban|0"]
    with working(bench):
        put(bench.rig.database, tasks.collect_job(SourceId("src")))
        until(lambda: bench.service.texts("desk") != [])
    assert bench.service.texts("desk") == ["send: s-src-a [1] Ministry"]
    assert names(bench.rig.database, status="failed") == []


@pytest.mark.slow
def test_a_summary_is_told_its_page_fetched_and_the_text_read_again_without_any_further_push(bench: Bench) -> None:
    source = records.source("src", page=PageRule(when=PageWhen.ALWAYS))
    bench = bench.with_rules(engine.rulebook(source))
    plan_sources(bench.rig)
    whole = b"A page that says a good deal more than the headline of the item did, in a sentence of its own."
    bench.fetcher.answers |= {"src": [b"a|An export ban|0"], "https://src.example/a": [whole]}
    database = bench.rig.database

    def done() -> bool:
        with database.transaction() as tx:
            found = tx.documents.get([engine.doc_id("src-a")])
        return bool(found) and (found[0].edition, found[0].state) == (2, DocumentState.PLACED)

    with working(bench):
        put(database, tasks.collect_job(SourceId("src")))
        until(done)
        until(lambda: bench.service.texts("desk") != [])
    assert bench.service.texts("desk") == ["send: s-src-a [1] Ministry"]
    assert names(database, status="failed") == []


def test_a_text_is_read_again_although_the_job_that_asked_for_its_page_has_not_ended(bench: Bench) -> None:
    database, now = bench.rig.database, bench.clock.now()
    source = records.source("src", page=PageRule(when=PageWhen.ALWAYS))
    bench.fetcher.answers["https://src.example/a"] = [b"A page of one sentence, which is more than there was before."]
    document = rules.document("a", source_id=source.id, url="https://src.example/a")
    with database.transaction() as tx:
        tx.documents.put([NewDocument(document=document)])
        tx.pages.save([StoredPage(document_id=document.id, source_id=source.id, next_due=now)])
    put(database, *tasks.read_jobs([document.id]))
    set_status(database, "read", "doing", worker=True)
    app = tasks.build(
        Current(bench.with_rules(engine.rulebook(source)).rig), tasks.Queue(), testing.InMemoryConnector()
    )
    app.tasks["complete"](document.id)
    assert jobs(database) == [("read", {"document_ids": ["a"]})]


def test_pages_of_one_source_are_fetched_one_after_the_other(bench: Bench) -> None:
    pages = [
        StoredPage(document_id=engine.doc_id(f"d{n}"), source_id=SourceId(f"s{n % 2}"), next_due=START)
        for n in range(4)
    ]
    made = tasks.complete_jobs(pages)
    assert [job.lock for job in made] == ["pages:s0", "pages:s1", "pages:s0", "pages:s1"]
    assert len({job.key for job in made}) == 4


def test_a_tick_queues_pages_that_are_due_and_no_others(bench: Bench) -> None:
    database, now = bench.rig.database, bench.clock.now()
    with database.transaction() as tx:
        tx.documents.put(
            NewDocument(document=rules.document(name, first_seen=now)) for name in ("due", "later", "done")
        )
        page = StoredPage(document_id=engine.doc_id("due"), source_id=SourceId("src"), next_due=now)
        later = replace(page, document_id=engine.doc_id("later"), next_due=now + timedelta(minutes=5))
        done = replace(page, document_id=engine.doc_id("done"), state=PageState.DONE)
        tx.pages.save([page, later, done])
    ticker = Ticker(Current(bench.rig))
    ticker.tick()
    ticker.stop()
    assert [args for name, args in jobs(database) if name == "complete"] == [{"document_id": "due"}]


@pytest.mark.slow
def test_a_source_that_is_not_due_is_not_asked(bench: Bench) -> None:
    plan_sources(bench.rig)
    bench.fetcher.answers["src"] = [b"a|First"]
    with working(bench):
        for _ in range(2):
            put(bench.rig.database, tasks.collect_job(SourceId("src")))
            until(lambda: names(bench.rig.database) == names(bench.rig.database, status="doing") == [])
    assert len(bench.fetcher.asked) == 1


@pytest.mark.slow
def test_a_job_of_a_dead_worker_is_done_by_another(bench: Bench) -> None:
    database = bench.rig.database
    plan_sources(bench.rig)
    bench.fetcher.answers["src"] = [b"a|First"]
    put(database, tasks.collect_job(SourceId("src")))
    set_status(database, "collect", "doing")
    with working(bench):
        put(database, tasks.sweep_job())
        until(lambda: len(bench.fetcher.asked) == 1)
    assert len(bench.fetcher.asked) == 1


@pytest.mark.slow
def test_a_dead_job_whose_work_waits_again_is_closed_and_does_not_stand_in_the_way(bench: Bench) -> None:
    database = bench.rig.database
    put(database, tasks.assess_job())
    set_status(database, "assess", "doing")
    put(database, tasks.assess_job())
    with working(bench):
        put(database, tasks.sweep_job())
        until(lambda: names(database) == names(database, status="doing") == [])
    assert names(database, status="failed") == ["assess"]


@pytest.mark.slow
def test_a_job_of_a_worker_that_lives_is_left_to_it(bench: Bench) -> None:
    database = bench.rig.database
    put(database, tasks.assess_job())
    set_status(database, "assess", "doing", worker=True)
    with working(bench):
        put(database, tasks.sweep_job())
        until(lambda: "sweep_stalled" not in names(database) + names(database, status="doing"))
    assert names(database, status="doing") == ["assess"]


@pytest.mark.slow
def test_a_stopping_worker_finishes_what_it_holds(bench: Bench) -> None:
    plan_sources(bench.rig)
    entered, leave = threading.Event(), threading.Event()

    class Slow(engine.FakeFetcher):
        def fetch(self, request: Any, *, now: Any) -> Any:
            entered.set()
            leave.wait(30)
            return super().fetch(request, now=now)

    slow = Slow(answers={"src": [b"a|First"]})
    held = replace(bench, rig=replace(bench.rig, fetcher=slow))
    with working(held) as stop:
        put(bench.rig.database, tasks.collect_job(SourceId("src")))
        assert entered.wait(60)
        stop.set()
        leave.set()
    with bench.rig.database.transaction() as tx:
        assert sum(tx.documents.counts().values()) == 1
    assert names(bench.rig.database, status="doing") == []


@pytest.mark.slow
def test_a_worker_waits_out_a_lost_connection(bench: Bench) -> None:
    database = bench.rig.database
    plan_sources(bench.rig)
    bench.fetcher.answers["src"] = [b"a|First"]

    def workers() -> int:
        with database.transaction() as tx:
            return int(tx.connection.scalar(text("SELECT count(*) FROM procrastinate_workers")) or 0)

    with working(bench):
        until(lambda: workers() == 2)
        engine.cut_connections(database)
        put(database, tasks.collect_job(SourceId("src")))
        until(lambda: len(bench.fetcher.asked) == 1)
    assert len(bench.fetcher.asked) == 1


def test_a_tick_queues_what_rows_say_is_due_and_nothing_twice(bench: Bench) -> None:
    database, clock = bench.rig.database, bench.clock
    plan_sources(bench.rig)
    with database.transaction() as tx:
        old = rules.document("old", first_seen=clock.now() - timedelta(minutes=5))
        new = rules.document("new", first_seen=clock.now())
        read = rules.document("read")
        tx.documents.put(NewDocument(document=document) for document in (old, new, read))
        tx.documents.save_readings([rules.reading(read)], at=clock.now())
        row = NewDelivery(
            target=records.target("desk"), message=records.message(), action=Action.SEND, dedupe_key="k", alert_id=None,
            not_before=clock.now(),
        )  # fmt: skip
        tx.outbox.add([row], at=clock.now())
    ticker = Ticker(Current(bench.rig))
    assert ticker.tick() == 7
    assert jobs(database) == [
        ("sweep_stalled", {}),
        ("deliver", {"channel": "desk"}),
        ("assess", {}),
        ("read", {"document_ids": ["old"]}),
        ("collect", {"source_id": "b"}),
        ("collect", {"source_id": "src"}),
        ("housekeeping", {}),
    ]
    assert ticker.tick() == 0
    clock.turn(11)
    assert ticker.tick() == 0, "everything waits already"
    ticker.stop()


def test_two_schedulers_do_the_work_of_one_and_the_second_takes_over(bench: Bench) -> None:
    plan_sources(bench.rig)
    first, second = Ticker(Current(bench.rig)), Ticker(Current(bench.rig))
    assert first.tick() > 0
    assert second.tick() == 0
    with bench.rig.database.transaction() as tx:
        holder = tx.chores.holder("monazite:scheduler")
        assert holder is not None
        assert holder.beat == bench.clock.now()
        tx.connection.execute(text("DELETE FROM procrastinate_jobs"))
    assert second.tick() == 0
    first.stop()
    assert second.tick() > 0
    second.stop()
    with bench.rig.database.transaction() as tx:
        assert tx.chores.holder("monazite:scheduler") is None


def test_a_scheduler_that_lost_its_connection_lost_its_role(bench: Bench) -> None:
    first, second = Ticker(Current(bench.rig)), Ticker(Current(bench.rig))
    assert first.tick() > 0
    engine.cut_connections(bench.rig.database)
    with bench.rig.database.transaction() as tx:
        tx.connection.execute(text("DELETE FROM procrastinate_jobs"))
    bench.clock.turn(11)
    assert second.tick() > 0, "the lock was free"
    assert first.tick() == 0
    second.stop()
    first.stop()


def test_due_times_survive_a_restart(bench: Bench) -> None:
    plan_sources(bench.rig)
    bench.fetcher.answers = {"src": [b"a|First"], "b": [b"a|First"]}
    from bot.pipeline import collect

    collect(bench.rig, SourceId("src"))
    collect(bench.rig, SourceId("b"))
    again = engine.bench(bench.rig.database, bench.clock, bench.rig.rulebook)
    plan_sources(again.rig)
    ticker = Ticker(Current(again.rig))
    ticker.tick()
    assert "collect" not in names(bench.rig.database)
    bench.clock.turn(timedelta(minutes=12))
    ticker.tick()
    assert names(bench.rig.database).count("collect") == 2
    ticker.stop()


def test_housekeeping_is_due_once_a_day(bench: Bench) -> None:
    ticker = Ticker(Current(bench.rig))
    ticker.tick()
    with bench.rig.database.transaction() as tx:
        tx.connection.execute(text("DELETE FROM procrastinate_jobs"))
    bench.clock.turn(timedelta(hours=23))
    ticker.tick()
    assert "housekeeping" not in names(bench.rig.database)
    bench.clock.turn(timedelta(hours=1))
    ticker.tick()
    assert "housekeeping" in names(bench.rig.database)
    ticker.stop()


@pytest.mark.slow
def test_the_scheduler_ticks_by_itself_and_stops(bench: Bench) -> None:
    plan_sources(bench.rig)
    quick = replace(bench.rig, settings=replace(bench.rig.settings, tick_seconds=0.05))
    ticker = Ticker(Current(quick))
    ticker.start()
    try:
        until(lambda: names(bench.rig.database).count("collect") == 2)
    finally:
        ticker.stop()
    assert not [thread for thread in threading.enumerate() if "APScheduler" in thread.name]


@pytest.mark.slow
def test_two_schedulers_and_two_workers_tell_a_story_once(bench: Bench) -> None:
    """As on two hosts, each with a scheduler, a worker and connections of its own; all sources tell the same step."""
    sources = [records.source(f"s{n}") for n in range(6)]
    bench = bench.with_rules(engine.rulebook(*sources))
    for n in range(6):
        bench.fetcher.answers[f"s{n}"] = [f"{n}|Export ban, told by {n}|0".encode()]
    with Database(bench.rig.database.conninfo) as elsewhere:
        second = replace(bench, rig=replace(bench.rig, database=elsewhere))
        plan_sources(bench.rig)
        tickers = [Ticker(Current(bench.rig)), Ticker(Current(second.rig))]

        def told() -> bool:
            for ticker in tickers:
                ticker.tick()
            with bench.rig.database.transaction() as tx:
                idle = not tasks.Queue().open_jobs(tx) and not tx.documents.unplaced(limit=1)
                return (
                    idle and not tx.sources.due(bench.clock.now()) and set(tx.outbox.counts()) == {DeliveryState.SENT}
                )

        with working(bench), working(second):
            until(told)
        for ticker in tickers:
            ticker.stop()
    roots = [line for line in bench.service.texts("desk") if line.startswith("send:")]
    assert len(roots) == 1
    with bench.rig.database.transaction() as tx:
        stories = tx.stories.week(START - timedelta(days=9), START + timedelta(days=9))
    assert [len(story.document_ids) for story, _ in stories] == [6]
