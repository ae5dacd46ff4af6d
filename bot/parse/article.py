"""A web page to the text of its article, or one sentence why there is none.

A source's own selectors come first, then the part of the page that reads like an article. Only where that is short,
trafilatura is asked too, which takes twenty times as long. Whoever finds it, the text is cleaned by our own scanner, so
that its characters and paragraphs are those of all other texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.parse import wall
from bot.parse.dates import parse_date
from bot.parse.dom import Page
from bot.parse.html import html_to_text
from bot.parse.text import cut, fold
from bot.types.source import PageRule

MARKUP_LIMIT = 3_000_000  # characters of a page that are looked at
TEXT_LIMIT = 200_000  # characters of an article
SHORT = 200  # weight from which on a text is not looked for once more
_MORE = 3  # times as much text: a page that shows so much may hold a better one than a short one
LEAST = 60  # weight below which a page has no text of its own

_HEAD = 10  # paragraphs at the top that may be title and dateline
_DATELINE = 60  # characters up to which an opening line with a date in it is a dateline
_CJK = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_NO_SCRIPT = re.compile(r"</?noscript\b[^<>]*+>", re.IGNORECASE)
_DATE_PLACES = (
    ('meta[property="article:published_time"]', "content"), ("meta[itemprop=datePublished]", "content"),
    ('meta[name="DC.date.issued"]', "content"), ('meta[name="dcterms.issued"]', "content"),
    ('meta[name="pubdate"]', "content"), ('meta[name="PubDate"]', "content"), ('meta[name="date"]', "content"),
    ("time[datetime]", "datetime"),
)  # fmt: skip
_JSON_DATE = re.compile(r'"datePublished"\s*+:\s*+"([^"]{8,40})"')
_LABELLED_DATE = re.compile(
    "(?:发布时间|发布日期|发文日期|公布日期|發布日期|發佈日期|掲載日|公開日|등록일|작성일)"
    r"(?:<[^>]{0,80}>|\s|&nbsp;|[:：])*+([^<]{6,40})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page tells."""

    text: str  # normalised; paragraphs parted by a blank line
    title: str  # as the page calls itself; "" when it does not
    date: str  # as it stands there; "" when none is given
    note: str = ""  # what was odd on the way, one sentence


def article(markup: str, url: str, *, rule: PageRule, title: str = "") -> Article | str:
    """The article of a page; a string says in one sentence why it has none.

    Args:
        markup: The page.
        url: Its address.
        rule: Selectors of its source.
        title: Of the item that led here; where the page repeats it, that is left out.
    """
    markup = markup[:MARKUP_LIMIT]
    page = Page(markup, url)
    named, date = page.meta('meta[property="og:title"]', "content") or page.title(), _date(page, markup)
    asks_password = next(page.rows("input[type=password]"), None) is not None
    text, note = "", ""
    if rule.text:
        text = _selected(page, rule)
        note = "" if text else f"The selector {rule.text!r} of its source finds no text there."
    if not text:
        text = _without_cookies(page.article(title))
        if weight(text) < SHORT and _holds_more(markup, text):
            other = _second_opinion(markup, title)
            text = other if weight(other) >= SHORT else text
    text = _without_head(text, title)
    why = wall.why_not(text, lambda: html_to_text(_NO_SCRIPT.sub("", markup)), password=asks_password)
    if why:
        return why
    if weight(text) < LEAST:
        return "The page holds no text of its own beside its title, links and menus."
    return Article(text=cut(text, TEXT_LIMIT).rstrip(), title=named, date=date, note=note)


def weight(text: str) -> int:
    """Length of a text in Latin letters; a CJK character says as much as three of them."""
    return len(text) + 2 * sum(1 for _ in _CJK.finditer(text))


def _selected(page: Page, rule: PageRule) -> str:
    """What the source's own selectors find."""
    if rule.drop:
        page.drop(rule.drop)
    return "\n\n".join(filter(None, (row.paragraphs() for row in page.rows(rule.text, outermost=True))))


def _holds_more(markup: str, text: str) -> bool:
    """True when a page shows nothing, or so much beside a short text, that the article may be elsewhere in it."""
    return weight(text) < LEAST or weight(html_to_text(markup)) > _MORE * SHORT


def _second_opinion(markup: str, title: str) -> str:
    """What trafilatura finds, as far as that is text and no list of links."""
    import trafilatura  # noqa: PLC0415 - a third of a second that most pages never need

    found = trafilatura.extract(
        markup, output_format="html", include_links=True, include_comments=False, include_images=False
    )
    return _without_cookies(Page(found, "").article(title)) if found else ""


def _without_cookies(text: str) -> str:
    if "ookie" not in text.lower():
        return text
    return "\n\n".join(part for part in text.split("\n\n") if not wall.is_cookie_notice(part))


def _without_head(text: str, title: str) -> str:
    """The text without its title and dateline at the top: the first paragraph is the lead, and has to say something."""
    head = fold(title)
    for _ in range(_HEAD):
        first, _, rest = text.partition("\n\n")
        echo = bool(head) and fold(first) == head
        dateline = len(first) <= _DATELINE and first[-1:] not in ".!?。！？" and parse_date(first) is not None
        if not rest or not (echo or dateline):
            break
        text = rest
    return text


def _date(page: Page, markup: str) -> str:
    """When the page says that it came out, as it is written there."""
    for selector, attribute in _DATE_PLACES:
        if written := page.meta(selector, attribute):
            return written[:100]
    labelled = _JSON_DATE.search(markup) if '"datePublished"' in markup else None
    if labelled is None and not markup.isascii():
        labelled = _LABELLED_DATE.search(markup)
    return " ".join(labelled[1].split()) if labelled else ""
