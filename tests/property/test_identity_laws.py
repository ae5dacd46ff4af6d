"""Whatever a feed does to the names of its entries, what was seen is not new again, and what is new is."""

from __future__ import annotations

import html
from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources._work import gather
from bot.types.document import Gathered
from bot.types.source import Novelty
from tests.fakes import records
from tests.fakes.clock import START
from tests.fakes.memory import Memory

SOURCE = records.source("src", kind="feed", jurisdiction="INT")
METALS = ("gallium", "germanium", "antimony", "tungsten", "bismuth", "indium", "tellurium", "molybdenum", "dysprosium")
DATES = ("", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT", "nonsense", "2026-01-06")


@dataclass(frozen=True)
class Line:
    """One entry as a feed writes it."""

    number: int
    guid: str | None
    title: str
    text: str
    date: str = ""
    link: bool = True


def line(number: int, *, guid: bool = True) -> Line:
    title = f"Notice {number} on the export of {METALS[number % len(METALS)]}"
    return Line(number, f"id-{number}" if guid else None, title, f"Text of notice {number}, at some length.")


def written(lines: list[Line]) -> bytes:
    """The feed."""
    entries = []
    for one in lines:
        guid = f"<guid isPermaLink='false'>{one.guid}</guid>" if one.guid else ""
        link = f"<link>https://src.example.org/{one.number}</link>" if one.link else ""
        entries.append(
            f"<item><title>{html.escape(one.title)}</title>{guid}{link}<pubDate>{one.date}</pubDate>"
            f"<description>{html.escape(one.text)}</description></item>"
        )
    return f"<rss><channel>{''.join(entries)}</channel></rss>".encode()


class Feed:
    """A feed, and what was seen of it."""

    def __init__(self) -> None:
        self.memory = Memory()

    def poll(self, lines: list[Line]) -> list[Novelty]:
        """What its entries are; remembered."""
        later = START + timedelta(hours=len(self.memory.items))
        found = gather(SOURCE, replace(records.answer(written(lines), SOURCE), fetched_at=later))
        assert isinstance(found, Gathered)
        return [one.novelty for one in self.memory.recognise(found.documents)]


def news(found: list[Novelty]) -> int:
    return found.count(Novelty.NEW)


windows = st.integers(2, 12)
any_order = st.randoms(use_true_random=False)


@given(windows, any_order, st.booleans(), st.integers(0, 4))
@settings(max_examples=25)
def test_new_names_for_old_entries_are_no_news(size: int, shuffle: object, permuted: bool, fresh: int) -> None:
    """All entries get other GUIDs, in another order, with new ones among them (at most as many as are known)."""
    fresh = min(fresh, size)
    memory, lines = Feed(), [line(n) for n in range(size)]
    assert news(memory.poll(lines)) == size
    guids = [one.guid for one in lines]
    if permuted:
        shuffle.shuffle(guids)  # type: ignore[attr-defined]
    else:
        guids = [f"other-{guid}" for guid in guids]
    after = [replace(one, guid=guid) for one, guid in zip(lines, guids, strict=True)]
    after += [replace(line(n), guid=f"fresh-{n}") for n in range(100, 100 + fresh)]
    shuffle.shuffle(after)  # type: ignore[attr-defined]
    assert news(memory.poll(after)) == fresh
    assert news(memory.poll(lines)) == 0
    assert news(memory.poll(after)) == 0
    assert len(memory.memory.items) == size + fresh


@given(windows, any_order, st.booleans())
@settings(max_examples=25)
def test_edits_are_edits(size: int, shuffle: object, guid: bool) -> None:
    """Another text, another date, a word more in the title: the entry stays itself and is read again."""
    memory, lines = Feed(), [line(n, guid=guid) for n in range(size)]
    memory.poll(lines)
    changed = [
        replace(one, text=f"{one.text} And a correction.", title=f"{one.title} (update)", date=DATES[one.number % 5])
        for one in lines
    ]
    shuffle.shuffle(changed)  # type: ignore[attr-defined]
    assert memory.poll(changed) == [Novelty.EDITED] * size
    assert memory.poll(lines) == [Novelty.SAME] * size  # a stale replica brings nothing back
    assert len(memory.memory.items) == size


@given(windows, st.lists(st.sampled_from(DATES), min_size=2, max_size=5), st.booleans(), st.booleans())
@settings(max_examples=25)
def test_dates_make_nothing_new(size: int, dates: list[str], guid: bool, link: bool) -> None:
    """Future, 1970, missing or nonsense: with a name or an address, a date says nothing about newness."""
    memory = Feed()
    for poll, date in enumerate(dates):
        found = memory.poll([replace(line(n, guid=guid or not link), date=date, link=link) for n in range(size)])
        assert news(found) == (0 if poll else size)


@given(st.lists(st.integers(0, 12), min_size=2, max_size=12), st.booleans())
@settings(max_examples=25)
def test_windows_that_jump_back_and_forth_repeat_nothing(starts: list[int], guid: bool) -> None:
    """Replicas, rollbacks, skipped polls: every entry is new exactly once, whenever it is shown."""
    memory, seen = Feed(), set[int]()
    for start in starts:
        shown = range(start, start + 6)
        assert news(memory.poll([line(n, guid=guid) for n in shown])) == len(set(shown) - seen)
        seen.update(shown)


@given(windows, windows)
@settings(max_examples=20)
def test_one_name_for_all_entries_is_none(size: int, later: int) -> None:
    """The same GUID on every entry: each is new once, and known by its address and title after that."""
    memory = Feed()
    assert news(memory.poll([replace(line(n), guid="same") for n in range(size)])) == size
    assert news(memory.poll([replace(line(n), guid="same") for n in range(later)])) == max(later - size, 0)
