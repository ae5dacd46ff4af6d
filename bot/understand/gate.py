"""Say in a few microseconds whether a text can hold a measure, goods or an identifier at all.

One automaton over the lower-case text knows the anchors of every such term in every language, and what it finds is
checked as the matcher would, only laxer: without dictionary, sentence, and the words that swallow or silence. So the
gate lets through more than the matcher finds, never less, and loads neither spaCy nor a dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.types.levels import Slot
from bot.types.lexicon import Concept, TermKind
from bot.understand import _patterns
from bot.understand._fold import ALPHABET, ALPHABET_END, fold, script
from bot.understand._inflect import Atom, Inflector
from bot.understand._lexis import Lexis, languages
from bot.understand._match import Key, Table, set_off
from bot.understand._patterns import Entry, Role
from bot.understand._shape import Page
from bot.understand._view import View

_OPENING = (Slot.MEASURE, Slot.GOODS)
_EVERY = "*"
_ANY_OTHER = "und"  # a language without a file: its words are not inflected


@dataclass(frozen=True, slots=True)
class Lax:
    """Compares words as an inflector does, but takes for a form what only the dictionary could deny."""

    inflector: Inflector

    def realises(self, atom: Atom, token: str) -> bool:
        """True when a word may be a form of `atom`."""
        return self.inflector.may_realise(atom, token)


class Gate:
    """The gate of one lexicon."""

    def __init__(self, lexis: Lexis) -> None:
        import daachorse  # noqa: PLC0415 - loaded with the first text

        self._identifiers = lexis.identifiers
        self._comparers: list[Lax] = []
        table: dict[str, list[tuple[int, Key]]] = {trigger: [] for trigger in self._identifiers.triggers}
        for code, entries in _by_language(_entries(lexis.concepts)).items():
            for anchor, key in Table(lexis.inflector(code), entries).keys.items():
                table.setdefault(anchor, []).append((len(self._comparers), key))
            self._comparers.append(Lax(lexis.inflector(code)))
        numbers = {trigger: number for number, trigger in enumerate(self._identifiers.triggers)}
        self._table = tuple(
            (numbers.get(anchor, -1), self._may_be_inner(anchor, keys), tuple(keys)) for anchor, keys in table.items()
        )
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(table))

    def _may_be_inner(self, anchor: str, keys: list[tuple[int, Key]]) -> bool:
        if any(key.inner for _, key in keys) or script(anchor[0]) != ALPHABET:
            return True
        return anchor in self._identifiers.triggers and not self._identifiers.whole_words(anchor)

    def opens(self, text: str) -> bool:
        """False when nothing in the text can be a measure, goods or an identifier."""
        folded = fold(text)
        whole = ((0, len(text)),)
        views: dict[int, View] = {}
        page: Page | None = None
        for start, end, number in self._automaton.find_overlapping(folded):
            identifier, inner, keys = self._table[number]
            if not inner and start and folded[start - 1].isalnum() and folded[start - 1] < ALPHABET_END:
                continue  # the commonest case: the anchor is a piece of another word
            for comparer, key in keys:
                view = views.get(comparer)
                if view is None:
                    view = views[comparer] = View(text, whole, self._comparers[comparer], folded)
                if any(True for _ in set_off(key, view, start, end)):
                    return True
            if identifier >= 0:
                page = page or Page(text, folded)
                if any(True for _ in self._identifiers.read(identifier, page, start, end)):
                    return True
        return False


def _by_language(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Terms by the language that inflects them; a term for every language is inflected by each."""
    found: dict[str, list[Entry]] = {code: [] for code in (*languages(), _ANY_OTHER)}
    for entry in entries:
        if entry.term.lang != _EVERY:
            found.setdefault(entry.term.lang, []).append(entry)
        elif entry.term.kind is TermKind.EXACT or _patterns.is_characters(entry.term):
            found[_ANY_OTHER].append(entry)
        else:
            for code in (*languages(), _ANY_OTHER):
                found[code].append(entry)
    return found


def _entries(concepts: tuple[Concept, ...]) -> Iterator[Entry]:
    """Terms that can make a measure or goods by themselves.

    A term that is not sure needs another concept beside it. When all that it needs are measures and goods, those open
    the gate; otherwise its own words must.
    """
    slots: dict[str, Slot] = {concept.id: concept.slot for concept in concepts}
    children: dict[str, set[str]] = {}
    for concept in concepts:
        if concept.parent:
            children.setdefault(concept.parent, set()).add(concept.id)
    for number, concept in enumerate(concepts):
        if concept.slot not in _OPENING:
            continue
        supported = all(slots.get(kin) in _OPENING for need in concept.maybe_needs for kin in _kin(need, children))
        for term in concept.terms:
            if term.sure or not supported:
                yield Entry(number, term, Role.SURE)


def _kin(concept: str, children: dict[str, set[str]]) -> set[str]:
    """A concept and all below it."""
    found: set[str] = set()
    waiting = [concept]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(children.get(one, ()))
    return found
