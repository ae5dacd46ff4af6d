"""Lists whose change is the news: end-user lists, entity lists, control lists, as a page or as a file."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urldefrag

from bot.parse.content import digest
from bot.parse.document import plain_title
from bot.parse.text import cut as shortened
from bot.sources import _entries, _kind, _versions
from bot.sources._list_words import words_for
from bot.sources._versions import MAX_ENTRIES, Difference, Entry, Remembered
from bot.types.ports import SourceKind
from bot.types.source import Fetched, Harvest, Item, ParseFailure, Request, Source, SourceState

_READING = "1"  # raise it when lists are cut into entries in another way: all would look changed
_OWN = ("row", "cells", "key", "ignore", "title", "csv", "edition")
_READ_BY = ("row", "cells", "key", "ignore", "csv", "edition", "charset")
_LEAST = 2  # entries of a list
_GONE = 0.5  # of the entries missing at once: no ordinary change
_SMALL = 4  # entries up to which half of them may go in an ordinary change
_STRANGE = 0.1  # of the entries that are left may be new when the others were struck off
_LISTED = 100  # entries that are named in each part of an item
_SHOWN = 300  # characters of each


class DocumentKind:
    """A page or file that is one list; every change of its entries is one item, told in the language of the source.

    Options: `row`, a selector of one entry on a web page (default: every line of its text); `cells`, which cells of a
    row count, and `key`, which of them name an entry, as numbers from 1 or by the names in the table's head; `ignore`,
    pieces of text whose entries are left out ("last updated"); `title`, what the list is called; `csv: true` for CSV
    files that do not say what they are; `edition`, any text: to change it starts over from the list as it is.
    """

    name = "document"

    def options(self, raw: Mapping[str, object]) -> Mapping[str, object]:
        """Check own and shared options.

        Raises:
            ValueError: An option cannot be used.
        """
        found = _kind.known_options(raw, _OWN)
        _kind.selector(found, "row")
        for name in ("title", "edition"):
            _kind.words(found, name)
        for name in ("cells", "key", "ignore"):
            if name in found:
                found[name] = list(_kind.several(found, name))
            if name != "ignore" and "0" in _kind.several(found, name):
                raise ValueError(f"option {name!r} counts cells from 1")
        if "csv" in found:
            found["csv"] = _kind.flag(found, "csv")
        return found

    def requests(self, source: Source, state: SourceState, *, now: datetime) -> tuple[Request, ...]:
        """One conditional request."""
        return _kind.request(source, state, now=now)

    def older(self, source: Source, page: int, *, now: datetime) -> Request | None:  # noqa: ARG002
        """Nothing older: a list is whole."""
        return None

    def items(self, source: Source, fetched: Fetched, memory: str = "") -> Harvest | ParseFailure:
        """What changed since the version that is remembered; nothing when there is none, or when nothing changed."""
        if not fetched.complete:
            return _kind.refuse(source, fetched, "The answer was cut off, and half a list cannot be compared.")
        found = _entries.cut(source, fetched)
        listed = found if isinstance(found, str) else _entries.entries(source, found.rows)
        if isinstance(found, str) or isinstance(listed, str):
            return _kind.refuse(source, fetched, str(listed))
        least = max(source.min_items, _LEAST)
        if not least <= len(listed) <= MAX_ENTRIES:
            return _kind.refuse(source, fetched, _why_no_list(len(listed), least))
        now = Remembered(entries=tuple(listed), reading=_reading(source))
        before = _versions.read(memory)
        if before is None or before.reading != now.reading:
            return Harvest(items=(), salvage=found.steps, memory=_versions.write(now), shown=len(listed))
        return _compared(source, fetched, found, before, now)


def _compared(
    source: Source, fetched: Fetched, found: _entries.Cut, before: Remembered, now: Remembered
) -> Harvest | ParseFailure:
    """One item when the list changed; a refusal when so much of it is gone that it may be a mishap."""
    change = _versions.difference(before.entries, now.entries)
    this = _versions.version(now.entries)
    if doubt := _doubt(change, before, now):
        struck_off = len(change.added) <= _STRANGE * len(now.entries)
        if not struck_off or before.waiting != this:
            waiting = _versions.write(
                Remembered(entries=before.entries, reading=before.reading, waiting=this if struck_off else "")
            )
            return ParseFailure(source_id=source.id, url=fetched.final_url, message=doubt, memory=waiting)
    sizes = f"{len(before.entries)} → {len(now.entries)}"
    items = (_item(source, fetched, found.title, change, this, sizes),) if any(change) else ()
    # A memory that waits for nothing and has not changed is not written again.
    memory = _versions.write(now) if items or before.waiting else None
    return Harvest(items=items, salvage=found.steps, memory=memory, shown=len(now.entries))


def _doubt(change: Difference, before: Remembered, now: Remembered) -> str:
    """One sentence when more of a list is gone than an ordinary change takes, else ""."""
    total, gone = len(before.entries), len(change.removed)
    if total <= _SMALL or gone <= _GONE * total:
        return ""
    if len(change.added) <= _STRANGE * len(now.entries):
        return (
            f"{gone} of {total} entries are gone at once; when the next answer says the same, it is told as a change, "
            "until then it may be a mishap."
        )
    return (
        f"{gone} of {total} entries are gone and {len(change.added)} others are there: the page has another layout, or "
        "the list was written anew; adapt the options, or change 'edition' to start over from the list as it is."
    )


def _item(source: Source, fetched: Fetched, name: str, change: Difference, this: str, sizes: str) -> Item:
    lang, words = words_for(source.languages)
    title = _kind.words(source.options, "title") or name or source.publisher
    counts = zip((words.added, words.removed, words.changed), change, strict=True)
    told = words.comma.join(phrase.format(n=len(part)) for phrase, part in counts if part)
    changed = [
        f"{_shown(before)} → {_shown(after)}" if before.text else _shown(after) for before, after in change.changed
    ]
    parts = (
        (words.added_to, [_shown(entry) for entry in change.added]),
        (words.removed_from, [_shown(entry) for entry in change.removed]),
        (words.changed_in, changed),
    )
    return Item(
        source_id=source.id,
        url=f"{urldefrag(fetched.request.url).url}#version-{this[:12]}",
        title=plain_title(f"{html.escape(title, quote=False)}{words.colon}{told}"),
        body_html="".join(_section(heading, shown, words.more, sizes) for heading, shown in parts if shown),
        guid=f"version-{this}",
        lang_hint=lang,
    )


def _section(heading: str, entries: list[str], more: str, sizes: str) -> str:
    """A heading with its entries; those of which only hashes were kept can only be counted.

    The sizes of the list stand in their place: two such changes with one text would be taken for one item.
    """
    named = [entry for entry in entries if entry][:_LISTED]
    rest = len(entries) - len(named)
    rows = [*named, more.format(n=rest)] if named and rest else named or [sizes]
    listed = "".join(f"<li>{html.escape(row, quote=False)}</li>" for row in rows)
    return f"<p>{html.escape(heading.format(n=len(entries)), quote=False)}</p><ul>{listed}</ul>"


def _shown(entry: Entry) -> str:
    return entry.text if len(entry.text) <= _SHOWN else f"{shortened(entry.text, _SHOWN - 1)}…"


def _reading(source: Source) -> str:
    """Hash of how a list is read; another address or other options may make all entries look changed."""
    return digest(_READING, source.url, *(f"{name}={source.options.get(name)!r}" for name in _READ_BY))


def _why_no_list(found: int, least: int) -> str:
    if found > MAX_ENTRIES:
        return f"The list has {found} entries; more than {MAX_ENTRIES} are not compared."
    return f"Only {found} entries where at least {least} are expected: another page, or another layout."


SOURCE_KIND: SourceKind = DocumentKind()
