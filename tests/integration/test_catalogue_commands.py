"""`monazite sources test`, `add`, `import` and `export` as an analyst types them, against a server on this machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli.commands import run_command_line
from tests.fakes.layouts import TUNED
from tests.fakes.rule_files import FILES, write_rules
from tests.fakes.web import WebServer, ok, status

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str, str]]
SOURCES = "sources/cn.yml"
ROW = """\
kind: sources
sources:
  - {id: draft, kind: feed, url: "%s", publisher: D, jurisdiction: NL, authority: press, reliability: F, every: 1h,
     enabled: no, why: x}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small rule set with the options of the real kinds."""
    return write_rules(tmp_path / "rules", {SOURCES: FILES[SOURCES].replace("    options: {limit: 5}\n", "")})


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        server.on("/list", ok(TUNED[7].html, "text/html; charset=utf-8"))
        yield server


@pytest.fixture
def run(
    folder: Path, web: WebServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Run:
    monkeypatch.setenv("MONAZITE_RULES", str(folder))
    monkeypatch.setenv("MONAZITE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("MONAZITE_FETCH_ALLOW_HOSTS", web.netloc)
    monkeypatch.setenv("MONAZITE_FETCH_PER_HOST_SECONDS", "0")

    def command(*arguments: str) -> tuple[int, str, str]:
        code = run_command_line(["sources", *arguments])
        caught = capsys.readouterr()
        return code, caught.out, caught.err

    return command


def answer(run: Run, *arguments: str) -> tuple[int, Any]:
    code, out, _ = run(*arguments, "--json")
    return code, json.loads(out)


def test_a_page_is_added_tried_and_refused_the_second_time(run: Run, web: WebServer, folder: Path) -> None:
    code, out, _ = run("add", web.url("/list"), "--jurisdiction", "nl", "--id", "nl-new", "--yes")
    assert code == 0
    assert "div.views-row" in out
    file = folder / "sources" / "nl.yml"
    assert f"Wrote nl-new to {file}" in out.replace("\n", "")
    assert "enabled: no" in file.read_text()
    assert "languages: [nl]" in file.read_text()
    assert "min_items: 4" in file.read_text()

    code, trial = answer(run, "test", "nl-new")
    assert (code, trial["trouble"], len(trial["items"])) == (0, [], 8)
    code, out, _ = run("test", "nl-new", "--limit", "2")
    assert "2026-01-16 00:00 UTC  Vergunningplicht" in out
    assert "headline only" in out
    assert "6 not shown; the source is disabled" in out

    code, _, err = run("add", web.url("/list?utm_source=x"))
    assert (code, "sources/nl.yml:5" in err) == (2, True)


def test_nothing_is_written_unless_somebody_says_so(run: Run, web: WebServer, folder: Path) -> None:
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    for extra in ((), ("--dry-run", "--yes")):
        code, out, _ = run("add", web.url("/list"), *extra)
        assert (code, "Nothing was written" in out) == (0, True)
    code, report = answer(run, "add", web.url("/list"), "--publisher", "Own\udcff\x1b", "--authority", "trade")
    assert (code, report["written"], report["row"]["publisher"], report["row"]["authority"]) == (
        0,
        None,
        "Own",
        "trade",
    )
    assert report["proposals"][0]["items"][0]["date"].startswith("2026-01-16")
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_wishes_that_cannot_be_fulfilled_are_refused_before_anything_is_asked(run: Run, web: WebServer) -> None:
    for option, value, said in (
        ("--id", "No Id", "is no id"),
        ("--id", "no-daily", "another source"),
        ("--jurisdiction", "Holland", "no jurisdiction"),
        ("--authority", "boss", "choose official"),
        ("--languages", "nl,xx", "xx is not read"),
    ):
        code, _, err = run("add", web.url("/list"), option, value)
        assert (code, said in err) == (2, True), err
    assert web.requests == []


def test_what_cannot_be_fetched_is_1_and_said(run: Run, web: WebServer) -> None:
    web.on("/gone", status(410))
    code, out, _ = run("add", web.url("/gone"), "--yes")
    assert (code, "closed for good" in out) == (1, True)
    code, out, _ = run("add", "http://10.1.2.3/feed", "--yes")
    assert (code, "not on the public Internet" in " ".join(out.split())) == (1, True)


def test_rules_that_are_not_ours_are_not_written(
    run: Run, web: WebServer, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    installed = tmp_path / "prefix" / "share" / "monazite" / "rules"
    installed.parent.mkdir(parents=True)
    folder.rename(installed)
    monkeypatch.setattr("sys.prefix", str(tmp_path / "prefix"))
    code, _, err = run("add", web.url("/list"), "--yes", "--rules", str(installed))
    assert code == 2
    assert "monazite init" in err
    assert not (installed / "sources" / "int.yml").exists()


def test_a_row_in_a_file_of_its_own_and_a_saved_page_are_tried(run: Run, web: WebServer, tmp_path: Path) -> None:
    draft, saved = tmp_path / "draft.yml", tmp_path / "page.xml"
    draft.write_text(ROW % "https://example.org/feed")
    saved.write_text("<rss version='2.0'><channel><item><title>One</title></item></channel></rss>")
    code, trial = answer(run, "test", "draft", "--rules", str(draft), "--file", str(saved))
    assert (code, [item["document"]["title"] for item in trial["items"]]) == (0, ["One"])
    assert web.requests == []
    assert run("test", "draft", "--rules", str(draft), "--file", str(tmp_path / "none"))[0] == 2
    code, _, err = run("test", "darft", "--rules", str(draft))
    assert (code, 'did you mean "draft"' in err) == (3, True)


def test_a_list_comes_in_once_and_goes_out_again(run: Run, folder: Path, tmp_path: Path) -> None:
    given = tmp_path / "mine\n- x.txt"  # a name that must not become a line of the file
    given.write_text("https://a.example.nl/rss De krant\nhttps://example.org/feed.xml\nnonsense\n")
    code, out, _ = run("import", str(given), "--dry-run")
    assert (code, "1 new, 1 known, 1 refused" in out) == (0, True)
    assert not (folder / "sources" / "imported.yml").exists()
    code, report = answer(run, "import", str(given))
    assert "import mine - x.txt`" in (folder / "sources" / "imported.yml").read_text().splitlines()[1]
    assert (code, [row["id"] for row in report["rows"]]) == (0, ["nl-example"])
    assert report["known"][0]["why"].startswith("cn-mofcom (sources/cn.yml:")
    again = tmp_path / "again.opml"
    assert run("export", "--all", "-o", str(again))[0] == 0
    code, out, _ = run("import", str(again))
    assert (code, "nothing new" in out) == (0, True)
    code, out, _ = run("export", "--all", "--format", "csv")
    assert (code, out.splitlines()[0].startswith("id,kind,url"), "nl-example" in out) == (0, True, True)
    assert "nl-example" not in run("export", "--format", "json")[1]
    assert run("export", "--format", "xlsx")[0] == 3


def test_lists_that_are_none_are_refused(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body>no list</body></html>")
    code, _, err = run("import", str(page))
    assert (code, "no OPML" in err) == (2, True)
    code, _, err = run("import", str(page), "--to", "../outside.yml")
    assert (code, "is no rule file" in err) == (2, True)
