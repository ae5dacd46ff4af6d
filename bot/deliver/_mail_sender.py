"""Hand one mail to a relay and say honestly how far it got.

One transaction per recipient. Until the final dot is sent nothing is accepted; when the answer to it is lost nobody
knows, and mail has no way to look. Temporary refusals wait at least 30 minutes, as RFC 5321 section 4.5.4.1 asks.
"""

from __future__ import annotations

import base64
import contextlib
import re
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from bot.deliver._mail_mime import Envelope, build, envelope
from bot.deliver._text import clean
from bot.types.delivery import Action, Delivery, Outcome, Receipt
from bot.types.secret import Secret
from bot.types.settings import MailSettings

PATIENCE = timedelta(minutes=30)
FINAL_PATIENCE = 10  # times the time-out of other commands
_LINE = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """Where mail is handed over. Read from SMTP_URL."""

    host: str
    port: int
    wrapped: bool  # TLS from the first byte
    user: str = ""
    password: Secret = field(default_factory=lambda: Secret(""))

    @property
    def local(self) -> bool:
        """True when the way to the relay does not leave the machine."""
        return self.host in ("localhost", "127.0.0.1", "::1")


class Refusal(Exception):  # noqa: N818  # a state of the conversation, caught two frames up
    """The relay said no, before anything was accepted.

    Attributes:
        receipt: What that amounts to.
    """

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(receipt.detail)
        self.receipt = receipt


def relay(url: Secret) -> Relay:
    """The relay that a URL names: smtp://user:password@host:587 or smtps://host:465.

    Raises:
        ValueError: One sentence without the password.
    """
    try:
        parts = urlsplit(url.reveal().strip())
        port = parts.port
    except ValueError:
        raise ValueError("SMTP_URL has no readable port; write smtp://user:password@host:587") from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("SMTP_URL must look like smtp://user:password@host:587 or smtps://host:465")
    wrapped = parts.scheme == "smtps"
    return Relay(
        host=parts.hostname,
        port=port or (465 if wrapped else 587 if parts.username else 25),
        wrapped=wrapped,
        user=unquote(parts.username or ""),
        password=Secret(unquote(parts.password or "")),
    )


class MailSender:
    """A relay at work; a connection per mail."""

    def __init__(self, settings: MailSettings, to: Relay) -> None:
        self._settings = settings
        self._relay = to

    def send(self, delivery: Delivery) -> Receipt:
        """Hand the mail over. An edit is not sent: what stands in a mailbox cannot be changed."""
        if delivery.action is Action.UPDATE:
            detail = "mail cannot be edited; the next material change is sent as an answer to it"
            return Receipt(outcome=Outcome.SENT, detail=detail, provider_id=delivery.root_provider_id)
        try:
            mail = build(delivery, self._settings)
            who = envelope(self._settings, delivery.target.address)
        except ValueError as error:
            return Receipt(outcome=Outcome.REJECTED, detail=str(error))
        try:
            with conversation(self._relay, self._settings.timeout) as smtp:
                return _transact(smtp, who, mail.data, mail.message_id)
        except Refusal as refusal:
            return refusal.receipt

    def find(self, delivery: Delivery) -> Receipt | None:  # noqa: ARG002  # the port's signature
        """Mail cannot be looked up: it is sent again under the same Message-ID."""
        return None


@contextlib.contextmanager
def conversation(to: Relay, timeout: float) -> Iterator[smtplib.SMTP]:
    """A session that is greeted, encrypted where possible and logged in where asked.

    Raises:
        Refusal: It did not come to that.
    """
    smtp = _opened(to, timeout)
    try:
        with _before_data():
            _code(smtp.ehlo(), 250, "EHLO")
            if not to.wrapped and smtp.has_extn("starttls"):
                smtp.starttls(context=ssl.create_default_context())
                smtp.ehlo()
            elif not to.wrapped and to.user and not to.local:
                detail = "the relay offers no encryption, so the password was not sent; use smtps:// or another relay"
                raise Refusal(Receipt(outcome=Outcome.REJECTED, detail=detail))
            if to.user:
                _log_in(smtp, to)
        yield smtp
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            smtp.quit()
        smtp.close()


def _log_in(smtp: smtplib.SMTP, to: Relay) -> None:
    """Some relays say in a refusal what they were told: whatever of that is the password goes.

    Raises:
        SMTPResponseException: The relay refused.
    """
    password = to.password.reveal()
    try:
        smtp.login(to.user, password)
    except smtplib.SMTPResponseException as error:
        raw = error.smtp_error
        said = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)
        for form in filter(None, _forms(to.user, password)):
            said = said.replace(form, "***")
        raise smtplib.SMTPResponseException(error.smtp_code, said) from None


def _forms(user: str, password: str) -> Iterator[str]:
    """A password as it goes over the wire: as it is, and as AUTH PLAIN and AUTH LOGIN spell it."""
    for plain in (f"\0{user}\0{password}", password, user):
        yield base64.b64encode(plain.encode()).decode()
    yield password


def _opened(to: Relay, timeout: float) -> smtplib.SMTP:
    with _before_data():
        if to.wrapped:
            return smtplib.SMTP_SSL(to.host, to.port, timeout=timeout, context=ssl.create_default_context())
        return smtplib.SMTP(to.host, to.port, timeout=timeout)


@contextlib.contextmanager
def _before_data() -> Iterator[None]:
    """Turn every failure of a stage in which nothing can have been accepted into a Refusal."""
    try:
        yield
    except smtplib.SMTPResponseException as error:
        raise Refusal(_refused(error.smtp_code, error.smtp_error, "the relay")) from error
    except (OSError, smtplib.SMTPException) as error:  # SMTPException is an OSError; both named for readers
        detail = f"the relay could not be used ({type(error).__name__}: {clean(str(error), 120)})"
        raise Refusal(Receipt(outcome=Outcome.NOT_SENT, detail=detail)) from error


def _transact(smtp: smtplib.SMTP, who: Envelope, data: bytes, message_id: str) -> Receipt:
    with _before_data():
        _code(smtp.mail(who.sender.addr_spec), 250, "MAIL FROM")
        _code(smtp.rcpt(who.recipient.addr_spec), 250, "RCPT TO")
        _code(smtp.docmd("DATA"), 354, "DATA")
    try:
        if smtp.sock is not None:  # the relay may scan and store before it answers (RFC 5321 section 4.5.3.2.6)
            smtp.sock.settimeout(FINAL_PATIENCE * smtp.timeout)
        smtp.send(_dotted(data))
        code, answer = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        smtp.close()
        detail = f"the answer to the final dot was lost ({type(error).__name__})"
        return Receipt(outcome=Outcome.AMBIGUOUS, detail=detail, provider_id=message_id)
    if code // 100 != 2:
        return _refused(code, answer, "the relay, after the text,")
    return Receipt(outcome=Outcome.SENT, detail=f"accepted: {_readable(answer)}", provider_id=message_id)


def _code(reply: tuple[int, bytes], expected: int, command: str) -> None:
    code, answer = reply
    if code // 100 != expected // 100:
        raise Refusal(_refused(code, answer, f"the relay, at {command},"))


def _refused(code: int, answer: bytes | str, who: str) -> Receipt:
    detail = f"{who} said {code} {_readable(answer)}"
    if 500 <= code < 600:
        # 5.6.x: media or conversion not supported (RFC 3463 section 3.7); the text twin alone may pass.
        return Receipt(outcome=Outcome.REJECTED, detail=detail, layout=" 5.6." in detail)
    return Receipt(outcome=Outcome.NOT_SENT, detail=detail, retry_after=PATIENCE)


def _readable(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return clean(text, 160)


def _dotted(data: bytes) -> bytes:
    """CRLF line ends, leading dots doubled, final dot (RFC 5321 section 4.5.2)."""
    lines = _LINE.sub(b"\r\n", data).removesuffix(b"\r\n").split(b"\r\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b"\r\n.\r\n"
