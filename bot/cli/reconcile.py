"""`monazite reconcile`: after a restore, look up what was sent before anything is sent again."""

from __future__ import annotations

from datetime import UTC, datetime

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("reconcile", help=reconcile.__doc__)(reconcile)


def reconcile(
    since: str = typer.Option(..., "--since", metavar="TIME", help="When the backup was made, like 2026-11-29T14:00Z."),
) -> int:
    """After a backup was restored: send nothing before it is known what was sent since.

    `monazite run` sees by itself that its database is older than the data folder says. Use this when the data folder is
    new or came out of the backup too. Stop the bot, restore, run this, start the bot.

    Example: monazite reconcile --since 2026-11-29T14:00Z
    """
    from bot import app as root
    from bot.cli import _context
    from bot.pipeline import expect_sent

    try:
        start = datetime.fromisoformat(since)
    except ValueError:
        message = f"{since!r} is no time; write it like 2026-11-29T14:00Z"
        raise typer.BadParameter(message, param_hint="--since") from None
    start = start.replace(tzinfo=UTC) if start.tzinfo is None else start.astimezone(UTC)
    if start > root.SystemClock().now():
        raise typer.BadParameter(f"{since} lies ahead", param_hint="--since")
    with root.open_rig(_context.settings(log_level="warning"), children=False) as rig:
        seen = expect_sent(rig, start)
    there = f"Before the next message, the bot looks up what was sent since {start:%Y-%m-%d %H:%M} UTC in: "
    none = "No channel can be looked into. What waited when the backup was made may come once more."
    _context.console().print(there + ", ".join(seen) if seen else none, markup=False)
    return 0
