"""One digest per team and week, over restarts, clock changes and two schedulers at once; with what the week brought."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.deliver._digest import render_digest
from bot.pipeline import Exits, assess, deliver, digest, due_digests, gather_week
from bot.storage import Database
from bot.storage.documents import NewDocument
from bot.types.digest import DateKind, DigestContent
from bot.types.ids import SourceId
from bot.types.levels import Authority, Band, Direction, Slot, Stage, Status
from bot.types.lifecycle import Change, ChangeKind
from bot.types.reading import Event
from bot.types.rules import DigestTo
from bot.types.source import SourceState
from tests.fakes import engine, records, rules
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench

MONDAY = datetime(2026, 1, 12, 6, 30, tzinfo=UTC)  # 07:30 in Amsterdam: the digest of week 2 goes out
PLAN = "digest-weekly"


def book(**changes: Any) -> Any:
    plan = replace(rules.routing().digests[PLAN], to=(DigestTo(who="all@example.org"), DigestTo(who="b@example.org")))
    routing = engine.routing(digests={PLAN: replace(plan, **changes)})
    return engine.rulebook(records.source("src"), routing=routing)


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    mail = engine.FakeChannel(engine.FakeService(), name="email")
    fake = engine.FakeChannel(engine.FakeService())
    made = engine.bench(database, clock, book(), channels={"fake": fake, "email": mail})
    return replace(made, service=mail.service, channel=fake)


def tell(bench: Bench, name: str, *events: Event, at: datetime, mentions: Any = (), **fields: Any) -> None:
    document = rules.document(name, **({"first_seen": at, "published_at": at} | fields))
    with bench.rig.database.transaction() as tx:
        tx.documents.put([NewDocument(document=document, baseline="baseline" in name)])
        tx.documents.save_readings([rules.reading(document, events, mentions)], at=at)
    bench.clock.set(at)
    assess(bench.rig)


def send_all(bench: Bench) -> list[str]:
    """Deliver to every reader; the mails that went out, as channel and summary."""
    with bench.rig.database.transaction() as tx:
        channels = tx.outbox.due_channels(bench.clock.now())
    for channel in channels:
        if channel.startswith(PLAN):
            deliver(bench.rig, channel)
    return [f"{post.target.name} {post.message.summary}" for post in bench.service.posts]


def content(bench: Bench, week: str = "2026-W02") -> DigestContent:
    plan = bench.rig.rulebook.routing.digests[PLAN]
    with bench.rig.database.transaction() as tx:
        return gather_week(bench.rig, tx, plan, week)


def test_a_new_plan_owes_nothing_and_then_one_digest_a_week(bench: Bench) -> None:
    assert due_digests(bench.rig) == ()
    bench.clock.set(MONDAY - timedelta(seconds=1))
    assert due_digests(bench.rig) == ()
    bench.clock.set(MONDAY)
    assert due_digests(bench.rig) == ((PLAN, "2026-W02"),)
    assert digest(bench.rig, PLAN, "2026-W02") == 2
    assert due_digests(bench.rig) == ()
    assert digest(bench.rig, PLAN, "2026-W02") == 0
    assert digest(bench.rig, "gone", "2026-W02") == 0
    sent = send_all(bench)
    assert [line.split()[0] for line in sent] == [f"{PLAN}:all@example.org", f"{PLAN}:b@example.org"]
    assert all("2026-W02" in line for line in sent)


def test_weeks_missed_while_the_program_was_down_are_made_up_for_once(bench: Bench) -> None:
    due_digests(bench.rig)
    bench.clock.set(MONDAY + timedelta(days=15))
    owed = due_digests(bench.rig)
    assert owed == ((PLAN, "2026-W02"), (PLAN, "2026-W03"), (PLAN, "2026-W04"))
    for name, week in owed:
        assert digest(bench.rig, name, week) == 2
    assert due_digests(bench.rig) == ()


def test_two_schedulers_at_once_make_one_digest(bench: Bench) -> None:
    due_digests(bench.rig)
    bench.clock.set(MONDAY)
    added: list[int] = []
    barrier = threading.Barrier(4)

    def work() -> None:
        barrier.wait()
        for name, week in due_digests(bench.rig) or ((PLAN, "2026-W02"),):
            added.append(digest(bench.rig, name, week))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(added) == [0, 0, 0, 2]
    assert len(send_all(bench)) == 2


@pytest.mark.slow
@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo"])
def test_a_year_with_restarts_brings_every_week_once(database: Database, clock: FakeClock, zone: str) -> None:
    clock.set(datetime(2026, 1, 5, tzinfo=UTC))
    sent: list[str] = []
    step = 0
    while clock.now() < datetime(2027, 1, 4, tzinfo=UTC):
        # A new rig each time: nothing but rows remembers what went out. Sunday 02:30 is when clocks change.
        bench = engine.bench(database, clock, book(zone=zone, weekday=6, at=time(2, 30), to=()))
        for name, week in due_digests(bench.rig):
            digest(bench.rig, name, week)
            sent.append(week)
        step += 1
        clock.turn(timedelta(hours=7, minutes=13 * (step % 5)))
    assert len(sent) == len(set(sent)) == 52
    assert sent == sorted(sent)


def test_a_digest_that_fails_half_way_is_not_lost(bench: Bench) -> None:
    due_digests(bench.rig)
    bench.clock.set(MONDAY)

    class Boom(engine.FakeChannel):
        def render_notice(self, title: str, lines: object, target: object) -> Any:
            raise RuntimeError("layout bug")

    console = Boom(engine.FakeService(), name="console")
    broken = replace(bench.rig, exits=Exits({"console": console}, bench.rig.settings))
    with pytest.raises(RuntimeError):
        digest(broken, PLAN, "2026-W02")
    assert due_digests(bench.rig) == ((PLAN, "2026-W02"),)
    with bench.rig.database.transaction() as tx:
        assert [notice.key for notice in tx.notices.standing()] == [f"failed:digest:{PLAN}:2026-W02"]
    assert digest(bench.rig, PLAN, "2026-W02") == 2


def test_without_mail_the_headlines_go_to_the_console(bench: Bench) -> None:
    console = engine.FakeChannel(engine.FakeService(), name="console")
    rig = replace(bench.rig, exits=Exits({"console": console}, bench.rig.settings))
    bench.clock.set(MONDAY)
    assert digest(rig, PLAN, "2026-W02") == 2
    deliver(rig, f"{PLAN}:all@example.org")
    (post,) = console.service.posts
    assert post.message.summary == "Digest 2026-W02: 0 stories"


def test_a_digest_tells_the_week_and_nothing_but_the_week(bench: Bench) -> None:
    ahead = date(2026, 2, 1)
    tell(bench, "before", rules.event(imposer="CN", targets=("US",)), at=MONDAY - timedelta(days=8))
    tell(bench, "a", rules.event(effective=ahead), at=MONDAY - timedelta(days=5))
    tell(bench, "baseline", rules.event(targets=("KR",)), at=MONDAY - timedelta(days=5))
    tell(bench, "a2", rules.event(effective=ahead, stage=Stage.IN_FORCE), at=MONDAY - timedelta(days=4))
    dull = [rules.mention("gallium", Slot.GOODS)]
    tell(bench, "dull", at=MONDAY - timedelta(days=3), mentions=dull, title="Prices of gallium")
    tell(bench, "after", rules.event(targets=("TW",)), at=MONDAY + timedelta(minutes=1))
    with bench.rig.database.transaction() as tx:
        failing = SourceState(source_id=SourceId("src"), next_due=MONDAY, failures=4, last_error="It answers 503.")
        tx.sources.save(failing)
    bench.clock.set(MONDAY)
    found = content(bench)
    assert (found.team, found.week, found.first_day, found.last_day) == (
        "team", "2026-W02", date(2026, 1, 5), date(2026, 1, 11),
    )  # fmt: skip
    assert [told.alert.story_id for told in found.stories] == ["s-a"]
    (told,) = found.stories
    assert told.alerted
    assert told.told == ((Change(kind=ChangeKind.STAGE, before="announced", after="in-force"),),)
    assert "Nu: Van kracht (was: Aangekondigd)" in str(render_digest(found, "nl").payload["text"])
    assert told.alert.headlines["en"].startswith("China")
    (change,) = found.changes
    assert (change.before, change.after, change.url) == (
        Stage.ANNOUNCED, Stage.IN_FORCE, "https://news.example/a",
    )  # fmt: skip
    assert [(d.day, d.kind) for d in found.dates] == [(ahead, DateKind.EFFECTIVE)]
    assert [item.title for item in found.audit] == ["Prices of gallium"]
    assert [trouble.message for trouble in found.troubles] == ["It answers 503."]
    assert (found.counts.documents, found.counts.stories, found.counts.alerts) == (4, 1, 1)
    assert (found.counts.sources, found.counts.failing) == (1, 1)
    assert found.before is None
    again = content(bench)
    assert again == found, "the same week reads the same"


def test_the_next_digest_compares_with_the_one_before(bench: Bench) -> None:
    due_digests(bench.rig)
    tell(bench, "a", rules.event(), at=MONDAY - timedelta(days=5))
    bench.clock.set(MONDAY)
    digest(bench.rig, PLAN, "2026-W02")
    bench.clock.turn(timedelta(days=7))
    found = content(bench, "2026-W03")
    assert found.before is not None
    assert (found.before.alerts, found.before.documents) == (1, 1)
    assert found.counts.alerts == 0
    assert found.quiet


def test_rules_on_probation_and_near_misses_are_shown_but_sent_to_nobody(bench: Bench) -> None:
    shadow = rules.rule("trial", status=Status.SHADOW)
    bench = bench.with_rules(replace(bench.rig.rulebook, alerts=(shadow,)))
    tell(bench, "a", rules.event(), at=MONDAY - timedelta(days=5))
    bench.clock.set(MONDAY)
    found = content(bench)
    (trial,) = found.shadows
    assert (trial.rule, trial.hits, trial.examples) == ("trial", 1, (("en", "Title of a"),))
    assert not any(told.alerted for told in found.stories)


def test_only_stories_that_a_route_leads_to_the_digest_are_in_it(bench: Bench) -> None:
    routes = tuple(route for route in bench.rig.rulebook.routing.routes if route.send != PLAN)
    silent = bench.with_rules(replace(bench.rig.rulebook, routing=replace(bench.rig.rulebook.routing, routes=routes)))
    tell(bench, "a", rules.event(), at=MONDAY - timedelta(days=5))
    bench.clock.set(MONDAY)
    assert len(content(bench).stories) == 1
    assert content(silent).stories == ()


def test_the_audit_sample_is_bounded_and_drawn_from_below_the_threshold(bench: Bench) -> None:
    for n in range(12):
        tell(bench, f"dull{n:02}", at=MONDAY - timedelta(days=3))
    bench.clock.set(MONDAY)
    found = content(bench)
    assert len(found.audit) == 5
    assert len({item.url for item in found.audit}) == 5
    assert all(item.score < rules.scoring().bands[Band.DIGEST] for item in found.audit)


def test_acts_and_what_comes_after_them_stand_in_the_digest(bench: Bench) -> None:
    due_digests(bench.rig)
    act, week = "cn-mofcom:2025:61", MONDAY - timedelta(days=3)
    official = {"authority": Authority.OFFICIAL, "jurisdiction": "CN", "publisher": "MOFCOM"}
    tell(bench, "m61", rules.event(citation=act), at=week - timedelta(days=1), **official)
    pause = rules.event(
        direction=Direction.EASE, stage=Stage.SUSPENDED, citation="cn-mofcom:2026:70", acts=(act,),
        until=date(2026, 3, 10),
    )  # fmt: skip
    tell(bench, "m70", pause, at=week, **official)
    bench.clock.set(MONDAY)
    found = content(bench)
    acts = [change.change for change in found.changes if change.change is not None]
    assert [(one.about, one.after, one.until, one.by) for one in acts] == [
        ("MOFCOM No. 61/2025", "suspended", "2026-03-10", "MOFCOM No. 70/2026")
    ]
    assert [(ahead.day, ahead.kind, [act.about for act in ahead.acts]) for ahead in found.dates] == [
        (date(2026, 3, 10), DateKind.UNTIL, ["MOFCOM No. 61/2025"])
    ]
    mail = render_digest(found, "nl", "Europe/Amsterdam").payload
    assert "opgeschort tot 10 mrt 2026 (door MOFCOM No. 70/2026) (daarna weer van kracht)" in str(mail["text"])
    assert "MOFCOM No. 61/2025: opschorting eindigt, daarna weer van kracht" in str(mail["text"])
    attached = str(mail["attachments"][0]["text"])  # type: ignore[index]
    later = replace(found, dates=tuple(replace(ahead, day=date(2026, 4, 10)) for ahead in found.dates))
    moved = str(render_digest(later, "nl").payload["attachments"][0]["text"])  # type: ignore[index]
    uids = [[line for line in body.splitlines() if line.startswith("UID")] for body in (attached, moved)]
    assert len(uids[0]) == 1
    assert uids[0] == uids[1]
    assert "DTSTART;VALUE=DATE:20260410" in moved
