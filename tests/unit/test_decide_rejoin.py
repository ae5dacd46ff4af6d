"""What people are told when stories are joined or parted: compared with what the very message that stands said."""

from __future__ import annotations

from dataclasses import replace

from bot.cluster import place
from bot.decide.changes import facts_of
from bot.decide.rejoin import Outdated, Parting, after_leaving, after_rejoining, partings, pointer, rejoined
from bot.score import assess
from bot.types.delivery import Action, Decision, Reason, StepFacts
from bot.types.ids import StoryId
from bot.types.levels import Band, Stage
from bot.types.lifecycle import Change, ChangeKind, Standing, State
from bot.types.story import Assessment, Story
from tests.fakes.alerts import CHINA_JAPAN
from tests.fakes.rules import NOON, document, event, reading, rulebook

BOOK = rulebook()


def story(*names: str) -> Story:
    docs = [document(name) for name in names]
    made = place(docs[0], reading(docs[0], [event()]), (), lexicon=BOOK.lexicon).story
    for doc in docs[1:]:
        made = place(doc, reading(doc, [event()]), (made,), lexicon=BOOK.lexicon).story
    return made


def weighed(told: Story) -> Assessment:
    return assess(told, {}, BOOK)


def decision(
    action: Action, *channels: str, reason: Reason = Reason.NEW_STORY, facts: StepFacts | None = None
) -> Decision:
    return Decision(
        story_id=StoryId("s-a"),
        at=NOON,
        action=action,
        reason=reason,
        why="so it is",
        facts=facts,
        band=Band.ALERT,
        channels=channels,
        dedupe_key="s-a:key",
    )


NOTHING = decision(Action.DROP, reason=Reason.NOTHING_NEW)


def test_a_message_that_says_it_all_is_only_brought_up_to_date() -> None:
    told = story("a", "b")
    standing = {"desk": Outdated(said=facts_of(told, weighed(told)), reason=Reason.STORIES_MERGED)}
    (made,) = after_rejoining([NOTHING], standing, told, weighed(told))
    assert (made.action, made.reason, made.channels) == (Action.UPDATE, Reason.STORIES_MERGED, ("desk",))


def test_what_only_the_other_message_said_is_told_in_the_thread_of_the_one_that_stands() -> None:
    told = story("a", "b")
    said = replace(facts_of(told, weighed(told)), stage=Stage.CONSIDERED)
    made = after_rejoining(
        [NOTHING], {"desk": Outdated(said=said, reason=Reason.STORIES_MERGED)}, told, weighed(told)
    )  # fmt: skip
    assert [(one.action, one.why) for one in made] == [
        (Action.THREAD, "It is now announced (was considered).")
    ]  # fmt: skip


def test_quiet_hours_hold_the_news_and_not_the_edit() -> None:
    told = story("a", "b")
    said = StepFacts(stage=Stage.CONSIDERED)
    held = decision(Action.HOLD, "desk", reason=Reason.QUIET_HOURS)
    made = after_rejoining([held], {"desk": Outdated(said=said, reason=Reason.STORIES_MERGED)}, told, weighed(told))
    assert [(one.action, one.facts) for one in made] == [(Action.UPDATE, said), (Action.HOLD, None)]


def test_other_channels_get_what_was_decided_for_them() -> None:
    told = story("a", "b")
    standing = {"desk": Outdated(said=StepFacts(), reason=Reason.STORIES_MERGED)}
    made = after_rejoining([decision(Action.THREAD, "desk", "now")], standing, told, weighed(told))
    assert [one.channels for one in made] == [("desk",), ("now",)]
    assert after_rejoining([NOTHING], {}, told, weighed(told)) == (NOTHING,)


def test_a_silenced_story_that_takes_up_another_one_is_filled_in_without_a_word_and_tells_its_news_later() -> None:
    told = story("a", "b")
    silenced = decision(Action.DROP, reason=Reason.SILENCED)
    said = StepFacts(stage=Stage.CONSIDERED)
    standing = {"desk": Outdated(said=said, reason=Reason.STORY_SPLIT, news=Change(kind=ChangeKind.PARTED, after="x"))}
    edit, rest = after_rejoining([silenced], standing, told, weighed(told))
    assert (edit.action, edit.channels, edit.facts) == (Action.UPDATE, ("desk",), said)
    assert rest == silenced


def test_how_acts_stand_is_known_to_a_message_that_was_brought_up_to_date() -> None:
    told = story("a", "b")
    act = Standing(key="cn-mofcom:2025:61", state=State.SUSPENDED, own=True)
    said = replace(facts_of(told, weighed(told)), standings=(act,))
    nothing = decision(Action.DROP, reason=Reason.NOTHING_NEW, facts=said)
    (edit,) = after_rejoining(
        [nothing], {"desk": Outdated(said=said, reason=Reason.STORIES_MERGED)}, told, weighed(told)
    )
    assert (edit.action, edit.facts) == (Action.UPDATE, said), "not told once more that it is suspended"


def test_a_first_message_after_leaving_says_so_and_an_old_one_is_filled_again() -> None:
    told = story("a")
    made = after_leaving(
        [decision(Action.SEND, "desk", "now")],
        told,
        headlines={"en": "China bans it", "nl": "China verbiedt het"},
        stands={"now"},
    )
    assert [(one.action, one.channels, one.reason) for one in made] == [
        (Action.THREAD, ("now",), Reason.STORY_SPLIT),
        (Action.SEND, ("desk",), Reason.STORY_SPLIT),
    ]
    left = Change(kind=ChangeKind.LEFT, titles=(("en", "China bans it"), ("nl", "China verbiedt het")))
    for one in made:
        assert one.changes == (left,)
        assert one.why == "Told until now as part of “China bans it”, but it is a step of its own."


def test_readers_of_what_was_parted_are_told_of_both_the_other_step_and_their_own() -> None:
    told = story("a", "b")
    said = replace(facts_of(told, weighed(told)), stage=Stage.CONSIDERED)
    news = rejoined(ChangeKind.PARTED, {"en": "China frees it"})
    standing = {"desk": Outdated(said=said, reason=Reason.STORY_SPLIT, news=news)}
    (made,) = after_rejoining([NOTHING], standing, told, weighed(told))
    assert [change.kind for change in made.changes] == [ChangeKind.PARTED, ChangeKind.STAGE]
    assert made.why == (
        "Part of what was told here is another step: “China frees it”; it is now announced (was considered)."
    )


def test_a_message_that_became_a_pointer_names_the_older_one_in_every_language() -> None:
    made = pointer(CHINA_JAPAN, {"en": "China bans it", "ko": "중국 금지"})
    assert made.change == "This is the same step as “China bans it”."
    assert made.changes == (Change(kind=ChangeKind.JOINED, titles=(("en", "China bans it"), ("ko", "중국 금지"))),)


def test_only_a_new_name_with_texts_of_a_story_that_goes_on_is_a_parting() -> None:
    both, left, kept, other = story("a", "b"), story("b"), story("a"), story("c")
    assert partings([both], [kept, left]) == (Parting(story=left.id, left=kept.id),)
    assert partings([both], [both, other]) == ()
    assert partings([kept, left], [both]) == ()
    assert partings([], [kept]) == ()
