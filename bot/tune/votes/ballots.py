"""Votes with the ledgers they were cast on, checked and laid out as numbers.

Weights are 1 / the chance of having been shown (Horvitz and Thompson, J. Am. Stat. Assoc. 47, 1952). One rare vote must
not outshout all others, so weights are cut at `HEAVIEST` times the median one, and scaled so that they add up to Kish's
effective number of votes, (sum v)^2 / sum v^2 ("Survey Sampling", 1965): equal weights of any size count as 1 each.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np

from bot.errors import InputError
from bot.tune.votes.shrinking import Array, Evidence, Flags
from bot.types.levels import Band

FULL = 30  # votes from which single points may move; below, only `half` does
SEEN = 5  # votes that must touch a parameter before it may move
HEAVIEST = 10.0  # times the median weight
HALF = "half"  # name of the global shift among what was fitted


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A vote on a story, with the ledger that the story had."""

    counts: Mapping[str, float]  # scoring parameter -> how much of it counts in the ledger
    offset: float  # points of the ledger that no parameter stands for
    useful: bool
    weight: float  # 1 / chance with which the story was shown for voting; 1 for alerts
    at: datetime  # of the vote
    band: str  # where the story went
    rules: tuple[str, ...]  # alert rules that held
    story: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number of scoring.yml that votes may move; its sign is fixed, and 0 stays 0."""

    name: str
    value: float  # the analyst's points


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What points mean."""

    half: float  # score with even odds
    double_every: float  # points that double the odds


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Votes as numbers, unknowns in the order of the parameters with `half` last."""

    evidence: Evidence
    start: Array  # doublings
    free: Flags  # unknowns that may move
    groups: tuple[tuple[int, ...], ...]  # orders, by place
    touched: Flags  # (votes, unknowns)
    times: tuple[float, ...]  # when the story of each vote had its first one
    cut: int  # weights that were cut


def tabled(
    votes: Sequence[Labelled], parameters: Sequence[Parameter], orders: Sequence[Sequence[str]], scale: Scale
) -> Table:
    """The votes, in the order of `in_time`, as numbers; below `FULL` votes only `half` is free."""
    places = {each.name: place for place, each in enumerate(parameters)}
    rows = np.zeros((len(votes), len(parameters) + 1))
    rows[:, -1] = -1.0
    for row, vote in zip(rows, votes, strict=True):
        for name, count in vote.counts.items():
            row[places[name]] = count
    touched = rows != 0
    start = np.array([*(each.value for each in parameters), scale.half]) / scale.double_every
    free = (touched.sum(axis=0) >= SEEN) & (start != 0) & (len(votes) >= FULL)
    free[-1] = len(votes) > 0
    weights, cut = _weights([vote.weight for vote in votes])
    first = _firsts(votes)
    return Table(
        evidence=Evidence(
            rows=rows,
            base=np.array([vote.offset for vote in votes]) / scale.double_every,
            told=np.array([float(vote.useful) for vote in votes]),
            weights=weights,
        ),
        start=start,
        free=free,
        groups=tuple(tuple(places[name] for name in order) for order in orders),
        touched=touched,
        times=tuple(first[vote.story] for vote in votes),
        cut=cut,
    )


def _weights(given: Sequence[float]) -> tuple[Array, int]:
    """Weights as they count, and how many were cut."""
    if not given:
        return np.zeros(0), 0
    most = HEAVIEST * float(np.median(given))
    kept = np.minimum(given, most)
    kept = kept / kept.max()  # squares of huge weights would overflow
    return np.asarray(kept * kept.sum() / np.sum(kept**2)), int(np.sum(np.array(given) > most))


def _firsts(votes: Sequence[Labelled]) -> dict[str, float]:
    """When each story had its first vote."""
    first: dict[str, float] = {}
    for vote in votes:
        first[vote.story] = min(first.get(vote.story, math.inf), vote.at.timestamp())
    return first


def in_time(votes: Sequence[Labelled]) -> list[Labelled]:
    """The votes by when their story had its first one, stories together: one order, however they are given."""
    first = _firsts(votes)

    def key(vote: Labelled) -> tuple[object, ...]:
        rest = (vote.useful, vote.weight, vote.offset, vote.band, vote.rules, sorted(vote.counts.items()))
        return (first[vote.story], vote.story, vote.at.timestamp(), *rest)

    return sorted(votes, key=key)


def has_sample(votes: Sequence[Labelled]) -> bool:
    """Whether some vote is on a story that was shown by chance: one of many, or one that readers are not shown."""
    return any(vote.weight > 1 or vote.band == Band.ARCHIVE for vote in votes)


def check(parameters: Sequence[Parameter], orders: Sequence[Sequence[str]], scale: Scale) -> None:
    """Refuse parameters that cannot be fitted.

    Raises:
        InputError: A name is used twice or unknown, a number is not finite, or points are not in their order.
    """
    values = {each.name: each.value for each in parameters}
    if len(values) != len(parameters) or HALF in values:
        raise InputError(f"parameters have one name each, and none is called {HALF!r}")
    if not all(map(math.isfinite, (*values.values(), scale.half, scale.double_every))) or scale.double_every <= 0:
        raise InputError("points must be finite numbers, and double_every above 0")
    ordered = [name for order in orders for name in order]
    if len(set(ordered)) != len(ordered) or not set(ordered) <= set(values):
        raise InputError("an order names parameters, and each name stands in one order at most")
    for order in orders:
        if any(values[low] > values[high] for low, high in pairwise(order)):
            raise InputError(f"the points of {', '.join(order)} must not decrease in this order")


def check_votes(votes: Sequence[Labelled], parameters: Sequence[Parameter]) -> None:
    """Refuse votes that cannot be counted.

    Raises:
        InputError: A ledger counts what is no parameter, a number is not finite, or a weight is not above 0.
    """
    names = {each.name for each in parameters}
    for vote in votes:
        if unknown := sorted(set(vote.counts) - names):
            raise InputError(f"story {vote.story}: no parameter is called {unknown[0]!r}; put its points into offset")
        numbers = (vote.offset, vote.weight, *vote.counts.values())
        if not all(map(math.isfinite, numbers)) or vote.weight <= 0:
            raise InputError(f"story {vote.story}: counts and offset must be finite, and the weight above 0")
