"""Look-alike texts stay quiet and plain steps alert, in each language, by the shipped rules and the real reader."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.app import plugins
from bot.rulebook.load import load
from bot.tune.analyze import Analysis, analyse, document_from_line
from bot.types.levels import Band
from bot.understand.reader import SpacyReader

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT / "tests" / "golden" / "lookalikes.jsonl"
LANGUAGES = ("en", "nl", "de", "ja", "zh-Hans")
IRRELEVANT, STEPS = 24, 12  # texts per language
LEAST_ALERTED = {"en": 11, "nl": 10, "de": 8, "ja": 10, "zh-Hans": 10}  # of 12
MOST_FALSE = 1  # of 24 that may reach alert in one language
MOST_FALSE_IN_ALL = 2  # of all look-alike texts: fewer than 1 in 30
MOST_KEPT_IN_ALL = 6  # of all look-alike texts above archive: 1 in 20
LEAST_RIGHT = 0.8  # share of alerted steps whose most certain event has the labelled direction

Judged = Mapping[str, list[tuple[Mapping[str, Any], Analysis]]]


@pytest.fixture(scope="module")
def judged() -> Judged:
    """Every line with what the bot makes of it, per language."""
    book = load(ROOT / "rules", plugins())
    reader = SpacyReader(book.lexicon)
    found: dict[str, list[tuple[Mapping[str, Any], Analysis]]] = defaultdict(list)
    for raw in TEXTS.read_text(encoding="utf-8").splitlines():
        line = json.loads(raw)
        found[line["lang"]].append((line, analyse(document_from_line(line), reader, book, lang=line["lang"])))
    return found


def _named(judged: Judged, lang: str, label: str, least: Band) -> list[str]:
    return [
        line["id"]
        for line, analysis in judged[lang]
        if line["label"] == label and analysis.assessment.band.rank >= least.rank
    ]


def test_the_set_is_whole() -> None:
    lines = [json.loads(raw) for raw in TEXTS.read_text(encoding="utf-8").splitlines()]
    count = Counter((line["lang"], line["label"]) for line in lines)
    assert count == {
        (lang, label): n for lang in LANGUAGES for label, n in (("irrelevant", IRRELEVANT), ("alert", STEPS))
    }
    assert len({line["id"] for line in lines}) == len(lines)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_plain_steps_alert(judged: Judged, lang: str) -> None:
    assert len(_named(judged, lang, "alert", Band.ALERT)) >= LEAST_ALERTED[lang]


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_look_alikes_hardly_alert(judged: Judged, lang: str) -> None:
    alerted = _named(judged, lang, "irrelevant", Band.ALERT)
    assert len(alerted) <= MOST_FALSE, alerted


@pytest.mark.slow
def test_look_alikes_stay_in_the_archive(judged: Judged) -> None:
    alerted = [name for lang in LANGUAGES for name in _named(judged, lang, "irrelevant", Band.ALERT)]
    kept = [name for lang in LANGUAGES for name in _named(judged, lang, "irrelevant", Band.DIGEST)]
    assert len(alerted) <= MOST_FALSE_IN_ALL, alerted
    assert len(kept) <= MOST_KEPT_IN_ALL, kept


@pytest.mark.slow
def test_alerted_steps_point_the_right_way(judged: Judged) -> None:
    told = [
        (line["event"]["direction"], max(analysis.reading.events, key=lambda event: event.confidence).direction.value)
        for lang in LANGUAGES
        for line, analysis in judged[lang]
        if line["label"] == "alert" and analysis.assessment.band.rank >= Band.ALERT.rank and analysis.reading.events
    ]
    assert sum(meant == found for meant, found in told) >= LEAST_RIGHT * len(told)
