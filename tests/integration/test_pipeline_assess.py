"""From readings to messages: one story per step, its decision and its messages in one transaction."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.errors import StorageError
from bot.pipeline import Assessed, Exits, Rig, assess, deliver, why
from bot.storage import Database
from bot.storage.documents import DocumentState, NewDocument
from bot.types.delivery import Action, Alert, ChannelTarget, DeliveryState, Message
from bot.types.ids import AlertId, ConceptId, StoryId
from bot.types.levels import Authority, Stage
from bot.types.reading import Event
from tests.fakes import engine, rules
from tests.fakes.clock import START, FakeClock
from tests.fakes.engine import Bench


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    return engine.bench(database, clock)


def tell(bench: Bench, name: str, *events: Event, baseline: bool = False, **fields: Any) -> None:
    """A document that was read: told now, about the events given."""
    values: dict[str, Any] = {"first_seen": bench.clock.now(), "published_at": bench.clock.now()}
    document = rules.document(name, **(values | fields))
    with bench.rig.database.transaction() as tx:
        tx.documents.put([NewDocument(document=document, baseline=baseline)])
        tx.documents.save_readings([rules.reading(document, events)], at=bench.clock.now())


def official(bench: Bench, name: str, *events: Event) -> None:
    tell(bench, name, *events, authority=Authority.OFFICIAL, jurisdiction="CN", publisher="MOFCOM")


def texts(bench: Bench) -> list[str]:
    deliver(bench.rig, "desk")
    return bench.service.texts("desk")


def stories(bench: Bench) -> list[tuple[str, ...]]:
    with bench.rig.database.transaction() as tx:
        found = tx.stories.week(START - timedelta(days=99), START + timedelta(days=99))
    return sorted(tuple(sorted(story.document_ids)) for story, _ in found)


def actions(bench: Bench, story: str) -> list[tuple[str, str]]:
    with bench.rig.database.transaction() as tx:
        return [(entry.action, entry.reason) for entry in tx.decisions.ledger(story_id=StoryId(story))]


def test_a_step_that_several_tell_is_one_message_that_grows(bench: Bench) -> None:
    tell(bench, "a", rules.event())
    assert assess(bench.rig) == Assessed(documents=1, messages=1)
    assert texts(bench) == ["send: s-a [1] press only"]
    bench.clock.turn(600)
    tell(bench, "b", rules.event())
    assess(bench.rig)
    assert texts(bench)[1:] == ["update: s-a [2] press only"]
    bench.clock.turn(600)
    official(bench, "m", rules.event())
    assess(bench.rig)
    assert texts(bench)[2:] == ["update: s-a [3] MOFCOM", "thread: An official source confirms it."]
    assert stories(bench) == [("a", "b", "m")]
    assert [post.root_provider_id for post in bench.service.posts] == [None, "desk:1", "desk:1", "desk:1"]


def test_two_different_steps_are_two_stories(bench: Bench) -> None:
    tell(bench, "a", rules.event())
    tell(bench, "b", rules.event(imposer="US", targets=("CN",)))
    assess(bench.rig)
    assert stories(bench) == [("a",), ("b",)]


def test_what_matters_to_nobody_is_in_the_ledger_with_its_reason(bench: Bench) -> None:
    tell(bench, "dull")
    assert assess(bench.rig).messages == 0
    assert texts(bench) == []
    assert actions(bench, "s-dull") == [("drop", "below-digest")]


def test_a_baseline_is_grouped_but_never_told_until_somebody_brings_news(bench: Bench) -> None:
    tell(bench, "old", rules.event(), baseline=True)
    assess(bench.rig)
    assert texts(bench) == []
    assert actions(bench, "s-old") == [("drop", "baseline")]
    bench.clock.turn(600)
    tell(bench, "new", rules.event())
    assess(bench.rig)
    assert texts(bench) == ["send: s-old [2] press only"]


def test_a_story_that_waits_for_company_goes_out_when_its_time_has_come(bench: Bench) -> None:
    bench = bench.with_rules(engine.rulebook(routing=engine.routing(hold=timedelta(minutes=3))))
    tell(bench, "a", rules.event())
    assert assess(bench.rig).messages == 0
    assert actions(bench, "s-a") == [("hold", "gathering")]
    bench.clock.turn(60)
    tell(bench, "b", rules.event())
    assess(bench.rig)
    bench.clock.turn(119)
    assert assess(bench.rig).messages == 0
    bench.clock.turn(1)
    assert assess(bench.rig).messages == 1
    assert texts(bench) == ["send: s-a [2] press only"]
    assert assess(bench.rig) == Assessed()


def test_an_edited_text_does_not_alert_again_but_a_new_stage_is_told_in_the_thread(bench: Bench) -> None:
    tell(bench, "a", rules.event())
    assess(bench.rig)
    tell(bench, "a", rules.event(), title="The same, with a comma")
    assess(bench.rig)
    assert texts(bench) == ["send: s-a [1] press only"]
    bench.clock.turn(600)
    tell(bench, "a", rules.event(stage=Stage.IN_FORCE), title="Now in force")
    assess(bench.rig)
    assert texts(bench)[1:] == [
        "update: s-a [1] press only",
        "thread: It is now in-force (was announced).",
    ]
    assert stories(bench) == [("a",)]


def test_a_date_that_moves_back_and_forth_is_told_each_time_and_the_message_shows_the_last(bench: Bench) -> None:
    for hour, day in enumerate((1, 2, 1, 2, 1)):
        bench.clock.set(START + timedelta(hours=hour))
        tell(bench, "a", rules.event(effective=date(2026, 3, day)), title=f"Version {hour}")
        assess(bench.rig)
    assert [said for said in texts(bench) if said.startswith("thread")] == [
        "thread: In force from 2026-03-02 (was 2026-03-01).",
        "thread: In force from 2026-03-01 (was 2026-03-02).",
        "thread: In force from 2026-03-02 (was 2026-03-01).",
        "thread: In force from 2026-03-01 (was 2026-03-02).",
    ]
    with bench.rig.database.transaction() as tx:
        last = [row for row in tx.outbox.of_alert(AlertId("a-a")) if row.action is Action.UPDATE][-1]
    assert last.state is DeliveryState.SENT
    assert bench.service.posts[-2].id == last.id, "the message was edited before the last reply"


def test_what_was_said_last_does_not_depend_on_the_clock(bench: Bench) -> None:
    tell(bench, "a", rules.event(effective=date(2026, 3, 1)))
    assess(bench.rig)
    bench.clock.turn(-300)
    tell(bench, "a", rules.event(effective=date(2026, 3, 2)), title="The clock was set back")
    assess(bench.rig)
    tell(bench, "a", rules.event(effective=date(2026, 3, 1)), title="As it was")
    assess(bench.rig)
    bench.clock.turn(300)
    assert texts(bench)[-1] == "thread: In force from 2026-03-01 (was 2026-03-02)."


def test_a_channel_that_has_no_way_out_is_stood_in_for_by_the_console(database: Database, clock: FakeClock) -> None:
    service = engine.FakeService()
    closed = engine.FakeChannel(engine.FakeService(), closed="no token is set")
    console = engine.FakeChannel(service, name="console")
    bench = engine.bench(database, clock, channels={"fake": closed, "console": console})
    tell(bench, "a", rules.event())
    assess(bench.rig)
    deliver(bench.rig, "desk")
    assert service.texts() == ["send: s-a [1] press only"]
    opened = engine.FakeChannel(engine.FakeService())
    later = replace(bench.rig, exits=Exits({"fake": opened, "console": console}, bench.rig.settings))
    clock.turn(600)
    tell(bench, "b", rules.event())
    assess(later)
    deliver(later, "desk")
    assert service.texts()[1:] == ["update: s-a [2] press only"], "an edit goes where its message stands"
    assert opened.service.posts == []


def test_a_layout_bug_costs_the_layout_and_not_the_alert(bench: Bench) -> None:
    bench.channel.broken = True
    tell(bench, "a", rules.event())
    assert assess(bench.rig).messages == 1
    (text,) = texts(bench)
    assert text.startswith("send: China"), "the headline goes out as a notice"


def test_a_bug_costs_one_document_and_is_told(bench: Bench) -> None:
    class Worse(engine.FakeChannel):
        """Cannot even write a notice about Japan."""

        def render(self, alert: Alert, target: ChannelTarget) -> Message:
            raise RuntimeError("layout bug")

        def render_notice(self, title: str, lines: object, target: ChannelTarget) -> Message:
            if title.startswith("China") and "Japan" in title:
                raise RuntimeError("notice bug")
            return super().render_notice(title, (), target)

    worse = Worse(bench.service)
    rig = replace(bench.rig, exits=Exits({"fake": worse}, bench.rig.settings))
    tell(bench, "bad", rules.event())
    tell(bench, "good", rules.event(targets=("US",)))
    assert assess(rig) == Assessed(documents=1, failed=1, messages=1)
    with bench.rig.database.transaction() as tx:
        assert tx.documents.counts() == {DocumentState.FAILED: 1, DocumentState.PLACED: 1}
        assert tx.stories.get(StoryId("s-bad")) is None, "nothing of the failed unit is left"
        assert [notice.key for notice in tx.notices.standing()] == ["failed:assess"]
        (entry,) = tx.decisions.ledger(document_id=engine.doc_id("bad"))
    assert (entry.action, entry.reason) == ("failed", "bug")


def test_a_decision_and_its_messages_are_committed_together_or_not_at_all(bench: Bench) -> None:
    tell(bench, "a", rules.event())

    class Dies(engine.FakeChannel):
        """The database goes while the message is rendered."""

        def render(self, alert: Alert, target: ChannelTarget) -> Message:
            engine.cut_connections(bench.rig.database)
            return super().render(alert, target)

    dying = replace(bench.rig, exits=Exits({"fake": Dies(bench.service)}, bench.rig.settings))
    with pytest.raises(StorageError):
        assess(dying)
    assert actions(bench, "s-a") == []
    with bench.rig.database.transaction() as tx:
        assert tx.outbox.counts() == {}
        assert tx.documents.counts() == {DocumentState.READ: 1}
    assert assess(bench.rig) == Assessed(documents=1, messages=1)
    assert texts(bench) == ["send: s-a [1] press only"]


def test_rounds_are_bounded_and_say_when_more_waits(bench: Bench) -> None:
    for n in range(5):
        tell(bench, f"d{n}")
    assert assess(bench.rig, limit=3) == Assessed(documents=3, more=True)
    assert assess(bench.rig, limit=3) == Assessed(documents=2)


def in_parallel(*work: Callable[[], object]) -> None:
    failures: list[BaseException] = []

    def run(job: Callable[[], object]) -> None:
        try:
            job()
        except BaseException as error:  # noqa: BLE001 - shown by the assert below
            failures.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_two_workers_at_once_make_one_story_of_one_step(bench: Bench) -> None:
    for n in range(24):
        tell(bench, f"d{n:02}", rules.event())

    def work(rig: Rig) -> Callable[[], None]:
        def run() -> None:
            while assess(rig, limit=1).documents:
                pass

        return run

    in_parallel(*(work(bench.rig) for _ in range(3)))
    assert stories(bench) == [tuple(f"d{n:02}" for n in range(24))]
    first = [text for text in texts(bench) if text.startswith("send:")]
    assert len(first) == 1
    with bench.rig.database.transaction() as tx:
        counts = tx.outbox.counts()
    assert DeliveryState.PENDING not in counts


def test_why_tells_the_whole_way_of_a_document(bench: Bench) -> None:
    tell(bench, "a", rules.event())
    assess(bench.rig)
    bench.clock.turn(600)
    tell(bench, "b", rules.event())
    assess(bench.rig)
    deliver(bench.rig, "desk")
    for asked in ("https://news.example/b", " https://news.example/b?utm_source=mail ", "s-a", "a-a"):
        found = why(bench.rig, asked)
        assert found.found, asked
        (case,) = found.stories
        assert case.story.id == "s-a"
        assert case.assessment is not None
        assert [entry.action for entry in case.ledger] == ["send", "joined", "update"]
        assert [row.state for row in case.deliveries] == [DeliveryState.SENT, DeliveryState.SENT]
    found = why(bench.rig, "https://news.example/b")
    assert [stored.document.id for stored in found.documents] == ["b"]
    assert found.documents[0].reading is not None
    assert [note.why for note in found.notes] != []
    assert not why(bench.rig, "https://news.example/never").found


def two_halves() -> tuple[Event, Event, Event]:
    """A ban on one good, a ban on another, and the notice that says both are one step."""
    one = rules.event(citation="cn-mofcom:2026:1")
    other = rules.event(goods=(ConceptId("rare-earths"),))
    return one, other, replace(one, goods=(*one.goods, *other.goods))


def test_stories_that_a_text_joins_keep_their_messages_and_one_ledger(bench: Bench) -> None:
    one, other, both = two_halves()
    tell(bench, "a", one)
    tell(bench, "b", other)
    assess(bench.rig)
    assert stories(bench) == [("a",), ("b",)]
    assert texts(bench) == ["send: s-a [1] press only", "send: s-b [1] press only"]
    bench.clock.turn(600)
    tell(bench, "c", both)
    assess(bench.rig)
    assert stories(bench) == [("a", "b", "c")]
    pointer, reply, grown = texts(bench)[2:]
    assert pointer.startswith("update: This is the same step as")
    assert reply.startswith("thread: This is the same step as")
    assert grown == "update: s-a [3] press only", "the message that stands grows, no third one comes"
    assert [post.root_provider_id for post in bench.service.posts[2:]] == ["desk:2", "desk:2", "desk:1"]
    with bench.rig.database.transaction() as tx:
        assert tx.stories.get(StoryId("s-b")) is None
        assert [d.alert_id for d in tx.decisions.told([StoryId("s-a")])] == ["a-a", "a-b", "a-a"]
    case = why(bench.rig, "https://news.example/b").stories[0]
    assert [row.alert_id for row in case.deliveries] == ["a-a", "a-b", "a-b", "a-b", "a-a"], "in order of time"


def test_held_stories_that_become_one_while_they_wait_go_out_as_one(bench: Bench) -> None:
    one, other, both = two_halves()
    bench = bench.with_rules(engine.rulebook(routing=engine.routing(hold=timedelta(minutes=3))))
    tell(bench, "a", one)
    tell(bench, "b", other)
    assess(bench.rig)
    bench.clock.turn(200)
    tell(bench, "c", both)
    assert assess(bench.rig) == Assessed(documents=1, messages=1)
    assert texts(bench) == ["send: s-a [3] press only"]
    assert assess(bench.rig) == Assessed()
