"""Draw a box of text that fits its terminal, counting Chinese, Japanese and Korean letters as two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

NARROWEST, WIDEST = 24, 100
RESET = "\x1b[0m"


def columns(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(_columns(char) for char in text)


def wrapped(text: str, width: int) -> Iterator[str]:
    """Lines of at most `width` columns, broken at spaces, between wide letters, or, failing that, anywhere."""
    line, used, space = "", 0, -1
    for char in text:
        if char == " ":
            space = len(line)
        if used + _columns(char) > width and line:
            keep = space if 0 < space < len(line) or char == " " else len(line)
            yield line[:keep].rstrip()
            line = line[keep:].lstrip()
            used, space = columns(line), -1
            if char == " " and not line:
                continue
        line += char
        used += _columns(char)
        if _columns(char) == 2:
            space = len(line)
    if line.strip():
        yield line.rstrip()


def box(paragraphs: Sequence[tuple[str, str]], *, width: int, colour: str = "") -> str:
    """Paragraphs in a frame.

    Args:
        paragraphs: (indent, text); the indent stands before the first line and as spaces before the others. An empty
            text draws a line across.
        width: Columns of the terminal.
        colour: ANSI sequence for frame and first paragraph; "" for none.
    """
    outer = max(NARROWEST, min(WIDEST, width))
    inner = outer - 4
    lines = [f"╭{'─' * (outer - 2)}╮"]
    for index, (indent, text) in enumerate(paragraphs):
        if not text:
            lines.append(f"├{'─' * (outer - 2)}┤")
            continue
        before = indent
        for piece in wrapped(text, inner - columns(indent)):
            content = before + piece
            before = " " * columns(indent)
            padded = content + " " * (inner - columns(content))
            lines.append(f"│ {colour}{padded}{RESET if colour else ''} │" if index == 0 else f"│ {padded} │")
    lines.append(f"╰{'─' * (outer - 2)}╯")
    return "\n".join(lines) + "\n"


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
