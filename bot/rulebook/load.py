"""Load a folder of rule files into one rule set, or say everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bot.errors import Problem, RuleError
from bot.rulebook import build_rules, build_ways, build_words
from bot.rulebook.draft import Draft
from bot.rulebook.fields import Shape
from bot.rulebook.findings import Findings, did_you_mean, listed
from bot.rulebook.hygiene import report_hygiene
from bot.rulebook.ids import Known, place_in
from bot.rulebook.meaning import lexicon_hash, rules_hash
from bot.rulebook.nodes import Map, Scalar, rows
from bot.rulebook.overlay import Change, Target, apply_changes, targets_of
from bot.rulebook.plugins import Plugins
from bot.rulebook.refs import references
from bot.rulebook.shapes_rules import AlertFile, ScoringFile
from bot.rulebook.shapes_ways import ChangeFile, RoutesFile, SourcesFile
from bot.rulebook.shapes_words import ActorFile, ConceptFile, SectorFile
from bot.rulebook.strict import read_sheet
from bot.rulebook.three_way import report_strays
from bot.rulebook.validate import validate
from bot.types.levels import Slot, Status
from bot.types.lexicon import Concept, Lexicon
from bot.types.place import Place
from bot.types.rules import Rulebook

__all__ = ["KINDS", "Plugins", "check", "load"]

KINDS: dict[str, type[Shape]] = {
    "concept": ConceptFile,
    "actor": ActorFile,
    "sector": SectorFile,
    "alert": AlertFile,
    "scoring": ScoringFile,
    "routes": RoutesFile,
    "sources": SourcesFile,
    "change": ChangeFile,
}
_FOLDERS = {
    "concepts": ("concept",),
    "actors": ("actor",),
    "sectors": ("sector",),
    "alerts": ("alert",),
    "sources": ("sources",),
}
_AWAKE = (Status.LIVE, Status.SHADOW)
_IDS = re.compile(r"^[ \t]*(?:- *)?\{? *id: *['\"]?([a-z0-9.-]+)", re.MULTILINE)
# A mute that has run out mutes nothing any more; that is worth an error in a report, but no reason not to start.
_NEVER_REFUSES = frozenset({"expired"})


@dataclass(frozen=True, slots=True)
class Layers:
    """A rule set as its files hold it."""

    shipped: Mapping[tuple[str, str], Target]  # by kind and id, without local changes
    merged: Mapping[tuple[str, str], Target]  # with them
    changes: tuple[Change, ...]  # the live ones


def load(folder: Path, plugins: Plugins) -> Rulebook:
    """The rule set in a folder.

    Args:
        folder: Holds scoring.yml, routes.yml and the folders of files; local changes may stand in `local/`.
        plugins: What conditions, kinds of sources and channels exist.

    Raises:
        RuleError: Something is wrong; its report names every error of every file.
    """
    draft = compiled(folder, plugins)
    errors = tuple(p for p in draft.findings.problems() if p.severity == "error" and p.code not in _NEVER_REFUSES)
    if errors:
        raise RuleError(errors)
    return _rulebook(folder, draft)


def check(folder: Path, plugins: Plugins, *, today: date | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong or doubtful in a folder of rule files, in order of file and line.

    Args:
        folder: As for `load`.
        plugins: As for `load`.
        today: Day by which mutes count as expired; the current day (UTC) unless given.
    """
    draft = compiled(folder, plugins)
    report_hygiene(draft, today=today or datetime.now(UTC).date())
    return draft.findings.problems()


def compiled(folder: Path, plugins: Plugins) -> Draft:
    """Everything that can be made of a folder, errors or not; for tools that look at rule files."""
    draft = Draft(findings=Findings(), plugins=plugins)
    draft.ids.source_kinds.update(plugins.source_kinds)
    changes = _read(folder, draft)
    apply_changes(draft.files, changes, draft.findings)
    for _, (kind, root) in sorted(draft.files.items()):
        _build(kind, root, draft)
    _require_once(folder, draft)
    _look_up(draft)
    return draft


def layers(folder: Path, plugins: Plugins) -> Layers:
    """The trees of a folder before and after local changes; for tools that write changes."""
    draft = Draft(findings=Findings(), plugins=plugins)
    changes = _read(folder, draft)
    shipped = targets_of(draft.files)
    apply_changes(draft.files, changes, draft.findings)
    return Layers(shipped, targets_of(draft.files), tuple(changes))


def _read(folder: Path, draft: Draft) -> list[Change]:
    """Trees of all files with a known kind, and the local changes among them."""
    changes: list[Change] = []
    if not folder.is_dir():
        message = "there is no such folder; name one with --rules, or copy the shipped one with `monazite init`"
        draft.findings.error("no-folder", message, Place(path=str(folder), line=1))
        return changes
    for file in rule_files(folder):
        path = file.relative_to(folder).as_posix()
        try:
            raw = file.read_bytes()
        except OSError as error:
            message = f"the file cannot be read: {error.strerror or 'unknown reason'}"
            draft.findings.error("unreadable", message, Place(path=path, line=1))
            continue
        root = read_sheet(path, raw, draft.findings)
        kind = _kind(path, root, draft.findings) if root is not None else None
        if kind is None or not isinstance(root, Map):
            _remember_unread(path, raw, draft)
            continue
        draft.files[path] = (kind, root)
        shape = validate(ChangeFile, root, draft.findings) if kind == "change" else None
        if shape is not None:
            _enter("change", shape.id, root.place, Status(shape.status), draft)
            report_strays(root, draft.findings)
            changes.extend([Change(shape.id, root)] if shape.status == "live" else [])
    return changes


def _remember_unread(path: str, raw: bytes, draft: Draft) -> None:
    """Note the ids that a file would bring, so that one slip is not reported in every file that names them."""
    draft.ids.unread.update(_IDS.findall(raw.decode("utf-8", "replace")))
    draft.unread.add(path)


def rule_files(folder: Path) -> Iterator[Path]:
    """All rule files of a folder, in order of name; schemas and hidden files are none."""
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        if file.suffix in {".yml", ".yaml"} and parts[0] != "schema" and not any(p.startswith(".") for p in parts):
            yield file


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


def _build(kind: str, root: Map, draft: Draft) -> None:
    """Hold a file against its shape and turn it into records."""
    if kind == "change":
        return  # held against its shape when it was read
    findings = draft.findings
    shape = validate(KINDS[kind], root, findings)
    if isinstance(shape, (ConceptFile, ActorFile)):
        record = build_words.concept(shape, root, findings)
        _enter("concept", record.id, record.place, record.status, draft, record)
        draft.concepts.append(record)
        draft.tests.append((record.id, build_words.marked_texts(shape.tests, root, findings)))
    elif isinstance(shape, SectorFile):
        sector = build_words.sector(shape, root, findings)
        _enter("sector", sector.id, sector.place, sector.status, draft)
        draft.sectors.append(sector)
    elif isinstance(shape, AlertFile):
        reader = _condition_reader(draft)
        alert = build_rules.alert(shape, root, reader)
        _enter("alert", alert.id, alert.place, alert.status, draft)
        draft.alerts.append(alert)
    elif isinstance(shape, ScoringFile):
        draft.scoring.append(build_rules.scoring(shape, root, findings))
    elif isinstance(shape, RoutesFile):
        _build_routes(shape, root, draft)
    elif isinstance(shape, SourcesFile):
        for source in build_ways.sources(shape, root, draft.plugins.source_kinds, findings):
            status = Status.LIVE if source.enabled else Status.RETIRED
            _enter("source", source.id, source.place, status, draft)
            draft.sources.append(source)
    else:
        _enter_unread(kind, root, draft)


def _build_routes(shape: RoutesFile, root: Map, draft: Draft) -> None:
    draft.ids.channels.update(shape.channels)
    draft.ids.digests.update(shape.digests)
    draft.routing.append(build_ways.routing(shape, root, draft.plugins.channels, draft.findings))


def _condition_reader(draft: Draft) -> build_rules.ConditionReader:
    if draft.condition_ids is None:
        draft.condition_ids = build_rules.ConditionReader(draft.plugins.conditions, draft.findings)
    return draft.condition_ids


def _enter(kind: str, name: str, place: Place, status: Status, draft: Draft, concept: Concept | None = None) -> None:
    slot, parent = (concept.slot, concept.parent) if concept is not None else (None, None)
    draft.ids.add(kind, Known(name, place, status, slot, parent), draft.findings)


def _enter_unread(kind: str, root: Map, draft: Draft) -> None:
    """Know the ids of a file that has errors, so that nobody is told that they do not exist, and read its parts."""
    findings = draft.findings
    if kind == "routes":
        for part, known in (("channels", draft.ids.channels), ("digests", draft.ids.digests)):
            entries = root.get(part)
            known.update(name.text for name, _ in (entries.entries if isinstance(entries, Map) else ()))
    for row in rows(root.get("sources")) if kind == "sources" else (root,):
        name = row.get("id")
        if isinstance(name, Scalar) and name.text:
            slot = Slot.ACTOR if kind == "actor" else next((slot for slot in Slot if slot == row.text("slot")), None)
            draft.ids.add(kind.removesuffix("s"), Known(name.text, name.place, Status.LIVE, slot), findings)
    if kind in {"concept", "actor", "sector"}:
        build_words.check_words(root, findings)
    if kind == "alert":
        build_rules.check_conditions(root, _condition_reader(draft))


def _require_once(folder: Path, draft: Draft) -> None:
    """Scoring and routes stand in exactly one file each."""
    for kind in ("scoring", "routes"):
        paths = sorted(path for path, (found, _) in draft.files.items() if found == kind)
        if not paths and folder.is_dir() and f"{kind}.yml" not in draft.unread:
            message = f"there is no file of kind {kind}; every rule set needs one, {kind}.yml"
            draft.findings.error("missing-file", message, Place(path=f"{kind}.yml", line=1))
        for path in paths[1:]:
            message = f"{paths[0]} is of kind {kind} too; there can be one only"
            draft.findings.error("duplicate-id", message, Place(path=path, line=1))


def _look_up(draft: Draft) -> None:
    """Report every id that names nothing."""
    for _, (kind, root) in sorted(draft.files.items()):
        if kind == "change":
            continue
        for called, scalar in references(KINDS[kind], root):
            draft.ids.look_up(called, scalar.text, scalar.place, draft.findings)
        for name, place in build_words.mark_ids(root):
            draft.ids.look_up("concept", name, place, draft.findings)
    if draft.condition_ids is not None:
        for called, name, node in draft.condition_ids.named:
            draft.ids.look_up(called, name, place_in(node, name), draft.findings)
    draft.ids.check_parents(draft.findings)


def _rulebook(folder: Path, draft: Draft) -> Rulebook:
    sectors = tuple(sorted((s for s in draft.sectors if s.status in _AWAKE), key=lambda s: s.id))
    alerts = tuple(sorted((a for a in draft.alerts if a.status in _AWAKE), key=lambda a: a.id))
    sources = tuple(sorted(draft.sources, key=lambda s: s.id))
    named = (*draft.concepts, *map(build_words.sector_concept, sectors), *build_words.company_concepts(sectors))
    concepts = tuple(sorted((c for c in named if c.status in _AWAKE), key=lambda c: c.id))
    awake = {concept.id for concept in concepts}
    scoring, routing = draft.scoring[0], draft.routing[0]
    words = lexicon_hash(concepts)
    weights = {c.id: {"weight": c.weight, "status": c.status, "title": c.title, "names": c.names} for c in concepts}
    return Rulebook(
        folder=str(folder),
        lexicon=Lexicon(concepts=concepts, hash=words),
        concept_tests=tuple(sorted((t for t in draft.tests if t[0] in awake), key=lambda t: t[0])),
        sectors=sectors,
        alerts=alerts,
        scoring=scoring,
        routing=routing,
        sources=sources,
        hash=rules_hash((words, weights, sectors, alerts, scoring, routing, sources)),
        slots={concept.id: concept.slot for concept in concepts},
    )
