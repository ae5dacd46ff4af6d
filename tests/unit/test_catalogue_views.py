"""What the commands around sources print can be read on a narrow terminal, and holds no markup of strangers."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

from rich.console import Console

from bot.cli import _catalogue_views as views
from bot.rulebook.appending import SourceRow
from bot.tune.sources.finding import Found
from bot.tune.sources.importing import Import, Passed
from bot.tune.sources.trying import Answer, Charset, Sighting, Trial
from bot.types.catalogue import Nature, Proposal, Sight
from bot.types.ids import SourceId
from bot.types.source import Item
from tests.fakes import records
from tests.fakes.clock import START

TITLE = "[red]China[/] bans exports of gallium, germanium and antimony to the United States of America"
URL = "https://www.example.org/a/very/long/address/that/no/narrow/terminal/can/hold/on/one/line.html"


def narrow() -> Console:
    return Console(file=io.StringIO(), width=60, highlight=False)


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def row(name: str = "nl-x") -> SourceRow:
    return SourceRow(
        id=name, kind="feed", url=URL, publisher=TITLE, jurisdiction="NL", authority="press", reliability="F",
        every="60m", enabled=False, why="guessed: publisher - check this row and what it gives, then set enabled: yes",
    )  # fmt: skip


def test_a_trial_fits_sixty_columns() -> None:
    console = narrow()
    document = replace(records.document("x"), title=TITLE, url=URL)
    sighting = Sighting(document=document, language="en", confidence=0.97)
    trial = Trial(
        source_id="x", clock="Asia/Tokyo", robots="refuses this address", notes=("markup mended",), trouble=("Bad.",),
        answers=(Answer(url=URL, media_type="", size=1234, charset=Charset(name="cp932", why="as declared")),),
        items=(sighting, replace(sighting, document=replace(document, text="", published_at=None))),
    )  # fmt: skip
    views.show_trial(console, records.source("x", enabled=False), trial, limit=5)
    lines = printed(console).splitlines()
    assert all(len(line) <= 60 for line in lines if "https://" not in line)
    text = " ".join(printed(console).split())
    for said in (
        "[red]China[/]", "cp932: as declared", "clock Asia/Tokyo", "robots.txt refuses", "markup mended", "Bad.",
        "undated", "2026-01-06 09:00 UTC", "en (97%), text", "headline only", "2 items, 1 of them headlines only",
        "the source is disabled",
    ):  # fmt: skip
        assert said in text, said
    assert URL in printed(console), "an address is never broken, so that it can be clicked"


def test_proposals_fit_sixty_columns() -> None:
    console = narrow()
    item = Item(source_id=SourceId("x"), url=URL, title=TITLE, body_html="", published_at=START - timedelta(days=1))
    proposals = (
        Proposal(kind="listing", url=URL, how="12 links that stand alike", items=(item,) * 12, options={"row": "li"}),
        Proposal(kind="feed", url=URL, how="the page declares it", items=(replace(item, published_at=None),)),
    )
    sight = Sight(nature=Nature.PAGE, title=TITLE)
    found = Found(sight=sight, proposals=proposals, asked=("https://example.org/feed: no feed",))
    views.show_found(console, found, ("https://example.org/x is source a (b.yml:1) already.",), chosen=1)
    views.say_written(console, (row(),), None, hint="--yes writes it")
    text = " ".join(printed(console).split())
    for said in ("a page “[red]China[/]", "row: li", "12 items, 12 dated", "2026-01-05", "already", "--yes writes it"):
        assert said in text, said
    assert all(len(line) <= 60 for line in printed(console).splitlines() if "https://" not in line)


def test_an_import_names_what_it_left_out() -> None:
    console = narrow()
    passed = tuple(Passed(what=f"https://k{n}.example.org/", why="known") for n in range(12))
    rows = tuple(row(f"nl-{n}") for n in range(12))
    views.show_import(console, Import(rows=rows, known=passed, refused=()), ("markup mended",))
    text = printed(console)
    assert text.count("and 2 more") == 2
    assert "12 new, 12 known, 0 refused" in text
    assert "markup mended" in text
