"""Say quickly whether a text can hold a measure, goods or an identifier at all.

One automaton per language over the lower-case text knows the anchors of every such term, and what it finds is checked
as the matcher would, only laxer: without dictionary, within stretches that hold whole sentences, and without
the words that swallow or silence. So the gate lets through more than the matcher finds, never less.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.types.levels import Slot
from bot.understand import sentences
from bot.understand._fold import ALPHABET, ALPHABET_END, fold, script
from bot.understand._inflect import Atom, Inflector
from bot.understand._lexis import Lexis
from bot.understand._match import Conditions, Hit, Key, Table, set_off
from bot.understand._patterns import Entry, Role
from bot.understand._shape import Page
from bot.understand._view import Span, View
from bot.understand.identifiers import Identifiers

OPENING = (Slot.MEASURE, Slot.GOODS)  # beside identifiers; without any of these a text is not looked at further
_LONGEST_STRETCH = 6_000  # characters without any sure end of a sentence; longer ones open the gate


@dataclass(frozen=True, slots=True, eq=False)
class Lax:
    """Compares words as an inflector does, but takes for a form what only the dictionary could deny."""

    inflector: Inflector

    def realises(self, atom: Atom, token: str) -> bool:
        """True when a word may be a form of `atom`."""
        return self.inflector.may_realise(atom, token)


class Net:
    """Terms of one language, and identifiers if they are wanted, behind one automaton."""

    def __init__(
        self, table: Table, comparer: Lax, wanted: Callable[[Entry], bool], identifiers: Identifiers | None = None
    ) -> None:
        import daachorse  # noqa: PLC0415 - loaded with the first text

        self.identifiers = identifiers
        self.comparer = comparer
        triggers = identifiers.triggers if identifiers else ()
        keys = {trigger: Key() for trigger in triggers}
        keys |= {anchor: own for anchor, key in table.keys.items() if (own := key.only(wanted))}
        numbers = {trigger: number for number, trigger in enumerate(triggers)}
        self.table = tuple(
            (numbers.get(anchor, -1), self._may_be_inner(anchor, key), key.conditions(), key)
            for anchor, key in keys.items()
        )
        self.automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(keys) or ["\0"])

    def _may_be_inner(self, anchor: str, key: Key) -> bool:
        if key.inner or script(anchor[0]) != ALPHABET:
            return True
        identifiers = self.identifiers
        return identifiers is not None and anchor in identifiers.triggers and not identifiers.whole_words(anchor)

    def hits(self, look: Look) -> Iterator[Hit | None]:
        """What the terms find, and None for each identifier."""
        folded = look.folded
        for start, end, number in self.automaton.find_overlapping(folded):
            identifier, inner, conditions, key = self.table[number]
            if not inner and start and folded[start - 1].isalnum() and folded[start - 1] < ALPHABET_END:
                continue  # the commonest case: the anchor is a piece of another word
            if look.allows(conditions, start, end):
                yield from set_off(key, look.view(self.comparer), start, end)
            if identifier >= 0 and self.identifiers:
                yield from (None for _ in self.identifiers.read(identifier, look.page(), start, end))


class Look:
    """What is worked out of one text while the gate looks at it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self._stretches: tuple[Span, ...] = ()
        self._view: View | None = None
        self._page: Page | None = None
        self._seen: Span = (0, 0)  # the stretch that was looked at last, and its letters
        self._window = ""

    def view(self, comparer: Lax) -> View:
        """The text for the words of its language."""
        self._view = self._view or View(self.text, self.stretches, comparer, self.folded)
        return self._view

    def allows(self, conditions: Conditions, start: int, end: int) -> bool:
        """True when an anchor at [start, end) may mean anything, as far as a quick look tells."""
        near, reach, far = conditions
        if not near and not far:
            return True
        if _stands_in(near, self.folded[max(0, start - reach) : end + reach]):
            return True
        if not far:
            return False
        if not self._seen[0] <= start < self._seen[1]:
            self._seen = self.stretch(self.stretch_at(start))
            self._window = self.folded[slice(*self._seen)]
        return _stands_in(far, self._window)

    def stretch(self, number: int) -> Span:
        """Span of a stretch."""
        return self.stretches()[number]

    def page(self) -> Page:
        """The text for identifiers."""
        self._page = self._page or Page(self.text, self.folded)
        return self._page

    def stretch_at(self, at: int) -> int:
        """Number of the stretch that holds a position."""
        return bisect_right(self.stretches(), (at, len(self.text))) - 1

    def stretches(self) -> tuple[Span, ...]:
        """Spans that hold whole sentences; for cutting sentences themselves would cost more than all else."""
        self._stretches = self._stretches or sentences.stretches(self.text)
        return self._stretches


class Gate:
    """The gate of one lexicon. Nets are made when a language first comes by."""

    def __init__(self, lexis: Lexis) -> None:
        self._lexis = lexis
        self._kinship = lexis.kinship
        self._supports = _supports(lexis)
        self._helping = frozenset().union(*self._supports.values())
        self._nets: dict[str, tuple[Net, Net | None]] = {}

    def opens(self, text: str, code: str) -> bool:
        """False when nothing in a text of a language can be a measure, goods or an identifier."""
        look = Look(text)
        if len(text) > _LONGEST_STRETCH and any(b - a > _LONGEST_STRETCH for a, b in look.stretches()):
            return True  # no prose, or hostile: what comes next is bounded by sentences, this would not be
        net, helpers = self._of(code)
        wanted: dict[int, set[int]] = {}  # per stretch: concepts that would support what was found unsurely
        for hit in net.hits(look):
            if hit is None or hit.entry.role is Role.SURE:
                return True
            wanted.setdefault(look.stretch_at(hit.start), set()).update(self._kinship.needs[hit.entry.concept])
        return helpers is not None and any(self._supported(look, helpers, *one) for one in wanted.items())

    def _supported(self, look: Look, helpers: Net, stretch: int, needed: set[int]) -> bool:
        """True when a stretch names any of some concepts."""
        start, end = look.stretch(stretch)
        hits = helpers.hits(Look(look.text[start:end]))
        return any(not self._kinship.above[hit.entry.concept].isdisjoint(needed) for hit in hits if hit)

    def _of(self, code: str) -> tuple[Net, Net | None]:
        """What opens for a language, and what supports its unsure terms."""
        code = self._lexis.reads_as(code)
        found = self._nets.get(code)
        if found is None:
            table, comparer = self._lexis.table(code), Lax(self._lexis.inflector(code))
            net = Net(table, comparer, self._may_open, self._lexis.identifiers)
            helpers = Net(table, comparer, self._may_help) if self._helping else None
            found = self._nets[code] = net, helpers
        return found

    def _may_open(self, entry: Entry) -> bool:
        """True for a term that can make a measure or goods."""
        if self._lexis.concepts[entry.concept].slot not in OPENING:
            return False
        return entry.role is Role.SURE or (entry.role is Role.MAYBE and entry.concept in self._supports)

    def _may_help(self, entry: Entry) -> bool:
        return entry.role is Role.SURE and entry.concept in self._helping


def _stands_in(parts: tuple[str, ...], window: str) -> bool:
    # A plain loop: this runs twenty times a text, and `any` of a generator costs as much again.
    for part in parts:  # noqa: SIM110
        if part in window:
            return True
    return False


def _supports(lexis: Lexis) -> dict[int, set[int]]:
    """Per measure and goods: concepts of other slots that can support its unsure terms.

    A term that is not sure needs another concept beside it. Where that is a measure or goods, it opens by itself.
    """
    concepts, kinship = lexis.concepts, lexis.kinship
    others = [number for number, concept in enumerate(concepts) if concept.slot not in OPENING]
    found = {
        number: {other for other in others if kinship.above[other] & kinship.needs[number]}
        for number, concept in enumerate(concepts)
        if concept.slot in OPENING
    }
    return {number: helpers for number, helpers in found.items() if helpers}
