"""Say whether a word in a text is a form of a word in a rule file."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.understand.languages._language import Language

_SHORTEST = 8  # letters; shorter words have only the forms that rules and language files give
_MOST_CHANGED = 2  # letters at its end that a word may lose in a form that only the dictionary knows: Kriteri-um, -en
_MOST_LONGER = 3  # letters by which such a form may be longer or shorter
_MEMORY = 200_000  # decisions kept per language
_DICTIONARIES = 32  # of simplemma that are kept


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """One word of a term, ready for comparison. Made by Inflector; equal words are one object."""

    text: str  # folded
    stem: bool  # written with a trailing *: any ending
    forms: frozenset[str]  # with all regular and irregular inflection
    anchors: tuple[str, ...]  # every word that can be a form begins with one of these


class Inflector:
    """The inflection of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._atoms: dict[tuple[str, bool], Atom] = {}
        self._decided: dict[tuple[Atom, str], bool] = {}
        self._groups: dict[str, set[str]] = {}
        for group in language.irregular:
            for word in group:
                self._groups.setdefault(word, set()).update(group)
        self._lemmas = functools.lru_cache(maxsize=_MEMORY)(self._look_up)

    def atom(self, word: str) -> Atom:
        """The atom of a folded word, which may end in `*`."""
        stem = word.endswith("*")
        key = (word.rstrip("*"), stem)
        found = self._atoms.get(key)
        if found is None:
            found = self._atoms[key] = self._make(*key)
        return found

    def realises(self, atom: Atom, token: str) -> bool:
        """True when a folded word of a text is a form of `atom`."""
        if token in atom.forms:
            return True
        if not token.startswith(atom.anchors):
            return False
        if atom.stem or self.language.open_end:
            return True
        key = (atom, token)
        known = self._decided.get(key)
        if known is None:
            if len(self._decided) >= _MEMORY:
                self._decided.clear()
            known = self._decided[key] = self._same_lemma(atom, token)
        return known

    def may_realise(self, atom: Atom, token: str) -> bool:
        """True when `realises` might be, without asking the dictionary."""
        if token in atom.forms:
            return True
        return token.startswith(atom.anchors) and (atom.stem or self.language.open_end or self._is_askable(atom, token))

    def _make(self, text: str, stem: bool) -> Atom:  # noqa: FBT001 - half of a dictionary key
        forms = {text}
        if not stem:
            forms.update(self.language.forms(text))
            forms.update(self._groups.get(text, ()))
        for written, instead in self.language.spellings:
            forms.update([form.replace(written, instead) for form in forms if written in form])
        askable = {text[:-_MOST_CHANGED]} if not stem and self._has_lemmas(text) else set()
        return Atom(text, stem, frozenset(forms), shortest_prefixes(forms | askable))

    def _same_lemma(self, atom: Atom, token: str) -> bool:
        return self._is_askable(atom, token) and not self._lemmas(atom.text).isdisjoint(self._lemmas(token))

    def _has_lemmas(self, text: str) -> bool:
        """True when the dictionary may know forms of a word that the rules do not."""
        language = self.language
        return bool(language.lemmas) and len(text) >= _SHORTEST and text.isalpha() and text not in language.rigid

    def _is_askable(self, atom: Atom, token: str) -> bool:
        """True when the dictionary may know `token` as a form of the word."""
        text = atom.text
        if not self._has_lemmas(text) or abs(len(text) - len(token)) > _MOST_LONGER:
            return False
        stem, other = text[:-_MOST_CHANGED], self.language.derivations
        if not token.startswith(stem) or (text[len(stem) :] in other and not token.startswith(text)):
            return False
        return token[len(stem) :] not in other and not (token.startswith(text) and token[len(text) :] in other)

    def _look_up(self, word: str) -> frozenset[str]:
        """Lemmas of a word as it stands and as a noun, which German writes with a capital."""
        lemmatize = _lemmatizer()
        return frozenset(lemmatize(w, self.language.lemmas).lower() for w in (word, word.capitalize()))


@functools.cache
def _lemmatizer() -> Callable[[str, str], str]:
    """Simplemma with its small memory layout: a few milliseconds a thousand words, a tenth of the memory.

    On its own it keeps eight dictionaries, and we read nine languages with one: a mixed stream would load one anew,
    a second each, every few texts.
    """
    from simplemma import Lemmatizer  # noqa: PLC0415 - dictionaries load in up to a second; most texts never ask
    from simplemma.strategies import DefaultStrategy  # noqa: PLC0415
    from simplemma.strategies.dictionaries import StreamDictionaryFactory  # noqa: PLC0415

    dictionaries = StreamDictionaryFactory(cache_max_size=_DICTIONARIES)
    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=dictionaries)).lemmatize


def shortest_prefixes(forms: Iterable[str]) -> tuple[str, ...]:
    """The strings that are no continuation of another."""
    kept: list[str] = []
    for form in sorted(forms, key=len):
        if form and not form.startswith(tuple(kept)):
            kept.append(form)
    return tuple(kept)
