"""The failures that this program expects, as one tree.

    MonaziteError
    ├── ConfigError      settings are wrong; every problem in one report
    ├── RuleError        rule files are wrong; every problem with file:line:column
    ├── PluginError      a plug-in file breaks the contract of its folder
    ├── StorageError     the database is missing, too new or refuses
    ├── InputError       a file or line that a person handed in cannot be read
    └── WorkerError      a child process died, ran out of time or memory

Failures that are part of a day's work (a feed that answers 503, a post that Slack limits) are values, not exceptions:
`bot.types.FetchFailure`, `ParseFailure` and the `Outcome` of a `Receipt`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


class MonaziteError(Exception):
    """Root of all expected failures; its text says what is wrong, where, and what to do."""


class ConfigError(MonaziteError):
    """Settings cannot be used.

    Attributes:
        problems: One sentence per problem, each naming the setting and where it came from.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding about a rule file."""

    code: str  # short and stable, e.g. "unknown-key"
    message: str  # what is wrong and what to do, one sentence
    path: str  # relative to the rule folder
    line: int = 1  # 1-based
    column: int = 1  # 1-based
    excerpt: str = ""  # the source line as written
    hint: str = ""  # "did you mean ...", empty when there is none
    severity: str = "error"  # "error" refuses the rule set, "warning" does not

    @property
    def where(self) -> str:
        """Path, line and column the way editors and CI logs make them clickable."""
        return f"{self.path}:{self.line}:{self.column}"

    def __str__(self) -> str:
        """The finding as printed for a person: place, code, sentence, source line with a caret, hint."""
        text = f"{self.where}: {self.severity}[{self.code}] {self.message}"
        if self.excerpt:
            # Characters of Chinese, Japanese and Korean take two cells, and the caret must stand below the right one.
            before = self.excerpt[: self.column - 1]
            blank = "".join("  " if unicodedata.east_asian_width(sign) in "WF" else " " for sign in before)
            text += f"\n  {self.line:>4} | {self.excerpt}\n       | {blank}^"
        if self.hint:
            text += f"\n       = {self.hint}"
        return text


class RuleError(MonaziteError):
    """The rule set cannot be used.

    Attributes:
        problems: All findings of one pass, in order of file and line.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = problems


class PluginError(MonaziteError):
    """A file in a plug-in folder lacks its constant, its annotation or the right name."""


class StorageError(MonaziteError):
    """The database cannot be reached, is newer than this program, or refuses a write."""


class InputError(MonaziteError):
    """A file, line or argument handed in by a person cannot be read.

    Attributes:
        label: Row of the labels that says the same in the languages of readers; "" where only the terminal says it.
        values: What fills its blanks.
    """

    def __init__(self, sentence: str, *, label: str = "", **values: object) -> None:
        super().__init__(sentence)
        self.label = label
        self.values = values


class WorkerError(MonaziteError):
    """A child process did not answer.

    Attributes:
        reason: "deadline", "memory", "died" or "error".
    """

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message)
        self.reason = reason
