"""Full-text search over every language without an extension: words, and overlapping pairs of CJK characters.

PostgreSQL's own parser takes a run of Chinese for one word and depends on the locale of the database, so the words
are cut here and handed over as finished lexemes of the `simple` kind.
"""

from __future__ import annotations

import re
import unicodedata

# Han with extensions and compatibility forms, kana with the iteration and long-vowel marks, bopomofo, Hangul.
_CJK = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3\U00020000-\U000323af"
)
_RUN = re.compile(rf"([{_CJK}]+)|([^\W_{_CJK}]+)")
_MAX_TOKENS = 20_000  # a tsvector holds 1 MB; at 20,000 lexemes it stays well below
_MAX_WORD = 100  # characters; longer runs are no words


def search_tokens(text: str) -> tuple[str, ...]:
    """The lexemes of a text, in order.

    NFKC and casefold; runs of CJK characters become overlapping bigrams (one character alone stays one), everything
    else becomes words of letters and digits.
    """
    return tuple(token for run in _runs(text) for token in run)[:_MAX_TOKENS]


def vector(text: str) -> str:
    """The text as a tsvector literal with positions, to be cast by the database."""
    return " ".join(f"{_quoted(t)}:{min(n, 16383)}" for n, t in enumerate(search_tokens(text), 1))


def question(text: str) -> str:
    """What a person typed, as a tsquery literal: every word must be there, CJK characters side by side.

    A trailing `*` asks for words that begin so; a single CJK character finds every pair that begins with it. Empty
    when nothing in `text` can be looked for.
    """
    parts = []
    for piece in text.split():
        stem = piece.endswith("*")
        runs = list(_runs(piece))
        for n, run in enumerate(runs):
            lone = len(run) == 1 and len(run[0]) == 1 and re.match(f"[{_CJK}]", run[0])
            prefix = ":*" if lone or (stem and n == len(runs) - 1) else ""
            words = [_quoted(token) for token in run]
            words[-1] += prefix
            parts.append(f"({' <-> '.join(words)})" if len(words) > 1 else words[0])
    return " & ".join(parts)


def _runs(text: str) -> list[tuple[str, ...]]:
    """Lexemes grouped by the run of characters they came from."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    found: list[tuple[str, ...]] = []
    for match in _RUN.finditer(folded):
        run = match[1]
        if run is None:
            found.append((match[2][:_MAX_WORD],))
        elif len(run) == 1:
            found.append((run,))
        else:
            found.append(tuple(run[i : i + 2] for i in range(len(run) - 1)))
    return found


def _quoted(token: str) -> str:
    """Tokens hold letters and digits only, so that quotes and backslashes cannot occur."""
    return f"'{token}'"
