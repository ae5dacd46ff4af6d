"""`monazite demo`: the main job, offline, on recorded feeds."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from bot.demo.outcome import Outcome

NEXT = (
    ('rules explain "China bans gallium exports to Japan"', "why a text alerts, or does not"),
    ("init my-desk", "settings and rule files of your own"),
    ("run", "watch the real sources"),
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo", help=demo.__doc__)(demo)


def demo(
    out: Path = typer.Option(
        Path("demo"), "--out", metavar="DIR", help="Folder for the page, the digest and the data."
    ),
) -> None:
    """Run the main job offline on recorded feeds and write demo/index.html.

    A loopback server plays 18 sources of the first week of January 2026, and Slack. Everything else is what
    `monazite run` does: fetch, parse, read, score, decide, deliver. Takes less than a minute; needs no network.

    Example: monazite demo --out /tmp/demo
    """
    from bot import log
    from bot.cli import _context
    from bot.demo import show

    log.configure(form="console", level="error")
    console = _context.console()
    with console.status("starting the database") as status:

        def say(title: str) -> None:
            status.update(title)
            console.print(f"[bold]{title}[/]")

        outcome = show.run(out.resolve(), say=say)
    console.print()
    _alerts(outcome, console)
    _why_not(outcome, console)
    _health(outcome, console)
    _closing(out / "index.html", console)


def _alerts(outcome: Outcome, console: Console) -> None:
    from rich.markup import escape
    from rich.table import Table

    languages = len(outcome.languages)
    console.print(f"[bold]{len(outcome.alerts)} alerts[/] of {outcome.documents} texts in {languages} languages")
    table = Table(box=None, pad_edge=False, padding=(0, 1, 1, 0))
    for name in ("", "what", "why", "who says so"):
        table.add_column(name, overflow="fold", ratio=None if not name else 1)
    for alert in outcome.alerts:
        told = f"{len(alert.sources)} sources: " + ", ".join(source.publisher for source in alert.sources)
        state = f"confirmed: {alert.confirmed_by}" if alert.confirmed_by else "press only"
        sectors = ", ".join(title for _, title, _ in alert.sectors[:4]) or "no exposed sector"
        table.add_row(
            f"{alert.band}\n{alert.score:g}",
            escape(f"{alert.headlines['en']}\n{sectors}"),
            escape("\n".join(alert.why[:4])),
            escape(f"{state}\n{told}"),
        )
    console.print(table)


def _why_not(outcome: Outcome, console: Console) -> None:
    if outcome.near_miss is None:
        return
    story, assessment = outcome.near_miss
    lead = next(t for t in story.tellings if t.document_id == story.lead_id)
    console.print("[bold]Why not?[/]")
    console.print(f"“{lead.title}” ({lead.publisher}) stayed silent:", markup=False)
    for sentence in assessment.near_misses[:3]:
        console.print(f"  {sentence}", markup=False)
    console.print()


def _health(outcome: Outcome, console: Console) -> None:
    from rich.markup import escape
    from rich.table import Table

    unchanged = sum(status == 304 for _, status in outcome.requests)
    console.print(f"[bold]Sources[/]: {len(outcome.requests)} requests, {unchanged} of them answered 304 not modified")
    table = Table(box=None, pad_edge=False)
    for name in ("source", "kind", "items", "state"):
        table.add_column(name, overflow="fold")
    for source, state in outcome.sources:
        health = f"[red]{escape(state.last_error or 'failing')}[/]" if state.failures else "[green]fine[/]"
        table.add_row(escape(source.publisher), escape(source.why), str(state.items_seen), health)
    console.print(table)
    console.print()


def _closing(page: Path, console: Console) -> None:
    console.print(f"Open {page} to see the Slack messages and the weekly digest.", markup=False)
    console.print("Next:")
    for command, what in NEXT:
        # Not wrapped, so that the whole line can be copied.
        console.print(f"  {_program()} {command}", markup=False, soft_wrap=True)
        console.print(f"      {what}", style="dim")


def _program() -> str:
    """How this program is called from here: by its name when that is on the path, else by where it lies."""
    called = Path(sys.argv[0])
    on_path = shutil.which("monazite")
    if called.name != "monazite" or (on_path and Path(on_path).resolve() == called.resolve()):
        return "monazite"
    return str(called.relative_to(Path.cwd())) if called.is_relative_to(Path.cwd()) else str(called)
