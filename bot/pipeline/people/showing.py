"""Show on the messages that stand what people did with an alert: by an edit, seldom, and never by a reply."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.decide.deciding import alert_id
from bot.log import get_logger
from bot.pipeline.rig import Rig
from bot.pipeline.roots import standing
from bot.storage import Transaction
from bot.storage.outbox import NewDelivery
from bot.types.codec import plain
from bot.types.delivery import Action, Alert, Delivery, DeliveryState
from bot.types.ids import StoryId

APART = timedelta(seconds=45)  # between two edits of one message that people bring about
_GONE = (DeliveryState.MERGED, DeliveryState.REJECTED)

log = get_logger(__name__)


def dressed(tx: Transaction, alert: Alert, today: date) -> Alert:
    """The alert with what people did with it: votes, who looks after it, and until when its story is muted."""
    others = tx.decisions.alert_ids(alert.story_id)  # of stories that this one took up
    known = tx.handlings.of((alert.id, *others))
    handling = next((known[name] for name in (alert.id, *others) if name in known), None)
    mute = tx.mutes.get(alert.story_id, today)
    return replace(
        alert,
        votes=tx.votes.tally(alert.story_id),
        handling=handling,
        muted_until=mute.until if mute else None,
    )


def acknowledge(rig: Rig, tx: Transaction, story_id: StoryId, *, by: str, now: datetime) -> None:
    """Note that somebody saw the alerts of a story, and show what was done; nothing without an alert.

    Whoever calls has locked the alerts before they changed anything: assessing goes the same way, from alerts to mutes
    and handlings, so that neither waits for the other for ever.
    """
    for name in tx.decisions.alert_ids(story_id):
        tx.handlings.acknowledge(name, by=by, at=now)
    show(rig, tx, story_id, now=now)


def show(rig: Rig, tx: Transaction, story_id: StoryId, *, now: datetime) -> int:
    """Put edits of a story's messages into the outbox, for those that do not say it yet; gives how many.

    The row of the alert is locked first: whoever renders last has seen everything that was done before.
    """
    names = tx.decisions.alert_ids(story_id)
    told = (tx.decisions.alert(name, lock=True) for name in (alert_id(story_id), *names))
    alert = next((found for found in told if found is not None), None)
    if alert is None:
        return 0
    alert = dressed(tx, replace(alert, change=""), now.date())
    edits = [_edit(rig, tx, alert, root, now) for root in standing(tx, story_id).values()]
    return len(tx.outbox.add([edit for edit in edits if edit is not None], at=now))


def _edit(rig: Rig, tx: Transaction, alert: Alert, root: Delivery, now: datetime) -> NewDelivery | None:
    """The edit of one message; None when it says so already, or its channel does not show such things."""
    rows = tx.outbox.of_alert(root.alert_id) if root.alert_id else ()
    mine = [row for row in rows if row.target.name == root.target.name]
    newest = next(row for row in reversed(mine) if row.action is not Action.THREAD and row.state not in _GONE)
    alert = replace(alert, id=root.alert_id or alert.id)
    try:
        message = rig.exits.channels[root.target.kind].render(alert, root.target)
    except Exception:
        # What people did is kept; the message can be laid out again when its story moves on.
        log.exception("an edit could not be laid out", alert=alert.id, kind=root.target.kind)
        return None
    if plain(message) == plain(newest.message):
        return None
    return NewDelivery(
        target=root.target,
        message=message,
        action=Action.UPDATE,
        # Rows of an alert only grow in number while its first message is kept, and its row is locked.
        dedupe_key=f"{alert.id}:people:{len(mine)}",
        alert_id=alert.id,
        not_before=max(now, _free_from(newest)),
    )


def _free_from(newest: Delivery) -> datetime:
    """From when the message may be edited: an edit that waits takes this one with it."""
    if newest.action is Action.SEND or newest.state is DeliveryState.PENDING:
        return newest.not_before
    return newest.not_before + APART
