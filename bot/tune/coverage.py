"""Say for which languages the words of a rule set have tests, and where tests are short of what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.rulebook.fields import CORE_LANGUAGES, EVERY_LANGUAGE
from bot.types.ids import ConceptId
from bot.types.levels import Slot
from bot.types.lexicon import Concept
from bot.types.rules import Rulebook

_KINDS = (Slot.MEASURE, Slot.GOODS, Slot.CUE, Slot.STAGE)  # tested in every language, unless it is one substance


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The tests of one concept in one language."""

    lang: str
    hits: int  # texts in which its words are marked
    silent: int  # texts of its own file in which they must not be found
    asked: int  # of either

    @property
    def short(self) -> bool:
        """Whether fewer stand there than are asked."""
        return min(self.hits, self.silent) < self.asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The tests of one concept, by language; only languages in which it has words."""

    concept: ConceptId
    slot: Slot
    cells: tuple[Cell, ...]
    wordless: tuple[str, ...]  # languages in which it has no sure words

    @property
    def hit(self) -> bool:
        """Whether any text at all finds it."""
        return any(cell.hits for cell in self.cells)

    @property
    def short(self) -> tuple[Cell, ...]:
        """Languages in which tests are missing."""
        return tuple(cell for cell in self.cells if cell.short)


def coverage(rulebook: Rulebook, languages: Iterable[str]) -> tuple[Row, ...]:
    """Tests by concept and language, in order of id.

    A measure, a group of goods, a stage and a cue ask for two hits and two silent texts in `CORE_LANGUAGES` and one of
    each in every other; a single substance (with a CAS number), an actor and a noise word for one hit in any language.
    Tests that name no language count for none.

    Args:
        rulebook: The rule set.
        languages: Codes, in the order of the answer.
    """
    languages = tuple(languages)
    hits: Counter[tuple[ConceptId, str]] = Counter()
    silent: Counter[tuple[ConceptId, str]] = Counter()
    for owner, tests in rulebook.concept_tests:
        for test in tests:
            marked = {concept for _, _, concept in test.marks}
            for name in marked:
                hits[name, test.lang or ""] += 1
            if owner not in marked:
                silent[ConceptId(owner), test.lang or ""] += 1
    concepts = sorted(rulebook.lexicon.concepts, key=lambda concept: concept.id)
    tested = {owner for owner, _ in rulebook.concept_tests}
    return tuple(_row(concept, languages, hits, silent) for concept in concepts if concept.id in tested)


def _row(
    concept: Concept,
    languages: tuple[str, ...],
    hits: Mapping[tuple[ConceptId, str], int],
    silent: Mapping[tuple[ConceptId, str], int],
) -> Row:
    spoken = {term.lang for term in concept.terms if term.sure}
    has_words = [lang for lang in languages if lang in spoken or EVERY_LANGUAGE in spoken]
    everywhere = concept.slot in _KINDS and not concept.cas
    return Row(
        concept=concept.id,
        slot=concept.slot,
        cells=tuple(
            Cell(
                lang=lang,
                hits=hits.get((concept.id, lang), 0),
                silent=silent.get((concept.id, lang), 0),
                asked=(2 if lang in CORE_LANGUAGES else 1) if everywhere else 0,
            )
            for lang in has_words
        ),
        wordless=tuple(lang for lang in languages if lang not in has_words),
    )
