"""Roles that one process holds at a time, and chores that are done once in a while by whoever comes first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy
from sqlalchemy import Connection, delete, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._text import lock_key

_lease = schema.lease.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a role, for people."""

    name: str
    holder: str
    since: datetime
    beat: datetime  # last sign of life


class Lease:
    """A role that is tied to a database session: it is free again as soon as its holder dies or loses its connection.

    Args:
        connect: Opens a connection of its own, in autocommit mode.
        name: The role.
        holder: Who we are, for people.
    """

    def __init__(self, connect: Callable[[], Connection], name: str, *, holder: str) -> None:
        self._connect = connect
        self._name = name
        self._holder = holder
        self._connection: Connection | None = None
        self._lock = threading.Lock()

    def held(self, now: datetime) -> bool:
        """True when the role is ours; tries to take it when it is not.

        Raises:
            StorageError: The database cannot be reached.
        """
        with self._lock:
            if self._connection is not None and self._beats(self._connection, now):
                return True
            self._drop()
            self._connection = self._connect()
            try:
                taken = self._take(self._connection, now)
            except sqlalchemy.exc.DBAPIError:
                taken = False
            if not taken:
                self._drop()
            return taken

    def _take(self, connection: Connection, now: datetime) -> bool:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": lock_key(self._name)}):
            return False
        values = {"holder": self._holder, "since": now, "beat": now}
        statement = upsert(schema.lease).values(name=self._name, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))
        return True

    def release(self) -> None:
        """Give the role back."""
        with self._lock:
            if self._connection is not None and self._works(self._connection):
                self._connection.execute(delete(schema.lease).where(_lease.name == self._name))
                self._connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": lock_key(self._name)})
            self._drop()

    def _beats(self, connection: Connection, now: datetime) -> bool:
        """Show a sign of life over the session that holds the lock; False when that session is gone."""
        try:
            connection.execute(
                schema.lease.update().where(_lease.name == self._name).values(beat=now, holder=self._holder)
            )
        except sqlalchemy.exc.DBAPIError:
            return False
        return True

    def _works(self, connection: Connection) -> bool:
        try:
            connection.execute(text("SELECT 1"))
        except sqlalchemy.exc.DBAPIError:
            return False
        return True

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()  # never back into the pool, where it would keep the lock
            self._connection.close()
            self._connection = None


class Chores:
    """Work that is done once in a while."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def due(self, name: str, now: datetime, *, every: timedelta) -> bool:
        """True for the first who asks after the time has passed; counts from then."""
        values = {"holder": "", "since": now, "beat": now}
        statement = upsert(schema.lease).values(name=f"chore:{name}", **values)
        statement = statement.on_conflict_do_update(
            index_elements=["name"], set_=values, where=_lease.beat <= now - every
        )
        return self._connection.scalar(statement.returning(_lease.name)) is not None

    def take(self, name: str, *, holder: str, now: datetime) -> None:
        """Note who begins to work under a lock that is held already."""
        values = {"holder": holder, "since": now, "beat": now}
        statement = upsert(schema.lease).values(name=name, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))

    def beat(self, name: str, *, holder: str, now: datetime) -> bool:
        """Show a sign of life; False when somebody else has taken the work over."""
        mine = (_lease.name == name, _lease.holder == holder)
        return self._connection.execute(update(schema.lease).where(*mine).values(beat=now)).rowcount == 1

    def holder(self, name: str) -> Holder | None:
        """Who holds a role or did a chore last, None when nobody ever did."""
        row = self._connection.execute(select(schema.lease).where(_lease.name == name)).one_or_none()
        return Holder(**row._mapping) if row else None  # noqa: SLF001 - public API
