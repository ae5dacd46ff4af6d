"""Learn how examples vote on what a text tells, and what a sum of votes is worth as a chance."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bot.understand.learned.features import Features
from bot.understand.learned.heads import PLACES
from bot.understand.learned.ngrams import Array
from bot.understand.learned.votes import Ballot, Votes, nearness, rows_of, weighed

_STRENGTH = 4.0  # what an example on the wrong side costs, against a smooth border
_RIDGE = 0.1  # what weights on the examples of steps cost, against following each of them
_SURE = 1e4  # Platt's scaling has two numbers to learn from thousands of texts: nothing needs to hold them back


Answers = Mapping[str, frozenset[str]]  # by slot, what is true of one step


def vote(
    found: Sequence[Features],
    centred: Array,
    steps: Sequence[bool],
    names: Sequence[str],
    parts: Sequence[int],
    answers: Mapping[int, Answers],
) -> Votes:
    """Votes of labelled texts, scaled to chances by texts that had no vote.

    Args:
        found: Features of each text.
        centred: float64, (texts, dimensions): centred encodings.
        steps: Whether each tells a new step; both kinds are there.
        names: Features that are kept.
        parts: The fold of each; a fold is judged by the others to learn the scale.
        answers: What is known of steps, by place among the texts.
    """
    rows = rows_of(found, centred, names)
    kernel = nearness(ready := weighed(rows, len(names)), ready)
    told, fold = np.array(steps), np.array(parts)
    sums = np.zeros(len(told))
    for part in sorted(set(parts)):
        inside, outside = np.flatnonzero(fold != part), np.flatnonzero(fold == part)
        weights, bias = _fitted(kernel[np.ix_(inside, inside)], told[inside])
        sums[outside] = kernel[np.ix_(outside, inside)] @ weights + bias
    slope, shift = _scaled(sums, told)
    weights, bias = _fitted(kernel, told)
    known = tuple(sorted(answers))
    ballots = _ballots(kernel[np.ix_(known, known)], [answers[at] for at in known])
    return Votes(
        names=tuple(names),
        rows=rows,
        weights=np.round(weights, PLACES).astype(np.float32),
        bias=round(bias, PLACES),
        slope=round(slope, PLACES),
        shift=round(shift, PLACES),
        steps=known,
        ballots=ballots,
    )


def _ballots(kernel: Array, answers: Sequence[Answers]) -> dict[str, Ballot]:
    """Kernel ridge regression of each answer's truth, around its share."""
    found = {}
    for slot in sorted({slot for given in answers for slot in given}):
        classes = tuple(sorted({name for given in answers for name in given[slot]}))
        truth = np.array([[float(name in given[slot]) for name in classes] for given in answers])
        base = truth.mean(axis=0)
        weights = np.linalg.solve(kernel + _RIDGE * np.eye(len(kernel)), truth - base)
        found[slot] = Ballot(
            classes=classes,
            weights=np.round(weights, PLACES).astype(np.float32),
            base=np.round(base, PLACES).astype(np.float32),
        )
    return found


def _fitted(kernel: Array, told: Array) -> tuple[Array, float]:
    """What each text says and the bias; of one kind alone nothing can be learned, so that is always right."""
    from sklearn.svm import SVC  # noqa: PLC0415 - an extra, for training only

    weights = np.zeros(len(told))
    if len(set(told.tolist())) < 2:
        return weights, 1.0 if told.all() else -1.0
    machine: Any = SVC(C=_STRENGTH, kernel="precomputed").fit(kernel, told)
    weights[machine.support_] = machine.dual_coef_[0]
    return weights, float(machine.intercept_[0])


def _scaled(sums: Array, told: Array) -> tuple[float, float]:
    """Slope and shift that turn sums of votes into log-odds (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - an extra, for training only

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of rounds, where a few texts are told apart without a mistake
        fit = LogisticRegression(C=_SURE, random_state=0).fit(sums[:, None], told)
    return float(fit.coef_[0, 0]), float(fit.intercept_[0])
