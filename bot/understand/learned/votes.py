"""Let labelled examples vote on what a text tells, each the more the nearer it is to the text.

Whether it tells a new step is a support vector machine with a Gaussian kernel, kept as plain numbers. A straight line
through the encodings tells a step from its look-back less well: measured on held-out texts of one topic, average
precision 0.93 against 0.96. What is done, and to which goods, has some twenty answers with few examples each: the
examples of steps answer by kernel ridge regression, right for 67 % of unseen goods where a line was for 58 %.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.understand.learned.features import Features, matrix
from bot.understand.learned.ngrams import Array

VIEWS = 2  # halves of an encoding: the whole text, and its title alone
WIDTH = 0.5  # of the kernel: exp(-WIDTH * squared distance)
_TITLE = 0.5**0.5  # share of the title's half in a distance
_WORDS = 0.15  # share of what words found
_UNIT, _STEP = 127.0, 42.0  # steps of one in the rows: parts of directions are within 1, features within 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """What the examples of steps say to one question about a step."""

    classes: tuple[str, ...]
    weights: Array  # float32, (examples of steps, classes)
    base: Array  # float32, (classes,): the share of each among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """Examples with the weight of their votes, and how the sum becomes a chance."""

    names: tuple[str, ...]  # features of words, in the order of the rows
    rows: Array  # int8, (examples, dimensions + features), made by `rows_of`
    weights: Array  # float32, (examples,): above 0 for a step, below for anything else; most are 0
    bias: float
    slope: float  # log-odds per unit of the sum, by Platt's scaling on held-out texts
    shift: float
    steps: tuple[int, ...]  # rows of the examples that tell a step, in order
    ballots: Mapping[str, Ballot]  # by slot

    _voters: Array = field(init=False, repr=False, compare=False)  # weighed rows of those with a vote
    _says: Array = field(init=False, repr=False, compare=False)
    _told: Array = field(init=False, repr=False, compare=False)  # weighed rows of steps

    def __post_init__(self) -> None:
        """Work out once what every text needs."""
        voting = np.flatnonzero(self.weights)
        object.__setattr__(self, "_voters", weighed(self.rows[voting], len(self.names)))
        object.__setattr__(self, "_says", self.weights[voting].astype(np.float64))
        object.__setattr__(self, "_told", weighed(self.rows[list(self.steps)], len(self.names)))

    def chance(self, found: Features, centred: Array) -> float:
        """The chance, 0..1, that a text tells a new step.

        Args:
            found: What words say of it.
            centred: Its encoding, centred.
        """
        row = weighed(rows_of((found,), centred[None], self.names), len(self.names))
        said = float(nearness(row, self._voters)[0] @ self._says) + self.bias
        odds = min(60.0, max(-60.0, self.slope * said + self.shift))
        return float(1.0 / (1.0 + np.exp(-odds)))

    def shares(self, found: Features, centred: Array) -> dict[str, dict[str, float]]:
        """By slot, how likely each answer is, 0..1, for a text that tells a step; several of a slot may be true.

        Args:
            found: What words say of it.
            centred: Its encoding, centred.
        """
        row = weighed(rows_of((found,), centred[None], self.names), len(self.names))
        near = nearness(row, self._told)[0]
        return {
            slot: {
                name: float(min(1.0, max(0.0, said)))
                for name, said in zip(ballot.classes, near @ ballot.weights + ballot.base, strict=True)
            }
            for slot, ballot in self.ballots.items()
        }


def rows_of(found: Sequence[Features], centred: Array, names: Sequence[str]) -> Array:
    """Texts as rows of small numbers: each half of the encoding as a direction, then what words found.

    Args:
        found: Features of each text.
        centred: float64, (texts, dimensions): centred encodings.
        names: The features that are kept.

    Returns:
        int8, (texts, dimensions + features).
    """
    halves = np.split(centred, VIEWS, axis=1)
    units = [half / np.maximum(1e-9, np.linalg.norm(half, axis=1, keepdims=True)) for half in halves]
    words = np.clip(matrix(found, names) * _STEP, -_UNIT, _UNIT)
    steps = np.hstack([*(unit * _UNIT for unit in units), words])
    return np.round(steps).astype(np.int8)


def weighed(rows: Array, words: int) -> Array:
    """Rows as float32, so that squared distances between them are what the kernel takes."""
    half = (rows.shape[1] - words) // VIEWS
    shares = np.repeat([1.0 / _UNIT, _TITLE / _UNIT, _WORDS / _STEP], [half, half, words])
    return rows * shares.astype(np.float32)


def nearness(some: Array, others: Array) -> Array:
    """The kernel between weighed rows: 1 for the same text, towards 0 with distance; float64, (some, others)."""
    squares = np.square(some).sum(axis=1)[:, None] + np.square(others).sum(axis=1)[None]
    return np.exp(-WIDTH * np.maximum(0.0, squares - 2.0 * (some @ others.T)).astype(np.float64))
