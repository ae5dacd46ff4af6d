"""`monazite why`: everything that is known about a URL, a story or an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from bot.pipeline import Explanation
    from bot.pipeline.people.asking import StoryCase


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("why", help=why.__doc__)(why)


def why(
    asked: str = typer.Argument(..., metavar="URL|STORY", help="Address of an item, or the id of a story or alert."),
    as_json: bool = typer.Option(False, "--json", help="All records as JSON."),
) -> int:
    """Say what happened to an item: read, merged, scored, sent, held, dropped, and why.

    Example: monazite why https://news.example/china-bans-exports
    """
    from bot import app as root
    from bot.cli import _context
    from bot.pipeline import why as ask

    with root.open_rig(_context.settings(log_level="warning"), children=False) as rig:
        known = ask(rig, asked)
    if as_json:
        _context.print_json(known)
    elif known.found:
        show(known, _context.console())
    else:
        _context.console().print(
            f"Nothing is known about {asked}: no enabled source has listed it, or it is older than the archive. "
            "`monazite rules explain TEXT` says what the rules would make of it.",
            markup=False,
        )
    return 0 if known.found else 1


def show(known: Explanation, console: Console) -> None:
    """The explanation for a person: documents, stories with their ledger, decisions, messages."""
    from rich.markup import escape

    for stored in known.documents:
        document, reading = stored.document, stored.reading
        console.print(f"[bold]{escape(document.title or '(no title)')}[/]")
        console.print(f"  {escape(document.publisher)} · {document.dated:%Y-%m-%d %H:%M} UTC · {escape(document.url)}")
        if page := known.pages.get(document.id):
            console.print(f"  {escape(page)}")
        if reading is None:
            console.print("  not read yet")
            continue
        said = ", ".join(dict.fromkeys(f"{m.concept} “{m.surface}”" for m in reading.mentions)) or "nothing"
        console.print(f"  read as {reading.lang}: {escape(said)}")
        for event in reading.events:
            goods = ", ".join(event.goods)
            console.print(
                f"  step: {event.measure}, {event.direction}, {event.stage}, by {event.imposer or 'nobody named'} "
                f"against {', '.join(event.targets) or 'all'}: {escape(goods or 'no goods named')}"
            )
    for note in known.notes:
        console.print(f"  {note.at:%Y-%m-%d %H:%M}  {escape(note.why)}", style="dim")
    for case in known.stories:
        _show_case(case, console)


def _show_case(case: StoryCase, console: Console) -> None:
    from rich.markup import escape

    story = case.story
    console.print()
    console.print(f"[bold]Story {story.id}[/] told by {escape(', '.join(story.publishers))}")
    if case.assessment is not None:
        rules = case.assessment.ruleset_hash[:12]
        console.print(f"  {case.assessment.score:g} points = {case.assessment.band}, by rule set {rules}")
        for line in case.assessment.ledger:
            words = f" “{'”, “'.join(line.words)}”" if line.words else ""
            console.print(f"  {line.points:+7g}  {escape(line.why + words)}  [dim]{escape(line.rule)}[/]")
        for sentence in case.assessment.near_misses:
            console.print(f"  why not: {escape(sentence)}")
    for entry in case.ledger:
        console.print(f"  {entry.at:%Y-%m-%d %H:%M}  {escape(entry.why)}")
    for delivery in case.deliveries:
        console.print(f"  message to {escape(delivery.target.name)}: {delivery.state} ({delivery.action})")
