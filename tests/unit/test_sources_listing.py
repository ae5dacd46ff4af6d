"""List pages give their rows, and a page that has changed its layout says so."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.sources.jsonapi import SOURCE_KIND as JSONAPI
from bot.sources.listing import SOURCE_KIND as LISTING
from bot.types.source import Fetched, Harvest, ParseFailure, Request
from tests.fakes import records
from tests.fakes.clock import START


def rows(markup: str | bytes, **options: object) -> Harvest | ParseFailure:
    source = records.source("src", kind="listing", jurisdiction="CN", options=LISTING.options(options))
    return LISTING.items(source, answer(markup))


def records_of(data: object, **options: object) -> Harvest | ParseFailure:
    source = records.source("src", kind="jsonapi", jurisdiction="US", options=JSONAPI.options(options))
    return JSONAPI.items(source, answer(json.dumps(data)))


def answer(body: str | bytes) -> Fetched:
    values: dict[str, Any] = {"status": 200, "media_type": "", "charset": None, "complete": True, "fetched_at": START}
    return Fetched(
        request=Request(source_id=records.source().id, url="https://e.org/list/"),
        final_url="https://e.org/list/",
        body=body.encode() if isinstance(body, str) else body,
        **values,
    )


def seen(found: Harvest | ParseFailure) -> list[tuple[str, str, str | None]]:
    assert isinstance(found, Harvest), found
    return [(i.title, i.url, i.published_at.date().isoformat() if i.published_at else None) for i in found.items]


def test_the_row_alone_is_enough() -> None:
    page = (
        "<ul><li><a href='1.html'>Notice No. 1</a> [2026-01-06]</li><li>no link</li><li><a href='/2'>Two</a></li></ul>"
    )
    assert seen(rows(page, row="li")) == [
        ("Notice No. 1", "https://e.org/list/1.html", "2026-01-06"),
        ("Two", "https://e.org/2", None),
    ]


def test_a_row_may_be_the_link_itself() -> None:
    assert seen(rows("<div><a class=n href=/1>One</a><a class=n href=/2>Two</a><a href=/x>x</a></div>", row="a.n")) == [
        ("One", "https://e.org/1", None),
        ("Two", "https://e.org/2", None),
    ]


def test_selectors_inside_the_row() -> None:
    page = """<div class=row><a href=/cat>Category</a><h3><a href=/1>Title</a></h3>
    <time datetime="2026-01-06T09:00+08:00">today</time><p class=t>First <b>words</b>.</p></div>"""
    found = rows(page, row=".row", title="h3", link="h3 a", date="time", text=".t")
    assert seen(found) == [("Title", "https://e.org/1", "2026-01-06")]
    assert isinstance(found, Harvest)
    assert found.items[0].body_html == "First words."


def test_a_date_in_the_title_is_what_the_notice_is_about() -> None:
    page = "<li><a href=/1>Quota for 2027-01-01</a> 2026.01.06</li><li><a href=/2>Quota for 2027-01-01</a></li>"
    assert [row[2] for row in seen(rows(page, row="li"))] == ["2026-01-06", None]


def test_a_shortened_title_is_taken_from_its_attribute() -> None:
    page = (
        "<li><a href=/1 title='Notice on tools and parts'>Notice on to…</a></li><li><a href=/2 title=x>Whole</a></li>"
    )
    assert [row[0] for row in seen(rows(page, row="li"))] == ["Notice on tools and parts", "Whole"]


def test_one_item_per_link_and_only_wanted_links() -> None:
    page = "<li><a href=/art/1>Notice</a><a href=/art/1>more</a></li><li><a href=/ad/2>Ad</a></li>"
    assert seen(rows(page, row="a", only="/art/")) == [("Notice", "https://e.org/art/1", None)]


def test_markup_inside_json() -> None:
    data = json.dumps({"data": {"html": "<ul><li><a href='/flzc/1.html'>令</a></li></ul>"}})
    assert seen(rows(data, row="li", json="data.html")) == [("令", "https://e.org/flzc/1.html", None)]
    for wrong in ('{"data": {}}', "no json", '{"data": null}'):
        found = rows(wrong, row="li", json="data.html")
        assert isinstance(found, ParseFailure)
        assert "'data.html'" in found.message


def test_a_changed_layout_is_a_failure() -> None:
    found = rows("<html><head><title>Neu</title></head><body><p>x</p></body></html>", row="li.news")
    assert isinstance(found, ParseFailure)
    assert "“Neu”" in found.message
    assert "'li.news'" in found.message
    found = rows("<li>no link here</li>", row="li")
    assert isinstance(found, ParseFailure)
    assert "none of the 1 rows" in found.message


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "'row' is missing"),
        ({"row": "li["}, "'row': 'li\\[' is no CSS selector"),
        ({"row": "li", "date": "::x("}, "'date'"),
        ({"script": "maybe"}, "'script' must be true or false"),
        ({"script": True, "title": "t"}, "'link' is missing"),
        ({"row": "li", "link_template": "/view"}, "'link_template' needs"),
        ({"row": "li", "page_url": "https://e.org/2"}, "'page_url' needs {page}"),
        ({"row": "li", "pages": "3"}, "'pages' needs 'page_url'"),
        ({"row": "li", "page_url": "/{page}", "pages": "1"}, "'pages' must be a whole number from 2 to 6"),
    ],
)
def test_options_of_listings(options: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        LISTING.options(options)


def test_links_that_call_a_script() -> None:
    page = """<li><a href="#" onclick="fn_view('BBS', 4711); return false">Notice</a> 2026-01-06</li>
    <li><a href="javascript:view(12)" data-id="a b">Other</a></li><li><a href="#">No number</a></li>"""
    assert seen(rows(page, row="li", link_template="/view.do?id={number}")) == [
        ("Notice", "https://e.org/view.do?id=4711", "2026-01-06"),
        ("Other", "https://e.org/view.do?id=12", None),
    ]
    assert seen(rows(page, row="li", link_template="https://x.org/{data-id}/{number}")) == [
        ("Other", "https://x.org/a%20b/12", None)
    ]


def test_a_list_inside_a_script() -> None:
    page = """<html><script>var other = {title: 'no link'};</script><div id=list></div>
    <script>var items = [{url: '/ywgg/1.html', title: '关于稀土的通知 &amp; 附件', time: '2026-01-06', n: 1},
    {url: "javascript:;", title: "x"}, {url: '/ywgg/2.html', title: '通知', time: '2026年1月5日'},];</script></html>"""
    options = {"script": "true", "title": "title", "link": "url", "date": "time"}
    expected = [
        ("关于稀土的通知 & 附件", "https://e.org/ywgg/1.html", "2026-01-06"),
        ("通知", "https://e.org/ywgg/2.html", "2026-01-05"),
    ]
    assert seen(rows(page, **options)) == expected
    script = page[page.index("var items") : page.index("]", page.index("var items")) + 2]
    assert seen(rows(script, **options)) == expected
    assert seen(rows(page, **options, link_template="/n/{n}")) == [(expected[0][0], "https://e.org/n/1", "2026-01-06")]
    found = rows(page, **{**options, "link": "href"})
    assert isinstance(found, ParseFailure)
    assert "No script of the page holds entries with 'title' and 'href'" in found.message


REGISTER = {
    "results": [
        {"title": "Rule <em>on</em> tools", "abstract": "About &amp; tools", "html_url": "/d/1",
         "publication_date": "2026-01-06", "document_number": 101, "agencies": [{"name": "BIS"}, {"name": "DOC"}]},
        {"title": "No abstract", "abstract": None, "html_url": "https://e.org/d/2", "publication_date": None},
    ]
}  # fmt: skip


def test_records_by_paths() -> None:
    found = records_of(
        REGISTER, items="results", title="title", url="html_url", date="publication_date", id="document_number",
        text=["abstract", "agencies.name"],
    )  # fmt: skip
    assert seen(found) == [
        ("Rule on tools", "https://e.org/d/1", "2026-01-06"),
        ("No abstract", "https://e.org/d/2", None),
    ]
    assert isinstance(found, Harvest)
    assert [item.guid for item in found.items] == ["101", None]
    assert found.items[0].body_html == "About &amp; tools\n\nBIS, DOC"


def test_lists_in_lists_are_opened_to_a_depth() -> None:
    bottomless: object = "x"
    for _ in range(900):
        bottomless = [bottomless]
    assert seen(records_of([{"t": [["A", ["B"]], "C"]}, {"t": bottomless}], title="t")) == [("A, B, C", "", None)]


def test_of_too_many_records_the_newest_are_kept() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    data = [{"t": f"Act {n}", "at": (start + timedelta(hours=n)).isoformat()} for n in range(2_500)]
    found = records_of(data, title="t", date="at")
    assert isinstance(found, Harvest)
    assert len(found.items) == 2_000
    assert found.items[0].title == "Act 2499"


def test_a_list_at_the_top_unix_times_and_templates() -> None:
    data = [{"t": "A", "id": "x/1 ü", "at": 1767693600}, {"t": "B", "at": "1767693600000"}]
    found = records_of(data, title="t", date="at", url_template="https://e.org/{id}")
    assert seen(found) == [
        ("A", "https://e.org/x/1%20%C3%BC", "2026-01-06"),
        ("B", "", "2026-01-06"),
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"searchVO": None}, "no list at 'searchVO.list'"),
        ({"searchVO": {"list": {}}}, "no list at"),
        ({"searchVO": {"list": [{"name": "x"}, 3]}}, "None of the 2 records has a title at 'title'"),
    ],
)
def test_a_changed_shape_is_a_failure(data: object, words: str) -> None:
    found = records_of(data, items="searchVO.list", title="title")
    assert isinstance(found, ParseFailure)
    assert words in found.message


def test_no_records_may_be_a_quiet_day() -> None:
    assert seen(records_of({"items": []}, items="items", title="title")) == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "'title' is missing"),
        ({"title": "t", "text": {"a": "b"}}, "'text' must be a text or a list"),
        ({"title": "t", "text": ["a", 1]}, "'text' must be a text or a list"),
        ({"title": "t", "url_template": "https://e.org/"}, "'url_template' needs a field"),
        ({"title": ["t"]}, "'title' must be text"),
    ],
)
def test_options_of_interfaces(options: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        JSONAPI.options(options)
