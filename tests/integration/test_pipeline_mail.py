"""Mail through the outbox: a relay that puts off for days, refuses, and forgets to answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.deliver.console import CHANNEL as CONSOLE
from bot.deliver.email import CHANNEL as EMAIL
from bot.pipeline import Exits, Rig, deliver
from bot.storage import Database
from bot.storage.outbox import NewDelivery
from bot.types.delivery import Action, ChannelTarget, Delivery
from bot.types.ids import AlertId
from bot.types.secret import Secret
from bot.types.settings import MailSettings
from tests.fakes import engine, records
from tests.fakes.clock import FakeClock
from tests.fakes.smtp import FakeRelay, MailFault

pytestmark = pytest.mark.slow

DESK = ChannelTarget(name="desk", kind="email", address="desk@team.example")
OPS = ChannelTarget(name="ops", kind="console", address="stdout")


@dataclass(frozen=True)
class Post:
    """A rig whose desk is a mailbox behind a relay."""

    rig: Rig
    clock: FakeClock
    relay: FakeRelay

    def put(self, *keys: str, at: datetime | None = None, to: ChannelTarget = DESK) -> None:
        made = at or self.clock.now()
        with self.rig.database.transaction() as tx:
            for key in keys:
                alert = records.alert(key)
                tx.decisions.save_alert(alert, at=made)
                message = EMAIL.render(alert, to)
                row = NewDelivery(
                    target=to, message=message, action=Action.SEND, dedupe_key=key, alert_id=alert.id, not_before=made
                )
                tx.outbox.add([row], at=made)

    def row(self, key: str) -> Delivery:
        with self.rig.database.transaction() as tx:
            (found,) = tx.outbox.of_alert(AlertId(key))
        return found

    def try_until(self, end: datetime, key: str) -> list[datetime]:
        """Rounds whenever one is due; the times at which a row was handed over."""
        tries: list[datetime] = []
        while self.clock.now() < end and self.row(key).state in ("pending", "ambiguous"):
            again = deliver(self.rig, "desk").again_at
            claimed = self.row(key).claimed_at
            if claimed is not None and claimed not in tries:
                tries.append(claimed)
            if again is None:
                break
            self.clock.set(max(again, self.clock.now()))
        return tries


@pytest.fixture
def post(database: Database, clock: FakeClock) -> Iterator[Post]:
    with FakeRelay() as relay:
        channels = {"desk": DESK, "ops": OPS}
        bench = engine.bench(database, clock, engine.rulebook(routing=engine.routing(channels=channels)))
        mail = MailSettings(url=Secret(relay.url), sender="Monazite <bot@team.example>", timeout=5.0)
        settings = replace(bench.rig.settings, mail=mail)
        exits = Exits({"email": EMAIL, "console": CONSOLE}, settings)
        yield Post(replace(bench.rig, settings=settings, exits=exits), clock, relay)


@pytest.mark.parametrize("hours", [4, pytest.param(48, marks=pytest.mark.soak)])
def test_hours_and_days_of_greylisting_end_in_one_mail(post: Post, hours: int) -> None:
    post.put("patient")
    start = post.clock.now()
    post.relay.refused["desk@team.example"] = "450 4.2.0 greylisted"
    tries = post.try_until(start + timedelta(hours=hours), "patient")
    assert len(tries) >= hours
    assert min(later - sooner for sooner, later in pairwise(tries)) >= timedelta(minutes=30)
    post.relay.refused.clear()
    post.try_until(start + timedelta(hours=hours + 1), "patient")
    assert len(post.relay.accepted) == 1
    assert post.row("patient").state == "sent"


def test_a_mail_that_is_put_off_for_a_week_is_given_up_and_operators_read_it(
    post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    post.relay.refused["desk@team.example"] = "450 4.2.0 greylisted"
    post.put("six days", at=post.clock.now() - timedelta(days=6))
    deliver(post.rig, "desk")
    assert post.row("six days").state == "pending", "RFC 5321 asks for four to five days at least"
    post.clock.turn(timedelta(days=1, hours=1))
    deliver(post.rig, "desk")
    assert post.row("six days").state == "rejected"
    assert "Given up after 7 days" in (post.row("six days").last_error or "")
    deliver(post.rig, "ops")
    said = capsys.readouterr().out
    assert "desk refuses messages" in said
    assert "China bans export of rare earths to Japan" in said


def test_a_reader_that_the_relay_does_not_know_costs_no_other_one(
    post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    other = replace(DESK, name="now", address="other@team.example")
    post.relay.refused["desk@team.example"] = "550 5.1.1 no such user"
    post.put("for desk")
    post.put("for other", to=other)
    deliver(post.rig, "desk")
    deliver(post.rig, "now")
    assert [mail.recipients for mail in post.relay.accepted] == [("other@team.example",)]
    assert post.row("for desk").state == "rejected"
    deliver(post.rig, "ops")
    assert "no such user" in capsys.readouterr().out


@pytest.mark.parametrize("losses", [1, 2])
def test_a_relay_that_dies_after_the_final_dot_makes_one_more_copy_with_the_same_id(post: Post, losses: int) -> None:
    post.put("once more")
    post.relay.on_next(*[MailFault.DIE_AFTER_DOT] * losses)
    post.try_until(post.clock.now() + timedelta(days=1), "once more")
    copies = [mail.mail["Message-ID"] for mail in post.relay.accepted]
    assert len(copies) == 1 + losses, "one per lost answer at most"
    assert len(set(copies)) == 1
    assert post.row("once more").state == "sent"
