"""Where in a rule file something was written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """A position in a rule file."""

    path: str  # relative to the rule folder, e.g. "concepts/export-ban.yml"
    line: int  # 1-based
    column: int = 1  # 1-based

    def __str__(self) -> str:
        """File and line, the form shown in ledgers."""
        return f"{self.path}:{self.line}"
