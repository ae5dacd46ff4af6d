"""Whatever feeds and people write: Slack takes what is made of it, nothing of theirs is markup, nobody is called."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.deliver._desk import (
    answer_blocks,
    assign_dialog,
    buttons,
    explanation_dialog,
    home_view,
    mute_dialog,
    not_useful_dialog,
    rest_dialog,
)
from bot.deliver._labels import LOCALES, labels
from bot.deliver._preview._blocks import blocks_html
from bot.deliver._slack_blocks import (
    MAX_CHARACTERS,
    alert_blocks,
    calling,
    change_blocks,
    characters,
    notice_blocks,
    plain_text,
)
from bot.deliver._text import safe_url
from bot.types.delivery import Alert, Quote
from bot.types.desk import Handling, HomeAlert, HomePage, HomeSource, Member, Mute, Rest
from bot.types.ids import AlertId, SectorId, StoryId
from bot.types.levels import Band
from tests.fakes.alerts import CHINA_JAPAN, HOSTILE, HOSTILE_TEXT, LARGEST, NOW, PRESS_ONLY, source
from tests.fakes.hostile import alerts, texts, urls
from tests.fakes.slack_limits import complaint, view_complaint
from tests.fakes.slack_text import strays, tags
from tests.fakes.slack_text import texts as written

ID = AlertId("a-0123456789abcdef")
ORIGIN = "C0123456789:1767692405.000123"
HUGE = "<!channel> *x* | " * 6_000
LONG = "<@U012AB3CD> & `x` " * 20
words_of_all = st.sampled_from(LOCALES).map(labels)
ids = st.text("abcxyz0189-", min_size=1, max_size=20)
people = st.one_of(
    texts, st.sampled_from(["U012AB3CD", "W012AB3CD", "U1", "<@U012AB3CD>", "U012AB3CD|you", "S012AB3CD"])
)
handlings = st.builds(
    Handling, alert_id=st.just(ID), acknowledged_by=people, assigned_to=people, assigned_by=people
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> HomePage:
    """A home tab whose every text is hostile."""
    sectors = draw(st.lists(st.tuples(ids.map(SectorId), texts), max_size=6))
    rest = Rest(start=time(22), end=time(6, 30), zone=draw(texts))
    return HomePage(
        member=Member(
            id="U012AB3CD",
            sectors=tuple(draw(st.lists(ids.map(SectorId), max_size=3))) + tuple(key for key, _ in sectors[:2]),
            band=draw(st.sampled_from(Band)),
            locale=draw(texts),
            rest=draw(st.sampled_from([rest, None])),
        ),
        sectors=tuple(sectors),
        alerts=tuple(
            HomeAlert(alert_id=ID, headline=headline, band=band, at=NOW, url=url, handling=handling)
            for headline, band, url, handling in draw(
                st.lists(st.tuples(texts, st.sampled_from(Band), st.none() | urls, st.none() | handlings), max_size=4)
            )
        ),
        mutes=tuple(
            (Mute(story_id=StoryId(story), until=date(2026, 2, 1), by=by, at=NOW, why=why), headline)
            for story, by, why, headline in draw(st.lists(st.tuples(ids, people, texts, texts), max_size=3))
        ),
        sources_well=12,
        sources_ill=tuple(HomeSource(title=a, why=b) for a, b in draw(st.lists(st.tuples(texts, texts), max_size=3))),
        waiting=2,
        at=NOW,
    )


def called(value: Any) -> set[str]:
    """Everybody that blocks or a view would call, and every markup in angle brackets that is no link."""
    found = [tag for text in written(value, "mrkdwn") for tag in tags(text["text"])]
    return {address for address, label in found if not label}


def links(value: Any) -> set[tuple[str, str]]:
    """Address and label of each link."""
    found = [tag for text in written(value, "mrkdwn") for tag in tags(text["text"])]
    return {(address, label) for address, label in found if label}


def misread(value: Any) -> list[Any]:
    """Texts of others that would be read as markup: styles, emoji codes, addresses that Slack links by itself."""
    styled = [stray for text in written(value, "mrkdwn") for stray in strays(text["text"])]
    linked = [text for text in written(value, "mrkdwn") if text["verbatim"] is not True]
    return styled + linked + [text for text in written(value, "plain_text") if text["emoji"] is not False]


# -- messages ---------------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(alerts(), st.none() | handlings, words_of_all)
@example(HOSTILE, Handling(alert_id=ID, assigned_to=HOSTILE_TEXT), labels("de"))
@example(LARGEST, Handling(alert_id=ID, acknowledged_by=HUGE), labels("fr"))
def test_a_message_in_use_calls_only_whom_slack_knows_by_id(
    alert: Alert, handling: Handling | None, words: Any
) -> None:
    used = replace(alert, votes=(3, 1), handling=handling, muted_until=date(2026, 2, 1))
    blocks, seen = alert_blocks(used, words)
    assert complaint({"text": "x", "blocks": blocks}) is None
    assert len(blocks) <= 6
    assert characters(blocks) <= MAX_CHARACTERS
    keepers = {f"@{who}" for who in (handling.assigned_to, handling.acknowledged_by)} if handling else set()
    assert called(blocks) <= keepers & {"@U012AB3CD", "@W012AB3CD"}
    assert {address for address, _ in links(blocks)} <= {safe_url(line.url) for line in used.sources}
    assert misread(blocks) == []
    plain = plain_text(seen, words)
    assert {address for address, label in tags(plain) if not label} <= keepers
    assert strays(plain) == []
    assert [block["type"] for block in blocks].index("actions") == len(blocks) - 1


FRAMES = ("{}", "«{}»", "“{}”", "[{}]", "{}…", "The {} site", "{}|x", "·{}·", "{}!", "'{}'")
SPOOFED = (
    "microsoft.com",
    "www.Mofcom.gov.cn",
    "ｍｏｆｃｏｍ．ｇｏｖ．ｃｎ",
    "meti․go․jp",
)  # plain, and in look-alikes


@pytest.mark.parametrize("alert", [LARGEST, CHINA_JAPAN, PRESS_ONLY], ids=lambda alert: alert.id)
@pytest.mark.parametrize("locale", LOCALES)
def test_the_message_with_most_markup_is_taken(alert: Alert, locale: str) -> None:
    long = tuple(source(f"& {i}" * 9, f"https://a{i}.example/" + "x&y=" * 300, "zh-Hans", "") for i in range(9))
    heavy = replace(
        alert,
        quote=Quote(text="甲乙" * 400, lang="zh-Hans", marks=tuple((i, i + 1) for i in range(0, 800, 2))),
        sources=long,
        votes=(10**6, 10**6),
        handling=Handling(alert_id=ID, assigned_to="U012AB3CD"),
        muted_until=date(2026, 12, 31),
    )
    blocks, _ = alert_blocks(heavy, labels(locale))
    assert complaint({"text": "x", "blocks": calling(blocks, "<!subteam^S012AB3CD>")}) is None
    assert len(blocks) == 6
    assert blocks[-1]["elements"][-1]["url"].startswith("https://a0.example/")


@given(st.sampled_from(FRAMES), st.sampled_from(SPOOFED), words_of_all)
def test_no_label_names_another_host(frame: str, host: str, words: Any) -> None:
    sources = (source(frame.format(host), "https://evil.example/1", "en", ""),)
    alert = replace(HOSTILE, sources=sources)
    for blocks in (alert_blocks(alert, words)[0], change_blocks(alert, words)[0]):
        assert links(blocks) == {("https://evil.example/1", "evil.example")}


@given(texts, st.lists(texts, max_size=6), words_of_all)
@example(HOSTILE_TEXT, [HOSTILE_TEXT] * 80, labels("ja"))
@example(HUGE, [HUGE, "> quoted", "", "\u202e"], labels("ko"))
def test_answers_and_notices_hold_no_markup_of_others(title: str, lines: list[str], words: Any) -> None:
    for make in (answer_blocks, notice_blocks):
        blocks, text = make(title, lines, words)
        assert complaint({"text": text, "blocks": blocks}) is None
        assert called(blocks) | links(blocks) == set()
        assert misread(blocks) == []
        assert tags(text) == []
        assert strays(text) == []


@settings(max_examples=40)
@given(alerts(), words_of_all)
@example(HOSTILE, labels("zh-Hans"))
def test_replies_have_no_buttons_and_call_nobody(alert: Alert, words: Any) -> None:
    blocks, text = change_blocks(replace(alert, votes=(9, 9)), words)
    assert complaint({"text": text, "blocks": blocks}) is None
    assert {block["type"] for block in blocks} == {"section", "context"}
    assert called(blocks) == set()
    assert misread(blocks) == []


# -- buttons and dialogs ----------------------------------------------------------------------------------------------


@given(st.none() | urls, words_of_all)
def test_open_leads_to_a_safe_address_or_is_not_there(url: str | None, words: Any) -> None:
    block = buttons(ID, words, url)
    assert complaint({"blocks": [block]}) is None
    (opened,) = [e.get("url") for e in block["elements"] if e["action_id"] == "open"] or [None]
    assert opened == (safe_url(url) if url else None)
    assert {e["value"] for e in block["elements"]} == {ID}


@given(words_of_all, texts)
@example(labels("es"), HUGE)
def test_dialogs_are_taken_whatever_the_zone_of_a_person_is(words: Any, zone: str) -> None:
    member = Member(id="U012AB3CD", rest=Rest(start=time(22), end=time(7), zone=zone))
    for view in (
        not_useful_dialog(ID, ORIGIN, words),
        mute_dialog(ID, ORIGIN, words),
        assign_dialog(ID, ORIGIN, words),
        rest_dialog(member, words),
    ):
        assert view_complaint(view) is None
        assert misread(view) == []
        json.dumps(view, ensure_ascii=False).encode("utf-8")


@settings(max_examples=50)
@given(st.lists(texts, max_size=30), texts, words_of_all)
@example([HOSTILE_TEXT] * 900, HOSTILE_TEXT, labels("en"))
@example(["👩‍🔬" * 400] * 900, "👩" * 400, labels("ja"))
@example([HUGE], HUGE, labels("nl"))
@example(["&" * 700] * 9, "&" * 200, labels("de"))
def test_explanations_are_taken_however_long_they_are(lines: list[str], title: str, words: Any) -> None:
    view = explanation_dialog(lines, title, words)
    assert view_complaint(view) is None
    assert called(view) | links(view) == set()
    assert misread(view) == []
    assert "submit" not in view


# -- home -------------------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(pages(), words_of_all)
def test_a_home_tab_is_taken_whatever_stands_in_it(page: HomePage, words: Any) -> None:
    view = home_view(page, words)
    assert view_complaint(view) is None
    assert called(view) <= {"@U012AB3CD", "@W012AB3CD"}
    assert {label for _, label in links(view)} <= {words("button.open")}
    assert {address for address, _ in links(view)} <= {safe_url(alert.url or "") for alert in page.alerts}
    assert misread(view) == []
    json.dumps(view, ensure_ascii=False).encode("utf-8")
    drawn = blocks_html(view)
    assert set(re.findall(r"<(\w+)", drawn)) <= {"div", "span", "strong", "a", "br", "code"}
    assert all(url.startswith("http") for url in re.findall(r'href="([^"]*)', drawn))


@given(words_of_all)
@settings(max_examples=8)
def test_the_fullest_home_tab_has_its_place(words: Any) -> None:
    mute = Mute(story_id=StoryId("s-1"), until=date(2026, 2, 1), by=LONG, at=NOW, why=LONG)
    alert = HomeAlert(alert_id=ID, headline=LONG, band=Band.URGENT, at=NOW - timedelta(1), url="https://a.example/")
    page = HomePage(
        member=Member(id="U012AB3CD", sectors=tuple(SectorId(f"s{i}") for i in range(90, 200)), locale="ja"),
        sectors=((SectorId("s0"), HUGE), *((SectorId(f"s{i}"), LONG) for i in range(1, 200))),
        alerts=(replace(alert, headline=HUGE), *(alert,) * 99),
        mutes=((replace(mute, by=HUGE, why=HUGE), HUGE), *((mute, LONG),) * 99),
        sources_well=0,
        sources_ill=(HomeSource(title=HUGE, why=HUGE), *(HomeSource(title=LONG, why=LONG),) * 99),
        waiting=10**9,
        at=NOW,
    )
    view = home_view(page, words)
    assert view_complaint(view) is None
    menu = next(b["accessory"] for b in view["blocks"] if b.get("block_id") == "home-sectors")
    assert len(menu["initial_options"]) == len(menu["options"]) == 100
    assert len([b for b in view["blocks"] if b.get("accessory", {}).get("action_id") == "home-unmute"]) == 20
