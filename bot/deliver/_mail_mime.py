"""Build the MIME form of a mail: stable ids, so that a second copy is known as one, and headers closed to injection.

Everything that a resend needs to be the same bytes is derived from the delivery: Message-ID, Date, boundaries.
Formats: RFC 5322 (message), RFC 2369 and 8058 (unsubscribe), RFC 2919 (List-ID), RFC 3834 (Auto-Submitted).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from bot.deliver._text import clean
from bot.types.delivery import Action, Delivery
from bot.types.settings import MailSettings

# 7 bit throughout: no server on the way has to re-code anything, so signatures hold.
POLICY = SMTP.clone(cte_type="7bit")
MAX_SUBJECT = 200
CRLF_SPACE = "\r\n "
_SLUG = re.compile(r"[^a-z0-9]+")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who sends to whom."""

    sender: Address
    recipient: Address

    @property
    def domain(self) -> str:
        """Domain of the sender, under which ids are made."""
        return self.sender.domain or "localhost"


def address(text: str) -> Address:
    """A mail address with or without a name.

    Raises:
        ValueError: One sentence, when it is none.
    """
    name, spec = parseaddr(text)
    local, _, domain = spec.rpartition("@")
    try:
        spec = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise ValueError(f"{text!r} is no mail address") from None
    if not _ADDRESS.fullmatch(spec) or ".." in spec or text.count("@") - name.count("@") != 1:
        raise ValueError(f"{text!r} is no mail address; write one like desk@example.org")
    return Address(display_name=clean(name, 100), addr_spec=spec)


def envelope(settings: MailSettings, recipient: str) -> Envelope:
    """Sender and recipient of one mail.

    Raises:
        ValueError: One sentence, when one of them is no address.
    """
    return Envelope(sender=address(settings.sender), recipient=address(recipient))


def message_id(delivery: Delivery, who: Envelope) -> str:
    """The id under which all copies of this mail are one: from team, week and recipient, or from the delivery."""
    digest = _digest(delivery.message.payload)
    if digest:
        team, week = digest
        return f"<digest.{_slug(week)}.{_slug(team)}.{_hashed(team, week, who.recipient.addr_spec)}@{who.domain}>"
    return f"<alert.{_hashed(delivery.id)}@{who.domain}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail as it goes over the wire."""

    message_id: str
    data: bytes  # ASCII, CRLF line ends


def build(delivery: Delivery, settings: MailSettings) -> Mail:
    """The whole mail; the same bytes for the same delivery.

    Raises:
        ValueError: One sentence, when sender or recipient is no address.
    """
    payload = delivery.message.payload
    who = envelope(settings, delivery.target.address)
    mail = EmailMessage(policy=POLICY)
    subject = clean(str(payload.get("subject", "")), MAX_SUBJECT) or "Monazite"
    mail["From"] = who.sender
    mail["To"] = who.recipient
    mail["Date"] = format_datetime(delivery.created_at)
    mail["Message-ID"] = message_id(delivery, who)
    for name, value in _standing(delivery, who, settings).items():
        mail[name] = value
    mail.set_content(str(payload.get("text", "")))
    if payload.get("html"):
        mail.add_alternative(str(payload["html"]), subtype="html")
    for attachment in _attachments(payload):
        kind, _, subtype = attachment["type"].partition("/")
        data = attachment["text"].encode()
        mail.add_attachment(data, maintype=kind, subtype=subtype, filename=attachment["name"])
    _fix_boundaries(mail, _hashed(mail["Message-ID"]))
    return Mail(message_id=mail["Message-ID"], data=_subject_line(subject) + mail.as_bytes())


def _subject_line(text: str) -> bytes:
    """The Subject header (RFC 5322, RFC 2047).

    Written here, since the standard library adds a space before a long first word and drops spaces between words of
    different encodings when it folds, and a subject of others must come back as it was.
    """
    if text.isascii() and "=?" not in text:
        lines = [""]
        for word in text.split(" "):
            room = 76 - len("Subject: " if len(lines) == 1 else " ")
            if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
                lines.append(word)
            else:
                lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
        return f"Subject: {CRLF_SPACE.join(lines)}\r\n".encode("ascii")
    chunks = [b""]
    for char in text:
        if len(chunks[-1]) + len(char.encode()) > 42:  # 56 letters of base64; 75 are allowed, the name takes 9
            chunks.append(b"")
        chunks[-1] += char.encode()
    words = [f"=?utf-8?b?{base64.b64encode(chunk).decode('ascii')}?=" for chunk in chunks]
    return f"Subject: {CRLF_SPACE.join(words)}\r\n".encode("ascii")


def _standing(delivery: Delivery, who: Envelope, settings: MailSettings) -> dict[str, str]:
    """Headers for programs: threads, lists, auto-responders, our own read-back."""
    payload = delivery.message.payload
    headers = {"X-Delivery-ID": re.sub(r"[^\x21-\x7e]", "", delivery.id)[:200]}
    digest = _digest(payload)
    if digest:  # every week answers one root that never existed, so that programs file the weeks together
        headers["References"] = (
            f"<digest.{_slug(digest[0])}.{_hashed(digest[0], who.recipient.addr_spec)}@{who.domain}>"
        )
        headers["List-ID"] = f"<{_slug(digest[0])}.digest.monazite.{who.domain}>"
    else:
        headers["List-ID"] = f"<{_slug(delivery.target.name)}.alerts.monazite.{who.domain}>"
        root = delivery.root_provider_id or ""
        if delivery.action is Action.THREAD and re.fullmatch(r"<[\x21-\x3b\x3d\x3f-\x7e]{3,200}>", root):
            headers["In-Reply-To"] = headers["References"] = root
    headers |= _unsubscribe(settings)
    return headers | {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def _unsubscribe(settings: MailSettings) -> dict[str, str]:
    ways = [way.strip().strip("<>") for way in clean(settings.unsubscribe).split(",")]
    ways = [way for way in ways if re.fullmatch(r"(mailto:|https://)[\x21-\x3b\x3d\x3f-\x7e]+", way)]
    if not ways:
        return {}
    headers = {"List-Unsubscribe": ", ".join(f"<{way}>" for way in ways)}
    if any(way.startswith("https:") for way in ways):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _digest(payload: Mapping[str, object]) -> tuple[str, str] | None:
    digest = payload.get("digest")
    return (str(digest["team"]), str(digest["week"])) if isinstance(digest, Mapping) else None


def _attachments(payload: Mapping[str, object]) -> list[dict[str, str]]:
    found = payload.get("attachments")
    return [dict(a) for a in found] if isinstance(found, (list, tuple)) else []


def _fix_boundaries(mail: EmailMessage, seed: str) -> None:
    """Boundaries from the id instead of from chance."""
    for index, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=_monazite_{index}_{seed}")


def _slug(text: str) -> str:
    return _SLUG.sub("-", text.lower()).strip("-")[:40] or "team"


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]
