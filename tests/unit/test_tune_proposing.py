"""Learnt points become change files that load, give exactly these points, and change nothing before a person agrees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.app import load_rules, plugins
from bot.errors import InputError
from bot.rulebook.changing import DRAFT, LIVE, Proposed, flow
from bot.rulebook.findings import Findings
from bot.rulebook.load import Shelf, check
from bot.rulebook.nodes import plain
from bot.rulebook.strict import read_sheet
from bot.tune.trial import as_draft, as_live, write
from bot.tune.votes.learning import Lesson, learn, parameters
from bot.tune.votes.proposing import Maker, number_files, prove
from bot.types.rules import Rulebook
from tests.fakes import voted_desk

MAKER = Maker(owner="ann", today=date(2026, 11, 21))
FIT, BONUS = "local/fit-2026-11-21.yml", "local/fit-2026-11-21-cn-limits.yml"
EARLIER = "kind: change\nid: earlier\nchanges: scoring@3\nowner: us\nwhy: of old\n"


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    book = load_rules(voted_desk.folder(tmp_path_factory.mktemp("desk")))
    return learn(voted_desk.votes(voted_desk.tell(book, voted_desk.year())), book)


def proposed(lesson: Lesson, folder: Path) -> tuple[Proposed, ...]:
    return number_files(lesson, Shelf(plugins()).layers(folder), MAKER)


def numbers(book: Rulebook) -> dict[str, float]:
    return {each.name: each.value for each in parameters(book)} | {"half": float(book.scoring.half)}


def errors(folder: Path) -> list[str]:
    return [str(problem) for problem in check(folder, plugins()) if problem.severity == "error"]


def test_drafts_pass_the_checks_change_nothing_and_live_ones_give_exactly_these_points(
    lesson: Lesson, tmp_path: Path
) -> None:
    folder = voted_desk.folder(tmp_path)
    before = load_rules(folder)
    files = proposed(lesson, folder)
    assert [each.path for each in files] == [FIT, BONUS]
    prove(lesson, before, as_live(folder, files, load_rules))
    assert as_draft(folder, files, errors) == []
    written = write(folder, files)
    assert [file.relative_to(folder).as_posix() for file in written] == [FIT, BONUS]
    assert errors(folder) == []
    assert load_rules(folder).hash == before.hash
    for file in written:
        file.write_text(file.read_text().replace(DRAFT, LIVE))
    assert errors(folder) == []
    assert numbers(load_rules(folder)) == {**numbers(before), **lesson.changes}
    assert [p.code for p in check(folder, plugins()) if p.path.startswith("local/")] == []


def test_conditions_of_a_rule_are_kept_as_they_were_written(lesson: Lesson, tmp_path: Path) -> None:
    folder = voted_desk.folder(tmp_path)
    bonus = next(each for each in proposed(lesson, folder) if each.path == BONUS)
    assert 'if: {target: ["NO", NL]}, why: our suppliers}' in bonus.text
    assert "changes: cn-limits@2026-11-21\n" in bonus.text
    assert "was:\n  add:\n    - {points: 6, " in bonus.text


def test_a_file_is_never_overwritten_and_all_are_written_or_none(lesson: Lesson, tmp_path: Path) -> None:
    folder = voted_desk.folder(tmp_path)
    taken = folder / BONUS
    taken.parent.mkdir()
    taken.write_text("mine")
    with pytest.raises(InputError, match="there already"):
        write(folder, proposed(lesson, folder))
    assert [(file.name, file.read_text()) for file in taken.parent.iterdir()] == [(taken.name, "mine")]


def test_an_earlier_fit_is_taken_over_whole(lesson: Lesson, tmp_path: Path) -> None:
    folder = voted_desk.folder(
        tmp_path, {"local/earlier.yml": EARLIER + "set: {source.official: 9, source.wire: 5}\nwas: {source.wire: 4}\n"}
    )
    before = load_rules(folder)
    files = proposed(lesson, folder)
    assert files[0].replaces == ("local/earlier.yml",)
    assert "source.wire: 5" in files[0].text
    assert "delete that file" in files[0].text
    after = as_live(folder, files, load_rules)
    prove(lesson, before, after)
    assert after.scoring.source["wire"] == 5


def test_what_an_earlier_file_does_besides_is_a_persons_to_part(lesson: Lesson, tmp_path: Path) -> None:
    folder = voted_desk.folder(
        tmp_path,
        {"local/earlier.yml": EARLIER + "set: {source.official: 9}\nadd: {noise: {export-ban: -1}}\n"},
    )
    first, _ = number_files(lesson, Shelf(plugins()).layers(folder), MAKER)
    assert first.obstacle.startswith("local/earlier.yml sets source.official too")
    with pytest.raises(InputError, match="is not written"):
        write(folder, [first])


def test_numbers_that_come_out_otherwise_are_no_proof(lesson: Lesson, tmp_path: Path) -> None:
    before = load_rules(voted_desk.folder(tmp_path))
    with pytest.raises(InputError, match="has the last word"):
        prove(lesson, before, replace(before, scoring=replace(before.scoring, half=77)))


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]) | st.just("\n"),
    max_size=12,
)


@given(
    st.recursive(
        TEXTS,
        lambda below: (
            st.lists(below, max_size=3)
            | st.dictionaries(TEXTS.filter(lambda key: bool(key) and "\n" not in key), below, max_size=3)
        ),
        max_leaves=6,
    )
)
@example("0\xa0:")
def test_what_is_written_is_read_back(value: object) -> None:
    findings = Findings()
    root = read_sheet("x.yml", f"value: {flow(value)}\n".encode(), findings)
    assert findings.problems() == ()
    assert root is not None
    assert plain(root) == {"value": value}
