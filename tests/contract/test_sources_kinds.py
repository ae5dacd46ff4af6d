"""Every kind of source keeps the contract; a new file in bot/sources/ is held to it without further ado."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources._work import gather, harvest, kinds
from bot.types.document import Gathered
from bot.types.ports import SourceKind
from bot.types.source import Fetched, Harvest, ParseFailure, Request, Source, SourceState
from tests.fakes import records
from tests.fakes.clock import START

KINDS = kinds()
EACH = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))

# The least that each kind needs to be told; a new kind that needs more joins here.
NEEDS: dict[str, Mapping[str, object]] = {"listing": {"row": "li"}, "jsonapi": {"items": "items", "title": "title"}}


def source(kind: SourceKind, **fields: Any) -> Source:
    options = kind.options(NEEDS.get(kind.name, {}))
    return records.source("src", **{"kind": kind.name, "options": options} | fields)


def fetched(body: bytes, **fields: Any) -> Fetched:
    values: dict[str, Any] = {
        "request": Request(source_id=records.source().id, url="https://src.example.org/feed"),
        "final_url": "https://src.example.org/feed",
        "status": 200,
        "media_type": "text/html",
        "charset": None,
        "body": body,
        "complete": True,
        "fetched_at": START,
    }
    return Fetched(**values | fields)


@EACH
def test_unknown_options_are_refused_with_a_hint(kind: SourceKind) -> None:
    with pytest.raises(ValueError, match=r"unknown option 'time_zone'; did you mean 'timezone'\?"):
        kind.options({**NEEDS.get(kind.name, {}), "time_zone": "Asia/Tokyo"})
    with pytest.raises(ValueError, match="unknown option 'zzz'; allowed are"):
        kind.options({"zzz": "1"})


@EACH
@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("timezone", "Mars/Olympus"),
        ("timezone", "../../etc/passwd"),
        ("charset", "utf-7"),
        ("charset", "nonsense"),
        ("date_format", "day.month"),
        ("month_first", "maybe"),
        ("charset", ["utf-8"]),
    ],
)
def test_bad_values_of_shared_options_are_refused_by_name(kind: SourceKind, option: str, value: object) -> None:
    with pytest.raises(ValueError, match=option):
        kind.options({**NEEDS.get(kind.name, {}), option: value})


@EACH
def test_options_are_complete_after_one_pass(kind: SourceKind) -> None:
    raw = {**NEEDS.get(kind.name, {}), "timezone": "Asia/Tokyo", "charset": "gb18030", "month_first": "true"}
    once = kind.options(raw)
    assert kind.options(once) == once
    assert once["month_first"] is True
    json.dumps(once)


@EACH
def test_requests_carry_validators_headers_and_the_year_of_the_source(kind: SourceKind) -> None:
    state = SourceState(source_id=records.source().id, next_due=START, etag='"e"', last_modified="Tue")
    beijing = source(kind, url="https://e.org/{year}/list", headers=(("Accept-Language", "zh"),), jurisdiction="CN")
    (request,) = kind.requests(beijing, state, now=datetime(2026, 1, 31, 17, tzinfo=UTC))
    assert request == Request(
        source_id=beijing.id,
        url="https://e.org/2026/list",
        headers=(("Accept-Language", "zh"),),
        etag='"e"',
        last_modified="Tue",
        robots=kind.name not in ("feed", "jsonapi"),
    )
    this, last = kind.requests(beijing, state, now=datetime(2025, 12, 31, 17, tzinfo=UTC))
    assert this == replace(request, optional=True, etag=None, last_modified=None), "it is past midnight there"
    assert last == replace(this, url="https://e.org/2025/list", optional=False)
    (request,) = kind.requests(
        source(kind, url="https://e.org/{year}"), state, now=datetime(2025, 12, 31, 12, tzinfo=UTC)
    )
    assert request.url == "https://e.org/2025"
    (request,) = kind.requests(source(kind, robots=False), state, now=START)
    assert not request.robots, "its owner allowed it"


@EACH
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  \n",
        b"\x1f\x8b\x08\x00garbage",
        b"%PDF-1.7 ...",
        b"PK\x03\x04...",
        b"/etc/hostname",
        b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in</body></html>",
        b'{"error": "quota"}',
        b"[" * 100_000,
        b'{"items": ' * 50_000,
        b'{"items": [' + b"1" * 5000 + b"]}",
        b"\xff\xfe\x00\xd8",
    ],
)
def test_what_holds_nothing_is_refused_in_one_sentence(kind: SourceKind, body: bytes) -> None:
    found = harvest(source(kind), fetched(body))
    assert isinstance(found, ParseFailure)
    assert found.url == "https://src.example.org/feed"
    assert found.message[0].isupper()
    assert found.message.endswith(".")
    assert "\n" not in found.message


@EACH
@given(body=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: t.encode("utf-8", "surrogatepass"))))
def test_no_body_escapes(kind: SourceKind, body: bytes) -> None:
    found = gather(source(kind), fetched(body))
    assert isinstance(found, (Gathered, ParseFailure))
    assert pickle.loads(pickle.dumps(found)) == found


MANY = {
    "feed": b"<rss><channel>"
    + b"".join(b"<item><title>Notice %d</title></item>" % n for n in range(2500))
    + b"</channel></rss>",
    "listing": b"<ul>" + b"".join(b"<li><a href=/%d>Notice %d</a></li>" % (n, n) for n in range(2500)) + b"</ul>",
    "jsonapi": json.dumps({"items": [{"title": f"Notice {n}"} for n in range(2500)]}).encode(),
    "sitemap": b"<urlset>"
    + b"".join(
        b"<url><loc>/%d</loc><news:news><news:title>Notice %d</news:title></news:news></url>" % (n, n)
        for n in range(2500)
    )
    + b"</urlset>",
    "document": b"<ul>" + b"".join(b"<li>Notice %d</li>" % n for n in range(2500)) + b"</ul>",
}


@EACH
def test_one_answer_brings_two_thousand_items_at_most(kind: SourceKind) -> None:
    found = harvest(source(kind), fetched(MANY[kind.name]))
    assert isinstance(found, Harvest)
    if found.shown is not None:
        assert (found.items, found.shown) == ((), 2500), "its entries are no items"
        return
    assert len(found.items) == 2000
    assert found.items[0].title == "Notice 0"
    assert any("2000" in step for step in found.salvage)


@EACH
def test_what_a_child_process_needs_can_travel(kind: SourceKind) -> None:
    one = source(kind)
    assert pickle.loads(pickle.dumps(one)) == one
    answer = fetched(MANY[kind.name])
    assert pickle.loads(pickle.dumps(answer)) == answer
