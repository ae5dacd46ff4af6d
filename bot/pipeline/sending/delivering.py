"""Hand over what waits in the outbox of one channel: claim, send, mark; one sender per channel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.decide.outbox import Step, abandoned, after
from bot.log import get_logger
from bot.pipeline.rig import Rig
from bot.pipeline.sending.notices import end_notice, operations, raise_notice
from bot.storage import Transaction
from bot.storage.outbox import ChannelState, Mark, NewDelivery
from bot.types.delivery import Action, Delivery, DeliveryState, Outcome, Receipt
from bot.types.ports import PlainForm, Sender

# Seconds between two messages of one channel. Slack allows about one per second and channel.
PACE = {"slack": 1.0}
LONGEST_PAUSE = 5.0  # seconds; a channel that waits longer is taken up again by the scheduler

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What one round did."""

    busy: bool = False  # somebody else is sending to this channel
    sent: int = 0
    rejected: int = 0
    unsettled: int = 0  # put back, or to be looked for
    merged: int = 0
    again_at: datetime | None = None  # when the next row may go; None: nothing waits


def deliver(rig: Rig, channel: str) -> Delivered:
    """Hand over everything that is due in a channel; returns when nothing is, or when the program is to stop.

    Raises:
        StorageError: The database is gone. What was being sent is looked for later.
    """
    with rig.database.hold(f"deliver:{channel}") as mine:
        if not mine:
            return Delivered(busy=True)
        _take_over(rig, channel)
        done = Delivered()
        while True:
            state = _channel(rig, channel)
            wait = (state.next_at - rig.clock.now()).total_seconds()
            if wait > LONGEST_PAUSE or (wait > 0 and rig.pause(wait)):
                break
            delivery = _claim(rig, channel)
            if delivery is None:
                break
            done = _count(done, _hand_over(rig, delivery, state))
            if rig.pause(0):
                break
        return replace(done, again_at=_again_at(rig, channel))


def _take_over(rig: Rig, channel: str) -> None:
    """Rows that are being sent while nobody else holds the channel: their sender died."""
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        for row in tx.outbox.orphans(channel):
            step = abandoned(row, fence=rig.fence(row.message.kind))
            tx.outbox.mark(row, _mark(step), now=now)
            log.warning("found a message whose sender died", channel=channel, delivery=row.id)


def _channel(rig: Rig, channel: str) -> ChannelState:
    with rig.database.transaction() as tx:
        return tx.outbox.channel(channel, rig.clock.now())


def _claim(rig: Rig, channel: str) -> Delivery | None:
    with rig.database.transaction() as tx:
        return tx.outbox.claim(channel, rig.clock.now())


def _again_at(rig: Rig, channel: str) -> datetime | None:
    with rig.database.transaction() as tx:
        due = tx.outbox.next_due(channel)
        return max(due, tx.outbox.channel(channel, due).next_at) if due else None


def _hand_over(rig: Rig, delivery: Delivery, state: ChannelState) -> DeliveryState:
    """One row, claimed before and marked afterwards; nothing of this is inside a transaction."""
    step, receipt = _without_sending(rig, delivery), None
    if step is None:
        sender = rig.exits.sender(delivery.message.kind)
        receipt = _closed(sender) if isinstance(sender, str) else _attempt(sender, delivery)
        step = after(delivery, receipt, now=rig.clock.now(), fence=rig.fence(delivery.message.kind))
    now = rig.clock.now()
    mark = _mark(step)
    if receipt is not None and receipt.outcome is Outcome.REJECTED and receipt.layout:
        mark = _plainly(rig, delivery, receipt, now) or mark
    with rig.database.transaction() as tx:
        if not tx.outbox.mark(delivery, mark, now=now):
            log.warning("a message is no longer ours", delivery=delivery.id, channel=delivery.target.name)
            return DeliveryState.AMBIGUOUS
        if mark.state is DeliveryState.REJECTED:
            _tell_operators(rig, tx, delivery, step.detail, now)
        if mark.state is DeliveryState.SENT:  # also when the last refusal was none of the channel's own
            name = delivery.target.name
            end_notice(rig, tx, f"rejected:{name}", f"{name} takes messages again", (), now=now)
        if receipt is not None and delivery.state is DeliveryState.SENDING:
            tx.outbox.save_channel(_channel_after(state, delivery, step, receipt, now))
    log.info("message", state=mark.state.value, channel=delivery.target.name, delivery=delivery.id, detail=step.detail)
    return mark.state


def _without_sending(rig: Rig, delivery: Delivery) -> Step | None:
    """What becomes of a row that need not be sent: a repeated edit, or one whose message never arrived."""
    if delivery.action is Action.SEND or delivery.state is not DeliveryState.SENDING:
        return None
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        if tx.outbox.superseded(delivery):
            return Step(state=DeliveryState.MERGED, not_before=now, detail="A later edit says it all.")
    if delivery.root_provider_id is None:
        return Step(
            state=DeliveryState.REJECTED, not_before=now, detail="The message that it belongs to never arrived."
        )
    return None


def _attempt(sender: Sender, delivery: Delivery) -> Receipt | None:
    """Send, or look for what may have been sent.

    A sender does not raise for what networks do. When it raises all the same, nobody knows how far it came.
    """
    try:
        return sender.find(delivery) if delivery.state is DeliveryState.AMBIGUOUS else sender.send(delivery)
    except Exception as error:
        log.exception("a channel failed unexpectedly", delivery=delivery.id, kind=delivery.message.kind)
        return Receipt(outcome=Outcome.AMBIGUOUS, detail=f"The channel failed unexpectedly ({type(error).__name__}).")


def _closed(why: str) -> Receipt:
    return Receipt(outcome=Outcome.NOT_SENT, detail=f"The way is closed: {why}.", retry_after=timedelta(minutes=1))


def _mark(step: Step) -> Mark:
    return Mark(
        state=step.state,
        not_before=step.not_before,
        provider_id=step.provider_id,
        error=None if step.state is DeliveryState.SENT else step.detail,
        misses=step.misses,
    )


def _plainly(rig: Rig, delivery: Delivery, receipt: Receipt, now: datetime) -> Mark | None:
    """The second try in plain form, after a service refused the layout; None when there is no other form."""
    channel: object = rig.exits.channels.get(delivery.message.kind)
    plain = channel.plain(delivery.message) if isinstance(channel, PlainForm) else None
    if plain is None:
        return None
    return Mark(state=DeliveryState.PENDING, not_before=now, error=receipt.detail, message=plain)


def _channel_after(
    state: ChannelState, delivery: Delivery, step: Step, receipt: Receipt, now: datetime
) -> ChannelState:
    """Pace of the channel after an attempt; one that refuses everything for now waits as a whole, so order is kept."""
    pace = now + timedelta(seconds=PACE.get(delivery.message.kind, 0.0))
    if receipt.outcome is Outcome.SENT:
        return replace(state, next_at=pace, failures=0, last_sent=now, last_error=None)
    until = max(pace, step.channel_until or pace)
    return replace(state, next_at=until, failures=state.failures + 1, last_error=receipt.detail)


def _tell_operators(rig: Rig, tx: Transaction, delivery: Delivery, why: str, now: datetime) -> None:
    """A refused message is an alert itself, and what it said goes to the operations channel instead."""
    key = f"rejected:{delivery.target.name}"
    title = f"{delivery.target.name} refuses messages"
    lines = [why, f"Not delivered: {delivery.message.summary}"]
    target = operations(rig)
    if target is None or delivery.dedupe_key.startswith(("notice:", "fallback:")):
        tx.notices.open(key, title, lines, at=now)
        log.error("a message was refused", channel=delivery.target.name, delivery=delivery.id, why=why)
        return
    raise_notice(rig, tx, key, title, lines, now=now)
    if delivery.action is not Action.SEND or target.name == delivery.target.name:
        return
    alert = tx.decisions.alert(delivery.alert_id) if delivery.alert_id else None
    channel = rig.exits.channels[target.kind]
    message = (
        channel.render(alert, target)
        if alert
        else channel.render_notice(f"Undelivered: {delivery.message.summary}", lines, target)
    )
    row = NewDelivery(
        target=target,
        message=message,
        action=Action.SEND,
        dedupe_key=f"fallback:{delivery.id}",
        alert_id=None,
        not_before=now,
    )
    tx.outbox.add([row], at=now)


def _count(done: Delivered, state: DeliveryState) -> Delivered:
    if state is DeliveryState.SENT:
        return replace(done, sent=done.sent + 1)
    if state is DeliveryState.REJECTED:
        return replace(done, rejected=done.rejected + 1)
    if state is DeliveryState.MERGED:
        return replace(done, merged=done.merged + 1)
    return replace(done, unsettled=done.unsettled + 1)
