"""Let labelled examples vote on whether a text tells a new step, each the more the nearer it is to the text.

This is a support vector machine with a Gaussian kernel, kept as plain numbers. A straight line through the encodings
tells a step from its look-back less well: measured on held-out texts of one topic, average precision 0.93 against 0.96.
"""

from __future__ import annotations

from collections.abc import Sequence
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
class Votes:
    """Examples with the weight of their votes, and how the sum becomes a chance."""

    names: tuple[str, ...]  # features of words, in the order of the rows
    rows: Array  # int8, (examples, dimensions + features), made by `rows_of`
    weights: Array  # float32, (examples,): above 0 for a step, below for anything else; most are 0
    bias: float
    slope: float  # log-odds per unit of the sum, by Platt's scaling on held-out texts
    shift: float

    _voters: Array = field(init=False, repr=False, compare=False)  # weighed rows of those with a vote
    _says: Array = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once what every text needs."""
        voting = np.flatnonzero(self.weights)
        object.__setattr__(self, "_voters", weighed(self.rows[voting], len(self.names)))
        object.__setattr__(self, "_says", self.weights[voting].astype(np.float64))

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
