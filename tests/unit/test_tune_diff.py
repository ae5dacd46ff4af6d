"""Two rule sets are compared by meaning: order, comments and places are nothing, every value that counts is a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.rulebook.load import load
from bot.tune.diff import changed_concepts, differences
from bot.types.rules import Rulebook
from tests.fakes.rule_files import FILES, PLUGINS, write_rules

CHANGES = [
    ("concepts/export-ban.yml", "weight: critical", "weight: high", "concept export-ban: weight critical -> high"),
    ("concepts/export-ban.yml", "export|uitvoer + verbod|verboden", "export + verbod", None),
    ("concepts/export-ban.yml", "inside: [export ban on calves]", "inside: [a ban]", None),
    ("scoring.yml", "actor_known: 5", "actor_known: 7", "scoring: actor_known 5 -> 7"),
    ("sectors/wind.yml", "level: critical", "level: low",
     "sector wind: exposed_to.rare-earths from CN.level critical -> low"),
    ("alerts/cn-limits.yml", "at_least: digest", "at_least: alert", "alert cn-limits: at_least digest -> alert"),
]  # fmt: skip


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return load(write_rules(tmp_path_factory.mktemp("before")), PLUGINS)


def edited(folder: Path, path: str, old: str, new: str) -> Rulebook:
    assert old in FILES[path]
    return load(write_rules(folder, {path: FILES[path].replace(old, new)}), PLUGINS)


@pytest.mark.parametrize(("path", "old", "new", "says"), CHANGES)
def test_a_change_of_meaning_is_one_line(
    path: str, old: str, new: str, says: str | None, before: Rulebook, tmp_path: Path
) -> None:
    after = edited(tmp_path, path, old, new)
    found = differences(before, after)
    assert len(found) == 1
    if says is not None:
        assert str(found[0]) == says
    back = differences(after, before)
    assert [(d.path, d.added, d.removed) for d in back] == [(d.path, d.removed, d.added) for d in found]


def test_words_are_told_apart_by_list_and_language(before: Rulebook, tmp_path: Path) -> None:
    after = edited(tmp_path, "concepts/export-ban.yml", "ja: [輸出禁止]", "ja: [禁輸, 輸出禁止]")
    assert [str(d) for d in differences(before, after)] == ["concept export-ban: sure.ja + 禁輸"]


def test_comments_and_order_are_no_difference(before: Rulebook, tmp_path: Path) -> None:
    after = edited(tmp_path, "concepts/export-ban.yml", "  de: [", "  # our desk\n  de: [")
    assert after.hash == before.hash
    assert differences(before, after) == ()


def test_what_is_new_or_gone_is_said_once(before: Rulebook, tmp_path: Path) -> None:
    after = edited(tmp_path, "alerts/cn-limits.yml", "status: live", "status: draft")
    assert [str(d) for d in differences(before, after)] == ["alert cn-limits: gone"]
    assert [str(d) for d in differences(after, before)] == ["alert cn-limits: new"]


@pytest.mark.parametrize(
    ("path", "old", "new", "read_again"),
    [
        ("concepts/export-ban.yml", "ja: [輸出禁止]", "ja: [禁輸, 輸出禁止]", True),
        ("concepts/export-ban.yml", "near: {en: [livestock]}", "near: {en: [cattle]}", True),
        ("concepts/export-ban.yml", "direction: tighten", "direction: none", True),
        ("concepts/export-ban.yml", "weight: critical", "weight: low", False),
        ("concepts/export-ban.yml", "title: Export ban", "title: Ban", False),
        ("scoring.yml", "actor_known: 5", "actor_known: 7", False),
    ],
)
def test_only_a_change_of_words_has_texts_read_again(
    path: str, old: str, new: str, read_again: bool, before: Rulebook, tmp_path: Path
) -> None:
    after = edited(tmp_path, path, old, new)
    assert [c.id for c in changed_concepts(before, after)] == (["export-ban", "export-ban"] if read_again else [])
