"""Mail: single alerts to one address, and the way the weekly digest goes out.

Payload: `subject`, `text`, `html`, and for digests `digest` (team and ISO week) and `attachments` (name, type, text).
Provider id: the Message-ID.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.deliver._mail_alert import alert_mail, change_mail, list_mail, notice_mail
from bot.deliver._mail_mime import address
from bot.deliver._mail_sender import MailSender, Refusal, conversation, relay
from bot.deliver._target import check_options, words_for
from bot.types.delivery import Alert, ChannelTarget, Health, Message, ProbeFinding
from bot.types.ports import Channel, Sender
from bot.types.settings import Settings

NO_RELAY = "no SMTP_URL is set"


class MailChannel:
    """See the module."""

    name = "email"

    def check(self, target: ChannelTarget) -> None:
        """Refuse what is not exactly one address."""
        check_options(target, ())
        if "," in target.address or ";" in target.address:
            raise ValueError(f"channel {target.name}: one address per channel; use a mailing list or several channels")
        try:
            address(target.address)
        except ValueError as error:
            raise ValueError(f"channel {target.name}: {error}") from None

    def render(self, alert: Alert, target: ChannelTarget) -> Message:
        """The mail for a new alert; edits are not sent."""
        return alert_mail(alert, words_for(target))

    def render_change(self, alert: Alert, target: ChannelTarget) -> Message | None:
        """The answer to the first mail."""
        return change_mail(alert, words_for(target))

    def render_list(self, alerts: Sequence[Alert], target: ChannelTarget) -> Message:
        """One mail with a line per story."""
        return list_mail(alerts, words_for(target))

    def render_notice(self, title: str, lines: Sequence[str], target: ChannelTarget) -> Message:
        """A notice for operators."""
        return notice_mail(title, lines, words_for(target))

    def connect(self, settings: Settings) -> Sender | str:
        """Open the way out to the relay of SMTP_URL."""
        if settings.mail.url is None:
            return NO_RELAY
        try:
            return MailSender(settings.mail, relay(settings.mail.url))
        except ValueError as error:
            return str(error)

    def plain(self, message: Message) -> Message | None:
        """The text twin alone, for relays that refuse HTML."""
        if "html" not in message.payload:
            return None
        payload = {k: v for k, v in message.payload.items() if k not in ("html", "attachments")}
        return Message(kind=self.name, payload=payload, summary=message.summary)

    def probe(
        self,
        settings: Settings,
        targets: Sequence[ChannelTarget] = (),  # noqa: ARG002  # an address cannot be tried without sending
    ) -> tuple[ProbeFinding, ...]:
        """Connect, encrypt, log in, and hang up."""
        if settings.mail.url is None:
            return (self._finding(Health.OFF, NO_RELAY),)
        try:
            to = relay(settings.mail.url)
            address(settings.mail.sender)
        except ValueError as error:
            return (self._finding(Health.BROKEN, str(error)),)
        try:
            with conversation(to, settings.mail.timeout) as smtp:
                encrypted = to.wrapped or smtp.sock.__class__.__name__ == "SSLSocket"
        except Refusal as refusal:
            return (self._finding(Health.BROKEN, f"{to.host}:{to.port}: {refusal}"),)
        findings = [
            self._finding(Health.GOOD, f"{to.host}:{to.port} answers{' and took the login' if to.user else ''}")
        ]
        if not encrypted and not to.local:
            findings.append(
                self._finding(Health.WARNING, f"{to.host}:{to.port} offers no encryption: mail can be read")
            )
        if not settings.mail.unsubscribe:
            message = "mail.unsubscribe is empty: digests go out without List-Unsubscribe, and may count as spam"
            findings.append(self._finding(Health.WARNING, message))
        return tuple(findings)

    def _finding(self, health: Health, message: str) -> ProbeFinding:
        return ProbeFinding(channel=self.name, health=health, message=message)


CHANNEL: Channel = MailChannel()
