"""Rows of the outbox: claimed in order, marked by their owner only, never twice under one key."""

from __future__ import annotations

import threading
from datetime import timedelta

from bot.storage import Database
from bot.storage.outbox import ChannelState, Mark, NewDelivery, delivery_id_of
from bot.types.delivery import Action, Delivery, DeliveryState, Message
from bot.types.ids import AlertId
from tests.fakes import records
from tests.fakes.clock import START


def new(key: str, action: Action = Action.SEND, **fields: object) -> NewDelivery:
    values: dict[str, object] = {
        "target": records.target(),
        "message": records.message(key),
        "action": action,
        "dedupe_key": key,
        "alert_id": AlertId("a-1"),
        "not_before": START,
    }
    return NewDelivery(**values | fields)  # type: ignore[arg-type]


def add(database: Database, *rows: NewDelivery) -> None:
    with database.transaction() as tx:
        tx.outbox.add(rows, at=START)


def claim(database: Database, minutes: float = 0, channel: str = "desk") -> Delivery | None:
    with database.transaction() as tx:
        return tx.outbox.claim(channel, records.at(minutes))


def claimed(database: Database, minutes: float = 0, channel: str = "desk") -> Delivery:
    found = claim(database, minutes, channel)
    assert found is not None
    return found


def mark(database: Database, delivery: Delivery, state: DeliveryState, minutes: float = 0, **fields: object) -> bool:
    with database.transaction() as tx:
        wanted = Mark(state=state, not_before=records.at(minutes), **fields)  # type: ignore[arg-type]
        return tx.outbox.mark(delivery, wanted, now=records.at(minutes))


def test_a_key_gets_one_row_per_channel_ever(database: Database) -> None:
    with database.transaction() as tx:
        first = tx.outbox.add([new("k"), new("k"), new("k", target=records.target("now"))], at=START)
        assert len(first) == 2
    sent = claimed(database)
    assert mark(database, sent, DeliveryState.SENT, provider_id="1.1")
    with database.transaction() as tx:
        assert tx.outbox.add([new("k")], at=START) == ()
        assert tx.outbox.counts() == {DeliveryState.SENT: 1, DeliveryState.PENDING: 1}
        assert {row.id for row in tx.outbox.of_alert(AlertId("a-1"))} == set(first)
        assert delivery_id_of("desk", "k") in first


def test_a_claim_is_committed_before_anything_is_sent(database: Database) -> None:
    add(database, new("k", message=records.message("frozen")))
    found = claimed(database, 1)
    assert found.state is DeliveryState.SENDING
    assert (found.attempts, found.epoch, found.claimed_at) == (1, 1, records.at(1))
    assert found.message == records.message("frozen")
    with database.transaction() as tx:
        assert tx.outbox.orphans("desk") == (found,)
        assert tx.outbox.orphans("now") == ()
    assert claim(database, 1) is None


def test_rows_go_in_order_but_not_before_their_time(database: Database) -> None:
    add(
        database,
        new("later", alert_id=AlertId("a-2"), not_before=records.at(5)),
        new("first", alert_id=AlertId("a-3")),
        new("second", alert_id=AlertId("a-4")),
    )
    assert [claimed(database).dedupe_key, claimed(database).dedupe_key] == ["first", "second"]
    assert claim(database, 4.9) is None
    assert claimed(database, 5).dedupe_key == "later"


def test_edits_and_replies_wait_for_the_message_they_belong_to(database: Database) -> None:
    add(database, new("root"), new("edit", Action.UPDATE), new("reply", Action.THREAD), new("b", alert_id=AlertId("b")))
    root = claimed(database)
    assert claimed(database).dedupe_key == "b"
    assert claim(database) is None
    assert mark(database, root, DeliveryState.AMBIGUOUS, 2)
    assert claim(database, 1) is None, "an edit must not overtake a root that nobody knows about"
    looked = claimed(database, 2)
    assert (looked.state, looked.epoch, looked.attempts) == (DeliveryState.AMBIGUOUS, 2, 1)
    assert mark(database, looked, DeliveryState.SENT, 2, provider_id="17.4")
    edit = claimed(database, 3)
    assert (edit.dedupe_key, edit.root_provider_id) == ("edit", "17.4")
    assert mark(database, edit, DeliveryState.SENT, 3)
    reply = claimed(database, 3)
    assert (reply.dedupe_key, reply.root_provider_id) == ("reply", "17.4")


def test_a_late_writer_is_refused(database: Database) -> None:
    add(database, new("k"))
    slow = claimed(database)
    assert mark(database, slow, DeliveryState.AMBIGUOUS, 1)
    assert not mark(database, slow, DeliveryState.REJECTED, 1), "its claim has ended"
    found = claimed(database, 1)
    assert mark(database, found, DeliveryState.PENDING, 1)
    again = claimed(database, 1)
    assert (again.attempts, again.epoch) == (2, 3)
    assert not mark(database, slow, DeliveryState.REJECTED, 1)
    assert mark(database, again, DeliveryState.SENT, 1, provider_id="2.2")
    assert not mark(database, again, DeliveryState.REJECTED, 1), "settled is settled"
    with database.transaction() as tx:
        assert tx.outbox.counts() == {DeliveryState.SENT: 1}


def test_another_form_of_the_message_replaces_a_refused_one(database: Database) -> None:
    add(database, new("k"))
    plain = Message(kind="fake", payload={"text": "plain"}, summary="plain")
    assert mark(database, claimed(database), DeliveryState.PENDING, message=plain, error="invalid_blocks", misses=1)
    again = claimed(database)
    assert (again.message, again.last_error, again.misses) == (plain, "invalid_blocks", 1)


def test_an_edit_that_a_later_one_repeats_is_superseded(database: Database) -> None:
    add(database, new("root"), new("e1", Action.UPDATE), new("r", Action.THREAD), new("e2", Action.UPDATE))
    mark(database, claimed(database), DeliveryState.SENT)
    first = claimed(database)
    with database.transaction() as tx:
        assert tx.outbox.later_edit(first) is not None
    mark(database, first, DeliveryState.MERGED)
    reply = claimed(database)
    with database.transaction() as tx:
        assert tx.outbox.later_edit(reply) == delivery_id_of("desk", "e2"), "a reply is made all the same"
    mark(database, reply, DeliveryState.SENT)
    last = claimed(database)
    with database.transaction() as tx:
        assert tx.outbox.later_edit(last) is None


def test_two_claimers_never_get_the_same_row(database: Database) -> None:
    add(database, *(new(f"k{n}", alert_id=AlertId(f"a-{n}")) for n in range(20)))
    got: list[str] = []
    lock = threading.Lock()

    def work() -> None:
        misses = 0
        while misses < 3:
            found = claim(database)
            if found is None:
                misses += 1
            else:
                with lock:
                    got.append(found.dedupe_key)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == sorted(f"k{n}" for n in range(20))


def test_channels_are_due_when_a_row_is_and_the_channel_may(database: Database) -> None:
    add(
        database,
        new("k", target=records.target("later"), not_before=records.at(5)),
        new("k", target=records.target("paced")),
        new("k", target=records.target("died")),
        new("k", target=records.target("ready")),
    )
    claimed(database, channel="died")
    paced = ChannelState(
        channel="paced", next_at=records.at(1), failures=2, last_sent=START, last_error="It was limited."
    )
    with database.transaction() as tx:
        tx.outbox.save_channel(paced)
        assert tx.outbox.channel("paced", START) == paced
        assert tx.outbox.channel("ready", START) == ChannelState(channel="ready", next_at=START)
        assert tx.outbox.due_channels(START) == ("died", "ready")
        assert tx.outbox.due_channels(records.at(1)) == ("paced", "died", "ready")
        assert set(tx.outbox.due_channels(records.at(5))) == {"later", "paced", "died", "ready"}
        assert tx.outbox.next_due("later") == records.at(5)
        assert tx.outbox.next_due("died") is None
        tx.outbox.save_channel(ChannelState(channel="paced", next_at=START))
        assert tx.outbox.channels() == (ChannelState(channel="paced", next_at=START),)


def test_settled_rows_are_forgotten_after_their_time_and_open_ones_never(database: Database) -> None:
    add(database, new("old"), new("bad", alert_id=AlertId("a-2")), new("open", alert_id=AlertId("a-3")))
    mark(database, claimed(database), DeliveryState.SENT)
    mark(database, claimed(database), DeliveryState.REJECTED, 9, error="channel_not_found")
    with database.transaction() as tx:
        assert [row.last_error for row in tx.outbox.rejected(START)] == ["channel_not_found"]
        assert tx.outbox.rejected(records.at(10)) == ()
        assert tx.outbox.forget(records.at(9)) == 1
        assert tx.outbox.forget(START + timedelta(days=999)) == 1
        assert tx.outbox.counts() == {DeliveryState.PENDING: 1}
