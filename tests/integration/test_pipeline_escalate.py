"""An alert that nobody acknowledges goes to a second channel, once; one that somebody looked after does not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from bot.pipeline import assess, deliver, escalate
from bot.schedule import Ticker
from bot.storage import Database, schema
from bot.storage._text import record
from bot.storage.documents import NewDocument
from bot.types.delivery import Outcome
from bot.types.desk import Handling, Mute
from bot.types.ids import AlertId, StoryId
from bot.types.levels import Stage
from bot.types.rules import Escalate
from tests.fakes import engine, rules
from tests.fakes.clock import START, FakeClock
from tests.fakes.engine import Bench

HALF = timedelta(minutes=30)
ALERT = AlertId("a-jp")


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    made = engine.routing()
    loud = replace(made.routes[0], escalate=Escalate(after=HALF, to="now"))
    return engine.bench(database, clock, engine.rulebook(routing=replace(made, routes=(loud, *made.routes[1:]))))


def tell(bench: Bench, stage: Stage = Stage.ANNOUNCED) -> None:
    now = bench.clock.now()
    document = rules.document("jp", first_seen=now, published_at=now)
    with bench.rig.database.transaction() as tx:
        tx.documents.put([NewDocument(document=document)])
        tx.documents.save_readings([rules.reading(document, [rules.event(stage=stage)])], at=now)
    assess(bench.rig)


def texts(bench: Bench) -> list[str]:
    for channel in ("desk", "now", "ops"):
        deliver(bench.rig, channel)
    return bench.service.texts("now")


def outcome(bench: Bench) -> str:
    with bench.rig.database.transaction() as tx:
        ((channel, sentence),) = tx.escalations.outcomes(ALERT)
    assert channel == "now"
    return sentence


def acknowledge(bench: Bench) -> None:
    deed = Handling(alert_id=ALERT, acknowledged_by="Ada", acknowledged_at=bench.clock.now())
    with bench.rig.database.transaction() as tx:
        row = {"alert_id": ALERT, "acknowledged_at": deed.acknowledged_at, "at": bench.clock.now()}
        tx.connection.execute(insert(schema.handling).values(**row, record=record(deed)))


def test_what_nobody_acknowledges_is_told_once_elsewhere_with_who_was_told_and_when(bench: Bench) -> None:
    tell(bench)
    deliver(bench.rig, "desk")
    bench.clock.turn(HALF - timedelta(seconds=1))
    assert escalate(bench.rig) == 0
    bench.clock.turn(1)
    assert escalate(bench.rig) == 1
    assert escalate(bench.rig) == 0
    assert texts(bench) == ["send: s-jp [1] press only"]
    why = "told in desk at 2026-01-06 09:00 UTC, and nobody acknowledged it within 30m"
    assert outcome(bench) == f"Told now: {why}."
    with bench.rig.database.transaction() as tx:
        last = tx.decisions.ledger(story_id=StoryId("s-jp"))[-1]
    assert (last.action, last.reason, last.why) == ("send", "escalation", why)
    bench.clock.turn(HALF * 9)
    assert escalate(bench.rig) == 0
    tell(bench, Stage.IN_FORCE)
    assert [text.partition(":")[0] for text in texts(bench)] == ["send", "update", "thread"]


def test_time_runs_from_when_the_message_was_sent_and_not_while_it_waits(bench: Bench) -> None:
    tell(bench)
    bench.clock.turn(HALF * 4)
    assert escalate(bench.rig) == 0, "nobody was told yet"
    deliver(bench.rig, "desk")
    bench.clock.turn(timedelta(minutes=29))
    assert escalate(bench.rig) == 0
    bench.clock.turn(60)
    assert escalate(bench.rig) == 1


def test_two_hosts_at_once_tell_it_once(bench: Bench) -> None:
    tell(bench)
    deliver(bench.rig, "desk")
    bench.clock.turn(HALF)
    with ThreadPoolExecutor(2) as both:
        made = list(both.map(escalate, (bench.rig, bench.rig)))
    assert sorted(made) == [0, 1]
    assert texts(bench) == ["send: s-jp [1] press only"]


def test_an_acknowledged_alert_is_settled_without_a_message(bench: Bench) -> None:
    tell(bench)
    deliver(bench.rig, "desk")
    acknowledge(bench)
    bench.clock.turn(HALF)
    assert escalate(bench.rig) == 0
    assert outcome(bench) == "Settled: somebody has acknowledged it."
    with bench.rig.database.transaction() as tx:
        last = tx.decisions.ledger(story_id=StoryId("s-jp"))[-1]
    assert (last.action, last.reason) == ("drop", "escalation")
    assert last.why == "not told in now: somebody has acknowledged it"
    assert texts(bench) == []


def test_a_muted_story_is_settled_without_a_message(bench: Bench) -> None:
    tell(bench)
    deliver(bench.rig, "desk")
    mute = Mute(story_id=StoryId("s-jp"), until=date(2026, 1, 9), by="Ada", at=START)
    with bench.rig.database.transaction() as tx:
        row = {"story_id": "s-jp", "until": mute.until, "at": START, "record": record(mute)}
        tx.connection.execute(insert(schema.mute).values(row))
    bench.clock.turn(HALF)
    assert escalate(bench.rig) == 0
    assert outcome(bench) == "Settled: Ada has silenced it until 2026-01-09."


def test_a_denied_step_is_settled_without_a_message(bench: Bench) -> None:
    tell(bench)
    deliver(bench.rig, "desk")
    tell(bench, Stage.DENIED)
    bench.clock.turn(HALF)
    assert escalate(bench.rig) == 0
    assert outcome(bench) == "Settled: the step was denied."


def test_a_message_that_its_channel_refused_is_escalated_since_nobody_saw_it(bench: Bench) -> None:
    tell(bench)
    bench.service.answers.append(Outcome.REJECTED)
    deliver(bench.rig, "desk")
    bench.clock.turn(HALF)
    assert escalate(bench.rig) == 1
    assert outcome(bench) == "Told now: desk refused the message, so nobody has seen it."


def test_a_channel_that_left_the_file_is_an_operators_matter(bench: Bench) -> None:
    tell(bench)
    deliver(bench.rig, "desk")
    bench.clock.turn(HALF)
    routing = engine.routing()
    left = {name: target for name, target in routing.channels.items() if name != "now"}
    later = bench.with_rules(engine.rulebook(routing=replace(routing, channels=left)))
    assert escalate(later.rig) == 0
    assert outcome(bench).startswith("Nobody could be told: routes.yml has no channel now any more")
    deliver(bench.rig, "ops")
    assert bench.service.texts("ops") == ["send: An alert could not be escalated"]


def test_the_scheduler_queues_it_when_the_time_has_come(bench: Bench) -> None:
    from bot import tasks
    from bot.pipeline import Current

    tasks.install(bench.rig.database, now=bench.clock.now())
    tell(bench)
    deliver(bench.rig, "desk")
    ticker = Ticker(Current(bench.rig))
    ticker.tick()
    with bench.rig.database.transaction() as tx:
        before = tx.raw.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'escalate'").fetchone()
    bench.clock.turn(HALF)
    ticker.tick()
    with bench.rig.database.transaction() as tx:
        after = tx.raw.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'escalate'").fetchone()
    ticker.stop()
    assert (before, after) == ((0,), (1,))
