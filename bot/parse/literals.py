"""Object literals in scripts, as pages hold lists in them: {url: '/1.html', title: "Notice", time: '2026-01-06'}."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_DEEPEST = 200  # braces in each other; programs of people have a dozen
_LONGEST = 10_000  # characters of a value

# Possessive, and every closing mark optional: whatever does not end is one token, so the walk stays linear.
_TOKEN = re.compile(
    r"""//[^\n]*+ | /\*(?:[^*]|\*(?!/))*+(?:\*/)?+
      | "(?:[^"\\\n]|\\.)*+"?+ | '(?:[^'\\\n]|\\.)*+'?+ | `(?:[^`\\]|\\.)*+`?+
      | [^\W\d][\w$-]*+ | -?[0-9][0-9.]*+ | [{}\[\]:,]""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_SHORT = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "v": "", "0": "", "\n": ""}


@dataclass(slots=True)
class _Open:
    """A brace or bracket that is open."""

    brace: bool
    values: dict[str, str] = field(default_factory=dict)
    key: str | None = None
    wants_value: bool = False

    def take(self, word: str) -> None:
        """A string, name or number: the value of the key before it, or a key."""
        if self.wants_value and self.key is not None:
            self.values[self.key] = word
            self.key, self.wants_value = None, False
        else:
            self.key, self.wants_value = word, False


def literals(script: str) -> Iterator[dict[str, str]]:
    """Every object literal of a script with its values that are strings, names or numbers; inner ones first.

    Nothing is run, and what is no literal (calls, sums, other objects) is left out.
    """
    opened: list[_Open] = []
    for found in _TOKEN.finditer(script):
        word = found[0]
        if word in ("{", "["):
            if len(opened) == _DEEPEST:
                return
            opened.append(_Open(brace=word == "{"))
        elif word == "}":
            while opened and not opened[-1].brace:
                opened.pop()
            if opened and (values := opened.pop().values):
                yield values
        elif word == "]":
            if opened and not opened[-1].brace:
                opened.pop()
        elif opened and opened[-1].brace:
            _inside(opened[-1], word)


def _inside(here: _Open, word: str) -> None:
    if word == ":":
        here.wants_value = here.key is not None
    elif word == ",":
        here.key, here.wants_value = None, False
    elif not word.startswith(("//", "/*")):
        here.take(_text(word))


def _text(word: str) -> str:
    if word[0] not in "\"'`":
        return word
    inside = word[1:-1] if len(word) > 1 and word[-1] == word[0] else word[1:]
    inside = inside[:_LONGEST]
    if "\\" not in inside:
        return inside
    plain = _ESCAPE.sub(_unescaped, inside)
    return plain.encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="replace")


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    return _SHORT.get(found[4], found[4])
