"""Ask for which use a step forbids or spares the goods."""

from __future__ import annotations

from bot.score.conditions import _params
from bot.types.ports import Condition, Fact


class _EndUse:
    """The end use of the step is one of these, e.g. military or civil-excepted; `any` asks that one is named.

    Example:
        when:
          all:
            - {end_use: military}
    """

    name = "end_use"

    def parse(self, raw: object) -> tuple[str, ...]:
        return _params.words(raw, self.name)

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:  # noqa: ARG002 - words, not files
        return ()

    def holds(self, fact: Fact, params: object) -> str | None:
        use = fact.event.end_use
        wanted = _params.strings(params)
        return use if use and (_params.ANY in wanted or use in wanted) else None

    def lacks(self, fact: Fact, params: object) -> str:
        return _params.missed("end use", filter(None, [fact.event.end_use]), _params.strings(params))


CONDITION: Condition = _EndUse()
