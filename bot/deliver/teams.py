"""Teams: a card per story, posted to a workflow that begins "when a Teams webhook request is received".

Address: `env:NAME`, a variable that holds the workflow's address, since whoever knows it can post. Payload: `address`,
`body` (see `_teams_card`) and `kind` (alert, change, list, notice or plain). Provider id: the delivery id.

A card that stands cannot be edited: edits are not sent, and a material change is a short card of its own that says of
what it is an update. A workflow cannot be asked what it posted either, so a card whose answer was lost is posted again.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from bot.deliver._list import list_view
from bot.deliver._secret_address import NoAddressError, secret_address, variable
from bot.deliver._target import check_options, words_for
from bot.deliver._teams_card import alert_card, change_card, encoded, list_card, notice_card, plain_card
from bot.deliver._text import clean
from bot.deliver._webhook_http import (
    Endpoint,
    RefusedAddressError,
    Resolve,
    UnreachableError,
    checked_address,
    endpoint,
    handed_over,
    look_up,
    post,
)
from bot.types.delivery import Action, Alert, ChannelTarget, Delivery, Health, Message, Outcome, ProbeFinding, Receipt
from bot.types.ports import Channel, Sender
from bot.types.settings import Settings

TIMEOUT = 15.0  # seconds per step of the connection
PATIENCE = timedelta(minutes=1)  # when Teams asks for no other wait
NO_ADDRESS = timedelta(minutes=5)  # until the environment is asked again


class TeamsChannel:
    """See the module."""

    name = "teams"

    def check(self, target: ChannelTarget) -> None:
        """Refuse everything but the name of a variable; the message never repeats an address."""
        check_options(target, ())
        try:
            variable(target.address)
        except ValueError as error:
            raise ValueError(f"channel {target.name}: {error}") from None

    def render(self, alert: Alert, target: ChannelTarget) -> Message:
        """The card of an alert."""
        body, seen = alert_card(alert, words_for(target))
        return self._message(target, "alert", body, f"{seen.severity}: {seen.headline}")

    def render_change(self, alert: Alert, target: ChannelTarget) -> Message | None:
        """The short card of a material change."""
        summary = clean(alert.change, 200) or clean(alert.headlines.get("en", ""), 200)
        return self._message(target, "change", change_card(alert, words_for(target)), summary)

    def render_list(self, alerts: Sequence[Alert], target: ChannelTarget) -> Message:
        """Many stories in one card."""
        seen = list_view(alerts, words_for(target))
        return self._message(target, "list", list_card(seen), seen.title)

    def render_notice(self, title: str, lines: Sequence[str], target: ChannelTarget) -> Message:
        """A card for operators."""
        words = words_for(target)
        summary = clean(title, 200) or words("notice")
        return self._message(target, "notice", notice_card(title, lines, words), summary)

    def plain(self, message: Message) -> Message | None:
        """One line without layout, for a second try after Teams refused the card."""
        if message.payload.get("kind") == "plain":
            return None
        payload = {**message.payload, "kind": "plain", "body": plain_card(message.summary)}
        return Message(kind=self.name, payload=payload, summary=message.summary)

    def connect(self, settings: Settings) -> Sender | str:
        """Always open: each target has an address of its own, which is looked up when a message goes out."""
        return TeamsSender(settings.fetch.allow_hosts)

    def probe(self, settings: Settings, targets: Sequence[ChannelTarget] = ()) -> tuple[ProbeFinding, ...]:
        """Variables and addresses; nothing is posted."""
        mine = [target for target in targets if target.kind == self.name]
        sender = TeamsSender(settings.fetch.allow_hosts)
        if not mine:
            return (self._finding(Health.OFF, "no channel of routes.yml leads to Teams"),)
        return tuple(self._finding(*sender.try_out(target)) for target in mine)

    def _message(self, target: ChannelTarget, kind: str, body: Mapping[str, object], summary: str) -> Message:
        payload = {"address": target.address, "kind": kind, "body": body}
        return Message(kind=self.name, payload=payload, summary=summary)

    def _finding(self, health: Health, message: str) -> ProbeFinding:
        return ProbeFinding(channel=self.name, health=health, message=message)


class TeamsSender:
    """Posts cards to the addresses of an environment: that of the process, or one handed in."""

    def __init__(
        self,
        allow_hosts: Collection[str] = (),
        *,
        environ: Mapping[str, str] | None = None,
        resolve: Resolve = look_up,
        timeout: float = TIMEOUT,
    ) -> None:
        self._allow_hosts = tuple(allow_hosts)
        self._environ = os.environ if environ is None else environ
        self._resolve = resolve
        self._timeout = timeout

    def send(self, delivery: Delivery) -> Receipt:
        """Post once. An edit is not sent: a card that stands cannot be changed."""
        if delivery.action is Action.UPDATE:
            detail = "a card in Teams cannot be edited; the next material change is a card of its own"
            return Receipt(outcome=Outcome.SENT, detail=detail, provider_id=delivery.root_provider_id)
        payload = delivery.message.payload
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Monazite"}

        def call() -> tuple[int, Mapping[str, str]]:
            to, address = self._where(str(payload["address"]))
            return post(to, address, encoded(payload["body"]), headers, self._timeout)

        try:
            return handed_over(call, delivery, who="Teams", patience=PATIENCE, refused=_refused)
        except NoAddressError as error:
            return Receipt(outcome=Outcome.NOT_SENT, detail=str(error), retry_after=NO_ADDRESS)

    def find(self, delivery: Delivery) -> Receipt | None:  # noqa: ARG002  # the port's signature
        """A workflow cannot be asked what it posted."""
        return None

    def try_out(self, target: ChannelTarget) -> tuple[Health, str]:
        """Whether a target has an address that may be called, and a sentence about it."""
        try:
            self._where(target.address)
        except (NoAddressError, ValueError, RefusedAddressError, UnreachableError) as error:
            return Health.BROKEN, f"channel {target.name}: {error}"
        return Health.GOOD, f"channel {target.name} has an address that may be called"

    def _where(self, named: str) -> tuple[Endpoint, str]:
        """The checked address; no error of it repeats the secret."""
        secret = secret_address(named, self._environ)
        try:
            to = endpoint(secret.reveal())
        except ValueError:
            raise ValueError(f"{variable(named)} holds no web address; copy it again from the workflow") from None
        return to, checked_address(to, self._allow_hosts, self._resolve)


def _refused(status: int) -> Receipt:
    if status in (400, 413, 422):
        return Receipt(outcome=Outcome.REJECTED, detail=f"Teams refused the card (HTTP {status})", layout=True)
    detail = f"the workflow refuses (HTTP {status}): it was deleted or switched off, or its address is another one now"
    return Receipt(outcome=Outcome.REJECTED, detail=detail)


CHANNEL: Channel = TeamsChannel()
