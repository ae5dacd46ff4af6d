"""`monazite ledger list` and `export`: every decision, filtered, in order, in a file that is whole or not there."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.cli._ledger_rows import COLUMNS, original, write_csv
from bot.cli.commands import run_command_line
from bot.pipeline import assess, deliver
from bot.storage import Database
from bot.storage.documents import NewDocument
from bot.storage.ledger import LedgerFilter
from bot.types.reading import Event
from tests.fakes import engine, rules
from tests.fakes.clock import START, FakeClock
from tests.fakes.rule_files import FILES, write_rules

SOURCES = "sources/cn.yml"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("DATABASE_URL", database.conninfo.reveal())
    monkeypatch.setenv("MONAZITE_DATA", str(tmp_path / "data"))

    def command(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()  # what was logged before
        code = run_command_line(["ledger", *arguments])
        caught = capsys.readouterr()
        return code, caught.out, caught.err

    return command


def tell(database: Database, *told: tuple[str, str, tuple[Event, ...]]) -> None:
    """Texts that were read and judged, an hour apart: (id, title, steps)."""
    bench = engine.bench(database, FakeClock())
    for name, title, events in told:
        document = rules.document(name, title, first_seen=bench.clock.now())
        with database.transaction() as tx:
            tx.documents.put([NewDocument(document=document)])
            tx.documents.save_readings([rules.reading(document, events)], at=bench.clock.now())
        assess(bench.rig)
        deliver(bench.rig, "desk")
        bench.clock.turn(3600)


@pytest.fixture
def three(database: Database) -> Database:
    tell(
        database,
        ("a", "=HYPERLINK(1)", (rules.event(),)),
        ("b", "Cats", ()),
        ("c", "The ban, again", (rules.event(),)),
    )
    return database


def table(text_: str, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text_, newline=""), delimiter=separator))


def test_an_export_holds_every_decision_with_what_became_of_it(run: Run, three: Database) -> None:
    code, out, _ = run("export", "--since", "2026-01-01")
    assert code == 0
    found = table(out)
    assert [(row["action"], row["reason"]) for row in found] == [
        ("send", "new-story"),
        ("drop", "below-digest"),
        ("joined", "cluster"),
        ("update", "more-sources"),
    ]
    first = found[0]
    assert original(first["headline"]) == "=HYPERLINK(1)"
    assert first["headline"] == "'=HYPERLINK(1)"
    assert (first["story"], first["alert"], first["band"]) == ("s-a", "a-a", "alert")
    assert float(first["score"]) > 0
    assert (first["deliveries"], first["channels"]) == ("desk send sent", "desk")
    assert first["sectors"] != ""
    assert (first["url"], first["ruleset"]) == ("https://news.example/a", "rulebook-by-hand")
    assert found[2]["document"] == "c"
    assert found[3]["deliveries"] == "desk update sent"
    assert run("export", "--since", "2026-01-01")[1] == out, "the same every time"


def test_filters_narrow_and_dates_end_with_their_day(run: Run, three: Database) -> None:
    def actions(*arguments: str) -> list[str]:
        return [json.loads(line)["action"] for line in run("export", "--format", "jsonl", *arguments)[1].splitlines()]

    every = ["send", "drop", "joined", "update"]
    assert actions("--since", "2026-01-06", "--until", "2026-01-06") == every
    assert actions("--since", "2026-01-05", "--until", "2026-01-05") == []
    assert actions("--since", "2026-01-07") == []
    since = ("--since", "2026-01-01")
    assert actions(*since, "--action", "send", "--action", "drop") == ["send", "drop"]
    assert actions(*since, "--reason", "more-sources") == ["update"]
    assert actions(*since, "--band", "archive") == ["drop"]
    assert actions(*since, "--source", "nowhere") == []
    (sector, *_) = json.loads(run("export", *since, "--format", "jsonl")[1].splitlines()[0])["sectors"]
    assert actions(*since, "--sector", sector) == ["send", "update"]
    assert actions(*since, "--sector", "no-such") == []


def test_a_list_is_read_in_a_terminal(run: Run, three: Database) -> None:
    code, out, _ = run("list", "--since", "2026-01-01", "--action", "drop")
    assert code == 0
    assert "below-digest" in out
    assert "Cats" in out
    assert "HYPERLINK" not in out
    newest = json.loads(run("list", "--since", "2026-01-01", "--json", "--limit", "1")[1])
    assert [line["action"] for line in newest] == ["update"]
    assert "--limit shows more" in run("list", "--since", "2026-01-01", "--limit", "1")[1]
    code, out, _ = run("list", "--since", "1d")
    assert code == 1
    assert "No line of the ledger" in out


def test_a_file_is_whole_or_as_it_was(run: Run, three: Database, tmp_path: Path) -> None:
    out = tmp_path / "ledger.csv"
    out.write_text("old", encoding="utf-8")
    code, said, err = run("export", "--since", "2026-01-01", "--out", str(out), "--excel", "--separator", "semicolon")
    assert (code, said) == (0, "")
    assert err.startswith("4 lines written to ")
    raw = out.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfid;at;")
    assert raw.count(b"\r\n") == 5
    assert len(table(raw.decode("utf-8-sig"), ";")) == 4
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["ledger.csv"]
    for bad in (tmp_path, tmp_path / "none" / "x.csv"):
        code, _, err = run("export", "--out", str(bad))
        assert code == 2
        assert str(bad) in err
    assert out.read_bytes() == raw


REFUSED = [
    (("--since", "soon"), "neither a span (90d, 12w) nor a day"),
    (("--since", "2026-02-30"), "--since"),
    (("--until", "later"), "--until"),
    (("--since", "2026-02-01", "--until", "2026-01-01"), "is before --since 2026-02-01"),
    (("--band", "loud"), "archive, digest, alert, urgent"),
    (("--format", "xls"), "use csv or jsonl"),
    (("--separator", ","), "comma, semicolon, tab"),
]


def test_what_cannot_be_read_is_refused_in_a_sentence(run: Run) -> None:
    for arguments, said in REFUSED:
        code, _, err = run("export", *arguments)
        assert code == 3, arguments
        assert said in " ".join(err.replace("│", " ").split())


def test_why_says_the_verdict_first_and_leaves_with_1_when_nothing_is_known(
    run: Run, three: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = FILES[SOURCES].replace("    options: {limit: 5}\n", "")  # the kinds of the program have no such option
    monkeypatch.setenv("MONAZITE_RULES", str(write_rules(tmp_path / "rules", {SOURCES: real})))
    capsys.readouterr()
    assert run_command_line(["why", "http://m.news.example/c?utm_source=x"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("It tells the same as “=HYPERLINK(1)”")
    assert "Sent to desk on 2026-01-06 09:00 UTC" in " ".join(" ".join(lines[:3]).split())
    assert max(map(len, lines)) <= 100
    assert run_command_line(["why", "--json", "s-b"]) == 0
    known = json.loads(capsys.readouterr().out)
    assert known["verdict"]["fate"] == "dropped"
    assert known["stories"][0]["story"]["id"] == "s-b"
    assert run_command_line(["why", "https://nowhere.example/x"]) == 1
    assert capsys.readouterr().out.startswith("No source has listed it: none is read from this site")


class Null(io.StringIO):
    """Takes everything and keeps nothing."""

    def write(self, text_: str) -> int:
        return len(text_)


def exported(database: Database) -> tuple[int, int]:
    """Lines, and the most memory in bytes that writing them took."""
    tracemalloc.start()
    with database.transaction() as tx:
        count = write_csv(tx.ledger.lines(LedgerFilter(since=datetime(2025, 1, 1, tzinfo=UTC))), Null())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return count, peak


MANY = text(
    "INSERT INTO decision (story_id, at, action, reason, why, band, dedupe_key, alert_id, record, url, about)"
    " SELECT story_id, at + n * interval '1 minute', action, reason, why, band, dedupe_key, alert_id, record, url,"
    " about FROM decision d, generate_series(1, :many) n WHERE d.action = 'send'"
)


@pytest.mark.soak
@pytest.mark.timeout(300)
def test_memory_does_not_grow_with_the_ledger(three: Database) -> None:
    with three.transaction() as tx:
        tx.connection.execute(MANY, {"many": 1_000})
    few, small = exported(three)
    with three.transaction() as tx:
        tx.connection.execute(MANY.bindparams(many=98))
    many, large = exported(three)
    assert few > 1_000
    assert many > 90_000
    assert large < small + (2 << 20), f"{few} lines: {small >> 10} KiB, {many} lines: {large >> 10} KiB"


def test_lines_come_in_order_of_time_and_then_of_writing(three: Database) -> None:
    with three.transaction() as tx:
        tx.connection.execute(text("UPDATE decision SET at = :at"), {"at": START})
        ids = [line.id for line in tx.ledger.lines(LedgerFilter(since=START, until=START + timedelta(seconds=1)))]
        newest = [line.id for line in tx.ledger.latest(LedgerFilter(since=START), limit=2)]
    assert ids == sorted(ids)
    assert newest == sorted(ids, reverse=True)[:2]
    assert len(COLUMNS) == 19


def test_who_stops_in_the_middle_leaves_nothing_open(three: Database) -> None:
    with three.transaction() as tx:
        lines = tx.ledger.lines(LedgerFilter(since=START))
        assert next(lines).action == "send"
        lines.close()
        assert tx.connection.scalar(text("SELECT count(*) FROM pg_cursors")) == 0
        assert len(list(tx.ledger.lines(LedgerFilter(since=START)))) == 4
