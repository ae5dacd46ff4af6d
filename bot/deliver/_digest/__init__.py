"""Lay a week out as a mail: HTML below 100 kB, its text twin, and the dates ahead as a calendar file.

`render_digest` is pure; the mail channel sends what it returns, one row of the outbox per reader.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.deliver._digest._calendar import calendar
from bot.deliver._digest._week import ROOMS, week_view
from bot.deliver._labels import labels
from bot.deliver._layout import mail_html, text
from bot.deliver._mail_mime import build
from bot.deliver._text import clean
from bot.types.delivery import Action, ChannelTarget, Delivery, DeliveryState, Message
from bot.types.digest import DigestContent
from bot.types.ids import DeliveryId
from bot.types.settings import MailSettings

MAX_BYTES = 100_000  # of HTML; larger mails are cut by some programs


def render_digest(digest: DigestContent, locale: str, zone: str = "UTC") -> Message:
    """The digest for readers of one language.

    Args:
        digest: The week, already narrowed to the reader's sectors.
        locale: Language of the reader; unsupported ones get English.
        zone: IANA name of the reader's time zone.

    Returns:
        A message of kind "email". Its payload holds `digest` (team, week, made_at), from which the mail channel makes
        a Message-ID that is stable per team, week and recipient.
    """
    words = labels(locale, zone)
    for room in ROOMS:
        week = week_view(digest, words, room)
        values = {"words": words, "d": week, **week.frame}
        html = mail_html("digest.html.j2", **values)
        if len(html.encode()) < MAX_BYTES:
            break
    full = week_view(digest, words, ROOMS[0])
    team = clean(digest.team, 80)
    subject = f"{words('digest.title')} {digest.week} · {team}"
    payload: dict[str, object] = {
        "subject": subject,
        "text": text("digest.txt.j2", words=words, d=full, **full.frame),
        "html": html,
        "digest": {"team": team, "week": digest.week, "made_at": digest.made_at.isoformat()},
    }
    if digest.dates:
        body = calendar(digest, words)
        payload["attachments"] = [{"name": f"monazite-{digest.week}.ics", "type": "text/calendar", "text": body}]
    return Message(kind="email", payload=payload, summary=subject)


def write_digest(
    message: Message, out: Path, *, to: str = "reader@localhost", mail: MailSettings | None = None
) -> tuple[Path, ...]:
    """Write a digest to a folder without sending it: digest.html, digest.txt, digest.eml and its calendar.

    Args:
        message: What `render_digest` returned.
        out: Folder; made when it does not exist.
        to: Recipient in the .eml.
        mail: Sender and unsubscribe address of the .eml.

    Returns:
        The files, in that order.

    Raises:
        OSError: The folder cannot be written to.
        ValueError: The message is no digest, or `to` or the sender is no mail address.
    """
    payload = message.payload
    eml = build(_row(message, to), mail or MailSettings()).data
    files = {"digest.html": str(payload["html"]).encode(), "digest.txt": str(payload["text"]).encode()}
    files["digest.eml"] = eml
    attachments = payload.get("attachments")
    for attachment in attachments if isinstance(attachments, list) else []:
        files[str(attachment["name"])] = str(attachment["text"]).encode()
    out.mkdir(parents=True, exist_ok=True)
    paths = tuple(out / name for name in files)
    for path, data in zip(paths, files.values(), strict=True):
        path.write_bytes(data)
    return paths


def _row(message: Message, to: str) -> Delivery:
    digest = message.payload.get("digest")
    if not isinstance(digest, dict):
        raise ValueError("the message is no digest")  # noqa: TRY004  # of the wrong content, not of the wrong type
    made_at = datetime.fromisoformat(digest["made_at"])
    return Delivery(
        id=DeliveryId("preview"),
        target=ChannelTarget(name="preview", kind="email", address=to),
        message=message,
        action=Action.SEND,
        dedupe_key="preview",
        alert_id=None,
        state=DeliveryState.PENDING,
        attempts=0,
        created_at=made_at,
        not_before=made_at,
    )
