"""The rule files that we ship load, pass their schemas, and say nothing twice."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from bot.app import plugins
from bot.rulebook.load import check, compiled, load
from bot.rulebook.quick import quick_tree
from bot.rulebook.schema import as_editors_see, outdated, schemas
from bot.rulebook.strict import thorough_sheet

RULES = Path(__file__).resolve().parents[2] / "rules"


def test_the_shipped_rules_load_without_an_error() -> None:
    errors = [str(problem) for problem in check(RULES, plugins()) if problem.severity == "error"]
    assert errors == []
    book = load(RULES, plugins())
    assert book.lexicon.concepts
    assert book.alerts
    assert book.sectors
    assert book.sources
    assert load(RULES, plugins()).hash == book.hash


def test_the_schemas_beside_them_are_current() -> None:
    stale = [file.name for file in outdated(RULES, plugins())]
    assert stale == [], "run `monazite rules schema`"


def test_every_shipped_file_passes_the_schema_that_editors_use() -> None:
    made = {kind: jsonschema.Draft7Validator(schema) for kind, schema in schemas(RULES, plugins()).items()}
    faults = [
        f"{path}: {error.json_path} {error.message[:120]}"
        for path, (kind, root) in compiled(RULES, plugins()).files.items()
        for error in made[kind].iter_errors(as_editors_see(root))
    ]
    assert faults == []


@pytest.mark.slow
def test_both_readers_agree_on_every_shipped_file() -> None:
    slow = []
    for file in sorted(RULES.rglob("*.yml")):
        text = file.read_text(encoding="utf-8")
        quick = quick_tree("x.yml", text, max_depth=20, max_nodes=50_000)
        if quick is None:
            slow.append(file.name)
            continue
        thorough = thorough_sheet("x.yml", text)
        assert thorough.flaws == (), file.name
        assert quick == thorough.root, file.name
    assert len(slow) <= 5, f"these take the slow way, and loading must stay fast: {slow}"
