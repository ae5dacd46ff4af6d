"""`monazite routes`: where alerts go, and why one would or would not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli._rules import CLEAN, FINDINGS, UNREADABLE, JsonOption, RulesOption, loaded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.decide.route import Subject
    from bot.types.delivery import History
    from bot.types.rules import Routing, Rulebook

HELP = """See and try the routes: where an alert goes, when, who is called, and what holds it.

\b
Exit codes: 0 clean, 1 a test of routes.yml fails, 2 rules unreadable, 3 wrong arguments.
\b
Examples:
  monazite routes list
  monazite routes test
  monazite routes test --band urgent --sector wind --imposer CN --target JP --goods rare-earths --at "2026-01-06 23:30"
"""

app = typer.Typer(name="routes", help=HELP, no_args_is_help=True, rich_markup_mode="rich")


@app.command("list")
def list_routes(rules: RulesOption = None, as_json: JsonOption = False) -> int:
    """Show channels, routes, quiet hours, limits, silences and digests in words.

    Example: monazite routes list
    """
    from bot.cli import _context

    book = loaded(_context.rules_folder(rules), as_json=as_json)
    if book is None:
        return UNREADABLE
    if as_json:
        _context.print_json(book.routing)
        return CLEAN
    from bot.cli import _route_views as views

    views.show_routing(_context.console(), book.routing, datetime.now(UTC).date())
    return CLEAN


@app.command("test")
def try_routes(
    *,
    band: Annotated[
        str, typer.Option("--band", metavar="BAND", help="Of an imagined alert: archive, digest, alert or urgent.")
    ] = "",
    sector: Annotated[list[str] | None, typer.Option("--sector", metavar="ID", help="Whom it hits.")] = None,
    imposer: Annotated[list[str] | None, typer.Option("--imposer", metavar="CODE", help="Who takes the step.")] = None,
    target: Annotated[list[str] | None, typer.Option("--target", metavar="CODE", help="Towards whom.")] = None,
    goods: Annotated[list[str] | None, typer.Option("--goods", metavar="ID", help="Which goods.")] = None,
    measure: Annotated[list[str] | None, typer.Option("--measure", metavar="ID", help="Which measure.")] = None,
    source: Annotated[list[str] | None, typer.Option("--source", metavar="ID", help="Who tells it.")] = None,
    rule: Annotated[list[str] | None, typer.Option("--rule", metavar="ID", help="Which alert rule holds.")] = None,
    at: Annotated[
        str, typer.Option("--at", metavar="TIME", help="When, in UTC unless it names an offset; default: now.")
    ] = "",
    members: Annotated[
        bool,
        typer.Option("--members", help="Look into the archive: who asked for what, what is muted, the limits used."),
    ] = False,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> int:
    """Run the tests of routes.yml; with --band or any other key, also say where an imagined alert would go.

    Example: monazite routes test --band urgent --sector wind --imposer CN --at "2026-01-06 23:30"
    """
    from bot.cli import _context
    from bot.decide.route import run_tests
    from bot.decide.trial import try_out

    book = loaded(_context.rules_folder(rules), as_json=as_json)
    if book is None:
        return UNREADABLE
    keys = {
        "sector": sector, "imposer": imposer, "target": target, "goods": goods, "measure": measure, "source": source,
        "rule": rule,
    }  # fmt: skip
    failures = run_tests(book.routing)
    trial = None
    if band or at or members or any(keys.values()):
        about = _imagined(book, band, {key: tuple(values or ()) for key, values in keys.items()})
        now = _moment(at)
        routing, history = _standing(book.routing, now, look=members)
        trial = try_out(routing, about, history, now)
    code = FINDINGS if failures else CLEAN
    if as_json:
        told = [{"where": f"{t.place.path}:{t.place.line}", "why": why} for t, why in failures]
        _context.print_json({"ok": not failures, "tests": len(book.routing.tests), "failures": told, "trial": trial})
        return code
    from bot.cli import _route_views as views

    console = _context.console()
    if trial is not None:
        views.show_trial(console, trial, book.routing)
    views.show_tests(console, len(book.routing.tests), failures)
    return code


def _imagined(book: Rulebook, band: str, keys: dict[str, tuple[str, ...]]) -> Subject:
    """The story as routes see it.

    Raises:
        typer.BadParameter: A key names nothing that the rule set knows.
    """
    from bot.decide.route import Subject
    from bot.types.ids import SectorId
    from bot.types.levels import Band, Slot

    if band and band not in list(Band):
        raise typer.BadParameter(f"{band!r} is no band; say {', '.join(Band)}", param_hint="--band")
    concepts = book.lexicon.concepts
    states = {c.jurisdiction for c in concepts if c.jurisdiction}
    known: dict[str, set[str]] = {
        "sector": {sector.id for sector in book.sectors},
        "imposer": states,
        "target": states,
        "goods": {c.id for c in concepts if c.slot is Slot.GOODS},
        "measure": {c.id for c in concepts if c.slot is Slot.MEASURE},
        "source": {source.id for source in book.sources},
        "rule": {rule.id for rule in book.alerts},
    }
    for key, values in keys.items():
        for value in values:
            _must_be_known(key, value, known[key])
    parents: dict[str, str | None] = {c.id: c.parent for c in concepts}
    loudness = Band(band) if band else Band.ALERT
    return Subject(
        band=loudness,
        sectors={SectorId(name): loudness for name in keys["sector"]},
        goods=_with_parents(keys["goods"], parents),
        measures=_with_parents(keys["measure"], parents),
        imposers=keys["imposer"],
        targets=keys["target"],
        sources=keys["source"],
        rules=keys["rule"],
    )


def _must_be_known(key: str, value: str, known: set[str]) -> None:
    if value in known:
        return
    from bot.rulebook.findings import did_you_mean

    hint = did_you_mean(value, known)
    called = {"imposer": "jurisdiction", "target": "jurisdiction"}.get(key, key)
    message = f"there is no {called} {value!r} in these rules" + (f"; {hint}" if hint else "")
    raise typer.BadParameter(message, param_hint=f"--{key}")


def _with_parents(names: tuple[str, ...], parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """Concepts with everything above them: a route for critical minerals takes gallium."""
    found: dict[str, None] = {}
    for name in names:
        above: str | None = name
        while above is not None and above not in found:
            found[above] = None
            above = parents.get(above)
    return tuple(found)


def _moment(text: str) -> datetime:
    """A time of the command line.

    Raises:
        typer.BadParameter: It is none.
    """
    if not text:
        return datetime.now(UTC)
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        message = f"{text!r} is no time; write it like 2026-01-06 23:30, or 2026-01-06T23:30+01:00"
        raise typer.BadParameter(message, param_hint="--at") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _standing(routing: Routing, now: datetime, *, look: bool) -> tuple[Routing, History]:
    """The routing in force and what channels had of their limits; without a look, what the file alone says."""
    from bot.decide.bursts import limits
    from bot.decide.standing import in_force
    from bot.types.delivery import History

    if not look:
        return routing, History()
    from bot.cli import _context

    with (
        _context.archive(_context.settings(log_level="warning")) as database,
        database.transaction() as tx,
    ):
        today = now.date()
        found = in_force(routing, tx.mutes.standing(today), tx.members.all(), today)
        return found, limits(tx.decisions.recently(now))
