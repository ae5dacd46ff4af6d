"""Korean: dates in hangul, particles that close a word, spacing that may be left out."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understand.events.dates import find_dates
from bot.understand.events.wording import compile_words, wording_of
from bot.understand.grammars.ko import GRAMMAR
from tests.fakes.lexicon import words

ANCHOR = date(2026, 1, 7)


@pytest.mark.parametrize(
    ("text", "day", "grain"),
    [
        ("2026년 3월 1일부터 시행한다", date(2026, 3, 1), "day"),
        ("’26. 12. 7.(월)부터", date(2026, 12, 7), "day"),
        ("2027. 2. 1. 시행", date(2027, 2, 1), "day"),
        ("올해 12월", date(2026, 12, 1), "month"),
        ("내년 1월 10일까지", date(2027, 1, 10), "day"),
        ("다음 달 1일", date(2026, 2, 1), "day"),
        ("이달 15일", date(2026, 1, 15), "day"),
        ("지난달 말", date(2025, 12, 31), "day"),
        ("4월 1일", date(2026, 4, 1), "day"),
        ("16일 관보에 실었다", date(2026, 1, 16), "day"),
        ("내년 말까지", date(2027, 12, 31), "month"),
        ("2010년", date(2010, 1, 1), "year"),
        ("90일 뒤", date(2026, 4, 7), "span"),
        ("석 달 안에", date(2026, 4, 7), "span"),
        ("반년 뒤", date(2026, 7, 7), "span"),
        ("사흘 뒤", date(2026, 1, 10), "span"),
        ("2년 전", date(2024, 1, 7), "span"),
    ],
)
def test_hangul_dates(text: str, day: date, grain: str) -> None:
    found = find_dates(text, 0, len(text), wording_of(GRAMMAR), ANCHOR)
    assert [(dated.day, dated.grain) for dated in found][:1] == [(day, grain)]


@pytest.mark.parametrize("text", ["10년 동안", "3일간 열렸다", "2026년 13월", "1300년 전통"])
def test_no_hangul_dates(text: str) -> None:
    assert not [d for d in find_dates(text, 0, len(text), wording_of(GRAMMAR), ANCHOR) if d.grain == "day"]


@pytest.mark.parametrize(
    ("word", "text", "hit"),
    [
        ("수출 통제", "수출통제", True),
        ("수출 통제", "수출 통제", True),
        ("-에", "중국에 판다", True),
        ("-에", "중국에서 판다", False),
        ("-에", "중국 에너지", False),
        ("=연장", "기간 연장", True),
        ("=연장", "공연장", False),
    ],
)
def test_words_of_a_dense_grammar(word: str, text: str, hit: bool) -> None:
    pattern = compile_words((word,), spaced=False)
    assert pattern is not None
    assert (pattern.search(text) is not None) is hit


@pytest.mark.parametrize(
    ("term", "text", "surfaces"),
    [
        ("수출 + 통제|규제", "수출통제와 수출 규제", ["수출통제", "수출 규제"]),
        ("수출 통제 .. 유예", "수출통제를 유예했다", ["수출통제를 유예"]),
        ("=이란", "이란이 막았다", ["이란"]),
        ("=이란", "전략물자이란 무엇인가", []),
        ("고려", "고려아연", []),
        ("리튬", "트리튬", []),
    ],
)
def test_hangul_terms(term: str, text: str, surfaces: list[str]) -> None:
    assert words(text, "ko", term) == surfaces
