"""German headlines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.understand.headlines._countries.de import COUNTRIES
from bot.understand.headlines._render import PLAIN
from bot.understand.headlines._template import Headlines, joined, parse_kinds, parse_ways

_MONTHS = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()  # noqa: SIM905
)
_DIE = frozenset({"CH", "TR", "UA", "SK", "MN", "EU", "CD", "CF", "CG", "DO", "CI", "WTO", "G7", "MD", "EH"})
_DER = frozenset({"IR", "IQ", "LB", "SD", "TD", "NE", "YE"})  # masculine: in den Iran
_PLURAL = frozenset({"US", "NL", "PH", "AE", "KM", "MV", "SC", "SB", "MH", "BS", "FO", "KY", "PS", "UN"})

# Goods stand in the accusative only, whose plural and neuter look like the name itself.
_KINDS = parse_kinds(
    """
    ban:
    <verhängt/verhängen> Ausfuhrverbot[ für {goods}|]{to}
    Ausfuhrverbot[ für {goods}|]{to}
    des Ausfuhrverbots[ für {goods}|]{to}

    control:
    <verhängt/verhängen> Ausfuhrbeschränkungen[ für {goods}|]{to}
    Ausfuhrbeschränkungen[ für {goods}|]{to}
    der Ausfuhrbeschränkungen[ für {goods}|]{to}

    licence:
    <verlangt/verlangen> Ausfuhrgenehmigung[ für {goods}|]{to}
    Genehmigungspflicht[ für {goods}|] bei Ausfuhr{to}
    der Genehmigungspflicht[ für {goods}|] bei Ausfuhr{to}

    quota:
    <setzt/setzen> Ausfuhrquoten fest[ für {goods}|]{to}
    Ausfuhrquoten[ für {goods}|]{to}
    der Ausfuhrquoten[ für {goods}|]{to}

    duty:
    <erhebt/erheben> Ausfuhrzoll[ auf {goods}|]{to}
    Ausfuhrzoll[ auf {goods}|]{to}
    des Ausfuhrzolls[ auf {goods}|]{to}

    tariff:
    <erhebt/erheben> Zölle auf [{goods}|Einfuhren]{from}
    Zölle auf [{goods}|Einfuhren]{from}
    der Zölle auf [{goods}|Einfuhren]{from}

    import-ban:
    <verhängt/verhängen> Einfuhrverbot[ für {goods}|]{from}
    Einfuhrverbot[ für {goods}|]{from}
    des Einfuhrverbots[ für {goods}|]{from}

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
    <verschärft/verschärfen> Endverwendungskontrolle[ für {goods}|]{to}
    Endverwendungskontrolle[ für {goods}|]{to}
    der Endverwendungskontrolle[ für {goods}|]{to}

    refusal:
    <verweigert/verweigern> Ausfuhrgenehmigungen[ für {goods}|]{to}
    Ablehnung von Ausfuhrgenehmigungen[ für {goods}|]{to}
    der Ablehnung von Ausfuhrgenehmigungen[ für {goods}|]{to}

    reexport:
    <verhängt/verhängen> Wiederausfuhrbeschränkungen[ für {goods}|]{to}
    Wiederausfuhrbeschränkungen[ für {goods}|]{to}
    der Wiederausfuhrbeschränkungen[ für {goods}|]{to}

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
    <hält/halten> Ausfuhren{to} am Zoll auf[ ({goods})|]
    Verzögerungen am Zoll bei Ausfuhren{to}[ ({goods})|]
    der Verzögerungen am Zoll bei Ausfuhren{to}[ ({goods})|]

    technology:
    <beschränkt/beschränken> Technologietransfer{to}[ ({goods})|]
    Beschränkungen für Technologietransfer{to}[ ({goods})|]
    der Beschränkungen für Technologietransfer{to}[ ({goods})|]

    reporting:
    <führt/führen> Meldepflicht ein für Ausfuhren{to}[ ({goods})|]
    Meldepflicht für Ausfuhren{to}[ ({goods})|]
    der Meldepflicht für Ausfuhren{to}[ ({goods})|]

    enforcement:
    <geht/gehen> gegen Umgehung von Exportregeln vor[ ({goods})|]
    Vorgehen gegen Umgehung von Exportregeln[ ({goods})|]
    des Vorgehens gegen Umgehung von Exportregeln[ ({goods})|]

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
    <ergreift/ergreifen> Maßnahme{against}: {measure}[ ({goods})|]
    Maßnahme{against}: {measure}[ ({goods})|]
    der Maßnahme{against}: {measure}[ ({goods})|]
    """,
    ("act", "noun", "of"),
    plain=PLAIN,
)


def _list(items: Sequence[str]) -> str:
    return joined(items, comma=", ", last=" und ", most=4, more=lambda left: f" und {left} weitere")


def _name(code: str) -> str:
    return COUNTRIES.get(code, code)


def _accusative(code: str) -> str:
    if code in _DIE or code in _PLURAL:
        return f"die {_name(code)}"
    return f"den {_name(code)}" if code in _DER else _name(code)


def _dative(code: str) -> str:
    if code in _DIE:
        return f"der {_name(code)}"
    if code in _PLURAL:
        return f"den {_name(code)}{'' if _name(code)[-1] in 'nsASE' else 'n'}"
    return f"dem {_name(code)}" if code in _DER else _name(code)


def _to(codes: Sequence[str]) -> str:
    """As in "nach Japan und in die USA": the preposition is said again where it changes."""
    phrases: list[str] = []
    before = ""
    for code in codes:
        preposition = "in" if code in _DIE | _DER | _PLURAL else "nach"
        phrases.append(_accusative(code) if preposition == before else f"{preposition} {_accusative(code)}")
        before = preposition
    return f" {_list(phrases)}" if codes else ""


def _with(preposition: str, codes: Sequence[str], *, dative: bool = False) -> str:
    case = _dative if dative else _accusative
    return f" {preposition} {_list([case(code) for code in codes])}" if codes else ""


def _subject(code: str, agency: str) -> str:
    name = _name(code)
    if agency:
        name = agency if agency.startswith(f"{name}-") else f"{name} ({agency})"
    return f"{name} "


def _goods(names: Sequence[str]) -> tuple[str, str]:
    return _list(names), ""


def _day(day: date) -> str:
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


HEADLINES: Headlines = Headlines(
    name="de",
    countries=COUNTRIES,
    kinds=_KINDS,
    told=parse_ways("""
        acts: {act}
        announces: <kündigt/kündigen> an: {noun}
        eases: <lockert/lockern> {the}
        considers: <erwägt/erwägen> {noun}
        considers-easing: <erwägt/erwägen> Lockerung {of}
        proposes: <schlägt/schlagen> vor: {noun}
        proposes-easing: <schlägt/schlagen> vor: Lockerung {of}
        lifts: <hebt/heben> {the} auf
        suspends: <setzt/setzen> {the} aus
        extends: <verlängert/verlängern> {the}
        extends-relief: <verlängert/verlängern> Aussetzung {of}
        denies: <dementiert/dementieren> {noun}
        background: Hintergrund: {the}{by}
    """),
    untold=parse_ways("""
        acts: {noun} angekündigt
        announces: {noun} angekündigt
        in-force: {noun} in Kraft
        eases: Lockerung {of}
        considers: {noun} erwogen
        considers-easing: Lockerung {of} erwogen
        proposes: {noun} vorgeschlagen
        proposes-easing: Lockerung {of} vorgeschlagen
        lifts: {the} aufgehoben
        suspends: {the} ausgesetzt
        extends: {the} verlängert
        extends-relief: Aussetzung {of} verlängert
        denies: {noun} dementiert
        background: Hintergrund: {the}
    """),
    subject=_subject,
    plural=_PLURAL,
    places={
        "to": _to,
        "from": lambda codes: _with("aus", codes, dative=True),
        "against": lambda codes: _with("gegen", codes),
        "on": lambda codes: _with("gegen", codes),
        "whose": lambda codes: _with("aus", codes, dative=True),
        "by": lambda codes: _with("durch", codes),
    },
    goods=_goods,
    day=_day,
    tails={
        "military": ", militärische Endverwendung",
        "civil-excepted": ", zivile Nutzung ausgenommen",
        "force-day": "; in Kraft seit {day}",
        "force": "; in Kraft",
        "from": "; ab {day}",
        "until": "; bis {day}",
        "reported": " (unbestätigt)",
    },
)
