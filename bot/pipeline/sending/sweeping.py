"""Compare a channel with the outbox now and then: delete what stands twice, settle what arrived, tell what is gone.

P2, duplicates: this is the last line. What the protocol of a delivery cannot exclude (see `delivering`) is found here
by its delivery id within a quarter of an hour, deleted and counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.decide.sweep import EVERY, REACH, Comparison, Twin, compare
from bot.log import get_logger
from bot.pipeline.rig import Rig
from bot.pipeline.sending.notices import raise_notice
from bot.storage import Transaction
from bot.storage.outbox import Mark
from bot.types.delivery import Action, ChannelTarget, Delivery, DeliveryState, Outcome, Receipt
from bot.types.ports import Ledgered

SHOWN = 5  # messages that a notice names
THREADS = 20  # threads that a sweep looks into

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What one sweep found."""

    looked: bool = False  # False: the service could not, or may not, be asked, or shows nothing
    twins: int = 0  # messages that were deleted
    arrived: int = 0
    missing: int = 0


def to_sweep(rig: Rig, tx: Transaction, now: datetime) -> tuple[str, ...]:
    """Channels whose sweep is due and whose service shows what was sent."""
    due = tx.postings.to_sweep(now - REACH, now - EVERY)
    return tuple(name for name in due if _ledger(rig, name) is not None)


def sweep(rig: Rig, channel: str) -> Swept:
    """Compare a channel of the last 24 hours with the outbox.

    Raises:
        StorageError: The database is gone; the sweep stays due.
    """
    found = _ledger(rig, channel)
    if found is None:
        return Swept()
    target, sender = found
    now = rig.clock.now()
    since = now - REACH
    with rig.database.transaction() as tx:
        threads = _threads(tx.outbox.recent(channel, since))
    standing = sender.history(target, since, threads)
    rig.passes("sweep.read")
    if standing is None or isinstance(standing, Receipt):
        with rig.database.transaction() as tx:
            tx.postings.swept(channel, at=now)
        log.warning("a channel could not be swept", channel=channel, why=standing.detail if standing else "no right")
        return Swept()
    with rig.database.transaction() as tx:
        rows = tx.outbox.recent(channel, since)
        judged = compare(rows, standing, since=since, read_at=now, fence=rig.fence(target.kind))
        arrived = sum(_settle(tx, row, provider_id, now) for row, provider_id in judged.arrived)
        _tell(rig, tx, channel, judged, now)
        tx.postings.swept(channel, at=now)
        rig.passes("sweep.not-committed")
    rig.passes("sweep.committed")
    twins = sum(_remove(rig, sender, channel, twin) for twin in judged.twins)
    log.info("swept", channel=channel, rows=len(rows), twins=twins, arrived=arrived, missing=len(judged.missing))
    return Swept(looked=True, twins=twins, arrived=arrived, missing=len(judged.missing))


def _ledger(rig: Rig, channel: str) -> tuple[ChannelTarget, Ledgered] | None:
    """Where a channel leads and who can read it; None when nobody can."""
    target = rig.rulebook.routing.channels.get(channel)
    sender: object = rig.exits.sender(target.kind) if target else None
    return (target, sender) if target and isinstance(sender, Ledgered) else None


def _threads(rows: Sequence[Delivery]) -> tuple[str, ...]:
    """Threads in which an answer may stand twice: those that took more than one attempt."""
    again = (row.root_provider_id for row in rows if row.action is Action.THREAD and row.attempts > 1)
    return tuple(dict.fromkeys(root for root in again if root is not None))[-THREADS:]


def _settle(tx: Transaction, row: Delivery, provider_id: str, now: datetime) -> bool:
    """Mark a row that waits, or is looked for, and stands there all the same."""
    return tx.outbox.mark(row, Mark(state=DeliveryState.SENT, not_before=now, provider_id=provider_id), now=now)


def _remove(rig: Rig, sender: Ledgered, channel: str, twin: Twin) -> int:
    """Delete the copies that are too many; gives how many are gone.

    The row first names the copy that is kept: a process that dies in between leaves a twin, which the next sweep finds.
    """
    with rig.database.transaction() as tx:
        tx.postings.stands_as(twin.delivery_id, twin.keep.provider_id)
        row = twin.row
        if row and row.alert_id and row.action is Action.SEND and row.provider_id != twin.keep.provider_id:
            tx.postings.edit_again(channel, row.alert_id, at=rig.clock.now())
    gone = 0
    for copy in twin.remove:
        rig.passes("sweep.removing")
        receipt = sender.remove(copy.provider_id)
        rig.passes("sweep.removed")
        if receipt.outcome is not Outcome.SENT:
            log.warning("a copy could not be deleted", channel=channel, delivery=twin.delivery_id, why=receipt.detail)
            continue
        with rig.database.transaction() as tx:
            tx.postings.count_twin(channel)
        gone += 1
        log.warning("a message stood twice; the later copy is deleted", channel=channel, delivery=twin.delivery_id)
    return gone


def _tell(rig: Rig, tx: Transaction, channel: str, judged: Comparison, now: datetime) -> None:
    """Tell operators what was sent and is not there."""
    if not judged.missing:
        return
    lines = [
        "Sent within the last 24 hours, and not in the channel any more. People may have deleted them on purpose.",
        "If nobody did, look into the channel's retention and into who may delete there.",
        *(f"Gone: {row.message.summary}" for row in judged.missing[:SHOWN]),
    ]
    if len(judged.missing) > SHOWN:
        lines.append(f"and {len(judged.missing) - SHOWN} more")
    raise_notice(rig, tx, f"missing:{channel}", f"Messages are gone from {channel}", lines, now=now)
