"""What escalations, mutes, reminders, lists and people's deeds become when two stories turn out to be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.pipeline import deliver, escalate, mute
from bot.storage import Database, schema
from bot.types.delivery import ChannelTarget, Reason
from bot.types.ids import AlertId, StoryId
from bot.types.levels import Stage
from bot.types.rules import Escalate, RouteIf, Routing
from tests.fakes import engine
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench
from tests.fakes.two_stories import texts, tie, two_told

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
