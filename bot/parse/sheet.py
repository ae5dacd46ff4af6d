"""Tables in files, as CSV or as an Excel workbook (XLSX), to rows of cells."""

from __future__ import annotations

import csv
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from bot.parse.text import one_line

MAX_ROWS = 60_000
_CELLS = 60  # of one row
_LONGEST = 2_000  # characters of a cell
_SHEETS = 20
_MOST = 20_000_000  # characters of all cells; a text of a workbook may stand in any number of them
_LOCKED = 0x1  # flag of a part that wants a password
_UNPACKED = 30 << 20  # bytes of one part of a workbook
_SHEET = re.compile(r"xl/worksheets/sheet([0-9]{1,4})\.xml")
_COLUMN = re.compile(r"[A-Z]{1,3}")

Rows = list[tuple[str, ...]]


def read_csv(text: str) -> Rows | str:
    """The rows of a CSV file that hold anything, or one sentence why it cannot be read.

    Args:
        text: The decoded file; commas, semicolons, tabs or bars part its cells.
    """
    head = text[:20_000].split("\n", 20)[:20]
    parted_by = max(
        ",;\t|", key=lambda sign: min(sum(sign in line for line in head), 20) * 1000 + text[:20_000].count(sign)
    )
    try:
        rows = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=parted_by)
        return _tidied(itertools.islice(rows, MAX_ROWS))
    except csv.Error:
        return "The file is no CSV that can be read: a quotation mark never closes."
    except ValueError:
        return "The CSV file is too large."


def read_workbook(body: bytes) -> Rows | str:
    """The rows of all sheets of an XLSX file that hold anything, or one sentence why it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            names = {found[0]: int(found[1]) for name in packed.namelist() if (found := _SHEET.fullmatch(name))}
            if not names:
                return "The answer is a ZIP file that is no Excel workbook; CSV, XLSX, PDF and web pages can be read."
            shared = _shared(packed)
            sheets = sorted(names, key=names.__getitem__)[:_SHEETS]
            rows = (row for name in sheets for row in _rows(_tree(packed, name), shared))
            return _tidied(itertools.islice(rows, MAX_ROWS))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError):
        # NotImplementedError is how zipfile says that it knows no such packing, KeyError that a part is missing.
        return "The Excel file is damaged, locked or too large."


def _tree(packed: zipfile.ZipFile, name: str) -> etree._Element:
    """A part of a workbook.

    Raises:
        ValueError: It is locked, larger than anybody's list, or no XML.
    """
    if packed.getinfo(name).flag_bits & _LOCKED:
        raise ValueError(name)
    with packed.open(name) as part:
        body = part.read(_UNPACKED + 1)
    if len(body) > _UNPACKED:
        raise ValueError(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(name) from error


def _shared(packed: zipfile.ZipFile) -> list[str]:
    """Texts that cells refer to by number."""
    if "xl/sharedStrings.xml" not in packed.namelist():
        return []
    return [_said(element) for element in _tree(packed, "xl/sharedStrings.xml").iter("{*}si")]


def _rows(sheet: etree._Element, shared: list[str]) -> Iterator[list[str]]:
    for row in sheet.iter("{*}row"):
        cells: list[str] = []
        for cell in row.iter("{*}c"):
            letters = _COLUMN.match(cell.get("r") or "")
            column = _number(letters[0]) if letters else len(cells)
            if column < _CELLS:
                cells += [""] * (column + 1 - len(cells))
                cells[column] = _value(cell, shared)
        yield cells


def _number(letters: str) -> int:
    """A, B, ... AA as 0, 1, ... 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: etree._Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _said(cell)
    said = cell.findtext("{*}v") or ""
    if cell.get("t") != "s":
        return said
    return shared[int(said)] if said.isdecimal() and len(said) < 10 and int(said) < len(shared) else ""


def _said(element: etree._Element) -> str:
    """All texts inside, without how Japanese is to be pronounced."""
    parts = (text for text in element.iter("{*}t") if not any(True for _ in text.iterancestors("{*}rPh")))
    return "".join(part.text or "" for part in parts)


def _tidied(rows: Iterator[list[str]]) -> Rows:
    """Rows without blanks at their ends, and none that are empty.

    Raises:
        ValueError: They hold more text than anybody's list.
    """
    found = []
    room = _MOST
    for row in rows:
        cells = [one_line(cell[:_LONGEST]) for cell in row[:_CELLS]]
        room -= sum(map(len, cells))
        if room < 0:
            raise ValueError("too much text")
        while cells and not cells[-1]:
            cells.pop()
        if any(cells):
            found.append(tuple(cells))
    return found
