"""Changed rule files come into force without a restart; broken ones never do, and operators are told of both."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.pipeline import Current, RuleWatch, load_whole, put_into_force
from bot.rulebook.load import load
from bot.storage import Database
from bot.types.levels import Level
from bot.types.rules import Rulebook
from tests.fakes import engine
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench
from tests.fakes.rule_files import FILES, PLUGINS, write_rules

CONCEPT, SOURCES = "concepts/export-ban.yml", "sources/cn.yml"


def loading(folder: Path) -> Rulebook:
    """The files of a folder, with the channels of the bench."""
    return replace(load(folder, PLUGINS), routing=engine.routing())


@dataclass
class Scene:
    """A running bot's watch over a folder of rule files."""

    bench: Bench
    folder: Path
    current: Current
    watch: RuleWatch
    renewed: list[str] = field(default_factory=list)

    @property
    def rules(self) -> Rulebook:
        return self.current.rig.rulebook

    def save(self, path: str, old: str, new: str) -> None:
        text = FILES[path].replace(old, new)
        assert text != FILES[path] or old == new
        file = self.folder / path
        file.write_text(text, encoding="utf-8")
        state = file.stat()
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns + 1_000_000))  # also on clocks that tick slowly

    def settle(self) -> bool:
        """Two looks, since files must look the same twice."""
        return self.watch.look() or self.watch.look()

    def notices(self) -> list[tuple[str, tuple[str, ...]]]:
        with self.bench.rig.database.transaction() as tx:
            return [(notice.key.partition(":")[0], notice.lines) for notice in tx.notices.standing()]


@pytest.fixture
def scene(database: Database, clock: FakeClock, tmp_path: Path) -> Scene:
    folder = write_rules(tmp_path)
    loaded = load_whole(folder, loading)
    bench = engine.bench(database, clock, loaded.rulebook)
    rig = replace(bench.rig, settings=replace(bench.rig.settings, rules=folder))
    put_into_force(rig, loaded.files)
    current, renewed = Current(rig), list[str]()
    watch = RuleWatch(current, loaded.files, loading, lambda rules: renewed.append(rules.lexicon.hash))
    return Scene(bench, folder, current, watch, renewed)


def weight(rules: Rulebook) -> Level:
    return next(c.weight for c in rules.lexicon.concepts if c.id == "export-ban")


def test_nothing_happens_while_nothing_changes(scene: Scene) -> None:
    before = scene.rules
    assert not scene.settle()
    assert scene.rules is before
    assert scene.notices() == []


def test_an_edit_comes_into_force_once_it_has_settled(scene: Scene) -> None:
    scene.save(CONCEPT, "weight: critical", "weight: low")
    assert not scene.watch.look(), "an editor may still be at it"
    assert scene.watch.look()
    assert weight(scene.rules) is Level.LOW
    assert not scene.settle()
    assert scene.notices() == [("rules-changed", ("concept export-ban: weight critical -> low",))]
    assert scene.renewed == [], "a weight is nothing that readers know"
    with scene.bench.rig.database.transaction() as tx:
        assert tx.rulesets.in_force() == scene.rules.hash
        kept = tx.rulesets.get(scene.rules.hash)
    assert kept is not None
    assert kept.files[CONCEPT] == (scene.folder / CONCEPT).read_bytes()


def test_new_words_reach_the_readers(scene: Scene) -> None:
    scene.save(CONCEPT, "ja: [輸出禁止]", "ja: [禁輸, 輸出禁止]")
    assert scene.settle()
    assert scene.renewed == [scene.rules.lexicon.hash]


def test_a_broken_file_leaves_the_last_good_set_in_force_and_is_told_once(scene: Scene) -> None:
    before = scene.rules
    scene.save(CONCEPT, "weight: critical", "wieght: critical")
    assert not scene.settle()
    scene.save(CONCEPT, "weight: critical", "weight: hgih")
    assert not scene.settle()
    assert scene.rules is before
    ((key, lines),) = scene.notices()
    assert key == "rules"
    assert lines[0].startswith(f"{CONCEPT}:6:1: ")
    assert before.hash[:12] in lines[-1]
    scene.save(CONCEPT, "weight: critical", "weight: high")
    assert scene.settle()
    assert weight(scene.rules) is Level.HIGH
    assert scene.notices() == [], "the trouble is over"


def test_a_comment_changes_places_but_tells_nobody(scene: Scene) -> None:
    scene.save(CONCEPT, "kind: concept", "# ours\nkind: concept")
    assert scene.settle()
    assert scene.notices() == []
    concept = next(c for c in scene.rules.lexicon.concepts if c.id == "export-ban")
    assert concept.terms[0].place.line > 12


def test_a_source_that_is_new_is_watched_at_once(scene: Scene) -> None:
    with scene.bench.rig.database.transaction() as tx:
        before = set(tx.sources.states())
    for path in (SOURCES, "alerts/cn-limits.yml", "routes.yml"):
        scene.save(path, "cn-mofcom", "cn-new")
    assert scene.settle()
    with scene.bench.rig.database.transaction() as tx:
        after = set(tx.sources.states())
    assert "cn-mofcom" in before
    assert "cn-new" in after
    assert "cn-mofcom" not in after


def test_an_edit_between_loading_and_watching_is_not_missed(scene: Scene) -> None:
    scene.save(CONCEPT, "weight: critical", "weight: low")
    late = RuleWatch(scene.current, {}, loading, lambda _: None)
    assert late.look() or late.look()
    assert weight(scene.rules) is Level.LOW


def test_a_folder_that_vanishes_is_a_broken_set(scene: Scene) -> None:
    before = scene.rules
    scene.folder.rename(scene.folder.with_name("elsewhere"))
    assert not scene.settle()
    assert scene.rules is before
    assert [key for key, _ in scene.notices()] == ["rules"]


@pytest.mark.parametrize("error", [StorageError("the database is gone"), OSError("a file went away")])
def test_what_goes_wrong_for_a_moment_is_tried_again(error: Exception, scene: Scene) -> None:
    troubles = [error]

    def stumbling(folder: Path) -> Rulebook:
        if troubles:
            raise troubles.pop()
        return loading(folder)

    watch = RuleWatch(scene.current, load_whole(scene.folder, loading).files, stumbling, lambda _: None)
    before = scene.rules
    scene.save(CONCEPT, "weight: critical", "weight: low")
    assert not watch.look()
    assert not watch.look(), "it failed"
    assert scene.rules is before
    assert watch.look()
    assert weight(scene.rules) is Level.LOW


def test_a_bug_leaves_the_set_in_force_and_the_watch_alive(scene: Scene) -> None:
    def broken(folder: Path) -> Rulebook:
        raise RuntimeError("a bug")

    watch = RuleWatch(scene.current, load_whole(scene.folder, loading).files, broken, lambda _: None)
    before = scene.rules
    scene.save(CONCEPT, "weight: critical", "weight: low")
    assert [watch.look() for _ in range(3)] == [False, False, False]
    assert scene.rules is before


def test_several_processes_that_see_one_edit_tell_it_once(scene: Scene) -> None:
    other = Current(scene.current.rig)
    second = RuleWatch(other, load_whole(scene.folder, loading).files, loading, lambda _: None)
    scene.save(CONCEPT, "weight: critical", "weight: low")
    assert scene.settle()
    assert second.look() or second.look()
    assert other.rig.rulebook.hash == scene.rules.hash
    assert [key for key, _ in scene.notices()] == ["rules-changed"]
