"""PDF files to text in reading order, with the offset at which each page begins, or one sentence why there is none.

Only ever called in a child process: the library that reads PDF files is C++, and what strangers send it may end it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.parse.text import normalise, one_line
from bot.parse.typeset import columns, joined, opens_paragraph, words_of

MAX_PAGES = 300
MAX_CHARS = 1_000_000  # of all pages together

_PASSWORD, _LOCK = 4, 5  # FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY
_EDGE = 2  # lines at the top and at the foot of a page that may repeat
_REPEATS = 3  # pages from which on a line that repeats is no text
_FULL = 0.75  # of the usual width: a line that may go on in the next
_NARROW = 50  # columns; narrower lines are entries of a list, each for itself
_RUNNING = 0.4  # share of full lines from which on a page is running text
_NUMBER = re.compile(r"[0-9]{1,6}")
_FILE_NAME = re.compile(
    r"^microsoft (?:word|excel|powerpoint)\b|\.(?:docx?|xlsx?|pptx?|pdf|indd|rtf|odt|hwpx?)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfText:
    """What a PDF file says. Made by parse."""

    text: str  # normalised; lines parted by \n, paragraphs of running text by a blank line
    pages: tuple[int, ...]  # offset into text at which each page begins
    scanned_pages: int = 0  # pages that are pictures: what they say is missing
    left_out: int = 0  # pages beyond our limits, or damaged
    title: str = ""  # what the file calls itself


def read_pdf(body: bytes) -> PdfText | str:
    """The text of a PDF file, without what repeats at the edges of its pages.

    Args:
        body: The file.

    Returns:
        The text, or one sentence for people: the file is locked, damaged, or holds pictures only.
    """
    import pypdfium2  # noqa: PLC0415 - a library of seven megabytes that most answers never need

    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (_PASSWORD, _LOCK):
            return "The PDF file is locked with a password."
        return "The PDF file is damaged or was cut off: it cannot be opened."
    try:
        raw, scanned, left_out = _pages(document)
        title = _title(document)
    finally:
        document.close()
    text, starts = _flow(_without_running(raw))
    if not text:
        return _why_empty(scanned, len(raw), left_out)
    return PdfText(text=text, pages=starts, scanned_pages=scanned, left_out=left_out, title=title)


def _pages(document: Any) -> tuple[list[list[str]], int, int]:
    """The lines of each page, how many pages are pictures, and how many were left out."""
    from pypdfium2 import PdfiumError, raw  # noqa: PLC0415 - see read_pdf

    pages: list[list[str]] = []
    scanned = lost = 0
    room = MAX_CHARS
    for index in range(min(len(document), MAX_PAGES)):
        try:
            page = document[index]
            glyphs = page.get_textpage()
        except PdfiumError:
            pages.append([])
            lost += 1
            continue
        room -= glyphs.count_chars()
        if room < 0:
            break
        lines = _lines(glyphs.get_text_bounded())
        scanned += not lines and any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        pages.append(lines)
        glyphs.close()
        page.close()
    return pages, scanned, lost + len(document) - len(pages)


def _lines(text: str) -> list[str]:
    # The library takes the hyphen at the end of a line out and leaves one of these in place of the line end.
    text = text.replace("\x02", "-\n").replace("\ufffe", "-\n")
    return [line for raw in normalise(text).split("\n") if (line := " ".join(raw.split()))]


def _without_running(pages: Sequence[list[str]]) -> list[list[str]]:
    """Pages without headers, footers and page numbers: lines at an edge that most pages have."""
    seen = Counter(key for number, lines in enumerate(pages) for key in _edge_keys(lines, number))
    often = max(_REPEATS, sum(1 for lines in pages if lines) // 2 + 1)

    def repeats(line: str, number: int) -> bool:
        return any(seen[key] >= often for key in _keys(line, number))

    kept = []
    for number, lines in enumerate(pages):
        head = next((i for i, line in enumerate(lines[:_EDGE]) if not repeats(line, number)), min(_EDGE, len(lines)))
        tail = len(lines)
        while tail > max(head, len(lines) - _EDGE) and repeats(lines[tail - 1], number):
            tail -= 1
        kept.append(lines[head:tail])
    return kept


def _edge_keys(lines: Sequence[str], number: int) -> set[str]:
    return {key for line in (*lines[:_EDGE], *lines[-_EDGE:]) for key in _keys(line, number)}


def _keys(line: str, number: int) -> set[str]:
    """What an edge line is on every page: as it stands, or with its first or last number counted from the page's."""

    def counted(found: re.Match[str]) -> str:
        return f"#{int(found[0]) - number}"

    numbers = list(_NUMBER.finditer(line))
    if not numbers:
        return {line}
    places = {(found.start(), found.end()): found for found in (numbers[0], numbers[-1])}
    return {line} | {line[:start] + counted(found) + line[end:] for (start, end), found in places.items()}


def _flow(pages: Sequence[list[str]]) -> tuple[str, tuple[int, ...]]:
    """The lines of all pages as one text, and where each page begins in it."""
    usual = _usual_width(pages)
    known = words_of(line for lines in pages for line in lines)
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    last = ""  # the line before
    running = False  # whether it stood in running text
    for lines in pages:
        starts.append(length)
        here = _is_running(lines, usual)
        for index, line in enumerate(lines):
            goes_on = running and here and columns(last) >= _FULL * usual and not opens_paragraph(line)
            if last and goes_on:
                cut, between = joined(last, line, known)
            else:
                cut, between = 0, "" if not last else "\n\n" if index == 0 or running else "\n"
            if cut:
                pieces[-1] = pieces[-1][:-cut]
            pieces += (between, line)
            length += len(between) + len(line) - cut
            if index == 0:
                starts[-1] = length - len(line)
            last, running = line, here
    return "".join(pieces), tuple(min(start, length) for start in starts)


def _usual_width(pages: Sequence[list[str]]) -> int:
    """Columns of a full line: what nine of ten lines do not pass."""
    widths = sorted(columns(line) for lines in pages for line in lines)
    return widths[len(widths) * 9 // 10] if widths else 0


def _is_running(lines: Sequence[str], usual: int) -> bool:
    full = sum(columns(line) >= _FULL * usual for line in lines)
    return usual >= _NARROW and full >= _RUNNING * len(lines)


def _title(document: Any) -> str:
    """A title that people gave; programs put the name of the file there."""
    try:
        title = one_line(document.get_metadata_value("Title")[:1000])
    except UnicodeDecodeError:
        return ""
    return "" if _FILE_NAME.search(title) else title


def _why_empty(scanned: int, pages: int, left_out: int) -> str:
    if scanned:
        return f"The PDF file is scanned: {scanned} of its {pages + left_out} pages are pictures, and there is no text."
    if left_out:
        return "The PDF file is damaged or too large: no page of it could be read."
    return "The PDF file has no text."
