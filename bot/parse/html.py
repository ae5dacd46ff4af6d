"""HTML to paragraphs of text, in linear time whatever the input: our own reading of markup that strangers wrote.

A browser's tree is not needed for that: tags either break a line, break a paragraph, hide what they hold, or say
nothing. The scanner below walks the text once; every search that can fail is remembered as failed, so that no input
makes it look twice at the same stretch.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.parse.text import normalise, tidy


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Element names: https://html.spec.whatwg.org/#elements-3 and, for what old pages still use, its section 16.
_RAW = _names("script style title textarea xmp iframe noembed noframes")
_HIDDEN = _names("nav noscript template svg math object select button head canvas audio video datalist map rt rp")
_BLOCK = _names(
    "p div section article main header footer aside address blockquote pre figure figcaption table ul ol dl menu form "
    "fieldset details summary center h1 h2 h3 h4 h5 h6 hr body html hgroup caption dir search"
)
_LINE = _names("br li tr dt dd option legend thead tbody tfoot")
_CELL = _names("td th")
_INLINE = _names(
    "a abbr acronym applet area b base basefont bdi bdo big cite code col colgroup data del dfn em embed font frame "
    "frameset i img input ins kbd keygen label link marquee mark meta meter nobr optgroup output param picture "
    "progress q rb rtc ruby s samp slot small source span strike strong sub sup time track tt u var wbr dialog blink "
    "isindex listing spacer image plaintext"
)
_KNOWN = _RAW | _HIDDEN | _BLOCK | _LINE | _CELL | _INLINE

_LINK, _PARAGRAPH, _NEW_LINE, _NEW_CELL, _DROP = range(1, 6)  # what a tag asks for; nothing for all others
_ASKS = {
    "a": _LINK,
    **dict.fromkeys(_BLOCK, _PARAGRAPH),
    **dict.fromkeys(_LINE, _NEW_LINE),
    **dict.fromkeys(_CELL, _NEW_CELL),
    **dict.fromkeys(_RAW | _HIDDEN, _DROP),
}

# Possessive throughout: an expression either matches or gives up, it never tries a second way. The first reads what
# nearly all tags look like and cannot run past the next bracket; the second allows brackets between quotation marks.
_PLAIN_TAG = re.compile(r"""<(/?+)([a-zA-Z][a-zA-Z0-9:_.-]*+)(?:[\s/](?:[^<>"']++|"[^<>"]*+"|'[^<>']*+')*+)?+>""")
_ANY_TAG = re.compile(r"""</?+[a-zA-Z][a-zA-Z0-9:_.-]*+(?:[\s/](?:[^"'>]++|"[^"]*+"|'[^']*+')*+)?+>""")
_TAG_START = re.compile(r"<(/?+)([a-zA-Z][a-zA-Z0-9:_.-]*+)(?=[\s/>])")
_LONG_REFERENCE = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{7,}+);?+")
_DECLARATION = re.compile(r"<(?:\?|!(?:doctype|element|attlist|entity|\[))", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t\r]*+\n")
_MARKUP_SIGN = re.compile(
    r"</[a-zA-Z]|<(?:br|p|hr)\s*/?>|&(?:#[0-9]{2,5}|#[xX][0-9a-fA-F]{2,4}|nbsp|amp|quot|[lg]t);", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """What a piece of HTML holds."""

    text: str  # normalised; lines parted by \n, paragraphs by a blank line
    links: int  # <a> elements with text in them
    link_chars: int  # characters inside links, white space not counted

    @property
    def link_share(self) -> float:
        """Part of the text that stands inside links, 0..1."""
        return min(self.link_chars / max(_weight(self.text), 1), 1.0) if self.link_chars else 0.0


def html_to_text(markup: str) -> str:
    """The text of a piece of HTML or of plain text, normalised, with a blank line between paragraphs."""
    return scan(markup).text


def scan(markup: str) -> Markup:
    """Read a piece of HTML, or plain text with or without entities.

    Scripts, styles, navigation and other hidden elements are dropped with what they hold; unknown names in angle
    brackets (`<METI>`) are text. Without any tag that breaks lines, the line ends of the source count as such.
    """
    if "<" not in markup and "&" not in markup:
        text = tidy(normalise(markup))
        return Markup(text=text, links=0, link_chars=0)
    reader = _Scanner(markup)
    reader.run()
    text = tidy(normalise("".join(reader.flow())))
    return Markup(text=text, links=reader.links, link_chars=reader.link_chars)


def looks_like_markup(text: str) -> bool:
    """True when a text that calls itself plain holds closing tags or entities, as sloppy publishers' do."""
    return ("<" in text or "&" in text) and _MARKUP_SIGN.search(text) is not None


def unescape(text: str) -> str:
    """Character references to characters.

    References to numbers that no character has become U+FFFD first: `html.unescape` raises ValueError on very long
    ones, since Python limits the digits of a decimal number.
    """
    if "&" not in text:
        return text
    return html.unescape(_LONG_REFERENCE.sub("\ufffd", text))


def _weight(text: str) -> int:
    return len("".join(text.split()))


class _Scanner:
    """One walk over one text."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.pieces: list[str | int] = []  # text, or line ends; 0 stands for one where the line is not empty
        self.breaks = 0  # tags that broke a line
        self.links = 0
        self.link_chars = 0
        self._preformatted = False
        self._inside_link = False
        self._link_start = 0  # link_chars when the link began
        self._hidden = ""  # name of the element whose content is being dropped
        self._absent: set[str] = set()  # needles known not to occur any more
        self._quotes_pair = True  # False once a quotation mark was found that never closes

    def run(self) -> None:
        """Walk from start to end."""
        markup, pieces, here = self.markup, self.pieces, 0
        while (start := markup.find("<", here)) >= 0:
            if start > here:
                if self._plain_text:
                    pieces.append(markup[here:start])
                else:
                    self._text(markup[here:start])
            tag = _PLAIN_TAG.match(markup, start)
            if tag is None:
                here = self._odd(start)
                continue
            here = tag.end()
            name = tag[2]
            if name not in _KNOWN and not _is_element(name := _local(name.lower())):
                self._text(tag[0])
            elif name in _ASKS or self._hidden:
                here = self._tag(name, here, closing=bool(tag[1]))
        self._text(markup[here:])

    def flow(self) -> Iterator[str]:
        """The text in order; line ends of the source count only where no tag breaks lines."""
        at_start = True  # of a line: nothing but white space since the last line end
        for piece in self.pieces:
            if isinstance(piece, int):
                if piece or not at_start:
                    yield "\n" * max(piece, 1)
                at_start = True
            else:
                at_start = at_start and piece.isspace()
                text = piece.replace("\n", " ") if self.breaks else piece
                yield unescape(text) if "&" in text else text

    @property
    def _plain_text(self) -> bool:
        return not (self._hidden or self._inside_link or self._preformatted)

    def _odd(self, start: int) -> int:
        """Handle what begins with `<` and is no plain tag; returns where to go on."""
        if self.markup[start + 1 : start + 2] in ("!", "?"):
            return self._declaration(start)
        head = _TAG_START.match(self.markup, start)
        name = _local(head[2].lower()) if head else ""
        end = self._tag_end(start) if head and _is_element(name) else -1
        if head is None or end < 0:
            self._text("<")
            return start + 1
        return self._tag(name, end, closing=bool(head[1]))

    def _tag(self, name: str, end: int, *, closing: bool) -> int:
        if self._hidden:
            if closing and name == self._hidden:
                self._hidden = ""
            return end
        asks = _ASKS.get(name, 0)
        if asks == _DROP:
            return end if closing else self._drop(name, end)
        if asks == _LINK:
            self._end_link()
            self._inside_link, self._link_start = not closing, self.link_chars
        elif asks == _NEW_CELL:
            self.pieces.append(" ")
        elif asks:
            self.breaks += 1
            if name != "br":
                self.pieces.append(2 if asks == _PARAGRAPH else 0)
            elif not closing:
                self.pieces.append(1)
            if name == "pre":
                self._preformatted = not closing
        return end

    def _tag_end(self, start: int) -> int:
        """Offset after the tag that begins at start, -1 when it never ends."""
        if self._quotes_pair:
            tag = _ANY_TAG.match(self.markup, start)
            if tag is not None:
                return tag.end()
            # Quotation marks do not pair up from here on. Ignoring them for good keeps the walk linear.
            self._quotes_pair = False
        return self._after(">", start)

    def _after(self, needle: str, start: int) -> int:
        """Offset after the next needle, -1 when there is none; a needle that is gone is not looked for again."""
        if needle in self._absent:
            return -1
        found = self.markup.find(needle, start)
        if found < 0:
            self._absent.add(needle)
            return -1
        return found + len(needle)

    def _declaration(self, start: int) -> int:
        """Handle `<!` and `<?`: comments and declarations say nothing, `<!channel>` is text."""
        markup = self.markup
        if markup.startswith("<!--", start):
            end = self._after("-->", start + 4)
            # A comment that never closes hides the rest for a browser; for us the next tag is a better guess.
            return end if end >= 0 else start + 4
        if markup.startswith("<![CDATA[", start):
            return start + 9
        end = self._after(">", start) if _DECLARATION.match(markup, start) else -1
        if end < 0:
            self._text("<")
            return start + 1
        return end

    def _drop(self, name: str, end: int) -> int:
        """Hide what an element holds, unless it never closes and would so hide the rest of the text."""
        if self.markup.startswith("/>", end - 2):
            return end
        closing = self._closing_tag(name, end)
        if closing is None:
            return len(self.markup) if name in ("script", "style") else end
        if name in _RAW:
            return closing.end()
        self._hidden = name
        return end

    def _end_link(self) -> None:
        if self._inside_link and self.link_chars > self._link_start:
            self.links += 1

    def _closing_tag(self, name: str, start: int) -> re.Match[str] | None:
        needle = f"</{name}"
        if needle in self._absent:
            return None
        found = re.compile(re.escape(needle) + r"[^>]*+>", re.IGNORECASE).search(self.markup, start)
        if found is None:
            self._absent.add(needle)
        return found

    def _text(self, text: str) -> None:
        if self._hidden or not text:
            return
        if self._preformatted and "\n" in text:
            self._preformatted_text(text)
        else:
            self.pieces.append(text)
        if self._inside_link:
            self.link_chars += _weight(unescape(text))

    def _preformatted_text(self, text: str) -> None:
        """Blank lines part paragraphs; single line ends are the typist's margin."""
        first, *others = _BLANK_LINE.split(text)
        self.pieces.append(first)
        for paragraph in others:
            self.pieces += (2, paragraph)


def _local(name: str) -> str:
    """An element's name without prefix (`xhtml:p`), when that is a name of HTML."""
    local = name.rpartition(":")[2]
    return local if local in _KNOWN else name


def _is_element(name: str) -> bool:
    """True for element names of HTML and for prefixed or custom ones, false for `<METI>` and `<https://...>`."""
    return name in _KNOWN or (":" in name and not name.endswith(":")) or ("-" in name and not name.endswith("-"))
