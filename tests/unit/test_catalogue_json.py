"""Lists of records in JSON are found, whatever their fields are called, and nothing else is taken for one."""

from __future__ import annotations

import json

import pytest

from bot.tune.sources.json_shapes import markup_in, shapes
from tests.fakes.layouts import EN, ZH

BASE = "https://www.example.org/api/list"


def shapes_of(data: object) -> list[dict[str, object]]:
    return shapes(json.dumps(data), BASE)


@pytest.mark.parametrize(
    ("record", "options"),
    [
        ({"title": "T", "url": "/a", "date": "2026-01-06"}, {"title": "title", "url": "url", "date": "date"}),
        (
            {"TITLE": "T", "DOCRELPUBTIME": "2026-01-06 10:00", "URL": "https://e.org/1", "SUB_TITLE": ""},
            {"title": "TITLE", "url": "URL", "date": "DOCRELPUBTIME"},
        ),
        (
            {"web_url": "https://e.org/1", "headline": "T", "content_id": "x", "public_updated_at": "2026-01-06"},
            {"title": "headline", "url": "web_url", "date": "public_updated_at", "id": "content_id"},
        ),
        (
            {"name": "T", "link": "./1", "ts": 1, "created": 1767690000},
            {"title": "name", "url": "link", "date": "created"},
        ),
        (
            {"title": {"type": "literal", "value": "T"}, "date": {"value": "2026-01-06"}},
            {"title": "title.value", "date": "date.value"},
        ),
        ({"what": "T", "href": "/x"}, {"title": "what", "url": "href"}),
    ],
    ids=["plain", "capitals", "other names", "epoch", "nested", "by its words"],
)  # fmt: skip
def test_fields_are_found_by_name_and_value(record: dict[str, object], options: dict[str, object]) -> None:
    def named(title: str) -> dict[str, object]:
        return json.loads(json.dumps(record).replace('"T"', json.dumps(title)))  # type: ignore[no-any-return]

    assert shapes_of([named(title) for title in EN])[0] == options
    assert shapes_of({"n": 8, "a": {"b": [named(title) for title in EN]}})[0] == {"items": "a.b", **options}


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        [1, 2, 3],
        [{"a": 1}, {"a": 2}],
        [{"title": "only a title"}, {"title": "and another"}],
        [{"title": "same", "url": "/a"}, {"title": "same", "url": "/b"}],
        {"a.b": [{"title": title, "url": "/x"} for title in EN]},
        "text",
        None,
    ],
)
def test_what_is_no_list_of_articles_is_none(data: object) -> None:
    assert shapes_of(data) == []


def test_what_is_no_json_is_none() -> None:
    for text in ("", "{", "[" * 100_000, "<html>"):
        assert shapes(text, BASE) == []
        assert markup_in(text) == []


def test_the_list_with_links_and_dates_comes_before_one_of_facets() -> None:
    facets = [{"name": f"facet {n}", "url": f"/f/{n}"} for n in range(20)]
    found = shapes_of({"facets": facets, "items": [{"title": t, "url": "/x", "date": "2026-01-06"} for t in EN]})
    assert [options["items"] for options in found] == ["items", "facets"]


def test_markup_inside_json_is_found_by_its_links() -> None:
    rows = "".join(f"<li><a href='/{n}'>{title}</a><span>2026-01-0{n + 1}</span></li>" for n, title in enumerate(ZH))
    assert markup_in(json.dumps({"code": 200, "data": {"html": f"<ul>{rows}</ul>", "note": "<a "}})) == [
        ("data.html", f"<ul>{rows}</ul>")
    ]
