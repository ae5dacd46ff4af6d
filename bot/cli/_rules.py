"""What the commands around rule files share: their options, spans of time, and a rule set that may not load."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.types.rules import Rulebook

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2

RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Folder of rule files; default: the one of the settings.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, for scripts.")]
SinceOption = Annotated[
    str, typer.Option("--since", metavar="SPAN|DATE", help="How far back: 90d, 12w, or a day such as 2026-09-01.")
]
_SPAN = re.compile(r"([1-9]\d{0,4})([dw])")


def beginning(since: str, *, option: str = "--since") -> datetime:
    """When a span such as 90d began, or a day, in UTC; `option` is named when it is neither.

    Raises:
        typer.BadParameter: It is neither.
    """
    span = _SPAN.fullmatch(since.strip())
    try:
        if span:
            return datetime.now(UTC) - timedelta(days=int(span[1]) * (7 if span[2] == "w" else 1))
        return datetime.combine(date.fromisoformat(since.strip()), datetime.min.time(), UTC)
    except (ValueError, OverflowError):
        message = f"{since!r} is neither a span (90d, 12w) nor a day (2026-09-01)"
        raise typer.BadParameter(message, param_hint=option) from None


def loaded(folder: Path, *, as_json: bool) -> Rulebook | None:
    """The rule set of a folder; None when it does not load and the report went out as JSON.

    Raises:
        RuleError: It does not load, and a person is told.
    """
    from bot.app import load_rules
    from bot.cli import _context
    from bot.errors import RuleError

    try:
        return load_rules(folder)
    except RuleError as error:
        if not as_json:
            raise
        _context.print_json({"ok": False, "problems": error.problems})
        return None
