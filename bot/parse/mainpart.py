"""Find the part of a page that holds its article: where most running text stands together, best below its own title.

What cannot be part of an article (menus, comments, teasers, forms of consent) is cut out of the tree first. Every
paragraph then speaks for the elements around it, the nearer the louder, as in Arc90's Readability; text that is parted
by line breaks instead of paragraphs, as on many a ministry's page, speaks like them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from bot.parse.text import fold

if TYPE_CHECKING:
    from lxml import etree

    _Element = etree._Element  # noqa: SLF001 - lxml-stubs names no public type
    _Tree = list[_Element]

_FOREIGN = (
    "script", "style", "noscript", "template", "iframe", "svg", "nav", "aside", "footer", "dialog", "button", "select",
    "input", "textarea", "figcaption", "rt", "rp", "head",
)  # fmt: skip
_FOREIGN_ROLES = frozenset(
    ("navigation", "complementary", "contentinfo", "dialog", "alertdialog", "banner", "search", "menu", "menubar")
)
# Words in class and id of what stands around or inside an article and is none of it.
_FOREIGN_NAME = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|disqus\w*|cookies?\w*|consent|gdpr|related\w*|relatedposts|recommend\w*|share"
    r"|sharing|sharedaddy|social|newsletter|teasers?|breadcrumbs?|sidebar|side|menu|navbar|nav|footer|foot|promo|advert\w*"
    r"|ads|sponsor\w*|popup|modal|overlay|subscribe|signup|pagination|pager|readnext|tags|toolbar|skip)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_GOOD_NAME = re.compile(
    r"articlebody|article[_-]?(?:body|content|text)|entry-content|post-content|story-?(?:body|text)|field--?name-body"
    r"|TRS_Editor|UCAP-CONTENT|artibody|zoom",
    re.IGNORECASE,
)
_NEVER_FOREIGN = frozenset(("html", "body", "main", "article", "form"))
_PARAGRAPHS = ("p", "pre", "blockquote", "dd")
_BARE = ("div", "td", "section", "article", "main", "font", "span", "center", "li", "body", "b", "form")
# Elements that hold text for the block around them.
_THROUGH = frozenset((
    "font", "span", "center", "b", "strong", "i", "em", "a", "small", "big", "u", "tr", "tbody", "li", "ul", "ol", "dl",
))  # fmt: skip
_HEADS = ("h1", "h2", "h3", "h4", "b", "strong", "td", "th", "p", "div", "span")
_LEAST = 25  # letters of a paragraph that says something
_CLOSE = 0.25  # share of the best one's score from which on its neighbour belongs to it
_LINKED = 0.6  # share of an element's text inside links, from which on it is a list of links
_ALIEN_SHARE = 0.5  # of a page's text: whatever holds more is no side matter, whatever it is called
_DOOMED = "x-doomed"  # tag of what is about to be taken out
_ECHO = 200  # characters of an element that may be the title


def main_part(root: _Element, title: str) -> _Tree:
    """The elements that hold the article of a page, in order; the tree is changed. Empty when there is no text.

    Args:
        root: The page.
        title: Of the article, as whoever linked to it calls it; "" when unknown.
    """
    _cut_out(root)
    scores = _scores(root)
    below = next((element for element in _around_title(root, title) if element in scores), None)
    if below is not None:
        scores[below] *= 2
    if not scores:
        return []
    best = max(scores, key=lambda element: scores[element])
    parts = _with_neighbours(best, scores)
    for part in parts:
        _cut_links(part)
    return parts


def letters(element: _Element) -> int:
    """How much text an element holds, white space not counted."""
    return len("".join(_written(element).split()))


def remove(elements: Iterable[_Element]) -> None:
    """Take elements out of their tree; what follows them stays, and so does the root.

    Not one by one: every text would then be copied once for each element that stood in it.
    """
    from lxml import etree  # noqa: PLC0415 - see `bot.parse.dom.Page`

    tree = None
    for element in elements:
        if element.getparent() is not None:
            tree = element.getroottree()
            element.tag = _DOOMED
    if tree is not None:
        etree.strip_elements(tree, _DOOMED, with_tail=False)


def _cut_out(root: _Element) -> None:
    """Take out what is no article by its kind, role or name."""
    remove(root.iter(*_FOREIGN))
    most = _ALIEN_SHARE * letters(root)
    named = cast("_Tree", root.xpath("//*[@class or @id or @role or @hidden]"))
    remove(
        element
        for element in named
        if element.tag not in _NEVER_FOREIGN
        and _is_foreign(element)
        and element.find(".//h1") is None
        and letters(element) <= most
    )


def _is_foreign(element: _Element) -> bool:
    role, name = element.get("role"), f"{element.get('class') or ''} {element.get('id') or ''}"
    if "hidden" in element.attrib or (role and role in _FOREIGN_ROLES):
        return True
    return _has_foreign_name(name)


@lru_cache(maxsize=4096)  # a page repeats its names, and so do the pages of a site
def _has_foreign_name(name: str) -> bool:
    return _FOREIGN_NAME.search(name) is not None and _GOOD_NAME.search(name) is None


def _scores(root: _Element) -> dict[_Element, float]:
    """How much running text stands in and right below each element."""
    scores: dict[_Element, float] = defaultdict(float)
    for paragraph in root.iter(*_PARAGRAPHS):
        said = letters(paragraph) - _linked(paragraph)
        if said >= _LEAST:
            _speak(paragraph.getparent(), said, scores)
    for element in root.iter(*_BARE):
        said = _own_letters(element)
        if said >= _LEAST:
            _speak(element, said, scores)
    for element in scores:
        if element.get("itemprop") == "articleBody" or _GOOD_NAME.search(
            f"{element.get('class') or ''} {element.get('id') or ''}"
        ):
            scores[element] *= 2
    return scores


def _speak(element: _Element | None, said: float, scores: dict[_Element, float]) -> None:
    """Credit text to the three blocks around it."""
    for share in (1.0, 0.5, 0.25):
        while element is not None and element.tag in _THROUGH:
            element = element.getparent()
        if element is None:
            return
        scores[element] += said * share
        element = element.getparent()


def _own_letters(element: _Element) -> int:
    """Text that stands in an element itself and in no element below it."""
    own = len((element.text or "").strip())
    return own + sum(len(child.tail.strip()) for child in element if child.tail)


def _written(element: _Element) -> str:
    from lxml import etree  # noqa: PLC0415 - see `bot.parse.dom.Page`

    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def _linked(element: _Element) -> int:
    return sum(letters(link) for link in element.iter("a"))


def _around_title(root: _Element, title: str) -> Iterator[_Element]:
    """Everything that holds the heading which is the title, the first h1 where none is."""
    wanted = fold(title)
    heading = next(root.iter("h1"), None)
    if wanted:
        for element in root.iter(*_HEADS):
            written = _written(element) if len(element) < 4 else ""
            if 0 < len(written) <= max(_ECHO, 2 * len(title)) and fold(written) == wanted:
                heading = element
                break
    return heading.iterancestors() if heading is not None else iter(())


def _with_neighbours(best: _Element, scores: dict[_Element, float]) -> list[_Element]:
    """The best element with those beside it that are of its kind: an article in several boxes, maybe nested ones."""
    if best.tag in ("body", "td"):
        return [best]
    enough = _CLOSE * scores[best]
    for box in (best, best.getparent()):
        parent = box.getparent() if box is not None else None
        if box is None or parent is None or box.tag == "body":
            break
        beside = [element for element in parent if element is box or _is_alike(element, box, scores, enough)]
        if len(beside) > 1:
            return beside
    return [best]


def _is_alike(element: _Element, box: _Element, scores: dict[_Element, float], enough: float) -> bool:
    """True for a neighbour without links that says a good deal, or looks like the box and says something."""
    said = scores.get(element, letters(element) if element.tag in ("p", *_BARE) else 0)
    same = element.tag == box.tag and element.get("class") == box.get("class")
    return said >= (_LEAST if same else max(enough, _LEAST)) and not _linked(element)


def _cut_links(part: _Element) -> None:
    """Take out lists of links, and paragraphs that are one link."""
    boxes = list(part.iter("ul", "ol", "dl", "p", "div", "td", "table", "section", "h2", "h3", "h4", "h5"))
    remove(element for element in boxes if element is not part and _is_linked(element))


def _is_linked(element: _Element) -> bool:
    linked = _linked(element) if element.find(".//a") is not None else 0
    return linked > 0 and linked >= _LINKED * letters(element)
