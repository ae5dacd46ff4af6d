"""Web pages as a tree, asked by CSS selectors: list pages that have no feed, and the pages behind items."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from bot.parse.html import html_to_text
from bot.parse.mainpart import main_part, remove
from bot.parse.text import one_line
from bot.parse.url import absolute_url

if TYPE_CHECKING:
    from lxml import etree

    _Find = Callable[[etree._Element], list[etree._Element]]  # noqa: SLF001 - lxml-stubs names no public type

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_LONGEST = 4_000  # characters of a row's title or date cell


class Row:
    """One element of a page, and what stands in it."""

    def __init__(self, element: etree._Element, base: str) -> None:
        self._element = element
        self._base = base

    def pick(self, selector: str) -> Row | None:
        """The first element inside that a selector finds; the row itself when only it matches."""
        found = first(self._element, selector)
        return Row(found, self._base) if found is not None else None

    def all(self, selector: str) -> Iterator[Row]:
        """Every element inside that a selector finds, in document order."""
        for element in _compiled(selector)(self._element):
            if element is not self._element:
                yield Row(element, self._base)

    def text(self) -> str:
        """Text on one line."""
        return " ".join(self.paragraphs().split())[:_LONGEST]

    def paragraphs(self) -> str:
        """Text with its paragraphs."""
        from lxml import etree  # noqa: PLC0415 - see Page

        return html_to_text(etree.tostring(self._element, encoding="unicode", method="html", with_tail=False))

    def cells(self) -> tuple[str, ...]:
        """The cells of a table row, each on one line; all of the text for what is no table row.

        An element that HTML does not know is a record of XML data: its pieces of text are its cells. (What HTML takes
        for raw text, such as a title, holds tags as text.)
        """
        from lxml.html import defs  # noqa: PLC0415 - see Page

        found = [Row(element, self._base).text() for element in self._element if element.tag in ("td", "th")]
        if not found and self._element.tag not in defs.tags and "-" not in self._element.tag:
            pieces = (_TAG.sub(" ", str(piece)[:_LONGEST]) for piece in self._element.itertext())
            found = [text for piece in pieces if (text := one_line(piece))]
        return tuple(found) or (self.text(),)

    def source(self) -> str:
        """Text as it stands, for scripts."""
        return self._element.text or ""

    def attribute(self, name: str) -> str:
        """An attribute, "" when there is none."""
        return one_line((self._element.get(name) or "")[:_LONGEST])

    def link(self) -> str:
        """The absolute http(s) address of a link element, "" when it has none."""
        return self.resolve(self._element.get("href") or "")

    def resolve(self, address: str) -> str:
        """An address that stands in this row, made absolute; "" when it is no http(s) address."""
        return absolute_url(address, self._base)


class Page:
    """A page; malformed markup is read as browsers do, deep or endless markup is cut off by the parser."""

    def __init__(self, text: str, url: str) -> None:
        from lxml import etree  # noqa: PLC0415 - feeds and JSON do not need it

        # Not lxml.html's parser: its elements with methods of their own cost more than all the rest.
        parser = etree.HTMLParser(
            encoding="utf-8", recover=True, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        body = text.replace("\0", "").encode("utf-8", errors="replace")
        try:
            self._root: etree._Element | None = etree.fromstring(body, parser)
        except etree.XMLSyntaxError:
            self._root = None
        self._base = self._declared_base(url)

    @property
    def base(self) -> str:
        """Address against which its links are resolved."""
        return self._base

    @property
    def tree(self) -> etree._Element | None:
        """Its root element, for other modules of this room; None when nothing can be made of the markup."""
        return self._root

    def rows(self, selector: str, *, outermost: bool = False) -> Iterator[Row]:
        """Every element that a selector finds, in document order; `outermost` leaves out those inside another one."""
        found = _compiled(selector)(self._root) if self._root is not None else []
        chosen = set(found) if outermost else set()
        for element in found:
            if not outermost or chosen.isdisjoint(element.iterancestors()):
                yield Row(element, self._base)

    def drop(self, selector: str) -> None:
        """Take out every element that a selector finds; what follows it stays."""
        remove(_compiled(selector)(self._root) if self._root is not None else ())

    def article(self, title: str) -> str:
        """The text of the page's main part, "" when it has none; the tree is cut down to that.

        Args:
            title: Of the article, as whoever linked to the page calls it.
        """
        parts = main_part(self._root, title) if self._root is not None else []
        return "\n\n".join(filter(None, (Row(part, self._base).paragraphs() for part in parts)))

    def meta(self, selector: str, attribute: str) -> str:
        """An attribute of the first element that a selector finds, "" when there is none."""
        found = first(self._root, selector) if self._root is not None else None
        return Row(found, self._base).attribute(attribute) if found is not None else ""

    def title(self) -> str:
        """What the page calls itself."""
        found = first(self._root, "title") if self._root is not None else None
        return one_line((found.text or "")[:_LONGEST]) if found is not None else ""

    def _declared_base(self, url: str) -> str:
        if self._root is None:
            return url
        declared = first(self._root, "base[href]")
        return (absolute_url(declared.get("href") or "", url) or url) if declared is not None else url


def check_selector(selector: str) -> None:
    """Refuse what is no CSS selector.

    Raises:
        ValueError: One sentence that says what is wrong.
    """
    import cssselect  # noqa: PLC0415 - see Page

    try:
        cssselect.HTMLTranslator().css_to_xpath(selector)
    except cssselect.SelectorError as error:
        raise ValueError(f"{selector!r} is no CSS selector: {error}") from None


def select(element: etree._Element, selector: str) -> list[etree._Element]:
    """Every element that a selector finds in another one, itself included; in document order."""
    return _compiled(selector)(element)


def first(element: etree._Element, selector: str) -> etree._Element | None:
    """The first descendant that matches, else the element itself when it does (a selector's scope includes it)."""
    matching = select(element, selector)
    return next((found for found in matching if found is not element), matching[0] if matching else None)


@lru_cache(maxsize=256)
def _compiled(selector: str) -> _Find:
    from lxml.cssselect import CSSSelector  # noqa: PLC0415 - see Page

    return cast("_Find", CSSSelector(selector, translator="html"))
