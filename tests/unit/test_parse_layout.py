"""Lists on pages without a feed are found: the selectors proposed first give exactly the items that a person sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date
from typing import Any

import pytest

from bot.parse.dates import zone_of
from bot.parse.dom import Page
from bot.parse.layout import layouts
from bot.sources.listing import SOURCE_KIND as LISTING
from bot.tune.sources.finding import unknown_source
from bot.types.source import Fetched, Harvest, Item, Request
from tests.fakes.clock import START
from tests.fakes.layouts import ASIDE, EN, TUNED, Listing, shell

FROM_ASIDE = 6  # of 7; one row of a layout table of the nineties holds the whole page


def answer(page: Listing) -> Fetched:
    values: dict[str, Any] = {"status": 200, "media_type": "text/html", "charset": "utf-8", "complete": True}
    source = unknown_source(page.url)
    return Fetched(
        request=Request(source_id=source.id, url=page.url),
        final_url=page.url,
        body=page.html.encode(),
        fetched_at=START,
        **values,
    )


def first_proposal(page: Listing) -> tuple[Item, ...]:
    """What the kind itself reads with the selectors proposed first."""

    source = unknown_source(page.url)
    found = layouts(Page(page.html, page.url), zone=zone_of(source.jurisdiction))
    if not found:
        return ()
    cells = {"row": found[0].row, "title": found[0].title, "link": found[0].link, "date": found[0].date}
    options = LISTING.options({name: selector for name, selector in cells.items() if selector})
    harvest = LISTING.items(replace(source, kind="listing", options=options), answer(page))
    return harvest.items if isinstance(harvest, Harvest) else ()


def right(page: Listing) -> bool:
    items = first_proposal(page)
    dated = not page.dated or all(item.published_at is not None for item in items)
    return tuple((item.title, item.url) for item in items) == page.items and dated


@pytest.mark.parametrize("page", TUNED, ids=lambda page: page.name)
def test_the_first_proposal_gives_exactly_the_items(page: Listing) -> None:
    items = first_proposal(page)
    assert tuple((item.title, item.url) for item in items) == page.items
    if page.dated:
        assert [item.published_at.day for item in items if item.published_at] == [16, 15, 14, 12, 9, 8, 7, 6]


def test_it_does_so_on_pages_that_nobody_looked_at_while_making_it() -> None:
    missed = [page.name for page in ASIDE if not right(page)]
    assert len(ASIDE) - len(missed) >= FROM_ASIDE, missed


def test_menus_are_no_lists() -> None:
    assert layouts(Page(shell("en", "Empty", "<main><p>Loading</p></main>"), "https://e.org/"), zone=UTC) == ()


def test_a_page_may_hold_nothing_at_all() -> None:
    for markup in ("", "<", "\0", "<a href='x'>", "<html></html>", "<a>" * 2000):
        assert layouts(Page(markup, "https://e.org/"), zone=UTC) == ()


def test_classes_that_a_build_tool_numbered_are_the_last_resort() -> None:
    rows = "".join(
        f'<li class="css-1x2y3z {"story" if n else "story lead"}"><a href="/{n}">{title}</a></li>'
        for n, title in enumerate(EN)
    )
    markup = (
        f"<main><ul class='css-9a8b7c'>{rows}</ul><ul><li><a href='/z'>A link on its own in a list</a></li></ul></main>"
    )
    assert layouts(Page(markup, "https://e.org/"), zone=UTC)[0].row == "li.story"


def test_hostile_pages_are_bounded() -> None:
    deep = "<div>" * 200 + "".join(f"<a href='/{n}'>{EN[n % 8]} {n}</a>" for n in range(5000)) + "</div>" * 200
    found = layouts(Page(deep, "https://e.org/"), zone=UTC)
    assert all(len(layout.urls) <= 200 for layout in found)


@pytest.mark.parametrize(
    ("pattern", "american"),
    [("{0.month:02}/{0.day:02}/{0.year}", True), ("{0.day:02}/{0.month:02}/{0.year}", False), ("{0}", False)],
)
def test_dates_that_begin_with_the_month_are_told_by_their_numbers(pattern: str, american: bool) -> None:
    rows = "".join(
        f"<li><a href='/{n}'>{title}</a> {pattern.format(date(2026, 1, 16 - n))}</li>" for n, title in enumerate(EN)
    )
    found = layouts(Page(f"<main><ul class=n>{rows}</ul></main>", "https://e.org/"), zone=UTC)
    assert [layout.month_first for layout in found] == [american]
