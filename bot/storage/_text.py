"""Make texts and records fit for PostgreSQL, which takes neither NUL nor half of a surrogate pair.

`parse` keeps both out; this is the last door, so that one hostile item can never make a batch fail. Every character
is replaced by one character: offsets stay valid.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from bot.types.codec import plain

LONGEST_KEY = 500  # bytes

_UNFIT = re.compile("[\x00\ud800-\udfff]")
_ESCAPED_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def fit(text: str) -> str:
    """The text without characters that PostgreSQL refuses."""
    return _UNFIT.sub("\ufffd", text) if _UNFIT.search(text) else text


def dumps(value: Any) -> str:
    """JSON for a jsonb column."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if "\\u0000" in text:
        text = _ESCAPED_NUL.sub("\\1\ufffd", text)
    return fit(text)


def record(value: Any) -> Any:
    """A record as the JSON data of its `record` column."""
    return plain(value)


def short(key: str) -> str:
    """The key itself, or a hash of one that is too long for an index (2,700 bytes)."""
    data = fit(key).encode()
    return fit(key) if len(data) <= LONGEST_KEY else f"#:{hashlib.sha256(data).hexdigest()}"


def lock_key(name: str) -> int:
    """The number under which PostgreSQL knows a named lock: signed 64 bit."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
