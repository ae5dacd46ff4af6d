"""Dates in five languages, read on the seventh of January 2026, a Wednesday."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understand.events.dates import find_dates
from bot.understand.events.found import add_months, nearest_year
from bot.understand.events.wording import wording_of
from tests.fakes.event_scene import grammar

ANCHOR = date(2026, 1, 7)


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("en", "on 6 January 2026", date(2026, 1, 6)),
        ("en", "on January 6, 2026", date(2026, 1, 6)),
        ("en", "by Dec. 1st", date(2025, 12, 1)),
        ("en", "in March 2027", date(2027, 3, 1)),
        ("en", "signed 2026-01-06", date(2026, 1, 6)),
        ("en", "on Tuesday", date(2026, 1, 6)),
        ("en", "within two months", date(2026, 3, 7)),
        ("en", "three years ago", date(2023, 1, 7)),
        ("en", "tomorrow", date(2026, 1, 8)),
        ("en", "back in 2010,", date(2010, 1, 1)),
        ("nl", "op 6 januari 2026", date(2026, 1, 6)),
        ("nl", "per 1 februari", date(2026, 2, 1)),
        ("nl", "op 06-01-2026", date(2026, 1, 6)),
        ("nl", "binnen twee maanden", date(2026, 3, 7)),
        ("nl", "drie jaar geleden", date(2023, 1, 7)),
        ("nl", "dinsdag", date(2026, 1, 6)),
        ("de", "am 6. Januar 2026", date(2026, 1, 6)),
        ("de", "zum 1. Februar", date(2026, 2, 1)),
        ("de", "am 06.01.2026", date(2026, 1, 6)),
        ("de", "binnen zwei Monaten", date(2026, 3, 7)),
        ("de", "vor drei Jahren", date(2023, 1, 7)),
        ("de", "am Dienstag", date(2026, 1, 6)),
        ("ja", "2026年1月6日", date(2026, 1, 6)),
        ("ja", "令和8年1月6日", date(2026, 1, 6)),
        ("ja", "令和八年一月六日", date(2026, 1, 6)),
        ("ja", "令和元年五月一日", date(2019, 5, 1)),
        ("ja", "二〇二七年四月一日", date(2027, 4, 1)),
        ("ja", "来月1日", date(2026, 2, 1)),
        ("ja", "来年1月", date(2027, 1, 1)),
        ("ja", "6日の閣議", date(2026, 1, 6)),
        ("ja", "60日以内", date(2026, 3, 8)),
        ("ja", "3カ月後", date(2026, 4, 7)),
        ("zh-Hans", "2026年1月6日", date(2026, 1, 6)),
        ("zh-Hans", "1月6日", date(2026, 1, 6)),
        ("zh-Hans", "去年10月9日", date(2025, 10, 9)),
        ("zh-Hans", "明年1月", date(2027, 1, 1)),
        ("zh-Hans", "下个月", date(2026, 2, 1)),
        ("zh-Hans", "三个月后", date(2026, 4, 7)),
        ("zh-Hans", "周二", date(2026, 1, 6)),
        ("zh-Hans", "2026年底", date(2026, 12, 31)),
    ],
)
def test_events_dates_are_read(lang: str, text: str, day: date) -> None:
    found = find_dates(text, 0, len(text), wording_of(grammar(lang)), ANCHOR)
    assert [item.day for item in found] == [day]
    assert all(0 <= item.start < item.end <= len(text) for item in found)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "a fee of 2000 dollars"),
        ("en", "Regulation (EU) 2021/821"),
        ("en", "it may, or it may not"),
        ("nl", "een heffing van 2010 euro"),
        ("de", "rund 2000 Tonnen"),
        ("ja", "10日間の協議"),
        ("ja", "99月99日"),
        ("zh-Hans", "15个工作日"),
        ("zh-Hans", "再续三个月"),
    ],
)
def test_events_dates_numbers_are_no_dates(lang: str, text: str) -> None:
    assert find_dates(text, 0, len(text), wording_of(grammar(lang)), ANCHOR) == ()


def test_events_dates_month_ends_and_years() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)
    assert nearest_year(date(2026, 1, 7), 12, 1) == 2025
    assert nearest_year(date(2026, 10, 7), 1, 1) == 2027
