"""Turn the word lists of a grammar into patterns, once per grammar, and find them with offsets."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache

from bot.understand._fold import fold
from bot.understand._grammar import Grammar, Words
from bot.understand._inflect import shortest_prefixes

Span = tuple[int, int]

_SPACED_GAP = r"(?:[^.;:!?\n]|(?<=\d)\.){0,120}?"
_NO_HANGUL = r"(?![가-힣])"
_DENSE_GAP = r"[^。;；:：!！?？\n]{0,30}?"
_LISTS = ("months", "weekdays", "units")  # of a calendar: lists of lists, which dates.py makes patterns of
_JOINTS = re.compile(r"[ '’*-]")  # where the pattern of a word takes more than one spelling
_BLANK = re.compile(" ")  # the same where words are not parted by spaces
# Letters that a pattern without regard to case takes for others, and that are no capitals of them.
_ALIKE = str.maketrans("ıſᲀᲁᲂᲃᲄᲅᲆᲇ", "isвдосттъѣ")


def compile_words(words: Words, *, spaced: bool) -> re.Pattern[str] | None:
    """One pattern for a list of words, the longest first among those that begin alike; None for an empty list.

    Words are grouped by their first letter behind a look at that letter, and those with a free beginning share one
    scan of the word: most places of a text are passed over with a single comparison.
    """
    if not words:
        return None
    free = [word[1:] for word in words if spaced and word.startswith("*")]
    plain = [word for word in words if not (spaced and word.startswith("*"))]
    branches = [_grouped(plain, spaced=spaced)] if plain else []
    if free:
        branches.append(rf"(?<!\w)\w*(?:{_grouped(free, spaced=spaced, inside=True)})")
    return re.compile("|".join(branches), re.IGNORECASE)


def _grouped(words: Sequence[str], *, spaced: bool, inside: bool = False) -> str:
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        groups.setdefault(_core(word, spaced=spaced)[0].lower(), []).append(word)
    parts = []
    for first, members in groups.items():
        bound = r"(?<!\w)" if spaced and first.isalnum() and not inside else ""
        tails = "|".join(_tail(word, spaced=spaced) for word in members)
        parts.append(f"{bound}{re.escape(first)}(?:{tails})")
    looked = "".join(re.escape(first) for first in groups)
    return f"(?=[{looked}])(?:{'|'.join(parts)})"


def _core(word: str, *, spaced: bool) -> str:
    """A word without the sign that says where it may stand."""
    return word if spaced or len(word) == 1 else word.removeprefix("-").removeprefix("=")


def _tail(word: str, *, spaced: bool) -> str:
    """The pattern of a word after its first letter."""
    pieces = []
    core = _core(word, spaced=spaced)
    for number, part in enumerate(core.split(" .. ")):
        escaped = re.escape((part[1:] if number == 0 else part).removesuffix("$"))
        if spaced:
            escaped = escaped.replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]?")
            escaped = escaped.replace("'", "['’]")  # l'exportation, l’exportation
        else:
            escaped = escaped.replace(r"\ ", r"\s?")
        pieces.append(escaped)
    pattern = (_SPACED_GAP if spaced else _DENSE_GAP).join(pieces)
    if core != word:
        # The look back starts behind the first letter, which has been read.
        return rf"(?<=\w.){pattern}{_NO_HANGUL}" if word[0] == "-" else rf"(?<![가-힣].){pattern}"
    bounded = spaced and (word[-1].isalnum() or word[-1] in "*$")
    closing = r"(?=\s*(?:[^\w\s]|$))" if word.endswith("$") else ""  # a verb's other half closes its clause
    return rf"{pattern}(?!\w){closing}" if bounded else pattern


def _beginning(word: str, *, spaced: bool) -> str:
    """Letters with which every hit of a word begins; behind a free beginning, if it has one."""
    first = word.removeprefix("*") if spaced else _core(word, spaced=False)
    first = first.split(" .. ")[0].removesuffix("$")
    joint = (_JOINTS if spaced else _BLANK).search(first, 1)
    return _low(first[: joint.start()] if joint else first)


def _low(text: str) -> str:
    low = fold(text)
    return low if low.isascii() else low.translate(_ALIKE)


class Beginnings:
    """Where in a text a field may be hit at all, by one pass of an automaton over what its words begin with.

    A text is asked for some sixty fields in each of its sentences, and most have no hit in most of them.
    """

    def __init__(self, named: Mapping[str, Words], *, spaced: bool) -> None:
        import daachorse  # noqa: PLC0415 - loaded with the first text

        owners: dict[str, tuple[list[str], list[str]]] = {}  # fields that it begins with its word, and anywhere
        for name, words in named.items():
            for anywhere in (False, True):
                own = [word for word in words if (spaced and word.startswith("*")) is anywhere]
                for beginning in shortest_prefixes({_beginning(word, spaced=spaced) for word in own}):
                    # Names of months may follow their day at once: "6januari".
                    bounded = spaced and beginning[0].isalnum() and not anywhere and name not in _LISTS
                    owners.setdefault(beginning, ([], []))[0 if bounded else 1].append(name)
        self._owners = tuple(owners.values())
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(owners) or ["\0"])

    def places(self, text: str) -> dict[str, list[int]]:
        """Per field, the rising offsets at which a word of it may begin."""
        low = _low(text)
        found: dict[str, set[int]] = {}
        for start, _, number in self._automaton.find_overlapping(low) if self._owners else ():
            bounded, anywhere = self._owners[number]
            if bounded and not (start and low[start - 1].isalnum()):
                for name in bounded:
                    found.setdefault(name, set()).add(start)
            for name in anywhere:
                found.setdefault(name, set()).add(start)
        return {name: sorted(starts) for name, starts in found.items()}


class Wording:
    """The compiled words of one grammar, by the name of their field."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.spaced = grammar.spaced
        self._patterns: dict[str, re.Pattern[str]] = {}
        named: dict[str, Words] = {}
        for group in (grammar.steps, grammar.roles, grammar.telling, grammar.calendar):
            for item in fields(group):
                value = getattr(group, item.name)
                if isinstance(value, tuple) and value and all(isinstance(word, str) for word in value):
                    pattern = compile_words(value, spaced=grammar.spaced)
                    if pattern is not None:
                        self._patterns[item.name] = pattern
                        named[item.name] = value
        for name in _LISTS:
            named[name] = tuple(itertools.chain.from_iterable(getattr(grammar.calendar, name)))
        self._beginnings = Beginnings(named, spaced=grammar.spaced)
        self._places: tuple[str, Mapping[str, list[int]]] = ("", {})  # of the text that was asked about last

    def may_begin(self, name: str, text: str, start: int, end: int) -> bool:
        """False when no word of a field, or of the calendar's lists, begins in `text[start:end]`."""
        kept, places = self._places
        if kept != text:
            places = self._beginnings.places(text)
            self._places = text, places
        own = places.get(name)
        if own is None:
            return False
        at = bisect_left(own, start)
        return at < len(own) and own[at] < end

    def spans(self, name: str, text: str, start: int, end: int) -> Iterable[Span]:
        """Hits of one field in `text[start:end]`, as offsets into `text`."""
        if not self.may_begin(name, text, start, end):
            return ()
        return (match.span() for match in self._patterns[name].finditer(text, start, end))

    def has(self, name: str, text: str, start: int, end: int) -> bool:
        """Whether a field is hit in `text[start:end]`."""
        return self.may_begin(name, text, start, end) and self._patterns[name].search(text, start, end) is not None

    def starts(self, name: str, text: str, start: int, end: int, *, within: int = 0) -> bool:
        """Whether a field is hit at most `within` characters after `start`, spaces not counted."""
        if not self.may_begin(name, text, start, end):
            return False
        match = self._patterns[name].search(text, start, end)
        return match is not None and len(text[start : match.start()].strip()) <= within

    def ends(self, name: str, text: str, start: int, end: int, *, within: int = 0) -> bool:
        """Whether a field's last hit in `text[start:end]` ends at most `within` characters before `end`."""
        return any(len(text[hit[1] : end].strip()) <= within for hit in self.spans(name, text, start, end))

    def words_between(self, text: str, start: int, end: int) -> int:
        """How many words stand between two places; in scripts without spaces two characters count as one word."""
        if start >= end:
            return 0
        if self.spaced:
            return len(re.findall(r"\w+", text[start:end]))
        return (len(re.findall(r"\w", text[start:end])) + 1) // 2


@lru_cache(maxsize=64)
def wording_of(grammar: Grammar) -> Wording:
    """The compiled words of a grammar; grammars are few and live as long as the process."""
    return Wording(grammar)
