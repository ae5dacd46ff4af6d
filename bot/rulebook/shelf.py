"""Keep a rule set at hand: what was made of unchanged files serves again when the folder is loaded anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from bot.errors import Problem, RuleError
from bot.rulebook import build_words
from bot.rulebook.draft import Draft
from bot.rulebook.findings import Findings
from bot.rulebook.hygiene import report_hygiene
from bot.rulebook.meaning import as_set, concept_digest, lexicon_hash, rules_hash, told
from bot.rulebook.memory import Memory, collector_paused
from bot.rulebook.overlay import Change, Target, apply_changes, targets_of
from bot.rulebook.pages import Page, build_page, read_leaf
from bot.rulebook.plugins import Plugins
from bot.types.levels import Status
from bot.types.lexicon import Lexicon
from bot.types.place import Place
from bot.types.rules import Profile, Rulebook, Sector

_AWAKE = (Status.LIVE, Status.SHADOW)
# A mute that has run out mutes nothing any more; that is worth an error in a report, but no reason not to start.
_NEVER_REFUSES = frozenset({"expired"})


@dataclass(frozen=True, slots=True)
class Layers:
    """A rule set as its files hold it."""

    shipped: Mapping[tuple[str, str], Target]  # by kind and id, without local changes
    merged: Mapping[tuple[str, str], Target]  # with them
    changes: tuple[Change, ...]  # the live ones


class Shelf:
    """Loads and checks a folder of rule files again and again.

    Every call reads all files, but makes only those anew whose bytes, or whose local changes, are others than at the
    last call. The answers are those of `load` and `check`, which are a shelf that is used once. A shelf serves one
    thread at a time and holds on to the trees and records of the folder.
    """

    def __init__(self, plugins: Plugins) -> None:
        self._plugins = plugins
        self._memory = Memory()

    def load(self, folder: Path) -> Rulebook:
        """The rule set in a folder.

        Raises:
            RuleError: Something is wrong; its report names every error of every file.
        """
        with collector_paused():
            draft = self.compiled(folder)
            problems = draft.findings.problems()
            errors = tuple(p for p in problems if p.severity == "error" and p.code not in _NEVER_REFUSES)
            if errors:
                raise RuleError(errors)
            rulebook = _rulebook(folder, draft)
        self._memory.words.forget_unused()
        self._memory.told.forget_unused()
        return rulebook

    def check(self, folder: Path, *, today: date | None = None) -> tuple[Problem, ...]:
        """Everything that is wrong or doubtful in a folder, in order of file and line.

        Args:
            folder: As for `load`.
            today: Day by which mutes count as expired; the current day (UTC) unless given.
        """
        with collector_paused():
            draft = self.compiled(folder)
            report_hygiene(draft, today=today or datetime.now(UTC).date())
            problems = draft.findings.problems()
        self._memory.own.forget_unused()
        self._memory.spelled.forget_unused()
        return problems

    def compiled(self, folder: Path) -> Draft:
        """Everything that can be made of a folder, errors or not; for tools that look at rule files."""
        draft = Draft(findings=Findings(), plugins=self._plugins, memory=self._memory)
        draft.ids.source_kinds.update(self._plugins.source_kinds)
        with collector_paused():
            self._read(folder, draft)
            self._build(draft)
            _require_once(folder, draft)
            _look_up(draft)
        self._memory.leaves.forget_unused()
        self._memory.pages.forget_unused()
        return draft

    def layers(self, folder: Path) -> Layers:
        """The trees of a folder before and after local changes; for tools that write changes."""
        draft = Draft(findings=Findings(), plugins=self._plugins, memory=self._memory)
        self._read(folder, draft)
        changes = self._changes(draft)
        shipped = targets_of(draft.files)
        apply_changes(draft.files, changes, draft.findings)
        return Layers(shipped, targets_of(draft.files), tuple(changes))

    def _read(self, folder: Path, draft: Draft) -> None:
        """Leaves of all files; the trees of those with a known kind become the draft's files."""
        if not folder.is_dir():
            message = "there is no such folder; name one with --rules, or copy the shipped one with `monazite init`"
            draft.findings.error("no-folder", message, Place(path=str(folder), line=1))
            return
        for file in rule_files(folder):
            path = file.relative_to(folder).as_posix()
            try:
                raw = file.read_bytes()
            except OSError as error:
                message = f"the file cannot be read: {error.strerror or 'unknown reason'}"
                draft.findings.error("unreadable", message, Place(path=path, line=1))
                continue
            leaf = self._memory.leaves.of(path, raw, partial(read_leaf, path, raw))
            draft.leaves[path] = leaf
            draft.findings.source(path, leaf.text)
            draft.findings.extend(leaf.notes)
            draft.findings.refusals.update(leaf.refusals)
            draft.ids.unread.update(leaf.unread)
            if leaf.root is not None:
                draft.files[path] = (leaf.kind, leaf.root)

    def _build(self, draft: Draft) -> None:
        """Pages of all files, after those of local changes have been applied to the trees."""
        apply_changes(draft.files, self._changes(draft), draft.findings)
        for path, (kind, _) in sorted(draft.files.items()):
            if kind != "change":
                page = self._page(path, draft)
                _add(page, draft)
                draft.pages.append(page)

    def _changes(self, draft: Draft) -> list[Change]:
        """The local changes that are to be applied; all of them are laid into the draft."""
        changes: list[Change] = []
        for path, (kind, root) in draft.files.items():
            if kind == "change":
                page = self._page(path, draft)
                _add(page, draft)
                changes.extend([Change(page.live_change, root)] if page.live_change else [])
        return changes

    def _page(self, path: str, draft: Draft) -> Page:
        kind, root = draft.files[path]
        leaf = draft.leaves[path]
        # A tree with local changes holds values of other files, which may have been refused there.
        refusals = leaf.refusals if root is leaf.root else frozenset(draft.findings.refusals)
        make = partial(build_page, kind, root, refusals, self._plugins)
        return self._memory.pages.of(path, (kind, root, refusals), make)


def rule_files(folder: Path) -> Iterator[Path]:
    """All rule files of a folder, in order of name; schemas and hidden files are none."""
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        if file.suffix in {".yml", ".yaml"} and parts[0] != "schema" and not any(p.startswith(".") for p in parts):
            yield file


def _add(page: Page, draft: Draft) -> None:
    """Lay what one file gives to what the others gave."""
    draft.findings.extend(page.notes)
    for kind, known in page.ids:
        draft.ids.add(kind, known, draft.findings)
    if page.concept is not None:
        draft.concepts.append(page.concept)
        draft.tests.append((page.concept.id, page.tests))
    draft.sectors.extend(filter(None, [page.sector]))
    draft.alerts.extend(filter(None, [page.alert]))
    draft.scoring.extend(filter(None, [page.scoring]))
    draft.routing.extend(filter(None, [page.routing]))
    draft.profiles.extend(filter(None, [page.profile]))
    draft.sources.extend(page.sources)
    draft.conditions.extend(page.conditions)
    draft.ids.channels.update(page.channels)
    draft.ids.digests.update(page.digests)


def _require_once(folder: Path, draft: Draft) -> None:
    """Scoring and routes stand in exactly one file each, a profile in one at most."""
    for kind in ("scoring", "routes", "profile"):
        paths = sorted(path for path, (found, _) in draft.files.items() if found == kind)
        if not paths and kind != "profile" and folder.is_dir() and not _unread(f"{kind}.yml", draft):
            message = f"there is no file of kind {kind}; every rule set needs one, {kind}.yml"
            draft.findings.error("missing-file", message, Place(path=f"{kind}.yml", line=1))
        for path in paths[1:]:
            message = f"{paths[0]} is of kind {kind} too; there can be one only"
            draft.findings.error("duplicate-id", message, Place(path=path, line=1))


def _unread(path: str, draft: Draft) -> bool:
    return path in draft.leaves and draft.leaves[path].root is None


def _look_up(draft: Draft) -> None:
    """Report every id that names nothing."""
    # Nearly all ids are named many times and exist, so that asking once for each is enough.
    called = frozenset[tuple[str, str]]().union(*(page.called for page in draft.pages))
    lacking = {pair for pair in called if not draft.ids.exists(*pair)}
    wrong = [page for page in draft.pages if not lacking.isdisjoint(page.called)]
    written = (reference for page in wrong for reference in page.references)
    asked = (reference for page in wrong for reference in page.conditions)
    for reference in (*written, *asked):
        draft.ids.look_up(reference.kind, reference.name, reference.place, draft.findings)
    draft.ids.check_parents(draft.findings)


def _rulebook(folder: Path, draft: Draft) -> Rulebook:
    sectors = tuple(sorted((s for s in draft.sectors if s.status in _AWAKE), key=lambda s: s.id))
    alerts = tuple(sorted((a for a in draft.alerts if a.status in _AWAKE), key=lambda a: a.id))
    sources = tuple(sorted(draft.sources, key=lambda s: s.id))
    counted = _counted(sectors, draft.profiles)
    named = (*draft.concepts, *map(build_words.sector_concept, sectors), *build_words.company_concepts(sectors))
    concepts = tuple(sorted((c for c in named if c.status in _AWAKE), key=lambda c: c.id))
    awake = {concept.id for concept in concepts}
    scoring, routing = draft.scoring[0], draft.routing[0]
    memory = draft.memory
    words = lexicon_hash(memory.words.of(c.id, c, partial(concept_digest, c)) for c in concepts)
    weights = {c.id: {"weight": c.weight, "status": c.status, "title": c.title, "names": c.names} for c in concepts}

    def said(kind: str, name: str, record: object) -> str:
        return memory.told.of(f"{kind} {name}", record, partial(told, record))

    parts = (
        told(words),
        told(weights),
        as_set(said("sector", record.id, record) for record in counted),
        as_set(said("alert", record.id, record) for record in alerts),
        said("scoring", "", scoring),
        said("routing", "", routing),
        as_set(said("source", record.id, record) for record in sources),
    )
    return Rulebook(
        folder=str(folder),
        lexicon=Lexicon(concepts=concepts, hash=words),
        concept_tests=tuple(sorted((t for t in draft.tests if t[0] in awake), key=lambda t: t[0])),
        sectors=counted,
        alerts=alerts,
        scoring=scoring,
        routing=routing,
        sources=sources,
        hash=rules_hash(parts),
        slots={concept.id: concept.slot for concept in concepts},
        profile=draft.profiles[0] if draft.profiles else None,
        uncounted=tuple(sector for sector in sectors if sector not in counted),
    )


def _counted(sectors: Sequence[Sector], profiles: Sequence[Profile]) -> tuple[Sector, ...]:
    """The sectors that a team is exposed to: those of its profile and its own list, or all.

    Words that name other sectors stay in the lexicon, so that texts read the same for every team.
    """
    profile = profiles[0] if profiles else None
    if profile is None or not (profile.sectors or profile.own):
        return tuple(sectors)
    chosen = [sector for sector in sectors if sector.id in profile.sectors]
    return tuple(sorted((*chosen, *filter(None, [profile.own])), key=lambda sector: sector.id))
