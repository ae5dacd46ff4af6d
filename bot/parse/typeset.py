"""Lines as a typesetter broke them, joined to paragraphs again: hyphens, scripts without blanks, new beginnings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable

# Han, kana and their punctuation: scripts that part no words. Korean parts them.
_UNPARTED = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff]")
_LAST_WORD = re.compile(r"(?<![^\W_])[^\W_]++-$")
_FIRST_WORD = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_OPENS = re.compile(
    r"[(（]?[0-9]{1,3}(?:\.[0-9]{1,3})*[.)）、．]|[(（]?[a-zA-Z][.)）]\s|[•·▪◦●○■□◆※*–—-]\s|[①-⑳]"
    r"|[(（]?[一二三四五六七八九十]{1,3}[)）、]|第\s?[0-9一二三四五六七八九十百]{1,6}\s?[条條章节節項号號]|제\s?[0-9]{1,4}\s?[조장항]"
    r"|(?:article|artikel|artículo|articolo|artigo|artykuł|статья|pasal|điều|annex|section|art\.|§)\s?[0-9ivxlc]",
    re.IGNORECASE,
)


def columns(line: str) -> int:
    """Width of a line in columns of a fixed font; East Asian characters take two."""
    if line.isascii():
        return len(line)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def opens_paragraph(line: str) -> bool:
    """True for lines that begin with a number, a bullet or the name of an article: nothing goes on in them."""
    return _OPENS.match(line) is not None


def words_of(lines: Iterable[str]) -> frozenset[str]:
    """All words of a text without case, those with hyphens as one."""
    return frozenset(word.casefold() for line in lines for word in _WORD.findall(line))


def joined(last: str, line: str, words: Container[str]) -> tuple[int, str]:
    """How a line goes on in the next: characters to take from its end, and what comes between.

    A hyphen at the end goes where the next line goes on in lower case, unless the text writes that word with a hyphen
    elsewhere and never without.

    Args:
        last: The line.
        line: The next.
        words: `words_of` all of the text.
    """
    before, after = _LAST_WORD.search(last), _FIRST_WORD.match(line)
    if before is not None and after is not None:
        hyphened = f"{before[0]}{after[0]}".casefold()
        keeps = not after[0][0].islower() or (hyphened in words and hyphened.replace("-", "") not in words)
        return (0, "") if keeps else (1, "")
    if _UNPARTED.match(last[-1]) and _UNPARTED.match(line[0]):
        return 0, ""
    return 0, " "
