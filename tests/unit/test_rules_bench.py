"""`monazite rules bench` measures what it says on a small rule set; no figure of time is held to anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.commands import run_command_line
from bot.rulebook.load import load
from bot.tune.rules_bench import Figure, widest, with_word
from bot.tune.term_cost import term_costs
from bot.types.rules import Rulebook
from tests.fakes.rule_files import FILES, PLUGINS, write_rules


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    return load(write_rules(tmp_path), PLUGINS)


# With the options of the real plug-ins.
REAL = {"sources/cn.yml": FILES["sources/cn.yml"].replace("    options: {limit: 5}\n", "")}


@pytest.mark.slow
def test_the_command_gives_every_figure_with_its_goal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_rules(tmp_path, REAL)
    before = {path: path.read_bytes() for path in folder.rglob("*.yml")}
    arguments = ["rules", "bench", "--rules", str(folder), "--rounds", "1", "--stories", "4", "--terms", "3"]
    assert run_command_line([*arguments, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    figures = {figure["what"]: figure for figure in answer["figures"]}
    assert all(figure["value"] > 0 for figure in figures.values())
    judged = {what: (figure["goal"], figure["unit"]) for what, figure in figures.items() if figure["goal"]}
    assert judged.pop("compile all rule files") == (1.0, "s")
    assert judged.pop("load again after an edit of one file") == (0.3, "s")
    assert judged
    assert set(judged.values()) == {(50_000.0, "stories/s")}
    assert {figure["verdict"] for figure in figures.values() if figure["goal"]} <= {"met", "missed"}
    assert "compile the matcher, ja" in figures
    assert answer["gate"]["texts"] == 10  # two of each file that has tests
    assert answer["gate"]["opened"] >= answer["gate"]["in_vain"]
    assert len(answer["slowest"]) == 3
    assert {path: path.read_bytes() for path in folder.rglob("*.yml")} == before


@pytest.mark.slow
def test_people_read_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_rules(tmp_path, REAL)
    assert run_command_line(["rules", "bench", "--rules", str(folder), "--rounds", "1", "--stories", "2"]) == 0
    out = capsys.readouterr().out
    assert "goal < 1 s" in out
    assert "Slowest terms" in out
    assert "actors/gov-cn.yml:9" in out


def test_a_verdict_needs_a_goal() -> None:
    assert Figure(what="x", value=0.5, unit="s", goal=1.0).verdict == "met"
    assert Figure(what="x", value=1.5, unit="s", goal=1.0).verdict == "missed"
    assert Figure(what="x", value=9.0, unit="stories/s", goal=10.0).verdict == "missed"
    assert Figure(what="x", value=10.0, unit="stories/s", goal=10.0).verdict == "met"
    assert Figure(what="x", value=1.0, unit="s").verdict == ""


@pytest.mark.parametrize(
    "written", ["  en: [export ban, ban|halt .. export|shipment]", "  en:\n    - export ban\n    - stop"]
)
def test_one_word_is_added_to_the_file_with_most_words(tmp_path: Path, written: str) -> None:
    text = FILES["concepts/export-ban.yml"].replace("  en: [export ban, ban|halt .. export|shipment]", written)
    before = load(write_rules(tmp_path, {"concepts/export-ban.yml": text}), PLUGINS)
    concept = widest(before.lexicon)
    assert concept.id == "export-ban"
    after = load(write_rules(tmp_path, {"concepts/export-ban.yml": with_word(text, concept, 7)}), PLUGINS)
    (grown,) = (other for other in after.lexicon.concepts if other.id == concept.id)
    assert {term.text for term in grown.terms} - {term.text for term in concept.terms} == {"benchword7"}


def test_costs_tell_useless_candidates_from_mentions(book: Rulebook) -> None:
    texts = [("en", "China imposes an export ban."), ("en", "Export fell."), ("en", "An export ban on calves.")]
    gate, costs = term_costs(book.lexicon, texts)
    ban = next(cost for cost in costs if cost.term == "export ban")
    assert ban.mentions == 1
    assert ban.candidates >= 2
    assert ban.useless == ban.candidates - 1
    china = next(cost for cost in costs if cost.term == "China")
    assert (china.candidates, china.mentions, china.useless) == (1, 1, 0)
    assert (gate.texts, gate.opened, gate.in_vain) == (3, 2, 1)
    assert gate.useless <= gate.candidates
