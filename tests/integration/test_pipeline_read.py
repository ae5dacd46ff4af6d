"""Reading in children: every document gets a reading, also those that kill their reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.pipeline import read
from bot.storage import Database
from bot.storage.documents import DocumentState, NewDocument, StoredDocument
from bot.types.document import Document
from bot.types.reading import Reading
from tests.fakes import engine, rules
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    return engine.bench(database, clock)


def put(bench: Bench, *names: str, **fields: Any) -> list[Document]:
    made = [rules.document(name, **fields) for name in names]
    with bench.rig.database.transaction() as tx:
        tx.documents.put(NewDocument(document=document) for document in made)
    return made


def get(bench: Bench, *names: str) -> list[StoredDocument]:
    with bench.rig.database.transaction() as tx:
        return list(tx.documents.get(map(engine.doc_id, names)))


def test_unread_documents_are_read_in_batches_and_read_ones_left_alone(bench: Bench) -> None:
    documents = put(bench, *(f"d{n}" for n in range(120)))
    ids = [document.id for document in documents]
    assert read(bench.rig, ids) == 120
    assert bench.workers.calls == ["read"] * 3
    assert all(found.state is DocumentState.READ and found.reading for found in get(bench, *ids))
    assert read(bench.rig, ids) == 0
    assert bench.workers.calls == ["read"] * 3


def test_one_poison_document_costs_itself_two_children_and_the_others_nothing(bench: Bench) -> None:
    put(bench, "good", "bad") and put(bench, "evil", text="x" * 3000 + " poison", lang_hint="nl-NL")
    ids = [engine.doc_id(name) for name in ("good", "bad", "evil")]
    assert read(bench.rig, ids) == 2
    (evil,) = get(bench, "evil")
    assert (evil.state, evil.kills) == (DocumentState.UNREAD, 1)
    assert read(bench.rig, ids) == 1
    (evil,) = get(bench, "evil")
    assert (evil.state, evil.kills) == (DocumentState.READ, 2)
    assert evil.reading is not None
    assert evil.reading.degraded == ("killed", "truncated"), "its opening was read all the same"
    with bench.rig.database.transaction() as tx:
        ledger = tx.decisions.ledger(document_id=engine.doc_id("evil"))
    assert [entry.action for entry in ledger] == ["killed", "killed"]


def test_a_document_that_always_kills_is_kept_with_an_empty_reading(bench: Bench) -> None:
    put(bench, "evil", title="poison", lang_hint="nl-NL")
    for _ in range(2):
        read(bench.rig, [engine.doc_id("evil")])
    (evil,) = get(bench, "evil")
    assert evil.reading is not None
    assert (evil.reading.lang, evil.reading.degraded) == ("nl", ("killed",))
    assert (evil.reading.mentions, evil.reading.events) == ((), ())


def test_a_text_that_changed_while_it_was_read_is_read_again(bench: Bench) -> None:
    put(bench, "d")

    def change() -> None:
        put(bench, "d", title="Changed", content_hash="1:changed")

    bench.workers.during = change
    assert read(bench.rig, [engine.doc_id("d")]) == 0
    (found,) = get(bench, "d")
    assert (found.state, found.reading) == (DocumentState.UNREAD, None)
    assert read(bench.rig, [engine.doc_id("d")]) == 1


def test_documents_that_are_gone_are_left_out(bench: Bench) -> None:
    def reads(documents: Sequence[Document]) -> Sequence[Reading]:
        raise AssertionError("there is nothing to read")

    bench.workers.reads = reads
    assert read(bench.rig, [engine.doc_id("never")]) == 0


def test_when_no_child_can_read_no_document_is_blamed_and_operators_are_told(bench: Bench) -> None:
    (document,) = put(bench, "d")
    bench.workers.broken = True
    for _ in range(3):
        assert read(bench.rig, [document.id]) == 0
    (found,) = get(bench, "d")
    assert (found.state, found.kills) == (DocumentState.UNREAD, 0)
    with bench.rig.database.transaction() as tx:
        assert [notice.key for notice in tx.notices.standing()] == ["reader"]
    bench.workers.broken = False
    put(bench, "evil", text="poison")
    read(bench.rig, [document.id, engine.doc_id("evil")])
    assert get(bench, "d")[0].state is DocumentState.READ
    with bench.rig.database.transaction() as tx:
        assert tx.notices.standing() == ()


def test_a_reader_that_stops_with_the_program_blames_nobody(bench: Bench) -> None:
    put(bench, "evil", text="poison")
    read(replace(bench.rig, pause=lambda _: True), [engine.doc_id("evil")])
    assert get(bench, "evil")[0].kills == 0
