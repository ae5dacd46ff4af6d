"""What an entry is: an article, a bare headline, or a headline among its siblings."""

from __future__ import annotations

from typing import Any

from bot.parse.identity import recognise
from bot.sources._work import gather
from bot.types.document import Gathered
from bot.types.source import Fetched, ItemIs, KnownItem, Novelty, Request
from tests.fakes import records
from tests.fakes.clock import START

NEWS = "https://news.example.com/rss/articles"


def headline(name: str, title: str, publisher: str) -> str:
    return f'<li><a href="{NEWS}/{name}?oc=5">{title}</a>&nbsp;&nbsp;<font color="#6f6f6f">{publisher}</font></li>'


def entry(name: str, title: str, body: str) -> str:
    escaped = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return (
        f"<item><title>{title}</title><link>{NEWS}/{name}?oc=5</link><guid>{name}</guid>"
        f"<pubDate>Tue, 06 Jan 2026 10:00:00 GMT</pubDate><description>{escaped}</description></item>"
    )


def gathered(*entries: str, item: ItemIs = ItemIs.SIBLINGS) -> Gathered:
    values: dict[str, Any] = {"status": 200, "media_type": "", "charset": None, "complete": True, "fetched_at": START}
    source = records.source("src", kind="feed", item=item)
    found = gather(
        source,
        Fetched(
            request=Request(source_id=source.id, url=source.url),
            final_url=source.url,
            body=f"<rss><channel>{''.join(entries)}</channel></rss>".encode(),
            **values,
        ),
    )
    assert isinstance(found, Gathered), found
    return found


def said(found: Gathered) -> list[tuple[str, str]]:
    return [(document.title, document.text) for document, _ in found.documents]


CURBS = entry(
    "1",
    "China curbs gallium - Reuters",
    f"<ol>{headline('1', 'China curbs gallium', 'Reuters')}{headline('2', 'Tokyo protests', 'Nikkei')}"
    f"{headline('3', 'What gallium is for', 'FT')}"
    f'<li><strong><a href="{NEWS}/all">View full coverage</a></strong></li></ol>',
)


def test_siblings_are_items_beside_the_entry() -> None:
    found = gathered(CURBS)
    assert said(found) == [
        ("China curbs gallium - Reuters", ""),
        ("Tokyo protests - Nikkei", ""),
        ("What gallium is for - FT", ""),
    ]
    assert [document.url for document, _ in found.documents] == [f"{NEWS}/{name}?oc=5" for name in "123"]


def test_a_sibling_of_two_entries_comes_once_and_an_entry_is_nobodys_sibling() -> None:
    other = entry(
        "2",
        "Tokyo protests - Nikkei",
        f"<ol>{headline('2', 'Tokyo protests', 'Nikkei')}{headline('3', 'What gallium is for', 'FT')}</ol>",
    )
    found = gathered(CURBS, other)
    assert [title for title, _ in said(found)] == [
        "China curbs gallium - Reuters",
        "Tokyo protests - Nikkei",
        "What gallium is for - FT",
    ]
    assert found.documents[1][0].published_at is not None, "the entry's own date"


def test_a_sibling_that_becomes_an_entry_stays_the_same_item() -> None:
    first = recognise(gathered(CURBS).documents, ())
    known = [
        KnownItem(
            keys=one.keys,
            document_id=one.document.id,
            content_hash=one.document.content_hash,
            title=one.document.title,
            link=one.document.canonical_url,
            first_seen=one.document.first_seen,
        )
        for one in first
    ]
    later = gathered(entry("2", "Tokyo protests - Nikkei", f"<ol>{headline('2', 'Tokyo protests', 'Nikkei')}</ol>"))
    (again,) = recognise(later.documents, known)
    assert again.novelty is Novelty.SAME
    assert again.document.id == first[1].document.id


def test_a_body_without_links_is_text_whatever_the_source_says() -> None:
    assert said(gathered(entry("1", "Title", "<p>The ministry bans exports.</p>"))) == [
        ("Title", "The ministry bans exports.")
    ]


def test_a_single_link_is_the_entry_itself() -> None:
    body = f'<a href="{NEWS}/1?oc=5">China curbs gallium</a>&nbsp;&nbsp;<font>Reuters</font>'
    assert said(gathered(entry("1", "China curbs gallium - Reuters", body))) == [("China curbs gallium - Reuters", "")]


def test_the_body_of_a_headline_is_no_text() -> None:
    whole = entry("1", "Title", "<p>A long teaser of an article that nobody may quote, by our agreement.</p>")
    assert said(gathered(whole, item=ItemIs.HEADLINE)) == [("Title", "")]
    assert said(gathered(whole, item=ItemIs.ARTICLE))[0][1].startswith("A long teaser")


def test_hostile_bodies_bring_few_siblings() -> None:
    links = "".join(f"<li><a href={NEWS}/{n}>Headline {n}</a><li>" for n in range(4000))
    nested = "<li>" * 3000 + links
    found = gathered(entry("0", "Title", f"<ol>{links}</ol>"), entry("a", "Other", nested))
    assert 30 <= len(found.documents) <= 62
