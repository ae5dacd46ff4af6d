"""Read marked test texts: `China bans [gallium exports](export-ban)` says what must be found, and where."""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass

_SIGN = re.compile(r"\[|\]\(([^()\s]*)\)")


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


@functools.lru_cache(maxsize=1024)  # read when a file's tests are compiled, and right after that for their ids
def read_marks(marked: str) -> Marked:
    """Part a text from its marks.

    A bracket that no `](id)` closes is text. Marks nest: `[[rare earth](rare-earths) magnets](magnets)`.

    Raises:
        MarkError: A mark has no id or marks nothing.
    """
    if "[" not in marked:
        return Marked(marked, ())
    pieces: list[str] = []
    opened: list[tuple[int, int]] = []  # index of the bracket's piece, offset in the source
    closed: list[tuple[int, int, str, int]] = []  # pieces from and to, concept, offset of its id
    here = 0
    for sign in _SIGN.finditer(marked):
        pieces.append(marked[here : sign.start()])
        here = sign.end()
        if sign.group() == "[":
            opened.append((len(pieces), sign.start()))
            pieces.append("[")
        elif not opened:
            pieces.append(sign.group())
        else:
            first, source = opened.pop()
            pieces[first] = ""  # this bracket was a mark, no text
            if not sign[1]:
                raise MarkError("a mark needs the id of a concept: [words](concept)", sign.start())
            if not any(pieces[first:]):
                raise MarkError("a mark must hold the words that are to be found", source)
            closed.append((first, len(pieces), sign[1], sign.start() + 2))
    pieces.append(marked[here:])
    ends = [0, *itertools.accumulate(map(len, pieces))]
    marks = (Mark(ends[first], ends[last], concept, source) for first, last, concept, source in closed)
    return Marked("".join(pieces), tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))))
