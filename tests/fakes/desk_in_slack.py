"""Alerts on their way to a Slack on loopback, under a clock that both share: for tests of what is guaranteed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.deliver.console import CHANNEL as CONSOLE
from bot.deliver.slack import CHANNEL as SLACK
from bot.pipeline import Delivered, Exits, Rig, deliver
from bot.storage import Database
from bot.storage.outbox import NewDelivery
from bot.types.delivery import Action, Alert, ChannelTarget, Message
from bot.types.ids import AlertId
from bot.types.levels import Band
from bot.types.secret import Secret
from bot.types.settings import SlackSettings
from tests.fakes import engine, records
from tests.fakes.clock import FakeClock
from tests.fakes.slack import FakeSlack

DESK = ChannelTarget(name="desk", kind="slack", address="#desk")
FENCE = timedelta(seconds=76)  # a little more than claim, time-out and lag together


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A rig, its Slack and their clock."""

    rig: Rig
    clock: FakeClock
    slack: FakeSlack

    @property
    def database(self) -> Database:
        return self.rig.database

    def put(self, *keys: str, band: Band = Band.ALERT, at: datetime | None = None) -> None:
        """First messages of alerts."""
        made = at or self.clock.now()
        with self.database.transaction() as tx:
            for key in keys:
                tx.decisions.save_alert(alert(key, band=band), at=made)
            tx.outbox.add([row(key, Action.SEND, made) for key in keys], at=made)

    def grow(self, key: str, action: Action, *, name: str) -> None:
        """An edit of, or a reply to, the message of an alert."""
        now = self.clock.now()
        with self.database.transaction() as tx:
            tx.outbox.add([replace(row(name, action, now), alert_id=AlertId(key))], at=now)

    def deliver(self, channel: str = "desk") -> Delivered:
        """One round."""
        return deliver(self.rig, channel)

    def settle(self, channel: str = "desk", *, rounds: int = 12) -> None:
        """Rounds until nothing waits, with the fence between."""
        for _ in range(rounds):
            self.deliver(channel)
            if not self.open():
                return
            self.clock.turn(FENCE)

    def open(self) -> int:
        """Rows that are not settled."""
        states = self.states()
        return sum(states.get(name, 0) for name in ("pending", "sending", "ambiguous"))

    def states(self) -> dict[str, int]:
        """Rows by state."""
        with self.database.transaction() as tx:
            return {state.value: count for state, count in tx.outbox.counts().items()}

    def standing(self, channel: str = "#desk") -> list[str]:
        """What stands in a channel, in order: texts, replies with an arrow."""
        return [f"{'↳ ' if post.thread_ts else ''}{post.current['text']}" for post in self.slack.in_channel(channel)]

    def doubled(self) -> list[str | None]:
        """Delivery ids that stand more than once."""
        return [name for name, count in Counter(post.delivery_id for post in self.slack.posts).items() if count > 1]

    def notices(self) -> Mapping[str, tuple[str, ...]]:
        """Open notices by subject."""
        with self.database.transaction() as tx:
            return {notice.key: notice.lines for notice in tx.notices.standing()}

    def row(self, key: str) -> Any:
        """One row of the outbox, by its key."""
        with self.database.transaction() as tx:
            found = tx.connection.execute(text("SELECT * FROM outbox WHERE dedupe_key = :k"), {"k": key})
            return found.one()


def alert(key: str, *, band: Band = Band.ALERT) -> Alert:
    return records.alert(key, band=band)


def row(key: str, action: Action, at: datetime) -> NewDelivery:
    payload = {"channel": "#desk", "text": key, "blocks": [{"type": "divider"}], "plain": f"plain {key}"}
    return NewDelivery(
        target=DESK, message=Message(kind="slack", payload=payload, summary=key), action=action, dedupe_key=key,
        alert_id=AlertId(key), not_before=at,
    )  # fmt: skip


@contextmanager
def desk(database: Database, clock: FakeClock, data: Path, **options: Any) -> Iterator[Desk]:
    """A desk in Slack; options are those of the fake Slack."""
    with FakeSlack(now=lambda: clock.now().timestamp(), **options) as slack:
        slack.add_channel("#desk")
        slack.add_channel("#ops")
        yield made(database, clock, data, slack)


def made(database: Database, clock: FakeClock, data: Path, slack: FakeSlack) -> Desk:
    """The rig of a process; another one for each that is to forget what it looked up."""
    targets = {"desk": DESK, "ops": ChannelTarget(name="ops", kind="slack", address="#ops")}
    book = engine.rulebook(routing=engine.routing(channels=targets))
    bench = engine.bench(database, clock, book)
    settings = replace(
        bench.rig.settings,
        data=data,
        slack=SlackSettings(token=Secret(slack.token), base_url=slack.base_url, timeout=5.0),
    )
    exits = Exits({"slack": SLACK, "console": CONSOLE}, settings)
    return Desk(rig=replace(bench.rig, settings=settings, exits=exits), clock=clock, slack=slack)
