"""Whatever comes in place of a payload of Slack's, the app answers it, changes nothing, and gives nothing away."""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.deliver._labels import labels
from bot.storage import Database
from tests.fakes.clock import FakeClock
from tests.fakes.hostile import any_character
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_team import ANN, Team, pressed, team, typed

words = st.text(any_character, max_size=40) | st.sampled_from(
    ["", "a-a", "s-a", "<!channel>", "' OR 1=1 --", "\x00", "{}", "../../etc/passwd", "T1", "U1", "x" * 4000, "why http://[",
     "mute s-a 99999999999999999999", "search \u202e\x00", "subscribe \ud800", "view_submission", "block_actions"]
)  # fmt: skip
plain = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False) | words
anything = st.recursive(plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3))


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a payload."""
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in rows:
        yield (*path, key)
        yield from paths(inner, (*path, key))


def put(payload: dict[str, Any], path: tuple[str | int, ...], new: Any) -> dict[str, Any]:
    """The payload with something else in one place."""
    made: Any = copy.deepcopy(payload)
    holder = made
    for step in path[:-1]:
        try:
            holder = holder[step]
        except (KeyError, IndexError, TypeError):
            return dict(made)  # an earlier change took that place away
    with contextlib.suppress(KeyError, IndexError, TypeError):
        holder[path[-1]] = new
    return dict(made)


def samples(slack: FakeSlack) -> list[dict[str, Any]]:
    """A good payload of every kind, about an alert that there is not."""
    view = {
        "type": "modal",
        "callback_id": "not-useful",
        "private_metadata": json.dumps({"alert": "a-none", "origin": "C0000000:1.1"}),
        "state": {"values": {"complaint": {"complaint": {"selected_option": {"value": "other"}}}}},
    }
    submitted = {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": ANN, "team_id": "T1"}, "view": view}
    home = {"type": "app_home_opened", "user": ANN, "tab": "home", "channel": "D0000001"}
    return [
        *(pressed(slack, action, "a-none") for action in ("useful", "mute", "explain")),
        {**pressed(slack, "home-sectors", None), "actions": [{"action_id": "home-sectors", "selected_options": []}]},
        *(submitted | {"view": view | {"callback_id": name}} for name in ("not-useful", "mute", "assign", "rest")),
        *(typed(slack, text) for text in ("why a-none", "search words", "mute s-none 3", "subscribe none", "status")),
        {"type": "event_callback", "team_id": "T1", "event": home},
    ]


@pytest.fixture
def desk(database: Database, clock: FakeClock) -> Iterator[Team]:
    with FakeSlack(now=lambda: clock.now().timestamp(), rate=None) as slack:
        slack.add_channel("#desk")
        yield team(database, clock, slack)


def check(desk: Team, examples: int) -> int:
    """Hand over mutated and made-up payloads; gives how many."""
    good = samples(desk.slack)
    places = [(payload, path) for payload in good for path in paths(payload)]
    seen = 0

    @settings(max_examples=examples)
    @given(st.lists(st.tuples(st.sampled_from(places), anything), min_size=1, max_size=3), st.booleans())
    def holds(changes: list[tuple[tuple[dict[str, Any], tuple[str | int, ...]], Any]], made_up: bool) -> None:
        nonlocal seen
        (payload, _), first = changes[0]
        body = first if made_up and isinstance(first, dict) else payload
        for (_, path), new in changes if body is payload else ():
            body = put(body, path, new)
        answer = desk.dispatch(body)
        seen += 1
        assert answer.status in (200, 400, 404, 500)
        assert "Traceback" not in (answer.body or "")
        told = desk.slack.told() + (answer.body or "")
        assert labels("en")("answer.wrong") not in told, "an answer failed on it"
        assert not [word for word in ("Traceback", desk.slack.token, desk.slack.app_token, '.py"') if word in told]
        desk.slack.whispers.clear()
        desk.slack.views.clear()
        desk.slack.homes.clear()

    holds()
    with desk.rig.database.transaction() as tx:
        assert tx.votes.counting() == ()
        assert tx.mutes.standing(desk.clock.now().date()) == ()
    return seen


def test_hostile_payloads_are_answered_and_change_nothing(desk: Team) -> None:
    assert check(desk, 50) >= 50


@pytest.mark.soak
def test_many_hostile_payloads_are_answered_and_change_nothing(desk: Team) -> None:
    assert check(desk, 3000) >= 3000
