"""Rows are added to files of sources without touching what stands there, or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import InputError
from bot.rulebook.appending import SourceRow, append_rows, replace_file, with_rows
from bot.rulebook.load import Shelf, sources_in
from tests.fakes.rule_files import PLUGINS, write_rules

ROW = SourceRow(
    id="no-new",
    kind="feed",
    url="https://example.no/feed?a=1&b=2",
    publisher='The "new": one',
    jurisdiction="NO",
    authority="press",
    reliability="F",
    every="60m",
    enabled=False,
    why="to be checked: #1",
    languages=("en", "nl"),
    options={"limit": 5},
)
FILE = """\
# Sources of China.   A comment.
kind: sources   # what this is
sources:
  # first
  - id: cn-a
    kind: feed
    url: https://a.example.cn/rss
    publisher: "A"
    jurisdiction: CN
    languages: [zh-Hans]
    authority: press
    reliability: B
    every: 30m
    enabled: yes   # for now
    why: news
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_rules(tmp_path)


def read_back(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "x.yml"
    file.write_bytes(text.encode())
    return [f"{source.id} {source.jurisdiction} {source.publisher}" for source in sources_in(file, PLUGINS)]


def test_what_stands_there_stays_as_it_is(tmp_path: Path) -> None:
    text = with_rows("cn.yml", FILE, (ROW,))
    assert text.startswith(FILE)
    assert read_back(tmp_path, text) == ["cn-a CN A", 'no-new NO The "new": one']


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        (FILE.rstrip("\n"), FILE),
        (FILE + "\n\n", FILE),
        (FILE + "  # a last comment\n", FILE + "  # a last comment\n"),
        (FILE.replace("\n  - id", "\n- id").replace("\n    ", "\n  "), ""),
        ("\ufeff" + FILE, "\ufeff" + FILE),
    ],
    ids=["no line end", "blank lines", "comment at the end", "no indentation", "byte order mark"],
)
def test_files_of_all_habits_take_a_row(before: str, kept: str, tmp_path: Path) -> None:
    text = with_rows("cn.yml", before, (ROW,))
    assert text.startswith(kept)
    assert text.endswith("\n")
    assert len(read_back(tmp_path, text)) == 2


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    for before in (FILE.replace("\n", "\r\n"), FILE.replace("\n", "\r\n").rstrip()):
        text = with_rows("cn.yml", before, (ROW,))
        assert text.count("\n") == text.count("\r\n")
        assert len(read_back(tmp_path, text)) == 2


def test_a_key_behind_the_list_stays_behind_it(tmp_path: Path) -> None:
    text = with_rows("cn.yml", FILE + "\nowner: desk\n", (ROW,))
    assert text.endswith("owner: desk\n")
    assert len(read_back(tmp_path, text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "kind: concept\nid: x\n",
        "kind: sources\nsources: [{id: a}]\n",
        "kind: sources\nsources: []\n",
        "kind: sources\n",
        "- a\n",
        "kind: [\n",
        "",
    ],
)
def test_other_files_are_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"cn\.yml"):
        with_rows("cn.yml", text, (ROW,))


def test_rows_come_into_force_with_the_rule_set(folder: Path) -> None:
    shelf = Shelf(PLUGINS)
    shelf.load(folder)
    append_rows(shelf, folder, folder / "sources" / "no.yml", (ROW,), title="Sources of NO.")
    assert "no-new" in {source.id for source in shelf.load(folder).sources}
    assert (folder / "sources" / "no.yml").read_text().splitlines()[1] == "# Sources of NO."


def test_rows_that_break_the_rule_set_are_taken_back(folder: Path) -> None:
    shelf = Shelf(PLUGINS)
    taken = shelf.load(folder).sources[0].id
    before = {file: file.read_bytes() for file in folder.rglob("*.yml")}
    for file in (folder / "sources" / "cn.yml", folder / "sources" / "new.yml"):
        with pytest.raises(InputError, match="taken back"):
            append_rows(shelf, folder, file, (replace(ROW, id=taken),), title="x")
    assert {file: file.read_bytes() for file in folder.rglob("*.yml")} == before


def test_a_file_is_replaced_at_once_and_keeps_its_rights(tmp_path: Path) -> None:
    real, link = tmp_path / "real.yml", tmp_path / "link.yml"
    real.write_text("a")
    real.chmod(0o640)
    link.symlink_to(real)
    replace_file(link, b"b")
    assert (real.read_text(), real.stat().st_mode & 0o777, link.is_symlink()) == ("b", 0o640, True)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["link.yml", "real.yml"]
