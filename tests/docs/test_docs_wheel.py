"""The wheel carries everything that the program needs: templates, migrations, recordings and rule files."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("bot", "rules", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Files of a wheel that is built from a copy, since building litters its tree."""
    tree, out = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("wheel")
    for name in KEPT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tree / name)
    code = f"from setuptools import build_meta; build_meta.build_wheel({str(out)!r})"
    done = subprocess.run([sys.executable, "-c", code], cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    (wheel,) = out.glob("monazite-*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.slow
def test_no_file_of_the_package_is_left_behind(names: set[str]) -> None:
    there = {p.relative_to(ROOT).as_posix() for p in (ROOT / "bot").rglob("*") if p.is_file() and p.suffix != ".pyc"}
    assert there - names == set()


@pytest.mark.slow
def test_no_rule_file_is_left_behind(names: set[str]) -> None:
    carried = {name.partition("/share/monazite/")[2] for name in names if "/share/monazite/" in name}
    there = {p.relative_to(ROOT).as_posix() for p in (ROOT / "rules").rglob("*") if p.is_file()}
    assert there - carried == set()
    assert not any(name.startswith("tests") for name in names)
