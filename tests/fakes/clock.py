"""A clock that tests turn by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)


class FakeClock:
    """Stands still until somebody turns it."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def turn(self, span: timedelta | float) -> datetime:
        """Go forward by a span, or by seconds."""
        self._now += span if isinstance(span, timedelta) else timedelta(seconds=span)
        return self._now

    def set(self, now: datetime) -> None:
        """Go to a time."""
        self._now = now.astimezone(UTC)

    def pause(self, seconds: float) -> bool:
        """Wait without waiting: the time passes at once. Never asked to stop."""
        self.turn(seconds)
        return False
