"""`monazite analyze`: texts in, one JSON line each out."""

from __future__ import annotations

from pathlib import Path

import typer

HELP = """Say what texts state, how much they matter and why: one JSON line per text, in the order of the input.

A line needs "id", "title" and "text"; "url", "lang", "published", "publisher", "source_kind" and
"source_jurisdiction" help. A line that cannot be read is answered with {"id": ..., "error": ...}, and the exit
code is 1 at the end.

\b
Examples:
  monazite analyze articles.jsonl > answers.jsonl
  echo '{"id": 1, "title": "China bans gallium exports", "text": ""}' | monazite analyze -
  monazite analyze --jobs 4 --progress archive/*.jsonl | jq 'select(.band == "urgent") | .headline'
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("analyze", help=HELP)(analyze)


def analyze(
    files: list[str] = typer.Argument(None, metavar="[FILE ...|-]", help="JSON Lines; - or nothing is standard input."),
    rules: Path = typer.Option(None, "--rules", metavar="DIR", help="Rule folder; default: that of the settings."),
    lang: str = typer.Option("", "--lang", metavar="CODE", help="Read every text in this language."),
    reader: str = typer.Option("", "--reader", metavar="words|full", help="Words alone, or with the learned reader."),
    jobs: int = typer.Option(1, "--jobs", "-j", min=1, metavar="N", help="Processes."),
    progress: bool = typer.Option(False, "--progress", help="Show a bar on stderr."),
) -> None:
    """Say what texts state, how much they matter and why: one JSON line per text, in the order of the input."""
    import json
    import sys
    from datetime import UTC, datetime

    from bot.cli import _context, _lines

    job = _lines.Job(
        rules=_context.rules_folder(rules),
        reader=_context.reader_settings(reader),
        now=datetime.now(UTC),
        lang=lang or None,
    )
    _lines.tools(job.rules, job.reader)  # a broken rule set is told once, before any text
    bad = False
    answers = _lines.spread(_lines.answered, _lines.lines_in(files or []), job, jobs=jobs)
    for answer in _lines.watched(answers, shown=progress, what="analyze"):
        text = answer
        if isinstance(answer, _lines.Bad):
            bad = True
            text = json.dumps({"id": answer.id, "error": answer.error}, ensure_ascii=False)
        sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
    if bad:
        raise typer.Exit(1)
