"""Known items, as storage keeps them, for tests of identity that need no database."""

from __future__ import annotations

from collections.abc import Sequence

from bot.parse.identity import Keyed, recognise
from bot.types.document import Recognised
from bot.types.source import KnownItem


class Memory:
    """What was seen so far."""

    def __init__(self) -> None:
        self.items: dict[str, KnownItem] = {}

    def poll(self, *documents: Keyed) -> list[str]:
        """What each distinct item of a body is; remembered for the next poll."""
        return [found.novelty.value for found in self.recognise(documents)]

    def recognise(self, documents: Sequence[Keyed]) -> tuple[Recognised, ...]:
        """The same, whole."""
        wanted = {key for _, keys in documents for key in keys}
        known = [item for item in self.items.values() if wanted.intersection(item.keys)]
        found = recognise(documents, known)
        for one in found:
            self.items[one.document.id] = KnownItem(
                keys=one.keys,
                document_id=one.document.id,
                content_hash=one.document.content_hash,
                title=one.document.title,
                link=one.document.canonical_url,
                first_seen=one.document.first_seen,
            )
        return found
