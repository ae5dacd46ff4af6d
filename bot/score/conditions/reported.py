"""Ask whether a step is known at second hand only."""

from __future__ import annotations

from bot.score.conditions import _params
from bot.types.ports import Condition, Fact


class _Reported:
    """The text has the step from others ("state media say"): yes or no.

    Example:
        when:
          all:
            - {reported: no}
    """

    name = "reported"

    def parse(self, raw: object) -> bool:
        return _params.yes_or_no(raw, self.name)

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:  # noqa: ARG002 - a flag
        return ()

    def holds(self, fact: Fact, params: object) -> str | None:
        if fact.event.reported is not params:
            return None
        return "reported by others" if fact.event.reported else "first hand"

    def lacks(self, fact: Fact, params: object) -> str:
        found = "reported by others" if fact.event.reported else "first hand"
        return f"the step is {found}, needs {'reported by others' if params else 'first hand'}"


CONDITION: Condition = _Reported()
