"""Find every place in a file where another thing is called by its id, as its shape says."""

from __future__ import annotations

import functools
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import WithJsonSchema

from bot.rulebook.fields import Shape
from bot.rulebook.nodes import Map, Node, Scalar, Seq
from bot.rulebook.validate import fields_of

ITEM, VALUE, KEY = "[]", "{}", "{key}"


@dataclass(slots=True)
class _Branch:
    """What may stand below one step of the paths of a shape."""

    kinds: list[str] = field(default_factory=list)  # of id, when the step leads to one
    below: dict[str, _Branch] = field(default_factory=dict)  # by step


@functools.cache
def reference_paths(shape: type[Shape]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(kind of id, path) for every reference that a shape can hold; steps are keys, ITEM, VALUE or KEY."""
    return tuple(_paths_of_shape(shape, ()))


@functools.cache
def _branches(shape: type[Shape]) -> _Branch:
    """The paths of a shape as a tree, so that a file is walked once."""
    trunk = _Branch()
    for kind, path in reference_paths(shape):
        here = trunk
        for step in path:
            here = here.below.setdefault(step, _Branch())
        here.kinds.append(kind)
    return trunk


def references(shape: type[Shape], root: Map) -> list[tuple[str, Scalar]]:
    """(kind of id, text with its place) for every reference that a file holds."""
    found: list[tuple[str, Scalar]] = []
    _gather(root, _branches(shape), found)
    return found


def _gather(node: Node, branch: _Branch, found: list[tuple[str, Scalar]]) -> None:
    if branch.kinds and isinstance(node, Scalar) and not node.empty:
        found.extend((kind, node) for kind in branch.kinds)
    items = branch.below.get(ITEM)
    if items is not None:
        # One value may stand where a list is expected.
        for item in node.items if isinstance(node, Seq) else (node,):
            _gather(item, items, found)
    if isinstance(node, Map):
        keys, values = branch.below.get(KEY), branch.below.get(VALUE)
        for key, value in node.entries:
            if keys is not None:
                _gather(key, keys, found)
            if values is not None:
                _gather(value, values, found)
            named = branch.below.get(key.text)
            if named is not None and key.text not in {ITEM, VALUE, KEY}:
                _gather(value, named, found)


def _paths_of_shape(shape: type[Shape], above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, info in fields_of(shape).items():
        for mark in info.metadata:
            if isinstance(mark, WithJsonSchema) and (kind := _id_kind(mark)):
                yield kind, (*above, key)
        yield from _paths_of_type(info.annotation, (*above, key))


def _paths_of_type(annotation: Any, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        for mark in arguments[1:]:
            if isinstance(mark, WithJsonSchema) and (kind := _id_kind(mark)):
                yield kind, above
        yield from _paths_of_type(arguments[0], above)
    elif origin is tuple:
        yield from _paths_of_type(arguments[0], (*above, ITEM))
    elif origin is dict:
        yield from _paths_of_type(arguments[0], (*above, KEY))
        yield from _paths_of_type(arguments[1], (*above, VALUE))
    elif origin is not None:
        for option in arguments:
            yield from _paths_of_type(option, above)
    elif isinstance(annotation, type) and issubclass(annotation, Shape):
        yield from _paths_of_shape(annotation, above)


def _id_kind(mark: WithJsonSchema) -> str:
    schema = mark.json_schema or {}
    return str(schema.get("x-ids", ""))
