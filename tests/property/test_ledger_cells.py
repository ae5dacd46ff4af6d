"""Whatever a feed holds, a cell of the export gives it back and is never computed by a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from bot.cli._ledger_rows import COLUMNS, original, safe, show_ledger, write_csv, write_jsonl
from bot.storage.ledger import LedgerLine
from tests.fakes.clock import START

LINE = LedgerLine(
    id=1, at=START, story="s-a", alert="a-a", document="", action="send", reason="new-story", why="New.", band="alert",
    score=-1.5, sectors=("wind", "chips"), rules=(), channels=("desk",), ruleset="r1", headline="H", publisher="P",
    source="src", url="https://a.example/", deliveries=("desk send sent", "now send pending"),
)  # fmt: skip
LEADS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "\u2212"]
BEFORE = ["", " ", "\u00a0", "\u3000", "'", '"', "''", "\" '", "“", "«", "\u200b", "\ufeff", "\u202e", "\x00", "\x1b"]
feeds = st.text() | st.builds(
    "{}{}{}".format,
    st.sampled_from(BEFORE),
    st.sampled_from([*LEADS, ""]),
    st.text(alphabet="ab=,;\"'\r\n\t|!", max_size=9),
)


def computes(cell: str) -> bool:
    """What a spreadsheet may take for a formula, said in other words than the program does."""
    bare = cell.lstrip("".join(BEFORE) + " \t\r\n")
    wide = dict(zip("＝＋－＠﹦﹢﹣﹫\u2212", "=+-@=+-@-", strict=True))
    return wide.get(bare[:1], bare[:1]) in {"=", "+", "-", "@"} or cell[:1] in {"\t", "\r", "\n"}


def rows(text: str, separator: str = ",", *, excel: bool = False) -> list[list[str]]:
    out = io.StringIO(newline="")
    line = replace(LINE, headline=text, publisher=text, why=text, url=text, rules=(text, text))
    assert write_csv([line], out, separator=separator, excel=excel) == 1
    return list(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=separator))


@given(feeds, st.sampled_from([",", ";", "\t"]))
@example("=cmd|' /C calc'!A0", ",")
@example("\t=1+1", "\t")
@example("a\r\nb", ",")
@example('"', ";")
def test_a_cell_gives_the_text_back_and_computes_nothing(text: str, separator: str) -> None:
    head, row = rows(text, separator)
    assert tuple(head) == COLUMNS
    assert len(row) == len(COLUMNS)
    found = dict(zip(head, row, strict=True))
    for name in ("headline", "publisher", "why", "url"):
        cell = found[name]
        assert cell in (text, f"'{text}")
        assert original(cell) == text
        assert cell.startswith("'") or not computes(cell)


def test_every_way_to_begin_a_formula_is_led_by_an_apostrophe() -> None:
    ways = [f"{before}{lead}1+1" for before in BEFORE for lead in LEADS]
    assert [way for way in ways if safe(way) != f"'{way}"] == []


def test_plain_texts_and_numbers_stay_as_they_are() -> None:
    for text in ("China bans exports", "中国 = 出口", "'quoted'", "“quoted”", "", " ", "1-2", "…", "(+1)", "'"):
        assert safe(text) == text
    found = dict(zip(*rows("H"), strict=True))
    assert (found["score"], found["sectors"], found["channels"]) == ("-1.5", "wind chips", "desk")
    assert found["deliveries"] == "desk send sent; now send pending"
    assert found["at"] == "2026-01-06T09:00:00+00:00"


def test_excel_gets_its_mark_once() -> None:
    out = io.StringIO()
    write_csv([LINE, LINE], out, excel=True)
    assert out.getvalue().startswith("\ufeffid,")
    assert out.getvalue().count("\ufeff") == 1


@given(st.text())
def test_json_lines_hold_the_text_as_it_is(text: str) -> None:
    out = io.StringIO(newline="")
    assert write_jsonl([replace(LINE, headline=text), LINE], out) == 2
    first, second = (json.loads(line) for line in out.getvalue().split("\n")[:2])
    assert first["headline"] == text
    assert set(second) == set(COLUMNS)


@given(feeds, st.sampled_from([50, 80]))
def test_a_table_fits_the_terminal_and_steers_nothing(text: str, width: int) -> None:
    out = io.StringIO()
    line = replace(LINE, headline=text, why=text, publisher=text, reason="a-reason-that-is-rather-long")
    show_ledger(Console(file=out, width=width, force_terminal=False), [line])
    shown = out.getvalue()
    assert all(cell_len(row.rstrip()) <= width for row in shown.splitlines())
    assert all(sign.isprintable() or sign == "\n" for sign in shown)
    assert "send" in shown
    assert "s-a" in shown
