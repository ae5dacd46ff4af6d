"""The outbox at work: one message each, in order, whatever the service answers and whoever dies."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.pipeline import Exits, deliver
from bot.storage import Database
from bot.storage.outbox import NewDelivery
from bot.types.delivery import Action, ChannelTarget, DeliveryState, Outcome, Receipt
from bot.types.ids import AlertId
from tests.fakes import engine, records
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench

SENT, PENDING, AMBIGUOUS = DeliveryState.SENT, DeliveryState.PENDING, DeliveryState.AMBIGUOUS
REJECTED, MERGED, SENDING = DeliveryState.REJECTED, DeliveryState.MERGED, DeliveryState.SENDING
FENCE = timedelta(seconds=60)


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    return engine.bench(database, clock)


def put(
    bench: Bench, *keys: str, action: Action = Action.SEND, channel: str = "desk", alert: str | None = None
) -> None:
    rows = [
        NewDelivery(
            target=ChannelTarget(name=channel, kind="fake", address=f"#{channel}"),
            message=records.message(key),
            action=action,
            dedupe_key=key,
            alert_id=AlertId(alert or f"a-{key}"),
            not_before=bench.clock.now(),
        )
        for key in keys
    ]
    with bench.rig.database.transaction() as tx:
        tx.outbox.add(rows, at=bench.clock.now())


def states(bench: Bench) -> dict[DeliveryState, int]:
    with bench.rig.database.transaction() as tx:
        return dict(tx.outbox.counts())


def notices(bench: Bench) -> list[str]:
    with bench.rig.database.transaction() as tx:
        return [notice.key for notice in tx.notices.standing()]


def test_everything_that_is_due_goes_out_once_and_in_order(bench: Bench) -> None:
    put(bench, "one", "two", "three")
    done = deliver(bench.rig, "desk")
    assert (done.sent, done.again_at) == (3, None)
    assert bench.service.texts() == ["send: one", "send: two", "send: three"]
    assert deliver(bench.rig, "desk").sent == 0
    assert states(bench) == {SENT: 3}


def test_edits_carry_the_id_of_the_message_and_repeated_ones_are_left_out(bench: Bench) -> None:
    put(bench, "root", alert="a")
    put(bench, "edit 1", action=Action.UPDATE, alert="a")
    put(bench, "reply", action=Action.THREAD, alert="a")
    put(bench, "edit 2", action=Action.UPDATE, alert="a")
    done = deliver(bench.rig, "desk")
    assert (done.sent, done.merged) == (3, 1)
    assert bench.service.texts() == ["send: root", "thread: reply", "update: edit 2"]
    assert [post.root_provider_id for post in bench.service.posts] == [None, "desk:1", "desk:1"]


def test_a_limited_channel_waits_as_a_whole_and_keeps_its_order(bench: Bench) -> None:
    put(bench, "one", "two")
    limited = Receipt(outcome=Outcome.NOT_SENT, detail="limited", retry_after=timedelta(seconds=30))
    bench.service.answers = [limited]
    done = deliver(bench.rig, "desk")
    assert (done.sent, done.unsettled) == (0, 1)
    assert done.again_at == bench.clock.now() + timedelta(seconds=30)
    with bench.rig.database.transaction() as tx:
        assert tx.outbox.due_channels(bench.clock.now()) == ()
        assert tx.outbox.due_channels(bench.clock.turn(30)) == ("desk",)
    assert deliver(bench.rig, "desk").sent == 2
    assert bench.service.texts() == ["send: one", "send: two"]


def test_short_waits_are_sat_out(bench: Bench) -> None:
    put(bench, "one")
    bench.service.answers = [Outcome.NOT_SENT]  # the first wait is two seconds
    assert deliver(bench.rig, "desk").sent == 1


def test_a_program_that_is_to_stop_leaves_between_two_messages(bench: Bench) -> None:
    put(bench, "one", "two")
    stopping = replace(bench.rig, pause=lambda _: True)
    assert deliver(stopping, "desk").sent == 1
    assert states(bench) == {SENT: 1, PENDING: 1}


def test_a_lost_answer_is_looked_for_and_the_message_is_not_repeated(bench: Bench) -> None:
    put(bench, "one")
    bench.service.answers = [Outcome.AMBIGUOUS]  # accepted, but nobody knows
    done = deliver(bench.rig, "desk")
    assert states(bench) == {AMBIGUOUS: 1}
    assert done.again_at == bench.clock.now() + FENCE
    bench.clock.turn(FENCE - timedelta(seconds=1))
    deliver(bench.rig, "desk")
    assert bench.service.looks == 0, "nobody looks before the fence"
    bench.clock.turn(1)
    assert deliver(bench.rig, "desk").sent == 1
    assert bench.service.texts() == ["send: one"]


def test_a_message_that_did_not_arrive_is_sent_again_after_two_looks(bench: Bench) -> None:
    put(bench, "one")
    bench.service.answers = [Receipt(outcome=Outcome.AMBIGUOUS, detail="reset")]  # not accepted
    deliver(bench.rig, "desk")
    bench.clock.turn(FENCE)
    deliver(bench.rig, "desk")
    assert (bench.service.looks, bench.service.posts) == (1, [])
    bench.clock.turn(29)
    deliver(bench.rig, "desk")
    assert bench.service.looks == 1
    bench.clock.turn(1)
    assert deliver(bench.rig, "desk").sent == 1
    assert bench.service.looks == 2
    assert bench.service.texts() == ["send: one"]


def test_a_history_that_lags_does_not_make_a_second_message(bench: Bench) -> None:
    put(bench, "one")
    bench.service.answers = [Outcome.AMBIGUOUS]
    bench.service.lag = 1
    deliver(bench.rig, "desk")
    for seconds in (60, 30):
        bench.clock.turn(seconds)
        deliver(bench.rig, "desk")
    assert bench.service.texts() == ["send: one"]
    assert states(bench) == {SENT: 1}


def test_a_service_that_cannot_be_asked_is_asked_again(bench: Bench) -> None:
    put(bench, "one")
    bench.service.answers = [Outcome.AMBIGUOUS]
    bench.service.deaf = 3
    deliver(bench.rig, "desk")
    for _ in range(4):
        bench.clock.turn(60)
        deliver(bench.rig, "desk")
    assert bench.service.looks == 4
    assert bench.service.texts() == ["send: one"]


def test_a_channel_that_cannot_look_sends_the_same_again_under_the_same_id(bench: Bench) -> None:
    put(bench, "one")
    bench.service.answers = [Outcome.AMBIGUOUS]
    bench.service.blind = True
    deliver(bench.rig, "desk")
    bench.clock.turn(FENCE)
    deliver(bench.rig, "desk")
    first, second = bench.service.posts
    assert (first.id, first.message) == (second.id, second.message)
    assert states(bench) == {SENT: 1}


def test_a_sender_that_raises_leaves_an_unknown_outcome_and_others_go_on(bench: Bench) -> None:
    put(bench, "one", "two")
    bench.service.answers = [RuntimeError("a bug after the post")]
    done = deliver(bench.rig, "desk")
    assert (done.sent, done.unsettled) == (1, 1)
    assert states(bench) == {SENT: 1, AMBIGUOUS: 1}


def test_a_row_whose_sender_died_is_looked_for_by_the_next(bench: Bench) -> None:
    put(bench, "one")
    with bench.rig.database.transaction() as tx:
        dead = tx.outbox.claim("desk", bench.clock.now())
    assert dead is not None
    bench.service.send(dead)  # it got through before it died
    deliver(bench.rig, "desk")
    assert states(bench) == {AMBIGUOUS: 1}
    bench.clock.turn(FENCE)
    deliver(bench.rig, "desk")
    assert bench.service.texts() == ["send: one"]
    assert states(bench) == {SENT: 1}


def test_a_refused_message_reaches_operators_and_what_it_said_too(bench: Bench) -> None:
    put(bench, "lost", alert="a-1")
    put(bench, "edit", action=Action.UPDATE, alert="a-1")
    with bench.rig.database.transaction() as tx:
        tx.decisions.save_alert(records.alert("a-1"), at=bench.clock.now())
    refused = Receipt(outcome=Outcome.REJECTED, detail="channel_not_found")
    bench.service.answers = [refused]
    assert deliver(bench.rig, "desk").rejected == 2
    assert notices(bench) == ["rejected:desk"]
    assert deliver(bench.rig, "ops").sent == 2
    assert bench.service.texts("ops") == [
        "send: desk refuses messages",
        "send: s-doc [1] press only",
    ]
    bench.service.answers = []
    put(bench, "next")
    deliver(bench.rig, "desk")
    assert notices(bench) == []
    deliver(bench.rig, "ops")
    assert bench.service.texts("ops")[-1] == "send: desk takes messages again"


def test_a_refused_layout_goes_once_in_plain_form(bench: Bench) -> None:
    put(bench, "rich")
    layout = Receipt(outcome=Outcome.REJECTED, detail="invalid_blocks", layout=True)
    bench.service.answers = [layout]
    assert deliver(bench.rig, "desk").sent == 1
    assert bench.service.texts() == ["send: plain rich"]
    put(bench, "again")
    bench.service.answers = [layout, layout]
    assert deliver(bench.rig, "desk").rejected == 1


def test_refusals_of_the_operations_channel_end_there(bench: Bench) -> None:
    put(bench, "notice", channel="ops")
    bench.service.answers = [Receipt(outcome=Outcome.REJECTED, detail="gone")] * 5
    deliver(bench.rig, "ops")
    assert states(bench) == {REJECTED: 1}, "a notice there would be refused too"
    assert notices(bench) == ["rejected:ops"]


def test_a_closed_way_keeps_its_messages(bench: Bench) -> None:
    put(bench, "one")
    bench.channel.closed = "no token is set"
    done = deliver(bench.rig, "desk")
    assert (done.sent, done.unsettled) == (0, 1)
    with bench.rig.database.transaction() as tx:
        (state,) = tx.outbox.channels()
    assert state.last_error == "The way is closed: no token is set."
    bench.channel.closed = None
    opened = engine.bench(bench.rig.database, bench.clock)
    bench.clock.turn(60)
    assert deliver(opened.rig, "desk").sent == 1


def test_slack_gets_one_message_a_second(database: Database, clock: FakeClock) -> None:
    slack = engine.FakeChannel(engine.FakeService(), name="slack")
    bench = engine.bench(database, clock, channels={"slack": slack})
    target = ChannelTarget(name="desk", kind="slack", address="#desk")
    rows = [
        NewDelivery(
            target=target, message=records.message(f"m{n}", "slack"), action=Action.SEND, dedupe_key=f"m{n}",
            alert_id=None, not_before=clock.now(),
        )
        for n in range(4)
    ]  # fmt: skip
    with database.transaction() as tx:
        tx.outbox.add(rows, at=clock.now())
    start = clock.now()
    assert deliver(bench.rig, "desk").sent == 4
    assert clock.now() - start >= timedelta(seconds=3)


def test_one_sender_per_channel_while_others_go_on(bench: Bench) -> None:
    put(bench, "one")
    put(bench, "elsewhere", channel="now")
    with bench.rig.database.hold("deliver:desk"):
        assert deliver(bench.rig, "desk").busy
        assert deliver(bench.rig, "now").sent == 1
    assert deliver(bench.rig, "desk").sent == 1


def test_many_senders_at_once_send_everything_once(bench: Bench) -> None:
    put(bench, *(f"m{n}" for n in range(30)))
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            deliver(bench.rig, "desk")
            if states(bench) == {SENT: 30}:
                stop.set()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bench.service.texts() == [f"send: m{n}" for n in range(30)]


def test_a_sender_that_lost_its_claim_changes_nothing(bench: Bench) -> None:
    put(bench, "one")

    class Slow(engine.FakeService):
        """While it sends, somebody else gives it up for dead, looks, finds nothing and sends again."""

        def send(self, delivery: object) -> Receipt:
            with bench.rig.database.transaction() as tx:
                (row,) = tx.outbox.orphans("desk")
                from bot.storage.outbox import Mark

                assert tx.outbox.mark(row, Mark(state=PENDING, not_before=bench.clock.now()), now=bench.clock.now())
            with bench.rig.database.transaction() as tx:
                again = tx.outbox.claim("desk", bench.clock.now())
                assert again is not None
            return Receipt(outcome=Outcome.REJECTED, detail="late")

    slow = engine.FakeChannel(Slow())
    late = replace(bench.rig, exits=Exits({"fake": slow}, bench.rig.settings), pause=lambda _: True)
    deliver(late, "desk")
    assert states(bench) == {SENDING: 1}


def test_the_notice_about_a_channel_ends_with_its_next_message_whatever_raised_it(bench: Bench) -> None:
    put(bench, "root", alert="a")
    bench.service.answers = [Outcome.REJECTED]
    deliver(bench.rig, "desk")
    put(bench, "other")
    deliver(bench.rig, "desk")
    assert notices(bench) == []
    put(bench, "edit", action=Action.UPDATE, alert="a")
    deliver(bench.rig, "desk")
    assert notices(bench) == ["rejected:desk"], "its message never arrived, so operators are told of the edit"
    put(bench, "another")
    deliver(bench.rig, "desk")
    assert notices(bench) == [], "else nobody would be told of the next refusal"
