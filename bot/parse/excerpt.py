"""Keep of a text what its source allows: blanks in the place of the rest, so that every offset stays what it was."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.types.document import LEAD_CHARS, Document
from bot.types.reading import Reading
from bot.types.source import Store

_INK = re.compile(r"\S")


def shortened(document: Document, reading: Reading | None, store: Store) -> Document:
    """The document with as much of its text as may stay.

    Whatever goes becomes as many blanks; line ends stay, and so do paragraphs and zones. The title always stays.
    Idempotent: what was shortened once is shortened to itself.

    Args:
        document: As it was read.
        reading: Of this very text; None keeps no sentence.
        store: EXCERPT keeps lead and the sentences that the reading points to, NONE nothing, FULL everything.
    """
    if store is Store.FULL or not document.text:
        return document
    kept = _kept(document, reading) if store is Store.EXCERPT else ()
    start = len(document.title) + 2
    return replace(document, text=_blanked(document.text, ((a - start, b - start) for a, b in kept)))


def _kept(document: Document, reading: Reading | None) -> Iterable[tuple[int, int]]:
    """Spans of `Document.full` that an excerpt holds."""
    start = len(document.title) + 2
    end_of_lead = document.text.find("\n\n", 0, LEAD_CHARS + 2)
    yield start, start + (end_of_lead if 0 <= end_of_lead <= LEAD_CHARS else LEAD_CHARS)
    if reading is None:
        return
    yield from reading.sentences
    yield from ((mention.start, mention.end) for mention in reading.mentions)
    for event in reading.events:
        yield event.start, event.end
        yield from event.evidence


def _blanked(text: str, kept: Iterable[tuple[int, int]]) -> str:
    pieces: list[str] = []
    here = 0
    for start, end in sorted((max(0, start), min(end, len(text))) for start, end in kept):
        if end <= here:
            continue
        start = max(start, here)  # noqa: PLW2901 - spans may overlap
        pieces += (_INK.sub(" ", text[here:start]), text[start:end])
        here = end
    pieces.append(_INK.sub(" ", text[here:]))
    return "".join(pieces)
