"""What servers learn of us: that somebody polls their feed, and how to reach who does. Nothing else."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.fetch.http import HttpFetcher
from bot.sources._work import gather, kinds
from bot.types.document import Gathered
from bot.types.ids import SourceId
from bot.types.source import Fetched, NotModified, Source, SourceState
from tests.fakes import records
from tests.fakes.clock import START
from tests.fakes.internet import PUBLIC, Internet, make
from tests.fakes.web import Seen, WebServer, ok

FEED = """<?xml version='1.0'?><?xml-stylesheet href='http://style.example/x.xsl' type='text/xsl'?>
<!DOCTYPE rss [<!ENTITY a SYSTEM 'http://entity.example/x'>]>
<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'><channel>
<atom:link rel='self' href='http://self.example/feed'/><atom:link rel='hub' href='http://hub.example/'/>
<link>http://home.example/</link><image><url>http://picture.example/favicon.ico</url></image>
<cloud domain='cloud.example' port='80' path='/' registerProcedure='x' protocol='xml-rpc'/>
<item><title>One</title><link>http://article.example/1</link><guid>http://guid.example/1</guid>
<enclosure url='http://enclosure.example/1.mp3' length='1' type='audio/mpeg'/><comments>http://talk.example/</comments>
<media:content url='http://media.example/1.jpg'/><description>&lt;img src='http://beacon.example/x.gif'>Words.</description>
</item></channel></rss>"""
PAGE = """<html><head><link rel='icon' href='http://icon.example/i.png'><script src='http://script.example/x.js'></script>
</head><body><ul><li><a href='http://article.example/2'>Two</a> <img src='http://picture.example/2.png'></li></ul></html>"""
JSON = """{"items": [{"title": "Three", "url": "http://article.example/3", "image": "http://picture.example/3.png"}]}"""

SOURCES = tuple(
    replace(
        records.source(name, kind=kind, jurisdiction="INT", options=kinds()[kind].options(options)),
        url=f"http://{name}.example/{kind}",
    )
    for name, kind, options in (
        ("ministry", "feed", {}),
        ("agency", "listing", {"row": "li"}),
        ("register", "jsonapi", {"items": "items", "title": "title", "url": "url"}),
    )
)


@pytest.fixture(scope="module")
def context() -> ssl.SSLContext:
    return ssl.create_default_context()


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as found:
        found.on("/feed", ok(FEED, etag='"1"', headers=("Set-Cookie: visitor=1; Max-Age=99999",)))
        found.on("/listing", ok(PAGE, "text/html"))
        found.on("/jsonapi", ok(JSON, "application/json"))
        yield found


def door(context: ssl.SSLContext, server: WebServer, **settings: Any) -> tuple[HttpFetcher, Internet]:
    """A door to an Internet in which every name that occurs anywhere resolves."""
    names = {word for text in (FEED, PAGE, JSON) for word in text.replace("'", "/").split("/") if ".example" in word}
    names |= {f"{source.id}.example" for source in SOURCES}
    network = Internet(dict.fromkeys(names, ((PUBLIC,),)), {80: server.port})
    return make(context, network=network, **settings), network


def poll(fetcher: HttpFetcher, states: Mapping[SourceId, SourceState]) -> dict[SourceId, SourceState]:
    """One round over all sources: asked, read, and their validators kept, as the pipeline does it."""
    after = {}
    for source in SOURCES:
        state = states.get(source.id) or SourceState(source_id=source.id, next_due=START)
        (request,) = kinds()[source.kind].requests(source, state, now=START)
        found = fetcher.fetch(request, now=START)
        if isinstance(found, NotModified):
            continue
        assert isinstance(found, Fetched), found
        read = gather(source, found)
        assert isinstance(read, Gathered)
        assert len(read.documents) == 1
        after[source.id] = replace(state, etag=found.etag, last_modified=found.last_modified)
    return after


def told(seen: Seen) -> tuple[object, ...]:
    return seen.method, seen.path, tuple(seen.headers.items())


def polls(server: WebServer) -> list[Seen]:
    """The requests for sources, without those for a robots.txt, of which there is one a day."""
    return [seen for seen in server.requests if seen.path != "/robots.txt"]


def asked(server: WebServer) -> set[str]:
    return {seen.headers["host"] for seen in server.requests}


def configured(source: Source) -> str:
    return source.url.split("/")[2]


def test_only_hosts_that_are_configured_are_asked(context: ssl.SSLContext, server: WebServer) -> None:
    """No article, picture, enclosure, hub, style sheet or entity: reading a feed tells nobody else that it is read."""
    fetcher, _ = door(context, server)
    states = poll(fetcher, {})
    poll(fetcher, states)
    assert asked(server) == {configured(source) for source in SOURCES}
    assert sorted(seen.path for seen in polls(server)) == sorted(["/feed", "/listing", "/jsonapi"] * 2)


def test_two_teams_ask_in_the_same_words_but_for_their_contact(context: ssl.SSLContext, server: WebServer) -> None:
    """Which team it is, how much it reads and how it is set up shows in no request."""
    ours, _ = door(context, server, contact="mailto:desk@one.example")
    theirs, _ = door(context, server, contact="mailto:desk@two.example", threads=3, deadline=7.0, max_body_bytes=99_999)
    for fetcher in (ours, theirs):
        poll(fetcher, {})
    half = len(server.requests) // 2
    first = [told(seen) for seen in server.requests[:half]]
    second = [told(seen) for seen in server.requests[half:]]
    assert first != second
    assert repr(first).replace("desk@one.example", "") == repr(second).replace("desk@two.example", "")


def test_no_visit_is_tied_to_the_one_before(context: ssl.SSLContext, server: WebServer) -> None:
    """No cookie comes back at the next poll, and nobody is told where a link was found."""
    fetcher, _ = door(context, server)
    for _ in range(2):
        poll(fetcher, {})
    for seen in server.requests:
        assert not {"cookie", "referer", "origin", "from", "x-forwarded-for", "if-none-match"} & set(seen.headers)
    words = [told(seen) for seen in polls(server)]
    assert words[: len(SOURCES)] == words[len(SOURCES) :]
