"""Headlines as an editor of each language would write them, with the names of the shipped rules: held to the letter."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.understand.headlines import headline, locales
from tests.fakes.headlines import event_of, shipped_names

HEADLINES = Path(__file__).parent / "headlines.jsonl"
LEAST = 25


@cache
def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in HEADLINES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("locale", sorted(locales()))
def test_headlines_read_as_an_editor_writes_them(locale: str) -> None:
    expected = [row["lines"][locale] for row in rows() if locale in row["lines"]]
    made = [headline(event_of(row["event"]), locale, shipped_names()) for row in rows() if locale in row["lines"]]
    assert made == expected


def test_headlines_golden_holds_enough_of_every_language() -> None:
    counts = Counter(locale for row in rows() for locale in row["lines"])
    assert set(counts) == set(locales())
    assert min(counts.values()) >= LEAST
