"""Say which weeks a digest is due for, by the wall clock of its team; pure.

A digest covers the seven days before it goes out and bears the name of the ISO week in which most of them lie: one that
goes out on Monday morning is about the week before, one of Friday about the week that ends.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.types.rules import DigestPlan

CATCH_UP = 4  # weeks; what was missed before is not sent any more
_WEEK = timedelta(days=7)
_MIDDLE = timedelta(days=4)  # from a day back to the middle one of the seven days before it


def iso_week(day: date) -> str:
    """ISO week of a day, e.g. "2026-W47"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def monday(week: str) -> date:
    """First day of an ISO week.

    Raises:
        ValueError: The name is no ISO week, e.g. "2026-W54".
    """
    year, separator, number = week.partition("-W")
    if not separator or len(year) != 4 or len(number) != 2 or not (year + number).isdigit():
        raise ValueError(f"{week!r} is no ISO week: write it as 2026-W47")
    return date.fromisocalendar(int(year), int(number), 1)


def goes_out(plan: DigestPlan, week: str) -> datetime:
    """When the digest of a week goes out, in UTC.

    A local time that summer time skips is taken an hour later; one that comes twice, the first time.
    """
    first = monday(week) + _MIDDLE
    day = first + timedelta(days=(plan.weekday - first.weekday()) % 7)
    return datetime.combine(day, plan.at, tzinfo=ZoneInfo(plan.zone)).astimezone(UTC)


def window(plan: DigestPlan, week: str) -> tuple[datetime, datetime]:
    """Start and end (left out) of what the digest of a week covers, in UTC; windows meet without gap or overlap."""
    return goes_out(plan, iso_week(monday(week) - _WEEK)), goes_out(plan, week)


def newest_week(plan: DigestPlan, now: datetime) -> str:
    """The latest week whose digest should have gone out by now."""
    day = now.astimezone(ZoneInfo(plan.zone)).date() + timedelta(days=3)
    while goes_out(plan, week := iso_week(day)) > now:
        day -= _WEEK
    return week


def digest_due(plan: DigestPlan, last_runs: Collection[str], now: datetime) -> tuple[str, ...]:
    """Weeks whose digest should have gone out by now and did not, oldest first.

    Args:
        plan: The digest.
        last_runs: Weeks that are settled; without any, nothing is due: the caller settles the newest week when it first
            meets a plan, so that a fresh installation does not begin with an empty digest.
        now: Aware.
    """
    if not last_runs:
        return ()
    settled = max(last_runs)
    due: list[str] = []
    week = newest_week(plan, now)
    while week > settled and len(due) < CATCH_UP:
        due.append(week)
        week = iso_week(monday(week) - _WEEK)
    return tuple(reversed(due))
