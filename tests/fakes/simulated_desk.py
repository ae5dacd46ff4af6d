"""A made-up desk whose readers vote by hidden points, to measure how well points are learned from votes.

Worlds are drawn once, before anything is fitted. The hidden points of a desk are the usual ones times a factor of about
two either way, and the analyst's are the hidden ones times such a factor again: right in sign, rough in size. Ledgers
look like real ones: findings of a slot count 1, 1/2, 1/4, one stage, one source, rare noise. Three to five texts of ten
are useful, and the analyst's even odds are within some five points of giving the right share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from bot.tune.votes.fitting import Fit, Labelled, Parameter, fit

Array = NDArray[np.float64]

LEVELS = ("levels.low", "levels.medium", "levels.high", "levels.critical")
USUAL = {
    **dict(zip(LEVELS, (3, 8, 14, 20), strict=True)),
    "together.sentence": 8,
    "actor_known": 5,
    "target_known": 4,
    "stage.in-force": 6,
    "stage.announced": 4,
    "stage.proposed": 2,
    "stage.denied": -6,
    "source.official": 6,
    "source.press": 3,
    "source.blog": -8,
    "noise.noise-market": -25,
    "noise.noise-opinion": -25,
}
NAMES = tuple(USUAL)
DOUBLE_EVERY = 10.0
SIZES = (30, 100, 300, 1000)
_SPREAD = 0.6  # of the logarithm of a factor: two thirds are within 0.55 to 1.8
_OFF = 5.0  # points by which the analyst's even odds are wrong
_NEVER_SURE = 0.001  # chances are kept this far from 0 and 1: unpenalised points can be infinite
_START = datetime(2026, 1, 6, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Readers, and the analyst who guesses what they want."""

    hidden: Array  # points by which readers judge, in the order of NAMES
    hidden_half: float
    hand: Array  # whole points of the analyst
    hand_half: float

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The analyst's points."""
        return tuple(Parameter(name=name, value=float(v)) for name, v in zip(NAMES, self.hand, strict=True))

    def chances(self, texts: Array) -> Array:
        """How likely a reader finds each text useful, in truth."""
        return _chances(texts @ self.hidden - self.hidden_half)

    def fit(self, votes: Sequence[Labelled]) -> Fit:
        """What votes do to the analyst's points."""
        return fit(votes, self.parameters, orders=(LEVELS,), half=self.hand_half, double_every=DOUBLE_EVERY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Mean log-loss on fresh texts after so many votes."""

    votes: int
    hand: float  # the analyst's points
    plain: float  # logistic regression without penalty, signs or order
    fitted: float  # whole points as proposed; the analyst's where nothing is
    truth: float  # the hidden points: nobody can do better
    proposed: float  # share of desks to which something is proposed


def desk(rng: np.random.Generator, *, wrong: float = _SPREAD) -> Desk:
    """A desk; `wrong` is the spread of the analyst's factors, 0 = knows the readers' points but for rounding."""
    usual = np.array([float(points) for points in USUAL.values()])
    hidden = _ordered(usual * np.exp(rng.normal(0, _SPREAD, len(usual))))
    guess = _ordered(hidden * np.exp(rng.normal(0, wrong, len(usual))))
    hand = np.sign(guess) * np.maximum(1, np.rint(np.abs(guess)))
    share = rng.uniform(0.3, 0.5)
    sample = texts(rng, 4000)
    off = rng.normal(0, _OFF) if wrong else 0.0
    hand_half = _half(sample @ hand, share) + off
    return Desk(
        hidden=hidden, hidden_half=_half(sample @ hidden, share), hand=hand, hand_half=float(np.rint(hand_half))
    )


def texts(rng: np.random.Generator, size: int) -> Array:
    """Counts of ledgers, (texts, NAMES)."""
    found = {name: np.zeros(size) for name in NAMES}
    for slot in ((0.0, 0.75, 0.25, 0.0), (0.1, 0.5, 0.25, 0.15)):  # how often 0..3 measures, and goods, are found
        levels = np.sort(rng.choice(4, size=(size, 3), p=(0.2, 0.3, 0.3, 0.2)))[:, ::-1]
        number = rng.choice(4, size=size, p=slot)
        for position, repeat in enumerate((1, 0.5, 0.25)):
            for level, name in enumerate(LEVELS):
                found[name] += repeat * ((levels[:, position] == level) & (number > position))
    for name, share in (("together.sentence", 0.55), ("actor_known", 0.7), ("target_known", 0.45)):
        found[name] += rng.random(size) < share
    stage = rng.choice(5, size=size, p=(0.25, 0.3, 0.2, 0.1, 0.15))
    source = rng.choice(4, size=size, p=(0.15, 0.6, 0.15, 0.1))
    for kind, name in enumerate(("stage.in-force", "stage.announced", "stage.proposed", "stage.denied")):
        found[name] += stage == kind
    for kind, name in enumerate(("source.official", "source.press", "source.blog")):
        found[name] += source == kind
    for name in ("noise.noise-market", "noise.noise-opinion"):
        found[name] += rng.random(size) < 0.12
    return np.stack([found[name] for name in NAMES], axis=1)


def votes(shown: Array, useful: Sequence[bool]) -> list[Labelled]:
    """One vote per text, an hour apart."""
    return [
        Labelled(
            counts={name: float(count) for name, count in zip(NAMES, row, strict=True) if count},
            offset=0.0,
            useful=bool(told),
            weight=1.0,
            at=_START + timedelta(hours=number),
            band="alert",
            rules=(),
            story=f"s{number:05}",
        )
        for number, (row, told) in enumerate(zip(shown, useful, strict=True))
    ]


def simulate(
    worlds: int, sizes: Sequence[int] = SIZES, *, fresh: int = 2000, wrong: float = _SPREAD, seed: int = 7
) -> list[Row]:
    """Log-loss of three ways to have points, averaged over desks; later sizes add votes to the earlier ones.

    The loss on fresh texts is the expected one under the hidden chances, which is free of the luck of drawn labels.
    """
    figures = np.zeros((len(sizes), 5))
    for world in range(worlds):
        rng = np.random.default_rng((seed, world))
        at = desk(rng, wrong=wrong)
        shown, unseen = texts(rng, max(sizes)), texts(rng, fresh)
        told = rng.random(len(shown)) < at.chances(shown)
        truth = at.chances(unseen)
        hand = _loss(truth, _chances(unseen @ at.hand - at.hand_half))
        for row, size in enumerate(sizes):
            found = at.fit(votes(shown[:size], list(told[:size])))
            points = np.array([each.points for each in found.parameters])
            fitted = _loss(truth, _chances(unseen @ points - found.half.points))
            plain = _loss(truth, plain_logistic(shown[:size], told[:size], unseen))
            figures[row] += (hand, plain, fitted, _loss(truth, truth), float(found.proposes))
    return [
        Row(votes=size, hand=row[0], plain=row[1], fitted=row[2], truth=row[3], proposed=row[4])
        for size, row in zip(sizes, (figures / worlds).tolist(), strict=True)
    ]


def plain_logistic(shown: Array, told: NDArray[np.bool_], unseen: Array) -> Array:
    """Chances by logistic regression with an intercept and no penalty, Newton's method, 50 rounds at most.

    Few votes are told apart without a mistake, and the best points are then infinite: rounds end where chances are
    within 1e-6 of the votes. That chances are kept from 0 and 1 when losses are counted favours this method most.
    """
    rows = np.column_stack([shown, np.ones(len(shown))])
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (told - chance)
        bend = (rows.T * (chance * (1 - chance))) @ rows + 1e-9 * np.eye(len(weights))
        weights = weights + np.linalg.lstsq(bend, slope)[0]
        if np.abs(slope).max() < 1e-6:
            break
    odds = np.column_stack([unseen, np.ones(len(unseen))]) @ weights
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


def _ordered(points: Array) -> Array:
    levels = len(LEVELS)
    return np.concatenate([np.sort(points[:levels]), points[levels:]])


def _chances(score: Array) -> Array:
    return np.asarray(1 / (1 + 2 ** (-score / DOUBLE_EVERY)))


def _half(scores: Array, share: float) -> float:
    """The score of even odds that makes so many useful."""
    low, high = -200.0, 300.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _chances(scores - middle).mean() > share else (low, middle)
    return low


def _loss(truth: Array, chance: Array) -> float:
    """Expected log-loss; nobody's chances are taken to be surer than `_NEVER_SURE`."""
    chance = np.clip(chance, _NEVER_SURE, 1 - _NEVER_SURE)
    return float(-np.mean(truth * np.log(chance) + (1 - truth) * np.log1p(-chance)))
