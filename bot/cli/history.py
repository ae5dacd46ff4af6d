"""`monazite rules backtest` and `diff`: what a change of rules means for what was already read."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli._rules import UNREADABLE, JsonOption, RulesOption, SinceOption, beginning, loaded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.storage import Database, Transaction
    from bot.tune.archive.backtest import Backtest
    from bot.tune.refs import Refs
    from bot.types.ports import Reader
    from bot.types.rules import Rulebook
    from bot.types.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("backtest", help=backtest.__doc__)(backtest)
    app.command("diff", help=diff.__doc__)(diff)


def backtest(
    since: SinceOption = "90d",
    against: Annotated[
        str,
        typer.Option(
            "--against",
            metavar="REF",
            help="Compare with: in-force, shipped, a folder, a hash as on alerts, or a git revision.",
        ),
    ] = "in-force",
    drafts: Annotated[
        list[Path] | None,
        typer.Option("--with", metavar="FILE", help="As if this draft in local/ were live; may be repeated."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Stories listed per direction.")] = 20,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> int:
    """Replay the archive: which alerts these rule files would have gained and lost, for whom, and what readers said.

    Nothing is sent or written. Texts are read again only where words changed.

    Exit code 1 says that an alert which readers found useful would be lost.

    Examples: monazite rules backtest --since 90d --against in-force;
    monazite rules backtest --with rules/local/fit-2026-11-29.yml
    """
    from bot.cli import _context

    began = beginning(since)
    settings = _context.settings(log_level="warning")
    folder = _context.rules_folder(rules)
    with _context.archive(settings) as database:
        after = _tried(folder, drafts) if drafts else loaded(folder, as_json=as_json)
        if after is None:
            return UNREADABLE
        before = _refs(folder, database.transaction).find(against)
        started = time.monotonic()
        found = _replayed(database, before, after, began, settings)
        seconds = time.monotonic() - started
    lost_useful = [moved for moved in found.lost if moved.labels.useful]
    if as_json:
        _context.print_json(_plain(found, against=against, seconds=seconds) | {"ok": not lost_useful})
    else:
        from bot.cli import _history_views as views

        views.show_backtest(_context.console(), found, against=against, seconds=seconds, limit=limit)
    return 1 if lost_useful else 0


def diff(
    span: Annotated[
        str, typer.Argument(metavar="A..B", help="Two rule sets; B alone or nothing: the rule folder against in-force.")
    ] = "",
    since: Annotated[
        str, typer.Option("--since", metavar="SPAN|DATE", help="Also replay the archive: 90d, 12w or a day.")
    ] = "",
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> int:
    """Say what differs between two rule sets in meaning: words, points, conditions, routes; with --since, in stories.

    A set is a folder, `shipped`, `in-force`, a hash as it stands on alerts, or a git revision. Exits with 1 when they
    differ.

    Example: monazite rules diff main..rules
    """
    from bot.cli import _context
    from bot.tune.diff import differences

    began = beginning(since) if since else None
    folder = _context.rules_folder(rules)
    first, _, second = span.partition("..") if ".." in span.strip(".") else ("", "", span)
    settings = _context.settings(log_level="warning")
    result = None
    with _lazily(settings) as archive:
        refs = _refs(folder, lambda: archive().transaction())
        before = refs.find(first or "in-force")
        after = refs.find(second or str(folder))
        found = differences(before, after)
        if began is not None:
            result = _replayed(archive(), before, after, began, settings)
    if as_json:
        data: dict[str, Any] = {"ok": not found, "before": before.hash, "after": after.hash, "differences": found}
        _context.print_json(data | ({"backtest": _plain(result)} if result else {}))
    else:
        from bot.cli import _history_views as views

        views.show_differences(_context.console(), found, before.hash, after.hash)
        if result is not None:
            views.show_backtest(_context.console(), result, against=first or "in-force")
    return 1 if found else 0


@contextmanager
def _lazily(settings: Settings) -> Iterator[Callable[[], Database]]:
    """The archive, opened when it is first asked for: folders and revisions need none."""
    from contextlib import ExitStack

    from bot.cli import _context

    with ExitStack() as stack:
        opened: list[Database] = []

        def archive() -> Database:
            if not opened:
                opened.append(stack.enter_context(_context.archive(settings)))
            return opened[0]

        yield archive


def _tried(folder: Path, drafts: Sequence[Path]) -> Rulebook:
    """The rule set of the folder, with some drafts in force."""
    from bot.app import load_rules
    from bot.tune.trial import switched_on

    return switched_on(folder, drafts, load_rules)


def _refs(folder: Path, archive: Callable[[], AbstractContextManager[Transaction]]) -> Refs:
    from bot.app import load_rules
    from bot.config import shipped_rules
    from bot.tune.refs import Refs

    return Refs(folder, load_rules, shipped=shipped_rules(), archive=archive)


def _replayed(database: Database, before: Rulebook, after: Rulebook, began: datetime, settings: Settings) -> Backtest:
    from bot.app import make_reader
    from bot.tune.archive.backtest import backtest as replay

    def reader() -> Reader:
        return make_reader(after, settings.reader)

    with database.transaction() as tx, _bar() as progress:
        return replay(tx, before, after, span=(began, datetime.now(UTC)), reader=reader, progress=progress)


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on stderr while a person waits."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress

    from bot.cli import _context

    with Progress(console=_context.console(stderr=True), transient=True) as progress:
        task = progress.add_task("stories", total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)


def _plain(found: Backtest, **more: Any) -> dict[str, Any]:
    """What scripts want to know of a backtest."""
    return {
        "since": found.start,
        "until": found.end,
        "documents": found.documents,
        "stories": found.stories,
        "weighed": found.weighed,
        "read_again": found.read_again,
        "bands": {band: [found.before[band], found.after[band]] for band in (*found.before, *found.after)},
        "gained": found.gained,
        "lost": found.lost,
        "shifted": found.shifted,
        "weeks": found.weeks,
    } | more
