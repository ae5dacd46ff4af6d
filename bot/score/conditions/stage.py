"""Ask how far a step has come."""

from __future__ import annotations

from bot.score.conditions import _params
from bot.types.levels import Stage
from bot.types.ports import Condition, Fact


class _Stage:
    """The step stands at one of these stages.

    Example:
        when:
          all:
            - {stage: [announced, in-force]}
    """

    name = "stage"

    def parse(self, raw: object) -> tuple[str, ...]:
        return _params.choices(raw, self.name, Stage)

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:  # noqa: ARG002 - a closed vocabulary
        return ()

    def holds(self, fact: Fact, params: object) -> str | None:
        stage = fact.event.stage.value
        wanted = _params.strings(params)
        return stage if _params.ANY in wanted or stage in wanted else None

    def lacks(self, fact: Fact, params: object) -> str:
        return _params.missed("stage", [fact.event.stage.value], _params.strings(params))


CONDITION: Condition = _Stage()
