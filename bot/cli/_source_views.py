"""How the health of sources looks in a terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from bot.pipeline.polling.health import Flow, SourceHealth

_COLUMNS = ("source", "health", "answered", "newest", "items/day", "next")
_INDENT = 4


def show_health(console: Console, fares: Sequence[SourceHealth], now: datetime) -> None:
    """A line per source in the order given, and below it what is known of the worst of it."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in _COLUMNS:
        table.add_column(name, overflow="fold", no_wrap=name == "source")
    for found in fares:
        style = ("red" if found.failures or found.lost else "yellow") if found.ills else "green"
        due = "-" if found.next_due is None else "now" if found.next_due <= now else span(found.next_due - now)
        table.add_row(
            found.source_id, Text(found.words, style=style), _ago(found.last_success, now), _ago(found.newest, now),
            _flow(found.flow), due,
        )  # fmt: skip
    console.print(table)
    for found in (found for found in fares if found.ills):
        console.print(Text(found.source_id, style="bold"))
        for sentence in found.ills.values():
            console.print(Padding(Text(sentence), (0, 0, 0, _INDENT)))


def span(length: timedelta) -> str:
    """A length of time in one or two words: 45s, 20m, 3h, 2d."""
    seconds = max(0, int(length.total_seconds()))
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= size:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _ago(moment: datetime | None, now: datetime) -> str:
    return "-" if moment is None else span(now - moment)


def _flow(flow: Flow) -> str:
    """Of late, against the median day."""
    if flow.usual is None:
        return "-"
    lately = "?" if flow.lately is None else f"{flow.lately:.1f}"
    return f"{lately} of {flow.usual:g}"
