"""Feeds, pages and interfaces of many makes, each beside what must come out of it.

A case is a file in feeds/ and `<file>.expect.json` next to it: the source that it stands for, and the documents or the
refusal. A new case is two new files, no Python.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.sources._work import gather, harvest, kinds
from bot.types.document import Gathered
from bot.types.source import Fetched, Harvest, ParseFailure, Request, Source
from tests.fakes import records

FEEDS = Path(__file__).parent / "feeds"
CASES = sorted(path for path in FEEDS.iterdir() if not path.name.endswith(".expect.json"))
SEEN = datetime(2026, 1, 6, 12, tzinfo=UTC)


def load(path: Path) -> tuple[Source, Fetched, dict[str, Any]]:
    expected: dict[str, Any] = json.loads(path.with_name(f"{path.name}.expect.json").read_text(encoding="utf-8"))
    row = expected["source"]
    source = records.source(
        "golden",
        kind=row["kind"],
        url=row["url"],
        jurisdiction=row["jurisdiction"],
        languages=tuple(row["languages"]),
        options=kinds()[row["kind"]].options(row.get("options", {})),
        min_items=row.get("min_items", 0),
    )
    fetched = Fetched(
        request=Request(source_id=source.id, url=source.url),
        final_url=source.url,
        status=200,
        media_type="",
        charset=row.get("charset"),
        body=path.read_bytes(),
        complete=True,
        fetched_at=SEEN,
    )
    return source, fetched, expected


def as_data(found: Gathered, items: Harvest) -> list[dict[str, Any]]:
    """What a case writes down of each document; absent means empty."""
    rows = []
    for (document, _), item in zip(found.documents, items.items, strict=True):
        row = {
            "title": document.title,
            "text": document.text,
            "url": document.url,
            "guid": item.guid,
            "published": document.published_at.isoformat() if document.published_at else None,
            "lang": document.lang_hint,
            "enclosures": list(item.enclosures),
        }
        rows.append({key: value for key, value in row.items() if value})
    return rows


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_golden(path: Path) -> None:
    source, fetched, expected = load(path)
    found, items = gather(source, fetched), harvest(source, fetched)
    if "failure" in expected:
        assert isinstance(found, ParseFailure)
        assert found.message == expected["failure"]
        return
    assert isinstance(found, Gathered), found
    assert isinstance(items, Harvest)
    assert as_data(found, items) == expected["documents"]
    assert list(found.salvage) == expected.get("salvage", [])
    assert found.dropped == expected.get("dropped", 0)
    assert all(document.first_seen == SEEN for document, _ in found.documents)


def test_every_case_is_complete() -> None:
    names = {path.name for path in CASES}
    expectations = {path.name.removesuffix(".expect.json") for path in FEEDS.glob("*.expect.json")}
    assert names == expectations
    assert len(names) >= 20
