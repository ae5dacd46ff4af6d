"""Answer "why": everything that is known about an address, a story or an alert."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

from bot.errors import InputError
from bot.parse.content import digest
from bot.parse.spellings import host_of, spellings, words_of
from bot.parse.url import canonical_url, link_key
from bot.pipeline.keeping import ledger_days
from bot.pipeline.measuring import courses_of
from bot.pipeline.people.known import Explanation, SourceCase, StoryCase
from bot.pipeline.people.telling import told, weighed
from bot.pipeline.people.verdict import explained
from bot.pipeline.polling.pages import why_unread
from bot.pipeline.rig import Rig
from bot.storage import Transaction
from bot.storage.archive import ArchivedStory
from bot.storage.decisions import LedgerEntry
from bot.storage.documents import StoredDocument
from bot.storage.ledger import AlertLine
from bot.storage.pages import PageState, StoredPage
from bot.types.document import Document
from bot.types.ids import AlertId, DeliveryId, DocumentId, SourceId, StoryId
from bot.types.source import SourceState
from bot.types.story import Story

__all__ = ["Explanation", "StoryCase", "archived", "story_of", "taken", "told", "weighed", "why"]

_STORY = re.compile(r"\bs-[\w-]*\w")
_ADDRESS = re.compile(r"(?:https?://|[\w-]+(?:\.[\w-]+)+/)\S+", re.IGNORECASE)
_MERGES = 10  # stories that were merged one after the other


def why(rig: Rig, asked: str) -> Explanation:
    """Everything that is known about a URL, or the id of a story, alert, message or document."""
    asked = asked.strip().strip("<>")
    with rig.database.transaction() as tx:
        known = _by_address(rig, tx, asked) if _ADDRESS.fullmatch(asked) else _by_id(tx, asked)
        known = _with_surroundings(rig, tx, known)
    return explained(replace(known, kept_days=ledger_days(rig.settings)), rig.clock.now())


def _by_address(rig: Rig, tx: Transaction, asked: str) -> Explanation:
    """What was delivered under an address, or under another spelling of it; else what the ledger says of it."""
    address = asked if "://" in asked else f"https://{asked}"
    forms = spellings(address)
    known = Explanation(asked=asked)
    for group in ((address, *forms[:1]), forms):
        if ids := tx.ledger.documents(group):
            return replace(known, documents=tx.documents.get(ids), found_as=_written_otherwise(tx, ids, group, address))
    keys = {f"l:{digest(link_key(form))}" for form in forms} | {f"g:{digest(asked)}", f"g:{digest(address)}"}
    listed = tx.ledger.listings(sources=(source.id for source in rig.rulebook.sources), keys=keys)
    if listed:
        first = listed[0]
        said = f"Its source {first.source_id} lists it as an item that was known already: {first.title or first.link}."
        documents = tx.documents.get(item.document_id for item in listed)
        return replace(known, listings=listed, documents=documents, found_as=said)
    subjects = tx.ledger.subjects((address, *forms))
    alerts = tx.ledger.alerts(urls=(address, *forms))
    stories = {story_id for story_id, _ in subjects if story_id} | {line.story_id for line in alerts}
    known = replace(known, alerts=alerts, notes=_notes(tx, [one for _, one in subjects if one]))
    known = _with_past(tx, known, stories)
    if not known.found and forms:
        near = tx.ledger.near(host_of(address), words_of(address))
        return replace(known, near=near, sources=_sources_at(rig, tx, host_of(address)))
    return known


def _written_otherwise(tx: Transaction, ids: Iterable[DocumentId], group: tuple[str, ...], address: str) -> str:
    """How the address that was asked for differs from that of the text; "" when it does not."""
    urls = {url for stored in tx.documents.get(ids) for url in (stored.document.url, stored.document.canonical_url)}
    if address in urls:
        return ""
    if canonical_url(address) in urls:
        return "Found without the parts of the address that say how a reader came."
    return f"Found under another spelling of the address: {next((url for url in group if url in urls), '')}"


def _by_id(tx: Transaction, asked: str) -> Explanation:
    """What is kept under the id of a document, a story, an alert or a message."""
    known = Explanation(asked=asked)
    if documents := tx.documents.get([DocumentId(asked)]):
        return replace(known, documents=documents)
    message = tx.outbox.get(DeliveryId(asked)) if asked.startswith("d-") else None
    alert_id = message.alert_id if message is not None and message.alert_id else asked
    lines = tx.ledger.alerts(alert_id=alert_id, story_ids=[StoryId(asked)])
    named = lines[0].story_id if lines else StoryId(asked)
    story = _survivor(tx, named)
    if story is not None:
        case = _case(tx, story)
        merged = story.id if asked.startswith("s-") and story.id != asked else None
        documents = tx.documents.get(story.document_ids)
        return replace(known, documents=documents, stories=(case,), merged_into=merged)
    notes = _notes(tx, [DocumentId(asked)])
    listed = tx.ledger.listings(document_ids=[DocumentId(asked)])
    return _with_past(tx, replace(known, alerts=lines, notes=notes, listings=listed), {named})


def _survivor(tx: Transaction, story_id: StoryId) -> Story | None:
    """The story of an id, or the one that took it up; None when neither is kept."""
    for _ in range(_MERGES):
        if (story := tx.stories.get(story_id)) is not None:
            return story
        lines = tx.decisions.ledger(story_id=story_id)
        merged = [one for line in lines if line.action == "merged" for one in _STORY.findall(line.why)]
        moved = [line.story_id for line in tx.ledger.alerts(alert_id=f"a-{story_id.removeprefix('s-')}")]
        into = next((StoryId(one) for one in (*merged, *moved) if one != story_id), None)
        if into is None:
            return None
        story_id = into
    return None


def _with_past(tx: Transaction, known: Explanation, story_ids: Iterable[StoryId]) -> Explanation:
    """With what the ledger, the alerts and the outbox still say of stories, whether these are kept or not."""
    cases: list[StoryCase] = []
    past: list[LedgerEntry] = []
    alerts: dict[AlertId, AlertLine] = {line.alert.id: line for line in known.alerts}
    for story_id in sorted(story_ids):
        if (story := tx.stories.get(story_id)) is not None:
            cases.append(_case(tx, story))
            continue
        past += tx.decisions.ledger(story_id=story_id, limit=500)
        alerts |= {line.alert.id: line for line in tx.ledger.alerts(story_ids=[story_id])}
    ids = {line.alert_id for line in past if line.alert_id} | set(alerts)
    messages = tx.ledger.messages(sorted(ids))
    return replace(known, stories=tuple(cases), past=tuple(past), alerts=tuple(alerts.values()), messages=messages)


def _with_surroundings(rig: Rig, tx: Transaction, known: Explanation) -> Explanation:
    """With the stories that the documents tell, their notes, pages, items and sources."""
    documents = known.documents
    ids = [stored.document.id for stored in documents]
    cases = {case.story.id: case for case in known.stories}
    for story in (story for document_id in ids for story in tx.stories.of_document(document_id)):
        if story.id not in cases:
            cases[story.id] = _case(tx, story)
    listings = known.listings or tx.ledger.listings(document_ids=ids)
    concerned = {stored.document.source_id for stored in documents} | {item.source_id for item in listings}
    return replace(
        known,
        stories=tuple(cases.values()),
        notes=known.notes or _notes(tx, ids),
        pages=_pages(rig, tx, documents),
        listings=listings,
        sources=known.sources or _sources(rig, tx, concerned),
    )


def _notes(tx: Transaction, ids: Iterable[DocumentId]) -> tuple[LedgerEntry, ...]:
    notes = [note for document_id in ids for note in tx.decisions.ledger(document_id=document_id)]
    return tuple(sorted(notes, key=lambda note: note.at))


def _sources(rig: Rig, tx: Transaction, ids: Iterable[SourceId]) -> tuple[SourceCase, ...]:
    wanted = sorted(ids)
    states = tx.sources.recall(wanted)
    return tuple(_source(rig, source_id, states.get(source_id)) for source_id in wanted)


def _sources_at(rig: Rig, tx: Transaction, host: str) -> tuple[SourceCase, ...]:
    """The sources that are read from a host, and so might have listed what nobody listed."""
    return _sources(rig, tx, [source.id for source in rig.rulebook.sources if host and host_of(source.url) == host])


def _source(rig: Rig, source_id: SourceId, state: SourceState | None) -> SourceCase:
    source = rig.rulebook.source_by_id.get(source_id)
    trouble = ""
    if source is None:
        trouble = "No rule file names it any more."
    elif not source.enabled:
        trouble = f"It is disabled: {source.why}"
    elif state is None or state.last_attempt is None:
        trouble = "It was never polled."
    elif state.trust.doubt:
        trouble = f"It is in doubt: {state.trust.doubt}"
    elif state.stops:
        trouble = "It is in quarantine: its answers stopped the parser."
    elif state.failures:
        trouble = f"It fails, {state.failures} times in a row: {state.last_error or 'no reason is kept'}"
    return SourceCase(
        source_id=source_id,
        publisher=source.publisher if source else "",
        enabled=source is not None and source.enabled,
        last_success=state.last_success if state else None,
        trouble=trouble,
    )


def story_of(tx: Transaction, asked: str) -> Story:
    """The one story that is meant by a URL, or by the id of a story, alert or document.

    Raises:
        InputError: Nothing, or more than one story, is meant.
    """
    found = _stories(tx, asked.strip())
    if not found:
        sentence = f"{asked}: no story is known under this id or address; `monazite why` says more"
        raise InputError(sentence, label="fault.unknown", asked=asked)
    if len(found) > 1:
        ids = ", ".join(story.id for story in found)
        sentence = f"{asked} is told in {len(found)} stories; name one of {ids}"
        raise InputError(sentence, label="fault.several", asked=asked, ids=ids)
    return found[0]


class _TakenUpError(Exception):
    """Another story took this one up while its alerts were waited for."""


def taken(tx: Transaction, asked: str) -> Story:
    """The same for a deed: its alerts are locked first, and no other deed or assessment changes them meanwhile.

    When another story took it up while we waited for that, it is the other one.

    Raises:
        InputError: Nothing, or more than one story, is meant.
    """
    for _ in range(_MERGES):
        story = story_of(tx, asked)
        with suppress(_TakenUpError), tx.savepoint():
            tx.decisions.alert_ids(story.id, lock=True)
            now = story_of(tx, asked)
            if now.id == story.id:
                return now
            raise _TakenUpError  # gives back what was locked, since alerts are locked in one order only
    return story_of(tx, asked)


def _stories(tx: Transaction, asked: str) -> tuple[Story, ...]:
    if "://" in asked:
        forms = spellings(asked)
        ids = tx.ledger.documents((asked, *forms[:1])) or tx.ledger.documents(forms)
        told_by = {story.id: story for one in ids for story in tx.stories.of_document(one)}
        return tuple(told_by.values())
    if found := tx.stories.of_document(DocumentId(asked)):
        return found
    alert = next(iter(tx.ledger.alerts(alert_id=asked)), None)
    story = _survivor(tx, alert.story_id if alert is not None else StoryId(asked))
    return () if story is None else (story,)


def _case(tx: Transaction, story: Story) -> StoryCase:
    ledger = tx.decisions.ledger(story_id=story.id, limit=500)
    alert_ids = dict.fromkeys(entry.alert_id for entry in ledger if entry.alert_id is not None)
    return StoryCase(
        story=story,
        assessment=tx.stories.assessment(story.id),
        ledger=ledger,
        deliveries=tx.ledger.messages(alert_ids),
        decisions=tx.decisions.of_story(story.id),
        held_until=tx.ledger.held_until(story.id),
        mute=tx.ledger.mute(story.id),
        transitions=courses_of(tx, story),
        handlings=tuple(tx.handlings.of(alert_ids).values()),
        reminders=tx.reminders.of_story(story.id),
        escalations=tx.escalations.of_alerts(alert_ids),
    )


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
