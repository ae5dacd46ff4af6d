"""Say whether the page behind an item is to be read, and if not, why; pure.

No link is followed that no rule of a source asked for: what this bot looks at must not tell others what it looks for.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.parse.article import weight
from bot.parse.url import canonical_url, link_key
from bot.types.document import Document
from bot.types.levels import Slot
from bot.types.reading import Reading
from bot.types.source import ItemIs, PageWhen, Source

SHORT = 600  # Latin letters (see `weight`) below which a text is a summary
_TAIL = 400  # characters at the end of a text in which it may say that it goes on elsewhere
_SUBJECTS = frozenset((Slot.MEASURE, Slot.GOODS, Slot.IDENTIFIER))  # what the gate of the reader opens for
# Pages that only lead on to other sites, by scripts.
_REDIRECTS = frozenset(("news.google.com", "google.com", "bing.com", "news.yahoo.co.jp"))
_GOES_ON = re.compile(
    r"(?:…|\.\.\.|\[\s*(?:…|\.\.\.)\s*\]|\b(?:read|learn|see) more|continue reading"
    r"|(?:full|whole) (?:story|article|text)"
    r"|lees (?:meer|verder)|weiterlesen|mehr (?:lesen|erfahren)|lire (?:la suite|plus)|leer más|seguir leyendo"
    r"|leggi (?:tutto|di più)|continua a leggere|ler mais|leia mais|czytaj (?:dalej|więcej)|читать (?:далее|полностью)"
    r"|подробнее|selengkapnya|xem (?:tiếp|thêm)|続きを読む|続きは|阅读(?:全文|更多)|閱讀(?:全文|更多)|자세히 보기)\W*$"
    r"|\bthe post\b.{0,300}\bappeared first on\b",
    re.IGNORECASE | re.DOTALL,
)


def why_unread(source: Source, document: Document, reading: Reading, *, silent: bool) -> str:
    """Why the page of a document is not to be read, a clause; "" when it is.

    Args:
        source: Its source, as the rules have it.
        document: As its source delivered it.
        reading: Of that.
        silent: It came with a baseline or a flood.
    """
    when = source.page.when
    if when is PageWhen.NEVER:
        return "the rules of its source leave its pages alone"
    if document.doubt:
        return "it may not come from whom it claims"
    if source.item is ItemIs.SIBLINGS:
        return "its source lists articles of others"
    if why := _no_article(source, document):
        return why
    if not _is_summary(document.text):
        return "its own text is whole"
    if (silent or when is PageWhen.RELEVANT) and not any(m.slot in _SUBJECTS for m in reading.mentions):
        many = "one of many at once, and " if silent else ""
        return f"{many}neither title nor summary name a measure, goods or a notice"
    return ""


def _no_article(source: Source, document: Document) -> str:
    """What its address leads to instead of an article; "" when it may lead to one."""
    address = canonical_url(document.url)
    if not address:
        return "it has no address on the web"
    parts = urlsplit(address)
    if (parts.hostname or "").removeprefix("www.") in _REDIRECTS:
        return "its address only leads on to another site"
    if parts.path in ("", "/") and not parts.query:
        return "its address is the front page of a site"
    if link_key(address) == link_key(canonical_url(source.url)):
        return "its address is that of its source"
    return ""


def _is_summary(text: str) -> bool:
    return weight(text) < SHORT or _GOES_ON.search(text[-_TAIL:]) is not None
