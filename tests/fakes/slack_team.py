"""People of a workspace who press buttons, hand in dialogs and type commands; with the bot that answers them."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt import BoltRequest, BoltResponse

from bot.deliver.slack import CHANNEL
from bot.pipeline import Current, Exits, Rig, assess, deliver
from bot.slackapp.building import SlackApp, build
from bot.slackapp.desk import Desk, client, identify
from bot.storage import Database
from bot.storage.documents import NewDocument
from bot.types.delivery import ChannelTarget
from bot.types.ids import AlertId
from bot.types.reading import Event
from bot.types.secret import Secret
from bot.types.settings import SlackSettings
from tests.fakes import engine, rules
from tests.fakes.clock import FakeClock
from tests.fakes.slack import FakeSlack, Posted

ANN, BOB, EVE = "U0ANN00001", "U0BOB00001", "U0EVE00001"
ROLE = "scheduler"


class Inline(Executor):
    """Has everything done before it goes on."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(fn, *args, **kwargs)


def slack_settings(slack: FakeSlack, **changes: Any) -> SlackSettings:
    return replace(
        SlackSettings(token=Secret(slack.token), base_url=slack.base_url, timeout=10.0, fence=0.0), **changes
    )


def slack_rig(database: Database, clock: FakeClock, slack: FakeSlack, **changes: Any) -> Rig:
    """A rig whose alerts go to #desk, and whose notices go to #ops."""
    named = {
        name: ChannelTarget(name=name, kind="slack", address=f"#{name}", options={}) for name in ("desk", "now", "ops")
    }
    bench = engine.bench(database, clock, engine.rulebook(routing=engine.routing(channels=named)))
    settings = replace(bench.rig.settings, slack=slack_settings(slack, **changes))
    return replace(bench.rig, settings=settings, exits=Exits({"slack": CHANNEL}, settings))


def tell(rig: Rig, name: str, *events: Event) -> None:
    """A text comes and is read and weighed."""
    now = rig.clock.now()
    document = rules.document(name, first_seen=now, published_at=now)
    with rig.database.transaction() as tx:
        tx.documents.put([NewDocument(document=document)])
        tx.documents.save_readings([rules.reading(document, events)], at=now)
    assess(rig)


@dataclass
class Team:
    """A workspace with a bot; everything happens at once."""

    rig: Rig
    clock: FakeClock
    slack: FakeSlack
    app: SlackApp

    def alert(self, name: str = "a") -> AlertId:
        """A story of which an alert was sent."""
        tell(self.rig, name, rules.event())
        self.deliver()
        return AlertId(f"a-{name}")

    def deliver(self) -> None:
        """Hand over what is due in every channel."""
        for channel in self.rig.rulebook.routing.channels:
            deliver(self.rig, channel)

    def message(self) -> Posted:
        """The only message in #desk."""
        (post,) = self.slack.in_channel("#desk")
        return post

    def dispatch(self, payload: dict[str, Any]) -> BoltResponse:
        """Hand a payload to the app, as the socket does."""
        return self.app.dispatch(lambda: BoltRequest(mode="socket_mode", body=payload))

    def press(self, action: str, value: Any, who: str = ANN, **more: Any) -> BoltResponse:
        """Press a button under the message."""
        return self.dispatch(self.pressed(action, value, who, **more))

    def pressed(self, action: str, value: Any, who: str = ANN, **more: Any) -> dict[str, Any]:
        """The payload of a press."""
        made = pressed(self.slack, action, value, who)
        posts = self.slack.in_channel("#desk")
        if posts:
            made["container"] = {"type": "message", "message_ts": posts[0].ts, "channel_id": posts[0].channel}
            made["channel"] = {"id": posts[0].channel, "name": "desk"}
        return made | more

    def submit(self, values: dict[str, Any], who: str = ANN, **more: Any) -> BoltResponse:
        """Hand in the dialog that was opened last, or one whose `view` differs."""
        shown = self.slack.views[-1] if self.slack.views else {}
        view = {"type": "modal", "callback_id": shown.get("callback_id"), "state": {"values": values}}
        view["private_metadata"] = shown.get("private_metadata", "")
        return self.dispatch(
            {
                "type": "view_submission",
                "team": {"id": self.slack.team},
                "user": {"id": who, "team_id": self.slack.team},
                "trigger_id": self.slack.trigger(),
                "view": view | more,
            }
        )

    def type(self, text: str, who: str = ANN, **more: Any) -> str:
        """Type a command; gives what the person, and nobody else, is told."""
        before = len(self.slack.whispers)
        self.dispatch(typed(self.slack, text, who) | more)
        return json.dumps(self.slack.whispers[before:], ensure_ascii=False)

    def look(self, who: str = ANN) -> dict[str, Any]:
        """Open the home tab; gives it."""
        self.dispatch(
            {
                "type": "event_callback",
                "team_id": self.slack.team,
                "event": {"type": "app_home_opened", "user": who, "tab": "home", "channel": "D0000001"},
            }
        )
        return self.slack.homes[who]

    def choose(self, action: str, who: str = ANN, **chosen: Any) -> None:
        """Choose something in the home tab."""
        made = pressed(self.slack, action, None, who)
        made["actions"] = [{"action_id": action, "block_id": action, **chosen}]
        made["container"] = {"type": "view", "view_id": "V1"}
        self.dispatch({name: value for name, value in made.items() if name not in ("channel", "response_url")})


def team(database: Database, clock: FakeClock, slack: FakeSlack, **changes: Any) -> Team:
    rig = slack_rig(database, clock, slack, **changes)
    web = client(rig.settings.slack, rig.settings.slack.token)
    desk = Desk(current=Current(rig), client=web, workspace=identify(web), scheduler=ROLE)
    return Team(rig=rig, clock=clock, slack=slack, app=build(desk, threads=Inline()))


def pressed(slack: FakeSlack, action: str, value: Any, who: str = ANN) -> dict[str, Any]:
    """The payload of a button, as Slack sends it."""
    return {
        "type": "block_actions",
        "team": {"id": slack.team, "domain": "desk"},
        "user": {"id": who, "username": "ann", "team_id": slack.team},
        "api_app_id": "A1",
        "trigger_id": slack.trigger(),
        "response_url": slack.hook,
        "actions": [{"type": "button", "action_id": action, "block_id": "alert", "value": value, "action_ts": "1.0"}],
    }


def typed(slack: FakeSlack, text: str, who: str = ANN) -> dict[str, Any]:
    """The payload of a command, as Slack sends it."""
    return {
        "command": "/monazite",
        "text": text,
        "team_id": slack.team,
        "user_id": who,
        "channel_id": "C9999999",
        "response_url": slack.hook,
        "trigger_id": slack.trigger(),
        "api_app_id": "A1",
    }
