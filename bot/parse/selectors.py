"""Write CSS selectors for elements of a page that somebody pointed at: short ones that find these and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from bot.parse.dom import first, select

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element  # noqa: SLF001 - lxml-stubs names no public type

ENOUGH = 0.9  # share of rows in which a cell must be found
_LOOKED_AT = 30  # rows that a cell's selector is tried on
_NAME = re.compile(r"-?[A-Za-z_][\w-]{0,60}")
# Names that a build tool made of its input change with the next release; so do the numbers of single entries.
_MADE = re.compile(r"^(?:css|sc|jss|jsx|svelte)-|__[A-Za-z0-9-]{5,}$|[a-z][0-9]+[a-z][0-9]|[0-9]{3,}$", re.IGNORECASE)
_STATES = frozenset(("odd", "even", "first", "last", "active", "current", "selected", "open", "visited", "hover"))
_TAG = re.compile(r"[a-z][a-z0-9]{0,15}")


def classes(element: Element) -> tuple[str, ...]:
    """Classes of an element that a selector can name, those that are likely to last first."""
    named = [name for name in (element.get("class") or "")[:500].split() if _NAME.fullmatch(name)]
    lasting = dict.fromkeys(name for name in named if name.lower() not in _STATES)
    return tuple(sorted(lasting, key=lambda name: bool(_MADE.search(name))))


def shared_classes(elements: Sequence[Element]) -> tuple[str, ...]:
    """Classes that all of some elements have."""
    common = set(classes(elements[0])).intersection(*(classes(element) for element in elements[1:]))
    return tuple(name for name in classes(elements[0]) if name in common)


def row_selectors(rows: Sequence[Element]) -> Iterator[str]:
    """Selectors that find all rows of a list and perhaps more, plainest first."""
    plain = tuple(_steps(rows))
    yield from plain[:-1]  # with a class: the tag alone is everywhere
    parents = _parents(rows)
    inner = plain
    for _ in range(3):
        if not parents:
            break
        outer = tuple(_steps(parents, ids=True))
        yield from (f"{above} > {below}" for above in outer[:-1] for below in inner)
        inner = tuple(f"{outer[-1]} > {below}" for below in inner)
        parents = _parents(parents)
    yield inner[-1]


def cell_selector(rows: Sequence[Element], cells: Sequence[Element | None], *, enough: float = ENOUGH) -> str:
    """A selector that finds in each row the cell that stands beside it in `cells`; "" when there is none.

    Args:
        rows: Entries of a list.
        cells: For each the element that is meant, None where it has none.
        enough: Share of the rows that have a cell in which the selector must find exactly this.
    """
    pairs = [(row, cell) for row, cell in zip(rows, cells, strict=True) if cell is not None][:_LOOKED_AT]
    if not pairs:
        return ""
    usable = ""
    for selector in dict.fromkeys(_cell_candidates(pairs)):
        found = [(select(row, selector), cell) for row, cell in pairs]
        if sum(elements == [cell] for elements, cell in found) >= enough * len(pairs):
            return selector
        if not usable and sum(first(row, selector) is cell for row, cell in pairs) >= enough * len(pairs):
            usable = selector
    return usable


def _cell_candidates(pairs: Sequence[tuple[Element, Element]]) -> Iterator[str]:
    cells = [cell for _, cell in pairs]
    own = tuple(dict.fromkeys((*_steps(cells), _tag(cells[0]))))
    tag = own[-1]
    yield from own if tag not in {"td", "div"} else own[:-1]
    parents = [parent for row, cell in pairs if (parent := cell.getparent()) is not None and cell is not row]
    if len(parents) == len(pairs) and all(row is not cell for row, cell in pairs):
        above = tuple(_steps(parents))
        yield from (f"{name} {tag}" for name in above[:-1])
        yield from (f"{name} {tag}" for name in above[-1:] if name not in {"td", "div"})
        for nth in dict.fromkeys(_place(parent) for parent in parents[:3]):
            yield f"{_tag(parents[0])}:nth-child({nth}) {tag}"
    yield tag
    for nth in dict.fromkeys(_place(cell) for cell in cells[:3]):
        yield f"{tag}:nth-child({nth})"


def best(root: Element, candidates: Iterator[str], worth: Callable[[Sequence[Element]], float]) -> tuple[str, float]:
    """The first selector whose elements are worth the most, 1.0 being the end of the search; "" when none is."""
    chosen, most = "", 0.0
    for selector in dict.fromkeys(candidates):
        value = worth(select(root, selector))
        if value > most:
            chosen, most = selector, value
        if most >= 1.0:
            break
    return chosen, most


def _steps(elements: Sequence[Element], *, ids: bool = False) -> Iterator[str]:
    """Ways to name some elements of one kind: by id, by a class that they share, by their tag; the tag comes last."""
    tag = _tag(elements[0])
    name = elements[0].get("id") or ""
    if ids and len(elements) == 1 and _NAME.fullmatch(name) and not _MADE.search(name):
        yield f"{tag}#{name}"
    yield from (f"{tag}.{name}" for name in shared_classes(elements))
    yield tag


def _parents(elements: Sequence[Element]) -> list[Element]:
    """The parents of some elements, each once; none when they are of several kinds or the page itself."""
    found: dict[Element, None] = {}
    for element in elements:
        parent = element.getparent()
        if parent is None or _tag(parent) in {"body", "html"}:
            return []
        found[parent] = None
    return list(found) if len({_tag(element) for element in found}) == 1 else []


def _place(element: Element) -> int:
    """Which child of its parent an element is, from 1."""
    parent = element.getparent()
    return 1 if parent is None else parent.index(element) + 1


def _tag(element: Element) -> str:
    """Tag of an element as a selector writes it; "*" for one that no selector can name."""
    tag = element.tag
    return tag if _TAG.fullmatch(tag) else "*"
