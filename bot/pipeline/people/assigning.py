"""Say who looks after an alert; whoever says so has seen it."""

from __future__ import annotations

from bot.errors import InputError
from bot.pipeline.people.asking import taken
from bot.pipeline.people.showing import acknowledge
from bot.pipeline.rig import Rig
from bot.types.delivery import Alert
from bot.types.desk import Handling
from bot.types.ids import AlertId


def assign(rig: Rig, asked: str, *, to: str, by: str) -> Handling:
    """Let a person look after the alert of a story, instead of whoever did.

    Args:
        rig: The ports.
        asked: Id of a story or alert, or the address of one of its texts.
        to: Who, as the chat service calls them.
        by: Who says so.

    Raises:
        InputError: Nothing or more than one story is meant, or nobody was alerted to it.
    """
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        story = taken(tx, asked)
        names = tx.decisions.alert_ids(story.id)
        if not names:
            raise InputError(
                f"nobody was alerted to {story.id}, so nobody can be asked to look after the alert",
                label="fault.not-told",
                story=story.id,
            )
        made = [tx.handlings.assign(name, to=to, by=by, at=now) for name in names]
        acknowledge(rig, tx, story.id, by=by, now=now)
    return made[0]


def standing(rig: Rig, asked: AlertId) -> Alert:
    """The alert that a message is about, before somebody does something with it.

    Raises:
        InputError: There is none: the message is older than what is kept, or not ours.
    """
    with rig.database.transaction() as tx:
        alert = tx.decisions.alert(asked)
        if alert is None or tx.stories.get(alert.story_id) is None:
            raise InputError("this alert is no longer kept, so nothing can be done with it", label="fault.gone")
        return alert
