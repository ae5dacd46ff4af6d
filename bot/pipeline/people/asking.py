"""Answer "why": everything that is known about an address, a story or an alert."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.errors import InputError
from bot.parse.url import canonical_url
from bot.pipeline.measuring import courses_of
from bot.pipeline.polling.pages import why_unread
from bot.pipeline.rig import Rig
from bot.storage import Transaction
from bot.storage.archive import ArchivedStory
from bot.storage.decisions import LedgerEntry
from bot.storage.documents import StoredDocument
from bot.storage.pages import PageState, StoredPage
from bot.types.delivery import Delivery
from bot.types.document import Document
from bot.types.ids import AlertId, DocumentId, StoryId
from bot.types.lifecycle import Transition
from bot.types.story import Assessment, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCase:
    """A story with what was thought and done about it."""

    story: Story
    assessment: Assessment | None
    ledger: tuple[LedgerEntry, ...]  # in order
    deliveries: tuple[Delivery, ...]  # messages of its alert, in order
    transitions: tuple[Transition, ...] = ()  # lives of the acts that it is about, act by act, in order


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What is known; empty when nothing is."""

    asked: str
    documents: tuple[StoredDocument, ...] = ()  # with readings
    pages: Mapping[DocumentId, str] = field(default_factory=dict)  # what came of the pages behind them, a sentence each
    notes: tuple[LedgerEntry, ...] = ()  # what happened to the documents, in order
    stories: tuple[StoryCase, ...] = ()

    @property
    def found(self) -> bool:
        """True when anything is known."""
        return bool(self.documents or self.stories or self.notes)


def why(rig: Rig, asked: str) -> Explanation:
    """Everything that is known about a URL, or the id of a story, alert or document."""
    asked = asked.strip()
    with rig.database.transaction() as tx:
        documents = _documents(tx, asked)
        stories = _stories(tx, asked, documents)
        if not documents:
            ids = [document_id for story in stories for document_id in story.document_ids]
            documents = tx.documents.get(ids)
        notes = [note for stored in documents for note in tx.decisions.ledger(document_id=stored.document.id)]
        return Explanation(
            asked=asked,
            documents=documents,
            pages=_pages(rig, tx, documents),
            notes=tuple(sorted(notes, key=lambda note: note.at)),
            stories=tuple(_case(tx, story) for story in stories),
        )


def story_of(tx: Transaction, asked: str) -> Story:
    """The one story that is meant by a URL, or by the id of a story, alert or document.

    Raises:
        InputError: Nothing, or more than one story, is meant.
    """
    asked = asked.strip()
    found = _stories(tx, asked, _documents(tx, asked))
    if not found:
        raise InputError(f"{asked}: no story is known under this id or address; `monazite why` says more")
    if len(found) > 1:
        ids = ", ".join(story.id for story in found)
        raise InputError(f"{asked} is told in {len(found)} stories; name one of {ids}")
    return found[0]


def _documents(tx: Transaction, asked: str) -> tuple[StoredDocument, ...]:
    if "://" in asked:
        return tx.documents.by_url(asked) or tx.documents.by_url(canonical_url(asked) or asked)
    return tx.documents.get([DocumentId(asked)])


def _pages(rig: Rig, tx: Transaction, documents: tuple[StoredDocument, ...]) -> Mapping[DocumentId, str]:
    """What came of the page behind each document, or why it is not read."""
    known = tx.pages.get(stored.document.id for stored in documents)
    sources = {source.id: source for source in rig.rulebook.sources}
    said: dict[DocumentId, str] = {}
    for stored in documents:
        document, page = stored.document, known.get(stored.document.id)
        source = sources.get(document.source_id)
        if page is not None and page.state is not PageState.OUTDATED:
            said[document.id] = _of_page(page)
        elif source is not None and stored.reading is not None:
            why = why_unread(source, document, stored.reading, silent=stored.silent)
            said[document.id] = (
                f"Its page is not read: {why}." if why else "Its page was not asked for when it was read."
            )
    return said


def _of_page(page: StoredPage) -> str:
    if page.state is PageState.DONE:
        return page.outcome
    if page.state is PageState.FAILED:
        return f"Its page could not be read: {page.outcome}"
    due = f"{page.next_due:%Y-%m-%d %H:%M} UTC"
    tried = f" after {page.attempts} failed: {page.outcome}" if page.attempts else ""
    return f"Its page is wanted and will be asked for from {due}{tried}"


def _stories(tx: Transaction, asked: str, documents: tuple[StoredDocument, ...]) -> tuple[Story, ...]:
    named = StoryId(asked)
    if asked.startswith("a-") and (alert := tx.decisions.alert(AlertId(asked))) is not None:
        named = alert.story_id
    found = {story.id: story for stored in documents for story in tx.stories.of_document(stored.document.id)}
    if (story := tx.stories.get(named)) is not None:
        found[story.id] = story
    return tuple(found.values())


def _case(tx: Transaction, story: Story) -> StoryCase:
    ledger = tx.decisions.ledger(story_id=story.id, limit=500)
    alert_ids = dict.fromkeys(entry.alert_id for entry in ledger if entry.alert_id is not None)
    deliveries = [row for alert_id in alert_ids for row in tx.outbox.of_alert(alert_id)]
    return StoryCase(
        story=story,
        assessment=tx.stories.assessment(story.id),
        ledger=ledger,
        deliveries=tuple(deliveries),
        transitions=courses_of(tx, story),
    )


def archived(tx: Transaction, asked: str) -> tuple[Document, ArchivedStory]:
    """The one story that is meant by a URL or an id, with what was read of it, and the text that leads it.

    Raises:
        InputError: Nothing, or more than one story, is meant, or its lead is no longer kept.
    """
    story = story_of(tx, asked)
    stored = tx.documents.get(story.document_ids)
    lead = next((s.document for s in stored if s.document.id == story.lead_id and s.reading is not None), None)
    if lead is None:
        raise InputError(f"the text that leads {story.id} is no longer kept")
    readings = {s.document.id: s.reading for s in stored if s.reading is not None}
    return lead, ArchivedStory(story=story, readings=readings, silent=all(s.silent for s in stored))
