"""Webhook: the alert as signed JSON, for machines.

Body: `{"schema": "monazite.alert/1", "type": "alert" | "change" | "list" | "notice", ...}`, described by `SCHEMA` in
`_webhook_body`; its texts are as the feeds wrote them. Headers: `X-Monazite-Event` (alert, update, change, list or
notice), `X-Monazite-Delivery` (the same for every try of one delivery, so that a receiver can drop repeats) and
`X-Monazite-Signature: t=<seconds>,v1=<hex>`, where v1 is HMAC-SHA256 over `<t>.<body>` with MONAZITE_WEBHOOK_SECRET. A
receiver checks v1 and refuses an old t.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta

from bot.deliver._target import check_options
from bot.deliver._text import clean
from bot.deliver._webhook_body import alert_body, list_body, notice_body
from bot.deliver._webhook_http import (
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
from bot.types.secret import Secret
from bot.types.settings import Settings

NO_SECRET = "no MONAZITE_WEBHOOK_SECRET is set; webhooks are always signed"  # noqa: S105  # a sentence, no secret
TIMEOUT = 10.0  # seconds per step of the connection
PATIENCE = timedelta(minutes=5)  # when the receiver asks for no other wait


class WebhookChannel:
    """See the module."""

    name = "webhook"

    def check(self, target: ChannelTarget) -> None:
        """Refuse addresses that are no plain web address."""
        check_options(target, ())
        try:
            endpoint(target.address)
        except ValueError as error:
            raise ValueError(f"channel {target.name}: {error}") from None

    def render(self, alert: Alert, target: ChannelTarget) -> Message:
        """The whole alert; whether it is new or an edit stands in the event header and in its revision."""
        payload = {"url": target.address, "event": "alert", "body": alert_body(alert, "alert")}
        headline = clean(alert.headlines.get("en", ""), 200)
        return Message(kind=self.name, payload=payload, summary=f"{alert.band.value}: {headline}")

    def render_change(self, alert: Alert, target: ChannelTarget) -> Message | None:
        """The whole alert with the sentence that says what is new."""
        payload = {"url": target.address, "event": "change", "body": alert_body(alert, "change")}
        return Message(kind=self.name, payload=payload, summary=clean(alert.change, 200))

    def render_list(self, alerts: Sequence[Alert], target: ChannelTarget) -> Message:
        """All the alerts, whole."""
        payload = {"url": target.address, "event": "list", "body": list_body(alerts)}
        return Message(kind=self.name, payload=payload, summary=f"{len(alerts)} alerts in one list")

    def render_notice(self, title: str, lines: Sequence[str], target: ChannelTarget) -> Message:
        """Title and lines."""
        payload = {"url": target.address, "event": "notice", "body": notice_body(title, lines)}
        return Message(kind=self.name, payload=payload, summary=clean(title, 200))

    def connect(self, settings: Settings) -> Sender | str:
        """Open the way out with the secret that signs."""
        if settings.webhook_secret is None:
            return NO_SECRET
        return WebhookSender(settings.webhook_secret, settings.fetch.allow_hosts)

    def probe(self, settings: Settings, targets: Sequence[ChannelTarget] = ()) -> tuple[ProbeFinding, ...]:
        """Secret, names and addresses; nothing is posted."""
        mine = [target for target in targets if target.kind == self.name]
        if settings.webhook_secret is None:
            health = Health.BROKEN if mine else Health.OFF
            return (ProbeFinding(channel=self.name, health=health, message=NO_SECRET),)
        findings = []
        for target in mine:
            health, message = Health.GOOD, f"channel {target.name} leads to an address that may be called"
            try:
                checked_address(endpoint(target.address), settings.fetch.allow_hosts)
            except (ValueError, RefusedAddressError, UnreachableError) as error:
                health, message = Health.BROKEN, f"channel {target.name}: {error}"
            findings.append(ProbeFinding(channel=self.name, health=health, message=message))
        return tuple(findings) or (ProbeFinding(channel=self.name, health=Health.GOOD, message="secret is set"),)


class WebhookSender:
    """A secret at work. `clock` and `resolve` are for tests."""

    def __init__(
        self,
        secret: Secret,
        allow_hosts: Collection[str] = (),
        *,
        clock: Callable[[], float] = time.time,
        resolve: Resolve = look_up,
        timeout: float = TIMEOUT,
    ) -> None:
        self._secret = secret
        self._allow_hosts = tuple(allow_hosts)
        self._clock = clock
        self._resolve = resolve
        self._timeout = timeout

    def send(self, delivery: Delivery) -> Receipt:
        """Post once."""
        payload = delivery.message.payload
        body = str(payload["body"]).encode()

        def call() -> tuple[int, Mapping[str, str]]:
            to = endpoint(str(payload["url"]))
            address = checked_address(to, self._allow_hosts, self._resolve)
            return post(to, address, body, self._headers(delivery, body), self._timeout)

        return handed_over(call, delivery, who="the receiver", patience=PATIENCE, refused=_refused)

    def find(self, delivery: Delivery) -> Receipt | None:  # noqa: ARG002  # the port's signature
        """A receiver cannot be asked; it drops repeats by the delivery id."""
        return None

    def _headers(self, delivery: Delivery, body: bytes) -> dict[str, str]:
        moment = int(self._clock())
        signed = hmac.new(self._secret.reveal().encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
        event = str(delivery.message.payload["event"])
        return {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Monazite",
            "X-Monazite-Event": "update" if event == "alert" and delivery.action is Action.UPDATE else event,
            "X-Monazite-Delivery": delivery.id,
            "X-Monazite-Signature": f"t={moment},v1={signed}",
        }


def _refused(status: int) -> Receipt:
    if 300 <= status < 400:
        detail = f"the receiver redirects (HTTP {status}); write the final address into routes.yml"
        return Receipt(outcome=Outcome.REJECTED, detail=detail)
    return Receipt(outcome=Outcome.REJECTED, detail=f"the receiver refused (HTTP {status})")


CHANNEL: Channel = WebhookChannel()
