"""What operators are told of sources without being asked, and what ends by itself."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.pipeline import collect, look_after_sources, plan_sources, survey
from bot.storage import Database
from bot.storage.sources import FetchLine
from bot.types.ids import SourceId
from bot.types.levels import Authority
from bot.types.source import SourceState
from tests.fakes import engine, records
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench

SRC = SourceId("src")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    made = engine.bench(database, clock, engine.rulebook(records.source("src", max_age_of_newest=timedelta(days=5))))
    plan_sources(made.rig)
    return made


def look(bench: Bench, minutes: float = 1) -> list[str]:
    """A look every minute for so long; the notices that stand then."""
    for _ in range(int(minutes)):
        bench.clock.turn(MINUTE)
        look_after_sources(bench.rig)
    return notices(bench)


def notices(bench: Bench) -> list[str]:
    with bench.rig.database.transaction() as tx:
        return [notice.key for notice in tx.notices.standing()]


def raised(bench: Bench) -> int:
    with bench.rig.database.transaction() as tx:
        return len(tx.notices.since(bench.clock.now() - timedelta(days=9)))


def poll(bench: Bench, answer: object = b"a|First") -> None:
    bench.fetcher.answers["src"] = [answer]  # type: ignore[list-item]
    collect(bench.rig, SRC)


def log(bench: Bench, brought: dict[date, int]) -> None:
    with bench.rig.database.transaction() as tx:
        for day, fresh in brought.items():
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=bench.clock.now().tzinfo)
            for part in (fresh // 2, fresh - fresh // 2):
                tx.sources.log(FetchLine(source_id=SRC, at=noon, outcome="fetched", message="", fresh=part))


def test_a_source_that_nobody_asks_is_lost_after_three_intervals_and_told_once(bench: Bench) -> None:
    look_after_sources(bench.rig)
    poll(bench)
    assert look(bench, 29) == []
    assert look(bench, 1) == ["coverage:src"]
    assert look(bench, 60) == [
        "coverage:src",
    ]
    assert raised(bench) == 1
    with bench.rig.database.transaction() as tx:
        (notice,) = tx.notices.standing()
    assert "nobody asks it" in notice.lines[1]
    poll(bench, None)
    assert notices(bench) == []
    assert look(bench, 5) == []


def test_a_source_that_never_answered_is_lost_three_intervals_after_it_was_planned(bench: Bench) -> None:
    assert look(bench, 29) == []
    assert look(bench, 2) == ["coverage:src"]


def test_a_server_that_wants_a_day_of_peace_is_told_at_once(bench: Bench) -> None:
    poll(bench)
    bench.clock.turn(10 * MINUTE)
    poll(bench, engine.failure(retry_after=timedelta(hours=20)))
    assert notices(bench) == ["coverage:src"]


def test_after_a_night_without_power_sources_get_three_intervals(bench: Bench) -> None:
    poll(bench)
    look(bench, 2)
    bench.clock.turn(timedelta(hours=10))
    assert look(bench, 29) == []
    assert look(bench, 2) == ["coverage:src"]


def test_one_failure_after_a_night_without_power_is_no_loss(bench: Bench) -> None:
    poll(bench)
    look(bench, 2)
    bench.clock.turn(timedelta(hours=10))
    look(bench)
    poll(bench, engine.failure())
    assert look(bench) == []
    poll(bench, engine.failure(retry_after=timedelta(hours=1)))
    assert notices(bench) == ["coverage:src"]


def test_a_restart_gives_no_more_time(bench: Bench) -> None:
    poll(bench)
    assert look(bench, 28) == []
    bench.clock.turn(4 * MINUTE)
    look_after_sources(bench.rig)
    assert notices(bench) == ["coverage:src"]


def test_many_sources_that_nobody_asks_are_one_notice(database: Database, clock: FakeClock) -> None:
    names = [f"s{n}" for n in range(9)]
    bench = engine.bench(database, clock, engine.rulebook(*map(records.source, names)))
    plan_sources(bench.rig)
    assert look(bench, 40) == ["watch:late"]
    for name in names:
        bench.fetcher.answers[name] = [b"a|First"]
        collect(bench.rig, SourceId(name))
    assert look(bench) == []
    with database.transaction() as tx:
        assert sum(tx.outbox.counts().values()) == 2, "its beginning and its end"


def test_looks_and_polls_wait_for_each_other_and_never_both(database: Database, clock: FakeClock) -> None:
    first, last = SourceId("a"), SourceId("z")
    bench = engine.bench(database, clock, engine.rulebook(*map(records.source, (last, first))))
    plan_sources(bench.rig)
    look(bench, 30)
    bench.clock.turn(MINUTE)
    watch = threading.Thread(target=look_after_sources, args=(bench.rig,))
    with database.transaction() as tx:  # as polls do that are written down together
        tx.sources.state(first, lock=True)
        watch.start()
        engine.until_blocked(database, watch)
        tx.sources.state(last, lock=True)
    watch.join(30)
    assert sorted(notices(bench)) == ["coverage:a", "coverage:z"]


def test_others_than_official_sources_are_nobodys_alarm(database: Database, clock: FakeClock) -> None:
    bench = engine.bench(database, clock, engine.rulebook(records.source("src", authority=Authority.PRESS)))
    plan_sources(bench.rig)
    assert look(bench, 90) == []
    with database.transaction() as tx:
        (found,) = survey(tx, bench.rig.rulebook.sources, clock.now())
    assert found.words == "late"


def test_a_source_that_was_disabled_starts_anew(bench: Bench) -> None:
    poll(bench)
    enabled, disabled = bench.rig.rulebook, engine.rulebook(records.source("src", enabled=False))
    assert look(bench, 31) == ["coverage:src"]
    closed = bench.with_rules(disabled)
    plan_sources(closed.rig)
    assert look(closed, 60) == [], "what stood about it is closed"
    opened = bench.with_rules(enabled)
    plan_sources(opened.rig)
    assert look(opened, 29) == []


def test_a_source_that_is_enabled_again_is_asked_at_once_and_starts_without_failures(bench: Bench) -> None:
    for _ in range(4):
        poll(bench, b"<html>")
    disabled = bench.with_rules(engine.rulebook(records.source("src", enabled=False)))
    plan_sources(disabled.rig)
    look(disabled, 60)
    plan_sources(bench.rig)
    with bench.rig.database.transaction() as tx:
        state = tx.sources.state(SRC)
        assert tx.sources.due(bench.clock.now()) == (SRC,)
    assert state is not None
    assert (state.failures, state.last_error) == (0, None)
    assert look(bench, 1) == []


def test_a_source_that_is_to_be_asked_more_often_is_not_late_by_its_old_pace(bench: Bench) -> None:
    seldom = bench.with_rules(engine.rulebook(records.source("src", every=timedelta(days=1))))
    poll(seldom)
    look(seldom, 60)
    plan_sources(bench.rig)
    with bench.rig.database.transaction() as tx:
        assert tx.sources.due(bench.clock.now()) == (SRC,)
    assert look(bench, 1) == []
    poll(bench)
    assert look(bench, 29) == []
    plan_sources(seldom.rig)
    with bench.rig.database.transaction() as tx:
        assert tx.sources.due(bench.clock.now() - timedelta(minutes=25)) == (), (
            "a slower pace begins with its next turn"
        )


def test_a_stale_source_is_told_until_it_brings_something_new(bench: Bench) -> None:
    poll(bench, b"a|First|4.9\nb|Ahead|-300")
    assert look(bench, 1) == []
    for _ in range(5):
        bench.clock.turn(timedelta(hours=1))
        poll(bench, b"a|First|5.2\nb|Ahead|-300")
        look_after_sources(bench.rig)
    assert notices(bench) == ["stale:src"]
    poll(bench, b"c|News|0\na|First|5\nb|Ahead|-300")
    bench.clock.turn(timedelta(hours=1))
    poll(bench, None)
    look_after_sources(bench.rig)
    assert notices(bench) == []


def test_what_stands_about_a_source_that_is_no_longer_official_is_closed(bench: Bench) -> None:
    poll(bench, b"a|First|6")
    assert look(bench) == ["stale:src"]
    press = records.source("src", authority=Authority.PRESS, max_age_of_newest=timedelta(days=5))
    assert look(bench.with_rules(engine.rulebook(press)), 60) == []


def test_a_quiet_source_is_told_until_it_brings_something_new(bench: Bench) -> None:
    today = bench.clock.now().date()
    log(bench, {today - timedelta(days=back): 6 if back > 3 else 0 for back in range(1, 35)})
    poll(bench, b"a|First|1")
    assert look(bench) == ["quiet:src"]
    log(bench, {today - timedelta(days=1): 9})
    bench.clock.turn(timedelta(hours=1))
    poll(bench, None)
    look_after_sources(bench.rig)
    assert notices(bench) == []


def test_new_items_are_counted_per_source_and_day(bench: Bench) -> None:
    first, second = date(2026, 1, 3), date(2026, 1, 4)
    log(bench, {first: 5, second: 0})
    with bench.rig.database.transaction() as tx:
        late = datetime(2026, 1, 3, 23, 59, tzinfo=bench.clock.now().tzinfo)
        tx.sources.log(FetchLine(source_id=SourceId("other"), at=late, outcome="fetched", message="", fresh=2))
        assert tx.sources.days(first) == {"src": {first: 5, second: 0}, "other": {first: 2}}
        assert tx.sources.days(second) == {"src": {second: 0}}


def test_states_of_an_older_version_are_watched_from_the_upgrade_on(bench: Bench) -> None:
    with bench.rig.database.transaction() as tx:
        tx.sources.save(SourceState(source_id=SRC, next_due=bench.clock.now() - timedelta(days=1)))
    plan_sources(bench.rig)
    with bench.rig.database.transaction() as tx:
        state = tx.sources.state(SRC)
    assert state is not None
    assert state.planned == bench.clock.now()
    assert look(bench, 29) == []


def test_an_answer_that_stops_the_parser_is_quarantined_until_three_are_clean(bench: Bench) -> None:
    def state() -> SourceState:
        with bench.rig.database.transaction() as tx:
            found = tx.sources.state(SRC)
        assert found is not None
        return found

    deadlines: list[float] = []

    class Watched(engine.InlineWorkers):
        def call(self, target: str, *args: object, deadline: float) -> object:
            deadlines.append(deadline)
            return super().call(target, *args, deadline=deadline)

    workers, ward = Watched(), Watched()
    rig = replace(bench.rig, parsers=workers, ward=ward)
    bench = replace(bench, rig=rig)
    poll(bench)
    for _ in range(3):
        poll(bench, b"poison")
    assert deadlines == [5, 5, 3, 2]
    assert (len(workers.calls), len(ward.calls)) == (2, 2), "in quarantine it is parsed where nobody waits"
    assert (state().stops, state().failures) == (3, 3)
    assert notices(bench) == ["quarantine:src", "coverage:src"]
    for body in (b"b|x", b"c|x"):
        poll(bench, body)
        poll(bench, None)
        assert state().stops == 3, "what did not change says nothing of the parser"
    poll(bench, b"<html>")
    poll(bench, b"poison")
    assert (state().stops, state().clean) == (4, 0)
    for body in (b"d|x", b"e|x", b"f|x"):
        poll(bench, body)
    assert (state().stops, state().clean) == (0, 0)
    assert notices(bench) == []
    assert deadlines[-1] == 2
    poll(bench, b"g|x")
    assert deadlines[-1] == 5


def test_one_quarantined_source_is_polled_at_a_time(database: Database, clock: FakeClock) -> None:
    book = engine.rulebook(records.source("a", url="https://a.example/"), records.source("b", url="https://b.example/"))
    bench = engine.bench(database, clock, book)
    with database.transaction() as tx:
        for name in ("a", "b"):
            tx.sources.save(SourceState(source_id=SourceId(name), next_due=clock.now(), failures=1, stops=1))
    seen: list[str] = []

    class Nosy(engine.InlineWorkers):
        def call(self, target: str, *args: object, deadline: float) -> object:
            if not seen:
                seen.append(collect(rig, SourceId("b"), only_due=True).outcome)
            return super().call(target, *args, deadline=deadline)

    rig = replace(bench.rig, ward=Nosy())
    bench.fetcher.answers |= {"a": [b"x|Item"], "b": [b"x|Item"]}
    assert collect(rig, SourceId("a"), only_due=True).outcome == "fetched"
    assert seen == ["put-off"]
    assert len(bench.fetcher.asked) == 1, "its server was not asked in vain"
    assert collect(rig, SourceId("b"), only_due=True).outcome == "fetched"
