"""What a rule file says before anyone gives it meaning: texts, lists and mappings, each with its place.

Nobody changes a node. They are not declared frozen, since Python takes four times as long to make a frozen one and a
rule set has more than a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.types.place import Place


@dataclass(slots=True)
class Scalar:
    """One value as its source text; nothing is a number or a truth value here."""

    text: str
    path: str  # relative to the rule folder
    line: int  # 1-based
    column: int  # 1-based, of the opening quote when there is one
    style: str = ""  # "" plain, "'" or '"' quoted, "|" or ">" block

    @property
    def place(self) -> Place:
        """Where it is written."""
        return Place(path=self.path, line=self.line, column=self.column)

    @property
    def empty(self) -> bool:
        """True for a key without a value; an empty quoted text is a value."""
        return not self.text and not self.style


@dataclass(slots=True)
class Seq:
    """A list."""

    items: tuple[Node, ...]
    path: str
    line: int
    column: int

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(path=self.path, line=self.line, column=self.column)


@dataclass(slots=True)
class Map:
    """A mapping; keys are unique."""

    entries: tuple[tuple[Scalar, Node], ...]
    path: str
    line: int
    column: int

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(path=self.path, line=self.line, column=self.column)

    def get(self, key: str) -> Node | None:
        """Value of a key, None when it is absent."""
        return next((value for name, value in self.entries if name.text == key), None)

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its place."""
        return next((name for name, _ in self.entries if name.text == key), None)

    def text(self, key: str) -> str:
        """Text of a scalar value, "" when absent or no scalar."""
        value = self.get(key)
        return value.text if isinstance(value, Scalar) else ""


Node: TypeAlias = Scalar | Seq | Map
Step: TypeAlias = str | int


def plain(node: Node) -> object:
    """The node as str, list, dict; a key without value becomes None."""
    if isinstance(node, Scalar):
        return None if node.empty else node.text
    # Most values are texts; they are not worth a call each.
    if isinstance(node, Seq):
        return [item.text if isinstance(item, Scalar) and item.text else plain(item) for item in node.items]
    return {
        name.text: value.text if isinstance(value, Scalar) and value.text else plain(value)
        for name, value in node.entries
    }


def follow(node: Node, steps: Sequence[Step]) -> Node:
    """The deepest node that the steps reach; a step that fits nowhere is passed over.

    Validators may wrap a single value in a list or a list in a mapping; the extra step then has no node of its own.
    """
    here = node
    for step in steps:
        below = _below(here, step)
        if below is not None:
            here = below
    return here


def _below(node: Node, step: Step) -> Node | None:
    if isinstance(node, Map) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, Seq) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None


def scalars(node: Node | None) -> Iterator[Scalar]:
    """The texts of a value that may be one text or a list of them; anything else holds none."""
    if isinstance(node, Scalar):
        if not node.empty:
            yield node
    elif isinstance(node, Seq):
        for item in node.items:
            if isinstance(item, Scalar) and (item.text or item.style):
                yield item


def rows(node: Node | None) -> tuple[Map, ...]:
    """The mappings of a list; nothing when the node is absent."""
    return tuple(item for item in node.items if isinstance(item, Map)) if isinstance(node, Seq) else ()
