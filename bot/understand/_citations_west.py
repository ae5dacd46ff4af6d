"""Read citations of acts and notices of the EU, the US, Japan, Germany, the Netherlands, Britain and the WTO."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understand._fold import inside_word
from bot.understand._shape import Found, Page, Shape

_FIRST_YEAR, _LAST_YEAR = 1958, 2100  # of the Union's acts
_UNIFIED = 2015  # since then the year stands first

_EU_NUMBER = re.compile(
    r"(?:\((?:eu|ue|ec|eg|ce|eec|ewg|cee|we|cfsp|gasp|gbvb|pesc)(?:, ?euratom)?\)|\beu) ?"
    r"(?:no\.? ?|nr\.? ?|n[°º] ?|n\.[oº] ?)?(\d{1,4})/(\d{1,4})(?!\d)"
)
_EU_ACT = re.compile(
    r"(?:regulation|directive|decision|verordnung|richtlinie|beschluss|verordening|richtlijn|besluit|règlement|décision"
    r"|reglamento|directiva|decisión|regolamento|direttiva|decisione|regulamento|diretiva|decisão|rozporządzeni[aeu]m?"
    r"|dyrektyw[aąęy]|decyzj[aąęi]|регламент\w{0,2}|директив\w{1,2}|решени\w{1,2}|規則|指令|条例|规例|條例|法規|규정|규칙"
    r"|peraturan|quy định)[^0-9;,.]{0,15}$"
)
_EU_BARE = re.compile(r"[a-zßäöüè\-]{2,30} (?:no\.? |nr\.? )?((?:19|20)\d\d)/(\d{1,4})(?!\d|/\d)")
_ACT_BEFORE = 40  # characters between the name of an act and its number
_CELEX = re.compile(r"3(\d{4})[rldhq](\d{4})(?![a-z\d])")
_CELEX_WORD = re.compile(r"celex[:\s%3a]{0,4}$")

_FR_BEFORE = re.compile(r"(?<!\d)(\d{2,3}) ?$")
_FR_PAGE = re.compile(r"(?:fr|fed\. ?reg\.?|fed reg) (\d{1,3},\d{3}|\d{3,6})(?!\d)")
_FR_FIRST_YEAR = 1935  # volume n appeared in 1935 + n
_FR_DOC = re.compile(r"(?:fr doc\.?(?: ?no\.?)?:? ?|/documents/20\d\d/\d\d/\d\d/)((?:c\d-)?20\d\d-\d{5})\b")
_RIN = re.compile(r"rin:? ?(\d{4}-[a-z]{2}\d{2})\b")
_CFR = re.compile(r"(?:cfr|c\.f\.r\.) ?(?:parts? |§{1,2} ?|sections? )?(\d{2,4}(?:\.\d{1,4})?)")
_CFR_TITLES = {"15", "19", "22", "31"}  # commerce, customs, state, treasury
_EO = re.compile(r"(?:executive order|exec\. order|e\.o\.|eo) ?(?:no\.? ?)?(1[34],?\d{3})(?!\d)")
_PROCLAMATION = re.compile(r"proclamation ?(?:no\.? ?)?(1[01],?\d{3})(?!\d)")

_STCRT = re.compile(r"(?:stcrt\.?|staatscourant)[ -]?(20\d\d)[ ,-]{1,2}(?:nr\.? ?)?(\d{3,6})(?!\d)")
_STB = re.compile(r"(?:stb\.?|staatsblad) ?(20\d\d),? (?:nr\.? ?)?(\d{1,4})(?!\d)")
_DE_PARAGRAPH = re.compile(
    r"§{1,2} ?(\d{1,3}[a-z]?)(?: ?(?:abs\.?|absatz) ?\d{1,2}[a-z]?)?(?: ?(?:satz|nr\.?) ?\d{1,2})? ?(?:der |des )?$"
)
_DE_LAWS = {"awv": "de-awv", "awg": "de-awg"}
_DE_GENERAL = re.compile(r"allgemeinen? genehmigung(?:en)? nr\. ?(\d{1,2})(?!\d)")
_DE_GAZETTE = re.compile(r"banz at (\d\d)\.(\d\d)\.(20\d\d)")
_UK_NTE = re.compile(r"(?:notice to exporters|nte) (20\d\d) ?/ ?(\d{1,2})(?!\d)")
_UK_SI = re.compile(r"s\.?i\.? (20\d\d)/(\d{1,4})(?![\da-z])")
_WTO = re.compile(r"\bds ?(\d{3})(?![\da-z])")
_WTO_NEXT = re.compile(r"(?:/|, ?| and | und | en | et | y | e | i | и |、|,? & )(?:ds ?)?(\d{3})(?![\da-z])")
_WTO_NEAR = re.compile(
    r"wto|\bomc\b|\bwho\b|\bвто\b|world trade|gatt|dispute|panel|appellate|streitfall|geschil|différend|diferencia"
    r"|controvers|世贸|世貿|世界貿易|争端|爭端|紛争|분쟁|sengketa|tranh chấp|export|rare earth"
)
_WTO_MOST = 12  # disputes named in a row

_JP_ARTICLE = re.compile(r"第(\d{1,3})条")
_JP_TABLE = re.compile(r"別表第?[一1]の?(\d{1,2}|[一二三四五六七八九十]{1,3})の項")
_JP_DIGITS = r"[0-9]{1,4}|[一二三四五六七八九十百千元]{1,7}"
_JP_NOTICE = re.compile(
    rf"(?P<era>令和|平成|昭和)\s?(?P<year>{_JP_DIGITS})\s?年\s?(?:(?:{_JP_DIGITS})\s?月\s?(?:(?:{_JP_DIGITS})\s?日)?(?:付|の|、)?)?"
    rf"\s?(?P<kind>法律|政令|(?:経済産業省|経産省|通商産業省|財務省|外務省)?(?:告示|省令|令))\s?第\s?(?P<number>{_JP_DIGITS})\s?号"
)
_JP_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_JP_KINDS = {"法律": "jp-act", "政令": "jp-order"}
_JP_ISSUERS = {"経済産業省": "meti", "経産省": "meti", "通商産業省": "meti", "財務省": "mof", "外務省": "mofa"}
_JP_LAWS = {
    "外国為替及び外国貿易法": "jp-fefta",
    "外為法": "jp-fefta",
    "輸出貿易管理令": "jp-ectr",
    "輸出令": "jp-ectr",
    "外国為替令": "jp-feo",
    "外為令": "jp-feo",
    "貨物等省令": "jp-goods-ordinance",
    "経済安全保障推進法": "jp-espa",
    "経済安保推進法": "jp-espa",
}
_KANJI = "零一二三四五六七八九"
_KANJI_TENS = {"十": 10, "百": 100, "千": 1000}


def _eu(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001 - one shape for all readers
    found = _EU_NUMBER.match(page.folded, start)
    key = _eu_key(found[1], found[2]) if found else None
    if found and key:
        act = _EU_ACT.search(page.before(start, _ACT_BEFORE))
        first = max(0, start - _ACT_BEFORE) + act.start() if act else start
        yield Found(first, found.end(), "eu-act", key)


def _eu_bare(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001
    found = _EU_BARE.match(page.folded, start)
    key = _eu_key(found[1], found[2]) if found else None
    if found and key:
        yield Found(start, found.end(), "eu-act", key)


def _eu_key(one: str, two: str) -> str | None:
    """Year and number of an act; the year stood last in regulations until 2015."""
    first, second = int(one), int(two)
    if _FIRST_YEAR <= first <= _LAST_YEAR and not (_FIRST_YEAR <= second < _UNIFIED and first < _UNIFIED):
        return f"eu:{first}:{second}"
    if _FIRST_YEAR <= second <= _LAST_YEAR:
        return f"eu:{second}:{first}"
    return None


def _celex(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001
    window = page.before(start, 10)
    word = _CELEX_WORD.search(window)
    first = start - len(window) + word.start() if word else start
    found = _CELEX.match(page.folded, start)
    if found and not inside_word(page.folded, first):
        yield Found(first, found.end(), "celex", f"eu:{found[1]}:{int(found[2])}")


def _federal_register(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001
    volume = _FR_BEFORE.search(page.before(start, 5))
    found = _FR_PAGE.match(page.folded, start)
    if volume and found and 1 <= int(volume[1]) <= _LAST_YEAR - _FR_FIRST_YEAR:
        first = start - (min(5, start)) + volume.start()
        yield Found(first, found.end(), "fr-cite", f"us-fr:{int(volume[1])}:{found[1].replace(',', '')}")


def _fr_doc(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001
    if found := _FR_DOC.match(page.folded, start):
        year, _, number = found[1].removeprefix("c1-").partition("-")
        yield Found(start, found.end(), "fr-doc", f"us-frdoc:{year}:{number}")


def _cfr(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001
    title = _FR_BEFORE.search(page.before(start, 4))
    found = _CFR.match(page.folded, start)
    if title and found and title[1] in _CFR_TITLES:
        yield Found(start - len(title[0]), found.end(), "cfr", f"us-cfr:{title[1]}:{found[1]}")


def _numbered(pattern: re.Pattern[str], concept: str, prefix: str) -> Shape:
    """A grammar whose pattern begins at the trigger; its groups joined by colons are the key."""

    def read(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001
        if found := pattern.match(page.folded, start):
            parts = ":".join(_plain(g) for g in found.groups() if g)
            yield Found(start, found.end(), concept, f"{prefix}:{parts}")

    return Shape(_TRIGGERS[concept], read)


def _plain(group: str) -> str:
    digits = group.replace(",", "")
    return str(int(digits)) if digits.isdigit() else group.upper()


def _german_law(page: Page, start: int, end: int) -> Iterator[Found]:
    law = _DE_LAWS[page.folded[start:end]]
    before = page.before(start, 40)
    if found := _DE_PARAGRAPH.search(before):
        yield Found(start - (len(before) - found.start()), end, "de-law", f"{law}:{found[1]}")


def _german_law_name(page: Page, start: int, end: int) -> Iterator[Found]:
    yield Found(start, end, "de-law", "de-awg" if "gesetz" in page.folded[start:end] else "de-awv")


def _german_gazette(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001
    if found := _DE_GAZETTE.match(page.folded, start):
        yield Found(start, found.end(), "de-law", f"de-banz:{found[3]}-{found[2]}-{found[1]}")


def _wto(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001
    if page.text[start : start + 2] != "DS" or inside_word(page.folded, start):
        return
    found = _WTO.match(page.folded, start)
    alone = found is not None and found.end() - start == len(page.text.strip())
    if found is None or not (alone or _WTO_NEAR.search(page.around(start, found.end(), 120))):
        return
    yield Found(start, found.end(), "wto", f"wto:ds:{found[1]}")
    at = found.end()
    for _ in range(_WTO_MOST):
        more = _WTO_NEXT.match(page.folded, at)
        if more is None:
            return
        yield Found(more.start(1), more.end(), "wto", f"wto:ds:{more[1]}")
        at = more.end()


def _japanese_law(page: Page, start: int, end: int) -> Iterator[Found]:
    key = _JP_LAWS[page.folded[start:end]]
    if key == "jp-ectr" and (table := _JP_TABLE.match(page.folded, end)):
        yield Found(start, table.end(), "jp-law", f"{key}:1-{_item(table[1])}")
    elif article := _JP_ARTICLE.match(page.folded, end):
        yield Found(start, article.end(), "jp-law", f"{key}:{int(article[1])}")
    else:
        yield Found(start, end, "jp-law", key)


def _japanese_table(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001
    if found := _JP_TABLE.match(page.folded, start):
        yield Found(start, found.end(), "jp-section", f"jp-ectr:1-{_item(found[1])}")


def _item(text: str) -> int:
    """A number in digits or kanji; the first year of an era is one."""
    if text.isdigit() and text.isascii():
        return int(text)
    total = pending = 0
    for sign in text.replace("元", "一"):
        if sign in _KANJI_TENS:
            total += max(pending, 1) * _KANJI_TENS[sign]
            pending = 0
        else:
            pending = pending * 10 + _KANJI.find(sign)
    return total + pending


def _japanese_notice(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001
    found = _JP_NOTICE.match(page.folded, start)
    if found is None:
        return
    issuer = next((short for name, short in _JP_ISSUERS.items() if found["kind"].startswith(name)), "")
    series = _JP_KINDS.get(found["kind"]) or f"jp-{issuer}-{'notice' if '告示' in found['kind'] else 'ordinance'}"
    if issuer or series in _JP_KINDS.values():
        year = _JP_ERAS[found["era"]] + _item(found["year"])
        yield Found(start, found.end(), "jp-notice", f"{series}:{year}:{_item(found['number'])}")


_TRIGGERS: dict[str, tuple[str, ...]] = {
    "rin": ("rin",),
    "us-eo": ("executive order", "exec. order", "e.o.", "eo"),
    "us-proclamation": ("proclamation",),
    "nl-stcrt": ("stcrt", "staatscourant"),
    "nl-stb": ("stb", "staatsblad"),
    "de-general-licence": ("allgemeine genehmigung", "allgemeinen genehmigung"),
    "uk-nte": ("notice to exporters", "nte"),
    "uk-si": ("si", "s.i."),
}

SHAPES: tuple[Shape, ...] = (
    Shape(
        tuple(
            f"({b})" for b in ("eu", "ue", "ec", "eg", "ce", "eec", "ewg", "cee", "we", "cfsp", "gasp", "gbvb", "pesc")
        ),
        _eu,
        whole_word=False,
    ),
    Shape(("eu", "(eu, euratom)"), _eu),
    Shape(
        (
            "regulation",
            "directive",
            "verordnung",
            "richtlinie",
            "verordening",
            "richtlijn",
            "dual-use-vo",
            "dual-use-verordnung",
            "règlement",
            "reglamento",
            "regolamento",
            "regulamento",
            "rozporządzenie",
            "rozporządzenia",
        ),
        _eu_bare,
    ),
    Shape(
        tuple(f"3{century}" for century in ("195", "196", "197", "198", "199", "200", "201", "202", "203")),
        _celex,
        whole_word=False,
    ),
    Shape(("fr", "fed. reg", "fed reg", "fed.reg"), _federal_register),
    Shape(("fr doc", "/documents/20"), _fr_doc, whole_word=False),
    Shape(("cfr", "c.f.r."), _cfr),
    _numbered(_RIN, "rin", "us-rin"),
    _numbered(_EO, "us-eo", "us-eo"),
    _numbered(_PROCLAMATION, "us-proclamation", "us-proc"),
    _numbered(_STCRT, "nl-stcrt", "nl-stcrt"),
    _numbered(_STB, "nl-stb", "nl-stb"),
    _numbered(_DE_GENERAL, "de-general-licence", "de-agg"),
    _numbered(_UK_NTE, "uk-nte", "uk-nte"),
    _numbered(_UK_SI, "uk-si", "uk-si"),
    Shape(tuple(_DE_LAWS), _german_law),
    Shape(
        (
            "außenwirtschaftsverordnung",
            "außenwirtschaftsgesetz",
            "aussenwirtschaftsverordnung",
            "aussenwirtschaftsgesetz",
        ),
        _german_law_name,
        whole_word=False,
    ),
    Shape(("banz at",), _german_gazette),
    Shape(tuple(f"ds{space}{digit}" for space in ("", " ") for digit in "123456"), _wto, whole_word=False),
    Shape(tuple(_JP_LAWS), _japanese_law, whole_word=False),
    Shape(("別表第", "別表1", "別表一"), _japanese_table, whole_word=False),
    Shape(tuple(_JP_ERAS), _japanese_notice, whole_word=False),
)
