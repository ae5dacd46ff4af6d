"""Ask who takes a step: a state, a bloc or one of its agencies."""

from __future__ import annotations

from bot.score.conditions import _params
from bot.types.ports import Condition, Fact


class _Actor:
    """The imposer is one of these: codes in capitals (CN, EU) or ids of agencies; `any` asks only that one is known.

    Example:
        when:
          all:
            - {actor: [CN, us-bis]}
    """

    name = "actor"

    def parse(self, raw: object) -> tuple[str, ...]:
        return _params.words(raw, self.name)

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:
        named = (w for w in _params.strings(params) if w != _params.ANY and not _params.is_code(w))
        return tuple(("concept", word) for word in named)

    def holds(self, fact: Fact, params: object) -> str | None:
        wanted = _params.strings(params)
        imposer, agency = fact.event.imposer, fact.event.agency
        if imposer and (imposer in wanted or _params.ANY in wanted):
            return imposer
        if agency and (_params.ANY in wanted or any(fact.isa(agency, word) for word in wanted)):
            return agency
        return None

    def lacks(self, fact: Fact, params: object) -> str:
        return _params.missed("imposer", filter(None, [fact.event.imposer]), _params.strings(params))


CONDITION: Condition = _Actor()
