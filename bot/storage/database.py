"""Open the database, hand out transactions and locks, and turn the driver's errors into sentences."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Self

import psycopg
import sqlalchemy
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.types.json import set_json_dumps
from sqlalchemy import Connection, Engine, text

from bot.errors import StorageError
from bot.storage._text import dumps, lock_key
from bot.storage.embedded import ROLE, EmbeddedServer
from bot.storage.leases import Lease
from bot.storage.transaction import Transaction
from bot.types.secret import Secret
from bot.types.settings import Settings

NAME = "monazite"  # of the database in the embedded server
CONNECT_SECONDS = 10
SILENT_SECONDS = 600  # inside a transaction: whoever was stopped there must not hold its locks for ever
POOL_SIZE = 10
POOL_OVERFLOW = 40
# A server that is gone without a word is noticed within a minute or so; whoever waits for it holds up others.
_ALIVE = {"keepalives_idle": "20", "keepalives_interval": "10", "keepalives_count": "3", "tcp_user_timeout": "60000"}


class Database:
    """An open database; thread-safe.

    Args:
        conninfo: libpq connection string; secret, since it may hold a password.
        embedded: The server that is left behind at `close`, when it is our own.
    """

    def __init__(self, conninfo: Secret, *, embedded: EmbeddedServer | None = None) -> None:
        self.conninfo = conninfo
        self.embedded = embedded
        self.engine: Engine = sqlalchemy.create_engine(
            "postgresql+psycopg://",
            creator=self._connect,
            pool_size=POOL_SIZE,
            max_overflow=POOL_OVERFLOW,
            pool_pre_ping=True,
        )

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        connection = psycopg.connect(
            self.conninfo.reveal(),
            connect_timeout=CONNECT_SECONDS,
            application_name=f"monazite {os.getpid()} {socket.gethostname()}"[:63],  # one name for all of a process
            options=f"-c timezone=UTC -c idle_in_transaction_session_timeout={SILENT_SECONDS}s",
        )
        set_json_dumps(dumps, connection)
        return connection

    @property
    def place(self) -> str:
        """Where the data is, for people; without password."""
        parts = conninfo_to_dict(self.conninfo.reveal())
        if self.embedded is not None:
            return f"embedded PostgreSQL in {self.embedded.folder}"
        host, port = parts.get("host") or "localhost", parts.get("port") or 5432
        return f"PostgreSQL database {parts.get('dbname') or parts.get('user')} on {host}:{port}"

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One transaction: committed when the block ends, rolled back when it raises.

        Raises:
            StorageError: The database is gone or refuses a statement.
        """
        with self._sentences(), self.engine.begin() as connection:
            yield Transaction(connection)

    @contextmanager
    def hold(self, name: str) -> Iterator[bool]:
        """Try to hold a named lock for as long as the block runs; yields False at once when somebody else holds it.

        The lock belongs to a database session, so it is released when this process dies.
        """
        with self._sentences(), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            got = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": lock_key(name)}))
            try:
                yield got
            finally:
                # A session that is gone has let go of the lock already.
                with suppress(sqlalchemy.exc.DBAPIError):
                    if got and not connection.invalidated:
                        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": lock_key(name)})

    def evict(self, name: str) -> bool:
        """End all sessions of the process that holds a named lock and shows no sign of life; True when there was one.

        A process that was stopped, and not killed, keeps its sessions, and what they have locked, for as long as its
        kernel answers for it.
        """
        statement = text(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = (SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)"
            " WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND datname = current_database()"
            " AND ((classid::bigint << 32) | objid::bigint) = :key AND pid <> pg_backend_pid() LIMIT 1)"
            " AND pid <> pg_backend_pid()"
        )
        with self._sentences(), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            return bool(connection.scalar(statement, {"key": lock_key(name)}))

    def lease(self, name: str, *, holder: str) -> Lease:
        """A role that one process holds at a time; see `Lease`."""

        def connect() -> Connection:
            with self._sentences():
                return self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")

        return Lease(connect, name, holder=holder)

    def check(self) -> str:
        """The server's version; proves that it answers.

        Raises:
            StorageError: It does not.
        """
        with self._sentences(), self.engine.connect() as connection:
            return str(connection.scalar(text("SHOW server_version")))

    def close(self) -> None:
        """Give all connections back and leave the embedded server."""
        self.engine.dispose()
        if self.embedded is not None:
            self.embedded.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except sqlalchemy.exc.DBAPIError as error:
            raise StorageError(_sentence(error.orig or error, self.place)) from error
        except (sqlalchemy.exc.PendingRollbackError, sqlalchemy.exc.TimeoutError) as error:
            # The first comes when work goes on after a connection was lost, the second when none is free.
            raise StorageError(f"{self.place}: the connection was lost or none is free. It is tried again.") from error
        except psycopg.Error as error:
            raise StorageError(_sentence(error, self.place)) from error


def connect(settings: Settings) -> Database:
    """Open the database that the settings name: `database_url`, else the embedded server under `data`.

    Raises:
        StorageError: It cannot be reached; the text says what to do.
    """
    if settings.database_url is not None:
        database = Database(Secret(_conninfo(settings.database_url)))
        database.check()
        return database
    server = EmbeddedServer(settings.data / "postgres")
    server.start()
    with ExitStack() as undo:
        undo.callback(server.close)
        create(server, NAME)
        database = Database(embedded_conninfo(server, NAME), embedded=server)
        undo.pop_all()
        return database


def embedded_conninfo(server: EmbeddedServer, name: str) -> Secret:
    """How to connect to a database of the embedded server."""
    return Secret(make_conninfo(host=server.host, user=ROLE, dbname=name))


def create(server: EmbeddedServer, name: str, *, template: str | None = None) -> None:
    """Make a database in the embedded server unless it is there; `template` names one to copy."""
    with _admin(server) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            return
        statement = psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name))
        if template is not None:
            statement += psycopg.sql.SQL(" TEMPLATE {}").format(psycopg.sql.Identifier(template))
        try:
            connection.execute(statement)
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return  # another process was faster


def drop(server: EmbeddedServer, name: str) -> None:
    """Remove a database of the embedded server, whoever is connected to it."""
    with _admin(server) as connection:
        connection.execute(
            psycopg.sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(psycopg.sql.Identifier(name))
        )


@contextmanager
def _admin(server: EmbeddedServer) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    try:
        with psycopg.connect(
            embedded_conninfo(server, "postgres").reveal(), autocommit=True, connect_timeout=CONNECT_SECONDS
        ) as connection:
            yield connection
    except psycopg.OperationalError as error:
        raise StorageError(_sentence(error, f"embedded PostgreSQL in {server.folder}")) from error


def _conninfo(url: Secret) -> str:
    """A libpq connection string from DATABASE_URL, in libpq's or SQLAlchemy's spelling; what it says comes first."""
    text_ = url.reveal()
    scheme, separator, rest = text_.partition("://")
    if separator and scheme.partition("+")[0] in ("postgresql", "postgres"):
        text_ = f"postgresql://{rest}"
    elif separator:
        raise StorageError(
            f"DATABASE_URL: {scheme}:// is not supported: only PostgreSQL is, as postgresql://user:password@host/name."
        )
    try:
        return make_conninfo("", **{**_ALIVE, **conninfo_to_dict(text_)})
    except psycopg.ProgrammingError:
        # libpq quotes what it could not read, which may be a part of the password.
        raise StorageError(
            "DATABASE_URL cannot be read: write postgresql://user:password@host:5432/name, with %40 for @ and %2F "
            "for / inside a password."
        ) from None


def _sentence(error: BaseException, place: str) -> str:
    """What went wrong with the database, where, and what to do; never with a password."""
    said = str(error).strip().splitlines()
    first = said[0] if said else type(error).__name__
    low = first.lower()
    advice = "See the message of the server above."
    if "password authentication failed" in low or "no password supplied" in low:
        advice = "Check user and password in DATABASE_URL."
    elif "does not exist" in low and "database" in low:
        advice = "Create the database first, or correct its name in DATABASE_URL."
    elif isinstance(error, psycopg.errors.DiskFull) or "no space left" in low:
        advice = "Free disk space; nothing was lost, work goes on by itself."
    elif isinstance(error, psycopg.errors.InsufficientPrivilege):
        advice = "Give the database user the right to create and change tables in its schema."
    elif isinstance(error, psycopg.OperationalError):
        advice = "Check that the server runs and that host and port in DATABASE_URL are right."
    return f"{place}: {first} {advice}" if first.endswith(".") else f"{place}: {first}. {advice}"
