"""`monazite why`: everything that is known about a URL, a story or an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from bot.pipeline import Explanation

_STAMP = len("  2026-01-06 09:00")  # of a line of the history
_DAY = len("2026-01-06")
_NARROW = 70  # columns below which day and hour stand below each other


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("why", help=why.__doc__)(why)


def why(
    asked: str = typer.Argument(
        ..., metavar="URL|STORY|ALERT|DOCUMENT", help="Address of an item, or the id of a story, alert or document."
    ),
    as_json: bool = typer.Option(False, "--json", help="All records as JSON."),
) -> int:
    """Say what happened to an item: read, merged, scored, sent, held, dropped, and why.

    The first line is the verdict. An address is found under any spelling: with tracking parameters, for phones, with
    or without www. Exit code 1 says that nothing is known.

    Example: monazite why https://news.example/china-bans-exports
    """
    from bot import app as root
    from bot.cli import _context
    from bot.pipeline import why as ask

    with root.open_rig(_context.settings(log_level="warning"), children=False) as rig:
        known = ask(rig, asked)
    if as_json:
        _context.print_json(known)
    else:
        show(known, _context.console())
        if not known.found:
            hint = "`monazite rules explain TEXT` says what the rules would make of it."
            _context.console().print(hint, markup=False)
    return 0 if known.found else 1


def show(known: Explanation, console: Console) -> None:
    """The explanation for a person: the verdict, then texts, weighing and history, each line hanging under its head."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from bot.pipeline.people.asking import told

    history = Table.grid(padding=(0, 2 if console.width >= _NARROW else 1, 0, 0))
    history.add_column(width=None if console.width >= _NARROW else _DAY)
    history.add_column(overflow="fold")
    inside = False
    for number, line in enumerate(told(known, most=None)):
        if number and not line.startswith("  "):
            console.print()
            inside = line.startswith("In order of time")
        if inside and line.startswith("  "):
            history.add_row(Text(line[2:_STAMP]), Text(line[_STAMP:].strip(), overflow="fold"))
        elif line.startswith("  "):
            console.print(Padding(Text(line.strip(), overflow="fold"), (0, 0, 0, 2)))
        else:
            console.print(Text(line, style="bold", overflow="fold"))
    if history.row_count:
        console.print(Padding(history, (0, 0, 0, 2)))
