"""Tell a second channel of alerts that nobody acknowledged in time, each once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.decide import alert_id
from bot.decide.changes import facts_of
from bot.decide.escalating import Due, Later, Standing, decision, judge, quietly, span
from bot.decide.quiet import open_at
from bot.decide.route import silence_for, subject
from bot.deliver import escalation_line
from bot.log import get_logger
from bot.pipeline.assessing import LOCK
from bot.pipeline.rig import Rig
from bot.pipeline.sending.notices import raise_notice
from bot.pipeline.standing import routing_in_force
from bot.storage import Transaction
from bot.storage.outbox import NewDelivery
from bot.types.delivery import Action, Alert, ChannelTarget, Delivery, Message
from bot.types.escalation import Escalation
from bot.types.ids import AlertId
from bot.types.rules import Routing
from bot.types.story import Assessment, Story

BATCH = 50  # per transaction
AFTER_BUG = timedelta(hours=1)

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One alert that waits, with what is known of it."""

    escalation: Escalation
    story: Story | None
    assessment: Assessment | None
    roots: tuple[Delivery, ...]  # first messages of the alert, whatever became of them


def escalate(rig: Rig) -> int:
    """Look at every alert whose time to be acknowledged is over; gives the messages put into the outbox.

    Decision, message and settled row are one transaction: it goes out once, also when two hosts do this.

    Raises:
        StorageError: The database is gone; everything waits as it was.
    """
    now, messages = rig.clock.now(), 0
    with rig.database.transaction() as tx:
        tx.lock(LOCK)  # what is decided about stories is decided in turn
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
    return messages


def _one(rig: Rig, tx: Transaction, escalation: Escalation, routing: Routing, now: datetime) -> int:
    case = _case(tx, escalation)
    verdict = judge(escalation, _standing(tx, case, routing, now), now)
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
    return _Case(
        escalation=escalation,
        story=tx.stories.get(story_id) if story_id is not None else None,
        assessment=tx.stories.assessment(story_id) if story_id is not None else None,
        roots=tuple(row for row in tx.outbox.of_alert(escalation.alert_id) if row.action is Action.SEND),
    )


def _standing(tx: Transaction, case: _Case, routing: Routing, now: datetime) -> Standing:
    story, assessment, escalation = case.story, case.assessment, case.escalation
    if story is None or assessment is None:
        return Standing(story=None)
    own = alert_id(story.id)  # that of the story which tells it now
    root = next((row for row in case.roots if row.target.name == escalation.told_in), None)
    return Standing(
        story=story,
        band=assessment.band,
        state=root.state if root else None,
        sent_at=root.claimed_at if root else None,
        acknowledged=bool(tx.handlings.acknowledged([escalation.alert_id, own])),
        silence=silence_for(routing, subject(assessment, story), now.date()),
        taken_up=own != escalation.alert_id and bool(tx.outbox.roots(own)),
        opens_at=open_at(escalation.to, routing.routes, routing, now),
    )


def _tell(rig: Rig, tx: Transaction, case: _Case, verdict: Due, routing: Routing, now: datetime) -> int:
    escalation, target = case.escalation, routing.channels.get(case.escalation.to)
    alert = tx.decisions.alert(escalation.alert_id)
    if target is None or alert is None or case.story is None or case.assessment is None:
        why = f"routes.yml has no channel {escalation.to} any more; {verdict.why}"
        raise_notice(rig, tx, f"escalation:{escalation.to}", "An alert could not be escalated", (why,), now=now)
        tx.escalations.settle(escalation, f"Nobody could be told: {why}.", at=now)
        return 0
    target = rig.exits.target(target)
    facts = facts_of(case.story, case.assessment)
    made = decision(escalation, verdict.why, case.story, case.assessment.band, facts, now)
    tx.decisions.add(made)
    stands = any(row.target.name == target.name for row in case.roots)
    row = NewDelivery(
        target=target,
        message=_rendered(rig, alert, case, verdict, target),
        action=Action.SEND,
        dedupe_key=made.dedupe_key,
        alert_id=None if stands else AlertId(escalation.alert_id),  # edits go to the message that stood there first
        not_before=now,
    )
    added = len(tx.outbox.add([row], at=now))
    tx.escalations.settle(escalation, f"Told {escalation.to}: {verdict.why}.", at=now)
    return added


def _rendered(rig: Rig, alert: Alert, case: _Case, verdict: Due, target: ChannelTarget) -> Message:
    """The alert as it was last told, with the reason why it comes here first among its reasons."""
    escalation = case.escalation
    root = next((row for row in case.roots if row.target.name == escalation.told_in), None)
    at = root.claimed_at if root is not None and root.claimed_at is not None else alert.last_seen
    line = escalation_line(target, told_in=escalation.told_in, at=at, span=span(escalation.after))
    channel = rig.exits.channels[target.kind]
    try:
        return channel.render(replace(alert, why=(line, *alert.why)), target)
    except Exception:
        log.exception("an alert could not be laid out", alert=alert.id, kind=target.kind)
        return channel.render_notice(alert.headlines.get("en", alert.id), (verdict.why,), target)
