"""Find citations and codes: announcements, acts, gazettes, tariff lines, control list numbers, CAS numbers.

An automaton looks for the words that announce an identifier; a short regular expression, linear in what it reads, then
reads the identifier beside each. Keys are normalised, so that one notice has one key in every language:
`cn-mofcom:2026:1`, `eu:2021:821`, `us-fr:90:12345`, `id-esdm:2019:11`, `hs:850511`, `us-eccn:3A090.a`, `cas:7440-55-3`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.types.lexicon import Concept
from bot.understand import _citations_acts, _citations_china, _citations_laws, _citations_west, _codes, _thresholds
from bot.understand._fold import fold, inside_word
from bot.understand._shape import Found, Page, Shape
from bot.understand.languages._language import listed

# What `Found.concept` may be.
KINDS = (
    listed("""
        mofcom-announcement mofcom-uel gacc-announcement cn-announcement eu-act celex fr-cite fr-doc rin cfr us-eo
        us-proclamation nl-stcrt nl-stb de-law de-general-licence uk-nte uk-si wto jp-law jp-notice jp-section hs-code
        eccn ear99 cas
    """)
    | _citations_acts.KINDS
    | _citations_laws.KINDS
    | _thresholds.KINDS
)
_FAMILIES = (_citations_china, _citations_west, _citations_acts, _citations_laws, _codes, _thresholds)


class Identifiers:
    """All grammars of identifiers."""

    def __init__(self, concepts: Iterable[Concept] = ()) -> None:
        """Compile the grammars.

        Args:
            concepts: Whose CAS numbers are known without the word CAS before them.
        """
        import daachorse  # noqa: PLC0415 - loaded with the first text

        known = _codes.known_cas(frozenset(number for concept in concepts for number in concept.cas))
        shapes = (*(shape for family in _FAMILIES for shape in family.SHAPES), *((known,) if known else ()))
        self._table: dict[str, list[Shape]] = {}
        for shape in shapes:
            for trigger in shape.triggers:
                self._table.setdefault(trigger, []).append(shape)
        self.triggers = tuple(self._table)
        self._shapes = tuple(self._table.values())
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(self._table))

    def find(self, text: str, folded: str | None = None) -> tuple[Found, ...]:
        """Identifiers in order of start; of those that overlap, the longest."""
        page = Page(text, fold(text) if folded is None else folded)
        found = (
            one
            for start, end, number in self._automaton.find_overlapping(page.folded)
            for one in self.read(number, page, start, end)
        )
        return _longest(set(found))

    def whole_words(self, trigger: str) -> bool:
        """True when a trigger counts as a word of its own only."""
        return all(shape.whole_word for shape in self._table[trigger])

    def read(self, number: int, page: Page, start: int, end: int) -> Iterator[Found]:
        """What the trigger `self.triggers[number]` at [start, end) announces."""
        for shape in self._shapes[number]:
            if shape.whole_word and (inside_word(page.folded, start) or inside_word(page.folded, end)):
                continue
            yield from shape.read(page, start, end)


def _longest(found: Iterable[Found]) -> tuple[Found, ...]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end, f.concept, f.value)):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return tuple(kept)
