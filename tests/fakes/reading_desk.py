"""A reader that finds the words it was given, for tests of what comes after reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.levels import Cue, Slot
from bot.types.reading import Event, Mention, Reading


class WordReader:
    """Marks every occurrence of some words, and tells the events that a function makes of the document."""

    version = "words"

    def __init__(
        self,
        words: Mapping[str, tuple[str, Slot]],
        events: Callable[[Document, Sequence[Mention]], Sequence[Event]] = lambda document, mentions: (),
    ) -> None:
        self._words = words
        self._events = events

    def read(self, document: Document, *, lang: str | None = None) -> Reading:
        """The mentions in order of place; a text that says "explode" raises, as a bug would."""
        full = document.full
        if "explode" in full:
            raise RuntimeError("the reader has a bug")
        mentions = sorted(
            (
                Mention(
                    concept=ConceptId(concept),
                    slot=slot,
                    surface=word,
                    start=start,
                    end=start + len(word),
                    zone=document.zone_at(start),
                    cue=Cue.STATED,
                    rule=f"concepts/{concept}.yml:3",
                )
                for word, (concept, slot) in self._words.items()
                for start in _places(full, word)
            ),
            key=lambda mention: mention.start,
        )
        return Reading(
            document_id=document.id,
            lang=lang or document.lang_hint or "en",
            lang_confidence=1.0,
            mentions=tuple(mentions),
            events=tuple(self._events(document, mentions)),
            reader_version=self.version,
            sentences=((0, len(full)),),
        )


def _places(text: str, word: str) -> list[int]:
    found, at = [], text.find(word)
    while at >= 0:
        found.append(at)
        at = text.find(word, at + 1)
    return found
