"""The words of a lexicon, compiled per language when a text in it comes by."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace

from bot.registry import discover
from bot.types.ids import ConceptId
from bot.types.levels import Level, Slot, Status
from bot.types.lexicon import Concept, Lexicon
from bot.types.place import Place
from bot.understand import languages as folder
from bot.understand._grammar import Grammar
from bot.understand._inflect import Inflector
from bot.understand._match import Hit, Matcher
from bot.understand._resolve import Kinship, resolve
from bot.understand._view import Span, View
from bot.understand.identifiers import KINDS, Identifiers
from bot.understand.languages._language import Language

_CHINESE = ("zh", "zh-Hans", "zh-Hant")
_LINGUA_FRANCA = "en"  # its terms stand in texts of languages that nobody reads here


@functools.cache
def languages() -> Mapping[str, Language]:
    """The languages that are read, by code."""
    return discover(folder, "LANGUAGE", Language)


def language(code: str) -> Language:
    """The language of a code; for one that is not read, a stand-in that fits its script and inflects nothing."""
    known = languages().get(code)
    if known is not None:
        return known
    if code in _CHINESE:
        return replace(languages()["zh-Hans"], name=code)
    # Sentences end as in English, so that a term means the same to the gate and to the matcher.
    english = languages()[_LINGUA_FRANCA]
    return Language(
        name=code,
        spacy="xx",
        grammar=Grammar(),
        abbreviations=english.abbreviations,
        may_end=english.may_end,
        openers=english.openers,
    )


def is_read(code: str) -> bool:
    """True when a language has a file of its own."""
    return code in languages()


def codes(code: str) -> frozenset[str]:
    """Codes of the terms that a text in a language is searched for; "*" comes on top."""
    if is_read(code):
        return frozenset({code, "zh"}) if code in _CHINESE else frozenset({code})
    return frozenset({code, *(_CHINESE if code in _CHINESE else (_LINGUA_FRANCA,))})


_IDENTIFIER_CONCEPTS = {
    ConceptId(kind): Concept(
        id=ConceptId(kind),
        slot=Slot.IDENTIFIER,
        title=kind,
        status=Status.LIVE,
        weight=Level.LOW,
        place=Place(path="", line=1),
        terms=(),
    )
    for kind in KINDS
}


class Lexis:
    """A lexicon, ready to be looked for. Matchers are compiled at first use and kept."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.concepts = lexicon.concepts
        self.kinship = Kinship.of(lexicon.concepts)
        # Identifiers stand in no rule file; whoever looks a mention's concept up finds them all the same.
        self.by_id: Mapping[ConceptId, Concept] = {**_IDENTIFIER_CONCEPTS, **lexicon.by_id()}
        self._inflectors: dict[str, Inflector] = {}
        self._matchers: dict[str, Matcher] = {}
        self._last: tuple[tuple[str, str, tuple[Span, ...]], list[Hit]] = (("", "", ()), [])

    @functools.cached_property
    def identifiers(self) -> Identifiers:
        """The grammars of identifiers, with the codes of the lexicon."""
        return Identifiers(self.concepts)

    def inflector(self, code: str) -> Inflector:
        """The inflection of a language, shared by its matcher and the gate."""
        found = self._inflectors.get(code)
        if found is None:
            found = self._inflectors[code] = Inflector(language(code))
        return found

    def matcher(self, code: str) -> Matcher:
        """The matcher of a language."""
        found = self._matchers.get(code)
        if found is None:
            found = self._matchers[code] = Matcher(self.inflector(code), self.concepts, codes(code))
        return found

    def hits(self, text: str, code: str, sentences: tuple[Span, ...]) -> list[Hit]:
        """What a text in a language mentions, in order of start.

        The last answer is kept: the reader asks whether spaCy is worth its while, and then spaCy's component asks, too.
        """
        key = (text, code, sentences)
        if self._last[0] != key:
            view = View(text, sentences, self.inflector(code))
            self._last = key, resolve(self.matcher(code).find(view), view, self.concepts, self.kinship)
        return self._last[1]
