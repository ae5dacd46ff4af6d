"""Ask what a step does to trade."""

from __future__ import annotations

from bot.score.conditions import _params
from bot.types.levels import Direction
from bot.types.ports import Condition, Fact


class _Direction:
    """The step tightens, eases, or does neither.

    Example:
        when:
          all:
            - {direction: tighten}
    """

    name = "direction"

    def parse(self, raw: object) -> tuple[str, ...]:
        return _params.choices(raw, self.name, Direction)

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:  # noqa: ARG002 - a closed vocabulary
        return ()

    def holds(self, fact: Fact, params: object) -> str | None:
        direction = fact.event.direction.value
        wanted = _params.strings(params)
        return direction if _params.ANY in wanted or direction in wanted else None

    def lacks(self, fact: Fact, params: object) -> str:
        return _params.missed("direction", [fact.event.direction.value], _params.strings(params))


CONDITION: Condition = _Direction()
