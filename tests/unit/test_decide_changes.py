"""Which differences between two states of a story are told, and how."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.decide.changes import in_english, material
from bot.types.delivery import Reason, StepFacts
from bot.types.levels import Band, Stage
from bot.types.lifecycle import Change, ChangeKind, Standing, State

ACTS = ("cn-mofcom:2025:61", "cn-mofcom:2025:62")
PAUSE, END, LATER = "cn-mofcom:2025:70", date(2026, 11, 10), date(2027, 11, 10)
FORCE = tuple(Standing(key=key, state=State.IN_FORCE, by=key) for key in ACTS)
HALTED = tuple(Standing(key=key, state=State.SUSPENDED, until=END, by=PAUSE) for key in ACTS)
PLAIN = StepFacts(stage=Stage.IN_FORCE, outlets=1, band=Band.ALERT)


def told(before: tuple[Standing, ...], after: tuple[Standing, ...]) -> list[tuple[Reason, Change]]:
    return list(material(replace(PLAIN, standings=before), replace(PLAIN, standings=after)))


def test_acts_of_which_the_same_is_said_are_one_change() -> None:
    ((reason, change),) = told(FORCE, HALTED)
    assert reason is Reason.STAGE_CHANGED
    assert (change.kind, change.about, change.until, change.by) == (
        ChangeKind.STATE, "cn-mofcom:2025:61, cn-mofcom:2025:62", "2026-11-10", PAUSE,
    )  # fmt: skip
    assert in_english([change]) == (
        "Cn-mofcom:2025:61, cn-mofcom:2025:62 is now suspended until 2026-11-10 by cn-mofcom:2025:70."
    )


def test_clauses_are_told_one_by_one() -> None:
    clauses = tuple(replace(HALTED[0], key=f"{ACTS[0]}#{number}") for number in (2, 3))
    found = told(FORCE, (*FORCE, *clauses))
    assert [(change.about, change.clause) for _, change in found] == [(ACTS[0], "2"), (ACTS[0], "3")]


def test_an_end_that_moves_is_a_new_date() -> None:
    ((reason, change),) = told(HALTED, tuple(replace(one, until=LATER) for one in HALTED))
    assert (reason, change.kind, change.before, change.after) == (
        Reason.DATE_CHANGED, ChangeKind.TERM, "2026-11-10", "2027-11-10",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param((), FORCE, id="the story's own stage says so"),
        pytest.param((), tuple(replace(one, own=False) for one in HALTED), id="the story that suspends says so itself"),
        pytest.param(
            HALTED, tuple(replace(one, itself=True) for one in FORCE), id="the calendar is told as a reminder"
        ),
        pytest.param(HALTED, HALTED, id="nothing"),
        pytest.param(HALTED, (), id="a dossier that is gone"),
    ],
)
def test_what_is_not_told(before: tuple[Standing, ...], after: tuple[Standing, ...]) -> None:
    assert told(before, after) == []


def test_a_suspension_that_is_lifted_early_is_told() -> None:
    ((_, change),) = told(HALTED[:1], FORCE[:1])
    assert (change.before, change.after) == (State.SUSPENDED, State.IN_FORCE)
    assert in_english([change]).endswith("is now in-force again.")
