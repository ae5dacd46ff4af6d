"""Dossiers of acts that a later notice suspends, from one text each: official and press, in seven languages.

The texts are invented after public facts: No. 70 of 2025 suspends six notices until 10 November 2026, No. 72 of 2025
the second clause of No. 46 of 2024 until 27 November 2026; No. 18 of 2025 stays as it is.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot import app
from bot.decide.lifecycle import entries_of, measure
from bot.tune.analyze import document_from_line
from bot.types.lexicon import Lexicon
from bot.types.lifecycle import State
from bot.types.ports import Reader
from bot.types.settings import ReaderSettings
from tests.fakes.grouping import grouped

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
ROWS = [json.loads(line) for line in (HERE / "suspensions.jsonl").read_text(encoding="utf-8").splitlines()]


@cache
def words() -> tuple[Reader, Lexicon]:
    rulebook = app.load_rules(HERE.parents[1] / "rules")
    return app.make_reader(rulebook, ReaderSettings(mode="words")), rulebook.lexicon


CASES = [  # each language takes its second to load
    pytest.param(
        row, id=f"{row['id']}-{row['lang']}", marks=() if row["lang"] in {"zh-Hans", "en"} else pytest.mark.soak
    )
    for row in ROWS
]


@pytest.mark.parametrize("row", CASES)
def test_what_is_suspended_is_so_until_its_last_day_and_in_force_again_after_it(row: dict[str, Any]) -> None:
    reader, lexicon = words()
    document = document_from_line(row)
    (story,) = grouped([(document, reader.read(document))], lexicon).stories.values()
    entries = entries_of(story)
    until = date.fromisoformat(row["until"])
    before = {key: measure(key, entries, until) for key in {entry.key for entry in entries}}
    after = {key: measure(key, entries, date(2026, 11, 29)).state for key in before}
    assert {key: (known.state, known.until) for key, known in before.items()} == dict.fromkeys(
        row["suspended"], (State.SUSPENDED, until)
    )
    assert set(after.values()) == {State.IN_FORCE}
