"""Ask which goods a step is about."""

from __future__ import annotations

from bot.score.conditions import _params
from bot.types.levels import Cue, Slot
from bot.types.ports import Condition, Fact

_UNSAID = (Cue.NEGATED, Cue.PAST)


class _Goods:
    """Goods of the step are one of these or stand below one; goods named as near as `within` says count too.

    Example:
        when:
          all:
            - {goods: [rare-earths, dual-use]}
    """

    name = "goods"

    def parse(self, raw: object) -> tuple[str, ...]:
        return _params.words(raw, self.name)

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:
        return tuple(("concept", word) for word in _params.strings(params) if word not in (_params.ANY, "other"))

    def holds(self, fact: Fact, params: object) -> str | None:
        wanted = _params.strings(params)
        for good in fact.event.goods:
            if _fits(good, wanted, fact):
                return good
        for mention in fact.mentions:
            if mention.slot is Slot.GOODS and mention.cue not in _UNSAID and _fits(mention.concept, wanted, fact):
                return mention.concept
        return None

    def lacks(self, fact: Fact, params: object) -> str:
        return _params.missed("goods", fact.event.goods, _params.strings(params))


def _fits(good: str, wanted: tuple[str, ...], fact: Fact) -> bool:
    return _params.ANY in wanted or any(fact.isa(good, word) for word in wanted)


CONDITION: Condition = _Goods()
