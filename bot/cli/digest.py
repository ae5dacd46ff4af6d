"""`monazite digest`: render or send the weekly digest."""

from __future__ import annotations

import re
from pathlib import Path

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("digest", help=digest.__doc__)(digest)


def digest(
    week: str = typer.Option("", "--week", metavar="YYYY-Www", help="ISO week; default: the last full one."),
    out: Path = typer.Option(Path("digest"), "--out", metavar="DIR", help="Folder for digest.html, .txt and .eml."),
    plan: str = typer.Option("", "--plan", help="Digest of routes.yml; default: the only one."),
    locale: str = typer.Option("", "--locale", help="Language of the reader; default: that of the first reader."),
) -> int:
    """Render the digest of a week as HTML, text and mail, without sending anything.

    Example: monazite digest --week 2026-W02 --out /tmp/digest
    """
    from bot import app as root
    from bot.cli import _context
    from bot.deliver import render_digest, write_digest
    from bot.pipeline import gather_week
    from bot.pipeline.weeks import newest_week

    if week and not re.fullmatch(r"\d{4}-W(0[1-9]|[1-4]\d|5[0-3])", week):
        raise typer.BadParameter(f"{week!r} is no ISO week; write it like 2026-W02")
    with root.open_rig(_context.settings(log_level="warning"), children=False) as rig:
        plans = rig.rulebook.routing.digests
        if not plans:
            raise typer.BadParameter("routes.yml has no `digests:`")
        if plan and plan not in plans:
            raise typer.BadParameter(f"there is no digest {plan!r}; known: {', '.join(plans)}")
        chosen = plans[plan] if plan else next(iter(plans.values()))
        with rig.database.transaction() as tx:
            content = gather_week(rig, tx, chosen, week or newest_week(chosen, rig.clock.now()))
    message = render_digest(content, locale or (chosen.to[0].locale if chosen.to else "en"))
    files = write_digest(message, out)
    _context.console().print(f"{message.summary}\n" + "\n".join(str(path) for path in files), markup=False)
    return 0
