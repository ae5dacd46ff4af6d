from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from bot.deliver._block_kit import MAX_TEXT
from bot.deliver._mrkdwn import foreign, link, visible
from bot.deliver._slack_blocks import characters
from bot.deliver.slack import CHANNEL
from bot.types.delivery import ChannelTarget
from bot.types.levels import Band
from tests.fakes.alerts import ALERTS, CHINA_JAPAN, LARGEST, PRESS_ONLY, quote, source
from tests.fakes.slack_limits import complaint

DESK = ChannelTarget(name="desk", kind="slack", address="#desk", locale="en")


def blocks(**changes: Any) -> list[dict[str, Any]]:
    found = CHANNEL.render(replace(CHINA_JAPAN, **changes), DESK).payload["blocks"]
    assert isinstance(found, list)
    return found


def test_the_shape_is_fixed() -> None:
    assert [b["type"] for b in blocks()] == ["header", "section", "rich_text", "context", "context", "actions"]
    assert blocks()[0]["text"] == {
        "type": "plain_text",
        "text": "China bars dual-use exports to military users in Japan",
        "emoji": False,
    }


def test_severity_is_a_colour_and_a_word() -> None:
    for band, start in ((Band.URGENT, "🔴 *Urgent*"), (Band.ALERT, "🟠 *Alert*"), (Band.DIGEST, "🔵 *Digest*")):
        assert blocks(band=band)[1]["text"]["text"].startswith(start)


def test_the_section_says_score_status_dates_sectors_and_reasons() -> None:
    assert blocks()[1]["text"]["text"].splitlines() == [
        "🔴 *Urgent* · Tightening · In force · score 86 · relevance 92%",
        "✅ *Confirmed: MOFCOM No. 1/2026*",
        "📅 In force from 6 Jan 2026",
        "*Exposed:* Semiconductors 86 · Cars 74 · Wind turbines 71 · Medical devices 64",
        "*Limits:* “civil users are excepted”",
        "*Why you see this:*",
        "• export ban, stated: “禁止出口” (+24)",
        "• dual-use goods: “两用物项” (+16)",
        "• China acts against Japan (+10)",
        "• official text of the ministry (+9)",
    ]


def test_the_quote_keeps_its_language_and_marks_words_inside_of_words() -> None:
    pieces = blocks()[2]["elements"][0]["elements"]
    assert [p["text"] for p in pieces if p.get("style", {}).get("bold")] == ["禁止两用物项", "日本", "出口"]
    assert "".join(p["text"] for p in pieces).startswith("禁止两用物项向日本军事用户")
    assert pieces[-1]["text"] == "\n— Ministry of Commerce · zh-Hans"


def test_a_long_quote_is_cut_around_its_first_mark() -> None:
    long = quote("Vorher steht viel. " * 60 + "Dann kommt das [Ausfuhrverbot] und " + "danach noch mehr. " * 60, "de")
    pieces = blocks(quote=long)[2]["elements"][0]["elements"]
    text = "".join(p["text"] for p in pieces)
    assert "Ausfuhrverbot" in text
    assert len(text) <= 320
    assert text.startswith("…")


def test_sources_show_publisher_authority_real_host_and_time() -> None:
    lines = blocks()[3]["elements"][0]["text"].splitlines()
    assert lines[0] == (
        "• <https://www.mofcom.gov.cn/zwgk/zcfb/art/2026/1.html|Ministry of Commerce> · official · www.mofcom.gov.cn · "
        "6 Jan 2026 08:30 UTC · zh-Hans"
    )
    assert lines[-1] == "and 1 more"


def test_a_source_that_pretends_to_be_another_is_called_by_its_host() -> None:
    for label in ("www.mofcom.gov.cn", "https://mofcom.gov.cn/", "News (mofcom.gov.cn)"):
        text = blocks(sources=(source(label, "https://evil.example/1", "en", ""),))[3]["elements"][0]["text"]
        assert text.startswith("• <https://evil.example/1|evil.example> · press · 6 Jan")


def test_addresses_too_long_for_the_message_are_shown_without_link() -> None:
    long = tuple(source(f"Paper {i}", f"https://paper{i}.example/" + "x" * 900, "en", "") for i in range(5))
    payload = CHANNEL.render(replace(CHINA_JAPAN, sources=long), DESK).payload
    text = payload["blocks"][3]["elements"][0]["text"]  # type: ignore[index]
    assert complaint(payload) is None
    assert len(text) <= MAX_TEXT
    assert text.count("<https://") == 2
    assert "Paper 4 · press · paper4.example" in text


def test_the_notification_says_it_in_one_line() -> None:
    text = CHANNEL.render(PRESS_ONLY, DESK).payload["text"]
    assert (
        text == "🟠 Alert: China considers licences for rare earths · Wind turbines · Press only, no official text yet"
    )


def test_a_change_says_what_is_new_and_where_it_stands() -> None:
    message = CHANNEL.render_change(CHINA_JAPAN, DESK)
    assert message is not None
    found = message.payload["blocks"]
    assert isinstance(found, list)
    section, context = found
    assert section["text"]["text"].splitlines()[0] == (
        "🔔 *What is new:* The ministry has published the text: Announcement No. 1 of 2026, in force at once."
    )
    assert context["elements"][0]["text"].startswith("✅ Confirmed: MOFCOM No. 1/2026\n• <https://www.mofcom.gov.cn/")
    assert complaint(message.payload) is None


@pytest.mark.parametrize("name", ALERTS)
@pytest.mark.parametrize("locale", ["en", "de", "fr", "ko"])
def test_every_sample_keeps_the_limits(name: str, locale: str) -> None:
    payload = CHANNEL.render(ALERTS[name], replace(DESK, locale=locale)).payload
    assert complaint(payload) is None
    found = payload["blocks"]
    assert isinstance(found, list)
    assert len(found) <= 6
    assert characters(found) <= 1500


def test_the_largest_alert_keeps_what_matters_most() -> None:
    text = str(CHANNEL.render(LARGEST, DESK).payload["blocks"])
    for part in ("Urgent", "score 86", "Confirmed", "A sector", "a reason", "Ausfuhrverbot", "more"):
        assert part in text


def test_a_long_notice_becomes_pages_that_slack_takes() -> None:
    message = CHANNEL.render_notice("Feeds & rules", ["<& " * 200] * 60, DESK)
    assert complaint(message.payload) is None
    assert re.search(r"and 5\d more", str(message.payload["blocks"]))
    short = CHANNEL.render_notice("Feeds & rules", ["one", "two"], DESK)
    assert [b["type"] for b in short.payload["blocks"]] == ["header", "section"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a*b*c", "a∗b∗c"),
        ("_it_ snake_case", "ˍitˍ snake_case"),
        ("~no~ `code`", "∼no∼ ˋcodeˋ"),
        (":tada: at 10:30", "꞉tada: at 10:30"),
        ("see https://x.example", "see https꞉//x.example"),
        ("<!channel> & co", "&lt;!channel&gt; &amp; co"),
    ],
)
def test_words_of_others_are_words(text: str, shown: str) -> None:
    assert foreign(text) == shown


def test_links_hold_their_label_and_nothing_else() -> None:
    made = link("https://x.example/?a=1&b=2", "A|B <c>")
    assert made == "<https://x.example/?a=1&amp;b=2|A/B &lt;c&gt;>"
    assert visible(f"see {made} &amp; more") == "see A/B <c> & more"


@pytest.mark.parametrize(
    ("address", "options", "says"),
    [
        ("desk", {}, "no Slack channel"),
        ("#Desk", {}, "no Slack channel"),
        ("#two words", {}, "no Slack channel"),
        ("@someone", {}, "no Slack channel"),
        ("#desk", {"mention": "@channel"}, "everybody"),
        ("#desk", {"mention": "@here"}, "everybody"),
        ("#desk", {"mention": "oncall"}, "cannot be mentioned"),
        ("#desk", {"mentoin": "@oncall"}, "did you mean mention"),
    ],
)
def test_targets_that_cannot_work_are_refused(address: str, options: dict[str, str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        CHANNEL.check(ChannelTarget(name="desk", kind="slack", address=address, options=options))


@pytest.mark.parametrize("address", ["#desk", "#econ-sec_2", "#輸出管理", "C0123456789", "G0123ABCD"])
def test_names_and_ids_of_channels_are_taken(address: str) -> None:
    target = ChannelTarget(name="desk", kind="slack", address=address, options={"mention": "S0ABCDEF1"})
    CHANNEL.check(target)  # raises for what cannot work
    payload = CHANNEL.render(CHINA_JAPAN, target).payload
    assert payload["channel"] == address
    assert "S0ABCDEF1" in str(payload["mention"])
