"""Find the texts of the archive that changed words could touch, read them again, and place them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from bot.cluster import gather, place, story_keys
from bot.storage import Transaction
from bot.storage.archive import ArchivedStory
from bot.tune.diff import changed_concepts
from bot.types.document import Document
from bot.types.ids import ConceptId, DocumentId, StoryId
from bot.types.levels import Slot, Stage
from bot.types.lexicon import Concept, Lexicon
from bot.types.ports import Reader
from bot.types.reading import Event, Reading
from bot.types.rules import Rulebook
from bot.types.story import Story
from bot.understand.reader import SpacyReader

OPEN_FOR = timedelta(days=30)  # as in the pipeline


@dataclass(frozen=True, slots=True)
class Reread:
    """What other words make of the archive."""

    readings: Mapping[DocumentId, Reading] = field(default_factory=dict)  # that differ from the stored ones
    stories: Mapping[StoryId, ArchivedStory] = field(default_factory=dict)  # whose tellings differ
    fresh: Mapping[StoryId, ArchivedStory] = field(default_factory=dict)  # that the archive does not hold
    gone: frozenset[StoryId] = frozenset()  # taken up by others

    def applied(self, told: ArchivedStory) -> ArchivedStory | None:
        """An archived story as it would be; None when another one has taken it up."""
        if told.story.id in self.gone:
            return None
        other = self.stories.get(told.story.id)
        if other is not None:
            return other
        if not any(i in self.readings for i in told.readings):
            return told
        return replace(told, readings={i: self.readings.get(i, old) for i, old in told.readings.items()})


NOTHING = Reread()


def again(
    tx: Transaction,
    before: Rulebook,
    after: Rulebook,
    *,
    span: tuple[datetime, datetime],
    reader: Callable[[], Reader],
) -> Reread:
    """Read again what words that changed could touch; `NOTHING` when none did.

    Stories are put together anew around the texts whose steps are other ones now.

    Args:
        tx: The archive.
        before: The rule set to compare with.
        after: The rule set in question.
        span: Texts first seen between these times.
        reader: Makes a reader for the words of `after`.
    """
    changed = changed_concepts(before, after)
    if not changed:
        return NOTHING
    touched = _touched(tx, changed, span)
    if not touched:
        return NOTHING
    read = reader().read
    readings: dict[DocumentId, Reading] = {}
    moved: list[tuple[Document, Reading]] = []
    for document, old in touched:
        new = read(document)
        if _said(new) == _said(old):
            continue
        readings[document.id] = new
        if _told(new) != _told(old):
            moved.append((document, new))
    return _placed(tx, moved, readings, after.lexicon)


def _touched(
    tx: Transaction, changed: Sequence[Concept], span: tuple[datetime, datetime]
) -> list[tuple[Document, Reading]]:
    """Texts that hold a word of these concepts as they were or are."""
    net = loose_net(changed)
    return [
        (document, reading) for document, reading in tx.archive.texts(*span) if net.opens(document.full, reading.lang)
    ]


def loose_net(changed: Sequence[Concept]) -> SpacyReader:
    """A reader that opens for every text with a word of these concepts, read loosely."""
    words = tuple(
        replace(concept, id=ConceptId(f"changed-{number}"), slot=Slot.GOODS, maybe_needs=(), inside=(), near=(),
                terms=tuple(replace(term, sure=True) for term in concept.terms), parent=None)
        for number, concept in enumerate(changed)
    )  # fmt: skip
    return SpacyReader(Lexicon(concepts=words, hash=""))


def _said(reading: Reading) -> object:
    """What a reading says, apart from the lines of the files that say it."""
    mentions = tuple((m.concept, m.slot, m.start, m.end, m.cue, m.value) for m in reading.mentions)
    return mentions, reading.events, reading.reads_as


def _told(reading: Reading) -> tuple[Event, ...]:
    """What a story keeps of a reading."""
    return tuple(event for event in reading.events if event.stage is not Stage.HISTORIC)


def _placed(
    tx: Transaction, moved: Sequence[tuple[Document, Reading]], readings: Mapping[DocumentId, Reading], lexicon: Lexicon
) -> Reread:
    desk = _Desk(tx, lexicon)
    for document, reading in moved:
        desk.place(document, reading)
    made = {name: _archived(tx, story, readings) for name, story in desk.stories.items()}
    fresh = {name for name in made if tx.stories.get(name) is None}
    return Reread(
        readings=readings,
        stories={name: told for name, told in made.items() if name not in fresh},
        fresh={name: told for name, told in made.items() if name in fresh},
        gone=frozenset(desk.gone),
    )


def _archived(tx: Transaction, story: Story, readings: Mapping[DocumentId, Reading]) -> ArchivedStory:
    stored = tx.documents.get(story.document_ids)
    found = {s.document.id: s.reading for s in stored if s.reading is not None}
    return ArchivedStory(
        story=story, readings={**found, **{i: r for i, r in readings.items() if i in found}},
        silent=bool(stored) and all(s.silent for s in stored),
    )  # fmt: skip


class _Desk:
    """Stories of the archive with some texts placed anew; what is not here is as the archive has it."""

    def __init__(self, tx: Transaction, lexicon: Lexicon) -> None:
        self._tx = tx
        self._lexicon = lexicon
        self._keys: dict[StoryId, frozenset[str]] = {}
        self.stories: dict[StoryId, Story] = {}
        self.gone: set[StoryId] = set()

    def place(self, document: Document, reading: Reading) -> None:
        """Place one text again among the stories that were open when it came."""
        find = partial(self._sharing, since=document.first_seen - OPEN_FOR)
        near = gather(document, reading, find, known=self._homes(document.id), lexicon=self._lexicon)
        placement = place(document, reading, near, lexicon=self._lexicon)
        for story in (placement.story, *placement.changed):
            self.stories[story.id] = story
            self._keys[story.id] = frozenset(story_keys(story, lexicon=self._lexicon))
            self.gone.discard(story.id)
        for name in placement.merged:
            self.stories.pop(name, None)
            self._keys.pop(name, None)
            self.gone.add(name)

    def _sharing(self, keys: Iterable[str], since: datetime) -> Iterable[Story]:
        """Open stories under one of these keys, each as it is by now."""
        asked = frozenset(keys)
        near = {story.id: self.stories.get(story.id, story) for story in self._tx.stories.sharing(asked, since)}
        near |= {name: self.stories[name] for name, own in self._keys.items() if own & asked}
        return [story for name, story in near.items() if name not in self.gone]

    def _homes(self, document_id: DocumentId) -> list[Story]:
        """Stories that hold a text, each as it is by now."""
        stored = {story.id: self.stories.get(story.id, story) for story in self._tx.stories.of_document(document_id)}
        near = [s for s in (stored | self.stories).values() if s.id not in self.gone]
        return [story for story in near if document_id in story.document_ids]
