"""A dossier is the same whatever order its stories arrive in, and a suspension runs out once."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.decide.lifecycle import course, measure
from bot.types.ids import StoryId
from bot.types.levels import Stage
from bot.types.lifecycle import Entry, State

ACT, CLAUSE, SUSPENDER = "cn-mofcom:2025:61", "cn-mofcom:2025:61#2", "cn-mofcom:2025:70"
START = date(2025, 10, 9)
LAST = START + timedelta(days=1500)
DAYS = st.integers(0, 900).map(lambda days: START + timedelta(days=days))
OWN = (Stage.CONSIDERED, Stage.PROPOSED, Stage.ANNOUNCED, Stage.IN_FORCE, Stage.DENIED)
CHANGES = (Stage.SUSPENDED, Stage.EXTENDED, Stage.LIFTED, Stage.CONSIDERED)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    made = []
    for number in range(draw(st.integers(1, 7))):
        own = draw(st.booleans())
        key = draw(st.sampled_from([ACT, CLAUSE, SUSPENDER]))
        on = draw(DAYS)
        made.append(
            Entry(
                key=key,
                story_id=StoryId(f"s-{number}"),
                own=own,
                stage=draw(st.sampled_from(OWN if own else CHANGES)),
                eases=not own,
                on=on,
                effective=draw(st.none() | DAYS) if own else None,
                until=on + timedelta(days=draw(st.integers(1, 500))) if draw(st.booleans()) else None,
                by=key if own else draw(st.sampled_from([SUSPENDER, "cn-mofcom:2026:5"])),
            )
        )
    return made


@settings(max_examples=60)
@given(entries(), st.randoms(use_true_random=False), DAYS)
def test_the_order_of_arrival_does_not_matter(made: list[Entry], chance: object, today: date) -> None:
    shuffled = list(made)
    getattr(chance, "shuffle")(shuffled)  # noqa: B009 - Random, which hypothesis does not name
    for key in (ACT, CLAUSE):
        assert measure(key, shuffled, today) == measure(key, made, today)
        assert course(key, [*shuffled, *made], today) == course(key, made, today)


@settings(max_examples=60)
@given(entries())
def test_each_suspension_runs_out_at_most_once(made: list[Entry]) -> None:
    for key in (ACT, CLAUSE):
        told = course(key, made, LAST)
        halted = 0
        for step in told:
            if step.after is State.SUSPENDED and step.before is not State.SUSPENDED:
                halted += 1
            if step.before is State.SUSPENDED and step.after is not State.SUSPENDED:
                halted -= 1
            assert halted in (0, 1), told


@settings(max_examples=60)
@given(entries())
def test_steps_follow_one_another_and_nothing_follows_a_lift(made: list[Entry]) -> None:
    told = course(ACT, made, LAST)
    assert [step.on for step in told] == sorted(step.on for step in told)
    for one, following in pairwise(told):
        assert following.before is one.after
        assert one.after is not State.LIFTED


@settings(max_examples=60)
@given(entries(), DAYS)
def test_looking_later_only_adds_what_the_calendar_did(made: list[Entry], today: date) -> None:
    now, later = course(ACT, made, today), course(ACT, made, LAST)
    assert later[: len(now)] == now
    assert all(step.itself for step in later[len(now) :])


@settings(max_examples=60)
@given(entries(), DAYS)
def test_the_next_day_is_the_one_on_which_the_calendar_acts(made: list[Entry], today: date) -> None:
    latest = max([today, *(entry.on for entry in made)])
    dossier = measure(ACT, made, latest)
    known = course(ACT, made, latest)
    later = course(ACT, made, LAST)[len(known) :]
    assert dossier.next_day == (later[0].on if later else None)
