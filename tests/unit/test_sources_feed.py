"""Feeds keep every good entry however broken the rest is, and never open, fetch or expand anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.sources._work import gather, harvest
from bot.types.document import Gathered
from bot.types.source import Fetched, Harvest, Item, ParseFailure, Request
from tests.fakes import records
from tests.fakes.clock import START

GOOD = "".join(f"<item><title>good {n}</title><guid>g{n}</guid></item>" for n in range(5))
SOURCE = records.source("src", kind="feed", jurisdiction="INT")


def answer(body: str | bytes, **fields: Any) -> Fetched:
    values: dict[str, Any] = {
        "request": Request(source_id=SOURCE.id, url=SOURCE.url),
        "final_url": "https://src.example.org/feeds/all.xml",
        "status": 200,
        "media_type": "application/rss+xml",
        "charset": None,
        "body": body.encode() if isinstance(body, str) else body,
        "complete": True,
        "fetched_at": START,
    }
    return Fetched(**values | fields)


def rss(items: str, head: str = "") -> str:
    return f"{head}<rss version='2.0'><channel><title>t</title>{items}</channel></rss>"


def read(body: str | bytes, **fields: Any) -> Harvest:
    found = harvest(SOURCE, answer(body, **fields))
    assert isinstance(found, Harvest), found
    return found


def one(item: str) -> Item:
    (found,) = read(rss(item)).items
    return found


def test_a_well_formed_feed_needs_no_salvage() -> None:
    found = read(rss(GOOD))
    assert [item.title for item in found.items] == [f"good {n}" for n in range(5)]
    assert [item.guid for item in found.items] == [f"g{n}" for n in range(5)]
    assert (found.salvage, found.dropped) == ((), 0)


@pytest.mark.parametrize(
    ("bad", "step"),
    [
        ("<item><title>x &#xD800;</title></item>", "impossible character references replaced"),
        ("<item><title>x\0</title></item>", "control characters dropped"),
        ("<item><title>R&D &nbsp; x</title></item>", "markup mended"),
        ("<item><title>x < y</title></item>", "markup mended"),
        ("<item><nope:title>x</nope:title><title>x</title></item>", "markup mended"),
        ("<item><title>x</titel></item>", "read with"),
        ("<item><title>x<b></title></item>", "read with feedparser"),
    ],
)
def test_one_bad_entry_costs_none_of_the_good_ones(bad: str, step: str) -> None:
    for items in (GOOD + bad, bad + GOOD):
        found = read(rss(items))
        titles = [item.title for item in found.items]
        assert [title for title in titles if title.startswith("good")] == [f"good {n}" for n in range(5)]
        assert step in "; ".join(found.salvage)
        assert len(titles) == 6


def test_entries_that_make_feedparser_raise_are_read_by_other_means() -> None:
    georss = (
        "<rss version='2.0' xmlns:georss='http://www.georss.org/georss'><channel>" + GOOD
        + "<item><title>x</titel><georss:polygon>1 a</georss:polygon></item>"  # broken, so feedparser gets to see it
    )  # fmt: skip
    titles = [item.title for item in read(georss).items]
    assert titles[:5] == [f"good {n}" for n in range(5)]


def test_half_an_entry_at_the_end_is_left_for_the_next_poll() -> None:
    found = read(rss(GOOD + "<item><title>half a ti").removesuffix("</channel></rss>"))
    assert [item.title for item in found.items] == [f"good {n}" for n in range(5)]
    assert found.dropped == 1


def test_entries_of_a_dialect_are_left_to_feedparser() -> None:
    cdf = "<CHANNEL><ITEM HREF='https://e.org/1'><TITLE>Old form</TITLE></ITEM></CHANNEL>"
    (item,) = read(cdf).items
    assert (item.title, item.url) == ("Old form", "https://e.org/1")


def test_a_body_is_never_taken_for_a_file_name(tmp_path: Path) -> None:
    feed = tmp_path / "secret.xml"
    feed.write_text(rss("<item><title>SENTINEL</title></item>"))
    for name in (str(feed), feed.as_uri()):
        found = harvest(SOURCE, answer(name))
        assert isinstance(found, ParseFailure)
        assert "SENTINEL" not in repr(found)


def test_entities_are_neither_read_nor_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SENTINEL")
    laughs = "<!ENTITY l0 'lol'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    for subset, reference in ((f"<!ENTITY a SYSTEM '{secret.as_uri()}'>", "&a;"), (laughs, "&l9;")):
        body = rss(f"{GOOD}<item><title>[{reference}]</title></item>", f"<!DOCTYPE rss [{subset}]>")
        found = read(body)
        assert len(found.items) == 6
        assert "SENTINEL" not in repr(found)
        assert len(found.items[5].title) < 20


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>https://e.org/1</link>", "https://e.org/1"),
        ("<link> /news/1 </link>", "https://src.example.org/news/1"),
        ("<link>1.html</link>", "https://src.example.org/feeds/1.html"),
        ("<link>javascript:alert(1)</link>", ""),
        ("<guid>https://e.org/guid</guid>", "https://e.org/guid"),
        ("<guid isPermaLink='false'>https://e.org/guid</guid>", ""),
        ("<guid>not-a-link</guid>", ""),
        ("<link xmlns='http://www.w3.org/2005/Atom' href='https://e.org/atom'/>", "https://e.org/atom"),
        ("<link xml:base='https://base.org/x/'>y</link>", "https://src.example.org/feeds/y"),
    ],
)
def test_links(item: str, url: str) -> None:
    assert one(f"<item><title>t</title>{item}</item>").url == url


def test_the_base_of_an_atom_feed_counts() -> None:
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://base.org/a/'><entry xml:base='b/'><title>t</title>"
        "<link href='c'/><link rel='enclosure' href='d.pdf'/></entry></feed>"
    )
    (item,) = read(atom).items
    assert (item.url, item.enclosures) == ("https://base.org/a/b/c", ("https://base.org/a/b/d.pdf",))


@pytest.mark.parametrize(
    ("item", "day"),
    [
        ("<pubDate>Tue, 06 Jan 2026 10:00:00 GMT</pubDate>", "2026-01-06T10:00:00+00:00"),
        ("<pubDate>6. Januar 2026</pubDate>", "2026-01-06T00:00:00+00:00"),
        ("<date xmlns='http://purl.org/dc/elements/1.1/'>2026-01-06</date>", "2026-01-06T00:00:00+00:00"),
        ("<pubDate>yesterday</pubDate>", None),
        ("<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>", None),
    ],
)
def test_dates(item: str, day: str | None) -> None:
    found = one(f"<item><title>t</title>{item}</item>").published_at
    assert (found.isoformat() if found else None) == day


def test_options_of_the_source_read_its_dates() -> None:
    body = rss("<item><title>t</title><pubDate>01/06/2026 10:00</pubDate></item>")
    tokyo = records.source("src", kind="feed", options={"timezone": "Asia/Tokyo", "month_first": True})
    found = harvest(tokyo, answer(body))
    assert isinstance(found, Harvest)
    assert str(found.items[0].published_at) == "2026-01-06 01:00:00+00:00"
    pattern = records.source("src", kind="feed", options={"date_format": "%d/%m/%Y %H:%M"})
    found = harvest(pattern, answer(body))
    assert isinstance(found, Harvest)
    assert str(found.items[0].published_at) == "2026-05-31 10:00:00+00:00".replace("05-31 10", "06-01 02")


def test_an_empty_feed_is_quiet_unless_the_source_never_is() -> None:
    assert read(rss("")).items == ()
    found = harvest(records.source("src", kind="feed", min_items=1), answer(rss("")))
    assert isinstance(found, ParseFailure)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<!DOCTYPE html><html><head><title>Sign &amp; in</title></head></html>", "web page (“Sign & in”)"),
        ("<html><body>moved</body></html>", "web page where a feed was expected"),
        ("<opml version='2.0'><body/></opml>", "no feed"),
        ("{]", "begins like JSON"),
        ('{"items": 1}', "without a list of items"),
    ],
)
def test_refusals_say_what_came_instead(body: str, words: str) -> None:
    found = harvest(SOURCE, answer(body))
    assert isinstance(found, ParseFailure)
    assert words in found.message


def test_fields_are_capped_before_they_travel() -> None:
    item = one(
        f"<item><title>{'t' * 50_000}</title><guid>{'g' * 5000}</guid><description>{'d' * 300_000}</description></item>"
    )
    assert (len(item.title), len(item.guid or ""), len(item.body_html)) == (1000, 1000, 200_000)


def test_documents_are_dated_and_keyed_when_they_are_gathered() -> None:
    found = gather(SOURCE, answer(rss(GOOD)))
    assert isinstance(found, Gathered)
    assert {document.first_seen for document, _ in found.documents} == {START}
    assert all(keys[0].startswith("n:") and keys[1].startswith("g:") for _, keys in found.documents)


def test_a_good_entry_is_never_taken_for_the_half_one_at_the_end() -> None:
    body = (
        "<rss><channel><item><title>0</title></item><?item><item<title>1</title></item>"
        "<item><title>good</title></item> x --> <div xmlns='http://www.w3.org/1999/x<item>html'>x</div></channel></rss>"
    )
    assert "good" in [item.title for item in read(body).items]
