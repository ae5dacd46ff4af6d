"""A light reader: a title with "ban" tells a ban without target; the page adds target and day, in its own sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from bot.types.document import Document
from bot.types.levels import Zone
from bot.types.reading import Reading
from tests.fakes import rules


def read_bans(documents: Sequence[Document], effective: Callable[[Document], date]) -> tuple[Reading, ...]:
    """Readings of documents; `effective` gives the day that a page names."""
    return tuple(_reading(document, effective(document)) for document in documents)


def _reading(document: Document, effective: date) -> Reading:
    if "ban" not in document.title:
        return rules.reading(document, lang="en", sentences=())
    first = document.full.find("The ministry bans")
    if first < 0:
        events = (rules.event(targets=(), end=len(document.title), evidence=()),)
        return rules.reading(document, events, lang="en", sentences=())
    told = rules.event(
        start=first, end=first + 53, zone=Zone.LEAD, effective=effective, evidence=((first + 13, first + 17),)
    )
    return rules.reading(document, (told,), lang="en", sentences=((first, first + 53),))
