"""The learned reader as files: what is written is read back the same, and broken folders are refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.errors import InputError
from bot.understand.learned import model as files
from bot.understand.learned.heads import best, head_from
from tests.fakes import learned


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reader")
    files.save(learned.model(), out)
    text = "".join(json.dumps({**line, "lang": "en"}) + "\n" for line in learned.lines())
    (out / files.EXAMPLES_FILE).write_text(text, encoding="utf-8")
    return out


def test_what_is_written_is_read_back(folder: Path) -> None:
    wrote, read = learned.model(), files.load(folder)
    assert read.about == wrote.about
    assert read.threshold == wrote.threshold
    for name, head in wrote.heads.items():
        assert read.heads[name].classes == head.classes
        assert read.heads[name].weights.ravel().tolist() == pytest.approx(head.weights.ravel().tolist(), abs=1e-4)
    text = learned.vector("alert"), {"measure:export-ban": 1.0}
    for slot, shares in wrote.votes.shares(text[1], wrote.centred(text[0])).items():
        assert read.votes.shares(text[1], read.centred(text[0]))[slot] == pytest.approx(shares, abs=0.01)
    assert [example.title for example in read.examples] == [line["title"] for line in learned.lines()]


def test_the_same_lines_give_the_same_files(folder: Path, tmp_path: Path) -> None:
    files.save(learned.model(), tmp_path)
    for name in (files.HEADS_FILE, files.NGRAMS_FILE, files.ROWS_FILE, files.BALLOTS_FILE):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_other_lines_give_another_version(folder: Path, tmp_path: Path) -> None:
    files.save(learned.model(learned.lines()[1:]), tmp_path)
    (tmp_path / files.EXAMPLES_FILE).write_bytes((folder / files.EXAMPLES_FILE).read_bytes())
    assert files.version(tmp_path) != files.version(folder)


def test_files_that_do_not_belong_together_are_refused(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    np.save(tmp_path / files.ROWS_FILE, np.zeros((1, learned.DIMENSIONS), dtype=np.int8))
    with pytest.raises(InputError, match="do not belong together"):
        files.load(tmp_path)


def test_ballots_of_other_examples_are_refused(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    np.save(tmp_path / files.BALLOTS_FILE, np.zeros((1, 2), dtype=np.float16))
    with pytest.raises(InputError, match=files.BALLOTS_FILE):
        files.load(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        files.load(tmp_path)


def test_nothing_pickled_is_loaded(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    np.save(tmp_path / files.ROWS_FILE, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(InputError, match="cannot be read"):
        files.load(tmp_path)


@pytest.mark.parametrize("spoilt", [{"classes": ["a", "b", "c"]}, {"weights": "x"}, {"bias": [1, 2]}, {"names": None}])
def test_a_head_that_does_not_fit_is_refused(spoilt: dict[str, object]) -> None:
    data = {"classes": ["no", "yes"], "names": ["x"], "weights": [[1.0]], "bias": [0.0], **spoilt}
    with pytest.raises(InputError):
        head_from(data)


def test_chances_sum_to_one_and_ties_go_by_name() -> None:
    head = head_from({"classes": ["a", "b", "c"], "names": ["x"], "weights": [[1], [2], [2]], "bias": [0, 0, 0]})
    chances = head.probabilities({"x": 3.0, "unknown": 9.0})
    assert sum(chances.values()) == pytest.approx(1.0)
    assert best(chances) == "b"


def test_the_nearest_examples_come_first() -> None:
    made = learned.model()
    like = made.like(learned.vector("irrelevant", 13), "irrelevant")
    assert [example.label for example, _ in like] == ["irrelevant"] * 3
    assert sorted((cosine for _, cosine in like), reverse=True) == [cosine for _, cosine in like]
