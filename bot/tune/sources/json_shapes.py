"""Find the list of records in JSON data, and where in a record its title, link, date and text stand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from bot.parse.dates import from_epoch, parse_date
from bot.parse.url import absolute_url
from bot.sources import _paths

_DEEPEST = 4  # levels above a list of records
_RECORDS = 20  # of a list that are looked at
_FIELDS = 80  # of a record
_LINKS_OF_A_PAGE = 3  # at least
_ENOUGH = 0.7  # share of the records that must have a field
_TITLES = ("title", "headline", "name", "subject", "heading", "titel", "titulo", "caption")
_LINKS = ("url", "link", "href", "html_url", "permalink", "uri", "canonical")
_DATES = ("date", "published", "publish", "pub", "created", "issued", "time", "updated", "modified")
_IDS = ("id", "guid", "uuid", "document_number", "number")
_TEXTS = ("text", "abstract", "summary", "description", "body", "content", "excerpt", "teaser")


def shapes(text: str, base: str, *, limit: int = 3) -> list[dict[str, object]]:
    """Options of `kind: jsonapi` that may read a document, likeliest first; none when it is no JSON.

    Args:
        text: The decoded body.
        base: Its address, against which links are resolved.
        limit: Shapes to give at most.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return []
    found: list[tuple[float, dict[str, object]]] = []
    for path, records in islice(_lists(data, "", 0), 40):
        options = _options(records, base)
        if options is not None:
            worth = len(options) + min(len(records), 20) / 20
            found.append((worth, {"items": path, **options} if path else options))
    found.sort(key=lambda one: -one[0])
    return [options for _, options in found[:limit]]


def markup_in(text: str) -> list[tuple[str, str]]:
    """Texts of a document that hold a web page with links, and their paths."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return [(path, found) for path, found in _texts(data, "", 0) if found.count("<a ") >= _LINKS_OF_A_PAGE][:2]


def _texts(data: object, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict) and depth < _DEEPEST:
        for key, value in islice(data.items(), _FIELDS):
            if "." not in key:
                yield from _texts(value, f"{path}.{key}" if path else key, depth + 1)


def _lists(data: object, path: str, depth: int) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """Every list of two records or more, with its path."""
    if isinstance(data, list):
        records = [record for record in data[:_RECORDS] if isinstance(record, dict)]
        if len(records) >= 2:
            yield path, records
    elif isinstance(data, dict) and depth < _DEEPEST:
        for key, value in islice(data.items(), _FIELDS):
            if "." not in key:
                yield from _lists(value, f"{path}.{key}" if path else key, depth + 1)


def _options(records: Sequence[Mapping[str, Any]], base: str) -> dict[str, object] | None:
    """Paths inside a record; None without a title."""
    columns = _columns(records)
    differing = {path: values for path, values in columns.items() if len(set(map(str, values))) >= _least(values)}
    title = _named(differing, _TITLES, lambda value: isinstance(value, str) and bool(value.strip())) or _wordy(columns)
    if not title:
        return None
    options: dict[str, object] = {"title": title}
    link = _named(columns, _LINKS, lambda value: _is_link(value, base))
    date = _named(columns, _DATES, _is_date)
    name = _named(columns, _IDS, lambda value: isinstance(value, (str, int)) and not isinstance(value, bool))
    text = _named(columns, _TEXTS, lambda value: isinstance(value, str) and len(value) > 40)
    further = {"url": link, "date": date, "id": name, "text": text}
    options |= {option: path for option, path in further.items() if path and path != title}
    return options if link or date else None


def _columns(records: Sequence[Mapping[str, Any]]) -> dict[str, list[object]]:
    """Values by dotted path, of paths that most records have; one level of mappings is opened."""
    paths: dict[str, None] = {}
    for record in records:
        for key, value in islice(record.items(), _FIELDS):
            if "." in key:
                continue
            inner = value if isinstance(value, dict) else {}
            paths[key] = None
            paths.update((f"{key}.{name}", None) for name in islice(inner, 10) if "." not in name)
    columns = {path: [_paths.find(record, path) for record in records] for path in paths}
    return {path: values for path, values in columns.items() if sum(v is not None for v in values) >= _least(values)}


def _least(values: Sequence[object]) -> float:
    return _ENOUGH * len(values)


def _named(columns: Mapping[str, list[object]], names: Sequence[str], fits: Any) -> str:
    """The path whose values fit and whose name is nearest to one of some names."""
    for name in names:
        for exact in (True, False):
            for path, values in columns.items():
                words = path.lower().split(".")
                named = name in words if exact else any(name in word for word in words)
                if named and sum(bool(fits(value)) for value in values) >= _least(values):
                    return path
    return ""


def _wordy(columns: Mapping[str, list[object]]) -> str:
    """The path of different texts as long as a title."""
    for path, values in columns.items():
        texts = [value for value in values if isinstance(value, str) and 12 <= len(value) <= 200 and " " in value]
        if len(set(texts)) >= _least(values) and not any("://" in text for text in texts):
            return path
    return ""


def _is_link(value: object, base: str) -> bool:
    return isinstance(value, str) and value.startswith(("http", "/", "./")) and bool(absolute_url(value, base))


def _is_date(value: object) -> bool:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value > 1e8 and from_epoch(value) is not None
    return isinstance(value, str) and len(value) <= 60 and parse_date(value) is not None
