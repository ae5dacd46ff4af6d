"""Buttons and dialogs: one deed each, shown on the message, told to one person, harmless when forged or stale."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.errors import ConfigError
from bot.pipeline import Current, vote
from bot.slackapp.building import build
from bot.slackapp.desk import Desk, client, identify
from bot.storage import Database
from bot.types.ids import AlertId, StoryId
from bot.types.levels import Stage
from bot.types.vote import Complaint, Verdict
from tests.fakes import rules
from tests.fakes.clock import FakeClock
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_team import ANN, BOB, EVE, ROLE, Team, team, tell

A = AlertId("a-a")


@pytest.fixture
def desk(database: Database, clock: FakeClock) -> Iterator[Team]:
    with FakeSlack(now=lambda: clock.now().timestamp()) as slack:
        for name in ("#desk", "#ops"):
            slack.add_channel(name)
        made = team(database, clock, slack)
        made.alert()
        yield made


def votes(desk: Team) -> list[tuple[str, str, str, str]]:
    with desk.rig.database.transaction() as tx:
        return [(v.voter, v.verdict.value, v.complaint or "", v.note) for v in tx.votes.counting()]


def shown(desk: Team) -> str:
    """What stands in the channel."""
    return json.dumps(desk.message().current["blocks"], ensure_ascii=False)


def handed_over(desk: Team) -> str:
    """What stands in the channel after everything that waits was sent."""
    desk.clock.turn(60)
    desk.deliver()
    return shown(desk)


def test_a_vote_counts_is_shown_on_the_message_and_told_to_the_voter_alone(desk: Team) -> None:
    assert desk.press("useful", A).status == 200
    assert votes(desk) == [(f"slack:{ANN}", "useful", "", "")]
    assert "👍 1" in handed_over(desk)
    assert f"<@{ANN}>" in shown(desk), "whoever votes has seen the alert"
    (whisper,) = desk.slack.whispers
    assert (whisper["response_type"], whisper["replace_original"]) == ("ephemeral", False)
    assert "Title of a" in json.dumps(whisper)
    assert len(desk.slack.in_channel("#desk")) == 1, "nothing is said in the channel or in the thread"


def test_a_press_that_is_handed_over_twice_is_one_vote_and_one_edit(desk: Team) -> None:
    payload = desk.pressed("useful", A)
    desk.dispatch(payload)
    handed_over(desk)
    edits = len(desk.message().edits)
    desk.dispatch(payload)
    handed_over(desk)
    with desk.rig.database.transaction() as tx:
        rows = tx.connection.exec_driver_sql("SELECT count(*) FROM vote").scalar()
    assert (rows, edits, len(desk.message().edits)) == (1, 1, 1)


def test_edits_that_people_bring_about_come_at_most_every_45_seconds_and_the_last_state_is_shown(desk: Team) -> None:
    desk.press("useful", A)
    desk.deliver()
    assert len(desk.message().edits) == 1, "the first is made at once"
    for who, action in ((BOB, "useful"), (EVE, "useful"), (EVE, "not")):
        if action == "useful":
            desk.press("useful", A, who)
        else:
            vote(desk.rig, A, Verdict.NOT, voter=f"slack:{who}", complaint=Complaint.OLD_NEWS)
        desk.clock.turn(10)
        desk.deliver()
    assert len(desk.message().edits) == 1
    desk.clock.turn(20)
    desk.deliver()
    assert len(desk.message().edits) == 2
    assert "👍 2 · 👎 1" in shown(desk)


def test_back_to_an_earlier_state_is_shown_too(desk: Team) -> None:
    desk.press("useful", A)
    first = handed_over(desk)
    vote(desk.rig, A, Verdict.NOT, voter=f"slack:{ANN}")
    assert "👎 1" in handed_over(desk)
    desk.press("useful", A)
    assert handed_over(desk) == first


def test_a_material_change_does_not_wait_for_an_edit_that_waits_for_company(desk: Team) -> None:
    desk.press("useful", A)
    desk.deliver()
    desk.press("useful", A, BOB)
    tell(desk.rig, "a", rules.event(stage=Stage.IN_FORCE))
    desk.deliver()
    (root, reply) = desk.slack.in_channel("#desk")
    assert reply.thread_ts == root.ts
    assert "👍 2" in json.dumps(root.current["blocks"], ensure_ascii=False), "the newest edit says it all"
    assert len(root.edits) == 2


def test_what_was_wrong_is_asked_and_kept(desk: Team) -> None:
    desk.press("not-useful", A)
    (dialog,) = desk.slack.views
    assert json.loads(dialog["private_metadata"]) == {
        "alert": A, "origin": f"{desk.message().channel}:{desk.message().ts}", "locale": "en"
    }  # fmt: skip
    values = {
        "complaint": {"complaint": {"selected_option": {"value": "hedged"}}},
        "note": {"note": {"value": "rumour"}},
    }
    assert desk.submit(values).body in ("", None)
    assert votes(desk) == [(f"slack:{ANN}", "not", "hedged", "rumour")]
    (whisper,) = desk.slack.whispers
    assert (whisper["user"], whisper["channel"]) == (ANN, desk.message().channel)
    assert "👎 1" in handed_over(desk)


def test_a_form_that_is_wrong_stays_open_and_says_where(desk: Team) -> None:
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("not-useful", {"complaint": {"complaint": {"selected_option": {"value": "ugly"}}}}, "complaint"),
        ("not-useful", {}, "complaint"),
        ("mute", {"days": {"days": {"selected_option": {"value": "-1"}}}}, "days"),
        ("mute", {"days": {"days": {"selected_option": None}}}, "days"),
        ("assign", {"person": {"person": {"selected_user": "<!channel>"}}}, "person"),
    ]
    for action, values, field in wrong:
        desk.press(action, A)
        answer = json.loads(desk.submit(values).body)
        assert (answer["response_action"], list(answer["errors"])) == ("errors", [field])
    with desk.rig.database.transaction() as tx:
        assert (tx.votes.counting(), tx.mutes.standing(desk.clock.now().date()), tx.handlings.get(A)) == ((), (), None)


def test_mute_says_until_when_on_the_message(desk: Team) -> None:
    desk.press("mute", A)
    desk.submit({"days": {"days": {"selected_option": {"value": "30"}}}, "why": {"why": {"value": "known\x00 *here*"}}})
    with desk.rig.database.transaction() as tx:
        (mute,) = tx.mutes.standing(desk.clock.now().date())
        assert tx.handlings.acknowledged([A]) == {A}
    assert (mute.story_id, mute.by, (mute.until - desk.clock.now().date()).days) == ("s-a", ANN, 30)
    assert "5 Feb 2026" in handed_over(desk)


def test_assign_names_a_person_on_the_message(desk: Team) -> None:
    desk.press("assign", A)
    desk.submit({"person": {"person": {"selected_user": BOB}}})
    assert f"<@{BOB}>" in handed_over(desk)
    with desk.rig.database.transaction() as tx:
        handling = tx.handlings.get(A)
    assert handling is not None
    assert (handling.assigned_to, handling.assigned_by, handling.acknowledged_by) == (BOB, ANN, ANN)


def test_explain_shows_the_ledger_and_answers_without_a_dialog_when_the_trigger_has_expired(desk: Team) -> None:
    desk.press("explain", A)
    (dialog,) = desk.slack.views
    assert "s-a" in json.dumps(dialog)
    assert "points" in json.dumps(dialog)
    desk.slack.on_next("views.open", "expired_trigger_id")
    desk.press("explain", A)
    (whisper,) = desk.slack.whispers
    assert "points" in json.dumps(whisper)


def test_a_dialog_that_came_too_late_is_said(desk: Team) -> None:
    desk.slack.on_next("views.open", "expired_trigger_id")
    desk.press("mute", A)
    assert "press the button again" in desk.slack.told()


def test_open_is_a_link_that_is_only_acknowledged(desk: Team) -> None:
    calls = len(desk.slack.calls)
    assert desk.press("open", A).status == 200
    assert len(desk.slack.calls) == calls


@pytest.mark.parametrize("action", ["useful", "not-useful", "mute", "assign", "explain"])
def test_forged_and_stale_ids_change_nothing_and_are_answered(desk: Team, action: str) -> None:
    forged: list[Any] = ["a-nothing", "s-a' OR 1=1 --", "", None, {"a": 1}, "\x00", "a-" + "a" * 5000, "\ud800"]
    for count, value in enumerate(forged, 1):
        assert desk.press(action, value).status == 200
        assert len(desk.slack.whispers) + len(desk.slack.views) == count
    assert votes(desk) == []
    assert desk.slack.views == []


def test_a_forged_dialog_changes_nothing(desk: Team) -> None:
    for metadata in (
        "",
        "[]",
        "{",
        '{"alert": 7}',
        '{"alert": "a-gone", "origin": "<!here>:x"}',
        '{"alert": "s-a\\u0000"}',
    ):
        desk.submit(
            {"complaint": {"complaint": {"selected_option": {"value": "other"}}}},
            callback_id="not-useful",
            private_metadata=metadata,
        )
    assert votes(desk) == []


def test_people_of_other_workspaces_and_bots_are_not_served(desk: Team) -> None:
    strangers: list[dict[str, Any]] = [
        {"team": {"id": "T2"}},
        {"user": {"id": EVE, "team_id": "T2"}},
        {"enterprise": {"id": "E1"}},
        {"user": {"id": FakeSlack.me, "team_id": "T1"}},
        {"user": {"id": EVE, "team_id": "T1", "is_bot": True}},
        {"user": {"id": "B0BOT", "team_id": "T1"}},
        {"team": None, "user": {"id": EVE}},
    ]
    for more in strangers:
        assert desk.press("useful", A, **more).status == 200
    assert votes(desk) == []
    assert desk.slack.told() == "[[], [], {}]"


def test_a_workspace_of_an_organisation_is_served(database: Database, clock: FakeClock) -> None:
    with FakeSlack(now=lambda: clock.now().timestamp()) as slack:
        slack.add_channel("#desk")
        slack.enterprise = "E1"
        desk = team(database, clock, slack)
        desk.alert()
        desk.press("useful", A, enterprise={"id": "E1"})
        desk.press("useful", A, BOB, enterprise={"id": "E2"})
        assert [voter for voter, *_ in votes(desk)] == [f"slack:{ANN}"]


def test_an_unknown_button_is_answered(desk: Team) -> None:
    assert desk.press("of-next-year", A).status == 200
    assert "not one of ours" in desk.slack.told()


def test_an_answer_goes_through_the_channel_when_the_address_is_not_slacks(desk: Team) -> None:
    desk.press("useful", A, response_url="https://evil.example/hooks")
    (whisper,) = desk.slack.whispers
    assert (whisper["user"], whisper["channel"]) == (ANN, desk.message().channel)


def test_buttons_of_a_story_that_another_took_up_still_lead_to_it(desk: Team) -> None:
    desk.clock.turn(60)
    tell(desk.rig, "c", rules.event(targets=("US",)))
    desk.deliver()
    with desk.rig.database.transaction() as tx:
        tx.decisions.move([StoryId("s-c")], StoryId("s-a"))
        tx.stories.drop([StoryId("s-c")])
    desk.press("useful", "a-c")
    with desk.rig.database.transaction() as tx:
        (counted,) = tx.votes.counting()
        assert tx.handlings.acknowledged([A, AlertId("a-c")]) == {A, "a-c"}
    assert counted.story_id == "s-a"
    desk.deliver()
    assert [len(post.edits) for post in desk.slack.in_channel("#desk")] == [1, 0], "the older message stands for both"


def test_a_bug_is_told_without_its_words_and_logged_without_the_payload(
    desk: Team, capsys: pytest.CaptureFixture[str]
) -> None:
    with desk.rig.database.transaction() as tx:
        tx.connection.exec_driver_sql('UPDATE alert SET record = \'{"secret": "xoxb-1-abc"}\'')
    desk.press("mute", A, response_url=desk.slack.hook)
    assert "it is in the log" in desk.slack.told()
    said = capsys.readouterr()
    logged = said.out + said.err
    assert "what Slack hands over failed unexpectedly" in logged
    assert "xoxb" not in logged
    assert desk.slack.hook not in logged
    assert "Traceback" not in desk.slack.told()


def test_an_environment_that_asks_for_another_login_is_refused(
    desk: Team, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "s")
    web = client(desk.rig.settings.slack, desk.rig.settings.slack.token)
    with pytest.raises(ConfigError, match="SLACK_CLIENT_ID"):
        build(Desk(current=Current(desk.rig), client=web, workspace=identify(web), scheduler=ROLE))
