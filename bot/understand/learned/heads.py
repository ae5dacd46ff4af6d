"""Logistic regressions as plain numbers: run with numpy, written and read as JSON data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bot.errors import InputError
from bot.understand.learned.features import Features
from bot.understand.learned.ngrams import Array

PLACES = 4  # decimals that are kept: more say nothing, and rebuilt heads are the same to the last letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One classifier over named features, and over an encoding when it was trained with one."""

    classes: tuple[str, ...]  # with two, the weights are those of the second
    names: tuple[str, ...]  # features by name, in the order of the weights
    weights: Array  # float32, (classes or 1, features + dimensions of the encoding)
    bias: Array  # float32, (classes or 1,)

    _places: Mapping[str, int] = field(init=False, repr=False, compare=False)  # of each feature among the weights
    _exact: Array = field(init=False, repr=False, compare=False)  # the weights as float64

    def __post_init__(self) -> None:
        """Work out once what every text needs."""
        object.__setattr__(self, "_places", {name: place for place, name in enumerate(self.names)})
        object.__setattr__(self, "_exact", self.weights.astype(np.float64))

    def probabilities(self, found: Features, encoding: Array | None = None) -> dict[str, float]:
        """The chance of each class, 0..1, summing to 1."""
        given = self._rows((found,))[0]
        row = given if encoding is None else np.concatenate([given, encoding])
        scores = self._exact @ row + self.bias.astype(np.float64)
        if len(scores) == 1:
            chance = 1.0 / (1.0 + np.exp(-np.clip(scores[0], -60.0, 60.0)))
            return {self.classes[0]: float(1.0 - chance), self.classes[1]: float(chance)}
        odds = np.exp(scores - scores.max())
        return {name: float(p) for name, p in zip(self.classes, odds / odds.sum(), strict=True)}

    def chances(self, found: Sequence[Features]) -> list[float]:
        """Of a head with two classes and no encoding: the chance of the second for each of some candidates."""
        scores = self._rows(found) @ self._exact[0] + float(self.bias[0])
        return [float(chance) for chance in 1.0 / (1.0 + np.exp(-np.clip(scores, -60.0, 60.0)))]

    def odds(self, found: Features) -> float:
        """Of a head with two classes and no encoding: the logarithm of the second's odds, with as little ado as may be.

        Every text is asked for this, and most have a dozen features of some hundreds.
        """
        weights, places = self._exact[0], self._places
        return float(self.bias[0]) + sum(float(weights[places[name]]) * found[name] for name in found if name in places)

    def _rows(self, found: Sequence[Features]) -> Array:
        """Features in the order of the weights; what a head does not know is left out, what is absent is 0."""
        rows = np.zeros((len(found), len(self.names)), dtype=np.float64)
        for row, features in zip(rows, found, strict=True):
            for name, value in features.items():
                place = self._places.get(name)
                if place is not None:
                    row[place] = value
        return rows

    def plain(self) -> dict[str, Any]:
        """As JSON data."""
        return {
            "classes": list(self.classes),
            "names": list(self.names),
            "weights": [[round(float(w), PLACES) for w in row] for row in self.weights],
            "bias": [round(float(b), PLACES) for b in self.bias],
        }


def head_from(data: Mapping[str, Any]) -> Head:
    """The head that `plain` was made of.

    Raises:
        InputError: Numbers or names are missing, or do not fit each other.
    """
    try:
        head = Head(
            classes=tuple(str(name) for name in data["classes"]),
            names=tuple(str(name) for name in data["names"]),
            weights=np.array(data["weights"], dtype=np.float32),
            bias=np.array(data["bias"], dtype=np.float32),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"a head of the learned reader cannot be read: {error}") from error
    rows = 1 if len(head.classes) == 2 else len(head.classes)
    if head.weights.ndim != 2 or head.weights.shape[0] != rows or head.bias.shape != (rows,):
        raise InputError(f"a head of the learned reader does not fit its {len(head.classes)} classes")
    return head


def best(chances: Mapping[str, float], among: Sequence[str] = ()) -> str:
    """The most likely class; equal ones go by name, so that every host says the same."""
    names = among or tuple(chances)
    return max(sorted(names), key=lambda name: chances[name])
