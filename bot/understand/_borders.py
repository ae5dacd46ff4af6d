"""Say whether a string of characters in a script without spaces is a word of its own."""

from __future__ import annotations

from bot.understand._fold import ALPHABET_END, KATAKANA, inside_word, script
from bot.understand._view import View

_SYLLABLE_SIGNS = "ーァィゥェォャュョッヮ"  # they change the sound before them: it is another word
_SHORT_KANA = 2  # characters; so short a word must stand alone


def character_borders(view: View, start: int, end: int) -> bool:
    """True when a string of characters is a word of its own, as far as scripts and known words tell."""
    text = view.folded
    if inside_word(text, start) and text[start] < ALPHABET_END:
        return False
    if inside_word(text, end) and text[end] < ALPHABET_END:
        return False
    if start and script(text[start]) == KATAKANA == script(text[start - 1]):
        return False
    if (
        end < len(text)
        and script(text[end - 1]) == KATAKANA == script(text[end])
        and not _katakana_goes_on(text, start, end)
    ):
        return False
    return not (view.blocked and view.is_blocked(start, end))


def _katakana_goes_on(text: str, start: int, end: int) -> bool:
    """True when the katakana behind a word can be another word: リチウム|イオン, not チップ|ス."""
    stop = end
    while stop < len(text) and script(text[stop]) == KATAKANA:
        stop += 1
    own = end
    while own > start and script(text[own - 1]) == KATAKANA:
        own -= 1
    return stop - end > 1 and end - own > _SHORT_KANA and text[end] not in _SYLLABLE_SIGNS
