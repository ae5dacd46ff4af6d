"""Compose what a decision tells, render it for every channel concerned, and put it into the outbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.decide import compose
from bot.decide.escalating import escalations
from bot.log import get_logger
from bot.pipeline.headlines import headlines
from bot.pipeline.people.showing import dressed
from bot.pipeline.rig import Rig
from bot.pipeline.roots import roots
from bot.pipeline.shortening import to_quote
from bot.storage import Transaction
from bot.storage.documents import StoredDocument
from bot.storage.outbox import NewDelivery
from bot.types.delivery import Action, Alert, ChannelTarget, Decision, Delivery, Message
from bot.types.ids import DocumentId
from bot.types.ports import Channel
from bot.types.rules import Routing
from bot.types.story import Assessment, Story

log = get_logger(__name__)


def composed(
    rig: Rig,
    story: Story,
    assessment: Assessment,
    decision: Decision,
    kept: Mapping[DocumentId, StoredDocument],
) -> Alert:
    """What a decision tells of a story as it is now."""
    readings, documents = to_quote(rig, kept.values())
    return compose.alert(story, assessment, decision, readings, documents, rig.rulebook, headlines(story, rig.rulebook))


def speak(rig: Rig, tx: Transaction, routing: Routing, alert: Alert, decision: Decision) -> int:
    """Render an alert for every channel that its decision concerns; gives how many rows were added.

    Args:
        rig: The ports.
        tx: In which the decision is written down.
        routing: In force.
        alert: Composed of the decision.
        decision: Sends, updates or threads.
    """
    tx.decisions.save_alert(alert, at=decision.at)  # before what people did with it is looked up: that waits for us
    rig.passes("assess.alert-saved")
    alert = dressed(tx, alert, decision.at.date())
    standing = roots(tx, alert.story_id)
    rows: list[NewDelivery] = []
    for name in decision.channels:
        target = routing.channels.get(name)
        if target is None:
            continue  # a digest, or a channel that left routes.yml
        root = standing.get(name)
        if root is not None and root.alert_id is not None and decision.action is Action.THREAD:
            tx.outbox.hasten(root.alert_id, name, decision.at)
        rows += _rows(rig, alert, decision, target, root)
    if decision.action is Action.SEND:
        tx.escalations.open(escalations(decision, routing))
    rig.passes("assess.rendered")
    added = tx.outbox.add(rows, at=decision.at)
    rig.passes("assess.outbox")
    return len(added)


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
