"""Ask how sure the reader is of a step."""

from __future__ import annotations

from bot.types.ports import Condition, Fact


class _Confidence:
    """The reader's confidence in the step is at least this, 0 to 1.

    Example:
        when:
          all:
            - {confidence: 0.6}
    """

    name = "confidence"

    def parse(self, raw: object) -> float:
        try:
            least = float(str(raw))
        except ValueError:
            least = -1.0
        if not 0 <= least <= 1:
            raise ValueError(f"confidence takes a number from 0 to 1, not {raw!r}")
        return least

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:  # noqa: ARG002 - a number
        return ()

    def holds(self, fact: Fact, params: object) -> str | None:
        return f"{fact.event.confidence:.2f}" if fact.event.confidence >= _least(params) else None

    def lacks(self, fact: Fact, params: object) -> str:
        return f"confidence is {fact.event.confidence:.2f}, needs {_least(params):.2f}"


def _least(params: object) -> float:
    if not isinstance(params, float):
        raise TypeError(f"not parameters of this condition: {params!r}")
    return params


CONDITION: Condition = _Confidence()
