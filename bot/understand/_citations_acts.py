"""Read numbered acts and notices of many states from one table: where a number stands, and whose it is.

A row names words that announce a citation and a pattern that begins there. Its groups make the key: `y` the year, `n`
the number, `s` a part of the issuer; `r` a year of the Republic of China. Every repetition is bounded, because texts
are hostile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.understand._shape import Found, Page, Reader, Shape

_NO = r"(?:(?:n(?:[or]|ro|omor|umer[oa]?|úmero)?\.? ?[º°]?|№|số)[.:]? ?)"
_Y = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_Y2 = r"(?P<y2>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?:\d{1,2}(?:\.|º|°|er|o)? ?(?:de )?[^\W\d_]{3,12}\.? (?:de )?|\d{1,2}[./-]\d{1,2}[./-])"
_N = r"(?P<n>\d{1,3}(?:[.,]\d{3})|\d{1,5})(?![\d])"
_N2 = r"(?P<n2>\d{1,5})(?!\d)"
_RU_DAY = r"(?:\d{1,2}\.\d{1,2}\.|\d{1,2} [а-я]{3,8} )"
_RU = rf"(?: от {_RU_DAY}{_Y}(?: ?г(?:ода|\.)?)?)? ?(?:№|n) ?{_N}(?:-(?:фз|р))?(?: от {_RU_DAY}{_Y2})?"
_RU_STATE = r"(?: рф| российской федерации| россии)?"
_ID = (
    r"(?: republik indonesia| ri| minerba)?(?: \([^)\n]{1,20}\))? ?(?:(?:nomor|no)\.? ?)?(?P<n>\d{1,3})(?:\.?[a-z])?"
    rf"(?: ?/ ?(?:[a-z.\d]{{1,10}}/){{0,3}}| tahun | of ){_Y}"
)
_BACK = 24  # letters before a trigger that may hold its number
_NEAR = 200  # characters in which a law of any subject must speak of trade

# Laws are numbered in one row whatever they are about; only those beside such words are of interest.
_TRADE = re.compile(
    r"export|esport|ekspor|eksport|exporta|ausfuhr|uitvoer|экспорт|вывоз|xuất khẩu|수출|出口|輸出|輸往|sanc"
    r"|sanzion|sankc"
    r"|санкц|dual[ -]use|double usage|doble uso|duplo uso|duplice uso|podwójn|двойного|lưỡng dụng|이중용도|両用"
    r"|minerai|mineral|minéra|minier|mineur|tambang|khoáng|광물|鉱物|礦|矿|материал|сырь|matières premières|rare earth"
    r"|terres rares|tierras raras|terre rare|terras raras|ziem rzadkich|редкозем|đất hiếm|semi-?con|półprzew"
    r"|полупровод|bán dẫn|반도체|半導|arms|armement|armament|uzbroj|вооруж|commercio|comercio|commerce"
    r"|thương mại|대외무역"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One way in which a state numbers what it decides."""

    kind: str
    issuer: str  # first part of the key; `{s}` is filled by the group of that name
    triggers: str  # parted by `|`
    pattern: str  # begins where the trigger begins
    before: str = ""  # what must end where the trigger begins
    near: str = ""  # what must stand around it
    trade: bool = False  # any subject shares this numbering
    inner: bool = False  # the trigger may be a part of a word
    names: Mapping[str, str] = field(default_factory=dict)  # group `s` as keys spell it


_MONTHS_FREE: tuple[Act, ...] = (
    Act(
        kind="fr-act",
        issuer="fr-{s}",
        triggers="loi|décret|ordonnance",
        pattern=rf"(?P<s>loi|décret|ordonnance) {_NO}(?P<y>(?:19|20)\d\d)-(?P<n>\d{{1,4}})(?!\d)",
        trade=True,
        names={"décret": "decret"},
    ),
    Act(
        kind="fr-act",
        issuer="fr-jorf",
        triggers="jorf|journal officiel",
        pattern=rf"(?:jorf|journal officiel(?: de la république française)?) {_NO}{_N} du {_DAY}{_Y}",
        trade=True,
    ),
    Act(
        kind="es-act",
        issuer="es-{s}",
        triggers="ley|real decreto|real decreto-ley|r.d.|rd",
        pattern=rf"(?P<s>ley orgánica|ley|real decreto-ley|real decreto|r\.d\.|rd) (?:{_NO})?{_N}/{_Y}",
        trade=True,
        names={
            "ley orgánica": "lo",
            "real decreto-ley": "rdl",
            "real decreto": "rd",
            "r.d.": "rd",
        },
    ),
    Act(
        kind="es-act",
        issuer="es-orden-{s}",
        triggers="orden",
        pattern=rf"orden (?P<s>[a-z]{{3}})/{_N}/{_Y}",
    ),
    Act(kind="es-act", issuer="es-boe", triggers="boe-a-", pattern=r"boe-a-(?P<y>\d{4})-(?P<n>\d{1,5})(?!\d)"),
    Act(
        kind="it-act",
        issuer="it-{s}",
        triggers="decreto legislativo|d.lgs|dlgs|decreto-legge|decreto legge|d.l.|legge|dpcm|d.p.c.m.",
        pattern=r"(?P<s>decreto legislativo|d\.lgs\.?|dlgs\.?|decreto[- ]legge|d\.l\.|legge|dpcm|d\.p\.c\.m\.) ?"
        rf"(?:(?:del )?{_DAY}{_Y}, ?{_NO}{_N}|(?:{_NO})?{_N2}(?:/| del ){_Y2})",
        trade=True,
        names={
            "decreto legislativo": "dlgs",
            "d.lgs.": "dlgs",
            "d.lgs": "dlgs",
            "dlgs.": "dlgs",
            "decreto-legge": "dl",
            "decreto legge": "dl",
            "d.l.": "dl",
            "d.p.c.m.": "dpcm",
        },
    ),
    Act(
        kind="pt-act",
        issuer="pt-{s}",
        triggers="decreto-lei|lei|portaria",
        pattern=rf"(?P<s>decreto-lei|lei|portaria) n\.?[º°o]\.? ?{_N}(?:-[a-z])?/{_Y}",
        trade=True,
        names={"decreto-lei": "dl"},
    ),
    Act(
        kind="br-act",
        issuer="br-{s}",
        triggers="decreto|lei|lei complementar|medida provisória|instrução normativa",
        pattern=r"(?P<s>decreto|lei complementar|lei|medida provisória|instrução normativa)(?: rfb)? n[º°o.]{1,2} ?"
        rf"{_N}(?:/{_Y}|, de {_DAY}{_Y2})",
        trade=True,
        names={"lei complementar": "lc", "medida provisória": "mp", "instrução normativa": "in"},
    ),
    Act(
        kind="br-act",
        issuer="br-{s}",
        triggers="resolução|portaria",
        pattern=(
            r"(?:resolução|portaria)(?: interministerial)? (?P<s>gecex|camex|secex|mcti|mdic|mme"
            r"|anm)(?:[-/][a-z]{2,6})?"
            rf" n[º°o.]{{1,2}} ?{_N}(?:/{_Y}|, de (?:{_DAY})?{_Y2})"
        ),
    ),
    Act(
        kind="pl-act",
        issuer="pl-{s}",
        triggers="dz.u.|dz. u.|m.p.",
        pattern=rf"(?P<s>dz\. ?u\.|m\.p\.) ?(?:z )?{_Y}(?: r\.)?,? ?(?:nr \d{{1,3}},? ?)?poz\. ?{_N}",
        names={"dz.u.": "dzu", "dz. u.": "dzu", "m.p.": "mp"},
    ),
    Act(
        kind="de-act",
        issuer="de-bgbl",
        triggers="bgbl",
        pattern=rf"bgbl\.? {_Y} (?:i|ii) (?:nr\. ?{_N}|(?P<n2>s\. ?\d{{1,5}}))",
    ),
    Act(
        kind="ch-act",
        issuer="ch-sr",
        triggers="sr|rs",
        pattern=r"(?:sr|rs) (?P<n>\d{3}(?:\.\d{1,4}){1,3})(?![\d.]\d)",
    ),
    Act(kind="ch-act", issuer="ch-as", triggers="as|ro|ru", pattern=rf"(?:as|ro|ru) {_Y} {_N}", trade=True),
    Act(
        kind="nl-kst",
        issuer="nl-kst",
        triggers="kamerstukken|kamerstuk",
        pattern=r"kamerstuk(?:ken)? (?:i{1,2} )?(?:20\d\d(?:[/-]\d{2,4})?,? )?"
        r"(?P<y>\d\d ?\d{3}),? nr\. ?(?P<n>\d{1,4})(?!\d)",
    ),
    Act(kind="uk-si", issuer="uk-si", triggers="si|s.i.", pattern=rf"s\.?i\.? {_Y} ?no\.? ?{_N}"),
    Act(
        kind="uk-si",
        issuer="uk-si",
        triggers="statutory instrument|statutory instruments",
        pattern=rf"statutory instruments? {_Y}(?: ?no\.? ?|/){_N}",
    ),
    Act(
        kind="eu-oj",
        issuer="eu",
        triggers="oj l|abl. l|abl l|jo l|pb l|do l|gu l|dz.u. l",
        pattern=rf"(?:oj|abl\.?|jo|pb|do|gu|dz\.u\.) l,? {_Y}/{_N}",
    ),
    Act(
        kind="us-law",
        issuer="us-publ",
        triggers="public law|pub. l.|p.l.",
        pattern=r"(?:public law|pub\. l\.|p\.l\.) ?(?:no\. ?)?(?P<y>1[01]\d)-(?P<n>\d{1,3})(?!\d)",
    ),
    Act(
        kind="ca-act",
        issuer="ca-{s}",
        triggers="sor/|dors/",
        pattern=r"(?:sor|dors)(?P<s>/)(?P<y>(?:19|20)\d\d)-(?P<n>\d{1,3})(?!\d)",
        names={"/": "sor"},
    ),
    Act(kind="au-act", issuer="au-frl", triggers="f20", pattern=r"f(?P<y>20\d\d)[lc](?P<n>\d{5})(?!\d)", inner=True),
    Act(kind="my-act", issuer="my-pua", triggers="p.u.|p.u. (a)", pattern=rf"p\.u\. ?\(a\) ?{_N}/{_Y}"),
    Act(
        kind="un-act",
        issuer="un-sc",
        triggers="resolution|resolutions|résolution|resolución|resolutie|резолюция|резолюции",
        pattern=r"(?:r[eé]solutions?|resolución|resolutie|резолюци[яи]) (?P<n>1\d{3}|2\d{3}) \((?P<y>(?:19|20)\d\d)\)",
    ),
)

_ACTS_EAST: tuple[Act, ...] = (
    Act(
        kind="in-notification",
        issuer="in-{s}",
        triggers="notification|notifications|public notice|trade notice|policy circular",
        pattern=rf"(?P<s>notification|public notice|trade notice|policy circular)s? "
        rf"{_NO}{_N}(?:/| of ){_Y}(?:[-–/]\d{{2,4}})?"
        r"(?![-–/]? ?customs|[-–/]? ?cus)",
        near=r"dgft|india|foreign trade|bharat|new delhi",
        names={
            "notification": "dgft",
            "public notice": "dgft-pn",
            "trade notice": "dgft-tn",
            "policy circular": "dgft-pc",
        },
    ),
    Act(
        kind="in-notification",
        issuer="in-cbic",
        triggers="notification|notifications",
        pattern=rf"notifications? {_NO}{_N}/{_Y}[-–/ ]{{1,3}}cus",
    ),
    Act(
        kind="in-notification",
        issuer="in-gazette-{s}",
        triggers="s.o.|g.s.r.|so|gsr",
        pattern=r"(?P<s>s\.?o\.?|g\.?s\.?r\.?) ?(?P<n>\d{1,4})\(e\)",
        names={"s.o.": "so", "g.s.r.": "gsr"},
    ),
    Act(
        kind="id-reg",
        issuer="id-{s}",
        triggers="permen esdm|kepmen esdm|permendag|permenperin|permenkeu|pmk|perpres|keppres|inpres",
        pattern=rf"(?P<s>permen esdm|kepmen esdm|permendag|permenperin|permenkeu|pmk|perpres|keppres|inpres){_ID}",
        names={
            "permen esdm": "esdm",
            "kepmen esdm": "esdm-decree",
            "permendag": "kemendag",
            "permenperin": "kemenperin",
            "permenkeu": "pmk",
        },
    ),
    Act(
        kind="id-reg",
        issuer="id-{s}",
        triggers="peraturan menteri|keputusan menteri|permen|kepmen",
        pattern=(
            r"(?:peraturan menteri|permen|keputusan menteri|kepmen) (?P<s>energi dan sumber daya mineral|esdm"
            r"|perdagangan|keuangan"
            rf"|perindustrian){_ID}"
        ),
        names={
            "energi dan sumber daya mineral": "esdm",
            "perdagangan": "kemendag",
            "keuangan": "pmk",
            "perindustrian": "kemenperin",
        },
    ),
    Act(
        kind="id-reg",
        issuer="id-{s}",
        triggers="peraturan pemerintah|peraturan presiden|keputusan presiden|instruksi presiden|undang-undang|pp|uu",
        pattern=(
            r"(?P<s>peraturan pemerintah|peraturan presiden|keputusan presiden|instruksi presiden|undang-undang|pp|uu)"
            rf"{_ID}"
        ),
        trade=True,
        names={
            "peraturan pemerintah": "pp",
            "peraturan presiden": "perpres",
            "keputusan presiden": "keppres",
            "instruksi presiden": "inpres",
            "undang-undang": "uu",
        },
    ),
    Act(
        kind="id-reg",
        issuer="id-esdm",
        triggers="esdm regulation|mineral resources regulation|mineral resources ministerial regulation",
        pattern=rf"(?:esdm|mineral resources)(?: ministerial)? regulation{_ID}",
    ),
    Act(
        kind="vn-law",
        issuer="vn-{s}",
        triggers="/nđ-|/nd-cp|/tt-|/qđ-|/qd-|/nq-|/ct-|/cđ-|/qh1|/bct-",
        before=r"(?P<n>\d{1,5})(?:/(?P<y>(?:19|20)\d\d))?$",
        pattern=r"/(?P<s>[a-zđ]{2,3}\d{0,2}(?:-[a-zđ]{2,8}){0,2})(?:,? ngày \d{1,2}[/.-]\d{1,2}[/.-](?P<y2>20\d\d))?",
        inner=True,
    ),
    Act(
        kind="ru-act",
        issuer="ru-gov",
        triggers="постановлени",
        pattern=rf"постановлени[а-я]{{1,3}} правительства{_RU_STATE}{_RU}",
        inner=True,
    ),
    Act(
        kind="ru-act",
        issuer="ru-gov-order",
        triggers="распоряжени",
        pattern=rf"распоряжени[а-я]{{1,3}} правительства{_RU_STATE}{_RU}",
        inner=True,
    ),
    Act(
        kind="ru-act",
        issuer="ru-president",
        triggers="указ",
        pattern=rf"указ[а-я]{{0,3}} президента{_RU_STATE}{_RU}",
        inner=True,
    ),
    Act(
        kind="ru-act",
        issuer="ru-fz",
        triggers="федеральн",
        pattern=rf"федеральн[а-я]{{2,3}} закон[а-я]{{0,3}}{_RU}",
        trade=True,
        inner=True,
    ),
    Act(
        kind="cd-act",
        issuer="cd-arecoms",
        triggers="arecoms",
        before=r"(?P<n>\d{1,4}) ?/ ?$",
        pattern=r"arecoms ?/ ?(?P<y>20\d\d)(?!\d)",
    ),
    Act(
        kind="cd-act",
        issuer="cd-mines",
        triggers="arrêté ministériel|arrêté interministériel",
        pattern=rf"arrêté (?:inter)?ministériel {_NO}(?P<n>\d{{2,5}}) ?/ ?cab[./ ]{{1,2}}"
        r"min[a-z./ \d]{1,40}/ ?(?P<y>20\d\d)(?!\d)",
    ),
    Act(
        kind="kr-notice",
        issuer="kr-{s}",
        triggers="산업통상자원부|산업통상부|산업부|관세청|기획재정부|전략물자관리원",
        pattern=r"(?P<s>산업통상자원부|산업통상부|산업부|관세청|기획재정부|전략물자관리원) ?(?:고시|공고|훈령) ?제? ?"
        r"(?P<y>20\d\d)-(?P<n>\d{1,4})(?: ?호)?(?!\d)",
        inner=True,
        names={
            "산업통상자원부": "motir",
            "산업통상부": "motir",
            "산업부": "motir",
            "관세청": "customs",
            "기획재정부": "moef",
            "전략물자관리원": "kosti",
        },
    ),
    Act(
        kind="kr-act",
        issuer="kr-{s}",
        triggers="대통령령|법률 제|법률제|산업통상자원부령",
        pattern=r"(?P<s>대통령령|법률|산업통상자원부령) ?제 ?(?P<n>\d{3,5}) ?호",
        trade=True,
        inner=True,
        names={"대통령령": "decree", "법률": "act", "산업통상자원부령": "motir-ordinance"},
    ),
    Act(
        kind="tw-notice",
        issuer="tw-{s}",
        triggers="字第",
        before=r"(?P<s>經|貿|台財|臺財|院臺|院台|華總)[^\W\d_]{0,6}$",
        pattern=r"字第 ?(?P<r>\d{3})(?P<n>\d{5,9}) ?號",
        inner=True,
        names={
            "經": "moea",
            "貿": "tita",
            "台財": "mof",
            "臺財": "mof",
            "院臺": "ey",
            "院台": "ey",
            "華總": "president",
        },
    ),
    Act(
        kind="cn-act",
        issuer="cn-state-council-order",
        triggers="国务院令|國務院令",
        pattern=r"(?:国务院令|國務院令)\s?[（(]?\s?第\s?(?P<n>\d{3})\s?[号號]",
        inner=True,
    ),
    Act(
        kind="wto-notice",
        issuer="wto-{s}",
        triggers="g/tbt/n/|g/sps/n/|g/ma/qr/n/|g/lic/n/",
        pattern=r"g/(?P<s>tbt|sps|ma/qr|lic)/n/(?P<y>[a-z]{3}|\d)/(?P<n>\d{1,4})(?!\d)",
        names={"ma/qr": "qr"},
    ),
)

ACTS = _MONTHS_FREE + _ACTS_EAST


def _value(act: Act, groups: Mapping[str, str | None]) -> str:
    """The key: issuer, year where it is told, number without points and zeros before it."""
    named = groups.get("s") or ""
    issuer = act.issuer.replace("{s}", act.names.get(named, named.replace("đ", "d").replace(".", "")))
    year = groups.get("y") or groups.get("y2") or ""
    if groups.get("r"):
        year = str(int(groups["r"] or 0) + 1911)
    number = (groups.get("n") or groups.get("n2") or "").replace(",", "")
    if number.replace(".", "").isdigit() and act.issuer != "ch-sr":
        number = str(int(number.replace(".", "")))
    return ":".join(part for part in (issuer, year.replace(" ", ""), number.replace(" ", "")) if part)


def _reader(act: Act) -> Reader:
    pattern = re.compile(act.pattern)
    before = re.compile(act.before) if act.before else None
    near = re.compile(act.near) if act.near else None

    def read(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001 - one shape for all readers
        found = pattern.match(page.folded, start)
        if found is None:
            return
        groups, first = found.groupdict(), start
        if before is not None:
            window = page.before(start, _BACK)
            ahead = before.search(window)
            if ahead is None:
                return
            groups, first = {**groups, **ahead.groupdict()}, start - len(window) + ahead.start()
        if near is not None or act.trade:
            around = page.around(start, found.end(), _NEAR)
            if (near is not None and not near.search(around)) or (act.trade and not _TRADE.search(around)):
                return
        yield Found(first, found.end(), act.kind, _value(act, groups))

    return read


SHAPES: tuple[Shape, ...] = tuple(
    Shape(tuple(act.triggers.split("|")), _reader(act), whole_word=not act.inner) for act in ACTS
)
KINDS = frozenset(act.kind for act in ACTS)
