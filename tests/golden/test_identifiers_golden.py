"""Citations and codes of many states as they are written, each with the one key that stands for it.

`identifiers.jsonl` holds a text a line with the keys that must be found, in order; none where it must stay silent.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.understand.identifiers import KINDS, Identifiers
from tests.fakes.lexicon import concept

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "identifiers.jsonl").read_text(encoding="utf-8").splitlines()
]
STATES = frozenset("CN EU US JP KR TW DE NL FR GB ES IT PT PL BR IN ID VN RU CD CH WTO".split())  # noqa: SIM905
DYSPROSIUM_OXIDE = "1308-87-8"  # rule files name numbers that need no word before them


@cache
def identifiers() -> Identifiers:
    return Identifiers([concept("dysprosium", {}, cas=(DYSPROSIUM_OXIDE,))])


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['from']}-{number}" for number, row in enumerate(ROWS, 1)])
def test_identifiers_golden_keys(row: dict[str, Any]) -> None:
    found = identifiers().find(row["text"])
    assert [one.value for one in found] == row["keys"]
    assert {one.concept for one in found} <= KINDS


@pytest.mark.parametrize("row", [row for row in ROWS if row["keys"]], ids=lambda row: row["text"][:20])
def test_identifiers_golden_keys_in_running_text(row: dict[str, Any]) -> None:
    """A sentence before and one behind change no key; what stood alone may ask for a word of the field."""
    sentence = f"Export control: {row['text']} (export control list)."
    keys = {one.value.removeprefix("us-") for one in identifiers().find(sentence)}
    assert keys >= {key.removeprefix("us-") for key in row["keys"]}


def test_identifiers_golden_covers_states() -> None:
    assert {row["from"] for row in ROWS} >= STATES
