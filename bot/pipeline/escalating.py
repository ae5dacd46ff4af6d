"""Tell a second channel of alerts that nobody acknowledged in time, each once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.decide import alert_id
from bot.decide.changes import facts_of
from bot.decide.escalating import Due, Later, Waited, decision, judge, quietly, span
from bot.decide.quiet import open_at
from bot.decide.route import silence_for, subject
from bot.deliver import escalation_line
from bot.log import get_logger
from bot.pipeline.assessing import LOCK
from bot.pipeline.measuring import standings_of
from bot.pipeline.rig import Rig
from bot.pipeline.roots import roots
from bot.pipeline.sending.notices import raise_notice
from bot.pipeline.speaking import composed
from bot.pipeline.standing import routing_in_force
from bot.storage import Transaction
from bot.storage.outbox import NewDelivery
from bot.types.delivery import Action, Alert, ChannelTarget, Delivery, Message, Reason
from bot.types.escalation import Escalation
from bot.types.rules import Routing
from bot.types.story import Assessment, Story

BATCH = 50  # per transaction
AFTER_BUG = timedelta(hours=1)

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One alert that waits, with what is known of it."""

    escalation: Escalation
    story: Story | None  # that tells it now: the one that took up its own, when stories were merged
    assessment: Assessment | None
    root: Delivery | None  # what stands for the story where it was told, else what became of the alert's own message
    stands: bool  # a message about the story stands in the channel of escalation


def escalate(rig: Rig) -> int:
    """Look at every alert whose time to be acknowledged is over; gives the messages put into the outbox.

    Decision, message and settled row are one transaction: it goes out once, also when two hosts do this.

    Raises:
        StorageError: The database is gone; everything waits as it was.
    """
    now, messages = rig.clock.now(), 0
    with rig.database.transaction() as tx:
        tx.lock(LOCK)  # what is decided about stories is decided in turn
        rig.passes("escalate.locked")
        routing = routing_in_force(rig, tx)
        for escalation in tx.escalations.due(now, limit=BATCH):
            try:
                with tx.savepoint():
                    messages += _one(rig, tx, escalation, routing, now)
            except Exception:
                log.exception("an alert could not be escalated", alert=escalation.alert_id)
                tx.escalations.look_again(escalation, now + AFTER_BUG)
                why = "A bug stopped it; the log has the traceback. It is tried again in an hour."
                raise_notice(
                    rig, tx, f"failed:escalate:{escalation.alert_id}", "An alert was not escalated", (why,), now=now
                )
        rig.passes("escalate.not-committed")
    rig.passes("escalate.committed")
    return messages


def _one(rig: Rig, tx: Transaction, escalation: Escalation, routing: Routing, now: datetime) -> int:
    case = _case(tx, escalation)
    verdict = judge(escalation, _waited(tx, case, routing, now), now)
    if isinstance(verdict, Later):
        tx.escalations.look_again(escalation, verdict.at)
        return 0
    if isinstance(verdict, Due):
        return _tell(rig, tx, case, verdict, routing, now)
    if case.story is not None and case.assessment is not None:
        band, facts = case.assessment.band, facts_of(case.story, case.assessment)
        tx.decisions.add(quietly(decision(escalation, verdict.why, case.story, band, facts, now)))
    tx.escalations.settle(escalation, f"Settled: {verdict.why}.", at=now)
    return 0


def _case(tx: Transaction, escalation: Escalation) -> _Case:
    story_id = tx.decisions.story_of(escalation.alert_id)
    story = tx.stories.get(story_id) if story_id is not None else None
    if story is None:
        return _Case(escalation=escalation, story=None, assessment=None, root=None, stands=False)
    told_in, standing = escalation.told_in, roots(tx, story.id)
    own = (row for row in tx.outbox.of_alert(escalation.alert_id) if row.action is Action.SEND)
    return _Case(
        escalation=escalation,
        story=story,
        assessment=tx.stories.assessment(story.id),
        root=standing.get(told_in) or next((row for row in own if row.target.name == told_in), None),
        stands=escalation.to in standing,
    )


def _waited(tx: Transaction, case: _Case, routing: Routing, now: datetime) -> Waited:
    story, assessment, escalation, root = case.story, case.assessment, case.escalation, case.root
    if story is None or assessment is None:
        return Waited(story=None)
    concerned = {escalation.alert_id, alert_id(story.id), *([root.alert_id] if root and root.alert_id else [])}
    told = tx.decisions.told([story.id])
    return Waited(
        story=story,
        band=assessment.band,
        state=root.state if root else None,
        sent_at=root.claimed_at if root else None,
        acknowledged=bool(tx.handlings.acknowledged(concerned)),
        silence=silence_for(routing, subject(assessment, story), now.date()),
        escalated=any(made.reason is Reason.ESCALATION and escalation.to in made.channels for made in told),
        opens_at=open_at(escalation.to, routing.routes, routing, now),
    )


def _tell(rig: Rig, tx: Transaction, case: _Case, verdict: Due, routing: Routing, now: datetime) -> int:
    escalation, target = case.escalation, routing.channels.get(case.escalation.to)
    if target is None or case.story is None or case.assessment is None:
        why = f"routes.yml has no channel {escalation.to} any more; {verdict.why}"
        raise_notice(rig, tx, f"escalation:{escalation.to}", "An alert could not be escalated", (why,), now=now)
        tx.escalations.settle(escalation, f"Nobody could be told: {why}.", at=now)
        return 0
    target = rig.exits.target(target)
    facts = facts_of(case.story, case.assessment, standings_of(tx, case.story))
    made = decision(escalation, verdict.why, case.story, case.assessment.band, facts, now)
    tx.decisions.add(made)
    kept = {stored.document.id: stored for stored in tx.documents.get(case.story.document_ids)}
    row = NewDelivery(
        target=target,
        message=_rendered(rig, composed(rig, case.story, case.assessment, made, kept), case, verdict, target),
        action=Action.SEND,
        dedupe_key=made.dedupe_key,
        alert_id=None if case.stands else escalation.alert_id,  # edits go to the message that stood there first
        not_before=now,
    )
    added = len(tx.outbox.add([row], at=now))
    rig.passes("escalate.outbox")
    tx.escalations.settle(escalation, f"Told {escalation.to}: {verdict.why}.", at=now)
    return added


def _rendered(rig: Rig, alert: Alert, case: _Case, verdict: Due, target: ChannelTarget) -> Message:
    """The alert as it is now, with the reason why it comes here first among its reasons."""
    escalation, root = case.escalation, case.root
    at = root.claimed_at if root is not None and root.claimed_at is not None else alert.last_seen
    line = escalation_line(target, told_in=escalation.told_in, at=at, span=span(escalation.after))
    channel = rig.exits.channels[target.kind]
    try:
        return channel.render(replace(alert, why=(line, *alert.why)), target)
    except Exception:
        log.exception("an alert could not be laid out", alert=alert.id, kind=target.kind)
        return channel.render_notice(alert.headlines.get("en", alert.id), (verdict.why,), target)
