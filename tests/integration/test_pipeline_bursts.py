"""More stories than a channel takes in an hour: the loudest singly, the others in one list, each in the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.pipeline import assess, deliver
from bot.storage import Database, schema
from bot.storage._text import record
from bot.storage.documents import NewDocument
from bot.types.delivery import ChannelTarget, Outcome
from bot.types.desk import Member, Mute
from bot.types.ids import SectorId, StoryId
from bot.types.levels import Band, Stage
from tests.fakes import engine, rules
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench

TARGETS = ("JP", "KR", "US", "DE", "FR", "IT", "ES", "PL", "SE", "IN", "AU", "CA")
HOUR = timedelta(hours=1)


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    return engine.bench(database, clock, engine.rulebook(routing=engine.routing(at_most_per_hour=3)))


def tell(bench: Bench, *targets: str, **fields: Any) -> None:
    """A document per state that China bans exports to."""
    now = bench.clock.now()
    with bench.rig.database.transaction() as tx:
        for target in targets:
            document = rules.document(target.lower(), first_seen=now, published_at=now)
            tx.documents.put([NewDocument(document=document)])
            step = rules.event(targets=(target,), **fields)
            tx.documents.save_readings([rules.reading(document, [step])], at=now)


def texts(bench: Bench, channel: str = "desk") -> list[str]:
    deliver(bench.rig, channel)
    return bench.service.texts(channel)


def ledger(bench: Bench, story: str) -> list[tuple[str, str]]:
    with bench.rig.database.transaction() as tx:
        return [(entry.action, entry.reason) for entry in tx.decisions.ledger(story_id=StoryId(story))]


def test_a_burst_is_three_messages_and_an_hour_later_one_list_that_the_ledger_accounts_for(bench: Bench) -> None:
    tell(bench, *TARGETS)
    assess(bench.rig)
    assert len(texts(bench)) == 3
    bench.clock.turn(HOUR)
    assert assess(bench.rig).messages == 1
    shown = texts(bench)
    assert len(shown) == 4
    listed = shown[3].removeprefix("send: list of ").split()
    assert len(listed) == 9
    assert {text.split()[1] for text in shown[:3]} | set(listed) == {f"s-{target.lower()}" for target in TARGETS}
    for story in listed:
        assert ledger(bench, story) == [("hold", "rate-limited"), ("send", "rate-limited")]
    assert assess(bench.rig).messages == 0


def test_a_line_of_a_list_is_neither_edited_nor_answered_and_what_changes_is_told_on_its_own(bench: Bench) -> None:
    tell(bench, *TARGETS[:6])
    assess(bench.rig)
    bench.clock.turn(HOUR)
    assess(bench.rig)
    before = texts(bench)
    story = before[-1].split()[-1]
    bench.clock.turn(HOUR)
    state = story.removeprefix("s-").upper()
    document = rules.document("another", first_seen=bench.clock.now(), published_at=bench.clock.now())
    with bench.rig.database.transaction() as tx:
        tx.documents.put([NewDocument(document=document)])
        tx.documents.save_readings([rules.reading(document, [rules.event(targets=(state,))])], at=bench.clock.now())
    assess(bench.rig)
    assert texts(bench) == before, "another outlet is no reason to speak again"
    tell(bench, state, stage=Stage.IN_FORCE)
    assess(bench.rig)
    assert texts(bench)[len(before) :] == [f"send: {story} [2] press only"]


def test_a_layout_bug_costs_the_layout_of_a_list_and_not_the_list(bench: Bench) -> None:
    tell(bench, *TARGETS[:6])
    assess(bench.rig)
    bench.clock.turn(HOUR)
    bench.channel.broken = True
    assess(bench.rig)
    assert texts(bench)[3:] == ["send: 3 stories in one list"]


def test_a_list_that_its_channel_refuses_reaches_operators_story_by_story(bench: Bench) -> None:
    tell(bench, *TARGETS[:6])
    assess(bench.rig)
    texts(bench)
    bench.clock.turn(HOUR)
    assess(bench.rig)
    bench.service.answers.append(Outcome.REJECTED)
    assert len(texts(bench)) == 3
    deliver(bench.rig, "ops")
    refused, instead = bench.service.texts("ops")
    assert refused == "send: desk refuses messages"
    assert len(instead.removeprefix("send: list of ").split()) == 3


def test_a_bug_in_one_story_keeps_no_list_from_going_out(bench: Bench) -> None:
    tell(bench, *TARGETS[:7])
    assess(bench.rig)
    bench.clock.turn(HOUR)
    with bench.rig.database.transaction() as tx:
        (broken, *_) = tx.stories.held(bench.clock.now(), limit=9)
        gone = schema.document.c.id == broken.lead_id
        tx.connection.execute(update(schema.document).where(gone).values(record={}))
    done = assess(bench.rig)
    assert (done.messages, done.failed) == (1, 1)
    assert len(texts(bench)[3].removeprefix("send: list of ").split()) == 3


def test_a_mute_silences_one_story_until_its_day_and_names_who_said_so(bench: Bench) -> None:
    now = bench.clock.now()
    mute = Mute(story_id=StoryId("s-jp"), until=date(2026, 1, 8), by="Ada", at=now, why="known for weeks")
    with bench.rig.database.transaction() as tx:
        row = {"story_id": mute.story_id, "until": mute.until, "at": now, "record": record(mute)}
        tx.connection.execute(insert(schema.mute).values(row))
    tell(bench, "JP", "KR")
    assess(bench.rig)
    assert texts(bench) == ["send: s-kr [1] press only"]
    with bench.rig.database.transaction() as tx:
        (entry,) = tx.decisions.ledger(story_id=StoryId("s-jp"))
    assert (entry.reason, entry.why) == ("muted", "Ada has muted this story until 2026-01-08: known for weeks")
    bench.clock.turn(timedelta(days=3))
    assert assess(bench.rig).messages == 0, "the end of a mute alone is no news"
    tell(bench, "JP", stage=Stage.IN_FORCE)
    assess(bench.rig)
    assert texts(bench)[1:] == ["send: s-jp [1] press only"]


def test_a_member_hears_of_the_sectors_asked_for_while_the_way_is_open(database: Database, clock: FakeClock) -> None:
    service = engine.FakeService()
    fake = engine.FakeChannel(service)
    slack = engine.FakeChannel(service, name="slack")
    bench = engine.bench(database, clock, channels={"fake": fake, "slack": slack})
    wind = Member(id="U012AB3CD", sectors=(SectorId("wind"),), band=Band.DIGEST, locale="nl")
    chips = replace(wind, id="U0CHIPS", sectors=(SectorId("shipbuilding"),))
    with database.transaction() as tx:
        for member in (wind, chips):
            row = {"id": member.id, "at": clock.now(), "record": record(member)}
            tx.connection.execute(insert(schema.member).values(row))
    tell(bench, "JP")
    assess(bench.rig)
    for name in ("member:U012AB3CD", "member:U0CHIPS"):
        deliver(bench.rig, name)
    (post,) = service.posts
    assert post.target == ChannelTarget(name="member:U012AB3CD", kind="slack", address="U012AB3CD", locale="nl")
    tell(bench, "JP", stage=Stage.IN_FORCE)
    assess(bench.rig)
    deliver(bench.rig, "member:U012AB3CD")
    assert [text.partition(":")[0] for text in service.texts()] == ["send", "update", "thread"]
