"""A date as read from words, and the arithmetic that reading it takes."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """One date expression."""

    start: int  # offsets into Document.full
    end: int
    day: date  # the first day of what is meant
    grain: str  # "day" "weekday" "month" "year" "span"
    relative: bool  # counted from the day of the text, or its year inferred


def safe_date(year: int, month: int, day: int) -> date | None:
    """A date, or None when the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, count: int) -> date:
    """The same day some months on, or the last one of a shorter month.

    Raises:
        ValueError: The year is outside 1..9999.
    """
    total = day.year * 12 + day.month - 1 + count
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


_MOST_BACK = 182  # days: half a year either way


def nearest_year(anchor: date, month: int, day: int) -> int:
    """The year that brings a day without a year nearest to the text."""
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        candidate = safe_date(year, month, min(day, 28))
        if candidate is not None and -_MOST_BACK <= (candidate - anchor).days <= 366 - _MOST_BACK:
            return year
    return anchor.year
