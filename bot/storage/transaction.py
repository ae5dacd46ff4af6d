"""One database transaction, with one set of methods per record family."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from bot.storage._text import lock_key
from bot.storage.decisions import Decisions
from bot.storage.digests import Digests
from bot.storage.documents import Documents
from bot.storage.items import Items
from bot.storage.notices import Notices
from bot.storage.outbox import Outbox
from bot.storage.sources import Sources
from bot.storage.stories import Stories


class Transaction:
    """What can be read and written; valid inside the `with` block that made it.

    Attributes:
        sources: What is remembered of sources between polls, and the log of fetches.
        items: By which keys an item of a source is known.
        documents: Texts, their readings and the search over them.
        stories: Stories, their tellings and assessments.
        decisions: The ledger of decisions, and alerts.
        outbox: Messages on their way.
        digests: Which digest went out for which week.
        notices: What operators have to know.
        connection: For the few that bring SQL of their own.
    """

    __slots__ = ("connection", "decisions", "digests", "documents", "items", "notices", "outbox", "sources", "stories")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.sources = Sources(connection)
        self.items = Items(connection)
        self.documents = Documents(connection)
        self.stories = Stories(connection)
        self.decisions = Decisions(connection)
        self.outbox = Outbox(connection)
        self.digests = Digests(connection)
        self.notices = Notices(connection)

    def lock(self, name: str) -> None:
        """Wait for a named lock and hold it until this transaction ends."""
        self.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock_key(name)})

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that can fail alone: when the block raises, only its own writes are undone."""
        with self.connection.begin_nested():
            yield
