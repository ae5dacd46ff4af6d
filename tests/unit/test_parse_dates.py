"""Dates of feeds and pages in many forms name one moment, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest

from bot.parse.dates import from_epoch, parse_date, parse_pattern, zone_of

BEIJING, TOKYO, TAIPEI = ZoneInfo("Asia/Shanghai"), ZoneInfo("Asia/Tokyo"), ZoneInfo("Asia/Taipei")
NEW_YORK, BERLIN, AUCKLAND = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland")


def utc(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 1, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Tue, 06 Jan 2026 10:00:30 GMT", utc(6, 10, 0, 30)),
        ("Tue, 6 Jan 26 10:00 EST", utc(6, 15)),
        ("06 Jan 2026 10:00:00 +0200", utc(6, 8)),
        ("Tue , \t06  Jan 2026 10:00:00\t -0530", utc(6, 15, 30)),
        ("Tue, 06 Jan 2026 24:00:00 GMT", utc(7)),
        ("Tue, 06 Jan 2026 23:59:60 GMT", utc(6, 23, 59, 59)),
        ("Tue Jan  6 10:00:00 2026", utc(6, 10)),
        ("2026-01-06T15:30:00+08:00", utc(6, 7, 30)),
        ("2026-01-06T15:30:00.123456Z", utc(6, 15, 30)),
        ("2026-01-06T15:30Z", utc(6, 15, 30)),
        ("2026-01-06 15:30:00 UTC+9", utc(6, 6, 30)),
        ("20260106T101500Z", utc(6, 10, 15)),
        ("20260106", utc(6)),
        ("2026-1-6", utc(6)),
        ("2026/01/06", utc(6)),
        ("2026.01.06", utc(6)),
        ("January 6, 2026", utc(6)),
        ("Jan. 6th, 2026 3:05 p.m.", utc(6, 15, 5)),
        ("6th of January 2026", utc(6)),
        ("06/Jan/2026", utc(6)),
        ("Published: 10:30, 6 January 2026", utc(6, 10, 30)),
        ("Tuesday, January 6, 2026 - 12:15 am", utc(6, 0, 15)),
        ("6. Januar 2026, 14:05 Uhr", utc(6, 14, 5)),
        ("06.01.2026", utc(6)),
        ("6. März 2026", datetime(2026, 3, 6, tzinfo=UTC)),
        ("06-01-2026 14:05", utc(6, 14, 5)),
        ("6 januari 2026", utc(6)),
        ("1er janvier 2026", utc(1)),
        ("6 février 2026 à 15h30", datetime(2026, 2, 6, 15, 30, tzinfo=UTC)),
        ("6 de enero de 2026", utc(6)),
        ("6 gennaio 2026", utc(6)),
        ("6 de março de 2026", datetime(2026, 3, 6, tzinfo=UTC)),
        ("6 stycznia 2026 r.", utc(6)),
        ("6 января 2026 года, 15:30", utc(6, 15, 30)),
        ("6 Januari 2026", utc(6)),
        ("ngày 6 tháng 1 năm 2026", utc(6)),
        ("06/01/2026", utc(6)),
        ("13/01/2026", utc(13)),
    ],
)
def test_forms_in_use(text: str, moment: datetime) -> None:
    assert parse_date(text) == moment


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2026年1月6日", BEIJING, utc(6)),
        ("２０２６年０１月０６日　１５：３０", BEIJING, utc(6)),  # a full-width colon is punctuation: the day is kept
        ("发布时间：2026-01-06 15:30", BEIJING, utc(6, 7, 30)),
        ("[2026-01-06]", BEIJING, utc(6)),
        ("二〇二六年一月六日", BEIJING, utc(6)),
        ("二〇二五年十一月二十三日", BEIJING, datetime(2025, 11, 23, tzinfo=UTC)),
        ("Tue, 06 Jan 2026 10:00:00 CST", BEIJING, utc(6, 2)),
        ("Tue, 06 Jan 2026 10:00:00 CST", NEW_YORK, utc(6, 16)),
        ("2026年1月6日 15時30分", TOKYO, utc(6, 6, 30)),
        ("2026年1月6日 午後3時05分", TOKYO, utc(6, 6, 5)),
        ("令和8年1月6日", TOKYO, utc(6)),
        ("令和元年5月1日", TOKYO, datetime(2019, 5, 1, tzinfo=UTC)),
        ("平成31年4月30日", TOKYO, datetime(2019, 4, 30, tzinfo=UTC)),
        ("2026년 1월 6일 오후 3:30", ZoneInfo("Asia/Seoul"), utc(6, 6, 30)),
        ("2026. 1. 6.", ZoneInfo("Asia/Seoul"), utc(6)),
        ("115-01-06", TAIPEI, utc(6)),
        ("中華民國115年1月6日", TAIPEI, utc(6)),
        ("January 6, 2026 8:45 a.m.", NEW_YORK, utc(6, 13, 45)),
        ("6. Juli 2026 10:00", BERLIN, datetime(2026, 7, 6, 8, tzinfo=UTC)),
    ],
)
def test_texts_without_a_zone_take_the_clock_of_their_source(text: str, zone: tzinfo, moment: datetime) -> None:
    assert parse_date(text, zone=zone) == moment


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("26.01.06", ZoneInfo("Asia/Seoul"), utc(6)),
        ("26-01-06", BEIJING, utc(6)),
        ("06.01.26", BERLIN, utc(6)),
        ("06.01.26", ZoneInfo("Asia/Hong_Kong"), utc(6)),
        ("R8.1.6 更新", TOKYO, utc(6)),
        ("r08-01-06", TOKYO, utc(6)),
        ("H31.4.30", TOKYO, datetime(2019, 4, 30, tzinfo=UTC)),
        ("R8.1.6", BERLIN, None),
    ],
)
def test_short_years_as_their_country_writes_them(text: str, zone: tzinfo, moment: datetime | None) -> None:
    assert parse_date(text, zone=zone) == moment


@pytest.mark.parametrize("zone", [UTC, BEIJING, TOKYO, NEW_YORK, BERLIN, AUCKLAND, ZoneInfo("Pacific/Honolulu")])
def test_a_day_without_time_keeps_its_date_in_utc_and_at_its_source(zone: tzinfo) -> None:
    moment = parse_date("2026-01-06", zone=zone)
    assert moment is not None
    assert moment.date().isoformat() == moment.astimezone(zone).date().isoformat() == "2026-01-06"


@pytest.mark.parametrize("month_first", [True, False])
def test_american_dates(month_first: bool) -> None:
    assert parse_date("01/06/2026", month_first=month_first) == (
        utc(6) if month_first else datetime(2026, 6, 1, tzinfo=UTC)
    )
    assert parse_date("13/01/2026", month_first=month_first) == utc(13)


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "2026", "2026-13-45", "32.01.2026", "Thu, 01 Jan 1970 00:00:00 GMT", "0000-00-00"),
        *("6 Brumaire 2026", "No. 61 of 2025", "9" * 5000, "2999-01-01", "上午", "10:30"),
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_a_time_that_cannot_be_leaves_the_day() -> None:
    assert parse_date("2026-01-06T25:61:00Z") == utc(6)


def test_patterns() -> None:
    assert parse_pattern("06|2026|01", "%d|%Y|%m", zone=TOKYO) == utc(6)
    assert parse_pattern("2026-01-06 09.15", "%Y-%m-%d %H.%M", zone=TOKYO) == utc(6, 0, 15)
    assert parse_pattern("6 January", "%d|%Y|%m") is None


def test_unix_time() -> None:
    assert from_epoch(1767693600) == from_epoch(1767693600000) == utc(6, 10)
    assert from_epoch(0) is None
    assert from_epoch(float("inf")) is None
    assert from_epoch(10**40) is None


def test_zones_of_jurisdictions() -> None:
    assert zone_of("JP") == TOKYO
    assert zone_of("EU") == ZoneInfo("Europe/Brussels")
    assert zone_of("INT") is UTC
