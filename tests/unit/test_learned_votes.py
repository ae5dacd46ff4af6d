"""Examples vote on a text, the nearer the louder."""

from __future__ import annotations

import numpy as np
import pytest

from bot.tune.voting import vote
from bot.understand.learned.votes import Votes, nearness, rows_of, weighed

STEP, REST = np.array([1.0, 0.0, 1.0, 0.0]), np.array([0.0, 1.0, 0.0, 1.0])
WORDS = {"measure:export-ban": 1.0}


def votes() -> Votes:
    found = [WORDS, WORDS, WORDS, {}, {}, {}]
    rows = np.array([STEP, STEP, STEP, REST, REST, REST])
    told = {at: {"goods": frozenset({"gallium"} if at else {"gallium", "tin"})} for at in range(3)}
    return vote(found, rows, [True] * 3 + [False] * 3, ["measure:export-ban"], [0, 1, 2, 0, 1, 2], told)


def test_a_text_is_told_by_the_examples_that_it_is_near_to() -> None:
    made = votes()
    chances = [made.chance(WORDS, share * STEP + (1 - share) * REST) for share in (0.0, 0.25, 0.75, 1.0)]
    assert chances == sorted(chances)
    assert chances[0] < 0.5 < chances[-1]
    assert made.chance({}, STEP) < made.chance(WORDS, STEP), "words speak too"


def test_the_length_of_an_encoding_says_nothing_and_none_breaks_nothing() -> None:
    made = votes()
    assert made.chance(WORDS, 7 * STEP) == pytest.approx(made.chance(WORDS, STEP))
    assert 0 <= made.chance({}, np.zeros(4)) <= 1
    assert 0 <= made.chance({"measure:export-ban": 1e9}, STEP) <= 1


def test_examples_of_steps_say_what_is_done_and_to_what() -> None:
    far = np.array([1.0, 1.0, 1.0, -1.0])
    told = {0: {"goods": frozenset({"gallium", "tin"})}, 1: {"goods": frozenset({"tungsten"})}}
    made = vote([{}] * 4, np.array([STEP, far, REST, -STEP]), [True, True, False, False], [], [0, 1, 0, 1], told)
    assert made.shares({}, STEP)["goods"] == pytest.approx({"gallium": 1, "tin": 1, "tungsten": 0}, abs=0.2)
    assert made.shares({}, far)["goods"] == pytest.approx({"gallium": 0, "tin": 0, "tungsten": 1}, abs=0.2)
    assert all(0 <= share <= 1 for share in made.shares({}, REST)["goods"].values())


def test_a_text_is_nearest_to_itself() -> None:
    rows = weighed(rows_of([WORDS, {}], np.array([STEP, REST]), ["measure:export-ban"]), 1)
    near = nearness(rows, rows)
    assert near.diagonal() == pytest.approx([1, 1])
    assert near[0, 1] == near[1, 0] < 0.5
