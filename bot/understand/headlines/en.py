"""English headlines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.understand.headlines._countries.en import COUNTRIES
from bot.understand.headlines._render import PLAIN
from bot.understand.headlines._template import MOST, Headlines, apart, joined, parse_kinds, parse_ways

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WITH_THE = frozenset(
    {"US", "GB", "EU", "NL", "PH", "AE", "CF", "DO", "WTO", "G7", "UN", "BS", "GM", "MV", "SC", "KM", "CG"}
)

_WITH_THE_ENDINGS = ("Islands", "Territories", "Territory", "Isle of Man")
_ROOT = 4  # letters that a state and its adjective share: Indonesia, Indonesian

_KINDS = parse_kinds(
    """
    ban:
    bans [export of {goods}|exports]{to}
    ban on [export of {goods}|exports]{to}

    control:
    restricts [export of {goods}|exports]{to}
    curbs on [export of {goods}|exports]{to}

    licence:
    requires licences for [export of {goods}|exports]{to}
    licence requirement for [export of {goods}|exports]{to}

    quota:
    sets quotas for [export of {goods}|exports]{to}
    quotas for [export of {goods}|exports]{to}

    duty:
    imposes duty on [export of {goods}|exports]{to}
    duty on [export of {goods}|exports]{to}

    tariff:
    imposes tariffs on [{goods}|imports]{from}
    tariffs on [{goods}|imports]{from}

    import-ban:
    bans [import of {goods}|imports]{from}
    ban on [import of {goods}|imports]{from}

    procurement:
    bars suppliers{from} from public procurement[ ({goods})|]
    bar on suppliers{from} in public procurement[ ({goods})|]

    remedy:
    takes anti-dumping action on [{goods}|imports]{from}
    anti-dumping action on [{goods}|imports]{from}

    list:
    puts entities{from} on control list[ ({goods})|]
    control listing of entities{from}[ ({goods})|]

    end-use:
    tightens end-use checks on [export of {goods}|exports]{to}
    end-use checks on [export of {goods}|exports]{to}

    refusal:
    refuses licences for [export of {goods}|exports]{to}
    refusal of licences for [export of {goods}|exports]{to}

    reexport:
    restricts re-export[ of {goods}|]{to}
    curbs on re-export[ of {goods}|]{to}

    stock-build:
    builds up stocks[ of {goods}|]
    build-up of stocks[ of {goods}|]

    stock-release:
    releases stocks[ of {goods}|]
    release of stocks[ of {goods}|]

    screening:
    restricts investment{from}[ ({goods})|]
    limits on investment{from}[ ({goods})|]

    takeover:
    takes control of company[ ({goods})|]
    state control of company[ ({goods})|]

    sanctions:
    imposes sanctions{on}[ ({goods})|]
    sanctions{on}[ ({goods})|]

    probe:
    opens investigation{against}[ ({goods})|]
    investigation{against}[ ({goods})|]

    customs:
    holds up [export of {goods}|exports]{to} at customs
    customs delays for [export of {goods}|exports]{to}

    technology:
    restricts transfer of technology{to}[ ({goods})|]
    curbs on transfer of technology{to}[ ({goods})|]

    reporting:
    requires reports on [export of {goods}|exports]{to}
    reporting requirement for [export of {goods}|exports]{to}

    enforcement:
    acts against evasion of export rules[ ({goods})|]
    action against evasion of export rules[ ({goods})|]

    retaliation:
    takes countermeasures{against}[ ({goods})|]
    countermeasures{against}[ ({goods})|]

    processing:
    requires domestic processing[ of {goods}|]
    domestic processing requirement[ for {goods}|]

    support:
    supports [production of {goods}|strategic production]
    support for [production of {goods}|strategic production]

    curbs:
    tightens trade curbs{on}[ ({goods})|]
    trade curbs{on}[ ({goods})|]

    other:
    takes measure “{measure}”{against}[ ({goods})|]
    measure “{measure}”{against}[ ({goods})|]
    """,
    ("act", "noun"),
    plain=PLAIN,
)


def _with_article(code: str) -> str:
    name = COUNTRIES.get(code, code)
    return f"the {name}" if code in _WITH_THE or name.endswith(_WITH_THE_ENDINGS) else name


def _list(items: Sequence[str], most: int = MOST) -> str:
    return joined(items, comma=", ", last=" and ", most=most, more=lambda left: f" and {left} more")


def _place(preposition: str, codes: Sequence[str], most: int) -> str:
    return f" {preposition} {_list([_with_article(code) for code in codes], most)}" if codes else ""


def _subject(code: str, agency: str) -> str:
    name = COUNTRIES.get(code, code)
    if agency:
        # China Customs, Indonesian mining ministry: the agency's name already says whose it is
        name = agency if agency.startswith((f"{name} ", name[:_ROOT].ljust(_ROOT))) else f"{name} ({agency})"
    return f"{name} "


def _goods(names: Sequence[str], most: int) -> tuple[str, str]:
    return _list(apart(names, " and "), most), ""


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


HEADLINES: Headlines = Headlines(
    name="en",
    countries=COUNTRIES,
    kinds=_KINDS,
    told=parse_ways("""
        acts: {act}
        announces: announces {noun}
        eases: eases {the}
        considers: considers {noun}
        considers-easing: considers easing {the}
        proposes: proposes {noun}
        proposes-easing: proposes easing {the}
        lifts: lifts {the}
        suspends: suspends {the}
        eases.levy: lowers {the}
        considers-easing.levy: considers lowering {the}
        proposes-easing.levy: proposes lowering {the}
        lifts.levy: removes {the}
        eases.end: ends {the}
        considers-easing.end: considers ending {the}
        proposes-easing.end: proposes ending {the}
        lifts.end: ends {the}
        extends: extends {the}
        extends-relief: extends suspension of {of}
        denies: denies {noun}
        background: Background: {the}{by}
    """),
    untold=parse_ways("""
        acts: {noun} announced
        announces: {noun} announced
        in-force: {noun} in force
        in-force-day: In force {day}: {noun}
        eases: easing of {of}
        considers: {noun} considered
        considers-easing: easing of {of} considered
        proposes: {noun} proposed
        proposes-easing: easing of {of} proposed
        lifts: {the} lifted
        suspends: {the} suspended
        eases.levy: reduction of {of}
        considers-easing.levy: reduction of {of} considered
        proposes-easing.levy: reduction of {of} proposed
        lifts.levy: {the} removed
        eases.end: end of {of}
        considers-easing.end: end of {of} considered
        proposes-easing.end: end of {of} proposed
        lifts.end: {the} ended
        extends: {the} extended
        extends-relief: suspension of {of} extended
        denies: {noun} denied
        background: Background: {the}
    """),
    subject=_subject,
    plural=frozenset(),
    places={
        "to": lambda codes, most: _place("to", codes, most),
        "from": lambda codes, most: _place("from", codes, most),
        "against": lambda codes, most: _place("against", codes, most),
        "on": lambda codes, most: _place("on", codes, most),
        "whose": lambda codes, most: _place("from", codes, most),
        "by": lambda codes, most: _place("by", codes, most),
    },
    goods=_goods,
    day=_day,
    tails={
        "military": ", military end use",
        "civil-excepted": ", civilian use exempt",
        "force-day": "; in force {day}",
        "force": "; in force",
        "from": "; from {day}",
        "until": "; until {day}",
        "force-span": "; in force {day} to {until}",
        "span": "; from {day} to {until}",
        "reported": " (unconfirmed)",
    },
)
