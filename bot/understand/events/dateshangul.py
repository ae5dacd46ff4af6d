"""Read dates in Korean: 2026년 1월 6일, 올해 12월, 다음 달 1일, 2026. 1. 6., 90일 뒤, 석 달 안에."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.understand.events.found import Dated, add_months, nearest_year, safe_date

# One look at the whole line tells whether there is anything to read: most lines of other languages have none.
_ANY = re.compile(
    r"[년월달해]|하루|이틀|[사나열]흘|[닷엿]새|이레|보름|[일주](?=[^가-힣]|뒤|후|전|안|내|부터|까지|자|에|이|께)|\d{4}\.|['’]\d\d\."
)
_YEAR = r"(?:(?P<year>\d{4}|['’]?\d{2})\s?년|(?P<near>내년|이듬해|올해|금년|같은\s?해|작년|지난해|전년|재작년))"
_END = r"(?P<end>\s?(?:말|연말)(?![가-힣]|레이)|\s?말(?=까지|에|부터|께|로))?"
_DAY_SIGN = r"\s?일(?!\s?(?:간|째|치|동안|정|평균|본|대비|반|뒤|후|전(?!후)|안에|내에|이내))"
_FULL = re.compile(rf"{_YEAR}\s?(?:(?P<month>\d{{1,2}})\s?월(?:\s?(?P<day>\d{{1,2}}){_DAY_SIGN})?)?{_END}")
_MONTH = re.compile(
    rf"(?<!\d)(?:(?P<month>\d{{1,2}})\s?월|(?P<near>다음\s?달|내달|이번\s?달|이달|당월|지난달|지난\s달|전달))"
    rf"(?:\s?(?P<day>\d{{1,2}}){_DAY_SIGN}|{_END})"
)
_DAY = re.compile(rf"(?<![\d.~∼])(?P<day>\d{{1,2}}){_DAY_SIGN}")
_DOTTED = re.compile(r"(?<![\d.])(?P<year>\d{4}|['’]\d{2})\.\s?(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})(?!\d)\.?")
_COUNTS = {"한": 1, "두": 2, "석": 3, "세": 3, "넉": 4, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8}
_DAYS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "열흘": 10, "보름": 15}
_SPAN = re.compile(
    rf"(?:(?P<days>{'|'.join(_DAYS)})|(?P<half>반년)|(?<![\d.])(?P<number>\d{{1,3}}|{'|'.join(_COUNTS)})\s?"
    r"(?P<unit>일|주일|주|개월|달|년|해))(?:간|동안)?\s?"
    r"(?P<what>이내|안에|내에|내로|뒤|후(?!보|속|반)|만에|전(?!까지|문|기|자|면|체|쟁|략|력|국|부터|망))"
)
_NEAR_YEARS = {
    "내년": 1,
    "이듬해": 1,
    "올해": 0,
    "금년": 0,
    "같은해": 0,
    "작년": -1,
    "지난해": -1,
    "전년": -1,
    "재작년": -2,
}
_NEAR_MONTHS = {"다음달": 1, "내달": 1, "이번달": 0, "이달": 0, "당월": 0, "지난달": -1, "전달": -1}


def hangul_dates(text: str, start: int, end: int, anchor: date) -> Iterator[Dated]:
    """All dates in `text[start:end]` written in hangul, overlaps included."""
    if _ANY.search(text, start, end) is None:
        return
    for match in _FULL.finditer(text, start, end):
        yield from _full(match, anchor)
    for match in _MONTH.finditer(text, start, end):
        yield from _month(match, anchor)
    for match in _DAY.finditer(text, start, end):
        found = _nearest_day(anchor, int(match["day"]))
        if found is not None:
            yield _dated(match, found, "day")
    for match in _DOTTED.finditer(text, start, end):
        found = safe_date(_whole(match["year"]), int(match["month"]), int(match["day"]))
        if found is not None:
            yield Dated(start=match.start(), end=match.end(), day=found, grain="day", relative=False)
    for match in _SPAN.finditer(text, start, end):
        yield from _span(match, anchor)


def _whole(year: str) -> int:
    """A year of two digits is of this century."""
    digits = year.lstrip("'’")
    return int(digits) + 2000 if len(digits) <= 2 else int(digits)


def _full(match: re.Match[str], anchor: date) -> Iterator[Dated]:
    near = match["near"]
    if near:
        year = anchor.year + _NEAR_YEARS[near.replace(" ", "")]
    elif len(match["year"]) <= 2 and not match["month"]:
        return  # 10년 is ten years
    else:
        year = _whole(match["year"])
    if not 1900 <= year <= 2100:
        return
    if match["month"] is None:
        found = safe_date(year, 12, 31) if match["end"] else safe_date(year, 1, 1)
        grain = "month" if match["end"] else "year"
    else:
        found = safe_date(year, int(match["month"]), int(match["day"] or 1))
        grain = "day" if match["day"] else "month"
        if match["end"] and found is not None and not match["day"]:
            found, grain = _last(found), "day"
    if found is not None:
        yield Dated(start=match.start(), end=match.end(), day=found, grain=grain, relative=near is not None)


def _month(match: re.Match[str], anchor: date) -> Iterator[Dated]:
    if match["near"]:
        first = add_months(anchor.replace(day=1), _NEAR_MONTHS[match["near"].replace(" ", "")])
        year, month = first.year, first.month
    else:
        month = int(match["month"])
        if not 1 <= month <= 12:
            return
        year = nearest_year(anchor, month, int(match["day"] or 1))
    found = safe_date(year, month, int(match["day"] or 1))
    if found is None:
        return
    if match["end"]:
        yield _dated(match, _last(found), "day")
        return
    yield _dated(match, found, "day" if match["day"] else "month")


def _last(day: date) -> date:
    return add_months(day.replace(day=1), 1) - timedelta(days=1)


def _nearest_day(anchor: date, day: int) -> date | None:
    """The day of that number nearest to the text, in its month or one beside it."""
    around = (add_months(anchor.replace(day=1), shift) for shift in (-1, 0, 1))
    found = [candidate for first in around if (candidate := safe_date(first.year, first.month, day)) is not None]
    return min(found, key=lambda candidate: abs((candidate - anchor).days), default=None)


def _span(match: re.Match[str], anchor: date) -> Iterator[Dated]:
    sign = -1 if match["what"] == "전" else 1
    if match["days"]:
        yield _dated(match, anchor + timedelta(days=sign * _DAYS[match["days"]]), "span")
        return
    if match["half"]:
        yield _dated(match, add_months(anchor, sign * 6), "span")
        return
    count = int(match["number"]) if match["number"].isdigit() else _COUNTS[match["number"]]
    unit = match["unit"]
    if unit in {"일", "주", "주일"}:
        yield _dated(match, anchor + timedelta(days=sign * count * (1 if unit == "일" else 7)), "span")
    elif count < 100:
        yield _dated(match, add_months(anchor, sign * count * (12 if unit in {"년", "해"} else 1)), "span")


def _dated(match: re.Match[str], day: date, grain: str) -> Dated:
    return Dated(start=match.start(), end=match.end(), day=day, grain=grain, relative=True)
