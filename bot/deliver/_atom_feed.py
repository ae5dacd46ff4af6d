"""The file of an Atom feed (RFC 4287): read it, put an entry in, write it whole or not at all.

The file alone is what is known of the feed: every entry carries the ids of the deliveries that wrote it, so that one
whose sender died can be looked for, and written again without harm.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
AUTHORITY = "tag:monazite.invalid,2026:"  # RFC 4151; nobody is asked under this name
DELIVERY = f"{AUTHORITY}delivery"  # scheme of the categories that name deliveries
BAND = f"{AUTHORITY}band"
NEWEST = 200
KEPT_DELIVERIES = 20  # per entry

ET.register_namespace("", ATOM)


class NotOurFeedError(Exception):
    """The file holds something else, which must not be overwritten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says of itself."""

    path: Path
    name: str  # of the channel
    lang: str  # BCP 47
    newest: int = NEWEST  # entries that are kept


def deliveries(path: Path) -> frozenset[str]:
    """Ids of the deliveries that the file holds; none when there is no file.

    Raises:
        NotOurFeedError: It is no feed.
        OSError: It cannot be read.
    """
    terms = (term for entry in _entries(path) for term in _terms(entry))
    return frozenset(terms)


def put(feed: Feed, entry: Mapping[str, object], delivery_id: str) -> None:
    """Put an entry in, in the place of the one with its id; the same again changes nothing.

    Raises:
        NotOurFeedError: The file is no feed of ours.
        OSError: It cannot be read or written.
    """
    with _locked(feed.path):
        entries = _entries(feed.path)
        if any(delivery_id in _terms(old) for old in entries):
            return
        made = _entry(entry, delivery_id)
        replaced = [old for old in entries if _text(old, "id") == entry["id"]]
        for old in replaced:
            _keep(made, old)
        others = [old for old in entries if old not in replaced]
        newest = sorted([made, *others], key=_updated, reverse=True)[: feed.newest]
        _write(feed.path, _document(feed, newest))


def moment(at: datetime) -> str:
    """A time as RFC 3339 writes it."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _entries(path: Path) -> list[ET.Element]:
    try:
        root = ET.fromstring(path.read_bytes())  # noqa: S314 - we wrote it; expat bounds what entities may do
    except FileNotFoundError:
        return []
    except (ET.ParseError, ValueError) as error:
        raise NotOurFeedError(f"{path} is no feed of ours and is not overwritten; move it away") from error
    if root.tag != f"{{{ATOM}}}feed" or not _text(root, "id").startswith(AUTHORITY):
        raise NotOurFeedError(f"{path} is no feed of ours and is not overwritten; move it away")
    return root.findall(f"{{{ATOM}}}entry")


def _entry(values: Mapping[str, object], delivery_id: str) -> ET.Element:
    made = ET.Element(f"{{{ATOM}}}entry")
    _add(made, "id", str(values["id"]))
    _add(made, "title", str(values["title"]), type="text")
    _add(made, "published", str(values["published"]))
    _add(made, "updated", str(values["updated"]))
    if url := str(values.get("url") or ""):
        _add(made, "link", "", rel="alternate", href=url)
    if band := str(values.get("band") or ""):
        _add(made, "category", "", scheme=BAND, term=band)
    _add(made, "category", "", scheme=DELIVERY, term=delivery_id)
    _add(made, "content", str(values["html"]), type="html")
    return made


def _keep(made: ET.Element, old: ET.Element) -> None:
    """Take over when the entry was first published, and which deliveries wrote it."""
    published = made.find(f"{{{ATOM}}}published")
    if published is not None:
        published.text = _text(old, "published") or published.text
    for term in _terms(old)[-KEPT_DELIVERIES:]:
        _add(made, "category", "", scheme=DELIVERY, term=term)


def _document(feed: Feed, entries: Sequence[ET.Element]) -> bytes:
    root = ET.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": feed.lang})
    _add(root, "id", f"{AUTHORITY}feed/{feed.name}")
    _add(root, "title", f"Monazite: {feed.name}", type="text")
    _add(root, "updated", max(map(_updated, entries)))
    _add(ET.SubElement(root, f"{{{ATOM}}}author"), "name", "Monazite")
    _add(root, "generator", "Monazite")
    root.extend(entries)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()


def _add(above: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(above, f"{{{ATOM}}}{name}", attributes).text = text or None


def _text(above: ET.Element, name: str) -> str:
    return above.findtext(f"{{{ATOM}}}{name}") or ""


def _updated(entry: ET.Element) -> str:
    return _text(entry, "updated")  # all in UTC and of one form, so that they sort as text


def _terms(entry: ET.Element) -> list[str]:
    found = entry.findall(f"{{{ATOM}}}category")
    return [category.get("term", "") for category in found if category.get("scheme") == DELIVERY]


def _write(path: Path, data: bytes) -> None:
    """Beside the file first, then in its place: readers see the old feed or the new one."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)  # a web server reads it
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One writer at a time, whatever the process; the lock of a process that dies is free again."""
    with path.with_name(f".{path.name}.lock").open("a+b") as lock:
        try:
            import fcntl  # noqa: PLC0415 - Unix only
        except ImportError:
            import msvcrt  # noqa: PLC0415 - Windows only

            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
        else:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
