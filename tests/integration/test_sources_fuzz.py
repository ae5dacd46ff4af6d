"""However answers are broken, nothing gets out of reading them, nothing hangs, and good entries stay.

Every mutant has a number; `Corpus.mutant(number)` makes it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.pool import Pool

OWN = Path(__file__).resolve().parents[1] / "golden" / "feeds"
SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "feeds"
CHEW = "tests.fakes.mutants:chew"
CHEW_AROUND_GOOD = "tests.fakes.mutants:chew_around_good"
SLOWEST = 5.0  # seconds that one answer may take, and one of a batch that hangs
BATCH = 500

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the corpora of feeds are not beside this checkout")


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(2, memory_mb=900) as found:
        yield found


def chewed(pool: Pool, target: str, folder: Path, total: int) -> list[Any]:
    """The results of all batches, two at a time; a batch that hangs or dies fails here, by its first number."""

    def call(first: int) -> Any:
        return pool.call(target, str(folder), first, BATCH, deadline=BATCH * SLOWEST / 20)

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(call, range(0, total, BATCH)))


def summed(results: list[dict[str, Any]]) -> tuple[Counter[str], list[str], float]:
    """Outcomes, what should not have happened, and the seconds of the slowest."""
    outcomes: Counter[str] = Counter()
    for result in results:
        outcomes.update(result["outcomes"])
    faults = [escape for result in results for escape in result["escapes"]]
    seconds, number = max(result["slowest"] for result in results)
    if seconds >= SLOWEST:
        faults.append(f"mutant {number} took {seconds:.1f} seconds")
    return outcomes, faults, seconds


@pytest.mark.slow
def test_broken_answers_are_read_or_refused(pool: Pool) -> None:
    outcomes, faults, _ = summed(chewed(pool, CHEW, OWN, 1_500))
    assert faults == []
    assert outcomes.total() == 1_500
    assert outcomes["feed: Gathered"] > outcomes["feed: ParseFailure"], "broken beyond reading: this tests too little"


@pytest.mark.slow
def test_a_good_entry_survives_broken_neighbours(pool: Pool) -> None:
    assert [number for lost in chewed(pool, CHEW_AROUND_GOOD, OWN, 500) for number in lost] == []


@needs_shared
@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_two_hundred_thousand_broken_answers_are_read_or_refused(pool: Pool) -> None:
    outcomes, faults, seconds = summed(chewed(pool, CHEW, SHARED, 200_000))
    print(f"{outcomes.total()} mutants, slowest {seconds:.2f} s: {dict(outcomes)}")  # noqa: T201 - shown with -s
    assert faults == []
    assert outcomes.total() == 200_000
    assert outcomes["feed: Gathered"] > outcomes["feed: ParseFailure"], "broken beyond reading: this tests too little"


@needs_shared
@pytest.mark.soak
@pytest.mark.timeout(600)
def test_a_good_entry_survives_twenty_thousand_broken_neighbourhoods(pool: Pool) -> None:
    assert [number for lost in chewed(pool, CHEW_AROUND_GOOD, SHARED, 20_000) for number in lost] == []
