"""Laws of comparing versions of a list: nothing is lost, nothing is invented, and nothing is told twice."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.sources import _versions
from bot.sources._versions import Entry, Remembered, difference, entry
from bot.sources.document import SOURCE_KIND as DOCUMENT
from bot.types.source import Fetched, Harvest, Request
from tests.fakes import records
from tests.fakes.clock import START

texts = st.text("abc稀土é ", min_size=1, max_size=4).map(str.strip).filter(bool)
entries = st.lists(st.builds(entry, texts, st.sampled_from(["", "x", "y"])), max_size=12)
firms = st.lists(st.sampled_from([f"Firm {name}" for name in "ABCDEFGHIJKLMNOP"]), min_size=5, max_size=14)

SOURCE = records.source("src", kind="document", options=DOCUMENT.options({"title": "List"}), languages=("en",))


def poll(listed: list[str], memory: str) -> tuple[Harvest, str]:
    answer = Fetched(
        request=Request(source_id=SOURCE.id, url=SOURCE.url),
        final_url=SOURCE.url,
        status=200,
        media_type="text/plain",
        charset="utf-8",
        body="\n".join(listed).encode(),
        complete=True,
        fetched_at=START,
    )
    found = DOCUMENT.items(SOURCE, answer, memory)
    assert isinstance(found, Harvest), found
    return found, memory if found.memory is None else found.memory


@given(entries, entries)
def test_a_difference_leads_from_one_version_to_the_other(old: list[Entry], new: list[Entry]) -> None:
    change = difference(old, new)
    made = Counter(one.mark for one in old)
    made -= Counter(one.mark for one in (*change.removed, *(before for before, _ in change.changed)))
    made += Counter(one.mark for one in (*change.added, *(after for _, after in change.changed)))
    assert made == Counter(one.mark for one in new)
    assert not {one.mark for one in change.added} & {one.mark for one in change.removed}
    assert all(before.name == after.name != "" for before, after in change.changed)


@given(entries, entries)
def test_the_way_back_is_the_same_way(old: list[Entry], new: list[Entry]) -> None:
    forth, back = difference(old, new), difference(new, old)
    assert Counter(forth.added) == Counter(back.removed)
    assert len(forth.changed) == len(back.changed)


@given(entries, st.randoms(use_true_random=False))
def test_order_makes_no_difference(listed: list[Entry], random: object) -> None:
    shuffled = list(listed)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert not any(difference(listed, shuffled))
    assert _versions.version(listed) == _versions.version(shuffled)


@given(st.lists(st.builds(entry, texts, texts), max_size=8), texts)
def test_a_memory_gives_back_what_it_was_given(listed: list[Entry], waiting: str) -> None:
    remembered = Remembered(entries=tuple(listed), reading="r", waiting=waiting)
    found = _versions.read(_versions.write(remembered))
    assert found is not None
    assert [one.mark for one in found.entries] == [one.mark for one in listed]
    assert (found.reading, found.waiting) == ("r", waiting)
    assert not difference(found.entries, listed).added


@given(firms, st.lists(st.sampled_from([f"New {name}" for name in "ABCD"]), max_size=2), st.integers(0, 2))
def test_what_comes_and_goes_is_told_exactly_and_once(listed: list[str], come: list[str], gone: int) -> None:
    _, memory = poll(listed, "")
    after = [*listed[gone:], *come]
    found, memory = poll(after, memory)
    parts = [f"{len(come)} added"] * bool(come) + [f"{gone} removed"] * bool(gone)
    assert [item.title for item in found.items] == ([f"List: {', '.join(parts)}"] if parts else [])
    for item in found.items:
        assert Counter(item.body_html.split("<li>")[1:]).total() == len(come) + gone
    again, unchanged = poll(list(reversed(after)), memory)
    assert again.items == ()
    assert unchanged == memory
