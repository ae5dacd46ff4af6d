from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from bot.deliver import Post, Shown, message_picture, view_picture
from bot.deliver._desk import explanation_dialog, home_view, mute_dialog, not_useful_dialog, rest_dialog
from bot.deliver._labels import labels
from bot.deliver._preview._elements import element_html
from bot.deliver.slack import CHANNEL
from bot.types.delivery import ChannelTarget
from bot.types.desk import HomePage, HomeSource, Member
from bot.types.ids import AlertId, SectorId
from tests.fakes.alerts import CHINA_JAPAN, HOSTILE, HOSTILE_TEXT, NOW

DESK = ChannelTarget(name="desk", kind="slack", address="#desk", locale="ja")
EN = labels("en")
ID = AlertId("a-1")


class Page(HTMLParser):
    """Classes, addresses, tags and text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.classes: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.classes += (dict(attrs).get("class") or "").split()

    def handle_data(self, data: str) -> None:
        self.text += data


def message(**changes: Any) -> Page:
    payload = CHANNEL.render(CHINA_JAPAN, DESK).payload
    return Page(message_picture(replace(Post(channel="#desk", at=NOW, payload=payload), **changes), locale="ja"))


def test_the_picture_of_a_message_shows_its_buttons_and_where_open_leads() -> None:
    shown = message()
    for word in ("関連あり", "関連なし", "案件をミュート", "担当を決める", "理由を見る", "開く"):
        assert word in shown.text
    assert shown.classes.count("e-button") == 6
    assert ("href", "https://www.mofcom.gov.cn/zwgk/zcfb/art/2026/1.html") in shown.attributes
    assert "(edited)" not in shown.text
    assert "b-unknown" not in shown.classes


def test_an_edited_message_says_so_and_replies_stand_below() -> None:
    change = CHANNEL.render_change(CHINA_JAPAN, DESK)
    assert change is not None
    reply = Shown(at=NOW + timedelta(hours=1), payload=change.payload)
    shown = message(earlier=(reply,), replies=(reply,))
    assert "(edited)" in shown.text
    assert "1 reply" in shown.text
    assert shown.classes.count("reply") == 1


def test_the_picture_of_a_dialog_shows_questions_choices_and_both_ways_out() -> None:
    shown = Page(view_picture(not_useful_dialog(ID, "C1:1.2", EN)))
    for word in ("Not relevant", "What is wrong with it?", "Old news", "Note (optional)", "Send", "Cancel"):
        assert word in shown.text
    assert shown.classes.count("e-dot") == 5
    muted = Page(view_picture(mute_dialog(ID, "C1:1.2", EN)))
    assert "14 days" in muted.text
    assert "90 days" not in muted.text  # the menu is closed
    assert "nobody in the team" in muted.text
    hours = Page(view_picture(rest_dialog(Member(id="U1"), EN)))
    assert [word in hours.text for word in ("22:00", "07:00", "UTC")] == [True] * 3


def test_the_picture_of_a_home_tab_shows_what_is_chosen() -> None:
    page = HomePage(
        member=Member(id="U1", sectors=(SectorId("wind"),)),
        sectors=((SectorId("wind"), "Wind turbines"), (SectorId("cars"), "Cars")),
        alerts=(),
        mutes=(),
        sources_well=3,
        sources_ill=(HomeSource(title="METI", why="answers 503"),),
        waiting=0,
        at=NOW,
    )
    shown = Page(view_picture(home_view(page, EN)))
    for word in ("Your settings", "Wind turbines", "English", "Change", "METI: answers 503"):
        assert word in shown.text
    assert "Cars" not in shown.text
    assert shown.classes.count("e-chip") == 1
    nothing = replace(page, member=Member(id="U1"))
    assert "Choose sectors" in Page(view_picture(home_view(nothing, EN))).text


@pytest.mark.parametrize(
    "html",
    [
        message_picture(Post(channel=HOSTILE_TEXT, at=NOW, payload=CHANNEL.render(HOSTILE, DESK).payload)),
        view_picture(explanation_dialog([HOSTILE_TEXT], HOSTILE_TEXT, EN)),
        view_picture({"type": "modal", "title": {"text": HOSTILE_TEXT}, "blocks": [{"type": HOSTILE_TEXT}]}),
    ],
)
def test_nothing_on_a_picture_runs_or_loads(html: str) -> None:
    shown = Page(html)
    assert not {"script", "img", "link", "iframe", "button", "input", "form"} & set(shown.tags)
    assert all(re.match("https?://", value) for name, value in shown.attributes if name == "href")
    assert not any(name.startswith("on") for name, _ in shown.attributes)
    policy = next(value for name, value in shown.attributes if name == "content" and "-src" in value)
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")


def test_night_and_day_do_not_depend_on_the_viewer() -> None:
    view = not_useful_dialog(ID, "C1:1.2", EN)
    light, dark = view_picture(view), view_picture(view, dark=True)
    assert "prefers-color-scheme" not in light + dark
    assert "@media all" in dark
    assert "@media not all" in light


@pytest.mark.parametrize(
    ("element", "html"),
    [
        (
            {"type": "button", "text": {"type": "plain_text", "text": "<b>"}, "url": "javascript:x"},
            '<span class="e-button" role="button">&lt;b&gt;</span>',
        ),
        (
            {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "url": "https://x.example/?a&b"},
            '<a class="e-button" href="https://x.example/?a&amp;b" rel="noreferrer noopener">Go</a>',
        ),
        (
            {"type": "users_select", "placeholder": {"type": "plain_text", "text": "Who?"}},
            '<div class="e-field e-select"><span class="e-placeholder">Who?</span></div>',
        ),
        (
            {
                "type": "checkboxes",
                "options": [{"text": {"text": "a"}, "value": "a"}, {"text": {"text": "b"}, "value": "b"}],
                "initial_options": [{"text": {"text": "b"}, "value": "b"}],
            },
            (
                '<div class="e-list"><div class="e-row"><span class="e-box"></span>a</div>'
                '<div class="e-row"><span class="e-box on"></span>b</div></div>'
            ),
        ),
        ({"type": "<new>"}, '<span class="b-unknown">&lt;new&gt;</span>'),
    ],
)
def test_elements_are_drawn_as_what_they_are(element: dict[str, Any], html: str) -> None:
    assert element_html(element) == html
