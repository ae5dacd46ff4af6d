"""Ask which agency takes a step."""

from __future__ import annotations

from bot.score.conditions import _params
from bot.types.ports import Condition, Fact


class _Agency:
    """The step is taken by one of these agencies (ids of actor files); `any` asks only that one is known.

    Example:
        when:
          all:
            - {agency: cn-mofcom}
    """

    name = "agency"

    def parse(self, raw: object) -> tuple[str, ...]:
        return _params.words(raw, self.name)

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:
        return tuple(("concept", word) for word in _params.strings(params) if word != _params.ANY)

    def holds(self, fact: Fact, params: object) -> str | None:
        agency = fact.event.agency
        wanted = _params.strings(params)
        if agency is None:
            return None
        return agency if _params.ANY in wanted or any(fact.isa(agency, word) for word in wanted) else None

    def lacks(self, fact: Fact, params: object) -> str:
        return _params.missed("agency", filter(None, [fact.event.agency]), _params.strings(params))


CONDITION: Condition = _Agency()
