"""What is old goes, what must stay stays, and nothing old comes back as news."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.pipeline import assess, collect, deliver, housekeeping, read
from bot.storage import Database
from bot.types.ids import AlertId, SourceId, StoryId
from tests.fakes import engine, records
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench

SRC = SourceId("src")


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    return engine.bench(database, clock, engine.rulebook(records.source("src")))


def poll(bench: Bench, answer: bytes) -> tuple[str, ...]:
    bench.fetcher.answers["src"] = [answer]
    found = collect(bench.rig, SRC).document_ids
    read(bench.rig, found)
    assess(bench.rig)
    deliver(bench.rig, "desk")
    return found


def test_texts_go_after_their_time_and_what_was_told_stays(bench: Bench) -> None:
    poll(bench, b"a|An export ban|0")
    assert len(bench.service.posts) == 1
    bench.clock.turn(timedelta(days=399))
    assert housekeeping(bench.rig)["documents"] == 0
    bench.clock.turn(timedelta(days=2))
    poll(bench, b"a|An export ban|0\nb|News")
    gone = housekeeping(bench.rig)
    assert (gone["documents"], gone["stories"], gone["messages"]) == (1, 1, 1)
    assert gone["decisions"] > 0
    with bench.rig.database.transaction() as tx:
        assert tx.documents.get([engine.doc_id("src-a")]) == ()
        assert tx.stories.get(StoryId("s-src-a")) is None
        assert tx.decisions.alert(AlertId("a-src-a")) is not None


def test_an_old_item_that_its_source_still_lists_never_comes_back_as_news(bench: Bench) -> None:
    poll(bench, b"a|An export ban|0")
    for day in range(0, 500, 20):
        bench.clock.turn(timedelta(days=20))
        assert poll(bench, b"a|An export ban|0\nn%d|Other %d" % (day, day)) == (f"src-n{day}",)
        housekeeping(bench.rig)
    assert len(bench.service.posts) == 1


def test_an_item_that_left_its_source_long_ago_is_forgotten(bench: Bench) -> None:
    poll(bench, b"a|First\nb|Second")
    bench.clock.turn(timedelta(days=30))
    poll(bench, b"b|Second\nc|Third")
    bench.clock.turn(timedelta(days=380))
    poll(bench, b"b|Second\nc|Third\nd|Fourth")
    assert housekeeping(bench.rig)["items"] == 1
    with bench.rig.database.transaction() as tx:
        known = tx.items.known(SRC, ["g:a", "g:b", "g:c"])
    assert [item.document_id for item in known] == ["src-b", "src-c"]


def test_notices_of_a_moment_end_by_themselves_and_those_of_a_state_do_not(bench: Bench) -> None:
    with bench.rig.database.transaction() as tx:
        for key in ("flood:src:2026-01-06", "gap:src:2026-01-06", "failed:assess", "coverage:src", "rejected:desk"):
            tx.notices.open(key, key, (), at=bench.clock.now())
    bench.clock.turn(timedelta(hours=25))
    housekeeping(bench.rig)
    with bench.rig.database.transaction() as tx:
        assert [notice.key for notice in tx.notices.standing()] == ["coverage:src", "rejected:desk"]
