"""Addresses are looked at politely: their answer, the feeds that they name, usual places; and what one poll gives."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpcore
import pytest

from bot.app import plugins
from bot.fetch.http import HttpFetcher
from bot.tune.sources.finding import Found, find, unknown_source
from bot.tune.sources.kit import Kit, Parsers
from bot.tune.sources.trying import Trial, try_source
from bot.types.catalogue import Nature
from bot.types.settings import FetchSettings
from bot.types.source import Source
from tests.fakes import records
from tests.fakes.clock import FakeClock
from tests.fakes.layouts import EN, TUNED, shell
from tests.fakes.parsers import Broken, InProcess
from tests.fakes.web import WebServer, ok, page, redirect, status

NOW = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)


def rss(*titles: str, day: datetime = NOW, name: str = "Notices") -> str:
    items = "".join(
        f"<item><title>{title}</title><link>/n/{n}</link><guid>{n}</guid>"
        f"<pubDate>{day - timedelta(hours=n):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<description>What notice {n} says at more length than its title, so that it is a text.</description></item>"
        for n, title in enumerate(titles)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'


def html(body: str, head: str = "") -> str:
    return shell("en", "News | Ministry", body, head=head)


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def kit(web: WebServer, parsers: Parsers | None = None) -> Kit:
    clock = FakeClock(NOW)
    settings = FetchSettings(allow_hosts=(web.netloc,), per_host_seconds=0.0, deadline=20.0)
    fetcher = HttpFetcher(settings, clock=clock)
    return Kit(fetcher=fetcher, parsers=parsers or InProcess(), clock=clock, kinds=plugins().source_kinds)


def found_at(web: WebServer, path: str, jurisdiction: str = "") -> Found:
    return find(unknown_source(web.url(path), jurisdiction), kit(web))


def asked(web: WebServer) -> list[str]:
    """Paths in order; what robots.txt says is looked up where the door wants to know it."""
    return [path for path in web.paths() if path != "/robots.txt"]


def ways(found: Found) -> list[tuple[str, str, int]]:
    return [(proposal.kind, proposal.url.rpartition("/")[2], len(proposal.items)) for proposal in found.proposals]


def test_a_feed_is_a_feed_and_nothing_else_is_asked(web: WebServer) -> None:
    web.on("/feed", ok(rss(*EN)))
    found = found_at(web, "/feed")
    assert ways(found) == [("feed", "feed", 8)]
    assert (found.sight.title, asked(web)) == ("Notices", ["/feed"])


def test_feeds_that_a_page_names_are_tried_and_come_first(web: WebServer) -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/gone.xml">'
        '<link rel="alternate" type="application/atom+xml;charset=utf-8" href="/news.xml">'
        '<link rel="alternate" hreflang="de" href="/de"><link rel="alternate" type="application/rss+xml" '
        'href="/comments/feed">'
    )
    web.on("/news.xml", ok(rss(*EN)))
    web.on("/news", ok(TUNED[2].html.replace("</head>", f"{head}</head>"), "text/html; charset=utf-8"))
    found = found_at(web, "/news")
    assert ways(found) == [("feed", "news.xml", 8), ("listing", "news", 8)]
    assert asked(web) == ["/news", "/gone.xml", "/news.xml"]
    assert "404" in found.asked[0]


def test_links_that_look_like_feeds_are_tried(web: WebServer) -> None:
    web.on("/a/rss", ok(rss(*EN)))
    body = '<main><p><a href="/a/rss">RSS</a> <a href="/rssing">About</a> <a href="https://feedly.com/i/feed">F</a></p></main>'
    web.on("/news", ok(html(body), "text/html"))
    assert ways(found_at(web, "/news")) == [("feed", "rss", 8)]
    assert asked(web) == ["/news", "/a/rss"]


def test_usual_places_are_a_handful_and_end_with_the_first_feed(web: WebServer) -> None:
    web.on("/feed", page())  # a page with status 200 where a feed was hoped for
    web.on("/atom.xml", ok(rss(*EN)))
    web.on("/news", ok(html("<main><p>Nothing named here.</p></main>"), "text/html"))
    assert ways(found_at(web, "/news")) == [("feed", "atom.xml", 8)]
    assert asked(web) == ["/news", "/news/feed/", "/feed", "/rss.xml", "/atom.xml"]


def test_a_page_without_any_feed_is_read_as_a_list(web: WebServer) -> None:
    listing = TUNED[0]
    web.on("/zc/index.html", ok(listing.html, "text/html; charset=utf-8"))
    found = found_at(web, "/zc/index.html", "CN")
    assert found.proposals[0].kind == "listing"
    assert [item.title for item in found.proposals[0].items] == [title for title, _ in listing.items]
    assert len(web.requests) <= 10


NEWS = "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"


def sitemap(*titles: str) -> str:
    entries = "".join(
        f"<url><loc>/n/some-words-{n}</loc><news:news><news:publication_date>2026-01-1{n}T08:00:00Z"
        f"</news:publication_date><news:title>{title}</news:title></news:news></url>"
        if title
        else f"<url><loc>/p/some-page-{n}</loc></url>"
        for n, title in enumerate(titles)
    )
    return f"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' {NEWS}>{entries}</urlset>"


def test_a_news_sitemap_is_found_where_no_feed_is(web: WebServer) -> None:
    web.on("/news", ok(html("<main><p>Filled in by scripts.</p></main>"), "text/html"))
    web.on("/robots.txt", ok(f"User-agent: *\nSitemap: {web.url('/pages.xml')}\nsitemap: {web.url('/n.xml')}\n"))
    web.on("/pages.xml", ok(sitemap("", "", "")))
    web.on("/n.xml", ok(gzip.compress(sitemap(*EN).encode()), "application/gzip"))
    found = found_at(web, "/news")
    assert ways(found) == [("sitemap", "n.xml", 8)]
    assert found.proposals[0].options == {"title_from": "none"}


def test_a_page_with_a_sitemap_of_mere_pages_has_no_news(web: WebServer) -> None:
    web.on("/news", ok(html("<main><p>Filled in by scripts.</p></main>"), "text/html"))
    web.on("/sitemap.xml", ok(sitemap("", "", "")))
    assert "scripts" in found_at(web, "/news").trouble
    assert ways(found_at(web, "/sitemap.xml")) == [("sitemap", "sitemap.xml", 3)]


def test_an_index_of_sitemaps_is_proposed_as_a_whole(web: WebServer) -> None:
    part = web.on("/part-2026-01.xml", ok(sitemap(*EN)))
    index = f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>{part}</loc></sitemap>"
    web.on("/index.xml", ok(f"{index}</sitemapindex>"))
    assert ways(found_at(web, "/index.xml")) == [("sitemap", "index.xml", 8)]


def test_a_dead_feed_comes_after_a_living_list(web: WebServer) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/old.xml">'
    web.on("/old.xml", ok(rss(*EN, day=NOW - timedelta(days=900))))
    web.on("/news", ok(TUNED[2].html.replace("</head>", f"{head}</head>"), "text/html; charset=utf-8"))
    assert ways(found_at(web, "/news")) == [("listing", "news", 8), ("feed", "old.xml", 8)]


def test_json_is_read_by_its_fields(web: WebServer) -> None:
    records_of = [
        {"id": n, "title": {"rendered": title}, "link": f"/p/{n}", "date_gmt": "2026-01-06T10:00:00", "flags": [1]}
        for n, title in enumerate(EN)
    ]
    data = {"total": 8, "empty": [], "data": {"results": records_of, "facets": [{"name": "a"}, {"name": "b"}]}}
    web.on("/api", ok(json.dumps(data), "application/json"))
    found = found_at(web, "/api", "NL")
    assert found.sight.nature is Nature.JSON
    assert dict(found.proposals[0].options) == {
        "items": "data.results", "title": "title.rendered", "url": "link", "date": "date_gmt", "id": "id",
    }  # fmt: skip
    assert [item.title for item in found.proposals[0].items] == list(EN)


@pytest.mark.parametrize(
    ("body", "media_type", "said"),
    [
        (b"%PDF-1.7 \x00\x01", "application/pdf", "PDF"),
        (b"", "text/html", "empty"),
        (b"just words", "text/plain", "no feed"),
        (b'{"a": 1}', "application/json", "no list of records"),
        (b"<html><body><div id=app></div></body></html>", "text/html", "scripts"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(body: bytes, media_type: str, said: str, web: WebServer) -> None:
    web.on("/x", ok(body, media_type))
    found = found_at(web, "/x")
    assert found.proposals == ()
    assert said in found.trouble


def test_the_guard_speaks_for_itself(web: WebServer) -> None:
    web.on("/out", redirect("http://169.254.169.254/latest/"))
    assert "not on the public Internet" in find(unknown_source("http://10.0.0.1/feed"), kit(web)).trouble
    assert "not on the public Internet" in found_at(web, "/out").trouble
    assert asked(web) == ["/out"]


def test_a_page_that_its_reader_cannot_stand_costs_itself_only(web: WebServer) -> None:
    web.on("/news", ok(html("<p>x</p>"), "text/html"))
    found = find(unknown_source(web.url("/news")), kit(web, Broken()))
    assert found.proposals == ()
    assert "seconds" in found.trouble


# --- one poll -----------------------------------------------------------------------------------------------------


def tried(web: WebServer, *, saved: bytes | None = None, full: bool = False, **fields: Any) -> Trial:
    source = records.source("src", **{"kind": "feed", "url": web.url("/s"), "jurisdiction": "JP"} | fields)
    return try_source(source, kit(web), page=saved, full=full)


def test_a_trial_shows_what_would_be_stored(web: WebServer) -> None:
    web.on("/s", ok(rss("輸出貿易管理令の一部を改正する政令", name="x").encode("cp932"), "text/xml; charset=Shift_JIS"))
    trial = tried(web, languages=("ja",))
    assert (trial.trouble, trial.clock, len(trial.items)) == ((), "Asia/Tokyo", 1)
    item = trial.items[0]
    assert (item.headline_only, item.document.published_at) == (False, NOW)
    assert item.language in {"en", "ja"}
    assert trial.answers[0].charset is not None
    assert trial.answers[0].charset.name == "cp932"
    assert "shift_jis" in trial.answers[0].charset.why


def test_the_page_behind_the_first_item_is_read_when_asked_for(web: WebServer) -> None:
    article = "<p>The ministry told exporters on Tuesday that licences for gallium are needed from March on.</p>" * 6
    web.on("/s", ok(rss(*EN)))
    web.on("/n/0", ok(html(f"<main><article><h1>{EN[0]}</h1>{article}</article></main>"), "text/html"))
    assert tried(web).page is None
    page_behind = tried(web, full=True).page
    assert page_behind is not None
    assert page_behind.document is not None
    assert "licences for gallium" in page_behind.document.text
    web.on("/n/0", status(410))
    gone = tried(web, full=True)
    assert gone.page is not None
    assert "closed for good" in gone.page.said
    assert gone.trouble == (), "a source is not to blame for one page"


def test_what_had_to_be_mended_is_a_note_and_no_trouble(web: WebServer) -> None:
    web.on("/s", ok(rss(*EN).replace("Notices", "A & B") + "\x01"))
    trial = tried(web)
    assert trial.trouble == ()
    assert trial.notes
    assert len(trial.items) == 8


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"min_items": 20}, "8 items where at least 20"),
        ({"max_age_of_newest": timedelta(days=3)}, "is 19 days old"),
        ({"kind": "listing", "options": {"row": "li.gone"}}, "another layout"),
    ],
)
def test_what_feed_health_would_report_is_trouble(fields: dict[str, Any], said: str, web: WebServer) -> None:
    web.on("/s", ok(rss(*EN, day=NOW - timedelta(days=19))))
    assert said in " ".join(tried(web, **fields).trouble)


def test_no_network_is_said_with_a_way_around_it(web: WebServer) -> None:
    web.on("/s", status(503))
    assert "503" in tried(web).trouble[0]
    nowhere = records.source("src", kind="feed", url="http://nowhere.invalid/")
    offline = replace(kit(web), fetcher=HttpFetcher(FetchSettings(), clock=FakeClock(NOW), network=_NoNames()))
    assert "--file" in try_source(nowhere, offline).trouble[0]


def test_a_saved_page_is_read_without_any_request(web: WebServer) -> None:
    trial = tried(web, saved=rss(*EN).encode())
    assert len(trial.items) == 8
    assert asked(web) == []


def test_what_robots_txt_has_to_do_with_it_is_said(web: WebServer) -> None:
    web.on("/s", ok(rss(*EN)))
    assert "before pages" in tried(web).robots
    assert "before this address" in tried(web, kind="listing", options={"row": "item"}).robots
    assert "robots: no" in tried(web, robots=False).robots


def test_a_reader_that_runs_late_is_trouble(web: WebServer) -> None:
    web.on("/s", ok(rss(*EN)))
    source: Source = records.source("src", kind="feed", url=web.url("/s"))
    assert "10 seconds" in try_source(source, kit(web, Broken())).trouble[0]


class _NoNames:
    """A network in which no name resolves."""

    def resolve(self, host: str, port: int, timeout: float) -> tuple[str, ...]:
        raise OSError("no network")

    def connect(self, address: str, port: int, timeout: float) -> httpcore.NetworkStream:
        raise OSError("no network")
