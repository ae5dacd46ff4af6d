"""Recognise copies of a text: shingles of its opening, sketched as the smallest of their hashes.

A sketch keeps the `SKETCH` smallest hashes (bottom-k MinHash; Broder, "On the resemblance and containment of
documents", 1997). Most openings have fewer shingles than that: their sketch is the whole set and the similarity exact;
for longer ones it is the usual estimate.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence

SKETCH = 128  # hashes kept per text
OPENING = 600  # characters of the text that join the title
WIDTH = 3  # tokens per shingle
ANCHORS = 8  # smallest hashes that find candidates: at 0.6 alike, one text in 1,500 shares none of them

# A word, or one character of a script without spaces (kana, Han).
_TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
_DIGITS = re.compile(r"\d+")


def sketch(title: str, text: str) -> tuple[int, ...]:
    """Smallest hashes of the shingles of title and opening, ascending; the same on every host."""
    folded = unicodedata.normalize("NFKC", f"{title}\n{text[:OPENING]}").casefold()
    tokens = _TOKEN.findall(folded)
    if not tokens:
        return ()
    last = max(len(tokens) - WIDTH, 0)
    shingles = {zlib.crc32(" ".join(tokens[i : i + WIDTH]).encode()) for i in range(last + 1)}
    return tuple(sorted(shingles)[:SKETCH])


def alike(one: Sequence[int], other: Sequence[int]) -> float:
    """Jaccard similarity of two sketched texts, 0..1; exact when both sketches are complete."""
    if not one or not other:
        return 0.0
    common = set(one).intersection(other)
    union = set(one).union(other)
    if len(one) < SKETCH and len(other) < SKETCH:
        return len(common) / len(union)
    smallest = sorted(union)[:SKETCH]
    return sum(value in common for value in smallest) / len(smallest)


def numbers(title: str) -> frozenset[str]:
    """The numbers of a title: notices No. 55 and No. 56 read alike and are two."""
    return frozenset(_DIGITS.findall(unicodedata.normalize("NFKC", title)))
