"""Tell stories that are over a channel's limit in one list, each with its own line in the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.decide import alert_id
from bot.log import get_logger
from bot.pipeline.rig import Rig
from bot.storage import Transaction
from bot.storage.outbox import NewDelivery
from bot.types.delivery import Action, Alert, ChannelTarget, Decision, Message
from bot.types.ids import StoryId
from bot.types.ports import ListForm
from bot.types.rules import Routing

KEY = "list:"  # begin of the dedupe key of every list

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A decision that puts a story into a list, not written down yet."""

    decision: Decision
    alert: Alert


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelList:
    """What one channel gets as a list: decisions and alerts of the same stories, loudest first."""

    channel: str
    decisions: tuple[Decision, ...]  # each about this channel only
    alerts: tuple[Alert, ...]


def moved(listed: Iterable[Listed], gone: Collection[StoryId], into: StoryId) -> tuple[Listed, ...]:
    """The same after stories were merged into another."""
    name = alert_id(into)
    return tuple(
        Listed(
            decision=replace(item.decision, story_id=into, alert_id=name),
            alert=replace(item.alert, story_id=into, id=name),
        )
        if item.decision.story_id in gone
        else item
        for item in listed
    )


def told_now(listed: Iterable[Listed], story_id: StoryId, made: Callable[[Decision], Alert]) -> tuple[Listed, ...]:
    """The same after a story was judged once more: what is told of it is what is known of it now."""
    return tuple(
        replace(item, alert=made(item.decision)) if item.decision.story_id == story_id else item for item in listed
    )


def by_channel(listed: Iterable[Listed]) -> tuple[ChannelList, ...]:
    """The list of every channel, in order of name; a story that was decided twice is in it as it was last."""
    found: dict[str, dict[StoryId, Listed]] = {}
    for item in listed:
        for channel in item.decision.channels:
            found.setdefault(channel, {})[item.decision.story_id] = item
    lists = []
    for channel, items in sorted(found.items()):
        loudest = sorted(items.values(), key=lambda item: (-item.alert.score, item.decision.story_id))
        made = tuple(replace(item.decision, channels=(channel,)) for item in loudest)
        lists.append(ChannelList(channel=channel, decisions=made, alerts=tuple(item.alert for item in loudest)))
    return tuple(lists)


def tell_list(rig: Rig, tx: Transaction, told: ChannelList, routing: Routing) -> int:
    """Write down what becomes of each story, and put their list into the outbox; gives the messages made."""
    at = told.decisions[0].at
    for decision, alert in zip(told.decisions, told.alerts, strict=True):
        why = f"{decision.why}; it is one of {len(told.alerts)} stories in the list"
        tx.decisions.add(replace(decision, why=why))
        tx.decisions.save_alert(alert, at=at)
    target = rig.exits.target(routing.channels[told.channel])
    row = NewDelivery(
        target=target,
        message=rendered_list(rig, told.alerts, target),
        action=Action.SEND,
        dedupe_key=_key(told.decisions),
        alert_id=None,
        not_before=at,
    )
    return len(tx.outbox.add([row], at=at))


def _key(decisions: Iterable[Decision]) -> str:
    """Follows from what is told and not from when, so that a list that stands is found after a restore."""
    said = "\n".join(sorted(decision.dedupe_key for decision in decisions))
    return f"{KEY}{hashlib.sha256(said.encode()).hexdigest()[:24]}"


def rendered_list(rig: Rig, alerts: Sequence[Alert], target: ChannelTarget) -> Message:
    """The list; where a channel has no form for it, or fails at it, its lines go as a notice."""
    channel: object = rig.exits.channels[target.kind]
    if isinstance(channel, ListForm):
        try:
            return channel.render_list(alerts, target)
        except Exception:
            log.exception("a list could not be laid out", kind=target.kind, stories=len(alerts))
    lines = [f"{alert.headlines.get('en', alert.id)} ({alert.score:.0f})" for alert in alerts]
    return rig.exits.channels[target.kind].render_notice(f"{len(alerts)} stories in one list", lines, target)
