"""Read the wait that an HTTP answer asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

LONGEST_WAIT = timedelta(hours=1)


def retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """The wait in whole seconds, at most an hour; None when the answer asks for none."""
    for name, value in headers.items():
        if name.lower() == "retry-after" and value.strip().isdecimal():
            return min(timedelta(seconds=int(value.strip()[:9])), LONGEST_WAIT)
    return None
