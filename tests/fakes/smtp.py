"""A mail relay on loopback that keeps what it accepts and fails on request.

with FakeRelay() as relay:
    settings = MailSettings(url=Secret(relay.url))
    relay.on_next(MailFault.DIE_AFTER_DOT)
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections import deque
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from enum import Enum
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.canaries import SMTP_PASSWORD, smtp_url

USER, PASSWORD = "desk", SMTP_PASSWORD


class MailFault(Enum):
    """What goes wrong with one mail."""

    SENDER_LATER = "451 at MAIL FROM"
    SENDER_NEVER = "550 at MAIL FROM"
    RECIPIENT_LATER = "450 at RCPT TO (greylisting)"
    RECIPIENT_NEVER = "550 at RCPT TO"
    TEXT_LATER = "452 after the text"
    TEXT_NEVER = "554 after the text"
    DIE_AT_SENDER = "the connection closes at MAIL FROM"
    DIE_AFTER_DOT = "the text is accepted, then the connection closes without an answer"
    SILENT_AFTER_DOT = "the text is accepted, then no answer until the relay is closed"


ANSWERS = {
    MailFault.SENDER_LATER: "451 4.3.0 try again later",
    MailFault.SENDER_NEVER: "550 5.1.0 sender refused",
    MailFault.RECIPIENT_LATER: "450 4.2.0 greylisted",
    MailFault.RECIPIENT_NEVER: "550 5.1.1 no such user",
    MailFault.TEXT_LATER: "452 4.3.1 out of storage",
    MailFault.TEXT_NEVER: "554 5.6.0 content refused",
}


@dataclass(frozen=True)
class Accepted:
    """A mail that the relay took over."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes

    @property
    def mail(self) -> EmailMessage:
        """Parsed."""
        parsed = message_from_bytes(self.data, policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed


class FakeRelay:
    """See the module."""

    def __init__(
        self, *, tls: ssl.SSLContext | None = None, wrapped: bool = False, login: bool = False, host: str = "127.0.0.1"
    ) -> None:
        """Prepare a relay.

        Args:
            tls: Certificate; offered by STARTTLS, or used at once when wrapped.
            wrapped: TLS from the first byte.
            login: Refuse mail of strangers.
            host: Name under which clients call it.
        """
        self.accepted: list[Accepted] = []
        self.refused: dict[str, str] = {}  # recipient -> answer, whenever it is tried
        self.logins: list[bool] = []
        self.encrypted: list[bool] = []
        self._faults: deque[MailFault] = deque()
        self._tls, self._wrapped, self._login, self._host = tls, wrapped, login, host
        self._closing = threading.Event()
        self._controller: Controller | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """For SMTP_URL."""
        scheme, host = "smtps" if self._wrapped else "smtp", f"{self._host}:{self.port}"
        return smtp_url(USER, host, scheme=scheme) if self._login else f"{scheme}://{host}"

    def on_next(self, *faults: MailFault) -> None:
        """Let the next mails fail, in this order."""
        self._faults.extend(faults)

    def __enter__(self) -> Self:
        with socket.socket() as probe:  # the controller cannot choose a port by itself
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        options: dict[str, Any] = {"auth_require_tls": False}
        if self._login:
            options["authenticator"] = self._authenticate
        if self._tls and self._wrapped:
            options["ssl_context"] = self._tls
        elif self._tls:
            options["tls_context"] = self._tls
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        assert self._controller is not None
        self._controller.stop()

    # -- called by aiosmtpd -------------------------------------------------------------------------------------------

    async def handle_EHLO(  # noqa: N802  # the library's name
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        if self._login and not session.authenticated:
            return "530 5.7.0 authentication required"
        if self._next() in (MailFault.SENDER_LATER, MailFault.SENDER_NEVER):
            return ANSWERS[self._faults.popleft()]
        if self._next() is MailFault.DIE_AT_SENDER:
            self._faults.popleft()
            server.transport.abort()
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self._next() in (MailFault.RECIPIENT_LATER, MailFault.RECIPIENT_NEVER):
            return ANSWERS[self._faults.popleft()]
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        fault = self._faults.popleft() if self._faults else None
        if fault in (MailFault.TEXT_LATER, MailFault.TEXT_NEVER):
            return ANSWERS[fault]
        self.accepted.append(Accepted(envelope.mail_from, tuple(envelope.rcpt_tos), bytes(envelope.content)))
        if fault is MailFault.DIE_AFTER_DOT:
            server.transport.abort()
        if fault is MailFault.SILENT_AFTER_DOT:
            await server.loop.run_in_executor(None, self._closing.wait, 20)
        return "250 2.0.0 accepted"

    def _next(self) -> MailFault | None:
        return self._faults[0] if self._faults else None

    def _authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        self.logins.append(good)
        return AuthResult(success=good, handled=False)
