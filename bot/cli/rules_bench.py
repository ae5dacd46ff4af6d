"""`monazite rules bench`: how fast rules are compiled and scored with, and which terms cost most."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from bot.tune.rules_bench import Figure
    from bot.tune.term_cost import GateUse, TermCost
    from bot.types.rules import Rulebook

HELP = """Measure how fast the rule files are compiled, reloaded and scored with, each figure beside its goal, and say
which terms cost most time in the texts of the files' own tests.

Times are processor time, medians of several runs. A candidate is a place where a word of a term stands; it is useless
when no mention comes of it.

\b
Examples:
  monazite rules bench
  monazite rules bench --rounds 5 --terms 50 --json
"""

_SHOWN = 40  # characters of a term


def register(app: typer.Typer) -> None:
    """Add the command to `monazite rules`."""
    app.command("bench", help=HELP)(bench)


def bench(
    rules: Path = typer.Option(
        None, "--rules", metavar="DIR", help="Folder of rule files; default: the one of the settings."
    ),
    rounds: int = typer.Option(3, "--rounds", min=1, metavar="N", help="Runs of each figure; the median counts."),
    stories: int = typer.Option(400, "--stories", min=1, metavar="N", help="Test texts that are read to be scored."),
    archive: int = typer.Option(
        0, "--archive", min=0, metavar="N", help="Also replay an archive of so many documents, made up for this."
    ),
    terms: int = typer.Option(20, "--terms", min=0, metavar="N", help="Terms that are shown."),
    as_json: bool = typer.Option(False, "--json", help="One JSON document on stdout, for scripts."),
) -> int:
    """Measure how fast the rule files are compiled, reloaded and scored with, and which terms cost most."""
    from bot import app
    from bot.cli import _context
    from bot.tune import rules_bench as tune
    from bot.tune.term_cost import term_costs

    folder = _context.rules_folder(rules)
    rulebook = app.load_rules(folder)
    figures: list[Figure] = []
    for figure in chain(_figures(folder, rulebook, rounds, stories), _replays(rulebook, archive)):
        figures.append(figure)
        if not as_json:
            _context.console().print(_line(figure), markup=False, soft_wrap=True)
    gate, costs = term_costs(rulebook.lexicon, tune.own_texts(rulebook))
    wasteful = sorted((cost for cost in costs if cost.useless), key=lambda cost: (-cost.useless, cost.rule))[:terms]
    if as_json:
        _context.print_json(
            {
                "figures": [_fields(figure) for figure in figures],
                "gate": gate,
                "slowest": costs[:terms],
                "wasteful": wasteful,
            }
        )
    else:
        _say_terms(gate, costs[:terms], wasteful)
    return 0


def _figures(folder: Path, rulebook: Rulebook, rounds: int, stories: int) -> Iterator[Figure]:
    """All figures with or without a goal, in the order in which they are shown; further ones have their place here."""
    from bot import app
    from bot.rulebook.load import Shelf, load
    from bot.tune import rules_bench as tune

    plugins, concept = app.plugins(), tune.widest(rulebook.lexicon)
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "rules"
        shutil.copytree(folder, copy)
        file = copy / concept.place.path
        text = file.read_text(encoding="utf-8")

        def edit(number: int) -> None:
            file.write_text(tune.with_word(text, concept, number), encoding="utf-8")

        shelf = Shelf(plugins)
        yield from tune.loading(lambda: load(folder, plugins), edit, lambda: shelf.load(copy), rounds)
    yield from tune.compiling(rulebook.lexicon, rounds)
    yield from tune.scoring(tune.read_stories(rulebook, app.make_reader(rulebook), stories), rulebook, rounds)


def _replays(rulebook: Rulebook, documents: int) -> Iterator[Figure]:
    """Replays of an archive that is thrown away afterwards, on a database of its own."""
    if not documents:
        return
    from bot import app
    from bot.storage import connect, upgrade
    from bot.tune.archive.filling import fill, replays
    from bot.types.settings import Settings

    with tempfile.TemporaryDirectory() as name, connect(Settings(data=Path(name), rules=Path(name))) as database:
        upgrade(database)
        reader = app.make_reader(rulebook)
        fill(database, rulebook, reader, documents=documents, now=datetime.now(UTC))
        yield from replays(database, rulebook, now=datetime.now(UTC))


def _fields(figure: Figure) -> dict[str, Any]:
    return {
        "what": figure.what,
        "value": figure.value,
        "unit": figure.unit,
        "goal": figure.goal,
        "verdict": figure.verdict,
        "times": figure.times,
        "beside": figure.beside,
    }


def _line(figure: Figure) -> str:
    value = f"{figure.value:.3f}" if figure.unit == "s" else f"{figure.value:,.0f}"
    bound = "<" if figure.unit == "s" else ">="
    goal = f"  goal {bound} {figure.goal:,g} {figure.unit}: {figure.verdict}" if figure.goal is not None else ""
    times = f"  x{figure.times:.1f} beside: {figure.beside}" if figure.times else ""
    return f"{figure.what:<42}{value:>10} {figure.unit:<9}{goal}{times}"


def _say_terms(gate: GateUse, slowest: Sequence[TermCost], wasteful: Sequence[TermCost]) -> None:
    from bot.cli import _context

    console = _context.console()
    console.print(
        f"\n{gate.texts} texts of rule tests: the gate opens for {gate.opened}, for {gate.in_vain} of them in vain; "
        f"{gate.candidates} candidates, {gate.useless} useless",
        markup=False,
        soft_wrap=True,
    )
    for title, costs in (("Slowest terms", slowest), ("Most useless candidates", wasteful)):
        if costs:
            console.print(f"\n{title}")
        for cost in costs:
            numbers = f"{1000 * cost.seconds:8.2f} ms {cost.candidates:>6} candidates {cost.useless:>6} useless"
            term = cost.term if len(cost.term) <= _SHOWN else f"{cost.term[:_SHOWN]}..."
            console.print(f"{numbers}  {cost.rule}  {term} ({cost.lang})", markup=False, soft_wrap=True)
