"""Records to plain JSON data and back, by their annotations; one way for storage, pipes and webhooks."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def plain(value: Any) -> Any:
    """JSON data for a record: dataclasses become objects, tuples lists, enums their value, dates ISO, spans seconds."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
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


def revive(cls: type[T], data: Any) -> T:
    """The record that `plain` was made of.

    Unknown keys are ignored and absent keys take the field's default, so that rows written by an older version load.

    Raises:
        TypeError: A field without default is missing, or a value has the wrong shape.
    """
    return typing.cast("T", _revive(cls, data))


@functools.cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _revive(hint: Any, data: Any) -> Any:
    origin = typing.get_origin(hint)
    if hint is Any or hint is object:
        return data
    if isinstance(hint, typing.NewType):
        return data
    if origin in (typing.Union, types.UnionType):
        if data is None:
            return None
        options = [a for a in typing.get_args(hint) if a is not type(None)]
        return _revive(options[0], data)
    if origin is tuple:
        args = typing.get_args(hint)
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_revive(args[0], v) for v in data)
        return tuple(_revive(a, v) for a, v in zip(args, data, strict=True))
    if origin in (dict, Mapping) or (isinstance(origin, type) and issubclass(origin, Mapping)):
        key, val = typing.get_args(hint)
        return {_revive(key, k): _revive(val, v) for k, v in data.items()}
    if isinstance(origin, type) and issubclass(origin, Sequence):
        (arg,) = typing.get_args(hint)
        return tuple(_revive(arg, v) for v in data)
    if isinstance(hint, type):
        return _revive_class(hint, data)
    return data


def _revive_class(cls: type, data: Any) -> Any:
    if dataclasses.is_dataclass(cls):
        hints = _hints(cls)
        names = {f.name for f in dataclasses.fields(cls)}
        return cls(**{k: _revive(hints[k], v) for k, v in data.items() if k in names})
    if issubclass(cls, Enum):
        return cls(data)
    if issubclass(cls, datetime):
        return datetime.fromisoformat(data)
    if issubclass(cls, date):
        return date.fromisoformat(data)
    if issubclass(cls, time):
        return time.fromisoformat(data)
    if issubclass(cls, timedelta):
        return timedelta(seconds=data)
    if issubclass(cls, Path):
        return Path(data)
    return data
