"""Make the part of a document that a story keeps."""

from __future__ import annotations

from bot.cluster.sketch import sketch
from bot.types.document import Document
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
    )


def main_step(telling: Telling) -> Event | None:
    """The step that the telling is about: its most confident event."""
    return telling.events[0] if telling.events else None
