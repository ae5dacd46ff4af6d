"""From the text of an announcement to the reply in the thread: the suspensions of November 2025, in Dutch and Japanese.

The texts are invented; numbers and dates are those of the real announcements.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.pipeline import why
from bot.storage import Database
from bot.storage.documents import NewDocument
from bot.types.ids import StoryId
from bot.types.levels import Authority, Direction, Slot
from bot.types.lifecycle import State
from bot.types.reading import Event
from bot.understand.reader import SpacyReader
from tests.fakes import rules
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench
from tests.fakes.lexicon import concept, lexicon
from tests.integration.test_pipeline_dates import at, bench_of, replies, run, state

LEXICON = lexicon(
    concept("export-control", {"zh-Hans": ["出口管制"]}, direction=Direction.TIGHTEN, family="restrict"),
    concept("export-ban", {"zh-Hans": ["禁止 .. 出口"]}, direction=Direction.TIGHTEN, family="restrict"),
    concept("rare-earths", {"zh-Hans": ["稀土"]}, slot=Slot.GOODS),
    concept("gallium", {"zh-Hans": ["镓"]}, slot=Slot.GOODS),
    concept("cn-mofcom", {"zh-Hans": ["商务部"]}, slot=Slot.ACTOR, role="agency", jurisdiction="CN"),
    concept("us", {"zh-Hans": ["美国"]}, slot=Slot.ACTOR, role="state", jurisdiction="US"),
)

RARE = ("商务部公告2025年第61号", "商务部决定对境外相关稀土物项实施出口管制，自2025年12月1日起实施。")
PAUSE = (
    "商务部公告2025年第70号",
    (
        "商务部决定，自即日起至2026年11月10日，暂停实施商务部公告2025年第55、56、57、58、61、62号的稀土出口管制。"
        "商务部公告2025年第18号关于中重稀土的出口管制继续有效。"
    ),
)
GALLIUM = ("商务部公告2024年第46号", "商务部决定即日起实施以下措施：原则上禁止镓向美国出口。")
CLAUSE = (
    "商务部公告2025年第72号",
    "商务部决定，自即日起至2026年11月27日，中止实施商务部公告2024年第46号第二款，该款原则上禁止镓向美国出口。",
)


@pytest.fixture(scope="module")
def reader() -> SpacyReader:
    return SpacyReader(LEXICON)


def publish(bench: Bench, reader: SpacyReader, name: str, text: tuple[str, str], now: datetime) -> Event:
    """The ministry publishes; gives what was read of it."""
    bench.clock.set(now)
    document = rules.document(
        name, *text, first_seen=now, published_at=now, authority=Authority.OFFICIAL, jurisdiction="CN",
        publisher="MOFCOM", lang_hint="zh-Hans",
    )  # fmt: skip
    reading = reader.read(document, lang="zh-Hans")
    with bench.rig.database.transaction() as tx:
        tx.documents.put([NewDocument(document=document)])
        tx.documents.save_readings([reading], at=now)
    run(bench)
    return reading.events[0]


@pytest.fixture
def desk(database: Database, clock: FakeClock) -> Bench:
    clock.set(datetime(2024, 12, 3, tzinfo=UTC))
    return bench_of(database, clock, "nl", "ja")


def test_six_announcements_are_suspended_for_a_year(desk: Bench, reader: SpacyReader) -> None:
    publish(desk, reader, "m61", RARE, datetime(2025, 10, 9, 4, tzinfo=UTC))
    event = publish(desk, reader, "m70", PAUSE, datetime(2025, 11, 7, 9, tzinfo=UTC))
    assert event.citation == "cn-mofcom:2025:70"
    assert event.acts == tuple(f"cn-mofcom:2025:{number}" for number in (55, 56, 57, 58, 61, 62))
    assert replies(desk, "nl") == ["MOFCOM No. 61/2025: opgeschort tot 10 nov 2026 (door MOFCOM No. 70/2025)"]
    assert replies(desk, "ja") == ["MOFCOM No. 61/2025：2026年11月10日 まで停止中（MOFCOM No. 70/2025 による）"]
    at(desk, date(2026, 11, 11))
    assert replies(desk, "nl")[-1].endswith("MOFCOM No. 62/2025: weer van kracht")
    assert replies(desk, "ja")[-1].endswith("MOFCOM No. 62/2025：再び施行")
    assert len(replies(desk, "nl")) == len(replies(desk, "ja")) == 2
    with desk.rig.database.transaction() as tx:
        assert tx.measures.of_acts(["cn-mofcom:2025:18"]) == ()  # it only stays as it is
    (case,) = why(desk.rig, "s-m70").stories
    back = {step.key for step in case.transitions if step.itself and step.after is State.IN_FORCE}
    assert back == set(event.acts)


def test_one_clause_is_suspended_and_the_rest_stays(desk: Bench, reader: SpacyReader) -> None:
    publish(desk, reader, "m46", GALLIUM, datetime(2024, 12, 3, 9, tzinfo=UTC))
    event = publish(desk, reader, "m72", CLAUSE, datetime(2025, 11, 9, 9, tzinfo=UTC))
    assert (event.citation, event.acts) == ("cn-mofcom:2025:72", ("cn-mofcom:2024:46#2",))
    (dutch,) = replies(desk, "nl")
    assert dutch.startswith("MOFCOM No. 46/2024, clausule 2: opgeschort tot 27 nov 2026 (door MOFCOM No. 72/2025)")
    assert dutch.endswith("; de rest blijft van kracht")
    assert replies(desk, "ja") == [
        "MOFCOM No. 46/2024 第2項：2026年11月27日 まで停止中（MOFCOM No. 72/2025 による）；残りの部分は引き続き有効"
    ]
    assert state(desk, "cn-mofcom:2024:46")[0] is State.IN_FORCE
    with desk.rig.database.transaction() as tx:
        assert [kind.kind for kind, _ in tx.reminders.of_story(StoryId("s-m72"))] == ["end"] * 3
