"""Steps that states took, retold in our own words: who, against whom, which goods, when, and under which number.

`events/real.jsonl` holds a text a line. `expect` is what the leading event must say, `also` what further ones must. A
list under `stage`, `citation` or another single slot names all that are right; `goods` must at least hold what is
listed, `targets` exactly. A slot under `known_gap` is one that is not read yet, with
the reason: it must still fail, so that the list shrinks when reading improves.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.rulebook.load import Plugins, compiled
from bot.types.document import Document
from bot.types.ids import DocumentId, SourceId
from bot.types.levels import Authority
from bot.types.lexicon import Lexicon
from bot.types.reading import Event
from bot.understand._lexis import is_read
from bot.understand.reader import SpacyReader

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

ROOT = Path(__file__).resolve().parents[2]
TEXTS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "events" / "real.jsonl").read_text(encoding="utf-8").splitlines()
]
LANGUAGES = frozenset("en de nl fr es it pt pl ja zh-Hans zh-Hant ko ru id vi".split())  # noqa: SIM905
EVENTS = 22


@cache
def lexicon() -> Lexicon:
    draft = compiled(ROOT / "rules", Plugins())
    return Lexicon(concepts=tuple(draft.concepts), hash="real")


@cache
def reader() -> SpacyReader:
    return SpacyReader(lexicon())


@cache
def families() -> dict[str, str]:
    return {str(concept.id): str(concept.family) for concept in lexicon().concepts}


@cache
def worded(lang: str) -> bool:
    """Whether a language is read and the rules have words for it."""
    return is_read(lang) and any(term.lang == lang for concept in lexicon().concepts for term in concept.terms)


def told(row: dict[str, Any]) -> tuple[Event, ...]:
    kind = row["source_kind"]
    document = Document(
        id=DocumentId(row["id"]),
        source_id=SourceId("s"),
        publisher=row["publisher"],
        authority=Authority(kind if kind in set(Authority) else "wire"),
        jurisdiction="",
        url="",
        canonical_url="",
        title=row["title"],
        text=row["text"],
        first_seen=datetime.fromisoformat(row["published"]),
        published_at=datetime.fromisoformat(row["published"]),
        content_hash="1:0",
    )
    return reader().read(document, lang=row["lang"]).events


def right(slot: str, wanted: object, event: Event) -> bool:
    """Whether a slot of an event is what the facts say."""
    if slot == "goods" and isinstance(wanted, list):
        return set(wanted) <= set(event.goods)
    if slot == "targets" and isinstance(wanted, list):
        return sorted(wanted) == sorted(event.targets)
    if slot == "reported":
        return event.reported is wanted
    value = families()[event.measure] if slot == "family" else getattr(event, slot)
    return str(value) in (wanted if isinstance(wanted, list) else [wanted])


def differing(expect: dict[str, object], event: Event) -> dict[str, str]:
    """Slots of an event that are not as expected, each with what was read."""
    return {
        slot: str(families()[event.measure] if slot == "family" else getattr(event, slot))
        for slot, wanted in expect.items()
        if not right(slot, wanted, event)
    }


def wrong(row: dict[str, Any]) -> dict[str, str]:
    """What the leading event says wrong, and `also` when no event says what is asked for there."""
    events = told(row)
    if not events:
        return dict.fromkeys(row["expect"], "no event")
    found = differing(row["expect"], events[0])
    for further in row.get("also", ()):
        if all(differing(further, event) for event in events):
            found["also"] = f"no event with {further}"
    return found


@pytest.mark.parametrize("row", TEXTS, ids=lambda row: row["id"])
def test_events_real_slots(row: dict[str, Any]) -> None:
    if not worded(row["lang"]):
        pytest.skip("no words in this language")
    assert wrong(row).keys() == row.get("known_gap", {}).keys(), wrong(row)


def test_events_real_covers_events_and_languages() -> None:
    ids = {row["id"].split("-")[0] for row in TEXTS}
    assert len(ids) == EVENTS
    assert {row["lang"] for row in TEXTS} == LANGUAGES
    assert all(sum(row["id"].startswith(one) for row in TEXTS) >= 3 for one in ids)
