"""Mending, showing and making rule files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.errors import InputError
from bot.rulebook.fresh import KINDS_OF_NEW, new_change, new_file
from bot.rulebook.load import check, load
from bot.rulebook.mend import mend
from bot.rulebook.show import expansions, profile
from tests.fakes.rule_files import FILES, PLUGINS, write_rules

TODAY = date(2026, 11, 21)
BAN = "concepts/export-ban.yml"


def mended(folder: Path, text: str) -> tuple[str, list[tuple[int, str]]]:
    write_rules(folder, {BAN: text})
    notes = mend(folder, PLUGINS)
    assert {note.path for note in notes} <= {BAN}
    return (folder / BAN).read_bytes().decode(), [(note.line, note.what) for note in notes]


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("  en: [export ban,", "\ten: [export ban,", 12, "tab replaced by spaces"),
        ("weight: critical\n", "weight: critical  \n", 6, "blanks at the end of the line removed"),
        ("not_when:", "not_wehn:", 20, "key not_wehn corrected to not_when"),
        ("  near:", "  naer:", 22, "key naer corrected to near"),
    ],
)
def test_a_slip_with_one_remedy_is_mended(old: str, new: str, line: int, what: str, tmp_path: Path) -> None:
    text, notes = mended(tmp_path, FILES[BAN].replace(old, new, 1))
    assert text == FILES[BAN]
    assert notes == [(line, what)]
    assert [p for p in check(tmp_path, PLUGINS, today=TODAY) if p.severity == "error"] == []


def test_a_colon_in_a_text_is_put_in_quotes(tmp_path: Path) -> None:
    text, notes = mended(tmp_path, FILES[BAN].replace("title: Export ban", 'title: Export: a "ban"  # short'))
    assert 'title: "Export: a \\"ban\\""  # short' in text
    assert notes == [(3, "text with a colon put in quotes")]
    assert load(tmp_path, PLUGINS).lexicon.by_id()["export-ban"].title == 'Export: a "ban"'  # type: ignore[index]


def test_several_slips_of_one_file_are_mended_in_turn(tmp_path: Path) -> None:
    broken = FILES[BAN].replace("title: Export ban", "titel: Export: ban").replace("  near:", "\tnaer:")
    _, notes = mended(tmp_path, broken)
    assert len(notes) == 4
    assert [p for p in check(tmp_path, PLUGINS, today=TODAY) if p.severity == "error"] == []


def test_windows_line_ends_become_plain(tmp_path: Path) -> None:
    text, notes = mended(tmp_path, "\ufeff" + FILES[BAN].replace("\n", "\r\n"))
    assert text == FILES[BAN]
    assert notes == [(0, "Windows line ends or byte-order mark removed")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weight: critical", "wieght: high\nweight: critical"),  # the right key is there already
        ("slot: measure", "slot: mesure"),  # a value is the analyst's to choose
        ("title: Export ban", "quux: Export ban"),  # nothing is near
        ("maybe_needs: [rare-earths]", "maybe_needs: [rare-earth]"),
        ("title: Export ban", "title: Ausfuhrbeschr\udce4nkung"),
    ],
)
def test_what_a_person_must_decide_is_left_alone(old: str, new: str, tmp_path: Path) -> None:
    broken = FILES[BAN].replace(old, new, 1).encode("utf-8", "surrogateescape")
    write_rules(tmp_path, {BAN: broken})
    assert mend(tmp_path, PLUGINS) == ()
    assert (tmp_path / BAN).read_bytes() == broken


def test_blanks_of_a_block_text_belong_to_it(tmp_path: Path) -> None:
    text = FILES[BAN].replace("title: Export ban", "title: Export ban\nwhy: |\n  one  \n  two")
    assert mended(tmp_path, text)[1] == []


def test_a_clean_rule_set_is_not_touched(tmp_path: Path) -> None:
    folder = write_rules(tmp_path)
    before = {file: file.stat().st_mtime_ns for file in folder.rglob("*.yml")}
    assert mend(folder, PLUGINS) == ()
    assert {file: file.stat().st_mtime_ns for file in folder.rglob("*.yml")} == before


@pytest.mark.parametrize("kind", sorted(KINDS_OF_NEW))
def test_a_new_file_passes_the_checks_and_stays_a_draft(kind: str, tmp_path: Path) -> None:
    folder = write_rules(tmp_path)
    before, clean = load(folder, PLUGINS), check(folder, PLUGINS, today=TODAY)
    file = new_file(kind, "brand-new", folder, PLUGINS, today=TODAY)
    assert file == folder / f"{kind}s" / "brand-new.yml"
    assert check(folder, PLUGINS, today=TODAY) == clean
    after = load(folder, PLUGINS)
    assert after.lexicon == before.lexicon
    assert after.alerts == before.alerts
    assert [source.enabled for source in after.sources if source.id == "brand-new"] == [False] * (kind == "source")
    assert file.read_text().count("#") >= 4


@pytest.mark.parametrize("kind", ["concept", "sector", "alert"])
def test_a_new_file_passes_the_checks_when_it_goes_live(kind: str, tmp_path: Path) -> None:
    folder = write_rules(tmp_path)
    file = new_file(kind, "brand-new", folder, PLUGINS, today=TODAY)
    file.write_text(file.read_text().replace("status: draft", "status: shadow"))
    assert [p for p in check(folder, PLUGINS, today=TODAY) if p.severity == "error"] == []
    load(folder, PLUGINS)


@pytest.mark.parametrize(
    ("kind", "name", "says"),
    [
        ("concept", "rare-earths", "concepts/rare-earths.yml:2"),
        ("sector", "sport", "concepts/sport.yml:2"),
        ("alert", "cn-limits", "alerts/cn-limits.yml:2"),
        ("source", "no-daily", "sources/cn.yml:17"),
        ("concept", "Rare Earths", "no id"),
        ("concept", "a--b", "no id"),
        ("concept", "../x", "no id"),
        ("route", "x", "choose"),
    ],
)
def test_a_name_that_is_taken_or_no_id_is_refused(kind: str, name: str, says: str, tmp_path: Path) -> None:
    folder = write_rules(tmp_path)
    with pytest.raises(InputError, match=says):
        new_file(kind, name, folder, PLUGINS, today=TODAY)


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    folder = write_rules(
        tmp_path, {"concepts/taken.yml": FILES["concepts/sport.yml"].replace("id: sport", "id: other")}
    )
    with pytest.raises(InputError, match="there already"):
        new_file("concept", "taken", folder, PLUGINS, today=TODAY)


def test_an_alert_needs_something_to_be_about(tmp_path: Path) -> None:
    (tmp_path / "scoring.yml").write_text(FILES["scoring.yml"])
    with pytest.raises(InputError, match="no measure concept yet"):
        new_file("alert", "x", tmp_path, PLUGINS, today=TODAY)


def test_a_profile_says_who_builds_on_a_concept(tmp_path: Path) -> None:
    book = load(write_rules(tmp_path), PLUGINS)
    earths, magnets = profile(book, "rare-earths"), profile(book, "magnets")
    assert (earths.below, earths.alerts, earths.sectors, earths.needed_by) == (
        ("magnets",),
        ("cn-limits",),
        ("wind",),
        ("export-ban",),
    )
    assert (magnets.above, magnets.alerts, magnets.sectors) == (("rare-earths",), ("cn-limits",), ("wind",))


def test_an_unknown_concept_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r'did you mean "rare-earths"\?'):
        profile(load(write_rules(tmp_path), PLUGINS), "rare-earth")


def test_words_are_spelt_out_per_language(tmp_path: Path) -> None:
    concept = profile(load(write_rules(tmp_path), PLUGINS), "export-ban").concept
    found = {entry.term.text: entry.forms for entry in expansions(concept, "nl")}
    assert found == {
        "export|uitvoer + verbod|verboden": ("exportverbod", "exportverboden", "uitvoerverbod", "uitvoerverboden")
    }
    english = {entry.term.text: entry.forms for entry in expansions(concept, "en")}
    assert english["ban|halt .. export|shipment"] == (
        "ban … export",
        "ban … shipment",
        "halt … export",
        "halt … shipment",
    )
    assert [entry.term.text for entry in expansions(profile(load(tmp_path, PLUGINS), "sport").concept, "ja")] == [
        "=UEFA"
    ]


@pytest.mark.parametrize(
    ("target", "pin"),
    [("export-ban", "concept/export-ban@2026-11-21"), ("wind", "sector/wind"), ("scoring", "scoring/scoring@")],
)
def test_a_new_change_is_a_pinned_draft_that_passes_the_checks(target: str, pin: str, tmp_path: Path) -> None:
    folder = write_rules(tmp_path)
    before, clean = load(folder, PLUGINS), check(folder, PLUGINS, today=TODAY)
    file = new_change(target, folder, PLUGINS, today=TODAY)
    assert file == folder / "local" / f"{target}.yml"
    assert f"changes: {pin}" in file.read_text()
    assert check(folder, PLUGINS, today=TODAY) == clean
    assert load(folder, PLUGINS).hash == before.hash
    live = file.read_text().replace("status: draft", "status: live").replace("set: {} ", "set: {title: Ours} ")
    file.write_text(live)
    assert [p for p in check(folder, PLUGINS, today=TODAY) if p.severity == "error" and target != "scoring"] == []
    with pytest.raises(InputError, match="there already"):
        new_change(target, folder, PLUGINS, today=TODAY)


def test_a_change_of_nothing_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match='did you mean "export-ban"'):
        new_change("export-bam", write_rules(tmp_path), PLUGINS, today=TODAY)
