"""German headlines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.understand.headlines._countries.de import COUNTRIES
from bot.understand.headlines._render import PLAIN
from bot.understand.headlines._template import MOST, Headlines, apart, joined, parse_kinds, parse_ways

_MONTHS = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()  # noqa: SIM905
)
_DIE = frozenset(
    {"CH", "TR", "UA", "SK", "MN", "EU", "CD", "CF", "CG", "DO", "CI", "WTO", "G7", "MD", "EH", "VA", "IM"}
)
_DER = frozenset({"IR", "IQ", "LB", "SD", "SS", "TD", "YE"})  # masculine: in den Iran
_PLURAL = frozenset(
    {
        "US",
        "NL",
        "PH",
        "AE",
        "KM",
        "MV",
        "SC",
        "SB",
        "MH",
        "BS",
        "FO",
        "KY",
        "PS",
        "UN",
        "CK",
        "FK",
        "VG",
        "VI",
        "TC",
        "AX",
        "CC",
        "MP",
    }
)

# Goods stand in the accusative only, whose plural and neuter look like the name itself.
_KINDS = parse_kinds(
    """
    ban:
    [<verhängt/verhängen> Ausfuhrverbot für {goods}|<verbietet/verbieten> Ausfuhren]{to}
    [Ausfuhrverbot für {goods}|Verbot von Ausfuhren]{to}
    des [Ausfuhrverbots für {goods}|Verbots von Ausfuhren]{to}

    control:
    [<verhängt/verhängen> Ausfuhrbeschränkungen für {goods}|<beschränkt/beschränken> Ausfuhren]{to}
    [Ausfuhrbeschränkungen für {goods}|Beschränkungen für Ausfuhren]{to}
    der [Ausfuhrbeschränkungen für {goods}|Beschränkungen für Ausfuhren]{to}

    licence:
    <verlangt/verlangen> [Ausfuhrgenehmigung für {goods}|Genehmigung für Ausfuhren]{to}
    Genehmigungspflicht[ für {goods}|] bei Ausfuhr{to}
    der Genehmigungspflicht[ für {goods}|] bei Ausfuhr{to}

    quota:
    <legt/legen> [Ausfuhrquoten für {goods}|Quoten für Ausfuhren]{to} fest
    [Ausfuhrquoten für {goods}|Quoten für Ausfuhren]{to}
    der [Ausfuhrquoten für {goods}|Quoten für Ausfuhren]{to}

    duty:
    <erhebt/erheben> [Ausfuhrzoll auf {goods}|Zoll auf Ausfuhren]{to}
    [Ausfuhrzoll auf {goods}|Zoll auf Ausfuhren]{to}
    des [Ausfuhrzolls auf {goods}|Zolls auf Ausfuhren]{to}

    tariff:
    <erhebt/erheben> Zölle auf [{goods}|Einfuhren]{from}
    Zölle auf [{goods}|Einfuhren]{from}
    der Zölle auf [{goods}|Einfuhren]{from}

    import-ban:
    [<verhängt/verhängen> Einfuhrverbot für {goods}|<verbietet/verbieten> Einfuhren]{from}
    [Einfuhrverbot für {goods}|Verbot von Einfuhren]{from}
    des [Einfuhrverbots für {goods}|Verbots von Einfuhren]{from}

    procurement:
    <schließt/schließen> Anbieter{from} von öffentlichen Aufträgen aus[ ({goods})|]
    Ausschluss von Anbietern{from} bei öffentlichen Aufträgen[ ({goods})|]
    des Ausschlusses von Anbietern{from} bei öffentlichen Aufträgen[ ({goods})|]

    remedy:
    <ergreift/ergreifen> Antidumpingmaßnahmen gegen [{goods}|Einfuhren]{from}
    Antidumpingmaßnahmen gegen [{goods}|Einfuhren]{from}
    der Antidumpingmaßnahmen gegen [{goods}|Einfuhren]{from}

    list:
    <setzt/setzen> Einrichtungen{from} auf Kontrollliste[ ({goods})|]
    Listung von Einrichtungen{from}[ ({goods})|]
    der Listung von Einrichtungen{from}[ ({goods})|]

    end-use:
    <verschärft/verschärfen> Endverwendungskontrolle [für {goods}|bei Ausfuhren]{to}
    Endverwendungskontrolle [für {goods}|bei Ausfuhren]{to}
    der Endverwendungskontrolle [für {goods}|bei Ausfuhren]{to}

    refusal:
    <verweigert/verweigern> [Ausfuhrgenehmigungen für {goods}|Genehmigungen für Ausfuhren]{to}
    Ablehnung von [Ausfuhrgenehmigungen für {goods}|Genehmigungen für Ausfuhren]{to}
    der Ablehnung von [Ausfuhrgenehmigungen für {goods}|Genehmigungen für Ausfuhren]{to}

    reexport:
    <verhängt/verhängen> [Wiederausfuhrbeschränkungen für {goods}|Beschränkungen für Wiederausfuhren]{to}
    [Wiederausfuhrbeschränkungen für {goods}|Beschränkungen für Wiederausfuhren]{to}
    der [Wiederausfuhrbeschränkungen für {goods}|Beschränkungen für Wiederausfuhren]{to}

    stock-build:
    <baut/bauen> Reserven auf[ ({goods})|]
    Aufbau von Reserven[ ({goods})|]
    des Aufbaus von Reserven[ ({goods})|]

    stock-release:
    <gibt/geben> Reserven frei[ ({goods})|]
    Freigabe von Reserven[ ({goods})|]
    der Freigabe von Reserven[ ({goods})|]

    screening:
    <beschränkt/beschränken> Investitionen{from}[ ({goods})|]
    Beschränkungen für Investitionen{from}[ ({goods})|]
    der Beschränkungen für Investitionen{from}[ ({goods})|]

    takeover:
    <übernimmt/übernehmen> Kontrolle über Unternehmen[ ({goods})|]
    staatliche Kontrolle über Unternehmen[ ({goods})|]
    der staatlichen Kontrolle über Unternehmen[ ({goods})|]

    sanctions:
    <verhängt/verhängen> Sanktionen{against}[ ({goods})|]
    Sanktionen{against}[ ({goods})|]
    der Sanktionen{against}[ ({goods})|]

    probe:
    <eröffnet/eröffnen> Untersuchung{against}[ ({goods})|]
    Untersuchung{against}[ ({goods})|]
    der Untersuchung{against}[ ({goods})|]

    customs:
    <hält/halten> Ausfuhren{to} beim Zoll auf[ ({goods})|]
    Verzögerungen beim Zoll bei Ausfuhren{to}[ ({goods})|]
    der Verzögerungen beim Zoll bei Ausfuhren{to}[ ({goods})|]

    technology:
    <beschränkt/beschränken> Technologietransfer{to}[ ({goods})|]
    Beschränkungen für Technologietransfer{to}[ ({goods})|]
    der Beschränkungen für Technologietransfer{to}[ ({goods})|]

    reporting:
    <führt/führen> Meldepflicht für Ausfuhren{to} ein[ ({goods})|]
    Meldepflicht für Ausfuhren{to}[ ({goods})|]
    der Meldepflicht für Ausfuhren{to}[ ({goods})|]

    enforcement:
    <geht/gehen> gegen die Umgehung von Exportregeln vor[ ({goods})|]
    Vorgehen gegen die Umgehung von Exportregeln[ ({goods})|]
    des Vorgehens gegen die Umgehung von Exportregeln[ ({goods})|]

    retaliation:
    <ergreift/ergreifen> Gegenmaßnahmen{against}[ ({goods})|]
    Gegenmaßnahmen{against}[ ({goods})|]
    der Gegenmaßnahmen{against}[ ({goods})|]

    processing:
    <schreibt/schreiben> Verarbeitung im Inland vor[ ({goods})|]
    Pflicht zur Verarbeitung im Inland[ ({goods})|]
    der Pflicht zur Verarbeitung im Inland[ ({goods})|]

    support:
    <fördert/fördern> strategische Produktion[ ({goods})|]
    Förderung strategischer Produktion[ ({goods})|]
    der Förderung strategischer Produktion[ ({goods})|]

    curbs:
    <verschärft/verschärfen> Handelsbeschränkungen{against}[ ({goods})|]
    Handelsbeschränkungen{against}[ ({goods})|]
    der Handelsbeschränkungen{against}[ ({goods})|]

    other:
    <ergreift/ergreifen> Maßnahme „{measure}“{against}[ ({goods})|]
    Maßnahme „{measure}“{against}[ ({goods})|]
    der Maßnahme „{measure}“{against}[ ({goods})|]
    """,
    ("act", "noun", "of"),
    plain=PLAIN,
)


def _list(items: Sequence[str], most: int = MOST, *, more: str = "weitere") -> str:
    return joined(items, comma=", ", last=" und ", most=most, more=lambda left: f" und {left} {more}")


def _name(code: str) -> str:
    return COUNTRIES.get(code, code)


def _accusative(code: str) -> str:
    if code in _DIE or code in _PLURAL:
        return f"die {_name(code)}"
    return f"den {_name(code)}" if code in _DER else _name(code)


def _dative(code: str) -> str:
    if code in _DIE:
        return f"der {_name(code).replace('sche ', 'schen ')}"
    if code in _PLURAL:
        return f"den {_name(code)}{'' if _name(code)[-1] in 'nsASE' else 'n'}"
    return f"dem {_name(code)}" if code in _DER else _name(code)


def _to(codes: Sequence[str], most: int) -> str:
    """As in "nach Japan und in die USA": the preposition is said again where it changes."""
    phrases: list[str] = []
    before = ""
    for code in codes:
        preposition = "in" if code in _DIE | _DER | _PLURAL else "nach"
        phrases.append(_accusative(code) if preposition == before else f"{preposition} {_accusative(code)}")
        before = preposition
    shown = codes[:most][-1:]  # its case goes on in what is only counted
    more = "weitere Länder" if shown and shown[0] in _DIE | _DER | _PLURAL else "weiteren Ländern"
    return f" {_list(phrases, most, more=more)}" if codes else ""


def _with(preposition: str, codes: Sequence[str], most: int, *, dative: bool = False) -> str:
    case = _dative if dative else _accusative
    more = "weiteren Ländern" if dative else "weitere Länder"
    return f" {preposition} {_list([case(code) for code in codes], most, more=more)}" if codes else ""


def _subject(code: str, agency: str) -> str:
    name = _name(code)
    if agency:
        # EU-Kommission, Chinas Staatsrat: the agency's name already says whose it is
        name = agency if agency.startswith((f"{name}-", f"{name}s ")) else f"{name} ({agency})"
    return f"{name} "


def _goods(names: Sequence[str], most: int) -> tuple[str, str]:
    return _list(apart(names, " und "), most), ""


def _day(day: date) -> str:
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


HEADLINES: Headlines = Headlines(
    name="de",
    countries=COUNTRIES,
    kinds=_KINDS,
    told=parse_ways("""
        acts: {act}
        announces: <kündigt/kündigen> {noun} an
        eases: <lockert/lockern> {the}
        considers: <erwägt/erwägen> {noun}
        considers-easing: <erwägt/erwägen> Lockerung {of}
        proposes: <schlägt/schlagen> {noun} vor
        proposes-easing: <schlägt/schlagen> Lockerung {of} vor
        lifts: <hebt/heben> {the} auf
        suspends: <setzt/setzen> {the} aus
        eases.levy: <senkt/senken> {the}
        considers-easing.levy: <erwägt/erwägen> Senkung {of}
        proposes-easing.levy: <schlägt/schlagen> Senkung {of} vor
        lifts.levy: <schafft/schaffen> {the} ab
        eases.end: <beendet/beenden> {the}
        considers-easing.end: <erwägt/erwägen> Ende {of}
        proposes-easing.end: <schlägt/schlagen> Ende {of} vor
        lifts.end: <beendet/beenden> {the}
        extends: <verlängert/verlängern> {the}
        extends-relief: <verlängert/verlängern> Aussetzung {of}
        denies: <dementiert/dementieren> {noun}
        background: Hintergrund: {the}{by}
    """),
    untold=parse_ways("""
        acts: {noun} angekündigt
        announces: {noun} angekündigt
        in-force: {noun} in Kraft
        in-force-day: In Kraft ab {day}: {noun}
        eases: Lockerung {of}
        considers: {noun} erwogen
        considers-easing: Lockerung {of} erwogen
        proposes: {noun} vorgeschlagen
        proposes-easing: Lockerung {of} vorgeschlagen
        lifts: {the} aufgehoben
        suspends: {the} ausgesetzt
        eases.levy: Senkung {of}
        considers-easing.levy: Senkung {of} erwogen
        proposes-easing.levy: Senkung {of} vorgeschlagen
        lifts.levy: {the} abgeschafft
        eases.end: Ende {of}
        considers-easing.end: Ende {of} erwogen
        proposes-easing.end: Ende {of} vorgeschlagen
        lifts.end: {the} beendet
        extends: {the} verlängert
        extends-relief: Aussetzung {of} verlängert
        denies: {noun} dementiert
        background: Hintergrund: {the}
    """),
    subject=_subject,
    plural=_PLURAL,
    places={
        "to": _to,
        "from": lambda codes, most: _with("aus", codes, most, dative=True),
        "against": lambda codes, most: _with("gegen", codes, most),
        "on": lambda codes, most: _with("gegen", codes, most),
        "whose": lambda codes, most: _with("aus", codes, most, dative=True),
        "by": lambda codes, most: _with("durch", codes, most),
    },
    goods=_goods,
    day=_day,
    tails={
        "military": ", militärische Endverwendung",
        "civil-excepted": ", zivile Nutzung ausgenommen",
        "force-day": "; in Kraft ab {day}",
        "force": "; in Kraft",
        "from": "; ab {day}",
        "until": "; bis {day}",
        "force-span": "; in Kraft vom {day} bis {until}",
        "span": "; vom {day} bis {until}",
        "reported": " (unbestätigt)",
    },
)
