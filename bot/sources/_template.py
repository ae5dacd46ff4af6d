"""Addresses with names in braces, which what stands in an entry fills: "https://example.org/view?id={id}"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

_PLACEHOLDER = re.compile(r"\{([A-Za-z0-9_.-]+)\}")


def names(template: str) -> list[str]:
    """The names that a template wants to know."""
    return _PLACEHOLDER.findall(template)


def filled(template: str, values: Mapping[str, str]) -> str:
    """The address that a template gives; "" when there is no template, or when a value is missing."""
    if not all(values.get(name) for name in names(template)):
        return ""
    return _PLACEHOLDER.sub(lambda found: quote(values[found[1]], safe="/:-._~"), template)
