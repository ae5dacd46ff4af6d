"""Cut texts into words, or into short runs of characters where a script has no spaces, for counting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

SPACELESS = frozenset({"ja", "zh-Hans", "zh-Hant"})
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_RUNS = re.compile(r"[\u3005\u3400-\u4dbf\u4e00-\u9fff]+|[\u30a1-\u30fa\u30fc]+")  # Han or katakana, never both
_LEFT = re.compile(r"([^\W\d_]+)[ \u00a0-]+$")
_RIGHT = re.compile(r"[ \u00a0-]+([^\W\d_]+)")
_REACH = 60  # characters in which the next word ends
_SHORTEST, _LONGEST = 2, 4  # characters of a run
_FEWEST_LETTERS = 3  # of a word


class Token(NamedTuple):
    """A word or run of characters at a place."""

    text: str  # in small letters
    start: int  # offset into the text it was cut from
    end: int


def tokens(text: str, lang: str, *, shift: int = 0) -> Iterator[Token]:
    """Words that could be learnt from a text: of three letters or more, or two to four characters of one script.

    Args:
        text: Any.
        lang: Language of the text.
        shift: Added to offsets.
    """
    if lang not in SPACELESS:
        for hit in _WORD.finditer(text):
            if len(hit.group()) >= _FEWEST_LETTERS:
                yield Token(folded(hit.group()), hit.start() + shift, hit.end() + shift)
        return
    for hit in _RUNS.finditer(text):
        run = hit.group()
        for start in range(len(run)):
            for end in range(start + _SHORTEST, min(start + _LONGEST, len(run)) + 1):
                at = hit.start() + start + shift
                yield Token(run[start:end], at, at + end - start)


def around(text: str, start: int, end: int, lang: str) -> Iterator[tuple[str, Token]]:
    """A stretch of text with one more word on its left, and with one more on its right; and that word.

    In scripts without spaces one and two more characters stand for a word. Another sign between them parts them.
    """
    if lang in SPACELESS:
        for more in (1, 2):
            for low, high in ((start - more, start), (end, end + more)):
                if low >= 0 and high <= len(text) and _RUNS.fullmatch(text, low, high):
                    yield text[min(low, start) : max(high, end)], Token(text[low:high], low, high)
        return
    reach = max(0, start - _REACH)
    if (left := _LEFT.search(text[reach:start])) is not None:
        token = Token(folded(left[1]), reach + left.start(1), reach + left.end(1))
        yield spaced(text[token.start : end]), token
    if (right := _RIGHT.match(text[end : end + _REACH])) is not None:
        token = Token(folded(right[1]), end + right.start(1), end + right.end(1))
        yield spaced(text[start : token.end]), token


def spaced(text: str) -> str:
    """Small letters, hyphens and other blanks as one space each."""
    return " ".join(folded(text).replace("-", " ").split())


def folded(text: str) -> str:
    """Small letters, composed."""
    return unicodedata.normalize("NFKC", text).casefold()
