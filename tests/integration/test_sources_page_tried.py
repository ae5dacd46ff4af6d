"""What `sources test` and `why` say of pages, over the real door and through a real child process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from bot.app import try_page
from bot.cli.why import show
from bot.pipeline.asking import Explanation
from bot.storage.documents import DocumentState, StoredDocument
from bot.types.document import Document
from bot.types.settings import FetchSettings, Settings
from tests.fakes import pdf, records, rules
from tests.fakes.web import WebServer, ok, status

TEXT = "The ministry bans the export of gallium to Japan. The ban holds from the first of February 2026."


@pytest.fixture(scope="module")
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def tried(web: WebServer, url: str) -> Document | str:
    fetch = FetchSettings(allow_hosts=(web.netloc,), per_host_seconds=0.0)
    settings = Settings(data=Path("/nowhere"), rules=Path("/nowhere"), fetch=fetch)
    return try_page(records.source(), rules.document("d", "A ban", url=url), settings)


@pytest.mark.slow
def test_the_page_of_an_item_is_tried_as_the_bot_would_read_it(web: WebServer) -> None:
    page = f"<html><body><main><h1>A ban</h1><p>{TEXT}</p></main></body></html>"
    found = tried(web, web.on("/ban.html", ok(page, "text/html")))
    assert isinstance(found, Document)
    assert found.text == TEXT


@pytest.mark.slow
def test_what_cannot_be_read_is_said_in_a_sentence(web: WebServer) -> None:
    scanned = tried(web, web.on("/scan.pdf", ok(pdf.pdf(pdf.PICTURE), "application/pdf")))
    assert isinstance(scanned, str)
    assert "scanned" in scanned
    gone = tried(web, web.on("/gone.html", status(404)))
    assert isinstance(gone, str)
    assert "404" in gone


def test_why_tells_what_came_of_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    stored = StoredDocument(
        document=rules.document("d"), state=DocumentState.UNREAD, edition=1, kills=0, baseline=False, flood=False
    )
    known = Explanation(asked="d", documents=(stored,), pages={stored.document.id: "Its page is [wanted]."})
    show(known, Console(width=100, highlight=False))
    assert "Its page is [wanted]." in capsys.readouterr().out
    show(replace(known, pages={}), Console(width=100, highlight=False))
    assert "page" not in capsys.readouterr().out
