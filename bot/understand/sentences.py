"""Cut a text into sentences by rules: abbreviations, initials, numbers, quotes, line breaks, scripts without spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understand._fold import ALPHABET_END
from bot.understand.languages._language import Language

Span = tuple[int, int]

SURE_LETTERS = 7  # of a word; longer than any abbreviation without dots in any language file
# A candidate is a run of enders with the closing quotes behind it, or a line break. The runs are bounded: hostile
# texts hold millions of dots.
_CLOSERS = "\"'”’»)\\]」』）】》›"
_ENDS = re.compile(rf"[.!?…]{{1,8}}[{_CLOSERS}]{{0,4}}(?=\s|$)|[。！？｡]{{1,8}}[{_CLOSERS}]{{0,4}}|\n+")
_ENDS_CJK = re.compile(
    rf"[.…]{{1,8}}[{_CLOSERS}]{{0,4}}(?=\s|$)|[!?](?![A-Za-z0-9/=&?!])[{_CLOSERS}]{{0,4}}|[。！？｡]{{1,8}}[{_CLOSERS}]{{0,4}}|\n+"
)
_LAST_WORD = re.compile(r"([^\W_][\w.]*|[^\W_])$")
_NEXT = re.compile(r"\s*[\"'“‘„«»‹›(\[「『（]*\s*([^\W_]*)")
_NO_END = frozenset("\"'”’»)]」』）】》›。！？｡")  # behind 。 these belong to it
_GOES_ON = frozenset("とはがをのにでもやへか、，,)）")  # behind 」: the quoting sentence goes on
_LOOK_BACK = 24  # characters; the longest abbreviation with its dots
_ORDINAL_DIGITS = 2
_LONGEST = 2_000  # characters
_FINAL = '.!?…。！？｡:：;；"”»」』)）]'


def sentences(text: str, language: Language) -> tuple[Span, ...]:
    """Spans of all sentences, in order, without the blanks around them; together they hold every letter."""
    found: list[Span] = []
    start = 0
    for end in (_ENDS_CJK if language.cjk else _ENDS).finditer(text):
        if _is_end(text, end, language):
            _keep(found, text, start, end.end())
            start = end.end()
    _keep(found, text, start, len(text))
    return tuple(found)


def stretches(text: str) -> tuple[Span, ...]:
    """Spans that together hold the text and of which each holds whole sentences in every language.

    They end only where no rule of any language could deny it: before a line that does not go on in small letters,
    behind 。, and at a stop between a long word and a capital. That takes a tenth of the time that `sentences` takes.
    """
    ends = sorted(end for sign in (". ", "\n", "。") for end in _sure_ends(text, sign))
    return tuple(zip((0, *ends), (*ends, len(text)), strict=True))


def _sure_ends(text: str, sign: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        end = at + len(sign)
        following = text[end : end + 1]
        if sign == "\n":
            sure = not following.islower()
        elif sign == "。":
            sure = following not in _NO_END
        else:
            sure = following.isupper() and at >= SURE_LETTERS and text[at - SURE_LETTERS : at].isalpha()
        if sure:
            yield end
        at = text.find(sign, end)


def _keep(found: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = end - (len(piece) - len(piece.rstrip()))
    while right - left > _LONGEST:
        # Texts without any sentence end are hostile or tables; a sentence is what one looks at together.
        cut = text.rfind(" ", left + _LONGEST // 2, left + _LONGEST) + 1 or left + _LONGEST
        found.append((left, cut))
        left = cut
    if left < right:
        found.append((left, right))


def _is_end(text: str, end: re.Match[str], language: Language) -> bool:
    sign = end.group()
    if sign[0] == "\n":
        return len(sign) > 1 or not _is_wrapped(text, end.start(), end.end())
    if sign[0] in "。！？｡" or (language.cjk and sign[0] in "!?"):
        closed = sign[-1] not in "。！？｡!?"
        return not (closed and text[end.end() : end.end() + 1] in _GOES_ON and end.end() < len(text))
    following = _NEXT.match(text, end.end())
    word = following.group(1) if following else ""
    if sign[0] == "." and len(sign) == 1 and _is_abbreviated(text, end.start(), word, language):
        return False
    # A sentence does not begin with a small letter; product names that do are rarer than unknown abbreviations.
    return not word[:1].islower()


def _is_wrapped(text: str, start: int, end: int) -> bool:
    """True for a line break in the middle of a sentence: the next line goes on in small letters."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    return bool(before) and before not in _FINAL and after.islower()


def _is_abbreviated(text: str, dot: int, following: str, language: Language) -> bool:
    """True when the dot belongs to the word before it."""
    last = _LAST_WORD.search(text[max(0, dot - _LOOK_BACK) : dot])
    if last is None:
        return False
    word = last.group().lower()
    opened = following.lower() in language.openers
    if language.ordinal_dot and word.isdigit() and len(word) <= _ORDINAL_DIGITS:
        return not opened
    # Letters parted by dots (U.S, z.B, e.g) are abbreviations in every language, single letters initials.
    letters = word.split(".")
    if all(len(letter) == 1 and letter.isalpha() and letter < ALPHABET_END for letter in letters):
        return len(letters) == 1 or not opened
    return word in language.abbreviations and not (opened and word in language.may_end)
