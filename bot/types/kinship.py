"""Who stands below whom among concepts, and to which family a measure belongs: an index over a lexicon."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from bot.types.ids import ConceptId
from bot.types.levels import Slot
from bot.types.lexicon import Lexicon


class Kinship:
    """Parents, families and slots of all concepts of one lexicon, ready to be asked often."""

    __slots__ = ("_family", "_lines", "_slot")

    def __init__(self, lexicon: Lexicon) -> None:
        concepts = {concept.id: concept for concept in lexicon.concepts}
        self._family = {concept.id: concept.family for concept in lexicon.concepts}
        self._slot = {concept.id: concept.slot for concept in lexicon.concepts}
        lines: dict[str, frozenset[str]] = {}
        for concept in lexicon.concepts:
            line = [concept.id]
            # A file that names a parent which leads back to itself is refused by the checker; here it must only end.
            while (parent := concepts[line[-1]].parent) is not None and parent in concepts and parent not in line:
                line.append(parent)
            lines[concept.id] = frozenset(line)
        self._lines = lines

    def line(self, concept: str) -> frozenset[str]:
        """The concept, its parent, its parent's parent and so on; an unknown id stands alone."""
        return self._lines.get(concept) or frozenset((concept,))

    def isa(self, concept: str, ancestor: str) -> bool:
        """True when `concept` is `ancestor` or stands below it."""
        return concept == ancestor or ancestor in self._lines.get(concept, ())

    def related(self, one: str, other: str) -> bool:
        """True when one of the two is the other or stands below it."""
        return self.isa(one, other) or self.isa(other, one)

    def family(self, measure: str) -> str:
        """Family of a measure, e.g. "restrict"; the id itself when no file names one, so that unlike stays unlike."""
        return self._family.get(ConceptId(measure)) or measure

    def slot(self, concept: str) -> Slot | None:
        """Slot of a concept; None when no file knows it."""
        return self._slot.get(ConceptId(concept))

    def widened(self, concepts: Iterable[str]) -> frozenset[str]:
        """The concepts with everything that stands above them."""
        return frozenset().union(*(self.line(concept) for concept in concepts))


class _Held:
    """A lexicon as a key: the same object is the same key. Two lexicons never share an index by accident."""

    __slots__ = ("lexicon",)

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __hash__(self) -> int:
        return id(self.lexicon)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.lexicon is self.lexicon


@lru_cache(maxsize=8)
def _kinship(held: _Held) -> Kinship:
    return Kinship(held.lexicon)


def kinship(lexicon: Lexicon) -> Kinship:
    """The index of a lexicon, built once per object."""
    return _kinship(_Held(lexicon))
