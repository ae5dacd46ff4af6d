"""The words that `understand` looks for, as `rulebook` read them from rule files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.types.ids import ConceptId
from bot.types.levels import Direction, Level, Slot, Status
from bot.types.place import Place


class TermKind(StrEnum):
    """The five signs of the term language, and characters for scripts without spaces."""

    PHRASE = "phrase"  # words in order, any case and inflection; space = hyphen = joined
    COMPOUND = "compound"  # a|b + c|d : any left with any right, joined, hyphenated, spaced or linked
    PAIR = "pair"  # a|b .. c|d [.. e|f] : all in one sentence, in any order
    EXACT = "exact"  # =METI : exactly so, capitals too
    CHARS = "chars"  # CJK: matches as characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of a concept in one language. Made by rulebook.

    `parts` by kind. PHRASE: one tuple of alternatives per word. COMPOUND: (lefts, rights); a right may be "*".
    PAIR: one tuple of alternatives per member, each alternative a phrase or CJK string. EXACT and CHARS: ((text,),).
    A trailing "*" on any word is a stem.
    """

    lang: str  # language code, or "*" for every language (abbreviations)
    text: str  # as written in the file
    kind: TermKind
    parts: tuple[tuple[str, ...], ...]
    sure: bool  # False: counts only with one of the concept's `maybe_needs` in the same sentence
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One idea in all languages. Made by rulebook from rules/concepts/ and rules/actors/."""

    id: ConceptId
    slot: Slot
    title: str
    status: Status
    weight: Level
    place: Place
    terms: tuple[Term, ...]
    names: Mapping[str, str] = field(default_factory=dict)  # language -> short name for headlines and tables
    parent: ConceptId | None = None  # goods: dysprosium -> rare-earths
    maybe_needs: tuple[ConceptId, ...] = ()
    inside: tuple[Term, ...] = ()  # a phrase that swallows the mention
    near: tuple[Term, ...] = ()  # a word in the same sentence that silences the mention
    direction: Direction = Direction.NONE  # measures: what the measure does when it is imposed
    family: str = ""  # measures: "restrict", "tariff", "list", "screen", "ease", "subsidy", "probe" ...
    cue: str = ""  # cues and stages: the value that a hit stands for, e.g. "considered", "negated", "historic"
    jurisdiction: str = ""  # actors: ISO 3166 alpha-2, EU, WTO ... ; "" for other slots
    role: str = ""  # actors: "state", "agency", "capital", "company", "person"
    hs: tuple[str, ...] = ()
    cas: tuple[str, ...] = ()
    eccn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All live and shadow concepts and actors, with the hash of their meaning. Made by rulebook.

    Sectors that files name in words stand here too (slot sector, under the sector's id), and their companies (slot
    sector too, role company, under `NamedCompany.id`), so that a reader needs nothing else.
    """

    concepts: tuple[Concept, ...]
    hash: str  # changes when any word, cue or parent changes; part of every reading's version

    def by_id(self) -> Mapping[ConceptId, Concept]:
        """Concepts by id; built anew at each call, so keep the result."""
        return {concept.id: concept for concept in self.concepts}
