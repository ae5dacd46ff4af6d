"""Sitemaps give their newest pages, an index leads to its newest parts, and neither is asked for more than needed."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.sources.sitemap import SOURCE_KIND as SITEMAP
from bot.types.source import Fetched, Harvest, ParseFailure, Request, SourceState
from tests.fakes import records
from tests.fakes.clock import START

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def found_in(body: str | bytes, memory: str = "", fields: dict[str, Any] | None = None, **options: object) -> Any:
    source = records.source(
        "src", kind="sitemap", url="https://e.org/sitemap.xml", options=SITEMAP.options(options), **fields or {}
    )
    values: dict[str, Any] = {"status": 200, "media_type": "", "charset": None, "complete": True, "fetched_at": START}
    answer = Fetched(
        request=Request(source_id=source.id, url=source.url, headers=source.headers),
        final_url=source.url,
        body=body.encode() if isinstance(body, str) else body,
        **values,
    )
    return SITEMAP.items(source, answer, memory)


def urlset(*entries: str) -> str:
    return f"{HEAD}<urlset {SPACES}>{''.join(entries)}</urlset>"


def index(*parts: tuple[str, str]) -> str:
    rows = (
        f"<sitemap><loc>https://e.org/{name}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</sitemap>"
        for name, date in parts
    )
    return f"{HEAD}<sitemapindex {SPACES}>{''.join(rows)}</sitemapindex>"


def page(path: str, date: str = "") -> str:
    return f"<url><loc>https://e.org/{path}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</url>"


NEWS = """<url><loc>https://e.org/n/1</loc><news:news><news:publication><news:name>The Paper</news:name>
<news:language>zh-cn</news:language></news:publication><news:publication_date>2026-01-06T09:00:00+08:00
</news:publication_date><news:title>镓出口 &amp; 许可</news:title></news:news>
<image:image xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><image:loc>https://e.org/p.png</image:loc>
<image:title>A picture</image:title></image:image></url>"""


def test_a_news_sitemap_tells_titles_dates_and_languages() -> None:
    (item,) = found_in(urlset(NEWS)).items
    assert (item.title, item.url, item.lang_hint) == ("镓出口 & 许可", "https://e.org/n/1", "zh-cn")
    assert item.published_at is not None
    assert item.published_at.isoformat() == "2026-01-06T01:00:00+00:00"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("2026/01/china-curbs-gallium-exports.html", "China curbs gallium exports"),
        ("news/us_bans_chips/", "Us bans chips"),
        ("china-curbs-gallium/art_7e09fc75.html", "China curbs gallium"),
        ("%E7%A8%80%E5%9C%9F%E5%87%BA%E5%8F%A3", "稀土出口"),
    ],
)
def test_a_page_without_title_is_called_by_the_words_of_its_address(path: str, title: str) -> None:
    (item,) = found_in(urlset(page(path, "2026-01-06"))).items
    assert item.title == title
    assert item.updated_at is not None


def test_what_says_nothing_or_is_not_wanted_is_left_out() -> None:
    body = urlset(page("about-our-house"), page("news/good-news-today"), page("news/12345.html"), NEWS)
    assert [item.url for item in found_in(body, only="/news/").items] == ["https://e.org/news/good-news-today"]
    assert [item.title for item in found_in(body, title_from="none").items] == ["镓出口 & 许可"]
    refused = found_in(urlset(page("1.html")))
    assert isinstance(refused, ParseFailure)
    assert "None of the sitemap's 1 entries can be used" in refused.message


def test_the_newest_come_first_and_no_more_than_wanted() -> None:
    entries = [page(f"notice-number-{n % 28 + 1}", f"2026-01-{n % 28 + 1:02}") for n in range(7, 35)]
    found = found_in(urlset(page("no-date-here"), *entries), newest="3")
    assert [item.url[-2:] for item in found.items] == ["28", "27", "26"]


def test_an_index_leads_to_its_newest_parts() -> None:
    body = index(("post-1.xml", "2025-01-01"), ("page.xml", "2026-01-06"), ("post-3.xml", "2026-01-05"))
    found = found_in(body, parts=2)
    assert [request.url for request in found.more] == ["https://e.org/page.xml", "https://e.org/post-3.xml"]
    assert found.items == ()
    found = found_in(body, part="post-")
    assert [request.url for request in found.more] == ["https://e.org/post-3.xml", "https://e.org/post-1.xml"]


def test_parts_without_dates_are_taken_by_their_numbers() -> None:
    found = found_in(index(("post-9.xml", ""), ("post-10.xml", ""), ("post-2.xml", "")), parts=1)
    assert [request.url for request in found.more] == ["https://e.org/post-10.xml"]
    assert found_in(
        index(
            ("post-9.xml", ""),
        ),
        found.memory,
    ).more, "without a date, a part may always have changed"


def test_an_index_leads_no_further_than_to_its_parts() -> None:
    inner = records.source("src", kind="sitemap", url="https://e.org/other.xml", options=SITEMAP.options({}))
    values: dict[str, Any] = {"status": 200, "media_type": "", "charset": None, "complete": True, "fetched_at": START}
    answer = Fetched(
        request=Request(source_id=inner.id, url="https://e.org/part.xml", led_by=inner.url),
        final_url="https://e.org/part.xml",
        body=index(("a.xml", "2026-01-05")).encode(),
        **values,
    )
    found = SITEMAP.items(inner, answer)
    assert isinstance(found, ParseFailure)
    assert "is an index itself" in found.message


def test_in_january_the_index_of_the_old_year_is_read_too() -> None:
    source = records.source("src", kind="sitemap", url="https://e.org/{year}.xml", options=SITEMAP.options({}))
    state = SourceState(source_id=source.id, next_due=START)
    asked = SITEMAP.requests(source, state, now=datetime(2027, 1, 2, tzinfo=UTC))
    assert [request.url for request in asked] == ["https://e.org/2027.xml", "https://e.org/2026.xml"]
    values: dict[str, Any] = {"status": 200, "media_type": "", "charset": None, "complete": True, "fetched_at": START}
    for request in asked:
        body = index(("a.xml", "2026-12-31")).encode()
        found = SITEMAP.items(source, Fetched(request=request, final_url=request.url, body=body, **values))
        assert isinstance(found, Harvest), found
        assert [part.led_by for part in found.more] == [source.url]


def test_parts_that_have_not_changed_are_not_asked_for_again() -> None:
    body = index(("a.xml", "2026-01-02"), ("b.xml", "2026-01-06T08:00:00Z"))
    first = found_in(body)
    again = found_in(body, first.memory)
    assert isinstance(again, Harvest)
    assert again == Harvest(items=(), unchanged=True)
    changed = found_in(index(("a.xml", "2026-01-02"), ("b.xml", "2026-01-06T08:30:00Z")), first.memory)
    assert len(changed.more) == 2, "together they show as many entries as ever"


@pytest.mark.parametrize("day", ["2026-01-05", "2026-01-06", "2026-01-07", "soon"])
def test_a_part_dated_by_the_day_that_is_not_over_may_have_changed(day: str) -> None:
    body = index(("a.xml", day))
    assert len(found_in(body, found_in(body).memory).more) == 1


def test_headers_that_may_hold_a_key_stay_at_home() -> None:
    body = index(("a.xml", "2026-01-05")).replace("https://e.org/a", "http://e.org/a")
    (request,) = found_in(body, fields={"headers": (("X-Api-Key", "k"),), "robots": False}).more
    assert (request.headers, request.robots) == ((), False)
    (request,) = found_in(index(("a.xml", "2026-01-05")), fields={"headers": (("X-Api-Key", "k"),)}).more
    assert (request.headers, request.robots) == ((("X-Api-Key", "k"),), True)
    refused = found_in(body.replace("e.org", "evil.example"))
    assert refused.message == "The sitemap index lists no part on the same host."


def test_packed_sitemaps_are_unpacked_to_a_limit() -> None:
    whole = urlset(page("good-news-today", "2026-01-06"))
    packed = gzip.compress(whole.encode())
    assert found_in(packed).items == found_in(whole).items
    cut = found_in(gzip.compress(urlset(page("good-news-today"), NEWS * 400).encode())[:-40])
    assert cut.items[0].url == "https://e.org/n/1"
    assert "sitemap cut off" in cut.salvage
    bomb = found_in(gzip.compress(b"<urlset>" + b" " * (24 << 20)))
    assert isinstance(bomb, (Harvest, ParseFailure))
    assert "damaged gzip" in found_in(b"\x1f\x8b\x08\x00garbage").message


def test_broken_sitemaps_are_mended() -> None:
    found = found_in(f"{HEAD}<urlset>{page('one-good-page')}<url><loc>https://e.org/a?b&c</loc></url>")
    assert [item.url for item in found.items] == ["https://e.org/one-good-page"]
    assert found.salvage == ("markup mended",)


def test_other_documents_are_refused() -> None:
    assert "no sitemap" in found_in("<rss><channel/></rss>").message
    assert found_in(urlset(), fields={"min_items": 3}).message.endswith("where 3 are expected.")
    assert found_in(urlset()).items == ()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"newest": "0"}, "'newest' must be a whole number from 1 to 2000"),
        ({"parts": "many"}, "'parts' must be a whole number from 1 to 10"),
        ({"title_from": "page"}, "'title_from' must be slug or none"),
        ({"part": ["a"]}, "'part' must be text"),
    ],
)
def test_options_that_cannot_be_used_are_refused(options: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        SITEMAP.options(options)


def test_memory_is_plain() -> None:
    memory = found_in(index(("a.xml", "2026-01-05"))).memory
    assert json.loads(memory) == {"https://e.org/a.xml": "2026-01-05"}
