"""Tables and migrations agree, upgrades are safe, and a newer database is refused."""

from __future__ import annotations

import threading

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from bot.errors import StorageError
from bot.storage import Database, SchemaState, schema_state, upgrade
from bot.storage.ledger import LedgerFilter
from bot.storage.schema import metadata
from bot.storage.upgrading import MIGRATIONS
from tests.fakes import records
from tests.fakes.clock import START


def differences(database: Database) -> list[object]:
    with database.transaction() as tx:
        context = MigrationContext.configure(
            tx.connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                # The queue keeps its own tables beside ours.
                "include_name": lambda name, kind, _: kind != "table" or not str(name).startswith("procrastinate"),
            },
        )
        return list(compare_metadata(context, metadata))


def alembic(database: Database, step: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.transaction() as tx:
        config.attributes["connection"] = tx.connection
        (command.upgrade if step == "head" else command.downgrade)(config, step)


def test_migrations_make_exactly_the_tables_that_the_program_knows(database: Database) -> None:
    assert differences(database) == []
    with database.transaction() as tx:
        tx.connection.execute(text("ALTER TABLE outbox DROP COLUMN misses"))
    assert differences(database) != [], "the comparison must be able to fail"


def test_migrations_lead_there_and_back(empty_database: Database) -> None:
    alembic(empty_database, "head")
    alembic(empty_database, "base")
    assert schema_state(empty_database) is SchemaState.EMPTY
    with empty_database.transaction() as tx:
        left = tx.connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
    assert left == ["alembic_version"]
    alembic(empty_database, "head")
    assert differences(empty_database) == []


def test_what_was_decided_before_an_upgrade_keeps_its_headline(empty_database: Database) -> None:
    alembic(empty_database, "head")
    with empty_database.transaction() as tx:
        tx.stories.save(records.story(), keys=())
        tx.decisions.add(records.decision())
    alembic(empty_database, "0003")
    alembic(empty_database, "head")
    with empty_database.transaction() as tx:
        (line,) = tx.ledger.latest(LedgerFilter(since=START), limit=9)
    assert (line.headline, line.publisher, line.source) == ("Notice on doc", "Ministry", "src")
    assert line.url == records.story().tellings[0].url
    assert line.score is None, "it was weighed at another time"


def test_an_upgrade_is_done_once_however_many_ask_for_it(empty_database: Database) -> None:
    assert schema_state(empty_database) is SchemaState.EMPTY
    failures: list[BaseException] = []

    def run() -> None:
        try:
            upgrade(empty_database)
        except BaseException as error:  # noqa: BLE001 - shown by the assert below
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert schema_state(empty_database) is SchemaState.CURRENT
    upgrade(empty_database)
    assert differences(empty_database) == []


def test_tables_of_a_newer_program_are_refused_and_left_alone(database: Database) -> None:
    with database.transaction() as tx:
        tx.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert schema_state(database) is SchemaState.NEWER
    with pytest.raises(StorageError, match=r"version 9999, unknown to this program .*install it, or restore"):
        upgrade(database)
    with database.transaction() as tx:
        assert tx.connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


def test_a_failed_upgrade_changes_nothing(empty_database: Database) -> None:
    with empty_database.transaction() as tx:
        tx.connection.execute(text("CREATE TABLE telling (story_id int)"))
    with pytest.raises(StorageError, match="already exists"):
        upgrade(empty_database)
    assert schema_state(empty_database) is SchemaState.EMPTY
    with empty_database.transaction() as tx:
        left = tx.connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
    assert left == ["telling"]
