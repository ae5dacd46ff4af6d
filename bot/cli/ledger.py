"""`monazite ledger list` and `export`: every decision, with its reason."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from bot.cli._rules import JsonOption, SinceOption, beginning

if TYPE_CHECKING:
    from bot.storage.ledger import LedgerFilter

app = typer.Typer(no_args_is_help=True, help="The ledger: every decision with its reason, as a table or a file.")

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
FORMATS = ("csv", "jsonl")

UntilOption = Annotated[
    str, typer.Option("--until", metavar="SPAN|DATE", help="Up to then; a day still counts. Default: now.")
]
ActionOption = Annotated[
    list[str] | None,
    typer.Option("--action", metavar="ACTION", help="send, update, thread, digest, hold, drop, joined ... Repeatable."),
]
ReasonOption = Annotated[
    list[str] | None, typer.Option("--reason", metavar="REASON", help="no-rule, below-digest, muted ... Repeatable.")
]
SourceOption = Annotated[
    list[str] | None, typer.Option("--source", metavar="ID", help="Source of the leading text. Repeatable.")
]
BandOption = Annotated[
    list[str] | None, typer.Option("--band", metavar="BAND", help="archive, digest, alert or urgent. Repeatable.")
]
SectorOption = Annotated[
    list[str] | None, typer.Option("--sector", metavar="ID", help="Stories that hit this sector. Repeatable.")
]


@app.command("list")
def list_lines(
    *,
    since: SinceOption = "7d",
    until: UntilOption = "",
    action: ActionOption = None,
    reason: ReasonOption = None,
    source: SourceOption = None,
    band: BandOption = None,
    sector: SectorOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="Lines at most, the newest.")] = 50,
    as_json: JsonOption = False,
) -> int:
    """List decisions, the newest first: what was sent, held, dropped, merged, and why.

    Exit code 1 says that there is none.

    Example: monazite ledger list --action drop --reason no-rule --since 7d
    """
    from bot.cli import _context
    from bot.cli._ledger_rows import show_ledger

    wanted = _wanted(since, until, (action, reason, source, band, sector))
    with _context.archive(_context.settings(log_level="warning")) as database, database.transaction() as tx:
        lines = tx.ledger.latest(wanted, limit=limit)
    if as_json:
        _context.print_json(lines)
    elif lines:
        console = _context.console()
        show_ledger(console, lines)
        if len(lines) == limit:
            console.print(f"The newest {limit} lines; --limit shows more, `monazite ledger export` all.", markup=False)
    else:
        hint = "`monazite ledger list --since 30d` looks further back; `monazite why URL` says what became of one item."
        _context.console().print(f"No line of the ledger is like that. {hint}", markup=False)
    return 0 if lines else 1


@app.command()
def export(
    *,
    since: SinceOption = "90d",
    until: UntilOption = "",
    action: ActionOption = None,
    reason: ReasonOption = None,
    source: SourceOption = None,
    band: BandOption = None,
    sector: SectorOption = None,
    form: Annotated[str, typer.Option("--format", metavar="csv|jsonl", help="How lines are written.")] = "csv",
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="File that is written; - is stdout.")] = "-",
    separator: Annotated[
        str, typer.Option("--separator", metavar="comma|semicolon|tab", help="Between the cells of a CSV file.")
    ] = "comma",
    excel: Annotated[bool, typer.Option("--excel", help="Begin CSV with a mark by which Excel knows UTF-8.")] = False,
) -> int:
    """Write one line per decision, oldest first: time, story, reason, points, rules, headline, messages.

    Cells that a spreadsheet would take for a formula are led by an apostrophe. A file is replaced as a whole, once all
    lines are written. Where Excel parts cells at semicolons, use --excel --separator semicolon.

    Example: monazite ledger export --since 2026-01-01 --until 2026-03-31 --excel --out ledger.csv
    """
    from bot.cli import _context
    from bot.cli._ledger_rows import write_csv, write_jsonl

    if form not in FORMATS:
        raise typer.BadParameter(f"{form!r} is no format; use csv or jsonl", param_hint="--format")
    if separator not in SEPARATORS:
        raise typer.BadParameter(f"{separator!r} is none of {', '.join(SEPARATORS)}", param_hint="--separator")
    wanted = _wanted(since, until, (action, reason, source, band, sector))
    settings = _context.settings(log_level="warning")
    with (
        _context.archive(settings) as database,
        _written(out) as file,
        database.transaction() as tx,
        closing(tx.ledger.lines(wanted)) as lines,
    ):
        if form == "csv":
            count = write_csv(lines, file, separator=SEPARATORS[separator], excel=excel)
        else:
            count = write_jsonl(lines, file)
    if out != "-":
        _context.console(stderr=True).print(f"{count} lines written to {out}.", markup=False)
    return 0


def _wanted(since: str, until: str, filters: tuple[list[str] | None, ...]) -> LedgerFilter:
    """Which lines are meant.

    Raises:
        typer.BadParameter: A date cannot be read, the end comes before the beginning, or there is no such band.
    """
    from bot.storage.ledger import LedgerFilter
    from bot.types.levels import Band

    actions, reasons, sources, bands, sectors = (tuple(one or ()) for one in filters)
    for name in bands:
        if name not in list(Band):
            raise typer.BadParameter(f"{name!r} is none of {', '.join(Band)}", param_hint="--band")
    start, end = beginning(since), None
    if until.strip():
        end = beginning(until, option="--until")
        if "-" in until:  # a day, which still counts
            end += timedelta(days=1)
        if end <= start:
            raise typer.BadParameter(f"{until} is before --since {since}", param_hint="--until")
    return LedgerFilter(
        since=start, until=end, actions=actions, reasons=reasons, sources=sources, bands=bands, sectors=sectors
    )


@contextmanager
def _written(out: str) -> Iterator[IO[str]]:
    """A file that takes the place of the old one once everything is written, or stdout.

    Raises:
        InputError: It cannot be written; the old file is as it was.
    """
    from bot.errors import InputError

    if out == "-":
        if isinstance(sys.stdout, io.TextIOWrapper):  # line ends stay as they are written
            sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="")
        yield sys.stdout
        return
    path = Path(out)
    if path.is_dir():
        raise InputError(f"{out} is a folder; name a file, such as {path / 'ledger.csv'}")
    made = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with made.open("x", encoding="utf-8", errors="replace", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
    except OSError as error:
        raise InputError(f"cannot write {out}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            made.unlink()
