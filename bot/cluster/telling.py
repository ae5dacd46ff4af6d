"""Make the part of a document that a story keeps."""

from __future__ import annotations

from datetime import date, timedelta

from bot.cluster.goods import apart_goods
from bot.cluster.marks import credit, figures, numbered
from bot.cluster.sketch import sketch
from bot.types.document import Document
from bot.types.kinship import Kinship
from bot.types.levels import Stage
from bot.types.reading import Event, Reading
from bot.types.story import Telling


def telling_of(document: Document, reading: Reading) -> Telling:
    """What a story keeps of a document: who says it, when, a sketch of the words and the steps it tells."""
    return Telling(
        document_id=document.id,
        source_id=document.source_id,
        publisher=document.publisher,
        authority=document.authority,
        jurisdiction=document.jurisdiction,
        lang=reading.lang,
        url=document.canonical_url or document.url,
        title=document.title,
        dated=document.dated,
        first_seen=document.first_seen,
        content_hash=document.content_hash,
        shingles=sketch(document.title, document.text),
        events=tuple(event for event in reading.events if event.stage is not Stage.HISTORIC),
        doubt=document.doubt,
        numbered=numbered(document.title, document.text),
        credit=credit(document.text),
        figures=figures(document.title, document.text, days=_days(document, reading)),
    )


def _days(document: Document, reading: Reading) -> set[int]:
    """Days and months of the dates that a text speaks of, its own and the two before included."""
    named: list[date | None] = [document.dated.date() - timedelta(days=n) for n in range(3)]
    for event in reading.events:
        named += [event.announced, event.effective, event.until]
    return {part for day in named if day is not None for part in (day.day, day.month)}


def main_step(telling: Telling) -> Event | None:
    """The step that the telling is about: its most confident event."""
    return telling.events[0] if telling.events else None


def faces(telling: Telling, kin: Kinship) -> tuple[Event, ...]:
    """The main step, and other events of the text that are the same step.

    That is one told again in another sentence, or seen from its other side: a ban that a quota replaces that day.
    """
    main = main_step(telling)
    if main is None:
        return ()
    return (main, *(event for event in telling.events[1:] if _again(main, event, kin) or _other_side(main, event)))


def _again(main: Event, event: Event, kin: Kinship) -> bool:
    same = (event.measure, event.stage, event.imposer) == (main.measure, main.stage, main.imposer)
    return same and not apart_goods(main, event, kin)


def _other_side(main: Event, event: Event) -> bool:
    dated = main.effective is not None and bool(main.goods)
    same = (event.effective, event.imposer, set(event.goods)) == (main.effective, main.imposer, set(main.goods))
    return dated and same
