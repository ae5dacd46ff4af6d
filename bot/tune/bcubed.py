"""B-cubed: how well stories that were found agree with stories that were meant.

Bagga and Baldwin, "Entity-based cross-document coreferencing using the vector space model", 1998.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class BCubed:
    """Averages over items, 0..1."""

    items: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean; 0 when both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(
    found: Mapping[Item, Hashable], meant: Mapping[Item, Hashable], *, over: Collection[Item] | None = None
) -> BCubed | None:
    """Agreement over the items that both name; None when there are none.

    Per item: the share of its found group that belongs with it, and the share of its meant group that was found.

    Args:
        found: Item to the group that it was put into.
        meant: Item to the group that it belongs to.
        over: Average over these only; the others still count as company that they have rightly or wrongly.
    """
    items: Sequence[Item] = [item for item in meant if item in found]
    judged = items if over is None else [item for item in items if item in over]
    if not judged:
        return None
    both = Counter((found[item], meant[item]) for item in items)
    in_found = Counter(found[item] for item in items)
    in_meant = Counter(meant[item] for item in items)
    pairs = [(found[item], meant[item]) for item in judged]
    return BCubed(
        items=len(judged),
        precision=sum(both[pair] / in_found[pair[0]] for pair in pairs) / len(judged),
        recall=sum(both[pair] / in_meant[pair[1]] for pair in pairs) / len(judged),
    )
