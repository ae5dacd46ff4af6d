"""Place readings into stories, weigh them, decide, and put messages into the outbox: all in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot import cluster, score
from bot.decide.bursts import alone, counted, is_listed, limits
from bot.decide.deciding import SPOKEN, decisions
from bot.decide.rejoin import partings
from bot.log import get_logger
from bot.pipeline.lists import Listed, by_channel, moved, tell_list, told_now
from bot.pipeline.measuring import measure, plan_reminders
from bot.pipeline.rejoining import Rejoining
from bot.pipeline.rig import Rig
from bot.pipeline.sending.notices import raise_notice
from bot.pipeline.shortening import shorten
from bot.pipeline.speaking import composed, speak
from bot.pipeline.standing import routing_in_force
from bot.storage import Transaction
from bot.storage.documents import DocumentState, StoredDocument
from bot.types.delivery import Decision, History
from bot.types.ids import DocumentId, StoryId
from bot.types.story import Story

BATCH = 25  # documents per transaction
HELD = 200  # held stories per transaction: what a channel gets as one list is decided at once
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
        rig.passes("assess.locked")
        desk = _Desk(rig, tx, now)
        found = tx.documents.unplaced(limit=limit, lock=True)  # a page or an edit may come for one of them
        held = desk.loudest(tx.stories.held(now, limit=HELD))
        # Items of a flood tend to tell one story, which takes the longer to place the more tell it: one per round.
        waiting = [stored for stored in found if not stored.flood] or found[:1]
        more = len(waiting) < len(found) or len(found) == limit or len(held) == HELD
        if careful:
            done = _carefully(desk, waiting, held)
            return replace(done, messages=done.messages + desk.tell_lists(), more=more)
        messages = sum(desk.place(stored) for stored in waiting)
        tx.documents.mark([stored.document.id for stored in waiting], DocumentState.PLACED)
        rig.passes("assess.marked")
        # What a document has just changed was decided with it.
        messages += sum(desk.judge(story) for story in held if story.id not in desk.settled)
        messages += desk.tell_lists()
        rig.passes("assess.not-committed")
        return Assessed(documents=len(waiting), messages=messages, more=more)


def _carefully(desk: _Desk, waiting: Sequence[StoredDocument], held: Sequence[Story]) -> Assessed:
    """The same, with each document and story in a savepoint; operators are told of what failed."""
    done = Assessed()
    for stored in waiting:
        listed = desk.listed
        try:
            with desk.tx.savepoint():
                messages = desk.place(stored)
                desk.tx.documents.mark([stored.document.id], DocumentState.PLACED)
        except Exception as error:
            desk.forget(listed)
            _failed(desk, stored, error)
            done = replace(done, failed=done.failed + 1)
        else:
            done = replace(done, documents=done.documents + 1, messages=done.messages + messages)
    for story in held:
        if story.id in desk.settled:
            continue
        listed = desk.listed
        try:
            with desk.tx.savepoint():
                messages = desk.judge(story)
        except Exception:
            desk.forget(listed)
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
        self.routing = routing_in_force(rig, tx)
        self.listed: tuple[Listed, ...] = ()  # what goes into lists at the end of the round
        self._limits: History | None = None
        self._rejoining = Rejoining(rig, tx, now)

    def forget(self, listed: tuple[Listed, ...]) -> None:
        """After a part was undone, what was remembered of it does not hold; `listed` is how it was before."""
        self.listed = listed
        self._limits = None
        self._rejoining = Rejoining(self.rig, self.tx, self.now)

    def loudest(self, held: Sequence[Story]) -> Sequence[Story]:
        """Held stories with the loudest first: they go singly, when a channel takes no more of them."""
        scores = self.tx.stories.scores([story.id for story in held])
        return sorted(held, key=lambda story: (-scores.get(story.id, 0.0), story.id))

    def limits(self) -> History:
        """What channels have had of their limits, with what this round decided."""
        if self._limits is None:
            self._limits = limits(self.tx.decisions.recently(self.now))
            for item in self.listed:
                self._limits = counted(self._limits, item.decision)
        return self._limits

    def tell_lists(self) -> int:
        """Put what this round listed into the outbox, one message per channel; gives the messages made."""
        messages = 0
        for item in by_channel(self.listed):
            if len(item.alerts) == 1:
                decision = alone(item.decisions[0])
                self.tx.decisions.add(decision)
                messages += speak(self.rig, self.tx, self.routing, item.alerts[0], decision)
            else:
                messages += tell_list(self.rig, self.tx, item, self.routing)
        return messages

    def place(self, stored: StoredDocument) -> int:
        """Find the story that a document tells, and judge every story that this changed; gives the messages made."""
        document, reading = stored.document, stored.reading
        assert reading is not None, "only read documents are placed"  # noqa: S101 - holds by the query
        lexicon, tx = self.rig.rulebook.lexicon, self.tx
        known = tx.stories.of_document(document.id) if stored.edition > 1 else ()
        find = partial(tx.stories.sharing, since=self.now - OPEN_FOR)
        near = cluster.gather(document, reading, find, known=known, lexicon=lexicon)
        placement = cluster.place(document, reading, near, lexicon=lexicon)
        self.rig.passes("assess.placed")
        story, fresh = placement.story, placement.is_new and not placement.merged
        for touched in (story, *placement.changed):
            is_new = touched is story and placement.is_new
            tx.stories.save(touched, keys=cluster.story_keys(touched, lexicon=lexicon), is_new=is_new)
        now_told = {touched.id: touched for touched in (story, *placement.changed)}
        pointers = 0
        for gone, heir in zip(placement.merged, placement.heirs, strict=True):
            pointers += self._rejoining.join(gone, now_told[heir])
            self.listed = moved(self.listed, (gone,), heir)
            self.settled.add(gone)
        if placement.merged:
            self.routing = routing_in_force(self.rig, tx)  # a mute goes over to the story that remains
        parted = partings(near, tuple(now_told.values()))
        self._rejoining.part(parted)
        if not fresh:
            tx.decisions.note(
                document.id, at=self.now, action="joined", reason="cluster", why=placement.reason, story_id=story.id
            )
        shorten(self.rig, tx, stored)
        alone = {document.id: stored} if story.document_ids == (document.id,) else None
        # What left a story is judged before the story itself, whose thread is told where it went.
        messages = sum(self.judge(now_told.pop(parting.story)) for parting in parted)
        if story.id in now_told:
            messages += self.judge(story, kept=alone, fresh=fresh)
        others = (changed for changed in placement.changed if changed.id in now_told)
        return pointers + messages + sum(self.judge(changed) for changed in others)

    def _listed_before(self, story: Story) -> Sequence[Decision]:
        """What this round has decided already about a story and is written down at its end."""
        return [item.decision for item in self.listed if item.decision.story_id == story.id]

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
        self.rig.passes("assess.assessed")
        history = replace(
            self.limits(),
            sent=() if fresh else (*tx.decisions.told([story.id]), *self._listed_before(story)),
            baseline=bool(kept) and all(stored.silent for stored in kept.values()),
            standings=measure(tx, story, self.routing, now),
        )
        self.rig.passes("assess.measured")
        made = decisions(assessment, story, self.routing, history, now)
        made = self._rejoining.weave(made, story, assessment)
        alert = partial(composed, self.rig, story, assessment, kept=kept)
        self.listed = told_now(self.listed, story.id, alert)
        messages = 0
        for decision in made:
            self._limits = counted(self.limits(), decision)
            if decision.action not in SPOKEN:
                tx.decisions.add(decision)
                continue
            if is_listed(decision):
                self.listed += (Listed(decision=decision, alert=alert(decision)),)
                continue
            tx.decisions.add(decision)
            self.rig.passes("assess.decided")
            messages += speak(self.rig, tx, self.routing, alert(decision), decision)
        plan_reminders(tx, story, self.routing, history, made, now)
        holds = [decision.hold_until for decision in made if decision.hold_until is not None]
        if holds or not fresh:
            tx.stories.decide_at(story.id, min(holds, default=None))
        self.settled.add(story.id)
        return messages
