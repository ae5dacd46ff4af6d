"""Recognise copies of a text: shingles of its opening, found by MinHash bands and judged exactly.

Candidates share one of `BANDS` bands of a MinHash signature (Broder, "On the resemblance and containment of
documents", 1997); whether they are copies is then counted on the shingles themselves.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from collections.abc import Sequence
from functools import lru_cache

from rensa import RMinHash

OPENING = 1_500  # characters that are looked at, title included
TOKENS = 200  # of them; a word, or a character where a script has no spaces
WIDTH = 3  # tokens per shingle
BANDS, ROWS = 16, 2  # at 0.6 alike, one text in 1,200 shares no band
SEED = 1  # of the signature; another one would part new texts from those filed before

# A word, or one character of a script without spaces (kana, Han).
_TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
_DIGITS = re.compile(r"\d+")


def sketch(title: str, text: str) -> tuple[int, ...]:
    """Hashes of the shingles of title and opening, ascending; the same on every host."""
    folded = unicodedata.normalize("NFKC", f"{title}\n{text}"[:OPENING]).casefold()
    tokens = _TOKEN.findall(folded)[:TOKENS]
    if not tokens:
        return ()
    last = max(len(tokens) - WIDTH, 0)
    return tuple(sorted({zlib.crc32(" ".join(tokens[i : i + WIDTH]).encode()) for i in range(last + 1)}))


@lru_cache(maxsize=4096)
def bands(shingles: tuple[int, ...]) -> frozenset[str]:
    """Names of the bands of a sketched text: copies share at least one; none for a text without words."""
    if not shingles:
        return frozenset()
    signature = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    signature.update([str(value) for value in shingles])
    digest = signature.digest()
    rows = (repr(digest[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS))
    return frozenset(
        f"{n}:{hashlib.md5(row.encode(), usedforsecurity=False).hexdigest()[:12]}" for n, row in enumerate(rows)
    )


def shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many shingles two sketched texts have in common."""
    return len(set(one).intersection(other))


def numbers(title: str) -> frozenset[str]:
    """The numbers of a title: notices No. 55 and No. 56 read alike and are two."""
    return frozenset(_DIGITS.findall(unicodedata.normalize("NFKC", title)))
