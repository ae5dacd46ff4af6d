"""What votes taught is readable on a narrow terminal."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.app import load_rules, plugins
from bot.cli import _learning_views as views
from bot.rulebook.load import Shelf
from bot.tune.votes.learning import learn
from bot.tune.votes.proposing import Maker, number_files
from tests.fakes import voted_desk

WIDTH = 60


@pytest.mark.parametrize("liked_blog", [False, True])
def test_a_fit_fits_sixty_columns(liked_blog: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = voted_desk.folder(tmp_path_factory.mktemp("rules"))
    rulebook = load_rules(folder)
    told = voted_desk.tell(rulebook, voted_desk.year(liked_blog=liked_blog))
    lesson = learn(voted_desk.votes(told), rulebook)
    files = number_files(lesson, Shelf(plugins()).layers(folder), Maker(owner="ann", today=date(2026, 11, 21)))
    console = Console(file=StringIO(), width=WIDTH, highlight=False)
    views.show_lesson(console, lesson, "365d")
    views.show_files(console, files, (), together=True)
    assert isinstance(console.file, StringIO)
    text = console.file.getvalue()
    assert max(cell_len(line) for line in text.splitlines()) <= WIDTH
    assert ("Refused" in text, "status: draft" in text) == (liked_blog, not liked_blog)
    assert "and 10 more" in text
