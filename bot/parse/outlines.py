"""Read outlines of OPML, the format in which feed readers hand lists of feeds around; broken ones as far as they go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from bot.parse import salvage
from bot.parse.text import one_line

if TYPE_CHECKING:
    from lxml import etree

_LONGEST = 4_096  # characters of an attribute
_DEEPEST = 30  # levels of folders that are named


class Node(NamedTuple):
    """One outline element."""

    attributes: Mapping[str, str]  # names in lower case, values on one line
    folders: tuple[str, ...]  # titles of the outlines around it, outermost first


def outlines(text: str, *, limit: int) -> tuple[tuple[Node, ...], tuple[str, ...]] | None:
    """The outlines of a document in order, and what had to be mended; None when it is no OPML.

    Document types are dropped, entities of their making with them; nothing is fetched.

    Args:
        text: The decoded file.
        limit: Outlines to give at most.
    """
    text, steps = salvage.clean(text)
    root = salvage.parse(text)
    if root is None:
        mended = salvage.repair(text)
        root, how = salvage.parse(mended), "markup mended"
        if root is None:
            root, how = salvage.parse(mended, lenient=True), "read with a forgiving parser"
        steps = (*steps, how)
    if root is None or _name(root).lower() != "opml":
        return None
    found = islice(_nodes(root), limit)
    return tuple(found), steps


def _nodes(root: etree._Element) -> Iterator[Node]:
    for element in root.iter("{*}outline", "{*}Outline", "{*}OUTLINE"):
        above = [_title(_attributes(e)) for e in islice(element.iterancestors(), _DEEPEST) if _name(e) == "outline"]
        yield Node(attributes=_attributes(element), folders=tuple(title for title in reversed(above) if title))


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name).lower(): one_line(str(value)[:_LONGEST]) for name, value in element.attrib.items()}


def _title(attributes: Mapping[str, str]) -> str:
    return attributes.get("title") or attributes.get("text") or ""


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()
