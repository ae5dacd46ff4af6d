"""What is kept comes back as it was, and only when its transaction was committed."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from bot.errors import StorageError
from bot.storage import Database, Transaction
from bot.storage.documents import DocumentState, NewDocument
from bot.storage.items import NewItem
from bot.storage.sources import FetchLine
from bot.types.delivery import Action
from bot.types.ids import AlertId, DocumentId, SourceId, StoryId
from bot.types.levels import Band, Stage
from bot.types.source import SourceState
from tests.fakes import records
from tests.fakes.clock import START

SRC = SourceId("src")
TODAY = date(2026, 1, 6)


def put(database: Database, *names: str, **fields: object) -> None:
    with database.transaction() as tx:
        tx.documents.put([NewDocument(document=records.document(name, **fields)) for name in names])


def new_item(name: str, *keys: str, **fields: object) -> NewItem:
    values: dict[str, object] = {
        "keys": keys or (f"g:{name}",),
        "document_id": DocumentId(name),
        "content_hash": "1:x",
        "title": name,
        "link": f"https://example.org/{name}",
        "first_seen": START,
    }
    return NewItem(**values | fields)  # type: ignore[arg-type]


class BoomError(Exception):
    pass


def test_a_transaction_that_raises_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as tx:
            tx.documents.put([NewDocument(document=records.document())])
            tx.sources.save(SourceState(source_id=SRC, next_due=START))
            tx.stories.save(records.story(), keys=("k",))
            raise BoomError

    with pytest.raises(BoomError):
        fail()
    with database.transaction() as tx:
        assert tx.documents.get([DocumentId("doc")]) == ()
        assert tx.sources.states() == {}
        assert tx.stories.get(StoryId("s-doc")) is None


def test_a_savepoint_undoes_only_its_own_part(database: Database) -> None:
    def fail(tx: Transaction) -> None:
        with tx.savepoint():
            tx.documents.put([NewDocument(document=records.document("gone"))])
            raise BoomError

    with database.transaction() as tx:
        tx.documents.put([NewDocument(document=records.document("kept"))])
        with pytest.raises(BoomError):
            fail(tx)
    with database.transaction() as tx:
        found = tx.documents.get([DocumentId("kept"), DocumentId("gone")])
    assert [stored.document.id for stored in found] == ["kept"]


def test_a_refused_statement_is_a_sentence_that_names_the_place(database: Database) -> None:
    says = r'PostgreSQL database t_\w+ on .*: .*"nothing" does not exist'
    with pytest.raises(StorageError, match=says), database.transaction() as tx:
        tx.connection.execute(text("SELECT * FROM nothing"))


def test_states_of_sources_come_back_and_are_due_in_order(database: Database) -> None:
    late = SourceState(source_id=SourceId("late"), next_due=START + timedelta(hours=1))
    full = SourceState(
        source_id=SRC, next_due=START, etag='"e"', last_modified="Tue", body_hash="h", failures=3, last_success=START,
        last_attempt=START, last_error="It broke.", items_seen=7, first_fetch_done=True,
    )  # fmt: skip
    with database.transaction() as tx:
        tx.sources.plan({SRC: START + timedelta(days=1), SourceId("b"): START - timedelta(minutes=1)})
        tx.sources.plan({SRC: START - timedelta(days=9)})
        assert tx.sources.due(START) == ("b",)
        tx.sources.save(full)
        tx.sources.save(late)
        assert tx.sources.state(SRC) == full
        assert tx.sources.state(SourceId("never")) is None
        assert tx.sources.due(START) == ("b", "src")
        assert set(tx.sources.states()) == {"b", "src", "late"}
        assert tx.sources.forget([SourceId("b"), SourceId("never")]) == 1
        assert tx.sources.forget([]) == 0
        assert set(tx.sources.states()) == {"src", "late"}


def test_the_log_of_fetches_is_newest_first_and_counts_what_is_fresh(database: Database) -> None:
    lines = [
        FetchLine(source_id=SRC, at=records.at(n), outcome="fetched", message="", status=200, entries=9, fresh=n)
        for n in range(3)
    ]
    with database.transaction() as tx:
        for line in lines:
            tx.sources.log(line)
        assert tx.sources.lines(SRC) == tuple(reversed(lines))
        assert tx.sources.lines(SRC, limit=1) == (lines[2],)
        assert tx.sources.forget_lines(records.at(2), unchanged_before=records.at(2)) == 2
        assert tx.sources.lines(SRC) == (lines[2],)


def test_of_polls_that_brought_nothing_new_one_per_day_is_kept(database: Database) -> None:
    hour, day = 60, 24 * 60
    polls = [
        *((n * hour, "fetched" if n == 3 else "not-modified") for n in range(6)),
        *((day + n * hour, "unchanged") for n in range(4)),
        *((3 * day + n * hour, "unchanged") for n in range(2)),
    ]
    with database.transaction() as tx:
        tx.sources.log(
            *(FetchLine(source_id=SRC, at=records.at(at), outcome=outcome, message="") for at, outcome in polls),
            FetchLine(source_id=SourceId("other"), at=records.at(5 * hour), outcome="unchanged", message=""),
        )
        assert tx.sources.forget_lines(records.at(0), unchanged_before=records.at(2 * day)) == 4 + 3
        kept = [(line.outcome, line.at) for line in reversed(tx.sources.lines(SRC))]
        assert kept == [
            ("not-modified", records.at(0)),
            ("fetched", records.at(3 * hour)),
            ("unchanged", records.at(day)),
            ("unchanged", records.at(3 * day)),
            ("unchanged", records.at(3 * day + hour)),
        ]
        assert len(tx.sources.lines(SourceId("other"))) == 1


def test_items_are_known_by_any_of_their_keys_within_their_source(database: Database) -> None:
    long = "l:https://example.org/" + "x" * 5000
    with database.transaction() as tx:
        tx.items.remember(SRC, [new_item("a", "g:1", "t:one", long), new_item("b", "g:2")], today=TODAY)
        tx.items.remember(SourceId("other"), [new_item("c", "g:1")], today=TODAY)
        (found,) = tx.items.known(SRC, [long, "t:none"])
        assert found.document_id == "a"
        assert set(found.keys) == {"g:1", "t:one", long}
        assert (found.title, found.link, found.content_hash) == ("a", "https://example.org/a", "1:x")
        assert [known.document_id for known in tx.items.known(SRC, ["g:1", "g:2", "g:2"])] == ["a", "b"]
        assert tx.items.known(SRC, []) == ()
        tx.items.remember(SRC, [new_item("a", "g:9", content_hash="1:y")], today=TODAY)
        (again,) = tx.items.known(SRC, ["g:9"])
        assert again.content_hash == "1:y"
        assert set(again.keys) >= {"g:9", "g:1"}


def test_items_are_kept_while_their_source_lists_them_or_their_text_is_kept(database: Database) -> None:
    names = ("listed", "text", "gone")
    put(database, "text")
    later = TODAY + timedelta(days=10)
    with database.transaction() as tx:
        tx.items.remember(SRC, [new_item(name) for name in names], today=TODAY)
        tx.items.seen(SRC, [DocumentId("listed")], today=later)
        assert tx.items.forget(later) == 1
        assert {known.document_id for known in tx.items.known(SRC, [f"g:{n}" for n in names])} == {"listed", "text"}


def test_documents_are_read_once_and_again_when_their_text_changes(database: Database) -> None:
    put(database, "b", "a")
    put(database, "early", first_seen=records.at(-5))
    with database.transaction() as tx:
        assert tx.documents.unread(limit=10) == ("early", "a", "b")
        assert tx.documents.unread(limit=1) == ("early",)
        assert tx.documents.unread(limit=10, before=START) == ("early",)
        tx.documents.save_readings([records.reading("a", records.event())], at=START)
        assert tx.documents.unread(limit=10) == ("early", "b")
        (unplaced,) = tx.documents.unplaced(limit=10)
        assert unplaced.reading == records.reading("a", records.event())
        assert (unplaced.document, unplaced.edition) == (records.document("a"), 1)
        tx.documents.mark([DocumentId("a")], DocumentState.PLACED)
        assert tx.documents.unplaced(limit=10) == ()
    put(database, "a", text="Another text.")
    with database.transaction() as tx:
        (edited,) = tx.documents.get([DocumentId("a")])
        assert (edited.edition, edited.state, edited.document.text) == (2, DocumentState.UNREAD, "Another text.")
        assert tx.documents.counts() == {DocumentState.UNREAD: 3}


def test_flags_and_kills_stay_with_a_document(database: Database) -> None:
    with database.transaction() as tx:
        tx.documents.put(
            [
                NewDocument(document=records.document("old"), baseline=True),
                NewDocument(document=records.document("many"), flood=True),
                NewDocument(document=records.document("news")),
            ]
        )
        found = {stored.document.id: stored for stored in tx.documents.get(map(DocumentId, ("old", "many", "news")))}
        assert {name: stored.silent for name, stored in found.items()} == {"old": True, "many": True, "news": False}
        assert [tx.documents.killed(DocumentId("news")) for _ in range(2)] == [1, 2]
        assert tx.documents.killed(DocumentId("never")) == 0


def test_hostile_texts_are_kept_and_offsets_stay(database: Database) -> None:
    hostile = "a\x00b\ud800c " + "\\u0000"
    put(database, "evil", title=hostile, text=hostile, url="https://example.org/" + "x" * 9000, canonical_url="")
    with database.transaction() as tx:
        (found,) = tx.documents.get([DocumentId("evil")])
    assert found.document.text == "a\ufffdb\ufffdc \\u0000"
    assert len(found.document.full) == len(hostile) * 2 + 2


def test_documents_are_found_by_words_characters_and_addresses(database: Database) -> None:
    put(database, "zh", title="商务部加强稀土出口管制", text="自公布之日起施行。")
    put(database, "ja", title="輸出規制の対象", text="レアアースの輸出を禁止する。")
    put(database, "en", title="Rare earths", text="Export controls on rare earths, rare earths and magnets. 3B001.")
    put(database, "en2", title="Magnets", text="Export of one rare thing and, far away from it, earths.")
    with database.transaction() as tx:

        def ids(query: str) -> list[str]:
            return [found.id for found in tx.documents.search(query)]

        assert ids("稀土") == ["zh"]
        assert ids("出口管制") == ["zh"]
        assert ids("口出") == []
        assert ids("輸出") == ["ja"]
        assert ids("rare EARTHS") == ["en", "en2"]
        assert ids("export* 3b001") == ["en"]
        assert ids("magnet") == []
        assert set(ids("magnet*")) == {"en2", "en"}
        assert ids("'; DROP TABLE document; --") == []
        assert ids("&|!") == []
        assert [found.id for found in tx.documents.search("export*", limit=1)] == ["en"]
        assert [s.document.id for s in tx.documents.by_url("https://example.org/en")] == ["en"]
        assert [s.document.id for s in tx.documents.by_url("https://example.org/en?utm_source=x")] == ["en"]


def test_stories_are_found_by_their_keys_while_they_are_fresh(database: Database) -> None:
    long = "w:" + "語" * 3000
    with database.transaction() as tx:
        tx.stories.save(records.story(), keys=("c:cn:2026:1", "g:rare-earths", long))
        assert tx.stories.sharing(["g:none"], START) == ()
        assert tx.stories.sharing(["g:none", long], START) == (records.story(),)
        assert tx.stories.sharing(["g:rare-earths"], records.at(1)) == ()
        two = records.story("s-doc", records.telling(), records.telling("b", first_seen=records.at(5)), revision=2)
        tx.stories.save(two, keys=("g:gallium",))
        assert tx.stories.sharing(["g:rare-earths"], START) == ()
        assert tx.stories.sharing(["g:gallium"], records.at(1)) == (two,)
        assert tx.stories.of_document(DocumentId("b")) == (two,)
        tx.stories.save(records.story("s-doc", records.telling("b"), revision=3), keys=())
        assert tx.stories.of_document(DocumentId("doc")) == ()
        tx.stories.drop([StoryId("s-doc")])
        assert tx.stories.get(StoryId("s-doc")) is None


def test_a_story_is_silent_until_one_telling_is_news(database: Database) -> None:
    with database.transaction() as tx:
        tx.documents.put([NewDocument(document=records.document("old"), baseline=True)])
        tx.stories.save(records.story("s-1", records.telling("old")), keys=())
        assert tx.stories.silent(StoryId("s-1"))
        tx.documents.put([NewDocument(document=records.document("new"))])
        tx.stories.save(records.story("s-1", records.telling("old"), records.telling("new")), keys=())
        assert not tx.stories.silent(StoryId("s-1"))


def test_held_stories_come_up_when_their_time_has_come(database: Database) -> None:
    with database.transaction() as tx:
        tx.stories.save(records.story(), keys=())
        assert tx.stories.held(records.at(99), limit=9) == ()
        tx.stories.decide_at(StoryId("s-doc"), records.at(3))
        assert tx.stories.held(records.at(2), limit=9) == ()
        assert tx.stories.held(records.at(3), limit=9) == (records.story(),)
        tx.stories.decide_at(StoryId("s-doc"), None)
        assert tx.stories.held(records.at(99), limit=9) == ()


def test_the_latest_assessment_counts_and_weeks_are_sorted_by_score(database: Database) -> None:
    week = (START, START + timedelta(days=7))
    rows = (
        ("low", 20.0, Band.ARCHIVE),
        ("high", 80.0, Band.URGENT),
        ("late", 99.0, Band.ALERT),
        ("old", 99.0, Band.ALERT),
    )
    with database.transaction() as tx:
        for name, score, band in rows:
            seen = week[1] if name == "late" else START
            told = records.telling(name, first_seen=seen)
            tx.documents.put([NewDocument(document=records.document(name, first_seen=seen), baseline=name == "old")])
            stage = None if name == "low" else Stage.ANNOUNCED
            tx.stories.save(records.story(f"s-{name}", told, first_seen=seen, last_seen=seen, stage=stage), keys=())
            tx.stories.assess(records.assessment(f"s-{name}", score=1.0), revision=1, at=START)
            last = records.assessment(f"s-{name}", score=score, band=band, near_misses=("by a hair",) * (name == "low"))
            tx.stories.assess(last, revision=1, at=START)

        def found(**wanted: object) -> list[tuple[str, float]]:
            return [(story.id, found.score) for story, found in tx.stories.week(*week, **wanted)]  # type: ignore[arg-type]

        assert found() == [("s-high", 80.0), ("s-low", 20.0)]
        assert found(limit=1) == [("s-high", 80.0)]
        assert found(bands=(Band.ARCHIVE,)) == [("s-low", 20.0)]
        assert found(having="near_misses") == [("s-low", 20.0)]
        assert tx.stories.ids(*week, band=Band.URGENT) == ("s-high",)
        assert tx.stories.count(*week) == 1
        assert tx.stories.assessment(StoryId("s-none")) is None


def test_the_ledger_keeps_everything_and_history_only_what_was_told(database: Database) -> None:
    send = records.decision()
    update = records.decision(at=records.at(30), action=Action.UPDATE, dedupe_key="u", channels=("desk", "now"))
    dropped = records.decision(at=records.at(40), action=Action.DROP, dedupe_key="d")
    other = records.decision("s-2", at=records.at(50), channels=("now",))
    with database.transaction() as tx:
        for decision in (update, send, dropped, other):
            tx.decisions.add(decision)
        tx.decisions.note(DocumentId("doc"), at=START, action="merged", reason="wire-copy", why="A copy.")
        # In the order in which they were made: the clock of a host may have been set back in between.
        assert tx.decisions.told([StoryId("s-doc")]) == (update, send)
        assert tx.decisions.told([StoryId("s-doc"), StoryId("s-2")]) == (update, send, other)
        assert tx.decisions.recently(records.at(119)) == (send, other)
        assert tx.decisions.recently(records.at(120)) == (other,)
        ledger = tx.decisions.ledger(story_id=StoryId("s-doc"))
        assert [entry.action for entry in ledger] == ["send", "update", "drop"]
        (note,) = tx.decisions.ledger(document_id=DocumentId("doc"))
        assert (note.action, note.reason, note.why) == ("merged", "wire-copy", "A copy.")
        assert [found.dedupe_key for found in tx.decisions.recent(records.at(40))] == ["s-2:send", "d"]


def test_alerts_keep_the_time_they_were_first_told(database: Database) -> None:
    with database.transaction() as tx:
        tx.decisions.save_alert(records.alert(), at=START)
        tx.decisions.save_alert(records.alert(revision=2, score=90.0), at=records.at(90))
        assert tx.decisions.alert(AlertId("a-1")) == records.alert(revision=2, score=90.0)
        assert [found.id for found in tx.decisions.alerts(START, records.at(1))] == ["a-1"]
        assert tx.decisions.alerts(records.at(1), records.at(999)) == ()


def test_one_notice_per_subject_is_open(database: Database) -> None:
    with database.transaction() as tx:
        first = tx.notices.open("coverage:src", "No answer", ["since 9:00"], at=START)
        assert first is not None
        assert tx.notices.open("coverage:src", "No answer", [], at=records.at(1)) is None
        assert [notice.lines for notice in tx.notices.standing()] == [("since 9:00",)]
        closed = tx.notices.close("coverage:src", at=records.at(2))
        assert closed is not None
        assert closed.closed_at == records.at(2)
        assert tx.notices.close("coverage:src", at=records.at(3)) is None
        assert tx.notices.standing() == ()
        assert tx.notices.open("coverage:src", "Again", [], at=records.at(4)) not in (None, first)
        assert len(tx.notices.since(START)) == 2
        assert tx.notices.forget(records.at(3)) == 1


def test_a_week_is_claimed_once(database: Database) -> None:
    with database.transaction() as tx:
        claims = [
            tx.digests.claim(team="t", week=week, digest="weekly", at=START, record={"n": n})
            for n, week in enumerate(("2026-W02", "2026-W02", "2026-W01"))
        ]
        assert claims == [True, False, True]
        assert tx.digests.weeks(team="t", digest="weekly") == ("2026-W01", "2026-W02")
        assert tx.digests.record(team="t", week="2026-W02", digest="weekly") == {"n": 0}
        assert tx.digests.record(team="t", week="2026-W09", digest="weekly") is None


def test_a_named_lock_has_one_holder_and_ends_with_its_block(database: Database) -> None:
    with database.hold("scheduler") as mine:
        assert mine
        with database.hold("scheduler") as theirs:
            assert not theirs
        with database.hold("other") as other:
            assert other
    with pytest.raises(BoomError), database.hold("scheduler"):
        raise BoomError
    with database.hold("scheduler") as again:
        assert again


def test_a_transaction_lock_makes_others_wait_until_the_end(database: Database) -> None:
    order: list[str] = []
    started = threading.Event()

    def second() -> None:
        with database.transaction() as tx:
            started.set()
            tx.lock("assess")
            order.append("second")

    with database.transaction() as tx:
        tx.lock("assess")
        thread = threading.Thread(target=second)
        thread.start()
        started.wait()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
