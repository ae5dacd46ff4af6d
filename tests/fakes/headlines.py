"""Events told as headlines, and the short names that the shipped rule files give."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.types.ids import ConceptId
from bot.types.levels import Direction, Stage, Zone
from bot.types.reading import Event

RULES = Path(__file__).parents[2] / "rules"
_KEYS = ("id:", "slot:", "jurisdiction:", "role:", "names:")
_DATES = ("announced", "effective", "until")
_LISTS = ("targets", "goods", "goods_surface")


def event(**fields: Any) -> Event:
    """A ban announced by China, but for the fields given."""
    plain: dict[str, Any] = {
        "measure": "export-ban",
        "direction": Direction.TIGHTEN,
        "stage": Stage.ANNOUNCED,
        "imposer": "CN",
        "targets": (),
        "goods": (),
        "start": 0,
        "end": 10,
        "confidence": 0.5,
        "zone": Zone.TITLE,
        "evidence": (),
    }
    return Event(**{**plain, **fields})


def event_of(row: Mapping[str, Any]) -> Event:
    """An event from the plain words of a JSON line."""
    fields = dict(row)
    fields["stage"] = Stage(row["stage"])
    fields["direction"] = Direction(row["direction"])
    fields.update({name: date.fromisoformat(row[name]) for name in _DATES if name in row})
    fields.update({name: tuple(row[name]) for name in _LISTS if name in row})
    return event(**fields)


@cache
def shipped() -> tuple[Mapping[str, Any], ...]:
    """Head of every shipped concept and actor: the lines a headline needs, for the terms take long to read."""
    heads = []
    yaml = YAML(typ="safe")
    for folder in ("concepts", "actors"):
        for path in sorted((RULES / folder).glob("*.yml")):
            lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith(_KEYS)]
            heads.append(yaml.load("\n".join(lines)))
    return tuple(heads)


@cache
def shipped_names() -> Mapping[ConceptId, Mapping[str, str]]:
    """Per concept, its name per language, as the bot hands them to headlines."""
    return {ConceptId(head["id"]): head["names"] for head in shipped() if "names" in head}
