"""Polls: what is new is kept once, what is old stays silent, what fails is tried again, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.errors import StorageError
from bot.pipeline import collect, plan_sources
from bot.pipeline.polling.collecting import FLOOD
from bot.storage import Database
from bot.storage.documents import DocumentState, StoredDocument
from bot.types.ids import SourceId
from bot.types.levels import Authority
from bot.types.source import Fetched, FetchFailure, FetchProblem, NotModified, Request, SourceState
from tests.fakes import engine, records
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench

SRC = SourceId("src")


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    return engine.bench(database, clock, engine.rulebook(records.source("src")))


def poll(bench: Bench, *answers: object) -> tuple[str, list[str]]:
    """Poll once per answer; the outcome of the last poll, and what it found to read."""
    for answer in answers:
        bench.fetcher.answers["src"] = [answer]  # type: ignore[list-item]
        found = collect(bench.rig, SRC)
        bench.clock.turn(600)
    return found.outcome, [name.removeprefix("src-") for name in found.document_ids]


def state(bench: Bench) -> SourceState:
    with bench.rig.database.transaction() as tx:
        found = tx.sources.state(SRC)
    assert found is not None
    return found


def stored(bench: Bench, *names: str) -> list[StoredDocument]:
    with bench.rig.database.transaction() as tx:
        return list(tx.documents.get(engine.doc_id(f"src-{name}") for name in names))


def notices(bench: Bench) -> list[str]:
    with bench.rig.database.transaction() as tx:
        return [notice.key for notice in tx.notices.standing()]


def test_the_first_answer_is_a_silent_baseline_but_for_what_is_young_and_dated(bench: Bench) -> None:
    assert poll(bench, b"old|Old ban|30\nyoung|Young ban|1\nundated|Undated ban\nahead|Dated ahead|-3") == (
        "fetched",
        ["old", "young", "undated", "ahead"],
    )
    flags = {s.document.id.removeprefix("src-"): s.baseline for s in stored(bench, "old", "young", "undated", "ahead")}
    assert flags == {"old": True, "young": False, "undated": True, "ahead": True}


def test_what_a_first_answer_left_out_because_it_broke_off_is_no_news_either(bench: Bench) -> None:
    bench.fetcher.complete = False
    poll(bench, b"a|First|30")
    bench.fetcher.complete = True
    poll(bench, b"a|First|30\nb|Second|30\nc|Third|1")
    poll(bench, b"a|First|30\nb|Second|30\nc|Third|1\nd|Fourth")
    assert [found.baseline for found in stored(bench, "a", "b", "c", "d")] == [True, True, False, False]


def test_answers_that_always_break_off_do_not_silence_a_source_for_ever(bench: Bench) -> None:
    bench.fetcher.complete = False
    poll(bench, b"a|First")
    poll(bench, b"a|First\nb|Second")
    poll(bench, b"a|First\nb|Second\nc|Third")
    assert [found.baseline for found in stored(bench, "a", "b", "c")] == [True, True, False]


def test_later_answers_bring_what_is_new_whatever_its_date_says(bench: Bench) -> None:
    poll(bench, b"a|First")
    assert poll(bench, b"a|First\nb|Second|999\nc|Third") == ("fetched", ["b", "c"])
    assert not any(found.silent for found in stored(bench, "b", "c"))
    assert poll(bench, b"c|Third\na|First\nb|Second|999") == ("fetched", [])


def test_an_edited_item_is_read_again_under_its_name(bench: Bench) -> None:
    poll(bench, b"a|First", b"a|First\nb|Second")
    assert poll(bench, b"a|First\nb|Second, corrected") == ("fetched", ["b"])
    (found,) = stored(bench, "b")
    assert (found.document.title, found.edition, found.baseline) == ("Second, corrected", 2, False)
    (first,) = stored(bench, "a")
    assert first.baseline


def test_what_did_not_change_never_reaches_the_parser(bench: Bench) -> None:
    poll(bench, b"a|First")
    assert bench.workers.calls == ["harvest"]
    assert poll(bench, b"a|First") == ("unchanged", [])
    assert poll(bench, None) == ("not-modified", [])
    assert bench.workers.calls == ["harvest"]
    assert state(bench).failures == 0
    with bench.rig.database.transaction() as tx:
        assert [line.outcome for line in tx.sources.lines(SRC)] == ["not-modified", "unchanged", "fetched"]


def test_validators_come_from_the_last_whole_answer(bench: Bench) -> None:
    poll(bench, b"a|First")
    assert (state(bench).etag, state(bench).last_modified) == ('"1"', "yesterday")
    poll(bench, b"a|First\nb|Second")
    assert bench.fetcher.asked[-1].etag == '"1"'
    bench.fetcher.complete = False
    assert poll(bench, b"a|First\nb|Second\nc|Third") == ("fetched", ["c"])
    assert (state(bench).etag, state(bench).body_hash) == (None, None)
    assert poll(bench, b"a|First\nb|Second\nc|Third") == ("fetched", [])


def test_a_source_is_due_again_at_its_own_pace_and_later_after_failures(bench: Bench) -> None:
    bench.fetcher.answers["src"] = [b"a|First"]
    now = bench.clock.now()
    collect(bench.rig, SRC)
    assert abs(state(bench).next_due - now - timedelta(minutes=10)) <= timedelta(minutes=1)
    waits = []
    for _ in range(8):
        bench.fetcher.answers["src"] = [engine.failure()]
        now = bench.clock.turn(600)
        collect(bench.rig, SRC)
        waits.append(state(bench).next_due - now)
    assert waits == sorted(waits)
    assert waits[-1] > timedelta(hours=5)
    assert state(bench).failures == 8
    assert state(bench).last_error == "It answers 503."
    bench.fetcher.answers["src"] = [engine.failure(FetchProblem.RATE_LIMITED, retry_after=timedelta(hours=20))]
    now = bench.clock.turn(600)
    collect(bench.rig, SRC)
    assert state(bench).next_due >= now + timedelta(hours=20)
    poll(bench, b"a|First\nb|Second")
    assert (state(bench).failures, state(bench).last_error) == (0, None)


def test_lost_coverage_of_an_official_source_is_told_once_and_its_end_too(bench: Bench) -> None:
    poll(bench, b"a|First", engine.failure())
    assert notices(bench) == []
    poll(bench, engine.failure(), engine.failure())
    assert notices(bench) == ["coverage:src"]
    poll(bench, None)
    assert notices(bench) == []
    with bench.rig.database.transaction() as tx:
        (lost,) = tx.notices.since(bench.clock.now() - timedelta(days=1))
        assert "2026-01-06 09:00 UTC" in lost.lines[2]
        assert tx.outbox.due_channels(bench.clock.now()) == ("ops",)


def test_a_press_source_may_fail_without_a_notice(database: Database, clock: FakeClock) -> None:
    book = engine.rulebook(records.source("src", authority=Authority.PRESS))
    bench = engine.bench(database, clock, book)
    poll(bench, *[engine.failure()] * 5)
    assert notices(bench) == []


@pytest.mark.parametrize(
    ("answer", "says"),
    [(b"<html>", "This is a login page."), (b"poison", "The parser had to be stopped (deadline)")],
)
def test_answers_that_cannot_be_read_count_as_failures(bench: Bench, answer: bytes, says: str) -> None:
    poll(bench, b"a|First")
    assert poll(bench, answer)[0] == "parse-failure"
    assert says in (state(bench).last_error or "")
    assert state(bench).etag == '"1"', "the validators of the last good answer stay"
    assert poll(bench, b"a|First\nb|Second") == ("fetched", ["b"])


def test_a_bug_in_a_kind_of_source_counts_as_a_failure_of_that_source(bench: Bench) -> None:
    class Buggy(engine.FakeKind):
        def requests(self, source: object, state: object, *, now: object) -> tuple[Request, ...]:
            raise KeyError("bug")

    buggy = replace(bench.rig, kinds={"fake": Buggy()})
    assert collect(buggy, SRC).outcome == "bug"
    assert state(bench).failures == 1
    assert state(bench).next_due > bench.clock.now()


def test_a_parser_that_stops_with_the_program_blames_nobody(bench: Bench) -> None:
    poll(bench, b"a|First")
    bench.fetcher.answers["src"] = [b"poison"]
    assert collect(replace(bench.rig, pause=lambda _: True), SRC).outcome == "stopped"
    assert state(bench).failures == 0


def test_a_request_that_ends_with_the_program_blames_nobody(bench: Bench) -> None:
    poll(bench, b"a|First")
    bench.fetcher.answers["src"] = [engine.failure()]
    assert collect(replace(bench.rig, pause=lambda _: True), SRC).outcome == "stopped"
    assert state(bench).failures == 0


def test_an_answer_that_suddenly_holds_nothing_is_a_failure(bench: Bench) -> None:
    many = b"\n".join(b"%d|Item %d" % (n, n) for n in range(5))
    poll(bench, many)
    assert poll(bench, b"")[0] == "parse-failure"
    assert "No items where there were 5" in (state(bench).last_error or "")


def test_fewer_items_than_a_source_always_has_is_a_failure(database: Database, clock: FakeClock) -> None:
    bench = engine.bench(database, clock, engine.rulebook(records.source("src", min_items=2)))
    assert poll(bench, b"a|First")[0] == "parse-failure"
    assert poll(bench, b"a|First\nb|Second")[0] == "fetched"


def test_a_flood_is_kept_but_silent_and_told_once(bench: Bench) -> None:
    poll(bench, b"a|First")
    flood = b"a|First\n" + b"\n".join(b"%d|Ban number %d" % (n, n) for n in range(FLOOD + 1))
    outcome, fresh = poll(bench, flood)
    assert (outcome, len(fresh)) == ("fetched", FLOOD + 1)
    assert all(found.flood and found.silent for found in stored(bench, "0", "200"))
    assert [key for key in notices(bench) if key.startswith("flood")] == ["flood:src:2026-01-06"]
    with bench.rig.database.transaction() as tx:
        (told,) = [notice for notice in tx.notices.standing() if notice.key.startswith("flood")]
    assert any("src" in line for line in told.lines)
    assert any(f"{FLOOD + 1} new items" in line for line in told.lines)
    assert any("`monazite sources test src`" in line for line in told.lines)
    assert poll(bench, flood + b"\nlast|News") == ("fetched", ["last"])
    assert not stored(bench, "last")[0].silent


def test_a_first_answer_however_long_is_no_flood(bench: Bench) -> None:
    poll(bench, b"\n".join(b"%d|Item %d" % (n, n) for n in range(FLOOD + 1)))
    assert notices(bench) == []


def test_a_window_that_moved_on_is_a_possible_gap(bench: Bench) -> None:
    def items(start: int) -> bytes:
        return b"\n".join(b"%d|Item %d" % (n, n) for n in range(start, start + 6))

    poll(bench, items(0), items(5))
    assert notices(bench) == []
    poll(bench, items(20))
    assert notices(bench) == ["gap:src:2026-01-06"]


PAGE = "https://src.example.org/feed?page="


def items(start: int, end: int) -> bytes:
    return b"\n".join(b"%d|Item %d" % (n, n) for n in range(start, end))


def with_older_pages(bench: Bench, pages: int) -> Bench:
    return replace(bench, rig=replace(bench.rig, kinds={"fake": engine.FakeKind(older_pages=pages)}))


def test_older_pages_close_a_gap(bench: Bench) -> None:
    bench = with_older_pages(bench, 9)
    bench.fetcher.pages = {f"{PAGE}{n}": items(30 - 6 * n, 36 - 6 * n) for n in range(2, 9)}
    poll(bench, items(6, 12))
    assert [request.url for request in bench.fetcher.asked] == ["https://src.example.org/feed"], (
        "not on the first fetch"
    )
    outcome, fresh = poll(bench, items(24, 30))
    assert (outcome, sorted(map(int, fresh))) == ("fetched", list(range(12, 30)))
    assert [request.url.partition("?")[2] for request in bench.fetcher.asked[2:]] == ["page=2", "page=3", "page=4"]
    assert notices(bench) == []
    assert (state(bench).items_seen, state(bench).counts) == (6, (6, 6)), "older pages say nothing of the newest one"
    assert poll(bench, items(24, 30)) == ("unchanged", [])


def test_what_older_pages_hold_behind_known_items_is_no_news(bench: Bench) -> None:
    bench = with_older_pages(bench, 1)
    poll(bench, b"a|First|30\nb|Second|29")
    bench.fetcher.pages = {f"{PAGE}2": b"e|Fifth|20\nb|Second|29\na|First|30\nz|Before all|300\ny|Undated"}
    assert poll(bench, b"f|Sixth|10\ng|Seventh|9")[1] == ["f", "g", "e", "z", "y"]
    assert {one.document.id: one.silent for one in stored(bench, *"efyz")} == {
        "src-e": False, "src-f": False, "src-y": False, "src-z": True,
    }  # fmt: skip


def test_a_program_that_stops_among_older_pages_asks_for_them_again(bench: Bench) -> None:
    bench = with_older_pages(bench, 9)
    bench.fetcher.pages = {f"{PAGE}{n}": items(18 - 6 * n, 24 - 6 * n) for n in range(2, 4)}
    poll(bench, items(0, 6))
    bench.fetcher.answers["src"] = [items(12, 18)]
    assert collect(replace(bench.rig, pause=lambda _: len(bench.fetcher.asked) > 2), SRC).outcome == "stopped"
    outcome, fresh = poll(bench, items(12, 18))
    assert (outcome, sorted(map(int, fresh))) == ("fetched", list(range(6, 18)))


def test_a_gap_wider_than_five_older_pages_is_told(bench: Bench) -> None:
    bench = with_older_pages(bench, 9)
    bench.fetcher.pages = {f"{PAGE}{n}": items(206 - 6 * n, 212 - 6 * n) for n in range(2, 11)}
    poll(bench, items(0, 6))
    assert len(poll(bench, items(200, 206))[1]) == 36
    assert len(bench.fetcher.asked) == 2 + 5
    assert notices(bench) == ["gap:src:2026-01-06"]


def test_older_pages_never_make_a_flood(bench: Bench) -> None:
    bench = with_older_pages(bench, 9)
    bench.fetcher.pages = {f"{PAGE}{n}": items(1000 - 90 * n, 1090 - 90 * n) for n in range(2, 9)}
    poll(bench, items(0, 6))
    assert len(poll(bench, items(910, 1000))[1]) == 180
    assert len(bench.fetcher.asked) == 2 + 2, "the third page would be too much"
    assert notices(bench) == ["gap:src:2026-01-06"]
    asked = len(bench.fetcher.asked)
    poll(bench, items(2000, 2000 + FLOOD))
    assert len(bench.fetcher.asked) == asked + 1


def test_an_older_page_that_cannot_be_had_is_no_failure(bench: Bench) -> None:
    bench = with_older_pages(bench, 9)
    poll(bench, items(0, 6))
    for answer in (engine.failure(), b"<html>", b"poison"):
        bench.fetcher.pages = {f"{PAGE}2": answer}
        start = 10 * len(bench.fetcher.asked)
        assert len(poll(bench, items(start, start + 6))[1]) == 6
        assert (state(bench).failures, state(bench).stops) == (0, 0)
    assert notices(bench) == ["gap:src:2026-01-06"]


def test_what_was_odd_about_an_answer_is_remembered(bench: Bench) -> None:
    poll(bench, b"a|First\nb|broken")
    assert state(bench).notes == ("1 entries could not be read",)
    poll(bench, None)
    assert state(bench).notes == ("1 entries could not be read",), "of the last answer that was read"
    poll(bench, *(items(0, 20 + n) for n in range(4)))
    assert state(bench).notes == ()
    poll(bench, items(0, 4))
    assert state(bench).notes == ("only 4 items where 21 are usual: look whether the layout changed",)


def test_the_newest_date_is_remembered_and_never_one_in_the_future(bench: Bench) -> None:
    start = bench.clock.now()
    poll(bench, b"a|First|3\nb|Ahead|-9\nc|Undated")
    assert state(bench).newest == start - timedelta(days=3)
    poll(bench, b"a|First|4\nd|Older|5")
    assert state(bench).newest == start - timedelta(days=3)
    moment = bench.clock.now()
    poll(bench, b"a|First|4\ne|New and undated")
    assert state(bench).newest == moment, "what has no date is as old as we know it"


def test_two_sources_of_one_host_are_polled_at_a_time_and_others_wait_their_turn(
    database: Database, clock: FakeClock
) -> None:
    book = engine.rulebook(
        *(records.source(name, url=f"https://www.example.org/{name}") for name in ("a", "b", "c")),
        records.source("other", url="https://other.example/feed"),
    )
    bench = engine.bench(database, clock, book)
    plan_sources(bench.rig)
    meanwhile = {"a": ("b",), "b": ("c", "other")}  # comes due while the one is asked
    outcomes: dict[str, str] = {}

    class Busy(engine.FakeFetcher):
        def fetch(self, request: Request, *, now: datetime) -> Fetched | NotModified | FetchFailure:
            for name in meanwhile.pop(request.source_id, ()):
                outcomes[name] = collect(rig, SourceId(name), only_due=True).outcome
            return super().fetch(request, now=now)

    rig = replace(bench.rig, fetcher=Busy(answers={name: [b"x|Item"] for name in ("a", "b", "c", "other")}))
    assert collect(rig, SourceId("a"), only_due=True).outcome == "fetched"
    assert outcomes == {"b": "fetched", "c": "put-off", "other": "fetched"}
    with database.transaction() as tx:
        waiting = tx.sources.state(SourceId("c"))
        assert tx.sources.due(clock.now()) == ("c",), "it stays due, and nothing is held against it"
    assert waiting is not None
    assert (waiting.failures, waiting.last_attempt) == (0, None)
    assert collect(rig, SourceId("c"), only_due=True).outcome == "fetched"


def test_entries_that_cannot_be_read_are_counted_and_the_rest_is_kept(bench: Bench) -> None:
    assert poll(bench, b"a|First\nb|broken") == ("fetched", ["a", "b"])
    with bench.rig.database.transaction() as tx:
        (line,) = tx.sources.lines(SRC)
    assert (line.message, line.entries, line.fresh, line.status) == ("1 entries could not be read", 2, 2, 200)


def test_a_source_that_no_rule_file_names_is_left_alone(bench: Bench) -> None:
    assert collect(bench.rig, SourceId("unknown")).outcome == "gone"
    closed = bench.with_rules(engine.rulebook(records.source("src", enabled=False)))
    assert collect(closed.rig, SRC).outcome == "gone"
    assert bench.fetcher.asked == []


def test_sources_are_planned_once_and_forgotten_when_they_leave_the_rules(database: Database, clock: FakeClock) -> None:
    book = engine.rulebook(records.source("a"), records.source("b"), records.source("off", enabled=False))
    bench = engine.bench(database, clock, book)
    assert plan_sources(bench.rig) == 2
    with database.transaction() as tx:
        assert set(tx.sources.due(clock.now())) == {"a", "b"}
        later = SourceState(source_id=SourceId("a"), next_due=clock.now() + timedelta(hours=1))
        tx.sources.save(later)
    plan_sources(bench.rig)
    with database.transaction() as tx:
        assert tx.sources.due(clock.now()) == ("b",)
    plan_sources(bench.with_rules(engine.rulebook(records.source("a"))).rig)
    with database.transaction() as tx:
        assert set(tx.sources.states()) == {"a"}
        assert tx.sources.state(SourceId("a")) == replace(later, planned=clock.now())


def elsewhere(bench: Bench) -> Bench:
    return bench.with_rules(engine.rulebook(records.source("src", url="https://src.example.org/other")))


def test_another_address_is_asked_at_once_and_by_no_validator_of_the_old_one(bench: Bench) -> None:
    poll(bench, b"a|First")
    poll(bench, b"<html>")
    moved = elsewhere(bench)
    plan_sources(moved.rig)
    assert (state(bench).failures, state(bench).next_due) == (0, bench.clock.now())
    collect(moved.rig, SRC)
    assert (bench.fetcher.asked[-1].url, bench.fetcher.asked[-1].etag) == ("https://src.example.org/other", None)
    before = state(bench)
    plan_sources(moved.rig)
    assert state(bench) == before, "once"


def test_the_first_answer_of_another_address_is_a_baseline_unless_it_holds_what_is_known(bench: Bench) -> None:
    def baseline(*names: str) -> list[bool]:
        with bench.rig.database.transaction() as tx:
            return [one.baseline for one in tx.documents.get(engine.doc_id(f"src-{name}") for name in names)]

    poll(bench, b"a|First")
    moved = elsewhere(bench)
    poll(moved, b"a|First\nb|Second")
    assert baseline("b") == [False], "the same page at another address"
    poll(bench, b"c|Third\nd|Fourth|9", b"c|Third\nd|Fourth|9\ne|Fifth")
    assert baseline("c", "d", "e") == [True, True, False]


def test_a_crash_while_keeping_loses_nothing_and_repeats_nothing(bench: Bench) -> None:
    poll(bench, b"a|First")
    before = state(bench)
    bench.fetcher.answers["src"] = [b"a|First\nb|Second"]

    class Breaks:
        """A database whose connection breaks at the end of the next big transaction."""

        def __init__(self, database: Database) -> None:
            self._database = database
            self.left = 1  # the read of the state passes

        def transaction(self):  # type: ignore[no-untyped-def]
            from contextlib import contextmanager

            @contextmanager
            def broken():  # type: ignore[no-untyped-def]
                with self._database.transaction() as tx:
                    yield tx
                    if not self.left:
                        raise StorageError("the connection broke before the commit")
                    self.left -= 1

            return broken()

    failing = replace(bench.rig, database=Breaks(bench.rig.database))  # type: ignore[arg-type]
    with pytest.raises(StorageError):
        collect(failing, SRC)
    assert state(bench) == before
    assert stored(bench, "b") == []
    assert poll(bench, b"a|First\nb|Second") == ("fetched", ["b"])
    assert stored(bench, "b")[0].state is DocumentState.UNREAD


def test_what_a_kind_remembers_is_given_back_with_the_next_answer(database: Database, clock: FakeClock) -> None:
    book = engine.rulebook(records.source("src-memory"))
    bench = engine.bench(database, clock, book)
    for body in (b"a|First", b"b|Second"):
        bench.fetcher.answers["src-memory"] = [body]
        collect(bench.rig, SourceId("src-memory"))
    with database.transaction() as tx:
        assert tx.sources.memory(SourceId("src-memory")) == "+a|First+b|Second"
