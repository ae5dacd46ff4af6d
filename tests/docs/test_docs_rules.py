"""The page on the rule language tells the truth: every worked example loads among the shipped files."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path

import pytest

from bot.app import plugins
from bot.rulebook.load import KINDS, Shelf

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
EXAMPLES = [textwrap.dedent(block) for block in re.findall(r"(?:^    .*\n|^\n(?=    ))+", PAGE, re.MULTILINE)]
FILES = [block.strip() + "\n" for block in EXAMPLES if block.strip().startswith("kind: ")]

SHORT = {"missing-language", "untested"}  # examples are cut to what they show


def head(text: str, key: str) -> str:
    found = re.search(rf"^{key}: (\S+)", text, re.MULTILINE)
    return found[1] if found else ""


def home(folder: Path, text: str) -> Path:
    """Where an example goes: over the shipped file of its kind and id, when there is one."""
    kind, name = head(text, "kind"), head(text, "id")
    for file in folder.rglob("*.yml"):
        content = file.read_text(encoding="utf-8")
        if head(content, "kind") == kind and head(content, "id") == name and kind != "sources":
            return file
    return folder / "local" / f"{kind}-{name or 'example'}.yml"


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf(plugins())


def test_every_kind_of_file_has_an_example() -> None:
    shown = {head(text, "kind") for text in FILES}
    assert set(KINDS) - shown == {"scoring"}, "of scoring, a change is shown: the whole file is long"


@pytest.mark.parametrize("text", FILES, ids=lambda text: f"{head(text, 'kind')}-{head(text, 'id')}")
def test_a_worked_example_loads_among_the_shipped_files(text: str, shelf: Shelf, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", folder, ignore=shutil.ignore_patterns("schema"))
    file = home(folder, text)
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    path = file.relative_to(folder).as_posix()
    found = [p for p in shelf.check(folder) if p.severity == "error" or (p.path == path and p.code not in SHORT)]
    assert [str(p) for p in found] == []
