"""Rule sets that were in force come back file by file, and what several share is kept once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from bot.storage import Database, Transaction
from bot.storage.schema import rule_file
from tests.fakes.clock import START

OLD = {"scoring.yml": b"kind: scoring\n", "concepts/a.yml": b"kind: concept\n" * 1000}
NEW = {**OLD, "concepts/a.yml": b"kind: concept\nid: a\n"}
DAY = timedelta(days=1)


def bodies(tx: Transaction) -> int:
    return int(tx.connection.scalar(select(func.count()).select_from(rule_file)) or 0)


def test_a_set_comes_back_as_it_was_and_shares_its_files(database: Database) -> None:
    with database.transaction() as tx:
        assert tx.rulesets.in_force() is None
        tx.rulesets.keep("aa11", OLD, at=START)
        tx.rulesets.keep("aa22", NEW, at=START + DAY)
        found = tx.rulesets.get("aa11")
        assert found is not None
        assert (found.files, found.first_at, found.last_at) == (OLD, START, START)
        assert bodies(tx) == 3
        assert tx.rulesets.named("aa") == ("aa22", "aa11")
        assert tx.rulesets.named("a_1") == ()
        assert tx.rulesets.get("nothing") is None


def test_the_set_that_was_put_into_force_last_is_in_force_also_after_going_back(database: Database) -> None:
    with database.transaction() as tx:
        for at, name, files in ((0, "aa11", OLD), (1, "aa22", NEW), (2, "aa11", OLD)):
            tx.rulesets.keep(name, files, at=START + at * DAY)
        assert tx.rulesets.in_force() == "aa11"
        found = tx.rulesets.get("aa11")
    assert found is not None
    assert (found.first_at, found.last_at) == (START, START + 2 * DAY)


def test_old_sets_are_forgotten_but_never_the_one_in_force(database: Database) -> None:
    with database.transaction() as tx:
        tx.rulesets.keep("aa11", OLD, at=START)
        tx.rulesets.keep("aa22", NEW, at=START + DAY)
        assert tx.rulesets.forget(START + 400 * DAY) == 1
        assert tx.rulesets.in_force() == "aa22"
        found = tx.rulesets.get("aa22")
        assert found is not None
        assert found.files == NEW
        assert bodies(tx) == 2
