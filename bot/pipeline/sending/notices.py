"""Tell operators about the watch itself, once per trouble, in the operations channel and never among alerts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.log import get_logger
from bot.pipeline.rig import Rig
from bot.storage import Transaction
from bot.storage.outbox import NewDelivery
from bot.types.delivery import Action, ChannelTarget

log = get_logger(__name__)


def operations(rig: Rig) -> ChannelTarget | None:
    """Where notices go; None when routes.yml names no operations channel."""
    routing = rig.rulebook.routing
    target = routing.channels.get(routing.operations) if routing.operations else None
    return rig.exits.target(target) if target else None


def raise_notice(rig: Rig, tx: Transaction, key: str, title: str, lines: Sequence[str], *, now: datetime) -> bool:
    """Open a notice and put it into the outbox; False when one about the same subject is open already."""
    notice_id = tx.notices.open(key, title, lines, at=now)
    if notice_id is None:
        return False
    log.warning("notice", subject=key, title=title)
    _post(rig, tx, f"notice:{notice_id}", title, lines, now=now)
    return True


def end_notice(rig: Rig, tx: Transaction, key: str, title: str, lines: Sequence[str], *, now: datetime) -> bool:
    """Close the notice about a subject and say so; False when none was open."""
    closed = tx.notices.close(key, at=now)
    if closed is None:
        return False
    log.info("notice ended", subject=key)
    _post(rig, tx, f"notice:{closed.id}:end", title, lines, now=now)
    return True


def _post(rig: Rig, tx: Transaction, dedupe_key: str, title: str, lines: Sequence[str], *, now: datetime) -> None:
    target = operations(rig)
    if target is None:
        return
    try:
        message = rig.exits.channels[target.kind].render_notice(title, lines, target)
    except Exception:
        log.exception("a notice could not be laid out; it stands in the database", title=title)
        return
    row = NewDelivery(
        target=target,
        message=message,
        action=Action.SEND,
        # A restored backup counts notices anew: without the time a new one would pass for the one that stands there.
        dedupe_key=f"{dedupe_key}:{now.isoformat()}",
        alert_id=None,
        not_before=now,
    )
    tx.outbox.add([row], at=now)
