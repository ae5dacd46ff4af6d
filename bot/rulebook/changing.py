"""Write local changes as files: of numbers, of rows and of words, pinned to what they were made for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.rulebook.nodes import Map, plain
from bot.rulebook.overlay import Change, version_of
from bot.rulebook.shelf import Layers
from bot.rulebook.three_way import value_at

FOLDER = "local"
DRAFT, LIVE = "\nstatus: draft\n", "\nstatus: live\n"
_PLAIN = re.compile(r"-?\w(?:[\w./-]| (?! )(?=[\w./-]))*")
_BARE_TOKENS = frozenset({"~", "null", "true", "false", "yes", "no"})  # mean themselves here, but not to other tools

Values = Mapping[str, object]  # key path -> text, list or mapping of such


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a change file says of itself."""

    id: str
    owner: str
    why: str  # one sentence
    made_by: str  # command that wrote it


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A change file that nobody has agreed to yet."""

    path: str  # relative to the rule folder
    text: str  # a draft
    replaces: tuple[str, ...] = ()  # change files that it takes over; to be deleted when it goes live
    obstacle: str = ""  # one sentence: why it cannot go live as long as another file is as it is

    @property
    def live(self) -> str:
        """The text as it would be in force."""
        return self.text.replace(DRAFT, LIVE, 1)


def setting(layers: Layers, kind: str, name: str, values: Values, head: Head) -> Proposed:
    """A change file that sets values of one thing, and says what the shipped file had there.

    Only one file may set a value. A change file that does nothing but set values of the same thing, and one of these
    among them, is taken over: what it sets goes on being set.
    """
    shipped = layers.shipped[kind, name].root
    wanted: dict[str, object] = {}
    replaces: list[str] = []
    for change in layers.changes:
        theirs = _set_by(change) if change.aims_at(kind, name) else {}
        shared = [path for path in theirs if any(_overlap(path, own) for own in values)]
        if not shared:
            continue
        exact = all(path in values or not any(_overlap(path, own) for own in values) for path in theirs)
        if not exact or any(change.root.get(verb) is not None for verb in ("add", "remove")):
            said = f"{change.root.path} sets {', '.join(shared)} too, and does more: move that line out of it first"
            return _file(layers, kind, name, head, {"set": values}, obstacle=said)
        wanted |= theirs
        replaces.append(change.root.path)
    wanted |= values
    was = {path: plain(node) for path in wanted if (node := value_at(shipped, path)) is not None}
    was |= {path: [] for path in wanted if path not in was}
    return _file(layers, kind, name, head, {"set": wanted, "was": was}, replaces=tuple(replaces))


def adding(layers: Layers, kind: str, name: str, values: Mapping[str, Sequence[object]], head: Head) -> Proposed:
    """A change file that adds entries to lists of one thing."""
    return _file(layers, kind, name, head, {"add": values})


def _file(
    layers: Layers,
    kind: str,
    name: str,
    head: Head,
    parts: Mapping[str, Values],
    *,
    replaces: tuple[str, ...] = (),
    obstacle: str = "",
) -> Proposed:
    target = layers.shipped[kind, name].root
    several = sum(other == name for _, other in layers.shipped) > 1
    version = version_of(target)
    aim = f"{kind}/{name}" if several else name
    lines = [
        "# yaml-language-server: $schema=../schema/change.json",
        f"# Written by `{head.made_by}`. Nothing changes before `status` says live.",
        *(f"# Takes over what {path} sets: delete that file when this one goes live." for path in replaces),
        "kind: change",
        f"id: {head.id}",
        f"changes: {aim}@{version}" if version else f"changes: {aim}",
        "status: draft",
        f"owner: {flow(head.owner)}",
        f"why: {flow(head.why)}",
    ]
    for verb, values in parts.items():
        lines += [f"{verb}:", *_block(values)]
    return Proposed(path=f"{FOLDER}/{head.id}.yml", text="\n".join((*lines, "")), replaces=replaces, obstacle=obstacle)


def _set_by(change: Change) -> dict[str, object]:
    wishes = change.root.get("set")
    return {key.text: plain(value) for key, value in wishes.entries} if isinstance(wishes, Map) else {}


def _overlap(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _block(values: Values) -> Iterator[str]:
    """Key paths in lines of their own; rows of a list too."""
    for path, value in values.items():
        if isinstance(value, (list, tuple)) and any(isinstance(row, dict) for row in value):
            yield f"  {flow(path)}:"
            yield from (f"    - {flow(row)}" for row in value)
        else:
            yield f"  {flow(path)}: {flow(value)}"


def flow(value: object) -> str:
    """A text, list or mapping of such on one line, in quotes where a sign could mean something else."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    text = "" if value is None else str(value)
    if _PLAIN.fullmatch(text) and text.casefold() not in _BARE_TOKENS:
        return text
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    # A blank that only looks like one is refused where it stands bare, so that nobody hunts for it: it is spelt out.
    spelt = "".join(f"\\u{ord(sign):04x}" if sign.isspace() and sign != " " else sign for sign in quoted)
    return f'"{spelt}"'
