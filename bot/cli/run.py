"""`monazite run` and `monazite worker`: watch until told to stop."""

from __future__ import annotations

import os
import signal
import sys
import threading
from types import FrameType

import typer


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("run", help=run.__doc__)(run)
    app.command("worker", help=worker.__doc__)(worker)


def run() -> int:
    """Watch the sources, send alerts and digests, until SIGTERM or Ctrl-C.

    Without SLACK_BOT_TOKEN and SMTP_URL, messages go to this console. On the first signal the bot finishes what it
    holds and leaves; a second one ends it at once, which loses nothing either.

    Example: SLACK_BOT_TOKEN=xoxb-... monazite run
    """
    return _work(scheduler=True)


def worker() -> int:
    """Join a running bot from another host: take tasks from its database, without a scheduler.

    Example: DATABASE_URL=postgresql://bot@db/monazite monazite worker
    """
    return _work(scheduler=False)


def _work(*, scheduler: bool) -> int:
    from bot import app as root
    from bot.cli import _context

    settings = _context.settings()
    stop = threading.Event()

    def on_signal(number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            os._exit(128 + number)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    left = root.run_bot(settings, stop, scheduler=scheduler)
    if left:
        # Threads that nobody can end still hold those tasks: flush and go.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
    return 0
