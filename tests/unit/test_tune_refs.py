"""A rule set is found by folder, name, hash or git revision, and what names nothing is said in one sentence."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest

from bot.errors import InputError
from bot.rulebook.load import load
from bot.storage import Transaction
from bot.storage.rulesets import StoredRules
from bot.tune.refs import Refs
from bot.types.levels import Level
from bot.types.rules import Rulebook
from tests.fakes.clock import START
from tests.fakes.rule_files import FILES, PLUGINS, write_rules

BAN = "concepts/export-ban.yml"


class Kept:
    """Rule sets on record."""

    def __init__(self, sets: Mapping[str, Mapping[str, bytes]], current: str | None) -> None:
        self._sets, self._current = sets, current
        self.rulesets = self

    def in_force(self) -> str | None:
        return self._current

    def named(self, prefix: str) -> tuple[str, ...]:
        return tuple(name for name in self._sets if name.startswith(prefix))

    def get(self, name: str) -> StoredRules:
        moment: datetime = START
        return StoredRules(hash=name, first_at=moment, last_at=moment, files=self._sets[name])


def files(weight: str) -> dict[str, bytes]:
    return {path: text.replace("weight: critical", f"weight: {weight}").encode() for path, text in FILES.items()}


def refs(folder: Path, kept: Kept | None = None) -> Refs:
    @contextmanager
    def opened() -> Iterator[Transaction]:
        assert kept is not None, "no archive is needed for this"
        yield cast("Transaction", kept)

    return Refs(
        folder, lambda path: load(path, PLUGINS), shipped=write_rules(folder.parent / "shipped"), archive=opened
    )


def weight(rules: Rulebook) -> Level:
    return next(c.weight for c in rules.lexicon.concepts if c.id == "export-ban")


def test_folders_and_the_shipped_set_need_no_archive(tmp_path: Path) -> None:
    mine = write_rules(tmp_path / "mine", files("low"))
    assert weight(refs(mine).find(str(mine))) is Level.LOW
    assert weight(refs(mine).find("shipped")) is Level.CRITICAL


def test_the_set_in_force_and_any_other_on_record_by_the_letters_on_an_alert(tmp_path: Path) -> None:
    kept = Kept({"aa11bb22": files("low"), "cc33dd44": files("medium")}, "cc33dd44")
    found = refs(write_rules(tmp_path / "mine"), kept)
    assert weight(found.find("in-force")) is Level.MEDIUM
    assert weight(found.find("aa11bb")) is Level.LOW


@pytest.mark.parametrize(
    ("name", "current", "says"),
    [
        ("in-force", None, "no rule set was in force yet"),
        ("aa11bb", "aa11bb22", "several rule sets begin with aa11bb"),
        ("ffffff", "aa11bb22", "no rule set on record"),
        ("no-such-thing", "aa11bb22", "no revision of a git repository"),
        ("--output=x", "aa11bb22", "no revision of a git repository"),
    ],
)
def test_what_names_nothing_or_too_much_is_said(name: str, current: str | None, says: str, tmp_path: Path) -> None:
    kept = Kept({"aa11bb22": files("low"), "aa11bb33": files("low")}, current)
    with pytest.raises(InputError, match=says):
        refs(write_rules(tmp_path / "mine"), kept).find(name)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_revision_of_the_repository_that_holds_the_folder(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(tmp_path), *who, *arguments], check=True, capture_output=True)

    folder = write_rules(tmp_path / "desk" / "rules", files("low"))
    git("init", "-q", "-b", "main")
    git("add", "desk")
    git("commit", "-q", "-m", "first")
    write_rules(folder, files("high"))
    kept = Kept({}, None)
    assert weight(refs(folder, kept).find("main")) is Level.LOW
    assert weight(refs(folder, kept).find("HEAD~0")) is Level.LOW
    assert weight(refs(folder, kept).find(str(folder))) is Level.HIGH
