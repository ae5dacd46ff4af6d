"""Titles that lists of words miss, or throw away because a leisure word hides inside one of theirs.

A list with word borders finds no 輸出規制 in 対日輸出規制, and "dating" as a word of leisure silences "mandating".
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot import app
from bot.tune.analyze import Analysis, analyse, document_from_line
from bot.types.levels import Band
from bot.types.settings import ReaderSettings

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

NOW = datetime(2026, 3, 1, tzinfo=UTC)
RULES = Path(__file__).resolve().parents[2] / "rules"
TITLES = {  # lang, title: concepts with the words that they are found in, imposer
    ("de", "China verschärft seine Exportkontrollverordnung"): ({"export-control": "Exportkontrollverordnung"}, "CN"),
    ("de", "Peking baut Exportkontrollen für Chips aus"): ({"export-control": "Exportkontrollen"}, "CN"),
    ("de", "China beschränkt Ausfuhr von Seltenerdmetallen"): ({"rare-earths": "Seltenerdmetallen"}, "CN"),
    ("nl", "China verbiedt uitvoer van dual-usegoederen naar Japan"): ({"dual-use": "dual-usegoederen"}, "CN"),
    ("ja", "中国、対日輸出規制を強化"): ({"export-control": "輸出規制"}, "CN"),
    ("zh-Hans", "中国稀土出口管制再升级"): ({"export-control": "出口管制", "rare-earths": "稀土"}, "CN"),
    ("en", "China mandating export licences for gallium"): (
        {"export-licence": "export licences", "gallium": "gallium"},
        "CN",
    ),
    ("en", "METI updating dual-use list"): ({"dual-use": "dual-use", "jp-meti": "METI"}, "JP"),
    ("en", "Beijing consolidating rare-earth quotas"): ({"rare-earths": "rare-earth"}, "CN"),
}


@cache
def read(lang: str, title: str) -> Analysis:
    rulebook = app.load_rules(RULES)
    line: dict[str, Any] = {"id": title, "lang": lang, "title": title, "text": "", "source_kind": "press"}
    reader = app.make_reader(rulebook, ReaderSettings())
    return analyse(document_from_line(line, now=NOW), reader, rulebook)


@pytest.mark.parametrize(("lang", "title"), TITLES)
def test_what_lists_miss_is_found_and_alerts(lang: str, title: str) -> None:
    concepts, imposer = TITLES[lang, title]
    found = read(lang, title)
    said = {(mention.concept, mention.surface) for mention in found.reading.mentions}
    assert set(concepts.items()) <= said
    assert [event.imposer for event in found.reading.events][:1] == [imposer]
    assert found.assessment.band.rank >= Band.ALERT.rank
