"""Find every place in a file where another thing is called by its id, as its shape says."""

from __future__ import annotations

import functools
import typing
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import WithJsonSchema

from bot.rulebook.fields import Shape
from bot.rulebook.nodes import Map, Node, Scalar, Seq
from bot.rulebook.validate import fields_of

ITEM, VALUE, KEY = "[]", "{}", "{key}"


@functools.cache
def reference_paths(shape: type[Shape]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(kind of id, path) for every reference that a shape can hold; steps are keys, ITEM, VALUE or KEY."""
    return tuple(_paths_of_shape(shape, ()))


def references(shape: type[Shape], root: Map) -> Iterator[tuple[str, Scalar]]:
    """(kind of id, text with its place) for every reference that a file holds."""
    for kind, path in reference_paths(shape):
        for found in _at(root, path):
            if isinstance(found, Scalar) and not found.empty:
                yield kind, found


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


def _at(node: Node, path: tuple[str, ...]) -> Iterator[Node]:
    if not path:
        yield node
        return
    step, rest = path[0], path[1:]
    if step == ITEM:
        # One value may stand where a list is expected.
        for item in node.items if isinstance(node, Seq) else (node,):
            yield from _at(item, rest)
    elif isinstance(node, Map):
        for key, value in node.entries:
            if step == KEY:
                yield from _at(key, rest)
            elif step in {VALUE, key.text}:
                yield from _at(value, rest)
