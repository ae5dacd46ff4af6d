"""Turn an event into a line of a locale: choose the kind, the way of telling and the tails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.types.ids import ConceptId
from bot.types.levels import Direction, Stage
from bot.types.reading import Event
from bot.understand.headlines._template import MOST, Headlines, Kind, expand

Names = Mapping[ConceptId, Mapping[str, str]]

PLAIN = frozenset({"stock-build", "stock-release", "support", "other"})
_KINDS = {
    "export-ban": "ban",
    "export-control": "control",
    "export-licence": "licence",
    "export-quota": "quota",
    "export-duty": "duty",
    "import-tariff": "tariff",
    "section-232-301": "tariff",
    "import-ban": "import-ban",
    "procurement-ban": "procurement",
    "trade-remedy": "remedy",
    "entity-list": "list",
    "catch-all": "end-use",
    "end-use-certificate": "end-use",
    "denial-presumption": "refusal",
    "reexport": "reexport",
    "stockpile-build": "stock-build",
    "stockpile-release": "stock-release",
    "investment-screening": "screening",
    "state-control": "takeover",
    "sanctions": "sanctions",
    "probe-antitrust": "probe",
    "customs-delay": "customs",
    "tech-transfer-ban": "technology",
    "reporting-duty": "reporting",
    "anti-circumvention": "enforcement",
    "retaliation": "retaliation",
    "domestic-processing": "processing",
    "subsidy": "support",
    "suspension": "curbs",
    "extension": "curbs",
}
# Kinds of which "eases" and "lifts" are said in other words: duties are lowered, a listing or a probe is ended.
_GROUPS = {
    "duty": "levy",
    "tariff": "levy",
    **dict.fromkeys(("list", "probe", "takeover", *PLAIN), "end"),
}
_LONGEST_NAME = 60
LONGEST = 200


@dataclass(frozen=True, slots=True)
class _Telling:
    """How much of an event is said."""

    most: int  # goods and states by name; the rest is counted
    signs: int  # of the words of unknown goods
    agency: bool = True
    dates: bool = True


# Ever shorter ones, tried until the line fits.
_TELLINGS = (
    _Telling(MOST, 60),
    _Telling(3, 40),
    _Telling(2, 30),
    _Telling(1, 24),
    _Telling(1, 24, agency=False),
    _Telling(1, 24, agency=False, dates=False),
)
_NO_STATE = frozenset({"INT"})  # jurisdiction of groups of states that are none themselves
_QUOTES = {
    "de": ("„", "“"),
    "fr": ("« ", " »"),
    "es": ("«", "»"),
    "ja": ("「", "」"),
    "nl": ("‘", "’"),
    "ko": ("‘", "’"),
}
_PLAIN_QUOTES = ("“", "”")


def render(event: Event, locale: Headlines, names: Names) -> str:
    """One line that tells an event in a locale, of at most `LONGEST` signs."""
    line = ""
    for telling in _TELLINGS:
        line = _line(event, locale, names, telling)
        if len(line) <= LONGEST:
            return line
    return line[: LONGEST - 1].rstrip(" ,;:；，、") + "…"


def _line(event: Event, locale: Headlines, names: Names, telling: _Telling) -> str:
    kind_name = _KINDS.get(event.measure, "other")
    kind = locale.kinds[kind_name]
    imposer = None if event.imposer in _NO_STATE else event.imposer
    body = _agency(event, locale, names) if telling.agency else ""
    plural = imposer in locale.plural
    way = _way(event, kind)
    forms = _forms(event, locale, names, kind, telling, plural=plural)
    if imposer:
        forms["by"] = locale.places["by"]((imposer,), MOST)
    elif body and not _speaks_alone(body):
        forms["by"] = f" ({body})"  # an article or a plural verb would be a guess
    if imposer or (body and _speaks_alone(body)):
        forms.setdefault("by", locale.places["by"]((body,), MOST))
        line = expand(_template(locale.told, way, kind_name), forms, goods=True, plural=plural)
        if way != "background":
            line = (locale.subject(imposer, body) if imposer else locale.subject(body, "")) + line
    else:
        way = _untold(event, way)
        forms["day"] = locale.day(event.effective) if event.effective else ""
        line = expand(_template(locale.untold, way, kind_name), forms, goods=True, plural=False)
        line += forms.get("by", "")
    dates = _dates(event, locale, way, told="by" in forms) if telling.dates else ""
    return _tidy(line + _tails(event, locale, dates))


def _forms(
    event: Event, locale: Headlines, names: Names, kind: Kind, telling: _Telling, *, plural: bool
) -> dict[str, str]:
    """The measure as deed and as thing, with its goods and targets."""
    listed, of_goods = locale.goods(_goods(event, locale, names, telling.signs), telling.most)
    targets = [code for code in event.targets if code not in _NO_STATE]
    values = {
        "goods": listed,
        "of_goods": of_goods,
        "measure": _name(event.measure, locale, names),
        **{link: words(targets, telling.most) for link, words in locale.places.items()},
    }
    templates = {
        "act": kind.act,
        "noun": kind.noun,
        "the": kind.the or kind.noun,
        "of": kind.of or kind.the or kind.noun,
    }
    return {field: expand(template, values, goods=bool(listed), plural=plural) for field, template in templates.items()}


def _template(ways: Mapping[str, str], way: str, kind: str) -> str:
    return ways.get(f"{way}.{_GROUPS.get(kind)}") or ways[way]


def _speaks_alone(agency: str) -> bool:
    """Whether an agency's name can be a subject as it stands: letters without case, or capitals like MOFCOM."""
    return agency.isupper() or not any(sign.islower() or sign.isupper() for sign in agency)


def country(code: str, locale: Headlines) -> str:
    """Short name of a jurisdiction; the code itself when there is none."""
    return locale.countries.get(code, code)


def _untold(event: Event, way: str) -> str:
    if way not in {"acts", "announces"} or event.stage is not Stage.IN_FORCE:
        return way
    return "in-force-day" if event.effective and not event.until else "in-force"


def _way(event: Event, kind: Kind) -> str:
    """Which template tells the event: by its stage, and by its direction where the measure does not say it all."""
    eases = event.direction is Direction.EASE and not kind.plain
    undone = eases or kind.plain
    if event.stage is Stage.DENIED:
        return "denies"
    if event.stage is Stage.HISTORIC:
        return "background"
    if event.stage is Stage.EXTENDED:
        return "extends-relief" if eases else "extends"
    if event.stage is Stage.CONSIDERED:
        return "considers-easing" if eases else "considers"
    if event.stage is Stage.PROPOSED:
        return "proposes-easing" if eases else "proposes"
    if event.stage is Stage.LIFTED and undone:
        return "lifts"
    if event.stage is Stage.SUSPENDED and undone:
        return "suspends"
    if eases:
        return "eases"
    return "announces" if event.direction is Direction.NONE and not kind.plain else "acts"


def _goods(event: Event, locale: Headlines, names: Names, signs: int) -> list[str]:
    found = [_name(item, locale, names) for item in event.named_goods if item != "other"]
    opening, closing = _QUOTES.get(locale.name, _PLAIN_QUOTES)
    surfaces = [_clean(surface, signs) for surface in event.goods_surface]
    found += [f"{opening}{surface}{closing}" for surface in surfaces if surface]
    return list(dict.fromkeys(found))


def _name(item: ConceptId, locale: Headlines, names: Names) -> str:
    known = names.get(item, {})
    return _clean(known.get(locale.name) or known.get("en") or item.replace("-", " "))


def _agency(event: Event, locale: Headlines, names: Names) -> str:
    """The agency's own name, unless it only repeats the state's."""
    if event.agency is None:
        return ""
    known = names.get(event.agency, {})
    name = _clean(known.get(locale.name) or known.get("en") or "")
    return "" if name == country(event.imposer or "", locale) else name


def _clean(words: str, signs: int = _LONGEST_NAME) -> str:
    """Words from a text, made harmless for one line: no line breaks, no brackets of templates, cut between words."""
    kept = "".join(" " if not sign.isprintable() or sign in "{}[]<>|" else sign for sign in words)
    line = " ".join(kept.split())
    if len(line) <= signs:
        return line
    cut = line[: signs - 1]
    head, _, _ = cut.rpartition(" ")
    return (head if len(head) > signs // 2 else cut).rstrip(" ,;:、，") + "…"


def _tails(event: Event, locale: Headlines, dates: str) -> str:
    parts: list[str] = []
    said = event.end_use == "military" and "military-end-use" in event.named_goods
    if event.end_use is not None and event.end_use in locale.tails and not said:
        parts.append(locale.tails[event.end_use])
    parts.append(dates)
    if event.reported:
        parts.append(locale.tails["reported"])
    return "".join(parts)


def _dates(event: Event, locale: Headlines, way: str, *, told: bool) -> str:
    """When it starts and ends; nothing twice that the line says already ("Ban in force")."""
    if way in {"denies", "background"}:
        return ""
    tails = locale.tails
    force = event.stage is Stage.IN_FORCE and way != "in-force"
    start = event.effective
    end = event.until if event.until is not None and (start is None or event.until >= start) else None
    if start is not None and way != "in-force-day":
        if end is not None:
            tail = tails["force-span" if force else "span"]
            return tail.format(day=locale.day(start), until=locale.day(end))
        return tails["force-day" if force else "from"].format(day=locale.day(start))
    words = tails["force"] if start is None and force and (told or way == "eases") else ""
    return words + (tails["until"].format(day=locale.day(end)) if end is not None and start is None else "")


def _tidy(line: str) -> str:
    line = " ".join(line.split(" ")).strip()
    while "  " in line:
        line = line.replace("  ", " ")
    return line[:1].upper() + line[1:]
