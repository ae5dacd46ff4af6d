"""`monazite eval`: how well rules and reader do on labelled texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from bot.cli._lines import Job
    from bot.tune.evaluate import Figures, Judged, Miss, Share

HELP = """Measure recall, precision, event slots and stories on labelled texts, per language and in all.

Lines are those of `analyze`, with "label" (alert, context or irrelevant) and, where they tell a step, "event"
and "story". The exit code says nothing about quality: it is 1 only when a line could not be read.

\b
Examples:
  monazite eval labelled.jsonl --show misses
  monazite eval labelled.jsonl --lang nl,de --by trap
  monazite eval labelled.jsonl --json | jq '.languages[] | {name, alert_recall}'
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("eval", help=HELP)(evaluate)


def evaluate(
    file: str = typer.Argument(..., metavar="FILE", help="Labelled JSON Lines; - is standard input."),
    *,
    rules: Path = typer.Option(None, "--rules", metavar="DIR", help="Rule folder; default: that of the settings."),
    lang: str = typer.Option("", "--lang", metavar="CODES", help="Only texts labelled with these languages: en,nl,de."),
    show: str = typer.Option("", "--show", metavar="misses", help="`misses` lists every miss with its reason."),
    by: str = typer.Option("", "--by", metavar="trap", help="`trap` adds a table per kind of difficulty."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object instead of tables."),
    reader: str = typer.Option("", "--reader", metavar="words|full", help="Words alone, or with the learned reader."),
    jobs: int = typer.Option(1, "--jobs", "-j", min=1, metavar="N", help="Processes."),
    progress: bool = typer.Option(False, "--progress", help="Show a bar on stderr."),
) -> None:
    """Measure recall, precision, event slots and stories on labelled texts, per language and in all."""
    import time
    from datetime import UTC, datetime

    from bot.cli import _context, _lines
    from bot.tune import evaluate as tune
    from bot.types.kinship import kinship

    if show not in {"", "misses"} or by not in {"", "trap"}:
        raise typer.BadParameter("--show takes misses, --by takes trap")
    job = _lines.Job(rules=_context.rules_folder(rules), reader=_context.reader_settings(reader), now=datetime.now(UTC))
    rulebook, _ = _lines.tools(job.rules, job.reader)
    started = time.monotonic()
    judged, errors = _judged(file, job, {part.strip() for part in lang.split(",") if part.strip()}, jobs, progress)
    seconds = time.monotonic() - started
    kin = kinship(rulebook.lexicon)
    languages = tune.by_language(judged, kin)
    traps = tune.by_trap(judged, kin) if by else ()
    missed = tune.misses(judged) if show else ()
    speed = len(judged) / seconds if seconds else 0.0
    if as_json:
        _context.print_json(
            {
                "languages": [tune.plain_figures(f) for f in languages],
                "traps": [tune.plain_figures(f) for f in traps],
                "misses": missed,
                "documents_per_second": round(speed, 1),
                "errors": errors,
            }
        )
    else:
        show_figures(languages, traps, missed)
        _context.console().print(f"{languages[-1].documents} texts, {speed:.0f} a second")
    if errors:
        raise typer.Exit(1)


def _judged(file: str, job: Job, langs: set[str], jobs: int, progress: bool) -> tuple[list[Judged], int]:
    """Every labelled text with its analysis and its story; and how many lines could not be read."""
    from bot.cli import _lines
    from bot.errors import InputError
    from bot.tune import evaluate as tune
    from bot.tune.analyze import judged as analysis_of
    from bot.tune.replay import replay, story_rows

    rulebook, _ = _lines.tools(job.rules, job.reader)
    read, errors = [], 0
    lines = (raw for raw in _lines.lines_in([file]) if not langs or _lines.labelled(raw, langs))
    results = _lines.spread(_lines.read, lines, job, jobs=jobs)
    for result in _lines.watched(results, shown=progress, what="eval"):
        if isinstance(result, _lines.Bad):
            _lines.complain(result)
            errors += 1
            continue
        line, document, reading = result
        try:
            read.append((line, tune.gold_of(line), document, reading))
        except InputError as error:
            _lines.complain(_lines.Bad(id=line.get("id"), error=str(error)))
            errors += 1
    desk = replay([(document, reading) for _, _, document, reading in read], rulebook)
    homes = {row["id"]: row["story"] for row in story_rows(desk)}
    judged = [
        tune.Judged(
            gold=gold,
            analysis=analysis_of(document, reading, rulebook),
            lang=str(line.get("lang") or reading.lang),
            story=homes[document.id],
        )
        for line, gold, document, reading in read
    ]
    return judged, errors


def show_figures(languages: Sequence[Figures], traps: Sequence[Figures] = (), missed: Sequence[Miss] = ()) -> None:
    """Tables of bands and of steps, and the misses in words."""
    from rich.markup import escape

    from bot.cli import _context

    console = _context.console()
    console.print(_table("Bands", "language", languages, _BANDS))
    console.print(_table("Steps and stories (labelled alerts)", "language", languages, _SLOTS))
    if traps:
        console.print(_table("Bands by trap", "trap", traps, _BANDS))
    for miss in missed:
        console.print(
            f"[bold]{miss.kind}[/] {escape(miss.id)} ({escape(miss.lang)}, {miss.label}, {miss.band} {miss.score:g})"
            f" {escape(miss.title)}\n    {escape(miss.why)}"
        )


_BANDS = (
    ("alerts found", "alert_recall"),
    ("alerts right", "alert_precision"),
    ("context alerted", "context_alerted"),
    ("irrelevant alerted", "irrelevant_alerted"),
    ("irrelevant above archive", "irrelevant_above_archive"),
)
_SLOTS = (
    ("measure family", "measure_family"),
    ("imposer", "imposer"),
    ("direction", "direction"),
    ("targets", "targets"),
    ("stage", "stage"),
    ("language", "language"),
)


def _table(title: str, first: str, rows: Sequence[Figures], columns: Sequence[tuple[str, str]]) -> Table:
    from rich.table import Table

    from bot.tune.evaluate import OVERALL

    table = Table(title=title, title_justify="left")
    table.add_column(first)
    table.add_column("steps" if columns is _SLOTS else "texts", justify="right")
    for name, _ in columns:
        table.add_column(name, justify="right")
    slots = columns is _SLOTS
    if slots:
        table.add_column("goods F1", justify="right")
        table.add_column("stories B³", justify="right")
    for row in rows:
        shares: list[Share] = [getattr(row, key) for _, key in columns]
        cells = [row.name, str(row.measure_family.of if slots else row.documents)]
        cells += [_number(share.value) if slots else _counted(share) for share in shares]
        if slots:
            cells += [_number(row.goods_f1), _number(row.stories.f1 if row.stories else None)]
        table.add_row(*cells, style="bold" if row.name == OVERALL else None)
    return table


def _counted(share: Share) -> str:
    return f"{_number(share.value)} {share.hits}/{share.of}" if share.of else "-"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
