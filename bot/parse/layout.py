"""Find the list on a page that has no feed: which elements repeat, and where in each title, link and date stand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from bot.parse.dates import parse_date
from bot.parse.dom import Page, first
from bot.parse.selectors import best, cell_selector, classes, row_selectors
from bot.parse.url import absolute_url

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element  # noqa: SLF001 - lxml-stubs names no public type

_ANCHORS = 3_000  # links of a page that are looked at
_GROUPS = 60  # of them, the largest
_ROWS = 200  # of a group
_FEWEST = 3  # entries that make a list
_DEEPEST = 60  # levels above a link
_LEAST = 1.0  # score of a list; what has less is a menu
_TITLE = 12.0  # letters that a title has on average; a Chinese character stands for two and a half
_DATE_CELL = 40  # characters of a cell that holds a date
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CALLED_TITLE = re.compile(
    r"(?:^|[-_])(?:title|titel|titulo|headline|heading|subject|tit|ttl)(?:$|[-_])", re.IGNORECASE
)
# What a part of a page is called that holds no news: ways around the site, and what it shows beside its own list.
_AROUND = re.compile(
    r"(?:^|[-_ ])(?:nav|navi|navbar|navigation|menu|footer|header|breadcrumbs?|crumbs?|sidebar|widget|pager|pagination"
    r"|paging|social|share|related|cookies?|lang|languages?|gnb|lnb|events?|popular|best|most)(?:$|[-_ ])",
    re.IGNORECASE,
)
_AROUND_TAGS = frozenset(("nav", "header", "footer", "aside"))
_MAIN = re.compile(r"(?:^|[-_ ])(?:main|content|contents)(?:$|[-_ ])", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<![0-9])([0-9]{1,2})[-./]([0-9]{1,2})[-./](?:20)?[0-9]{2}(?![0-9])")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Selectors that read a list, as `kind: listing` takes them."""

    row: str
    title: str
    link: str
    date: str  # "" leaves it to the first date in the row's text
    month_first: bool  # dates are written 01/16/2026
    score: float  # higher is likelier; comparable within one page
    urls: frozenset[str]  # addresses of its entries


@dataclass(frozen=True, slots=True)
class _Link:
    """An anchor of the page."""

    element: Element
    url: str


class _Dates(NamedTuple):
    """How the dates of a list are read."""

    selector: str  # "" when the row's text does as well
    share: float  # of the rows that are dated
    month_first: bool


def layouts(page: Page, *, zone: tzinfo, limit: int = 5) -> tuple[Layout, ...]:
    """The lists of a page, likeliest first; of several ways to read one list, or a part of it, the best.

    A list is a group of links that stand alike: the same tags above them and the same classes, or the same tags below
    one element. What speaks for one is dates beside its links, long and different titles and the number of them; what
    speaks against it is to be part of a menu, a footer or a sidebar.

    Args:
        page: The page.
        zone: Clock of the source, for its dates.
        limit: Lists to give at most.
    """
    root = page.tree
    if root is None:
        return ()
    found = [made for group in _groups(page, root) if (made := _layout(root, page.base, group, zone)) is not None]
    chosen: list[Layout] = []
    for layout in sorted(found, key=lambda one: (-one.score, len(one.row) + len(one.title) + len(one.date))):
        if layout.score >= _LEAST and not any(layout.urls <= other.urls for other in chosen):
            chosen.append(layout)
    return tuple(chosen[:limit])


def _groups(page: Page, root: Element) -> list[list[_Link]]:
    """Links that stand alike, largest group first; a link may be in two."""
    links = [
        _Link(element, url)
        for element in islice(root.iter("a"), _ANCHORS)
        if (url := absolute_url((element.get("href") or "")[:4096], page.base)).partition("#")[0]
        and not (element.get("href") or "").startswith("#")
    ]
    by_name: dict[tuple[object, ...], list[_Link]] = defaultdict(list)
    by_tags: dict[tuple[str, ...], list[_Link]] = defaultdict(list)
    for link in links:
        above = [link.element, *islice(link.element.iterancestors(), _DEEPEST)]
        by_name[tuple((element.tag, _lasting(element)) for element in above)].append(link)
        by_tags[tuple(str(element.tag) for element in above)].append(link)
    groups = [*by_name.values(), *(part for alike in by_tags.values() for part in _by_container(alike))]
    once = {tuple(link.element for link in group): group for group in groups}
    large = [group for group in once.values() if len({link.url for link in group}) >= _FEWEST]
    return sorted(large, key=len, reverse=True)[:_GROUPS]


def _lasting(element: Element) -> tuple[str, ...]:
    """Classes of an element without those that number it."""
    return tuple(sorted(name for name in classes(element) if not any(sign.isdigit() for sign in name)))


def _by_container(links: Sequence[_Link]) -> Iterator[list[_Link]]:
    """Links with the same tags above them, parted by the nearest element that holds several."""
    held = _held(links)
    parts: dict[Element, list[_Link]] = defaultdict(list)
    for link in links:
        for element in islice(link.element.iterancestors(), _DEEPEST):
            if len(held[element]) >= _FEWEST:
                parts[element].append(link)
                break
    yield from parts.values()


def _held(links: Sequence[_Link]) -> dict[Element, set[str]]:
    """The addresses below every element that has a link below it."""
    held: dict[Element, set[str]] = defaultdict(set)
    for link in links:
        for element in islice(link.element.iterancestors(), _DEEPEST):
            held[element].add(link.url)
    return held


def _layout(root: Element, base: str, group: Sequence[_Link], zone: tzinfo) -> Layout | None:
    """The selectors of one group of links; None when it makes no list."""
    links = list({link.url: link for link in reversed(group)}.values())[::-1][:_ROWS]
    rows = _rows(links)
    if len(set(rows)) < len(rows):
        return None
    titles = _titles(rows, links, zone)
    if titles is None:
        return None
    link, title = cell_selector(rows, _anchors(links, titles, base)), cell_selector(rows, titles)
    if not link or not title:
        return None
    wanted = {link.url for link in links}

    def worth(elements: Sequence[Element]) -> float:
        # A second link to an entry ("more") does no harm: the kind takes the first.
        got = {url for element in elements[: 4 * _ROWS] if (url := _address(element, link, title, base))}
        return 2 * len(wanted & got) / (len(wanted) + len(got))

    row, fit = best(root, row_selectors(rows), worth)
    if fit < 0.8:
        return None
    dates = _dates(rows, titles, zone)
    score = 2.0 * dates.share + min(len(rows), 12) / 12 + min(_length(titles) / 60, 1.0) + _standing(rows[0]) + fit
    return Layout(
        row=row,
        title=title,
        link=link,
        date=dates.selector,
        month_first=dates.month_first,
        score=round(score, 3),
        urls=frozenset(wanted),
    )


def _rows(links: Sequence[_Link]) -> list[Element]:
    """For every link the largest element that holds no other link of the group; the same number of levels for all."""
    held = _held(links)
    levels = Counter(sum(1 for _ in _alone(islice(link.element.iterancestors(), _DEEPEST), held)) for link in links)
    level = min(levels, key=lambda steps: (-levels[steps], steps))
    return [next(islice((link.element, *link.element.iterancestors()), level, None)) for link in links]


def _alone(ancestors: Iterator[Element], held: dict[Element, set[str]]) -> Iterator[Element]:
    for element in ancestors:
        if len(held[element]) > 1 or element.tag in ("body", "html"):
            return
        yield element


def _titles(rows: Sequence[Element], links: Sequence[_Link], zone: tzinfo) -> list[Element | None] | None:
    """The element of every row that holds its title; None when the rows have none worth the name."""
    anchors: list[Element | None] = [link.element for link in links]
    for cells in (_named_titles(rows, links), _longest_parts(links), anchors):
        texts = [_text(cell) for cell in cells if cell is not None]
        if len(texts) < 0.9 * len(rows) or len(set(texts)) < 0.7 * len(texts) or _length(cells) < _TITLE:
            continue
        dates = sum(len(text) <= _DATE_CELL and parse_date(text, zone=zone) is not None for text in texts)
        if dates < 0.5 * len(texts):
            return cells
    return None


def _anchors(links: Sequence[_Link], titles: Sequence[Element | None], base: str) -> list[Element | None]:
    """The link of every row: the one in its title when that leads to the same address."""
    found: list[Element | None] = []
    for link, title in zip(links, titles, strict=True):
        inside = title.iter("a") if title is not None else ()
        same = (anchor for anchor in inside if absolute_url((anchor.get("href") or "")[:4096], base) == link.url)
        found.append(next(same, link.element))
    return found


def _named_titles(rows: Sequence[Element], links: Sequence[_Link]) -> list[Element | None]:
    """What is marked as a heading, or called a title; the link in it when that is ours."""
    found: list[Element | None] = []
    for row, link in zip(rows, links, strict=True):
        inside = [element for element in islice(row.iter(), 200) if element is not row]
        heading = next((element for element in inside if element.tag in _HEADINGS and _text(element)), None)
        called = next((e for e in inside if any(map(_CALLED_TITLE.search, classes(e))) and _text(e)), None)
        cell = heading if heading is not None else called
        found.append(link.element if cell is not None and cell in link.element.iterancestors() else cell)
    return found


def _longest_parts(links: Sequence[_Link]) -> list[Element | None]:
    """Of links that hold several texts the longest, which the others (a date, an office) stand beside."""
    found: list[Element | None] = []
    for link in links:
        parts = [e for e in islice(link.element.iter(), 1, 60) if len(e) == 0 and _text(e)]
        found.append(max(parts, key=lambda part: len(_text(part))) if len(parts) > 1 else None)
    return found


def _dates(rows: Sequence[Element], titles: Sequence[Element | None], zone: tzinfo) -> _Dates:
    """How the dates of a list are read."""
    cells = [_date_cell(row, title, zone) for row, title in zip(rows, titles, strict=True)]
    texts = [_text(row).replace(_text(title), " ") for row, title in zip(rows, titles, strict=True)]
    by_text = sum(parse_date(text, zone=zone) is not None for text in texts) / len(rows)
    by_cell = sum(cell is not None for cell in cells) / len(rows)
    selector = cell_selector(rows, cells) if by_cell >= max(0.6, by_text) else ""
    written = [_text(cell) for cell in cells if cell is not None] if selector else texts
    return _Dates(selector, by_cell if selector else by_text, _month_first(written))


def _month_first(texts: Sequence[str]) -> bool:
    """Whether numbers that can be no month stand where others write the month, and none where they write the day."""
    pairs = [(int(found[1]), int(found[2])) for text in texts if (found := _NUMERIC.search(text))]
    return any(second > 12 for _, second in pairs) and all(first <= 12 for first, _ in pairs)


def _date_cell(row: Element, title: Element | None, zone: tzinfo) -> Element | None:
    """The first element of a row that says a date and hardly anything else; before it one that is marked as a time."""
    for element in islice(row.iter("time"), 5):
        if parse_date(element.get("datetime") or _text(element), zone=zone) is not None:
            return element
    around = {title, *title.iterancestors()} if title is not None else set()
    for element in islice(row.iter(), 1, 200):
        if element in around:
            continue
        text = _text(element)
        if 6 <= len(text) <= _DATE_CELL and parse_date(text, zone=zone) is not None:
            return element
    return None


def _address(row: Element, link: str, title: str, base: str) -> str:
    """Where an element leads when it is read as a row; "" when it has no link or no title."""
    anchor, named = first(row, link), first(row, title)
    if anchor is None or named is None or not _text(named):
        return ""
    return absolute_url((anchor.get("href") or "")[:4096], base)


def _standing(row: Element) -> float:
    """Whether the place of a list on its page speaks for or against it."""
    worth = 0.0
    for element in (row, *islice(row.iterancestors(), _DEEPEST)):
        if element.tag in ("body", "html"):
            break
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag in _AROUND_TAGS or _AROUND.search(names):
            return -2.0
        if element.tag in ("main", "article") or _MAIN.search(names):
            worth = 0.5
    return worth


def _length(cells: Sequence[Element | None]) -> float:
    """Letters of the texts on average; wide characters say as much as two and a half."""
    texts = [_text(cell) for cell in cells if cell is not None]
    return sum(len(text) + 1.5 * len(_WIDE.findall(text)) for text in texts) / max(1, len(texts))


def _text(element: Element | None) -> str:
    """Text of an element on one line; that of its title attribute when it is shown cut short."""
    if element is None:
        return ""
    shown = " ".join("".join(islice((str(part) for part in element.itertext()), 200)).split())[:1000]
    whole = (element.get("title") or "").strip()
    cut = shown.rstrip(".…")
    return whole if len(whole) > len(cut) and cut in whole else shown
