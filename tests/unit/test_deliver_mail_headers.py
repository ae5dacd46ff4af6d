from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from bot.deliver._mail_mime import address, build
from bot.deliver._mail_sender import relay
from bot.deliver.email import CHANNEL, MailChannel
from bot.types.delivery import Action, ChannelTarget, Delivery, Message
from bot.types.ids import DeliveryId
from bot.types.secret import Secret
from bot.types.settings import MailSettings
from tests.fakes.alerts import CHINA_JAPAN, delivery

DESK = ChannelTarget(name="Desk & Co", kind="email", address="desk@team.example")


def built(row: Delivery, settings: MailSettings) -> EmailMessage:
    mail = build(row, settings)
    parsed = message_from_bytes(mail.data, policy=default)
    assert isinstance(parsed, EmailMessage)
    assert parsed["Message-ID"] == mail.message_id
    return parsed


@pytest.mark.parametrize(
    ("text", "spec", "name"),
    [
        ("a@b.example", "a@b.example", ""),
        ("分析官 <a@b.example>", "a@b.example", "分析官"),
        ('"Desk, Wind" <a+tag@b.example>', "a+tag@b.example", "Desk, Wind"),
        ("a@例え.jp", "a@xn--r8jz45g.jp", ""),
    ],
)
def test_addresses_are_read(text: str, spec: str, name: str) -> None:
    found = address(text)
    assert (found.addr_spec, found.display_name) == (spec, name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "@b.example",
        "a@",
        "a b@c.example",
        "a@b@c.example",
        "a@b..example",
        "é@b.example",
        "a@b.example\r\nBcc: x@y",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no mail address"):
        address(text)


@pytest.mark.parametrize("several", ["a@b.example, c@d.example", "a@b.example;c@d.example"])
def test_one_address_per_channel(several: str) -> None:
    with pytest.raises(ValueError, match="one address per channel"):
        CHANNEL.check(ChannelTarget(name="x", kind="email", address=several))


def test_ids_are_stable_per_delivery_and_differ_between_deliveries() -> None:
    message = CHANNEL.render(CHINA_JAPAN, DESK)
    settings = MailSettings(sender="bot@team.example")
    one, same = (built(delivery(message, DESK), settings) for _ in range(2))
    other = built(delivery(message, DESK, id=DeliveryId("d-2")), settings)
    assert one["Message-ID"] == same["Message-ID"] != other["Message-ID"]
    assert one.as_bytes() == same.as_bytes()
    assert one["List-ID"] == "<desk-co.alerts.monazite.team.example>"


@pytest.mark.parametrize("root", ["<x>\r\nBcc: a@b>", "C1:2.3", "", None])
def test_only_message_ids_are_answered(root: str | None) -> None:
    message = CHANNEL.render_change(CHINA_JAPAN, DESK)
    assert message is not None
    mail = built(delivery(message, DESK, Action.THREAD, root_provider_id=root), MailSettings())
    assert mail["In-Reply-To"] is None
    assert mail["Bcc"] is None


@pytest.mark.parametrize(
    ("unsubscribe", "header", "one_click"),
    [
        ("", None, False),
        ("mailto:stop@x.example", "<mailto:stop@x.example>", False),
        ("<https://x.example/u?t=1>", "<https://x.example/u?t=1>", True),
        ("http://x.example/u", None, False),
        ("javascript:alert(1)", None, False),
        ("mailto:a@x.example\r\nBcc: b@y.example", None, False),
    ],
)
def test_unsubscribe_is_offered_the_way_programs_understand(
    unsubscribe: str, header: str | None, one_click: bool
) -> None:
    mail = built(delivery(CHANNEL.render(CHINA_JAPAN, DESK), DESK), MailSettings(unsubscribe=unsubscribe))
    assert mail["List-Unsubscribe"] == header
    assert (mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click") is one_click


@pytest.mark.parametrize(
    ("url", "host", "port", "wrapped", "user", "password"),
    [
        ("smtp://relay.example", "relay.example", 25, False, "", ""),
        ("smtp://u:p%40ss@relay.example", "relay.example", 587, False, "u", "p@ss"),
        ("smtps://u%40x.example:s3cret@relay.example", "relay.example", 465, True, "u@x.example", "s3cret"),
        ("smtp://[::1]:2525", "::1", 2525, False, "", ""),
    ],
)
def test_relays_are_read(url: str, host: str, port: int, wrapped: bool, user: str, password: str) -> None:
    found = relay(Secret(url))
    assert (found.host, found.port, found.wrapped, found.user) == (host, port, wrapped, user)
    assert found.password.reveal() == password
    assert password == "" or password not in repr(found)


def test_the_plain_form_is_the_text_twin() -> None:
    plain = MailChannel().plain(CHANNEL.render(CHINA_JAPAN, DESK))
    assert plain is not None
    mail = built(delivery(plain, DESK), MailSettings())
    assert mail.get_content_type() == "text/plain"
    assert "China bars dual-use exports" in mail.get_content()


@pytest.mark.parametrize(
    "subject",
    [
        "short",
        "0" * 200,
        "word " * 39 + "end",
        "x" * 120 + " " + "y" * 70,
        "稀土" * 90,
        "Ausfuhr für Gallium und Germanium, neue Genehmigungspflicht für alle, die weiter liefern wollen",
        "a =?utf-8?q?not_encoded?= word",
        "👩" * 60,
    ],
)
def test_a_subject_comes_back_as_it_was(subject: str) -> None:
    message = Message(kind="email", payload={"subject": subject, "text": "x"}, summary="")
    row = delivery(message, DESK)
    assert built(row, MailSettings())["Subject"] == subject
    head = build(row, MailSettings()).data.split(b"\r\nFrom:")[0]
    lines = head.split(b"\r\n")
    assert lines[0].startswith(b"Subject: ")
    assert all(line.startswith(b" ") for line in lines[1:])
    assert all(len(line) <= 76 or b" " not in line.removeprefix(b"Subject: ").strip() for line in lines)
