"""Fold letters for comparison without moving any: every offset into the folded text is one into the text itself."""

from __future__ import annotations

import re

ALPHABET_END = "⺀"  # letters below are of alphabets; above begin the scripts of East Asia
WORDS = re.compile(r"[^\W_⺀-\U0010ffff]+|[가-힣]+")  # runs of letters and digits of an alphabet, or of hangul
LONGEST_WORD = 100  # letters

NONE, ALPHABET, HANGUL, HIRAGANA, KATAKANA, HAN = range(6)


def fold(text: str) -> str:
    """Lower case with plain apostrophes, hyphens and spaces; always as long as `text`.

    `casefold` makes two letters of an eszett, and `lower` two of a dotted capital I: both move what follows.
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c) == 1 else c[0] for c in map(str.lower, text))
    if not low.isascii():
        low = low.replace("’", "'").replace("ʼ", "'").replace("\xa0", " ").replace("‑", "-").replace("‐", "-")
    return low


def script(char: str) -> int:
    """Class of one character; a word has a border wherever the class changes."""
    if not char.isalnum():
        return NONE
    if char < ALPHABET_END:
        return ALPHABET
    if "가" <= char <= "힣":
        return HANGUL
    if "ぁ" <= char <= "ゟ":
        return HIRAGANA
    if "゠" <= char <= "ヿ" or "ㇰ" <= char <= "ㇿ":
        return KATAKANA
    return HAN


def is_east_asian(text: str) -> bool:
    """True when any character is hangul, kana or Han."""
    return any(c >= ALPHABET_END and c.isalnum() for c in text)


def word_end(text: str, at: int) -> int:
    """End of the run of letters and digits of one script that begins at `at`; `at` itself when there is none.

    Runs are followed as far as words go; looking to the end of a text without blanks from each of its letters would
    take hours.
    """
    found = WORDS.match(text, at, at + LONGEST_WORD)
    return found.end() if found else at


def inside_word(text: str, at: int) -> bool:
    """True when the characters on both sides of `at` belong to one word of an alphabet or of hangul."""
    if at <= 0 or at >= len(text):
        return False
    before, after = text[at - 1], text[at]
    if before < ALPHABET_END and after < ALPHABET_END:
        return before.isalnum() and after.isalnum()
    kind = script(before)
    return kind == HANGUL and script(after) == kind
