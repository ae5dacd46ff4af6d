"""Apply local changes to shipped files, on trees, so that every value keeps the place where it was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.rulebook.findings import Findings, did_you_mean
from bot.rulebook.nodes import Map, Node, Scalar, Seq, plain
from bot.rulebook.three_way import Pin, report_pin
from bot.types.place import Place

Edit = Callable[[Node | None], Node]


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be changed."""

    kind: str  # concept, actor, sector, alert, scoring, routes or source
    id: str
    file: str  # path of the file that holds it
    root: Map
    row: int | None = None  # index under `sources:` when the target is one row


@dataclass(frozen=True, slots=True)
class Change:
    """One change file."""

    id: str
    root: Map

    @property
    def aim(self) -> Scalar:
        """What is changed, as written: [kind/]id[@version]."""
        aim = self.root.get("changes")
        return aim if isinstance(aim, Scalar) else Scalar("", self.root.path, self.root.line, self.root.column)

    def aims_at(self, kind: str, name: str) -> bool:
        """Whether it changes the thing of a kind with an id, when ids are unique."""
        wanted, _, plain_id = self.aim.text.partition("@")[0].rpartition("/")
        return plain_id == name and wanted.removesuffix("s") in {"", kind}


class _EditError(Exception):
    """A change that does not fit its target."""

    def __init__(self, code: str, message: str, place: Place, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.place, self.hint = code, place, hint


def targets_of(files: Mapping[str, tuple[str, Map]]) -> dict[tuple[str, str], Target]:
    """Everything that can be changed, by kind and id; `files` maps a path to (kind, tree)."""
    found: dict[tuple[str, str], Target] = {}
    for path, (kind, root) in files.items():
        if kind == "sources":
            listed = root.get("sources")
            for index, row in enumerate(listed.items if isinstance(listed, Seq) else ()):
                if isinstance(row, Map) and row.text("id"):
                    found.setdefault(("source", row.text("id")), Target("source", row.text("id"), path, row, index))
        elif kind != "change":
            name = kind if kind in {"scoring", "routes"} else root.text("id")
            found.setdefault((kind, name), Target(kind, name, path, root))
    return found


def apply_changes(files: dict[str, tuple[str, Map]], changes: list[Change], findings: Findings) -> None:
    """Replace the changed trees in `files`; what does not fit becomes a finding.

    Shipped values are removed first, then values are added, then set, over all change files in order of their ids:
    the result does not depend on how files are named.
    """
    if not changes:
        return
    targets = targets_of(files)
    shipped = dict(targets)
    claimed: dict[tuple[str, str, str], Change] = {}
    aims: list[tuple[Change, tuple[str, str]]] = []
    for change in sorted(changes, key=lambda c: c.id):
        key = _aim(change, targets, findings)
        if key is not None:
            aims.append((change, key))
    for verb, edit_of in (("remove", _removal), ("add", _addition), ("set", _setting)):
        for change, key in aims:
            _apply(change, verb, edit_of, targets, key, claimed, findings)
    for name, target in targets.items():
        if target is not shipped[name]:
            kind, root = files[target.file]
            files[target.file] = (kind, _put_back(root, target))


def _put_back(root: Map, target: Target) -> Map:
    if target.row is None:
        return target.root

    def row(old: Node | None) -> Node:
        items = list(old.items) if isinstance(old, Seq) else []
        if target.row is not None:
            items[target.row] = target.root
        return Seq(tuple(items), root.path, old.line if old else 1, old.column if old else 1)

    return _edited_map(root, "sources", row)


def _aim(change: Change, targets: Mapping[tuple[str, str], Target], findings: Findings) -> tuple[str, str] | None:
    """The target of a change file; complains when there is none, several, or one of another version."""
    aim = change.aim
    name, _, version = aim.text.partition("@")
    kind, _, plain_id = name.rpartition("/")
    wanted = kind.removesuffix("s")
    matching = [key for key in targets if key[1] == plain_id and wanted in {"", key[0]}]
    if not matching:
        message = f'there is nothing called "{name}" to change'
        findings.error("unknown-id", message, aim.place, hint=did_you_mean(plain_id, (key[1] for key in targets)))
        return None
    if len(matching) > 1:
        kinds = " or ".join(sorted(f"{key[0]}/{plain_id}" for key in matching))
        findings.error("ambiguous-id", f'"{plain_id}" is the name of several things; write {kinds}', aim.place)
        return None
    target = targets[matching[0]]
    current = version_of(target.root)
    if not version and current:
        findings.warn("no-pin", f"say which version you looked at: {name}@{current}", aim.place)
    report_pin(change.root, target.root, Pin(aim, name, version, current), findings)
    return matching[0]


def version_of(root: Map) -> str:
    """To what a change of a file is pinned; "" for a file without day or version."""
    return root.text("changed") or root.text("version")


def _apply(
    change: Change,
    verb: str,
    edit_of: Callable[[Scalar, Node], Edit],
    targets: dict[tuple[str, str], Target],
    key: tuple[str, str],
    claimed: dict[tuple[str, str, str], Change],
    findings: Findings,
) -> None:
    wishes = change.root.get(verb)
    for path, value in wishes.entries if isinstance(wishes, Map) else ():
        if verb == "set":
            other = claimed.setdefault((*key, path.text), change)
            if other is not change:
                message = f'"{path.text}" is set by "{other.id}" too; only one file may set it'
                findings.error("conflicting-change", message, path.place)
                continue
        target = targets[key]
        try:
            root = _edited(target.root, path.text.split("."), edit_of(path, value), path)
        except _EditError as error:
            findings.error(error.code, str(error), error.place, hint=error.hint)
            continue
        if isinstance(root, Map):
            targets[key] = replace(target, root=root)


def _edited(node: Node | None, steps: list[str], edit: Edit, path: Scalar) -> Node:
    """The node with the part at `steps` replaced by what `edit` makes of it."""
    if not steps:
        return edit(node)
    step, rest = steps[0], steps[1:]
    if node is None or isinstance(node, Map):
        whole = node if node is not None else Map((), path.path, path.line, path.column)
        return _edited_map(whole, step, lambda old: _edited(old, rest, edit, path), path)
    if isinstance(node, Seq):
        for index, item in enumerate(node.items):
            if isinstance(item, Map) and item.text("id") == step:
                items = (*node.items[:index], _edited(item, rest, edit, path), *node.items[index + 1 :])
                return Seq(items, node.path, node.line, node.column)
        known = [item.text("id") for item in node.items if isinstance(item, Map)]
        raise _EditError(
            "unknown-id", f'no entry of that list has the id "{step}"', path.place, did_you_mean(step, known)
        )
    raise _EditError("bad-path", f'"{path.text}" leads into a single value, not into a list or mapping', path.place)


def _edited_map(node: Map, key: str, change: Callable[[Node | None], Node], path: Scalar | None = None) -> Map:
    if node.key(key) is None and path is not None:
        added = Scalar(key, path.path, path.line, path.column)
        return Map((*node.entries, (added, change(None))), node.path, node.line, node.column)
    entries = tuple((name, change(value) if name.text == key else value) for name, value in node.entries)
    return Map(entries, node.path, node.line, node.column)


def _setting(path: Scalar, value: Node) -> Edit:
    del path

    def edit(old: Node | None) -> Node:
        del old
        return value

    return edit


def _addition(path: Scalar, value: Node) -> Edit:
    def edit(old: Node | None) -> Node:
        if isinstance(value, Map) and (old is None or isinstance(old, Map)):
            return _joined(old, value, path)
        fresh = value.items if isinstance(value, Seq) else (value,)
        if isinstance(old, Map):
            raise _EditError("wrong-type", f'"{path.text}" is a mapping; add `key: value` entries to it', path.place)
        known = old.items if isinstance(old, Seq) else () if old is None else (old,)
        for item in fresh:
            if any(plain(item) == plain(other) for other in known):
                raise _EditError("nothing-added", f'"{path.text}" holds this already; delete it here', item.place)
        start = old if old is not None else value
        return Seq((*known, *fresh), start.path, start.line, start.column)

    return edit


def _joined(old: Map | None, value: Map, path: Scalar) -> Map:
    known = old.entries if old is not None else ()
    for key, _ in value.entries:
        if any(name.text == key.text for name, _ in known):
            raise _EditError("nothing-added", f'"{path.text}" has "{key.text}" already; use `set`', key.place)
    start = old if old is not None else value
    return Map((*known, *value.entries), start.path, start.line, start.column)


def _removal(path: Scalar, value: Node) -> Edit:
    def edit(old: Node | None) -> Node:
        unwanted = value.items if isinstance(value, Seq) else (value,)
        if isinstance(old, Map):
            return _without_keys(old, unwanted, path)
        items: list[Node] = list(old.items) if isinstance(old, Seq) else [] if old is None else [old]
        for item in unwanted:
            match = next((other for other in items if _is_meant(other, item)), None)
            if match is None:
                words = [other.text for other in items if isinstance(other, Scalar)]
                asked = item.text if isinstance(item, Scalar) else ""
                message = f'"{path.text}" does not hold this (any more); nothing is removed'
                raise _EditError("nothing-removed", message, item.place, did_you_mean(asked, words))
            items.remove(match)
        start = old if old is not None else value
        return Seq(tuple(items), start.path, start.line, start.column)

    return edit


def _is_meant(other: Node, item: Node) -> bool:
    if isinstance(other, Map) and isinstance(item, Scalar):
        return other.text("id") == item.text
    return plain(other) == plain(item)


def _without_keys(old: Map, unwanted: tuple[Node, ...], path: Scalar) -> Map:
    entries = list(old.entries)
    for item in unwanted:
        name = item.text if isinstance(item, Scalar) else ""
        match = next((entry for entry in entries if entry[0].text == name), None)
        if match is None:
            message = f'"{path.text}" has no "{name}"; nothing is removed'
            raise _EditError("nothing-removed", message, item.place, did_you_mean(name, (k.text for k, _ in entries)))
        entries.remove(match)
    return Map(tuple(entries), old.path, old.line, old.column)
