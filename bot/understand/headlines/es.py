"""Spanish headlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.understand.headlines._countries.es import COUNTRIES
from bot.understand.headlines._render import PLAIN
from bot.understand.headlines._template import MOST, Headlines, apart, joined, parse_kinds, parse_ways

_MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()  # noqa: SIM905
)
_EL = frozenset({"GB", "G7"})
_LA = frozenset({"EU", "WTO", "UN", "CD", "CG", "CF", "DO"})
_LOS = frozenset({"NL", "AE", "PS"})
_LAS = frozenset({"BS"})
# Kinds told with their article even while they are only planned: "anuncia la inclusión de entidades".
_KNOWN = frozenset(
    {"list", "procurement", "refusal", "stock-build", "stock-release", "customs", "takeover", "support", "other"}
)

_KINDS = parse_kinds(
    """
    ban:
    <prohíbe/prohíben> [exportar {goods}|las exportaciones]{to}
    la prohibición de [exportar {goods}|las exportaciones]{to}

    control:
    <restringe/restringen> [la exportación de {goods}|las exportaciones]{to}
    las restricciones a [la exportación de {goods}|las exportaciones]{to}

    licence:
    <exige/exigen> licencia para exportar[ {goods}|]{to}
    la licencia obligatoria para exportar[ {goods}|]{to}

    quota:
    <fija/fijan> cuotas de exportación[ de {goods}|]{to}
    las cuotas de exportación[ de {goods}|]{to}

    duty:
    <grava/gravan> [la exportación de {goods}|las exportaciones]{to}
    el impuesto a la exportación[ de {goods}|]{to}

    tariff:
    <impone/imponen> aranceles a [la importación de {goods}|las importaciones]{from}
    los aranceles a [la importación de {goods}|las importaciones]{from}

    import-ban:
    <prohíbe/prohíben> [importar {goods}|las importaciones]{from}
    la prohibición de [importar {goods}|las importaciones]{from}

    procurement:
    <excluye/excluyen> de la contratación pública a proveedores{from}[ ({goods})|]
    la exclusión de proveedores{from} de la contratación pública[ ({goods})|]

    remedy:
    <toma/toman> medidas antidumping contra [la importación de {goods}|las importaciones]{from}
    las medidas antidumping contra [la importación de {goods}|las importaciones]{from}

    list:
    <incluye/incluyen> entidades{from} en su lista de control[ ({goods})|]
    la inclusión de entidades{from} en la lista de control[ ({goods})|]

    end-use:
    <refuerza/refuerzan> el control del uso final en [la exportación de {goods}|las exportaciones]{to}
    el control del uso final en [la exportación de {goods}|las exportaciones]{to}

    refusal:
    <deniega/deniegan> licencias para exportar[ {goods}|]{to}
    la denegación de licencias para exportar[ {goods}|]{to}

    reexport:
    <restringe/restringen> la reexportación[ de {goods}|]{to}
    las restricciones a la reexportación[ de {goods}|]{to}

    stock-build:
    <acumula/acumulan> reservas[ de {goods}|]
    la acumulación de reservas[ de {goods}|]

    stock-release:
    <libera/liberan> reservas[ de {goods}|]
    la liberación de reservas[ de {goods}|]

    screening:
    <restringe/restringen> la inversión{from}[ ({goods})|]
    las restricciones a la inversión{from}[ ({goods})|]

    takeover:
    <toma/toman> el control de una empresa[ ({goods})|]
    la toma de control de una empresa[ ({goods})|]

    sanctions:
    <impone/imponen> sanciones{against}[ ({goods})|]
    las sanciones{against}[ ({goods})|]

    probe:
    <abre/abren> una investigación{against}[ ({goods})|]
    la investigación{against}[ ({goods})|]

    customs:
    <retiene/retienen> en aduana [la exportación de {goods}|las exportaciones]{to}
    la retención en aduana de [la exportación de {goods}|las exportaciones]{to}

    technology:
    <restringe/restringen> la transferencia de tecnología{to}[ ({goods})|]
    las restricciones a la transferencia de tecnología{to}[ ({goods})|]

    reporting:
    <exige/exigen> declarar [la exportación de {goods}|las exportaciones]{to}
    la obligación de declarar [la exportación de {goods}|las exportaciones]{to}

    enforcement:
    <persigue/persiguen> la elusión de las normas de exportación[ ({goods})|]
    las medidas contra la elusión de las normas de exportación[ ({goods})|]

    retaliation:
    <adopta/adoptan> contramedidas{against}[ ({goods})|]
    las contramedidas{against}[ ({goods})|]

    processing:
    <obliga/obligan> a procesar[ {goods}| minerales] en el país
    la obligación de procesar[ {goods}| minerales] en el país

    support:
    <apoya/apoyan> la producción[ de {goods}| estratégica]
    el apoyo a la producción[ de {goods}| estratégica]

    curbs:
    <endurece/endurecen> las restricciones comerciales{against}[ ({goods})|]
    las restricciones comerciales{against}[ ({goods})|]

    other:
    <toma/toman> la medida «{measure}»{against}[ ({goods})|]
    la medida «{measure}»{against}[ ({goods})|]
    """,
    ("act", "noun"),
    plain=PLAIN,
)


def _of(the: str) -> str:
    """De and its article: del impuesto, de la prohibición."""
    return f"del {the[3:]}" if the.startswith("el ") else f"de {the}"


def _indefinite(kind: str, the: str) -> str:
    """What is only considered or announced: una prohibición, un impuesto, restricciones."""
    if kind in _KNOWN:
        return the
    article, _, rest = the.partition(" ")
    return {"la": f"una {rest}", "el": f"un {rest}"}.get(article, rest)


_KINDS = {
    name: replace(kind, the=kind.noun, noun=_indefinite(name, kind.noun), of=_of(kind.noun))
    for name, kind in _KINDS.items()
}


def _list(items: Sequence[str], most: int = MOST, *, more: str = "más") -> str:
    return joined(items, comma=", ", last=_and(items), most=most, more=lambda left: f" y {left} {more}")


def _and(items: Sequence[str]) -> str:
    """Y becomes e before the sound i: níquel e indio."""
    last = items[-1].casefold().lstrip("«") if items else ""
    return " e " if last.startswith(("i", "hi", "í")) and not last.startswith(("hie", "hia")) else " y "


def _name(code: str) -> str:
    return COUNTRIES.get(code, code)


def _with_article(code: str) -> str:
    if code in _EL:
        return f"el {_name(code)}"
    if code in _LA:
        return f"la {_name(code)}"
    if code in _LAS or _name(code).startswith("Islas "):
        return f"las {_name(code)}"
    return f"los {_name(code)}" if code in _LOS else _name(code)


def _place(preposition: str, codes: Sequence[str], most: int) -> str:
    if not codes:
        return ""
    phrase = f"{preposition} {_list([_with_article(code) for code in codes], most, more='países más')}"
    for full, short in (("a el ", "al "), ("de el ", "del ")):
        phrase = f"{short}{phrase[len(full) :]}" if phrase.startswith(full) else phrase
    return f" {phrase}"


def _subject(code: str, agency: str) -> str:
    name = _with_article(code)
    return f"{name} ({agency}) " if agency else f"{name} "


def _goods(names: Sequence[str], most: int) -> tuple[str, str]:
    return _list(apart(names, " y "), most), ""


def _day(day: date) -> str:
    return f"{day.day} de {_MONTHS[day.month - 1]} de {day.year}"


HEADLINES: Headlines = Headlines(
    name="es",
    countries=COUNTRIES,
    kinds=_KINDS,
    told=parse_ways("""
        acts: {act}
        announces: <anuncia/anuncian> {noun}
        eases: <flexibiliza/flexibilizan> {the}
        considers: <estudia/estudian> {noun}
        considers-easing: <estudia/estudian> flexibilizar {the}
        proposes: <propone/proponen> {noun}
        proposes-easing: <propone/proponen> flexibilizar {the}
        lifts: <levanta/levantan> {the}
        suspends: <suspende/suspenden> {the}
        eases.levy: <rebaja/rebajan> {the}
        considers-easing.levy: <estudia/estudian> rebajar {the}
        proposes-easing.levy: <propone/proponen> rebajar {the}
        lifts.levy: <elimina/eliminan> {the}
        eases.end: <decide/deciden> el fin {of}
        considers-easing.end: <estudia/estudian> el fin {of}
        proposes-easing.end: <propone/proponen> el fin {of}
        lifts.end: <decide/deciden> el fin {of}
        extends: <prorroga/prorrogan> {the}
        extends-relief: <prorroga/prorrogan> la suspensión {of}
        denies: <desmiente/desmienten> {noun}
        background: Contexto{by}: {the}
    """),
    untold=parse_ways("""
        acts: Anuncio: {noun}
        announces: Anuncio: {noun}
        in-force: En vigor: {the}
        in-force-day: En vigor desde el {day}: {the}
        eases: Flexibilización {of}
        considers: En estudio: {noun}
        considers-easing: En estudio: flexibilización {of}
        proposes: Propuesta: {noun}
        proposes-easing: Propuesta: flexibilización {of}
        lifts: Levantamiento {of}
        suspends: Suspensión {of}
        eases.levy: Rebaja {of}
        considers-easing.levy: En estudio: rebaja {of}
        proposes-easing.levy: Propuesta: rebaja {of}
        lifts.levy: Supresión {of}
        eases.end: Fin {of}
        considers-easing.end: En estudio: fin {of}
        proposes-easing.end: Propuesta: fin {of}
        lifts.end: Fin {of}
        extends: Prórroga {of}
        extends-relief: Prórroga de la suspensión {of}
        denies: Desmentido: {noun}
        background: Contexto: {the}
    """),
    subject=_subject,
    plural=_LOS | _LAS,
    places={
        "to": lambda codes, most: _place("a", codes, most),
        "from": lambda codes, most: _place("de", codes, most),
        "against": lambda codes, most: _place("contra", codes, most),
        "on": lambda codes, most: _place("contra", codes, most),
        "whose": lambda codes, most: _place("de", codes, most),
        "by": lambda codes, most: f" ({_list([_name(code) for code in codes], most)})",
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
        "force-span": "; en vigor del {day} al {until}",
        "span": "; del {day} al {until}",
        "reported": " (sin confirmar)",
    },
)
