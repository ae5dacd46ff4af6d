"""A clock that starts on a day of the recording and runs on from there."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class RecordedClock:
    """Runs at the pace of the machine from a given moment; `advance` jumps ahead."""

    def __init__(self, start: datetime) -> None:
        self._start = start.astimezone(UTC)
        self._born = time.monotonic()

    def now(self) -> datetime:
        """The recording's time, UTC."""
        return self._start + timedelta(seconds=time.monotonic() - self._born)

    def advance_to(self, moment: datetime) -> None:
        """Jump to a later moment; an earlier one is ignored, since time does not run back."""
        ahead = moment.astimezone(UTC) - self.now()
        if ahead > timedelta(0):
            self._start += ahead
