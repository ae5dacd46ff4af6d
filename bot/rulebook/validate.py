"""Hold a file's tree against the shape of its kind, and say every misfit as one plain sentence with its place."""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from bot.rulebook.fields import Shape
from bot.rulebook.findings import Findings, did_you_mean, listed
from bot.rulebook.nodes import Map, Node, Scalar, Seq, Step, follow, plain
from bot.types.place import Place

S = TypeVar("S", bound=Shape)

_TYPES = {
    "string_type": "a text",
    "dict_type": "a mapping (`key: value`)",
    "mapping_type": "a mapping (`key: value`)",
    "model_type": "a mapping (`key: value`)",
    "model_attributes_type": "a mapping (`key: value`)",
    "tuple_type": "a list",
    "list_type": "a list",
}


def validate(shape: type[S], root: Map, findings: Findings) -> S | None:
    """The file as an instance of its shape, or None when it does not fit; every misfit becomes a finding."""
    reported: set[Place] = set()
    result: S | None = None
    try:
        result = shape.model_validate(plain(root))
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=True):
            place = _report(shape, root, detail, findings)
            if place is not None:
                reported.add(place)
    for key in _without_value(root):
        if key.place not in reported and not findings.refused(key.place):
            result = None
            findings.error("no-value", f'"{key.text}" has no value; write one or delete the line', key.place)
    return result


def fields_of(shape: type[Shape]) -> dict[str, FieldInfo]:
    """Fields by the keys that people write."""
    return {info.alias or name: info for name, info in shape.model_fields.items()}


def inner(annotation: Any) -> tuple[str, Any]:
    """What a field's type is at heart: ("shape" | "list" | "mapping" | "value", shape or element type)."""
    origin = typing.get_origin(annotation)
    if origin is Annotated:
        return inner(typing.get_args(annotation)[0])
    if origin is tuple:
        return "list", typing.get_args(annotation)[0]
    if origin is dict:
        return "mapping", typing.get_args(annotation)[1]
    if origin is not None:  # X | None
        options = [option for option in typing.get_args(annotation) if option is not type(None)]
        return inner(options[0]) if len(options) == 1 else ("value", annotation)
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return "shape", annotation
    return "value", annotation


def _shape_at(shape: type[Shape], steps: Sequence[Step]) -> type[Shape] | None:
    """The shape that is expected at a place inside a file."""
    kind: str = "shape"
    here: Any = shape
    for step in steps:
        if kind == "list":
            kind, here = inner(here)
            if isinstance(step, int):
                continue
        if kind == "mapping":
            kind, here = inner(here)
        elif kind == "shape":
            info = fields_of(here).get(str(step))
            if info is None:
                return None
            kind, here = inner(info.annotation)
    if kind == "list":
        kind, here = inner(here)
    return here if kind == "shape" else None


def _report(shape: type[Shape], root: Map, detail: Mapping[str, Any], findings: Findings) -> Place | None:
    steps: tuple[Step, ...] = detail["loc"]
    kind, value = str(detail["type"]), detail.get("input")
    if kind == "extra_forbidden":
        return _unknown_key(shape, root, steps, findings)
    if kind == "missing":
        return _missing_key(shape, root, steps, findings)
    place = _place(root, steps)
    node = follow(root, steps)
    # A list of entries that are all wrong is not empty, whatever the validator counts.
    if findings.refused(place) or (kind == "too_short" and isinstance(node, Seq) and node.items):
        return place
    if value is None:
        name = next((step for step in reversed(steps) if isinstance(step, str)), "this")
        findings.error("no-value", f'"{name}" has no value; write one or delete the line', place)
    elif kind in {"enum", "literal_error"} and isinstance(value, str):
        options = re.findall(r"'([^']*)'", str(detail["ctx"]["expected"]))
        message = f'"{value}" is not allowed here; write {listed(options)}'
        findings.error("unknown-value", message, place, hint=did_you_mean(value, options))
    elif kind in _TYPES or kind in {"enum", "literal_error"}:
        expected = _TYPES.get(kind, "one word")
        findings.error("wrong-type", f"{expected} is expected here, not {_said(value)}", place)
    elif kind == "too_short":
        findings.error("empty-list", "at least one entry is needed here", place)
    elif kind == "too_long":
        findings.error("long-list", f"at most {detail['ctx']['max_length']} entries are allowed here", place)
    else:
        findings.error(kind.replace("_", "-"), str(detail["msg"]), place)
    return place


def _said(value: object) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    return f'the text "{value}"' if len(str(value)) < 40 else "a text"


def _place(root: Map, steps: Sequence[Step]) -> Place:
    if steps and steps[-1] == "[key]":
        above = follow(root, steps[:-2])
        key = above.key(str(steps[-2])) if isinstance(above, Map) else None
        return key.place if key is not None else above.place
    return follow(root, steps).place


def _unknown_key(shape: type[Shape], root: Map, steps: Sequence[Step], findings: Findings) -> Place:
    name = str(steps[-1])
    above = follow(root, steps[:-1])
    key = above.key(name) if isinstance(above, Map) else None
    place = key.place if key is not None else above.place
    expected = _shape_at(shape, steps[:-1])
    known = list(fields_of(expected)) if expected is not None else []
    value = above.get(name) if isinstance(above, Map) else None
    if isinstance(value, Scalar) and value.empty and len(steps) > 1:
        message = f'"{name}" is taken for a key of its own; inside {{ }} a comma parts entries'
        findings.error("unknown-key", message, place, hint="put a text that holds a comma in quotes")
        return place
    where = "this kind of file" if len(steps) == 1 else f'"{_owner(steps)}"'
    hint = _misplaced(shape, steps, name) or did_you_mean(name, known)
    message = f'"{name}" is not a key of {where}' + ("" if hint else f"; known are {', '.join(known)}")
    findings.error("unknown-key", message, place, hint=hint)
    return place


def _owner(steps: Sequence[Step]) -> str:
    return next((str(step) for step in reversed(steps[:-1]) if isinstance(step, str)), "the file")


def _misplaced(shape: type[Shape], steps: Sequence[Step], name: str) -> str:
    """A hint when the key would be right one level deeper or further out: a slip of indentation."""
    if len(steps) > 1 and name in fields_of(shape):
        return f'"{name}" belongs to the file itself: move it to the left margin'
    for owner, info in fields_of(shape).items():
        kind, below = inner(info.annotation)
        if kind == "shape" and name in fields_of(below):
            return f'"{name}" belongs under "{owner}": indent it by two spaces'
    return ""


def _missing_key(shape: type[Shape], root: Map, steps: Sequence[Step], findings: Findings) -> Place | None:
    name = str(steps[-1])
    above = follow(root, steps[:-1])
    if findings.refused(above.place):
        return None
    expected = _shape_at(shape, steps[:-1])
    info = fields_of(expected).get(name) if expected is not None else None
    meaning = (info.description or "").rstrip(".") if info is not None else ""
    where = "the file" if len(steps) == 1 else f'this entry of "{_owner(steps)}"'
    findings.error("missing-key", f'"{name}" is missing in {where}' + (f" ({meaning})" if meaning else ""), above.place)
    return None  # several keys may be missing at one place


def _without_value(node: Node) -> list[Scalar]:
    """Keys without value, and the places of empty list entries."""
    found: list[Scalar] = []
    if isinstance(node, Map):
        for key, value in node.entries:
            if isinstance(value, Scalar):
                if not value.text and value.empty:
                    found.append(key)
            else:
                found.extend(_without_value(value))
    elif isinstance(node, Seq):
        for item in node.items:
            if isinstance(item, Scalar):
                if not item.text and item.empty:
                    found.append(Scalar("-", item.path, item.line, item.column))
            else:
                found.extend(_without_value(item))
    return found
