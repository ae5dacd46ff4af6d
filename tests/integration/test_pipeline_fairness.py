"""One source in trouble costs the others nothing: hostile answers, floods, feeds that repeat themselves."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import tasks
from bot.pipeline import assess, collect, deliver, plan_sources, read
from bot.pipeline.polling.health import PARSE_SECONDS
from bot.pool import Pool
from bot.storage import Database
from bot.types.ids import SourceId
from bot.types.source import SourceState
from tests.fakes import engine, newsstand, records
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench
from tests.fakes.newsstand import Entry, rss

HARVESTER = "tests.fakes.chores:gather_or_hang"


@pytest.fixture
def children() -> Iterator[tuple[Pool, Pool]]:
    """Two parsers, and one for those in quarantine; real ones."""
    with Pool(2, memory_mb=700) as parsers, Pool(1, memory_mb=700) as ward:
        yield parsers, ward


def town(database: Database, clock: FakeClock, children: tuple[Pool, Pool], *, healthy: int, hostile: int) -> Bench:
    """So many sources that behave and so many whose answers never end in the parser; all of them due."""
    good, bad = [f"good{n}" for n in range(healthy)], [f"bad{n}" for n in range(hostile)]
    sources = [records.source(name, url=f"https://{name}.example/feed") for name in (*bad, *good)]
    bench = engine.bench(database, clock, engine.rulebook(*sources))
    plan_sources(bench.rig)
    for name in (*good, *bad):
        bench.fetcher.answers[name] = [b"hang" if name in bad else b"a|Item"]
    parsers, ward = children
    with ThreadPoolExecutor(3) as starting:  # no source is to wait for a child that starts
        list(starting.map(lambda pool: pool.call("tests.fakes.chores:add", 1, deadline=30), (parsers, parsers, ward)))
    return replace(bench, rig=replace(bench.rig, parsers=parsers, ward=ward, harvester=HARVESTER))


def rush(bench: Bench, names: Sequence[str], *, threads: int) -> dict[str, float]:
    """Polls all of them, in this order, on so many threads; when each was done, in seconds."""
    start, done = time.monotonic(), dict[str, float]()

    def poll(name: str) -> None:
        collect(bench.rig, SourceId(name), only_due=True)
        done[name] = time.monotonic() - start

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(poll, names))
    return done


def state(bench: Bench, name: str) -> SourceState:
    with bench.rig.database.transaction() as tx:
        found = tx.sources.state(SourceId(name))
    assert found is not None
    return found


def latest(done: dict[str, float]) -> float:
    return max(seconds for name, seconds in done.items() if name.startswith("good"))


def test_nobody_waits_for_a_source_in_quarantine(database: Database, clock: FakeClock) -> None:
    names = [SourceId(name) for name in ("bad", "good1", "good2")]
    bench = engine.bench(database, clock, engine.rulebook(*map(records.source, names)))
    with database.transaction() as tx:
        for name in names:
            stops = 1 if name == "bad" else 0
            tx.sources.save(SourceState(source_id=name, next_due=clock.now(), stops=stops, failures=stops))
    parsing, release = threading.Event(), threading.Event()

    class Ward(engine.InlineWorkers):
        def call(self, target: str, *args: object, deadline: float) -> object:
            parsing.set()
            assert release.wait(30)
            return super().call(target, *args, deadline=deadline)

    rig = replace(bench.rig, ward=Ward())
    bench.fetcher.answers |= {"bad": [b"poison"], "good1": [b"a|Item"], "good2": [b"a|Item"]}
    with ThreadPoolExecutor(1) as pool:
        hostile = pool.submit(collect, rig, names[0], only_due=True)
        assert parsing.wait(30)
        assert [collect(rig, name, only_due=True).outcome for name in names[1:]] == ["fetched", "fetched"]
        assert not hostile.done()
        release.set()
        assert hostile.result(timeout=30).outcome == "parse-failure"
    assert (state(bench, "bad").stops, state(bench, "bad").failures) == (2, 2)
    assert state(bench, "bad").next_due > clock.now() + timedelta(minutes=15), "its pause grows"


@pytest.mark.soak
@pytest.mark.timeout(300)
def test_ten_hostile_sources_delay_a_hundred_others_once_and_never_again(
    database: Database, clock: FakeClock, children: tuple[Pool, Pool]
) -> None:
    healthy, hostile, workers = 100, 10, 2
    bench = town(database, clock, children, healthy=healthy, hostile=hostile)
    good, bad = [f"good{n}" for n in range(healthy)], [f"bad{n}" for n in range(hostile)]
    alone = latest(rush(bench, good, threads=16))
    clock.turn(timedelta(hours=1))
    for name in good:
        bench.fetcher.answers[name] = [b"a|Item\nb|Second"]
    first = latest(rush(bench, [*bad, *good], threads=16))
    assert first - alone <= math.ceil(hostile / workers) * PARSE_SECONDS[0] + 2
    assert all(state(bench, name).stops == 1 for name in bad)
    for _ in range(2):
        clock.turn(timedelta(hours=7))
        for name in good:
            bench.fetcher.answers[name] = [f"a|Item\n{clock.now():%H%M}|Later".encode()]
        again = latest(rush(bench, [*bad, *good], threads=16))
        assert again - alone <= 1, (alone, first, again)
    assert all(not state(bench, name).failures for name in good)


def test_polls_that_have_to_wait_hold_no_thread(database: Database, clock: FakeClock) -> None:
    sources = [records.source(f"s{n}", url=f"https://slow.example/{n}") for n in range(12)]
    bench = engine.bench(database, clock, engine.rulebook(*sources, records.source("fast")))
    plan_sources(bench.rig)
    release, inside = threading.Event(), threading.Semaphore(0)

    class Slow(engine.FakeFetcher):
        def fetch(self, request, *, now):  # type: ignore[no-untyped-def]
            if request.source_id.startswith("s"):
                inside.release()
                assert release.wait(30)
            return super().fetch(request, now=now)

    rig = replace(bench.rig, fetcher=Slow(answers={s.id: [b"a|Item"] for s in bench.rig.rulebook.sources}))
    with ThreadPoolExecutor(4) as pool:
        slow = [pool.submit(collect, rig, source.id, only_due=True) for source in sources]
        fast = pool.submit(collect, rig, SourceId("fast"), only_due=True)
        assert fast.result(timeout=30).outcome == "fetched", "before the slow host has answered anything"
        release.set()
        outcomes = [poll.result(timeout=30).outcome for poll in slow]
    assert outcomes.count("fetched") == 2
    assert outcomes.count("put-off") == 10
    with database.transaction() as tx:
        assert len(tx.sources.due(clock.now())) == 10


@pytest.fixture
def stand(database: Database, clock: FakeClock) -> Bench:
    """Two sources, read by the program's own parser."""
    sources = [records.source(name, kind="feed", url=f"https://{name}.example/feed") for name in ("loud", "calm")]
    return newsstand.bench(database, clock, engine.rulebook(*sources))


def tell(bench: Bench, name: str, body: bytes) -> tuple[str, ...]:
    """One poll and all that follows from it; what was new."""
    bench.clock.turn(timedelta(minutes=10))
    bench.fetcher.answers[name] = [body]
    found = collect(bench.rig, SourceId(name))
    read(bench.rig, found.document_ids)
    while assess(bench.rig, limit=500).more:
        pass
    for channel in ("desk", "now", "ops"):
        deliver(bench.rig, channel)
    return found.document_ids


def bans(start: int, end: int, *, guid: str = "") -> list[Entry]:
    return [
        Entry(f"n{n}", f"China bans export of metal number {n} to Japan", guid=f"{guid}{n}") for n in range(start, end)
    ]


CALM = Entry("calm", "All is well")


def flooded(bench: Bench, size: int) -> int:
    """One source brings so many items at once, the other one item, all of it read; gives what was posted before."""
    tell(bench, "loud", rss([CALM]))
    tell(bench, "calm", rss([CALM]))
    before = len(bench.service.posts)
    for name, body in (("loud", rss(bans(1000, 1000 + size))), ("calm", rss([CALM, *bans(1, 2)]))):
        bench.fetcher.answers[name] = [body]
        read(bench.rig, collect(bench.rig, SourceId(name)).document_ids)
    return before


def posted(bench: Bench, before: int) -> list[str]:
    for channel in ("desk", "now", "ops"):
        deliver(bench.rig, channel)
    return sorted(post.target.name for post in bench.service.posts[before:])


def test_the_alert_of_another_source_is_out_before_a_flood_is_worked_off(stand: Bench) -> None:
    before = flooded(stand, 201)
    done = assess(stand.rig)
    assert (done.documents, done.more) == (1, True)
    assert posted(stand, before) == ["desk", "ops"], "the alert of the one, the notice about the other"
    assert assess(stand.rig).documents == 1, "rounds stay short, since anything may come in between"
    assert posted(stand, before) == ["desk", "ops"]


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_ten_thousand_items_are_one_message(stand: Bench) -> None:
    before = flooded(stand, 10_000)
    rounds = 0
    while assess(stand.rig).more and rounds < 60:
        rounds += 1
    assert posted(stand, before) == ["desk", "ops"]


def test_what_a_flood_brought_is_read_after_everything_else(database: Database, clock: FakeClock) -> None:
    bench = engine.bench(database, clock, engine.rulebook(records.source("src")))
    tasks.install(database, now=clock.now())
    for body in (b"a|x", b"\n".join(b"%d|Item %d" % (n, n) for n in range(201))):
        bench.fetcher.answers["src"] = [body]
        found = collect(bench.rig, SourceId("src"))
    assert found.flood
    (usual,) = {job.priority for job in tasks.read_jobs(found.document_ids)}
    (flood,) = {job.priority for job in tasks.read_jobs(found.document_ids, urgent=False)}
    assert flood < usual


def test_a_feed_that_gives_all_its_items_new_guids_repeats_nothing(stand: Bench) -> None:
    tell(stand, "loud", rss(bans(0, 3)))
    assert len(tell(stand, "loud", rss(bans(0, 12)))) == 9
    posts = len(stand.service.posts)
    assert posts > 0
    for round_ in range(5):
        assert tell(stand, "loud", rss(reversed(bans(0, 12, guid=f"urn:{round_}:")))) == ()
    assert len(stand.service.posts) == posts
    assert len(tell(stand, "loud", rss([*bans(12, 13, guid="x"), *bans(0, 12, guid="y")]))) == 1, "but for what is new"


@pytest.mark.parametrize("times", [10, pytest.param(100, marks=pytest.mark.soak)])
def test_two_versions_that_take_turns_repeat_nothing(stand: Bench, times: int) -> None:
    old, new = rss(bans(0, 12)), rss(bans(3, 15))
    tell(stand, "loud", rss(bans(0, 3)))
    tell(stand, "loud", old)
    tell(stand, "loud", new)
    posts = len(stand.service.posts)
    for _ in range(times):
        for body in (old, new):
            stand.clock.turn(timedelta(minutes=10))
            stand.fetcher.answers["loud"] = [body]
            found = collect(stand.rig, SourceId("loud"))
            assert (found.outcome, found.document_ids) == ("fetched", ())
    assert not assess(stand.rig).messages
    with stand.rig.database.transaction() as tx:
        assert [n.key for n in tx.notices.standing()] == []
    assert len(stand.service.posts) == posts
