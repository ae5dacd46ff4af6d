"""Hash a text into counts of its characters' n-grams: the cheapest thing that tells subjects apart in any script."""

from __future__ import annotations

from typing import Any

import numpy as np

BUCKETS = 1 << 16
SAMPLE = 700  # characters of title and text that are looked at
_SIZES = (2, 3, 4)
_PRIME = 0x9E3779B1  # Knuth's multiplicative hash: 2^32 divided by the golden ratio, odd
_MASK = 0xFFFFFFFF
_BLANK = 32
_DIGIT = 48  # all digits count as one: dates and prices tell no subject

Array = Any  # numpy arrays; their exact types say nothing here that names do not


def buckets(text: str) -> tuple[Array, Array]:
    """The n-grams of a text as hashed buckets.

    Args:
        text: Title, a blank and the text; case does not matter.

    Returns:
        Bucket numbers (int64, rising) and their weights (float32, a vector of length 1).
    """
    codes = _codes(text)
    hashes = [_hashed(codes, size) for size in _SIZES if len(codes) >= size]
    if not hashes:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    places, counts = np.unique(np.concatenate(hashes), return_counts=True)
    weights = np.log1p(counts).astype(np.float32)
    return places, weights / np.float32(np.sqrt(np.square(weights, dtype=np.float64).sum()))


def _codes(text: str) -> Array:
    """Code points with a blank on either side and all digits made one."""
    low = f" {text[:SAMPLE].lower()} "
    codes = np.frombuffer(low.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    codes[(codes >= 48) & (codes <= 57)] = _DIGIT
    codes[(codes == 10) | (codes == 13) | (codes == 9)] = _BLANK
    return codes


def _hashed(codes: Array, size: int) -> Array:
    last = len(codes) - size + 1
    value = np.full(last, size, dtype=np.uint64)
    for at in range(size):
        value = (value * np.uint64(31) + codes[at : at + last]) * np.uint64(_PRIME) & np.uint64(_MASK)
    return (value >> np.uint64(16)).astype(np.int64)
