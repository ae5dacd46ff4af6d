"""Look for messages that may have been accepted: one read of a channel's history serves all that are looked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.decide.outbox import LOOK_AGAIN
from bot.pipeline.rig import Rig
from bot.types.delivery import Action, ChannelTarget, Delivery, Outcome, Receipt
from bot.types.ids import DeliveryId
from bot.types.ports import Ledgered, Sender


class Lookout:
    """The looks of one round of a channel."""

    def __init__(self, rig: Rig, channel: str) -> None:
        self._rig = rig
        self._channel = channel
        self._read: tuple[ChannelTarget, datetime] | None = None  # what was read, and when
        self._found: Mapping[DeliveryId, str] = {}

    def find(self, sender: Sender, delivery: Delivery) -> Receipt | None:
        """As `Sender.find`; asks the service only when the last read is too old to speak for this row."""
        self._rig.passes("look.asking")
        if delivery.action is not Action.SEND or not isinstance(sender, Ledgered):
            return sender.find(delivery)
        if not self._speaks_for(delivery):
            failed = self._look(sender, delivery)
            if failed is None or isinstance(failed, Receipt):
                return failed
        self._rig.passes("look.answered")
        there = self._found.get(delivery.id)
        if there is None:
            return Receipt(outcome=Outcome.NOT_SENT, detail="not in the channel's history")
        detail = "found in the channel's history by its delivery id"
        return Receipt(outcome=Outcome.SENT, detail=detail, provider_id=there)

    def _speaks_for(self, delivery: Delivery) -> bool:
        """Whether the last read saw this channel after the row's fence, and not long ago."""
        if self._read is None:
            return False
        target, at = self._read
        same = (target.kind, target.address) == (delivery.target.kind, delivery.target.address)
        return same and delivery.not_before <= at and self._rig.clock.now() - at < LOOK_AGAIN

    def _look(self, sender: Ledgered, delivery: Delivery) -> Receipt | bool | None:
        """Read the history as far back as anything is looked for; True when that worked."""
        with self._rig.database.transaction() as tx:
            since = tx.outbox.looked_for_since(self._channel)
        now = self._rig.clock.now()
        answer = sender.history(delivery.target, since or delivery.claimed_at or delivery.created_at)
        if answer is None or isinstance(answer, Receipt):
            return answer
        self._read = (delivery.target, now)
        self._found = {one.delivery_id: one.provider_id for one in reversed(answer)}  # of two copies the first
        return True
