"""How well texts are read that nobody tuned on, 12 in each language; the floors in quality.json may only rise.

`monazite eval tests/golden/aside.jsonl --json` prints the figures: when reading got better, write them there.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot import app
from bot.tune import evaluate
from bot.tune.analyze import document_from_line, judged
from bot.types.kinship import kinship
from bot.types.settings import ReaderSettings

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

HERE = Path(__file__).parent
LANGUAGES = sorted(["en", "de", "nl", "fr", "es", "it", "pt", "pl", "ja", "zh-Hans", "zh-Hant", "ko", "ru", "id", "vi"])
FLOORS: dict[str, dict[str, float]] = json.loads((HERE / "quality.json").read_text(encoding="utf-8"))
LOW = ("context_alerted", "irrelevant_alerted", "irrelevant_above_archive")  # of these less is better
ROUNDING = 0.0005


@cache
def lines() -> tuple[dict[str, Any], ...]:
    texts = (HERE / "aside.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(text) for text in texts)


@cache
def figures() -> dict[str, dict[str, Any]]:
    rulebook = app.load_rules(HERE.parents[1] / "rules")
    reader = app.make_reader(rulebook, ReaderSettings())
    read = [(line, document_from_line(line, now=datetime(2026, 11, 1, tzinfo=UTC))) for line in lines()]
    cases = [
        evaluate.Judged(
            gold=evaluate.gold_of(line),
            analysis=judged(document, reader.read(document), rulebook),
            lang=line["lang"],
            story=document.id,
        )
        for line, document in read
    ]
    return {
        found.name: evaluate.plain_figures(found) for found in evaluate.by_language(cases, kinship(rulebook.lexicon))
    }


def test_every_language_has_its_texts_and_its_floors() -> None:
    counted = {lang: sum(line["lang"] == lang for line in lines()) for lang in LANGUAGES}
    assert set(counted.values()) == {12}
    assert sorted(FLOORS) == sorted([*LANGUAGES, evaluate.OVERALL])
    assert {"alert_recall", "alert_precision", *LOW} <= set(FLOORS[evaluate.OVERALL])


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_figure_falls(name: str) -> None:
    found = figures()[name]
    fallen = {
        key: (found[key], floor)
        for key, floor in FLOORS[name].items()
        if (found[key] > floor + ROUNDING if key in LOW else (found[key] or 0) < floor - ROUNDING)
    }
    assert fallen == {}, "measured, floor"
