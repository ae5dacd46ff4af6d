"""Make of one rule file all that can be made without knowing another one: records, ids, references, findings."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.rulebook import build_rules, build_ways, build_words
from bot.rulebook.fields import Shape
from bot.rulebook.findings import Findings, Note, did_you_mean, listed
from bot.rulebook.ids import Known, place_in
from bot.rulebook.nodes import Map, Node, Scalar, rows
from bot.rulebook.plugins import Plugins
from bot.rulebook.refs import references
from bot.rulebook.shapes_rules import AlertFile, ScoringFile
from bot.rulebook.shapes_ways import ChangeFile, RoutesFile, SourcesFile
from bot.rulebook.shapes_words import ActorFile, ConceptFile, ProfileFile, SectorFile
from bot.rulebook.strict import read_sheet
from bot.rulebook.three_way import report_strays
from bot.rulebook.validate import validate
from bot.types.levels import Slot, Status
from bot.types.lexicon import Concept
from bot.types.place import Place
from bot.types.rules import AlertRule, MarkedText, Profile, Routing, Scoring, Sector
from bot.types.source import Source

KINDS: dict[str, type[Shape]] = {
    "concept": ConceptFile,
    "actor": ActorFile,
    "sector": SectorFile,
    "alert": AlertFile,
    "scoring": ScoringFile,
    "routes": RoutesFile,
    "sources": SourcesFile,
    "profile": ProfileFile,
    "change": ChangeFile,
}
_FOLDERS = {
    "concepts": ("concept",),
    "actors": ("actor",),
    "sectors": ("sector",),
    "alerts": ("alert",),
    "sources": ("sources",),
}
_IDS = re.compile(r"^[ \t]*(?:- *)?\{? *id: *['\"]?([a-z0-9.-]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One file as read; depends on its bytes alone."""

    text: str  # for quotations
    kind: str  # "" when the file is none that can be used
    root: Map | None  # None exactly when there is no kind
    notes: tuple[Note, ...]
    refusals: frozenset[Place]
    unread: frozenset[str]  # ids that a file which cannot be used would have brought


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An id that a file calls."""

    kind: str  # as `Ids` takes it
    name: str
    place: Place
    node: Place | None = None  # of a condition's parameters when one of them is the id


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one tree gives; depends on the tree, its kind, refusals of reading and the plug-ins."""

    ids: tuple[tuple[str, Known], ...] = ()  # kind and thing
    concept: Concept | None = None
    tests: tuple[MarkedText, ...] = ()  # of the concept
    sector: Sector | None = None
    alert: AlertRule | None = None
    scoring: Scoring | None = None
    routing: Routing | None = None
    profile: Profile | None = None
    sources: tuple[Source, ...] = ()
    live_change: str = ""  # id of a local change that is to be applied
    channels: frozenset[str] = frozenset()
    digests: frozenset[str] = frozenset()
    references: tuple[Reference, ...] = ()
    conditions: tuple[Reference, ...] = ()  # ids in parameters of conditions
    called: frozenset[tuple[str, str]] = frozenset()  # kind and name of all references
    notes: tuple[Note, ...] = ()


def read_leaf(path: str, raw: bytes) -> Leaf:
    """Read a file and see what kind it says it is."""
    findings = Findings()
    root = read_sheet(path, raw, findings)
    kind = _kind(path, root, findings) if root is not None else None
    usable = kind is not None and isinstance(root, Map)
    return Leaf(
        text=findings.text(path),
        kind=kind or "" if usable else "",
        root=root if usable and isinstance(root, Map) else None,
        notes=findings.notes,
        refusals=frozenset(findings.refusals),
        # So that one slip is not reported in every file that names what this one would bring.
        unread=frozenset(() if usable else _IDS.findall(raw.decode("utf-8", "replace"))),
    )


def _kind(path: str, root: object, findings: Findings) -> str | None:
    if not isinstance(root, Map):
        findings.error("wrong-type", "a rule file is a mapping that begins with `kind:`", Place(path=path, line=1))
        return None
    kind = root.get("kind")
    if not isinstance(kind, Scalar) or kind.empty:
        message = f"the file does not say what it is; begin with `kind:` and {listed(KINDS)}"
        findings.error("missing-key", message, kind.place if kind is not None else root.place)
        return None
    if kind.text not in KINDS:
        message = f'"{kind.text}" is no kind of rule file; known are {", ".join(KINDS)}'
        findings.error("unknown-kind", message, kind.place, hint=did_you_mean(kind.text, KINDS))
        return None
    home = path.partition("/")[0]
    if home in _FOLDERS and kind.text not in _FOLDERS[home]:
        findings.warn("wrong-folder", f"a {kind.text} file is hardly looked for in {home}/", kind.place)
    return kind.text


def build_page(kind: str, root: Map, refusals: frozenset[Place], plugins: Plugins) -> Page:
    """Hold a file against its shape and turn it into records.

    Args:
        kind: One of `KINDS`.
        root: The tree, local changes applied.
        refusals: Places that reading refused, whose content is not complained about again.
        plugins: What conditions, kinds of sources and channels exist.
    """
    findings = Findings(refusals)
    reader = build_rules.ConditionReader(plugins.conditions, findings)
    page = _recorded(kind, root, reader, plugins)
    if kind != "change":
        called = _references(kind, root)
        named = tuple(
            Reference(kind=of, name=name, place=place_in(node, name), node=node.place)
            for of, name, node in reader.named
        )
        pairs = frozenset((ref.kind, ref.name) for ref in (*called, *named))
        page = replace(page, references=called, conditions=named, called=pairs)
    return replace(page, notes=findings.notes)


def _references(kind: str, root: Map) -> tuple[Reference, ...]:
    called = [Reference(kind=of, name=text.text, place=text.place) for of, text in references(KINDS[kind], root)]
    marks = (Reference(kind="concept", name=name, place=place) for name, place in build_words.mark_ids(root))
    return (*called, *marks)


def _recorded(kind: str, root: Map, reader: build_rules.ConditionReader, plugins: Plugins) -> Page:
    """The records and ids of a file."""
    findings = reader.findings
    shape = validate(KINDS[kind], root, findings)
    if isinstance(shape, (ConceptFile, ActorFile)):
        record = build_words.concept(shape, root, findings)
        known = Known(record.id, record.place, record.status, record.slot, record.parent)
        tests = build_words.marked_texts(shape.tests, root, findings)
        return Page(ids=(("concept", known),), concept=record, tests=tests)
    if isinstance(shape, SectorFile):
        sector = build_words.sector(shape, root, findings)
        return Page(ids=(("sector", Known(sector.id, sector.place, sector.status)),), sector=sector)
    if isinstance(shape, AlertFile):
        alert = build_rules.alert(shape, root, reader)
        return Page(ids=(("alert", Known(alert.id, alert.place, alert.status)),), alert=alert)
    if isinstance(shape, ScoringFile):
        return Page(scoring=build_rules.scoring(shape, root, findings))
    if isinstance(shape, ProfileFile):
        profile = build_words.profile(shape, root)
        own = (("sector", Known(profile.own.id, profile.place, Status.LIVE)),) if profile.own else ()
        return Page(ids=own, profile=profile)
    if isinstance(shape, RoutesFile):
        routing = build_ways.routing(shape, root, plugins.channels, findings)
        return Page(routing=routing, channels=frozenset(shape.channels), digests=frozenset(shape.digests))
    if isinstance(shape, SourcesFile):
        sources = build_ways.sources(shape, root, plugins, findings)
        return Page(ids=tuple(("source", _source_id(source)) for source in sources), sources=sources)
    if isinstance(shape, ChangeFile):
        report_strays(root, reader.findings)
        change = Known(shape.id, root.place, Status(shape.status))
        return Page(ids=(("change", change),), live_change=shape.id if shape.status == "live" else "")
    return Page() if kind == "change" else _unfit(kind, root, reader)


def _source_id(source: Source) -> Known:
    return Known(source.id, source.place, Status.LIVE if source.enabled else Status.RETIRED)


def _unfit(kind: str, root: Map, reader: build_rules.ConditionReader) -> Page:
    """The ids of a file that has errors, so that nobody is told that they do not exist; its parts are read too."""
    ids: list[tuple[str, Known]] = []
    for row in rows(root.get("sources")) if kind == "sources" else (root,):
        name = row.get("id")
        if isinstance(name, Scalar) and name.text:
            slot = Slot.ACTOR if kind == "actor" else next((slot for slot in Slot if slot == row.text("slot")), None)
            ids.append((kind.removesuffix("s"), Known(name.text, name.place, Status.LIVE, slot)))
    if kind in {"concept", "actor", "sector"}:
        build_words.check_words(root, reader.findings)
    if kind == "alert":
        build_rules.check_conditions(root, reader)
    if kind != "routes":
        return Page(ids=tuple(ids))
    return Page(ids=tuple(ids), channels=_keys(root.get("channels")), digests=_keys(root.get("digests")))


def _keys(node: Node | None) -> frozenset[str]:
    return frozenset(name.text for name, _ in (node.entries if isinstance(node, Map) else ()))
