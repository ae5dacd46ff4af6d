"""Hash a text into counts of its characters' n-grams: the cheapest thing that tells subjects apart in any script."""

from __future__ import annotations

from typing import Any

import numpy as np

BUCKETS = 1 << 16
SAMPLE = 700  # characters of title and text that are looked at
_SIZES = (2, 3, 4)
_PRIME = 0x9E3779B1  # Knuth's multiplicative hash: 2^32 divided by the golden ratio, odd
_BLANK = 32
_DIGIT = 48  # all digits count as one: dates and prices tell no subject

_LOGARITHMS = np.log1p(np.arange(len(_SIZES) * (SAMPLE * 3 + 2))).astype(np.float32)  # of one more than a count
_STARTS = np.array(_SIZES, dtype=np.uint32)[:, None]
_FACTOR = np.uint32(31 * _PRIME & 0xFFFFFFFF)  # (31 value + code) * prime, the codes' part worked out once
_FIRST = np.zeros(1, dtype=np.int64)

Array = Any  # numpy arrays; their exact types say nothing here that names do not


def buckets(text: str) -> tuple[Array, Array]:
    """The n-grams of a text as hashed buckets.

    Args:
        text: Title, a blank and the text; case does not matter.

    Returns:
        Bucket numbers (int64, rising) and their weights (float32, a vector of length 1).
    """
    hashes = np.sort(_hashes(_codes(text)), kind="stable")  # numbers of 16 bits are sorted digit by digit
    if not len(hashes):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    bounds = np.flatnonzero(hashes[1:] != hashes[:-1])
    bounds += 1
    starts = np.concatenate((_FIRST, bounds))
    weights = _LOGARITHMS[np.concatenate((bounds, (len(hashes),))) - starts]
    norm = np.float32(np.sqrt(np.square(weights, dtype=np.float64).sum()))
    return hashes[starts].astype(np.int64), weights / norm


def _codes(text: str) -> Array:
    """Code points with a blank on either side and all digits made one."""
    low = f" {text[:SAMPLE].lower()} "
    codes = np.frombuffer(low.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint32)
    codes[(codes >= 48) & (codes <= 57)] = _DIGIT
    codes[(codes == 10) | (codes == 13) | (codes == 9)] = _BLANK
    return codes


def _hashes(codes: Array) -> Array:
    """The upper 16 of 32 bits of every n-gram's hash; all sizes are worked out side by side."""
    longest = _SIZES[-1]
    padded = np.concatenate((codes, np.zeros(longest, dtype=np.uint32)))
    padded *= np.uint32(_PRIME)
    values = np.empty((len(_SIZES), len(codes)), dtype=np.uint32)
    values[:] = _STARTS
    for at in range(longest):
        own = values[sum(size <= at for size in _SIZES) :]  # the n-grams of the sizes before are complete
        own *= _FACTOR
        own += padded[at : at + len(codes)]
    values >>= np.uint32(16)
    whole = [row[: max(0, len(codes) - size + 1)] for row, size in zip(values, _SIZES, strict=True)]
    return np.concatenate(whole).astype(np.uint16)
