"""Lists are put together per channel, loudest first, and survive that their stories are merged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.pipeline.lists import Listed, _key, by_channel, moved
from bot.types.delivery import Action, Decision, Reason
from bot.types.ids import StoryId
from bot.types.levels import Band
from tests.fakes.alerts import CHINA_JAPAN
from tests.fakes.rules import NOON


def listed(story: str, score: float, *channels: str) -> Listed:
    decision = Decision(
        story_id=StoryId(story), at=NOON, action=Action.SEND, reason=Reason.RATE_LIMITED, why="told in a list",
        band=Band.ALERT, channels=channels or ("desk",), dedupe_key=f"{story}:listed",
    )  # fmt: skip
    return Listed(decision=decision, alert=replace(CHINA_JAPAN, story_id=StoryId(story), score=score))


def test_every_channel_gets_its_own_stories_loudest_first() -> None:
    found = by_channel([listed("s-1", 60), listed("s-2", 90, "desk", "wind"), listed("s-3", 90)])
    assert [(one.channel, [alert.story_id for alert in one.alerts]) for one in found] == [
        ("desk", ["s-2", "s-3", "s-1"]),
        ("wind", ["s-2"]),
    ]
    assert all(decision.channels == (one.channel,) for one in found for decision in one.decisions)


def test_a_story_that_was_decided_twice_stands_in_a_list_once_as_it_was_last() -> None:
    (only,) = by_channel([listed("s-1", 60), listed("s-2", 70), listed("s-1", 80)])
    assert [(alert.story_id, alert.score) for alert in only.alerts] == [("s-1", 80), ("s-2", 70)]


def test_stories_that_become_one_are_one_line() -> None:
    merged = moved((listed("s-1", 60), listed("s-2", 70)), [StoryId("s-2")], StoryId("s-1"))
    (only,) = by_channel(merged)
    assert [(d.story_id, alert.story_id) for d, alert in zip(only.decisions, only.alerts, strict=True)] == [
        ("s-1", "s-1")
    ]


def test_a_list_bears_the_same_name_whenever_and_in_whichever_order_its_stories_are_decided() -> None:
    first, second = (listed(story, 60).decision for story in ("s-1", "s-2"))
    later = replace(first, at=NOON + timedelta(days=1))
    assert _key([first, second]) == _key([second, later])
    assert _key([first, second]) != _key([first])
