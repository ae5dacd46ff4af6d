"""The real program as a child process, in a small world of its own: a feed, a Slack, a database, rule files."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from bot.config import shipped_rules

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 60.0  # seconds that any awaited thing may take on a slow machine

ROUTES = """\
kind: routes
channels:
  desk: {{slack: "#desk"}}
  operations: {{slack: "#operations"}}
routes:
  - {{id: desk, if: {{band: alert+}}, send: desk}}
  - {{id: weekly, if: {{band: digest+}}, send: weekly}}
  - {{id: catch-all, if: {{band: archive+}}, send: archive}}
stories: {{hold: 1s, at_most: 50}}
silences: []
digests:
  weekly:
    when: mon 07:30
    zone: Europe/Amsterdam
    to: [{{who: desk@example.org}}]
    audit_sample: 1
operations: operations
tests:
  - {{alert: {{band: alert}}, goes_to: [desk, weekly, archive]}}
"""
SOURCES = """\
kind: sources
sources:
  - {{id: wire, kind: feed, url: "{url}", publisher: Test Wire, jurisdiction: GB, languages: [en],
     authority: wire, reliability: B, every: 30s, enabled: yes, why: the only source of this test,
     page: {{when: {page}}}}}
"""


def feed(*items: tuple[str, str], link: str = "") -> str:
    """RSS 2.0 with items (title, text) published now; the title is the identity, `link` where all of them lead."""
    now = format_datetime(datetime.now(UTC))
    rows = "".join(
        f"<item><title>{escape(title)}</title><link>{link or f'https://wire.example/{abs(hash(title))}'}</link>"
        f"<guid>{escape(title)}</guid><pubDate>{now}</pubDate><description>{escape(text)}</description></item>"
        for title, text in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{rows}</channel></rss>'


def rules(folder: Path, *, url: str, page: str = "never") -> Path:
    """The shipped words and rules, with one source and one desk."""
    shutil.copytree(shipped_rules(), folder, ignore=shutil.ignore_patterns("sources", "routes.yml", "schema", "local"))
    (folder / "sources").mkdir()
    (folder / "sources" / "test.yml").write_text(SOURCES.format(url=url, page=page), encoding="utf-8")
    (folder / "routes.yml").write_text(ROUTES.format(), encoding="utf-8")
    return folder


class Bot:
    """One `monazite` process; its output goes to a file that a failing test can show."""

    def __init__(self, *arguments: str, environ: dict[str, str], log: Path) -> None:
        self.log = log
        self._out = log.open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "PYTHONPATH": str(ROOT), **environ},
            stdout=self._out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait_until(self, holds: Callable[[], bool], what: str) -> None:
        """Poll until something holds.

        Raises:
            AssertionError: It did not within `DEADLINE`, or the process ended before.
        """
        patience = threading.Event()
        for _ in range(int(DEADLINE / 0.05)):
            if holds():
                return
            assert self.process.poll() is None, f"the bot ended while waiting for {what}:\n{self.said()}"
            patience.wait(0.05)
        raise AssertionError(f"never: {what}\n{self.said()}")

    def terminate(self) -> int:
        """SIGTERM, and the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=DEADLINE)

    def kill(self) -> None:
        """SIGKILL, to this process only: its children notice by themselves."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=DEADLINE)

    def said(self) -> str:
        """Everything it wrote so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def started(*arguments: str, environ: dict[str, str], log: Path) -> Iterator[Bot]:
    """A process that does not outlive the test."""
    bot = Bot(*arguments, environ=environ, log=log)
    try:
        yield bot
    finally:
        bot.kill()
        bot._out.close()
