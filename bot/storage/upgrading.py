"""Bring the tables of a database to the version of this program, and refuse a newer one."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.errors import StorageError
from bot.log import get_logger
from bot.storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = "monazite:upgrade"

log = get_logger(__name__)


class SchemaState(StrEnum):
    """How the tables compare with this program."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    NEWER = "newer"


def schema_state(database: Database) -> SchemaState:
    """Compare the tables of a database with this program; changes nothing."""
    with database.transaction() as tx:
        return _state(_scripts(), _revision(tx.connection))


def upgrade(database: Database) -> None:
    """Bring the tables to the version of this program; safe from several processes at once.

    Raises:
        StorageError: The tables were written by a newer version.
    """
    scripts = _scripts()
    with database.transaction() as tx:
        tx.lock(LOCK)
        before = _revision(tx.connection)
        state = _state(scripts, before)
        if state is SchemaState.NEWER:
            raise StorageError(
                f"{database.place}: its tables are of version {before}, unknown to this program (up to "
                f"{_head(scripts)}). A newer version wrote them: install it, or restore a backup from before."
            )
        if state is SchemaState.CURRENT:
            return
        config = _config()
        config.attributes["connection"] = tx.connection
        command.upgrade(config, "head")
    log.info("tables upgraded", before=before or "none", after=_head(scripts))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _head(scripts: ScriptDirectory) -> str:
    head = scripts.get_current_head()
    assert head is not None, "there is at least one migration"  # noqa: S101 - shipped with the program
    return head


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _state(scripts: ScriptDirectory, revision: str | None) -> SchemaState:
    if revision is None:
        return SchemaState.EMPTY
    if revision == _head(scripts):
        return SchemaState.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
    return SchemaState.BEHIND if revision in known else SchemaState.NEWER
