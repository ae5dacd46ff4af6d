"""Two stories that were told and turn out to be one, and one that turns out to be two: people are told, once each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.pipeline import assess, why
from bot.storage import Database, schema
from bot.storage.documents import NewDocument
from bot.types.codec import plain
from bot.types.delivery import Action, Alert, ChannelTarget, DeliveryState, Message, Reason
from bot.types.desk import Handling, Mute, Reminder, ReminderKind
from bot.types.ids import AlertId, StoryId
from bot.types.levels import Stage
from bot.types.lifecycle import ChangeKind
from tests.fakes import engine, rules
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench
from tests.fakes.two_stories import AGENCY, GALLIUM, OTHER, headline, tell, texts, tie, two_told

SAME = "This is the same step as “{}”."


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    return engine.bench(database, clock)


def test_the_younger_message_points_to_the_older_one_which_goes_on(bench: Bench) -> None:
    two_told(bench)
    tie(bench)
    told = texts(bench)
    same = SAME.format(headline(bench, "s-a"))
    assert told == [
        ("a-a", "send: s-a [1] press only"),
        ("a-b", "send: s-b [1] press only"),
        ("a-b", f"update: {same}"),
        ("a-b", f"thread: {same}"),
        ("a-a", "update: s-a [3] press only"),
    ]
    tell(bench, "d", rules.event(targets=("KR",), goods=GALLIUM))
    assert texts(bench)[5:] == [("a-a", "update: s-a [4] press only")]


def test_a_pointer_survives_every_later_round(bench: Bench) -> None:
    two_told(bench)
    tie(bench)
    before = texts(bench)
    tell(bench, "e")
    assess(bench.rig)
    assert texts(bench) == before


def test_the_ledger_leads_from_the_old_name_to_the_new_one(bench: Bench) -> None:
    two_told(bench)
    tie(bench)
    with bench.rig.database.transaction() as tx:
        assert tx.stories.get(StoryId("s-b")) is None
        (line,) = tx.decisions.ledger(story_id=StoryId("s-b"))
        kept = tx.decisions.of_story(StoryId("s-a"))
        recent = tx.decisions.recent(bench.clock.now() - timedelta(days=1))
    assert (line.action, line.reason, line.document_id) == ("merged", "stories-merged", None)
    assert line.why.startswith("It is the same step as s-a: ")
    assert [decision.reason for decision in kept if decision.action in (Action.SEND, Action.THREAD)] == [
        Reason.NEW_STORY,
        Reason.NEW_STORY,
    ]
    assert kept[-1].reason is Reason.STORIES_MERGED
    assert len(recent) == len(kept) + 1
    assert [case.story.id for case in why(bench.rig, "s-a").stories] == ["s-a"]


def test_what_people_did_goes_over_to_the_message_that_stands(bench: Bench) -> None:
    two_told(bench)
    now = bench.clock.now()
    mute = Mute(story_id=StoryId("s-b"), until=date(2027, 1, 1), by="U1", at=now)
    seen = Handling(alert_id=AlertId("a-b"), acknowledged_by="U1", acknowledged_at=now)
    ahead = Reminder(
        story_id=StoryId("s-b"), kind=ReminderKind.END, day=date(2027, 1, 1), due_at=now + timedelta(days=9)
    )
    rows: Sequence[tuple[Any, dict[str, Any]]] = (
        (schema.mute, {"story_id": "s-b", "until": mute.until, "at": now, "record": plain(mute)}),
        (schema.handling, {"alert_id": "a-b", "acknowledged_at": now, "at": now, "record": plain(seen)}),
        (
            schema.reminder,
            {
                "story_id": "s-b",
                "kind": "end",
                "day": ahead.day,
                "due_at": ahead.due_at,
                "settled_at": now,  # what is open follows from the joined story
                "outcome": "Told.",
                "record": plain(ahead),
            },
        ),
        (
            schema.escalation,
            {"alert_id": "a-b", "channel": "now", "due_at": now, "outcome": "", "record": {"alert_id": "a-b"}},
        ),
        (
            schema.transition,
            {
                "key": "cn-mofcom:2026:1",
                "story_id": "s-b",
                "day": ahead.day,
                "at": now,
                "record": {"story_id": "s-b"},
            },
        ),
    )
    with bench.rig.database.transaction() as tx:
        for table, values in rows:
            known = {name: value for name, value in values.items() if name in table.c}
            tx.connection.execute(insert(table).values(**known))
    tie(bench)
    with bench.rig.database.transaction() as tx:
        run = tx.connection.scalars
        assert run(select(schema.mute.c.record["story_id"])).all() == ["s-a"]
        assert run(select(schema.handling.c.record)).all() == [plain(replace(seen, alert_id=AlertId("a-a")))]
        assert run(select(schema.reminder.c.record["story_id"])).all() == ["s-a"]
        assert run(select(schema.escalation.c.alert_id)).all() == ["a-a"]
        assert run(select(schema.escalation.c.record["alert_id"])).all() == ["a-a"]
        assert run(select(schema.transition.c.story_id)).all() == ["s-a"]
        assert run(select(schema.transition.c.record["story_id"])).all() == ["s-a"]


def test_the_older_message_stands_even_when_its_story_is_the_younger_one(bench: Bench) -> None:
    """The first story waits in the archive until the second has been told: then its message is the younger one."""
    tell(
        bench, "a", rules.event(targets=("JP",), goods=GALLIUM, agency=AGENCY), authority=rules.document("x").authority
    )
    tell(bench, "b", rules.event(targets=("KR",), goods=GALLIUM))
    with bench.rig.database.transaction() as tx:
        rows = {row.alert_id: row for row in tx.outbox.of_alert(AlertId("a-a"))}
        later = bench.clock.now() + timedelta(hours=1)
        tx.connection.execute(
            schema.outbox.update().where(schema.outbox.c.id == rows[AlertId("a-a")].id).values(created_at=later)
        )
    tie(bench)
    told = texts(bench)
    assert ("a-a", f"update: {SAME.format(headline(bench, 's-a'))}") in told
    assert told[-2:] == [("a-b", "update: s-a [3] press only"), ("a-b", "thread: Towards JP (was KR).")]


@dataclass
class Stumbling(engine.FakeChannel):
    """A channel whose replies fail so many times."""

    stumbles: int = 0

    def render_change(self, alert: Alert, target: ChannelTarget) -> Message | None:
        if self.stumbles:
            self.stumbles -= 1
            raise RuntimeError("the round is cut off here")
        return super().render_change(alert, target)


@pytest.mark.parametrize("stumbles", [0, 1])
def test_a_round_that_is_cut_off_in_between_tells_everything_once(
    database: Database, clock: FakeClock, stumbles: int
) -> None:
    service = engine.FakeService()
    channel = Stumbling(service)
    bench = replace(engine.bench(database, clock, channels={"fake": channel}), service=service)
    two_told(bench)
    channel.stumbles = stumbles
    tie(bench)
    assert channel.stumbles == 0
    assert [what.partition(":")[0] for _, what in texts(bench)] == [
        "send", "send", "update", "thread", "update",
    ]  # fmt: skip


def part(bench: Bench) -> None:
    """A text of the story is rewritten and tells another step."""
    tell(bench, "b", OTHER, title="Another step", content_hash="1:b2")


def together(bench: Bench) -> None:
    tell(bench, "a", rules.event())
    tell(bench, "b", rules.event(), title="The same step", content_hash="1:b1")


def test_a_text_that_leaves_a_story_gets_a_message_that_says_so_and_the_old_thread_is_told(bench: Bench) -> None:
    together(bench)
    before = len(texts(bench))
    part(bench)
    parted = f"Part of what was told here is another step: “{headline(bench, 's-b')}”."
    assert texts(bench)[before:] == [
        ("a-b", "send: s-b [1] press only"),
        ("a-a", "update: s-a [1] press only"),
        ("a-a", f"thread: {parted}"),
    ]
    with bench.rig.database.transaction() as tx:
        alert = tx.decisions.alert(AlertId("a-b"))
        actions = [(line.action, line.reason) for line in tx.decisions.ledger(story_id=StoryId("s-b"))]
    assert alert is not None
    (left,) = alert.changes
    assert left.kind is ChangeKind.LEFT
    assert dict(left.titles)["en"] == headline(bench, "s-a")
    assert ("split", "story-split") in actions
    assert ("send", "story-split") in actions


def test_a_text_that_comes_back_and_leaves_again_never_gets_a_second_message(bench: Bench) -> None:
    together(bench)
    part(bench)
    tell(bench, "b", rules.event(), title="Back again", content_hash="1:b3")
    same = SAME.format(headline(bench, "s-a"))
    assert texts(bench)[-3:] == [
        ("a-b", f"update: {same}"),
        ("a-b", f"thread: {same}"),
        ("a-a", "update: s-a [2] press only"),
    ]
    tell(bench, "b", OTHER, title="Another step again", content_hash="1:b4")
    again = f"thread: Told until now as part of “{headline(bench, 's-a')}”, but it is a step of its own."
    assert ("a-b", again) in texts(bench)
    assert [name for name, what in texts(bench) if what.startswith("send")] == ["a-a", "a-b"]


def test_a_story_that_is_held_when_it_leaves_says_where_it_comes_from_when_it_is_sent(bench: Bench) -> None:
    bench = bench.with_rules(engine.rulebook(routing=engine.routing(hold=timedelta(minutes=30))))
    together(bench)
    bench.clock.turn(3600)
    assess(bench.rig)
    tell(
        bench,
        "c",
        rules.event(),
        title="Late",
        content_hash="1:c1",
    )
    tell(bench, "c", OTHER, title="Another", content_hash="1:c2")
    assert not any(name == "a-c" for name, _ in texts(bench))
    bench.clock.turn(3600)
    assess(bench.rig)
    assert ("a-c", "send: s-c [1] press only") in texts(bench)
    with bench.rig.database.transaction() as tx:
        alert = tx.decisions.alert(AlertId("a-c"))
    assert alert is not None
    assert [change.kind for change in alert.changes] == [ChangeKind.LEFT]


def test_a_story_that_nobody_was_told_of_joins_without_a_word(bench: Bench) -> None:
    tell(bench, "a", rules.event(targets=("JP",), goods=GALLIUM, agency=AGENCY))
    with bench.rig.database.transaction() as tx:
        document = rules.document("b", first_seen=bench.clock.now(), published_at=bench.clock.now())
        tx.documents.put([NewDocument(document=document, baseline=True)])
        event = rules.event(targets=("KR",), goods=GALLIUM)
        tx.documents.save_readings([rules.reading(document, [event])], at=bench.clock.now())
    assess(bench.rig)
    tie(bench)
    assert [name for name, _ in texts(bench)] == ["a-a", "a-a"]


def test_a_message_that_was_refused_stands_for_nothing(bench: Bench) -> None:
    two_told(bench)
    with bench.rig.database.transaction() as tx:
        refused = tx.outbox.of_alert(AlertId("a-a"))[0].id
        values = {"state": DeliveryState.REJECTED.value, "settled_at": bench.clock.now()}
        tx.connection.execute(schema.outbox.update().where(schema.outbox.c.id == refused).values(**values))
    tie(bench)
    assert texts(bench) == [
        ("a-b", "send: s-b [1] press only"),
        ("a-b", "update: s-a [3] press only"),
        ("a-b", "thread: Towards JP (was KR)."),
    ]


@pytest.mark.parametrize("state", [DeliveryState.REJECTED, DeliveryState.MERGED])
def test_a_story_whose_message_went_under_is_told_anew_when_it_leaves_again(bench: Bench, state: DeliveryState) -> None:
    together(bench)
    part(bench)
    with bench.rig.database.transaction() as tx:
        (row,) = tx.outbox.of_alert(AlertId("a-b"))
        values = {"state": state.value, "settled_at": bench.clock.now()}
        tx.connection.execute(schema.outbox.update().where(schema.outbox.c.id == row.id).values(**values))
    tell(bench, "b", rules.event(), title="Back again", content_hash="1:b3")
    tell(bench, "b", OTHER, title="Another step again", content_hash="1:b4")
    assert ("a-b", "send: s-b [1] press only") in texts(bench)
    before = len(texts(bench))
    tell(bench, "d", replace(OTHER, stage=Stage.IN_FORCE))
    assert [what.partition(":")[0] for name, what in texts(bench)[before:] if name == "a-b"] == ["update", "thread"]
