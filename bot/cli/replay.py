"""`monazite replay`: what would have been sent, and when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.types.document import Document
    from bot.types.reading import Reading

HELP = """Send dated texts through stories, scores and decisions as if they arrived when they were published.

Writes stories.jsonl (which story each text belongs to), decisions.jsonl (what was sent, held or dropped, when and
why) and summary.json (counts, alerts per day, seconds). Nothing is sent, and no database is touched.

\b
Example:
  monazite replay articles.jsonl --out replayed && jq . replayed/summary.json
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("replay", help=HELP)(replay)


def replay(
    file: str = typer.Argument(..., metavar="FILE", help="JSON Lines as for analyze; - is standard input."),
    out: Path = typer.Option(..., "--out", metavar="DIR", help="Where to write; made when it is not there."),
    rules: Path = typer.Option(None, "--rules", metavar="DIR", help="Rule folder; default: that of the settings."),
    reader: str = typer.Option("", "--reader", metavar="words|full", help="Words alone, or with the learned reader."),
    jobs: int = typer.Option(1, "--jobs", "-j", min=1, metavar="N", help="Processes that read texts."),
    progress: bool = typer.Option(False, "--progress", help="Show a bar on stderr."),
) -> None:
    """Send dated texts through stories, scores and decisions as if they arrived when they were published."""
    import json
    import time
    from datetime import UTC, datetime

    from bot.cli import _context, _lines
    from bot.errors import InputError
    from bot.tune import replay as tune

    started = time.monotonic()
    job = _lines.Job(rules=_context.rules_folder(rules), reader=_context.reader_settings(reader), now=datetime.now(UTC))
    rulebook, _ = _lines.tools(job.rules, job.reader)
    told: list[tuple[Document, Reading]] = []
    given: dict[str, object] = {}
    errors = 0
    results = _lines.spread(_lines.read, _lines.lines_in([file]), job, jobs=jobs)
    for result in _lines.watched(results, shown=progress, what="replay"):
        if isinstance(result, _lines.Bad):
            _lines.complain(result)
            errors += 1
        else:
            line, document, reading = result
            told.append((document, reading))
            given[document.id] = line["id"]
    desk = tune.replay(told, rulebook)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, rows in (("stories", tune.story_rows(desk, given)), ("decisions", tune.decision_rows(desk, given))):
            text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (out / f"{name}.jsonl").write_text(text, encoding="utf-8")
        summary = tune.summary(desk, seconds=time.monotonic() - started, errors=errors)
        (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{out}: {error.strerror or error}") from error
    console = _context.console(stderr=True)
    console.print(
        f"{summary['documents']} texts, {summary['stories']} stories, {summary['alerts']} alerts; written to {out}"
    )
    if errors:
        raise typer.Exit(1)
