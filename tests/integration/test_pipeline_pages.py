"""Pages behind items: the summary is told at once, the page makes it whole, once, whatever fails in between."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.pipeline import assess, collect, complete, deliver, read, why
from bot.pipeline.polling.completing import PER_DAY
from bot.storage import Database
from bot.storage.documents import DocumentState, NewDocument, StoredDocument
from bot.storage.pages import PageState, StoredPage
from bot.storage.sources import FetchLine
from bot.types.document import Document
from bot.types.ids import AlertId, DocumentId, SourceId
from bot.types.reading import Reading
from bot.types.source import FetchProblem, PageRule, PageWhen, Store, Trust
from tests.fakes import engine, pdf, records, rules
from tests.fakes.bans import read_bans
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench

SRC = SourceId("src")
ITEM = DocumentId("src-a")
URL = "https://src.example/a"
PAGE = (
    b"The ministry bans exports of dual-use goods to Japan. It did so on Tuesday in a notice of two pages.\n\n"
    b"The ban is in force from 1 February 2026. Nobody was asked for an opinion before, as far as is known."
)
SUBJECT = b"a|An export ban|0"


def reads(documents: Sequence[Document]) -> tuple[Reading, ...]:
    return read_bans(documents, lambda _: date(2026, 2, 1))


def made(database: Database, clock: FakeClock, **fields: Any) -> Bench:
    source = records.source("src", **{"page": PageRule(when=PageWhen.ALWAYS)} | fields)
    bench = engine.bench(database, clock, engine.rulebook(source))
    bench.workers.reads = reads
    bench.fetcher.answers |= {"src": [b"z|Older|9"], URL: [PAGE]}
    collect(bench.rig, SRC)
    read_all(bench)
    return bench


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    return made(database, clock)


def read_all(bench: Bench) -> int:
    with bench.rig.database.transaction() as tx:
        ids = tx.documents.unread(limit=99)
    return read(bench.rig, ids)


def poll(bench: Bench, answer: bytes) -> None:
    bench.fetcher.answers["src"] = [answer]
    collect(bench.rig, SRC)
    read_all(bench)


def told(bench: Bench) -> list[str]:
    assess(bench.rig)
    deliver(bench.rig, "desk")
    return bench.service.texts("desk")


def page(bench: Bench) -> StoredPage:
    with bench.rig.database.transaction() as tx:
        return tx.pages.get([ITEM])[ITEM]


def item(bench: Bench) -> StoredDocument:
    with bench.rig.database.transaction() as tx:
        return tx.documents.get([ITEM])[0]


def said(bench: Bench) -> str:
    return why(bench.rig, ITEM).pages[ITEM]


def quote(bench: Bench) -> str:
    """What the alert about the item quotes."""
    with bench.rig.database.transaction() as tx:
        alert = tx.decisions.alert(AlertId("a-src-a"))
    assert alert is not None
    assert alert.quote is not None
    return alert.quote.text


def test_the_headline_alerts_at_once_and_is_edited_once_with_what_only_the_page_says(bench: Bench) -> None:
    poll(bench, SUBJECT)
    assert told(bench) == ["send: s-src-a [1] Ministry"]
    before = len(bench.service.posts)
    assert "will be asked for" in said(bench)
    assert complete(bench.rig, ITEM) == (ITEM,)
    assert bench.fetcher.asked[-1].url == URL
    assert bench.fetcher.asked[-1].robots is True
    assert bench.fetcher.asked[-1].led_by == bench.rig.rulebook.sources[0].url, "no exception is made for its host"
    found = item(bench)
    assert (found.state, found.edition) == (DocumentState.UNREAD, 2)
    assert found.document.text == PAGE.decode()
    assert read_all(bench) == 1
    after = told(bench)[before:]
    assert [line.partition(":")[0] for line in after] == ["update", "thread"]
    assert "In force from 2026-02-01" in after[1]
    assert "towards JP" in after[1]
    assert said(bench).startswith("The page was read: ")
    # Reading it again, or asking again, changes nothing.
    with bench.rig.database.transaction() as tx:
        tx.documents.complete(item(bench).document)
    read_all(bench)
    assert complete(bench.rig, ITEM) == ()
    assert len(told(bench)) == before + 2


def test_the_next_poll_finds_the_item_unchanged_and_asks_for_no_page_again(bench: Bench) -> None:
    poll(bench, SUBJECT)
    complete(bench.rig, ITEM)
    read_all(bench)
    asked = len(bench.fetcher.asked)
    poll(bench, SUBJECT + b"\nb|Other|0")
    assert item(bench).document.text == PAGE.decode()
    assert complete(bench.rig, ITEM) == ()
    assert len(bench.fetcher.asked) == asked + 1


def test_an_edit_by_the_source_wants_the_page_again(bench: Bench) -> None:
    poll(bench, SUBJECT)
    complete(bench.rig, ITEM)
    read_all(bench)
    poll(bench, b"a|An export ban, corrected|0")
    assert (page(bench).state, page(bench).attempts) == (PageState.WANTED, 0)
    assert complete(bench.rig, ITEM) == (ITEM,)
    assert item(bench).document.title == "An export ban, corrected"


def test_an_edit_while_the_page_is_fetched_wins(bench: Bench) -> None:
    poll(bench, SUBJECT)
    fetch = bench.fetcher.fetch

    class Slow:
        def fetch(self, request: Any, *, now: Any) -> Any:
            answer = fetch(request, now=now)
            edited = replace(item(bench).document, title="Edited ban", content_hash="1:edited")
            with bench.rig.database.transaction() as tx:
                tx.documents.put([NewDocument(document=edited)])
            return answer

        def close(self) -> None:
            pass

    assert complete(replace(bench.rig, fetcher=Slow()), ITEM) == ()
    assert (item(bench).document.title, item(bench).document.text) == ("Edited ban", "")
    assert page(bench).state is PageState.OUTDATED


def test_failures_that_may_pass_are_tried_again_after_growing_pauses_and_then_given_up(bench: Bench) -> None:
    poll(bench, SUBJECT)
    bench.fetcher.answers[URL] = [engine.failure()]
    pauses = []
    for _ in range(3):
        assert complete(bench.rig, ITEM) == ()
        due = page(bench).next_due
        pauses.append(due - bench.clock.now())
        assert complete(bench.rig, ITEM) == (), "not before its time"
        bench.clock.turn(due - bench.clock.now())
    assert pauses == [timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3)]
    assert "after 3 failed: It answers 503." in said(bench)
    complete(bench.rig, ITEM)
    assert (page(bench).state, page(bench).attempts) == (PageState.FAILED, 4)
    assert said(bench) == "Its page could not be read: It answers 503."


def test_a_server_that_asks_for_a_pause_gets_it(bench: Bench) -> None:
    poll(bench, SUBJECT)
    pause = timedelta(hours=7)
    bench.fetcher.answers[URL] = [engine.failure(FetchProblem.RATE_LIMITED, retry_after=pause)]
    complete(bench.rig, ITEM)
    assert page(bench).next_due - bench.clock.now() == pause


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (engine.failure(FetchProblem.ROBOTS, transient=False, message="robots.txt forbids it."), "robots.txt forbids"),
        (pdf.pdf(pdf.PICTURE), "scanned"),
        (b"   ", "empty"),
    ],
)
def test_what_will_not_change_is_given_up_at_once_with_its_reason(bench: Bench, answer: Any, reason: str) -> None:
    poll(bench, SUBJECT)
    bench.fetcher.answers[URL] = [answer]
    assert complete(bench.rig, ITEM) == ()
    assert page(bench).state is PageState.FAILED
    assert reason in said(bench)
    assert item(bench).edition == 1


def test_a_page_may_lead_to_a_domain_that_an_operator_approved(bench: Bench) -> None:
    poll(bench, SUBJECT)
    bench.fetcher.moved = "https://new.example/a"
    with bench.rig.database.transaction() as tx:
        state = tx.sources.state(SRC)
        assert state is not None
        tx.sources.save(replace(state, trust=Trust(approved=("new.example",))))
    assert complete(bench.rig, ITEM) == (ITEM,)


def test_an_address_that_is_none_is_given_up(bench: Bench) -> None:
    poll(bench, SUBJECT)
    broken = replace(item(bench).document, url="https://[src.example/a")
    with bench.rig.database.transaction() as tx:
        tx.documents.shorten(broken)
    bench.fetcher.answers[broken.url] = [engine.failure(FetchProblem.ADDRESS, transient=False)]
    assert complete(bench.rig, ITEM) == ()
    assert page(bench).state is PageState.FAILED


def test_a_page_that_kills_its_parser_is_tried_again_and_a_truncated_one_is_no_text(bench: Bench) -> None:
    poll(bench, SUBJECT)
    bench.fetcher.answers[URL] = [b"poison"]
    complete(bench.rig, ITEM)
    assert (page(bench).state, page(bench).attempts) == (PageState.WANTED, 1)
    bench.clock.turn(timedelta(hours=1))
    bench.fetcher.answers[URL], bench.fetcher.complete = [PAGE], False
    complete(bench.rig, ITEM)
    assert "broke off" in page(bench).outcome
    bench.clock.turn(timedelta(hours=1))
    bench.fetcher.complete = True
    assert complete(bench.rig, ITEM) == (ITEM,)


@pytest.mark.parametrize("answer", [b"poison", engine.failure()])
def test_a_stopping_program_blames_no_page(bench: Bench, answer: Any) -> None:
    poll(bench, SUBJECT)
    bench.fetcher.answers[URL] = [answer]
    complete(replace(bench.rig, pause=lambda _: True), ITEM)
    assert (page(bench).state, page(bench).attempts) == (PageState.WANTED, 0)


def test_a_bug_costs_one_page_and_says_so(bench: Bench) -> None:
    poll(bench, SUBJECT)

    class Broken:
        def call(self, target: str, *args: Any, deadline: float) -> Any:
            raise TypeError("bug")

        def renew(self, initializer: Any) -> None:
            pass

    complete(replace(bench.rig, parsers=Broken()), ITEM)
    assert page(bench).state is PageState.FAILED
    assert "A bug stopped it (TypeError)" in said(bench)


class KilledError(BaseException):
    """Stands for SIGKILL: nothing may catch it, and what was not committed never was."""


class Dying:
    """A database, fetcher or pool that goes down with the program at its n-th use."""

    def __init__(self, whole: Any, name: str, at: int) -> None:
        self._whole, self._name, self._left = whole, name, at

    def __getattr__(self, name: str) -> Any:
        return self._dies if name == self._name else getattr(self._whole, name)

    def _dies(self, *args: Any, **named: Any) -> Any:
        self._left -= 1
        done = getattr(self._whole, self._name)(*args, **named)
        if self._left:
            return done
        if self._name == "transaction":
            return self._before_commit(done)
        raise KilledError

    @contextmanager
    def _before_commit(self, transaction: Any) -> Iterator[Any]:
        with transaction as tx:
            yield tx
            raise KilledError


@pytest.mark.parametrize(
    ("part", "name", "at"),
    [("database", "transaction", 1), ("fetcher", "fetch", 1), ("parsers", "call", 1), ("database", "transaction", 2)],
)
def test_a_kill_anywhere_loses_no_page_and_reads_none_twice(bench: Bench, part: str, name: str, at: int) -> None:
    poll(bench, SUBJECT)
    dying: Any = Dying(getattr(bench.rig, part), name, at)
    with pytest.raises(KilledError):
        complete(replace(bench.rig, **{part: dying}), ITEM)
    assert (page(bench).state, item(bench).edition) == (PageState.WANTED, 1)
    assert complete(bench.rig, ITEM) == (ITEM,)
    assert complete(bench.rig, ITEM) == ()
    assert item(bench).edition == 2


def test_a_source_is_asked_for_so_many_pages_a_day_and_no_more(bench: Bench) -> None:
    poll(bench, SUBJECT)
    with bench.rig.database.transaction() as tx:
        for _ in range(PER_DAY):
            tx.sources.log(FetchLine(source_id=SourceId("src#page"), at=bench.clock.now(), outcome="page", message=""))
        assert len(tx.sources.lines(SRC)) == 2, "pages are no polls"
    asked = len(bench.fetcher.asked)
    complete(bench.rig, ITEM)
    assert len(bench.fetcher.asked) == asked
    assert "one too many" in said(bench)


def test_rules_that_no_longer_want_pages_are_heard(bench: Bench) -> None:
    poll(bench, SUBJECT)
    never = records.source("src", page=PageRule(when=PageWhen.NEVER))
    asked = len(bench.fetcher.asked)
    complete(bench.with_rules(engine.rulebook(never)).rig, ITEM)
    assert len(bench.fetcher.asked) == asked
    assert page(bench).state is PageState.FAILED


def test_what_no_rule_asks_for_is_not_wanted_and_why_says_so(database: Database, clock: FakeClock) -> None:
    bench = made(database, clock, page=PageRule(when=PageWhen.RELEVANT))
    poll(bench, b"a|Football|0")
    with bench.rig.database.transaction() as tx:
        assert tx.pages.due(bench.clock.now(), limit=9) == ()
    assert said(bench) == "Its page is not read: neither title nor summary name a measure, goods or a notice."


def test_an_excerpt_keeps_its_sentences_and_the_alert_its_quote(database: Database, clock: FakeClock) -> None:
    bench = made(database, clock, store=Store.EXCERPT)
    poll(bench, SUBJECT)
    told(bench)
    complete(bench.rig, ITEM)
    read_all(bench)
    whole = item(bench).document
    told(bench)
    kept = item(bench)
    assert kept.state is DocumentState.PLACED
    assert len(kept.document.full) == len(whole.full)
    assert "bans exports of dual-use goods to Japan." in kept.document.text
    assert "Nobody was asked" not in kept.document.text
    with bench.rig.database.transaction() as tx:
        assert [found.id for found in tx.documents.search("dual-use goods")] == [ITEM]
        assert tx.documents.search("nobody") == ()
    assert quote(bench) == "The ministry bans exports of dual-use goods to Japan."


def test_a_source_that_allows_nothing_keeps_titles_and_is_quoted_by_them(database: Database, clock: FakeClock) -> None:
    bench = made(database, clock, store=Store.NONE)
    poll(bench, SUBJECT)
    told(bench)
    assert page(bench).state is PageState.WANTED
    complete(bench.rig, ITEM)
    read_all(bench)
    told(bench)
    assert item(bench).document.text.strip() == ""
    assert quote(bench) == "An export ban"


def test_a_text_that_waited_for_its_page_in_vain_is_shortened_then(database: Database, clock: FakeClock) -> None:
    bench = made(database, clock, store=Store.NONE)
    poll(bench, SUBJECT)
    with bench.rig.database.transaction() as tx:
        tx.documents.shorten(replace(item(bench).document, text="A summary of the feed."))
    told(bench)
    assert item(bench).document.text == "A summary of the feed.", "the page is still wanted"
    bench.fetcher.answers[URL] = [engine.failure(transient=False)]
    complete(bench.rig, ITEM)
    assert item(bench).document.text.strip() == ""


@pytest.mark.parametrize("store", [Store.FULL, Store.EXCERPT])
def test_a_page_that_comes_while_its_headline_is_assessed_is_read(
    database: Database, clock: FakeClock, store: Store
) -> None:
    bench = made(database, clock, store=store)
    poll(bench, SUBJECT)
    arrival = threading.Thread(target=complete, args=(bench.rig, ITEM))

    def meanwhile() -> None:
        if not arrival.ident:
            arrival.start()
            engine.until_blocked(database, arrival)

    bench.channel.during = meanwhile
    assess(bench.rig)
    arrival.join(30)
    assert (item(bench).state, item(bench).document.text) == (DocumentState.UNREAD, PAGE.decode())


def test_pages_of_a_slow_host_hold_two_threads_and_none_of_its_polls(database: Database, clock: FakeClock) -> None:
    names, always = ("a", "b", "c"), PageRule(when=PageWhen.ALWAYS)
    sources = [records.source(name, page=always) for name in names]
    bench = engine.bench(database, clock, engine.rulebook(*sources, records.source("poll", url="https://e.org/feed")))
    with database.transaction() as tx:
        for name in names:
            made = rules.document(name, source_id=SourceId(name), url=f"https://e.org/{name}")
            tx.documents.put([NewDocument(document=made)])
            tx.pages.save([StoredPage(document_id=made.id, source_id=made.source_id, next_due=clock.now())])
    meanwhile = {"a": ["b"], "b": ["c", "poll"]}  # comes due while the one is asked for

    class Busy(engine.FakeFetcher):
        def fetch(self, request: Any, *, now: Any) -> Any:
            for name in meanwhile.get(request.source_id, ()):
                _ = collect(rig, SourceId(name)) if name == "poll" else complete(rig, DocumentId(name))
            return super().fetch(request, now=now)

    fetcher = Busy(answers={name: [engine.failure()] for name in (*names, "poll")})
    rig = replace(bench.rig, fetcher=fetcher)
    complete(rig, DocumentId("a"))
    assert [request.source_id for request in fetcher.asked] == ["poll", "b", "a"]
    with database.transaction() as tx:
        assert [one.document_id for one in tx.pages.due(clock.now(), limit=9)] == ["c"], "it is asked for another time"
    complete(rig, DocumentId("c"))
    assert fetcher.asked[-1].source_id == "c"
