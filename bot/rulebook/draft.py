"""A rule set on its way from files to records, as loading and checking pass it along."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.rulebook.findings import Findings
from bot.rulebook.ids import Ids
from bot.rulebook.memory import Memory
from bot.rulebook.nodes import Map
from bot.rulebook.pages import Leaf, Page, Reference
from bot.rulebook.plugins import Plugins
from bot.types.ids import ConceptId
from bot.types.lexicon import Concept
from bot.types.rules import AlertRule, MarkedText, Profile, Routing, Scoring, Sector
from bot.types.source import Source


@dataclass(slots=True)
class Draft:
    """A rule set on its way from files to a `Rulebook`."""

    findings: Findings
    plugins: Plugins
    memory: Memory  # what need not be made again
    ids: Ids = field(default_factory=Ids)
    files: dict[str, tuple[str, Map]] = field(default_factory=dict)  # path -> kind and tree
    leaves: dict[str, Leaf] = field(default_factory=dict)  # path -> the file as read
    pages: list[Page] = field(default_factory=list)  # of all files but changes, in order of path
    concepts: list[Concept] = field(default_factory=list)  # also drafts
    tests: list[tuple[ConceptId, tuple[MarkedText, ...]]] = field(default_factory=list)
    sectors: list[Sector] = field(default_factory=list)
    alerts: list[AlertRule] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    scoring: list[Scoring] = field(default_factory=list)
    routing: list[Routing] = field(default_factory=list)
    profiles: list[Profile] = field(default_factory=list)  # at most one
    conditions: list[Reference] = field(default_factory=list)  # ids in parameters of conditions
