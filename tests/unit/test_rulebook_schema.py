"""Editors check with schemas made from the shapes that load the files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.rulebook.load import KINDS, compiled
from bot.rulebook.schema import as_editors_see, outdated, schemas, write_schemas
from bot.rulebook.strict import parse_sheet
from tests.fakes.rule_files import FILES, PLUGINS, write_rules


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return schemas(write_rules(tmp_path_factory.mktemp("rules")), PLUGINS)


def faults(schema: dict[str, Any], text: str) -> list[str]:
    root = parse_sheet("x.yml", text.encode()).root
    assert root is not None
    return [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(as_editors_see(root))]


def test_there_is_a_valid_draft_7_schema_for_every_kind(made: dict[str, dict[str, Any]]) -> None:
    assert set(made) == set(KINDS)
    for schema in made.values():
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
        jsonschema.Draft7Validator.check_schema(schema)


def test_every_file_that_loads_passes_its_schema(made: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    for kind, root in compiled(write_rules(tmp_path), PLUGINS).files.values():
        assert list(jsonschema.Draft7Validator(made[kind]).iter_errors(as_editors_see(root))) == []


@pytest.mark.parametrize(
    ("path", "kind", "old", "new"),
    [
        ("concepts/export-ban.yml", "concept", "weight: critical", "weight: huge"),
        ("concepts/export-ban.yml", "concept", "not_when:", "not_wehn:"),
        ("concepts/export-ban.yml", "concept", "maybe_needs: [rare-earths]", "maybe_needs: [rare-earth]"),
        ("concepts/export-ban.yml", "concept", "  zh-Hans:", "  zh:"),
        ("concepts/export-ban.yml", "concept", "title: Export ban\n", ""),
        ("sectors/wind.yml", "sector", "goods: rare-earths", "goods: export-ban"),
        ("sectors/wind.yml", "sector", "from: CN", "from: China"),
        ("alerts/cn-limits.yml", "alert", "{actor: CN}", "{acter: CN}"),
        ("alerts/cn-limits.yml", "alert", "says_rule: cn-limits", "says_rule: cn-limit"),
        ("routes.yml", "routes", "send: desk, quiet", "send: desks, quiet"),
        ("routes.yml", "routes", 'desk: {slack: "#desk"}', 'desk: {slak: "#desk"}'),
        ("routes.yml", "routes", "{band: alert+}", "{band: alarm+}"),
        ("scoring.yml", "scoring", "actor_known: 5", "actor_known: five"),
        ("scoring.yml", "scoring", "{sport: -25}", "{rare-earths: -25}"),
        ("sources/cn.yml", "sources", "every: 20m", "every: 20 minutes"),
        ("sources/cn.yml", "sources", "enabled: yes", "enabled: ja"),
    ],
)
def test_a_slip_is_seen_by_the_editor_too(
    made: dict[str, dict[str, Any]], path: str, kind: str, old: str, new: str
) -> None:
    assert old in FILES[path]
    assert faults(made[kind], FILES[path]) == []
    assert faults(made[kind], FILES[path].replace(old, new, 1)) != []


def test_fields_carry_their_meaning_for_hover(made: dict[str, dict[str, Any]]) -> None:
    assert "Words that count on their own" in made["concept"]["properties"]["sure"]["description"]
    assert made["concept"]["definitions"]["concept-id"]["enum"][:2] == ["export-ban", "gov-cn"]
    conditions = made["alert"]["definitions"]["WhenShape"]["properties"]["all"]["items"]["properties"]
    assert set(conditions) == set(PLUGINS.conditions)


def test_schemas_are_written_once_and_again_when_an_id_is_new(tmp_path: Path) -> None:
    folder = write_rules(tmp_path)
    assert len(outdated(folder, PLUGINS)) == len(KINDS)
    assert len(write_schemas(folder, PLUGINS)) == len(KINDS)
    assert outdated(folder, PLUGINS) == write_schemas(folder, PLUGINS) == ()
    new = FILES["concepts/magnets.yml"].replace("id: magnets", "id: motors")
    (folder / "concepts" / "motors.yml").write_text(new, encoding="utf-8")
    changed = {file.stem for file in write_schemas(folder, PLUGINS)}
    assert "concept" in changed
    assert "motors" in json.loads((folder / "schema" / "concept.json").read_text())["definitions"]["concept-id"]["enum"]


def test_a_folder_with_errors_still_gives_schemas_with_the_ids_it_has(tmp_path: Path) -> None:
    folder = write_rules(tmp_path, {"concepts/sport.yml": "kind: concept\n\tbroken"})
    assert "export-ban" in schemas(folder, PLUGINS)["concept"]["definitions"]["concept-id"]["enum"]
