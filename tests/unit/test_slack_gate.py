"""Who is served, which ids are taken for ours, and to which addresses answers are handed back."""

from __future__ import annotations

from typing import Any

import pytest

from bot.errors import InputError
from bot.slackapp.desk import Workspace, at, opaque, person
from bot.slackapp.gate import refusal, who
from bot.slackapp.visit import allowed

OURS = Workspace(team="T1", enterprise="", bot="U0BOT", url="https://desk.slack.com/")
GRID = Workspace(team="T1", enterprise="E1", bot="U0BOT", url="https://desk.slack.com/")
API = "https://slack.com/api/"


@pytest.mark.parametrize(
    ("body", "ours", "served"),
    [
        ({"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}}, OURS, True),
        ({"team_id": "T1", "user_id": "U1"}, OURS, True),
        ({"team_id": "T1", "event": {"user": "U1"}}, OURS, True),
        ({"team_id": "T1", "enterprise_id": "E1", "user_id": "U1"}, GRID, True),
        ({"team": {"id": "T1", "enterprise_id": "E1"}, "user": {"id": "W1", "team_id": "E1"}}, GRID, True),
        ({"team_id": "T2", "user_id": "U1"}, OURS, False),
        ({"team_id": "T1", "enterprise_id": "E1", "user_id": "U1"}, OURS, False),
        ({"team_id": "T2", "enterprise_id": "E1", "user_id": "U1"}, GRID, False),
        ({"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T9"}}, GRID, False),
        ({"team_id": "T1", "event": {"user": "U1", "bot_id": "B1"}}, OURS, False),
        ({"team_id": "T1", "user_id": "U0BOT"}, OURS, False),
        ({"team_id": "T1"}, OURS, False),
        ({"user_id": "U1"}, OURS, False),
        ({"team_id": "", "user_id": "U1"}, Workspace(team="", enterprise="", bot="", url=""), False),
        ({"team_id": ["T1"], "user_id": {"id": "U1"}}, OURS, False),
    ],
)
def test_people_of_the_own_workspace_are_served(body: dict[str, Any], ours: Workspace, served: bool) -> None:
    assert (refusal(body, ours) == "") is served


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://hooks.slack.com/actions/T1/1/x", True),
        ("https://hooks.slack-gov.com/commands/T1/1/x", True),
        ("https://slack.com/hooks/x", True),
        ("http://hooks.slack.com/actions/x", False),
        ("https://hooks.slack.com.evil.example/x", False),
        ("https://hooks.slack.com@evil.example/x", False),
        ("https://hooks.slack.com:8443/x", False),
        ("https://169.254.169.254/latest", False),
        ("file:///etc/passwd", False),
        ("https://[::1", False),
        ("https://hooks.slack.com/ä", False),
        ("", False),
    ],
)
def test_answers_are_handed_back_to_slack_alone(url: str, good: bool) -> None:
    assert allowed(url, API) is good


def test_a_gateway_that_stands_for_slack_is_trusted_with_answers() -> None:
    assert allowed("https://gate.example:8443/hooks/x", "https://gate.example:8443/api/")
    assert not allowed("https://gate.example/hooks/x", "https://gate.example:8443/api/")


def test_ids_are_taken_for_ours_by_their_looks() -> None:
    assert opaque("a-0f3c") == "a-0f3c"
    for wrong in ("", "a b", "a-\u202e", "a" * 201, None, 7, ["a-1"], "a-1\n"):
        with pytest.raises(InputError, match="not one of ours"):
            opaque(wrong)
    assert [person(value) for value in ("U1AB", "W1", "B1", "<@U1>", "u1", None)] == ["U1AB", "W1", "", "", "", ""]
    assert who({"user": "U1", "user_id": "U2"}) == "U2"
    assert at({"a": [{"b": 1}]}, "a", 0, "b") == 1
    nothing_there: tuple[object, ...] = ({"a": []}, {"a": {}}, {"a": "xy"}, [], None)
    assert [at(value, "a", 0) for value in nothing_there] == [None] * 5
