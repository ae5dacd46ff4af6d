"""Ask which measure a step takes."""

from __future__ import annotations

from bot.score.conditions import _params
from bot.types.ports import Condition, Fact


class _Measure:
    """The measure of the step is one of these, or stands below one.

    Example:
        when:
          all:
            - {measure: [export-ban, export-licence]}
    """

    name = "measure"

    def parse(self, raw: object) -> tuple[str, ...]:
        return _params.words(raw, self.name)

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:
        return tuple(("concept", word) for word in _params.strings(params) if word != _params.ANY)

    def holds(self, fact: Fact, params: object) -> str | None:
        measure = fact.event.measure
        wanted = _params.strings(params)
        return measure if _params.ANY in wanted or any(fact.isa(measure, word) for word in wanted) else None

    def lacks(self, fact: Fact, params: object) -> str:
        return _params.missed("measure", [fact.event.measure], _params.strings(params))


CONDITION: Condition = _Measure()
