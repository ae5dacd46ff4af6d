"""Ask who says so."""

from __future__ import annotations

from bot.score.conditions import _params
from bot.types.levels import Authority
from bot.types.ports import Condition, Fact

_KINDS = frozenset(authority.value for authority in Authority)


class _Source:
    """The text comes from one of these sources (ids) or kinds of source (official, wire, press, trade ...).

    Example:
        when:
          all:
            - {source: [official, wire]}
    """

    name = "source"

    def parse(self, raw: object) -> tuple[str, ...]:
        return _params.words(raw, self.name)

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:
        named = (w for w in _params.strings(params) if w != _params.ANY and w not in _KINDS)
        return tuple(("source", word) for word in named)

    def holds(self, fact: Fact, params: object) -> str | None:
        wanted = _params.strings(params)
        if fact.source_id and fact.source_id in wanted:
            return fact.source_id
        kind = fact.authority.value
        return kind if _params.ANY in wanted or kind in wanted else None

    def lacks(self, fact: Fact, params: object) -> str:
        return _params.missed("source", [fact.authority.value], _params.strings(params))


CONDITION: Condition = _Source()
