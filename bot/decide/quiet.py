"""Say until when a quiet window holds messages back, in the window's own time zone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.types.rules import QuietHours, Route, Routing

_LONGEST = 15  # windows that may follow one another without a gap: two weeks of whole days


def quiet_until(window: QuietHours, now: datetime) -> datetime | None:
    """End of the window that `now` lies in, in UTC; None outside.

    Times are wall-clock times: over a change to summer time a night from 22:00 to 07:00 lasts eight hours. Windows
    that touch (two whole days of a weekend) are one.
    """
    end: datetime | None = None
    moment = now
    for _ in range(_LONGEST):
        found = _end(window, moment)
        if found is None:
            break
        end = moment = found
    return end


def open_at(channel: str, routes: Iterable[Route], routing: Routing, now: datetime) -> datetime | None:
    """When the channel may be spoken to; None = now. One route without quiet hours is enough to speak."""
    ends: list[datetime] = []
    for route in routes:
        if route.send != channel:
            continue
        window = routing.quiet.get(route.quiet) if route.quiet else None
        until = quiet_until(window, now) if window else None
        if until is None:
            return None
        ends.append(until)
    return min(ends, default=None)


def _end(window: QuietHours, now: datetime) -> datetime | None:
    zone = ZoneInfo(window.zone)
    today = now.astimezone(zone).date()
    # The window in force may have begun yesterday.
    ends = [end for day in (today - timedelta(days=1), today) for end in _on(window, day, now, zone)]
    return max(ends, default=None)


def _on(window: QuietHours, day: date, now: datetime, zone: ZoneInfo) -> Iterable[datetime]:
    """The end of the window that begins on `day`, when `now` lies in it; `days` names the day on which it begins."""
    if day.weekday() not in window.days:
        return
    last = day if window.end > window.start else day + timedelta(days=1)
    # Aware times of one zone compare by the wall clock, which is wrong in the hour that comes twice: compare in UTC.
    start = datetime.combine(day, window.start, tzinfo=zone).astimezone(UTC)
    end = datetime.combine(last, window.end, tzinfo=zone).astimezone(UTC)
    if start <= now < end:
        yield end
