"""How an act stands after everything that stories say of it, and which days its readers are reminded of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.cluster.story import story_of
from bot.cluster.telling import telling_of
from bot.decide.lifecycle import course, entries_of, measure
from bot.decide.reminding import changes_of, dates_of, is_lapse, lead_days, reminder_key, reminders_of
from bot.types.desk import Reminder, ReminderKind
from bot.types.ids import StoryId
from bot.types.levels import Direction, Stage
from bot.types.lifecycle import ChangeKind, Entry, Standing, State
from bot.types.reading import Event
from bot.types.rules import Routing
from bot.types.story import Story
from tests.fakes.rules import NOON, document, event, reading, routing

ACT, CLAUSE, PAUSE = "cn-mofcom:2025:61", "cn-mofcom:2025:61#2", "cn-mofcom:2025:70"
TOLD, HALT, END = date(2025, 10, 9), date(2025, 11, 7), date(2026, 11, 10)
LATER = date(2030, 1, 1)


def own(stage: Stage = Stage.ANNOUNCED, on: date = TOLD, **fields: Any) -> Entry:
    plain: dict[str, Any] = {"key": ACT, "story_id": StoryId("s-own"), "own": True, "eases": False, "by": ACT}
    return Entry(stage=stage, on=on, **(plain | fields))


def change(stage: Stage = Stage.SUSPENDED, on: date = HALT, **fields: Any) -> Entry:
    plain: dict[str, Any] = {"key": ACT, "story_id": StoryId("s-change"), "own": False, "eases": True, "by": PAUSE}
    return Entry(stage=stage, on=on, **(plain | fields))


def states(*entries: Entry, key: str = ACT, today: date = LATER) -> list[tuple[State, date]]:
    return [(step.after, step.on) for step in course(key, entries, today)]


def story(told: Event, **fields: Any) -> Story:
    doc = document("d0", **fields)
    return story_of(StoryId("s-d0"), [telling_of(doc, reading(doc, [told]))], revision=1)


# -- the course of an act ----------------------------------------------------------------------------------------------


def test_a_measure_grows_and_enters_into_force_on_its_day() -> None:
    rising = [
        own(Stage.CONSIDERED, date(2025, 8, 1)),
        own(Stage.PROPOSED, date(2025, 9, 1)),
        own(effective=date(2025, 12, 1)),
    ]
    assert states(*rising) == [
        (State.CONSIDERED, date(2025, 8, 1)),
        (State.PROPOSED, date(2025, 9, 1)),
        (State.ANNOUNCED, TOLD),
        (State.IN_FORCE, date(2025, 12, 1)),
    ]
    assert states(*rising, own(Stage.CONSIDERED, date(2026, 1, 1))) == states(*rising)  # it does not shrink again


def test_a_suspension_snaps_back_on_the_day_after_its_last() -> None:
    known = (own(effective=date(2025, 12, 1)), change(until=END))
    assert states(*known, today=END) == [(State.ANNOUNCED, TOLD), (State.SUSPENDED, HALT)]
    back = course(ACT, known, END + timedelta(days=1))[-1]
    assert (back.before, back.after, back.on) == (State.SUSPENDED, State.IN_FORCE, date(2026, 11, 11))
    assert (back.itself, back.by, back.story_id) == (True, PAUSE, "s-change")


def test_what_is_not_yet_in_force_comes_back_as_announced() -> None:
    known = (own(effective=date(2027, 1, 1)), change(until=END))
    assert states(*known)[-2:] == [(State.ANNOUNCED, END + timedelta(days=1)), (State.IN_FORCE, date(2027, 1, 1))]


def test_an_act_that_was_never_heard_of_was_in_force() -> None:
    assert states(change(until=END)) == [(State.SUSPENDED, HALT), (State.IN_FORCE, END + timedelta(days=1))]


@pytest.mark.parametrize("key", [ACT, PAUSE])
def test_an_extension_of_the_act_or_of_what_suspends_it_moves_the_end(key: str) -> None:
    more = change(Stage.EXTENDED, date(2026, 11, 2), key=key, until=date(2027, 11, 10), by="cn-mofcom:2026:80")
    known = (change(until=END), more)
    assert states(*known, today=date(2027, 1, 1)) == [
        (State.SUSPENDED, HALT),
        (State.SUSPENDED, date(2026, 11, 2)),
    ]
    assert measure(ACT, known, date(2027, 1, 1)).until == date(2027, 11, 10)
    assert states(*known)[-1] == (State.IN_FORCE, date(2027, 11, 11))


def test_an_extension_that_comes_days_late_suspends_again() -> None:
    late = change(Stage.EXTENDED, date(2026, 11, 14), until=date(2027, 11, 10))
    assert [state for state, _ in states(change(until=END), late, today=date(2026, 12, 1))] == [
        State.SUSPENDED,
        State.IN_FORCE,
        State.SUSPENDED,
    ]


def test_lifting_the_suspension_brings_the_act_back_early() -> None:
    lifted = change(Stage.LIFTED, date(2026, 3, 1), key=PAUSE, by="cn-mofcom:2026:9")
    assert states(own(Stage.IN_FORCE), change(until=END), lifted)[-1] == (State.IN_FORCE, date(2026, 3, 1))


def test_a_lift_of_the_act_ends_its_clauses_too() -> None:
    lift = change(Stage.LIFTED, date(2026, 3, 1), by="cn-mofcom:2026:9")
    clause = change(key=CLAUSE, until=END)
    assert states(own(Stage.IN_FORCE), lift, clause)[-1] == (State.LIFTED, date(2026, 3, 1))
    assert states(own(Stage.IN_FORCE), lift, clause, key=CLAUSE)[-1] == (State.LIFTED, date(2026, 3, 1))


def test_a_clause_leaves_its_act_and_other_clauses_alone() -> None:
    known = (own(Stage.IN_FORCE), change(key=CLAUSE, until=END))
    assert states(*known, today=HALT) == [(State.IN_FORCE, TOLD)]
    assert states(*known, key=CLAUSE, today=HALT) == [(State.SUSPENDED, HALT)]
    assert states(*known, key=f"{ACT}#3") == []


def test_plans_to_change_an_act_change_nothing() -> None:
    assert states(own(Stage.IN_FORCE), change(Stage.CONSIDERED)) == [(State.IN_FORCE, TOLD)]


def test_a_denial_ends_what_was_only_planned() -> None:
    assert states(own(Stage.CONSIDERED), own(Stage.DENIED, HALT))[-1] == (State.DENIED, HALT)
    assert states(own(Stage.IN_FORCE), own(Stage.DENIED, HALT)) == [(State.IN_FORCE, TOLD)]


def test_a_measure_with_an_end_of_its_own_expires() -> None:
    assert states(own(Stage.IN_FORCE, until=END))[-1] == (State.EXPIRED, END + timedelta(days=1))


# -- what a story says -------------------------------------------------------------------------------------------------


def test_a_story_speaks_of_the_acts_that_it_changes_else_of_its_own() -> None:
    pause = event(stage=Stage.SUSPENDED, direction=Direction.EASE, citation=PAUSE, acts=(ACT, CLAUSE), until=END)
    assert [(e.key, e.own, e.by, e.until) for e in entries_of(story(pause))] == [
        (ACT, False, PAUSE, END),
        (CLAUSE, False, PAUSE, END),
    ]
    assert [(e.key, e.own) for e in entries_of(story(event(citation=ACT)))] == [(ACT, True)]
    unnumbered = entries_of(story(replace(pause, citation=None)))
    assert {e.by for e in unnumbered} == {"s-d0"}


@pytest.mark.parametrize(
    "told",
    [
        event(),
        event(citation="jp-fefta"),
        event(citation=PAUSE, stage=Stage.SUSPENDED, direction=Direction.EASE),
        event(citation=ACT, stage=Stage.EXTENDED),
    ],
)
def test_a_number_that_may_be_of_the_act_that_changes_makes_no_dossier(told: Event) -> None:
    assert entries_of(story(told)) == ()


# -- reminders ---------------------------------------------------------------------------------------------------------


def team(zone: str | None = "Europe/Amsterdam", **changes: Any) -> Routing:
    made = routing()
    (name, plan), *_ = made.digests.items()
    return replace(made, digests={name: replace(plan, zone=zone)} if zone else {}, **changes)


def test_reminders_come_at_eight_in_the_morning_of_the_team() -> None:
    made = reminders_of(story(event(effective=date(2026, 4, 3))), (), team())
    assert [(one.kind, one.due_at) for one in made] == [
        (ReminderKind.IN_FORCE, datetime(2026, 3, 27, 7, tzinfo=UTC)),
        (ReminderKind.IN_FORCE, datetime(2026, 4, 2, 6, tzinfo=UTC)),  # summer time has begun
    ]
    assert [lead_days(one, team()) for one in made] == [7, 1]
    assert reminders_of(story(event(effective=date(2026, 4, 3))), (), team(None))[0].due_at.hour == 8
    assert reminders_of(story(event(effective=date(2026, 4, 3))), (), team(remind=())) == ()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC", "Etc/GMT+12", "Asia/Tokyo"])
def test_the_end_is_told_on_the_day_after_in_every_zone(zone: str) -> None:
    made = reminders_of(story(event(stage=Stage.SUSPENDED, until=END)), (), team(zone))
    assert [lead_days(one, team(zone)) for one in made] == [7, 1, -1]
    assert [is_lapse(one, team(zone)) for one in made] == [False, False, True]


@pytest.mark.parametrize("stage", [Stage.SUSPENDED, Stage.ANNOUNCED, Stage.PROPOSED])
def test_the_end_of_all_days_is_no_date(stage: Stage) -> None:
    told = story(event(stage=stage, acts=(ACT,), citation=PAUSE, effective=date.max, until=date.max))
    assert [(entry.effective, entry.until) for entry in entries_of(told)] == [(None, None)]
    assert reminders_of(told, (), team()) == ()


@pytest.mark.parametrize("stage", [Stage.DENIED, Stage.LIFTED])
def test_a_step_that_is_off_has_no_dates(stage: Stage) -> None:
    assert dates_of(story(event(stage=stage, effective=END, until=END)), ()) == ()


def test_dossiers_know_better_than_the_text() -> None:
    held = story(event(citation=ACT, effective=date(2026, 12, 1)))
    halted = Standing(key=ACT, state=State.SUSPENDED, until=END, by=PAUSE)
    assert dates_of(held, [halted]) == ((ReminderKind.END, END),)
    assert dates_of(held, [replace(halted, state=State.LIFTED, until=None)]) == ()
    pause = story(event(stage=Stage.SUSPENDED, acts=(ACT,), citation=PAUSE, until=END))
    later = replace(halted, own=False, until=date(2027, 11, 10))
    assert dates_of(pause, [later]) == ((ReminderKind.END, date(2027, 11, 10)),)


def test_a_draft_names_the_end_of_its_comments_and_no_other_day() -> None:
    soon, far = NOON.date() + timedelta(days=30), NOON.date() + timedelta(days=400)
    assert dates_of(story(event(stage=Stage.PROPOSED, effective=far, until=soon)), ()) == (
        (ReminderKind.COMMENTS, soon),
    )
    assert dates_of(story(event(stage=Stage.PROPOSED, until=far)), ()) == ()


def test_stories_of_one_suspension_share_the_key_of_its_end() -> None:
    one = Reminder(story_id=StoryId("s-1"), kind=ReminderKind.END, day=END, due_at=datetime(2026, 11, 3, 8, tzinfo=UTC))
    halted = Standing(key=ACT, state=State.SUSPENDED, until=END, by=PAUSE)
    keys = {
        reminder_key(replace(one, story_id=StoryId(name)), [replace(halted, own=own)], team(None))
        for name, own in (("s-1", True), ("s-2", False))
    }
    assert keys == {f"remind:{PAUSE}:end:{END}:7"}


def test_acts_are_named_together_and_clauses_with_their_act() -> None:
    day = Reminder(story_id=StoryId("s-1"), kind=ReminderKind.END, day=END, due_at=datetime(2026, 11, 3, 8, tzinfo=UTC))
    halted = [
        Standing(key=key, state=State.SUSPENDED, until=END, by=PAUSE)
        for key in (ACT, "cn-mofcom:2025:62", "cn-mofcom:2024:46#2", "cn-mofcom:2024:46#3")
    ]
    told = story(event(stage=Stage.SUSPENDED, until=END))
    said = changes_of(day, told, halted, date(2026, 11, 3))
    assert [(one.kind, one.before, one.about, one.clause) for one in said] == [
        (ChangeKind.NEAR_END, "7", f"{ACT}, cn-mofcom:2025:62", ""),
        (ChangeKind.NEAR_END, "7", "cn-mofcom:2024:46", "2, 3"),
    ]
    over = changes_of(day, told, (), date(2026, 11, 11))
    assert [(one.kind, one.after) for one in over] == [(ChangeKind.LAPSED, State.IN_FORCE)]
    ended = changes_of(day, story(event(until=END)), (), date(2026, 11, 11))
    assert [one.after for one in ended] == [State.EXPIRED]
