"""Say what becomes of a message after an attempt to hand it over, or to find it; pure.

P2, duplicates: a second copy can come up only when the answer of an accepted post was lost (or its sender was stopped
in the moment between its last look at the claim and the post) and the history did not show it after the fence; or when
the history may not be read. The sweep then finds the twin.

pending -> sending -> SENT      -> sent
                   -> NOT_SENT  -> pending, channel waits  certainly not accepted
                   -> REJECTED  -> rejected                certainly refused; an operator is told
                   -> AMBIGUOUS -> ambiguous -> SENT       -> sent
                      or died                -> NOT_SENT   -> ambiguous, 30 s -> NOT_SENT -> pending: same bytes again
                                             -> AMBIGUOUS  -> ambiguous, later: the service could not be asked
                                             -> None       -> pending: the channel cannot look; same id again
an edit or reply whose message stands nowhere: merged into a later edit, or a first message itself
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.types.delivery import Action, Delivery, DeliveryState, Outcome, Receipt
from bot.types.ids import DeliveryId

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=15)
LOOK_AGAIN = timedelta(seconds=30)  # a history may lag: absent once is no proof
MISSES = 2  # read-backs that must not find a message before it is sent again
# A sender that was stopped after its claim for longer hands nothing over: others may have taken the row over.
STALE_CLAIM = timedelta(seconds=5)
GIVE_UP = timedelta(days=7)  # RFC 5321 section 4.5.4.1 asks mail for 4 to 5 days; chat services get the same patience


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where a delivery stands from now on."""

    state: DeliveryState
    not_before: datetime
    detail: str  # one sentence for people
    provider_id: str | None = None
    misses: int = 0
    channel_until: datetime | None = None  # nothing at all is handed to the channel before, so that order is kept
    merged_into: DeliveryId | None = None  # MERGED: the row that says it instead
    action: Action | None = None  # another one from now on


def after(delivery: Delivery, receipt: Receipt | None, *, now: datetime, fence: timedelta) -> Step:
    """The next state of a claimed delivery.

    Args:
        delivery: As it was claimed; SENDING was handed over, AMBIGUOUS was looked for.
        receipt: What came of it; None: this channel cannot look.
        now: Time of the receipt.
        fence: Time after a claim until a service's history shows the message if it was accepted: timeout and lag.
    """
    if delivery.state is DeliveryState.AMBIGUOUS:
        return _after_look(delivery, receipt, now)
    assert receipt is not None, "a message that was handed over has a receipt"  # noqa: S101 - a bug, not an input
    return _after_send(delivery, receipt, now, fence)


def abandoned(delivery: Delivery, *, fence: timedelta) -> Step:
    """The next state of a delivery whose sender died between claim and mark."""
    return Step(
        state=DeliveryState.AMBIGUOUS,
        not_before=(delivery.claimed_at or delivery.created_at) + fence,
        detail="The sender died while it handed this over.",
    )


def needless(delivery: Delivery, *, later: DeliveryId | None, root_merged: bool, now: datetime) -> Step | None:
    """Where a claimed edit or reply goes that need not, or cannot, be made as it is; None when it can.

    Args:
        delivery: As it was claimed.
        later: A later edit of the same message that waits.
        root_merged: A summary said the message that it belongs to, so that no message stands.
        now: The time.
    """
    if delivery.action is Action.SEND:
        return None
    homeless = delivery.root_provider_id is None
    if later is not None and (delivery.action is Action.UPDATE or (homeless and root_merged)):
        return Step(state=DeliveryState.MERGED, not_before=now, detail="A later edit says it all.", merged_into=later)
    if not homeless:
        return None
    if not root_merged:
        detail = "The message that it belongs to never arrived."
        return Step(state=DeliveryState.REJECTED, not_before=now, detail=detail)
    detail = "Its message went into a summary: this one stands for the story from now on."
    return Step(state=DeliveryState.PENDING, not_before=now, detail=detail, action=Action.SEND)


def stale(delivery: Delivery, now: datetime) -> Step | None:
    """Where a claimed row goes whose sender was stopped before it handed anything over; None when it may go on."""
    if now - (delivery.claimed_at or now) <= STALE_CLAIM:
        return None
    return Step(state=DeliveryState.PENDING, not_before=now, detail="Its sender was stopped before it handed it over.")


def backoff(attempts: int) -> timedelta:
    """Wait before attempt number `attempts` + 1: 2 s, 4 s, 8 s ... up to 15 minutes."""
    doublings: int = min(max(attempts, 1) - 1, 20)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _after_send(delivery: Delivery, receipt: Receipt, now: datetime, fence: timedelta) -> Step:
    if receipt.outcome is Outcome.SENT:
        return Step(state=DeliveryState.SENT, not_before=now, detail=receipt.detail, provider_id=receipt.provider_id)
    if receipt.outcome is Outcome.REJECTED:
        return Step(state=DeliveryState.REJECTED, not_before=now, detail=receipt.detail)
    if receipt.outcome is Outcome.AMBIGUOUS:
        start = delivery.claimed_at or now
        return Step(state=DeliveryState.AMBIGUOUS, not_before=max(now, start + fence), detail=receipt.detail)
    if now - delivery.created_at > GIVE_UP:
        return Step(
            state=DeliveryState.REJECTED,
            not_before=now,
            detail=f"Given up after {GIVE_UP.days} days. {receipt.detail}",
        )
    wait = max(receipt.retry_after or timedelta(0), backoff(delivery.attempts))
    return Step(state=DeliveryState.PENDING, not_before=now, detail=receipt.detail, channel_until=now + wait)


def _after_look(delivery: Delivery, receipt: Receipt | None, now: datetime) -> Step:
    if receipt is None:
        return Step(
            state=DeliveryState.PENDING,
            not_before=now,
            detail="Nobody knows whether it arrived, and this channel cannot look: sent again with the same id.",
        )
    if receipt.outcome is Outcome.SENT:
        return Step(state=DeliveryState.SENT, not_before=now, detail=receipt.detail, provider_id=receipt.provider_id)
    if receipt.outcome is Outcome.REJECTED:
        return Step(state=DeliveryState.REJECTED, not_before=now, detail=receipt.detail)
    if receipt.outcome is Outcome.AMBIGUOUS and now - delivery.created_at > GIVE_UP:
        detail = f"Nobody could say in {GIVE_UP.days} days whether it arrived. {receipt.detail}"
        return Step(state=DeliveryState.REJECTED, not_before=now, detail=detail)
    if receipt.outcome is Outcome.AMBIGUOUS:
        wait = max(receipt.retry_after or timedelta(0), LOOK_AGAIN)
        return Step(state=DeliveryState.AMBIGUOUS, not_before=now + wait, detail=receipt.detail, misses=delivery.misses)
    misses = delivery.misses + 1
    if misses < MISSES:
        return Step(state=DeliveryState.AMBIGUOUS, not_before=now + LOOK_AGAIN, detail=receipt.detail, misses=misses)
    return Step(state=DeliveryState.PENDING, not_before=now, detail="Not found twice: sent again as it was.")
