"""A text, clean and dated, as everything after `parse` sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.types.ids import DocumentId, SourceId
from bot.types.levels import Authority, Zone
from bot.types.source import KnownItem, Novelty

LEAD_CHARS = 400  # the lead is the first paragraph, at most this long


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One item as text. Made by parse.

    `title` and `text` are normalised (see bot/parse/text.py): stored, shown and quoted as they are. All offsets in
    the system point into `full`.
    """

    id: DocumentId
    source_id: SourceId
    publisher: str
    authority: Authority
    jurisdiction: str  # of the source; ISO 3166 alpha-2, EU, WTO, INT or ""
    url: str  # as delivered
    canonical_url: str  # without tracking parts; "" when there is none
    title: str
    text: str  # paragraphs parted by a blank line; "" for titles only
    first_seen: datetime  # aware
    content_hash: str  # versioned: "1:..."
    published_at: datetime | None = None  # aware, as the source claims
    lang_hint: str | None = None
    languages: tuple[str, ...] = ()  # of the source, a prior
    pages: tuple[int, ...] = ()  # offsets in `text` at which the pages of a PDF begin; () when it has none
    doubt: str = ""  # why this may not come from whom it claims, one sentence; "" when nothing speaks against it

    @property
    def full(self) -> str:
        """Title, a blank line, text: the string into which all offsets point."""
        return f"{self.title}\n\n{self.text}"

    @property
    def dated(self) -> datetime:
        """The day the text speaks from: its own date, but never later than the day we saw it."""
        if self.published_at is None or self.published_at > self.first_seen:
            return self.first_seen
        return self.published_at

    def zone_at(self, offset: int) -> Zone:
        """Zone of a position in `full`."""
        if offset < len(self.title):
            return Zone.TITLE
        end_of_lead = self.text.find("\n\n", 0, LEAD_CHARS + 2)
        if end_of_lead < 0 or end_of_lead > LEAD_CHARS:
            end_of_lead = LEAD_CHARS
        return Zone.LEAD if offset - len(self.title) - 2 < end_of_lead else Zone.BODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """An item as a document, and whether we knew it. Made by parse."""

    document: Document
    keys: tuple[str, ...]  # under which the item will be known from now on
    novelty: Novelty
    known: KnownItem | None = None  # the earlier item when novelty is not NEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The documents of one answer, each with the keys of its item. Made by sources in a child process."""

    documents: tuple[tuple[Document, tuple[str, ...]], ...]
    salvage: tuple[str, ...] = ()  # steps that were needed to read a broken body, in order
    dropped: int = 0  # entries that could not be read at all
    memory: str | None = None  # see `Harvest.memory`
    generator: str = ""  # see `Harvest.generator`
