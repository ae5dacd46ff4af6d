"""The mail channel against a relay that refuses, dies and forgets to answer."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.deliver.email import CHANNEL, MailChannel
from bot.types.delivery import Action, ChannelTarget, Delivery, Health, Message, Outcome
from bot.types.ids import DeliveryId
from bot.types.ports import Sender
from bot.types.secret import Secret
from bot.types.settings import MailSettings, Settings
from tests.canaries import MARK
from tests.fakes.alerts import ALERTS, CHINA_JAPAN, delivery
from tests.fakes.smtp import PASSWORD, FakeRelay, MailFault
from tests.fakes.tls import server_context, trusted

DESK = ChannelTarget(name="desk", kind="email", address="分析官 <desk@team.example>", locale="de")


@pytest.fixture
def relay() -> Iterator[FakeRelay]:
    with FakeRelay() as server:
        yield server


def settings(url: str, **changes: object) -> Settings:
    mail = MailSettings(url=Secret(url), sender="Monazite <bot@team.example>", timeout=5.0)
    return Settings(data=Path("unused"), rules=Path("unused"), mail=replace(mail, **changes))  # type: ignore[arg-type]


def connect(url: str, **changes: object) -> Sender:
    sender = CHANNEL.connect(settings(url, **changes))
    assert not isinstance(sender, str), sender
    return sender


def first(**changes: object) -> Delivery:
    return delivery(CHANNEL.render(CHINA_JAPAN, DESK), DESK, **changes)  # type: ignore[arg-type]


def test_a_mail_arrives_whole(relay: FakeRelay) -> None:
    receipt = connect(relay.url, unsubscribe="mailto:stop@team.example, https://team.example/stop").send(first())
    assert receipt.outcome is Outcome.SENT
    (accepted,) = relay.accepted
    assert (accepted.sender, accepted.recipients) == ("bot@team.example", ("desk@team.example",))
    mail = accepted.mail
    assert mail["Subject"] == "[Dringend] China verbietet Dual-Use-Ausfuhren an militärische Nutzer in Japan"
    assert mail["To"] == "分析官 <desk@team.example>"
    assert mail["Message-ID"] == receipt.provider_id
    assert mail["X-Delivery-ID"] == "d-0001"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-ID"] == "<desk.alerts.monazite.team.example>"
    assert mail["List-Unsubscribe"] == "<mailto:stop@team.example>, <https://team.example/stop>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    for word in ("禁止两用物项", "MOFCOM No. 1/2026", "mofcom.gov.cn", "Halbleiter"):
        if word != "禁止两用物项":  # marked word by word in both
            assert word in text.get_content()
        assert word in html.get_content()
    assert mail.get_content_type() == "multipart/alternative"


def test_lines_that_look_like_the_end_are_not_the_end(relay: FakeRelay) -> None:
    text = ".\n..\n.hidden\nend\n.\n"
    message = Message(kind="email", payload={"subject": "dots", "text": text}, summary="dots")
    assert connect(relay.url).send(delivery(message, DESK)).outcome is Outcome.SENT
    assert relay.accepted[0].mail.get_content().replace("\r\n", "\n") == text


def test_a_second_try_is_the_same_bytes(relay: FakeRelay) -> None:
    relay.on_next(MailFault.DIE_AFTER_DOT)
    sender = connect(relay.url)
    lost = sender.send(first())
    assert lost.outcome is Outcome.AMBIGUOUS
    assert sender.find(first()) is None
    assert sender.send(first()).outcome is Outcome.SENT
    one, two = relay.accepted
    assert one.data == two.data


@pytest.mark.parametrize("name", ALERTS)
def test_every_sample_passes_in_seven_bits(relay: FakeRelay, name: str) -> None:
    message = CHANNEL.render(ALERTS[name], DESK)
    assert connect(relay.url).send(delivery(message, DESK)).outcome is Outcome.SENT
    assert relay.accepted[0].data.isascii()
    assert max(map(len, relay.accepted[0].data.splitlines())) <= 998
    text = relay.accepted[0].mail.get_body(("plain",))
    assert text is not None
    assert text.get_content().replace("\r\n", "\n").strip() == str(message.payload["text"]).strip()


@pytest.mark.parametrize(
    ("fault", "outcome", "accepted"),
    [
        (MailFault.SENDER_LATER, Outcome.NOT_SENT, 0),
        (MailFault.RECIPIENT_LATER, Outcome.NOT_SENT, 0),
        (MailFault.TEXT_LATER, Outcome.NOT_SENT, 0),
        (MailFault.SENDER_NEVER, Outcome.REJECTED, 0),
        (MailFault.RECIPIENT_NEVER, Outcome.REJECTED, 0),
        (MailFault.TEXT_NEVER, Outcome.REJECTED, 0),
        (MailFault.DIE_AT_SENDER, Outcome.NOT_SENT, 0),
        (MailFault.DIE_AFTER_DOT, Outcome.AMBIGUOUS, 1),
        (MailFault.SILENT_AFTER_DOT, Outcome.AMBIGUOUS, 1),
    ],
    ids=lambda value: value.name if isinstance(value, (MailFault, Outcome)) else str(value),
)
def test_every_fault_has_its_class(relay: FakeRelay, fault: MailFault, outcome: Outcome, accepted: int) -> None:
    relay.on_next(fault)
    timeout = 0.1 if fault is MailFault.SILENT_AFTER_DOT else 5.0
    receipt = connect(relay.url, timeout=timeout).send(first())
    assert receipt.outcome is outcome
    assert len(relay.accepted) == accepted
    if fault.name.endswith("LATER"):
        assert receipt.retry_after is not None
        assert receipt.retry_after >= timedelta(minutes=30)


def test_a_relay_that_refuses_the_layout_gets_the_text_alone(relay: FakeRelay) -> None:
    relay.on_next(MailFault.TEXT_NEVER, MailFault.RECIPIENT_NEVER)
    sender = connect(relay.url)
    refused = sender.send(first())
    assert (refused.outcome, refused.layout) == (Outcome.REJECTED, True)
    assert sender.send(first()).layout is False
    plain = MailChannel().plain(first().message)
    assert plain is not None
    assert sender.send(delivery(plain, DESK)).outcome is Outcome.SENT
    assert relay.accepted[0].mail.get_content_type() == "text/plain"


def test_greylisting_lets_the_second_try_in(relay: FakeRelay) -> None:
    relay.on_next(MailFault.RECIPIENT_LATER)
    sender = connect(relay.url)
    assert sender.send(first()).outcome is Outcome.NOT_SENT
    assert sender.send(first()).outcome is Outcome.SENT


def test_one_refused_reader_does_not_cost_the_others(relay: FakeRelay) -> None:
    relay.refused["gone@team.example"] = "550 5.1.1 no such user"
    sender = connect(relay.url)
    people = ["one@team.example", "gone@team.example", "two@team.example"]
    outcomes = [sender.send(replace(first(), target=replace(DESK, address=who))).outcome for who in people]
    assert outcomes == [Outcome.SENT, Outcome.REJECTED, Outcome.SENT]
    assert [a.recipients for a in relay.accepted] == [("one@team.example",), ("two@team.example",)]


def test_an_edit_is_not_mailed_and_a_change_answers_the_first_mail(relay: FakeRelay) -> None:
    sender = connect(relay.url)
    root = sender.send(first()).provider_id
    edit = sender.send(first(action=Action.UPDATE, root_provider_id=root))
    assert (edit.outcome, edit.provider_id) == (Outcome.SENT, root)
    change = CHANNEL.render_change(CHINA_JAPAN, DESK)
    assert change is not None
    row = delivery(change, DESK, Action.THREAD, id=DeliveryId("d-2"), root_provider_id=root)
    assert sender.send(row).outcome is Outcome.SENT
    assert len(relay.accepted) == 2
    answer = relay.accepted[1].mail
    assert answer["In-Reply-To"] == answer["References"] == root
    assert answer["Subject"].startswith("Re: [Dringend]")
    body = answer.get_body(("plain",))
    assert body is not None
    assert "Announcement No. 1 of 2026" in body.get_content()


def test_nothing_listens_means_not_sent() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert connect(f"smtp://127.0.0.1:{port}").send(first()).outcome is Outcome.NOT_SENT


def test_the_login_is_used_and_never_told(relay: FakeRelay) -> None:
    with FakeRelay(login=True) as guarded:
        assert connect(guarded.url).send(first()).outcome is Outcome.SENT
        wrong = guarded.url.replace(MARK, "wrong")
        receipt = connect(wrong).send(first())
        assert receipt.outcome is Outcome.REJECTED
        assert guarded.logins[0] is True
        assert set(guarded.logins[1:]) == {False}  # smtplib tries each mechanism
        for text in (receipt.detail, repr(connect(guarded.url).__dict__), repr(settings(guarded.url))):
            assert PASSWORD not in text
            assert MARK not in text


@pytest.mark.parametrize("wrapped", [False, True], ids=["starttls", "smtps"])
def test_the_way_is_encrypted_when_the_relay_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrapped: bool
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted(tmp_path)))
    with FakeRelay(tls=server_context(tmp_path), wrapped=wrapped, login=True, host="localhost") as relay:
        assert connect(relay.url).send(first()).outcome is Outcome.SENT
        assert relay.encrypted == [True]


def test_a_relay_that_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    with FakeRelay(tls=server_context(tmp_path), wrapped=True, host="localhost") as relay:
        receipt = connect(relay.url).send(first())
        assert receipt.outcome is Outcome.NOT_SENT
        assert relay.accepted == []


@pytest.mark.parametrize(
    "url", ["http://relay", "smtp://", "smtp://relay:port", "smtps://user:hunter2@relay:99999", "relay:25"]
)
def test_an_unreadable_url_is_told_without_its_password(url: str) -> None:
    answer = CHANNEL.connect(settings(url))
    assert isinstance(answer, str)
    assert answer.startswith("SMTP_URL ")
    assert "hunter2" not in answer


def test_probe_logs_in_and_sends_nothing(relay: FakeRelay) -> None:
    findings = MailChannel().probe(settings(relay.url, unsubscribe="mailto:stop@team.example"))
    assert [f.health for f in findings] == [Health.GOOD]
    assert [f.health for f in MailChannel().probe(settings(relay.url))] == [Health.GOOD, Health.WARNING]
    assert relay.accepted == []
    with FakeRelay(login=True) as guarded:
        (finding,) = MailChannel().probe(settings(guarded.url.replace(MARK, "wrong")))
        assert finding.health is Health.BROKEN
        assert "535" in finding.message
