"""The plug-ins that rule files call by name; handed in by the composition root, since rulebook imports no stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.types.ports import Channel, Condition, SourceKind


def any_selector(selector: str) -> None:
    """Stands in where nobody reads pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugins:
    """What exists under which name."""

    conditions: Mapping[str, Condition] = field(default_factory=dict)  # keys of `when:`
    source_kinds: Mapping[str, SourceKind] = field(default_factory=dict)  # `kind:` of sources
    channels: Mapping[str, Channel] = field(default_factory=dict)  # kinds under `channels:`
    check_selector: Callable[[str], None] = any_selector  # raises ValueError for what is no CSS selector
