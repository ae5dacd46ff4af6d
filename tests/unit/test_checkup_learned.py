"""What doctor says of the learned reader: ready, switched off, without its encoder, or broken."""

from __future__ import annotations

from pathlib import Path

from bot.checkup import learned
from bot.types.settings import ReaderSettings


def test_the_shipped_reader_is_named_with_what_it_was_learned_from() -> None:
    finding = learned(ReaderSettings())
    assert "labelled texts" in finding.text


def test_words_alone_are_a_choice() -> None:
    assert learned(ReaderSettings(mode="words")).level == "ok"


def test_a_missing_encoder_is_a_problem_with_its_remedy(tmp_path: Path) -> None:
    finding = learned(ReaderSettings(encoder=str(tmp_path / "none")))
    assert finding.level == "problem"
    assert "pip install" in finding.text


def test_a_broken_model_folder_is_a_problem(tmp_path: Path) -> None:
    finding = learned(ReaderSettings(model=str(tmp_path)))
    assert finding.level == "problem"
    assert str(tmp_path) in finding.text
