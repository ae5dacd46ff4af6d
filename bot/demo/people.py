"""What the demo's desk does with its urgent alert: press and hand in, through the same app that listens to Slack."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bot.deliver._desk import assign_dialog
from bot.deliver._labels import labels
from bot.demo.newsroom import TEAM, Posted
from bot.pipeline import Current, Rig
from bot.slackapp.building import build
from bot.slackapp.desk import Desk, client, identify
from bot.types.ids import AlertId

READER, ANALYST = "U0MIRA", "U0JOOST"
NAMES = {READER: "mira", ANALYST: "joost"}  # as the workspace shows them


def act(rig: Rig, root: Posted, alert: AlertId) -> None:
    """One reader finds the alert relevant, and asks an analyst to look after it."""
    slack = rig.settings.slack
    web = client(slack, slack.token)
    desk = Desk(current=Current(rig), client=web, workspace=identify(web), scheduler="demo")
    with ThreadPoolExecutor(1) as threads:  # one, so that the second deed comes after the first
        app = build(desk, threads=threads)
        app.take({**_pressed(root), "actions": [{"action_id": "useful", "block_id": "alert", "value": alert}]})
        dialog = assign_dialog(alert, f"{root.channel}:{root.ts}", labels("en"))
        filled = {"person": {"person": {"selected_user": ANALYST}}}
        app.take({**_person(), "type": "view_submission", "view": {**dialog, "state": {"values": filled}}})


def named(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A payload with the names of people beside their ids, which Slack looks up when it shows a message."""
    text = json.dumps(payload)
    for who, name in NAMES.items():
        text = text.replace(f"<@{who}>", f"<@{who}|{name}>")
    found: dict[str, Any] = json.loads(text)
    return found


def _person() -> dict[str, Any]:
    return {"team": {"id": TEAM}, "user": {"id": READER, "team_id": TEAM}}


def _pressed(root: Posted) -> dict[str, Any]:
    """The payload of a button under a message, as Slack sends it."""
    where = {"type": "message", "message_ts": root.ts, "channel_id": root.channel}
    return {**_person(), "type": "block_actions", "container": where, "channel": {"id": root.channel}}
