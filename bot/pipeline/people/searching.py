"""Find kept texts by their words, with the stories that they tell."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import InputError
from bot.pipeline.rig import Rig
from bot.storage import Transaction
from bot.storage.search import question
from bot.types.document import Document
from bot.types.ids import StoryId
from bot.types.levels import Band

FOUND = 10
_LOOKED_AT = 100  # best matches, of which the newest are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One text."""

    document: Document
    story_id: StoryId | None  # that it tells
    band: Band | None  # of the story


def search(rig: Rig, words: str) -> tuple[Hit, ...]:
    """Texts that hold every word, the newest first.

    Raises:
        InputError: There is nothing in `words` that can be looked for.
    """
    if not question(words):
        raise InputError(
            "name a word to look for, for example `gallium` or `输出管制`; `*` at its end finds beginnings",
            label="fault.search",
        )
    with rig.database.transaction() as tx:
        best = tx.documents.search(words, limit=_LOOKED_AT)
        newest = sorted(best, key=lambda document: (document.dated, document.id), reverse=True)[:FOUND]
        return tuple(_hit(tx, document) for document in newest)


def _hit(tx: Transaction, document: Document) -> Hit:
    story = next(iter(tx.stories.of_document(document.id)), None)
    weighed = tx.stories.assessment(story.id) if story else None
    return Hit(document=document, story_id=story.id if story else None, band=weighed.band if weighed else None)
