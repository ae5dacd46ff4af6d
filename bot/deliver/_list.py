"""Many stories as lines of one message, in the reader's language, before any channel's format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.deliver._labels import Labels
from bot.deliver._view import Room, view
from bot.types.delivery import Alert

MOST = 20  # lines; the others are counted
LONGEST_LINK = 300  # characters; a longer address is shown by its host
ROOM = Room(headline=140, sectors=2, reasons=0, quote=0, sources=1, limits=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """One story. All text is clean (see `_text.clean`) but not escaped."""

    mark: str  # emoji of the severity
    headline: str
    facts: tuple[str, ...]  # severity word, score, sectors
    url: str | None  # safe to link
    host: str  # real host of the best source, "" when unknown

    @property
    def text(self) -> str:
        """The line without a link."""
        return " · ".join((f"{self.mark} {self.headline}", *self.facts, *([self.host] if self.host else [])))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """The whole message."""

    title: str
    lines: tuple[ListLine, ...]
    more: str  # "and 14 more" or ""


def list_view(alerts: Sequence[Alert], words: Labels) -> ListView:
    """Headline, severity, score and best source of each, as many as fit."""
    hidden = len(alerts) - MOST
    return ListView(
        title=words("list.title", count=len(alerts)),
        lines=tuple(_line(alert, words) for alert in alerts[:MOST]),
        more=words("more-sources", count=hidden) if hidden > 0 else "",
    )


def _line(alert: Alert, words: Labels) -> ListLine:
    seen = view(alert, words, ROOM)
    best = seen.sources[0] if seen.sources else None
    link = best.url if best and best.url and len(best.url) <= LONGEST_LINK else None
    return ListLine(
        mark=seen.emoji,
        headline=seen.headline,
        facts=(seen.severity, words("score", score=f"{alert.score:.0f}"), *(name for name, _ in seen.sectors)),
        url=link,
        host=best.host if best else "",
    )
