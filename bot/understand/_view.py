"""One text as the matcher sees it: folded letters, borders of words and sentences."""

from __future__ import annotations

from bisect import bisect_right
from typing import Protocol

from bot.understand._fold import fold, inside_word, word_end, word_start
from bot.understand._inflect import Atom

Span = tuple[int, int]

_BLANKS = " \t\n"
_LONGEST_BLOCK = 12  # characters


class Comparer(Protocol):
    """Says whether a word of a text is a form of a word of a term."""

    def realises(self, atom: Atom, token: str) -> bool:
        """True when it is."""


class View:
    """A text with what is worked out of it once."""

    __slots__ = ("_asked", "_ends", "blocked", "folded", "inflector", "scanned", "sentences", "starts", "text")

    def __init__(self, text: str, sentences: tuple[Span, ...], inflector: Comparer, folded: str | None = None) -> None:
        self.text = text
        self.folded = fold(text) if folded is None else folded
        self.sentences = sentences
        self.starts = [start for start, _ in sentences]
        self.inflector = inflector
        self.blocked: list[Span] = []  # words in whose middle a term of characters is none, in order
        self.scanned: dict[tuple[object, int], list[Span]] = {}  # what was found in a sentence, by finder
        self._ends: dict[int, int] = {}
        self._asked: dict[tuple[str, ...], bool] = {}

    def sentence_at(self, at: int) -> int:
        """Index of the sentence that holds a position; -1 before the first."""
        return bisect_right(self.starts, at) - 1

    def word_end(self, at: int) -> int:
        """End of the word that has a letter at `at`, remembered."""
        end = self._ends.get(at)
        if end is None:
            end = self._ends[at] = word_end(self.folded, at)
        return end

    def has_any(self, parts: tuple[str, ...]) -> bool:
        """True when any of some strings stands anywhere in the text, remembered; true for no strings."""
        known = self._asked.get(parts)
        if known is None:
            folded = self.folded
            known = self._asked[parts] = not parts or any(part in folded for part in parts)
        return known

    def word_before(self, at: int) -> int:
        """Start of the word that ends at `at` or a few signs before it; -1 when there is none near."""
        floor = max(0, at - 3)
        while at > floor and not self.folded[at - 1].isalnum():
            at -= 1
        start = word_start(self.folded, at)
        return start if start < at else -1

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
