"""Ask how the whole text reads to the learned reader, whatever words it uses."""

from __future__ import annotations

from collections.abc import Mapping

from bot.types.ports import Condition, Fact

_FIELDS = {"new-step": "new_step", "context": "context", "other": "other"}


class _ReadsAs:
    """The text reads like this with at least this chance, 0 to 1; a text that no learned reader saw never does.

    Example:
        when:
          all:
            - {reads_as: {new-step: 0.8}}
    """

    name = "reads_as"

    def parse(self, raw: object) -> tuple[tuple[str, float], ...]:
        if not isinstance(raw, Mapping) or not raw:
            raise ValueError(f"reads_as takes a kind and its least chance, as in {{new-step: 0.8}}, not {raw!r}")
        for kind in raw:
            if kind not in _FIELDS:
                raise ValueError(f"reads_as knows no {kind!r}; it takes {', '.join(_FIELDS)}")
        return tuple((str(kind), _chance(least)) for kind, least in raw.items())

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:  # noqa: ARG002 - numbers
        return ()

    def holds(self, fact: Fact, params: object) -> str | None:
        if fact.reads_as is None:
            return None
        chances = [(kind, getattr(fact.reads_as, _FIELDS[kind]), least) for kind, least in _least(params)]
        if any(chance < least for _, chance, least in chances):
            return None
        return ", ".join(f"{kind} {chance:.2f}" for kind, chance, _ in chances)

    def lacks(self, fact: Fact, params: object) -> str:
        if fact.reads_as is None:
            return "the learned reader was not asked"
        told = [
            f"{kind} {getattr(fact.reads_as, _FIELDS[kind]):.2f}, needs {least:.2f}" for kind, least in _least(params)
        ]
        return f"it reads as {'; '.join(told)}"


def _chance(raw: object) -> float:
    try:
        chance = float(str(raw))
    except ValueError:
        chance = -1.0
    if not 0 <= chance <= 1:
        raise ValueError(f"reads_as takes chances from 0 to 1, not {raw!r}")
    return chance


def _least(params: object) -> tuple[tuple[str, float], ...]:
    if not isinstance(params, tuple):
        raise TypeError(f"not parameters of this condition: {params!r}")
    return params


CONDITION: Condition = _ReadsAs()
