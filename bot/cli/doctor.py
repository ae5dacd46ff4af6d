"""`monazite doctor`: check everything, one plain sentence per problem."""

from __future__ import annotations

import typer

SECTIONS = (
    *("python", "settings", "rules", "plug-ins", "reader", "database", "scheduler", "sources", "messages"),
    *("slack", "mail", "fonts"),
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", help=doctor.__doc__)(doctor)


def doctor(
    only: list[str] = typer.Option([], "--only", metavar="SECTION", help=f"One of: {', '.join(SECTIONS)}. Repeatable."),
    as_json: bool = typer.Option(False, "--json", help="Findings as JSON."),
) -> int:
    """Check Python, settings, rules, plug-ins, reader, database, scheduler, sources, messages, Slack, mail and fonts.

    Exits 0 when nothing is wrong (hints do not count), 1 otherwise.

    Example: monazite doctor --only slack
    """
    from bot import checkup, log
    from bot.cli import _context

    log.configure(form="console", level="error")
    unknown = [name for name in only if name not in SECTIONS]
    if unknown:
        raise typer.BadParameter(f"unknown section {unknown[0]!r}; known: {', '.join(SECTIONS)}")
    findings = checkup.run(tuple(only) or SECTIONS)
    failed = [f for f in findings if f.level == "problem"]
    if as_json:
        _context.print_json({"ok": not failed, "findings": findings})
    else:
        from rich.table import Table

        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        signs = {"ok": "[green]ok[/]", "hint": "[yellow]hint[/]", "problem": "[red]problem[/]"}
        for finding in findings:
            table.add_row(signs[finding.level], finding.section, finding.text.replace("[", r"\["))
        console = _context.console()
        console.print(table)
        console.print(f"{len(failed)} problem(s)." if failed else "Everything needed is in place.")
    return 1 if failed else 0
