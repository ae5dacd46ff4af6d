"""Shares with intervals against known values, and the share of useful stories that was alerted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.errors import InputError
from bot.tune.votes.ballots import Labelled, Scale
from bot.tune.votes.reliability import precision, probabilities, recall, reliability, wilson

NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)
BANDS = ("archive", "digest", "alert", "urgent")


def votes(
    useful: int, of: int, *, band: str = "alert", weight: float = 1, rules: tuple[str, ...] = (), story: str = "{}"
) -> list[Labelled]:
    return [
        Labelled(
            counts={"good": 1},
            offset=40,
            useful=number < useful,
            weight=weight,
            at=NOON,
            band=band,
            rules=rules,
            story=f"{band}-{story.format(number)}",
        )
        for number in range(of)
    ]


@pytest.mark.parametrize(
    ("useful", "of", "level", "low", "high"),
    [
        (8, 10, 0.95, 0.4902, 0.9433),  # as printed in textbooks
        (0, 10, 0.95, 0.0, 0.2775),
        (10, 10, 0.95, 0.7225, 1.0),
        (0, 10, 0.90, 0.0, 0.21294),  # z^2 / (n + z^2) with z = 1.6449
        (15, 30, 0.90, 0.35619, 0.64381),  # 1/2 -+ z / (2 sqrt(n + z^2))
    ],
)
def test_wilson_intervals(useful: int, of: int, level: float, low: float, high: float) -> None:
    assert wilson(useful / of, of, level=level) == pytest.approx((low, high), abs=1e-4)


def test_bands_promise_and_keep() -> None:
    labelled = [*votes(8, 10), *votes(1, 4, band="urgent"), *votes(0, 10, band="archive", weight=50)]
    chances = [*[0.7] * 10, *[0.9] * 4, *[0.1] * 10]
    archive, digest, alert, urgent = reliability(labelled, chances, BANDS)
    assert alert.predicted == pytest.approx(0.7)
    assert (alert.useful.votes, alert.useful.value) == (10, 0.8)
    assert (alert.useful.low, alert.useful.high) == pytest.approx(wilson(0.8, 10))
    assert (archive.useful.low, archive.useful.high) == pytest.approx((0, 0.21294), abs=1e-4)
    assert (urgent.useful.votes, urgent.useful.value, urgent.useful.low) == (4, None, None)  # too few to show
    assert (digest.useful.votes, digest.predicted) == (0, None)


def test_unequal_weights_count_as_fewer_votes() -> None:
    labelled = [*votes(5, 5, band="digest"), *votes(0, 5, band="digest", weight=4)]
    digest = reliability(labelled, [0.5] * 10, BANDS)[1].useful
    assert digest.value == pytest.approx(0.2)
    assert (digest.low, digest.high) == pytest.approx(wilson(0.2, 25**2 / 85))


def test_chances_must_fit_the_votes() -> None:
    with pytest.raises(InputError, match="2 votes need as many chances, not 1"):
        reliability(votes(1, 2), [0.5], BANDS)
    with pytest.raises(InputError, match="no band is called 'loud'"):
        reliability(votes(1, 2, band="loud"), [0.5, 0.5], BANDS)


def test_probabilities_are_those_of_the_score() -> None:
    scale = Scale(half=50, double_every=10)
    one = votes(1, 1)
    assert probabilities(one, {"good": 10}, scale) == [0.5]
    assert probabilities(one, {"good": 20}, scale) == pytest.approx([2 / 3])
    assert probabilities(one, {"good": 1e9}, scale) == [1.0]
    assert probabilities(one, {"good": -1e9}, scale) == pytest.approx([0.0])


def test_precision_per_rule() -> None:
    labelled = [*votes(9, 12, rules=("magnets", "chips")), *votes(0, 3, rules=("chips", "rare")), *votes(1, 1)]
    found = {each.rule: each.useful for each in precision(labelled)}
    assert list(found) == ["chips", "magnets", "rare"]
    assert (found["chips"].votes, found["chips"].value) == (15, 0.6)
    assert found["magnets"].value == 0.75
    assert (found["rare"].votes, found["rare"].value) == (3, None)


def test_without_a_sample_nobody_knows_what_was_missed() -> None:
    assert recall([*votes(9, 10), *votes(2, 10, band="digest")]) is None
    assert recall([]) is None


def test_recall_counts_what_the_sample_stands_for() -> None:
    found = recall([*votes(16, 20), *votes(2, 20, band="archive", weight=10)])
    assert found is not None
    assert (found.alerted, found.missed) == pytest.approx((16, 20))
    assert found.share.value == pytest.approx(16 / 36)
    low, high = wilson(0.1, 20)
    assert (found.share.low, found.share.high) == pytest.approx((16 / (16 + 200 * high), 16 / (16 + 200 * low)))
    assert found.share.votes == 20


def test_a_sample_without_a_find_does_not_prove_that_nothing_was_missed() -> None:
    found = recall([*votes(20, 20), *votes(0, 20, band="archive", weight=50)])
    assert found is not None
    assert found.share.value == 1
    assert found.share.low is not None
    assert found.share.low < 0.2  # 1,000 stories were not alerted, and up to 12 % of them may be useful
    assert found.share.high == 1


def test_many_votes_on_a_story_are_one_story() -> None:
    loud = [*votes(30, 30, story="same"), *votes(5, 5, band="archive", weight=2)]
    found = recall(loud)
    assert found is not None
    assert (found.alerted, found.missed) == pytest.approx((1, 10))


def test_a_tiny_sample_shows_no_ratio() -> None:
    found = recall([*votes(20, 20), *votes(1, 4, band="archive", weight=50)])
    assert found is not None
    assert (found.share.votes, found.share.value) == (4, None)
