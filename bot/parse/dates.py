"""Dates as feeds, APIs and list pages write them, always aware: RFC 822, ISO 8601 and how people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from bot.parse.text import one_line

_LONGEST = 160  # characters looked at; a date stands at the front of its cell
_FIRST_YEAR, _LAST_YEAR = 1990, 2200  # outside: a zero date or a slip, worth no more than no date

_MONTH_NAMES = (  # en; de; nl; fr; es; it; pt; pl; ru; id; older and short forms
    "january jan januar januari janvier janv enero ene gennaio gen janeiro stycznia styczeń sty января янв jänner",
    "february feb februar februari février fevrier févr fév febrero febbraio fevereiro fev lutego luty lut февраля фев",
    "march mar märz mrz maart mrt mars marzo março marco marca marzec марта мар maret",
    "april apr avril avr abril abr aprile kwietnia kwiecień kwi апреля апр",
    "may mai mei mayo maggio mag maio maja maj мая май",
    "june jun juni juin junio giugno giu junho czerwca czerwiec cze июня июн",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec lip июля июл",
    "august aug augustus août aout agosto ago agustus agt agu sierpnia sierpień sie августа авг",
    "september sep sept septembre septiembre settembre set setembro września wrzesień wrz сентября сен сент",
    "october oct oktober okt octobre octubre ottobre ott outubro out października październik paź октября окт",
    "november nov novembre noviembre novembro listopada listopad lis ноября ноя нояб nop",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudnia grudzień gru декабря дек desember",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_ERA_LETTERS = {"r": 2018, "h": 1988}  # 令和, 平成
_YEAR_LEADS = ("Asia/Tokyo", "Asia/Seoul", "Asia/Shanghai", "Asia/Taipei")  # 26.01.06 is of 2026
_NUMERALS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}

# RFC 822 names, and those that sources of ours write; hours east of Greenwich.
_ZONES = {
    "z": 0.0, "ut": 0.0, "utc": 0.0, "gmt": 0.0, "wet": 0.0, "bst": 1.0, "cet": 1.0, "cest": 2.0, "mez": 1.0,
    "mesz": 2.0, "eet": 2.0, "eest": 3.0, "msk": 3.0, "ist": 5.5, "wib": 7.0, "ict": 7.0, "hkt": 8.0, "sgt": 8.0,
    "awst": 8.0, "jst": 9.0, "kst": 9.0, "aest": 10.0, "aedt": 11.0, "brt": -3.0, "est": -5.0, "edt": -4.0,
    "cst": -6.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0,
}  # fmt: skip
_ZONE_OF = {  # where a state's ministries keep their clocks
    "CN": "Asia/Shanghai", "HK": "Asia/Hong_Kong", "TW": "Asia/Taipei", "JP": "Asia/Tokyo", "KR": "Asia/Seoul",
    "US": "America/New_York", "CA": "America/Toronto", "MX": "America/Mexico_City", "BR": "America/Sao_Paulo",
    "CL": "America/Santiago", "GB": "Europe/London", "UK": "Europe/London", "IE": "Europe/Dublin",
    "PT": "Europe/Lisbon", "EU": "Europe/Brussels", "BE": "Europe/Brussels", "NL": "Europe/Amsterdam",
    "DE": "Europe/Berlin", "FR": "Europe/Paris", "ES": "Europe/Madrid", "IT": "Europe/Rome", "PL": "Europe/Warsaw",
    "CH": "Europe/Zurich", "AT": "Europe/Vienna", "RU": "Europe/Moscow", "WTO": "Europe/Zurich",
    "IN": "Asia/Kolkata", "ID": "Asia/Jakarta", "VN": "Asia/Ho_Chi_Minh", "MY": "Asia/Kuala_Lumpur",
    "SG": "Asia/Singapore", "TH": "Asia/Bangkok", "KZ": "Asia/Almaty", "AU": "Australia/Canberra",
    "ZA": "Africa/Johannesburg", "CD": "Africa/Kinshasa",
}  # fmt: skip

_D = r"(?<![0-9])"
_E = r"(?![0-9])"
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s?([0-9]{{1,3}}|元)\s?年\s?([0-9]{{1,2}})\s?月\s?([0-9]{{1,2}})\s?日")
_ERA_LETTER = re.compile(r"(?<![^\W_])([rh])([0-9]{1,2})([-./])([0-9]{1,2})\3([0-9]{1,2})(?![0-9])")
_EAST = re.compile(rf"{_D}([0-9]{{4}})\s?[年년]\s?([0-9]{{1,2}})\s?[月월]\s?([0-9]{{1,2}})\s?[日일号號]?")
_YEAR_FIRST = re.compile(
    rf"{_D}([0-9]{{4}})(?:-([0-9]{{1,2}})-([0-9]{{1,2}})|/([0-9]{{1,2}})/([0-9]{{1,2}})"
    rf"|\.\s?([0-9]{{1,2}})\.\s?([0-9]{{1,2}})){_E}"
)
_COMPACT = re.compile(
    rf"{_D}((?:19|20)[0-9]{{2}})([01][0-9])([0-3][0-9])(?:t?([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})?)?{_E}"
)
_REPUBLIC = re.compile(rf"{_D}(1[0-9]{{2}})\s?[-./年]\s?([0-9]{{1,2}})\s?[-./月]\s?([0-9]{{1,2}}){_E}")
_DAY_FIRST = re.compile(
    rf"{_D}([0-9]{{1,2}})(?:\.|st|nd|rd|th|er|º|ª|°)?(?:\s|-|/|\sde\s|\sof\s)\s?([^\W\d_]{{3,12}})\.?(?:,|\sde|\sdel|-|/)?\s?"
    rf"(?:([0-9]{{4}}|[0-9]{{2}}(?=\s)|[0-9]{{2}}$){_E})"
)
_MONTH_FIRST = re.compile(rf"([^\W\d_]{{3,12}})\.?\s([0-9]{{1,2}})(?:st|nd|rd|th)?,?\s([0-9]{{4}}){_E}")
_ASCTIME = re.compile(rf"([^\W\d_]{{3}})\s+([0-9]{{1,2}})\s[0-9:]{{8}}(?:\s[a-z]{{2,4}})?\s([0-9]{{4}}){_E}")
_NUMERIC = re.compile(rf"{_D}([0-9]{{1,2}})([-./])\s?([0-9]{{1,2}})\2\s?([0-9]{{4}}|[0-9]{{2}}){_E}")
_VIETNAMESE = re.compile(rf"{_D}([0-9]{{1,2}})\stháng\s([0-9]{{1,2}})(?:\snăm|,)?\s([0-9]{{4}}){_E}")

_RFC_822 = re.compile(
    r"(?:[A-Z][a-z]{2},?\s)?([0-9]{1,2})\s([A-Za-z]{3})\s([0-9]{4})\s([0-9]{2}):([0-9]{2}):([0-9]{2})\s"
    r"(GMT|UTC|Z|[+-][0-9]{4})"
)
_CLOCK = re.compile(
    r"(上午|下午|晚上|午前|午後|오전|오후)?\s?(?<![0-9:.+-])([0-9]{1,2})(?::|時|时|点|시\s?|h)([0-9]{2})"
    r"(?:(?::|分|분\s?)([0-9]{2})(?:[.,][0-9]{1,9})?)?\s?(a\.?m\b|p\.?m\b)?"
)
_OFFSET = re.compile(r"(?:gmt|utc|ut)?\s?([+-])([0-9]{1,2}):?([0-9]{2})?(?![0-9:])")
_ZONE_NAME = re.compile(r"\b([a-z]{1,4})\b")
_AFTERNOON = ("下午", "晚上", "午後", "오후", "p.m", "pm")


def parse_date(text: str, *, zone: tzinfo = UTC, month_first: bool = False) -> datetime | None:
    """The moment that a text names, in UTC; None when it names none between 1990 and 2200.

    A date without a time becomes the first moment of that day, in the zone, which carries the same date in UTC: so a
    Beijing date does not turn into the day before.

    Args:
        text: A date, possibly with words around it ("Published: 6 January 2026").
        zone: Clock of the source, for texts that name none.
        month_first: Read 01/06/2026 as 6 January, the American way.
    """
    if (exact := _exact(text)) is not None:
        return _in_utc(exact)
    text = one_line(text[:_LONGEST]).lower()
    if not text:
        return None
    for (year, month, day), rest in _readings(text, zone, month_first=month_first):
        moment = _moment((year, month, day), rest, zone)
        if moment is not None:
            return moment
    return None


def _exact(text: str) -> datetime | None:
    """What nine of ten feeds write, read without looking around: RFC 822 and ISO 8601 with a zone."""
    try:
        if found := _RFC_822.fullmatch(text):
            zone = UTC if found[7] in ("GMT", "UTC", "Z") else _offset(found[7])
            month = _MONTHS.get(found[2].lower(), 0)
            return datetime(
                int(found[3]), month, int(found[1]), int(found[4]), int(found[5]), int(found[6]), tzinfo=zone
            )
        if text[10:11] == "T" and len(text) <= 35:
            moment = datetime.fromisoformat(text)
            return moment.replace(microsecond=0) if moment.tzinfo else None
    except ValueError:
        pass
    return None


def _offset(written: str) -> tzinfo:
    """+0130 as a zone."""
    span = timedelta(hours=int(written[1:3]), minutes=int(written[3:5]))
    return timezone(-span if written[0] == "-" else span)


def parse_pattern(text: str, pattern: str, *, zone: tzinfo = UTC) -> datetime | None:
    """The moment that a text names by a `datetime.strptime` pattern, in UTC; None when it does not fit."""
    try:
        found = datetime.strptime(one_line(text[:_LONGEST]), pattern)  # noqa: DTZ007 - the zone follows below
    except ValueError:
        return None
    if not any(directive in pattern for directive in ("%H", "%I", "%c", "%X")):
        return _whole_day((found.year, found.month, found.day), zone)
    return _in_utc(found if found.tzinfo else found.replace(tzinfo=zone))


def from_epoch(number: float) -> datetime | None:
    """The moment of a Unix time in seconds or, from eleven digits on, in milliseconds."""
    try:
        return _in_range(datetime.fromtimestamp(number / 1000 if abs(number) >= 1e11 else number, UTC))
    except (OverflowError, ValueError, OSError):
        return None


@cache
def zone_of(jurisdiction: str) -> tzinfo:
    """The clock of a jurisdiction's ministries; UTC for those without one."""
    name = _ZONE_OF.get(jurisdiction)
    return ZoneInfo(name) if name else UTC


def _readings(text: str, zone: tzinfo, *, month_first: bool) -> Iterator[tuple[tuple[int, int, int], str]]:
    """Every way in which a date can be read from a text, with what stands after it; surest first."""
    for expression in (_EAST, _YEAR_FIRST):
        if found := expression.search(text):
            numbers = [int(group) for group in found.groups() if group is not None]
            yield (numbers[0], numbers[1], numbers[2]), text[found.end() :]
    if found := _ERA.search(text):
        year = _ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))
        yield (year, int(found[3]), int(found[4])), text[found.end() :]
    if str(zone) == "Asia/Tokyo" and (found := _ERA_LETTER.search(text)):
        yield (_ERA_LETTERS[found[1]] + int(found[2]), int(found[4]), int(found[5])), text[found.end() :]
    yield from _with_month_names(text)
    if found := _COMPACT.search(text):
        rest = f"{found[4]}:{found[5]}:{found[6] or '00'}" if found[4] else ""
        yield (int(found[1]), int(found[2]), int(found[3])), rest + text[found.end() :]
    if found := _VIETNAMESE.search(text):
        yield (int(found[3]), int(found[2]), int(found[1])), _around(text, found)
    if found := _NUMERIC.search(text):
        first, second, year = int(found[1]), int(found[3]), _full_year(found[4])
        day, month = (second, first) if (month_first and first <= 12) or second > 12 else (first, second)
        if len(found[4]) == 2 and str(zone) in _YEAR_LEADS:
            yield (2000 + first, second, int(found[4])), _around(text, found)
        yield (year, month, day), _around(text, found)
    if str(zone) == "Asia/Taipei" and (found := _REPUBLIC.search(text)):
        yield (int(found[1]) + 1911, int(found[2]), int(found[3])), text[found.end() :]
    if "年" in text and any(c in _NUMERALS for c in text):
        arabic = _from_numerals(text)
        if found := _EAST.search(arabic):
            yield (int(found[1]), int(found[2]), int(found[3])), arabic[found.end() :]


def _with_month_names(text: str) -> Iterator[tuple[tuple[int, int, int], str]]:
    for found in _DAY_FIRST.finditer(text):
        if found[2] in _MONTHS:
            yield (_full_year(found[3]), _MONTHS[found[2]], int(found[1])), _around(text, found)
    for found in _MONTH_FIRST.finditer(text):
        if found[1] in _MONTHS:
            yield (int(found[3]), _MONTHS[found[1]], int(found[2])), _around(text, found)
    for found in _ASCTIME.finditer(text):
        if found[1] in _MONTHS:
            yield (int(found[3]), _MONTHS[found[1]], int(found[2])), text


def _around(text: str, found: re.Match[str]) -> str:
    """What stands after a date, or before it when nothing does: "10:30, 6 January 2026"."""
    after = text[found.end() :]
    return after if _CLOCK.search(after) else f"{after} {text[: found.start()]}"


def _from_numerals(text: str) -> str:
    """Chinese numerals of a date to digits: 二〇二六年十一月二十日 to 2026年11月20日."""
    text = re.sub(r"([一二三四五六七八九])?十([一二三四五六七八九])?", _tens, text)
    return "".join(_NUMERALS.get(c, c) for c in text)


def _tens(found: re.Match[str]) -> str:
    return (_NUMERALS[found[1]] if found[1] else "1") + (_NUMERALS[found[2]] if found[2] else "0")


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)


def _moment(date: tuple[int, int, int], rest: str, zone: tzinfo) -> datetime | None:
    clock = _CLOCK.search(rest)
    if clock is None:
        return _whole_day(date, zone)
    hour, minute, second = int(clock[2]), int(clock[3]), min(int(clock[4] or 0), 59)
    half = clock[1] or clock[5] or ""
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half and half not in _AFTERNOON and hour == 12:
        hour = 0
    days, hour = divmod(hour, 24) if (hour, minute) == (24, 0) else (0, hour)
    try:
        moment = datetime(*date, hour, minute, second, tzinfo=_zone(rest[clock.end() :], zone))
        return _in_utc(moment + timedelta(days=days))
    except (ValueError, OverflowError):
        return _whole_day(date, zone)


def _zone(text: str, zone: tzinfo) -> tzinfo:
    """The zone named right after a time, else the source's own."""
    if found := _OFFSET.match(text.lstrip(" (")):
        hours, minutes = int(found[2]), int(found[3] or 0)
        if hours > 14 or minutes > 59:
            return zone
        offset = timedelta(hours=hours, minutes=minutes)
        return timezone(-offset if found[1] == "-" else offset)
    found = _ZONE_NAME.match(text.lstrip(" ("))
    if found is None or found[1] not in _ZONES:
        return zone
    if found[1] in ("cst", "ist", "bst") and str(zone).startswith("Asia/"):
        return zone  # the three letters of China, Israel and Bangladesh, too
    return timezone(timedelta(hours=_ZONES[found[1]]))


def _whole_day(date: tuple[int, int, int], zone: tzinfo) -> datetime | None:
    try:
        return _in_range(max(datetime(*date, tzinfo=zone).astimezone(UTC), datetime(*date, tzinfo=UTC)))
    except (ValueError, OverflowError):
        return None


def _in_utc(moment: datetime) -> datetime | None:
    try:
        return _in_range(moment.astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def _in_range(moment: datetime) -> datetime | None:
    return moment if _FIRST_YEAR <= moment.year <= _LAST_YEAR else None
