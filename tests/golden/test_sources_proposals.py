"""Answers of real sources, as recorded for the catalogue: how many would `sources add` have read as they are read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.app import plugins
from bot.rulebook.load import sources_in
from bot.tune.sources.finding import unknown_source
from bot.tune.sources.looking import look
from bot.types.source import Fetched, Request, Source
from tests.fakes.clock import START

ROOT = Path(__file__).resolve().parents[2]
RECORDED = ROOT / "tests" / "golden" / "recorded"
# Of lists: two stand in scripts, one in links that call scripts, one is cut down to two entries. Of interfaces: records
# without addresses, which only their own documentation tells how to make.
FLOORS = {"listing": 7, "jsonapi": 6, "feed": 1}


def catalogue() -> dict[str, Source]:
    found = plugins()
    files = sorted((ROOT / "rules" / "sources").glob("*.yml"))
    return {str(source.id): source for file in files for source in sources_in(file, found)}


def first_proposal(source: Source, page: Path) -> set[tuple[str, str]]:
    """Titles and addresses that the proposal ranked first gives, knowing the address and whose it is."""
    unknown = unknown_source(source.url, source.jurisdiction)
    answer = Fetched(
        request=Request(source_id=unknown.id, url=source.url), final_url=source.url, status=200, media_type="",
        charset=None, body=page.read_bytes(), complete=True, fetched_at=START,
    )  # fmt: skip
    proposals = sorted(look(unknown, answer).proposals, key=lambda proposal: -proposal.worth)
    return {(item.title, item.url) for item in proposals[0].items} if proposals else set()


@pytest.mark.skipif(not RECORDED.is_dir(), reason="no answers of the catalogue's sources are recorded here")
@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_recorded_answers_are_read_as_the_catalogue_reads_them(kind: str) -> None:
    sources = catalogue()
    right, wrong = [], []
    for folder in sorted(RECORDED.iterdir()):
        source = sources.get(folder.name)
        pages = [page for page in folder.glob("page.*") if page.suffix in {".html", ".json", ".xml"}]
        if source is None or source.kind != kind or not pages:
            continue
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["documents"]
        wanted = {(entry["title"], entry["url"]) for entry in expected}
        (right if first_proposal(source, pages[0]) == wanted else wrong).append(folder.name)
    assert len(right) >= FLOORS[kind], f"right: {right}, wrong: {wrong}"
