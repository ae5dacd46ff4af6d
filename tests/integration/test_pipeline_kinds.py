"""Polls with real kinds of source whose answers lead to more requests, or whose items are not their entries."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest

from bot.pipeline import collect
from bot.sources._work import gather, kinds
from bot.storage import Database
from bot.types.ids import SourceId
from bot.types.source import Fetched, FetchFailure, Request, SourceState
from tests.fakes import engine, records
from tests.fakes.clock import FakeClock

SRC = SourceId("src")


@dataclass
class Site:
    """Pages by address; reads them in this process."""

    pages: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, request: Request, *, now: datetime) -> Fetched | FetchFailure:
        self.asked.append(request.url.removeprefix("https://e.org/"))
        if request.url not in self.pages:
            return replace(engine.failure(), request=request, status=404)
        return Fetched(
            request=request, final_url=request.url, status=200, media_type="", charset="utf-8",
            body=self.pages[request.url].encode(), complete=True, fetched_at=now, etag='"1"',
        )  # fmt: skip

    def close(self) -> None:
        pass

    def call(self, target: str, *args: Any, deadline: float) -> Any:
        return gather(*args)

    def renew(self, initializer: tuple[str, tuple[Any, ...]]) -> None:
        pass


class Poll:
    """One source that is polled again and again."""

    def __init__(self, database: Database, clock: FakeClock, **fields: Any) -> None:
        self.site = Site()
        options = kinds()[fields["kind"]].options(fields.pop("options", {}))
        source = records.source("src", **{"url": "https://e.org/start", "options": options} | fields)
        book = engine.rulebook(source)
        rig = engine.bench(database, clock, book).rig
        self.rig = replace(rig, kinds=kinds(), fetcher=self.site, parsers=self.site, ward=self.site)

    def __call__(self, **pages: str) -> tuple[str, list[str], list[str]]:
        """Outcome, titles to be read, and what was asked for."""
        self.site.pages |= {f"https://e.org/{name}": body for name, body in pages.items()}
        self.site.asked.clear()
        found = collect(self.rig, SRC)
        with self.rig.database.transaction() as tx:
            titles = sorted(stored.document.title for stored in tx.documents.get(found.document_ids))
        return found.outcome, titles, list(self.site.asked)

    def state(self) -> SourceState:
        with self.rig.database.transaction() as tx:
            found = tx.sources.state(SRC)
        assert found is not None
        return found


def index(**dates: str) -> str:
    rows = (f"<sitemap><loc>https://e.org/{n}</loc><lastmod>{d}</lastmod></sitemap>" for n, d in dates.items())
    return f"<sitemapindex>{''.join(rows)}</sitemapindex>"


def urls(*slugs: str) -> str:
    return f"<urlset>{''.join(f'<url><loc>https://e.org/{slug}</loc></url>' for slug in slugs)}</urlset>"


def test_an_index_and_its_parts_are_one_answer(database: Database, clock: FakeClock) -> None:
    poll = Poll(database, clock, kind="sitemap", min_items=2)
    first = poll(start=index(a="2026-01-02", b="2026-01-03"), a=urls("old-news"), b=urls("other-news", "more-news"))
    assert first == ("fetched", ["More news", "Old news", "Other news"], ["start", "b", "a"])
    assert poll.state().first_fetch_done
    assert poll.state().items_seen == 3
    assert poll.state().etag is None, "a part may change while the index stays"
    assert poll() == ("unchanged", [], ["start"])
    assert poll.state().items_seen == 3
    assert poll.state().etag == '"1"', "nothing but the index was read"
    assert poll() == ("unchanged", [], ["start"])
    later = poll(start=index(a="2026-01-02", b="2026-01-04"), b=urls("other-news", "more-news", "new-news"))
    assert later == ("fetched", ["New news"], ["start", "b", "a"])


def test_answers_in_which_nothing_changed_end_a_quarantine_when_a_parser_looked(
    database: Database, clock: FakeClock
) -> None:
    poll = Poll(database, clock, kind="sitemap")
    poll(start=index(a="2026-01-02"), a=urls("old-news"))
    with database.transaction() as tx:
        tx.sources.save(replace(poll.state(), stops=1, clean=1))
    assert poll()[0] == "unchanged"
    assert (poll.state().stops, poll.state().clean) == (1, 2)
    assert poll()[0] == "unchanged"
    assert (poll.state().stops, poll.state().clean) == (1, 2), "the very same bytes, at which nobody looked"
    poll(start=index(a="2026-01-02") + " ")
    assert poll.state().stops == 0


def test_a_part_that_cannot_be_had_is_asked_for_again(database: Database, clock: FakeClock) -> None:
    poll = Poll(database, clock, kind="sitemap")
    assert poll(start=index(a="2026-01-05"))[0] == "status"
    assert poll.state().failures == 1
    assert not poll.state().first_fetch_done
    assert poll(a=urls("old-news"))[:2] == ("fetched", ["Old news"])
    assert poll(start=index(a="2026-01-06"), a="<html></html>")[0] == "parse-failure"
    assert poll(a=urls("old-news", "new-news"))[:2] == ("fetched", ["New news"])


@pytest.mark.parametrize("least", [0, 5])
def test_a_list_is_as_healthy_as_it_has_entries(database: Database, clock: FakeClock, least: int) -> None:
    poll = Poll(database, clock, kind="document", min_items=least, options={"title": "List"})
    firms = [f"Firm {n}" for n in range(8)]
    assert poll(start="\n".join(firms))[:2] == ("fetched", [])
    assert poll.state().items_seen == 8
    assert poll(start="\n".join([*firms, "Firm X"]))[:2] == ("fetched", ["List: 1 added"])
    assert poll(start="\n".join([*firms, "Firm X", ""]))[:2] == ("fetched", [])
    assert poll(start="Maintenance")[0] == "parse-failure"


def test_a_mass_removal_is_told_when_it_is_seen_twice(database: Database, clock: FakeClock) -> None:
    poll = Poll(database, clock, kind="document", options={"title": "List"})
    firms = [f"Firm {n}" for n in range(8)]
    poll(start="\n".join(firms))
    assert poll(start="\n".join(firms[:3]))[0] == "parse-failure"
    assert poll()[:2] == ("fetched", ["List: 5 removed"])
    assert poll()[0] == "unchanged"
    assert poll.state().failures == 0


def test_a_page_named_after_its_year_may_come_late(database: Database, clock: FakeClock) -> None:
    options = {"row": "li"}
    poll = Poll(database, clock, kind="listing", url="https://e.org/{year}", min_items=1, options=options)
    notice = "<ul><li><a href='/{0}'>Notice {0} of the ministry</a></li></ul>".format
    assert poll(**{"2025": notice(99)})[1:] == (["Notice 99 of the ministry"], ["2026", "2025"])
    assert poll.state().failures == 0
    poll(**{"2026": "<ul></ul>"})
    assert poll.state().failures == 0, "the new page is there and holds nothing yet"
    assert "https://e.org/2026" in poll.state().notes[0]
    assert poll(**{"2026": notice(1)})[1] == ["Notice 1 of the ministry"]
    del poll.site.pages["https://e.org/2025"]
    assert poll()[0] == "status", "the old page was there"
    clock.turn(40 * 86_400)
    assert poll()[2] == ["2026"]
