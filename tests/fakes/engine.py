"""Plain instances of the ports that the pipeline works with, and a rig made of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.errors import WorkerError
from bot.pipeline import Exits, Rig
from bot.sources._page import complete
from bot.storage import Database
from bot.types.delivery import Alert, ChannelTarget, Delivery, Message, Outcome, Receipt
from bot.types.document import Document, Gathered
from bot.types.ids import DocumentId
from bot.types.ports import Channel, Sender
from bot.types.reading import Reading
from bot.types.rules import Route, RouteIf, Routing, Rulebook
from bot.types.secret import Secret
from bot.types.settings import MailSettings, Settings, SlackSettings
from bot.types.source import (
    Fetched,
    FetchFailure,
    FetchProblem,
    NotModified,
    ParseFailure,
    Request,
    Source,
    SourceState,
)
from tests import canaries
from tests.fakes import rules
from tests.fakes.clock import FakeClock
from tests.fakes.records import NOWHERE

Answer = Receipt | None


@dataclass
class FakeService:
    """A chat service: keeps what it accepts, and answers as told."""

    posts: list[Delivery] = field(default_factory=list)
    answers: list[Outcome | Receipt | BaseException] = field(default_factory=list)  # for the next sends, else SENT
    blind: bool = False  # True: cannot be asked what it holds
    deaf: int = 0  # so many looks fail
    looks: int = 0
    lag: int = 0  # looks that do not show what was accepted yet

    def send(self, delivery: Delivery) -> Receipt:
        answer = self.answers.pop(0) if self.answers else Outcome.SENT
        if isinstance(answer, BaseException):
            raise answer
        if isinstance(answer, Receipt):
            return answer
        if answer in (Outcome.SENT, Outcome.AMBIGUOUS):
            self.posts.append(delivery)
        provider_id = f"{delivery.target.name}:{len(self.posts)}" if answer is Outcome.SENT else None
        return Receipt(outcome=answer, detail=f"answer {answer}", provider_id=provider_id)

    def find(self, delivery: Delivery) -> Receipt | None:
        self.looks += 1
        if self.blind:
            return None
        if self.deaf:
            self.deaf -= 1
            return Receipt(outcome=Outcome.AMBIGUOUS, detail="could not be asked")
        if self.lag:
            self.lag -= 1
            return Receipt(outcome=Outcome.NOT_SENT, detail="not there")
        for number, post in enumerate(self.posts, 1):
            if post.id == delivery.id:
                return Receipt(outcome=Outcome.SENT, detail="found", provider_id=f"{delivery.target.name}:{number}")
        return Receipt(outcome=Outcome.NOT_SENT, detail="not there")

    def texts(self, channel: str | None = None) -> list[str]:
        """What was accepted, in order."""
        return [
            f"{post.action}: {post.message.summary}"
            for post in self.posts
            if channel is None or post.target.name == channel
        ]


@dataclass
class FakeChannel:
    """A channel of a kind with edits and threads, rendering to plain text."""

    service: FakeService
    name: str = "fake"
    closed: str | None = None  # why
    broken: bool = False  # True: render fails
    during: Callable[[], None] | None = None  # happens while an alert is laid out

    def check(self, target: ChannelTarget) -> None:
        pass

    def render(self, alert: Alert, target: ChannelTarget) -> Message:
        if self.broken:
            raise RuntimeError("layout bug")
        if self.during is not None:
            self.during()
        text = f"{alert.story_id} [{len(alert.sources)}] {alert.confirmed_by or 'press only'}"
        return Message(kind=self.name, payload={"text": text}, summary=text)

    def render_change(self, alert: Alert, target: ChannelTarget) -> Message | None:
        return Message(kind=self.name, payload={"text": alert.change}, summary=alert.change)

    def render_list(self, alerts: Sequence[Alert], target: ChannelTarget) -> Message:
        if self.broken:
            raise RuntimeError("layout bug")
        text = f"list of {' '.join(alert.story_id for alert in alerts)}"
        return Message(kind=self.name, payload={"text": text}, summary=text)

    def render_notice(self, title: str, lines: Sequence[str], target: ChannelTarget) -> Message:
        return Message(kind=self.name, payload={"text": title, "lines": list(lines)}, summary=title)

    def connect(self, settings: Settings) -> Sender | str:
        return self.closed or self.service

    def plain(self, message: Message) -> Message | None:
        if "plain" in message.payload:
            return None
        return replace(message, payload={"plain": True}, summary=f"plain {message.summary}")


@dataclass
class FakeFetcher:
    """Answers of the network, by address or source: what is left of a list, then the last one again and again."""

    answers: dict[str, list[bytes | FetchFailure | None]] = field(default_factory=dict)  # None: not modified
    asked: list[Request] = field(default_factory=list)
    pages: dict[str, bytes | FetchFailure] = field(default_factory=dict)  # answers of older pages, by address
    moved: str = ""  # where all answers come from in the end; "" where they were asked for
    complete: bool = True

    def fetch(self, request: Request, *, now: datetime) -> Fetched | NotModified | FetchFailure:
        self.asked.append(request)
        if request.url in self.pages:
            answer: bytes | FetchFailure | None = self.pages[request.url]
        else:
            left = self.answers.get(request.url) or self.answers[request.source_id]
            answer = left.pop(0) if len(left) > 1 else left[0]
        if answer is None:
            return NotModified(request=request, fetched_at=now)
        if isinstance(answer, FetchFailure):
            return replace(answer, request=request, fetched_at=now)
        return Fetched(
            request=request, final_url=self.moved or request.url, status=200, media_type="text/plain", charset=None,
            body=answer, complete=self.complete, fetched_at=now, etag=f'"{len(self.asked)}"',
            last_modified="yesterday",
        )  # fmt: skip

    def close(self) -> None:
        pass


def failure(problem: FetchProblem = FetchProblem.STATUS, **fields: Any) -> FetchFailure:
    values: dict[str, Any] = {
        "request": Request(source_id=rules.document("x").source_id, url=""),
        "problem": problem,
        "message": "It answers 503.",
        "transient": True,
        "fetched_at": rules.NOON,
        "status": 503,
    }
    return FetchFailure(**values | fields)


@dataclass
class FakeKind:
    """A kind of source with one request, and so many older pages."""

    name: str = "fake"
    older_pages: int = 0

    def options(self, raw: Mapping[str, object]) -> Mapping[str, object]:
        return raw

    def requests(self, source: Source, state: SourceState, *, now: datetime) -> tuple[Request, ...]:
        return (Request(source_id=source.id, url=source.url, etag=state.etag, last_modified=state.last_modified),)

    def older(self, source: Source, page: int, *, now: datetime) -> Request | None:
        return Request(source_id=source.id, url=f"{source.url}?page={page}") if page <= self.older_pages + 1 else None

    def items(self, source: Source, fetched: Fetched, memory: str = "") -> ParseFailure:
        raise NotImplementedError


def gather(source: Source, fetched: Fetched, memory: str = "") -> Gathered | ParseFailure:
    """One item per line: `name|title`, or `name|title|days old`; a body that begins with `<` cannot be read.

    A source whose id ends in `-memory` remembers its body, with that of the time before.
    """
    if fetched.body.startswith(b"<"):
        return ParseFailure(source_id=source.id, url=source.url, message="This is a login page.")
    found = []
    for line in fetched.body.decode().splitlines():
        name, title, *age = line.split("|")
        published = fetched.fetched_at - timedelta(days=float(age[0])) if age else None
        made = rules.document(
            f"{source.id}-{name}", title, source_id=source.id, publisher=source.publisher, authority=source.authority,
            jurisdiction=source.jurisdiction, first_seen=fetched.fetched_at, published_at=published,
            content_hash=f"1:{source.id}-{name}-{title}", languages=source.languages,
            url=f"https://{source.id}.example/{name}", canonical_url=f"https://{source.id}.example/{name}",
        )  # fmt: skip
        found.append((made, (f"g:{name}", f"h:{made.content_hash}")))
    kept = f"{memory}+{fetched.body.decode()}" if source.id.endswith("-memory") else None
    return Gathered(documents=tuple(found), dropped=fetched.body.count(b"broken"), memory=kept)


def read_batch(documents: Sequence[Document]) -> tuple[Reading, ...]:
    """A title with "ban" in it tells that China bans exports of dual-use goods to Japan."""
    return tuple(
        rules.reading(document, (rules.event(),) if "ban" in document.title else (), lang="en")
        for document in documents
    )


@dataclass
class InlineWorkers:
    """Runs what children run in this process; documents whose text holds `poison` cost their child."""

    calls: list[str] = field(default_factory=list)
    poison: str = "poison"
    broken: bool = False  # True: no child starts
    reads: Callable[[Sequence[Document]], Sequence[Reading]] = read_batch
    during: Callable[[], None] | None = None  # happens while a batch is read

    def call(self, target: str, *args: Any, deadline: float) -> Any:
        self.calls.append(target)
        if target in ("harvest", "complete"):
            if self.poison.encode() in args[1].body:
                raise WorkerError("the child ran out of time", reason="deadline")
            return gather(*args) if target == "harvest" else complete(*args)
        if self.broken:
            raise WorkerError("a child could not start", reason="error")
        if any(self.poison in document.full for document in args[0]):
            raise WorkerError("the child died", reason="died")
        if self.during is not None:
            during, self.during = self.during, None
            during()
        return self.reads(args[0])

    def renew(self, initializer: tuple[str, tuple[Any, ...]]) -> None:
        self.calls.append(f"renew {initializer[0]}")


@dataclass
class Bench:
    """A rig with its fakes at hand."""

    rig: Rig
    clock: FakeClock
    service: FakeService
    channel: FakeChannel
    fetcher: FakeFetcher
    workers: InlineWorkers

    def with_rules(self, rulebook: Rulebook) -> Bench:
        """The same bench under other rules."""
        return replace(self, rig=replace(self.rig, rulebook=rulebook))


def routing(**changes: Any) -> Routing:
    """Alerts go to the desk at once, notices to ops."""
    every = Route(id="desk", if_=RouteIf(), send="desk", quiet=None, place=NOWHERE)
    loud = replace(every, if_=rules.routing().routes[1].if_)
    channels = {name: ChannelTarget(name=name, kind="fake", address=f"#{name}") for name in ("desk", "now", "ops")}
    made = replace(
        rules.routing(),
        channels=channels,
        routes=(loud, replace(rules.routing().routes[3], id="weekly"), replace(every, id="archive", send="archive")),
        hold=timedelta(0),
        at_most_per_hour=0,
        operations="ops",
    )
    return replace(made, **changes)


def rulebook(*sources: Source, **changes: Any) -> Rulebook:
    """The rules made by hand, with the routing of this file."""
    return rules.rulebook(**{"routing": routing(), "sources": sources} | changes)


def bench(
    database: Database, clock: FakeClock, book: Rulebook | None = None, *, channels: Mapping[str, Channel] | None = None
) -> Bench:
    """A rig of fakes on a real database."""
    service = FakeService()
    channel = FakeChannel(service)
    fetcher, workers = FakeFetcher(), InlineWorkers()
    settings = Settings(
        data=Path("/nowhere"), rules=Path("/nowhere"), team="team",
        slack=SlackSettings(
            token=Secret(canaries.SLACK_BOT_TOKEN), signing_secret=Secret(canaries.SLACK_SIGNING_SECRET)
        ),
        mail=MailSettings(url=Secret(canaries.smtp_url("desk", "relay.invalid"))),
        webhook_secret=Secret(canaries.WEBHOOK_SECRET),
    )  # fmt: skip
    rig = Rig(
        database=database,
        rulebook=book or rulebook(),
        settings=settings,
        clock=clock,
        fetcher=fetcher,
        workers=workers,
        parsers=workers,
        ward=workers,
        kinds={"fake": FakeKind()},
        exits=Exits(channels or {"fake": channel}, settings),
        pause=clock.pause,
        reader="read",
        harvester="harvest",
        completer="complete",
    )
    return Bench(rig=rig, clock=clock, service=service, channel=channel, fetcher=fetcher, workers=workers)


def doc_id(name: str) -> DocumentId:
    return DocumentId(name)


def until_blocked(database: Database, thread: threading.Thread) -> None:
    """Returns once a thread has ended, or waits for a lock of the database."""
    end = time.monotonic() + 30
    while thread.is_alive() and time.monotonic() < end:
        with database.transaction() as tx:
            blocked = tx.connection.exec_driver_sql(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            ).scalar()
        if blocked:
            return


def cut_connections(database: Database) -> None:
    """Ends every other connection to `database`, and waits until the server let go of what they held.

    Without a time limit pg_terminate_backend only asks and returns: locks would be free some time later.
    """
    with database.transaction() as tx:
        tx.connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
