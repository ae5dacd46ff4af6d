"""A source that may have changed hands: its items are told, but marked, and confirm nothing until somebody approves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.pipeline import approve, assess, collect, deliver, read
from bot.storage import Database
from bot.types.delivery import Alert
from bot.types.ids import SourceId
from bot.types.levels import Authority
from bot.types.source import ItemIs, Source, Trust
from tests.fakes import engine, newsstand, records
from tests.fakes.clock import START, FakeClock
from tests.fakes.engine import Bench
from tests.fakes.newsstand import Entry, rss

SRC = SourceId("src")
HOME = "https://www.ministry.example/news.xml"
EVIL = "https://evil.example/news.xml"
BAN = "China bans export of gallium number"


def source(**fields: Any) -> Source:
    values: dict[str, Any] = {"kind": "feed", "url": HOME, "authority": Authority.OFFICIAL, "jurisdiction": "CN"}
    return records.source("src", **values | fields)


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    return newsstand.bench(database, clock, engine.rulebook(source()))


def poll(bench: Bench, *answers: bytes | None) -> str:
    """One poll per answer, and all that follows from it."""
    for answer in answers:
        bench.clock.turn(timedelta(minutes=10))
        bench.fetcher.answers["src"] = [answer]
        found = collect(bench.rig, SRC)
        read(bench.rig, found.document_ids)
        assess(bench.rig, limit=500)
        deliver(bench.rig, "desk")
    return found.outcome


def trust(bench: Bench) -> Trust:
    with bench.rig.database.transaction() as tx:
        state = tx.sources.state(SRC)
    assert state is not None
    return state.trust


def notices(bench: Bench) -> list[str]:
    with bench.rig.database.transaction() as tx:
        return [notice.key for notice in tx.notices.standing()]


def alerts(bench: Bench) -> Sequence[Alert]:
    with bench.rig.database.transaction() as tx:
        return tx.decisions.alerts(START, bench.clock.now() + timedelta(seconds=1))


def entries(start: int, end: int, *, host: str = "", title: str = BAN) -> list[Entry]:
    return [Entry(f"n{n}", f"{title} {n}", link=f"https://{host}/{n}" if host else "") for n in range(start, end)]


CALM = rss(entries(0, 8, title="Minister opens fair"), generator="Ministry CMS 1.2")


def news(*more: Entry, generator: str = "Ministry CMS 1.2") -> bytes:
    return rss([*more, *entries(0, 8, title="Minister opens fair")], generator=generator)


def test_an_official_source_confirms_what_it_says(bench: Bench) -> None:
    poll(bench, CALM, news(*entries(20, 21)))
    (alert,) = alerts(bench)
    assert alert.confirmed_by == "Ministry"
    assert [line.doubt for line in alert.sources] == [""]
    assert trust(bench) == Trust(links=("ministry.example",), language="en", generator="ministry cms")


def test_no_alert_of_a_source_that_was_taken_over_is_unmarked(bench: Bench) -> None:
    poll(bench, CALM)
    bench.fetcher.moved = EVIL
    poll(bench, news(*entries(20, 23)), news(*entries(20, 26)))
    bench.fetcher.moved = ""
    poll(bench, news(*entries(20, 28)), None, news(*entries(20, 30)))
    told = alerts(bench)
    assert len(told) > 0
    assert all(alert.confirmed_by is None for alert in told)
    lines = [line for alert in told for line in alert.sources]
    assert {line.doubt for line in lines} == {"It now answers from evil.example, not from ministry.example."}
    assert {line.authority for line in lines} == {Authority.UNKNOWN}
    assert notices(bench) == ["doubt:src"], "told once"


def test_an_old_text_that_a_taken_over_source_rewrites_is_marked_too(bench: Bench) -> None:
    old = Entry("n20", f"{BAN} 20", link="https://www.ministry.example/20")
    poll(bench, CALM, news(old))
    bench.fetcher.moved = EVIL
    poll(bench, news(replace(old, title=f"{BAN} 20, and lifts all others")))
    with bench.rig.database.transaction() as tx:
        (story,) = (found for found, _ in tx.stories.week(START, bench.clock.now()) if "20" in found.tellings[0].title)
    (telling,) = story.tellings
    assert telling.title.endswith("lifts all others")
    assert (telling.authority, bool(telling.doubt), story.confirmed_by) == (Authority.UNKNOWN, True, None)


def test_a_redirect_raises_a_doubt_even_when_nothing_is_new(bench: Bench) -> None:
    poll(bench, CALM)
    bench.fetcher.moved = EVIL
    assert poll(bench, CALM) == "unchanged"
    assert trust(bench).doubt
    assert notices(bench) == ["doubt:src"]


@pytest.mark.parametrize(
    "moved",
    ["http://www.ministry.example/news.xml", "https://ministry.example/", "https://feeds.ministry.example/x",
     "https://cdn.example/x"],
)  # fmt: skip
def test_a_move_within_its_own_domains_is_no_sign(database: Database, clock: FakeClock, moved: str) -> None:
    bench = newsstand.bench(database, clock, engine.rulebook(source(domains=("cdn.example",))))
    poll(bench, CALM)
    bench.fetcher.moved = moved
    poll(bench, news(*entries(20, 21)))
    assert trust(bench).doubt == ""
    assert notices(bench) == []


@pytest.mark.parametrize(
    ("answer", "because"),
    [
        (rss(entries(30, 36, host="casino.example"), generator="WordPress 6.4"), "its feed is made by wordpress"),
        (
            rss(
                entries(30, 36, host="casino.example", title="賭けの新しい規制についてのお知らせです"),
                generator="Ministry CMS 1.3",
            ),
            "its titles are in another language (ja)",
        ),
    ],
)
def test_links_elsewhere_with_another_program_or_language_are_a_sign(bench: Bench, answer: bytes, because: str) -> None:
    poll(bench, CALM, answer)
    assert trust(bench).doubt.startswith(f"Most of its items now link to casino.example, and {because}")
    assert trust(bench).doubted == ("casino.example",)
    assert all(line.doubt for alert in alerts(bench) for line in alert.sources)


@pytest.mark.parametrize(
    "answer",
    [
        rss(entries(30, 36, host="press.example"), generator="Ministry CMS 2.0"),  # links alone; a version is no change
        rss(entries(30, 36), generator="WordPress 6.4"),  # a new program alone
        rss(entries(30, 34, host="casino.example"), generator="WordPress 6.4"),  # too few items to say
        rss([*entries(30, 34), *entries(34, 39, host="casino.example")], generator="WordPress 6.4"),  # not most
    ],
)
def test_one_sign_alone_is_none(bench: Bench, answer: bytes) -> None:
    poll(bench, CALM, answer)
    assert trust(bench).doubt == ""


def test_an_aggregator_that_links_to_new_places_all_the_time_is_no_takeover(
    database: Database, clock: FakeClock
) -> None:
    book = engine.rulebook(source(item=ItemIs.SIBLINGS, authority=Authority.PRESS, languages=("en", "ja")))
    bench = newsstand.bench(database, clock, book)
    titles = ("Trade talks go on in the capital", "貿易をめぐる協議が続いている", "Handelsgespräche gehen weiter")
    for n in range(9):
        items = [Entry(f"{n}-{k}", f"{titles[n % 3]} {n} {k}", link=f"https://paper{n}{k}.example/") for k in range(6)]
        poll(bench, rss(items, generator="News Finder"))
    assert trust(bench).roams
    assert trust(bench).doubt == ""


def test_approving_ends_the_doubt_and_the_new_domain_is_its_own(bench: Bench) -> None:
    assert approve(bench.rig, SRC) == ()
    poll(bench, CALM)
    assert approve(bench.rig, SRC) == ()
    bench.fetcher.moved = "https://new-ministry.example/feed"
    poll(bench, news(*entries(20, 21)))
    assert approve(bench.rig, SRC) == ("new-ministry.example",)
    assert notices(bench) == []
    poll(bench, news(*entries(20, 22), generator="WordPress"))
    assert trust(bench) == Trust(
        approved=("new-ministry.example",), links=("new-ministry.example",), language="en", generator="wordpress"
    )
    assert alerts(bench)[-1].confirmed_by == "Ministry"
    bench.fetcher.moved = EVIL
    poll(bench, news(*entries(20, 23)))
    assert notices(bench) == ["doubt:src"], "approved was one domain, not any"


def test_another_move_while_in_doubt_is_told_and_approving_takes_over_only_what_was_told_last(bench: Bench) -> None:
    poll(bench, CALM)
    for moved in ("https://one.example/", "https://two.example/"):
        bench.fetcher.moved = moved
        poll(bench, CALM)
    with bench.rig.database.transaction() as tx:
        told = [notice.lines[1] for notice in tx.notices.since(START)]
    assert [line.split()[4] for line in told] == ["one.example,", "two.example,"]
    assert approve(bench.rig, SRC) == ("two.example",)


def test_a_rule_file_that_names_the_new_domain_ends_the_doubt(bench: Bench) -> None:
    poll(bench, CALM)
    bench.fetcher.moved = "https://new-ministry.example/feed"
    poll(bench, CALM)
    assert trust(bench).doubt
    edited = bench.with_rules(engine.rulebook(source(url="https://new-ministry.example/feed")))
    poll(edited, news(*entries(20, 21)))
    assert trust(edited).doubt == ""
    assert notices(edited) == []
    assert [alert.confirmed_by for alert in alerts(edited)] == ["Ministry"]


def test_a_source_that_never_answered_from_its_own_domain_is_in_doubt_from_the_start(bench: Bench) -> None:
    bench.fetcher.moved = EVIL
    poll(bench, news(*entries(20, 21)))
    assert trust(bench).doubted == ("evil.example",)
    assert trust(bench).links == (), "nothing is learned from it"
    assert [alert.confirmed_by for alert in alerts(bench)] == [None]


def test_states_of_an_older_version_learn_what_a_source_is_like_first(bench: Bench) -> None:
    poll(bench, CALM)
    with bench.rig.database.transaction() as tx:
        state = tx.sources.state(SRC)
        assert state is not None
        tx.sources.save(replace(state, trust=Trust()))
    poll(bench, rss(entries(30, 36, host="press.example"), generator="WordPress"))
    assert trust(bench) == Trust(links=("press.example",), language="en", generator="wordpress")
