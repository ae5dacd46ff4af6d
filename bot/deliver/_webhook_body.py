"""The JSON body of a webhook and the schema that it keeps.

The version stands in `schema`; fields may be added within a version, none is renamed or removed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.deliver._text import host_of, safe_url
from bot.types.codec import plain
from bot.types.delivery import Alert
from bot.types.levels import Authority, Band, Direction, Stage
from bot.types.lifecycle import ChangeKind

VERSION = "monazite.alert/1"
_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_MOMENT = {"type": "string", "format": "date-time"}
_DAY = {"type": ["string", "null"]}
_BY_LOCALE = {"type": "object", "additionalProperties": _TEXT}


def _record(**properties: object) -> dict[str, object]:
    return {"type": "object", "properties": properties, "required": list(properties)}


_SOURCE = _record(
    publisher=_TEXT,
    authority={"enum": [a.value for a in Authority]},
    url={"type": "string", "pattern": r"^(https?://[\x21-\x7e]+)?$"},
    host=_TEXT,
    lang=_TEXT,
    title=_TEXT,
    published_at=_MOMENT,
    doubt=_TEXT,
)
_QUOTE = _record(
    text=_TEXT,
    lang=_TEXT,
    marks={"type": "array", "items": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}},
    publisher=_TEXT,
    url=_TEXT,
)
_CHANGE = _record(
    kind={"enum": [k.value for k in ChangeKind]},
    before=_TEXT,
    after=_TEXT,
    about=_TEXT,
    clause=_TEXT,
    until=_TEXT,
    by=_TEXT,
    titles=_BY_LOCALE,
)
_ALERT = _record(
    id=_TEXT,
    story_id=_TEXT,
    revision={"type": "integer"},
    headlines=_BY_LOCALE,
    band={"enum": [b.value for b in Band]},
    score={"type": "number"},
    probability={"type": "number", "minimum": 0, "maximum": 1},
    direction={"enum": [d.value for d in Direction]},
    stage={"enum": [*(s.value for s in Stage), None]},
    sectors={"type": "array", "items": _record(id=_TEXT, title=_TEXT, score={"type": "number"}, names=_BY_LOCALE)},
    rules=_TEXTS,
    why=_TEXTS,
    quote={"anyOf": [_QUOTE, {"type": "null"}]},
    sources={"type": "array", "items": _SOURCE},
    confirmed_by={"type": ["string", "null"]},
    first_seen=_MOMENT,
    last_seen=_MOMENT,
    effective=_DAY,
    until=_DAY,
    limits=_TEXTS,
    change=_TEXT,
    changes={"type": "array", "items": _CHANGE},
    ruleset_hash=_TEXT,
)
SCHEMA: Mapping[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": VERSION,
    "type": "object",
    "properties": {
        "schema": {"const": VERSION},
        "type": {"enum": ["alert", "change", "list", "notice"]},
        "alert": _ALERT,
        "alerts": {"type": "array", "items": _ALERT},
        "title": _TEXT,
        "lines": _TEXTS,
    },
    "required": ["schema", "type"],
    "oneOf": [
        {"properties": {"type": {"enum": ["alert", "change"]}}, "required": ["alert"]},
        {"properties": {"type": {"const": "list"}}, "required": ["alerts"]},
        {"properties": {"type": {"const": "notice"}}, "required": ["title", "lines"]},
    ],
}


def alert_body(alert: Alert, kind: str) -> str:
    """The alert as JSON; addresses that are no safe links are left empty, hosts are the real ones."""
    return _dumped({"schema": VERSION, "type": kind, "alert": _alert_data(alert)})


def list_body(alerts: Sequence[Alert]) -> str:
    """Many alerts as JSON."""
    return _dumped({"schema": VERSION, "type": "list", "alerts": [_alert_data(alert) for alert in alerts]})


def _alert_data(alert: Alert) -> dict[str, Any]:
    data: dict[str, Any] = plain(alert)
    names = data.pop("sector_names")
    del data["place_names"]
    data["sectors"] = [
        {"id": sector, "title": title, "score": score, "names": names.get(sector, {})}
        for sector, title, score in data["sectors"]
    ]
    for change in data["changes"]:
        change["titles"] = dict(change["titles"])
    for source in data["sources"]:
        source["host"] = host_of(source["url"])
        source["url"] = safe_url(source["url"]) or ""
    if data["quote"]:
        data["quote"]["url"] = safe_url(data["quote"]["url"]) or ""
    return data


def notice_body(title: str, lines: Sequence[str]) -> str:
    """A notice as JSON."""
    return _dumped({"schema": VERSION, "type": "notice", "title": title, "lines": list(lines)})


def _dumped(data: Any) -> str:
    """JSON in ASCII, the same for the same data; half characters, which no receiver can decode, are replaced."""
    whole = json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-16", "surrogatepass")
    return json.dumps(json.loads(whole.decode("utf-16", "replace")), sort_keys=True, separators=(",", ":"))
