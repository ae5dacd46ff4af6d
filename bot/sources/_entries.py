"""The entries of a list, whatever holds it: web page, PDF file, CSV file, Excel workbook or plain text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.parse.dom import Page
from bot.parse.html import html_to_text
from bot.parse.pdf import read_pdf
from bot.parse.sheet import read_csv, read_workbook
from bot.sources import _kind, _versions
from bot.types.source import Fetched, Source

Cells = tuple[str, ...]

_OLE = b"\xd0\xcf\x11\xe0"  # how Word and Excel kept files until 2007
_COUNT = re.compile(r"(?:[(（]?[0-9]{1,3}[)）]|[0-9]{1,5}(?:[.．](?![0-9])|、))\s*")
_LEADING = re.compile(r"\A([0-9]{1,5})\s+(?=\D)")
_IN_STEP = 0.9  # of the rows count on from the one before: the first cell is their number


class Cut(NamedTuple):
    """An answer cut into its entries."""

    rows: list[Cells]
    title: str = ""  # what it calls itself
    steps: tuple[str, ...] = ()  # phrases for feed health


def cut(source: Source, fetched: Fetched) -> Cut | str:
    """The rows of an answer, or one sentence why there are none."""
    body = fetched.body.lstrip()
    if body.startswith(b"%PDF-"):
        return _from_pdf(body)
    if body.startswith(b"PK\x03\x04"):
        found = read_workbook(body)
        return found if isinstance(found, str) else Cut(found)
    if body.startswith(_OLE):
        return "The answer is a Word or Excel file of the old kind; CSV, XLSX, PDF and web pages can be read."
    if refusal := _kind.unreadable(source, fetched):
        return refusal.message
    decoded, steps = _kind.decoded(source, fetched)
    if _is_csv(source, fetched):
        table = read_csv(decoded.text)
        return table if isinstance(table, str) else Cut(table, steps=steps)
    page = Page(decoded.text, fetched.final_url)
    selector = _kind.words(source.options, "row")
    if not selector:
        lines: list[Cells] = [(text,) for line in html_to_text(decoded.text).split("\n") if (text := line.strip())]
        return Cut(lines, page.title(), steps)
    rows = [cells for row in page.rows(selector) if any(cells := row.cells())]
    return Cut(rows, page.title(), steps)


def entries(source: Source, rows: Sequence[Cells]) -> list[_versions.Entry] | str:
    """The entries that count, by the options of the source, or one sentence why they cannot be told apart.

    Numbers that only count the entries are left out: one more entry would change them all.
    """
    names = [_kind.several(source.options, option) for option in ("cells", "key")]
    if wanted := [name for listed in names for name in listed if not name.isdecimal()]:
        head = _head(rows, wanted)
        if head is None:
            return f"No row of the table has cells called {' and '.join(map(repr, wanted))}: its shape has changed."
        rows, titles = rows[head + 1 :], [cell.casefold() for cell in rows[head]]
    else:
        titles = []
    cells, key = (
        [int(name) - 1 if name.isdecimal() else titles.index(name.casefold()) for name in listed] for listed in names
    )
    skip = 0 if cells else int(_is_counted(rows))
    numbered = not cells and _are_numbered(rows)
    ignored = [piece.casefold() for piece in _kind.several(source.options, "ignore")]
    found = []
    for row in rows:
        text = ", ".join(cell for cell in (_picked(row, cells) if cells else list(row[skip:])) if cell)
        counted = _COUNT.match(text)
        text = text[counted.end() :] if counted else text
        text = _LEADING.sub("", text) if numbered else text
        if text and not any(piece in text.casefold() for piece in ignored):
            found.append(_versions.entry(text, " | ".join(_picked(row, key)).strip(" |") if key else ""))
    return found


def _from_pdf(body: bytes) -> Cut | str:
    found = read_pdf(body)
    if isinstance(found, str):
        return found
    odd = ((found.scanned_pages, "pages are pictures"), (found.left_out, "pages left out"))
    steps = tuple(f"{pages} {what}" for pages, what in odd if pages)
    return Cut([(line,) for line in found.text.split("\n") if line], found.title, steps)


def _is_csv(source: Source, fetched: Fetched) -> bool:
    named = urlsplit(fetched.final_url).path.lower().endswith((".csv", ".tsv"))
    said = fetched.media_type in ("text/csv", "text/tab-separated-values", "application/csv")
    return _kind.flag(source.options, "csv") or ((named or said) and not fetched.body.lstrip().startswith(b"<"))


def _head(rows: Sequence[Cells], wanted: Sequence[str]) -> int | None:
    """The number of the row that holds all names of cells."""
    names = {name.casefold() for name in wanted}
    return next((n for n, row in enumerate(rows[:200]) if names <= {cell.casefold() for cell in row}), None)


def _picked(row: Cells, places: Sequence[int]) -> list[str]:
    return [row[place] if place < len(row) else "" for place in places]


def _is_counted(rows: Sequence[Cells]) -> bool:
    """Whether the first cells of a table are numbers that count its rows."""
    numbers = [int(row[0]) for row in rows if len(row) > 1 and row[0].isdecimal() and len(row[0]) < 7]
    return len(numbers) > 2 and _count_on(numbers) and len(numbers) >= _IN_STEP * (len(rows) - 1)


def _are_numbered(rows: Sequence[Cells]) -> bool:
    """Whether lines begin with numbers that count entries, as in PDF files, where an entry may take several lines."""
    numbers = [int(found[1]) for row in rows if len(row) == 1 and (found := _LEADING.match(row[0]))]
    return len(numbers) > 4 and _count_on(numbers)


def _count_on(numbers: Sequence[int]) -> bool:
    steps = sum(after == before + 1 for before, after in itertools.pairwise(numbers))
    return steps >= _IN_STEP * (len(numbers) - 1)
