"""Find the points with the least log-loss that keep their signs and order, shrunk towards where they start.

Everything is counted in doublings of the odds (points / `double_every`), so that one strength suits every scale:

    min over w of  sum_i v_i logloss(y_i, P_i(w)) + strength * |w - start|^2   subject to   A w >= b,
    P_i(w) = 1 / (1 + 2^-(base_i + x_i w))

A strength of s is the belief that a start is wrong by about sqrt(1 / 2s) doublings (a Gaussian prior). The function is
strictly convex and the walls A w >= b are straight, so there is one answer. Newton's steps find it: each minimises the
local parabola within the walls, through its dual, which is least squares with non-negative unknowns (Lawson and Hanson,
"Solving Least Squares Problems", 1974, chapter 23, in the form of Bro and de Jong, J. Chemometrics 11, 1997).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

_DOUBLING = float(np.log(2.0))  # in natural log-odds
_ROUNDS = 200  # Newton needs about ten; more means that the arithmetic broke
_SETTLED = 1e-12  # what the next step could still gain, against the whole
_SLACK = 1e-10  # doublings by which a wall may be crossed on the way
_TINY = 1e-300  # keeps 0 / 0 at 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was voted on, one row per vote."""

    rows: Array  # (votes, unknowns): how much of each unknown counts
    base: Array  # (votes,): doublings that no unknown stands for
    told: Array  # (votes,): 1 useful, 0 not
    weights: Array  # (votes,): how many votes each stands for

    def part(self, chosen: slice) -> Evidence:
        """Some of the votes."""
        return Evidence(
            rows=self.rows[chosen], base=self.base[chosen], told=self.told[chosen], weights=self.weights[chosen]
        )

    def __len__(self) -> int:
        return len(self.told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walls:
    """What unknowns must keep: a free one keeps the side of zero it starts on, an order stays non-decreasing."""

    free: Flags  # (unknowns,): the others stay where they start
    sides: Array  # (walls, unknowns)
    least: Array  # (walls,): sides @ unknowns >= least


def walls(start: Array, free: Flags, *, signed: Flags, orders: Sequence[Sequence[int]]) -> Walls:
    """Walls around a start that stands within them.

    Args:
        start: Doublings, (unknowns,).
        free: Which may move.
        signed: Which keep their sign; the start of each is above or below zero.
        orders: Unknowns that stay non-decreasing, by place; none is in two orders.
    """
    sides: list[Array] = []
    implied = np.zeros(len(start), dtype=bool)  # by a neighbour that is on the same side of zero
    for group in orders:
        for low, high in pairwise(group):
            if free[low] or free[high]:
                sides.append(_unit(len(start), high) - _unit(len(start), low))
            implied[high] |= start[low] >= 0
            implied[low] |= start[high] <= 0
    lone = np.flatnonzero(free & signed & ~implied)
    sides.extend(_unit(len(start), int(place)) * np.sign(start[place]) for place in lone)
    stacked = np.array(sides).reshape(-1, len(start))
    return Walls(free=free, sides=stacked[:, free], least=-stacked[:, ~free] @ start[~free])


def _unit(size: int, place: int) -> Array:
    found = np.zeros(size)
    found[place] = 1.0
    return found


def log_odds(evidence: Evidence, at: Array) -> Array:
    """Natural log-odds of each vote being "useful"."""
    return np.asarray(_DOUBLING * (evidence.base + evidence.rows @ at))


def chances(odds: Array) -> Array:
    """Chances, 0..1, of natural log-odds, without overflow."""
    small = np.exp(-np.abs(odds))
    return np.where(odds >= 0, 1.0, small) / (1.0 + small)


def log_losses(evidence: Evidence, at: Array) -> Array:
    """Natural log-loss of each vote."""
    odds = log_odds(evidence, at)
    return np.asarray(np.logaddexp(0.0, odds) - evidence.told * odds)


def shrunk(evidence: Evidence, start: Array, within: Walls, *, strength: float) -> Array:
    """The unknowns, in doublings, that the votes suggest to someone who believes in the start.

    Args:
        evidence: The votes.
        start: Where the unknowns stand, and towards which they are shrunk.
        within: What they must keep.
        strength: Of the belief, above 0.

    Raises:
        ArithmeticError: When the numbers are such that no answer is found, as with infinite points.
    """
    free = within.free
    found = start.copy()
    rows = evidence.rows[:, free]

    def cost(at: Array) -> float:
        return float(evidence.weights @ log_losses(evidence, at) + strength * np.sum((at - start) ** 2))

    now = cost(found)
    for _ in range(_ROUNDS):
        odds = log_odds(evidence, found)
        chance = chances(odds)
        slope = _DOUBLING * rows.T @ (evidence.weights * (chance - evidence.told))
        slope += 2 * strength * (found - start)[free]
        bend = _DOUBLING**2 * (rows.T * (evidence.weights * chance * (1 - chance))) @ rows
        bend += 2 * strength * np.eye(len(slope))
        step = np.zeros(len(start))
        step[free] = _step(bend, slope, within, found[free])
        gain = -float(slope @ step[free])
        if gain <= _SETTLED * (1 + abs(now)):
            return found + step
        found, now = _walked(cost, found, step, gain)
    raise ArithmeticError("the fit did not settle: are all points and counts finite and of sane size?")


def _walked(cost: Callable[[Array], float], found: Array, step: Array, gain: float) -> tuple[Array, float]:
    """As much of a step as lowers the cost by a fair part of what it promised (Armijo's rule)."""
    before, share = cost(found), 1.0
    while (after := cost(found + share * step)) > before - 1e-4 * share * gain and share > 1e-9:
        share /= 2
    return found + share * step, after


def _step(bend: Array, slope: Array, within: Walls, found: Array) -> Array:
    """The step to the lowest point of the parabola within the walls."""
    # Unknowns that no vote touches together with one that thousands do: scaled alike, the inverse keeps its digits.
    scale = 1 / np.sqrt(np.diag(bend))
    inverse = np.linalg.inv(bend * scale * scale[:, None]) * scale * scale[:, None]
    step = np.asarray(-inverse @ slope)
    short = within.least - within.sides @ (found + step)
    if not len(short) or short.max() <= _SLACK:
        return step
    back = inverse @ within.sides.T
    return np.asarray(step + back @ _pushes(within.sides @ back, short))


def _pushes(gram: Array, short: Array) -> Array:
    """How hard each wall pushes: y >= 0 with gram y >= short, and no push from a wall that is not touched."""
    pushes = np.zeros(len(short))
    touched = np.zeros(len(short), dtype=bool)
    for _ in range(10 * len(short)):
        left = np.where(touched, -np.inf, short - gram @ pushes)
        worst = int(np.argmax(left))
        if left[worst] <= _SLACK:
            break
        touched[worst] = True
        while touched.any():
            wanted = np.zeros(len(short))
            wanted[touched] = np.linalg.lstsq(gram[np.ix_(touched, touched)], short[touched])[0]
            pulling = touched & (wanted <= 0)  # a wall that would have to pull is let go
            if not pulling.any():
                pushes = wanted
                break
            shares = np.where(pulling, pushes / np.where(pulling, pushes - wanted + _TINY, 1.0), np.inf)
            first = int(np.argmin(shares))
            pushes = pushes + shares[first] * (wanted - pushes)
            touched[first] = False
            pushes[~touched] = 0.0
    return pushes
