"""`why` says what came of the page behind an item."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.console import Console

from bot.cli.why import show
from bot.pipeline.people.asking import Explanation
from bot.storage.documents import DocumentState, StoredDocument
from tests.fakes import rules


def test_why_tells_what_came_of_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    stored = StoredDocument(
        document=rules.document("d"), state=DocumentState.UNREAD, edition=1, kills=0, baseline=False, flood=False
    )
    known = Explanation(asked="d", documents=(stored,), pages={stored.document.id: "Its page is [wanted]."})
    show(known, Console(width=100, highlight=False))
    assert "Its page is [wanted]." in capsys.readouterr().out
    show(replace(known, pages={}), Console(width=100, highlight=False))
    assert "page" not in capsys.readouterr().out
