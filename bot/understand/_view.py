"""One text as the matcher sees it: folded letters, borders of words and sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from operator import itemgetter
from typing import Protocol

from bot.understand._fold import WORDS, fold, inside_word, word_end
from bot.understand._inflect import Atom

Span = tuple[int, int]
Spans = tuple[Span, ...] | Callable[[], tuple[Span, ...]]

_first = itemgetter(0)
_BLANKS = " \t\n"
_MOST_SIGNS = 3  # between two words of a phrase
_LONGEST_WORD = 64  # characters
_LONGEST_BLOCK = 12  # characters


class Comparer(Protocol):
    """Says whether a word of a text is a form of a word of a term."""

    def realises(self, atom: Atom, token: str) -> bool:
        """True when it is."""


class View:
    """A text with what is worked out of it once."""

    __slots__ = ("_ends", "_given", "_sentences", "blocked", "folded", "inflector", "scanned", "text")

    def __init__(self, text: str, sentences: Spans, inflector: Comparer, folded: str | None = None) -> None:
        self.text = text
        self.folded = fold(text) if folded is None else folded
        self._given = sentences
        self._sentences: tuple[Span, ...] | None = None
        self.inflector = inflector
        self.blocked: list[Span] = []  # words in whose middle a term of characters is none, in order
        self.scanned: dict[tuple[object, int], list[Span]] = {}  # what was found in a sentence, by finder
        self._ends: dict[int, int] = {}

    @property
    def sentences(self) -> tuple[Span, ...]:
        """Spans of the sentences, cut when first asked for."""
        if self._sentences is None:
            self._sentences = self._given if isinstance(self._given, tuple) else self._given()
        return self._sentences

    def sentence_at(self, at: int) -> int:
        """Index of the sentence that holds a position; -1 before the first."""
        return bisect_right(self.sentences, at, key=_first) - 1

    def word_end(self, at: int) -> int:
        """End of the word that has a letter at `at`, remembered."""
        end = self._ends.get(at)
        if end is None:
            end = self._ends[at] = word_end(self.folded, at)
        return end

    def word_before(self, at: int) -> int:
        """Start of the word that holds `at`, or ends at it or a few signs before; -1 when there is none near."""
        start, end = self._last_word(at)
        return start if start >= 0 and at - end <= _MOST_SIGNS else -1

    def word_start(self, at: int) -> int:
        """Start of the word that has a letter at `at`."""
        start, end = self._last_word(at + 1)
        return start if end > at else at

    def stands_near(self, parts: tuple[str, ...], start: int, end: int) -> bool:
        """True when any of some strings stands in [start, end), or there are none."""
        if not parts:
            return True
        window = self.folded[max(0, start) : end]
        for part in parts:  # noqa: SIM110 - a generator costs twice as much, and this runs for every candidate
            if part in window:
                return True
        return False

    def _last_word(self, at: int) -> Span:
        """The last word that begins before `at`, cut there; (-1, -1) when there is none near."""
        blank = self.folded.rfind(" ", max(0, at - _LONGEST_WORD), max(0, at - _MOST_SIGNS - 1))
        found = None
        for word in WORDS.finditer(self.folded, blank if blank >= 0 else max(0, at - _LONGEST_WORD), at):
            found = word
        return found.span() if found else (-1, -1)

    def next_starts(self, at: int, possessives: tuple[str, ...]) -> int:
        """Where the next word of a phrase begins after a word's end: at once, after a hyphen, after blanks; or -1."""
        text = self.folded
        if at >= len(text):
            return -1
        if inside_word(text, at):
            return at
        for ending in possessives:
            if text.startswith(ending, at):
                at += len(ending)
                break
        if text.startswith("-", at):
            return at + 1
        return _after_blanks(text, at)

    def back_over_blanks(self, at: int) -> int:
        """End of what stands before blanks that end at `at`; `at` itself without blanks."""
        start = at
        while at > 0 and self.folded[at - 1] in _BLANKS:
            at -= 1
        return at if self.folded.count("\n", at, start) <= 1 else start

    def is_blocked(self, start: int, end: int) -> bool:
        """True when a word of `blocked` overlaps the span and reaches beyond it."""
        at = bisect_right(self.blocked, (start - _LONGEST_BLOCK, 0))
        while at < len(self.blocked) and self.blocked[at][0] < end:
            first, last = self.blocked[at]
            if last > start and (first < start or last > end):
                return True
            at += 1
        return False


def _after_blanks(text: str, at: int) -> int:
    """First position after blanks, of which at most one may be a line break; -1 when there are none or too many."""
    start, breaks = at, 0
    while at < len(text) and text[at] in _BLANKS:
        breaks += text[at] == "\n"
        at += 1
    return at if at > start and breaks <= 1 else -1
