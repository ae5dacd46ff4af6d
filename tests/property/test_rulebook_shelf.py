"""A rule set loaded again after edits is the one that a fresh process would load, and so is the report on it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import Problem, RuleError
from bot.rulebook.load import Shelf, check
from bot.types.rules import Rulebook
from tests.fakes.rule_files import FILES, PLUGINS, write_rules

TODAY = date(2026, 11, 21)
PATHS = st.sampled_from(sorted(FILES))
WORDS = st.sampled_from(["ferry", "rare earth", "a|b .. c", "=X", "x y", "livestock", "export ban", "*", "(", "輸出"])
LISTS = ("sure:\n  en: [", "maybe:\n  en: [", "near: {en: [", "aliases: [")
# What breaks a file in reading, in shape, in meaning, or leaves it as it was but for the places.
SLIPS = st.sampled_from(
    [
        ("status: live", "status: draft"),
        ("status: live", "status: alive"),
        ("weight: high", "weight: critical"),
        ("id: ", "id: x-"),
        ("id: rare-earths", "id: export-ban"),
        ("slot: goods", "slot: measure"),
        ("title: ", "titel: "),
        ("title: ", "\ttitle: "),
        ("title: ", "title: *"),
        ("title: ", "title: &x "),
        ("rare-earths", "rare-earth"),
        ("parent: rare-earths", "parent: magnets"),
        ("](", "]( "),
        ("kind: ", "# note\nkind: "),
        ("kind: concept", "kind: konzept"),
        ("]", "] # note"),
        ("every: 20m", "every: 5s"),
        ("send: desk", "send: nobody"),
        ("until: 2099", "until: 2020"),
        ("points: 6", "points: 7"),
        ("actor_known: 5", "actor_known: 9"),
    ]
)
LOCAL = st.sampled_from(
    [
        "changes: rare-earths\nadd:\n  sure.en: [ferry]\n",
        "changes: rare-earths\nadd:\n  sure.en: [*x, ferry]\n",
        "changes: rare-earths\nadd:\n  sure.en: [ferry, '']\n",
        "changes: rare-earths\nadd:\n  sure.en: [ferry] # note\nset:\n  id: magnets\n",
        "changes: export-ban\nremove:\n  sure.en: [export ban]\nset:\n  weight: low\n",
        "changes: export-ban@2026-11-21\nset:\n  weight: loud\n",
        "changes: cn-mofcom\nset:\n  every: 40m\n",
        "changes: cn-mofcom\nset:\n  options.limit: many\n",
        "changes: scoring\nset:\n  actor_known: 7\n",
        "changes: wind\nset:\n  status: shadow\nadd:\n  names.en: [sea breeze, a .. ]\n",
        "changes: cn-limits\nset:\n  when.all: [{measure: gone}]\n",
        "changes: nothing\nset:\n  weight: low\n",
    ]
)


@dataclass(frozen=True)
class Edit:
    """One thing that happens to a folder."""

    what: str  # replace, write, delete or rename
    path: str
    old: str = ""  # what `replace` looks for
    new: str = ""  # what it puts there; the text of `write`; the new path of `rename`


@st.composite
def replacements(draw: st.DrawFn) -> Edit:
    head = draw(st.sampled_from(LISTS))
    old, new = draw(SLIPS | st.tuples(st.just(head), WORDS.map(lambda word: f"{head}{word}, ")))
    return Edit("replace", draw(PATHS), old, new)


@st.composite
def local_changes(draw: st.DrawFn) -> Edit:
    name, status = draw(st.sampled_from(["a", "b"])), draw(st.sampled_from(["live", "live", "draft"]))
    head = f"kind: change\nid: {name}\nstatus: {status}\nowner: desk\nwhy: as we see it\n"
    return Edit("write", f"local/{name}.yml", new=head + draw(LOCAL))


NEW_PATHS = st.sampled_from(["concepts/a.yml", "actors/z.yml", "x.yaml", "schema/x.yml"])
EDITS = st.one_of(
    replacements(),
    replacements(),
    local_changes(),
    local_changes(),
    PATHS.map(lambda path: Edit("write", path, new=FILES[path])),  # mended
    (PATHS | st.sampled_from(["local/a.yml", "local/b.yml"])).map(lambda path: Edit("delete", path)),
    st.tuples(PATHS, NEW_PATHS).map(lambda pair: Edit("rename", pair[0], new=pair[1])),
)


def _do(edit: Edit, folder: Path) -> None:
    file = folder / edit.path
    if edit.what == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(edit.new, encoding="utf-8")
    elif not file.exists():
        return
    elif edit.what == "replace":
        file.write_text(file.read_text(encoding="utf-8").replace(edit.old, edit.new, 1), encoding="utf-8")
    elif edit.what == "delete":
        file.unlink()
    else:
        (folder / edit.new).parent.mkdir(exist_ok=True)
        file.rename(folder / edit.new)


def _loaded(shelf: Shelf, folder: Path) -> Rulebook | tuple[Problem, ...]:
    try:
        return shelf.load(folder)
    except RuleError as error:
        return error.problems


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EDITS, min_size=1, max_size=8), st.booleans())
def test_a_shelf_that_saw_every_edit_says_what_a_fresh_one_says(steps: list[Edit], report_first: bool) -> None:
    shelf = Shelf(PLUGINS)
    with tempfile.TemporaryDirectory() as name:
        folder = write_rules(Path(name))
        for step in (Edit("delete", "nothing"), *steps):
            _do(step, folder)
            report = shelf.check(folder, today=TODAY) if report_first else None
            assert _loaded(shelf, folder) == _loaded(Shelf(PLUGINS), folder)
            if report is None:
                report = shelf.check(folder, today=TODAY)
            assert report == check(folder, PLUGINS, today=TODAY)


def test_an_unchanged_file_is_not_made_again(tmp_path: Path) -> None:
    shelf, folder = Shelf(PLUGINS), write_rules(tmp_path)
    before = {str(concept.id): concept for concept in shelf.load(folder).lexicon.concepts}
    _do(Edit("replace", "actors/gov-cn.yml", "[China, ", "[China, Peking, "), folder)
    after = {str(concept.id): concept for concept in shelf.load(folder).lexicon.concepts}
    assert {name for name in after if after[name] is not before[name]} >= {"gov-cn"}
    assert after["rare-earths"] is before["rare-earths"]
    assert after["export-ban"] is before["export-ban"]


def test_two_folders_may_stand_on_one_shelf(tmp_path: Path) -> None:
    shelf = Shelf(PLUGINS)
    first = write_rules(tmp_path / "first")
    second = write_rules(tmp_path / "second", {"actors/gov-no.yml": None})
    for folder in (first, second, first):
        assert _loaded(shelf, folder) == _loaded(Shelf(PLUGINS), folder)
