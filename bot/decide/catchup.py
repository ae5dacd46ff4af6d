"""Say what a team is told of the alerts that waited through an outage; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.types.levels import Band

OLD = timedelta(hours=24)  # an alert that waited longer is part of the summary
FEW = 5  # old alerts that still go out singly
NAMED = 20  # headlines in a summary
SINGLY = Band.URGENT  # always goes out singly
# Machines take every message, however late.
UNSUMMARISED = frozenset({"webhook"})


def summary(
    bands: Mapping[Band, int], first: Sequence[str], oldest: datetime, newest: datetime
) -> tuple[str, tuple[str, ...]]:
    """Title and lines of the message that stands for old alerts.

    Args:
        bands: How many of each.
        first: A line for each of the oldest.
        oldest: When the first of them was made.
        newest: When the last was.
    """
    count = sum(bands.values())
    counted = ", ".join(f"{bands[band]} {band.value}" for band in sorted(bands, key=list(Band).index))
    made = f"Made between {oldest:%Y-%m-%d %H:%M} and {newest:%Y-%m-%d %H:%M} UTC, and not sent one by one: {counted}."
    lines = ["This channel could not be reached.", made, "Urgent and younger ones follow singly.", *first]
    if count > len(first):
        lines.append(f"and {count - len(first)} more")
    lines.append("All of them are in the archive and the weekly digest; `monazite why URL` shows any of them.")
    return f"{count} alerts from an outage", tuple(lines)
