"""Ask which notice a step cites."""

from __future__ import annotations

from bot.score.conditions import _params
from bot.types.ports import Condition, Fact


class _Citation:
    """The step cites a notice: `any`, one issuer (cn-mofcom), one year of it (cn-mofcom:2026) or one notice.

    Example:
        when:
          all:
            - {citation: "cn-mofcom:2026"}
    """

    name = "citation"

    def parse(self, raw: object) -> tuple[str, ...]:
        return _params.words(raw, self.name)

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:  # noqa: ARG002 - notices are no files
        return ()

    def holds(self, fact: Fact, params: object) -> str | None:
        key = fact.event.citation
        wanted = _params.strings(params)
        if key is None:
            return None
        return key if _params.ANY in wanted or any(f"{key}:".startswith(f"{w}:") for w in wanted) else None

    def lacks(self, fact: Fact, params: object) -> str:
        return _params.missed("citation", filter(None, [fact.event.citation]), _params.strings(params))


CONDITION: Condition = _Citation()
