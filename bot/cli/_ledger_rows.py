"""Lines of the ledger as CSV that no spreadsheet takes for formulas, as JSON lines, and as a table."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import IO, TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.storage.ledger import LedgerLine
from bot.types.codec import plain

if TYPE_CHECKING:
    from rich.console import Console

COLUMNS = tuple(field.name for field in fields(LedgerLine))
BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows UTF-8
_FORMULA = frozenset("=+-@\u2212")
_NARROW = 70  # columns below which a table leaves too little room for its last column
_SHORT = 200  # characters of a text in a table


def safe(text: str) -> str:
    """A cell that spreadsheets show and never compute: what may begin a formula is led by an apostrophe.

    They look past blanks, quotation marks and invisible characters, and take the wide forms of = + - @ for the same.
    """
    return f"'{text}" if _computes(text) else text


def original(cell: str) -> str:
    """The text of which `safe` made a cell."""
    return cell[1:] if cell.startswith("'") and _computes(cell[1:]) else cell


def _computes(text: str) -> bool:
    for sign in text:
        if sign in "\t\r\n":
            return True
        kind = unicodedata.category(sign)
        # Blanks, controls, invisible characters and quotation marks of any script say nothing yet.
        if kind[0] in "ZC" or kind in ("Pi", "Pf", "Mn", "Me") or sign in "'\"`´":
            continue
        return unicodedata.normalize("NFKC", sign)[:1] in _FORMULA
    return False


def write_csv(lines: Iterable[LedgerLine], out: IO[str], *, separator: str = ",", excel: bool = False) -> int:
    """A head and a row per line (RFC 4180); gives how many lines. Several values of a cell are parted by blanks."""
    if excel:
        out.write(BYTE_ORDER_MARK)
    rows = csv.writer(out, delimiter=separator, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    rows.writerow(COLUMNS)
    count = 0
    for count, line in enumerate(lines, 1):  # noqa: B007 - the last number is the count
        rows.writerow(_cell(getattr(line, name)) for name in COLUMNS)
    return count


def write_jsonl(lines: Iterable[LedgerLine], out: IO[str]) -> int:
    """An object per line; gives how many."""
    count = 0
    for count, line in enumerate(lines, 1):  # noqa: B007 - the last number is the count
        out.write(json.dumps(plain(line), ensure_ascii=False) + "\n")
    return count


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        # Deliveries hold blanks themselves.
        return safe(("; " if any(" " in one for one in value) else " ").join(value))
    if value is None or isinstance(value, (int, float)):
        return "" if value is None else value
    return safe(plain(value))


def show_ledger(console: Console, lines: Iterable[LedgerLine]) -> None:
    """A table; where there is little room, the lines below each other."""
    if console.width < _NARROW:
        for line in lines:
            head = " ".join((f"{line.at:%Y-%m-%d %H:%M}", _shown(line.action), _shown(line.reason), _points(line)))
            console.print(Text(head.rstrip(), overflow="fold"))
            for text in _what(line):
                console.print(Padding(text, (0, 0, 0, 2)))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("when (UTC)", width=16)
    table.add_column("decision", overflow="fold", max_width=14)
    table.add_column("points", justify="right")
    table.add_column("what", overflow="fold")
    for line in lines:
        decision = Text.assemble((_shown(line.action), "bold"), "\n", _shown(line.reason), overflow="fold")
        what = Text("\n", overflow="fold").join(_what(line))
        table.add_row(f"{line.at:%Y-%m-%d %H:%M}", decision, _points(line), what)
    console.print(table)


def _points(line: LedgerLine) -> str:
    return "" if line.score is None else f"{line.score:g}"


def _what(line: LedgerLine) -> Iterator[Text]:
    by = f" ({_shown(line.publisher)})" if line.publisher else ""
    yield Text(f"{_shown(line.headline) or '(text no longer kept)'}{by}", style="bold", overflow="fold")
    yield Text(_shown(line.why), overflow="fold")
    if line.deliveries:
        yield Text(_shown("; ".join(line.deliveries)), overflow="fold")
    yield Text(_shown(" ".join(filter(None, (line.story, line.document)))), style="dim", overflow="fold")


def _shown(text: str) -> str:
    """Short, and without characters that steer a terminal or turn the direction of writing."""
    found = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or sign.isprintable())
    return found if len(found) <= _SHORT else f"{found[:_SHORT]}…"
