"""Tell every channel of the dates of its stories when they come near, and when what they ended holds again: once each.

A reminder is a row. It is told in one transaction with its decision and its messages, and stays open for a channel
that has quiet hours; what a channel was told stands in the outbox, under a key that stories of one suspension share.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from bot.decide.changes import facts_of
from bot.decide.quiet import open_at
from bot.decide.reminding import changes_of, decision_of, is_lapse, reminder_key, today_of
from bot.decide.route import matching, silence_for, subject
from bot.errors import StorageError
from bot.log import get_logger
from bot.pipeline.assessing import LOCK
from bot.pipeline.measuring import standings_of, turn_calendar
from bot.pipeline.rig import Rig
from bot.pipeline.sending.notices import raise_notice
from bot.pipeline.speaking import composed, speak
from bot.pipeline.standing import routing_in_force
from bot.storage import Transaction
from bot.types.delivery import Decision, StepFacts
from bot.types.desk import Reminder
from bot.types.ids import StoryId
from bot.types.lifecycle import Standing
from bot.types.rules import Routing
from bot.types.story import Assessment, Story

BATCH = 50  # reminders per transaction

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Case:
    """One story with a date that is due."""

    story: Story
    assessment: Assessment
    standings: tuple[Standing, ...]
    sent: tuple[Decision, ...]


def remind(rig: Rig, *, limit: int = BATCH) -> int:
    """Bring dossiers up to date with the calendar and tell what is due; gives the messages put into the outbox.

    Raises:
        StorageError: The database is gone; everything waits as it was.
    """
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        tx.lock(LOCK)
        rig.passes("remind.locked")
        routing = routing_in_force(rig, tx)
        turn_calendar(tx, routing, now)
        due = tx.reminders.due(now, limit=limit)
        told = 0
        stories = {reminder.story_id: tx.stories.get(reminder.story_id) for reminder in due}
        # The story of a suspension tells its end; those of the acts that it suspends do where it was not told.
        ordered = sorted(due, key=lambda one: (not _changes_acts(stories[one.story_id]), one.story_id))
        for story_id, group in groupby(ordered, key=lambda one: one.story_id):
            dated = tuple(group)
            try:
                with tx.savepoint():
                    told += _of_story(rig, tx, stories[story_id], dated, routing, now)
            except StorageError:
                raise
            except Exception:
                log.exception("a story could not be reminded of", story=story_id)
                _failed(rig, tx, story_id, dated, now)
            rig.passes("remind.told")
        rig.passes("remind.not-committed")
    rig.passes("remind.committed")
    if told:
        log.info("reminded", messages=told)
    return told


def dates_due(rig: Rig, tx: Transaction, now: datetime) -> bool:
    """True when a reminder is due, or the calendar changes how an act stands."""
    today = today_of(rig.rulebook.routing, now)
    return bool(tx.reminders.due(now, limit=1)) or bool(tx.measures.due(today))


def _failed(rig: Rig, tx: Transaction, story_id: StoryId, due: Sequence[Reminder], now: datetime) -> None:
    """Operators are told; the dates of other stories are not kept waiting by this one."""
    days = ", ".join(sorted({reminder.day.isoformat() for reminder in due}))
    why = f"A bug stopped the reminder of {story_id} ({days}); the log has the traceback."
    raise_notice(rig, tx, f"failed:remind:{story_id}", "A date was not told", (why,), now=now)
    _close(tx, due, "A bug stopped it; the log has the traceback.", now)


def _changes_acts(story: Story | None) -> bool:
    return story is not None and story.event is not None and bool(story.event.acts)


def _of_story(
    rig: Rig, tx: Transaction, story: Story | None, due: Sequence[Reminder], routing: Routing, now: datetime
) -> int:
    """Tell the newest of a story's due reminders of each date; those that it overtook are closed."""
    today = today_of(routing, now)
    assessment = tx.stories.assessment(story.id) if story else None
    sent = tx.decisions.told([story.id]) if story else ()
    if story is None or assessment is None or not sent:
        return _close(tx, due, "Nobody was told of the story.", now)
    if silence_for(routing, subject(assessment, story), today) is not None:
        return _close(tx, due, "The story is muted.", now)
    case = _Case(story, assessment, standings_of(tx, story), sent)
    messages = 0
    for _, dated in groupby(
        sorted(due, key=lambda one: (one.kind, one.day, one.due_at)), key=lambda o: (o.kind, o.day)
    ):
        *overtaken, newest = dated
        _close(tx, overtaken, "A later reminder of the same date came first.", now)
        if newest.day < today and not is_lapse(newest, routing):
            _close(tx, [newest], "The date has passed.", now)
            continue
        messages += _tell(rig, tx, case, newest, routing, now)
    return messages


def _tell(rig: Rig, tx: Transaction, case: _Case, reminder: Reminder, routing: Routing, now: datetime) -> int:
    """Tell every channel in which a message about the story stands; it is closed when none has to wait."""
    changes = changes_of(reminder, case.story, case.standings, today_of(routing, now))
    key = reminder_key(reminder, case.standings, routing)
    routes = matching(routing, subject(case.assessment, case.story))
    last = {channel: decision for decision in case.sent for channel in decision.channels}
    kept = {stored.document.id: stored for stored in tx.documents.get(case.story.document_ids)}
    messages, waiting = 0, False
    for channel in sorted(set(last) & set(routing.channels)):
        if open_at(channel, [r for r in routes if r.send == channel] or routing.routes, routing, now) is not None:
            waiting = True
            continue
        known = tx.reminders.told(channel, key)
        if known and not is_lapse(reminder, routing):
            continue
        decision = replace(
            decision_of(reminder, changes, key=key, channel=channel, last=last[channel], reply=not known),
            at=now,
            band=case.assessment.band,
            revision=case.story.revision,
            facts=_facts(case, last[channel]),
        )
        if known and tx.reminders.told(channel, f"{decision.dedupe_key}:edit"):
            continue
        tx.decisions.add(decision)
        alert = composed(rig, case.story, case.assessment, decision, kept)
        messages += speak(rig, tx, routing, alert, decision)
    if not waiting:
        tx.reminders.settle(reminder, "Told." if messages else "Every channel knew.", at=now)
    return messages


def _facts(case: _Case, last: Decision) -> StepFacts:
    """What the channel was told last, with the acts as they stand now: nothing else may be swallowed."""
    return replace(last.facts or facts_of(case.story, case.assessment), standings=case.standings)


def _close(tx: Transaction, reminders: Iterable[Reminder], why: str, now: datetime) -> int:
    for reminder in reminders:
        tx.reminders.settle(reminder, why, at=now)
    return 0
