"""Lists of feeds come in as rows that wait for a person, and go out for readers and spreadsheets."""

from __future__ import annotations

import csv
import io
import json

import pytest

from bot.tune.sources.exporting import export
from bot.tune.sources.importing import Import, address, plan
from bot.tune.sources.opml import read_list
from bot.types.catalogue import Outline
from tests.fakes import records

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Mine</title></head><body>
  <outline text="Trade">
    <outline text="Asia" title="Asia">
      <outline type="rss" text="METI" xmlUrl="https://www.meti.example.go.jp/rss.xml" htmlUrl="https://www.meti.example.go.jp/"/>
      <outline type="rss" XMLURL="http://feeds.example.kr/a?x=1&amp;y=2"/>
    </outline>
  </outline>
  <outline text="Loose" title="Loose one" xmlUrl="feed://loose.example.de/rss" category="/News/Wires,/Other"/>
  <outline text="A page" type="link" url="https://www.example.org/list"/>
  <outline text="An empty folder"/>
</body></opml>"""


def outlines(text: str | bytes) -> tuple[Outline, ...]:
    read = read_list(text.encode() if isinstance(text, str) else text)
    assert isinstance(read, tuple), read
    return read[0]


def planned(text: str | bytes, **options: bool) -> Import:
    known = records.source("known", url="https://www.known.example.nl/rss/")
    return plan(outlines(text), (known,), origin="mine.opml", enabled=options.get("enabled", False))


def test_folders_and_titles_are_kept() -> None:
    assert [(o.url, o.title, o.category, o.page) for o in outlines(OPML)] == [
        ("https://www.meti.example.go.jp/rss.xml", "METI", "Trade / Asia", "https://www.meti.example.go.jp/"),
        ("http://feeds.example.kr/a?x=1&y=2", "", "Trade / Asia", ""),
        ("feed://loose.example.de/rss", "Loose one", "News / Wires", ""),
        ("", "A page", "", "https://www.example.org/list"),
    ]


def test_every_feed_becomes_a_row_that_waits() -> None:
    result = planned(OPML)
    assert [(r.id, r.url, r.publisher, r.jurisdiction, r.authority, r.enabled) for r in result.rows] == [
        ("jp-example", "https://www.meti.example.go.jp/rss.xml", "METI", "JP", "official", False),
        ("kr-example", "http://feeds.example.kr/a?x=1&y=2", "feeds.example.kr", "KR", "press", False),
        ("de-example", "http://loose.example.de/rss", "Loose one", "DE", "press", False),
    ]
    assert result.rows[0].why == "from mine.opml (Trade / Asia) - check it, then set enabled: yes"
    assert {row.reliability for row in result.rows} == {"F"}
    assert [(p.what, "sources add" in p.why) for p in result.refused] == [("https://www.example.org/list", True)]
    assert all(row.enabled for row in planned(OPML, enabled=True).rows)


def test_what_is_known_is_left_out_and_named() -> None:
    result = planned(
        "http://known.example.nl/rss\nhttps://new.example.nl/a Een titel\n# a comment\n\n"
        "https://www.new.example.nl/a/?utm_source=x\n"
    )
    assert [(row.id, row.publisher) for row in result.rows] == [("nl-example", "Een titel")]
    assert [entry.why for entry in result.known] == ["known (sources/test.yml:1)", "nl-example, earlier in the list"]


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("example.org/feed", "https://example.org/feed"),
        ("//example.org/feed", "https://example.org/feed"),
        ("feed:https://example.org/feed", "https://example.org/feed"),
        ("feed://example.org/feed", "http://example.org/feed"),
        ("localhost:8080/feed", "https://localhost:8080/feed"),
        ("http://[2001:db8::1]/feed", "http://[2001:db8::1]/feed"),
        ("https://例え.jp/feed", "https://例え.jp/feed"),
        (" https://example.org/a?utm_source=x ", "https://example.org/a?utm_source=x"),
        *((refused, "") for refused in (
            "", "javascript:alert(1)", "file:///etc/passwd", "feed:javascript:1", "https://user:pw@example.org/",
            "https://", "http://[::1", "word", "two words.org/a b", "https://exa mple.org/", "mailto:a@b.c", "feed:",
            "https://example.org:99999999/",
        )),
    ],
)  # fmt: skip
def test_addresses_are_taken_as_people_write_them(written: str, url: str) -> None:
    assert address(written) == url


def test_a_page_that_is_read_already_is_known_too() -> None:
    page = records.source("p", kind="listing", url="https://p.example.nl/", options={"row": "li"})
    result = plan(outlines(export([page], "opml")), (page,), origin="x.opml", enabled=False)
    assert [(entry.what, entry.why) for entry in result.known] == [("https://p.example.nl/", "p (sources/test.yml:1)")]
    assert (result.rows, result.refused) == ((), ())


def test_a_line_that_is_no_address_is_named_by_its_number() -> None:
    result = planned("https://a.example.nl/rss\njavascript:alert(1)\n")
    assert [entry.what for entry in result.refused] == ["line 2: javascript:alert(1)"]


def test_a_table_holds_no_formula() -> None:
    names = ("=1+1", "+a", "-a", "@SUM(A1)", "\tx", "＝1", "plain, with comma", 'quote "x"')
    sources = [records.source(f"s-{n}", publisher=name, why=name) for n, name in enumerate(names)]
    table = list(csv.DictReader(io.StringIO(export(sources, "csv"))))
    assert [row["publisher"] for row in table] == [
        "'=1+1", "'+a", "'-a", "'@SUM(A1)", "'\tx", "'＝1", "plain, with comma", 'quote "x"',
    ]  # fmt: skip
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in table for cell in row.values())


def test_data_holds_options_and_no_headers() -> None:
    source = records.source("s", kind="listing", options={"row": "li"}, headers=(("Authorization", "secret"),))
    text = export([source], "json")
    assert json.loads(text)["sources"][0]["options"] == {"row": "li"}
    assert "secret" not in text + export([source], "csv") + export([source], "opml")


def test_pages_go_out_by_their_address_and_feeds_by_theirs() -> None:
    feed = records.source(
        "a", kind="feed", url="https://a.example.nl/rss?x=1&y=2", publisher='A & "B" <c>', jurisdiction="NL"
    )
    page = records.source("b", kind="listing", url="https://b.example.nl/", options={"row": "li"})
    text = export([feed, page], "opml")
    assert [(o.url, o.page, o.title) for o in outlines(text)] == [
        ("", "https://b.example.nl/", page.publisher),
        (feed.url, "", feed.publisher),
    ]
    assert f'category="/NL/{feed.authority}"' in text
