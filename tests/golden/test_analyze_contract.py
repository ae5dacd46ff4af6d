"""The JSON of `monazite analyze`: keys, types and places that other people's scripts rely on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.tune.analyze import analyse, answer, document_from_line, line_of
from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.levels import Authority, Slot
from bot.types.reading import Event, Mention
from tests.fakes.reading_desk import WordReader
from tests.fakes.rules import event, rulebook

NOW = datetime(2026, 3, 1, tzinfo=UTC)
CODE = {"type": "string", "pattern": "^([A-Z]{2}|WTO|INT)$"}
NULL_TEXT = {"type": ["string", "null"]}


def thing(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


OFFSET = {"type": "integer", "minimum": 0}
SHARE = {"type": "number", "minimum": 0, "maximum": 1}
SCHEMA = thing(
    id={"type": ["string", "integer"]},
    lang={"type": "string"},
    lang_confidence=SHARE,
    band={"enum": ["urgent", "alert", "digest", "archive"]},
    score={"type": "number"},
    probability=SHARE,
    headline={"type": "string"},
    rules={"type": "array", "items": {"type": "string"}},
    sectors={"type": "object", "additionalProperties": {"type": "number"}},
    mentions={
        "type": "array",
        "items": thing(
            concept={"type": "string"},
            slot={"enum": [slot.value for slot in Slot]},
            text={"type": "string"},
            start=OFFSET,
            end=OFFSET,
            zone={"enum": ["title", "lead", "body"]},
            cue={"enum": ["stated", "negated", "possible", "reported", "past"]},
        ),
    },
    events={
        "type": "array",
        "items": thing(
            measure={"type": "string"},
            direction={"enum": ["tighten", "ease", "none"]},
            stage={
                "enum": [
                    "considered",
                    "proposed",
                    "announced",
                    "in-force",
                    "suspended",
                    "lifted",
                    "extended",
                    "denied",
                    "historic",
                ]
            },
            imposer={"anyOf": [CODE, {"type": "null"}]},
            agency=NULL_TEXT,
            targets={"type": "array", "items": CODE},
            goods={"type": "array", "items": {"type": "string"}},
            end_use=NULL_TEXT,
            effective={"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
            citation=NULL_TEXT,
            start=OFFSET,
            end=OFFSET,
            confidence=SHARE,
        ),
    },
    reads_as={"type": "object", "additionalProperties": SHARE},
    ledger={
        "type": "array",
        "items": thing(
            points={"type": "number"}, slot={"type": "string"}, why={"type": "string"}, rule={"type": "string"}
        ),
    },
)


def step(document: Document, mentions: Sequence[Mention]) -> list[Event]:
    """One event over the whole text when a measure is named."""
    if not any(mention.slot is Slot.MEASURE for mention in mentions):
        return []
    return [
        event(
            start=0,
            end=len(document.full),
            evidence=tuple((m.start, m.end) for m in mentions),
            agency=ConceptId("cn-mofcom"),
            effective=date(2026, 1, 6),
            citation="cn-mofcom:2026:1",
            end_use="military",
            confidence=0.9132,
        )
    ]


READER = WordReader({"uitvoerverbod": ("export-ban", Slot.MEASURE), "dual-use": ("dual-use", Slot.GOODS)}, step)
BOOK = rulebook()


def answered(line: dict[str, Any]) -> dict[str, Any]:
    found = answer(analyse(document_from_line(line, now=NOW), READER, BOOK), line["id"])
    return dict(json.loads(json.dumps(found)))


LINE = {
    "id": 7,
    "title": "Peking kondigt uitvoerverbod af",
    "text": "Het gaat om dual\u2011use goederen voor het leger.",
    "lang": "nl",
    "published": "2026-01-06T10:00:00+01:00",
    "source_kind": "wire",
    "source_jurisdiction": "nl",
}


def test_a_step_word_by_word() -> None:
    found = answered(LINE)
    headline = found.pop("headline")
    assert all(words in headline for words in ("China", "dual use", "Japan", "6 Jan 2026"))
    assert found == {
        "id": 7,
        "lang": "nl",
        "lang_confidence": 1.0,
        "band": "alert",
        "score": 77.5,
        "probability": 0.8706,
        "rules": ["cn-limits"],
        "sectors": {"chips": 77.5, "wind": 74},
        "mentions": [
            {
                "concept": "export-ban",
                "slot": "measure",
                "text": "uitvoerverbod",
                "start": 15,
                "end": 28,
                "zone": "title",
                "cue": "stated",
            },
            {
                "concept": "dual-use",
                "slot": "goods",
                "text": "dual-use",
                "start": 45,
                "end": 53,
                "zone": "lead",
                "cue": "stated",
            },
        ],
        "events": [
            {
                "measure": "export-ban",
                "direction": "tighten",
                "stage": "announced",
                "imposer": "CN",
                "agency": "cn-mofcom",
                "targets": ["JP"],
                "goods": ["dual-use"],
                "end_use": "military",
                "effective": "2026-01-06",
                "citation": "cn-mofcom:2026:1",
                "start": 0,
                "end": 78,
                "confidence": 0.913,
            }
        ],
        "reads_as": {},
        "ledger": [
            {"points": 20, "slot": "measure", "why": "export ban", "rule": "concepts/export-ban.yml:3"},
            {"points": 14, "slot": "goods", "why": "dual use", "rule": "concepts/dual-use.yml:3"},
            {"points": 8, "slot": "together", "why": "measure and goods in one sentence", "rule": "scoring.yml:1"},
            {"points": 5, "slot": "actor", "why": "CN is named as acting", "rule": "scoring.yml:1"},
            {"points": 5, "slot": "target", "why": "JP is named as hit", "rule": "scoring.yml:1"},
            {"points": 4, "slot": "stage", "why": "the step is announced", "rule": "scoring.yml:9"},
            {"points": 4, "slot": "source", "why": "best source is wire", "rule": "scoring.yml:1"},
            {"points": 6, "slot": "alert", "why": "cn-limits: key suppliers", "rule": "cn-limits.yml:9"},
            {
                "points": 8,
                "slot": "exposure",
                "why": "dual-use from CN is medium: parts",
                "rule": "sectors/chips.yml:1",
            },
            {"points": 3.5, "slot": "country", "why": "JP matters to the sector (high)", "rule": "sectors/chips.yml:1"},
        ],
    }


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        {"id": "a", "title": "Nothing here"},
        {"id": "b", "text": "Only a text. uitvoerverbod"},
        {"id": "c", "title": "  ", "text": "dual-use " * 400, "published": "2026-01-06"},
    ],
)
def test_every_answer_keeps_the_schema_and_points_into_the_normalised_text(line: dict[str, Any]) -> None:
    found = answered(line)
    jsonschema.validate(found, SCHEMA)
    document = document_from_line(line, now=NOW)
    full = document.title + "\n\n" + document.text
    assert all(full[m["start"] : m["end"]] == m["text"] for m in found["mentions"])
    assert sum(entry["points"] for entry in found["ledger"]) == found["score"]
    assert [m["start"] for m in found["mentions"]] == sorted(m["start"] for m in found["mentions"])


def test_a_text_without_a_step_has_its_title_as_headline() -> None:
    assert answered({"id": "a", "title": "Nothing here"})["headline"] == "Nothing here"


@given(st.text(), st.text())
def test_plain_text_keeps_its_offsets(title: str, text: str) -> None:
    """What normalising leaves alone is left alone: no strip, no squeezing of white space."""
    line = {"id": 1, "title": title, "text": text}
    if not title.isascii() or not text.isascii() or not (title + text).isprintable() or not (title + text).strip():
        return
    document = document_from_line(line, now=NOW)
    assert document.full == f"{title}\n\n{text}"


@pytest.mark.parametrize(
    ("kind", "authority"),
    [
        ("official", Authority.OFFICIAL),
        ("Wire", Authority.WIRE),
        ("state-media", Authority.PRESS),
        ("think-tank", Authority.THINK_TANK),
        ("podcast", Authority.UNKNOWN),
        (None, Authority.UNKNOWN),
    ],
)
def test_who_speaks_is_read_from_source_kind(kind: str | None, authority: Authority) -> None:
    assert document_from_line({"id": 1, "title": "x", "source_kind": kind}).authority is authority


def test_dates_are_aware_and_undated_lines_speak_from_now() -> None:
    dated = document_from_line({"id": 1, "title": "x", "published": "2026-01-06T01:00:00+09:00"}, now=NOW)
    assert dated.dated == dated.first_seen == datetime(2026, 1, 5, 16, tzinfo=UTC)
    assert document_from_line({"id": 1, "title": "x", "published": "2026-01-06"}, now=NOW).dated.hour == 0
    undated = document_from_line({"id": 1, "title": "x"}, now=NOW)
    assert (undated.published_at, undated.dated) == (None, NOW)


def test_the_publisher_is_named_or_taken_from_the_address() -> None:
    assert (
        document_from_line({"id": 1, "title": "x", "url": "https://News.example/a?utm_source=b"}).publisher
        == "news.example"
    )
    assert document_from_line({"id": 1, "title": "x", "publisher": "Paper"}).publisher == "Paper"
    assert document_from_line({"id": 1, "title": "x", "url": "https://[bad"}).publisher == ""


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"title": "x"}, "needs an id"),
        ({"id": None, "title": "x"}, "needs an id"),
        ({"id": True, "title": "x"}, "needs an id"),
        ({"id": [1], "title": "x"}, "needs an id"),
        ({"id": 1}, "neither title nor text"),
        ({"id": 1, "title": "\u200b", "text": " "}, "neither title nor text"),
        ({"id": 1, "title": 3}, "title must be text, not int"),
        ({"id": 1, "title": "x", "text": ["x"]}, "text must be text, not list"),
        ({"id": 1, "title": "x", "published": "yesterday"}, "published must be"),
        ({"id": 1, "title": "x", "published": "0001-01-01T00:00:00+23:00"}, "out of range"),
        ({"id": 1, "title": "x", "published": 20260106}, "published must be text"),
    ],
)
def test_a_line_that_cannot_be_a_document_says_what_is_wrong(line: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        document_from_line(line, now=NOW)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"{", "no JSON"),
        (b"\xff{}", "no UTF-8"),
        (b"[1]", "JSON list, not an object"),
        (b"null", "JSON NoneType"),
        (b"[" * 100_000, "no JSON"),
    ],
)
def test_a_line_that_is_no_object_says_so(raw: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        line_of(raw)


def test_lone_surrogates_from_json_escapes_do_no_harm() -> None:
    line = line_of(rb'{"id": 1, "title": "a\ud800b uitvoerverbod"}')
    found = answer(analyse(document_from_line(line, now=NOW), READER, BOOK), 1)
    assert json.dumps(found, ensure_ascii=False).encode("utf-8")
