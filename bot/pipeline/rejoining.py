"""Tell people when two stories that were told turn out to be one, or one to be two; all in the assessing transaction.

Of two messages in one channel the older one stands for the joined story. The younger one becomes a pointer to it and
gets one last reply. Everything that people did goes over to what remains.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from bot.decide.deciding import SPOKEN, alert_id
from bot.decide.rejoin import Outdated, Parting, after_leaving, after_rejoining, pointer, rejoined
from bot.deliver import pointer_notice
from bot.pipeline.headlines import headlines
from bot.pipeline.rig import Rig
from bot.pipeline.roots import age, roots
from bot.storage import Transaction
from bot.storage.outbox import NewDelivery
from bot.types.delivery import Action, Decision, Delivery, DeliveryState, Message, Reason, StepFacts
from bot.types.ids import AlertId, StoryId
from bot.types.lifecycle import ChangeKind
from bot.types.story import Assessment, Story

_GONE = (DeliveryState.REJECTED, DeliveryState.MERGED)  # nothing stands
_TOLD = SPOKEN | {Action.HOLD}  # what a channel hears of, now or later


class Rejoining:
    """What placements changed between stories, kept until every story concerned has been judged."""

    def __init__(self, rig: Rig, tx: Transaction, now: datetime) -> None:
        self._rig = rig
        self._tx = tx
        self._now = now
        self._outdated: dict[StoryId, dict[str, Outdated]] = {}  # by story and channel
        self._left: dict[StoryId, StoryId] = {}  # a story -> the one that it left just now

    def join(self, gone: StoryId, heir: Story) -> int:
        """Let a saved story take up another one with all that was told and done; gives the messages made."""
        tx = self._tx
        sent, theirs = tx.decisions.told([heir.id]), tx.decisions.told([gone])
        mine, others = roots(tx, heir.id), roots(tx, gone)
        line = headlines(heir, self._rig.rulebook)
        alerts: dict[AlertId, AlertId] = {}
        rows: list[NewDelivery] = []
        for name in sorted(mine.keys() | others.keys()):
            messages = sorted((one[name] for one in (mine, others) if name in one), key=partial(age, alert_id(heir.id)))
            stands, elsewhere = (sent, theirs) if messages[0] is mine.get(name) else (theirs, sent)
            if len(messages) == 1 and not any(name in told.channels for told in elsewhere):
                continue
            # What was told of the other story, be it in a list, was not told in the message that stands.
            outdated = Outdated(said=_said(stands, name), reason=Reason.STORIES_MERGED)
            self._outdated.setdefault(heir.id, {})[name] = outdated
            for younger in messages[1:]:
                rows += self._pointer(younger, line, f"{gone}:into:{heir.id}:{heir.revision}")
                if messages[0].alert_id is not None and younger.alert_id is not None:
                    alerts.setdefault(younger.alert_id, messages[0].alert_id)
        why = f"It is the same step as {heir.id}: {line['en']}"
        tx.stories.rename(gone, heir.id, alerts=alerts, why=why, at=self._now)
        return len(tx.outbox.add(rows, at=self._now))

    def part(self, partings: Iterable[Parting]) -> None:
        """Note which stories left others; they are to be judged before those that they left."""
        for parting in partings:
            self._left[parting.story] = parting.left
            why = f"It left {parting.left}: it is a step of its own."
            self._tx.stories.note_split(parting.story, parting.left, why=why, at=self._now)

    def weave(self, made: Sequence[Decision], story: Story, assessment: Assessment) -> tuple[Decision, ...]:
        """The decisions about a story, with what its readers must know of joining and parting."""
        if story.id in self._left:
            old = self._left.pop(story.id)
            made = self._leaving(made, story, old)
            self._tell_old(made, story, old)
        elif story.revision > 1 and any(decision.action is Action.SEND for decision in made):
            old_one = self._tx.stories.left(story.id)  # it was held when it left
            made = self._leaving(made, story, old_one) if old_one is not None else made
        return after_rejoining(made, self._outdated.pop(story.id, {}), story, assessment)

    def _leaving(self, made: Sequence[Decision], story: Story, old: StoryId) -> Sequence[Decision]:
        kept = self._tx.stories.get(old)
        told = headlines(kept, self._rig.rulebook) if kept is not None else {"en": old}
        own = [row for row in self._tx.outbox.of_alert(alert_id(story.id)) if row.action is Action.SEND]
        stands = {row.target.name for row in own if row.state not in _GONE}
        spent = {row.target.name for row in own if row.state in _GONE}
        return after_leaving(made, story, headlines=told, stands=stands, spent=spent - stands)

    def _tell_old(self, made: Sequence[Decision], story: Story, old: StoryId) -> None:
        """The thread of the story that was left is told where both are told."""
        told = {name for decision in made if decision.action in _TOLD for name in decision.channels}
        news = rejoined(ChangeKind.PARTED, headlines(story, self._rig.rulebook))
        sent = self._tx.decisions.told([old])
        for name in roots(self._tx, old):
            if name in told:
                outdated = Outdated(said=_said(sent, name), reason=Reason.STORY_SPLIT, news=news)
                self._outdated.setdefault(old, {})[name] = outdated

    def _pointer(self, younger: Delivery, headline: Mapping[str, str], key: str) -> Sequence[NewDelivery]:
        """The edit that turns a message into a pointer, and its last reply, where the channel has such.

        A message that was refused, or that a summary says instead, is none that could be edited.
        """
        if younger.state in _GONE:
            return ()
        target = younger.target
        channel = self._rig.exits.channels[target.kind]
        edit = channel.render_notice(*pointer_notice(target, headline), target)
        rows = [_row(younger, edit, Action.UPDATE, f"{key}:edit", self._now)]
        alert = self._tx.decisions.alert(younger.alert_id) if younger.alert_id is not None else None
        reply = channel.render_change(pointer(alert, headline), target) if alert is not None else None
        if reply is not None:
            rows.append(_row(younger, reply, Action.THREAD, key, self._now))
        return rows


def _said(sent: Iterable[Decision], channel: str) -> StepFacts:
    """What the message of a story in a channel said when it was last written."""
    facts = [told.facts for told in sent if channel in told.channels]
    return (facts[-1] if facts else None) or StepFacts()


def _row(younger: Delivery, message: Message, action: Action, key: str, now: datetime) -> NewDelivery:
    return NewDelivery(
        target=younger.target,
        message=message,
        action=action,
        dedupe_key=key,
        alert_id=younger.alert_id,
        not_before=now,
    )
