"""Types of single values in rule files: how their source text is read, and what an editor is told about them.

Every value arrives as text, a list or a mapping of such, or None for a key without value. A validator raises
`PydanticCustomError` whose type is the code of the finding and whose message is its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

T = TypeVar("T")

LANGUAGES = ("en", "de", "nl", "fr", "es", "it", "pt", "pl", "ja", "zh-Hans", "zh-Hant", "ko", "ru", "id", "vi")
CORE_LANGUAGES = ("en", "nl", "de", "ja", "zh-Hans")  # a concept without words and tests in these is half blind
EVERY_LANGUAGE = "*"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_IDENT = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_JURISDICTION = re.compile(r"[A-Z]{2,4}")
_SPAN = re.compile(r"(\d+) ?(s|m|h|d|w)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_TRUTH = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


class Shape(BaseModel):
    """What all mappings of rule files share: no unknown keys, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, populate_by_name=True)


def bad(code: str, message: str) -> PydanticCustomError:
    """A finding about one value."""
    # Braces would be taken for a template's fields.
    return PydanticCustomError(code, "{sentence}", {"sentence": message})


class _OrOne:
    """One value where a list of them is expected."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_many, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        several = handler(schema)
        return {"anyOf": [several.get("items", {}), several]}


def _many(value: object) -> object:
    if value is None or isinstance(value, (str, dict)):
        return [value]
    return value


Many: TypeAlias = Annotated[tuple[T, ...], _OrOne()]


class _Words(_OrOne):
    """The same for texts. A rule set has tens of thousands, so that a list without a fault is taken as a whole."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(
            _words, super().__get_pydantic_core_schema__(source, handler)
        )


def _words(value: object, one_by_one: Callable[[object], object]) -> object:
    if isinstance(value, list) and all(isinstance(word, str) and word and not word.isspace() for word in value):
        return tuple(word.strip() for word in value)
    return one_by_one(value)


def _reader(read: Callable[[str], object], expected: str) -> BeforeValidator:
    """A validator over source text; anything that is no text is refused with a sentence."""

    def validate(value: object) -> object:
        if not isinstance(value, str):
            if value is None or isinstance(value, (list, dict)):
                raise bad("no-value" if value is None else "wrong-type", f"{expected} is expected here")
            return value  # a default, already of the right type
        return read(value.strip())

    return BeforeValidator(validate)


def _text(value: str) -> str:
    if not value:
        raise bad("no-value", "the text is empty; write something or delete the line")
    return value


def _ident(value: str) -> str:
    if not _IDENT.fullmatch(value):
        raise bad("bad-id", f'"{value}" is no id; use small letters, digits and single hyphens, e.g. "rare-earths"')
    return value


def _jurisdiction(value: str) -> str:
    if not _JURISDICTION.fullmatch(value):
        known = {"china": "CN", "japan": "JP", "usa": "US", "europe": "EU", "uk": "GB", "germany": "DE"}
        example = known.get(value.casefold()) or (value.upper() if _JURISDICTION.fullmatch(value.upper()) else "CN")
        raise bad("bad-jurisdiction", f'"{value}" is no ISO 3166 code in capitals (or EU, WTO, INT); e.g. {example}')
    if value == "UK":
        raise bad("bad-jurisdiction", "the United Kingdom is GB in ISO 3166")
    return value


def _jurisdiction_or_all(value: str) -> str:
    return value if value == "*" else _jurisdiction(value)


def _jurisdiction_or_none(value: str) -> str:
    return value if value == "none" else _jurisdiction(value)


def _span(value: str) -> timedelta:
    hit = _SPAN.fullmatch(value)
    if not hit or int(hit[1]) == 0 or int(hit[1]) > 100_000:
        raise bad("bad-span", f'"{value}" is no span of time; write a number and s, m, h, d or w, e.g. 20m, 2h, 30d')
    return timedelta(**{_UNITS[hit[2]]: int(hit[1])})


def _truth(value: str) -> bool:
    if value.casefold() not in _TRUTH:
        raise bad("not-yes-no", f'"{value}" is neither yes nor no')
    return _TRUTH[value.casefold()]


def _whole(value: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,6}", value):
        raise bad("not-a-number", f'"{value}" is no whole number')
    return int(value)


def _number(value: str) -> float:
    if not re.fullmatch(r"[+-]?\d{1,6}(?:\.\d{1,6})?", value):
        raise bad("not-a-number", f'"{value}" is no number')
    return float(value)


def _day(value: str) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise bad("bad-date", f'"{value}" is no date; write year-month-day, e.g. 2026-11-21') from None


def _clock(value: str) -> time:
    hit = re.fullmatch(r"(\d\d?):(\d\d)", value)
    if not hit or int(hit[1]) > 23 or int(hit[2]) > 59:
        raise bad("bad-time", f'"{value}" is no time of day; write hours and minutes, e.g. 07:30')
    return time(int(hit[1]), int(hit[2]))


def _language(value: str) -> str:
    if value not in LANGUAGES:
        hint = {"zh": "zh-Hans or zh-Hant", "cn": "zh-Hans", "jp": "ja", "kr": "ko"}.get(value.casefold())
        advice = f"write {hint}" if hint else f"known are {', '.join(LANGUAGES)}"
        raise bad("unknown-language", f'"{value}" is no language that is read here; {advice}')
    return value


def _language_or_all(value: str) -> str:
    return value if value == EVERY_LANGUAGE else _language(value)


def _zone(value: str) -> str:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - one value of one file

    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise bad("unknown-zone", f'"{value}" is no time zone; write e.g. Europe/Amsterdam') from None
    return value


def _schema(kind: str = "string", **more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


def names(of: str) -> WithJsonSchema:
    """Marks a text as an id of some kind; `schema` turns the mark into the list of the ids that exist."""
    return WithJsonSchema({"type": "string", "x-ids": of})


# Editors parse 2805.30 and 2026 as numbers, so a text may look like one.
_ANY_SCALAR = WithJsonSchema({"type": ["string", "number", "boolean"]})

Text = Annotated[str, _reader(_text, "a text"), _ANY_SCALAR]
Texts = Annotated[tuple[Text, ...], _Words()]
Ident = Annotated[str, _reader(_ident, "an id"), _schema(pattern=f"^{_IDENT.pattern}$")]
ConceptRef = Annotated[str, _reader(_ident, "the id of a concept"), names("concept")]
GoodsRef = Annotated[str, _reader(_ident, "the id of a goods concept"), names("goods")]
MeasureRef = Annotated[str, _reader(_ident, "the id of a measure concept"), names("measure")]
NoiseRef = Annotated[str, _reader(_ident, "the id of a noise concept"), names("noise")]
SectorRef = Annotated[str, _reader(_ident, "the id of a sector"), names("sector")]
AlertRef = Annotated[str, _reader(_ident, "the id of an alert rule"), names("alert")]
SourceRef = Annotated[str, _reader(_ident, "the id of a source"), names("source")]
Jurisdiction = Annotated[str, _reader(_jurisdiction, "a code such as CN"), _schema(pattern="^[A-Z]{2,4}$")]
JurisdictionOrAll = Annotated[
    str, _reader(_jurisdiction_or_all, "a code such as CN, or *"), _schema(pattern=r"^(\*|[A-Z]{2,4})$")
]
JurisdictionOrNone = Annotated[
    str, _reader(_jurisdiction_or_none, "a code such as CN, or none"), _schema(pattern="^(none|[A-Z]{2,4})$")
]
Span = Annotated[timedelta, _reader(_span, "a span such as 20m"), _schema(pattern="^[1-9][0-9]* ?[smhdw]$")]
YesNo = Annotated[bool, _reader(_truth, "yes or no"), WithJsonSchema({"enum": [True, False, "yes", "no", "on", "off"]})]
Whole = Annotated[int, _reader(_whole, "a whole number"), _schema("integer")]
Number = Annotated[float, _reader(_number, "a number"), _schema("number")]
Day = Annotated[date, _reader(_day, "a date"), _schema(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Clock = Annotated[time, _reader(_clock, "a time such as 07:30"), _schema(pattern=r"^\d{1,2}:\d{2}$")]
Zone = Annotated[str, _reader(_zone, "a time zone")]
Language = Annotated[str, _reader(_language, "a language code"), _schema(enum=list(LANGUAGES))]
LanguageOrAll = Annotated[str, _reader(_language_or_all, "a language code"), _schema(enum=[*LANGUAGES, EVERY_LANGUAGE])]
