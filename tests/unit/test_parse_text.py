"""Text has one normal form, and what is in it is what a reader sees."""

from __future__ import annotations

import pytest

from bot.parse.text import cut, fold, normalise, one_line, tidy


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("dual\u2011use", "dual-use"),
        ("dual\u2010use\u2012goods", "dual-use-goods"),
        ("US\u2013China", "US-China"),
        ("2025\u20132026", "2025\u20132026"),  # a span of years keeps its dash
        ("China \u2013 Japan", "China \u2013 Japan"),
        ("a\u2014b", "a\u2014b"),
        ("Aus\u00adfuhr\u00adkontrolle", "Ausfuhrkontrolle"),
        ("rare\u200b \u200dearths\ufeff", "rare earths"),
        ("safe \u202egnp.exe\u202c", "safe gnp.exe"),
        ("10\u00a0t, 5\u202f%, 3\u2007kg", "10 t, 5 %, 3 kg"),
        ("ＭＥＴＩ　第６１号", "METI　第61号"),
        ("「輸出」、（規制）。＆％", "「輸出」、（規制）。＆％"),  # CJK punctuation is no Latin
        ("ｶﾞﾘｳﾑ･ｹﾞﾙﾏﾆｳﾑ", "ガリウム・ゲルマニウム"),
        ("e\u0301conomie", "économie"),
        ("e\u200b\u0301conomie", "économie"),  # composed after the removal
        ("Ho\u0301a", "Hóa"),
        ("葛\U000e0100城", "葛城"),
        ("a\x00b\x07c\x85d", "abc\nd"),
        ("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"),
        ("x\ud800y", "xy"),
        ("tab\tand  two spaces", "tab\tand  two spaces"),
        ("İstanbul ß Ǆ", "İstanbul ß Ǆ"),  # nothing is folded
    ],
)
def test_normalise(written: str, normal: str) -> None:
    assert normalise(written) == normal


def test_plain_text_is_left_as_it_is() -> None:
    text = "The ministry bans exports; 出口管制。Запрет - 1 %.\n\nNext."
    assert normalise(text) == text


def test_tidy_keeps_paragraphs_and_lines() -> None:
    assert tidy("  a   b \n\n\n\n c\u3000d \n e\n\n") == "a b\n\nc d\ne"


def test_one_line() -> None:
    assert one_line(" Export\u00a0ban\r\n\t on  Ga\u00adllium ") == "Export ban on Gallium"


def test_fold_keeps_letters_and_digits_of_every_script() -> None:
    assert fold("Dual-Use: 第61号 (ЕС)!") == "dualuse第61号ес"


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [("short", 10, "short"), ("word " * 30, 100, ("word " * 19) + "word"), ("x" * 30, 10, "x" * 10)],
)
def test_cut_ends_at_a_word_when_one_is_near(text: str, limit: int, kept: str) -> None:
    assert cut(text, limit) == kept
    assert len(cut(text, limit)) <= limit
