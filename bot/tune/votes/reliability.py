"""How far chances, bands and alert rules can be trusted, by the votes, and what share of useful stories was alerted.

Intervals are Wilson's score interval (Wilson, J. Am. Stat. Assoc. 22, 1927; recommended for few trials by Brown, Cai
and DasGupta, Statistical Science 16, 2001). Where votes weigh unequally, the number of trials is Kish's effective one,
(sum v)^2 / sum v^2 ("Survey Sampling", 1965); the weights are the ones given, not cut.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from bot.errors import InputError
from bot.tune.votes.ballots import SEEN, Labelled, Scale, has_sample
from bot.types.levels import Band

LEVEL = 0.90  # of the intervals
ALERTED = frozenset({Band.ALERT.value, Band.URGENT.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A share, 0..1, with its 90 % interval; nothing is shown below `SEEN` votes."""

    votes: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BandReliability:
    """What one band promised and kept."""

    band: str
    predicted: float | None  # weighted mean chance; None without votes
    useful: Estimate  # share that readers found useful


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePrecision:
    """How often stories on which an alert rule held were useful."""

    rule: str
    useful: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """Share of useful stories that were alerted."""

    share: Estimate  # `votes` counts the sampled stories that were not alerted
    alerted: float  # useful stories that were alerted
    missed: float  # useful stories that were not, as the sample makes one expect


def probabilities(labelled: Sequence[Labelled], points: Mapping[str, float], scale: Scale) -> list[float]:
    """The chance, 0..1, that each story is useful, by given points; unnamed parameters count 0."""
    scores = [v.offset + math.fsum(points.get(name, 0.0) * n for name, n in v.counts.items()) for v in labelled]
    odds = [(score - scale.half) / scale.double_every for score in scores]
    return [1 / (1 + 2.0 ** -max(-1000.0, min(1000.0, doublings))) for doublings in odds]


def reliability(
    labelled: Sequence[Labelled], probabilities: Sequence[float], bands: Sequence[str]
) -> tuple[BandReliability, ...]:
    """Predicted and observed share of useful stories per band.

    Args:
        labelled: The votes.
        probabilities: The chance that was given to each.
        bands: All bands, in the order of the answer.

    Raises:
        InputError: A vote has another band, or there is not one chance per vote.
    """
    if len(labelled) != len(probabilities):
        raise InputError(f"{len(labelled)} votes need as many chances, not {len(probabilities)}")
    if strange := sorted({vote.band for vote in labelled} - set(bands)):
        raise InputError(f"no band is called {strange[0]!r}")
    found = []
    for band in bands:
        inside = [(vote, chance) for vote, chance in zip(labelled, probabilities, strict=True) if vote.band == band]
        total = math.fsum(vote.weight for vote, _ in inside)
        predicted = math.fsum(vote.weight * chance for vote, chance in inside) / total if inside else None
        found.append(BandReliability(band=band, predicted=predicted, useful=_share([vote for vote, _ in inside])))
    return tuple(found)


def precision(labelled: Sequence[Labelled]) -> tuple[RulePrecision, ...]:
    """Share of useful stories per alert rule, by name of the rule."""
    votes: dict[str, list[Labelled]] = defaultdict(list)
    for vote in labelled:
        for rule in set(vote.rules):
            votes[rule].append(vote)
    return tuple(RulePrecision(rule=rule, useful=_share(votes[rule])) for rule in sorted(votes))


def recall(labelled: Sequence[Labelled]) -> Recall | None:
    """The share of useful stories that were alerted; None when no vote is from the audit sample.

    Several votes on a story are one story, useful by the share of its votes. Useful alerts are counted; what was missed
    is the useful share of the others, with its interval, times how many they stand for. It is assumed that readers vote
    as readily on sampled stories as on alerts.
    """
    if not has_sample(labelled):
        return None
    stories: dict[str, list[Labelled]] = defaultdict(list)
    for vote in labelled:
        stories[vote.story].append(vote)
    alerted, others = 0.0, []
    for votes in stories.values():
        useful = sum(vote.useful for vote in votes) / len(votes)
        if any(vote.band in ALERTED for vote in votes):
            alerted += useful
        else:
            others.append((min(vote.weight for vote in votes), useful))
    total = math.fsum(weight for weight, _ in others)
    missed = math.fsum(weight * useful for weight, useful in others)
    share = Estimate(votes=len(others), value=None, low=None, high=None)
    if len(others) >= SEEN and alerted + missed > 0:
        low, high = wilson(missed / total, _effective([weight for weight, _ in others]))
        share = Estimate(
            votes=len(others),
            value=alerted / (alerted + missed),
            low=alerted / (alerted + high * total),
            high=alerted / (alerted + low * total) if alerted else 0.0,
        )
    return Recall(share=share, alerted=alerted, missed=missed)


def wilson(share: float, trials: float, *, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's interval of a share seen in so many trials, which may be a fraction above 0."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    centre = share + z * z / (2 * trials)
    reach = z * math.sqrt(share * (1 - share) / trials + (z / (2 * trials)) ** 2)
    scale = 1 + z * z / trials
    return max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale)


def _share(votes: Sequence[Labelled]) -> Estimate:
    if len(votes) < SEEN:
        return Estimate(votes=len(votes), value=None, low=None, high=None)
    weights = [vote.weight for vote in votes]
    value = min(1.0, math.fsum(vote.weight for vote in votes if vote.useful) / math.fsum(weights))
    low, high = wilson(value, _effective(weights))
    return Estimate(votes=len(votes), value=value, low=low, high=high)


def _effective(weights: Sequence[float]) -> float:
    most = max(weights)  # squares of huge weights would overflow
    return math.fsum(w / most for w in weights) ** 2 / math.fsum((w / most) ** 2 for w in weights)
