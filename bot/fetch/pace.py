"""Say when a source is to be asked again: its own pace, growing pauses after failures, and never an end to it."""

from __future__ import annotations

import email.utils
import hashlib
from datetime import UTC, datetime, timedelta

from bot.types.source import Source

SPREAD = 0.1  # of an interval by which a poll may come earlier or later, so that sources do not march in step
FIRST_PAUSE = timedelta(minutes=30)  # after a first failure, for sources that are polled more slowly than that
LONGEST_PAUSE = timedelta(hours=6)  # between attempts on a source that fails
LONGEST_RETRY_AFTER = timedelta(hours=24)  # that a server may ask for


def next_due(
    source: Source,
    *,
    failures: int,
    now: datetime,
    retry_after: timedelta | None = None,
    jitter: float | None = None,
) -> datetime:
    """The next moment to ask a source.

    After an answer (also "not modified") its own interval; after the n-th failure in a row a pause of 2^(n-1) times the
    interval or half an hour, whichever is shorter, up to six hours. A server's Retry-After is never undercut.

    Args:
        source: The source; `every` is its interval.
        failures: How often it failed in a row; 0 after an answer.
        now: The moment of the answer or failure.
        retry_after: What the server asked for.
        jitter: Place inside the spread, 0..1; None takes one that is fixed for source and moment.
    """
    pause = source.every if failures <= 0 else backoff(source.every, failures)
    place = _place(source, now) if jitter is None else jitter
    pause *= 1 + SPREAD * (2 * place - 1)
    if retry_after is not None:
        pause = max(pause, min(retry_after, LONGEST_RETRY_AFTER))
    return now + pause


def backoff(every: timedelta, failures: int) -> timedelta:
    """The pause after so many failures in a row, without spread; grows with every failure until it is six hours."""
    first = min(every, FIRST_PAUSE)
    factor: int = 2 ** min(max(failures, 1) - 1, 32)  # beyond that the pause is the longest in any case
    return min(first * factor, LONGEST_PAUSE)


def parse_retry_after(value: str, *, now: datetime) -> timedelta | None:
    """A Retry-After header (RFC 9110, section 10.2.3) as a span of at most 24 hours; None when it makes no sense."""
    value = value.strip()
    if value.isdecimal() and value.isascii():
        return min(timedelta(seconds=int(value[:9])), LONGEST_RETRY_AFTER)
    try:
        moment = email.utils.parsedate_to_datetime(value[:100])
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)  # "-0000" and nothing at all mean UTC there
    try:
        return min(max(moment - now, timedelta(0)), LONGEST_RETRY_AFTER)
    except OverflowError:
        return LONGEST_RETRY_AFTER


def _place(source: Source, now: datetime) -> float:
    seed = hashlib.blake2b(f"{source.id}|{now.astimezone(UTC).isoformat()}".encode(), digest_size=8).digest()
    return int.from_bytes(seed, "big") / 2**64
