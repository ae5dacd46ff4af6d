"""`monazite sources test`, `add`, `import` and `export`: grow the catalogue and give it out."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli._rules import CLEAN, FINDINGS, JsonOption, RulesOption

if TYPE_CHECKING:
    from bot.rulebook.appending import SourceRow
    from bot.rulebook.load import Shelf
    from bot.tune.sources.finding import Found
    from bot.types.rules import Rulebook
    from bot.types.source import Source

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")]
EnableOption = Annotated[bool, typer.Option("--enable", help="Poll at once; else rows wait for `enabled: yes`.")]
ToOption = Annotated[str, typer.Option("--to", metavar="FILE", help="File under sources/ for the rows, e.g. nl.yml.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `sources`."""
    app.command("test")(try_source)
    app.command("add")(add)
    app.command("import")(import_list)
    app.command("export")(export)


def try_source(
    source_id: str = typer.Argument(..., metavar="ID", help="Id of a source, enabled or not."),
    rules: Path | None = typer.Option(
        None, "--rules", metavar="DIR|FILE", help="Rule folder, or one file of sources that is in none yet."
    ),
    page: Path | None = typer.Option(None, "--file", metavar="PAGE", help="Read this saved answer, not the network."),
    full: bool = typer.Option(False, "--full", help="Read the page behind the first item too."),
    limit: int = typer.Option(10, "--limit", min=1, help="Items to show."),
    as_json: JsonOption = False,
) -> int:
    """Fetch a source once and show what would be stored; writes nothing. Exits 1 when something is wrong with it.

    Example: monazite sources test jp-meti-release
    """
    from bot import app as root
    from bot.cli import _catalogue_views as views
    from bot.cli import _context
    from bot.tune.sources.trying import try_source as tried

    settings = _context.settings(log_level="warning")
    source = _named(source_id, rules)
    saved = _content(page, settings.fetch.max_body_bytes) if page is not None else None
    with root.open_kit(settings) as kit:
        trial = tried(source, kit, page=saved, full=full)
    if as_json:
        _context.print_json(trial)
    else:
        views.show_trial(_context.console(), source, trial, limit=limit)
    return FINDINGS if trial.trouble else CLEAN


def add(
    url: str = typer.Argument(..., metavar="URL", help="Address of a feed, of a page that lists notices, or of JSON."),
    *,
    name: str = typer.Option("", "--id", metavar="ID", help="Id of the source; made of country and host if left out."),
    publisher: str = typer.Option("", "--publisher", help="Name as shown to readers."),
    jurisdiction: str = typer.Option("", "--jurisdiction", metavar="CODE", help="Whose voice it is: NL, EU, WTO, INT."),
    authority: str = typer.Option("", "--authority", help="official, wire, press, trade, think-tank, blog."),
    languages: str = typer.Option("", "--languages", metavar="CODES", help="Languages to expect: nl or nl,en."),
    choose: int = typer.Option(1, "--choose", min=1, metavar="N", help="Which of the proposals."),
    to: ToOption = "",
    enable: EnableOption = False,
    yes: bool = typer.Option(False, "--yes", help="Write without asking."),
    dry_run: DryRunOption = False,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> int:
    """Find out how an address can be read, and add it to the sources: disabled, until somebody has checked the row.

    Example: monazite sources add https://www.rvo.nl/nieuws --dry-run
    """
    from bot import app as root
    from bot.cli import _catalogue_views as views
    from bot.cli import _context
    from bot.parse.text import one_line
    from bot.tune.sources.adding import Wishes, file_for, row_of
    from bot.tune.sources.finding import find, unknown_source
    from bot.tune.sources.importing import address, places, without

    settings = _context.settings(log_level="warning")
    folder = _context.rules_folder(rules).resolve()
    if not dry_run:
        _refuse_foreign(folder)
    shelf, rulebook = _loaded(folder)
    taken = {source.id for source in rulebook.sources}
    codes = tuple(code.strip() for code in languages.split(",") if code.strip())
    wishes = Wishes(
        id=name, publisher=one_line(publisher), jurisdiction=jurisdiction.upper(), authority=authority, languages=codes,
        enable=enable,
    ).checked(taken)  # fmt: skip
    known = places(rulebook.sources)
    asked = address(url) or url.strip()
    _refuse_double(asked, known)
    with root.open_kit(settings) as kit, _context.console(stderr=True).status("Asking, one request every few seconds"):
        found, doubles = without(find(unknown_source(asked, wishes.jurisdiction, codes), kit), known)
    if not found.proposals:
        return _nothing_found(found, doubles, as_json=as_json)
    if choose > len(found.proposals):
        raise typer.BadParameter(f"there are {len(found.proposals)} proposals", param_hint="--choose")
    row = row_of(found.proposals[choose - 1], found, wishes, taken)
    file = file_for(folder, to, row.jurisdiction)
    console = _context.console()
    if not as_json:
        views.show_found(console, found, doubles, chosen=choose)
        views.show_rows(console, (row,), file.relative_to(folder))
    writes = not dry_run and (yes or (not as_json and _confirmed()))
    if writes:
        _write(shelf, folder, file, (row,), made_by="sources add")
    if as_json:
        _context.print_json(views.found_as_data(found, doubles, row, file if writes else None))
    else:
        views.say_written(console, (row,), file if writes else None, hint="" if dry_run else "--yes writes it")
    return CLEAN


def import_list(
    file: Path = typer.Argument(
        ..., metavar="FILE", help="OPML of a feed reader, or a text with one address per line."
    ),
    to: ToOption = "imported.yml",
    enable: EnableOption = False,
    dry_run: DryRunOption = False,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> int:
    """Take in a list of feeds as disabled rows; addresses that the rule set knows already are left out.

    Example: monazite sources import subscriptions.opml --dry-run
    """
    from bot import app as root
    from bot.cli import _catalogue_views as views
    from bot.cli import _context
    from bot.errors import InputError
    from bot.parse.text import one_line
    from bot.tune.sources import opml
    from bot.tune.sources.adding import file_for
    from bot.tune.sources.importing import MOST, plan

    settings = _context.settings(log_level="warning")
    folder = _context.rules_folder(rules).resolve()
    raw = _content(file, opml.MAX_BYTES)
    target = file_for(folder, to, "")
    if not dry_run:
        _refuse_foreign(folder)
    shelf, rulebook = _loaded(folder)
    with root.open_kit(settings) as kit:
        read = kit.parsers.call("bot.tune.sources.opml:read_list", raw, deadline=30.0)
    if isinstance(read, str):
        raise InputError(f"{file}: {read}")
    outlines, steps = read
    planned = plan(outlines, rulebook.sources, origin=file.name, enabled=enable)
    if len(planned.rows) > MOST:
        raise InputError(f"{file} has {len(planned.rows):,} new feeds; at most {MOST:,} go into one file: split it")
    writes = bool(planned.rows) and not dry_run
    if writes:
        _write(shelf, folder, target, planned.rows, made_by=f"sources import {one_line(file.name)}")
    if as_json:
        _context.print_json(views.import_as_data(planned, steps, target if writes else None))
        return CLEAN
    console = _context.console()
    views.show_import(console, planned, steps)
    views.say_written(console, planned.rows, target if writes else None, hint="leave out --dry-run to write them")
    return CLEAN


def export(
    everything: bool = typer.Option(False, "--all", help="Disabled sources too."),
    form: str = typer.Option("opml", "--format", metavar="FORM", help="opml, csv or json."),
    out: Path | None = typer.Option(None, "--out", "-o", metavar="FILE", help="Write here instead of to the terminal."),
    rules: RulesOption = None,
) -> int:
    """Give the sources out: as OPML for feed readers, as a table, or as data.

    Example: monazite sources export --format csv -o sources.csv
    """
    from bot import app as root
    from bot.cli import _context
    from bot.errors import InputError
    from bot.rulebook.appending import replace_file
    from bot.tune.sources.exporting import FORMATS
    from bot.tune.sources.exporting import export as written

    if form not in FORMATS:
        raise typer.BadParameter(f"--format takes {', '.join(FORMATS)}")
    sources = root.load_rules(_context.rules_folder(rules)).sources
    chosen = [source for source in sources if everything or source.enabled]
    text = written(chosen, form)
    if out is None:
        sys.stdout.write(text)
        return CLEAN
    try:
        replace_file(out, text.encode("utf-8"))
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error.strerror or 'unknown reason'}") from None
    _context.console().print(f"Wrote {len(chosen)} sources to {out}.", markup=False)
    return CLEAN


def _named(source_id: str, rules: Path | None) -> Source:
    """A source of a rule set, or of one file.

    Raises:
        RuleError: They do not load.
        typer.BadParameter: There is no such source.
    """
    from bot import app as root
    from bot.cli import _context
    from bot.rulebook.findings import did_you_mean
    from bot.rulebook.load import sources_in

    if rules is not None and rules.is_file():
        sources: Sequence[Source] = sources_in(rules, root.plugins())
    else:
        sources = root.load_rules(_context.rules_folder(rules)).sources
    found = {str(source.id): source for source in sources}
    if source_id not in found:
        hint = did_you_mean(source_id, found)
        raise typer.BadParameter(f"there is no source {source_id!r}" + (f"; {hint}" if hint else ""))
    return found[source_id]


def _content(file: Path, limit: int) -> bytes:
    """A file that a person hands in.

    Raises:
        InputError: It cannot be read, or is larger than what is ever read.
    """
    from bot.errors import InputError

    try:
        with file.open("rb") as stream:
            raw = stream.read(limit + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or 'unknown reason'}") from None
    if len(raw) > limit:
        raise InputError(f"{file} is larger than {limit:,} bytes; more is never read")
    return raw


def _loaded(folder: Path) -> tuple[Shelf, Rulebook]:
    """The rule set of a folder, and a shelf that remembers it for a quick look after a change."""
    from bot import app as root
    from bot.rulebook.load import Shelf

    shelf = Shelf(root.plugins())
    return shelf, shelf.load(folder)


def _refuse_double(url: str, known: dict[str, str]) -> None:
    from bot.errors import InputError
    from bot.tune.sources.guessing import same_place

    place = known.get(same_place(url))
    if place is not None:
        raise InputError(f"{url} is source {place} already; `monazite sources test` shows what it gives")


def _nothing_found(found: Found, doubles: Sequence[str], *, as_json: bool) -> int:
    from bot.cli import _catalogue_views as views
    from bot.cli import _context

    if as_json:
        _context.print_json(views.found_as_data(found, doubles, None, None))
    else:
        views.show_found(_context.console(), found, doubles, chosen=0)
    return FINDINGS


def _confirmed() -> bool:
    """Whether a person at the terminal says yes; without one nothing is written."""
    return sys.stdin.isatty() and sys.stdout.isatty() and typer.confirm("Write this row?")


def _refuse_foreign(folder: Path) -> None:
    """Look whether a rule folder is ours to write, before anything is asked for.

    Raises:
        InputError: It is that of the installed program, or read-only.
    """
    from bot import config
    from bot.errors import InputError

    if folder == config.installed_rules().resolve() or (folder.is_dir() and not os.access(folder, os.W_OK)):
        raise InputError(
            f"{folder} is not yours to write, and an upgrade would replace it: `monazite init my-desk` makes a copy "
            "that --rules my-desk/rules names; --dry-run only shows the rows"
        )


def _write(shelf: Shelf, folder: Path, file: Path, rows: Sequence[SourceRow], *, made_by: str) -> None:
    """Write rows into a rule set.

    Raises:
        InputError: The file cannot be written, or the rule set does not load with the rows.
    """
    from bot.rulebook.appending import append_rows

    title = f"Made by `monazite {made_by}`. Rows with `enabled: no` say in `why` what is to be checked."
    append_rows(shelf, folder, file, rows, title=title)
