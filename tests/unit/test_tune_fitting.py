"""What votes may move, what they may not, and what a fit owns up to."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from bot.errors import InputError
from bot.tune.votes.ahead import DEFAULT_STRENGTH
from bot.tune.votes.fitting import Fit, Labelled, Parameter, fit
from bot.tune.votes.shrinking import Evidence, chances, log_odds, shrunk, walls
from tests.fakes.simulated_desk import desk, plain_logistic, simulate, texts
from tests.fakes.simulated_desk import votes as ballots

NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)
TWO = (Parameter(name="good", value=10), Parameter(name="bad", value=-10))


def vote(number: int, counts: Mapping[str, float], *, useful: bool, weight: float = 1, offset: float = 50) -> Labelled:
    return Labelled(
        counts=counts,
        offset=offset,
        useful=useful,
        weight=weight,
        at=NOON + timedelta(hours=number),
        band="alert",
        rules=(),
        story=f"s{number}",
    )


def fitted(votes: Sequence[Labelled], parameters: Sequence[Parameter] = TWO) -> Fit:
    return fit(votes, parameters, orders=(), half=50, double_every=10)


def told(size: int, name: str, useful: int, of: int) -> list[Labelled]:
    """Votes on stories with one finding, `useful` in each `of`."""
    return [vote(number, {name: 1}, useful=number % of < useful) for number in range(size)]


def test_few_votes_move_only_half() -> None:
    found = fitted(told(29, "good", 1, 6))
    assert [each.points for each in found.parameters] == [10, -10]
    assert found.proposes
    assert found.changes == {"half": found.half.points}
    assert found.half.points > 50
    assert not found.enough
    assert found.notes[0] == "29 votes: below 30 only half may move"
    assert found.parameters[0].reason == "stays: with fewer than 30 votes only half moves"


def test_enough_votes_move_points_towards_what_they_say() -> None:
    votes = [vote(n, {"good": 1} if n % 2 else {"bad": 1}, useful=n % 8 in (1, 3, 5, 0, 2)) for n in range(400)]
    found = fitted(votes)  # "good" is useful in 3 of 4 votes, "bad" in 2 of 4
    good, bad = found.parameters
    assert (good.useful, good.not_useful, bad.useful, bad.not_useful) == (150, 50, 100, 100)
    # Odds of 3 are 1.58 doublings, odds of 1 none; `half` may take part of both, and belief holds back a little.
    assert good.fitted - found.half.fitted == pytest.approx(10 * math.log2(3) - 50, abs=1)
    assert bad.fitted - found.half.fitted == pytest.approx(-50, abs=1)
    assert found.proposes
    assert found.enough
    assert found.ahead_before is not None
    assert found.ahead_after is not None
    assert found.ahead_after.log_loss < found.ahead_before.log_loss
    assert found.ahead_after.brier < found.ahead_before.brier
    assert good.reason == "useful in 150 of 200 votes"
    assert found.notes == ("no vote is from the audit sample: what the alerts miss is unknown",)


def test_votes_cannot_turn_a_sign() -> None:
    votes = [vote(n, {"good": 1} if n % 2 else {}, useful=n % 2 == 0 or n % 10 == 1) for n in range(200)]
    good = fitted(votes).parameters[0]
    assert good.fitted == good.points == 0
    assert good.reason == "useful in 20 of 100 votes: counts for nothing; 0 stays 0 in later fits"


def test_zero_and_what_few_votes_touch_stay() -> None:
    parameters = (*TWO, Parameter(name="zero", value=0), Parameter(name="rare", value=7), Parameter(name="no", value=3))
    votes = [replace(each, counts={**each.counts, "zero": 1}) for each in told(100, "good", 1, 5)]
    votes[:4] = [replace(each, counts={"rare": 1}) for each in votes[:4]]
    found = fitted(votes, parameters)
    assert [each.points for each in found.parameters[1:]] == [-10, 0, 7, 3]
    assert found.parameters[3].reason == "stays: 4 votes touch it, 5 are needed"
    assert found.parameters[2].reason == "stays: 0 points are a decision"
    assert "touched by fewer than 5 votes and left as they are: rare" in found.notes
    assert "touched by no vote and left as they are: bad, no" in found.notes


def test_an_order_holds_equal_what_votes_would_turn_round() -> None:
    names = ("low", "medium", "high")
    parameters = [Parameter(name=name, value=value) for name, value in zip(names, (3, 8, 14), strict=True)]
    share = {"low": 9, "medium": 6, "high": 4}  # of 12
    votes = [vote(n, {(name := names[n % 3]): 1}, useful=(n // 3) % 12 < share[name], offset=38) for n in range(720)]
    found = fit(votes, parameters, orders=(names,), half=50, double_every=10)
    low, medium, high = (each.fitted for each in found.parameters)
    assert low == pytest.approx(medium, abs=1e-6)
    assert medium == pytest.approx(high, abs=1e-6)


def test_a_fit_that_tells_nothing_proposes_nothing() -> None:
    coin = random.Random(3)
    names = [f"p{number}" for number in range(12)]
    parameters = [Parameter(name=name, value=5 if n % 2 else -5) for n, name in enumerate(names)]
    votes = []
    for number in range(120):
        counts = {name: 1.0 for name in names if coin.random() < 0.4}
        score = sum(5 if int(name[1:]) % 2 else -5 for name in counts)
        votes.append(vote(number, counts, useful=coin.random() < 1 / (1 + 2 ** (-score / 10))))
    found = fitted(votes, parameters)
    assert not found.proposes
    assert found.changes == {}
    assert found.enough
    assert all(each.points == each.old for each in found.parameters)
    assert any(each.fitted != each.old for each in found.parameters)
    assert found.notes[-1].endswith("nothing is proposed")
    assert "do not tell 100 later votes better than yours" in found.notes[-1]


@pytest.mark.parametrize("useful", [True, False])
def test_votes_of_one_kind_prove_nothing(useful: bool) -> None:
    found = fitted([vote(n, {"good": 1}, useful=useful) for n in range(60)])
    assert not found.proposes
    assert not found.enough
    assert any(note.startswith("all votes are") for note in found.notes)


def test_without_later_votes_nothing_is_checked() -> None:
    votes = [replace(each, at=NOON) for each in told(60, "good", 1, 5)]
    found = fitted(votes)
    assert (found.strength, found.ahead_after, found.proposes) == (DEFAULT_STRENGTH, None, False)
    assert "default strength 2" in found.notes[-1]


def test_no_votes_at_all() -> None:
    found = fitted([])
    assert (found.before, found.after, found.changes, found.votes) == (None, None, {}, 0)
    assert found.half.reason == "stays: there are no votes"


def test_votes_on_one_story_are_on_one_side_of_every_cut() -> None:
    """Else a story whose votes were learned from would be told "later": all of one story, nothing is later."""
    votes = [replace(each, story="one") for each in told(60, "good", 1, 5)]
    assert fitted(votes).ahead_after is None


def test_a_rare_vote_counts_more_but_cannot_outshout_all() -> None:
    votes = told(100, "good", 1, 2)
    heavy = [replace(each, weight=1e9 if number == 51 else 1.0) for number, each in enumerate(votes)]
    some = [replace(each, weight=5.0 if number % 2 else 1.0) for number, each in enumerate(votes)]
    assert "votes that weighed more than 10 times the median and were cut to that: 1" in fitted(heavy).notes
    plain, one, many = (
        found.parameters[0].fitted - found.half.fitted for found in (fitted(votes), fitted(heavy), fitted(some))
    )
    assert plain > one > many  # what is not useful weighs more


def test_points_are_the_ones_of_plain_logistic_regression_when_nothing_holds_them() -> None:
    rng = np.random.default_rng(5)
    at = desk(rng)
    shown = texts(rng, 600)
    useful = rng.random(600) < at.chances(shown)
    rows = np.column_stack([shown, -np.ones(600)])
    evidence = Evidence(rows=rows, base=np.zeros(600), told=useful.astype(float), weights=np.ones(600))
    free = np.ones(rows.shape[1], dtype=bool)
    within = walls(np.zeros(len(free)), free, signed=~free, orders=())
    found = shrunk(evidence, np.zeros(len(free)), within, strength=1e-9)
    assert chances(log_odds(evidence, found)) == pytest.approx(plain_logistic(shown, useful, shown), abs=1e-5)


def test_half_alone_finds_the_odds_of_the_votes() -> None:
    evidence = Evidence(
        rows=-np.ones((8, 1)), base=np.zeros(8), told=np.array([1.0] * 2 + [0.0] * 6), weights=np.ones(8)
    )
    free = np.ones(1, dtype=bool)
    within = walls(np.zeros(1), free, signed=~free, orders=())
    found = shrunk(evidence, np.zeros(1), within, strength=1e-9)
    assert found[0] == pytest.approx(math.log2(3), abs=1e-6)  # odds of 1 to 3


@pytest.mark.parametrize(
    ("parameters", "orders", "votes", "says"),
    [
        ((*TWO, TWO[0]), (), [], "one name each"),
        ((Parameter(name="half", value=1),), (), [], "none is called 'half'"),
        ((Parameter(name="good", value=math.inf),), (), [], "finite"),
        (TWO, (("good", "bad"),), [], "must not decrease"),
        (TWO, (("bad", "good"), ("good",)), [], "one order at most"),
        (TWO, (("bad", "ugly"),), [], "one order at most"),
        (TWO, (), [vote(0, {"ugly": 1}, useful=True)], "story s0: no parameter is called 'ugly'"),
        (TWO, (), [vote(0, {"good": math.nan}, useful=True)], "finite"),
        (TWO, (), [vote(0, {}, useful=True, weight=0)], "above 0"),
    ],
)
def test_what_cannot_be_fitted_is_refused(
    parameters: Sequence[Parameter], orders: Sequence[Sequence[str]], votes: Sequence[Labelled], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        fit(votes, parameters, orders=orders, half=50, double_every=10)


@pytest.mark.slow
def test_learning_beats_the_hand_and_free_learning() -> None:
    """On 40 desks: better than the analyst's points from 30 votes on, and never much worse than free learning."""
    rows = {row.votes: row for row in simulate(40)}
    for votes in (30, 100, 300, 1000):
        assert rows[votes].truth < rows[votes].fitted < rows[votes].hand
    for votes in (30, 100, 300):
        assert rows[votes].fitted < rows[votes].plain
    assert rows[1000].fitted < 1.02 * rows[1000].plain


@pytest.mark.slow
def test_learning_does_little_harm_to_who_is_right_already() -> None:
    for row in simulate(20, (30, 300), wrong=0):
        assert row.fitted < 1.02 * row.hand
        assert row.proposed < 0.5


def test_a_desk_is_the_same_every_time() -> None:
    first, second = (desk(np.random.default_rng(9)) for _ in range(2))
    assert (first.hand == second.hand).all()
    shown = texts(np.random.default_rng(9), 40)
    assert first.fit(ballots(shown, [n % 3 == 0 for n in range(40)])) == second.fit(
        ballots(shown, [n % 3 == 0 for n in range(40)])
    )
