"""Learn scoring points from votes: shrunk to the analyst's, signs and order kept, proposed where they prove better.

The score is S = offset + sum of counts * points, and P(useful) = 1 / (1 + 2^((half - S) / double_every)). The points
minimise the weighted log-loss of the votes plus a strength times the squared distance, in doublings of the odds, from
the analyst's points. The strength is the one that would have told later votes best from earlier ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bot.tune.votes.ahead import DEFAULT_STRENGTH, Ahead, look_ahead, quality
from bot.tune.votes.ballots import (
    FULL,
    HALF,
    HEAVIEST,
    SEEN,
    Labelled,
    Parameter,
    Scale,
    Table,
    check,
    check_votes,
    has_sample,
    in_time,
    tabled,
)
from bot.tune.votes.shrinking import Array, shrunk, walls

__all__ = ["Fit", "Fitted", "Labelled", "Parameter", "Quality", "fit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What became of one parameter."""

    name: str
    old: float  # the analyst's points
    fitted: float  # what the votes suggest, before rounding; equals `old` where nothing was fitted
    points: float  # proposed whole points; equals `old` where nothing is proposed
    useful: int  # votes "useful" on stories whose ledger has it
    not_useful: int
    reason: str  # one sentence for the analyst


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How well chances agree with votes; lower is better."""

    log_loss: float  # natural, weighted mean
    brier: float  # mean squared error of the chance, weighted


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What the votes say about the points."""

    parameters: tuple[Fitted, ...]  # as given
    half: Fitted
    strength: float  # lambda, per squared doubling of the odds
    votes: int
    before: Quality | None  # of the analyst's points on all votes; None without votes
    after: Quality | None  # of the fitted points, rounded, on the same votes, also where nothing is proposed
    ahead_before: Quality | None  # of the analyst's points on later votes; None when too few to tell
    ahead_after: Quality | None  # of points fitted to earlier votes, on the same later votes
    ahead_error: float | None  # standard error of the difference in log-loss between these two
    proposes: bool  # whether fitted points told later votes better and differ when rounded; a person decides
    enough: bool  # whether there are votes enough to fit single points and check them
    notes: tuple[str, ...]  # what the votes cannot tell, one sentence each

    @property
    def changes(self) -> dict[str, float]:
        """Proposed points of what moves, `half` included; empty when nothing is proposed."""
        return {each.name: each.points for each in (*self.parameters, self.half) if each.points != each.old}


def fit(
    labelled: Sequence[Labelled],
    parameters: Sequence[Parameter],
    *,
    orders: Sequence[Sequence[str]],
    half: float,
    double_every: float,
) -> Fit:
    """Points that the votes suggest to someone who believes in the analyst's.

    Below `FULL` votes only `half` moves; a parameter that fewer than `SEEN` votes touch stays as it is. The order in
    which votes are given does not matter.

    Args:
        labelled: The votes; several on one story are kept on one side of every fold.
        parameters: Everything that `counts` may name.
        orders: Names whose points must not decrease, low to high; each name in one order at most.
        half: Score with even odds.
        double_every: Points that double the odds.

    Raises:
        InputError: A name is unknown or given twice, a number is not finite, a weight is not above 0, or the
            analyst's points are not in the order that they must keep.
    """
    scale = Scale(half=half, double_every=double_every)
    check(parameters, orders, scale)
    check_votes(labelled, parameters)
    votes = in_time(labelled)
    table = tabled(votes, parameters, orders, scale)
    signed = np.array([True] * len(parameters) + [False])
    within = walls(table.start, table.free, signed=signed, orders=table.groups)
    ahead = look_ahead(table.evidence, table.times, table.start, within)
    strength = ahead.strength if ahead else DEFAULT_STRENGTH
    found = shrunk(table.evidence, table.start, within, strength=strength) if votes else table.start
    old = np.array([*(each.value for each in parameters), half])
    fitted = _kept(found * double_every, old, table)
    points = _kept(np.rint(fitted), old, table)
    before = _quality(quality(table.evidence, table.start)) if votes else None
    after = _quality(quality(table.evidence, points / double_every)) if votes else None
    both = len({vote.useful for vote in votes}) == 2
    proposes = both and ahead is not None and ahead.better and _lower(after, before)
    what = _described(table, [*(each.name for each in parameters), HALF], old, fitted, points if proposes else old)
    return Fit(
        parameters=what[:-1],
        half=what[-1],
        strength=strength,
        votes=len(votes),
        before=before,
        after=after,
        ahead_before=_quality(ahead.before) if ahead else None,
        ahead_after=_quality(ahead.after) if ahead else None,
        ahead_error=ahead.error if ahead else None,
        proposes=proposes,
        enough=len(votes) >= FULL and both and ahead is not None,
        notes=(*_gaps(votes, what, table), *_proof(ahead, same=bool(np.all(points == old)))),
    )


def _quality(of: tuple[float, float]) -> Quality:
    return Quality(log_loss=of[0], brier=of[1])


def _lower(after: Quality | None, before: Quality | None) -> bool:
    """Whether rounding left something of the gain."""
    return after is not None and before is not None and after.log_loss < before.log_loss


def _kept(values: Array, old: Array, table: Table) -> Array:
    """Values with the signs of the old ones and in order; moves what rounding or the last digits broke.

    What may not move stays as it is, whole or not; beside such a neighbour order goes before whole points.
    """
    kept = np.where(old > 0, np.maximum(values, 0), np.where(old < 0, np.minimum(values, 0), values))
    kept[-1] = values[-1]  # `half` is no parameter: any score may be even odds
    kept = np.where(table.free, kept, old)
    for group in table.groups:
        pairs = list(pairwise(group))
        for low, high in pairs:
            if table.free[high]:
                kept[high] = max(kept[high], kept[low])
        for low, high in reversed(pairs):
            if table.free[low]:
                kept[low] = min(kept[low], kept[high])
    return kept + 0.0  # no -0


def _described(table: Table, names: Sequence[str], old: Array, fitted: Array, points: Array) -> tuple[Fitted, ...]:
    told = table.evidence.told > 0
    return tuple(
        Fitted(
            name=name,
            old=float(old[at]),
            fitted=float(fitted[at]),
            points=float(points[at]),
            useful=int(np.sum(table.touched[told, at])),
            not_useful=int(np.sum(table.touched[~told, at])),
            reason=_reason(table, at, old, fitted, points),
        )
        for at, name in enumerate(names)
    )


def _reason(table: Table, at: int, old: Array, fitted: Array, points: Array) -> str:
    told = table.evidence.told[table.touched[:, at]] > 0
    shift = at == len(old) - 1
    if not len(table.evidence):
        return "stays: there are no votes"
    if not table.free[at]:
        if old[at] == 0:
            return "stays: 0 points are a decision"
        if len(table.evidence) < FULL:
            return f"stays: with fewer than {FULL} votes only {HALF} moves"
        return f"stays: {len(told)} votes touch it, {SEEN} are needed"
    if np.rint(fitted[at]) == old[at]:
        return "stays: the votes agree with it"
    seen = f"useful in {int(told.sum())} of {len(told)} votes"
    if points[at] == old[at]:
        return f"stays: {seen}, which hints at {fitted[at]:.1f}, but no better points were found for later votes"
    if points[at] == 0 and not shift:
        return f"{seen}: counts for nothing; 0 stays 0 in later fits"
    return seen


def _gaps(votes: Sequence[Labelled], what: Sequence[Fitted], table: Table) -> tuple[str, ...]:
    """What the votes cannot tell."""
    notes = []
    if len(votes) < FULL:
        notes.append(f"{len(votes)} votes: below {FULL} only {HALF} may move")
    if len({vote.useful for vote in votes}) == 1:
        notes.append(
            f"all votes are {'useful' if votes[0].useful else 'not useful'}: they cannot tell points apart, "
            f"and nothing is proposed"
        )
    touched = table.touched.sum(axis=0)
    thin = [each.name for each, count in zip(what, touched, strict=True) if each.old != 0 and 0 < count < SEEN]
    unseen = [each.name for each, count in zip(what[:-1], touched[:-1], strict=True) if each.old != 0 and not count]
    if thin:
        notes.append(f"touched by fewer than {SEEN} votes and left as they are: {', '.join(thin)}")
    if unseen:
        notes.append(f"touched by no vote and left as they are: {', '.join(unseen)}")
    if votes and not has_sample(votes):
        notes.append("no vote is from the audit sample: what the alerts miss is unknown")
    if table.cut:
        notes.append(f"votes that weighed more than {HEAVIEST:g} times the median and were cut to that: {table.cut}")
    return tuple(notes)


def _proof(ahead: Ahead | None, *, same: bool) -> tuple[str, ...]:
    """What later votes say about the fit."""
    if ahead is None:
        note = (
            f"too few votes or moments to check against later votes: shrunk with the default strength "
            f"{DEFAULT_STRENGTH:g}, and nothing is proposed"
        )
    elif not ahead.better:
        note = (
            f"fitted points do not tell {ahead.votes} later votes better than yours (log-loss {ahead.after[0]:.3f} "
            f"against {ahead.before[0]:.3f}): nothing is proposed"
        )
    elif same:
        note = "rounded to whole points, the votes agree with yours: nothing is proposed"
    elif ahead.gain < 2 * ahead.error:
        note = (
            f"the gain on {ahead.votes} later votes, {ahead.gain:.3f} of log-loss, is below twice its standard error "
            f"({ahead.error:.3f}): it may be luck"
        )
    else:
        return ()
    return (note,)
