"""Turn an event into a line of a locale: choose the kind, the way of telling and the tails."""

from __future__ import annotations

from collections.abc import Mapping

from bot.types.ids import ConceptId
from bot.types.levels import Direction, Stage
from bot.types.reading import Event
from bot.understand.headlines._template import Headlines, Kind, expand

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
_LONGEST_SURFACE = 60
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
    """One line that tells an event in a locale."""
    kind = locale.kinds[_KINDS.get(event.measure, "other")]
    goods, of_goods = locale.goods(_goods(event, locale, names))
    values = {
        "goods": goods,
        "of_goods": of_goods,
        "measure": _name(event.measure, locale, names),
        **{link: words(event.targets) for link, words in locale.places.items()},
    }
    plural = event.imposer in locale.plural
    way = _way(event, kind)
    forms = {
        field: expand(template, values, goods=bool(goods), plural=plural)
        for field, template in (
            ("act", kind.act),
            ("noun", kind.noun),
            ("the", kind.the or kind.noun),
            ("of", kind.of or kind.the or kind.noun),
        )
    }
    if event.imposer:
        forms["by"] = locale.places["by"]((event.imposer,))
        line = expand(locale.told[way], forms, goods=True, plural=plural)
        if way != "background":
            line = locale.subject(event.imposer, _agency(event, locale, names)) + line
    else:
        line = expand(locale.untold[_untold(event, way)], forms, goods=True, plural=False)
    return _tidy(line + _tails(event, locale, way))


def country(code: str, locale: Headlines) -> str:
    """Short name of a jurisdiction; the code itself when there is none."""
    return locale.countries.get(code, code)


def _untold(event: Event, way: str) -> str:
    return "in-force" if way in {"acts", "announces"} and event.stage is Stage.IN_FORCE else way


def _way(event: Event, kind: Kind) -> str:
    """Which template tells the event: by its stage, and by its direction where the measure does not say it all."""
    eases = event.direction is Direction.EASE and not kind.plain
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
    if event.stage is Stage.LIFTED and eases:
        return "lifts"
    if event.stage is Stage.SUSPENDED and eases:
        return "suspends"
    if eases:
        return "eases"
    return "announces" if event.direction is Direction.NONE and not kind.plain else "acts"


def _goods(event: Event, locale: Headlines, names: Names) -> list[str]:
    found = [_name(item, locale, names) for item in event.goods if item != "other"]
    opening, closing = _QUOTES.get(locale.name, _PLAIN_QUOTES)
    found += [f"{opening}{surface}{closing}" for surface in map(_clean, event.goods_surface) if surface]
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


def _clean(words: str) -> str:
    """Words from a text, made harmless for one line: no line breaks, no brackets of templates."""
    kept = "".join(" " if not sign.isprintable() or sign in "{}[]<>|" else sign for sign in words)
    return " ".join(kept.split())[:_LONGEST_SURFACE].rstrip()


def _tails(event: Event, locale: Headlines, way: str) -> str:
    parts: list[str] = []
    if event.end_use is not None and event.end_use in locale.tails:
        parts.append(locale.tails[event.end_use])
    if way not in {"denies", "background"}:
        parts.append(_dates(event, locale, way))
    if event.reported:
        parts.append(locale.tails["reported"])
    return "".join(parts)


def _dates(event: Event, locale: Headlines, way: str) -> str:
    tails = locale.tails
    words = ""
    if event.effective is not None:
        tail = "force-day" if event.stage is Stage.IN_FORCE else "from"
        words = tails[tail].format(day=locale.day(event.effective))
    elif event.stage is Stage.IN_FORCE and (event.imposer or way == "eases"):
        words = tails["force"]
    if event.until is not None and (event.effective is None or event.until >= event.effective):
        words += tails["until"].format(day=locale.day(event.until))
    return words


def _tidy(line: str) -> str:
    line = " ".join(line.split(" ")).strip()
    while "  " in line:
        line = line.replace("  ", " ")
    return line[:1].upper() + line[1:]
