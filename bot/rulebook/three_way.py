"""Hold a local change against the shipped file: what was there when it was written, what is there, what it wants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.rulebook.findings import Findings, did_you_mean, listed
from bot.rulebook.nodes import Map, Node, Scalar, Seq, plain

VERBS = ("remove", "add", "set")
SHOWN_CHARS = 60  # of a value in a message

_NOTHING: tuple[object, ...] = (None, "", [], {})
_WANTS = {"set": "yours sets", "add": "yours adds", "remove": "yours takes out"}


@dataclass(frozen=True, slots=True)
class Pin:
    """What a change says it looked at."""

    aim: Scalar  # as written: [kind/]id[@version]
    name: str  # without the version
    version: str  # "" when it names none
    current: str  # of the shipped file; "" when that has none

    @property
    def moved(self) -> bool:
        """Whether the shipped file has another version now."""
        return bool(self.version and self.current and self.version != self.current)


@dataclass(frozen=True, slots=True)
class _Touch:
    """One key path of a change."""

    key: Scalar
    verb: str
    wanted: Node
    was: Node | None  # None: the change does not say
    now: Node | None  # None: the shipped file has nothing there

    @property
    def moved(self) -> bool:
        return self.was is not None and not _same(self.was, self.now)

    @property
    def conflict(self) -> bool:
        """Whether the shipped file moved in what this change is about, and to something else than it wants."""
        if not self.moved or self.was is None:
            return False
        if self.verb == "set":
            return not _same(self.wanted, self.now)
        was, now = _entries(self.was), _entries(self.now)
        return any((item in was) != (item in now) for item in _entries(self.wanted))

    @property
    def unknown(self) -> bool:
        """Whether nobody can tell if the value moved; what is added to a list does not depend on it."""
        return self.was is None and self.verb != "add"


def report_strays(change: Map, findings: Findings) -> None:
    """An error per path under `was` that the change does not touch."""
    was = change.get("was")
    touched = [key.text for _, key, _ in _wishes(change)]
    for key, _ in was.entries if isinstance(was, Map) else ():
        if key.text not in touched:
            message = f'"{key.text}" stands under `was`, but this change does not set, add or remove it'
            hint = did_you_mean(key.text, touched) or (f"it touches {listed(touched)}" if touched else "")
            findings.error("unknown-path", message, key.place, hint=hint)


def report_pin(change: Map, target: Map, pin: Pin, findings: Findings) -> None:
    """A warning per path that the shipped file changed to something else, and one when only its version moved.

    Args:
        change: Tree of the change file.
        target: Tree of the shipped file, without any local change.
        pin: What the change says it looked at.
        findings: Receives the warnings.
    """
    touches = tuple(_touches(change, target))
    conflicts = [touch for touch in touches if touch.conflict]
    for touch in conflicts:
        findings.warn("three-way", _three_ways(touch), touch.key.place, hint=_way_out(touch, pin))
    if not pin.moved or (conflicts and not any(touch.unknown for touch in touches)):
        return
    head = f'"{pin.name.rpartition("/")[2]}" is at {pin.current} now, this change was written for {pin.version}'
    fresh = f"{pin.name}@{pin.current}"
    if any(touch.unknown for touch in touches) or all(touch.was is None for touch in touches):
        findings.warn("pin-moved", f"{head}; look at it again", pin.aim.place, hint=f"then write {fresh}")
    elif moved := [touch.key.text for touch in touches if touch.moved]:
        message = f"{head}; {listed(moved)} moved without getting in the way; look at it again"
        findings.warn("pin-moved", message, pin.aim.place, hint=f"then write {fresh} and bring `was` up to date")
    else:
        message = f"{head}; nothing that this change touches has moved"
        findings.warn("pin-moved", message, pin.aim.place, hint=f"`monazite rules check --fix` writes {fresh}")


def _touches(change: Map, target: Map) -> Iterator[_Touch]:
    was = change.get("was")
    for verb, key, wanted in _wishes(change):
        known = was.get(key.text) if isinstance(was, Map) else None
        yield _Touch(key, verb, wanted, known, value_at(target, key.text))


def _wishes(change: Map) -> Iterator[tuple[str, Scalar, Node]]:
    for verb in VERBS:
        wishes = change.get(verb)
        for key, value in wishes.entries if isinstance(wishes, Map) else ():
            yield verb, key, value


def value_at(root: Node, path: str) -> Node | None:
    """What a file has under a key path of a change; rows of lists are reached by their id."""
    here: Node | None = root
    for step in path.split("."):
        if isinstance(here, Map):
            here = here.get(step)
        elif isinstance(here, Seq):
            here = next((item for item in here.items if isinstance(item, Map) and item.text("id") == step), None)
        else:
            return None
    return here


def _same(one: Node | None, other: Node | None) -> bool:
    first, second = (plain(node) if node is not None else None for node in (one, other))
    if first in _NOTHING or second in _NOTHING:
        return first in _NOTHING and second in _NOTHING
    if isinstance(first, list) and isinstance(second, str):
        second = [second]  # one value and a list of it mean the same
    elif isinstance(second, list) and isinstance(first, str):
        first = [first]
    return first == second


def _entries(node: Node | None) -> list[object]:
    """What a list or mapping holds, as `add` and `remove` see it: rows with an id go by it, mappings by their keys."""
    if isinstance(node, Map):
        return [key.text for key, _ in node.entries]
    items = node.items if isinstance(node, Seq) else () if node is None else (node,)
    return [(item.text("id") or plain(item)) if isinstance(item, Map) else plain(item) for item in items]


def _three_ways(touch: _Touch) -> str:
    was, now, wanted = _said(touch.was), _said(touch.now), _said(touch.wanted)
    return f"{touch.key.text}: was {was}, shipped is now {now}, {_WANTS[touch.verb]} {wanted}"


def _way_out(touch: _Touch, pin: Pin) -> str:
    write = f"write {pin.name}@{pin.current} and " if pin.moved else "write "
    kept = f"to keep yours, {write}`was: {{{touch.key.text}: {_said(touch.now)}}}`"
    return f"{kept}; to take theirs, delete this line" if touch.verb == "set" else kept


def _said(node: Node | None) -> str:
    """A value in a few words."""
    text = "nothing" if node is None else _words(plain(node)) or "nothing"
    return text if len(text) <= SHOWN_CHARS else text[: SHOWN_CHARS - 1].rstrip() + "…"


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(f"({_words(item)})" if isinstance(item, (list, dict)) else _words(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(inner)}" for key, inner in value.items())
    return str(value or "")
