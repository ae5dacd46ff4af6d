"""Read dates in Chinese and Japanese: 2026年1月6日, 令和八年一月六日, 来年1月, 18日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.understand._grammar import Calendar
from bot.understand.events.found import Dated, add_months, nearest_year, safe_date

_NUMBER = r"[0-9]{1,4}|[〇零一二三四五六七八九十百元两兩]{1,7}"
_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_FULL = re.compile(
    rf"(?:(?P<era>[一-鿿]{{2}})?\s?(?P<year>{_NUMBER})\s?年|(?P<near>来年|明年|今年|本年|同年|昨年|去年))"
    rf"\s?(?:度)?(?:(?P<month>{_NUMBER})\s?月(?:(?P<day>{_NUMBER})\s?[日号號](?!間|间|内|內|以内|以內|元))?"
    r"|(?P<end>末|底))?"
)
_MONTH = re.compile(
    rf"(?<![0-9〇零一二三四五六七八九十年])(?:(?P<month>{_NUMBER})\s?月|(?P<near>来|下|今|本|同|上|先|前)(?:个|個)?月)"
    rf"(?:(?P<day>{_NUMBER})\s?[日号號](?!間|间|内|內|以内|以內)|(?P<end>末|底))?"
)
_DAY = re.compile(
    rf"(?<![0-9〇零一二三四五六七八九十月第.])(?P<day>{_NUMBER})\s?日(?!間|间|内|內|以内|以內|後|后|元|本|産|系|企|方|前)"
)
_SPAN = re.compile(
    rf"(?P<number>{_NUMBER}|半)\s?(?P<unit>个工作日|個工作日|個工作天|天|日間|日间|日|週間|週|周|星期|个月|個月|カ月|か月|ヶ月|箇月|ヵ月|年間|年)"
    r"(?P<what>以内|以內|之内|之內|内|內|之後|以後|後|之后|以后|后|前(?!倒))"
)
_UNITS = {"天": "day", "日": "day", "周": "week", "週": "week", "星": "week", "年": "year"}
_NEAR_YEARS = {"来年": 1, "明年": 1, "今年": 0, "本年": 0, "同年": 0, "昨年": -1, "去年": -1}
_NEAR_MONTHS = {"来": 1, "下": 1, "今": 0, "本": 0, "同": 0, "上": -1, "先": -1, "前": -1}


def dense_dates(text: str, start: int, end: int, calendar: Calendar, anchor: date) -> Iterator[Dated]:
    """All dates in `text[start:end]` of a script without spaces, overlaps included."""
    eras = dict(calendar.eras)
    for match in _FULL.finditer(text, start, end):
        yield from _full(match, eras, anchor)
    for match in _MONTH.finditer(text, start, end):
        yield from _month(match, anchor)
    for match in _DAY.finditer(text, start, end):
        day = number(match["day"])
        found = _nearest_day(anchor, day) if day else None
        if found is not None:
            yield _dated(match, found, "day")
    for match in _SPAN.finditer(text, start, end):
        yield from _span(match, anchor)


def number(word: str) -> int | None:
    """12, 十二, 二〇二七 or 元 (the first year of an era) as a number; None when it is none."""
    if word.isascii() and word.isdigit():
        return int(word)
    if word == "元":
        return 1
    if word == "半":
        return None
    word = word.replace("两", "二").replace("兩", "二")
    if "十" not in word and "百" not in word:
        value = 0
        for sign in word:
            if sign not in _DIGITS:
                return None
            value = value * 10 + _DIGITS[sign]
        return value
    total, pending = 0, 0
    for sign in word:
        if sign in {"十", "百"}:
            total += max(pending, 1) * (10 if sign == "十" else 100)
            pending = 0
        else:
            pending = _DIGITS.get(sign, 0)
    return total + pending


def _full(match: re.Match[str], eras: dict[str, int], anchor: date) -> Iterator[Dated]:
    year = _year(match, eras, anchor)
    if year is None:
        return
    start = match.start()
    if match["era"] and match["era"] not in eras:
        start += 2
    if match["month"] is None:
        if match["end"]:
            found, grain = safe_date(year, 12, 31), "month"
        else:
            found, grain = safe_date(year, 1, 1), "year"
    else:
        day = number(match["day"]) if match["day"] else 1
        found = safe_date(year, number(match["month"]) or 0, day or 0)
        grain = "day" if match["day"] else "month"
    if found is not None:
        yield Dated(start=start, end=match.end(), day=found, grain=grain, relative=match["near"] is not None)


def _year(match: re.Match[str], eras: dict[str, int], anchor: date) -> int | None:
    if match["near"]:
        return anchor.year + _NEAR_YEARS[match["near"]]
    count = number(match["year"])
    if count is None:
        return None
    if match["era"] in eras:
        return eras[match["era"]] + count
    if count < 100 and match["month"]:
        count += 2000  # 27年3月
    return count if 1900 <= count <= 2100 else None


def _month(match: re.Match[str], anchor: date) -> Iterator[Dated]:
    if match["near"]:
        first = add_months(anchor.replace(day=1), _NEAR_MONTHS[match["near"]])
        year, month = first.year, first.month
    else:
        month = number(match["month"]) or 0
        if not 1 <= month <= 12:
            return
        year = nearest_year(anchor, month, 1)
    day = number(match["day"]) if match["day"] else 1
    found = safe_date(year, month, day or 0)
    if match["end"] and found is not None:
        found = _last(found)
    if found is not None:
        yield _dated(match, found, "day" if match["day"] else "month")


def _last(day: date) -> date:
    following = add_months(day.replace(day=1), 1)
    return date.fromordinal(following.toordinal() - 1)


def _nearest_day(anchor: date, day: int) -> date | None:
    """The day of that number nearest to the text, in its month or one beside it."""
    around = (add_months(anchor.replace(day=1), shift) for shift in (-1, 0, 1))
    found = [candidate for first in around if (candidate := safe_date(first.year, first.month, day)) is not None]
    return min(found, key=lambda candidate: abs((candidate - anchor).days), default=None)


def _span(match: re.Match[str], anchor: date) -> Iterator[Dated]:
    count = number(match["number"])
    if match["number"] == "半" and match["unit"].startswith("年"):
        months = 6
    elif count is None:
        return
    else:
        unit = "day" if "工作" in match["unit"] else _UNITS.get(match["unit"][0], "month")
        if unit in {"day", "week"}:
            shift = count * (7 if unit == "week" else 1)
            sign = -1 if match["what"] == "前" else 1
            yield _dated(match, date.fromordinal(anchor.toordinal() + sign * shift), "span")
            return
        months = count * (12 if unit == "year" else 1)
    if match["what"] == "前":
        months = -months
    if abs(months) < 12 * 200:
        yield _dated(match, add_months(anchor, months), "span")


def _dated(match: re.Match[str], day: date, grain: str) -> Dated:
    return Dated(start=match.start(), end=match.end(), day=day, grain=grain, relative=True)
