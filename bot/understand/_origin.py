"""Say whose a source is: for which state it speaks, where it appears, and where its language is at home."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.levels import Authority, Slot
from bot.types.lexicon import Concept, TermKind
from bot.understand._fold import ALPHABET_END, inside_word

_NOBODYS = frozenset({"", "INT", "multi"})
_MOST_PUBLISHERS = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Jurisdictions that a text may mean without naming them; "" where there is none."""

    speaker: str = ""  # for which an official source speaks
    place: str = ""  # where the source appears
    language: str = ""  # where the language is at home


def origin_of(document: Document, language_home: str, concepts: Mapping[ConceptId, Concept]) -> Origin:
    """The origin of a text; of a blog none, since its "the ministry" may be anybody's, or a joke.

    Args:
        document: The text, whose source may have a jurisdiction; else the publisher's name is asked for a state, a
            capital or an agency.
        language_home: Where the text's language is at home, or "" (`Roles.home` of its grammar).
        concepts: The lexicon, with the names of states.
    """
    if document.authority is Authority.BLOG:
        return Origin()
    code = document.jurisdiction
    place = code if code not in _NOBODYS else _PUBLISHERS.of(concepts)(document.publisher)
    return Origin(
        speaker=place if document.authority is Authority.OFFICIAL else "",
        place=place,
        language=language_home,
    )


class _Publishers:
    """Whose names publishers bear, kept for the lexicon that was asked about last: a look walks all terms."""

    def __init__(self) -> None:
        self._concepts: Mapping[ConceptId, Concept] | None = None
        self._place: Callable[[str], str] = str

    def of(self, concepts: Mapping[ConceptId, Concept]) -> Callable[[str], str]:
        """A function from a publisher's name to a jurisdiction or ""."""
        if self._concepts is not concepts:
            self._concepts = concepts
            names = tuple(_names(concepts))
            self._place = functools.lru_cache(maxsize=_MOST_PUBLISHERS)(lambda publisher: _longest(publisher, names))
        return self._place


def _names(concepts: Mapping[ConceptId, Concept]) -> list[tuple[str, str, str]]:
    """Each name of a state or agency, what must stand letter for letter beside it, and whose it is."""
    return [
        (name.casefold(), name if term.kind is TermKind.EXACT else "", concept.jurisdiction)
        for concept in concepts.values()
        if concept.slot is Slot.ACTOR and concept.jurisdiction not in _NOBODYS
        for term in concept.terms
        for name in (term.text.lstrip("="),)
    ]


def _longest(publisher: str, names: tuple[tuple[str, str, str], ...]) -> str:
    low = publisher.casefold()
    best: tuple[int, str] = (0, "")
    for name, exact, code in names:
        if len(name) > max(1, best[0]) and name in low and exact in publisher and _stands(name, low):
            best = (len(name), code)
    return best[1]


def _stands(name: str, text: str) -> bool:
    """Whether a name stands there as words of its own: "Domani" is not Oman's; East Asian scripts part no words."""
    start = text.index(name)
    end = start + len(name)
    return name[0] >= ALPHABET_END or not (inside_word(text, start) or inside_word(text, end))


_PUBLISHERS = _Publishers()
