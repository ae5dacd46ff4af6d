"""Make documents of texts that people hand in: test cases of rule files, or a sentence to be explained."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time
from itertools import pairwise

from bot.parse.text import normalise
from bot.types.document import Document
from bot.types.ids import DocumentId, SourceId
from bot.types.levels import Authority
from bot.types.rules import MarkedText

# Test texts that name no day are read as of this one, so that they do not grow old with the calendar.
UNDATED = datetime(2026, 1, 15, 12, tzinfo=UTC)


def text_document(
    text: str,
    *,
    title: str | None = None,
    authority: Authority = Authority.UNKNOWN,
    jurisdiction: str = "",
    published: datetime | None = None,
    lang: str | None = None,
) -> Document:
    """A document as `parse` would make it.

    Without a title, the first paragraph of the text is the title: feeds often carry no more.

    Args:
        text: The text; offsets of the reading hold for its normalised form.
        title: Title above it.
        authority: Who says so.
        jurisdiction: Home of the source.
        published: Aware; the fixed day of undated texts unless given.
        lang: What to expect; the reader may still see otherwise.
    """
    if title is None:
        title, _, text = normalise(text).partition("\n\n")
    title, text = normalise(title), normalise(text)
    moment = published or UNDATED
    content = hashlib.blake2b(f"{title}\n\n{text}".encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    return Document(
        id=DocumentId(f"text-{content}"),
        source_id=SourceId(""),
        publisher="",
        authority=authority,
        jurisdiction=jurisdiction,
        url="",
        canonical_url="",
        title=title,
        text=text,
        first_seen=moment,
        content_hash=f"1:{content}",
        published_at=moment,
        lang_hint=lang,
        languages=(lang,) if lang else (),
    )


def case_document(case: MarkedText) -> tuple[Document, tuple[tuple[int, int, str], ...]]:
    """A test case as a document, and its marks as offsets into `Document.full`."""
    text, marks = _normal(case)
    published = datetime.combine(case.published, time(12), UTC) if isinstance(case.published, date) else None
    document = text_document(
        text,
        title=case.title,
        authority=Authority(case.source),
        jurisdiction=case.jurisdiction,
        published=published,
        lang=case.lang,
    )
    shift = len(document.title) + 2 if case.title is not None else 0
    return document, tuple((start + shift, end + shift, concept) for start, end, concept in marks)


def _normal(case: MarkedText) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """The normalised text with its marks moved along; normalising may take characters out."""
    cuts = sorted({0, len(case.text), *(edge for start, end, _ in case.marks for edge in (start, end))})
    moved, pieces, length = {0: 0}, [], 0
    for start, end in pairwise(cuts):
        piece = normalise(case.text[start:end])
        pieces.append(piece)
        length += len(piece)
        moved[end] = length
    return "".join(pieces), tuple((moved[start], moved[end], concept) for start, end, concept in case.marks)
