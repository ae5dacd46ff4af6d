"""Short titles, sixteen per language, written without looking at what the bot says: each is named right."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from bot.understand.language import KNOWN, identify

TITLES = Path(__file__).parent / "titles.jsonl"
SURE = 0.9


def rows() -> list[tuple[str, str]]:
    lines = (json.loads(line) for line in TITLES.read_text(encoding="utf-8").splitlines())
    return [(row["lang"], row["title"]) for row in lines]


def test_titles_are_named_right() -> None:
    known = [(lang, title) for lang, title in rows() if lang in KNOWN]
    assert Counter(lang for lang, _ in known) == dict.fromkeys(KNOWN, 16)
    wrong = [(lang, identify(title)[0], title) for lang, title in known if identify(title)[0] != lang]
    assert len(wrong) <= len(known) // 100, wrong


def test_neighbours_are_never_taken_for_what_is_read_without_doubt() -> None:
    """Afrikaans, Galician, Malay, Danish: named as themselves, or with so little confidence that one can see it."""
    strangers = [(lang, title) for lang, title in rows() if lang not in KNOWN]
    assert len(strangers) == 12
    taken = [(lang, *identify(title)) for lang, title in strangers if identify(title)[0] != lang]
    assert all(confidence < SURE for _, _, confidence in taken), taken
    assert len(taken) <= 3, taken
