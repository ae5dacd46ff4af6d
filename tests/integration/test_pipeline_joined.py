"""What escalations, mutes, reminders, lists and people's deeds become when two stories turn out to be one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.pipeline import assess, assign, deliver, escalate, mute, remind, vote
from bot.pipeline.rig import Rig
from bot.storage import Database, schema
from bot.types.delivery import ChannelTarget, Reason
from bot.types.ids import AlertId, StoryId
from bot.types.levels import Stage
from bot.types.rules import Escalate, RouteIf, Routing
from bot.types.vote import Verdict
from tests.fakes import engine, rules
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench
from tests.fakes.two_stories import AGENCY, GALLIUM, keep, tell, texts, tie, two_told

HALF = timedelta(minutes=30)


def routed(**changes: object) -> Routing:
    """Everything goes to the desk, and to now when nobody answers."""
    made = engine.routing()
    loud = replace(made.routes[0], escalate=Escalate(after=HALF, to="now"))
    return replace(made, routes=(loud, *made.routes[1:]), **changes)  # type: ignore[arg-type]


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    return engine.bench(database, clock, engine.rulebook(routing=routed()))


def older(bench: Bench, alert: str, *, by: timedelta) -> None:
    """Let the message of an alert have been made so much earlier."""
    with bench.rig.database.transaction() as tx:
        (row,) = tx.outbox.of_alert(AlertId(alert))
        changed = schema.outbox.update().where(schema.outbox.c.id == row.id)
        tx.connection.execute(changed.values(created_at=row.created_at - by))


def outcomes(bench: Bench, *alerts: str) -> list[str]:
    with bench.rig.database.transaction() as tx:
        return [said for alert in alerts for _, said in tx.escalations.outcomes(AlertId(alert))]


@pytest.mark.parametrize("first", ["a-a", "a-b"])
def test_whichever_message_stands_for_both_stories_is_escalated_once(bench: Bench, first: str) -> None:
    two_told(bench)
    older(bench, first, by=timedelta(hours=1))
    deliver(bench.rig, "desk")
    tie(bench)
    bench.clock.turn(HALF * 3)
    assert escalate(bench.rig) == 1
    assert escalate(bench.rig) == 0
    assert texts(bench, "now") == [(first, "send: s-a [3] press only")]
    (said,) = outcomes(bench, "a-a", "a-b")
    assert said.startswith("Told now: told in desk at ")


def by_target(**escalated: bool) -> Routing:
    """Steps towards Japan go to one channel, steps towards Korea to another; each may have to be acknowledged."""
    made = engine.routing()
    extra = {name: ChannelTarget(name=name, kind="fake", address=f"#{name}") for name in ("japan", "korea")}
    routes = tuple(
        replace(
            made.routes[0], id=name, send=name, if_=RouteIf(targets=(code,)),
            escalate=Escalate(after=HALF, to="now") if escalated.get(name) else None,
        )
        for name, code in (("japan", "JP"), ("korea", "KR"))
    )  # fmt: skip
    return replace(made, routes=(*routes, *made.routes[1:]), channels={**made.channels, **extra})


def test_a_message_of_which_no_other_one_speaks_is_escalated_though_its_story_was_merged(
    database: Database, clock: FakeClock
) -> None:
    bench = engine.bench(database, clock, engine.rulebook(routing=by_target(korea=True)))
    two_told(bench)
    for name in ("japan", "korea"):
        deliver(bench.rig, name)
    tie(bench)
    bench.clock.turn(HALF * 2)
    assert escalate(bench.rig) == 1
    assert texts(bench, "now") == [("a-b", "send: s-a [3] press only")]


def test_the_channel_of_escalation_hears_once_of_two_stories_that_are_one(database: Database, clock: FakeClock) -> None:
    bench = engine.bench(database, clock, engine.rulebook(routing=by_target(japan=True, korea=True)))
    two_told(bench)
    for name in ("japan", "korea"):
        deliver(bench.rig, name)
    tie(bench)
    bench.clock.turn(HALF * 2)
    assert escalate(bench.rig) == 1
    assert outcomes(bench, "a-a")[0].startswith("Told now: told in japan at ")
    assert outcomes(bench, "a-b") == ["Settled: now has been told already that nobody acknowledged s-a."]


def test_a_mute_holds_for_the_joined_story_from_the_moment_they_are_joined(bench: Bench) -> None:
    two_told(bench)
    deliver(bench.rig, "desk")
    mute(bench.rig, "s-b", by="U1")
    bench.clock.turn(60)
    before = texts(bench)
    tie(bench, stage=Stage.IN_FORCE)
    assert [name for name, what in texts(bench)[len(before) :] if name == "a-a" and what.startswith("thread")] == []
    with bench.rig.database.transaction() as tx:
        assert tx.decisions.of_story(StoryId("s-a"))[-1].reason is Reason.MUTED


def test_a_story_told_in_a_list_joins_one_that_has_a_message_and_that_message_goes_on(
    database: Database, clock: FakeClock
) -> None:
    bench = engine.bench(database, clock, engine.rulebook(routing=engine.routing(at_most_per_hour=1)))
    tell(bench, "a", rules.event(targets=("JP",), goods=GALLIUM, agency=AGENCY))
    keep(bench, "b", rules.event(targets=("KR",), goods=GALLIUM))
    tell(bench, "x", rules.event(targets=("US",)))
    bench.clock.turn(timedelta(hours=1))
    assess(bench.rig)
    told = texts(bench)
    assert [what for _, what in told] == ["send: s-a [1] press only", "send: list of s-b s-x"]
    tie(bench)
    assert texts(bench)[2:] == [("a-a", "update: s-a [3] press only")], "it never said what the list said"
    tell(bench, "d", rules.event(targets=("JP", "KR"), goods=GALLIUM, agency=AGENCY, stage=Stage.IN_FORCE))
    assert [name for name, _ in texts(bench)[3:]] == ["a-a", "a-a"]


def test_a_story_that_grows_in_the_round_of_its_list_is_kept_as_it_is_at_the_end(
    database: Database, clock: FakeClock
) -> None:
    made = engine.routing(at_most_per_hour=1)
    also = replace(made.routes[0], id="us", send="now", if_=RouteIf(targets=("US",)))
    bench = engine.bench(database, clock, engine.rulebook(routing=replace(made, routes=(also, *made.routes))))
    for name, target in (("a", "JP"), ("b", "KR"), ("x", "US")):
        keep(bench, name, rules.event(targets=(target,)))
    assess(bench.rig)
    bench.clock.turn(timedelta(hours=1))
    for name in ("x2", "x3"):
        keep(bench, name, rules.event(targets=("US",)))
    assess(bench.rig)
    assert [what for _, what in texts(bench)][-1].startswith("send: list of ")
    assert [what for _, what in texts(bench, "now")][-1] == "update: s-x [3] press only"
    with bench.rig.database.transaction() as tx:
        kept = tx.decisions.alert(AlertId("a-x"))
    assert kept is not None
    assert len(kept.sources) == 3, "what people do next is shown on the message as it is"


DEEDS: dict[str, Callable[[Rig], object]] = {
    "mute": lambda rig: mute(rig, "s-b", by="U1"),
    "assign": lambda rig: assign(rig, "s-b", to="U2", by="U1"),
    "vote": lambda rig: vote(rig, "s-b", Verdict.USEFUL, voter="Ada"),
}


@pytest.mark.parametrize("deed", sorted(DEEDS))
def test_what_somebody_does_while_stories_are_joined_is_done_with_what_remains(bench: Bench, deed: str) -> None:
    two_told(bench)
    done: list[object] = []
    other = threading.Thread(target=lambda: done.append(DEEDS[deed](bench.rig)))

    def meanwhile() -> None:
        bench.channel.during = None
        other.start()
        engine.until_blocked(bench.rig.database, other)

    bench.channel.during = meanwhile
    tie(bench)
    other.join(30)
    assert len(done) == 1
    with bench.rig.database.transaction() as tx:
        assert tx.stories.get(StoryId("s-b")) is None
        muted = tx.mutes.get(StoryId("s-a"), bench.clock.now().date())
        handling = tx.handlings.get(AlertId("a-a"))
        voted = tx.votes.tally(StoryId("s-a"))
    assert handling is not None
    assert handling.acknowledged_by == ("Ada" if deed == "vote" else "U1")
    assert (muted is not None, handling.assigned_to, voted) == {
        "mute": (True, "", (0, 0)),
        "assign": (False, "U2", (0, 0)),
        "vote": (False, "", (1, 0)),
    }[deed]


@pytest.mark.soak
def test_deeds_rounds_and_escalations_at_once_never_wait_for_each_other_for_ever(bench: Bench) -> None:
    two_told(bench)
    deliver(bench.rig, "desk")
    rounds = 25

    def people(name: str) -> None:
        for number in range(rounds):
            mute(bench.rig, name, by="U1", days=1 + number % 9)
            assign(bench.rig, name, to=f"U{number}", by="U1")
            vote(bench.rig, name, (Verdict.USEFUL, Verdict.NOT)[number % 2], voter="Ada")

    def texts_come() -> None:
        for number in range(rounds):
            keep(bench, f"d{number}", rules.event(targets=("KR",), goods=GALLIUM))
            if number == rounds // 2:
                tie(bench)
            assess(bench.rig)

    def clock_turns() -> None:
        for _ in range(rounds):
            escalate(bench.rig)
            remind(bench.rig)
            deliver(bench.rig, "desk")

    with ThreadPoolExecutor(4) as pool:
        done = [
            pool.submit(people, "s-a"),
            pool.submit(people, "s-b"),
            pool.submit(texts_come),
            pool.submit(clock_turns),
        ]
        for one in done:
            one.result(timeout=100)
    with bench.rig.database.transaction() as tx:
        assert tx.stories.get(StoryId("s-b")) is None
        assert (
            tx.connection.scalar(text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")) == 0
        )
