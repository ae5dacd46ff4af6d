"""Find what every language writes alike: the numbers of notices, and the figures of a text.

Words of two languages share nothing, but a quota of 18.3 million tonnes is 1830만 톤 in Korean and 18,3 mln ton in
Polish: the digits that count are the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

OPENING = 800  # characters of the text that join the title
MOST = 16  # marks kept of each kind

_SIGNS = (
    "no|nos|nr|n|nº|núm|num|số|nomor|numer|numéro|numero|número|nummer|number|номер|announcement|notice|aviso|anúncio"
)
# "No. 61", "№ 61", "n.º 61", "第61号", "제61호", "56号": numbers that name an act.
_NUMBERED = re.compile(
    rf"(?:№|第|제|(?<!\w)(?:{_SIGNS})\.?\s?[°o]?)\s?(\d{{1,4}})(?!\d|[.,]\d)|(?<!\d)(\d{{1,4}})\s?[号號호]"
)
_PERCENT = r"\s?(?:%|per ?c|pro[cz]|por c|pour c|проц|persen|퍼센트|パーセント|phần trăm)"
# "Section 232", "Artikel 12", "статьи 5": where a law says it is no figure.
_LAW = (
    r"(?:sections?|articles?|art\.?|paragraphs?|abschnitt|artikel|absatz|paragraaf|art[ií]culo|secci[oó]n|artigo|se[cç]ção"
    r"|seção|articolo|sezione|artyku[lł]\w*|sekcj\w+|стать\w+|раздел\w*|пункт\w*|pasal|điều|mục)\s|§\s?"
)
_FIGURE = re.compile(
    rf"(?P<law>(?<!\w)(?:{_LAW}))?"
    r"(?<![a-z\d.,])(?P<high>\d+(?:[.,]\d+)*(?:[ \u00a0\u202f]\d{3}(?!\d))*)"
    r"(?:[億亿억万萬만](?P<low>\d{1,4})?[万萬만]?)?"
    rf"(?P<percent>{_PERCENT})?(?P<after>\s?[年月日년월일號号호時时시条條]|\s?조(?!\s?(?:원|달러|\d)))?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FOUR = 4  # digits between two of the large units of East Asia


# "PARIS (Agency) - ", "（通讯社）—", "(Agency) –": who wrote the text, at its beginning.
_CREDIT = re.compile(r"[^\n()]{0,40}\(([^()\n\d]{2,30})\)\s?[-\u2012-\u2015\u2212:]")


def credit(text: str) -> str:
    """The agency that a text names as its author at its beginning, folded; "" when it names none."""
    match = _CREDIT.match(unicodedata.normalize("NFKC", text[:120]).strip())
    return match[1].strip().casefold() if match else ""


def _opening(title: str, text: str) -> str:
    return unicodedata.normalize("NFKC", f"{title}\n{text[:OPENING]}").casefold()


def numbered(title: str, text: str) -> tuple[str, ...]:
    """Numbers of notices that title and opening name, in order; several when a text names several."""
    found = (match[1] or match[2] for match in _NUMBERED.finditer(_opening(title, text)))
    return tuple(dict.fromkeys(str(int(number)) for number in found))[:MOST]


def figures(title: str, text: str, *, days: Iterable[int] = ()) -> tuple[str, ...]:
    """Digits that count of the figures in title and opening, in order, e.g. "183" for 18.3 million, "25%" for a share.

    Args:
        title: Of the text.
        text: Its body.
        days: Days and months of dates that the text speaks of, which are no figures.
    """
    other = {str(day) for day in days} | set(numbered(title, text))
    found: list[str] = []
    for match in _FIGURE.finditer(_opening(title, text)):
        high, percent = match["high"], match["percent"]
        whole = not percent and not match["low"]  # 2億6000万 on 2 February is no day
        if match["law"] or match["after"] or (whole and (high in other or _YEAR.fullmatch(high))):
            continue
        digits = re.sub(r"\D", "", high) + (match["low"].zfill(_FOUR) if match["low"] else "")
        digits = digits.strip("0")
        if len(digits) > 1 + bool(percent):
            found.append(digits)
        elif percent and digits:
            found.append(f"{digits}%")  # so few digits say little by themselves
    return tuple(dict.fromkeys(found))[:MOST]
