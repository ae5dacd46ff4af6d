"""Which number a sentence bears itself, which earlier acts it changes, and which it only recalls, in fifteen languages.

The sentences are invented. Those marked aside were written before the reader was tuned on the others, and never used
for it.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.types.ids import ConceptId
from bot.types.levels import Cue, Slot, Zone
from bot.types.reading import Mention
from bot.understand._scene import Scene
from bot.understand.events.acts import Part, cited_in
from bot.understand.events.lines import cut_lines
from bot.understand.events.wording import wording_of
from bot.understand.identifiers import Identifiers
from tests.fakes.event_scene import grammar
from tests.fakes.lexicon import document

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "events" / "acts.jsonl").read_text(encoding="utf-8").splitlines()
]
IDENTIFIERS = Identifiers()
LEAST_ASIDE = 0.85  # of the sentences kept aside that must be read in full


def read(lang: str, text: str) -> tuple[list[str], list[str]]:
    """Numbers that may be the sentence's own, and acts that it changes."""
    doc = replace(document("", text), title="")
    shift = len(doc.full) - len(text)
    mentions = tuple(
        Mention(
            concept=ConceptId(hit.concept),
            slot=Slot.IDENTIFIER,
            surface=text[hit.start : hit.end],
            start=hit.start + shift,
            end=hit.end + shift,
            zone=Zone.BODY,
            cue=Cue.STATED,
            rule="",
            value=hit.value,
        )
        for hit in IDENTIFIERS.find(text)
    )
    wording = wording_of(grammar(lang))
    scene = Scene(
        document=doc, lang=lang, sentences=((shift, len(doc.full)),), mentions=mentions, concepts={},
        grammar=wording.grammar,
    )  # fmt: skip
    (line,) = cut_lines(scene, wording)
    found = cited_in(line, doc.full, wording, line.of(Slot.IDENTIFIER))
    own = [one.key for one in found if one.part in {Part.OWN, Part.OPEN}]
    return own, [one.key for one in found if one.part is Part.CHANGED]


def right(row: dict[str, Any]) -> bool:
    own, acts = read(row["lang"], row["text"])
    return bool((own[0] if own else None) == row["own"] and acts == row["acts"])


@pytest.mark.parametrize("row", [row for row in ROWS if not row.get("aside")], ids=lambda row: row["id"])
def test_acts_that_a_sentence_changes(row: dict[str, Any]) -> None:
    own, acts = read(row["lang"], row["text"])
    assert (own[0] if own else None, acts) == (row["own"], row["acts"])


def test_sentences_kept_aside_are_read_as_well() -> None:
    aside = [row for row in ROWS if row.get("aside")]
    missed = [row["id"] for row in aside if not right(row)]
    assert len(aside) >= len(ROWS) / 3
    assert len(missed) <= (1 - LEAST_ASIDE) * len(aside), missed


def test_no_sentence_kept_aside_makes_up_a_changed_act() -> None:
    made_up = {row["id"]: extra for row in ROWS if (extra := set(read(row["lang"], row["text"])[1]) - set(row["acts"]))}
    assert made_up == {}


def test_all_languages_are_covered() -> None:
    counted = Counter(row["lang"] for row in ROWS)
    assert len(counted) == 15
    assert min(counted.values()) >= 3
