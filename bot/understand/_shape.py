"""What an identifier grammar is: words that announce an identifier, and a reader that looks at the text around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Found(NamedTuple):
    """An identifier in a text."""

    start: int
    end: int
    concept: str  # kind of identifier, e.g. "mofcom-announcement"
    value: str  # normalised key, e.g. "cn-mofcom:2026:1"


@dataclass(frozen=True, slots=True)
class Page:
    """A text with its folded letters; offsets agree."""

    text: str
    folded: str

    def before(self, at: int, length: int) -> str:
        """Folded letters before a position."""
        return self.folded[max(0, at - length) : at]

    def around(self, start: int, end: int, length: int) -> str:
        """Folded letters around a span."""
        return self.folded[max(0, start - length) : end + length]


Reader = Callable[[Page, int, int], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Shape:
    """One grammar of identifiers."""

    triggers: tuple[str, ...]  # folded; one of them must stand in the text
    read: Reader  # what the trigger at [start, end) announces
    whole_word: bool = True  # the trigger is no part of a longer word of letters
