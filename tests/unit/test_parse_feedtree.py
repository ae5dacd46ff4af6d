"""Every dialect of feeds says its things in its own place, and each of them is found there."""

from __future__ import annotations

import re

import pytest

from bot.parse import feedtree, salvage
from bot.parse.feedtree import Entry

ATOM = "<feed xmlns='http://www.w3.org/2005/Atom' {}><entry>{}</entry></feed>"
SPACES = (
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/' "
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:atom='http://www.w3.org/2005/Atom' "
    "xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0' xmlns:other='urn:other'"
)
RDF = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='{}'>"
DIV = "<div xmlns='http://www.w3.org/1999/xhtml'>{}</div>"


def read(text: str) -> Entry:
    root = salvage.parse(text, base="https://e.org/feeds/all.xml")
    assert root is not None
    (entry,) = feedtree.entries(root, limit=10)
    return entry


def rss(inside: str) -> Entry:
    return read(f"<rss version='2.0' {SPACES}><channel><language>en</language><item>{inside}</item></channel></rss>")


def atom(inside: str, attributes: str = "") -> Entry:
    return read(ATOM.format(attributes, inside))


@pytest.mark.parametrize(
    "root",
    [
        "<rss><channel><item>{}</item></channel></rss>",
        "<RSS><CHANNEL><ITEM>{}</ITEM></CHANNEL></RSS>",
        "<rss xmlns='http://backend.userland.com/rss2'><channel><item>{}</item></channel></rss>",
        RDF.format("http://purl.org/rss/1.0/") + "<channel/><item>{}</item></rdf:RDF>",
        RDF.format("http://my.netscape.com/rdf/simple/0.9/") + "<item>{}</item></rdf:RDF>",
        "<Channel xmlns='http://purl.org/net/rss1.1#'><items><item>{}</item></items></Channel>",
        "<feed xmlns='http://purl.org/atom/ns#'><entry>{}</entry></feed>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry>{}</entry></feed>",
        "<channel><item>{}</item></channel>",
    ],
)
def test_all_dialects_have_titles_and_links(root: str) -> None:
    entry = read(root.format("<title>Ban</title><link>https://e.org/1</link>"))
    assert (entry.title, entry.link) == ("Ban", "https://e.org/1")


@pytest.mark.parametrize(
    ("links", "link"),
    [
        ("<link href='/a'/>", "/a"),
        ("<link rel='alternate' href='/a'/>", "/a"),
        ("<link rel='self' href='/s'/><link rel='alternate' href='/a'/>", "/a"),
        ("<link rel='edit' href='/e'/><link rel='replies' href='/r'/>", ""),
        ("<link rel='alternate' type='application/json' href='/j'/><link type='text/html' href='/a'/>", "/a"),
        ("<link rel='alternate' type='application/json' href='/j'/>", "/j"),
        ("<link rel='http://www.iana.org/assignments/relation/alternate' href='/a'/>", "/a"),
        ("<link href='/a'/><link href='/b'/>", "/a"),
        ("<link href=''/><link href='/b'/>", "/b"),
        ("<content src='https://e.org/full' type='text/html'/>", "https://e.org/full"),
        ("<link rel='enclosure' href='/m.mp3'/>", ""),
    ],
)
def test_links_of_atom(links: str, link: str) -> None:
    assert atom(f"<title>t</title>{links}").link == link


@pytest.mark.parametrize(
    ("inside", "link", "guid"),
    [
        ("<link> https://e.org/a </link><guid>g</guid>", "https://e.org/a", "g"),
        ("<link><![CDATA[https://e.org/?a=1&b=2]]></link>", "https://e.org/?a=1&b=2", None),
        ("<guid>https://e.org/p</guid>", "https://e.org/p", "https://e.org/p"),
        ("<guid isPermaLink='true'>https://e.org/p</guid>", "https://e.org/p", "https://e.org/p"),
        ("<guid isPermaLink='false'>https://e.org/p</guid>", "", "https://e.org/p"),
        ("<guid>urn:1</guid>", "", "urn:1"),
        ("<guid>https://e.org/p</guid><link>https://e.org/a</link>", "https://e.org/a", "https://e.org/p"),
        ("<link/>https://e.org/b", "https://e.org/b", None),  # a page's rules made <link> an empty element
        ("<link/>no address", "", None),
        ("<atom:link rel='self' href='/s'/><atom:link href='/a'/>", "/a", None),
        ("<link>https://p.org</link><feedburner:origLink>https://e.org</feedburner:origLink>", "https://e.org", None),
        ("<guid/><link>https://e.org/a</link>", "https://e.org/a", None),
        ("<dc:identifier>i1</dc:identifier><link>https://e.org/a</link>", "https://e.org/a", "i1"),
        ("<other:link>https://evil.org/</other:link>", "", None),
    ],
)  # fmt: skip
def test_links_and_names_of_rss(inside: str, link: str, guid: str | None) -> None:
    entry = rss(f"<title>t</title>{inside}")
    assert (entry.link, entry.guid) == (link, guid)


def test_an_item_of_rdf_is_where_it_is_about() -> None:
    rdf = RDF.format("http://purl.org/rss/1.0/") + "{}</rdf:RDF>"
    entry = read(rdf.format("<item rdf:about='https://e.org/1'><title>t</title></item>"))
    assert (entry.link, entry.guid) == ("https://e.org/1", "https://e.org/1")
    entry = read(rdf.format("<item rdf:about='urn:x'><title>t</title></item>"))
    assert (entry.link, entry.guid) == ("", "urn:x")


def test_the_channel_definition_format() -> None:
    inside = "<TITLE>t</TITLE><ABSTRACT>a</ABSTRACT>"
    entry = read(f"<CHANNEL><ITEM HREF='https://e.org/1' LASTMOD='2004-04-06'>{inside}</ITEM></CHANNEL>")
    assert (entry.title, entry.link, entry.body, entry.updated) == ("t", "https://e.org/1", "a", "2004-04-06")


@pytest.mark.parametrize(
    ("title", "shown", "markup"),
    [
        ("<title>1 &lt; 2</title>", "1 < 2", False),
        ("<title type='text'>1 &lt; 2</title>", "1 < 2", False),
        ("<title type='html'>&lt;b>x&lt;/b></title>", "<b>x</b>", True),
        ("<title type='html'>R&amp;amp;D</title>", "R&amp;D", True),
        ("<title>R&amp;amp;D</title>", "R&amp;D", True),  # mislabelled, as many are
        (f"<title type='xhtml'>{DIV.format('<b>x</b> &lt;')}</title>", DIV.format("<b>x</b> &lt;"), True),
        ("<title type='application/octet-stream'>PGI+eDwvYj4=</title>", "<b>x</b>", True),
        ("<title type='application/octet-stream'>no base64</title>", "no base64", True),
        ("<title/><title>second</title>", "second", False),
    ],
)
def test_titles_of_atom(title: str, shown: str, markup: bool) -> None:
    entry = atom(title)
    assert (entry.title.replace('"', "'"), entry.title_is_markup) == (shown, markup)


@pytest.mark.parametrize(
    ("inside", "body"),
    [
        ("<description>d</description>", "d"),
        ("<description>short</description><content:encoded>much longer</content:encoded>", "much longer"),
        ("<description>much longer</description><content:encoded>short</content:encoded>", "much longer"),
        ("<content:encoded/><description>d</description>", "d"),
        ("<media:group><media:description>m</media:description></media:group>", "m"),
        ("<itunes:summary>i</itunes:summary>", "i"),
        ("<dc:description>d</dc:description>", "d"),
        ("<description>a <b>b</b> c</description>", "a <b>b</b> c"),
        (f"<body xmlns='http://www.w3.org/1999/xhtml'>{DIV.format('x')}</body>", DIV.format("x")),
        ("<other:description>x</other:description>", ""),
    ],
)
def test_bodies_of_rss(inside: str, body: str) -> None:
    found = re.sub(r' xmlns:\w+="[^"]*"', "", rss(inside).body)  # those of the feed, repeated on its parts
    assert found.replace('"', "'") == body


@pytest.mark.parametrize(
    ("inside", "body"),
    [
        ("<summary>s</summary>", "s"),
        ("<summary>s</summary><content type='html'>&lt;p>longer&lt;/p></content>", "<p>longer</p>"),
        ("<summary>s</summary><content type='image/png'>iVBORw0KGgo=</content>", "s"),
        ("<content type='text/html' mode='escaped'>&lt;p>x&lt;/p></content>", "<p>x</p>"),
        ("<content type='text/html' mode='base64'>PHA+eDwvcD4=</content>", "<p>x</p>"),
        (f"<content type='html'>{DIV.format('&lt;b>x&lt;/b>')}</content>", DIV.format("<b>x</b>")),
        (f"<content type='xhtml'>{DIV.format('1 &lt; 2')}</content>", DIV.format("1 &lt; 2")),
    ],
)
def test_bodies_of_atom(inside: str, body: str) -> None:
    assert atom(inside).body.replace('"', "'") == body


@pytest.mark.parametrize(
    ("inside", "published", "updated"),
    [
        ("<pubDate>P</pubDate>", "P", ""),
        ("<pubDate>P</pubDate><dc:date>D</dc:date>", "P", ""),
        ("<dc:date>D</dc:date>", "D", ""),
        ("<dcterms:issued>I</dcterms:issued><dcterms:modified>M</dcterms:modified>", "I", "M"),
        ("<atom:published>P</atom:published><atom:updated>U</atom:updated>", "P", "U"),
        ("<pubDate/><dc:date>D</dc:date>", "D", ""),
    ],
)
def test_dates(inside: str, published: str, updated: str) -> None:
    entry = rss(f"<title>t</title>{inside}")
    assert (entry.published, entry.updated) == (published, updated)


def test_a_date_of_the_source_that_an_entry_came_from_is_not_its_own() -> None:
    entry = atom(
        "<source><title>S</title><id>s</id><updated>1999</updated></source><title>t</title><issued>2003</issued>"
    )
    assert (entry.title, entry.guid, entry.published, entry.updated) == ("t", None, "2003", "")


@pytest.mark.parametrize(
    ("feed", "inside", "lang"),
    [
        ("", "<title>t</title>", None),
        ("xml:lang='de'", "<title>t</title>", "de"),
        ("xml:lang='de'", "<title xml:lang='fr'>t</title>", "fr"),
        ("xml:lang='de'", "<title xml:lang=''>t</title>", None),
        ("xml:lang='de'", "<title xml:lang='fr'>t</title><content>c</content>", "de"),
        ("xml:lang='de'", "<title>t</title><content xml:lang='zh_TW'>c</content>", "zh-TW"),
        (
            "",
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml' xml:lang='ko'>c</div></content>",
            "ko",
        ),
    ],
)
def test_languages_of_atom(feed: str, inside: str, lang: str | None) -> None:
    assert atom(inside, feed).lang == lang


def test_languages_of_rss() -> None:
    assert rss("<title>t</title>").lang == "en"
    assert rss("<title>t</title><dc:language>ja</dc:language>").lang == "ja"
    assert rss("<title xml:lang='fr'>t</title>").lang == "fr"


def test_enclosures() -> None:
    entry = rss("<title>t</title><enclosure url='/a.pdf'/><enclosure/><atom:link rel='enclosure' href='/b.pdf'/>")
    assert entry.enclosures == ("/a.pdf", "/b.pdf")


def test_bases_add_up() -> None:
    entry = atom("<title>t</title><link href='f' xml:base='g/'/>", "xml:base='https://b.org/d/'")
    assert entry.base == "https://b.org/d/"
    assert atom("<title>t</title>").base == ""
    text = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='/d/'><entry xml:base='e/'><title>t</title></entry></feed>"
    )
    assert read(text).base == "https://e.org/d/e/"
