"""`monazite routes` says where an alert goes, why it does not go elsewhere, and what holds it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.commands import run_command_line
from tests.fakes.rule_files import FILES, write_rules

ROUTES, SOURCES = "routes.yml", "sources/cn.yml"
REAL: dict[str, str | bytes | None] = {
    SOURCES: FILES[SOURCES].replace("    options: {limit: 5}\n", ""),
    ROUTES: FILES[ROUTES].replace("send: now, quiet: ignore}", "send: now, escalate: {after: 30m, to: desk}}"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_rules(tmp_path, REAL)


def run(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> tuple[int, str]:
    code = run_command_line(["routes", *arguments, "--rules", str(folder)])
    caught = capsys.readouterr()
    return code, caught.out + caught.err


def trial(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> Any:
    code, out = run(capsys, folder, "test", *arguments, "--json")
    assert code == 0
    return json.loads(out)["trial"]


def test_the_list_names_everything_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, folder, "list")
    assert code == 0
    for words in (
        "band alert or louder",
        "after 30m to desk",
        "@oncall",
        "at most 6 first messages an hour",
        "22:00 to 07:00 Europe/Amsterdam",
        "goods rare-earths, source cn-mofcom, until 2099-12-05, by desk: repeats",
        "mon 07:30 Europe/Amsterdam, 2 readers",
        "Trouble of the watch itself goes to ops.",
    ):
        assert words in out, words


def test_an_imagined_alert_is_followed_to_its_channels(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, folder, "test", "--band", "urgent", "--sector", "wind", "--at", "2026-01-06 23:30")
    assert code == 0
    assert "takes it  urgent -> now" in out
    assert "now: slack #now in nl, at once" in out
    assert "calls @oncall" in out
    assert "unacknowledged, it goes after 30m to desk" in out
    assert "desk: slack #desk in en, held until 2026-01-07 06:00 UTC by quiet hours nights" in out
    assert "2 of 2 tests of routes.yml pass." in out


def test_a_route_that_does_not_match_names_the_key(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = trial(capsys, folder, "--band", "alert", "--at", "2026-01-06T12:00+01:00")
    assert {route["id"]: route["misses"] for route in found["routes"]} == {
        "catch-all": [], "desk": [], "urgent": ["band"], "weekly": [],
    }  # fmt: skip
    assert [channel["target"]["name"] for channel in found["channels"]] == ["desk"]
    assert found["channels"][0]["at"] == "2026-01-06T11:00:00+00:00"
    assert found["digests"] == ["digest-weekly"]


def test_a_silence_is_named_and_concepts_count_with_what_stands_above_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = trial(capsys, folder, "--band", "urgent", "--goods", "magnets", "--source", "cn-mofcom")
    assert found["silenced"] == "desk silenced it until 2099-12-05: repeats"
    assert found["channels"] == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--sector", "wnid"), 'did you mean "wind"?'),
        (("--goods", "export-ban"), "there is no goods 'export-ban'"),
        (("--band", "loud"), "archive, digest, alert, urgent"),
        (("--at", "midnight"), "write it like 2026-01-06 23:30"),
    ],
)
def test_what_names_nothing_is_3_and_says_what_is_meant(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    code, out = run(capsys, folder, "test", *arguments)
    assert code == 3
    assert says in out


def test_a_failing_test_of_the_file_is_1_with_its_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    routes = str(REAL[ROUTES]).replace("goes_to: [now, desk, digest", "goes_to: [now, digest")
    write_rules(folder, REAL | {ROUTES: routes})
    code, out = run(capsys, folder, "test")
    assert code == 1
    assert "routes.yml:24: failed urgent of wind also goes to desk" in out
    assert "1 of 2 tests of routes.yml pass." in out


def test_rules_that_do_not_load_are_2(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_rules(folder, REAL | {ROUTES: "kind: routes\n"})
    assert run(capsys, folder, "list")[0] == 2
    code, out = run(capsys, folder, "test", "--json")
    assert (code, json.loads(out)["ok"]) == (2, False)
