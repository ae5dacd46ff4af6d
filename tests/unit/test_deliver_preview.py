from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from bot.deliver import Heading, Post, Shown, render_digest, slack_page
from bot.deliver._desk import not_useful_dialog
from bot.deliver._labels import labels
from bot.deliver._preview import in_dark, in_light
from bot.deliver._preview._blocks import blocks_html, mrkdwn_html
from bot.deliver.slack import CHANNEL
from bot.types.delivery import ChannelTarget
from tests.fakes.alerts import CHINA_JAPAN, HOSTILE, HOSTILE_TEXT, NOW, PRESS_ONLY
from tests.fakes.weeks import HOSTILE_WEEK, ORDINARY

DESK = ChannelTarget(name="desk", kind="slack", address="#desk", options={"mention": "@econsec-oncall"})


class Page(HTMLParser):
    """Tags with attributes, and text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data


def page(**changes: object) -> str:
    change = CHANNEL.render_change(CHINA_JAPAN, DESK)
    assert change is not None
    early = replace(CHINA_JAPAN, confirmed_by=None, score=61.0)
    posts = (
        Post(channel="#desk", at=NOW - timedelta(days=1), payload=CHANNEL.render(PRESS_ONLY, DESK).payload),
        Post(
            channel="#desk",
            at=NOW,
            payload=CHANNEL.render(CHINA_JAPAN, DESK).payload,
            earlier=(Shown(at=NOW, payload=CHANNEL.render(early, DESK).payload),),
            replies=(Shown(at=NOW + timedelta(hours=1), payload=change.payload),),
        ),
        Post(channel="#operations", at=NOW, payload=CHANNEL.render_notice("Feeds", ["METI: 503"], DESK).payload),
    )
    return slack_page(posts, str(render_digest(ORDINARY, "en").payload["html"]), **changes)  # type: ignore[arg-type]


def test_the_page_shows_messages_threads_edits_and_the_digest_twice() -> None:
    shown = Page(page(heading=Heading(lead="All of it.", facts=(("9", "languages"),), notes=(("Near miss", "44"),))))
    for text in (
        "China bars dual-use exports",
        "Press only",
        "edited",
        "1 reply",
        "score 61",
        "METI: 503",
        "Near miss",
    ):
        assert text in shown.text
    frames = [attributes for tag, attributes in shown.tags if tag == "iframe"]
    assert [f["title"] for f in frames] == ["Digest, light", "Digest, dark"]
    assert all("Weekly digest" in f["srcdoc"] for f in frames)
    assert shown.text.count("# desk") == 3  # in the list of both windows, and above its own
    assert len([t for t, _ in shown.tags if t == "article"]) == 3


def test_dialogs_and_home_tab_stand_behind_the_buttons() -> None:
    view = not_useful_dialog(CHINA_JAPAN.id, "C1:1.2", labels("en"))
    home = {"type": "home", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Your settings"}}]}
    shown = Page(page(views=(view, home)))
    for text in ("Behind the buttons", "What is wrong with it?", "Your settings"):
        assert text in shown.text
    assert len([a for _, a in shown.tags if a.get("role") == "dialog"]) == 1
    assert "Behind the buttons" not in page()


def test_the_page_runs_nothing_and_loads_nothing() -> None:
    shown = Page(page())
    assert not {"script", "img", "link", "object", "embed"} & {tag for tag, _ in shown.tags}
    policy = next(a["content"] for t, a in shown.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert all(a["sandbox"] == "allow-popups" for t, a in shown.tags if t == "iframe")
    assert not any(name.startswith("on") for _, attributes in shown.tags for name in attributes)
    assert any(a.get("name") == "viewport" for t, a in shown.tags)


def test_who_is_called_stands_in_the_first_line() -> None:
    html = blocks_html(CHANNEL.render(CHINA_JAPAN, DESK).payload)
    assert "oncall" not in html
    assert '<span class="b-mention">@econsec-oncall</span>' in page()


def test_hostile_payloads_and_digests_stay_dead() -> None:
    payload = CHANNEL.render(HOSTILE, DESK).payload
    posts = (Post(channel=f"#{HOSTILE_TEXT}", at=NOW, payload=payload, earlier=(Shown(at=NOW, payload=payload),)),)
    heading = Heading(title=HOSTILE_TEXT, lead=HOSTILE_TEXT, facts=((HOSTILE_TEXT,) * 2,), notes=((HOSTILE_TEXT,) * 2,))
    html = slack_page(posts, str(render_digest(HOSTILE_WEEK, "en").payload["html"]), heading=heading)
    shown = Page(html)
    assert not {"script", "img"} & {tag for tag, _ in shown.tags}
    assert all(re.match(r"https?://", a["href"]) for t, a in shown.tags if t == "a")
    assert not any(name.startswith("on") for _, attributes in shown.tags for name in attributes)


def test_light_and_dark_do_not_depend_on_the_viewer() -> None:
    mail = str(render_digest(ORDINARY, "en").payload["html"])
    assert "prefers-color-scheme" in mail
    assert "prefers-color-scheme" not in in_light(mail) + in_dark(mail)
    assert "@media all" in in_dark(mail)
    assert "@media not all" in in_light(mail)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* and _it_ and ~no~", "<strong>bold</strong> and <em>it</em> and <del>no</del>"),
        ("2*3*4 snake_case_word", "2*3*4 snake_case_word"),
        ("* not bold *", "* not bold *"),
        ("`a*b*c`", "<code>a*b*c</code>"),
        ("a\nb", "a<br>b"),
        ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
        ("<!here>", '<span class="b-mention">@here</span>'),
        ("<!subteam^S1|@oncall>", '<span class="b-mention">@oncall</span>'),
        ("<javascript:alert(1)|x>", "x"),
        (
            "<https://x.example/?a&amp;b|P &lt;&gt;>",
            '<a href="https://x.example/?a&amp;b" title="https://x.example" rel="noreferrer noopener">P &lt;&gt;</a>',
        ),
    ],
)
def test_mrkdwn_reads_as_in_slack(text: str, html: str) -> None:
    assert mrkdwn_html(text) == html


def test_a_message_without_blocks_shows_its_text() -> None:
    assert blocks_html({"text": "*now*"}) == '<div class="b-text"><strong>now</strong></div>'
