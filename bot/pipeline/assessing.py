"""Place readings into stories, weigh them, decide, and put messages into the outbox: all in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import cluster, score
from bot.decide import compose
from bot.decide.deciding import SPOKEN, decisions
from bot.log import get_logger
from bot.pipeline.headlines import headlines
from bot.pipeline.notices import raise_notice
from bot.pipeline.rig import Rig
from bot.storage import Transaction
from bot.storage.documents import DocumentState, StoredDocument
from bot.storage.outbox import NewDelivery
from bot.types.delivery import Action, Alert, ChannelTarget, Decision, Delivery, History, Message
from bot.types.ids import DocumentId
from bot.types.ports import Channel
from bot.types.story import Assessment, Story

BATCH = 25  # documents per transaction
# One assessment at a time, on whatever host: two workers must not open two stories for one step.
LOCK = "monazite:assess"
OPEN_FOR = timedelta(days=30)  # a story that nobody told for so long takes up no more tellings

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What one round did."""

    documents: int = 0
    failed: int = 0
    messages: int = 0  # put into the outbox
    more: bool = False  # others wait


def assess(rig: Rig, *, limit: int = BATCH) -> Assessed:
    """Take up to `limit` read documents and held stories as far as the outbox."""
    now = rig.clock.now()
    done = Assessed()
    with rig.database.transaction() as tx:
        tx.lock(LOCK)
        waiting = tx.documents.unplaced(limit=limit)
        for stored in waiting:
            done = _document(rig, tx, stored, now, done)
        held = tx.stories.held(now, limit=limit)
        for story in held:
            done = _held(rig, tx, story, now, done)
        return replace(done, more=len(waiting) == limit or len(held) == limit)


def _document(rig: Rig, tx: Transaction, stored: StoredDocument, now: datetime, done: Assessed) -> Assessed:
    """One document; a bug costs this document only, and an operator is told."""
    try:
        with tx.savepoint():
            messages = _place(rig, tx, stored, now)
    except Exception as error:
        document = stored.document
        log.exception("a document could not be assessed", document=document.id, source=document.source_id)
        why = f"A bug stopped it ({type(error).__name__}); the log has the traceback."
        tx.documents.mark([document.id], DocumentState.FAILED)
        tx.decisions.note(document.id, at=now, action="failed", reason="bug", why=why)
        lines = (why, f"First: {document.title or document.url}")
        raise_notice(rig, tx, "failed:assess", "Some texts could not be assessed", lines, now=now)
        return replace(done, failed=done.failed + 1)
    return replace(done, documents=done.documents + 1, messages=done.messages + messages)


def _held(rig: Rig, tx: Transaction, story: Story, now: datetime, done: Assessed) -> Assessed:
    """A story whose waiting time is over; after a bug it waits another hour."""
    try:
        with tx.savepoint():
            messages = judge(rig, tx, story, now)
    except Exception:
        log.exception("a held story could not be decided", story=story.id)
        tx.stories.decide_at(story.id, now + timedelta(hours=1))
        return replace(done, failed=done.failed + 1)
    return replace(done, messages=done.messages + messages)


def _place(rig: Rig, tx: Transaction, stored: StoredDocument, now: datetime) -> int:
    """Find the story that a document tells, and judge every story that this changed; gives the messages made."""
    document, reading = stored.document, stored.reading
    assert reading is not None, "only read documents are placed"  # noqa: S101 - holds by the query
    lexicon = rig.rulebook.lexicon
    keys = cluster.blocking_keys(document, reading, lexicon=lexicon)
    near = {story.id: story for story in tx.stories.sharing(keys, now - OPEN_FOR)}
    if stored.edition > 1:
        near |= {story.id: story for story in tx.stories.of_document(document.id)}
    placement = cluster.place(document, reading, tuple(near.values()), lexicon=lexicon)
    touched = (placement.story, *placement.changed)
    for story in touched:
        tx.stories.save(story, keys=cluster.story_keys(story, lexicon=lexicon))
    if placement.merged:
        tx.decisions.move(placement.merged, placement.story.id)
        tx.stories.drop(placement.merged)
    tx.documents.mark([document.id], DocumentState.PLACED)
    action = "opened" if placement.is_new else "joined"
    if not placement.is_new or placement.merged:
        tx.decisions.note(
            document.id, at=now, action=action, reason="cluster", why=placement.reason, story_id=placement.story.id
        )
    alone = {document.id: stored} if placement.story.document_ids == (document.id,) else None
    messages = judge(rig, tx, placement.story, now, kept=alone, is_new=placement.is_new and not placement.merged)
    return messages + sum(judge(rig, tx, story, now) for story in placement.changed)


def judge(
    rig: Rig,
    tx: Transaction,
    story: Story,
    now: datetime,
    *,
    kept: Mapping[DocumentId, StoredDocument] | None = None,
    is_new: bool = False,
) -> int:
    """Weigh a story, decide, write both down and put the messages into the outbox; gives how many.

    Args:
        rig: The ports.
        tx: The transaction that holds the lock of `assess`.
        story: As it is now, saved.
        now: Time of the decision.
        kept: Its documents by id, when the caller has them already.
        is_new: Nothing was ever decided about it.
    """
    if kept is None:
        kept = {stored.document.id: stored for stored in tx.documents.get(story.document_ids)}
    readings = {stored.document.id: stored.reading for stored in kept.values() if stored.reading is not None}
    assessment = score.assess(story, readings, rig.rulebook)
    tx.stories.assess(assessment, revision=story.revision, at=now)
    history = History(
        sent=() if is_new else tx.decisions.told([story.id]),
        last_hour=tx.decisions.first_messages(now),
        baseline=bool(kept) and all(stored.silent for stored in kept.values()),
    )
    made = decisions(assessment, story, rig.rulebook.routing, history, now)
    messages = 0
    for decision in made:
        tx.decisions.add(decision)
        if decision.action in SPOKEN:
            messages += _speak(rig, tx, story, assessment, decision, history, kept)
    holds = [decision.hold_until for decision in made if decision.hold_until is not None]
    if holds or not is_new:
        tx.stories.decide_at(story.id, min(holds, default=None))
    return messages


def _speak(
    rig: Rig,
    tx: Transaction,
    story: Story,
    assessment: Assessment,
    decision: Decision,
    history: History,
    kept: Mapping[DocumentId, StoredDocument],
) -> int:
    """Compose the alert of a decision and render it for every channel concerned; gives how many rows were added."""
    readings = {stored.document.id: stored.reading for stored in kept.values() if stored.reading is not None}
    documents = {stored.document.id: stored.document for stored in kept.values()}
    lines = headlines(story, rig.rulebook)
    alert = compose.alert(story, assessment, decision, readings, documents, rig.rulebook, lines)
    tx.decisions.save_alert(alert, at=decision.at)
    roots = _roots(tx, alert, history)
    rows: list[NewDelivery] = []
    for name in decision.channels:
        target = rig.rulebook.routing.channels.get(name)
        if target is None:
            continue  # a digest, or a channel that left routes.yml
        rows += _rows(rig, alert, decision, target, roots.get(name))
    return len(tx.outbox.add(rows, at=decision.at))


def _roots(tx: Transaction, alert: Alert, history: History) -> Mapping[str, Delivery]:
    """Channel to the message that stands there: of this story first, else of one that was merged into it."""
    merged = [told.alert_id for told in history.sent if told.alert_id not in (None, alert.id)]
    roots: dict[str, Delivery] = {}
    for alert_id in (alert.id, *dict.fromkeys(merged)):
        if alert_id is not None:
            roots = {**tx.outbox.roots(alert_id), **roots}
    return roots


def _rows(
    rig: Rig, alert: Alert, decision: Decision, target: ChannelTarget, root: Delivery | None
) -> Sequence[NewDelivery]:
    """The rows of one channel: a first message, or an edit of the one that stands with a reply when that matters."""
    if root is None or decision.action is Action.SEND:
        open_target = rig.exits.target(target)
        message = _render(rig.exits.channels[open_target.kind], alert, open_target)
        return (_row(open_target, message, Action.SEND, decision.dedupe_key, alert, decision),)
    # An edit goes where its message stands, also when routes.yml has changed since.
    channel = rig.exits.channels[root.target.kind]
    alert_of_root = replace(alert, id=root.alert_id or alert.id)
    edit = _render(channel, alert_of_root, root.target)
    rows = [_row(root.target, edit, Action.UPDATE, f"{decision.dedupe_key}:edit", alert_of_root, decision)]
    if decision.action is Action.THREAD:
        reply = channel.render_change(alert_of_root, root.target)
        if reply is not None:
            rows.append(_row(root.target, reply, Action.THREAD, decision.dedupe_key, alert_of_root, decision))
    return rows


def _row(
    target: ChannelTarget, message: Message, action: Action, key: str, alert: Alert, decision: Decision
) -> NewDelivery:
    return NewDelivery(
        target=target,
        message=message,
        action=action,
        dedupe_key=key,
        alert_id=alert.id,
        not_before=decision.at,
    )


def _render(channel: Channel, alert: Alert, target: ChannelTarget) -> Message:
    """The message; when a channel cannot lay an alert out, its words go as a notice rather than not at all."""
    try:
        return channel.render(alert, target)
    except Exception:
        log.exception("an alert could not be laid out", alert=alert.id, kind=target.kind)
        lines = [*alert.why, *(f"{line.publisher}: {line.url}" for line in alert.sources)]
        return channel.render_notice(alert.headlines.get("en", alert.id), lines, target)
