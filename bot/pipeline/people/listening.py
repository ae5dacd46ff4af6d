"""Tell operators when people's buttons and commands do not reach the bot, once per trouble, and when they do again."""

from __future__ import annotations

from bot.pipeline.rig import Rig
from bot.pipeline.sending.notices import end_notice, raise_notice

KEY = "slack:way-in"


def way_closed(rig: Rig, why: str) -> bool:
    """Buttons and commands do not come in; False when that was said already."""
    lines = [why, "Alerts go out as ever; buttons, dialogs and /monazite do nothing until it works. It is tried again."]
    with rig.database.transaction() as tx:
        return raise_notice(rig, tx, KEY, "Slack's buttons and commands do not come in", lines, now=rig.clock.now())


def way_open(rig: Rig) -> bool:
    """They come in; False when nothing else was said."""
    with rig.database.transaction() as tx:
        return end_notice(rig, tx, KEY, "Slack's buttons and commands come in again", (), now=rig.clock.now())
