"""What all kinds of source share: requests, options, dates and refusals in plain words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.parse.charset import Decoded, decode, is_encoding
from bot.parse.dates import from_epoch, parse_date, parse_pattern, zone_of
from bot.parse.dom import check_selector
from bot.types.source import Fetched, Harvest, Item, ParseFailure, Request, Source, SourceState

MAX_ITEMS = 2000  # per answer; no source lists more that is new
TOO_MANY = f"only the first {MAX_ITEMS} entries kept"
SHARED_OPTIONS = ("timezone", "date_format", "month_first", "charset")


def request(source: Source, state: SourceState, *, now: datetime, robots: bool = True) -> tuple[Request, ...]:
    """The request of a source, with validators; in January, that for last year's page besides one with `{year}`.

    A page that is named after its year comes into being with its first entry, and the last entries of the old year are
    on the old one.

    Args:
        source: The source.
        state: What is remembered of it.
        now: The moment of asking.
        robots: Whether robots.txt has a say, as the source allows; False for feeds, which are there to be read.
    """
    page = asked(source, source.url, now=now)
    page = replace(page, robots=robots and page.robots)
    today = now.astimezone(clock_of(source))
    if "{year}" not in source.url or today.month > 1:
        return (replace(page, etag=state.etag, last_modified=state.last_modified),)
    # Validators are those of one answer, so two requests go without.
    return replace(page, optional=True), replace(page, url=source.url.replace("{year}", str(today.year - 1)))


def asked(source: Source, url: str, *, now: datetime) -> Request:
    """A request for an address of a source; `{year}` in it is the year on the source's own calendar."""
    year = now.astimezone(clock_of(source)).year
    return Request(
        source_id=source.id, url=url.replace("{year}", str(year)), headers=source.headers, robots=source.robots
    )


def known_options(raw: Mapping[str, object], own: Iterable[str] = ()) -> dict[str, object]:
    """The options as a dict, after a look at their names and at those that all kinds share.

    Raises:
        ValueError: An option is unknown, or a shared one has a value that cannot be used.
    """
    allowed = (*own, *SHARED_OPTIONS)
    for name in raw:
        if name not in allowed:
            near = difflib.get_close_matches(name, allowed, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; allowed are {', '.join(allowed)}"
            raise ValueError(f"unknown option {name!r}{hint}")
    found = dict(raw)
    if "timezone" in found:
        _zone(words(found, "timezone"))
    if "charset" in found:
        _charset(words(found, "charset"))
    if "month_first" in found:
        found["month_first"] = flag(found, "month_first")
    if "date_format" in found:
        _pattern(words(found, "date_format"))
    return found


def words(options: Mapping[str, object], name: str, default: str = "") -> str:
    """An option that is text.

    Raises:
        ValueError: It is a list, a mapping or something else.
    """
    value = options.get(name, default)
    if isinstance(value, str):
        return value.strip()
    raise ValueError(f"option {name!r} must be text, not {type(value).__name__}")


def flag(options: Mapping[str, object], name: str) -> bool:
    """An option that is true or false, as YAML value or as written; yes and no will do.

    Raises:
        ValueError: It is neither.
    """
    value = options.get(name, False)
    if isinstance(value, str) and value.lower() in ("true", "yes", "false", "no"):
        return value.lower() in ("true", "yes")
    if isinstance(value, bool):
        return value
    raise ValueError(f"option {name!r} must be true or false, not {value!r}")


def number(options: Mapping[str, object], name: str, default: int, *, least: int = 1, most: int) -> int:
    """An option that is a whole number, as YAML value or as written.

    Raises:
        ValueError: It is none, or outside of its bounds.
    """
    value = options.get(name, default)
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 10:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"option {name!r} must be a whole number from {least} to {most}, not {value!r}")
    return value


def several(options: Mapping[str, object], name: str) -> tuple[str, ...]:
    """An option that is one text or a list of them.

    Raises:
        ValueError: It is something else.
    """
    value = options.get(name, ())
    listed = (value,) if isinstance(value, str) else value
    if isinstance(listed, (list, tuple)) and all(isinstance(one, str) for one in listed):
        return tuple(text for one in listed if (text := one.strip()))
    raise ValueError(f"option {name!r} must be a text or a list of texts, not {value!r}")


def selector(options: Mapping[str, object], name: str) -> str:
    """An option that is a CSS selector, "" when it is not given.

    Raises:
        ValueError: It is no selector.
    """
    found = words(options, name)
    if found:
        try:
            check_selector(found)
        except ValueError as error:
            raise ValueError(f"option {name!r}: {error}") from None
    return found


def clock_of(source: Source) -> tzinfo:
    """The clock by which a source dates its items: option `timezone`, else that of its jurisdiction."""
    name = words(source.options, "timezone")
    return _zone(name) if name else zone_of(source.jurisdiction)


def moment(source: Source, value: object) -> datetime | None:
    """A date as an answer holds it (text, or a Unix time), read by the options of the source."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return from_epoch(value)
    if not isinstance(value, str) or not value.strip():
        return None
    clock = clock_of(source)
    pattern = words(source.options, "date_format")
    if pattern and (found := parse_pattern(value, pattern, zone=clock)) is not None:
        return found
    if value.strip().isdigit() and len(value.strip()) in (10, 13):
        return from_epoch(int(value))
    return parse_date(value, zone=clock, month_first=flag(source.options, "month_first"))


def decoded(source: Source, fetched: Fetched) -> tuple[Decoded, tuple[str, ...]]:
    """The body as text, and a phrase for feed health when its label lies."""
    claim = words(source.options, "charset") or fetched.charset
    text = decode(fetched.body, declared=claim, languages=source.languages)
    if not text.conflict:
        return text, ()
    if text.unreadable:
        return text, (f"charset: {text.unreadable} characters are no {text.encoding}",)
    return text, (f"charset: {' and '.join(text.declared)} declared, read as {text.encoding}",)


def harvest(items: Iterable[Item], *, salvage: tuple[str, ...] = (), dropped: int = 0) -> Harvest:
    """Items as a harvest, cut to what one answer may bring."""
    kept = tuple(items)
    if len(kept) > MAX_ITEMS:
        salvage = (*salvage, TOO_MANY)
    return Harvest(items=kept[:MAX_ITEMS], salvage=salvage, dropped=dropped)


def refuse(source: Source, fetched: Fetched, message: str) -> ParseFailure:
    """An answer that holds nothing for us, and why, in one sentence."""
    return ParseFailure(source_id=source.id, url=fetched.final_url, message=message)


def unreadable(source: Source, fetched: Fetched) -> ParseFailure | None:
    """A refusal for answers that are no text at all."""
    body = fetched.body
    if not body.strip():
        return refuse(source, fetched, "The answer is empty; look at the address in a browser.")
    for start, what in ((b"\x1f\x8b", "a gzip file"), (b"%PDF-", "a PDF file"), (b"PK\x03\x04", "a ZIP file")):
        if body.startswith(start):
            return refuse(source, fetched, f"The answer is {what} where text was expected; check the address.")
    return None


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"option 'timezone' must be a name like Asia/Tokyo, not {name!r}") from None


def _charset(name: str) -> None:
    if not is_encoding(name):
        raise ValueError(f"option 'charset' must be a charset like utf-8 or gb18030, not {name!r}")


def _pattern(pattern: str) -> None:
    if "%d" not in pattern and "%j" not in pattern and "%x" not in pattern:
        raise ValueError(f"option 'date_format' must be a strptime pattern like %d.%m.%Y, not {pattern!r}")
