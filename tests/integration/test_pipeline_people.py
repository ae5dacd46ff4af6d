"""What people do with alerts is kept once, follows merged stories, and shows only where a channel can show it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import InputError
from bot.pipeline import assess, assign, mute, search, subscribe, unmute, vote
from bot.pipeline.people.members import choose_band, choose_locale, choose_rest
from bot.storage import Database
from bot.storage.outbox import NewDelivery
from bot.types.delivery import Action, DeliveryState
from bot.types.desk import Handling, Member, Mute
from bot.types.ids import AlertId, SectorId, StoryId
from bot.types.vote import Verdict
from tests.fakes import engine, rules
from tests.fakes.clock import START, FakeClock
from tests.fakes.engine import Bench
from tests.fakes.slack_team import tell

A, B = AlertId("a-a"), AlertId("a-b")
TODAY = START.date()


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    return engine.bench(database, clock)


def test_mutes_stand_until_their_last_day_and_the_latest_counts(database: Database) -> None:
    def made(story: str, days: int, by: str = "U1") -> Mute:
        return Mute(story_id=StoryId(story), until=TODAY + timedelta(days=days), by=by, at=START)

    with database.transaction() as tx:
        for one in (made("s-a", 3), made("s-b", 0), made("s-a", 1, by="U2")):
            tx.mutes.save(one)
        assert tx.mutes.standing(TODAY) == (made("s-b", 0), made("s-a", 1, by="U2"))
        assert tx.mutes.standing(TODAY + timedelta(days=1)) == (made("s-a", 1, by="U2"),)
        assert tx.mutes.get(StoryId("s-b"), TODAY + timedelta(days=1)) is None
        assert tx.mutes.forget(TODAY + timedelta(days=1)) == 1
        assert tx.mutes.end(StoryId("s-a"))
        assert not tx.mutes.end(StoryId("s-a"))
        assert tx.mutes.standing(date.min) == ()


def test_an_alert_is_acknowledged_once_and_assigned_as_often_as_it_changes_hands(database: Database) -> None:
    later = START + timedelta(minutes=5)
    with database.transaction() as tx:
        assert tx.handlings.get(A) is None
        first = tx.handlings.assign(A, to="U1", by="U2", at=START)
        assert first == Handling(alert_id=A, assigned_to="U1", assigned_by="U2", assigned_at=START)
        assert tx.handlings.assign(A, to="U1", by="U3", at=later) == first
        assert tx.handlings.acknowledged([A, B]) == frozenset()
        assert tx.handlings.acknowledge(A, by="U2", at=later)
        assert not tx.handlings.acknowledge(A, by="U3", at=later)
        assert tx.handlings.acknowledge(B, by="U3", at=START)
        assert tx.handlings.assign(A, to="U4", by="U1", at=later).acknowledged_by == "U2"
        assert tx.handlings.acknowledged([A, B, AlertId("a-c")]) == {A, B}
        assert {name: found.assigned_to for name, found in tx.handlings.of([A, B]).items()} == {A: "U4", B: ""}
        assert tx.handlings.forget(later) == 1
        assert tx.handlings.get(B) is None


def test_two_people_acknowledge_at_the_same_moment_and_one_is_first(database: Database) -> None:
    first: list[str] = []
    ready = threading.Barrier(4)

    def press(who: str) -> None:
        with database.transaction() as tx:
            ready.wait()
            if tx.handlings.acknowledge(A, by=who, at=START):
                first.append(who)

    threads = [threading.Thread(target=press, args=(f"U{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.transaction() as tx:
        found = tx.handlings.get(A)
    assert found is not None
    assert first == [found.acknowledged_by]


def test_members_keep_what_they_choose_and_wrong_choices_change_nothing(bench: Bench) -> None:
    rig = bench.rig
    sectors = [sector.id for sector in rig.rulebook.sectors]
    subscribe(rig, "U1", [sectors[1], sectors[0]])
    choose_locale(rig, "U1", "nl")
    bench.clock.turn(60)
    kept = choose_band(rig, "U1", "urgent")
    assert (kept.sectors, kept.locale, kept.at) == ((sectors[0], sectors[1]), "nl", bench.clock.now())
    bench.clock.turn(60)
    assert choose_band(rig, "U1", "urgent") == kept, "chosen again, nothing changes"
    wrongs: list[tuple[Callable[[], Member], str]] = [
        (lambda: subscribe(rig, "U1", [f"{sectors[0]}s"]), "did you mean"),
        (lambda: choose_locale(rig, "U1", "xx"), "none of our languages"),
        (lambda: choose_band(rig, "U1", "archive"), "no level"),
        (lambda: choose_rest(rig, "U1", "25:00", "07:00", "UTC"), "no time of day"),
        (lambda: choose_rest(rig, "U1", "22:00", "07:00", "../etc/passwd"), "no time zone"),
        (lambda: choose_rest(rig, "U1", "22:00", "", "UTC"), "no time of day"),
    ]
    for wrong, says in wrongs:
        with pytest.raises(InputError, match=says):
            wrong()
    with rig.database.transaction() as tx:
        assert tx.members.all() == (kept,)
        assert tx.members.get("U2") is None
        tx.members.save(Member(id="U0", sectors=(SectorId("x"),), at=START))
        assert [one.id for one in tx.members.all()] == ["U0", "U1"]


def test_a_channel_that_does_not_show_what_people_do_gets_no_edit(bench: Bench) -> None:
    tell(bench.rig, "a", rules.event())
    vote(bench.rig, "s-a", Verdict.USEFUL, voter="ann")
    mute(bench.rig, A, by="U1")
    assign(bench.rig, A, to="U2", by="U1")
    with bench.rig.database.transaction() as tx:
        assert [row.action for row in tx.outbox.of_alert(A)] == [Action.SEND]
        handling = tx.handlings.get(A)
    assert handling is not None
    assert (handling.acknowledged_by, handling.assigned_to) == ("ann", "U2")


def test_a_story_that_nobody_was_alerted_to_can_be_muted_and_voted_on_but_not_assigned(bench: Bench) -> None:
    tell(bench.rig, "dull")
    assert mute(bench.rig, "s-dull", by="U1", days=1).until == TODAY + timedelta(days=1)
    vote(bench.rig, "s-dull", Verdict.NOT, voter="ann")
    with pytest.raises(InputError, match="nobody was alerted"):
        assign(bench.rig, "s-dull", to="U2", by="U1")
    with pytest.raises(InputError, match="1 to 365"):
        mute(bench.rig, "s-dull", by="U1", days=366)


def test_a_story_that_is_unmuted_is_decided_again(bench: Bench) -> None:
    tell(bench.rig, "a", rules.event())
    mute(bench.rig, "s-a", by="U1")
    with bench.rig.database.transaction() as tx:
        assert tx.stories.held(bench.clock.now(), limit=9) == ()
    assert unmute(bench.rig, A) == "s-a"
    with bench.rig.database.transaction() as tx:
        assert [story.id for story in tx.stories.held(bench.clock.now(), limit=9)] == ["s-a"]
    assess(bench.rig)
    with bench.rig.database.transaction() as tx:
        assert tx.stories.held(bench.clock.now(), limit=9) == ()


def test_a_mute_of_a_story_that_is_no_longer_kept_can_be_ended(bench: Bench) -> None:
    with bench.rig.database.transaction() as tx:
        tx.mutes.save(Mute(story_id=StoryId("s-old"), until=TODAY, by="U1", at=START))
    assert unmute(bench.rig, "s-old") == "s-old"


def test_alerts_follow_a_story_that_another_takes_up(bench: Bench) -> None:
    tell(bench.rig, "a", rules.event())
    with bench.rig.database.transaction() as tx:
        told = tx.decisions.alert(A)
        assert told is not None
        tx.decisions.save_alert(replace(told, id=B, story_id=StoryId("s-b")), at=bench.clock.now())
        tx.decisions.move([StoryId("s-b")], StoryId("s-a"))
        moved = tx.decisions.alert(B)
        assert moved is not None
        assert moved.story_id == "s-a"
        assert tx.decisions.alert_ids(StoryId("s-a")) == (A, B)
    mute(bench.rig, B, by="U1")
    with bench.rig.database.transaction() as tx:
        assert tx.handlings.acknowledged([A, B]) == {A, B}
        assert [one.story_id for one in tx.mutes.standing(TODAY)] == ["s-a"]


def test_search_wants_words_and_gives_the_newest(bench: Bench) -> None:
    for name in ("old", "new"):
        tell(bench.rig, name, rules.event())
        bench.clock.turn(timedelta(days=1))
    assert [hit.document.id for hit in search(bench.rig, "title")] == ["new", "old"]
    assert {hit.story_id for hit in search(bench.rig, "title")} == {"s-old"}
    with pytest.raises(InputError, match="name a word"):
        search(bench.rig, " *!")


def test_edits_that_wait_are_hastened_for_one_alert_alone(bench: Bench) -> None:
    tell(bench.rig, "a", rules.event())
    later = bench.clock.now() + timedelta(seconds=45)
    with bench.rig.database.transaction() as tx:
        (root,) = tx.outbox.of_alert(A)
        for name in (A, B):
            edit = NewDelivery(
                target=root.target,
                message=root.message,
                action=Action.UPDATE,
                dedupe_key=f"edit:{name}",
                alert_id=name,
                not_before=later,
            )
            tx.outbox.add([edit], at=bench.clock.now())
        tx.outbox.hasten(A, "desk", bench.clock.now())
        due = {
            row.alert_id: row.not_before
            for name in (A, B)
            for row in tx.outbox.of_alert(name)
            if row.action is Action.UPDATE and row.state is DeliveryState.PENDING
        }
    assert due == {A: bench.clock.now(), B: later}
