"""Collect what is wrong with rule files, each finding with its place, its source line and a hint."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from bot.errors import Problem
from bot.types.place import Place

EXCERPT_CHARS = 160  # of a source line; a longer one is cut behind the caret


class Findings:
    """A growing report over many files."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}
        self._problems: dict[Problem, None] = {}  # ordered set
        self._refused: set[Place] = set()
        self._blamed: set[Place] = set()

    def source(self, path: str, text: str) -> None:
        """Remember a file's text, so that findings can quote its lines."""
        self._lines[path] = text.split("\n")

    def error(self, code: str, message: str, place: Place, *, hint: str = "") -> None:
        """Note something that refuses the rule set."""
        self._add(code, message, place, hint, "error")
        self._blamed.add(place)

    def warn(self, code: str, message: str, place: Place, *, hint: str = "") -> None:
        """Note something that works but is hardly meant."""
        self._add(code, message, place, hint, "warning")

    def refuse(self, place: Place) -> None:
        """Say that what stands at a place was refused as a whole, so that its content is not complained about too."""
        self._refused.add(place)

    def refused(self, place: Place) -> bool:
        """True when `refuse` was called for the place."""
        return place in self._refused

    def has_error(self, place: Place) -> bool:
        """True when something at the very same character was called an error already."""
        return place in self._blamed

    def problems(self) -> tuple[Problem, ...]:
        """All findings in order of file, line and column."""
        return tuple(sorted(self._problems, key=lambda p: (p.path, p.line, p.column, p.code, p.message)))

    def __len__(self) -> int:
        return len(self._problems)

    def _add(self, code: str, message: str, place: Place, hint: str, severity: str) -> None:
        lines = self._lines.get(place.path, [])
        line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
        excerpt = line[: max(EXCERPT_CHARS, place.column + 40)].rstrip()
        problem = Problem(
            code=code,
            message=message,
            path=place.path,
            line=place.line,
            column=place.column,
            excerpt=excerpt,
            hint=hint,
            severity=severity,
        )
        self._problems[problem] = None


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
