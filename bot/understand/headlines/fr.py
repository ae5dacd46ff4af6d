"""French headlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.understand.headlines._countries.fr import COUNTRIES
from bot.understand.headlines._render import PLAIN
from bot.understand.headlines._template import MOST, Headlines, apart, joined, parse_kinds, parse_ways

_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
)
_VOWELS = "aeiouhàâéèêëîïôùûAEIOUHÀÂÉÈÊËÎÏÔÙÛ"
_ASPIRATED = ("Hongrie", "Honduras", "Hong Kong", "hafnium", "haut", "huit")
_PLURAL = frozenset({"US", "NL", "PH", "AE", "BS", "KM", "MV", "SC", "SB", "MH", "BM", "PS", "AS", "BQ", "TF", "PW"})
_MASCULINE_E = frozenset({"CG", "MX", "KH", "MZ", "ZW", "BZ", "SR", "BT"})  # le Mexique: masculine in spite of its -e
_FEMININE = frozenset({"CD", "EU", "WTO", "UN", "SA", "KP", "KR", "ZA", "DO", "MK", "CI"})
_BARE = frozenset(
    """
    TW SG IL CU CY MT OM BH MG MC DJ HT HK MO MU AD SM JE GG GI KI NR NU TV TO VU WS PR FJ LC VC KN DM ST TT AG GU
    """.split()  # noqa: SIM905
)

_KINDS = parse_kinds(
    """
    ban:
    <interdit/interdisent> [l'exportation {of_goods}|les exportations]{to}
    une interdiction d'exportation[ {of_goods}|]{to}
    l'interdiction d'exportation[ {of_goods}|]{to}

    control:
    <restreint/restreignent> [l'exportation {of_goods}|les exportations]{to}
    des restrictions [à l'exportation {of_goods}|aux exportations]{to}
    les restrictions [à l'exportation {of_goods}|aux exportations]{to}

    licence:
    <soumet/soumettent> à licence [l'exportation {of_goods}|les exportations]{to}
    une obligation de licence pour [l'exportation {of_goods}|les exportations]{to}
    l'obligation de licence pour [l'exportation {of_goods}|les exportations]{to}

    quota:
    <fixe/fixent> des quotas d'exportation[ {of_goods}|]{to}
    des quotas d'exportation[ {of_goods}|]{to}
    les quotas d'exportation[ {of_goods}|]{to}

    duty:
    <taxe/taxent> [l'exportation {of_goods}|les exportations]{to}
    une taxe à l'exportation[ {of_goods}|]{to}
    la taxe à l'exportation[ {of_goods}|]{to}

    tariff:
    <impose/imposent> des droits de douane sur les importations[ {of_goods}|]{from}
    des droits de douane sur les importations[ {of_goods}|]{from}
    les droits de douane sur les importations[ {of_goods}|]{from}

    import-ban:
    <interdit/interdisent> [l'importation {of_goods}|les importations]{from}
    une interdiction d'importation[ {of_goods}|]{from}
    l'interdiction d'importation[ {of_goods}|]{from}

    procurement:
    <exclut/excluent> des fournisseurs{whose} des marchés publics[ ({goods})|]
    l'exclusion de fournisseurs{whose} des marchés publics[ ({goods})|]
    l'exclusion de fournisseurs{whose} des marchés publics[ ({goods})|]

    remedy:
    <prend/prennent> des mesures antidumping sur les importations[ {of_goods}|]{from}
    des mesures antidumping sur les importations[ {of_goods}|]{from}
    les mesures antidumping sur les importations[ {of_goods}|]{from}

    list:
    <inscrit/inscrivent> des entités{whose} sur liste de contrôle[ ({goods})|]
    l'inscription d'entités{whose} sur liste de contrôle[ ({goods})|]
    l'inscription d'entités{whose} sur liste de contrôle[ ({goods})|]

    end-use:
    <renforce/renforcent> le contrôle de l'utilisation finale à l'exportation[ {of_goods}|]{to}
    un contrôle de l'utilisation finale à l'exportation[ {of_goods}|]{to}
    le contrôle de l'utilisation finale à l'exportation[ {of_goods}|]{to}

    refusal:
    <refuse/refusent> les licences d'exportation[ {of_goods}|]{to}
    le refus de licences d'exportation[ {of_goods}|]{to}
    le refus de licences d'exportation[ {of_goods}|]{to}

    reexport:
    <restreint/restreignent> la réexportation[ {of_goods}|]{to}
    des restrictions à la réexportation[ {of_goods}|]{to}
    les restrictions à la réexportation[ {of_goods}|]{to}

    stock-build:
    <constitue/constituent> des stocks[ {of_goods}|]
    la constitution de stocks[ {of_goods}|]
    la constitution de stocks[ {of_goods}|]

    stock-release:
    <libère/libèrent> des stocks[ {of_goods}|]
    la libération de stocks[ {of_goods}|]
    la libération de stocks[ {of_goods}|]

    screening:
    <restreint/restreignent> les investissements{from}[ ({goods})|]
    des restrictions aux investissements{from}[ ({goods})|]
    les restrictions aux investissements{from}[ ({goods})|]

    takeover:
    <prend/prennent> le contrôle d'une entreprise[ ({goods})|]
    une prise de contrôle d'entreprise[ ({goods})|]
    la prise de contrôle d'entreprise[ ({goods})|]

    sanctions:
    <impose/imposent> des sanctions{against}[ ({goods})|]
    des sanctions{against}[ ({goods})|]
    les sanctions{against}[ ({goods})|]

    probe:
    <ouvre/ouvrent> une enquête{against}[ ({goods})|]
    une enquête{against}[ ({goods})|]
    l'enquête{against}[ ({goods})|]

    customs:
    <retient/retiennent> en douane les exportations[ {of_goods}|]{to}
    des blocages en douane des exportations[ {of_goods}|]{to}
    les blocages en douane des exportations[ {of_goods}|]{to}

    technology:
    <restreint/restreignent> le transfert de technologies{to}[ ({goods})|]
    des restrictions au transfert de technologies{to}[ ({goods})|]
    les restrictions au transfert de technologies{to}[ ({goods})|]

    reporting:
    <soumet/soumettent> à déclaration [l'exportation {of_goods}|les exportations]{to}
    une obligation de déclarer [l'exportation {of_goods}|les exportations]{to}
    l'obligation de déclarer [l'exportation {of_goods}|les exportations]{to}

    enforcement:
    <lutte/luttent> contre le contournement des règles d'exportation[ ({goods})|]
    des mesures contre le contournement des règles d'exportation[ ({goods})|]
    les mesures contre le contournement des règles d'exportation[ ({goods})|]

    retaliation:
    <prend/prennent> des mesures de rétorsion{against}[ ({goods})|]
    des mesures de rétorsion{against}[ ({goods})|]
    les mesures de rétorsion{against}[ ({goods})|]

    processing:
    <impose/imposent> la transformation locale[ {of_goods}|]
    une obligation de transformation locale[ {of_goods}|]
    l'obligation de transformation locale[ {of_goods}|]

    support:
    <soutient/soutiennent> la production[ {of_goods}| stratégique]
    un soutien à la production[ {of_goods}| stratégique]
    le soutien à la production[ {of_goods}| stratégique]

    curbs:
    <durcit/durcissent> les restrictions commerciales{against}[ ({goods})|]
    des restrictions commerciales{against}[ ({goods})|]
    les restrictions commerciales{against}[ ({goods})|]

    other:
    <prend/prennent> une mesure « {measure} »{against}[ ({goods})|]
    une mesure « {measure} »{against}[ ({goods})|]
    la mesure « {measure} »{against}[ ({goods})|]
    """,
    ("act", "noun", "the"),
    plain=PLAIN,
)


def _of(the: str) -> str:
    """De and its article: des restrictions, du contrôle, de l'interdiction."""
    if the.startswith("les "):
        return f"des {the[4:]}"
    return f"du {the[3:]}" if the.startswith("le ") else f"de {the}"


_KINDS = {name: replace(kind, of=_of(kind.the)) for name, kind in _KINDS.items()}


def _list(items: Sequence[str], most: int = MOST, *, of: str = "", more: str = "autres") -> str:
    return joined(items, comma=", ", last=" et ", most=most, more=lambda left: f" et {of}{left} {more}")


def _name(code: str) -> str:
    return COUNTRIES.get(code, code)


def _elides(name: str) -> bool:
    """Whether an article loses its vowel: l'Inde, d'yttrium, but la Hongrie, de hafnium, le Yémen, la RDC."""
    if name.startswith(_ASPIRATED) or name.isupper():
        return False
    return name[:1] in _VOWELS or name.startswith(("ytt", "Ytt"))


def _feminine(code: str) -> bool:
    return code in _FEMININE or (_name(code).endswith("e") and code not in _MASCULINE_E)


def _is_bare(code: str) -> bool:
    return code in _BARE or code not in COUNTRIES or code == "G7" or _name(code).startswith(("Saint", "La "))


def _with_article(code: str) -> str:
    name = _name(code)
    if _is_bare(code):
        return name
    if code in _PLURAL or name.startswith("Îles "):
        return f"les {name}"
    if _elides(name) or name in {"UE", "OMC", "ONU"}:
        return f"l'{name}"
    return f"la {name}" if _feminine(code) else f"le {name}"


def _from_one(code: str) -> str:
    name = _name(code)
    if _is_bare(code):
        return f"{_de(name)}"
    if code in _PLURAL or name.startswith("Îles "):
        return f"des {name}"
    if name in {"UE", "OMC", "ONU"}:
        return f"de l'{name}"
    if _elides(name):
        return f"d'{name}"
    if code == "CD":
        return f"de la {name}"
    return f"de {name}" if _feminine(code) else f"du {name}"


def _place(preposition: str, codes: Sequence[str], most: int) -> str:
    return f" {preposition} {_list([_with_article(code) for code in codes], most, more='autres pays')}" if codes else ""


def _from(codes: Sequence[str], most: int, lead: str = "") -> str:
    return f" {lead}{_list([_from_one(code) for code in codes], most, of='de ', more='autres pays')}" if codes else ""


def _de(name: str) -> str:
    return f"d'{name}" if _elides(name.lstrip("«» ")) and not name.startswith("«") else f"de {name}"


def _subject(code: str, agency: str) -> str:
    name = _with_article(code)
    return f"{name} ({agency}) " if agency else f"{name} "


def _goods(names: Sequence[str], most: int) -> tuple[str, str]:
    parts = apart(names, " et ", always=True)
    return _list(apart(names, " et "), most), _list([_de(name) for name in parts], most, of="de ")


def _day(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


HEADLINES: Headlines = Headlines(
    name="fr",
    countries=COUNTRIES,
    kinds=_KINDS,
    told=parse_ways("""
        acts: {act}
        announces: <annonce/annoncent> {noun}
        eases: <assouplit/assouplissent> {the}
        considers: <envisage/envisagent> {noun}
        considers-easing: <envisage/envisagent> d'assouplir {the}
        proposes: <propose/proposent> {noun}
        proposes-easing: <propose/proposent> d'assouplir {the}
        lifts: <lève/lèvent> {the}
        suspends: <suspend/suspendent> {the}
        eases.levy: <réduit/réduisent> {the}
        considers-easing.levy: <envisage/envisagent> de réduire {the}
        proposes-easing.levy: <propose/proposent> de réduire {the}
        lifts.levy: <supprime/suppriment> {the}
        eases.end: <décide/décident> la fin {of}
        considers-easing.end: <envisage/envisagent> la fin {of}
        proposes-easing.end: <propose/proposent> la fin {of}
        lifts.end: <décide/décident> la fin {of}
        extends: <prolonge/prolongent> {the}
        extends-relief: <prolonge/prolongent> la suspension {of}
        denies: <dément/démentent> {noun}
        background: Rappel{by} : {the}
    """),
    untold=parse_ways("""
        acts: Annonce : {noun}
        announces: Annonce : {noun}
        in-force: En vigueur : {noun}
        in-force-day: En vigueur à compter du {day} : {noun}
        eases: Assouplissement {of}
        considers: À l'étude : {noun}
        considers-easing: À l'étude : assouplissement {of}
        proposes: Proposition : {noun}
        proposes-easing: Proposition : assouplissement {of}
        lifts: Levée {of}
        suspends: Suspension {of}
        eases.levy: Réduction {of}
        considers-easing.levy: À l'étude : réduction {of}
        proposes-easing.levy: Proposition : réduction {of}
        lifts.levy: Suppression {of}
        eases.end: Fin {of}
        considers-easing.end: À l'étude : fin {of}
        proposes-easing.end: Proposition : fin {of}
        lifts.end: Fin {of}
        extends: Prolongation {of}
        extends-relief: Prolongation de la suspension {of}
        denies: Démenti : {noun}
        background: Rappel : {the}
    """),
    subject=_subject,
    plural=_PLURAL,
    places={
        "to": lambda codes, most: _place("vers", codes, most),
        "from": lambda codes, most: _from(codes, most, "en provenance "),
        "against": lambda codes, most: _place("contre", codes, most),
        "on": lambda codes, most: _place("contre", codes, most),
        "whose": _from,
        "by": lambda codes, most: f" ({_list([_name(code) for code in codes], most)})",
    },
    goods=_goods,
    day=_day,
    tails={
        "military": ", usage final militaire",
        "civil-excepted": ", hors usages civils",
        "force-day": " ; en vigueur à compter du {day}",
        "force": " ; en vigueur",
        "from": " ; à partir du {day}",
        "until": " ; jusqu'au {day}",
        "force-span": " ; en vigueur du {day} au {until}",
        "span": " ; du {day} au {until}",
        "reported": " (non confirmé)",
    },
)
