from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot.deliver._box import box, columns, wrapped
from bot.deliver.console import CHANNEL, ConsoleSender
from bot.types.delivery import Action, ChannelTarget, Delivery, Outcome
from bot.types.ids import DeliveryId
from tests.fakes.alerts import CHINA_JAPAN, delivery

STDOUT = ChannelTarget(name="me", kind="console", address="stdout", locale="nl")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def row(target: ChannelTarget = STDOUT, **changes: object) -> Delivery:
    return delivery(CHANNEL.render(CHINA_JAPAN, target), target, **changes)  # type: ignore[arg-type]


def test_a_box_holds_the_alert_and_its_delivery_id() -> None:
    out, err = io.StringIO(), io.StringIO()
    receipt = ConsoleSender({"stdout": out, "stderr": err}).send(row())
    assert (receipt.outcome, receipt.provider_id) == (Outcome.SENT, "d-0001")
    text = out.getvalue()
    for part in (
        "URGENT",
        "China verbiedt",
        "Bevestigd: MOFCOM No. 1/2026",
        "Halfgeleiders 86",
        "[d-0001]",
        "https://",
    ):
        assert part in text
    assert "\x1b" not in text
    assert err.getvalue() == ""


def test_an_edit_is_marked_as_one() -> None:
    out = io.StringIO()
    ConsoleSender({"stdout": out}).send(row(action=Action.UPDATE))
    assert "↻" in out.getvalue().splitlines()[1]


@pytest.mark.parametrize(("environ", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_only_where_they_are_wanted(environ: dict[str, str], coloured: bool) -> None:
    out = Terminal()
    ConsoleSender({"stdout": out}, width=80, environ=environ).send(row())
    assert ("\x1b[1;31m" in out.getvalue()) is coloured


@pytest.mark.parametrize("width", [20, 40, 79, 200])
def test_it_fits_narrow_terminals(width: int) -> None:
    out = Terminal()
    ConsoleSender({"stdout": out}, width=width, environ={"NO_COLOR": ""}).send(row(replace(STDOUT, locale="ja")))
    assert {columns(line) for line in out.getvalue().splitlines()} == {max(24, min(100, width))}


def test_an_old_encoding_costs_characters_but_no_alert() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    assert ConsoleSender({"stdout": out}).send(row()).outcome is Outcome.SENT
    assert b"China verbiedt" in raw.getvalue()


def test_a_closed_stream_means_not_sent() -> None:
    out = io.StringIO()
    out.close()
    assert ConsoleSender({"stdout": out}).send(row()).outcome is Outcome.NOT_SENT


def test_a_file_is_appended_to_and_can_be_asked(tmp_path: Path) -> None:
    target = replace(STDOUT, address=str(tmp_path / "alerts.txt"))
    CHANNEL.check(target)
    sender = ConsoleSender()
    before = sender.find(row(target))
    assert before is not None
    assert before.outcome is Outcome.NOT_SENT
    assert sender.send(row(target)).outcome is Outcome.SENT
    assert sender.send(row(target, id=DeliveryId("d-2"))).outcome is Outcome.SENT
    text = (tmp_path / "alerts.txt").read_text(encoding="utf-8")
    assert text.count("╭") == text.count("╰") == 2
    found, absent = sender.find(row(target)), sender.find(row(target, id=DeliveryId("d-3")))
    assert found is not None
    assert absent is not None
    assert (found.outcome, absent.outcome) == (Outcome.SENT, Outcome.NOT_SENT)


def test_a_terminal_cannot_be_asked() -> None:
    assert ConsoleSender().find(row()) is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_file_without_rights_means_not_sent(tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.write_text("")
    path.chmod(0o444)
    assert ConsoleSender().send(row(replace(STDOUT, address=str(path)))).outcome is Outcome.NOT_SENT


def test_a_folder_in_the_place_of_the_file_means_not_sent(tmp_path: Path) -> None:
    receipt = ConsoleSender().send(row(replace(STDOUT, address=str(tmp_path))))
    assert receipt.outcome is Outcome.NOT_SENT


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one  two", 4, ["one", "two"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("稀土出口管制", 5, ["稀土", "出口", "管制"]),
        ("on 稀土 exports", 7, ["on 稀土", "exports"]),
        ("aé\u0301b", 3, ["aé\u0301b"]),
        ("", 5, []),
        ("   ", 5, []),
    ],
)
def test_lines_break_where_readers_expect_it(text: str, width: int, lines: list[str]) -> None:
    assert list(wrapped(text, width)) == lines


def test_an_indent_hangs() -> None:
    assert box([("", "title"), ("", ""), ("• ", "a long reason that goes on")], width=24).splitlines() == [
        "╭──────────────────────╮",
        "│ title                │",
        "├──────────────────────┤",
        "│ • a long reason that │",
        "│   goes on            │",
        "╰──────────────────────╯",
    ]
