"""The webhook channel against a receiver that checks signatures, redirects, refuses and forgets to answer."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.deliver.webhook import CHANNEL, WebhookChannel, WebhookSender
from bot.types.delivery import Action, ChannelTarget, Delivery, Health, Outcome
from bot.types.secret import Secret
from bot.types.settings import FetchSettings, Settings
from tests.canaries import WEBHOOK_SECRET
from tests.fakes.alerts import CHINA_JAPAN, NOW, delivery
from tests.fakes.tls import server_context, trusted
from tests.fakes.webhook import FakeReceiver

SECRET = WEBHOOK_SECRET


@pytest.fixture
def receiver() -> Iterator[FakeReceiver]:
    with FakeReceiver(SECRET, now=NOW.timestamp()) as server:
        yield server


def sender(*allow_hosts: str, secret: str = SECRET, addresses: Sequence[str] = ("127.0.0.1",)) -> WebhookSender:
    return WebhookSender(
        Secret(secret), allow_hosts, clock=NOW.timestamp, resolve=lambda host, port: addresses, timeout=5.0
    )


def row(url: str, action: Action = Action.SEND) -> Delivery:
    target = ChannelTarget(name="hook", kind="webhook", address=url)
    CHANNEL.check(target)
    return delivery(CHANNEL.render(CHINA_JAPAN, target), target, action)


def test_the_receiver_can_trust_the_alert(receiver: FakeReceiver) -> None:
    receipt = sender("127.0.0.1").send(row(receiver.url))
    assert receipt.outcome is Outcome.SENT
    (hook,) = receiver.hooks
    assert (hook.event, hook.delivery) == ("alert", "d-0001")
    assert hook.body["schema"] == "monazite.alert/1"
    assert hook.body["alert"]["confirmed_by"] == "MOFCOM No. 1/2026"
    assert hook.body["alert"]["sources"][0]["host"] == "www.mofcom.gov.cn"
    quote = hook.body["alert"]["quote"]
    assert [quote["text"][a:b] for a, b in quote["marks"]] == ["禁止", "两用物项", "日本", "出口"]


def test_edits_and_changes_are_told_apart(receiver: FakeReceiver) -> None:
    out = sender(f"127.0.0.1:{receiver.port}")
    out.send(row(receiver.url, Action.UPDATE))
    first = row(receiver.url)
    change = CHANNEL.render_change(CHINA_JAPAN, first.target)
    assert change is not None
    out.send(delivery(change, first.target, Action.THREAD))
    out.send(delivery(CHANNEL.render_notice("Feed down", ["ministry: 503"], first.target), first.target))
    assert [hook.event for hook in receiver.hooks] == ["update", "change", "notice"]
    assert [hook.body["type"] for hook in receiver.hooks] == ["alert", "change", "notice"]
    assert receiver.hooks[2].body["lines"] == ["ministry: 503"]


def test_another_secret_or_an_old_signature_is_noticed(receiver: FakeReceiver) -> None:
    assert sender("127.0.0.1", secret="guess").send(row(receiver.url)).outcome is Outcome.REJECTED
    receiver.now += 3600
    assert sender("127.0.0.1").send(row(receiver.url)).outcome is Outcome.REJECTED
    assert receiver.refused == ["forged", "too old"]
    assert receiver.hooks == []


@pytest.mark.parametrize(
    ("status", "headers", "outcome", "wait"),
    [
        (200, {}, Outcome.SENT, None),
        (202, {}, Outcome.SENT, None),
        (301, {"Location": "https://elsewhere.example/"}, Outcome.REJECTED, None),
        (307, {"Location": "https://elsewhere.example/"}, Outcome.REJECTED, None),
        (400, {}, Outcome.REJECTED, None),
        (404, {}, Outcome.REJECTED, None),
        (410, {}, Outcome.REJECTED, None),
        (408, {}, Outcome.NOT_SENT, timedelta(minutes=5)),
        (429, {"Retry-After": "9"}, Outcome.NOT_SENT, timedelta(seconds=9)),
        (503, {"Retry-After": "60"}, Outcome.NOT_SENT, timedelta(seconds=60)),
        (503, {}, Outcome.AMBIGUOUS, None),
        (500, {}, Outcome.AMBIGUOUS, None),
        (0, {}, Outcome.AMBIGUOUS, None),
    ],
)
def test_every_answer_has_its_class_and_one_request(
    receiver: FakeReceiver, status: int, headers: dict[str, str], outcome: Outcome, wait: timedelta | None
) -> None:
    receiver.answers.append((status, headers))
    out = sender("127.0.0.1")
    receipt = out.send(row(receiver.url))
    assert (receipt.outcome, receipt.retry_after) == (outcome, wait)
    assert receiver.requests == 1
    assert out.find(row(receiver.url)) is None


def test_a_repeat_after_a_lost_answer_has_the_same_id_and_body(receiver: FakeReceiver) -> None:
    receiver.answers.append((0, {}))
    out = sender("127.0.0.1")
    out.send(row(receiver.url))
    out.send(row(receiver.url))
    first, second = receiver.hooks
    assert (first.delivery, first.raw) == (second.delivery, second.raw)


@pytest.mark.parametrize(
    "addresses", [("127.0.0.1",), ("10.0.0.7",), ("8.8.8.8", "127.0.0.1"), ("169.254.169.254",), ("::ffff:127.0.0.1",)]
)
def test_nothing_is_sent_inside_the_network(receiver: FakeReceiver, addresses: tuple[str, ...]) -> None:
    receipt = sender(addresses=addresses).send(row(f"https://hooks.example:{receiver.port}/"))
    assert receipt.outcome is Outcome.REJECTED
    assert "not public" in receipt.detail
    assert receiver.requests == 0


def test_nothing_is_sent_without_encryption(receiver: FakeReceiver) -> None:
    receipt = sender(addresses=("8.8.8.8",)).send(row(f"http://hooks.example:{receiver.port}/"))
    assert receipt.outcome is Outcome.REJECTED
    assert "https" in receipt.detail


def test_the_connection_goes_to_the_address_that_was_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """hooks.example resolves to nothing here: only the checked address can have been used, under the URL's name."""
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted(tmp_path)))
    with FakeReceiver(SECRET, now=NOW.timestamp(), tls=server_context(tmp_path)) as receiver:
        receipt = sender("hooks.example").send(row(f"https://hooks.example:{receiver.port}/"))
        assert receipt.outcome is Outcome.SENT
        assert len(receiver.hooks) == 1


def test_a_receiver_that_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    with FakeReceiver(SECRET, now=NOW.timestamp(), tls=server_context(tmp_path)) as receiver:
        receipt = sender("hooks.example").send(row(f"https://hooks.example:{receiver.port}/"))
        assert receipt.outcome is Outcome.NOT_SENT
        assert receiver.requests == 0


def test_nothing_listens_or_no_name_means_not_sent() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert sender("127.0.0.1").send(row(f"http://127.0.0.1:{port}/")).outcome is Outcome.NOT_SENT
    assert sender("x.example", addresses=()).send(row("https://x.example/")).outcome is Outcome.NOT_SENT


def settings(**changes: object) -> Settings:
    own = Settings(
        data=Path("unused"),
        rules=Path("unused"),
        webhook_secret=Secret(SECRET),
        fetch=FetchSettings(allow_hosts=("localhost:8443",)),
    )
    return replace(own, **changes)  # type: ignore[arg-type]


def test_without_a_secret_nothing_is_open() -> None:
    assert "MONAZITE_WEBHOOK_SECRET" in str(CHANNEL.connect(settings(webhook_secret=None)))
    assert not isinstance(CHANNEL.connect(settings()), str)


def test_probe_tells_which_address_may_not_be_called() -> None:
    good = ChannelTarget(name="good", kind="webhook", address="https://localhost:8443/x")
    bad = ChannelTarget(name="bad", kind="webhook", address="https://localhost:9443/x")
    findings = WebhookChannel().probe(settings(), (good, bad))
    assert [(f.health, f.message.split()[1].rstrip(":")) for f in findings] == [
        (Health.GOOD, "good"),
        (Health.BROKEN, "bad"),
    ]
    (off,) = WebhookChannel().probe(settings(webhook_secret=None))
    assert off.health is Health.OFF


def test_the_body_is_the_same_for_the_same_alert() -> None:
    target = ChannelTarget(name="hook", kind="webhook", address="https://x.example/")
    one, two = (CHANNEL.render(CHINA_JAPAN, target).payload["body"] for _ in range(2))
    assert one == two
    assert json.loads(str(one))["alert"]["revision"] == 5
