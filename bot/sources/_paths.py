"""Dotted paths into JSON data: `results`, `data.html`, `agencies.0.name`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_DEEPEST = 10  # lists in each other; strangers nest them as deep as the parser of JSON lets them


def find(data: object, path: str) -> object:
    """What stands at a path; None when nothing does. A list on the way gives the values of all its elements."""
    here: object = data
    for step in path.split(".") if path else ():
        if isinstance(here, Mapping):
            here = here.get(step)
        elif isinstance(here, list) and step.isdigit():
            here = here[int(step)] if int(step) < len(here) else None
        elif isinstance(here, list):
            here = [element.get(step) for element in here if isinstance(element, Mapping)]
        else:
            return None
    return here


def text(data: object, path: str) -> str:
    """What stands at a path, as text: numbers as written, several values parted by commas, "" for anything else."""
    return _as_text(find(data, path))


def elements(data: object, path: str) -> list[Any] | None:
    """The list at a path; None when there is no list."""
    found = find(data, path)
    return found if isinstance(found, list) else None


def _as_text(value: object, depth: int = 0) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (str, int, float)):
        return str(value)
    if isinstance(value, list) and depth < _DEEPEST:
        return ", ".join(text for part in value if (text := _as_text(part, depth + 1)))
    return ""
