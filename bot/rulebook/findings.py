"""Collect what is wrong with rule files, each finding with its place, its source line and a hint."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import Problem
from bot.types.place import Place

EXCERPT_CHARS = 160  # of a source line; a longer one is cut behind the caret


@dataclass(frozen=True, slots=True)
class Note:
    """One finding before it quotes the line that it is about."""

    code: str
    message: str
    place: Place
    hint: str
    severity: str  # error or warning


class Findings:
    """A growing report over many files, or over one file.

    Attributes:
        refusals: Places whose content was refused as a whole, so that nobody complains about what stands there too.
    """

    def __init__(self, refusals: Iterable[Place] = ()) -> None:
        self.refusals: set[Place] = set(refusals)
        self._texts: dict[str, str] = {}
        self._notes: dict[Note, None] = {}  # ordered set
        self._blamed: set[Place] = set()

    def source(self, path: str, text: str) -> None:
        """Remember a file's text, so that findings can quote its lines."""
        self._texts[path] = text

    def text(self, path: str) -> str:
        """The text of a file as it was remembered, "" for an unknown one."""
        return self._texts.get(path, "")

    def error(self, code: str, message: str, place: Place, *, hint: str = "") -> None:
        """Note something that refuses the rule set."""
        self.extend((Note(code, message, place, hint, "error"),))

    def warn(self, code: str, message: str, place: Place, *, hint: str = "") -> None:
        """Note something that works but is hardly meant."""
        self.extend((Note(code, message, place, hint, "warning"),))

    def extend(self, notes: Iterable[Note]) -> None:
        """Take over what was noted elsewhere."""
        for note in notes:
            self._notes[note] = None
            if note.severity == "error":
                self._blamed.add(note.place)

    @property
    def notes(self) -> tuple[Note, ...]:
        """All findings in the order in which they were made."""
        return tuple(self._notes)

    def refuse(self, place: Place) -> None:
        """Say that what stands at a place was refused as a whole, so that its content is not complained about too."""
        self.refusals.add(place)

    def refused(self, place: Place) -> bool:
        """True when `refuse` was called for the place."""
        return place in self.refusals

    def has_error(self, place: Place) -> bool:
        """True when something at the very same character was called an error already."""
        return place in self._blamed

    def problems(self) -> tuple[Problem, ...]:
        """All findings in order of file, line and column, each with its source line."""
        lines = {path: self._texts[path].split("\n") for path in {n.place.path for n in self._notes} & {*self._texts}}
        found = (_problem(note, lines.get(note.place.path, [])) for note in self._notes)
        return tuple(sorted(found, key=lambda p: (p.path, p.line, p.column, p.code, p.message)))

    def __len__(self) -> int:
        return len(self._notes)


def _problem(note: Note, lines: list[str]) -> Problem:
    place = note.place
    line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
    return Problem(
        code=note.code,
        message=note.message,
        path=place.path,
        line=place.line,
        column=place.column,
        excerpt=line[: max(EXCERPT_CHARS, place.column + 40)].rstrip(),
        hint=note.hint,
        severity=note.severity,
    )


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """A hint naming the option that was probably meant, "" when none is near."""
    known = sorted(set(options))
    folded = {option.casefold().replace("_", "-"): option for option in known}
    asked = word.casefold().replace("_", "-")
    if asked in folded:
        return f'did you mean "{folded[asked]}"?'
    near = difflib.get_close_matches(asked, folded, n=1, cutoff=0.6)
    if not near:
        near = [name for name in folded if len(asked) > 1 and name.split("-")[0] == asked][:1]
    return f'did you mean "{folded[near[0]]}"?' if near else ""


def listed(words: Iterable[str]) -> str:
    """Words as people list them: "a, b or c"."""
    known = list(words)
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} or {known[-1]}" if known else ""
