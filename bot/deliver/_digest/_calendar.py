"""The dates ahead as a calendar file (RFC 5545), one all-day entry each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, timedelta

from bot.deliver._digest._week import date_detail
from bot.deliver._labels import Labels
from bot.deliver._text import clean
from bot.types.digest import DateAhead, DigestContent


def calendar(digest: DigestContent, words: Labels) -> str:
    """A VCALENDAR; the id of an entry stays the same from week to week, so that calendars update instead of repeat."""
    stamp = digest.made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Monazite//Digest//EN", "METHOD:PUBLISH"]
    seen: set[str] = set()
    for entry in digest.dates:
        # A date that moves keeps its id, so that calendars move it too; only a second one of its kind needs another.
        seed = f"{entry.story_id}\0{entry.kind.value}"
        seed = f"{seed}\0{entry.day.isoformat()}" if seed in seen else seed
        seen.add(seed)
        lines += _event(entry, seed, stamp, words)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(entry: DateAhead, seed: str, stamp: str, words: Labels) -> list[str]:
    uid = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    what = f"{clean(words.pick(entry.headlines), 200)} ({date_detail(entry, words)})"
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@monazite",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(what)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets, cut between characters (RFC 5545 section 3.1)."""
    piece, used = "", 0
    for char in line:
        size = len(char.encode())
        if used + size > 75:
            yield piece
            piece, used = " ", 1
        piece += char
        used += size
    yield piece
