"""The document of an item with the text of its page: HTML, PDF or plain, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from bot.parse.content import content_hash
from bot.parse.html import html_to_text
from bot.sources._page import complete
from bot.types.document import Completed, Document
from bot.types.levels import Authority
from bot.types.source import Fetched, PageRule, ParseFailure, Request
from tests.fakes import pdf, records, rules

SENTENCES = "The ministry bans the export of gallium to Japan. The ban holds from the first of February 2026."
HTML = (
    f"<html><head><title>A ban | Site</title></head><body><main><h1>A ban</h1><p>{SENTENCES}</p></main></body></html>"
)
URL = "https://src.example.org/2026/a.html"


def fetched(body: bytes, media_type: str = "text/html", *, url: str = URL, final: str = "", **fields: Any) -> Fetched:
    request = Request(source_id=records.source().id, url=url)
    values: dict[str, Any] = {
        "request": request, "final_url": final or url, "status": 200, "media_type": media_type, "charset": None,
        "body": body, "complete": True, "fetched_at": rules.NOON,
    }  # fmt: skip
    return Fetched(**values | fields)


def completed(answer: Fetched, document: Document | None = None, **fields: Any) -> Completed:
    found = complete(records.source(**fields), answer, document or rules.document("d", "A ban"))
    assert isinstance(found, Completed), found
    return found


def refused(answer: Fetched) -> str:
    found = complete(records.source(), answer, rules.document("d", "A ban"))
    assert isinstance(found, ParseFailure)
    return found.message


def test_a_page_replaces_the_summary_and_nothing_else() -> None:
    before = rules.document("d", "A ban", "A short summary …")
    found = completed(fetched(HTML.encode()), before)
    after = found.document
    assert after is not None
    assert (after.id, after.title, after.url, after.published_at) == (before.id, before.title, before.url, rules.NOON)
    assert after.text == SENTENCES
    assert after.content_hash == content_hash(after.title, after.text)
    assert found.outcome == f"The page was read: {len(SENTENCES)} characters."


def test_title_and_date_are_the_pages_where_the_item_had_none() -> None:
    page = HTML.replace("<h1>", '<meta property="og:title" content="A ban on gallium"><h1>').replace(
        "<p>", '<time datetime="2026-01-05T10:00:00+08:00">Monday</time><p>', 1
    )
    text = "Says the ministry"
    after = completed(fetched(page.encode()), rules.document("d", text, text, published_at=None)).document
    assert after is not None
    assert after.title == "A ban on gallium"
    assert after.published_at is not None
    assert after.published_at.isoformat() == "2026-01-05T02:00:00+00:00"


def test_a_page_that_says_no_more_leaves_the_item_as_it_is() -> None:
    before = rules.document("d", "A ban", SENTENCES + " And much more than that, in the feed alone.")
    found = completed(fetched(HTML.encode()), before)
    assert found.document is None
    assert found.outcome == "The page says no more than the item does."


def test_a_selector_that_finds_nothing_is_told_and_the_page_read_all_the_same() -> None:
    found = completed(fetched(HTML.encode()), page=PageRule(text="div.gone"))
    assert found.document is not None
    assert "'div.gone' of its source finds no text" in found.outcome


def test_text_is_cleaned_like_that_of_feeds() -> None:
    odd = SENTENCES.replace("export", "ex\u00adport").replace("Japan", "Ｊａｐａｎ\u200b")
    after = completed(fetched(HTML.replace(SENTENCES, odd).encode())).document
    assert after is not None
    assert after.text == html_to_text(odd) == SENTENCES


def test_a_pdf_keeps_where_its_pages_begin() -> None:
    answer = fetched(pdf.pdf((SENTENCES,), ("Annex: gallium nitride wafers.",)), "application/pdf")
    found = completed(answer)
    after = found.document
    assert after is not None
    assert [after.text[start:][:5] for start in after.pages] == ["The m", "Annex"]
    assert "a PDF file of 2 pages" in found.outcome


def test_a_partly_scanned_pdf_says_what_is_missing() -> None:
    found = completed(fetched(pdf.pdf((SENTENCES,), pdf.PICTURE), "application/octet-stream"))
    assert "1 of them are pictures" in found.outcome


def test_a_scanned_pdf_is_said_aloud() -> None:
    assert "scanned" in refused(fetched(pdf.pdf(pdf.PICTURE), "application/pdf"))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (fetched(b"\xff\xd8\xff", "image/jpeg"), "image/jpeg"),
        (fetched(b"PK\x03\x04rest", "text/html"), "ZIP"),
        (fetched(b" \n", "text/html"), "empty"),
        (fetched(HTML.encode(), final="https://src.example.org/"), "front page"),
        (fetched(b"<html><body><noscript>Please enable JavaScript.</noscript></body></html>"), "scripts"),
    ],
)
def test_what_holds_no_article_is_refused_with_its_reason(answer: Fetched, reason: str) -> None:
    assert reason in refused(answer)


def test_plain_text_is_text() -> None:
    after = completed(fetched(SENTENCES.encode(), "text/plain")).document
    assert after is not None
    assert after.text == SENTENCES


@pytest.mark.parametrize("body", ["<div>" * 3000 + SENTENCES, "<p>" * 5000 + "<a href=x>", "<" * 20000, "&#" * 9000])
def test_hostile_markup_comes_to_an_end(body: str) -> None:
    found = complete(records.source(), fetched(body.encode()), rules.document("d", "A ban"))
    assert isinstance(found, (Completed, ParseFailure))


def test_no_other_domain_speaks_for_an_official_source() -> None:
    away = fetched(HTML.encode(), final="https://elsewhere.example/2026/a.html")
    assert "elsewhere.example" in refused(away)
    assert completed(away, domains=("elsewhere.example",)).document is not None
    assert completed(away, authority=Authority.PRESS).document is not None
    assert completed(fetched(HTML.encode(), final="https://www.example.org/a.html")).document is not None
