"""Records to plain JSON data and back, by their annotations; one way for storage, pipes and webhooks."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
Reviver = Callable[[Any], Any]

_PLAIN = frozenset((str, int, float, bool, type(None)))


def plain(value: Any) -> Any:
    """JSON data for a record: dataclasses become objects, tuples lists, enums their value, dates ISO, spans seconds."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if kind in (tuple, list):
        return [plain(v) for v in value]
    if (names := _field_names(kind)) is not None:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {(k.value if isinstance(k, Enum) else str(k)): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(v) for v in value]
    return value


@functools.cache
def _field_names(cls: type) -> tuple[str, ...] | None:
    return tuple(f.name for f in dataclasses.fields(cls)) if dataclasses.is_dataclass(cls) else None


def revive(cls: type[T], data: Any) -> T:
    """The record that `plain` was made of.

    Unknown keys are ignored and absent keys take the field's default, so that rows written by an older version load.

    Raises:
        TypeError: A field without default is missing, or a value has the wrong shape.
    """
    hint: Any = cls
    return typing.cast("T", _reviver(hint)(data))


def _same(data: Any) -> Any:
    return data


@functools.cache
def _reviver(hint: Any) -> Reviver:
    """How to revive what a hint describes; worked out once per hint, since rows are many and hints few."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        inner = _reviver(next(arg for arg in args if arg is not type(None)))
        return lambda data: None if data is None else inner(data)
    if origin is tuple:
        return _tuple_reviver(args)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, value = _reviver(args[0]), _reviver(args[1])
        return lambda data: {key(k): value(v) for k, v in data.items()}
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return _tuple_reviver((args[0], Ellipsis))
    if isinstance(hint, type) and hint is not object:
        return _class_reviver(hint)
    return _same


def _tuple_reviver(args: tuple[Any, ...]) -> Reviver:
    if len(args) == 2 and args[1] is Ellipsis:
        item = _reviver(args[0])
        return tuple if item is _same else lambda data: tuple(map(item, data))
    items = tuple(_reviver(arg) for arg in args)
    return lambda data: tuple(item(v) for item, v in zip(items, data, strict=True))


def _class_reviver(cls: type) -> Reviver:
    if dataclasses.is_dataclass(cls):
        return _record_reviver(cls)
    if issubclass(cls, (Enum, Path)):
        return cls
    # A datetime is a date, so it is asked for first.
    for kind in (datetime, date, time):
        if issubclass(cls, kind):
            return kind.fromisoformat
    if issubclass(cls, timedelta):
        return lambda data: timedelta(seconds=data)
    return _same


def _record_reviver(cls: type) -> Reviver:
    fields: dict[str, Reviver] = {}

    def revived(data: Any) -> Any:
        if not fields:  # not before the first record, since a record may hold others of its own kind
            hints = typing.get_type_hints(cls)
            fields.update({f.name: _reviver(hints[f.name]) for f in dataclasses.fields(cls)})
        return cls(**{k: fields[k](v) for k, v in data.items() if k in fields})

    return revived
