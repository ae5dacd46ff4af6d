"""`monazite sources list` and `status`: what is polled, and how it fares."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import typer

app = typer.Typer(no_args_is_help=True, help="The catalogue: what is polled, how it fares, what one source would give.")

RULES = typer.Option(None, "--rules", metavar="DIR", help="Rule folder; default: that of the settings.")
JSON = typer.Option(False, "--json", help="As JSON.")


@app.command("list")
def list_sources(
    rules: Path | None = RULES,
    everything: bool = typer.Option(False, "--all", help="Disabled ones too, with the reason."),
    as_json: bool = JSON,
) -> None:
    """List the sources of the rule set.

    Example: monazite sources list --all
    """
    from rich.markup import escape
    from rich.table import Table

    from bot import app as root
    from bot.cli import _context

    chosen = [s for s in root.load_rules(_context.rules_folder(rules)).sources if everything or s.enabled]
    if as_json:
        _context.print_json(chosen)
        return
    table = Table(box=None, pad_edge=False)
    for name in ("id", "publisher", "kind", "languages", "authority", "every", *(("disabled",) if everything else ())):
        table.add_column(name, overflow="fold")
    for source in sorted(chosen, key=lambda s: (not s.enabled, s.jurisdiction, s.id)):
        style = None if source.enabled else "dim"
        languages, pace = " ".join(source.languages), span(source.every)
        why_not = "" if source.enabled else escape(source.why.partition(":")[0])  # the rest stands in its file
        cells = (source.id, escape(source.publisher), source.kind, languages, source.authority, pace, why_not)
        table.add_row(*cells[: len(table.columns)], style=style)
    console = _context.console()
    console.print(table)
    console.print(f"{sum(s.enabled for s in chosen)} enabled, {sum(not s.enabled for s in chosen)} disabled shown.")


@app.command()
def status(as_json: bool = JSON) -> int:
    """Say how each enabled source fares; exits 1 when one is failing.

    Example: monazite sources status
    """
    from rich.markup import escape
    from rich.table import Table

    from bot import app as root
    from bot.cli import _context

    with root.open_rig(_context.settings(log_level="warning"), children=False) as rig:
        with rig.database.transaction() as tx:
            states = tx.sources.states()
        now = rig.clock.now()
        sources = [s for s in rig.rulebook.sources if s.enabled]
    failing = [s for s in sources if s.id in states and states[s.id].failures]
    if as_json:
        _context.print_json({"sources": [states[s.id] for s in sources if s.id in states]})
        return 1 if failing else 0
    table = Table(box=None, pad_edge=False)
    for name in ("source", "last success", "items", "next poll", "state"):
        table.add_column(name, overflow="fold")
    for source in sources:
        state = states.get(source.id)
        if state is None or state.last_attempt is None:
            table.add_row(source.id, "-", "-", "-", "[dim]not polled yet[/]")
            continue
        ago = f"{span(now - state.last_success)} ago" if state.last_success else "never"
        trouble = f"[red]failed {state.failures} times: {escape(state.last_error or '')}[/]"
        due = "now" if state.next_due <= now else f"in {span(state.next_due - now)}"
        table.add_row(source.id, ago, str(state.items_seen), due, trouble if state.failures else "[green]fine[/]")
    console = _context.console()
    console.print(table)
    console.print(f"{len(sources)} enabled, {len(failing)} failing.")
    return 1 if failing else 0


def span(length: timedelta) -> str:
    """A length of time in one or two words: 45s, 20m, 3h, 2d."""
    seconds = max(0, int(length.total_seconds()))
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= size:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"
