"""Whatever the votes, fitted points keep what the analyst decided, and do not depend on how the votes are told."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.tune.votes.fitting import Fit, Labelled, Parameter, fit
from bot.tune.votes.shrinking import Evidence, log_losses, shrunk, walls

LEVELS = ("levels.low", "levels.medium", "levels.high", "levels.critical")
CUES = ("cue.past", "cue.possible", "cue.reported", "cue.stated", "cue.official")
ALONE = ("actor_known", "noise.sport")
ORDERS = (LEVELS, CUES)
NAMES = (*LEVELS, *CUES, *ALONE)
NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)


@st.composite
def analysts(draw: st.DrawFn) -> tuple[Parameter, ...]:
    """Points in order; cues cross zero, and some points are halves, as a careless hand may write them."""
    points = st.integers(-24, 60).map(lambda halves: halves / 2)
    levels = sorted(abs(draw(points)) for _ in LEVELS)
    cues = sorted(draw(points) for _ in CUES)
    values = (*levels, *cues, draw(points), draw(points))
    return tuple(Parameter(name=name, value=value) for name, value in zip(NAMES, values, strict=True))


@st.composite
def votes(draw: st.DrawFn, least: int = 30, most: int = 45) -> list[Labelled]:
    """Votes of no sense: hypothesis gives the size, the seed and how often words are found."""
    size = draw(st.integers(least, most))
    rng = random.Random(draw(st.integers(0, 2**32)))
    rich, kind, days = draw(st.floats(0.05, 0.9)), draw(st.floats(0, 1)), draw(st.sampled_from([1, 5, 1000]))
    return [
        Labelled(
            counts={name: rng.choice((0.25, 0.5, 1, 1.5)) for name in NAMES if rng.random() < rich},
            offset=rng.choice((0.0, -30.0, 45.25)),
            useful=rng.random() < kind,
            weight=rng.choice((1.0, 1.0, 1.0, 7.5, 400.0)),
            at=NOON + timedelta(days=rng.randrange(days)),
            band=rng.choice(("archive", "digest", "alert")),
            rules=(),
            story=f"s{rng.randrange(size)}",
        )
        for _ in range(size)
    ]


def fitted(labelled: Sequence[Labelled], parameters: Sequence[Parameter]) -> Fit:
    return fit(labelled, parameters, orders=ORDERS, half=50, double_every=10)


@settings(max_examples=40)
@given(votes(), analysts())
def test_signs_and_order_stay(labelled: list[Labelled], parameters: tuple[Parameter, ...]) -> None:
    found = fitted(labelled, parameters)
    by_name = {each.name: each for each in found.parameters}
    assert tuple(by_name) == NAMES
    for each in found.parameters:
        for now in (each.fitted, each.points):
            assert now * each.old >= 0
            assert each.old != 0 or now == 0
        if each.useful + each.not_useful < 5:
            assert each.fitted == each.points == each.old
    for order in ORDERS:
        for low, high in pairwise(order):
            assert by_name[low].fitted <= by_name[high].fitted
            assert by_name[low].points <= by_name[high].points
    assert found.proposes == bool(found.changes)
    assert found.proposes or all(each.points == each.old for each in (*found.parameters, found.half))


@settings(max_examples=40)
@given(votes(), analysts().map(lambda given: tuple(replace(each, value=round(each.value)) for each in given)))
def test_whole_points_stay_whole(labelled: list[Labelled], parameters: tuple[Parameter, ...]) -> None:
    assert all(each.points.is_integer() for each in fitted(labelled, parameters).parameters)


@settings(max_examples=25)
@given(votes(), analysts(), st.randoms(use_true_random=False))
def test_the_order_in_which_votes_are_given_says_nothing(
    labelled: list[Labelled], parameters: tuple[Parameter, ...], shuffler: random.Random
) -> None:
    shuffled = list(labelled)
    shuffler.shuffle(shuffled)
    assert fitted(shuffled, parameters) == fitted(labelled, parameters) == fitted(labelled, parameters)


@settings(max_examples=25)
@given(votes(), analysts(), st.floats(1e-3, 1e6))
def test_only_the_ratio_of_weights_counts(
    labelled: list[Labelled], parameters: tuple[Parameter, ...], times: float
) -> None:
    once, often = (
        fitted(each, parameters)
        for each in (labelled, [replace(vote, weight=vote.weight * times) for vote in labelled])
    )
    assert once.strength == often.strength
    for one, other in zip(once.parameters, often.parameters, strict=True):
        assert one.fitted == pytest.approx(other.fitted, abs=1e-5)


@st.composite
def problems(draw: st.DrawFn) -> tuple[Evidence, np.ndarray, np.ndarray]:
    """Votes as numbers, a start in order, and which unknowns are free."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    size, unknowns = draw(st.integers(1, 40)), 8
    start = np.sort(rng.integers(-3, 4, unknowns)) * draw(st.sampled_from([0.1, 1.0]))
    evidence = Evidence(
        rows=rng.choice((0.0, 0.0, 0.5, 1.0), size=(size, unknowns)),
        base=rng.normal(0, 2, size),
        told=rng.integers(0, 2, size).astype(float),
        weights=rng.exponential(1, size),
    )
    return evidence, start, (rng.random(unknowns) < 0.8) & (start != 0)


@settings(max_examples=150)
@given(problems(), st.sampled_from([1e-3, 0.1, 2.0, 100.0]), st.integers(0, 2**32))
def test_nothing_near_within_the_walls_is_better(
    problem: tuple[Evidence, np.ndarray, np.ndarray], strength: float, seed: int
) -> None:
    evidence, start, free = problem
    within = walls(start, free, signed=np.ones(8, dtype=bool), orders=(range(5),))
    found = shrunk(evidence, start, within, strength=strength)

    def cost(at: np.ndarray) -> float:
        return float(evidence.weights @ log_losses(evidence, at) + strength * np.sum((at - start) ** 2))

    assert (found == start)[~free].all()
    assert (within.sides @ found[free] >= within.least - 1e-9).all()
    rng = np.random.default_rng(seed)
    for reach in (1.0, 1e-2, 1e-4):
        near = found + np.where(free, rng.normal(0, reach, 8), 0)
        near[:5] = np.where(free[:5], np.clip(near[:5], found[:5].min(), found[:5].max()), near[:5])
        if (within.sides @ near[free] >= within.least).all():
            assert cost(near) >= cost(found) - 1e-9
    # Towards the start is always within the walls, for they are straight.
    assert cost(found + 1e-3 * (start - found)) >= cost(found) - 1e-9


@settings(max_examples=50)
@given(problems())
def test_who_believes_enough_keeps_the_points(problem: tuple[Evidence, np.ndarray, np.ndarray]) -> None:
    evidence, start, free = problem
    within = walls(start, free, signed=np.ones(8, dtype=bool), orders=(range(8),))
    far = [float(np.abs(shrunk(evidence, start, within, strength=s) - start).max()) for s in (1.0, 1e3, 1e6, 1e9)]
    assert far[-1] < 1e-6
    assert far[0] + 1e-9 >= far[1] >= far[2] - 1e-9
