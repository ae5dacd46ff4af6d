"""Give the catalogue out as a table or as data, without anything that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from bot.tune.sources.opml import write_opml
from bot.types.source import Source

FORMATS = ("opml", "csv", "json")

_COLUMNS = (
    *("id", "kind", "url", "publisher", "jurisdiction", "languages", "authority", "reliability", "every"),
    *("enabled", "why"),
)
# What spreadsheets take for the beginning of a formula, full-width signs among it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def export(sources: Iterable[Source], form: str) -> str:
    """Sources in one of `FORMATS`.

    Headers are left out: they may hold keys.
    """
    chosen = sorted(sources, key=lambda source: source.id)
    if form == "opml":
        return write_opml(chosen, title="Sources of Monazite")
    return _csv(chosen) if form == "csv" else _json(chosen)


def _values(source: Source) -> dict[str, object]:
    minutes = int(source.every.total_seconds() // 60)
    values = {name: getattr(source, name) for name in _COLUMNS}
    return values | {"every": f"{minutes}m", "languages": list(source.languages), "authority": str(source.authority)}


def _csv(sources: Sequence[Source]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for source in sources:
        values = _values(source) | {
            "languages": " ".join(source.languages),
            "enabled": "yes" if source.enabled else "no",
        }
        writer.writerow([_cell(str(values[name])) for name in _COLUMNS])
    return out.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _json(sources: Sequence[Source]) -> str:
    rows = [_values(source) | {"options": dict(source.options)} for source in sources]
    return json.dumps({"sources": rows}, ensure_ascii=False, indent=2, default=list) + "\n"
