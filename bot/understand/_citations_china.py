"""Read citations of Chinese announcements as ministries, wire services and newspapers write them.

One number is used by many issuers in one year (2023 No. 39 is graphite from one ministry, stamp duty from another),
so the issuer is part of the key. Joint announcements of the ministry of commerce and customs count with the former.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understand._grammar import words
from bot.understand._shape import Found, Page, Shape

_ISSUERS = {
    "商务部": "cn-mofcom",
    "商務部": "cn-mofcom",
    "商務省": "cn-mofcom",
    "海关总署": "cn-gacc",
    "海關總署": "cn-gacc",
    "税関総署": "cn-gacc",
    "海関総署": "cn-gacc",
    "财政部": "cn-mof",
    "財政部": "cn-mof",
    "国家税务总局": "cn-sta",
    "税务总局": "cn-sta",
    "生态环境部": "cn-mee",
    "工业和信息化部": "cn-miit",
    "工信部": "cn-miit",
    "国家发展改革委": "cn-ndrc",
    "国家发展和改革委员会": "cn-ndrc",
    "科技部": "cn-most",
    "外交部": "cn-mfa",
    "市场监管总局": "cn-samr",
    "国家市场监督管理总局": "cn-samr",
    "国务院关税税则委员会": "cn-tariff",
    "税委会": "cn-tariff",
    "国家密码管理局": "cn-oscca",
    "国家国防科技工业局": "cn-sastind",
    "国家国防科工局": "cn-sastind",
    "中央军委装备发展部": "cn-cmc",
    "不可靠实体清单工作机制": "cn-uel",
}
_ISSUER = "|".join(sorted(_ISSUERS, key=len, reverse=True))
_ISSUERS_BEFORE = re.compile(rf"(?:(?:{_ISSUER})[、，, ·和与與及の]{{0,2}}){{1,6}}$")
_ANY_ISSUER = re.compile(_ISSUER)
_ROW = r"(\d{1,3}(?:\s?[、，,和及与與·]\s?第?\s?\d{1,3}){0,15})"  # one number, or several before one 号
_FORWARD = re.compile(rf"(?:公告|令)\s?[（(〔\[【]?\s?(20\d\d)\s?[）)〕\]】]?\s?年?\s?第?\s?{_ROW}\s?[号號]")
_NUMBER_ONLY = re.compile(rf"(?:公告|令)\s?第\s?{_ROW}\s?[号號](?:\s?[（(〔\[]?(20\d\d)\s?年?[）)〕\]])?")
_BACKWARD = re.compile(rf"(20\d\d)\s?年\s?の?第?\s?{_ROW}\s?[号號]の?$")
_YEAR_BEFORE = re.compile(r"(20\d\d)\s?年\s?の?$")
_JUST_BEFORE = 60  # characters
_EARLIER = 600  # characters; an announcement without issuer is that of the ministry named last

_NO = r"(?:n(?:os?|r[ns]?|ummern?|umbers?|[úu]mer[oa]?|umer|omor)?\.? ?[º°o]?\.?|№|số) ?"
_YEAR = r"(20\d\d)"
_OF = r"of|von|van|aus dem jahre?|aus|uit het jaar|uit|des jahres|del?|di|do|da|z|za|от|за|года|tahun|năm|/|,|\[|\("
_LATIN_WORDS = words("""
    announcement | announcements | notice | notices | ann. | order | orders | decree | decrees | bekanntmachung
    | bekanntmachungen | mitteilung | mitteilungen | ankündigung | ankündigungen | mededeling | mededelingen
    | aankondiging | aankondigingen | bekendmaking | bekendmakingen | kennisgeving | kennisgevingen | avis | annonce
    | annonces | communiqué | communiqués | anuncio | anuncios | aviso | avisos | comunicado | comunicados | annuncio
    | annunci | avviso | avvisi | comunicato | comunicati
    | anúncio | anúncios | komunikat | komunikacie | komunikatu | komunikatem | obwieszczenie | obwieszczeniu
    | obwieszczenia | obwieszczeń | komunikaty | ogłoszenie | ogłoszeniu | ogłoszenia | ogłoszeń | объявление
    | объявлении | объявлением | объявления | объявлений | объявлению | объявлениями | уведомление
    | уведомлении | извещение | извещении | pengumuman
""")
_LATIN_PHRASES = ("thông báo", "công bố", "thông cáo")
_LATIN = re.compile(
    rf"(?:{'|'.join(re.escape(w) for w in sorted((*_LATIN_WORDS, *_LATIN_PHRASES), key=len, reverse=True))})"
    rf" ?(?:\({_YEAR}\) ?|\[{_YEAR}\] ?|{_YEAR} )?(?:{_NO})?(\d{{1,3}})(?!\d|[.,]\d)"
    rf"((?:(?:, and | ?, ?| and | & | und | en | sowie | et | y | e | i | и | dan "
    rf"| và )(?:{_NO})?\d{{1,3}}(?!\d|[.,]\d)){{0,12}})"
    rf"(?: ?(?:{_OF}) ?(?:the year |r\. |roku |\d{{1,2}} (?:de )?[^\W\d_]{{3,12}} (?:de )?)?{_YEAR}[\])]?)?"
)
_KOREAN_ROW = r"(\d{1,3}(?: ?(?:호 ?)?(?:[·,、ㆍ]|및|와|과) ?제? ?\d{1,3}){0,15})"
_KOREAN = re.compile(
    rf"공고 ?(?:[(〔\[]?(20\d\d)(?:년)?[)〕\]]? ?)?제? ?{_KOREAN_ROW} ?호(?: ?[(〔\[]?(20\d\d)(?:년)?)?"
)
_KOREAN_BACK = re.compile(rf"(20\d\d)년 ?(?:도 ?)?제? ?{_KOREAN_ROW} ?호 ?$")
_KOREAN_YEAR = re.compile(r"(20\d\d)년 ?$")
_NUMBER = re.compile(r"\d{1,3}")
_NEXT_NUMBER = re.compile(r" ?[、,，和及与与與] ?第? ?(\d{1,3}) ?[号號]")
_COMMERCE = re.compile(
    r"mofcom|ministry of commerce|commerce ministry|handelsministeri|ministerie van handel|商务部|商務部|商務省|상무부"
    r"|minist[eè]re (?:chinois )?du commerce|ministerio (?:chino )?de comercio|ministero (?:cinese )?del commercio"
    r"|minist[eé]rio (?:chinês )?do com[eé]rcio|ministerstw\w{1,2} handlu|министерств\w{1,2} (?:торговли"
    r"|коммерции)|минторг"
    r"|минкоммерц|kementerian perdagangan|bộ thương mại"
)
_CUSTOMS = re.compile(
    r"gacc|general administration of customs|zollverwaltung|zollbehörde|douane|海关总署|海關總署|税関総署"
    r"|해관총서|aduana"
    r"|dogan[ae]|alfândega|urz\w{1,4} celn|таможен|bea cukai|hải quan"
)
_CHINA = re.compile(
    r"\b(?:handlu|władze|rząd) chin\b"
    r"|\bchin(?:a|as|e|y|ach|ese|ees|esi|os?|ois\w{0,2}|esisch\w{0,2}|esas?|ês|ska|skie\w{0,2}|ski)\b|peking"
    r"|beijing|中国|中國"
    r"|\bcin(?:a|es[ei])\b|p[ée]kin|pechino|pequim|кита[йеюя]|пекин|tiongkok|trung quốc|bắc kinh|중국"
)
_NEAR = 160  # characters
_CHINA_BITS = ("chin", "cina", "cines", "pek", "pék", "pech", "pequ", "beij", "кита", "пекин", "tiong", "trung", "bắc")
_FAR = 3000  # a text that speaks of China speaks of it no farther away


def _chinese(page: Page, start: int, end: int) -> Iterator[Found]:
    text = page.folded
    order = text.startswith("令", start)
    year_number = _year_and_number(page, start)
    if year_number is None:
        return
    year, row, first, last = year_number
    named = _ISSUERS_BEFORE.search(text[max(0, first - _JUST_BEFORE) : first])
    if named:
        issuers = {_ISSUERS[m.group()] for m in _ANY_ISSUER.finditer(named.group())}
        first -= len(named.group())
        key = "cn-mofcom" if "cn-mofcom" in issuers else _ISSUERS[_first(named.group())]
    elif order:
        return  # 令 alone ends many words
    else:
        earlier = _ANY_ISSUER.findall(page.before(first, _EARLIER))
        if not earlier:
            return
        key = _ISSUERS[earlier[-1]]
    series = f"{key}{'-order' if order else ''}:{year}"
    last = max(last, end)
    number, *others = _numbers(page, row)
    yield Found(first, number.end() if others else last, _kind(key), f"{series}:{int(number.group())}")
    for other in others:
        yield Found(other.start(), other.end(), _kind(key), f"{series}:{int(other.group())}")
    while more := _NEXT_NUMBER.match(text, last):
        first, last = more.start(1), more.end()
        yield Found(first, last, _kind(key), f"{series}:{int(more[1])}")


def _kind(key: str) -> str:
    return {"cn-mofcom": "mofcom-announcement", "cn-uel": "mofcom-uel", "cn-gacc": "gacc-announcement"}.get(
        key, "cn-announcement"
    )


def _numbers(page: Page, row: tuple[int, int]) -> list[re.Match[str]]:
    """The numbers of a row."""
    return list(_NUMBER.finditer(page.folded, *row))


def _year_and_number(page: Page, start: int) -> tuple[str, tuple[int, int], int, int] | None:
    """Year, where the numbers stand, and span of the words that hold all of it."""
    text = page.folded
    if found := _FORWARD.match(text, start):
        return found[1], found.span(2), start, found.end()
    before = page.before(start, _JUST_BEFORE)
    shift = start - len(before)
    if found := _BACKWARD.search(before):
        row = (shift + found.start(2), shift + found.end(2))
        return found[1], row, shift + found.start(), start + 1
    if found := _NUMBER_ONLY.match(text, start):
        if found[2]:
            return found[2], found.span(1), start, found.end()
        if year := _YEAR_BEFORE.search(before):
            return year[1], found.span(1), shift + year.start(), found.end()
    return None


def _first(names: str) -> str:
    found = _ANY_ISSUER.search(names)
    return found.group() if found else ""


def _latin(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001 - one shape for all readers
    found = _LATIN.match(page.folded, start)
    if not found:
        return
    year = found[1] or found[2] or found[3] or found[6]
    issuer = _issuer_near(page, start, found.end()) if year else None
    if issuer is None:
        return
    order = page.folded.startswith(("order", "decree"), start)
    if order and issuer == "cn-gacc":
        return
    series = f"{issuer}{'-order' if order else ''}:{year}"
    others = tuple(_NUMBER.finditer(page.folded, found.start(5), found.end(5)))
    yield Found(start, found.end(4) if others else found.end(), _kind(issuer), f"{series}:{int(found[4])}")
    for other in others:
        yield Found(other.start(), other.end(), _kind(issuer), f"{series}:{int(other.group())}")


def _korean(page: Page, start: int, end: int) -> Iterator[Found]:
    first, last = start, end
    window = page.before(start, _JUST_BEFORE)
    if (found := _KOREAN.match(page.folded, start)) and (
        year := found[1] or found[3] or next(iter(_KOREAN_YEAR.findall(window)), None)
    ):
        row, last = found.span(2), found.end()
    elif back := _KOREAN_BACK.search(window):
        shift = start - len(window)
        year, row, first = back[1], (shift + back.start(2), shift + back.end(2)), shift + back.start()
    else:
        return
    near = page.around(first, last, _NEAR)
    if _CHINA.search(near) or "해관총서" in near:
        key = "cn-mofcom" if "상무부" in near or "해관총서" not in near else "cn-gacc"
        number, *others = _numbers(page, row)
        yield Found(first, number.end() if others else last, _kind(key), f"{key}:{year}:{int(number.group())}")
        for other in others:
            yield Found(other.start(), other.end(), _kind(key), f"{key}:{year}:{int(other.group())}")


def _issuer_near(page: Page, start: int, end: int) -> str | None:
    """The Chinese ministry that speaks here, when any does."""
    near = page.around(start, end, _NEAR)
    if (
        not _CHINA.search(near)
        and ("mofcom" not in near)
        and (_OTHERS.search(near) or not _of_china(page.around(start, end, _FAR)))
    ):
        return None
    if _COMMERCE.search(near) or not _CUSTOMS.search(near):
        return "cn-mofcom" if _COMMERCE.search(near) or not _OTHERS.search(near) else None
    return "cn-gacc"


def _of_china(text: str) -> bool:
    """Whether a stretch speaks of China; the bits tell most that do not, at a hundredth of the time."""
    return any(bit in text for bit in (*_CHINA_BITS, "中", "중국")) and bool(_CHINA.search(text))


_OTHERS = re.compile(
    r"federal register|india|dgft|hong kong|taiwan|japan'?s? (?:ministry|meti)|korea|bank|nasdaq|stock|listing"
    r"|exporters|vietnam|indonesi|malaysia|thailand|eu-|european|commission|executive|purchase|court|supply"
)

SHAPES: tuple[Shape, ...] = (
    Shape(("公告", "令"), _chinese, whole_word=False),
    Shape(tuple(_LATIN_WORDS) + _LATIN_PHRASES, _latin),
    Shape(("공고",), _korean, whole_word=False),
)
