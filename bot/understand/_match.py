"""Find every term of one language in a text: one pass of an automaton over anchors, then a check of each candidate."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from bot.types.lexicon import Concept, Term, TermKind
from bot.understand import _patterns
from bot.understand._borders import character_borders
from bot.understand._fold import ALPHABET, ALPHABET_END, HANGUL, fold, inside_word, script
from bot.understand._inflect import Atom, Inflector, shortest_prefixes
from bot.understand._pairs import Member, Pair
from bot.understand._patterns import Compound, Entry, Opening, Phrase, Role
from bot.understand._view import Span, View
from bot.understand.languages._language import Language

_LONGEST_WORD = 40  # characters; words of a phrase that stand farther apart are not found


class Hit(NamedTuple):
    """A term found in a text."""

    start: int
    end: int
    entry: Entry
    parts: tuple[Span, ...]  # of an `a .. b`: its members; otherwise the hit itself


class Use(Protocol):
    """What is done when an anchor is found."""

    @property
    def entry(self) -> Entry:
        """The term that is found by it."""

    @property
    def also(self) -> tuple[str, ...]:
        """One of these must stand elsewhere for anything to come of it; empty = nothing more."""

    @property
    def reach(self) -> int:
        """Characters to either side in which it must; 0 = anywhere in the sentence."""

    def collect(self, view: View, start: int, end: int) -> Iterable[Hit]:
        """Hits that the word or string at [start, end) takes part in."""


@dataclass(slots=True)
class Trigger:
    """A word whose forms set uses off."""

    atom: Atom
    uses: list[Use] = field(default_factory=list)
    inner: bool = False  # may begin inside a word
    opening: bool = False  # another part may be joined to it


@dataclass(slots=True)
class Key:
    """What hangs on one anchor of the automaton."""

    triggers: list[Trigger] = field(default_factory=list)
    strings: list[Use] = field(default_factory=list)  # to be set off by the anchor itself
    inner_strings: bool = False  # any of those may begin inside a word
    across: bool = False  # the anchor is a word that blocks others

    @property
    def inner(self) -> bool:
        """True when the anchor may begin inside a word."""
        return self.inner_strings or any(trigger.inner for trigger in self.triggers)

    def only(self, wanted: Callable[[Entry], bool]) -> Key | None:
        """What hangs on the anchor for some terms; None when nothing does."""
        strings = [use for use in self.strings if wanted(use.entry)]
        kept = [(trigger, [use for use in trigger.uses if wanted(use.entry)]) for trigger in self.triggers]
        triggers = [replace(trigger, uses=uses) for trigger, uses in kept if uses]
        if not strings and not triggers:
            return None
        return Key(triggers=triggers, strings=strings, inner_strings=self.inner_strings and bool(strings))

    def conditions(self) -> Conditions:
        """What must stand elsewhere for anything to come of the anchor."""
        uses = (*self.strings, *(use for trigger in self.triggers for use in trigger.uses))
        if any(not use.also for use in uses):
            return Conditions((), 0, ())
        near = {part for use in uses if use.reach for part in use.also}
        far = {part for use in uses if not use.reach for part in use.also}
        reach = max((use.reach for use in uses), default=0)
        return Conditions(shortest_prefixes(near), reach, shortest_prefixes(far))


class Conditions(NamedTuple):
    """Any of these must hold for an anchor to mean anything; none of them: it always may."""

    near: tuple[str, ...]  # one of these within `reach` characters
    reach: int
    far: tuple[str, ...]  # one of these in the same sentence


@dataclass(frozen=True, slots=True)
class PhraseUse:
    """A phrase with the word that was found, and how many words may stand before it."""

    phrase: Phrase
    entry: Entry
    before: int
    also: tuple[str, ...]  # one of these must stand beside it
    reach: int  # characters to either side in which it must

    def collect(self, view: View, start: int, end: int) -> Iterator[Hit]:
        """The phrase around its found word."""
        if not view.stands_near(self.also, start - self.reach, end + self.reach):
            return
        for span in phrase_around(self.phrase, self.before, view, (start, end)):
            yield Hit(*span, self.entry, (span,))


@dataclass(frozen=True, slots=True)
class CompoundUse:
    """A compound whose right part was found."""

    compound: Compound
    entry: Entry
    also: tuple[str, ...]  # what left parts begin with
    reach: int = 2 * _LONGEST_WORD

    def collect(self, view: View, start: int, end: int) -> Iterator[Hit]:  # noqa: ARG002 - one shape for all uses
        """The compound that ends with the found word."""
        if not view.stands_near(self.also, start - self.reach, start + 1):
            return
        for span in self.compound.spans(view, start):
            yield Hit(*span, self.entry, (span,))


@dataclass(frozen=True, slots=True)
class OpeningUse:
    """A left part that takes any ending."""

    opening: Opening
    entry: Entry
    also: tuple[str, ...] = ()
    reach: int = 0

    def collect(self, view: View, start: int, end: int) -> Iterator[Hit]:
        """The word that begins with the found part."""
        span = self.opening.span(view, start, end)
        if span:
            yield Hit(*span, self.entry, (span,))


@dataclass(frozen=True, slots=True)
class PairUse:
    """A member of an `a .. b` that was found."""

    pair: Pair
    entry: Entry
    phrase: Phrase | None  # None: the anchor itself is the member
    before: int = 0

    reach: int = 0

    @property
    def also(self) -> tuple[str, ...]:
        """One of these must stand in the sentence, too."""
        return self.pair.also

    def collect(self, view: View, start: int, end: int) -> Iterator[Hit]:
        """The pair around its found member."""
        sentence = view.sentence_at(start)
        if sentence < 0 or not view.stands_near(self.pair.also, *view.sentences[sentence]):
            return
        if self.phrase is None:
            found: Iterable[Span] = ((start, end),) if character_borders(view, start, end) else ()
        else:
            found = phrase_around(self.phrase, self.before, view, (start, end))
        for span in found:
            parts = self.pair.around(view, span)
            if parts:
                yield Hit(parts[0][0], max(end for _, end in parts), self.entry, parts)


@dataclass(frozen=True, slots=True)
class CharactersUse:
    """A string of characters."""

    entry: Entry
    also: tuple[str, ...] = ()
    reach: int = 0

    def collect(self, view: View, start: int, end: int) -> Iterator[Hit]:
        """The string itself, when its borders hold."""
        if character_borders(view, start, end):
            yield Hit(start, end, self.entry, ((start, end),))


@dataclass(frozen=True, slots=True)
class ExactUse:
    """A string in its own capitals."""

    entry: Entry
    exact: str
    also: tuple[str, ...] = ()
    reach: int = 0

    def collect(self, view: View, start: int, end: int) -> Iterator[Hit]:
        """The string itself, when letters and borders are exactly so."""
        if script(self.exact[0]) == HANGUL and inside_word(view.folded, start):
            return  # 이란 is a country at the head of a word, and a particle behind one
        if view.text.startswith(self.exact, start) and character_borders(view, start, end):
            yield Hit(start, end, self.entry, ((start, end),))


def phrase_around(phrase: Phrase, before: int, view: View, word: Span) -> Iterator[Span]:
    """Spans of a phrase that hold a found word, when up to `before` words of it may stand before."""
    begin = word[0] if before == 0 else view.word_start(word[0])
    for _ in range(before + 1):
        span = phrase.spans(view, begin)
        if span and span[1] >= word[1]:
            yield span
        begin = view.word_before(begin) if begin > 0 else -1
        if begin < 0:
            return


class Table:
    """Anchors of some terms of one language, each with what it sets off."""

    def __init__(self, inflector: Inflector, entries: Iterable[Entry]) -> None:
        self.language: Language = inflector.language
        self.keys: dict[str, Key] = {}
        self._inflector = inflector
        self._triggers: dict[Atom, Trigger] = {}
        self._usage: Counter[str] = Counter()
        entries = tuple(entries)
        for entry in entries:
            self._usage.update(_words(entry.term))
        for entry in entries:
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        term = entry.term
        if term.kind is TermKind.EXACT:
            text = term.parts[0][0]
            self._string(fold(text), ExactUse(entry, text))
        elif term.kind is TermKind.PAIR:
            self._add_pair(entry)
        elif _patterns.is_characters(term):
            for text in _patterns.character_forms(term):
                self._string(text, CharactersUse(entry))
        elif term.kind is TermKind.COMPOUND:
            self._add_compound(entry)
        else:
            phrase = _patterns.phrase(term.parts, self._inflector, self.language)
            if phrase:
                also = self._second(phrase)
                for atom, before in self._rarest(phrase):
                    use = PhraseUse(phrase, entry, before, also, _LONGEST_WORD * len(phrase.slots))
                    self._word(atom, use, inner=before > 0, opening=len(phrase.slots) > 1)

    def _add_pair(self, entry: Entry) -> None:
        members = tuple(Member.of(alternatives, self._inflector, self.language) for alternatives in entry.term.parts)
        if not all(m.phrases or m.strings for m in members):
            return
        costs = [self._member_cost(m) for m in members]
        rarest, *others = sorted(range(len(members)), key=costs.__getitem__)
        pair = Pair(members, rarest, members[others[0]].beginnings if others else (), self.language)
        for text in members[rarest].strings:
            self._string(text, PairUse(pair, entry, None))
        for phrase in members[rarest].phrases:
            for atom, before in self._rarest(phrase):
                use = PairUse(pair, entry, phrase, before)
                self._word(atom, use, inner=before > 0 or phrase.as_head, opening=len(phrase.slots) > 1)

    def _add_compound(self, entry: Entry) -> None:
        lefts, rights = entry.term.parts
        tails = {s + link for left in lefts for s in _patterns.spellings(left) for link in ("", *self.language.links)}
        single = tuple(self._inflector.atom(fold(left)) for left in lefts if fold(left).isalnum())
        endings = tuple(_patterns.split(right, self._inflector) for right in rights if right != "*")
        compound = Compound(
            tails=frozenset(tails),
            lengths=tuple(sorted({len(t) for t in tails}, reverse=True)),
            lefts=single,
            right=Phrase.of((endings,)),
            language=self.language,
        )
        also = tuple({anchor for left in lefts for anchor in _patterns.split(left, self._inflector)[0].atom.anchors})
        for right in endings:
            self._word(right[0].atom, CompoundUse(compound, entry, also), inner=True, opening=len(right) > 1)
        if "*" in rights:
            for spelling in dict.fromkeys(s for left in lefts for s in _patterns.spellings(left)):
                self._string(spelling, OpeningUse(Opening(self.language), entry))

    def _string(self, anchor: str, use: Use) -> None:
        if anchor:
            key = self.keys.setdefault(anchor, Key())
            key.strings.append(use)
            key.inner_strings |= script(anchor[0]) != ALPHABET or isinstance(use, OpeningUse)

    def _word(self, atom: Atom, use: Use, *, inner: bool, opening: bool) -> None:
        trigger = self._triggers.get(atom)
        if trigger is None:
            trigger = self._triggers[atom] = Trigger(atom)
            for anchor in atom.anchors:
                self.keys.setdefault(anchor, Key()).triggers.append(trigger)
        trigger.uses.append(use)
        trigger.inner = trigger.inner or inner
        trigger.opening = trigger.opening or opening

    def _rarest(self, phrase: Phrase) -> Iterator[tuple[Atom, int]]:
        """For each alternative of the slot that few other terms share: its rarest word, and the words before it."""
        costs = [max(min(map(self._cost, alternative)) for alternative in slot) for slot in phrase.slots]
        at = costs.index(min(costs))
        before = sum(max(map(len, slot)) for slot in phrase.slots[:at])
        for alternative in phrase.slots[at]:
            number = min(range(len(alternative)), key=lambda n: self._cost(alternative[n]))
            yield alternative[number].atom, before + number

    def _second(self, phrase: Phrase) -> tuple[str, ...]:
        """What words of the second rarest slot begin with; nothing for a phrase of one slot."""
        if len(phrase.slots) == 1:
            return ()
        costs = [max(min(map(self._cost, alternative)) for alternative in slot) for slot in phrase.slots]
        second = sorted(range(len(costs)), key=costs.__getitem__)[1]
        rarest = (min(alternative, key=self._cost) for alternative in phrase.slots[second])
        return tuple({anchor for part in rarest for anchor in part.atom.anchors})

    def _cost(self, part: _patterns.Part) -> int:
        """How often a word will be met in vain: function words always, short ones often, shared ones more than rare."""
        text = part.atom.text
        short = {1: 20_000, 2: 5_000, 3: 200, 4: 20}.get(len(text), 0)
        common = 10_000 if text in self.language.function_words else 1_000 if text in self.language.everyday else 0
        return self._usage[text] + short + common

    def _member_cost(self, member: Member) -> int:
        strings = (200 // len(text) ** 2 for text in member.strings)
        phrases = (min(max(min(map(self._cost, a)) for a in slot) for slot in p.slots) for p in member.phrases)
        return max(itertools.chain(strings, phrases))


class Matcher:
    """All terms of one language."""

    def __init__(self, table: Table) -> None:
        import daachorse  # noqa: PLC0415 - loaded with the first text

        keys = dict(table.keys)
        across = {fold(word) for word in table.language.words_across}
        for word in across:
            keys[word] = replace(keys.get(word, Key()), across=True)
        self._has_across = bool(across)
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(keys) or ["\0"])
        self._table = tuple(keys.values()) or (Key(),)
        self._may_be_inner = tuple(key.inner or script(anchor[0]) != ALPHABET for anchor, key in keys.items()) or (
            True,
        )

    def find(self, view: View) -> list[Hit]:
        """Every hit of every term, in no particular order, without repeats."""
        found: list[Hit] = []
        anchors = self._automaton.find_overlapping(view.folded)
        if self._has_across:
            view.blocked = sorted((start, end) for start, end, number in anchors if self._table[number].across)
        folded = view.folded
        for start, end, number in anchors:
            before = folded[start - 1 : start]
            if before.isalnum() and before < ALPHABET_END and not self._may_be_inner[number]:
                continue  # the commonest case: the anchor is a piece of another word
            found.extend(set_off(self._table[number], view, start, end))
        return list(dict.fromkeys(found))


def set_off(key: Key, view: View, start: int, end: int) -> Iterator[Hit]:
    """Hits that hang on an anchor found at [start, end)."""
    for trigger in key.triggers:
        stop = _stop(trigger, view, start)
        if stop >= 0:
            for use in trigger.uses:
                yield from use.collect(view, start, stop)
    for use in key.strings:
        yield from use.collect(view, start, end)


def _stop(trigger: Trigger, view: View, start: int) -> int:
    """End of the trigger's word when it begins at `start`; -1 when another word begins there."""
    if not trigger.inner and inside_word(view.folded, start):
        return -1
    end = view.word_end(start)
    token = view.folded[start:end]
    if view.inflector.realises(trigger.atom, token):
        return end
    return start + len(trigger.atom.text) if trigger.opening and token.startswith(trigger.atom.text) else -1


def entries_of(concepts: tuple[Concept, ...], codes: frozenset[str]) -> Iterator[Entry]:
    """Terms of the given language codes with what their hits do."""
    for number, concept in enumerate(concepts):
        for term in concept.terms:
            if term.lang in codes:
                yield Entry(number, term, Role.SURE if term.sure else Role.MAYBE)
        for role, terms in ((Role.INSIDE, concept.inside), (Role.NEAR, concept.near)):
            yield from (Entry(number, term, role) for term in terms if term.lang in codes)


def _words(term: Term) -> Iterator[str]:
    """Words of a term, for counting."""
    for part in term.parts:
        for alternative in part:
            yield from fold(alternative).replace("-", " ").replace("*", "").split()
