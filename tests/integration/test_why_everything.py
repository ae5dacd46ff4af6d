"""`why` answers for everything that ever came: under any spelling, merged, muted, refused, expired, or never seen."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.errors import InputError
from bot.parse.content import digest
from bot.parse.url import link_key
from bot.pipeline import assess, collect, deliver, housekeeping, read, why
from bot.pipeline.people.asking import story_of, told
from bot.pipeline.people.known import Explanation, Fate
from bot.storage import Database, schema
from bot.storage._text import record
from bot.storage.documents import NewDocument
from bot.storage.items import NewItem
from bot.types.codec import plain
from bot.types.delivery import Outcome, Receipt
from bot.types.desk import Mute
from bot.types.ids import ConceptId, DocumentId, SourceId, StoryId
from bot.types.reading import Event
from tests.fakes import engine, records, rules
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench

SRC = SourceId("src")
ITEM = "https://src.example/a"


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    return engine.bench(database, clock, engine.rulebook(records.source("src"), records.source("off", enabled=False)))


def poll(bench: Bench, answer: bytes) -> None:
    bench.fetcher.answers["src"] = [answer]
    read(bench.rig, collect(bench.rig, SRC).document_ids)
    assess(bench.rig)
    deliver(bench.rig, "desk")
    deliver(bench.rig, "ops")


def tell(bench: Bench, name: str, *events: Event, **fields: Any) -> None:
    """A document that was read, and judged."""
    values: dict[str, Any] = {"first_seen": bench.clock.now(), "published_at": bench.clock.now()}
    document = rules.document(name, **(values | fields))
    with bench.rig.database.transaction() as tx:
        tx.documents.put([NewDocument(document=document)])
        tx.documents.save_readings([rules.reading(document, events)], at=bench.clock.now())
    assess(bench.rig)
    deliver(bench.rig, "desk")


def fate(known: Explanation) -> Fate:
    assert known.verdict is not None
    return known.verdict.fate


def sentence(known: Explanation) -> str:
    assert known.verdict is not None
    return known.verdict.sentence


def test_everything_that_names_an_item_leads_to_it(bench: Bench) -> None:
    poll(bench, b"a|An export ban|0")
    for asked in (
        ITEM,
        "src.example/a",
        "<http://www.src.example/a/>",
        "https://m.src.example/a?utm_source=mail&fbclid=x#part",
        "https://amp.src.example/a/amp",
        "s-src-a",
        "a-src-a",
        "src-a",
    ):
        known = why(bench.rig, asked)
        assert fate(known) is Fate.SENT, asked
        assert sentence(known).startswith("Sent to desk on 2026-01-06 09:00 UTC as ")
        assert [case.story.id for case in known.stories] == ["s-src-a"]
        assert told(known)[0] == sentence(known)
        assert known.moments[0].what == "src listed “An export ban”"
        assert known.moments[-1].what == "desk: message sent"


def test_another_spelling_says_that_it_is_one(bench: Bench) -> None:
    poll(bench, b"a|An export ban|0")
    assert why(bench.rig, ITEM).found_as == ""
    assert "without the parts" in why(bench.rig, f"{ITEM}?utm_source=x").found_as
    assert why(bench.rig, "http://m.src.example/a").found_as == f"Found under another spelling of the address: {ITEM}"


def test_an_item_that_is_listed_again_under_another_address_is_known(bench: Bench) -> None:
    poll(bench, b"a|An export ban|0")
    with bench.rig.database.transaction() as tx:
        (known,) = tx.items.known(SRC, ["g:a"])
        again = NewItem(
            keys=(*known.keys, f"l:{digest(link_key('https://src.example/again'))}", f"g:{digest('urn:7')}"),
            document_id=known.document_id, content_hash=known.content_hash, title=known.title, link=known.link,
            first_seen=known.first_seen,
        )  # fmt: skip
        tx.items.remember(SRC, [again], today=bench.clock.now().date())
    found = why(bench.rig, "https://www.src.example/again?utm_medium=rss")
    assert found.found_as == "Its source src lists it as an item that was known already: An export ban."
    assert fate(found) is Fate.SENT
    never = why(bench.rig, "https://elsewhere.example/again")
    assert (never.found, fate(never)) == (False, Fate.UNKNOWN)


def two_halves() -> tuple[Event, Event, Event]:
    one = rules.event(citation="cn-mofcom:2026:1")
    other = rules.event(goods=(ConceptId("rare-earths"),))
    return one, other, replace(one, goods=(*one.goods, *other.goods))


@pytest.mark.parametrize("noted", [False, True])
def test_the_id_of_a_merged_story_leads_to_the_one_that_took_it_up(bench: Bench, noted: bool) -> None:
    one, other, both = two_halves()
    tell(bench, "a", one)
    tell(bench, "b", other)
    bench.clock.turn(600)
    tell(bench, "c", both)
    if noted:
        line = {
            "story_id": "s-b", "at": bench.clock.now(), "action": "merged", "reason": "stories-merged", "band": "",
            "why": "It is one with s-a: a text joins them.", "dedupe_key": "", "record": {},
        }  # fmt: skip
        with bench.rig.database.transaction() as tx:
            tx.connection.execute(insert(schema.decision).values(line))
    found = why(bench.rig, "s-b")
    assert found.merged_into == "s-a"
    assert sentence(found).startswith("s-b was merged into s-a. Sent to desk on 2026-01-06 09:00 UTC as ")
    assert [case.story.id for case in why(bench.rig, "a-b").stories] == ["s-a"]
    with bench.rig.database.transaction() as tx:
        assert story_of(tx, "s-b").id == story_of(tx, "a-b").id == story_of(tx, "b").id == "s-a"
        assert tx.decisions.recent(bench.clock.now()) != ()


def test_a_refused_message_names_the_channel_that_was_told_instead(bench: Bench) -> None:
    bench.service.answers = [Receipt(outcome=Outcome.REJECTED, detail="channel_not_found")]
    poll(bench, b"a|An export ban|0")
    found = why(bench.rig, ITEM)
    assert fate(found) is Fate.REJECTED
    assert sentence(found) == "Refused by desk (channel_not_found), ops was told instead."


def test_a_message_that_a_summary_took_up_names_it(bench: Bench) -> None:
    poll(bench, b"a|An export ban|0")
    with bench.rig.database.transaction() as tx:
        (mine,) = why(bench.rig, ITEM).stories[0].deliveries
        summary = records.message("3 stories while Slack was away")
        values = {
            "id": "d-sum", "channel": "desk", "kind": "fake", "action": "send", "dedupe_key": "burst:1",
            "alert_id": None, "state": "sent", "created_at": bench.clock.now(), "not_before": bench.clock.now(),
            "target": record(records.target()), "message": record(summary),
        }  # fmt: skip
        tx.connection.execute(insert(schema.outbox).values(values))
        row = update(schema.outbox).where(schema.outbox.c.id == mine.id)
        tx.connection.execute(row.values(state="merged", merged_into="d-sum"))
    found = why(bench.rig, ITEM)
    assert fate(found) is Fate.SUMMED
    assert sentence(found) == "Told to desk together with others: 3 stories while Slack was away."


def test_a_mute_names_who_and_until_when(bench: Bench) -> None:
    poll(bench, b"a|An export ban|0")
    mute = Mute(story_id=StoryId("s-src-a"), until=date(2026, 2, 1), by="ann", at=bench.clock.now())
    with bench.rig.database.transaction() as tx:
        values = {"story_id": mute.story_id, "until": mute.until, "at": mute.at, "record": record(mute)}
        tx.connection.execute(insert(schema.mute).values(values))
    assert sentence(why(bench.rig, ITEM)).endswith("; muted since by ann until 2026-02-01.")


def test_a_held_story_says_until_when(bench: Bench) -> None:
    bench = bench.with_rules(engine.rulebook(records.source("src"), routing=engine.routing(hold=timedelta(minutes=3))))
    poll(bench, b"a|An export ban|0")
    found = why(bench.rig, ITEM)
    assert fate(found) is Fate.HELD
    assert sentence(found) == "Held until 2026-01-06 09:03 UTC for desk, so that several sources arrive as one message."


def test_what_matters_to_nobody_says_why(bench: Bench) -> None:
    poll(bench, b"a|Cats|0")
    assert sentence(why(bench.rig, ITEM)) == "Dropped: no word of any rule was found in it."


def test_what_no_source_listed_says_who_reads_that_site_and_what_may_have_been_meant(bench: Bench) -> None:
    poll(bench, b"a|Export ban on gallium|0\nb|Cats|0")
    found = why(bench.rig, "https://www.src.example.org/2026/gallium-export-news")
    assert (found.found, fate(found)) == (False, Fate.UNKNOWN)
    assert sentence(found).startswith("No source has listed it: src is read from this site and does not hold it")
    assert [near.title for near in found.near] == ["Export ban on gallium"]
    assert any("Export ban on gallium" in line for line in told(found))
    disabled = why(bench.rig, "https://off.example.org/x")
    assert [case.trouble for case in disabled.sources] == ["It is disabled: "]
    assert not why(bench.rig, "s-nowhere").found
    assert not why(bench.rig, "' OR 1=1 --").found
    assert not why(bench.rig, "https://[::1").found


@pytest.mark.parametrize("store_days", [30, 400])
def test_the_ledger_answers_for_400_days_and_then_says_that_it_is_over(bench: Bench, store_days: int) -> None:
    rig = replace(bench.rig, settings=replace(bench.rig.settings, store_days=store_days))
    bench = replace(bench, rig=rig)
    poll(bench, b"a|An export ban|0\nb|Cats|0")
    bench.clock.turn(timedelta(days=399, hours=23))
    housekeeping(rig)
    for asked in (ITEM, "http://m.src.example/a?utm_source=x", "a-src-a", "s-src-a"):
        found = why(rig, asked)
        assert fate(found) is Fate.SENT, asked
        assert sentence(found).startswith("Sent to desk on 2026-01-06 09:00 UTC as "), asked
    dropped = why(rig, "https://src.example/b")
    assert dropped.found
    assert "below the digest" in " ".join(told(dropped))
    bench.clock.turn(timedelta(days=2))
    housekeeping(rig)
    over = why(rig, "a-src-a")
    assert fate(over) is Fate.EXPIRED
    assert "its ledger is older than 400 days" in sentence(over)
    assert fate(why(rig, ITEM)) is Fate.EXPIRED
    assert "older than 400 days" in sentence(why(rig, "https://src.example/zzz"))


def test_json_is_whole_and_holds_no_address_of_a_channel(bench: Bench) -> None:
    poll(bench, b"a|An export ban|0")
    data = json.loads(json.dumps(plain(why(bench.rig, ITEM))))
    assert data["verdict"]["fate"] == "sent"
    assert {"asked", "verdict", "documents", "listings", "sources", "notes", "stories", "moments"} <= set(data)
    assert {"story", "assessment", "ledger", "deliveries", "decisions"} <= set(data["stories"][0])
    assert "#desk" not in json.dumps(data)
    with bench.rig.database.transaction() as tx, pytest.raises(InputError, match="no story is known"):
        story_of(tx, "https://src.example/none")
    assert DocumentId(data["documents"][0]["document"]["id"]) == "src-a"
