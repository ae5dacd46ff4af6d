"""Compile a rule set once into what scoring asks of it many times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot import registry
from bot.errors import PluginError
from bot.score import conditions
from bot.score.conditions._params import Explains
from bot.types.ids import ConceptId
from bot.types.kinship import Kinship, kinship
from bot.types.levels import Level, Slot, Status
from bot.types.lexicon import Concept
from bot.types.ports import Condition
from bot.types.rules import AlertRule, ConditionUse, ExposureRow, Rulebook, Sector


@lru_cache(maxsize=1)
def known_conditions() -> Mapping[str, Condition]:
    """All conditions by name."""
    return registry.discover(conditions, "CONDITION", Condition)


class RuleIndex:
    """One rule set, ready for scoring."""

    __slots__ = (
        "_best",
        "_explaining",
        "_least",
        "_points",
        "_repeat",
        "_rows",
        "concepts",
        "conditions",
        "kin",
        "live",
        "rulebook",
        "sectors",
        "shadow",
        "shadow_concepts",
        "shadow_sectors",
    )

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.kin: Kinship = kinship(rulebook.lexicon)
        self.conditions = known_conditions()
        self._explaining = {name: known for name, known in self.conditions.items() if isinstance(known, Explains)}
        self.concepts: Mapping[ConceptId, Concept] = rulebook.lexicon.by_id()
        in_order = sorted(rulebook.alerts, key=lambda rule: rule.id)
        self.live: Sequence[AlertRule] = [rule for rule in in_order if rule.status is Status.LIVE]
        self.shadow: Sequence[AlertRule] = [rule for rule in in_order if rule.status is Status.SHADOW]
        exposed = sorted(rulebook.sectors, key=lambda sector: sector.id)
        self.sectors: Sequence[Sector] = [sector for sector in exposed if sector.status is Status.LIVE]
        self.shadow_sectors: Sequence[Sector] = [sector for sector in exposed if sector.status is Status.SHADOW]
        self._rows = {sector.id: self._heaviest_first(sector) for sector in exposed}
        self.shadow_concepts = frozenset(c.id for c in rulebook.lexicon.concepts if c.status is Status.SHADOW)
        levels = rulebook.scoring.levels
        # Goods that no file knows weigh as little as can be.
        self._least = min(levels, key=lambda level: levels[level], default=Level.LOW)
        self._points = {level: float(points) for level, points in levels.items()}
        self._repeat = rulebook.scoring.repeat
        self._best: dict[frozenset[ConceptId], tuple[ConceptId, ...]] = {}
        for rule in in_order:
            self._check(rule)

    def _heaviest_first(self, sector: Sector) -> Mapping[str, Sequence[ExposureRow]]:
        levels = self.rulebook.scoring.levels
        rows: dict[str, list[ExposureRow]] = {}
        for row in sorted(sector.exposed_to, key=lambda row: (-levels.get(row.level, 0), row.from_, row.why)):
            rows.setdefault(row.goods, []).append(row)
        return rows

    def rows(self, sector: Sector) -> Mapping[str, Sequence[ExposureRow]]:
        """Goods that a sector is exposed to, each with its rows, the heaviest first."""
        return self._rows[sector.id]

    def explains(self, name: str) -> Explains | None:
        """The condition of this name, when it can also say what it found instead."""
        return self._explaining.get(name)

    def _check(self, rule: AlertRule) -> None:
        uses: list[ConditionUse] = [*rule.when.all, *rule.when.any, *rule.when.none]
        uses += [use for bonus in rule.add for use in bonus.if_]
        uses += [use for row in rule.exceptions for use in row.if_]
        for use in uses:
            if use.name not in self.conditions:
                raise PluginError(f"{use.place}: no condition {use.name!r}; known: {', '.join(self.conditions)}")

    def level(self, concept: ConceptId) -> Level:
        """A concept's weight; goods that no file knows weigh as little as a low concept."""
        known = self.concepts.get(concept)
        return known.weight if known is not None else self._least

    def points(self, concept: ConceptId) -> float:
        """Points of a concept's weight."""
        return self._points.get(self.level(concept), 0.0)

    def standing(self, concept: ConceptId) -> ConceptId | None:
        """The concept, or the nearest one above it that is not on probation; None when there is none."""
        here: ConceptId | None = concept
        passed: set[ConceptId] = set()
        while here is not None and here in self.shadow_concepts and here not in passed:
            passed.add(here)
            here = self.concepts[here].parent
        return here if here not in passed else None

    def in_slot(self, slot: Slot, concept: ConceptId) -> bool:
        """True when a concept belongs to the slot; unknown ones are taken at their word."""
        known = self.concepts.get(concept)
        return known is None or known.slot is slot

    def best(self, concepts: frozenset[ConceptId]) -> tuple[ConceptId, ...]:
        """The findings that count, most points first: a concept and its own parent are not two findings.

        A heaviest choice, unlike a list that drops whatever is related to an earlier entry, can only grow when a
        concept is added.
        """
        known = self._best.get(concepts)
        if known is None:
            if len(self._best) > 10_000:
                self._best.clear()
            weights = {concept: self.points(concept) for concept in concepts}
            known = self._best[concepts] = heaviest(weights, self._repeat, self.kin)
        return known


def heaviest(weights: Mapping[ConceptId, float], shares: Sequence[float], kin: Kinship) -> tuple[ConceptId, ...]:
    """The choice of unrelated concepts whose shared points sum highest, most points first, one per share."""
    ranked = sorted(weights, key=lambda concept: (-weights[concept], concept))
    best: tuple[float, tuple[ConceptId, ...]] = (-1.0, ())
    # Depth first over choices in ranked order; what cannot beat the best any more is cut.
    stack: list[tuple[float, tuple[ConceptId, ...], int]] = [(0.0, (), 0)]
    while stack:
        total, chosen, start = stack.pop()
        if total > best[0]:
            best = (total, chosen)
        left = shares[len(chosen) :]
        if not left or start >= len(ranked) or total + weights[ranked[start]] * sum(left) <= best[0]:
            continue
        for position in range(len(ranked) - 1, start - 1, -1):
            concept = ranked[position]
            if not any(kin.related(concept, other) for other in chosen):
                stack.append((total + weights[concept] * left[0], (*chosen, concept), position + 1))
    return best[1]


class _Held:
    """A rule set as a key: the same object is the same key."""

    __slots__ = ("rulebook",)

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook

    def __hash__(self) -> int:
        return id(self.rulebook)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.rulebook is self.rulebook


@lru_cache(maxsize=4)
def _index(held: _Held) -> RuleIndex:
    return RuleIndex(held.rulebook)


def index_of(rulebook: Rulebook) -> RuleIndex:
    """The compiled form of a rule set, made once per object."""
    return _index(_Held(rulebook))
