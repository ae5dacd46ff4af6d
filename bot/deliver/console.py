"""Console: alerts as boxes of text on a terminal, or at the end of a file.

Payload: `rows`, a list of [indent, text], `band` and `id`. Address: stdout, stderr, or the path of a file.
Provider id: the delivery id, which stands in the box.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from bot.deliver._box import box
from bot.deliver._labels import Labels
from bot.deliver._list import list_view
from bot.deliver._target import check_options, words_for
from bot.deliver._text import clean
from bot.deliver._view import Room, View, cared, view
from bot.types.delivery import Action, Alert, ChannelTarget, Delivery, Message, Outcome, Receipt
from bot.types.ports import Channel, Sender
from bot.types.settings import Settings

STREAMS = ("stdout", "stderr")
FILE_WIDTH = 100
ROOM = Room(sectors=6, reasons=6, reason=120, quote=300, sources=5)
_COLOURS = {"urgent": "\x1b[1;31m", "alert": "\x1b[1;33m", "digest": "\x1b[1;34m"}


class ConsoleChannel:
    """See the module."""

    name = "console"

    def check(self, target: ChannelTarget) -> None:
        """Refuse folders and files in folders that do not exist."""
        check_options(target, ())
        if target.address in STREAMS:
            return
        path = Path(target.address)
        if not target.address or path.is_dir() or not path.parent.is_dir():
            message = f"{target.address!r} cannot be written to; write stdout, stderr or a file in an existing folder"
            raise ValueError(f"channel {target.name}: {message}")

    def render(self, alert: Alert, target: ChannelTarget) -> Message:
        """The box of an alert."""
        words = words_for(target)
        seen = view(alert, words, ROOM)
        return _message(list(_rows(seen, words)), seen.band.value, f"{seen.severity}: {seen.headline}")

    def render_change(self, alert: Alert, target: ChannelTarget) -> Message | None:  # noqa: ARG002  # the port's form
        """None: the box of the edit follows anyway, and says the same."""
        return None

    def render_list(self, alerts: Sequence[Alert], target: ChannelTarget) -> Message:
        """A box with a line per story, and its address below."""
        seen = list_view(alerts, words_for(target))
        rows = [("", seen.title)]
        for line in seen.lines:
            rows += [("• ", line.text), *([("    ", line.url)] if line.url else [])]
        return _message([*rows, *([("", seen.more)] if seen.more else [])], "alert", seen.title)

    def render_notice(self, title: str, lines: Sequence[str], target: ChannelTarget) -> Message:
        """A box of the bot about itself."""
        heading = clean(title, 150) or words_for(target)("notice")
        rows = [("", f"🔧 {heading}"), *(("• ", clean(line, 500)) for line in lines if clean(line))]
        return _message(rows, "notice", heading)

    def connect(self, settings: Settings) -> Sender | str:  # noqa: ARG002  # the port's signature
        """Always open."""
        return ConsoleSender()


class ConsoleSender:
    """Writes to the streams of the process, or those handed in."""

    def __init__(
        self,
        streams: Mapping[str, TextIO] | None = None,
        *,
        width: int | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        """Write somewhere.

        Args:
            streams: By "stdout" and "stderr"; those of the process unless given.
            width: Columns; that of the terminal unless given.
            environ: For NO_COLOR; that of the process unless given.
        """
        self._streams = streams
        self._width = width
        self._environ = os.environ if environ is None else environ

    def send(self, delivery: Delivery) -> Receipt:
        """Write one box, whole or not at all as far as the system allows."""
        address = delivery.target.address
        try:
            if address in STREAMS:
                self._print((self._streams or {"stdout": sys.stdout, "stderr": sys.stderr})[address], delivery)
            else:
                _append(Path(address), _drawn(delivery, self._width or FILE_WIDTH, colour=False))
        except (OSError, ValueError) as error:  # ValueError: the stream was closed
            detail = f"{address} could not be written ({type(error).__name__})"
            return Receipt(outcome=Outcome.NOT_SENT, detail=detail)
        return Receipt(outcome=Outcome.SENT, detail=f"written to {address}", provider_id=delivery.id)

    def find(self, delivery: Delivery) -> Receipt | None:
        """Look into the file; what a terminal showed nobody knows."""
        if delivery.target.address in STREAMS:
            return None
        try:
            written = f"[{delivery.id}]" in Path(delivery.target.address).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            written = False
        except OSError as error:
            return Receipt(outcome=Outcome.AMBIGUOUS, detail=f"the file could not be read ({type(error).__name__})")
        outcome = Outcome.SENT if written else Outcome.NOT_SENT
        return Receipt(outcome=outcome, detail="looked for the delivery id in the file", provider_id=delivery.id)

    def _print(self, stream: TextIO, delivery: Delivery) -> None:
        terminal = stream.isatty()
        width = self._width or (shutil.get_terminal_size().columns if terminal else FILE_WIDTH)
        text = _drawn(delivery, width, colour=terminal and "NO_COLOR" not in self._environ)
        encoding = stream.encoding or "utf-8"
        stream.write(text.encode(encoding, "replace").decode(encoding))
        stream.flush()


def _append(path: Path, text: str) -> None:
    """One write at the end of the file, so that several processes do not mix their boxes."""
    data = text.encode()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        while data:
            data = data[os.write(handle, data) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _message(rows: Sequence[tuple[str, str]], band: str, summary: str) -> Message:
    return Message(kind="console", payload={"rows": [list(row) for row in rows], "band": band}, summary=summary)


def _drawn(delivery: Delivery, width: int, *, colour: bool) -> str:
    payload = delivery.message.payload
    rows = payload["rows"]
    band = str(payload["band"])
    paragraphs = [(str(indent), str(text)) for indent, text in rows] if isinstance(rows, list) else []
    if delivery.action is Action.UPDATE and paragraphs:
        paragraphs[0] = (paragraphs[0][0], f"↻ {paragraphs[0][1]}")
    paragraphs.append(("", f"[{clean(delivery.id)}]"))
    return box(paragraphs, width=width, colour=_COLOURS.get(band, "") if colour else "")


def _rows(seen: View, words: Labels) -> list[tuple[str, str]]:
    rows = [("", f"{seen.emoji} {seen.severity.upper()}  {seen.headline}"), ("", "")]
    if seen.change:
        rows.append(("🔔 ", f"{words('new-here')}: {seen.change}"))
    rows.append(("", " · ".join(seen.facts)))
    rows.append((f"{seen.status_emoji} ", " · ".join((seen.status, *seen.dates))))
    if seen.sectors:
        named = " · ".join(f"{name} {score}" for name, score in seen.sectors)
        rows.append(("", f"{words('exposed')}: {named}" + (f" · {seen.more_sectors}" if seen.more_sectors else "")))
    if seen.limits:
        rows.append(("", f"{words('limits')}: {' · '.join(seen.limits)}"))
    if seen.quote:
        rows.append(("» ", f"“{''.join(text for text, _ in seen.quote)}” [{seen.quote_lang}]"))
    if seen.why:
        rows.append(("", f"{words('why')}:"))
        rows += [("  • ", reason) for reason in seen.why]
    if seen.sources:
        rows.append(("", f"{words('sources')}:"))
        for s in seen.sources:
            host = "" if s.url else s.host  # the address shows its host itself
            rows.append(("  • ", " · ".join(part for part in (s.label, s.authority, s.when, host) if part)))
            rows += [("    ", s.url)] if s.url else []
        rows += [("  • ", seen.more_sources)] if seen.more_sources else []
    if seen.rules:
        rows.append(("", f"{words('rules')}: {', '.join(seen.rules)}"))
    if seen.care:
        rows.append(("", cared(seen.care)))
    return rows


CHANNEL: Channel = ConsoleChannel()
