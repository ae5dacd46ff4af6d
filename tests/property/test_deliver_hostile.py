"""Whatever a feed writes, none of it becomes markup, a link of its own, a mention, a header or a control sequence."""

from __future__ import annotations

import email.policy
import json
import re
import unicodedata
from dataclasses import replace
from email import message_from_bytes
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.deliver._box import box, columns
from bot.deliver._digest import render_digest
from bot.deliver._mail_mime import build
from bot.deliver._mrkdwn import foreign
from bot.deliver._preview._blocks import blocks_html, mrkdwn_html
from bot.deliver._slack_blocks import MAX_CHARACTERS, characters
from bot.deliver._text import clean, excerpt, honest_label, host_of, safe_url, shorten
from bot.deliver.console import ConsoleChannel
from bot.deliver.email import MailChannel
from bot.deliver.slack import SlackChannel
from bot.types.delivery import Action, Alert, ChannelTarget
from bot.types.digest import AuditItem, DigestStory, NearMiss
from bot.types.ids import StoryId
from bot.types.settings import MailSettings
from tests.fakes.alerts import HOSTILE, HOSTILE_TEXT, delivery
from tests.fakes.hostile import alerts, spans, texts, urls
from tests.fakes.slack_limits import complaint
from tests.fakes.weeks import ORDINARY

SLACK = ChannelTarget(name="desk", kind="slack", address="#desk")
MAIL = ChannelTarget(name="desk", kind="email", address="desk@team.example")
CONSOLE = ChannelTarget(name="desk", kind="console", address="stdout")
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


# -- text -------------------------------------------------------------------------------------------------------------


@given(texts, st.integers(1, 80))
def test_clean_text_is_one_visible_line_and_stays_so(text: str, limit: int) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once == once.strip()
    assert "  " not in once
    assert {unicodedata.category(c) for c in once} & UNSEEN == set()
    once.encode("utf-8")
    assert len(shorten(once, limit)) <= limit
    assert len(clean(text, limit)) <= limit


@given(st.text(st.characters(categories=("Ll", "Lu", "Lo", "Nd"))))
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert clean(text) == text or any(c in text for c in "\u115f\u1160\u3164\uffa0\u17b4\u17b5")


@given(texts, st.lists(spans, max_size=4).map(tuple), st.integers(1, 120))
def test_an_excerpt_fits_and_marks_nothing_else(text: str, marks: tuple[tuple[int, int], ...], limit: int) -> None:
    pieces = excerpt(text, marks, limit)
    whole = "".join(piece for piece, _ in pieces)
    assert len(whole) <= limit
    assert whole == whole.strip()
    inside = "".join(text[max(0, a) : max(0, b)] for a, b in marks)
    for piece, marked in pieces:
        if marked:
            assert set(piece) <= {*inside, " ", "…"}


@given(urls)
def test_a_safe_url_says_where_it_leads_and_cannot_break_out(url: str) -> None:
    safe = safe_url(url)
    if safe is None:
        return
    assert re.fullmatch(r"https?://[!#$%&()*+,./:;=?@A-Z\[\]_a-z~0-9-]+", safe), safe
    parts = urlsplit(safe)
    assert parts.username is None
    assert parts.hostname == host_of(url)
    assert safe_url(safe) == safe
    assert re.search(r"%(?![0-9A-Fa-f]{2})", safe) is None


@given(texts, st.sampled_from(["evil.example", "news.example.jp"]))
def test_a_label_never_names_another_host(label: str, host: str) -> None:
    shown = honest_label(clean(label), host)
    assert "://" not in shown
    assert honest_label("www.mofcom.gov.cn news", host) == host
    assert honest_label("see mofcom.gov.cn/zwgk", host) == host


# -- Slack ------------------------------------------------------------------------------------------------------------


def slack_texts(payload: dict[str, Any]) -> list[str]:
    """Every string of a payload that Slack parses for markup."""
    found = [payload["text"], payload["plain"]]
    for block in payload["blocks"]:
        holders = block.get("elements", []) if block["type"] == "context" else [block.get("text", {})]
        found += [h["text"] for h in holders if h.get("type") == "mrkdwn"]
    return found


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@given(alerts())
@example(HOSTILE)
def test_slack_sees_our_links_and_nothing_else(alert: Alert) -> None:
    channel = SlackChannel()
    own = {url for source in alert.sources if (url := safe_url(source.url))}
    change = channel.render_change(alert, SLACK)
    assert change is not None
    for message in (channel.render(alert, SLACK), change):
        payload: dict[str, Any] = dict(message.payload)
        assert complaint(payload) is None
        assert len(payload["blocks"]) <= 6
        assert characters(payload["blocks"]) <= MAX_CHARACTERS
        for text in slack_texts(payload):
            for inner in re.findall(r"<([^>]*)>?", text):
                url, bar, label = inner.partition("|")
                assert bar, "only links with a label stand in angle brackets"
                assert unescaped(url) in own
                assert label
                assert not any(c in label for c in "<>\n*~`")
            assert not re.search(r"[<](?:!|@|#)", text)
            assert not any(line.startswith(("&gt;", ">")) for line in text.splitlines())
            bare = re.sub(r"<[^>]*>", "", text)
            assert "~" not in text
            own_bold = re.findall(r"(?m)(?:^|(?<=\s))\*[^*\n]+\*(?=\s|$)", text)
            assert text.count("*") == 2 * len(own_bold)
            assert "://" not in bare
            assert re.search(r":[a-z0-9_+'-]+:", bare) is None


@given(texts)
def test_foreign_words_keep_their_letters(text: str) -> None:
    line = clean(text)
    twins = str.maketrans({"∗": "*", "∼": "~", "ˋ": "`", "ˍ": "_", "꞉": ":"})
    assert unescaped(foreign(line)).translate(twins) == line.translate(twins)


class Markup(HTMLParser):
    """Collects elements, attributes and visible text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(html: str) -> Markup:
    markup = Markup()
    markup.feed(html)
    markup.close()
    return markup


def assert_dead(markup: Markup, *, allowed: set[str]) -> None:
    """No element but ours, no handler, no address but http(s) and places on the page."""
    assert set(markup.tags) <= allowed
    for tag, name, value in markup.attributes:
        assert not name.startswith("on"), (tag, name)
        assert name in ATTRIBUTES, (tag, name)
        if name == "href":
            assert re.match(r"https?://|#s\d+$", value), value
        if name == "lang":
            assert re.fullmatch(r"[A-Za-z0-9-]*", value), value


ATTRIBUTES = {
    *("alt", "align", "cellpadding", "cellspacing", "charset", "class", "content", "href", "id", "lang", "name"),
    *("rel", "role", "style", "title", "width"),
}
MAIL_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "div", "table", "tbody", "tr", "td", "th", "p", "h1", "h2"),
    *("h3", "h4", "span", "a", "br", "strong", "blockquote", "mark", "ul", "li"),
}
PREVIEW_TAGS = {"div", "span", "strong", "em", "del", "code", "a", "br", "blockquote"}


@given(alerts())
@example(HOSTILE)
def test_the_preview_of_a_payload_is_dead_markup(alert: Alert) -> None:
    payload = SlackChannel().render(alert, SLACK).payload
    assert_dead(parsed(blocks_html(payload)), allowed=PREVIEW_TAGS)


MRKDWN = [*"<>|*_`~ a!@0\n", '"', "&lt;", "&amp;", "javascript:x", "https://e.example/", "\ue000", "\ue001"]


@given(st.one_of(st.text(), st.lists(st.sampled_from(MRKDWN)).map("".join)))
def test_any_mrkdwn_at_all_becomes_dead_markup(text: str) -> None:
    """The page draws what is in the payload, even if some other program wrote it."""
    assert_dead(parsed(mrkdwn_html(text)), allowed=PREVIEW_TAGS)


# -- mail -------------------------------------------------------------------------------------------------------------

HEADERS = ["Subject", "From", "To", "Date", "Message-ID", "X-Delivery-ID", "List-ID", "List-Unsubscribe",
           "List-Unsubscribe-Post", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version",
           "Content-Type"]  # fmt: skip


@settings(max_examples=40)
@given(alerts(), texts)
@example(HOSTILE, HOSTILE_TEXT)
def test_a_mail_has_our_headers_and_no_others(alert: Alert, name: str) -> None:
    target = replace(MAIL, name=name)
    message = MailChannel().render(alert, target)
    mail_settings = MailSettings(sender="Bot <bot@team.example>", unsubscribe=f"https://team.example/stop, {name}")
    data = build(delivery(message, target, id=name + "x"), mail_settings).data
    assert data.isascii()
    mail = message_from_bytes(data, policy=email.policy.default)
    assert mail.keys() == HEADERS
    assert mail["Subject"] == clean(str(message.payload["subject"]), 200)
    assert mail["List-Unsubscribe"].startswith("<https://team.example/stop>")
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert mail.defects == []
    assert max(map(len, data.split(b"\r\n"))) <= 998


@settings(max_examples=40)
@given(alerts())
@example(HOSTILE)
def test_a_mail_holds_no_markup_of_others(alert: Alert) -> None:
    channel = MailChannel()
    change = channel.render_change(alert, MAIL)
    assert change is not None
    for message in (channel.render(alert, MAIL), change):
        markup = parsed(str(message.payload["html"]))
        assert_dead(markup, allowed=MAIL_TAGS)
        assert markup.tags.count("h1") == 1
        assert markup.tags.count("style") == 1


@settings(max_examples=40)
@given(alerts(), texts, urls)
@example(HOSTILE, HOSTILE_TEXT, "javascript:alert(1)")
def test_a_digest_holds_no_markup_of_others(alert: Alert, text: str, url: str) -> None:
    week = replace(
        ORDINARY,
        team=text,
        stories=(DigestStory(alert=alert, changes=(text,)),),
        near_misses=(NearMiss(title=text, lang=text, publisher=text, url=url, score=1.0, missing=text),),
        audit=(AuditItem(story_id=StoryId(text), rate=1.0, title=text, lang=text, publisher=text, url=url, score=1.0),),
        troubles=(replace(ORDINARY.troubles[0], publisher=text, message=text),),
    )
    message = render_digest(week, "en")
    markup = parsed(str(message.payload["html"]))
    assert_dead(markup, allowed=MAIL_TAGS)
    assert markup.tags.count("h1") == 1
    json.dumps(message.payload, ensure_ascii=False).encode("utf-8")


# -- console ----------------------------------------------------------------------------------------------------------


@given(alerts(), st.integers(1, 160), st.sampled_from(Action))
@example(HOSTILE, 40, Action.SEND)
def test_a_box_is_a_box_whatever_stands_in_it(alert: Alert, width: int, action: Action) -> None:
    rows = ConsoleChannel().render(alert, CONSOLE).payload["rows"]
    assert isinstance(rows, list)
    drawn = box([(str(a), str(b)) for a, b in rows], width=width)
    lines = drawn.splitlines()
    assert {columns(line) for line in lines} == {max(24, min(100, width))}
    assert {line[0] for line in lines} <= set("╭│├╰")
    assert {line[-1] for line in lines} <= set("╮│┤╯")
    assert {unicodedata.category(c) for c in drawn.replace("\n", "")} & UNSEEN == set()
