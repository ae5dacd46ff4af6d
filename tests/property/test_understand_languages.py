"""What holds for every text in every language, with all shipped words and all that is read from them."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.rulebook.load import Plugins, compiled
from bot.types.lexicon import Lexicon
from bot.understand._lexis import languages
from bot.understand.learned import model
from bot.understand.reader import SpacyReader
from tests.fakes.lexicon import document

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

RULES = Path(__file__).resolve().parents[2] / "rules"
SEPARATORS = ("", " ", "\n", "\n\n", "\u200b", "-", "。", ". ", "\u00a0", "\u2011", "e\u0301")


@cache
def reader() -> SpacyReader:
    return SpacyReader(Lexicon(concepts=tuple(compiled(RULES, Plugins()).concepts), hash="languages"))


@cache
def examples() -> tuple[dict[str, Any], ...]:
    lines = (model.SHIPPED / model.EXAMPLES_FILE).read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


@cache
def steps() -> dict[str, tuple[str, ...]]:
    """Texts that tell a step, by language."""
    found: dict[str, list[str]] = defaultdict(list)
    for example in examples():
        if example["label"] == "alert":
            found[example["lang"]].append(f"{example['title']}\n{example['text']}")
    return {lang: tuple(texts) for lang, texts in found.items()}


@st.composite
def shreds(draw: st.DrawFn, lang: str) -> str:
    """Pieces of texts, cut anywhere and put together with anything between them."""
    pieces = []
    for _ in range(draw(st.integers(1, 4))):
        text = draw(st.sampled_from(steps()[lang]))
        start = draw(st.integers(0, max(0, len(text) - 1)))
        pieces += [text[start : start + draw(st.integers(1, 200))], draw(st.sampled_from(SEPARATORS))]
    return "".join(pieces)


@pytest.mark.parametrize("lang", sorted(languages()))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_every_span_of_every_language_points_at_its_words(lang: str, data: st.DataObject) -> None:
    doc = document(data.draw(shreds(lang)), data.draw(shreds(lang)))
    reading = reader().read(doc, lang=lang)
    for mention in reading.mentions:
        assert doc.full[mention.start : mention.end] == mention.surface != ""
    for event in reading.events:
        assert 0 <= event.start < event.end <= len(doc.full)
        assert all(0 <= start < end <= len(doc.full) for start, end in event.evidence)
        assert all(surface in doc.full for surface in event.goods_surface)
        # Limits are quoted on one line, wherever the text breaks its own.
        assert all(words in " ".join(doc.full.split()) for words in event.limits)
