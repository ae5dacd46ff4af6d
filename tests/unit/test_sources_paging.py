"""Pages of older entries: as sites number them, and no further than told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.pipeline.polling.gathering import OLDER_PAGES
from bot.sources._work import kinds
from bot.types.source import Request
from tests.fakes import records

LEAST: dict[str, dict[str, object]] = {"listing": {"row": "li"}, "jsonapi": {"title": "title"}}
NOW = datetime(2025, 12, 31, 17, tzinfo=UTC)  # 2026 in Beijing


def asked(kind: str, page: int, **options: object) -> Request | None:
    chosen = kinds()[kind]
    fields: dict[str, Any] = {
        "kind": kind,
        "url": "https://e.org/list/",
        "jurisdiction": "CN",
        "headers": (("X", "y"),),
        "robots": False,
    }
    source = records.source("src", options=chosen.options({**LEAST[kind], **options}), **fields)
    return chosen.older(source, page, now=NOW)


@pytest.mark.parametrize("kind", LEAST)
@pytest.mark.parametrize(
    ("options", "urls"),
    [
        ({"page_url": "https://e.org/list?p={page}"}, ["list?p=2", "list?p=3", "list?p=4", "list?p=5", None]),
        ({"page_url": "https://e.org/{year}/index_{page}.html", "page_from": "1", "pages": "3"},
         ["2026/index_1.html", "2026/index_2.html", None, None, None]),
        ({"page_url": "/?start={page}", "page_from": 20, "page_step": 20, "pages": 3},
         ["?start=20", "?start=40", None, None, None]),
    ],
)  # fmt: skip
def test_older_pages(kind: str, options: dict[str, object], urls: list[str | None]) -> None:
    found = [asked(kind, page, **options) for page in range(2, 7)]
    assert [request.url.removeprefix("https://e.org/") if request else None for request in found] == urls
    assert found[0] is not None
    assert (found[0].headers, found[0].robots, found[0].etag) == ((("X", "y"),), False, None)


@pytest.mark.parametrize("kind", LEAST)
def test_no_more_pages_can_be_told_than_are_asked_for(kind: str) -> None:
    most = OLDER_PAGES + 1
    assert asked(kind, most, page_url="https://e.org/{page}", pages=most) is not None
    with pytest.raises(ValueError, match="pages"):
        asked(kind, most, page_url="https://e.org/{page}", pages=most + 1)


@pytest.mark.parametrize("kind", LEAST)
def test_without_a_template_nothing_is_older(kind: str) -> None:
    assert asked(kind, 2) is None
    assert asked(kind, 1, page_url="https://e.org/{page}") is None
