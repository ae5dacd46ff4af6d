"""Write JSON Schemas (draft 7) of all kinds of rule files from the shapes that load them, with the ids that exist.

Editors with a YAML language server complete and check with them, told by a first line such as
`# yaml-language-server: $schema=../schema/concept.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.rulebook.draft import Draft
from bot.rulebook.ids import OTHER_GOODS
from bot.rulebook.load import KINDS, compiled
from bot.rulebook.nodes import Map, Node, Scalar, Seq
from bot.rulebook.plugins import Plugins
from bot.types.ports import Condition

DRAFT = "http://json-schema.org/draft-07/schema#"
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_EXAMPLE = re.compile(r"\n\s*Examples?:.*", re.DOTALL)


def schemas(folder: Path, plugins: Plugins) -> dict[str, dict[str, Any]]:
    """Kind -> schema, with the ids of the rule set in `folder`; a folder with errors gives the ids it has."""
    draft = compiled(folder, plugins)
    return {kind: _schema(kind, draft, plugins) for kind in KINDS}


def written(schema: Mapping[str, Any]) -> str:
    """A schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def outdated(folder: Path, plugins: Plugins) -> tuple[Path, ...]:
    """Files of `folder`/schema that are missing or say something else than they should."""
    return tuple(_stale(folder, plugins))


def write_schemas(folder: Path, plugins: Plugins) -> tuple[Path, ...]:
    """Bring `folder`/schema up to date.

    Returns:
        The files that changed.
    """
    stale = _stale(folder, plugins)
    (folder / "schema").mkdir(exist_ok=True)
    for file, text in stale.items():
        file.write_text(text, encoding="utf-8")
    return tuple(sorted(stale))


def _stale(folder: Path, plugins: Plugins) -> dict[Path, str]:
    files = dict(_files(folder, plugins))
    return {file: text for file, text in files.items() if not file.exists() or _read(file) != text}


def _files(folder: Path, plugins: Plugins) -> tuple[tuple[Path, str], ...]:
    found = schemas(folder, plugins)
    return tuple((folder / "schema" / f"{kind}.json", written(schema)) for kind, schema in found.items())


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def as_editors_see(node: Node) -> object:
    """A tree as a YAML 1.2 editor types it (numbers, true, null), which is what schemas are held against there."""
    if isinstance(node, Seq):
        return [as_editors_see(item) for item in node.items]
    if isinstance(node, Map):
        return {key.text: as_editors_see(value) for key, value in node.entries}
    return node.text if node.style else _core_value(node)


def _core_value(scalar: Scalar) -> object:
    """YAML 1.2 core schema, as far as rule files can meet it."""
    words: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}
    if scalar.text in words:
        return words[scalar.text]
    if _NUMBER.fullmatch(scalar.text):
        number = float(scalar.text)
        return int(number) if re.fullmatch(r"[-+]?\d+", scalar.text) else number
    return scalar.text


def _schema(kind: str, draft: Draft, plugins: Plugins) -> dict[str, Any]:
    raw = KINDS[kind].model_json_schema(ref_template="#/definitions/{model}")
    called: set[str] = set()
    made = _tidied(raw, plugins, called)
    if not isinstance(made, dict):
        raise TypeError("a schema is a mapping")
    definitions = made.setdefault("definitions", {})
    for name in sorted(called):
        definitions[_definition(name)] = _names(name, draft)
    made["$schema"] = DRAFT
    made["title"] = f"Monazite rule file: {kind}"
    return made


def _definition(kind: str) -> str:
    return f"{kind}-id"


def _names(kind: str, draft: Draft) -> dict[str, Any]:
    """The ids that exist; an empty enum would refuse everything, and a rule set may have no sector yet."""
    names = sorted({*draft.ids.of(kind), *((OTHER_GOODS,) if kind == "concept" else ())})
    return {"type": "string", "enum": names} if names else {"type": "string"}


def _tidied(value: Any, plugins: Plugins, called: set[str]) -> Any:
    """Draft 7 without what only Python needs, and our own marks turned into references."""
    if isinstance(value, list):
        return [_tidied(item, plugins, called) for item in value]
    if not isinstance(value, dict):
        return value
    if "x-conditions" in value:
        return _conditions(plugins.conditions)
    if "x-channel" in value:
        return _channel(sorted(plugins.channels))
    # "title" repeats the key and "default" is for Python; keys of these names would hold mappings.
    made = {key: _tidied(inner, plugins, called) for key, inner in value.items() if key not in _NOISE or _is_map(inner)}
    if "$defs" in made:
        made["definitions"] = made.pop("$defs")
    if "x-ids" in made:
        called.add(made["x-ids"])
        made = {"$ref": f"#/definitions/{_definition(made['x-ids'])}"} | _kept(made, "description")
    if "anyOf" in made:
        made = _without_null(made)
    if isinstance(made.get("$ref"), str) and len(made) > 1:
        # Draft 7 ignores what stands beside $ref.
        made["allOf"] = [{"$ref": made.pop("$ref")}]
    return made


_NOISE = ("title", "default")


def _is_map(value: object) -> bool:
    return isinstance(value, dict) and bool(value)


def _kept(value: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value[key] for key in keys if key in value}


def _without_null(value: dict[str, Any]) -> dict[str, Any]:
    """A key without value is an error, so what may be left out need not be null."""
    options = [option for option in value["anyOf"] if option != {"type": "null"}]
    rest = {key: inner for key, inner in value.items() if key != "anyOf"}
    return (options[0] | rest) if len(options) == 1 else rest | {"anyOf": options}


def _conditions(conditions: Mapping[str, Condition]) -> dict[str, Any]:
    properties = {name: {"description": _meaning(condition)} for name, condition in sorted(conditions.items())}
    return {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1}


def _meaning(condition: Condition) -> str:
    text = _EXAMPLE.sub("", type(condition).__doc__ or "").strip()
    return " ".join(text.split())


def _channel(kinds: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {kind: {"type": "string"} for kind in kinds} | {"locale": {"type": "string"}},
        "oneOf": [{"required": [kind]} for kind in kinds],
        "additionalProperties": {"type": ["string", "number", "boolean"]},
    }
