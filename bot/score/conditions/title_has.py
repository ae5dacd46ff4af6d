"""Ask for words in the title."""

from __future__ import annotations

import unicodedata

from bot.score.conditions import _params
from bot.types.ports import Condition, Fact


class _TitleHas:
    """The title holds one of these texts, in any case.

    Example:
        when:
          all:
            - {title_has: [annual quota table, yearly allocation]}
    """

    name = "title_has"

    def parse(self, raw: object) -> tuple[str, ...]:
        return tuple(_fold(word) for word in _params.words(raw, self.name))

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:  # noqa: ARG002 - free text
        return ()

    def holds(self, fact: Fact, params: object) -> str | None:
        title = _fold(fact.title)
        return next((text for text in _params.strings(params) if text in title), None)

    def lacks(self, fact: Fact, params: object) -> str:  # noqa: ARG002 - the title is shown beside it anyway
        return f"the title holds no {_params.either(repr(text) for text in _params.strings(params))}"


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


CONDITION: Condition = _TitleHas()
