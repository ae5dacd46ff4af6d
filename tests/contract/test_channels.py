"""What every channel in bot/deliver keeps, found by discovery: a new file is held to it without an edit here."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import bot.deliver
from bot.deliver._labels import LOCALES, labels
from bot.registry import discover
from bot.types.codec import plain, revive
from bot.types.delivery import ChannelTarget, Message
from bot.types.ports import Channel, ListForm, PlainForm, Probe
from bot.types.settings import Settings
from tests.fakes.alerts import ALERTS, CHINA_JAPAN, HOSTILE_TEXT, PRESS_ONLY, SMALLEST

CHANNELS: Mapping[str, Channel] = discover(bot.deliver, "CHANNEL", Channel)
ADDRESSES = ("#desk", "desk@example.org", "https://hooks.example/x", "stdout", "env:TEAMS_WEBHOOK_URL", "alerts.atom")
ROOT = Path(__file__).resolve().parents[2]
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def target(channel: Channel, locale: str = "en", **options: str) -> ChannelTarget:
    """A target that the channel accepts."""
    for address in ADDRESSES:
        found = ChannelTarget(name="desk", kind=channel.name, address=address, locale=locale, options=options)
        try:
            channel.check(found)
        except ValueError:
            continue
        return found
    pytest.fail(f"{channel.name} accepts none of {ADDRESSES}; add an address that it accepts")


def strings(value: Any) -> Iterator[str]:
    """All texts in a payload, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from strings(key)
            yield from strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from strings(inner)


def hidden(text: str) -> set[str]:
    """Characters that nobody sees, or that steer what shows them; line feeds of layouts are fine."""
    return {f"U+{ord(c):04X}" for c in text if unicodedata.category(c) in HIDDEN and c not in "\n\r"}


def texts_of(message: Message) -> str:
    return "\n".join(strings(message.payload))


channels = pytest.mark.parametrize("channel", CHANNELS.values(), ids=list(CHANNELS))
samples = pytest.mark.parametrize("name", ALERTS)
locales = pytest.mark.parametrize("locale", LOCALES)


def test_the_channels_are_there() -> None:
    assert set(CHANNELS) >= {"atom", "console", "email", "slack", "teams", "webhook"}


@channels
@samples
@locales
def test_a_message_is_plain_data_that_the_outbox_can_keep(channel: Channel, name: str, locale: str) -> None:
    message = channel.render(ALERTS[name], target(channel, locale))
    assert message.kind == channel.name
    stored = json.loads(json.dumps(plain(message), ensure_ascii=False).encode("utf-8"))
    assert revive(Message, stored) == message
    assert "\x00" not in json.dumps(stored)  # PostgreSQL takes no NUL
    assert message.summary
    assert "\n" not in message.summary


@channels
@samples
def test_rendering_is_pure(channel: Channel, name: str) -> None:
    alert, where = ALERTS[name], target(channel)
    before = repr(alert)
    assert channel.render(alert, where) == channel.render(alert, where)
    assert repr(alert) == before


@channels
@locales
def test_nothing_invisible_and_nothing_that_steers_comes_through(channel: Channel, locale: str) -> None:
    where = target(channel, locale)
    alert = ALERTS["hostile"]
    messages = [channel.render(alert, where), channel.render_notice(HOSTILE_TEXT, [HOSTILE_TEXT] * 3, where)]
    change = channel.render_change(alert, where)
    for message in [*messages, *([change] if change else [])]:
        for text in (message.summary, *strings(message.payload)):
            assert hidden(text) == set()


@channels
@locales
def test_the_reader_is_told_what_and_why(channel: Channel, locale: str) -> None:
    message = channel.render(CHINA_JAPAN, target(channel, locale))
    shown = texts_of(message)
    if channel.name == "webhook":  # machines get all languages
        shown = json.dumps(json.loads(str(message.payload["body"])), ensure_ascii=False)
    for fact in (CHINA_JAPAN.headlines[locale], "MOFCOM No. 1/2026", "www.mofcom.gov.cn", "cn-export-limits", "(+24)"):
        assert fact in shown, fact


@channels
def test_press_reports_are_not_called_confirmed(channel: Channel) -> None:
    where = target(channel)
    confirmed, unconfirmed = texts_of(channel.render(CHINA_JAPAN, where)), texts_of(channel.render(PRESS_ONLY, where))
    if channel.name == "webhook":
        assert json.loads(str(channel.render(PRESS_ONLY, where).payload["body"]))["alert"]["confirmed_by"] is None
        return
    assert "Confirmed: MOFCOM No. 1/2026" in confirmed
    assert "Press only" not in confirmed
    assert "Press only" in unconfirmed
    assert "Confirmed" not in unconfirmed


@channels
def test_a_language_nobody_wrote_a_headline_in_gets_english(channel: Channel) -> None:
    message = channel.render(SMALLEST, target(channel, "ko"))
    assert "A step without details" in texts_of(message)


@channels
def test_a_notice_says_its_lines(channel: Channel) -> None:
    message = channel.render_notice("2 sources failing", ["METI: 503", "MOTIE: no name"], target(channel))
    shown = texts_of(message)
    assert "2 sources failing" in shown
    assert "MOTIE: no name" in shown
    many = channel.render_notice("Many", [f"line {i} " * 40 for i in range(500)], target(channel))
    assert "line 0" in texts_of(many)


@channels
@locales
def test_many_stories_fit_into_one_message_that_counts_the_rest(channel: Channel, locale: str) -> None:
    assert isinstance(channel, ListForm), "a burst must not become a notice about the bot"
    where = target(channel, locale)
    many = [replace(CHINA_JAPAN, score=99.0 - n) for n in range(23)]
    message = channel.render_list([ALERTS["hostile"], *many], where)
    assert revive(Message, json.loads(json.dumps(plain(message)))) == message
    for text in (message.summary, *strings(message.payload)):
        assert hidden(text) == set()
    shown = texts_of(message)
    if channel.name == "webhook":
        told = json.loads(str(message.payload["body"]))
        assert [alert["score"] for alert in told["alerts"]][1:] == [99.0 - n for n in range(23)]
        return
    for fact in (CHINA_JAPAN.headlines[locale], labels(locale)("score", score="99"), "www.mofcom.gov.cn"):
        assert fact in shown, fact
    assert labels(locale)("list.title", count=24) in message.summary
    assert labels(locale)("more-sources", count=4) in shown


@channels
def test_times_are_those_of_the_reader(channel: Channel) -> None:
    if channel.name == "webhook":
        pytest.skip("machines get UTC")
    shown = texts_of(channel.render(CHINA_JAPAN, target(channel, zone="Asia/Tokyo")))
    assert "17:30 JST" in shown
    assert "08:30 UTC" not in shown


@channels
@pytest.mark.parametrize(
    "bad",
    [
        {"address": ""},
        {"address": "no such place/at all"},
        {"options": {"zone": "Mars/Base"}},
        {"options": {"xyz": "1"}},
    ],
    ids=str,
)
def test_a_target_that_cannot_work_is_refused_in_one_sentence(channel: Channel, bad: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^channel desk: ") as caught:
        channel.check(replace(target(channel), **bad))
    assert "\n" not in str(caught.value)


@channels
def test_without_credentials_a_channel_is_closed_and_says_why(channel: Channel) -> None:
    answer = channel.connect(Settings(data=ROOT, rules=ROOT))
    if isinstance(answer, str):
        assert answer
        assert "\n" not in answer
    else:
        assert callable(answer.send)
        assert callable(answer.find)
    if isinstance(channel, Probe):
        assert all(f.channel == channel.name and f.message for f in channel.probe(Settings(data=ROOT, rules=ROOT)))


@channels
def test_the_plain_form_is_simpler_and_final(channel: Channel) -> None:
    if not isinstance(channel, PlainForm):
        pytest.skip("this channel has one form only")
    plain_form = channel.plain(channel.render(CHINA_JAPAN, target(channel)))
    assert plain_form is not None
    assert channel.plain(plain_form) is None
    assert CHINA_JAPAN.headlines["en"] in texts_of(plain_form)


def test_finding_the_channels_loads_nothing_heavy() -> None:
    code = (
        "import sys, bot.deliver; from bot.registry import discover; from bot.types.ports import Channel;"
        "discover(bot.deliver, 'CHANNEL', Channel);"
        "print(sorted({'slack_sdk', 'jinja2', 'css_inline', 'lxml', 'httpx'} & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert answer.stdout.strip() == "[]"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", CHANNELS)
def test_a_source_in_doubt_is_marked(name: str, locale: str) -> None:
    channel, doubt = CHANNELS[name], "It now answers from evil.example, not from mofcom.gov.cn."
    marker = labels(locale)("unverified", why=doubt.rstrip("."))
    first, *others = CHINA_JAPAN.sources
    marked, plenty = replace(first, doubt=doubt), tuple(replace(first, publisher=f"Paper {n}") for n in range(30))
    for sources in ((marked, *others), (*others, marked), (*plenty, marked)):
        alert = replace(CHINA_JAPAN, sources=sources, change="It is in force.")
        for message in (channel.render(alert, target(channel, locale)), channel.render_change(alert, target(channel))):
            if message is None:
                continue
            shown = texts_of(message)
            if name == "webhook":
                assert doubt in shown
            else:
                assert marker in shown or labels("en")("unverified", why=doubt.rstrip(".")) in shown
