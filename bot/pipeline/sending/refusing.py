"""Tell operators of a message that a service refused, and bring what it said to them another way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.log import get_logger
from bot.pipeline.lists import KEY, rendered_list
from bot.pipeline.rig import CONSOLE, Rig
from bot.pipeline.sending.notices import operations, raise_notice
from bot.storage import Transaction
from bot.storage.outbox import NewDelivery
from bot.types.delivery import Action, ChannelTarget, Delivery, Message

log = get_logger(__name__)


def tell_operators(rig: Rig, tx: Transaction, delivery: Delivery, why: str, now: datetime) -> None:
    """A refused message is an alert itself, and what it said goes to the operations channel, else to the console."""
    key = f"rejected:{delivery.target.name}"
    title = f"{delivery.target.name} refuses messages"
    lines = [why, f"Not delivered: {delivery.message.summary}"]
    log.error("a message was refused", channel=delivery.target.name, delivery=delivery.id, why=why)
    target = operations(rig)
    if target is None or target.name == delivery.target.name:  # a notice there would be refused too
        tx.notices.open(key, title, lines, at=now)
    else:
        raise_notice(rig, tx, key, title, lines, now=now)
    rig.passes("refused.told")
    # An edit repeats what its message and its reply say.
    instead = _instead(rig, delivery) if delivery.action is not Action.UPDATE else None
    if instead is None:
        return
    row = NewDelivery(
        target=instead,
        message=_again(rig, tx, delivery, instead, lines),
        action=Action.SEND,
        dedupe_key=f"fallback:{delivery.id}",
        alert_id=None,
        not_before=now,
    )
    tx.outbox.add([row], at=now)
    rig.passes("refused.fallback")


def _again(rig: Rig, tx: Transaction, delivery: Delivery, instead: ChannelTarget, lines: Sequence[str]) -> Message:
    """What a refused message said: its alert, the stories of its list, else its first line."""
    channel = rig.exits.channels[instead.kind]
    if delivery.dedupe_key.startswith(KEY):
        alerts = tx.decisions.listed(delivery.target.name, delivery.created_at)
        if alerts:
            return rendered_list(rig, alerts, instead)
    alert = tx.decisions.alert(delivery.alert_id) if delivery.alert_id and delivery.action is Action.SEND else None
    if alert is not None:
        return channel.render(alert, instead)
    return channel.render_notice(f"Undelivered: {delivery.message.summary}", lines, instead)


def _instead(rig: Rig, delivery: Delivery) -> ChannelTarget | None:
    """Where a refused message goes instead: operations, then the console; None when it was refused there."""
    target = operations(rig)
    if target is not None and target.name != delivery.target.name:
        return target
    if delivery.target.kind == CONSOLE or CONSOLE not in rig.exits.channels:
        return None
    return ChannelTarget(name=CONSOLE, kind=CONSOLE, address="stdout")
