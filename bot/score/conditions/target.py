"""Ask against whom a step is directed."""

from __future__ import annotations

from bot.score.conditions import _params
from bot.types.ports import Condition, Fact

_ALL = "all"


class _Target:
    """One of these is a target; `any` asks for some named target, `all` for a step that names none.

    Example:
        when:
          all:
            - {target: [JP, NL, DE, EU]}
    """

    name = "target"

    def parse(self, raw: object) -> tuple[str, ...]:
        found = _params.words(raw, self.name)
        for word in found:
            if word not in (_params.ANY, _ALL) and not _params.is_code(word):
                raise ValueError(f"target takes codes in capitals such as JP or EU, `any` or `all`, not {word!r}")
        return found

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:  # noqa: ARG002 - codes are no files
        return ()

    def holds(self, fact: Fact, params: object) -> str | None:
        wanted = _params.strings(params)
        targets = fact.event.targets
        if not targets:
            return "all countries" if _ALL in wanted else None
        hit = targets if _params.ANY in wanted else [target for target in targets if target in wanted]
        return ", ".join(hit) or None

    def lacks(self, fact: Fact, params: object) -> str:
        return _params.missed("target", fact.event.targets, _params.strings(params))


CONDITION: Condition = _Target()
