"""Keep no more of a text than its source allows, once it has been weighed and its page is settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.parse.excerpt import shortened
from bot.pipeline.rig import Rig
from bot.storage import Transaction
from bot.storage.documents import DocumentState, StoredDocument
from bot.storage.pages import PageState
from bot.types.document import Document
from bot.types.ids import DocumentId
from bot.types.reading import Reading
from bot.types.source import Store


def shorten(rig: Rig, tx: Transaction, stored: StoredDocument) -> None:
    """Shorten a stored text, unless its page is still wanted; to be called where that is decided."""
    if _store(rig, stored) is Store.FULL:
        return
    page = tx.pages.get([stored.document.id]).get(stored.document.id)
    if page is not None and page.state is PageState.WANTED:
        return
    short = _short(rig, stored)
    if short != stored.document:
        tx.documents.shorten(short)


def to_quote(
    rig: Rig, kept: Iterable[StoredDocument]
) -> tuple[Mapping[DocumentId, Reading], Mapping[DocumentId, Document]]:
    """Readings and texts as messages may quote them.

    What will not be kept is not told either; and a text that was replaced and is not read again yet has a reading whose
    offsets mean nothing in it.
    """
    stored = tuple(kept)
    readings = {one.document.id: one.reading for one in stored if one.reading and one.state is not DocumentState.UNREAD}
    return readings, {one.document.id: _short(rig, one) for one in stored}


def _short(rig: Rig, stored: StoredDocument) -> Document:
    return shortened(stored.document, stored.reading, _store(rig, stored))


def _store(rig: Rig, stored: StoredDocument) -> Store:
    source = rig.rulebook.source_by_id.get(stored.document.source_id)
    return source.store if source is not None else Store.FULL
