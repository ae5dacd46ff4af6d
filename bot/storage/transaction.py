"""One database transaction, with one set of methods per record family."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psycopg
from sqlalchemy import Connection, insert, select, text

from bot.storage import schema
from bot.storage._text import lock_key
from bot.storage.archive import Archive
from bot.storage.backlog import Backlogs
from bot.storage.decisions import Decisions
from bot.storage.digests import Digests
from bot.storage.documents import Documents
from bot.storage.escalations import Escalations
from bot.storage.handlings import Handlings
from bot.storage.items import Items
from bot.storage.leases import Chores
from bot.storage.ledger import Ledger
from bot.storage.measures import Measures
from bot.storage.members import Members
from bot.storage.mutes import Mutes
from bot.storage.notices import Notices
from bot.storage.outbox import Outbox
from bot.storage.pages import Pages
from bot.storage.postings import Postings
from bot.storage.reminders import Reminders
from bot.storage.rulesets import RuleSets
from bot.storage.sources import Sources
from bot.storage.stories import Stories
from bot.storage.votes import Votes


class Transaction:
    """What can be read and written; valid inside the `with` block that made it.

    Attributes:
        sources: What is remembered of sources between polls, and the log of fetches.
        items: By which keys an item of a source is known.
        documents: Texts, their readings and the search over them.
        pages: The pages behind items: wanted, read, or why not.
        stories: Stories, their tellings and assessments.
        decisions: The ledger of decisions, and alerts.
        ledger: The ledger again, for people: exports, tables and questions.
        outbox: Messages on their way.
        escalations: Alerts that wait for an acknowledgement.
        handlings: Who looks after an alert.
        mutes: Stories that somebody wants to hear no more of.
        members: Who wants to hear what, in person.
        backlog: Those that waited through an outage.
        postings: What services show of them.
        measures: How acts and their clauses stand, and how they came there.
        reminders: Dates of stories that readers are to be reminded of.
        digests: Which digest went out for which week.
        notices: What operators have to know.
        votes: What readers thought of stories, and audit samples.
        mutes: Stories that people want to hear no more of.
        members: What single people want to hear.
        handlings: Who has seen an alert, and who looks after it.
        rulesets: The rule sets that were in force.
        archive: All of it again, in bulk.
        chores: When something was last done that is done once in a while, and who holds a role.
        connection: For the few that bring SQL of their own.
    """

    __slots__ = (
        "archive",
        "backlog",
        "chores",
        "connection",
        "decisions",
        "digests",
        "documents",
        "escalations",
        "handlings",
        "items",
        "ledger",
        "measures",
        "members",
        "mutes",
        "notices",
        "outbox",
        "pages",
        "postings",
        "reminders",
        "rulesets",
        "sources",
        "stories",
        "votes",
    )

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.sources = Sources(connection)
        self.items = Items(connection)
        self.documents = Documents(connection)
        self.pages = Pages(connection)
        self.stories = Stories(connection)
        self.decisions = Decisions(connection)
        self.ledger = Ledger(connection)
        self.outbox = Outbox(connection)
        self.escalations = Escalations(connection)
        self.handlings = Handlings(connection)
        self.mutes = Mutes(connection)
        self.members = Members(connection)
        self.backlog = Backlogs(connection)
        self.postings = Postings(connection)
        self.measures = Measures(connection)
        self.reminders = Reminders(connection)
        self.digests = Digests(connection)
        self.notices = Notices(connection)
        self.votes = Votes(connection)
        self.mutes = Mutes(connection)
        self.members = Members(connection)
        self.handlings = Handlings(connection)
        self.rulesets = RuleSets(connection)
        self.archive = Archive(connection)
        self.chores = Chores(connection)

    def lock(self, name: str) -> None:
        """Wait for a named lock and hold it until this transaction ends."""
        self.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock_key(name)})

    @property
    def raw(self) -> psycopg.Connection[Any]:
        """The driver's own connection, inside this transaction, for libraries that bring SQL of their own."""
        raw = self.connection.connection.driver_connection
        assert isinstance(raw, psycopg.Connection)  # noqa: S101 - the engine makes no others
        return raw

    def run_script(self, script: str) -> None:
        """Run SQL of several statements."""
        self.raw.execute(script.encode())  # without parameters the server takes any number of statements

    def queue_scripts(self) -> frozenset[str]:
        """Scripts of the task queue's own schema that were run."""
        return frozenset(self.connection.scalars(select(schema.queue_schema.c.script)))

    def note_queue_scripts(self, scripts: Iterable[str], *, at: datetime) -> None:
        """Remember scripts of the task queue's own schema that were run."""
        rows = [{"script": script, "applied_at": at} for script in scripts]
        if rows:
            self.connection.execute(insert(schema.queue_schema), rows)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that can fail alone: when the block raises, only its own writes are undone."""
        with self.connection.begin_nested():
            yield
