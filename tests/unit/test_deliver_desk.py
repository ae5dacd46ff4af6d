from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

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
from bot.deliver._mrkdwn import person
from bot.deliver._view import best_url
from bot.deliver.console import CHANNEL as CONSOLE
from bot.deliver.email import CHANNEL as MAIL
from bot.deliver.slack import CHANNEL
from bot.types.codec import plain, revive
from bot.types.delivery import Alert, ChannelTarget
from bot.types.desk import Handling, HomeAlert, HomePage, HomeSource, Member, Mute, Rest
from bot.types.ids import AlertId, SectorId, StoryId
from bot.types.levels import Authority, Band
from bot.types.vote import Complaint
from tests.fakes.alerts import CHINA_JAPAN, NOW, source
from tests.fakes.slack_limits import view_complaint

ID, ORIGIN = AlertId("a-1"), "C0123456789:1767692405.000123"
EN = labels("en", "Europe/Amsterdam")
DESK = ChannelTarget(name="desk", kind="slack", address="#desk")
HANDLING = Handling(alert_id=ID, acknowledged_by="U0FIRST01", assigned_to="U012AB3CD", assigned_by="U0FIRST01")
PAGE = HomePage(
    member=Member(id="U012AB3CD", sectors=(SectorId("wind"),), locale="nl", rest=None),
    sectors=((SectorId("automotive"), "Cars"), (SectorId("wind"), "Wind turbines")),
    alerts=(
        HomeAlert(
            alert_id=ID,
            headline="China bars exports",
            band=Band.URGENT,
            at=NOW,
            url="https://desk.slack.example/archives/C1/p1",
            handling=HANDLING,
        ),
        HomeAlert(alert_id=AlertId("a-2"), headline="Read microsoft.com", band=Band.ALERT, at=NOW, url="javascript:x"),
    ),
    mutes=((Mute(story_id=StoryId("s-9"), until=date(2026, 2, 5), by="U012AB3CD", at=NOW, why="said & done"), "Old"),),
    sources_well=41,
    sources_ill=(HomeSource(title="METI", why="answered 503 since yesterday"),),
    waiting=2,
    at=NOW,
)


def pressed(block: dict[str, Any]) -> list[tuple[str, str]]:
    return [(e["action_id"], e["value"]) for e in block["elements"]]


def asked(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Input blocks by id."""
    return {b["block_id"]: b for b in view["blocks"] if b["type"] == "input"}


def text_of(view: dict[str, Any]) -> str:
    return "\n".join(b["text"]["text"] for b in view["blocks"] if "text" in b)


# -- buttons ----------------------------------------------------------------------------------------------------------


def test_the_buttons_stand_in_one_order_and_carry_only_the_id() -> None:
    block = buttons(ID, EN, "https://www.mofcom.gov.cn/1.html")
    names = ["useful", "not-useful", "mute", "assign", "explain", "open"]
    assert pressed(block) == [(name, "a-1") for name in names]
    assert [e["text"]["text"] for e in block["elements"]] == [
        "Relevant", "Not relevant", "Mute story", "Assign", "Explain", "Open",
    ]  # fmt: skip
    assert block["elements"][-1]["url"] == "https://www.mofcom.gov.cn/1.html"
    assert block["block_id"] == buttons(AlertId("a-2"), EN, None)["block_id"]


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", "https://x.example/" + "a" * 3000])
def test_open_is_left_out_without_a_safe_address(url: str | None) -> None:
    assert [name for name, _ in pressed(buttons(ID, EN, url))][-1] == "explain"


def test_open_leads_to_the_official_source_and_never_first_to_a_doubtful_one() -> None:
    press = source("Paper", "https://paper.example/1", "en", "")
    twin = replace(source("MOFCOM", "https://mofcom.example/1", "zh", "", Authority.OFFICIAL), doubt="new domain")
    office = source("MOFCOM", "https://www.mofcom.gov.cn/1", "zh", "", Authority.OFFICIAL)
    assert best_url(replace(CHINA_JAPAN, sources=(twin, press, office))) == "https://www.mofcom.gov.cn/1"
    assert best_url(replace(CHINA_JAPAN, sources=(twin, press))) == "https://paper.example/1"
    assert best_url(replace(CHINA_JAPAN, sources=(twin,))) == "https://mofcom.example/1"
    assert best_url(replace(CHINA_JAPAN, sources=(source("x", "javascript:x", "en", ""),))) is None


# -- the message in use -----------------------------------------------------------------------------------------------


def footer(**changes: Any) -> list[str]:
    blocks: Any = CHANNEL.render(replace(CHINA_JAPAN, **changes), DESK).payload["blocks"]
    assert blocks[-1]["type"] == "actions"
    text: str = blocks[-2]["elements"][0]["text"]
    return text.splitlines()


def test_the_footer_says_what_readers_did() -> None:
    assert footer(votes=(3, 1), handling=HANDLING, muted_until=date(2026, 2, 5)) == [
        "👍 3 · 👎 1 · assigned to <@U012AB3CD> · muted until 5 Feb 2026",
        "Rules: `cn-export-limits`",
        "first seen 6 Jan 2026 07:30 UTC · updated 6 Jan 2026 09:30 UTC",
    ]
    assert footer(handling=replace(HANDLING, assigned_to=""))[0] == "seen by <@U0FIRST01>"
    assert footer(votes=(0, 2))[0] == "👎 2"
    assert len(footer()) == 2


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("U012AB3CD", "<@U012AB3CD>"),
        ("W012AB3CD", "<@W012AB3CD>"),
        ("S012AB3CD", "S012AB3CD"),
        ("U012AB3CD> <!channel", "U012AB3CD&gt; &lt;!channel"),
        ("u012ab3cd", "u012ab3cd"),
        ("*Eva*", "∗Eva∗"),
        ("", ""),
    ],
)
def test_only_ids_of_people_become_mentions(name: str, shown: str) -> None:
    assert person(name) == shown


def test_buttons_are_in_no_other_form_of_a_message() -> None:
    change = CHANNEL.render_change(CHINA_JAPAN, DESK)
    plain_form = CHANNEL.plain(CHANNEL.render(CHINA_JAPAN, DESK))  # type: ignore[attr-defined]
    assert change is not None
    for message in (change, plain_form, CHANNEL.render_notice("Feeds", ["one"], DESK)):
        assert '"actions"' not in json.dumps(message.payload)


def test_an_alert_of_an_older_version_has_no_votes_and_a_newer_one_keeps_them() -> None:
    used = replace(CHINA_JAPAN, votes=(3, 1), handling=HANDLING, muted_until=date(2026, 2, 5))
    assert revive(Alert, json.loads(json.dumps(plain(used)))) == used
    older = {k: v for k, v in plain(used).items() if k not in ("votes", "handling", "muted_until")}
    assert revive(Alert, older) == CHINA_JAPAN


def test_console_and_mail_say_who_looks_after_it() -> None:
    used = replace(CHINA_JAPAN, votes=(3, 0), handling=replace(HANDLING, assigned_to="Eva <b>"))
    rows: Any = CONSOLE.render(used, ChannelTarget(name="me", kind="console", address="stdout")).payload["rows"]
    assert rows[-1] == ["", "👍 3 · assigned to Eva <b>"]
    mail = MAIL.render(used, ChannelTarget(name="me", kind="email", address="me@team.example")).payload
    assert "\n👍 3 · assigned to Eva <b>\n" in str(mail["text"])
    assert ">👍 3 · assigned to Eva &lt;b&gt;</p>" in str(mail["html"])
    unused = MAIL.render(CHINA_JAPAN, ChannelTarget(name="me", kind="email", address="me@team.example")).payload
    assert "👍" not in str(unused)


# -- dialogs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
def test_dialogs_know_their_alert_and_fit_in_every_language(locale: str) -> None:
    words = labels(locale)
    about = {"alert": "a-1", "origin": ORIGIN}
    made = {
        "not-useful": not_useful_dialog(ID, ORIGIN, words),
        "mute": mute_dialog(ID, ORIGIN, words),
        "assign": assign_dialog(ID, ORIGIN, words),
    }
    for name, view in made.items():
        assert view_complaint(view) is None
        assert view["callback_id"] == name
        assert json.loads(view["private_metadata"]) == {**about, "locale": words.locale}
    member = Member(id="U1")
    others = {"rest": rest_dialog(member, words), "explain": explanation_dialog(["one"], "x" * 99, words)}
    for name, view in others.items():
        assert view_complaint(view) is None
        assert view["callback_id"] == name


def test_complaints_are_those_of_a_vote_and_the_note_is_free() -> None:
    found = asked(not_useful_dialog(ID, ORIGIN, EN))
    assert list(found) == ["complaint", "note"]
    element = found["complaint"]["element"]
    assert (element["type"], element["action_id"]) == ("radio_buttons", "complaint")
    assert [o["value"] for o in element["options"]] == [c.value for c in Complaint]
    assert not found["complaint"]["optional"]
    assert found["note"]["optional"]
    assert found["note"]["element"]["action_id"] == "note"


def test_a_mute_lasts_two_weeks_unless_said_otherwise() -> None:
    found = asked(mute_dialog(ID, ORIGIN, EN))
    menu = found["days"]["element"]
    assert [o["value"] for o in menu["options"]] == ["7", "14", "30", "90"]
    assert menu["initial_option"]["value"] == "14"
    assert found["why"]["optional"]


def test_somebody_is_chosen_from_the_workspace() -> None:
    assert asked(assign_dialog(ID, ORIGIN, EN))["person"]["element"] == {
        "type": "users_select",
        "action_id": "person",
    }


def test_quiet_hours_begin_with_those_in_force() -> None:
    rest = Rest(start=time(21, 30), end=time(6), zone="Asia/Tokyo")
    found = asked(rest_dialog(Member(id="U1", rest=rest), EN))
    assert [found[k]["element"].get("initial_time") for k in ("from", "to")] == ["21:30", "06:00"]
    assert found["zone"]["element"]["initial_value"] == "Asia/Tokyo"
    proposed = asked(rest_dialog(Member(id="U1"), EN))
    assert [proposed[k]["element"].get("initial_time") for k in ("from", "to")] == ["22:00", "07:00"]
    assert proposed["zone"]["element"]["initial_value"] == "Europe/Amsterdam"


def test_a_long_ledger_is_laid_out_in_pages_and_says_what_it_leaves_out() -> None:
    view = explanation_dialog([f"line {i} of the <ledger>" for i in range(1000)], "Why?", EN)
    assert view["title"]["text"] == "Why?"
    assert len(view["blocks"]) > 1
    assert "• line 399 of the &lt;ledger&gt;" in text_of(view)
    assert text_of(view).endswith("and 600 more")
    assert "submit" not in view


def test_a_title_too_long_for_a_dialog_stands_above_the_lines() -> None:
    view = explanation_dialog(["one"], "China bars dual-use exports", EN)
    assert view["title"]["text"] == "Explain"
    assert [b["type"] for b in view["blocks"]] == ["header", "section"]
    assert text_of(explanation_dialog([], "", EN)) == "Nothing is known about it."


def test_an_answer_is_a_title_and_lines() -> None:
    blocks, text = answer_blocks("Status", ["41 sources", " ", "<none> ill"], EN)
    assert [b["type"] for b in blocks] == ["header", "section"]
    assert text == "*Status*\n• 41 sources\n• &lt;none&gt; ill"
    assert [b["type"] for b in answer_blocks("", [], EN)[0]] == ["header"]


# -- home -------------------------------------------------------------------------------------------------------------


def accessory(page: HomePage, name: str) -> dict[str, Any]:
    (found,) = [
        b["accessory"] for b in home_view(page, EN)["blocks"] if b.get("accessory", {}).get("action_id") == name
    ]
    return dict(found)


def test_the_settings_show_what_is_chosen() -> None:
    assert accessory(PAGE, "home-sectors")["initial_options"] == [accessory(PAGE, "home-sectors")["options"][1]]
    assert accessory(PAGE, "home-band")["initial_option"]["value"] == "alert"
    assert [o["value"] for o in accessory(PAGE, "home-band")["options"]] == ["urgent", "alert", "digest"]
    assert accessory(PAGE, "home-language")["initial_option"]["text"]["text"] == "Nederlands"
    assert [o["value"] for o in accessory(PAGE, "home-language")["options"]] == list(LOCALES)
    assert accessory(PAGE, "home-rest")["type"] == "button"
    assert "*Quiet hours*\nnone" in text_of(home_view(PAGE, EN))
    rested = replace(PAGE.member, rest=Rest(start=time(22), end=time(7), zone="Asia/Tokyo"), band=Band.ARCHIVE)
    page = replace(PAGE, member=rested)
    assert "*Quiet hours*\n22:00–07:00 Asia/Tokyo" in text_of(home_view(page, EN))
    assert "initial_option" not in accessory(page, "home-band")


def test_without_sectors_there_is_no_empty_menu() -> None:
    view = home_view(replace(PAGE, sectors=()), EN)
    assert view_complaint(view) is None
    assert "home-sectors" not in json.dumps(view)
    assert "initial_options" not in accessory(replace(PAGE, member=Member(id="U1")), "home-sectors")


def test_alerts_say_who_handles_them_and_link_with_our_word_alone() -> None:
    text = text_of(home_view(PAGE, EN))
    assert (
        "🔴 *Urgent* China bars exports\n6 Jan 2026 10:30 CET · assigned to <@U012AB3CD> · "
        "<https://desk.slack.example/archives/C1/p1|Open>"
    ) in text
    assert "🟠 *Alert* Read microsoft.com\n6 Jan 2026 10:30 CET\n" in text
    assert "No alerts in the last days." in text_of(home_view(replace(PAGE, alerts=()), EN))


def test_a_mute_can_be_taken_back() -> None:
    assert accessory(PAGE, "home-unmute")["value"] == "s-9"
    assert "🔇 Old\nmuted until 5 Feb 2026 · <@U012AB3CD> · “said &amp; done”" in text_of(home_view(PAGE, EN))
    assert "Muted stories" not in text_of(home_view(replace(PAGE, mutes=()), EN))


def test_health_is_a_sentence_for_each_source_and_the_hour() -> None:
    view = home_view(PAGE, EN)
    assert "• *METI*: answered 503 since yesterday" in text_of(view)
    assert view["blocks"][-1]["elements"][0]["text"] == (
        "✅ Sources in order: 41 · ⚠️ in trouble: 1 · Messages waiting: 2 · As of 6 Jan 2026 10:30 CET"
    )
    well = home_view(replace(PAGE, sources_ill=(), at=NOW + timedelta(hours=1)), EN)
    assert "trouble" not in json.dumps(well)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_home_tab_speaks_one_language(locale: str) -> None:
    view = home_view(PAGE, labels(locale))
    assert view_complaint(view) is None
    assert "{" not in text_of(view)
