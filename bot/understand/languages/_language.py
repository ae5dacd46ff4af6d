"""What a language file must say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.understand._grammar import Grammar

Forms = tuple[str, ...]


def uninflected(word: str) -> Forms:
    """For scripts and languages whose words do not change: the word alone."""
    return (word,)


def listed(text: str) -> frozenset[str]:
    """Words parted by white space, as a set."""
    return frozenset(text.split())


def groups(text: str) -> tuple[Forms, ...]:
    """One group of words per line: the forms of one irregular word."""
    return tuple(tuple(line.split()) for line in text.splitlines() if line.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: how it is cut and matched, and its grammar for events. All words are in lower case."""

    name: str  # code used everywhere: "en", "zh-Hans"
    spacy: str  # code for spacy.blank
    grammar: Grammar
    forms: Callable[[str], Forms] = uninflected  # a word with its regular inflection; may say too much, not too little
    rigid: frozenset[str] = frozenset()  # words about which no dictionary is asked: uitvoer is not uitvoeren
    irregular: tuple[Forms, ...] = ()  # forms of one word that no rule derives: ("verbiedt", "verbood", "verboden")
    lemmas: str = ""  # code of simplemma's dictionary, asked about what `forms` does not know; "" = none
    derivations: frozenset[str] = (
        frozenset()
    )  # endings that make another word of it: export -> exporteur; never inflection
    spellings: tuple[tuple[str, str], ...] = ()  # other ways to write letters: ("ß", "ss"), ("ä", "ae")
    compounds: bool = False  # nouns are joined to one word, and "Ein- und Ausfuhr" leaves a part out
    links: tuple[str, ...] = ()  # letters between the parts of a compound, longest first
    conjunctions: frozenset[str] = frozenset()  # and, or: in "Ein- und Ausfuhr" and in lists of symbols
    particles: frozenset[str] = frozenset()  # of separable verbs; in `a .. b` they must close a clause
    after_particle: frozenset[str] = frozenset()  # words that may follow such a particle
    possessives: tuple[str, ...] = ()  # endings between two words of a phrase: "'s"
    abbreviations: frozenset[str] = frozenset()  # without their last dot: they do not end a sentence
    may_end: frozenset[str] = frozenset()  # abbreviations that end a sentence when an opener follows, beside U.S.
    openers: frozenset[str] = frozenset()  # words that surely begin a sentence, even after an abbreviation
    ordinal_dot: bool = False  # "6. Januar": a dot after a number of one or two digits ends no sentence
    cjk: bool = False  # sentences end without a space after them
    words_across: frozenset[str] = frozenset()  # words in whose middle a term of characters is none: 模拟 for 拟
    open_end: bool = False  # particles are written onto words (Korean): anything may follow
    everyday: frozenset[str] = frozenset()  # common words of news: they anchor no term where a rarer word can
    function_words: frozenset[str] = frozenset()  # commonest words: they name the language and anchor no term
