"""How backtests and differences look in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from bot.cli._rule_views import say
from bot.tune.archive.backtest import Backtest, Moved
from bot.tune.diff import Difference
from bot.types.levels import Band

if TYPE_CHECKING:
    from rich.console import Console


def show_differences(console: Console, found: Sequence[Difference], before: str, after: str) -> None:
    """One line per difference."""
    if not found:
        say(console, f"No difference in meaning ({before[:12]}).")
        return
    say(console, f"[dim]{before[:12]} -> {after[:12]}[/]")
    for difference in found:
        say(console, Text(str(difference), overflow="fold"))
    say(console, f"{len(found)} difference{'s' if len(found) > 1 else ''}.")


def show_backtest(
    console: Console, found: Backtest, *, against: str, seconds: float | None = None, limit: int = 20
) -> None:
    """Sizes, bands before and after, the stories that move, channels by week."""
    took = f", {seconds:.1f} s" if seconds is not None else ""
    again = f"; {found.read_again} texts read otherwise" if found.read_again else ""
    say(
        console,
        f"{found.documents:,} documents and {found.stories:,} stories since {found.start:%Y-%m-%d}, "
        f"{found.weighed:,} with words of the rule files{again}{took}.",
    )
    say(console, _bands(found, against))
    _show_moved(console, "No longer told", found.lost, limit)
    _show_moved(console, "Newly told", found.gained, limit)
    if not found.lost and not found.gained:
        say(console, "No channel would hear of another story.")
    if found.shifted:
        more = "1 more story changes" if found.shifted == 1 else f"{found.shifted} more stories change"
        say(console, f"{more} band or digest, and no channel.")
    if found.weeks and (found.lost or found.gained):
        say(console, "\nFirst messages per channel and week:")
        say(console, _weeks(found))


def _bands(found: Backtest, against: str) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("stories")
    table.add_column(escape(against), justify="right", overflow="fold")
    table.add_column("these files", justify="right")
    for band in reversed(Band):
        was, now = found.before[band], found.after[band]
        style = "bold" if was != now else ""
        table.add_row(band.value, f"{was:,}", Text(f"{now:,}", style=style))
    return table


def _show_moved(console: Console, title: str, moved: Sequence[Moved], limit: int) -> None:
    if not moved:
        return
    useful = sum(bool(one.labels.useful) for one in moved)
    refused = sum(bool(one.labels.not_useful) and not one.labels.useful for one in moved)
    votes = f"{useful} found useful, {refused} not useful, {len(moved) - useful - refused} without a vote"
    say(console, f"\n[bold]{title}: {len(moved)}[/] ({votes})")
    for one in moved[:limit]:
        step = f"{one.before} {one.score_before:g} -> {one.after} {one.score_after:g}"
        head = Text(f"{one.first_seen:%Y-%m-%d}  {step}  ", style="bold")
        head.append(f"{', '.join(one.channels)}  [{one.labels}]", style="cyan")
        say(console, head)
        say(console, Text(f"  {one.title or '(no title)'}  ({one.publisher}, {one.lang})", overflow="fold"))
        say(console, Text(f"  {one.story_id}  {one.url}", style="dim", overflow="fold"))
        say(console, Text(f"  {'; '.join(one.why)}", style="dim", overflow="fold"))
    if len(moved) > limit:
        say(console, f"  ... and {len(moved) - limit} more; --limit or --json shows them")


def _weeks(found: Backtest) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("channel")
    table.add_column("week")
    table.add_column("before", justify="right")
    table.add_column("after", justify="right")
    for channel, weeks in sorted(found.weeks.items()):
        for week, (was, now) in sorted(weeks.items()):
            table.add_row(escape(channel), week, str(was), Text(str(now), style="bold" if was != now else ""))
    return table
