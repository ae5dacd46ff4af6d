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
from bot.pipeline.measuring import measure, plan_reminders
from bot.pipeline.rig import Rig
from bot.pipeline.sending.notices import raise_notice
from bot.pipeline.shortening import shorten, to_quote
from bot.storage import Transaction
from bot.storage.documents import DocumentState, StoredDocument
from bot.storage.outbox import NewDelivery
from bot.types.delivery import Action, Alert, ChannelTarget, Decision, Delivery, History, Message
from bot.types.ids import DocumentId, StoryId
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
    """Take up to `limit` read documents and held stories as far as the outbox.

    A round that fails is done again with every document in a part of its own, so that a bug costs one document only.

    Raises:
        StorageError: The database is gone; everything waits as it was.
    """
    try:
        return _round(rig, limit, careful=False)
    except Exception as error:
        log.warning("a round of assessments failed and is done again, one by one", error=str(error))
        return _round(rig, limit, careful=True)


def _round(rig: Rig, limit: int, *, careful: bool) -> Assessed:
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        tx.lock(LOCK)
        desk = _Desk(rig, tx, now)
        found = tx.documents.unplaced(limit=limit, lock=True)  # a page or an edit may come for one of them
        held = tx.stories.held(now, limit=limit)
        # Items of a flood tend to tell one story, which takes the longer to place the more tell it: one per round.
        waiting = [stored for stored in found if not stored.flood] or found[:1]
        more = len(waiting) < len(found) or len(found) == limit or len(held) == limit
        if careful:
            return replace(_carefully(desk, waiting, held), more=more)
        messages = sum(desk.place(stored) for stored in waiting)
        tx.documents.mark([stored.document.id for stored in waiting], DocumentState.PLACED)
        # What a document has just changed was decided with it.
        messages += sum(desk.judge(story) for story in held if story.id not in desk.settled)
        return Assessed(documents=len(waiting), messages=messages, more=more)


def _carefully(desk: _Desk, waiting: Sequence[StoredDocument], held: Sequence[Story]) -> Assessed:
    """The same, with each document and story in a savepoint; operators are told of what failed."""
    done = Assessed()
    for stored in waiting:
        try:
            with desk.tx.savepoint():
                messages = desk.place(stored)
                desk.tx.documents.mark([stored.document.id], DocumentState.PLACED)
        except Exception as error:
            desk.forget()
            _failed(desk, stored, error)
            done = replace(done, failed=done.failed + 1)
        else:
            done = replace(done, documents=done.documents + 1, messages=done.messages + messages)
    for story in held:
        if story.id in desk.settled:
            continue
        try:
            with desk.tx.savepoint():
                messages = desk.judge(story)
        except Exception:
            desk.forget()
            log.exception("a held story could not be decided", story=story.id)
            desk.tx.stories.decide_at(story.id, desk.now + timedelta(hours=1))
            done = replace(done, failed=done.failed + 1)
        else:
            done = replace(done, messages=done.messages + messages)
    return done


def _failed(desk: _Desk, stored: StoredDocument, error: Exception) -> None:
    document = stored.document
    log.error("a document could not be assessed", document=document.id, source=document.source_id, exc_info=error)
    why = f"A bug stopped it ({type(error).__name__}); the log has the traceback."
    desk.tx.documents.mark([document.id], DocumentState.FAILED)
    desk.tx.decisions.note(document.id, at=desk.now, action="failed", reason="bug", why=why)
    lines = (why, f"First: {document.title or document.url}")
    raise_notice(desk.rig, desk.tx, "failed:assess", "Some texts could not be assessed", lines, now=desk.now)


class _Desk:
    """One round of work inside one transaction, which holds the lock."""

    def __init__(self, rig: Rig, tx: Transaction, now: datetime) -> None:
        self.rig = rig
        self.tx = tx
        self.now = now
        self.settled: set[StoryId] = set()  # judged in this round, or taken up by another story
        self._hour: dict[str, tuple[datetime, ...]] | None = None

    def forget(self) -> None:
        """After a part was undone, what was remembered of it does not hold."""
        self._hour = None

    def place(self, stored: StoredDocument) -> int:
        """Find the story that a document tells, and judge every story that this changed; gives the messages made."""
        document, reading = stored.document, stored.reading
        assert reading is not None, "only read documents are placed"  # noqa: S101 - holds by the query
        lexicon, tx = self.rig.rulebook.lexicon, self.tx
        keys = cluster.blocking_keys(document, reading, lexicon=lexicon)
        near = {story.id: story for story in tx.stories.sharing(keys, self.now - OPEN_FOR)}
        if stored.edition > 1:
            near |= {story.id: story for story in tx.stories.of_document(document.id)}
        placement = cluster.place(document, reading, tuple(near.values()), lexicon=lexicon)
        story, fresh = placement.story, placement.is_new and not placement.merged
        for touched in (story, *placement.changed):
            is_new = touched is story and placement.is_new
            tx.stories.save(touched, keys=cluster.story_keys(touched, lexicon=lexicon), is_new=is_new)
        if placement.merged:
            tx.decisions.move(placement.merged, story.id)
            tx.votes.move(placement.merged, story.id)
            tx.measures.move(placement.merged, story.id)
            tx.reminders.move(placement.merged, story.id)
            tx.stories.drop(placement.merged)
            self.settled.update(placement.merged)
        if not fresh:
            tx.decisions.note(
                document.id, at=self.now, action="joined", reason="cluster", why=placement.reason, story_id=story.id
            )
        shorten(self.rig, tx, stored)
        alone = {document.id: stored} if story.document_ids == (document.id,) else None
        messages = self.judge(story, kept=alone, fresh=fresh)
        return messages + sum(self.judge(changed) for changed in placement.changed)

    def judge(
        self, story: Story, *, kept: Mapping[DocumentId, StoredDocument] | None = None, fresh: bool = False
    ) -> int:
        """Weigh a story, decide, write both down and put the messages into the outbox; gives how many.

        Args:
            story: As it is now, saved.
            kept: Its documents by id, when the caller has them already.
            fresh: Nothing was ever decided about it.
        """
        tx, now = self.tx, self.now
        if kept is None:
            kept = {stored.document.id: stored for stored in tx.documents.get(story.document_ids)}
        readings = {stored.document.id: stored.reading for stored in kept.values() if stored.reading is not None}
        assessment = score.assess(story, readings, self.rig.rulebook)
        tx.stories.assess(assessment, revision=story.revision, at=now)
        if self._hour is None:
            self._hour = tx.decisions.first_messages(now)
        history = History(
            sent=() if fresh else tx.decisions.told([story.id]),
            last_hour=self._hour,
            baseline=bool(kept) and all(stored.silent for stored in kept.values()),
            standings=measure(tx, story, self.rig.rulebook.routing, now),
        )
        made = decisions(assessment, story, self.rig.rulebook.routing, history, now)
        messages = 0
        for decision in made:
            tx.decisions.add(decision)
            if decision.action in SPOKEN:
                messages += speak(self.rig, tx, story, assessment, decision, history, kept)
            if decision.action is Action.SEND:
                self._hour |= {name: (*self._hour.get(name, ()), now) for name in decision.channels}
        plan_reminders(tx, story, self.rig.rulebook.routing, history, made, now)
        holds = [decision.hold_until for decision in made if decision.hold_until is not None]
        if holds or not fresh:
            tx.stories.decide_at(story.id, min(holds, default=None))
        self.settled.add(story.id)
        return messages


def speak(
    rig: Rig,
    tx: Transaction,
    story: Story,
    assessment: Assessment,
    decision: Decision,
    history: History,
    kept: Mapping[DocumentId, StoredDocument],
) -> int:
    """Compose the alert of a decision and render it for every channel concerned; gives how many rows were added."""
    readings, documents = to_quote(rig, kept.values())
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
        named = (f"{line.publisher}: {line.url} {line.doubt}".rstrip() for line in alert.sources)
        lines = [*alert.why, *named]
        return channel.render_notice(alert.headlines.get("en", alert.id), lines, target)
