"""Lists of feeds: OPML and plain text in, OPML out."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from bot.parse.charset import decode
from bot.parse.outlines import outlines
from bot.parse.text import one_line
from bot.types.catalogue import Outline
from bot.types.source import Source

MAX_BYTES = 10_000_000
MAX_OUTLINES = 20_000


def read_list(raw: bytes) -> tuple[tuple[Outline, ...], tuple[str, ...]] | str:
    """The feeds of an OPML file or of a text with one address per line, and what had to be mended.

    Runs in a child process; one sentence when the file is neither.
    """
    text = decode(raw).text.lstrip()
    if not text.startswith("<"):
        return _plain(text), ()
    read = outlines(text, limit=MAX_OUTLINES)
    if read is None:
        return "it begins like markup but is no OPML; export the list from your feed reader anew"
    nodes, steps = read
    found = [_outline(node.attributes, node.folders) for node in nodes]
    return tuple(outline for outline in found if outline.url or outline.page), steps


def write_opml(sources: Sequence[Source], *, title: str) -> str:
    """OPML 2.0 with a folder per jurisdiction; feeds by xmlUrl, everything else by the address of its page."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += ["  <head>", f"    <title>{_escaped(title)}</title>", "  </head>", "  <body>"]
    ordered = sorted(sources, key=lambda source: (source.jurisdiction, source.id))
    for jurisdiction, group in groupby(ordered, key=lambda source: source.jurisdiction):
        lines.append(f'    <outline text="{_escaped(jurisdiction)}" title="{_escaped(jurisdiction)}">')
        lines += [f"      {_element(source)}" for source in group]
        lines.append("    </outline>")
    return "\n".join((*lines, "  </body>", "</opml>", ""))


def _element(source: Source) -> str:
    name, url = source.publisher, source.url
    values = {"text": name, "title": name, "category": f"/{source.jurisdiction}/{source.authority}"}
    values |= {"type": "rss", "xmlUrl": url} if source.kind == "feed" else {"type": "link", "url": url, "htmlUrl": url}
    written = " ".join(f'{key}="{_escaped(value)}"' for key, value in values.items())
    return f"<outline {written}/>"


def _escaped(text: str) -> str:
    return html.escape(one_line(text), quote=True)


def _outline(values: Mapping[str, str], folders: Iterable[str]) -> Outline:
    url = values.get("xmlurl", "")
    title = values.get("title") or values.get("text") or ""
    page = values.get("htmlurl") or (values.get("url", "") if not url else "")
    # Folders are what people sorted by; the attribute is a list of such paths, of which the first will do.
    own = values.get("category", "").partition(",")[0].strip("/ ").replace("/", " / ")
    return Outline(url=url, title=title, page=page, category=" / ".join(folders) or own)


def _plain(text: str) -> tuple[Outline, ...]:
    """Addresses one per line, each with a title behind it if there is one; # begins a comment."""
    found: list[Outline] = []
    for number, line in enumerate(text.splitlines()[:MAX_OUTLINES], 1):
        url, _, title = one_line(line[:8_000]).partition(" ")
        if url and not url.startswith("#"):
            found.append(Outline(url=url, title=title.strip(), line=number))
    return tuple(found)
