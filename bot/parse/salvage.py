"""Broken XML made readable, so that one bad character or one bad entry never costs a feed its good ones.

The rungs, from cheap to desperate: `clean` takes out what no XML may hold, `repair` mends what authors get wrong, the
lenient parser drops what it cannot place, and `split_entries` cuts a feed into its entries, each to be read alone.
Nothing here follows an entity, a DTD or an address.
"""

from __future__ import annotations

import html.entities
import re
from collections import deque
from collections.abc import Iterator

from lxml import etree

from bot.parse.text import cut

_XML_DECLARATION = re.compile(r"<\?xml\s[^>]{0,300}?\?>")
_START = re.compile(
    r"<(?:\?xml|!DOCTYPE|!--|(?:[A-Za-z_][\w.-]{0,30}:)?(?:rss|rdf|feed|channel|html)\b)", re.IGNORECASE
)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,30}:)?(?:rss|rdf|feed|channel|item|entry)\b", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_SUBSET_END = re.compile(r"\]\s*>")
_HEAD = 4096  # characters in which a document must begin

# XML 1.0, production 2: everything else may not occur, not even as a reference.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
_REFERENCE = re.compile(r"&#(?:([0-9]++)|[xX]([0-9a-fA-F]++));?")
_AMPERSAND = re.compile(r"&(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});)?")
_STRAY_LESS = re.compile(r"<(?![A-Za-z_/?]|!--|!\[CDATA\[)")
_FIRST_TAG = re.compile(r"<[A-Za-z_]")
_PREFIX = re.compile(r"[<\s/]([A-Za-z_][\w.-]{0,30}):[A-Za-z_][\w.-]{0,60}(?=[\s=/>])")
_DECLARED = re.compile(r"xmlns:([A-Za-z_][\w.-]{0,30})\s*=")
_ROOT_TAG = re.compile(r"<([A-Za-z_][\w.:-]{0,60})([^<>]{0,8000})>")
_ENTRY = re.compile(r"<((?:[A-Za-z_][\w.-]{0,30}:)?(?:item|entry))(?=[\s>/])", re.IGNORECASE)
_PERSON = re.compile(
    r"(<(?:\w{1,20}:)?(?:author|creator|contributor|managingEditor|webMaster|name|email)\b[^<>]{0,200}>)([^<]{321,})"
)

_KNOWN_PREFIXES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "atom": "http://www.w3.org/2005/Atom",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "media": "http://search.yahoo.com/mrss/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
}


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """A document without XML declaration, DOCTYPE and whatever no XML may hold.

    Returns:
        The text, beginning with its root element or a comment, and the steps that changed it, as phrases for people.
        Dropping a declaration or a DOCTYPE is no such step: every document loses them.
    """
    steps: list[str] = []
    text, junk = _without_head(text)
    if junk:
        steps.append("text before the document dropped")
    if _NOT_XML.search(text):
        text = _NOT_XML.sub("", text)
        steps.append("control characters dropped")
    if "&#" in text:
        counted = _Counter()
        text = _REFERENCE.sub(counted.replace, text)
        if counted.changed:
            steps.append("impossible character references replaced")
    return text, tuple(steps)


def repair(text: str) -> str:
    """A cleaned document with unknown entities, bare ampersands and brackets, and undeclared prefixes mended."""
    pieces = []
    for piece, verbatim in _sections(text):
        if verbatim:
            pieces.append(piece)
        else:
            piece = _XML_DECLARATION.sub("", piece)  # noqa: PLW2901 - of another document that was pasted in
            pieces.append(_STRAY_LESS.sub("&lt;", _AMPERSAND.sub(_entity, piece)))
    return _with_prefixes("".join(pieces))


def parse(text: str, *, base: str = "", lenient: bool = False) -> etree._Element | None:
    """The root of a cleaned document, None when it cannot be parsed.

    Args:
        text: XML without declaration.
        base: Address of the document, against which xml:base is resolved.
        lenient: Recover from errors, dropping what cannot be placed.
    """
    parser = etree.XMLParser(
        recover=lenient,
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode("utf-8", errors="replace"), parser, base_url=base)
    except (etree.XMLSyntaxError, ValueError):
        return None


def count_entries(text: str) -> int:
    """How many entries a feed seems to hold, by their start tags."""
    return sum(1 for _ in _ENTRY.finditer(text))


def ends_open(text: str) -> bool:
    """Whether a document breaks off inside its last entry, which then says only half of what it means."""
    starts = deque(_ENTRY.finditer(text), maxlen=1)
    if not starts:
        return False
    closing = f"</{starts[0][1]}>"
    return closing in text and text.find(closing, starts[0].end()) < 0


def first_entries(text: str, limit: int) -> str:
    """The document up to its entry number `limit`, so that no parser has to read more."""
    for number, found in enumerate(_ENTRY.finditer(text)):
        if number == limit:
            return text[: found.start()]
    return text


def split_entries(text: str) -> Iterator[tuple[str, bool]]:
    """Every entry of a feed as a mended document of its own, and whether it was closed before the next one began."""
    root = _ROOT_TAG.search(text)
    declared = dict(re.findall(r"""\s(xmlns(?::[\w.-]+)?)\s*=\s*["']([^"'<>]*)["']""", root[2])) if root else {}
    spaces = "".join(f' {name}="{value.replace("&", "&amp;")}"' for name, value in declared.items())
    starts = [(found.start(), found[1]) for found in _ENTRY.finditer(text)]
    ends = [*(start for start, _ in starts[1:]), len(text)]
    for (start, name), end in zip(starts, ends, strict=False):
        closing = f"</{name}>"
        close = text.find(closing, start, end)
        body = text[start : close + len(closing)] if close >= 0 else f"{text[start:end]}{closing}"
        yield repair(f"<feed{spaces}>{body}</feed>"), close >= 0


def shorten_people(text: str) -> str:
    """Names of people cut to 320 characters: feedparser's search for a mail address in them is quadratic."""
    return _PERSON.sub(lambda m: m[1] + cut(m[2], 320), text)


class _Counter:
    """Replaces character references and remembers whether any was impossible."""

    def __init__(self) -> None:
        self.changed = False

    def replace(self, match: re.Match[str]) -> str:
        digits, hexadecimal = match[1], match[2]
        number = int(digits[:8]) if digits else int(hexadecimal[:8], 16)
        if 0x80 <= number <= 0x9F:
            # Nobody means a control: these are Windows-1252 letters by their byte, and browsers read them so.
            return html.unescape(f"&#{number};")
        if len(digits or hexadecimal) > 8 or not _is_xml(number):
            self.changed = True
            return "\ufffd"
        return match[0]


def _is_xml(number: int) -> bool:
    return (
        0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD or 0x10000 <= number <= 0x10FFFF or number in (9, 10, 13)
    )


def _without_head(text: str) -> tuple[str, bool]:
    """A document from its root element on, and whether anything but a prolog stood before it."""
    text = text.lstrip()
    junk = not text.startswith("<")
    if junk:
        start = _START.search(text[:_HEAD])
        if start is None:
            return text, False
        text = text[start.start() :]
    declaration = _XML_DECLARATION.search(text[:_HEAD])
    if declaration is not None and not _ROOT.search(text, 0, declaration.start()):
        junk = junk or bool(text[: declaration.start()].strip())
        text = text[declaration.end() :]
    doctype, first = _DOCTYPE.search(text[:_HEAD]), _FIRST_TAG.search(text)
    if doctype is not None and (first is None or doctype.start() < first.start()):
        text = text[: doctype.start()] + text[_doctype_end(text, doctype.start()) :]
    return text.lstrip(), junk


def _doctype_end(text: str, start: int) -> int:
    end = text.find(">", start)
    bracket = text.find("[", start)
    if 0 <= bracket < end:
        subset = _SUBSET_END.search(text, bracket)
        end = subset.end() - 1 if subset else end
    return end + 1 if end >= 0 else len(text)


def _sections(text: str) -> Iterator[tuple[str, bool]]:
    """The stretches of a document and whether each is a CDATA section, whose content is no markup."""
    here = 0
    while True:
        start = text.find("<![CDATA[", here)
        end = text.find("]]>", start) if start >= 0 else -1
        if end < 0:
            yield text[here:], False
            return
        yield text[here:start], False
        here = end + 3
        yield text[start:here], True


def _entity(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "&amp;"
    if name.startswith("#") or name in ("amp", "lt", "gt", "quot", "apos"):
        return match[0]
    letters = html.entities.html5.get(f"{name};")
    if letters is None:
        return f"&amp;{name};"
    return letters.replace("&", "&amp;").replace("<", "&lt;")


def _with_prefixes(text: str) -> str:
    """A document whose root declares every prefix in use."""
    used = {match[1] for match in _PREFIX.finditer(text)} - {"xml", "xmlns", "http", "https", "mailto"}
    missing = sorted(used - {match[1] for match in _DECLARED.finditer(text)})
    root = _ROOT_TAG.search(text)
    if not missing or root is None or len(missing) > 50:
        return text
    spaces = "".join(f' xmlns:{p}="{_KNOWN_PREFIXES.get(p, f"urn:undeclared:{p}")}"' for p in missing)
    at = root.end(1)
    return text[:at] + spaces + text[at:]
