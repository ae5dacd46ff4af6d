"""RSS 0.9x to 2.0, RSS 1.0 and Atom as a tree of elements, read in one walk."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from bot.parse.html import looks_like_markup

_CORE = frozenset((
    "",
    "http://www.w3.org/2005/Atom",
    "http://purl.org/atom/ns#",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
    "http://purl.org/net/rss1.1#",
    "http://backend.userland.com/rss2",
    "http://backend.userland.com/RSS2",
    "http://backend.userland.com/rss",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://cyber.law.harvard.edu/rss",
    "http://my.netscape.com/publish/formats/rss-0.91.dtd",
))  # fmt: skip
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MEDIA_GROUP = "{http://search.yahoo.com/mrss/}group"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

_TITLES = ("title", "dc:title", "media:title", "itunes:title")
_LONG_BODIES = ("content:encoded", "content", "xhtml:body", "body", "fullitem")
_SHORT_BODIES = ("description", "summary", "tagline", "dc:description", "itunes:summary", "media:description")
_PUBLISHED = ("pubdate", "published", "issued", "dc:date", "dcterms:issued", "dcterms:created", "created")
_UPDATED = ("updated", "modified", "dcterms:modified", "lastbuilddate")
_WANTED = frozenset((
    *_TITLES, *_LONG_BODIES, *_SHORT_BODIES, *_PUBLISHED, *_UPDATED,
    "link", "guid", "id", "enclosure", "feedburner:origlink", "dc:language", "language", "dc:identifier",
))  # fmt: skip
_VERSION = re.compile(r"\?\S*|[\d.]*\d")
_MARKUP_TYPES = ("html", "xhtml", "text/html", "application/xhtml+xml")


class Entry(NamedTuple):
    """One entry of a feed as it was written: nothing decoded, dated or made absolute yet.

    A tuple, since feeds make thousands of them, none of which lives longer than a call.
    """

    guid: str | None
    link: str
    title: str
    title_is_markup: bool  # False: a "<" in the title is a "<"
    body: str
    body_is_markup: bool
    published: str
    updated: str
    lang: str | None
    enclosures: tuple[str, ...]
    base: str  # xml:base in force, "" when none

    @property
    def empty(self) -> bool:
        """True when it says nothing at all."""
        return not (self.title or self.body or self.link or self.guid)


def is_feed(root: etree._Element) -> bool:
    """True when a document calls itself a feed, with or without entries."""
    return _key(root.tag) in ("rss", "feed", "rdf:rdf", "channel", "rdf")


def generator(root: etree._Element) -> str:
    """The program that made a feed, as it says itself, without its version; "" when it says nothing."""
    for child in _channel(root):
        if _key(child.tag) == "generator":
            return " ".join(_VERSION.sub(" ", _text(child)[:200]).lower().split())
    return ""


def entries(root: etree._Element, *, limit: int) -> tuple[Entry, ...]:
    """The entries of a feed in document order, at most `limit`."""
    lang = _feed_language(root)
    based = bool(root.xpath("boolean(//@xml:base)"))
    found: list[Entry] = []
    for element in _entry_elements(root):
        if len(found) >= limit:
            break
        found.append(_entry(element, lang, based=based))
    return tuple(found)


def _entry_elements(root: etree._Element) -> Iterator[etree._Element]:
    if _key(root.tag) in ("item", "entry"):
        yield root
        return
    for element in root.iter("{*}item", "{*}entry", "{*}Item"):
        if _key(element.tag) in ("item", "entry"):
            yield element


def _entry(element: etree._Element, lang: str | None, *, based: bool) -> Entry:
    found: dict[str, etree._Element] = {}
    links: list[etree._Element] = []
    enclosures: list[str] = []
    for child in _children(element):
        key = _key(child.tag)
        if key not in _WANTED:
            continue
        if key == "link":
            links.append(child)
        elif key == "enclosure":
            enclosures.append(child.get("url") or child.get("href") or "")
        elif key not in found or not _has_content(found[key]):
            found[key] = child
    title = _first(found, _TITLES)
    body = _body(found)
    guid = _first(found, ("guid", "id"))
    named = _text(guid) if guid is not None else (element.get(_RDF_ABOUT) or _text(_first(found, ("dc:identifier",))))
    return Entry(
        guid=named or None,
        link=_link(found, links, guid),
        title=_content(title),
        title_is_markup=_is_markup(title),
        body=_content(body),
        body_is_markup=_is_markup(body),
        published=_text(_first(found, _PUBLISHED)),
        updated=_text(_first(found, _UPDATED)),
        lang=element.get(_XML_LANG) or _text(_first(found, ("dc:language", "language"))) or lang,
        enclosures=tuple(e for e in (*enclosures, *(_href(k) for k in links if k.get("rel") == "enclosure")) if e),
        base=(element.base or "") if based else "",
    )


def _children(element: etree._Element) -> Iterator[etree._Element]:
    """The elements of an entry; a media group's own count as the entry's."""
    for child in element:
        if child.tag == _MEDIA_GROUP:
            yield from child
        else:
            yield child


def _first(found: dict[str, etree._Element], keys: tuple[str, ...]) -> etree._Element | None:
    """The first of several elements that holds something."""
    for key in keys:
        element = found.get(key)
        if element is not None and _has_content(element):
            return element
    return None


def _body(found: dict[str, etree._Element]) -> etree._Element | None:
    """The longer of content and summary; content of another medium (an image in base64) is none."""
    long, short = _first(found, _LONG_BODIES), _first(found, _SHORT_BODIES)
    if long is not None and _is_other_medium((long.get("type") or "").lower()):
        long = None
    if long is None or short is None:
        return long if short is None else short
    return long if len(_content(long)) >= len(_content(short)) else short


def _is_other_medium(kind: str) -> bool:
    return "/" in kind and not kind.startswith("text/") and not kind.endswith(("xml", "html"))


def _link(found: dict[str, etree._Element], links: list[etree._Element], guid: etree._Element | None) -> str:
    original = found.get("feedburner:origlink")
    if original is not None and _text(original):
        return _text(original)
    plain = [element for element in links if element.get("rel", "alternate") in ("alternate", "")]
    for element in plain:
        if address := _href(element):
            return address
    permanent = guid is not None and guid.get("isPermaLink", "true").lower() != "false"
    if permanent and _text(guid).lower().startswith(("http://", "https://")):
        return _text(guid)
    content = found.get("content")
    return (content.get("src") or "").strip() if content is not None else ""


def _href(element: etree._Element) -> str:
    return (element.get("href") or _text(element)).strip()


def _is_markup(element: etree._Element | None) -> bool:
    """Whether the text of an element is to be read as HTML; Atom says so, RSS always may be."""
    if element is None:
        return False
    kind = (element.get("type") or "").strip().lower()
    if kind in ("text", "text/plain"):
        return looks_like_markup(element.text or "")
    if kind in _MARKUP_TYPES or element.get("mode") in ("escaped", "base64"):
        return True
    atom = element.tag.startswith("{http://www.w3.org/2005/Atom}")
    return not atom or len(element) > 0 or looks_like_markup(element.text or "")


def _content(element: etree._Element | None) -> str:
    """Text of an element; when it holds elements itself, their markup."""
    if element is None:
        return ""
    if len(element) == 0:
        text = (element.text or "").strip()
        return _from_base64(text) if element.get("mode") == "base64" else text
    pieces = [_escape(element.text or "")]
    pieces += [etree.tostring(child, encoding="unicode") for child in element]
    return "".join(pieces).strip()


def _from_base64(text: str) -> str:
    """What Atom 0.3 packs into base64."""
    try:
        return base64.b64decode(text, validate=False).decode("utf-8", errors="replace")
    except ValueError:
        return text


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _text(element: etree._Element | None) -> str:
    if element is None:
        return ""
    return (element.text or "").strip() if len(element) == 0 else "".join(str(t) for t in element.itertext()).strip()


def _has_content(element: etree._Element) -> bool:
    return (
        len(element) > 0
        or bool(element.text and not element.text.isspace())
        or bool(element.get("href") or element.get("src"))
    )


def _feed_language(root: etree._Element) -> str | None:
    if lang := root.get(_XML_LANG):
        return lang
    channel = _channel(root)
    for child in channel:
        if _key(child.tag) in ("language", "dc:language"):
            return _text(child) or None
    return channel.get(_XML_LANG)


def _channel(root: etree._Element) -> etree._Element:
    """The element that speaks of the feed itself; the root when there is no other."""
    if _key(root.tag) in ("feed", "channel"):
        return root
    return next((child for child in root if _key(child.tag) == "channel"), root)


@lru_cache(maxsize=4096)
def _key(tag: object) -> str:
    """A tag as prefix:name in lower case, without prefix for RSS and Atom; "" for what is no element of interest."""
    if not isinstance(tag, str):
        return ""
    space, _, name = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    if space in _CORE:
        return name.lower()
    prefix = _PREFIXES.get(space)
    return f"{prefix}:{name.lower()}" if prefix else ""
