"""Which first messages somebody has to acknowledge, and what is done when the time for it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.cluster.story import story_of
from bot.cluster.telling import telling_of
from bot.decide.escalating import Due, Later, Settled, Waited, decision, escalations, judge, span
from bot.types.delivery import Action, Decision, DeliveryState, Reason, StepFacts
from bot.types.escalation import Escalation
from bot.types.ids import AlertId, StoryId
from bot.types.levels import Band, Stage
from bot.types.rules import Escalate, Routing
from tests.fakes.rules import NOON, document, event, reading, routing

HALF = timedelta(minutes=30)
WAITS = Escalation(
    alert_id=AlertId("a-1"), story_id=StoryId("s-1"), told_in="now", to="desk", after=HALF, due_at=NOON + HALF
)


def routed(*after: int) -> Routing:
    """The urgent route, several times, each with an escalation after so many minutes."""
    urgent = routing().routes[0]
    loud = tuple(
        replace(urgent, id=f"urgent-{n}", escalate=Escalate(after=timedelta(minutes=n), to="desk")) for n in after
    )
    return routing(routes=(*loud, *routing().routes[1:]))


def sent(**changes: Any) -> Decision:
    made = Decision(
        story_id=StoryId("s-1"), at=NOON, action=Action.SEND, reason=Reason.NEW_STORY, why="new", band=Band.URGENT,
        channels=("now",), dedupe_key="s-1:root", routes=("urgent-30",), alert_id=AlertId("a-1"),
    )  # fmt: skip
    return replace(made, **changes)


def waited(stage: Stage = Stage.ANNOUNCED, **changes: Any) -> Waited:
    doc = document("1", first_seen=NOON)
    story = story_of(StoryId("s-1"), [telling_of(doc, reading(doc, [event(stage=stage)]))], revision=1)
    made = Waited(story=story, band=Band.URGENT, state=DeliveryState.SENT, sent_at=NOON)
    return replace(made, **changes)


def test_a_first_message_by_such_a_route_waits_for_an_answer() -> None:
    assert escalations(sent(), routed(30)) == (WAITS,)


@pytest.mark.parametrize(
    "changes",
    [{"action": Action.UPDATE}, {"action": Action.THREAD}, {"alert_id": None}, {"routes": ()}, {"channels": ("wind",)}],
)
def test_nothing_else_waits_for_one(changes: dict[str, Any]) -> None:
    assert escalations(sent(**changes), routed(30)) == ()


def test_of_two_routes_to_one_channel_the_sooner_counts() -> None:
    both = escalations(sent(routes=("urgent-30", "urgent-10")), routed(30, 10))
    assert [made.after for made in both] == [timedelta(minutes=10)]


def test_nobody_answered() -> None:
    assert judge(WAITS, waited(), NOON + HALF) == Due(
        why="told in now at 2026-01-06 12:00 UTC, and nobody acknowledged it within 30m"
    )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"acknowledged": True}, "somebody has acknowledged it"),
        ({"story": None}, "its story is not kept any more"),
        ({"escalated": True}, "desk has been told already that nobody acknowledged s-1"),
        ({"state": None, "sent_at": None}, "no message about it stands in now"),
        ({"state": DeliveryState.MERGED}, "its message in now was merged into another"),
    ],
)
def test_what_settles_it(changes: dict[str, Any], why: str) -> None:
    assert judge(WAITS, waited(**changes), NOON + HALF) == Settled(why=why)


def test_a_denial_settles_it() -> None:
    assert judge(WAITS, waited(Stage.DENIED), NOON + HALF) == Settled(why="the step was denied")


@pytest.mark.parametrize("state", [DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.AMBIGUOUS])
def test_a_message_on_its_way_is_waited_for(state: DeliveryState) -> None:
    now = NOON + HALF
    assert judge(WAITS, waited(state=state), now) == Later(at=now + timedelta(minutes=1))


def test_time_counts_from_the_sending() -> None:
    late = NOON + timedelta(minutes=20)
    assert judge(WAITS, waited(sent_at=late), NOON + HALF) == Later(at=late + HALF)


def test_quiet_hours_hold_what_is_not_urgent() -> None:
    morning = NOON + timedelta(hours=9)
    assert isinstance(judge(WAITS, waited(opens_at=morning), NOON + HALF), Due)
    lower = waited(opens_at=morning, band=Band.ALERT)
    assert judge(WAITS, lower, NOON + HALF) == Later(at=morning)
    assert isinstance(judge(WAITS, lower, morning), Due)


def test_the_decision_has_one_key_for_ever() -> None:
    story = waited().story
    assert story is not None
    made = [decision(WAITS, "why", story, Band.URGENT, StepFacts(), NOON + n * HALF) for n in (1, 2)]
    assert {(d.action, d.reason, d.channels, d.dedupe_key) for d in made} == {
        (Action.SEND, Reason.ESCALATION, ("desk",), "a-1:escalation")
    }


def test_spans_read_as_in_the_file() -> None:
    assert [span(timedelta(minutes=n)) for n in (5, 90, 60, 1440)] == ["5m", "90m", "1h", "24h"]
