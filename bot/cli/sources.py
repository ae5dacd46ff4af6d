"""`monazite sources list` and `status`: what is polled, and how it fares."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import typer

from bot.types.codec import plain
from bot.types.ids import SourceId

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
    from bot.cli._source_views import span

    chosen = [s for s in root.load_rules(_context.rules_folder(rules)).sources if everything or s.enabled]
    if as_json:
        # Headers may hold keys.
        _context.print_json([replace(s, headers=tuple((name, "***") for name, _ in s.headers)) for s in chosen])
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
def status(
    everything: bool = typer.Option(False, "--all", help="Also those that are fine, or were never polled."),
    as_json: bool = JSON,
) -> int:
    """Say how each enabled source fares, the worst first.

    Health is "fine" or some of: failing N (times in a row), late (due, and nobody asked), quarantined (its answers
    stopped the parser), in doubt (it may have changed hands), stale (nothing as new as its rule asks for), quiet, busy
    (far from its median day), odd (its answers had to be mended), never polled. Times are how long ago; items/day is
    the last three full days against the median of four weeks.

    Exit codes: 0 covered, 1 a source fails, or nobody asks an official one.

    Example: monazite sources status --all
    """
    from bot import app as root
    from bot.cli import _context
    from bot.cli._source_views import show_health
    from bot.pipeline import survey
    from bot.pipeline.polling.health import Ill

    with root.open_rig(_context.settings(log_level="warning"), children=False) as rig:
        now = rig.clock.now()
        with rig.database.transaction() as tx:
            fares = survey(tx, rig.rulebook.sources, now)
    failing = sum(found.failures > 0 for found in fares)
    lost = sum(found.official and found.lost for found in fares)
    waiting = [found for found in fares if Ill.NEVER in found.ills and not found.lost]
    shown = [found for found in fares if everything or (found.ills and found not in waiting)]
    if as_json:
        _context.print_json({"sources": [plain(f) | {"health": f.words, "known": f.known} for f in shown]})
    else:
        console = _context.console()
        if shown:
            show_health(console, shown, now)
        fine = sum(not found.ills for found in fares)
        console.print(f"{len(fares)} enabled, {fine} fine, {failing} failing, {lost} official ones without coverage.")
        if waiting:
            console.print(f"{len(waiting)} were never polled; `monazite run` polls them.")
    return 1 if failing or lost else 0


@app.command()
def approve(source_id: str = typer.Argument(..., metavar="ID", help="Id of a source in doubt.")) -> int:
    """End the doubt about a source: the domains that raised it are its own from now on.

    Look at the source first: while it is in doubt, what it says is marked as unverified and confirms nothing. A domain
    that is to stay belongs under `domains:` in its rule file.

    Exit codes: 0 approved, 1 it was not in doubt.

    Example: monazite sources approve cn-mofcom-gg
    """
    from bot import app as root
    from bot import pipeline
    from bot.cli import _context

    with root.open_rig(_context.settings(log_level="warning"), children=False) as rig:
        domains = pipeline.approve(rig, SourceId(source_id))
    if not domains:
        _context.console(stderr=True).print(f"{source_id} is not in doubt: monazite sources status", markup=False)
        return 1
    _context.console().print(f"{source_id}: {', '.join(domains)} approved.", markup=False)
    return 0
