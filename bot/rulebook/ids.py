"""Know every id of a rule set, and look up those that files call by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.rulebook.build_ways import ARCHIVE
from bot.rulebook.findings import Findings, did_you_mean
from bot.rulebook.nodes import Map, Node, Scalar, Seq
from bot.types.levels import Slot, Status
from bot.types.place import Place

OTHER_GOODS = "other"  # stands for goods that no file knows

_CALLED = {
    "concept": "concept or actor",
    "goods": "goods concept",
    "measure": "measure concept",
    "noise": "noise concept",
    "sector": "sector",
    "alert": "alert rule",
    "source": "source",
    "source-kind": "kind of source",
    "channel": "channel",
    "destination": "channel or digest",
}


@dataclass(frozen=True, slots=True)
class Known:
    """One thing with an id."""

    id: str
    place: Place
    status: Status
    slot: Slot | None = None  # concepts and actors
    parent: str | None = None


@dataclass(slots=True)
class Ids:
    """Everything that can be called by name, also drafts and what has been retired."""

    concepts: dict[str, Known] = field(default_factory=dict)  # actors too
    sectors: dict[str, Known] = field(default_factory=dict)
    alerts: dict[str, Known] = field(default_factory=dict)
    sources: dict[str, Known] = field(default_factory=dict)
    changes: dict[str, Known] = field(default_factory=dict)
    channels: set[str] = field(default_factory=set)
    digests: set[str] = field(default_factory=set)
    source_kinds: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)  # ids in files that cannot be read: nobody is told that they lack

    def add(self, kind: str, known: Known, findings: Findings) -> None:
        """Enter an id; a second thing of that name is an error, whichever file comes first."""
        table = self._table(kind)
        # Sectors can be found in texts like concepts, so the two share their names.
        rivals = [table] if kind not in {"concept", "actor", "sector"} else [self.concepts, self.sectors]
        other = next((rival[known.id] for rival in rivals if known.id in rival), None)
        if other is not None:
            message = f'"{known.id}" is the id of {other.place} already; two things cannot share a name'
            findings.error("duplicate-id", message, known.place)
            return
        table[known.id] = known

    def of(self, kind: str) -> Iterable[str]:
        """All ids of a kind that references may name."""
        if kind in {"goods", "measure", "noise"}:
            return [name for name, known in self.concepts.items() if known.slot == kind]
        if kind == "source-kind":
            return sorted(self.source_kinds)
        if kind == "channel":
            return sorted(self.channels)
        if kind == "destination":
            return sorted({*self.channels, *self.digests, ARCHIVE})
        return list(self._table(kind))

    def known(self, kind: str, name: str) -> Known | None:
        """What an id names, when it is something with a state."""
        if kind in {"goods", "measure", "noise"}:
            kind = "concept"
        return self._table(kind).get(name) if kind in {"concept", "sector", "alert", "source"} else None

    def _table(self, kind: str) -> dict[str, Known]:
        tables = {"sector": self.sectors, "alert": self.alerts, "source": self.sources, "change": self.changes}
        return tables.get(kind, self.concepts)

    def exists(self, kind: str, name: str) -> bool:
        """True when an id names something, or may do so in a file that cannot be read."""
        return name in self.unread or name in self.of(kind)

    def look_up(self, kind: str, name: str, place: Place, findings: Findings) -> None:
        """Report an id that names nothing, or something of another kind."""
        if self.exists(kind, name) or findings.has_error(place):
            return
        if name == OTHER_GOODS and kind in {"concept", "goods"}:
            return
        called = _CALLED.get(kind, kind)
        stranger = self.concepts.get(name)
        if stranger is not None and stranger.slot is None:
            return  # its slot is misspelt, which is reported there
        if stranger is not None and kind in {"goods", "measure", "noise"}:
            message = f'"{name}" is in slot {stranger.slot}, but a {called} is expected here'
            findings.error("wrong-slot", message, place, hint=did_you_mean(name, self.of(kind)))
            return
        findings.error("unknown-id", f'there is no {called} "{name}"', place, hint=did_you_mean(name, self.of(kind)))

    def check_parents(self, findings: Findings) -> None:
        """Report parents in another slot, and lines of parents that lead back to where they began."""
        for known in self.concepts.values():
            parent = self.concepts.get(known.parent or "")
            if parent is None:
                continue
            if parent.slot is not known.slot:
                message = f'the parent "{parent.id}" is in slot {parent.slot}, this file in {known.slot}'
                findings.error("wrong-slot", message, known.place)
            if known.id in self._line(parent):
                findings.error("parent-loop", f'the parents of "{known.id}" lead back to it', known.place)

    def _line(self, known: Known) -> Iterator[str]:
        seen: set[str] = set()
        here: Known | None = known
        while here is not None and here.id not in seen:
            seen.add(here.id)
            yield here.id
            here = self.concepts.get(here.parent or "")


def place_in(node: Node, name: str) -> Place:
    """Place of the text `name` inside a condition's parameters; the parameters' own place when it is not literal."""
    return next((scalar.place for scalar in _texts(node) if scalar.text == name), node.place)


def _texts(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Seq):
        for item in node.items:
            yield from _texts(item)
    elif isinstance(node, Map):
        for key, value in node.entries:
            yield key
            yield from _texts(value)
