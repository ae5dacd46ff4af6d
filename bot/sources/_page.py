"""What a child process runs for the page behind an item: the document with the page's own text."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from bot.parse.article import TEXT_LIMIT, Article, article, weight
from bot.parse.content import content_hash
from bot.parse.document import TITLE_LIMIT, headline_of
from bot.parse.domain import domain_of, registrable
from bot.parse.html import html_to_text
from bot.parse.pdf import PdfText, read_pdf
from bot.parse.text import cut
from bot.sources import _kind
from bot.types.document import Completed, Document
from bot.types.levels import Authority
from bot.types.source import Fetched, ParseFailure, Source

_PLAIN = frozenset(("text/plain", "text/markdown"))
_MARKUP = ("html", "xml")


def complete(source: Source, fetched: Fetched, document: Document) -> Completed | ParseFailure:
    """The document of an item with the text of its page, when that says more than the item did.

    A page that has moved to the front page of its site, that is scanned, hidden or no text at all, is a failure with
    its reason. Title and date are the page's only where the item had none.
    """
    if _path(fetched.final_url) == "/" != _path(fetched.request.url):
        return _kind.refuse(source, fetched, "The address leads to the front page of its site: the page is gone.")
    if stranger := _stranger(source, fetched):
        return _kind.refuse(source, fetched, f"The address leads to {stranger}, which does not speak for this source.")
    if fetched.body.startswith(b"%PDF-") or fetched.media_type == "application/pdf":
        return _of_pdf(source, fetched, document)
    if fetched.media_type and not fetched.media_type.endswith(_MARKUP) and fetched.media_type not in _PLAIN:
        return _kind.refuse(source, fetched, f"The page is of the kind {fetched.media_type}, which is not read.")
    if refusal := _kind.unreadable(source, fetched):
        return refusal
    markup = _kind.decoded(source, fetched)[0].text
    if fetched.media_type in _PLAIN:
        found: Article | str = Article(text=cut(html_to_text(markup), TEXT_LIMIT), title="", date="")
    else:
        found = article(markup, fetched.final_url, rule=source.page, title=document.title)
    if isinstance(found, str):
        return _kind.refuse(source, fetched, found)
    return _completed(
        document,
        Completed(document=replace(document, text=found.text, pages=()), outcome=found.note),
        title=found.title,
        published_at=_kind.moment(source, found.date),
    )


def _stranger(source: Source, fetched: Fetched) -> str:
    """The domain that an official item's address led to, when it is neither its own nor one of its source; else ""."""
    if source.authority is not Authority.OFFICIAL:
        return ""
    own = {domain_of(fetched.request.url), domain_of(source.url), *map(registrable, source.domains)}
    found = domain_of(fetched.final_url)
    return "" if found in own else found


def _of_pdf(source: Source, fetched: Fetched, document: Document) -> Completed | ParseFailure:
    found: PdfText | str = read_pdf(fetched.body)
    if isinstance(found, str):
        return _kind.refuse(source, fetched, found)
    text = cut(found.text, TEXT_LIMIT)
    note = f"It is a PDF file of {len(found.pages) + found.left_out} pages."
    if missing := found.scanned_pages + found.left_out:
        note = f"{note} {missing} of them are pictures or could not be read."
    pages = tuple(start for start in found.pages if start < len(text))
    return _completed(
        document,
        Completed(document=replace(document, text=text, pages=pages), outcome=note),
        title=found.title,
        published_at=None,
    )


def _completed(before: Document, found: Completed, *, title: str, published_at: datetime | None) -> Completed:
    """The document with what it lacked; the longer text is the better one."""
    after = found.document or before
    if weight(after.text) <= weight(before.text):
        after = replace(after, text=before.text, pages=before.pages)
    if before.title in ("", headline_of(before.text)) and title:
        after = replace(after, title=cut(title, TITLE_LIMIT))
    after = replace(
        after, published_at=before.published_at or published_at, content_hash=content_hash(after.title, after.text)
    )
    said = (
        "The page says no more than the item does."
        if after.text == before.text
        else f"The page was read: {len(after.text):,} characters."
    )
    outcome = " ".join(filter(None, (said, found.outcome)))
    changed = (after.text, after.title, after.published_at) != (before.text, before.title, before.published_at)
    return Completed(document=after if changed else None, outcome=outcome)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return "/" if parts.path in ("", "/") and not parts.query else parts.path
