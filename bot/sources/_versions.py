"""Versions of a list: what is remembered of the last one, and how the next one differs from it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.parse.content import digest

MAX_ENTRIES = 45_000  # their hashes fill a memory
MAX_MEMORY = 2_000_000  # bytes; a longer list is remembered by its hashes


class Entry(NamedTuple):
    """One entry of a list; two with the same mark are the same."""

    mark: str  # hash of its text
    name: str  # hash of what names it; "" when nothing but all of its text does
    text: str  # normalised; "" when only hashes were kept


class Difference(NamedTuple):
    """What one version has and the other has not, each in the order of its list."""

    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[tuple[Entry, Entry], ...]  # entries of one name: as it was, as it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What a source's memory holds."""

    entries: tuple[Entry, ...]
    reading: str  # hash of the options by which they were read: by others, all would look changed
    waiting: str = ""  # version of an answer that may be a mishap, until it is seen again


def entry(text: str, name: str = "") -> Entry:
    """An entry by its normalised text and by what names it."""
    return Entry(digest(text, size=8), digest(name, size=8) if name else "", text)


def version(entries: Iterable[Entry]) -> str:
    """Hash of a list, whatever its order."""
    return digest(*sorted(one.mark for one in entries))


def difference(old: Sequence[Entry], new: Sequence[Entry]) -> Difference:
    """How a list changed; entries that stand in it several times count as often."""
    removed, added = _surplus(old, new), _surplus(new, old)
    waiting: defaultdict[str, list[Entry]] = defaultdict(list)
    for one in reversed(removed):
        if one.name:
            waiting[one.name].append(one)
    changed = [(waiting[one.name].pop(), one) for one in added if waiting.get(one.name)]
    return Difference(
        added=_without(added, (after for _, after in changed)),
        removed=_without(removed, (before for before, _ in changed)),
        changed=tuple(changed),
    )


def write(remembered: Remembered) -> str:
    """A memory as text of at most `MAX_MEMORY` bytes."""
    whole = _written(remembered, [[one.text, one.name] for one in remembered.entries])
    # A list read from hashes has no texts to keep.
    if len(whole.encode()) <= MAX_MEMORY and all(one.text for one in remembered.entries):
        return whole
    return _written(remembered, [[one.mark, one.name] for one in remembered.entries], hashed=True)


def read(memory: str) -> Remembered | None:
    """What a memory holds; None when there is none, or when it was written by another version of this program."""
    try:
        data = json.loads(memory)
        rows = [(str(first), str(name)) for first, name in data["entries"]]
        reading, waiting, hashed = str(data["reading"]), str(data["waiting"]), bool(data["hashed"])
    except (ValueError, TypeError, KeyError):
        return None
    entries = (Entry(t, n, "") if hashed else Entry(digest(t, size=8), n, t) for t, n in rows)
    return Remembered(entries=tuple(entries), reading=reading, waiting=waiting)


def _written(remembered: Remembered, rows: list[list[str]], *, hashed: bool = False) -> str:
    data = {"reading": remembered.reading, "waiting": remembered.waiting, "hashed": hashed, "entries": rows}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _surplus(these: Sequence[Entry], those: Sequence[Entry]) -> list[Entry]:
    return _taken(these, Counter(one.mark for one in these) - Counter(one.mark for one in those))


def _without(these: Sequence[Entry], those: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(_taken(these, Counter(one.mark for one in these) - Counter(one.mark for one in those)))


def _taken(these: Sequence[Entry], wanted: Counter[str]) -> list[Entry]:
    found = []
    for one in these:
        if wanted[one.mark] > 0:
            wanted[one.mark] -= 1
            found.append(one)
    return found
