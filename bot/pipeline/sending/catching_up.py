"""After an outage, say old alerts in one summary instead of one by one; urgent ones still come singly.

P1, no loss: every alert that is merged names the summary that says it, in the transaction that makes the summary.
"""

from __future__ import annotations

from bot.decide import catchup
from bot.deliver import outage_notice
from bot.errors import StorageError
from bot.log import get_logger
from bot.pipeline.rig import Rig
from bot.storage.outbox import NewDelivery
from bot.types.delivery import Action, ChannelTarget

log = get_logger(__name__)


def catch_up(rig: Rig, channel: str) -> int:
    """Merge what waited too long in a channel that takes messages (again); gives how many alerts were merged.

    To be called by the only sender of the channel.

    Raises:
        StorageError: The database is gone.
    """
    target = rig.rulebook.routing.channels.get(channel)
    if target is None or target.kind in catchup.UNSUMMARISED:
        return 0
    try:
        return _merge(rig, channel, target)
    except StorageError:
        raise
    except Exception:
        log.exception("old alerts could not be summarised and go out singly", channel=channel)
        return 0


def _merge(rig: Rig, channel: str, target: ChannelTarget) -> int:
    now = rig.clock.now()
    before, spared = now - catchup.OLD, catchup.SINGLY
    with rig.database.transaction() as tx:
        found = tx.backlog.old(channel, before, spared=spared, lines=catchup.NAMED)
        if found is None or found.count <= catchup.FEW:
            return 0
        rig.passes("catch-up.counted")
        target = rig.exits.target(target)
        summary = NewDelivery(
            target=target,
            message=rig.exits.channels[target.kind].render_notice(*outage_notice(target, found), target),
            action=Action.SEND,
            dedupe_key=f"catch-up:{found.oldest.isoformat()}:{found.newest.isoformat()}",
            alert_id=None,
            not_before=now,
        )
        merged = tx.backlog.merge(channel, before, spared=spared, summary=summary, at=now)
        rig.passes("catch-up.not-committed")
    rig.passes("catch-up.committed")
    log.warning("old alerts were merged into a summary", channel=channel, alerts=merged)
    return merged
