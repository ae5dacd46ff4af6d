"""Read codes of goods: tariff lines, control list numbers and CAS numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understand._fold import inside_word
from bot.understand._grammar import words
from bot.understand._shape import Found, Page, Shape

_HS_WORD = (
    r"codes?|nos?\.?|numbers?|lines?|items?|headings?|subheadings?|under|nummern?|nr\.?|编码|编号|編號|號別"
    r"|コード|番号|号|號"
    r"|n[º°.]{1,2}|código|codice|kode|kod|코드|번호|номер|код|коды|số|hs|\(hs\)|/hs"
)
_HS_FIRST = re.compile(rf"[ :：(（-]{{0,3}}(?:(?:{_HS_WORD})[ :：(（.]{{0,3}}){{0,2}}")
_HS_CODE = re.compile(r"(\d{4})(?:[. ]?(\d{2})(?:[. ]?\d{2}(?:[. ]?\d{2})?)?)?(?![\d%])")
_HS_NEXT = re.compile(
    r" ?(?:,|;|/|、|，|；|and|or|und|oder|en|of|sowie|及|和|および|ou|et|y|e|i|lub|и|или|dan|và|및|、) ?(?:and "
    r"|or |und |en )?"
)
_HS_LONG = re.compile(r"\d{4}(?:[. ]\d{2}|\d{2})")  # "CN" and "item" stand before any number
_LOOSE = frozenset({"cn", "nc", "kn", "gn", "sh", "ncm", "sa"})
_HS_CHAPTERS = range(1, 98)
_EDITIONS = range(2010, 2036)  # "HS 2022" is an edition of the nomenclature
_MOST_CODES = 60  # in one list

_ECCN = re.compile(r"([0-9][A-E][0-9]{3})((?:\.[a-z0-9]{1,2}){0,5})(?![A-Za-z0-9])")
_ECCN_CONTEXT = 150  # characters
_ECCN_ISSUERS = (
    (
        "cn",
        re.compile(
            r"管制编码|管制編碼|mofcom|商务部|商務部|出口管制|ministry of commerce|\bchin(?:a|ese|e|ois\w{0,2}"
            r"|esisch\w{0,2})\b"
            r"|китай|tiongkok|trung quốc|중국|中国"
        ),
    ),
    ("us", re.compile(r"eccn|\bear\b|\bbis\b|commerce control list|\bccl\b|bureau of industry")),
    (
        "eu",
        re.compile(
            r"2021/821|(?:annex|anhang|bijlage|annexe|anexo|allegato|załącznik\w{0,2}) i\b|\beu\b|\bue\b|dual-use-vo"
        ),
    ),
    ("kr", re.compile(r"통제번호|전략물자|산업통상|한국|대외무역법")),
    ("uk", re.compile(r"ogel|\becju\b|uk strategic export")),
)
_ECCN_WORDS = re.compile(
    r"eccn|管制|control|kontrol|export|esporta|eksport|ekspor|uitvoer|ausfuhr|dual-use|licen[cs]|genehmig"
    r"|vergunning|annex|anhang"
    r"|bijlage|anexo|allegato|załącznik|list|liste|lijst|出口|輸出|item|통제|수출|전략물자|экспорт|контрол"
    r"|xuất khẩu|kiểm soát"
)

_CAS_NUMBER = r"[- ]?(?:no|nos|nr|nrn|numbers?|nummers?|rn|registry number)\.?|[号號]|番号|编号|登记号"
_CAS_WORD = re.compile(rf"cas(?:{_CAS_NUMBER})?[:：]? ?#?")
_CAS = re.compile(r"(?<![\d-])([1-9]\d{1,6})-(\d{2})-(\d)(?![\d-])")
_CAS_NEXT = re.compile(r" ?[,;、，和及/] ?(?:and |und |en )?| (?:and|und|en|or) ")

_EAR99 = re.compile(r"EAR99(?![A-Za-z0-9])")


def _tariff_line(page: Page, start: int, end: int) -> Iterator[Found]:
    first = _HS_FIRST.match(page.folded, end)
    at = first.end() if first else end
    if page.folded[start:end] in _LOOSE and not (
        _HS_LONG.match(page.folded, at) and page.text[start:end] == page.text[start:end].upper()
    ):
        return
    for _ in range(_MOST_CODES):
        found = _HS_CODE.match(page.folded, at)
        if not found or not _is_heading(found):
            return
        yield Found(start, found.end(), "hs-code", f"hs:{found[1]}{found[2] or ''}")
        following = _HS_NEXT.match(page.folded, found.end())
        if not following:
            return
        start = at = following.end()


def _is_heading(found: re.Match[str]) -> bool:
    chapter = int(found[1][:2])
    edition = found[2] is None and int(found[1]) in _EDITIONS
    return chapter in _HS_CHAPTERS and not edition


def _control_number(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001 - one shape for all readers
    found = _ECCN.match(page.text, start)
    before = page.text[start - 1] if start else " "
    if not found or before == "." or inside_word(page.folded, start):
        return
    near = page.around(start, found.end(), _ECCN_CONTEXT)
    alone = found.end() - start == len(page.text.strip())  # pasted by somebody who asks for it
    if not alone and not _ECCN_WORDS.search(near):
        return
    issuer = _nearest_issuer(near, start - max(0, start - _ECCN_CONTEXT))
    yield Found(start, found.end(), "eccn", f"{issuer + '-' if issuer else ''}eccn:{found[1]}{found[2]}")


def _nearest_issuer(near: str, at: int) -> str | None:
    """Whose list a number is of: they share the shape, so the sign that stands nearest decides."""
    signs = [(abs(m.start() - at), who) for who, sign in _ECCN_ISSUERS for m in sign.finditer(near)]
    return min(signs)[1] if signs else None


def _ear99(page: Page, start: int, end: int) -> Iterator[Found]:
    if _EAR99.match(page.text, start):
        yield Found(start, end, "ear99", "us-eccn:EAR99")


def _cas_after_word(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001
    word = _CAS_WORD.match(page.folded, start)
    at = word.end() if word else start
    for _ in range(_MOST_CODES):
        found = _CAS.match(page.folded, at)
        if not found:
            return
        if check_digit(found):
            yield Found(at, found.end(), "cas", f"cas:{found.group()}")
        following = _CAS_NEXT.match(page.folded, found.end())
        if not following:
            return
        at = following.end()


def _cas_itself(page: Page, start: int, end: int) -> Iterator[Found]:
    found = _CAS.match(page.folded, start)
    if found and found.end() == end:
        yield Found(start, end, "cas", f"cas:{found.group()}")


def check_digit(found: re.Match[str]) -> bool:
    """True when the last digit is the sum of the others, each times its place from the right, modulo ten."""
    digits = [int(d) for d in found[1] + found[2]]
    return sum(place * digit for place, digit in enumerate(reversed(digits), start=1)) % 10 == int(found[3])


def known_cas(numbers: frozenset[str]) -> Shape | None:
    """A grammar for CAS numbers of the rule files, which need no word before them."""
    return Shape(tuple(sorted(numbers)), _cas_itself) if numbers else None


SHAPES: tuple[Shape, ...] = (
    Shape(
        (
            "hs",
            "h.s.",
            "hs-code",
            "hs-codes",
            "hts",
            "htsus",
            "taric",
            "zolltarifnummer",
            "zolltarifnummern",
            "warennummer",
        ),
        _tariff_line,
    ),
    Shape(
        (
            "warennummern",
            "kn-code",
            "kn-codes",
            "gn-code",
            "gn-codes",
            "cn code",
            "cn codes",
            "tariff code",
            "tariff codes",
        ),
        _tariff_line,
    ),
    Shape(
        (
            "tariff heading",
            "tariff headings",
            "tariff line",
            "tariff lines",
            "tariff item",
            "customs code",
            "customs codes",
        ),
        _tariff_line,
    ),
    Shape(("goederencode", "goederencodes", "tariefcode", "tariefcodes", "cn heading", "hs heading"), _tariff_line),
    Shape(
        ("hsコード", "税則号列", "税则号列", "税则号", "税号", "海关商品编号", "商品编号", "商品编码", "税則"),
        _tariff_line,
        whole_word=False,
    ),
    Shape(tuple(f"{digit}{letter}" for digit in range(10) for letter in "abcde"), _control_number, whole_word=False),
    Shape(tuple(sorted(_LOOSE)), _tariff_line),
    Shape(
        words(
            """
            itc (hs) | itc hs | itc(hs) | hsn | hsk | schedule b | commodity code | commodity codes | code sh | codes sh
            code nc | codes nc | nomenclature combinée | position tarifaire | positions tarifaires | código arancelario
            códigos arancelarios | partida arancelaria | partidas arancelarias | partida | codice nc | codici nc
            codice sa | voce doganale | voci doganali | código ncm | códigos ncm | código sh | códigos sh | código nc
            posição pautal | kod cn | kody cn | kodem cn | kodami cn | pozycja cn | kod hs | kody hs | pos tarif
            kode hs | mã hs | mã số hs | тн вэд | тнвэд | код тн вэд | hs 코드 | hsk 코드
        """.replace("\n", "|")
        ),
        _tariff_line,
    ),
    Shape(
        ("稅則號列", "稅則號別", "貨品號列", "hs코드", "hsk코드", "세번", "품목번호", "統計番号"),
        _tariff_line,
        whole_word=False,
    ),
    Shape(("ear99",), _ear99),
    Shape(("cas",), _cas_after_word),
    Shape(("cas号", "cas番号", "cas编号", "cas登记号"), _cas_after_word, whole_word=False),
)
