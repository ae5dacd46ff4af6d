"""Hand over what waits in the outbox of one channel: claim, send, mark; one sender per channel.

P1, no loss: a row is claimed and marked in transactions of its own, so that a process that dies anywhere leaves it
open.
P2, duplicates: what may have been accepted is looked for before it is sent again; and right before a post the claim is
looked at once more, so that a process that was stopped and wakes late does not repeat what others have taken over. What
remains is a process that is stopped between that look and the first byte of the post, for longer than the fence: the
sweep deletes its copy.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.decide.outbox import Step, abandoned, after, needless, stale
from bot.log import get_logger
from bot.pipeline.rig import Rig
from bot.pipeline.sending.catching_up import catch_up
from bot.pipeline.sending.looking import Lookout
from bot.pipeline.sending.notices import end_notice
from bot.pipeline.sending.refusing import tell_operators
from bot.pipeline.sending.restoring import look_up
from bot.storage.outbox import ChannelState, Mark
from bot.types.delivery import Delivery, DeliveryState, Outcome, Receipt
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
    name, holder = f"deliver:{channel}", uuid.uuid4().hex
    with rig.database.hold(name) as mine:
        if not mine:
            _evict_stopped(rig, channel, name)
            return Delivered(busy=True)
        rig.passes("deliver.held")
        _take_over(rig, channel, name, holder)
        done, lookout, caught_up = Delivered(), Lookout(rig, channel), False
        while True:
            state = _channel(rig, channel)
            wait = (state.next_at - rig.clock.now()).total_seconds()
            if wait > LONGEST_PAUSE or (wait > 0 and rig.pause(wait)):
                break
            if state.lost_from is not None and not look_up(rig, channel, state.lost_from):
                break
            if not caught_up and not state.failures:
                done, caught_up = replace(done, merged=done.merged + catch_up(rig, channel)), True
            delivery = _claim(rig, channel, name, holder)
            if delivery is None:
                break
            done = _count(done, _hand_over(rig, delivery, state, lookout))
            if rig.pause(0):
                break
        return replace(done, again_at=_again_at(rig, channel))


def _evict_stopped(rig: Rig, channel: str, name: str) -> None:
    """End the hold of a sender that shows no sign of life for longer than a message can take."""
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        holder = tx.chores.holder(name)
        kinds = {row.message.kind for row in tx.outbox.orphans(channel)}
    target = rig.rulebook.routing.channels.get(channel)
    kinds |= {target.kind} if target else set()
    longest = max((rig.fence(kind) for kind in kinds), default=rig.fence("email"))
    if holder is not None and holder.beat + longest < now and rig.database.evict(name):
        log.warning("a sender was stopped and lost its channel", channel=channel, last_seen=holder.beat.isoformat())


def _take_over(rig: Rig, channel: str, name: str, holder: str) -> None:
    """Rows that are being sent while nobody else holds the channel: their sender died."""
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        tx.chores.take(name, holder=holder, now=now)
        for row in tx.outbox.orphans(channel):
            step = abandoned(row, fence=rig.fence(row.message.kind))
            tx.outbox.mark(row, _mark(step), now=now)
            log.warning("found a message whose sender died", channel=channel, delivery=row.id)
        rig.passes("deliver.take-over-not-committed")
    rig.passes("deliver.taken-over")


def _channel(rig: Rig, channel: str) -> ChannelState:
    with rig.database.transaction() as tx:
        return tx.outbox.channel(channel, rig.clock.now())


def _claim(rig: Rig, channel: str, name: str, holder: str) -> Delivery | None:
    """The next row, with a sign of life; None when nothing is due, or when somebody else took the channel over."""
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        if not tx.chores.beat(name, holder=holder, now=now):
            log.warning("this sender was stopped for too long and leaves its channel to others", channel=channel)
            return None
        found = tx.outbox.claim(channel, now)
        rig.passes("deliver.claimed-not-committed")
    rig.passes("deliver.claimed")
    return found


def _again_at(rig: Rig, channel: str) -> datetime | None:
    with rig.database.transaction() as tx:
        due = tx.outbox.next_due(channel)
        return max(due, tx.outbox.channel(channel, due).next_at) if due else None


def _hand_over(rig: Rig, delivery: Delivery, state: ChannelState, lookout: Lookout) -> DeliveryState:
    """One row, claimed before and marked afterwards; nothing of this is inside a transaction."""
    step, receipt = _without_sending(rig, delivery), None
    if step is None:
        sender = rig.exits.sender(delivery.message.kind)
        rig.passes("deliver.sending")
        receipt = _closed(sender) if isinstance(sender, str) else _attempt(sender, delivery, lookout)
        rig.passes("deliver.answered")
        step = after(delivery, receipt, now=rig.clock.now(), fence=rig.fence(delivery.message.kind))
    now = rig.clock.now()
    mark = _mark(step)
    if receipt is not None and receipt.outcome is Outcome.REJECTED and receipt.layout:
        mark = _plainly(rig, delivery, receipt, now) or mark
    with rig.database.transaction() as tx:
        if not tx.outbox.mark(delivery, mark, now=now):
            log.warning("a message is no longer ours", delivery=delivery.id, channel=delivery.target.name)
            return DeliveryState.AMBIGUOUS
        rig.passes("deliver.marked-not-committed")
        if mark.state is DeliveryState.REJECTED:
            tell_operators(rig, tx, delivery, step.detail, now)
        if mark.state is DeliveryState.SENT:  # also when the last refusal was none of the channel's own
            name = delivery.target.name
            end_notice(rig, tx, f"rejected:{name}", f"{name} takes messages again", (), now=now)
        if receipt is not None and delivery.state is DeliveryState.SENDING:
            tx.outbox.save_channel(_channel_after(state, delivery, step, receipt, now))
        rig.passes("deliver.channel-saved")
    rig.passes("deliver.marked")
    log.info("message", state=mark.state.value, channel=delivery.target.name, delivery=delivery.id, detail=step.detail)
    return mark.state


def _without_sending(rig: Rig, delivery: Delivery) -> Step | None:
    """What becomes of a row that is not to be sent as it is; None when it is, and the claim on it still holds."""
    if delivery.state is not DeliveryState.SENDING:
        return None
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        later, root_merged = tx.outbox.later_edit(delivery), tx.outbox.root_merged(delivery)
        if step := needless(delivery, later=later, root_merged=root_merged, now=now):
            return step
        # The last look before the post. When the claim is gone, the mark is refused as well.
        lost = None if tx.outbox.is_ours(delivery) else Step(state=DeliveryState.PENDING, not_before=now, detail="")
    return lost or stale(delivery, rig.clock.now())


def _attempt(sender: Sender, delivery: Delivery, lookout: Lookout) -> Receipt | None:
    """Send, or look for what may have been sent.

    A sender does not raise for what networks do. When it raises all the same, nobody knows how far it came.
    """
    try:
        return lookout.find(sender, delivery) if delivery.state is DeliveryState.AMBIGUOUS else sender.send(delivery)
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
        merged_into=step.merged_into,
        action=step.action,
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


def _count(done: Delivered, state: DeliveryState) -> Delivered:
    if state is DeliveryState.SENT:
        return replace(done, sent=done.sent + 1)
    if state is DeliveryState.REJECTED:
        return replace(done, rejected=done.rejected + 1)
    if state is DeliveryState.MERGED:
        return replace(done, merged=done.merged + 1)
    return replace(done, unsettled=done.unsettled + 1)
