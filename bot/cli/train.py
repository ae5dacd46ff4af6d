"""`monazite train`: learn how new steps read, from labelled texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.cli._lines import Job
    from bot.tune.analyze import Line
    from bot.tune.evaluate import Figures
    from bot.tune.train import Sample
    from bot.types.rules import Rulebook

HELP = """Learn from labelled texts how new steps read, and write the learned reader into a folder.

Lines are those of `eval`. The shipped reader is made of the shipped lines; add yours behind them and name the folder
in settings.toml (reader.model) to use what was learned. The same lines and rules give the same files.

\b
Examples:
  monazite train $(monazite train --where)/examples.jsonl ours.jsonl --out our-reader
  monazite train labelled.jsonl --folds
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("train", help=HELP)(train)


def train(
    files: list[str] = typer.Argument(None, metavar="FILE ...", help="Labelled JSON Lines; - is standard input."),
    *,
    out: Path = typer.Option(None, "--out", metavar="DIR", help="Where to write; made when it is not there."),
    folds: bool = typer.Option(False, "--folds", help="Measure instead: learn from 5 of 6 parts, judge the sixth."),
    rules: Path = typer.Option(None, "--rules", metavar="DIR", help="Rule folder; default: that of the settings."),
    as_json: bool = typer.Option(False, "--json", help="With --folds: one JSON object instead of tables."),
    where: bool = typer.Option(False, "--where", help="Print the folder of the shipped reader, and leave."),
    jobs: int = typer.Option(1, "--jobs", "-j", min=1, metavar="N", help="Processes that read texts."),
    progress: bool = typer.Option(False, "--progress", help="Show a bar on stderr."),
) -> None:
    """Learn from labelled texts how new steps read, and write the learned reader into a folder."""
    from datetime import UTC, datetime
    from importlib.util import find_spec

    from bot.cli import _context, _lines
    from bot.errors import InputError
    from bot.understand.learned import model

    if where:
        print(model.SHIPPED)
        return
    if not files or folds == (out is not None):
        raise typer.BadParameter("name FILE and either --out DIR or --folds")
    if find_spec("sklearn") is None:
        raise InputError("training needs scikit-learn: pip install 'monazite[train]'")
    job = _lines.Job(
        rules=_context.rules_folder(rules), reader=_context.reader_settings("words"), now=datetime.now(UTC)
    )
    rulebook, _ = _lines.tools(job.rules, job.reader)
    lines, samples = _samples(files, job, rulebook, jobs=jobs, progress=progress)
    if folds:
        _measure(samples, rulebook, as_json=as_json)
    else:
        _write(lines, samples, rulebook, job.reader.encoder, out)


def _samples(
    files: Sequence[str], job: Job, rulebook: Rulebook, *, jobs: int, progress: bool
) -> tuple[list[Line], list[Sample]]:
    """Every line, read and encoded.

    Raises:
        InputError: A line cannot be read: what is learned must be what was given.
    """
    from bot.cli import _lines
    from bot.errors import InputError
    from bot.tune.train import sample

    concepts = rulebook.lexicon.by_id()
    lines, samples = [], []
    results = _lines.spread(_lines.encoded, _lines.lines_in(files), job, jobs=jobs)
    for result in _lines.watched(results, shown=progress, what="train"):
        if isinstance(result, _lines.Bad):
            raise InputError(f"line with id {result.id!r}: {result.error}")
        line, document, reading, full, encoding = result
        samples.append(sample(line, document, reading, full=full, encoding=encoding, concepts=concepts))
        lines.append(line)
    return lines, samples


def _measure(samples: Sequence[Sample], rulebook: Rulebook, *, as_json: bool) -> None:
    """Tables over texts that were judged by what was learned from the others."""
    from bot.cli import _context, evaluate
    from bot.tune import evaluate as tune
    from bot.tune.analyze import judged
    from bot.tune.train import held_out
    from bot.types.kinship import kinship

    kin = kinship(rulebook.lexicon)
    readings = held_out(samples, rulebook.lexicon.by_id(), kin)
    cases = [
        tune.Judged(
            gold=item.gold,
            analysis=judged(item.document, reading, rulebook),
            lang=item.document.lang_hint or reading.lang,
            story=item.document.id,
        )
        for item, reading in zip(samples, readings, strict=True)
    ]
    languages: Sequence[Figures] = tune.by_language(cases, kin)
    if as_json:
        _context.print_json({"languages": [tune.plain_figures(f) for f in languages]})
    else:
        evaluate.show_figures(languages)


def _write(lines: Sequence[Line], samples: Sequence[Sample], rulebook: Rulebook, encoder: str, out: Path) -> None:
    import json

    from bot.cli import _context
    from bot.errors import InputError
    from bot.tune.train import data_hash, learn
    from bot.types.kinship import kinship
    from bot.understand.learned import model

    about = {"encoder": encoder, "texts": len(samples), "data": data_hash(lines), "rules": rulebook.lexicon.hash}
    learned = learn(samples, rulebook.lexicon.by_id(), kinship(rulebook.lexicon), about=about)
    try:
        model.save(learned, out)
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (out / model.EXAMPLES_FILE).write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{out}: {error.strerror or error}") from error
    _context.console(stderr=True).print(f"learned from {len(samples)} texts; written to {out}")
