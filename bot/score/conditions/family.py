"""Ask to which family the measure of a step belongs."""

from __future__ import annotations

from bot.score.conditions import _params
from bot.types.ports import Condition, Fact


class _Family:
    """The measure belongs to one of these families (`family:` in its concept file).

    Example:
        when:
          all:
            - {family: [restrict, list]}
    """

    name = "family"

    def parse(self, raw: object) -> tuple[str, ...]:
        return _params.words(raw, self.name)

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:  # noqa: ARG002 - families are words, not files
        return ()

    def holds(self, fact: Fact, params: object) -> str | None:
        family = fact.family(fact.event.measure)
        wanted = _params.strings(params)
        return fact.event.measure if _params.ANY in wanted or family in wanted else None

    def lacks(self, fact: Fact, params: object) -> str:
        return _params.missed("family of the measure", [fact.family(fact.event.measure)], _params.strings(params))


CONDITION: Condition = _Family()
