"""Read dates in a sentence: absolute, without a year, by weekday, or counted from the day of the text."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.understand._grammar import Calendar, Grammar
from bot.understand.events.datesdense import dense_dates
from bot.understand.events.dateshangul import hangul_dates
from bot.understand.events.found import Dated, add_months, nearest_year, safe_date
from bot.understand.events.wording import Wording

_DIGIT = re.compile(r"\d")
_UNITS = ("day", "week", "month", "year")
_MONTHS = 12
_UNIT_DAYS = {"day": 1, "week": 7}
_UNIT_MONTHS = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Compiled date shapes of one grammar."""

    month: dict[str, int]
    unit: dict[str, str]
    number: dict[str, int]
    shapes: tuple[tuple[re.Pattern[str], str], ...]
    weekday: tuple[re.Pattern[str] | None, ...]


def find_dates(text: str, start: int, end: int, wording: Wording, anchor: date) -> tuple[Dated, ...]:
    """All dates in `text[start:end]`, in order, longest reading first where two overlap.

    Args:
        text: The document's full text; offsets of the result point into it.
        start: Where the sentence begins.
        end: Where it ends.
        wording: Compiled words of the language.
        anchor: The day the text speaks from.
    """
    found = list(_relative(text, start, end, wording, anchor))
    if wording.spaced:
        found += _spaced(text, start, end, wording, anchor)
    else:
        found += dense_dates(text, start, end, wording.grammar.calendar, anchor)
        found += hangul_dates(text, start, end, anchor)
    kept: list[Dated] = []
    for dated in sorted(found, key=lambda item: (item.start - item.end, item.start)):
        if not any(dated.start < other.end and dated.end > other.start for other in kept):
            kept.append(dated)
    return tuple(sorted(kept, key=lambda item: item.start))


def _relative(text: str, start: int, end: int, wording: Wording, anchor: date) -> Iterator[Dated]:
    first_next_month = add_months(anchor.replace(day=1), 1)
    named: tuple[tuple[str, date, str], ...] = (
        ("today", anchor, "day"),
        ("tomorrow", anchor + timedelta(days=1), "day"),
        ("next_day", anchor + timedelta(days=1), "day"),
        ("yesterday", anchor - timedelta(days=1), "day"),
        ("next_month", first_next_month, "month"),
        ("next_year", date(anchor.year + 1, 1, 1), "year"),
        ("this_year", date(anchor.year, 1, 1), "year"),
        ("last_year", date(anchor.year - 1, 1, 1), "year"),
    )
    for name, day, grain in named:
        for left, right in wording.spans(name, text, start, end):
            yield Dated(start=left, end=right, day=day, grain=grain, relative=True)
    if not wording.may_begin("weekdays", text, start, end):
        return
    for number, pattern in enumerate(_patterns(wording.grammar).weekday):
        if pattern is None:
            continue
        for match in pattern.finditer(text, start, end):
            back = (anchor.weekday() - number) % 7
            yield Dated(
                start=match.start(),
                end=match.end(),
                day=anchor - timedelta(days=back),
                grain="weekday",
                relative=True,
            )


def _spaced(text: str, start: int, end: int, wording: Wording, anchor: date) -> Iterator[Dated]:
    patterns = _patterns(wording.grammar)
    given = {name for name in ("months", "units") if wording.may_begin(name, text, start, end)}
    if _DIGIT.search(text, start, end):
        given.add("digits")
    for pattern, shape in patterns.shapes:
        if _NEEDED[shape] not in given:
            continue
        for match in pattern.finditer(text, start, end):
            dated = _READERS[shape](match, patterns, anchor)
            if dated is not None:
                yield dated


def _full_day(match: re.Match[str], patterns: _Patterns, anchor: date) -> Dated | None:
    """6 January 2026, 6. Januar, January 6th."""
    month = patterns.month.get(match["month"].casefold().rstrip("."))
    if month is None:
        return None
    day = int(match["day"])
    year = int(match["year"]) if match["year"] else nearest_year(anchor, month, day)
    return _dated(match, safe_date(year, month, day), "day", relative=match["year"] is None)


def _numeric(match: re.Match[str], _: _Patterns, anchor: date) -> Dated | None:
    """2026-01-06, 06.01.2026, 6.1."""
    month, day = int(match["month"]), int(match["day"])
    year = int(match["year"]) if match["year"] else nearest_year(anchor, month, day)
    return _dated(match, safe_date(year, month, day), "day", relative=match["year"] is None)


def _month_year(match: re.Match[str], patterns: _Patterns, anchor: date) -> Dated | None:
    """January 2026; January alone after a preposition."""
    month = patterns.month.get(match["month"].casefold().rstrip("."))
    if month is None:
        return None
    year = int(match["year"]) if match["year"] else nearest_year(anchor, month, 1)
    return _dated(match, safe_date(year, month, 1), "month", relative=match["year"] is None, group="month")


def _year(match: re.Match[str], _: _Patterns, anchor: date) -> Dated | None:
    """In 2010, from 2027."""
    year = int(match["year"])
    if abs(year - anchor.year) > 60:
        return None
    return _dated(match, safe_date(year, 1, 1), "year", relative=False, group="year")


def _span(match: re.Match[str], patterns: _Patterns, anchor: date) -> Dated | None:
    """Within two months, in 30 days, two years ago."""
    count = _count(match["number"], patterns)
    unit = patterns.unit.get(match["unit"].casefold())
    if count is None or unit is None:
        return None
    signed = -count if match["ago"] else count
    return _dated(match, shifted(anchor, signed, unit), "span", relative=True)


def shifted(anchor: date, count: int, unit: str) -> date | None:
    """The day `count` days, weeks, months or years from a day; None outside the calendar."""
    try:
        if unit in _UNIT_DAYS:
            return anchor + timedelta(days=count * _UNIT_DAYS[unit])
        return add_months(anchor, count * _UNIT_MONTHS[unit])
    except (OverflowError, ValueError):
        return None


def _count(words: str, patterns: _Patterns) -> int | None:
    folded = words.casefold()
    return int(folded) if folded.isdigit() else patterns.number.get(folded)


def _dated(match: re.Match[str], day: date | None, grain: str, *, relative: bool, group: str | int = 0) -> Dated | None:
    if day is None:
        return None
    return Dated(start=match.start(group), end=match.end(), day=day, grain=grain, relative=relative)


def _bare_day(match: re.Match[str], _: _Patterns, anchor: date) -> Dated | None:
    """Ngày 15/4: a day and a month in numbers behind a word that announces a date, which is no part of it."""
    month, day = int(match["month"]), int(match["day"])
    if not 1 <= month <= _MONTHS:
        return None
    return _dated(match, safe_date(nearest_year(anchor, month, day), month, day), "day", relative=True, group="day")


_READERS: dict[str, Callable[[re.Match[str], _Patterns, date], Dated | None]] = {
    "full": _full_day,
    "numeric": _numeric,
    "bare": _bare_day,
    "month": _month_year,
    "year": _year,
    "span": _span,
}


_NEEDED = {
    "full": "months",
    "numeric": "digits",
    "bare": "digits",
    "month": "months",
    "year": "digits",
    "span": "units",
}


@lru_cache(maxsize=64)
def _patterns(grammar: Grammar) -> _Patterns:
    calendar = grammar.calendar
    months = {name.casefold(): number for number, names in enumerate(calendar.months, 1) for name in names}
    units = {word.casefold(): unit for unit, words in zip(_UNITS, calendar.units, strict=False) for word in words}
    return _Patterns(
        month=months,
        unit=units,
        number={word.casefold(): count for word, count in calendar.numbers},
        shapes=tuple(_shapes(calendar)) if grammar.spaced else (),
        weekday=tuple(_weekday(words, spaced=grammar.spaced) for words in calendar.weekdays),
    )


def _weekday(words: tuple[str, ...], *, spaced: bool) -> re.Pattern[str] | None:
    if not words:
        return None
    joined = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)" if spaced else joined, re.IGNORECASE)


def _any(words: Iterator[str] | tuple[str, ...]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) or "(?!)"


def _shapes(calendar: Calendar) -> Iterator[tuple[re.Pattern[str], str]]:
    month = _any(name for names in calendar.months for name in names)
    ordinal = f"(?:{calendar.ordinal})?" if calendar.ordinal else ""
    year = r"(?P<year>(?:19|20)\d\d)"
    of = rf"(?:(?:{_any(calendar.of)})\s+)?" if calendar.of else ""
    flags = re.IGNORECASE
    # "6 January 2026", "6 tháng 1 năm 2026", "tháng 1/2026"
    to_year = rf"(?:,?\s+{of}(?:(?:{_any(calendar.year_before)})\s+)?|/)"
    yield re.compile(rf"(?<!\d){year}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"), "numeric"
    day = r"(?P<day>\d{1,2})"
    before = rf"(?<![\d.,]){day}{ordinal}\s*(?:of\s+)?{of}(?P<month>{month})(?!\w)\.?(?:{to_year}{year})?"
    after = rf"(?<!\w)(?P<month>{month})\.?\s+{day}(?!\d)(?:st|nd|rd|th)?(?:,?\s+{year})?"
    yield re.compile(before, flags), "full"
    yield re.compile(after, flags), "full"
    if calendar.day_first:
        dotted = rf"(?<![\d.]){day}(?P<sep>[./-])\s?(?P<month>\d{{1,2}})(?P=sep)\s?{year}(?!\d)"
        yield re.compile(dotted), "numeric"
    if calendar.bare_before:
        # "ngày 15-4" is a date, but "từ 5-10 năm" a range
        edges = {*calendar.from_before, *calendar.until_before, *calendar.since}
        sure = _any(word for word in calendar.bare_before if word not in edges)
        for lead, sign in ((_any(calendar.bare_before), "/"), (sure, "-")):
            bare = rf"(?<!\w)(?:{lead})\s+\(?{day}{sign}(?P<month>\d{{1,2}})(?![\d/%-])(?P<year>(?!))?"
            yield re.compile(bare, flags), "bare"
    yield re.compile(rf"(?<!\w)(?P<month>{month})\.?{to_year}{year}(?!\d)", flags), "month"
    lead = _any((*calendar.in_month, *calendar.from_before, *calendar.until_before, *calendar.since, *calendar.end_of))
    alone = rf"(?<!\w)(?:{lead})\s+(?P<month>{month})(?!\w)(?!\.?,?\s+\d)(?P<year>(?!))?"
    yield re.compile(alone, flags), "month"
    yield (
        re.compile(
            rf"(?<![\w.,/$€£¥-]){year}(?![\w/%]|[.,-]\d|\s?(?:%|[ap]\.?m\b|tonn|ton\b|kilo|kg|euro|dollar|yen))", flags
        ),
        "year",
    )
    number = _any(word for word, _ in calendar.numbers)
    unit = _any(word for words in calendar.units for word in words)
    within, ago, later = _any(calendar.within), _any(calendar.ago), _any(calendar.later)
    count = rf"(?P<number>\d{{1,3}}|{number})[\s-]+(?P<unit>{unit})(?!\w)"
    yield re.compile(rf"(?<!\w)(?:{within})\s+{count}(?P<ago>(?!))?", flags), "span"
    yield re.compile(rf"(?<!\w){count}\s+(?:(?P<ago>{ago})|{later})(?!\w)", flags), "span"
    yield re.compile(rf"(?<!\w)(?P<ago>{ago})\s+(?:\w+\s+)?{count}", flags), "span"


def end_of_month(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])
