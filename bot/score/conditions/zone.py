"""Ask where in the text a step stands."""

from __future__ import annotations

from bot.score.conditions import _params
from bot.types.levels import Zone
from bot.types.ports import Condition, Fact


class _Zone:
    """The sentence of the step stands in the title, the lead or the body.

    Example:
        when:
          all:
            - {zone: [title, lead]}
    """

    name = "zone"

    def parse(self, raw: object) -> tuple[str, ...]:
        return _params.choices(raw, self.name, Zone)

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:  # noqa: ARG002 - a closed vocabulary
        return ()

    def holds(self, fact: Fact, params: object) -> str | None:
        zone = fact.event.zone.value
        wanted = _params.strings(params)
        return zone if _params.ANY in wanted or zone in wanted else None

    def lacks(self, fact: Fact, params: object) -> str:
        return _params.missed("zone", [fact.event.zone.value], _params.strings(params))


CONDITION: Condition = _Zone()
