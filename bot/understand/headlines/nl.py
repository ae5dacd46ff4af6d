"""Dutch headlines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.understand.headlines._countries.nl import COUNTRIES
from bot.understand.headlines._render import PLAIN
from bot.understand.headlines._template import MOST, Headlines, apart, joined, parse_kinds, parse_ways

_MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905
)
_DE = frozenset({"US", "EU", "PH", "AE", "CF", "DO", "WTO", "G7", "UN", "BS", "KM", "MV", "SC", "SB", "PS"})
_HET = frozenset({"GB"})
_PLURAL = frozenset({"US", "PH", "AE", "UN", "BS", "KM", "MV", "SC", "SB", "PS"})
_ROOT = 4  # letters that a state and its adjective share: China, Chinese

_KINDS = parse_kinds(
    """
    ban:
    <verbiedt/verbieden> uitvoer[ van {goods}|]{to}
    verbod op uitvoer[ van {goods}|]{to}

    control:
    <beperkt/beperken> uitvoer[ van {goods}|]{to}
    beperkingen op uitvoer[ van {goods}|]{to}

    licence:
    <eist/eisen> vergunning voor uitvoer[ van {goods}|]{to}
    vergunningplicht voor uitvoer[ van {goods}|]{to}

    quota:
    <stelt/stellen> quota in voor uitvoer[ van {goods}|]{to}
    quota voor uitvoer[ van {goods}|]{to}

    duty:
    <belast/belasten> uitvoer[ van {goods}|]{to}
    heffing op uitvoer[ van {goods}|]{to}

    tariff:
    <heft/heffen> invoerrechten op [{goods}|goederen]{from}
    invoerrechten op [{goods}|goederen]{from}

    import-ban:
    <verbiedt/verbieden> invoer[ van {goods}|]{from}
    verbod op invoer[ van {goods}|]{from}

    procurement:
    <sluit/sluiten> leveranciers{from} uit van overheidsopdrachten[ ({goods})|]
    uitsluiting van leveranciers{from} bij overheidsopdrachten[ ({goods})|]

    remedy:
    <neemt/nemen> antidumpingmaatregelen tegen [{goods}|invoer]{from}
    antidumpingmaatregelen tegen [{goods}|invoer]{from}

    list:
    <zet/zetten> entiteiten{from} op controlelijst[ ({goods})|]
    plaatsing van entiteiten{from} op controlelijst[ ({goods})|]

    end-use:
    <verscherpt/verscherpen> eindgebruikscontrole bij uitvoer[ van {goods}|]{to}
    eindgebruikscontrole bij uitvoer[ van {goods}|]{to}

    refusal:
    <weigert/weigeren> vergunningen voor uitvoer[ van {goods}|]{to}
    weigering van vergunningen voor uitvoer[ van {goods}|]{to}

    reexport:
    <beperkt/beperken> wederuitvoer[ van {goods}|]{to}
    beperkingen op wederuitvoer[ van {goods}|]{to}

    stock-build:
    <legt/leggen> voorraden[ {goods}|] aan
    aanleg van voorraden[ {goods}|]

    stock-release:
    <geeft/geven> voorraden[ {goods}|] vrij
    vrijgave van voorraden[ {goods}|]

    screening:
    <beperkt/beperken> investeringen{from}[ ({goods})|]
    beperkingen op investeringen{from}[ ({goods})|]

    takeover:
    <neemt/nemen> zeggenschap over bedrijf[ ({goods})|]
    zeggenschap van de staat over bedrijf[ ({goods})|]

    sanctions:
    <legt/leggen> sancties op{against}[ ({goods})|]
    sancties{against}[ ({goods})|]

    probe:
    <opent/openen> onderzoek{against}[ ({goods})|]
    onderzoek{against}[ ({goods})|]

    customs:
    <houdt/houden> uitvoer[ van {goods}|]{to} op bij douane
    vertraging bij douane voor uitvoer[ van {goods}|]{to}

    technology:
    <beperkt/beperken> overdracht van technologie{to}[ ({goods})|]
    beperkingen op overdracht van technologie{to}[ ({goods})|]

    reporting:
    <eist/eisen> melding van uitvoer[ van {goods}|]{to}
    meldplicht voor uitvoer[ van {goods}|]{to}

    enforcement:
    <pakt/pakken> omzeiling van exportregels aan[ ({goods})|]
    aanpak van omzeiling van exportregels[ ({goods})|]

    retaliation:
    <neemt/nemen> tegenmaatregelen{against}[ ({goods})|]
    tegenmaatregelen{against}[ ({goods})|]

    processing:
    <verplicht/verplichten> verwerking[ van {goods}|] in eigen land
    plicht tot verwerking[ van {goods}|] in eigen land

    support:
    <steunt/steunen> [productie van {goods}|strategische productie]
    steun voor [productie van {goods}|strategische productie]

    curbs:
    <verscherpt/verscherpen> handelsbeperkingen{against}[ ({goods})|]
    handelsbeperkingen{against}[ ({goods})|]

    other:
    <neemt/nemen> maatregel ‘{measure}’{against}[ ({goods})|]
    maatregel ‘{measure}’{against}[ ({goods})|]
    """,
    ("act", "noun"),
    plain=PLAIN,
)


def _with_article(code: str) -> str:
    name = COUNTRIES.get(code, code)
    if code in _DE or name.endswith(("eilanden", "Marianen")):
        return f"de {name}"
    return f"het {name}" if code in _HET else name


def _list(items: Sequence[str], most: int = MOST, *, more: str = "andere") -> str:
    return joined(items, comma=", ", last=" en ", most=most, more=lambda left: f" en {left} {more}")


def _place(preposition: str, codes: Sequence[str], most: int) -> str:
    return (
        f" {preposition} {_list([_with_article(code) for code in codes], most, more='andere landen')}" if codes else ""
    )


def _subject(code: str, agency: str) -> str:
    name = COUNTRIES.get(code, code)
    if agency and agency.startswith(name[:_ROOT].ljust(_ROOT)):
        return f"{agency} "  # Chinese douane, Russische regering: whose it is stands in its name
    return f"{name} ({agency}) " if agency else f"{name} "


def _goods(names: Sequence[str], most: int) -> tuple[str, str]:
    return _list(apart(names, " en "), most), ""


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


HEADLINES: Headlines = Headlines(
    name="nl",
    countries=COUNTRIES,
    kinds=_KINDS,
    told=parse_ways("""
        acts: {act}
        announces: <kondigt/kondigen> {noun} aan
        eases: <versoepelt/versoepelen> {the}
        considers: <overweegt/overwegen> {noun}
        considers-easing: <overweegt/overwegen> versoepeling van {of}
        proposes: <stelt/stellen> {noun} voor
        proposes-easing: <stelt/stellen> versoepeling van {of} voor
        lifts: <heft/heffen> {the} op
        suspends: <schort/schorten> {the} op
        eases.levy: <verlaagt/verlagen> {the}
        considers-easing.levy: <overweegt/overwegen> verlaging van {of}
        proposes-easing.levy: <stelt/stellen> verlaging van {of} voor
        lifts.levy: <schaft/schaffen> {the} af
        eases.end: <beëindigt/beëindigen> {the}
        considers-easing.end: <overweegt/overwegen> beëindiging van {of}
        proposes-easing.end: <stelt/stellen> beëindiging van {of} voor
        lifts.end: <beëindigt/beëindigen> {the}
        extends: <verlengt/verlengen> {the}
        extends-relief: <verlengt/verlengen> opschorting van {of}
        denies: <ontkent/ontkennen> {noun}
        background: Achtergrond: {the}{by}
    """),
    untold=parse_ways("""
        acts: {noun} aangekondigd
        announces: {noun} aangekondigd
        in-force: {noun} van kracht
        in-force-day: Van kracht per {day}: {noun}
        eases: versoepeling van {of}
        considers: {noun} overwogen
        considers-easing: versoepeling van {of} overwogen
        proposes: {noun} voorgesteld
        proposes-easing: versoepeling van {of} voorgesteld
        lifts: {the} opgeheven
        suspends: {the} opgeschort
        eases.levy: verlaging van {of}
        considers-easing.levy: verlaging van {of} overwogen
        proposes-easing.levy: verlaging van {of} voorgesteld
        lifts.levy: {the} afgeschaft
        eases.end: beëindiging van {of}
        considers-easing.end: beëindiging van {of} overwogen
        proposes-easing.end: beëindiging van {of} voorgesteld
        lifts.end: {the} beëindigd
        extends: {the} verlengd
        extends-relief: opschorting van {of} verlengd
        denies: {noun} ontkend
        background: Achtergrond: {the}
    """),
    subject=_subject,
    plural=_PLURAL,
    places={
        "to": lambda codes, most: _place("naar", codes, most),
        "from": lambda codes, most: _place("uit", codes, most),
        "against": lambda codes, most: _place("tegen", codes, most),
        "on": lambda codes, most: _place("tegen", codes, most),
        "whose": lambda codes, most: _place("uit", codes, most),
        "by": lambda codes, most: _place("door", codes, most),
    },
    goods=_goods,
    day=_day,
    tails={
        "military": ", militair eindgebruik",
        "civil-excepted": ", civiel gebruik uitgezonderd",
        "force-day": "; van kracht per {day}",
        "force": "; van kracht",
        "from": "; vanaf {day}",
        "until": "; tot en met {day}",
        "force-span": "; van kracht van {day} tot en met {until}",
        "span": "; van {day} tot en met {until}",
        "reported": " (onbevestigd)",
    },
)
