"""One deed of one person: who, where, with what; and the ways to answer that person alone."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from bot import pipeline
from bot.deliver._desk import answer_blocks, explanation_dialog
from bot.deliver._labels import Labels, labels
from bot.errors import InputError, MonaziteError, StorageError
from bot.log import get_logger
from bot.slackapp.desk import Body, Desk, at, code_of, opaque, quiet, text
from bot.slackapp.gate import who
from bot.types.ids import AlertId

HOOKS = ("hooks.slack.com", "hooks.slack-gov.com")
CHANNEL = 100  # characters of an id that we give to Slack
FAILURES = (SlackClientError, http.client.HTTPException, OSError, ValueError, LookupError)

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What somebody did, as far as it is needed; texts are as Slack sent them."""

    desk: Desk
    who: str  # id of the person
    channel: str  # id of where it was done, "" outside of a channel
    message: str  # "<channel>:<ts>" of the message whose button it was, "" for none
    back: str  # address for answers that only this person sees, "" for none
    trigger: str  # with which a dialog can be opened for three seconds, "" for none
    value: object  # of the button or choice
    body: Body

    @property
    def words(self) -> Labels:
        """The labels of the person's language, or of the team's for somebody who chose none."""
        rig = self.desk.rig
        try:
            person = pipeline.member(rig, self.who)
        except StorageError:
            return labels(rig.settings.locale)
        return labels(person.locale, person.rest.zone if person.rest else "UTC")

    def alert(self) -> AlertId:
        """The alert that the button is about.

        Raises:
            InputError: It cannot be one of ours.
        """
        return _alert(self.value)

    def say(self, title: str, lines: Sequence[str] = ()) -> None:
        """Tell this person, and nobody else; what cannot be told is logged.

        The address in the payload works wherever somebody can type; where it is missing or cannot be reached (a
        gateway that only knows the API), the channel does it, and outside of channels a dialog.
        """
        failed: list[str] = []
        for name, way in self._ways(title, lines, self.words):
            why = tried(way)
            if not why:
                return
            failed.append(f"{name}: {why}")
        log.warning("an answer did not reach its person", tried=failed)

    def dialog(self, view: Mapping[str, Any]) -> str:
        """Open a dialog for this person; gives Slack's error code or what else failed, "" when it stands."""
        if not self.trigger:
            return "no trigger"
        return tried(lambda: self.desk.client.views_open(trigger_id=self.trigger, view=dict(view)))

    def _ways(self, title: str, lines: Sequence[str], words: Labels) -> list[tuple[str, Callable[[], object]]]:
        web = self.desk.client
        blocks, line = answer_blocks(title, lines, words)
        ways: list[tuple[str, Callable[[], object]]] = []
        if allowed(self.back, web.base_url):
            ways.append(("response_url", lambda: _hand_back(self.back, blocks, line, web.timeout)))
        if self.channel:
            ways.append(
                (
                    "chat.postEphemeral",
                    lambda: web.chat_postEphemeral(channel=self.channel, user=self.who, blocks=blocks, text=line),
                )
            )
        if self.trigger:
            view = explanation_dialog([title, *lines], "Monazite", words)
            ways.append(("views.open", lambda: web.views_open(trigger_id=self.trigger, view=view)))
        return ways


def visit(desk: Desk, body: Body, value: object = None) -> Visit:
    """Read a payload, whatever it is."""
    channel = _short(at(body, "channel", "id")) or _short(at(body, "container", "channel_id"))
    stamp = _short(at(body, "container", "message_ts")) or _short(at(body, "message", "ts"))
    return Visit(
        desk=desk,
        who=who(body),
        channel=channel or _short(at(body, "channel_id")) or _origin(body)[0],
        message=f"{channel}:{stamp}" if channel and stamp else "",
        back=text(at(body, "response_url")),
        trigger=text(at(body, "trigger_id")),
        value=value,
        body=body,
    )


def serve(visit: Visit, work: Callable[[Visit], None]) -> None:
    """Do what was asked; failures that are expected become a sentence for the person."""
    try:
        work(visit)
    except InputError as error:
        visit.say(visit.words(error.label, **error.values) if error.label else str(error))
    except MonaziteError as error:
        log.warning("what somebody asked for in Slack could not be done", why=str(error))
        visit.say(visit.words("answer.closed"))


def meant(visit: Visit) -> AlertId:
    """The alert that a dialog was opened for.

    Raises:
        InputError: It cannot be one of ours.
    """
    return _alert(at(metadata(visit.body), "alert"))


def tried(call: Callable[[], object]) -> str:
    """Make a call once; gives what failed, in a word without secrets, and "" when nothing did."""
    try:
        call()
    except SlackApiError as error:
        return code_of(error) or f"HTTP {getattr(error.response, 'status_code', '?')}"
    except FAILURES as error:
        return type(error).__name__
    return ""


def allowed(url: str, base_url: str) -> bool:
    """True for an address of Slack's own, or of the gateway that stands for Slack."""
    if not url.isascii() or len(url) > 1000:
        return False
    try:
        parts, base = urlsplit(url), urlsplit(base_url)
        ours = (parts.scheme, parts.hostname, parts.port) == (base.scheme, base.hostname, base.port)
        slacks = parts.scheme == "https" and parts.hostname in HOOKS and parts.port in (None, 443)
    except ValueError:
        return False
    return ours or slacks


def _hand_back(url: str, blocks: list[dict[str, Any]], line: str, timeout: int) -> None:
    hook = WebhookClient(url, timeout=timeout, retry_handlers=[], logger=quiet("webhook"))
    answer = hook.send(text=line, blocks=blocks, response_type="ephemeral", replace_original=False)
    if answer.status_code != 200:
        raise http.client.HTTPException(f"HTTP {answer.status_code}")


def _alert(value: object) -> AlertId:
    return AlertId(opaque(value))


def metadata(body: Body) -> object:
    """What a dialog of ours carries along."""
    try:
        return json.loads(text(at(body, "view", "private_metadata")) or "{}")
    except ValueError:
        return {}


def _origin(body: Body) -> tuple[str, str]:
    """Channel and time of the message from which a dialog was opened."""
    channel, _, stamp = text(at(metadata(body), "origin")).partition(":")
    return (channel, stamp) if channel.isalnum() and len(channel) <= CHANNEL else ("", "")


def _short(value: object) -> str:
    found = text(value)
    return found if found.isascii() and len(found) <= CHANNEL else ""
