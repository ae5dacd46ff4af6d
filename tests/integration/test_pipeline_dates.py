"""A year in the life of two announcements: told, suspended, reminded of, and in force again, on a real database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot import tasks
from bot.deliver.slack import CHANNEL as SLACK
from bot.pipeline import Current, Exits, assess, deliver, housekeeping, remind, why
from bot.schedule import Ticker
from bot.storage import Database
from bot.storage.documents import NewDocument
from bot.types.delivery import Alert, ChannelTarget, Message
from bot.types.desk import Mute, ReminderKind
from bot.types.ids import ConceptId, StoryId
from bot.types.levels import Authority, Direction, Stage
from bot.types.lifecycle import State
from bot.types.reading import Event
from bot.types.rules import QuietHours, Route, RouteIf
from tests.fakes import engine, rules
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench, FakeChannel, FakeService
from tests.fakes.records import NOWHERE

ANNOUNCED = datetime(2025, 10, 9, 4, tzinfo=UTC)
SUSPENDED = datetime(2025, 11, 7, 9, tzinfo=UTC)
END = date(2026, 11, 10)
ACT, PAUSE = "cn-mofcom:2025:61", "cn-mofcom:2025:70"


@dataclass
class Threads(FakeChannel):
    """A chat service that shows replies as Slack's reader sees them."""

    def render_change(self, alert: Alert, target: ChannelTarget) -> Message | None:
        message = SLACK.render_change(alert, target)
        assert message is not None
        return replace(message, kind=self.name)


def bench_of(database: Database, clock: FakeClock, *locales: str, **routing: Any) -> Bench:
    made = engine.routing()
    channels = {
        f"desk-{locale}": ChannelTarget(name=f"desk-{locale}", kind="fake", address="#x", locale=locale)
        for locale in locales
    }
    routes: list[Route] = [replace(made.routes[0], if_=RouteIf(), id=f"r-{name}", send=name) for name in channels]
    book = engine.rulebook(
        routing=replace(
            made, channels={**made.channels, **channels}, routes=(*routes, *made.routes[1:]), digests={}, **routing
        )
    )
    service = FakeService()
    built = engine.bench(database, clock, book, channels={"fake": Threads(service)})
    return replace(built, service=service)


def step(**changes: Any) -> Event:
    rare = {"goods": (ConceptId("rare-earths"),), "targets": ()}
    return rules.event(**(rare | {"citation": ACT, "effective": date(2025, 12, 1)} | changes))


def pause(**changes: Any) -> Event:
    values = {"direction": Direction.EASE, "stage": Stage.SUSPENDED, "citation": PAUSE, "acts": (ACT,), "until": END}
    return step(**(values | {"effective": None} | changes))


def tell(bench: Bench, name: str, *events: Event) -> None:
    now = bench.clock.now()
    document = rules.document(
        name, first_seen=now, published_at=now, authority=Authority.OFFICIAL, jurisdiction="CN", publisher="MOFCOM"
    )
    with bench.rig.database.transaction() as tx:
        tx.documents.put([NewDocument(document=document)])
        tx.documents.save_readings([rules.reading(document, events)], at=now)
    run(bench)


def run(bench: Bench) -> None:
    """What the worker does until nothing is left: dates, decisions, messages."""
    for _ in range(3):
        remind(bench.rig)
        assess(bench.rig)
    for name in bench.rig.rulebook.routing.channels:
        deliver(bench.rig, name)


def replies(bench: Bench, locale: str = "en") -> list[str]:
    return [
        post.message.summary.removeprefix("🔔 ").partition(": ")[2]
        for post in bench.service.posts
        if post.action == "thread" and post.target.name == f"desk-{locale}"
    ]


def at(bench: Bench, day: date, hour: int = 9) -> None:
    bench.clock.set(datetime.combine(day, time(hour), tzinfo=UTC))
    run(bench)


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    clock.set(ANNOUNCED)
    return bench_of(database, clock, "en")


def suspended(bench: Bench) -> None:
    tell(bench, "m61", step())
    bench.clock.set(SUSPENDED)
    tell(bench, "m70", pause())


def state(bench: Bench, key: str = ACT) -> tuple[State | None, date | None]:
    with bench.rig.database.transaction() as tx:
        (dossier,) = (one for one in tx.measures.of_acts([key]) if one.key == key)
    return dossier.state, dossier.until


def test_a_year_from_the_announcement_to_the_snap_back(bench: Bench) -> None:
    suspended(bench)
    told = ["MOFCOM No. 61/2025: suspended until 10 Nov 2026 (by MOFCOM No. 70/2025)"]
    assert replies(bench) == told
    assert state(bench) == (State.SUSPENDED, END)
    at(bench, date(2026, 11, 2))
    assert replies(bench) == told
    at(bench, date(2026, 11, 3))
    told.append("Reminder: the suspension of MOFCOM No. 61/2025 ends in 7 days, on 10 Nov 2026")
    assert replies(bench) == told
    at(bench, date(2026, 11, 9))
    told.append("Reminder: the suspension of MOFCOM No. 61/2025 ends tomorrow, on 10 Nov 2026")
    assert replies(bench) == told
    at(bench, date(2026, 11, 10))
    assert replies(bench) == told
    assert state(bench) == (State.SUSPENDED, END)
    at(bench, date(2026, 11, 11))
    told.append("The period that ran until 10 Nov 2026 has ended. MOFCOM No. 61/2025: in force again")
    assert replies(bench) == told
    assert state(bench) == (State.IN_FORCE, None)
    for later in (12, 19):
        at(bench, date(2026, 11, later))
    assert replies(bench) == told


def test_the_reminders_hang_on_the_message_of_the_suspension(bench: Bench) -> None:
    suspended(bench)
    at(bench, date(2026, 11, 3))
    roots = {post.alert_id: post.message.summary for post in bench.service.posts if post.action == "send"}
    threads = [post.alert_id for post in bench.service.posts if post.action == "thread"]
    assert list(roots) == ["a-m61", "a-m70"]
    assert threads == ["a-m61", "a-m70"]


def test_the_clock_jumps_over_the_date(bench: Bench) -> None:
    suspended(bench)
    before = len(replies(bench))
    at(bench, date(2026, 12, 24))
    assert replies(bench)[before:] == [
        "The period that ran until 10 Nov 2026 has ended. MOFCOM No. 61/2025: in force again"
    ]


@pytest.mark.soak
def test_a_restart_and_a_second_scheduler_change_nothing(bench: Bench, database: Database) -> None:
    suspended(bench)
    at(bench, date(2026, 11, 3))
    told = replies(bench)
    again = bench_of(database, bench.clock, "en")  # a new process over the same rows
    assert remind(again.rig) == remind(bench.rig) == 0
    run(again)
    assert replies(bench) == told
    assert again.service.posts == []
    at(again, date(2026, 11, 11))
    assert len(replies(again)) == 1


def test_an_extension_moves_the_end_and_its_reminders(bench: Bench) -> None:
    suspended(bench)
    bench.clock.set(datetime(2026, 10, 30, 9, tzinfo=UTC))
    tell(bench, "m80", pause(stage=Stage.EXTENDED, citation="cn-mofcom:2026:80", until=date(2027, 11, 10)))
    assert "MOFCOM No. 61/2025: now until 10 Nov 2027 (was: 10 Nov 2026) (by MOFCOM No. 80/2026)" in replies(bench)
    told = replies(bench)
    at(bench, date(2026, 11, 11))
    assert replies(bench) == told
    assert state(bench) == (State.SUSPENDED, date(2027, 11, 10))
    at(bench, date(2027, 11, 11))
    assert [text for text in replies(bench)[len(told) :] if "in force again" in text] == [
        "The period that ran until 10 Nov 2027 has ended. MOFCOM No. 61/2025: in force again"
    ]


def test_a_lift_ends_everything(bench: Bench) -> None:
    suspended(bench)
    bench.clock.set(datetime(2026, 3, 2, 9, tzinfo=UTC))
    lift = pause(stage=Stage.LIFTED, citation="cn-mofcom:2026:9", until=None)
    tell(bench, "m9", lift)
    assert "MOFCOM No. 61/2025: no longer in force (lifted) (by MOFCOM No. 9/2026)" in replies(bench)
    told = replies(bench)
    at(bench, date(2026, 11, 11))
    assert replies(bench) == told
    assert state(bench) == (State.LIFTED, None)


def test_a_clause_is_suspended_and_the_rest_stays_in_force(bench: Bench) -> None:
    bench.clock.set(datetime(2024, 12, 3, 9, tzinfo=UTC))
    tell(bench, "m46", step(citation="cn-mofcom:2024:46", stage=Stage.IN_FORCE, effective=None))
    bench.clock.set(datetime(2025, 11, 9, 9, tzinfo=UTC))
    clause = "cn-mofcom:2024:46#2"
    tell(bench, "m72", pause(citation="cn-mofcom:2025:72", acts=(clause,), until=date(2026, 11, 27)))
    assert replies(bench) == [
        "MOFCOM No. 46/2024, clause 2: suspended until 27 Nov 2026 (by MOFCOM No. 72/2025); the rest stays in force"
    ]
    assert state(bench, clause) == (State.SUSPENDED, date(2026, 11, 27))
    assert state(bench, "cn-mofcom:2024:46") == (State.IN_FORCE, None)
    at(bench, date(2026, 11, 28))
    assert replies(bench)[-1].endswith("MOFCOM No. 46/2024, clause 2: in force again")


def test_readers_are_told_in_their_language(database: Database, clock: FakeClock) -> None:
    clock.set(ANNOUNCED)
    bench = bench_of(database, clock, "nl", "ja")
    suspended(bench)
    at(bench, date(2026, 11, 3))
    at(bench, date(2026, 11, 11))
    assert replies(bench, "nl") == [
        "MOFCOM No. 61/2025: opgeschort tot 10 nov 2026 (door MOFCOM No. 70/2025)",
        "Herinnering: de opschorting van MOFCOM No. 61/2025 loopt af over 7 dagen, op 10 nov 2026",
        "De termijn tot 10 nov 2026 is verstreken. MOFCOM No. 61/2025: weer van kracht",
    ]
    assert replies(bench, "ja") == [
        "MOFCOM No. 61/2025：2026年11月10日 まで停止中（MOFCOM No. 70/2025 による）",
        "リマインダー：MOFCOM No. 61/2025 の停止期限はあと 7 日（2026年11月10日）",
        "2026年11月10日 までの期間が終了しました。MOFCOM No. 61/2025：再び施行",
    ]


def test_entry_into_force_is_told_before_it_comes(bench: Bench) -> None:
    tell(bench, "m61", step())
    at(bench, date(2025, 11, 24))
    at(bench, date(2025, 11, 30))
    at(bench, date(2025, 12, 1))
    at(bench, date(2025, 12, 2))
    assert replies(bench) == [
        "Reminder: enters into force in 7 days, on 1 Dec 2025",
        "Reminder: enters into force tomorrow, on 1 Dec 2025",
    ]
    assert state(bench) == (State.IN_FORCE, None)


def test_a_muted_story_reminds_nobody_and_says_why(bench: Bench) -> None:
    suspended(bench)
    mute = Mute(story_id=StoryId("s-m70"), until=date(2027, 1, 1), by="U1", at=SUSPENDED)
    with bench.rig.database.transaction() as tx:
        tx.mutes.save(mute)
    told = replies(bench)
    at(bench, date(2026, 11, 3))
    with bench.rig.database.transaction() as tx:
        outcomes = {reminder.due_at.date(): outcome for reminder, outcome in tx.reminders.of_story(mute.story_id)}
    assert outcomes[date(2026, 11, 3)] == "The story is muted."
    # The act's own message is not muted: there the date is told.
    assert len(replies(bench)) == len(told) + 1


def test_quiet_hours_hold_a_reminder(database: Database, clock: FakeClock) -> None:
    clock.set(ANNOUNCED)
    nights = QuietHours(days=tuple(range(7)), start=time(20), end=time(10), zone="UTC", place=NOWHERE)
    bench = bench_of(database, clock, "en", quiet={"nights": nights})
    suspended(bench)
    told = replies(bench)
    routing = bench.rig.rulebook.routing
    quiet = replace(routing, routes=tuple(replace(route, quiet="nights") for route in routing.routes))
    bench = bench.with_rules(replace(bench.rig.rulebook, routing=quiet))
    at(bench, date(2026, 11, 3), hour=9)
    assert replies(bench) == told
    at(bench, date(2026, 11, 3), hour=10)
    assert len(replies(bench)) == len(told) + 1


@pytest.mark.soak
def test_never_still_tells_the_snap_back(database: Database, clock: FakeClock) -> None:
    clock.set(ANNOUNCED)
    bench = bench_of(database, clock, "en", remind=())
    suspended(bench)
    told = replies(bench)
    at(bench, date(2026, 11, 3))
    assert replies(bench) == told
    at(bench, date(2026, 11, 11))
    assert len(replies(bench)) == len(told) + 1


def test_the_suspension_may_be_read_before_the_act(bench: Bench) -> None:
    bench.clock.set(SUSPENDED)
    tell(bench, "m70", pause())
    assert state(bench) == (State.SUSPENDED, END)
    bench.clock.turn(timedelta(hours=1))
    tell(bench, "m61", step(announced=ANNOUNCED.date()))
    assert state(bench) == (State.SUSPENDED, END)
    at(bench, date(2026, 11, 11))
    assert replies(bench) == ["The period that ran until 10 Nov 2026 has ended. MOFCOM No. 61/2025: in force again"]


def test_a_consultation_closes(bench: Bench) -> None:
    bench.clock.set(SUSPENDED)
    tell(bench, "draft", step(stage=Stage.PROPOSED, citation=None, effective=None, until=date(2025, 12, 1)))
    with bench.rig.database.transaction() as tx:
        kinds = {reminder.kind for reminder, _ in tx.reminders.of_story(StoryId("s-draft"))}
    assert kinds == {ReminderKind.COMMENTS}
    at(bench, date(2025, 11, 24))
    assert replies(bench) == ["Reminder: the consultation closes in 7 days, on 1 Dec 2025"]


@pytest.mark.soak
def test_a_story_with_a_date_ahead_is_not_forgotten(bench: Bench) -> None:
    bench.clock.set(SUSPENDED)
    tell(bench, "m70", pause(until=date(2028, 11, 10)))
    bench.clock.set(datetime(2028, 10, 30, 9, tzinfo=UTC))
    housekeeping(bench.rig)
    at(bench, date(2028, 11, 11))
    assert len(replies(bench)) == 1
    assert [post.root_provider_id for post in bench.service.posts if post.action == "thread"] == ["desk-en:1"]


def test_why_shows_the_life_of_the_acts(bench: Bench) -> None:
    suspended(bench)
    (case,) = why(bench.rig, "s-m61").stories
    steps = [(one.key, one.before, one.after, one.on, one.by) for one in case.transitions]
    assert steps == [
        (ACT, None, State.ANNOUNCED, ANNOUNCED.date(), ACT),
        (ACT, State.ANNOUNCED, State.SUSPENDED, SUSPENDED.date(), PAUSE),
    ]


@pytest.mark.soak
def test_one_suspension_of_six_acts_is_one_reply_per_date(bench: Bench) -> None:
    acts = tuple(f"cn-mofcom:2025:{number}" for number in (55, 56, 57, 58, 61, 62))
    tell(bench, "m61", step())
    bench.clock.set(SUSPENDED)
    tell(bench, "m70", pause(acts=acts))
    told = replies(bench)
    at(bench, date(2026, 11, 3))
    at(bench, date(2026, 11, 11))
    names = ", ".join(f"MOFCOM No. {number}/2025" for number in (55, 56, 57, 58, 61, 62))
    assert replies(bench)[len(told) :] == [
        f"Reminder: the suspension of {names} ends in 7 days, on 10 Nov 2026",
        f"The period that ran until 10 Nov 2026 has ended. {names}: in force again",
    ]
    assert [state(bench, act)[0] for act in acts] == [State.IN_FORCE] * 6


def waiting(database: Database) -> list[str]:
    with database.transaction() as tx:
        rows = tx.connection.exec_driver_sql("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo'")
        return [row.task_name for row in rows]


def test_the_scheduler_queues_dates_that_are_due_and_no_others(bench: Bench, database: Database) -> None:
    tasks.install(database, now=SUSPENDED)
    suspended(bench)
    ticker = Ticker(Current(bench.rig))
    try:
        ticker.tick()
        assert "remind" not in waiting(database)
        bench.clock.set(datetime(2026, 11, 3, 8, tzinfo=UTC))
        ticker.tick()
        ticker.tick()
        assert waiting(database).count("remind") == 1
    finally:
        ticker.stop()


def test_stories_that_merge_take_their_dossiers_and_reminders_along(bench: Bench) -> None:
    suspended(bench)
    old, new = StoryId("s-m70"), StoryId("s-other")
    with bench.rig.database.transaction() as tx:
        ahead = [(reminder.kind, reminder.day) for reminder, _ in tx.reminders.of_story(old)]
        tx.stories.rename(old, new, alerts={}, why=f"It is {new}.", at=bench.clock.now())
        assert tx.measures.of_story(old) == ()
        assert [dossier.key for dossier in tx.measures.of_story(new)] == [ACT]
        assert tx.reminders.of_story(old) == ()
        assert [(reminder.kind, reminder.day) for reminder, _ in tx.reminders.of_story(new)] == ahead != []


def test_a_step_that_is_denied_has_no_date_any_more(bench: Bench) -> None:
    tell(bench, "m61", step())
    bench.clock.turn(timedelta(hours=2))
    tell(bench, "m61b", step(stage=Stage.DENIED))
    told = replies(bench)
    at(bench, date(2025, 11, 24))
    at(bench, date(2025, 11, 30))
    assert replies(bench) == told
    assert [text for text in told if "Denied" in text] != []


@pytest.mark.soak
def test_a_date_that_moves_moves_its_reminders(bench: Bench) -> None:
    tell(bench, "m61", step())
    bench.clock.turn(timedelta(hours=2))
    tell(bench, "m61c", step(effective=date(2025, 12, 20), confidence=0.99))
    assert replies(bench) == ["In force from 20 Dec 2025 (was: 1 Dec 2025)"]
    at(bench, date(2025, 11, 24))
    assert len(replies(bench)) == 1
    at(bench, date(2025, 12, 13))
    assert replies(bench)[1:] == ["Reminder: enters into force in 7 days, on 20 Dec 2025"]


def test_a_snap_back_is_told_although_the_story_is_judged_just_before(bench: Bench) -> None:
    """The day has turned, the morning has not come: another paper tells of the suspension meanwhile."""
    suspended(bench)
    bench.clock.set(datetime(2026, 10, 30, 9, tzinfo=UTC))
    tell(bench, "m80", pause(stage=Stage.EXTENDED, citation="cn-mofcom:2026:80", until=date(2026, 12, 10)))
    told = [text for text in replies(bench) if "in force again" in text]
    bench.clock.set(datetime(2026, 12, 11, 1, tzinfo=UTC))
    remind(bench.rig)
    with bench.rig.database.transaction() as tx:
        for name in ("s-m61", "s-m70", "s-m80"):
            tx.stories.decide_at(StoryId(name), bench.clock.now())
    run(bench)
    at(bench, date(2026, 12, 11))
    now = [text for text in replies(bench) if "in force again" in text]
    assert (told, now) == (
        [],
        ["The period that ran until 10 Dec 2026 has ended. MOFCOM No. 61/2025: in force again"],
    )


@dataclass
class Stumbling(Threads):
    """A channel that fails at one story."""

    story: str = ""

    def render_change(self, alert: Alert, target: ChannelTarget) -> Message | None:
        if alert.story_id == self.story:
            raise RuntimeError("layout bug")
        return super().render_change(alert, target)


def test_a_bug_in_one_story_keeps_no_other_one_waiting(bench: Bench) -> None:
    channel = Stumbling(bench.service)
    bench = replace(bench, rig=replace(bench.rig, exits=Exits({"fake": channel}, bench.rig.settings)))
    tell(bench, "m1", step(citation="cn-mofcom:2025:1"))
    tell(bench, "m2", step(citation="cn-mofcom:2025:2", goods=(ConceptId("gallium"),)))
    channel.story = "s-m1"
    at(bench, date(2025, 11, 24))
    assert [post.alert_id for post in bench.service.posts if post.action == "thread"] == ["a-m2"]
    assert [post.message.summary for post in bench.service.posts if post.target.name == "ops"] == [
        "A date was not told"
    ]
