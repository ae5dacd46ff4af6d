"""`monazite bench`: how fast the bot is, beside what a user would write otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.tune.bench import Row
    from bot.types.rules import Rulebook

HELP = """Measure speed against what a user would write otherwise, both sides in one run.

`understand` reads texts: the gate, words alone, words with the learned reader, beside spaCy with a PhraseMatcher of
the same terms. `poll` polls made-up feeds, of which 95 % are as they were, beside feedparser and a PhraseMatcher over
every body: first without network and storage, then as it really runs, with a server and a database on this machine.
Figures are processor time, best of three; trust the ratios of one run, not figures of two machines.

\b
Examples:
  monazite bench understand
  monazite bench understand --texts news.jsonl.gz --json
  monazite bench poll --count 1000
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bench", help=HELP)(bench)


def bench(
    what: str = typer.Argument(..., metavar="understand|poll", help="What to measure."),
    *,
    texts: Path | None = typer.Option(
        None, "--texts", metavar="FILE", help="JSON Lines with lang, title, text; may be .gz."
    ),
    count: int = typer.Option(150, "--count", min=15, metavar="N", help="Made-up texts (no file named), or feeds."),
    rules: Path = typer.Option(None, "--rules", metavar="DIR", help="Rule folder; default: that of the settings."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object instead of lines."),
) -> None:
    """Measure speed against what a user would write otherwise, both sides in one run."""
    from bot import app
    from bot.cli import _context
    from bot.errors import InputError
    from bot.tune import bench as tune

    if what not in ("understand", "poll"):
        raise typer.BadParameter("what can be measured is: understand, poll")
    rulebook = app.load_rules(_context.rules_folder(rules))
    if what == "poll":
        _poll(rulebook, count, as_json=as_json)
        return
    lexicon = rulebook.lexicon
    settings = _context.reader_settings()
    try:
        chosen = tune.recorded(texts) if texts else tune.made_up(count)
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{texts}: {error}") from error
    if not chosen:
        raise InputError(f"{texts}: holds no text in a language that is read")
    size = sum(len(text.document.full) for text in chosen) / len(chosen)
    terms = sum(len(concept.terms) for concept in lexicon.concepts)
    rows = [tune.memory(lexicon, settings)]  # before the other side fills the memory
    if not as_json:
        _context.console().print(f"{terms} terms, {len(chosen)} texts of {size:.0f} characters")
        _say(rows[0])
    for row in tune.understand(lexicon, chosen, settings):
        rows.append(row)
        if not as_json:
            _say(row)
    if as_json:
        _context.print_json({"terms": terms, "texts": len(chosen), "characters": round(size), "rows": rows})


def _poll(rulebook: Rulebook, count: int, *, as_json: bool) -> None:
    from bot.cli import _context, _polling

    _context.settings(log_level="error")  # a line per poll would be part of what is measured
    rows = []
    for row in _polling.rows(rulebook, count):
        rows.append(row)
        if not as_json:
            _say(row)
    if as_json:
        _context.print_json({"feeds": count, "rows": rows})


def _say(row: Row) -> None:
    from bot.cli import _context

    times = f"   x{row.times:.1f}" if row.times else ""
    value = f"{row.value:.2f}" if row.unit == "s" else f"{row.value:.0f}"
    _context.console().print(f"{row.what:<46}{value:>10} {row.unit}{times}")
