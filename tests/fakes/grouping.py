"""Place texts one by one as the pipeline does, with an index of keys in memory in place of the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bot.cluster import gather, place, story_keys
from bot.types.document import Document
from bot.types.ids import DocumentId, StoryId
from bot.types.lexicon import Lexicon
from bot.types.reading import Reading
from bot.types.story import Story


class Grouping:
    """The stories of the texts that came so far."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.stories: dict[StoryId, Story] = {}
        self._lexicon = lexicon
        self._index: dict[str, set[StoryId]] = defaultdict(set)

    def take(self, document: Document, reading: Reading) -> None:
        """Place one text; the same id again is an edit of it."""
        known = tuple(story for story in self.stories.values() if document.id in story.document_ids)
        near = gather(document, reading, self._find, known=known, lexicon=self._lexicon)
        placed = place(document, reading, near, lexicon=self._lexicon)
        for gone in placed.merged:
            del self.stories[gone]
        for story in (placed.story, *placed.changed):
            self.stories[story.id] = story
            for key in story_keys(story, lexicon=self._lexicon):
                self._index[key].add(story.id)

    def _find(self, keys: Iterable[str]) -> list[Story]:
        names = {name for key in keys for name in self._index[key]} & set(self.stories)
        return [self.stories[name] for name in sorted(names)]

    def homes(self) -> dict[DocumentId, StoryId]:
        """Text to the story that holds it."""
        return {name: story.id for story in self.stories.values() for name in story.document_ids}


def grouped(told: Iterable[tuple[Document, Reading]], lexicon: Lexicon) -> Grouping:
    """All texts placed in the order given."""
    grouping = Grouping(lexicon)
    for document, reading in told:
        grouping.take(document, reading)
    return grouping
