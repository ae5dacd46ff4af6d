"""The whole program without its queue, on a real database and a Slack on loopback, able to die at any seam.

A `Process` holds what a process holds: connections, senders, the rule set in force. It is dropped when it is killed,
and nothing of it is left but the rows of the database and the messages in Slack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.deliver._slack_sender import SlackSender
from bot.deliver.slack import SlackChannel
from bot.errors import Problem, RuleError
from bot.pipeline import (
    Current,
    Exits,
    Rig,
    RuleWatch,
    assess,
    collect,
    complete,
    deliver,
    load_whole,
    put_into_force,
    read,
)
from bot.sources import _work
from bot.storage import Database, Transaction, schema
from bot.types.delivery import ChannelTarget, Delivery, Receipt
from bot.types.document import Document
from bot.types.ids import SourceId
from bot.types.levels import Band
from bot.types.ports import Sender
from bot.types.reading import Reading
from bot.types.rules import Route, RouteIf, Rulebook
from bot.types.secret import Secret
from bot.types.settings import Settings, SlackSettings
from bot.types.source import Fetched, FetchFailure, NotModified, Request
from tests.fakes import engine, rules, whole_world
from tests.fakes.records import NOWHERE
from tests.fakes.slack import FakeSlack, Posted
from tests.fakes.whole_world import World

TIMEOUT, FENCE = 10.0, 60.0
LOUD = (Band.ALERT, Band.URGENT)
VARIANTS: Mapping[str, tuple[str, ...]] = {"a": ("desk", "now"), "b": ("desk", "wind"), "c": ()}
CHANNELS = ("desk", "now", "wind")
ROUNDS = 60  # of looking for work, after which something goes round in circles


class Killed(BaseException):
    """The process is dead: nothing catches this, and nothing is tidied up but what a server does by itself."""


class Fuse:
    """Kills when so many seams were passed; without a number, never."""

    def __init__(self) -> None:
        self.left: int | None = None

    def __call__(self) -> None:
        if self.left is None:
            return
        self.left -= 1
        if self.left <= 0:
            self.left = None
            raise Killed


class MortalDatabase(Database):
    """Dies before or after a commit."""

    def __init__(self, conninfo: Secret, fuse: Fuse, faulty: Callable[[Transaction], None]) -> None:
        super().__init__(conninfo)
        self._fuse, self._faulty = fuse, faulty

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with super().transaction() as tx:
            self._faulty(tx)
            yield tx
            self._fuse()
        self._fuse()


class MortalSender(SlackSender):
    """Dies before or after a call; may stall in the middle of one."""

    def __init__(self, settings: SlackSettings, fuse: Fuse, stalls: list[Callable[[], None]]) -> None:
        super().__init__(settings)
        self._fuse, self._stalls = fuse, stalls

    def send(self, delivery: Delivery) -> Receipt:
        self._fuse()
        if self._stalls:
            self._stalls.pop()()
        receipt = super().send(delivery)
        self._fuse()
        return receipt

    def find(self, delivery: Delivery) -> Receipt | None:
        found = super().find(delivery)
        self._fuse()
        return found


class MachineSlack(FakeSlack):
    """Remembers when its history was asked for, and what was posted by whom is a fact for the checks."""

    def __init__(self, now: Callable[[], float]) -> None:
        super().__init__(now=now)
        self.page = 1000
        self.asked: list[float] = []  # when history or a thread was read

    def restart(self) -> None:
        """As if nothing had ever been said."""
        with self.lock:
            for kept in (self.channels, self.posts, self.calls, self.faults, self.asked):
                kept.clear()
            self.revoked, self.history_lag = False, 0.0
            for name in (*CHANNELS, "ops"):
                self.add_channel(name)

    def do_conversations_history(self, args: Mapping[str, Any]) -> dict[str, Any]:
        self.asked.append(self.now())
        return super().do_conversations_history(args)

    def do_conversations_replies(self, args: Mapping[str, Any]) -> dict[str, Any]:
        self.asked.append(self.now())
        return super().do_conversations_replies(args)

    def excused(self, first: Posted, second: Posted) -> bool:
        """Whether a second copy is one that P2 allows: history lagged longer than the fence, and hid the first."""
        posted, again = posted_at(first), posted_at(second)
        looks = [at for at in self.asked if posted <= at <= again]
        return first.visible_at - posted > FENCE and bool(looks) and max(looks) < first.visible_at


def posted_at(post: Posted) -> float:
    """When a message was accepted, in seconds since 1970."""
    return float(int(float(post.ts)))


@dataclass(frozen=True, slots=True)
class Faults:
    """What is planted into the program, to see that the checks find it; nothing by default."""

    transaction: Callable[[Transaction], None] = lambda tx: None
    sender: type[MortalSender] = MortalSender
    reads: Callable[[Any], tuple[Reading, ...]] = whole_world.read
    load: Callable[[Path], Rulebook] | None = None
    fence: float = FENCE
    timeout: float = TIMEOUT


class HostClock:
    """The clock of the host that the program runs on."""

    def __init__(self, world: World) -> None:
        self._world = world

    def now(self) -> datetime:
        return self._world.now + self._world.skew

    def pause(self, seconds: float) -> bool:
        """Waits at no cost."""
        self._world.now += timedelta(seconds=seconds)
        return False


class _Fetcher:
    def __init__(self, world: World, fuse: Fuse) -> None:
        self._world, self._fuse = world, fuse

    def fetch(self, request: Request, *, now: datetime) -> Fetched | NotModified | FetchFailure:
        self._fuse()
        return self._world.answer(request, now)

    def close(self) -> None:
        pass


class _Channel(SlackChannel):
    def __init__(self, make: Callable[[SlackSettings], Sender]) -> None:
        self._make = make

    def connect(self, settings: Settings) -> Sender | str:
        return self._make(settings.slack)


class _Children(engine.InlineWorkers):
    """Parses with the program's own parser and reads with the world's words, in this process."""

    def call(self, target: str, *args: Any, deadline: float) -> Any:
        return _work.gather(*args) if target == "harvest" else super().call(target, *args, deadline=deadline)


def load(folder: Path) -> Rulebook:
    """The rule set that a folder of one file names; a file that names none does not load."""
    name = (folder / "routes.yml").read_text(encoding="utf-8").strip()
    if name not in VARIANTS:
        raise RuleError((Problem(code="unknown-key", message=f"{name!r} is no variant.", path="routes.yml"),))
    return rulebook(name)


def rulebook(name: str) -> Rulebook:
    """Routes of a variant; under "c" nothing reaches an alert."""
    made = [
        Route(id=send, if_=RouteIf(bands=LOUD), send=send, quiet="nights" if send == "desk" else None, place=NOWHERE)
        for send in VARIANTS[name]
    ]
    everything = Route(id="rest", if_=RouteIf(), send="archive", quiet=None, place=NOWHERE)
    targets = {
        channel: ChannelTarget(name=channel, kind="slack", address=f"#{channel}") for channel in (*CHANNELS, "ops")
    }
    routing = engine.routing(channels=targets, routes=(*made, everything), quiet=rules.routing().quiet, digests={})
    scoring = rules.scoring()
    if name == "c":
        scoring = replace(scoring, bands={**scoring.bands, Band.ALERT: 500, Band.URGENT: 600})
    sources = tuple(outlet.source for outlet in whole_world.outlets())
    return engine.rulebook(*sources, routing=routing, scoring=scoring, hash=f"variant-{name}")


@dataclass
class Process:
    """A running program."""

    world: World
    slack: MachineSlack
    conninfo: Secret
    rules: Path
    faults: Faults = Faults()
    fuse: Fuse = field(default_factory=Fuse)
    stalls: list[Callable[[], None]] = field(default_factory=list)  # what happens in the middle of the next post

    def __post_init__(self) -> None:
        load_rules = self.faults.load or load
        loaded = load_whole(self.rules, load_rules)
        self.database = MortalDatabase(self.conninfo, self.fuse, self.faults.transaction)
        self.current = Current(self._rig(loaded.rulebook))
        put_into_force(self.current.rig, loaded.files)
        self.watch = RuleWatch(self.current, loaded.files, load_rules, lambda _: None)

    def _rig(self, book: Rulebook) -> Rig:
        slack = SlackSettings(
            token=Secret(self.slack.token), base_url=self.slack.base_url, timeout=self.faults.timeout,
            fence=self.faults.fence,
        )  # fmt: skip
        settings = Settings(data=Path("/nowhere"), rules=self.rules, team="team", slack=slack)
        clock = HostClock(self.world)
        children = _Children(reads=self._read)
        channel = _Channel(lambda found: self.faults.sender(found, self.fuse, self.stalls))
        return Rig(
            database=self.database, rulebook=book, settings=settings, clock=clock,
            fetcher=_Fetcher(self.world, self.fuse), workers=children, parsers=children, ward=children,
            kinds=_work.kinds(), exits=Exits({"slack": channel}, settings), pause=clock.pause, reader="read",
            harvester="harvest", completer="complete",
        )  # fmt: skip

    def _read(self, documents: Any) -> tuple[Reading, ...]:
        self.fuse()
        return self.faults.reads(documents)

    @property
    def rig(self) -> Rig:
        return self.current.rig

    def poll(self, source_id: SourceId) -> str:
        """Ask a source; gives what came of it."""
        return collect(self.rig, source_id).outcome

    def think(self) -> None:
        """Read what is unread, and assess what was read or held until now."""
        now = self.rig.clock.now()
        with self.database.transaction() as tx:
            unread = tx.documents.unread(limit=100)
        read(self.rig, unread)
        with self.database.transaction() as tx:
            pages = tx.pages.due(now, limit=100)
        for page in pages:
            read(self.rig, complete(self.rig, page.document_id))
        while assess(self.rig).more:
            pass

    def due_channels(self) -> tuple[str, ...]:
        """Which channels the scheduler would have served."""
        with self.database.transaction() as tx:
            return tx.outbox.due_channels(self.rig.clock.now())

    def deliver(self) -> None:
        """Serve every channel that is due, and those that get something through that."""
        for _ in range(ROUNDS):
            due = self.due_channels()
            if not due or not any(_did(deliver(self.rig, channel)) for channel in due):
                return
        raise AssertionError(f"deliveries do not come to an end in {self.due_channels()}")

    def next_due(self) -> datetime | None:
        """When there is something to do again, by the clock of the host; None: never."""
        queries = (
            "SELECT min(decide_at) FROM story",
            (
                "SELECT min(greatest(o.not_before, s.next_at)) FROM outbox o LEFT JOIN channel_state s USING (channel)"
                " WHERE o.state IN ('pending', 'sending', 'ambiguous') AND NOT EXISTS (SELECT FROM outbox e WHERE"
                " e.channel = o.channel AND e.alert_id = o.alert_id AND e.seq < o.seq"
                " AND e.state IN ('pending', 'sending', 'ambiguous'))"
            ),
        )
        with self.database.transaction() as tx:
            found = [tx.connection.scalar(text(query)) for query in queries]
        return min(filter(None, found), default=None)

    def settle(self) -> None:
        """Go on, with time passing, until nothing is left to do."""
        for _ in range(ROUNDS):
            self.think()
            self.deliver()
            due = self.next_due()
            if due is None:
                return
            behind = due - self.rig.clock.now()
            self.world.now += max(behind, timedelta(0)) + timedelta(seconds=1)
        raise AssertionError(f"no quiet after {ROUNDS} rounds; next at {self.next_due()}")

    def close(self) -> None:
        """Let go of everything."""
        self.database.close()


def _did(done: Any) -> bool:
    return bool(done.sent or done.rejected or done.merged or done.unsettled)


def documents_of(tx: Transaction) -> list[Document]:
    """All documents that are kept."""
    ids = tx.connection.scalars(text("SELECT id FROM document"))
    return [stored.document for stored in tx.documents.get(list(ids))]


def empty(database: Database) -> None:
    """Take everything out of all tables, and count from one again."""
    names = ", ".join(f'"{table.name}"' for table in schema.metadata.sorted_tables if table.name != "queue_schema")
    with database.transaction() as tx:
        tx.connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
