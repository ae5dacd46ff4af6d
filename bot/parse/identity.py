"""Say which item is which, across polls, edits and feeds that do not keep their identifiers.

Every item is known by keys, looked up per source:

    g:  GUID of the entry
    l:  canonical link without scheme, www. and trailing slash
    t:  letters and digits of the title
    h:  content hash (title and text)
    n:  all that names an entry together: GUID, link and title, or title, date and text where there is neither

Storage keeps one `KnownItem` per item with all keys that it ever had, and hands `recognise` every known item of the
source that shares at least one key with the new documents: no other known item can matter. No date is ever looked at,
since sources date items into the future, to 1970, or not at all.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import IntFlag

from bot.parse.content import digest
from bot.parse.text import fold
from bot.parse.url import link_key
from bot.types.document import Document, Recognised
from bot.types.source import Item, KnownItem, Novelty

Keyed = tuple[Document, tuple[str, ...]]

_MOST_KEYS = 64  # per item, newest first: an entry rewritten every hour must not grow without end
_TELLING_TITLE = 6  # letters and digits from which on a title names an item
_TELLING_TEXT = 80  # letters and digits from which on equal texts are the same text by more than chance
_ALIKE = 0.6  # Jaccard index of letter pairs from which on two titles are versions of one
_BULK = 0.5  # share of a body known by link or title, from which on its new GUIDs are new names for old items
_DIGITS = re.compile(r"\d+")


class _Agree(IntFlag):
    """What a document and a known item have in common; the sum ranks pairs."""

    CONTENT = 1  # title and text
    TITLE = 2
    LINK = 4
    GUID = 8
    NAME = 16


_KINDS = {"h": _Agree.CONTENT, "t": _Agree.TITLE, "l": _Agree.LINK, "g": _Agree.GUID, "n": _Agree.NAME}
_SHAREABLE = _Agree.GUID | _Agree.LINK | _Agree.TITLE
_BOTH = _Agree.LINK | _Agree.TITLE


def keys_of(item: Item, document: Document) -> tuple[str, ...]:
    """The keys under which an item is known, most telling first."""
    keys = [f"n:{document.id}"]
    link, title = link_key(document.canonical_url), fold(document.title)
    if item.guid:
        keys.append(f"g:{digest(item.guid)}")
    if link:
        keys.append(f"l:{digest(link)}")
    if len(title) >= _TELLING_TITLE:
        keys.append(f"t:{digest(title)}")
    keys.append(f"h:{document.content_hash}")
    return tuple(keys)


def recognise(documents: Sequence[Keyed], known: Sequence[KnownItem]) -> tuple[Recognised, ...]:
    """Tell new items from known ones.

    Entries that the body holds twice come out once. A known item keeps its document id and the moment it was first
    seen, whatever changed since.

    Args:
        documents: The documents of one body with their keys, in the order of the body.
        known: All known items of the same source that share a key with any of them.

    Returns:
        One record per distinct item, in the order of the body. An item is NEW, SAME, EDITED (another text than ever
        before) or RENAMED (known, under a new GUID).
    """
    distinct = _without_repeats(documents)
    matching = _Matching(distinct, known)
    return tuple(_recognised(keyed, *matching.of(number)) for number, keyed in enumerate(distinct))


def _recognised(keyed: Keyed, known: KnownItem | None, agree: _Agree) -> Recognised:
    document, keys = keyed
    if known is None:
        return Recognised(document=document, keys=keys, novelty=Novelty.NEW)
    merged = tuple(dict.fromkeys((*keys, *known.keys)))[:_MOST_KEYS]
    document = dataclasses.replace(document, id=known.document_id, first_seen=known.first_seen)
    if _renamed(keys, known, agree):
        novelty = Novelty.RENAMED
    elif document.content_hash == known.content_hash or f"h:{document.content_hash}" in known.keys:
        novelty = Novelty.SAME  # also when an old version comes back from a stale replica
    else:
        novelty = Novelty.EDITED
    return Recognised(document=document, keys=merged, novelty=novelty, known=known)


def _renamed(keys: Iterable[str], known: KnownItem, agree: _Agree) -> bool:
    return _Agree.GUID not in agree and _has(keys, "g:") and _has(known.keys, "g:")


def _has(keys: Iterable[str], prefix: str) -> bool:
    return any(key.startswith(prefix) for key in keys)


def _key(keys: Iterable[str], prefix: str) -> str:
    return next((key for key in keys if key.startswith(prefix)), "")


def _without_repeats(documents: Sequence[Keyed]) -> list[Keyed]:
    """Every item once: the first of those that agree in GUID and link or title, or in link, title and text."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for document, keys in documents:
        guid, link, title, text = (_key(keys, prefix) for prefix in ("g:", "l:", "t:", "h:"))
        names: list[tuple[str, ...]] = [("id", document.id)]
        if guid and link:
            names.append((guid, link))
        if guid and title:
            names.append((guid, title))
        if link and title:
            names.append((link, title, text) if guid else (link, title))
            names.append((link, title, text))
        if not seen.intersection(names):
            kept.append((document, keys))
        seen.update(names)
    return kept


class _Matching:
    """Which document is which known item; each known item is one document at most."""

    def __init__(self, documents: Sequence[Keyed], known: Sequence[KnownItem]) -> None:
        self._documents = documents
        self._known = known
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for number, item in enumerate(known):
            for key in item.keys:
                self._by_key[key].append(number)
        mine = Counter(key for _, keys in documents for key in keys)
        # A key that several items share at one time (a link to the front page, "Press release") names none of them.
        self._shared = {key for key in mine if mine[key] > 1 or len(self._by_key.get(key, ())) > 1}
        self._found: dict[int, tuple[KnownItem, _Agree]] = {}
        self._taken: set[int] = set()
        pairs = [pair for number in range(len(documents)) for pair in self._pairs(number)]
        self._assign(pair for pair in pairs if self._is_same(*pair))
        self._assign(self._bulk([pair for pair in pairs if pair[0] not in self._found and pair[1] not in self._taken]))

    def of(self, number: int) -> tuple[KnownItem | None, _Agree]:
        """The known item that a document is, and what they agree in."""
        return self._found.get(number, (None, _Agree(0)))

    def _pairs(self, number: int) -> Iterator[tuple[int, int, _Agree]]:
        agreed: dict[int, _Agree] = defaultdict(lambda: _Agree(0))
        for key in self._documents[number][1]:
            for other in self._by_key.get(key, ()):
                agreed[other] |= _KINDS[key[0]]
        yield from ((number, other, agree) for other, agree in agreed.items())

    def _assign(self, pairs: Iterable[tuple[int, int, _Agree]]) -> None:
        for number, other, agree in sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])):
            if number not in self._found and other not in self._taken:
                self._found[number] = (self._known[other], agree)
                self._taken.add(other)

    def _telling(self, number: int, agree: _Agree) -> _Agree:
        """What they agree in, without keys that several items share."""
        for key in self._documents[number][1]:
            if key in self._shared:
                agree &= ~(_KINDS[key[0]] & _SHAREABLE)
        return agree

    def _is_same(self, number: int, other: int, agree: _Agree) -> bool:
        """Whether this pair alone is proof enough."""
        document, keys = self._documents[number]
        known = self._known[other]
        telling = self._telling(number, agree)
        if agree & _Agree.NAME:
            return True
        if agree & _Agree.GUID:
            if agree & _BOTH and telling & ~_Agree.CONTENT:
                return True
            both_linked = _has(keys, "l:") and _has(known.keys, "l:")
            return bool(telling & _Agree.GUID) and not both_linked and _alike(document.title, known.title)
        if _renamed(keys, known, agree):
            weighty = len(fold(document.text)) >= _TELLING_TEXT
            return bool(agree & _Agree.CONTENT) and (telling & _BOTH == _BOTH or (weighty and bool(telling & _BOTH)))
        return bool(telling & _Agree.LINK or (telling & _Agree.TITLE and agree & _Agree.CONTENT))

    def _bulk(self, pairs: Sequence[tuple[int, int, _Agree]]) -> Sequence[tuple[int, int, _Agree]]:
        """The pairs that count when a feed gave all its entries new GUIDs; none when it did not."""
        loose = [
            (number, other, agree)
            for number, other, agree in pairs
            if self._telling(number, agree) & _BOTH and self._is_renamed(number, self._known[other], agree)
        ]
        renamed = {number for number, _, _ in loose}
        renamed |= {number for number, found in self._found.items() if self._is_renamed(number, *found)}
        return loose if len(renamed) >= 2 and len(renamed) >= _BULK * len(self._documents) else ()

    def _is_renamed(self, number: int, known: KnownItem, agree: _Agree) -> bool:
        return _renamed(self._documents[number][1], known, agree)


def _alike(one: str, other: str) -> bool:
    """Whether two titles are versions of one: most letter pairs in common, and every number."""
    a, b = fold(one), fold(other)
    if sorted(_DIGITS.findall(a)) != sorted(_DIGITS.findall(b)):
        return False
    pairs_a, pairs_b = {a[i : i + 2] for i in range(len(a) - 1)}, {b[i : i + 2] for i in range(len(b) - 1)}
    union = len(pairs_a | pairs_b)
    return bool(union) and len(pairs_a & pairs_b) / union >= _ALIKE
