"""The terms of rule files in a shape that a text can be held against, word by word or character by character."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from bot.types.lexicon import Term, TermKind
from bot.understand._fold import HANGUL, fold, inside_word, is_east_asian, script
from bot.understand._inflect import Atom, Inflector
from bot.understand._view import Span, View
from bot.understand.languages._language import Language

_WORD = re.compile(r"[^\W_]+\*?")
_SIGNS = re.compile(r"\s*([^\w\s*-]+)\s*")
_HEAD_LETTERS = 5  # of the last part of a compound that may stand behind other words: Gallium-exporte
_BEFORE_HEAD = 3  # letters that must precede it: re- and in- make another word, Gallium- does not
_MOST_SPELLINGS = 16  # of one side of a compound


class Role(IntEnum):
    """What a hit of a term does for its concept."""

    SURE = 0
    MAYBE = 1
    INSIDE = 2  # swallows mentions that lie in it
    NEAR = 3  # silences mentions in its sentence


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One term of one concept."""

    concept: int  # index into the lexicon
    term: Term
    role: Role


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a phrase, and what ties it to the word before: None = space, hyphen or nothing."""

    atom: Atom
    tie: str | None = None


Alternative = tuple[Part, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """Words in order, each with its alternatives."""

    slots: tuple[tuple[Alternative, ...], ...]
    firsts: tuple[str, ...]  # what its first word begins with
    possessives: tuple[str, ...] = ()
    as_head: bool = False  # may also be the last part of a longer word

    @classmethod
    def of(
        cls, slots: tuple[tuple[Alternative, ...], ...], possessives: tuple[str, ...] = (), *, as_head: bool = False
    ) -> Phrase:
        """A phrase of some slots."""
        firsts = tuple({anchor for alternative in slots[0] for anchor in alternative[0].atom.anchors})
        return cls(slots, firsts, possessives, as_head)

    def ends(self, view: View, start: int) -> Iterator[int]:
        """Every end of the phrase when it begins at `start`."""
        return self._from_slot(view, 0, start)

    def spans(self, view: View, start: int) -> Span | None:
        """The longest span of the phrase that begins at `start`, borders checked."""
        if not view.folded.startswith(self.firsts, start):
            return None
        begin = start
        if inside_word(view.folded, start):
            begin = self._head_start(view, start)
            if begin < 0:
                return None
        end = max(self.ends(view, start), default=-1)
        return (begin, end) if end > start else None

    def _head_start(self, view: View, at: int) -> int:
        """Start of the word whose last part begins at `at`; -1 when that is not allowed."""
        if not self.as_head:
            return -1
        start = view.word_before(at)
        return start if at - start >= _BEFORE_HEAD else -1

    def _from_slot(self, view: View, slot: int, at: int) -> Iterator[int]:
        if slot == len(self.slots):
            yield at
            return
        last = slot == len(self.slots) - 1
        for alternative in self.slots[slot]:
            for end in self._from_part(view, alternative, 0, at, first=slot == 0, last=last):
                yield from self._from_slot(view, slot + 1, end)

    def _from_part(
        self, view: View, parts: Alternative, at_part: int, at: int, *, first: bool, last: bool
    ) -> Iterator[int]:
        part = parts[at_part]
        begins = first and at_part == 0
        start = at if begins else self._start(view, part, at)
        if start < 0:
            return
        closing = at_part == len(parts) - 1
        for end in part_ends(view, part.atom, start, final=closing and last):
            if closing:
                yield end
            else:
                yield from self._from_part(view, parts, at_part + 1, end, first=first, last=last)

    def _start(self, view: View, part: Part, at: int) -> int:
        if part.tie is None:
            return view.next_starts(at, self.possessives)
        found = _SIGNS.match(view.folded, at)
        return found.end() if found and found[1] == part.tie else -1


def part_ends(view: View, atom: Atom, start: int, *, final: bool) -> Iterator[int]:
    """Ends of a word at `start`: of the whole word in any form, or of its letters where the next part is joined."""
    end = view.word_end(start)
    if end <= start:
        return
    token = view.folded[start:end]
    if view.inflector.realises(atom, token):
        yield end
    if not final and len(atom.text) < len(token) and token.startswith(atom.text):
        yield start + len(atom.text)


@dataclass(frozen=True, slots=True, eq=False)
class Compound:
    """A left part tied to a right part; the right part has been found, the left one is looked for before it."""

    tails: frozenset[str]  # every left part with every linking letter
    lengths: tuple[int, ...]  # of the tails, longest first
    lefts: tuple[Atom, ...]  # of one word each, for "exports ban"
    right: Phrase
    language: Language

    def spans(self, view: View, start: int) -> Iterator[Span]:
        """Spans of the compound whose right part begins at `start`."""
        end = self._right_end(view, start)
        if end <= start:
            return
        for begin in self._left_starts(view, start):
            if begin >= 0:
                yield begin, end
                return

    def _right_end(self, view: View, start: int) -> int:
        return max(self.right.ends(view, start), default=-1)

    def _left_starts(self, view: View, at: int) -> Iterator[int]:
        text = view.folded
        if inside_word(text, at):
            yield self._tail_before(text, at)
            if self.language.compounds:
                yield self._left_out_before(view, view.word_before(at))
        elif text.startswith("-", at - 1):
            yield self._tail_before(text, at - 1)
            yield self._word_before(view, at - 1)
            if self.language.compounds:
                yield self._left_out_behind(view, at - 1)
        else:
            stop = view.back_over_blanks(at)
            if 0 < stop < at:
                yield self._tail_before(text, stop)
                yield self._word_before(view, stop)

    def _tail_before(self, text: str, at: int) -> int:
        """Start of the longest left part that ends at `at`."""
        for length in self.lengths:
            start = at - length
            if start >= 0 and text[start:at] in self.tails and may_begin(text, start, length, self.language):
                return start
        return -1

    def _word_before(self, view: View, at: int) -> int:
        """Start of a word that ends at `at` and is an inflected left part."""
        start = view.word_before(at)
        if start < 0 or view.word_end(start) != at:
            return -1
        token = view.folded[start:at]
        return start if any(view.inflector.realises(left, token) for left in self.lefts) else -1

    def _left_out_before(self, view: View, at: int) -> int:
        """`Export- und Importverbot`: start of the left part before the conjunction, given the second word's start."""
        text = view.folded
        conjunction = view.word_before(at)
        if conjunction < 0 or text[conjunction : view.word_end(conjunction)] not in self.language.conjunctions:
            return -1
        stop = view.back_over_blanks(conjunction) - 1
        return self._tail_before(text, stop) if stop > 0 and text[stop] == "-" else -1

    def _left_out_behind(self, view: View, at: int) -> int:
        """`Exportverbote und -kontrollen`: start of the word before the conjunction when it begins with a left part."""
        text = view.folded
        conjunction = view.word_before(at)
        if conjunction < 0 or text[conjunction : view.word_end(conjunction)] not in self.language.conjunctions:
            return -1
        start = view.word_before(conjunction)
        if start < 0 or not any(text.startswith(left.text, start) for left in self.lefts):
            return -1
        return start


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """A left part with any ending: `seltenerd + *`."""

    language: Language

    def span(self, view: View, start: int, end: int) -> Span | None:
        """Span up to the end of the word that a left part at [start, end) opens; None when nothing follows it."""
        text = view.folded
        if not may_begin(text, start, end - start, self.language):
            return None
        rest = end + 1 if text.startswith("-", end) else end
        stop = view.word_end(rest) if rest < len(text) else rest
        return (start, stop) if stop > rest and (rest > end or inside_word(text, end)) else None


def may_begin(text: str, at: int, length: int, language: Language) -> bool:
    """True where a left part of `length` letters may begin: with its word, or behind other parts of a compound."""
    if not inside_word(text, at):
        return True
    before = text[max(0, at - _BEFORE_HEAD) : at]
    return language.compounds and length >= _HEAD_LETTERS and len(before) == _BEFORE_HEAD and before.isalpha()


def split(text: str, inflector: Inflector) -> Alternative:
    """A phrase of a term as parts; signs between words other than space and hyphen must stand in the text, too."""
    folded = fold(text)
    parts: list[Part] = []
    end = 0
    for found in _WORD.finditer(folded):
        tie = folded[end : found.start()].strip() if parts else ""
        parts.append(Part(inflector.atom(found.group()), None if tie in ("", "-") else tie))
        end = found.end()
    return tuple(parts)


def phrase(words: tuple[tuple[str, ...], ...], inflector: Inflector, language: Language) -> Phrase | None:
    """A phrase of slots with alternatives, whole words only; None when a slot holds no letters."""
    slots = _slots(words, inflector)
    return Phrase.of(slots, language.possessives) if slots else None


def member(words: str, inflector: Inflector, language: Language) -> Phrase | None:
    """A phrase of an `a .. b`, which may also stand last in a compound: verbietet .. Ausfuhr, "Gallium-Ausfuhr"."""
    slots = _slots(((words,),), inflector)
    if not slots:
        return None
    as_head = language.compounds and len(slots) == 1 and len(slots[0][0][0].atom.text) >= _HEAD_LETTERS
    return Phrase.of(slots, language.possessives, as_head=as_head)


def _slots(words: tuple[tuple[str, ...], ...], inflector: Inflector) -> tuple[tuple[Alternative, ...], ...]:
    """Slots of alternatives; a slot with one alternative of several words becomes several slots."""
    found: list[tuple[Alternative, ...]] = []
    for alternatives in words:
        parts = tuple(filter(None, (split(word, inflector) for word in alternatives)))
        if not parts:
            return ()
        found.extend(((part,),) for part in parts[0]) if len(parts) == 1 else found.append(parts)
    return tuple(found)


def spellings(text: str) -> tuple[str, ...]:
    """The left side of a compound joined, hyphenated and spaced."""
    words = _WORD.findall(fold(text))
    ties = itertools.islice(itertools.product(("", "-", " "), repeat=len(words) - 1), _MOST_SPELLINGS)
    found = ("".join(word + tie for word, tie in zip(words, (*tied, ""), strict=True)) for tied in ties)
    return tuple(dict.fromkeys(found))


def character_forms(term: Term) -> tuple[str, ...]:
    """Every string of characters that a term of an East Asian script stands for, folded."""
    if term.kind is TermKind.COMPOUND:
        lefts, rights = term.parts
        texts = [_side_by_side(left, right) for left in lefts for right in rights]
    else:
        texts = [alternative for part in term.parts for alternative in part]
    found = [fold(text.rstrip("*")) for text in texts]
    found += [text.replace(" ", "") for text in found if " " in text]
    return tuple(dict.fromkeys(filter(None, found)))


def _side_by_side(left: str, right: str) -> str:
    """Both sides of a compound of characters, parted by a space where the script has one: 수출 통제."""
    if right == "*":
        return left
    return f"{left} {right}" if script(left[-1]) == HANGUL == script(right[0]) else left + right


def is_characters(term: Term) -> bool:
    """True when a term matches as characters: it has any of an East Asian script."""
    return term.kind is TermKind.CHARS or any(is_east_asian(word) for part in term.parts for word in part)
