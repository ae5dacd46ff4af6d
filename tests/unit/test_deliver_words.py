from __future__ import annotations

import string
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfoNotFoundError

import pytest

from bot import config
from bot.deliver import _labels
from bot.deliver._labels import LOCALES, labels, supported
from bot.types.digest import DateKind
from bot.types.levels import Authority, Band, Direction, Stage


@pytest.mark.parametrize("key", _labels.keys())
def test_every_label_exists_in_every_language_with_the_same_blanks(key: str) -> None:
    texts = _labels.row(key)
    assert len(texts) == len(LOCALES)
    assert all(texts)
    blanks = {frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name) for text in texts}
    assert len(blanks) == 1


@pytest.mark.parametrize("key", _labels.keys())
def test_chinese_japanese_and_korean_columns_are_not_mixed_up(key: str) -> None:
    by_locale = dict(zip(LOCALES, _labels.row(key), strict=True))
    kana = any("\u3041" <= c <= "\u30ff" for c in by_locale["zh-Hans"] + by_locale["ko"])
    hangul = any("\uac00" <= c <= "\ud7a3" for c in by_locale["zh-Hans"] + by_locale["ja"])
    assert not kana
    assert not hangul
    assert any("\uac00" <= c <= "\ud7a3" for c in by_locale["ko"]) or key == "digest.period"
    assert all(
        by_locale[code].translate({ord("’"): "'", ord("¿"): "?", ord("–"): "-"}).isprintable() for code in LOCALES
    )


def test_every_word_of_the_vocabulary_has_a_label() -> None:
    needed = {f"band.{b.value}" for b in Band} | {f"stage.{s.value}" for s in Stage}
    needed |= {f"authority.{a.value}" for a in Authority} | {f"digest.date.{k.value}" for k in DateKind}
    needed |= {f"direction.{d.value}" for d in Direction if d is not Direction.NONE}
    assert needed <= set(_labels.keys())


def test_the_languages_are_those_that_settings_allow() -> None:
    assert set(LOCALES) == set(config.LOCALES)


@pytest.mark.parametrize(
    ("asked", "served"),
    [("nl-BE", "nl"), ("DE", "de"), ("de_AT", "de"), ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("ZH-hans", "zh-Hans"),
     ("zh-Hant", "en"), ("zh-TW", "en"), ("pt", "en"), ("", "en")],
)  # fmt: skip
def test_each_reader_is_served_in_the_nearest_language(asked: str, served: str) -> None:
    assert supported(asked) == served


@pytest.mark.parametrize(
    ("locale", "day"),
    [("en", "1 Mar 2026"), ("nl", "1 mrt 2026"), ("de", "1. März 2026"), ("fr", "1 mars 2026"), ("es", "1 mar 2026"),
     ("ja", "2026年3月1日"), ("zh-Hans", "2026年3月1日"), ("ko", "2026년 3월 1일")],
)  # fmt: skip
def test_days_are_written_as_readers_write_them(locale: str, day: str) -> None:
    words = labels(locale)
    assert words.day(date(2026, 3, 1)) == day
    assert words.iso_day("2026-03-01") == day
    assert words.iso_day("in spring") == "in spring"
    assert words.iso_day(None) == ""


def test_times_carry_their_zone_and_the_right_day() -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert labels("en").moment(late) == "1 Jul 2026 23:30 UTC"
    assert labels("en", "Europe/Amsterdam").moment(late) == "2 Jul 2026 01:30 CEST"
    with pytest.raises(ZoneInfoNotFoundError):
        labels("en", "Mars/Base")


def test_texts_fall_back_to_english_then_to_the_default() -> None:
    words = labels("zh-Hans")
    assert words.pick({"zh-Hans": "好", "en": "good"}) == "好"
    assert words.pick({"zh": "好", "en": "good"}) == "好"
    assert words.pick({"nl": "goed", "en": "good"}) == "good"
    assert words.pick({"nl": "goed"}, "none") == "none"
