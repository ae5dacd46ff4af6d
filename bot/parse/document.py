"""An item as a document: clean text under caps, one canonical address, a stable name."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.parse.content import content_hash, digest
from bot.parse.html import Markup, scan
from bot.parse.text import cut, fold, one_line
from bot.parse.url import canonical_url, link_key
from bot.types.document import Document
from bot.types.ids import DocumentId
from bot.types.source import Item, Source

TITLE_LIMIT = 1_000  # characters
BODY_LIMIT = 200_000  # characters of markup, before cleaning

_LIST_LINKS = 3  # from this many links on, a body made of links is a list of headlines
_LIST_SHARE = 0.6  # of its characters inside links
_ECHO_REST = 60  # characters beside the title (a publisher's name, "read more") that make no text of a title


def document(item: Item, source: Source, *, first_seen: datetime) -> Document:
    """The document of one item.

    A body that says no more than the title (aggregators put the headline and the publisher there) or that lists the
    headlines of other articles is no text of this item: its words would be credited to the wrong document.

    Args:
        item: As its source delivered it.
        source: Where it comes from.
        first_seen: When we first saw it; aware. `recognise` replaces it for items that are known.
    """
    title = cut(one_line(item.title), TITLE_LIMIT)
    text = _text_of(item.body_html[:BODY_LIMIT], title)
    if not title:
        title = headline_of(text)
    canonical = canonical_url(item.url)
    return Document(
        id=_name(item, link_key(canonical), title, text),
        source_id=source.id,
        publisher=source.publisher,
        authority=source.authority,
        jurisdiction=source.jurisdiction,
        url=item.url,
        canonical_url=canonical,
        title=title,
        text=text,
        first_seen=first_seen.astimezone(UTC),
        content_hash=content_hash(title, text),
        published_at=_utc(item.published_at or item.updated_at),
        lang_hint=item.lang_hint,
        languages=source.languages,
    )


def plain_title(markup: str) -> str:
    """A title that may hold markup as plain text on one line, at most `TITLE_LIMIT` characters; for `sources`."""
    title = one_line(markup[: 8 * TITLE_LIMIT])
    if len(title) > 4 * TITLE_LIMIT:
        title = title[: 4 * TITLE_LIMIT].rpartition("<")[0] or title[: 4 * TITLE_LIMIT]
    if "<" in title or "&" in title:
        title = one_line(scan(title).text)
    return cut(title, TITLE_LIMIT)


def headline_of(text: str) -> str:
    """A title for an item that has none: the first line of its text, cut at a word."""
    line = text.partition("\n")[0]
    return line if len(line) <= 120 else f"{cut(line, 119).rstrip()}…"


def _text_of(body: str, title: str) -> str:
    if not body.strip():
        return ""
    markup = scan(body)
    if _is_headline_list(markup) or _is_echo(markup, title):
        return ""
    return markup.text


def _is_headline_list(markup: Markup) -> bool:
    return markup.links >= _LIST_LINKS and markup.link_share >= _LIST_SHARE


def _is_echo(markup: Markup, title: str) -> bool:
    """True for a body that repeats the title and adds no more than a name."""
    if not title or len(markup.text) > len(title) + _ECHO_REST:
        return False
    whole, head = fold(markup.text), fold(title)
    # Aggregators append " - Publisher" to the title; the body then repeats the part before it.
    parts = (head, fold(title.rpartition(" - ")[0]))
    return whole == head or (markup.link_share > 0.5 and any(p and whole.startswith(p) for p in parts))


def _name(item: Item, link: str, title: str, text: str) -> DocumentId:
    """A name that no other item of the source bears, whatever its GUIDs are worth.

    GUID, link and title together, since some feeds give one GUID to all their entries; title, date and text where
    there is neither GUID nor link. A title edited later changes this name: `recognise` then carries the first one on.
    """
    if item.guid or link:
        return DocumentId(digest(item.source_id, "named", item.guid or "", link, fold(title)))
    date = item.published_at.isoformat() if item.published_at else ""
    return DocumentId(digest(item.source_id, "unnamed", fold(title), date, fold(text)))


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment is not None else None
