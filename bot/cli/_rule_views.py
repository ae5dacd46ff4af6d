"""How findings, test results, explanations and concepts look in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.errors import Problem
from bot.rulebook.show import Expansion, Profile
from bot.tune.archive.reach import Reach
from bot.tune.coverage import Row
from bot.tune.explain import Explanation, Lift
from bot.tune.marked import CaseResult, Outcome
from bot.types.reading import Event
from bot.types.story import LedgerLine

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_COLOURS = {"error": "red", "warning": "yellow"}
_SHOWN_FORMS = 40  # per term; --json has them all


def say(console: Console, what: str | RenderableType, *, cut: bool = False) -> None:
    """Print, without the blanks that fill a line up when nobody looks at a terminal."""
    if console.is_terminal:
        console.print(what, no_wrap=cut, crop=cut)
        return
    with console.capture() as caught:
        console.print(what, no_wrap=cut, crop=cut)
    text = "\n".join(line.rstrip() for line in caught.get().split("\n"))
    console.file.write(text)


def _indented(what: RenderableType, by: int) -> Padding:
    return Padding(what, (0, 0, 0, by))


def show_problems(console: Console, problems: Iterable[Problem]) -> None:
    """One block per finding: place, sentence, the line with a caret, hint."""
    for problem in problems:
        colour = _COLOURS.get(problem.severity, "white")
        head = f"[bold]{escape(problem.where)}[/]: [{colour}]{problem.severity}[/][dim]\\[{problem.code}][/] "
        say(console, head + escape(problem.message))
        if problem.excerpt:
            line, caret = clipped(problem.excerpt, problem.column, console.width - 8)
            say(console, Text(f"{problem.line:>5} | {line}", style="dim"), cut=True)
            say(console, Text(f"      | {caret}", style=colour), cut=True)
        if problem.hint:
            say(console, _indented(Text(problem.hint, style="cyan"), 8))


def clipped(line: str, column: int, width: int) -> tuple[str, str]:
    """A source line cut to a width around a column, and a second line with a caret below it.

    Wide characters take two cells, so the caret stands where the eye looks for it.
    """
    start = 0
    before = line[: column - 1]
    if cell_len(before) > width - 20:
        # Leave a third of the width before the caret.
        while start < len(before) and cell_len(before[start:]) > width // 3:
            start += 1
    mark = "…" if start else ""
    shown = mark + line[start:]
    if cell_len(shown) > width:
        shown = set_cell_size(shown, width - 1).rstrip() + "…"
    return shown, " " * cell_len(mark + before[start:]) + "^"


def counted(problems: Sequence[Problem]) -> str:
    """The last line of a check."""
    kinds = Counter(problem.severity for problem in problems)
    return f"{_number(kinds['error'], 'error')}, {_number(kinds['warning'], 'warning')}"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def show_results(console: Console, results: Sequence[CaseResult], *, verbose: bool) -> None:
    """Failures with their ledger, gaps and closed gaps; passed ones only when asked for."""
    styles = {Outcome.FAILED: "red", Outcome.GAP: "yellow", Outcome.CLOSED: "cyan", Outcome.PASSED: "green"}
    names = {Outcome.FAILED: "FAIL", Outcome.GAP: "gap", Outcome.CLOSED: "closed", Outcome.PASSED: "ok"}
    for result in results:
        if result.outcome is Outcome.PASSED and not verbose:
            continue
        sign = f"[{styles[result.outcome]}]{names[result.outcome]:<6}[/]"
        say(console, f"{sign} [bold]{escape(str(result.place))}[/] [dim]{escape(result.owner)}[/]")
        say(console, _indented(Text(_short(result.text), style="dim"), 7))
        for miss in result.misses:
            say(console, _indented(Text(miss), 7))
        if result.outcome is Outcome.CLOSED:
            say(console, _indented(Text(f"passes now; take `known_gap: {result.known_gap}` out"), 7))
        elif result.outcome is Outcome.GAP:
            say(console, _indented(Text(f"known gap: {result.known_gap}", style="yellow"), 7))
        if result.ledger:
            say(console, _indented(ledger_table(result.ledger, console.width - 7), 7))


def results_line(results: Sequence[CaseResult], seconds: float) -> str:
    """The last line of a test run."""
    kinds = Counter(result.outcome for result in results)
    parts = [f"{kinds[Outcome.PASSED]:,} passed", f"{kinds[Outcome.FAILED]:,} failed"]
    if kinds[Outcome.GAP]:
        parts.append(_number(kinds[Outcome.GAP], "known gap"))
    if kinds[Outcome.CLOSED]:
        parts.append(f"{_number(kinds[Outcome.CLOSED], 'gap')} closed")
    return f"{', '.join(parts)}   {seconds:.1f} s"


def _short(text: str, limit: int = 160) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def ledger_table(ledger: Iterable[LedgerLine], width: int) -> Table:
    """Points, slot, reason with words, and the rule; on narrow terminals the rule stands below the reason."""
    wide = width >= 90
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold", ratio=1)
    if wide:
        table.add_column(style="dim", overflow="fold")
    for line in ledger:
        colour = "red" if line.points < 0 else "green"
        why = Text(line.why)
        if line.words:
            why.append("  " + ", ".join(f"“{word}”" for word in line.words), style="bold")
        row = [Text(f"{line.points:+g}", style=colour), Text(line.slot), why]
        if wide:
            row.append(Text(line.rule))
        else:
            why.append(f"\n{line.rule}", style="dim")
        table.add_row(*row)
    return table


def show_explanation(console: Console, found: Explanation) -> None:
    """The ledger, the sum, the events behind it and the way to the next band."""
    reading = found.reading
    degraded = f", {', '.join(reading.degraded)}" if reading.degraded else ""
    say(console, f"[dim]language[/] {reading.lang} ({reading.lang_confidence:.0%}{escape(degraded)})")
    for event in reading.events[:3]:
        say(console, Text.assemble(("step     ", "dim"), event_line(event)))
    if not reading.events:
        say(console, "[dim]step[/]     none found")
    say(console, "")
    say(console, ledger_table(found.ledger, console.width))
    say(console, _sum(found))
    if found.assessment.rules:
        say(console, f"[dim]rules[/]    {', '.join(found.assessment.rules)}")
    others = [f"{s.sector} {s.score:g} {s.band}" for s in found.assessment.sectors if s.sector != found.sector]
    if others:
        say(console, Text.assemble(("sectors  ", "dim"), "; ".join(others)))
    _show_way_up(console, found)


def _sum(found: Explanation) -> str:
    if found.sector and not found.exposed:
        return f"[bold]{found.score:g} points[/], but {found.sector} is not exposed, so nothing is sent to it"
    about = f" for {found.sector}" if found.sector else ""
    chance = f"about {found.probability:.0%} chance that a reader finds it useful"
    return f"[bold]{found.score:g} = {found.band}[/]{about}, {chance}"


def _show_way_up(console: Console, found: Explanation) -> None:
    if found.goal is None:
        return
    say(console, "")
    if not found.missing and not found.obstacles:
        say(console, f"{found.goal} is reached.")
        return
    points = f"{found.missing:g} more points" if found.missing else "not points, but this"
    say(console, f"[bold]What would make it {found.goal}[/]: {points}")
    for obstacle in found.obstacles:
        say(console, _indented(Text(f"! {obstacle}", style="yellow"), 2))
    for lift in found.lifts:
        say(console, _indented(_lift(lift), 2))


def _lift(lift: Lift) -> Text:
    text = Text(f"{lift.points:+g}", style="green")
    text.append(f"  {lift.what}", style="default")
    return text.append("  enough" if lift.enough else "", style="cyan")


def event_line(event: Event) -> str:
    """An event in one line of its own fields."""
    goods = ", ".join(event.goods_surface or event.goods)
    parts = [event.imposer or "somebody", f"{event.stage}:", event.measure, f"({event.direction})"]
    parts += [f"on {goods}"] if goods else []
    parts += [f"towards {', '.join(event.targets)}"] if event.targets else []
    parts += [f"from {event.effective}"] if event.effective else []
    return " ".join(parts)


def show_profile(console: Console, found: Profile) -> None:
    """Who a concept is, its words per language, and who builds on it."""
    concept = found.concept
    state = f"{concept.slot}, {concept.status}, weight {concept.weight}"
    say(console, f"[bold]{escape(concept.id)}[/]  {escape(concept.title)}")
    say(console, f"[dim]{state}  {escape(str(concept.place))}[/]")
    rows = (
        ("family", concept.family),
        ("jurisdiction", " ".join(filter(None, (concept.role, concept.jurisdiction)))),
        ("codes", ", ".join((*concept.hs, *concept.cas, *concept.eccn))),
        ("above", ", ".join(found.above)),
        ("below", ", ".join(found.below)),
        ("rules", ", ".join(found.alerts)),
        ("sectors", ", ".join(found.sectors)),
        ("needed by", ", ".join(found.needed_by)),
    )
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for name, value in rows:
        if value:
            table.add_row(name, Text(value))
    for lang in dict.fromkeys(term.lang for term in concept.terms):
        for sure, label in ((True, lang), (False, f"{lang} maybe")):
            words = [term.text for term in concept.terms if term.lang == lang and term.sure is sure]
            if words:
                table.add_row(label, Text(" · ".join(words)))
    say(console, table)


def show_expansions(console: Console, found: Sequence[Expansion], lang: str) -> None:
    """Every base form per term, and how it may differ in a text."""
    if not found:
        say(console, f"No words for {lang}.")
    for entry in found:
        weak = "" if entry.term.sure else " (maybe)"
        say(console, Text.assemble((entry.term.text, "bold"), weak, (f"  {entry.term.place}", "dim")))
        shown = entry.forms[:_SHOWN_FORMS]
        rest = len(entry.forms) - len(shown)
        more = f" … and {'over ' if entry.more else ''}{rest:,} more" if rest else ""
        say(console, _indented(Text(" · ".join(shown) + more), 2))
        say(console, _indented(Text(entry.rule, style="dim"), 2))


def show_coverage(console: Console, rows: Sequence[Row], languages: Sequence[str], *, whole: bool) -> None:
    """Languages with what they test, then what each concept lacks, or all its tests by language where `whole`."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("language")
    for name in ("concepts", "with a hit", "short of tests", "without words"):
        table.add_column(name, justify="right")
    for lang in languages:
        cells = [cell for row in rows for cell in row.cells if cell.lang == lang]
        short = sum(cell.short for cell in cells)
        wordless = sum(lang in row.wordless for row in rows)
        numbers = (len(cells), sum(bool(cell.hits) for cell in cells), short, wordless)
        table.add_row(lang, *(str(number) for number in numbers), style="yellow" if short else "")
    say(console, table)
    for row in rows:
        if whole:
            say(console, Text.assemble((row.concept, "bold"), (f" {row.slot}", "dim")))
            say(console, _indented(_tests_by_language(row), 2))
        elif row.short or not row.hit:
            say(console, Text.assemble((row.concept, "bold"), (f" {row.slot} lacks ", "dim"), _lacking(row)))


def _tests_by_language(row: Row) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("language")
    for name in ("hits", "silent", "asked"):
        table.add_column(name, justify="right")
    for cell in row.cells:
        numbers = (cell.hits, cell.silent, cell.asked)
        table.add_row(cell.lang, *(str(number) for number in numbers), style="yellow" if cell.short else "")
    return table


def _lacking(row: Row) -> str:
    """E.g. "hits nl 2, de 1; silent texts nl 2"."""
    hits = [f"{cell.lang} {cell.asked - cell.hits}" for cell in row.cells if cell.hits < cell.asked]
    silent = [f"{cell.lang} {cell.asked - cell.silent}" for cell in row.cells if cell.silent < cell.asked]
    told = [f"hits {', '.join(hits)}"] if hits else [] if row.hit else ["a hit in any language"]
    return "; ".join([*told, *([f"silent texts {', '.join(silent)}"] if silent else [])])


def show_unused(console: Console, found: Reach, languages: Sequence[str], *, only: Sequence[str] = ()) -> None:
    """What the archive never needed; the terms themselves only for concepts that were asked for."""
    wanted = {*languages, "*"}
    say(console, f"\n{found.documents:,} documents and {found.stories:,} stories of the archive:")
    if only:
        for use in (use for use in found.words if use.concept in only):
            idle = [term for term in use.idle if term.lang in wanted]
            say(console, f"[bold]{use.concept}[/]: {use.hits} mentions by {use.used} terms; {len(idle)} found nothing")
            for term in idle:
                line = Text(f"  {term.lang:<8}{term.text}", overflow="fold")
                say(console, line.append(f"  {term.place}", style="dim"))
        return
    used = sum(use.used for use in found.words)
    idle_terms = sum(term.lang in wanted for use in found.words for term in use.idle)
    quiet = [use.concept for use in found.words if not use.hits]
    say(console, f"  {used:,} terms found something, {idle_terms:,} found nothing (`--only ID` lists them)")
    say(console, f"  {len(quiet)} of {len(found.words)} concepts and names were never found")
    unused = (
        ("rules that never held", found.rules),
        ("sectors that no alert reached", found.sectors),
        ("silences and exceptions that kept nothing quiet", found.mutes),
    )
    for what, names in unused:
        say(console, Text(f"  {what}: {', '.join(names) or 'none'}", overflow="fold"))
