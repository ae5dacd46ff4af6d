"""Spanish headlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.understand.headlines._countries.es import COUNTRIES
from bot.understand.headlines._render import PLAIN
from bot.understand.headlines._template import Headlines, joined, parse_kinds, parse_ways

_MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()  # noqa: SIM905
)
_EL = frozenset({"GB", "G7"})
_LA = frozenset({"EU", "WTO", "UN", "CF", "DO"})
_LOS = frozenset({"AE", "PS"})

_KINDS = parse_kinds(
    """
    ban:
    prohíbe exportar[ {goods}|]{to}
    la prohibición de exportar[ {goods}|]{to}

    control:
    restringe la exportación[ de {goods}|]{to}
    las restricciones a la exportación[ de {goods}|]{to}

    licence:
    exige licencia para exportar[ {goods}|]{to}
    la licencia obligatoria para exportar[ {goods}|]{to}

    quota:
    fija cuotas de exportación[ de {goods}|]{to}
    las cuotas de exportación[ de {goods}|]{to}

    duty:
    grava la exportación[ de {goods}|]{to}
    el impuesto a la exportación[ de {goods}|]{to}

    tariff:
    impone aranceles a la importación[ de {goods}|]{from}
    los aranceles a la importación[ de {goods}|]{from}

    import-ban:
    prohíbe importar[ {goods}|]{from}
    la prohibición de importar[ {goods}|]{from}

    procurement:
    excluye de la contratación pública a proveedores{from}[ ({goods})|]
    la exclusión de proveedores{from} de la contratación pública[ ({goods})|]

    remedy:
    toma medidas antidumping contra la importación[ de {goods}|]{from}
    las medidas antidumping contra la importación[ de {goods}|]{from}

    list:
    incluye entidades{from} en su lista de control[ ({goods})|]
    la inclusión de entidades{from} en la lista de control[ ({goods})|]

    end-use:
    refuerza el control del uso final en la exportación[ de {goods}|]{to}
    el control del uso final en la exportación[ de {goods}|]{to}

    refusal:
    deniega licencias para exportar[ {goods}|]{to}
    la denegación de licencias para exportar[ {goods}|]{to}

    reexport:
    restringe la reexportación[ de {goods}|]{to}
    las restricciones a la reexportación[ de {goods}|]{to}

    stock-build:
    acumula reservas[ de {goods}|]
    la acumulación de reservas[ de {goods}|]

    stock-release:
    libera reservas[ de {goods}|]
    la liberación de reservas[ de {goods}|]

    screening:
    restringe la inversión{from}[ ({goods})|]
    las restricciones a la inversión{from}[ ({goods})|]

    takeover:
    toma el control de una empresa[ ({goods})|]
    la toma de control de una empresa[ ({goods})|]

    sanctions:
    impone sanciones{against}[ ({goods})|]
    las sanciones{against}[ ({goods})|]

    probe:
    abre una investigación{against}[ ({goods})|]
    la investigación{against}[ ({goods})|]

    customs:
    retiene en aduana la exportación[ de {goods}|]{to}
    la retención en aduana de la exportación[ de {goods}|]{to}

    technology:
    restringe la transferencia de tecnología{to}[ ({goods})|]
    las restricciones a la transferencia de tecnología{to}[ ({goods})|]

    reporting:
    exige declarar la exportación[ de {goods}|]{to}
    la obligación de declarar la exportación[ de {goods}|]{to}

    enforcement:
    persigue la elusión de las normas de exportación[ ({goods})|]
    las medidas contra la elusión de las normas de exportación[ ({goods})|]

    retaliation:
    adopta contramedidas{against}[ ({goods})|]
    las contramedidas{against}[ ({goods})|]

    processing:
    obliga a procesar[ {goods}| minerales] en el país
    la obligación de procesar[ {goods}| minerales] en el país

    support:
    apoya la producción[ de {goods}| estratégica]
    el apoyo a la producción[ de {goods}| estratégica]

    curbs:
    endurece las restricciones comerciales{against}[ ({goods})|]
    las restricciones comerciales{against}[ ({goods})|]

    other:
    toma una medida{against}: {measure}[ ({goods})|]
    la medida{against}: {measure}[ ({goods})|]
    """,
    ("act", "noun"),
    plain=PLAIN,
)


def _of(the: str) -> str:
    """De and its article: del impuesto, de la prohibición."""
    return f"del {the[3:]}" if the.startswith("el ") else f"de {the}"


def _indefinite(the: str) -> str:
    """What is only considered or announced: una prohibición, un impuesto, restricciones."""
    article, _, rest = the.partition(" ")
    return {"la": f"una {rest}", "el": f"un {rest}"}.get(article, rest)


_KINDS = {
    name: replace(kind, the=kind.noun, noun=_indefinite(kind.noun), of=_of(kind.noun)) for name, kind in _KINDS.items()
}


def _list(items: Sequence[str]) -> str:
    return joined(items, comma=", ", last=_and(items), most=4, more=lambda left: f" y {left} más")


def _and(items: Sequence[str]) -> str:
    """Y becomes e before the sound i: níquel e indio."""
    last = items[-1].casefold() if items else ""
    return " e " if last.startswith(("i", "hi", "í")) and not last.startswith(("hie", "hia")) else " y "


def _name(code: str) -> str:
    return COUNTRIES.get(code, code)


def _with_article(code: str) -> str:
    if code in _EL:
        return f"el {_name(code)}"
    if code in _LA:
        return f"la {_name(code)}"
    return f"los {_name(code)}" if code in _LOS else _name(code)


def _place(preposition: str, codes: Sequence[str]) -> str:
    if not codes:
        return ""
    phrase = f"{preposition} {_list([_with_article(code) for code in codes])}"
    for full, short in (("a el ", "al "), ("de el ", "del ")):
        phrase = f"{short}{phrase[len(full) :]}" if phrase.startswith(full) else phrase
    return f" {phrase}"


def _subject(code: str, agency: str) -> str:
    name = _with_article(code)
    return f"{name} ({agency}) " if agency else f"{name} "


def _goods(names: Sequence[str]) -> tuple[str, str]:
    return _list(names), ""


def _day(day: date) -> str:
    return f"{day.day} de {_MONTHS[day.month - 1]} de {day.year}"


HEADLINES: Headlines = Headlines(
    name="es",
    countries=COUNTRIES,
    kinds=_KINDS,
    told=parse_ways("""
        acts: {act}
        announces: anuncia {noun}
        eases: flexibiliza {the}
        considers: estudia {noun}
        considers-easing: estudia flexibilizar {the}
        proposes: propone {noun}
        proposes-easing: propone flexibilizar {the}
        lifts: levanta {the}
        suspends: suspende {the}
        extends: prorroga {the}
        extends-relief: prorroga la suspensión {of}
        denies: desmiente {noun}
        background: Contexto{by}: {the}
    """),
    untold=parse_ways("""
        acts: Anuncio: {noun}
        announces: Anuncio: {noun}
        in-force: En vigor: {the}
        eases: Flexibilización {of}
        considers: En estudio: {noun}
        considers-easing: En estudio: flexibilización {of}
        proposes: Propuesta: {noun}
        proposes-easing: Propuesta: flexibilización {of}
        lifts: Levantamiento {of}
        suspends: Suspensión {of}
        extends: Prórroga {of}
        extends-relief: Prórroga de la suspensión {of}
        denies: Desmentido: {noun}
        background: Contexto: {the}
    """),
    subject=_subject,
    plural=frozenset(),
    places={
        "to": lambda codes: _place("a", codes),
        "from": lambda codes: _place("de", codes),
        "against": lambda codes: _place("contra", codes),
        "on": lambda codes: _place("contra", codes),
        "whose": lambda codes: _place("de", codes),
        "by": lambda codes: f" ({_list([_name(code) for code in codes])})",
    },
    goods=_goods,
    day=_day,
    tails={
        "military": ", uso final militar",
        "civil-excepted": ", uso civil excluido",
        "force-day": "; en vigor desde el {day}",
        "force": "; en vigor",
        "from": "; a partir del {day}",
        "until": "; hasta el {day}",
        "reported": " (sin confirmar)",
    },
)
