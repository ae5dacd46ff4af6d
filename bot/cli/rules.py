"""`monazite rules`: check, test, explain and write rule files."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import history, learning
from bot.cli._rules import CLEAN, FINDINGS, UNREADABLE, JsonOption, RulesOption, beginning, loaded

if TYPE_CHECKING:
    from bot.errors import Problem
    from bot.tune.archive.reach import Reach
    from bot.tune.explain import Assess, Explanation
    from bot.tune.marked import CaseResult
    from bot.types.document import Document
    from bot.types.rules import Rulebook

HELP = """Check, test, explain and write rule files.

\b
Exit codes: 0 clean, 1 findings, 2 rules unreadable, 3 wrong arguments.
\b
Examples:
  monazite rules check --fix
  monazite rules test
  monazite rules coverage --lang nl,de
  monazite rules explain "China bans gallium exports to Japan" --sector wind
  monazite rules show rare-earths --expand nl
  monazite rules backtest --since 90d
  monazite rules diff in-force..rules
  monazite rules new concept bauxite
"""

app = typer.Typer(name="rules", help=HELP, no_args_is_help=True, rich_markup_mode="rich")


@app.command("check")
def check(
    rules: RulesOption = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="First mend tabs, blanks, misspelt keys, unquoted colons and outdated pins.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as findings too.")] = False,
    errors_only: Annotated[bool, typer.Option("--errors", help="Leave warnings out.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Say whether the rule files load, and what in them is hardly meant.

    Example: monazite rules check --fix --rules ./rules
    """
    from bot.app import plugins
    from bot.cli import _context
    from bot.rulebook.load import check as check_rules
    from bot.rulebook.mend import mend

    folder, known = _context.rules_folder(rules), plugins()
    mends = mend(folder, known) if fix and folder.is_dir() else ()
    problems = check_rules(folder, known)
    if errors_only:
        problems = tuple(problem for problem in problems if problem.severity == "error")
    code = _verdict(problems, strict=strict)
    if as_json:
        _context.print_json({"ok": code == CLEAN, "folder": str(folder), "mended": mends, "problems": problems})
        return code
    from rich.markup import escape

    from bot.cli import _rule_views as views

    console = _context.console()
    for note in mends:
        console.print(f"[cyan]mended[/] {escape(note.path)}:{note.line} {escape(note.what)}")
    views.show_problems(console, problems)
    console.print(views.counted(problems) if problems else f"{escape(str(folder))}: everything loads, nothing to say.")
    return code


def _loaded(rules: Path | None, *, as_json: bool) -> Rulebook | None:
    from bot.cli import _context

    return loaded(_context.rules_folder(rules), as_json=as_json)


def _verdict(problems: Sequence[Problem], *, strict: bool) -> int:
    if any(problem.code == "no-folder" for problem in problems):
        return UNREADABLE
    return FINDINGS if any(strict or problem.severity == "error" for problem in problems) else CLEAN


@app.command("test")
def run_tests(
    rules: RulesOption = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="ID", help="Only tests of this concept, sector or rule.")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show passed tests too.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Run every test that stands in the rule files; a miss is shown with its ledger.

    Example: monazite rules test --only export-ban
    """
    from bot.cli import _context

    rulebook = _loaded(rules, as_json=as_json)
    if rulebook is None:
        return UNREADABLE
    started = time.monotonic()
    results = tuple(_run_tests(rulebook, tuple(only or ())))
    seconds = time.monotonic() - started
    failed = [result for result in results if result.outcome == "failed"]
    if as_json:
        _context.print_json({"ok": not failed, "seconds": round(seconds, 3), "results": results})
    else:
        from bot.cli import _rule_views as views

        console = _context.console()
        views.show_results(console, results, verbose=verbose)
        console.print(views.results_line(results, seconds))
    return FINDINGS if failed else CLEAN


def _run_tests(rulebook: Rulebook, only: tuple[str, ...]) -> list[CaseResult]:
    """Results, with a progress bar on stderr while a person waits."""
    from bot.app import make_reader, text_assessor
    from bot.tune.marked import cases, route_tests, run_case
    from bot.types.kinship import Kinship

    rulebook = rulebook.of_everybody()
    chosen = [case for case in cases(rulebook) if not only or case.owner in only]
    ways = [result for result in route_tests(rulebook) if not only or result.owner in only]
    if only and not chosen and not ways:
        raise typer.BadParameter(f"nothing called {', '.join(only)} has tests")
    kin, reader = Kinship(rulebook.lexicon), make_reader(rulebook)
    assess = text_assessor(rulebook, reader)
    if not sys.stderr.isatty():
        return [*(run_case(case, kin, reader, assess) for case in chosen), *ways]
    from rich.progress import track

    from bot.cli import _context

    bar = track(chosen, description="rule tests", console=_context.console(stderr=True), transient=True)
    return [*(run_case(case, kin, reader, assess) for case in bar), *ways]


@app.command("explain")
def explain(
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT|URL|STORY",
            help="A text (the first paragraph is the title), - for standard input, or a story that the bot knows.",
        ),
    ],
    sector: Annotated[str | None, typer.Option("--sector", help="Look through the eyes of this sector.")] = None,
    why_not: Annotated[
        str | None, typer.Option("--why-not", metavar="BAND", help="What is missing for this band: alert, urgent ...")
    ] = None,
    source: Annotated[
        str, typer.Option("--source", metavar="KIND[:CODE]", help="Who says so, e.g. press, or official:CN.")
    ] = "press",
    published: Annotated[str | None, typer.Option("--published", metavar="DATE", help="Default: today.")] = None,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> int:
    """Show why a text scores what it scores, line by line, and what would lift it a band.

    Example: monazite rules explain "China bans gallium exports" --sector wind --why-not urgent
    """
    from bot.cli import _context
    from bot.tune import explain as tune
    from bot.types.levels import Band

    goal = _choice(why_not, [band.value for band in Band], "--why-not")
    known = _known_story(text)
    document = None if known else _text_to_explain(text, source, published)
    rulebook = _loaded(rules, as_json=as_json)
    if rulebook is None:
        return UNREADABLE
    lead, assess = _stored(known, rulebook) if known else _fresh(document, rulebook)
    try:
        found = tune.explain(lead, rulebook, assess, sector=sector, why_not=Band(goal) if goal else None)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--sector") from error
    if as_json:
        _context.print_json(_explained(found))
    else:
        from bot.cli import _rule_views as views

        views.show_explanation(_context.console(), found)
    return CLEAN


def _known_story(text: str) -> str:
    """The id or address of a story, when a person names one rather than writing a text."""
    word = text.strip()
    return word if re.fullmatch(r"https?://\S+|[sa]-\S+", word) else ""


def _text_to_explain(text: str, source: str, published: str | None) -> Document:
    from bot.tune.texts import text_document
    from bot.types.levels import Authority

    words = sys.stdin.read() if text == "-" else text
    if not words.strip():
        raise typer.BadParameter("there is no text to explain")
    kind, _, home = source.partition(":")
    _choice(kind, [authority.value for authority in Authority], "--source")
    # Of a few words nobody can tell the language; feeds say it, and here English is the best guess.
    return text_document(
        words, authority=Authority(kind), jurisdiction=home.upper(), published=_moment(published), lang="en"
    )


def _fresh(document: Document | None, rulebook: Rulebook) -> tuple[Document, Assess]:
    from bot.app import text_assessor

    assert document is not None, "a text is explained, or a story"  # noqa: S101 - one of both was found
    return document, text_assessor(rulebook)


def _stored(asked: str, rulebook: Rulebook) -> tuple[Document, Assess]:
    """A story of the archive as these rule files weigh it; what was read of it is taken as it is."""
    from bot.cli import _context
    from bot.pipeline import archived
    from bot.score import assess

    with _context.archive(_context.settings(log_level="warning")) as database, database.transaction() as tx:
        lead, told = archived(tx, asked)
    assessment = assess(told.story, told.readings, rulebook)
    return lead, lambda document: (told.readings[document.id], assessment)


def _choice(value: str | None, known: Sequence[str], option: str) -> str | None:
    if value is not None and value not in known:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(known)}", param_hint=option)
    return value


def _moment(day: str | None) -> datetime:
    if day is None:
        return datetime.now(UTC)
    try:
        return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=12)
    except ValueError:
        raise typer.BadParameter(f"{day!r} is no date such as 2026-11-21", param_hint="--published") from None


def _explained(found: Explanation) -> dict[str, Any]:
    """What scripts want to know of an explanation."""
    reading = found.reading
    return {
        "text": found.document.full.strip(),
        "lang": reading.lang,
        "lang_confidence": reading.lang_confidence,
        "sector": found.sector,
        "exposed": found.exposed,
        "score": found.score,
        "band": found.band,
        "probability": round(found.probability, 4),
        "ledger": found.ledger,
        "goal": found.goal,
        "missing": found.missing,
        "lifts": found.lifts,
        "obstacles": found.obstacles,
        "rules": found.assessment.rules,
        "sectors": {score.sector: score.score for score in found.assessment.sectors},
        "events": reading.events,
        "mentions": reading.mentions,
    }


@app.command("show")
def show(
    concept: Annotated[str, typer.Argument(help="Id of a concept or actor.")],
    expand: Annotated[
        str | None, typer.Option("--expand", metavar="LANG", help="Every form that its words match in a language.")
    ] = None,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> int:
    """Show a concept: its words, what stands above and below it, which rules and sectors build on it.

    Example: monazite rules show rare-earths --expand nl
    """
    from bot.cli import _context
    from bot.rulebook.fields import LANGUAGES
    from bot.rulebook.show import expansions, profile

    _choice(expand, LANGUAGES, "--expand")
    rulebook = _loaded(rules, as_json=as_json)
    if rulebook is None:
        return UNREADABLE
    found = profile(rulebook, concept)
    forms = expansions(found.concept, expand) if expand else ()
    if as_json:
        _context.print_json({"concept": found, "forms": forms} if expand else found)
        return CLEAN
    from bot.cli import _rule_views as views

    console = _context.console()
    if expand:
        views.show_expansions(console, forms, expand)
    else:
        views.show_profile(console, found)
    return CLEAN


@app.command("coverage")
def coverage(
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="ID", help="Only these concepts, with all their languages.")
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="CODES", help="Only these languages: de,ja.")] = None,
    since: Annotated[
        str, typer.Option("--since", metavar="SPAN|DATE", help="Also: words, rules and sectors unused since: 180d.")
    ] = "",
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> int:
    """Say in which languages the words have tests, where tests are missing, and what the archive never needed.

    Example: monazite rules coverage --lang nl,de --since 180d
    """
    from bot.cli import _context
    from bot.rulebook.fields import LANGUAGES
    from bot.tune.coverage import coverage as covered

    languages = tuple(part.strip() for part in lang.split(",")) if lang else LANGUAGES
    for code in languages:
        _choice(code, LANGUAGES, "--lang")
    rulebook = _loaded(rules, as_json=as_json)
    if rulebook is None:
        return UNREADABLE
    rows = covered(rulebook, languages)
    if only:
        unknown = sorted(set(only) - {row.concept for row in rows})
        if unknown:
            raise typer.BadParameter(f"no concept or actor is called {', '.join(unknown)}", param_hint="--only")
        rows = tuple(row for row in rows if row.concept in only)
    complete = all(not row.short and row.hit for row in rows)
    unused = _unused(rulebook, since) if since else None
    if as_json:
        _context.print_json({"ok": complete, "concepts": rows} | ({"archive": unused} if unused else {}))
        return CLEAN if complete else FINDINGS
    from bot.cli import _rule_views as views

    console = _context.console()
    views.show_coverage(console, rows, languages, whole=bool(only))
    if unused is not None:
        views.show_unused(console, unused, languages, only=only or ())
    return CLEAN if complete else FINDINGS


def _unused(rulebook: Rulebook, since: str) -> Reach:
    from bot.cli import _context
    from bot.tune.archive.reach import reach

    began = beginning(since)
    with _context.archive(_context.settings(log_level="warning")) as database, database.transaction() as tx:
        return reach(tx, rulebook, began, datetime.now(UTC))


@app.command("schema")
def schema(
    rules: RulesOption = None,
    check_only: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 when files are out of date.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Write the JSON Schemas with which editors complete and check rule files, with the ids that exist.

    Example: monazite rules schema
    """
    from bot.app import plugins
    from bot.cli import _context
    from bot.errors import InputError
    from bot.rulebook.schema import outdated, write_schemas

    folder = _context.rules_folder(rules)
    if not folder.is_dir():
        raise InputError(f"{folder}: there is no such folder")
    files = outdated(folder, plugins()) if check_only else write_schemas(folder, plugins())
    if as_json:
        _context.print_json({"ok": not (check_only and files), "files": files})
    else:
        console = _context.console()
        verb = "is out of date" if check_only else "written"
        for file in files:
            console.print(f"{file} {verb}", markup=False)
        if not files:
            console.print("All schemas are current.")
    return FINDINGS if check_only and files else CLEAN


@app.command("new")
def new(
    kind: Annotated[str, typer.Argument(help="concept, sector, alert, source or change.")],
    name: Annotated[str, typer.Argument(metavar="ID", help="Id of the new thing; for a change, of what it changes.")],
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> int:
    """Write a commented file that passes the checks, as a draft to fill in.

    A change keeps your words apart from the shipped ones, so that upgrades leave them alone.

    Examples: monazite rules new concept bauxite; monazite rules new change export-ban
    """
    from bot.app import plugins
    from bot.cli import _context
    from bot.rulebook.fresh import KINDS_OF_NEW, new_change, new_file

    _choice(kind, [*KINDS_OF_NEW, "change"], "KIND")
    folder, today = _context.rules_folder(rules), datetime.now(UTC).date()
    if kind == "change":
        file = new_change(name, folder, plugins(), today=today)
    else:
        file = new_file(kind, name, folder, plugins(), today=today)
    if as_json:
        _context.print_json({"file": file})
        return CLEAN
    console = _context.console()
    console.print(f"Wrote {file}", markup=False)
    console.print("Next: fill it in, then `monazite rules check` and `monazite rules test`.")
    return CLEAN


history.register(app)
learning.register(app)
