"""Read marked test texts: `China bans [gallium exports](export-ban)` says what must be found, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINK_END = re.compile(r"\]\(([^()\s]*)\)")


class MarkError(ValueError):
    """A mark that cannot be read.

    Attributes:
        offset: Where in the marked text, 0-based.
    """

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Mark:
    """One span that must be found."""

    start: int  # offset into the plain text
    end: int
    concept: str
    source: int  # offset of the concept's id in the marked text, for reports


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its marks."""

    text: str
    marks: tuple[Mark, ...]  # in order of start; one may lie inside another


def read_marks(marked: str) -> Marked:
    """Part a text from its marks.

    A bracket that no `](id)` closes is text. Marks nest: `[[rare earth](rare-earths) magnets](magnets)`.

    Raises:
        MarkError: A mark has no id or marks nothing.
    """
    pieces: list[str] = []
    length = 0
    # Every open bracket: (offset in the plain text, index of its piece, offset in the source).
    opened: list[tuple[int, int, int]] = []
    marks: list[Mark] = []
    here = 0
    while here < len(marked):
        sign = marked[here]
        end = _LINK_END.match(marked, here) if sign == "]" and opened else None
        if end is not None:
            start, piece, source = opened.pop()
            if not end[1]:
                raise MarkError("a mark needs the id of a concept: [words](concept)", here)
            pieces[piece] = ""  # this bracket was a mark, no text
            length -= 1
            marks = [_shift(mark, start) for mark in marks]
            opened = [(o - (o > start), p, s) for o, p, s in opened]
            if length == start:
                raise MarkError("a mark must hold the words that are to be found", source)
            marks.append(Mark(start, length, end[1], here + 2))
            here = end.end()
            continue
        if sign == "[":
            opened.append((length, len(pieces), here))
        pieces.append(sign)
        length += 1
        here += 1
    return Marked("".join(pieces), tuple(sorted(marks, key=lambda m: (m.start, -m.end))))


def _shift(mark: Mark, start: int) -> Mark:
    """A bracket before the mark turned out to be no text: the mark moves to the left."""
    if mark.start < start:
        return mark
    return Mark(mark.start - 1, mark.end - 1, mark.concept, mark.source)
