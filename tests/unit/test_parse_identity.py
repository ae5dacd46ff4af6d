"""Items are known again across polls, edits and feeds that do not keep their identifiers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.parse.document import document
from bot.parse.identity import Keyed, keys_of, recognise
from bot.types.ids import SourceId
from bot.types.source import Item, Novelty
from tests.fakes import records
from tests.fakes.memory import Memory

SEEN = datetime(2026, 1, 6, 9, tzinfo=UTC)
SOURCE = records.source("src")
LONG = "The ministry explains at length why exports of this metal now need a licence. " * 3


def keyed(title: str = "", *, guid: str | None = None, link: str = "", body: str = "", **fields: Any) -> Keyed:
    item = Item(source_id=SourceId("src"), url=link, title=title, body_html=body, guid=guid, **fields)
    made = document(item, SOURCE, first_seen=SEEN)
    return made, keys_of(item, made)


def test_keys_are_what_the_lookup_needs() -> None:
    made, keys = keyed("Ban on gallium", guid="1", link="https://www.e.org/1/?utm_source=x")
    assert [key[:2] for key in keys] == ["n:", "g:", "l:", "t:", "h:"]
    assert keys[0] == f"n:{made.id}"
    assert keys[2:4] == keyed("BAN on Gallium!", link="http://e.org/1")[1][1:3]
    assert [key[:2] for key in keyed("Tin")[1]] == ["n:", "h:"]  # too short a title to name anything
    assert keys[-1] == f"h:{made.content_hash}"


def test_the_same_body_brings_nothing_new() -> None:
    memory = Memory()
    body = [keyed("Ban on gallium", guid="1", link="https://e.org/1"), keyed("Tariffs on tin", link="https://e.org/2")]
    assert memory.poll(*body) == ["new", "new"]
    assert memory.poll(*body) == ["same", "same"]


def test_an_edit_keeps_name_and_first_sight() -> None:
    memory = Memory()
    first = memory.recognise([keyed("Ban on gallium", guid="1", link="https://e.org/1", body="Old text.")])[0]
    later = keyed("Ban on gallium and tin", guid="1", link="https://e.org/1", body="New text.")
    found = recognise([later], list(memory.items.values()))[0]
    assert found.novelty is Novelty.EDITED
    assert found.document.id == first.document.id != later[0].id
    assert found.document.first_seen == SEEN
    assert found.known is not None
    assert found.known.title == "Ban on gallium"
    assert found.document.title == "Ban on gallium and tin"


def test_one_guid_on_items_with_other_links_and_titles_names_several_items() -> None:
    memory = Memory()
    body = [keyed(f"Notice on metal {n}", guid="same", link=f"https://e.org/{n}") for n in range(4)]
    assert memory.poll(*body[:3]) == ["new"] * 3
    assert memory.poll(*body) == ["same"] * 3 + ["new"]
    # One at a time, too: the guid alone is no proof.
    assert memory.poll(keyed("Something else entirely", guid="same", link="https://e.org/9")) == ["new"]


def test_one_guid_without_links_tells_items_by_their_titles() -> None:
    memory = Memory()
    assert memory.poll(keyed("good one", guid="g1"), keyed("A", guid="g1")) == ["new", "new"]
    assert memory.poll(keyed("good one", guid="g1"), keyed("A", guid="g1")) == ["same", "same"]
    assert memory.poll(keyed("Announcement No. 61 of 2025", guid="g9")) == ["new"]
    assert memory.poll(keyed("Announcement No. 62 of 2025", guid="g9")) == ["new"]
    # A guid that stood for two items names none any more; one that stood for one still does.
    assert memory.poll(keyed("Announcement No. 62 of 2025 (corrected)", guid="g9")) == ["new"]
    assert memory.poll(keyed("Notice on export of tungsten", guid="g8")) == ["new"]
    assert memory.poll(keyed("Notice on the export of tungsten", guid="g8")) == ["edited"]


def test_without_guid_the_link_names_an_item() -> None:
    memory = Memory()
    assert memory.poll(keyed("Ban on gallium", link="https://e.org/1")) == ["new"]
    assert memory.poll(keyed("Ban on gallium", link="http://www.e.org/1/?utm_source=rss")) == ["same"]
    assert memory.poll(keyed("Ban on gallium lifted", link="https://e.org/1")) == ["edited"]


def test_without_guid_and_link_title_date_and_text_name_it() -> None:
    memory = Memory()
    monday, tuesday = SEEN, SEEN + timedelta(days=1)
    assert memory.poll(keyed("Market report", body=LONG, published_at=monday)) == ["new"]
    assert memory.poll(keyed("Market report", body=LONG, published_at=monday)) == ["same"]
    assert memory.poll(keyed("Market report", body="Another day.", published_at=tuesday)) == ["new"]


def test_a_link_that_all_items_share_names_none_of_them() -> None:
    memory = Memory()
    home = "https://e.org/news"
    body = [keyed(f"Notice on metal {n}", guid=str(n), link=home) for n in range(6)]
    assert memory.poll(*body[:4]) == ["new"] * 4
    assert memory.poll(*body[2:]) == ["same", "same", "new", "new"]
    bare = [keyed(f"Report about ore {n}", link=home) for n in range(4)]
    assert memory.poll(*bare[:3]) == ["new"] * 3
    assert memory.poll(*bare[1:]) == ["same", "same", "new"]


def test_a_title_that_many_items_share_names_none_of_them() -> None:
    memory = Memory()
    assert (
        memory.poll(*[keyed("Press release", guid=str(n), link=f"https://e.org/{n}") for n in range(3)]) == ["new"] * 3
    )
    assert (
        memory.poll(*[keyed("Press release", guid=str(n), link=f"https://e.org/{n}") for n in range(3, 6)])
        == ["new"] * 3
    )


def test_a_feed_that_gives_all_items_new_guids_brings_nothing_new() -> None:
    memory = Memory()

    def body(suffix: str) -> list[Keyed]:
        return [keyed(f"Notice on metal {n}", guid=f"{n}{suffix}", link=f"https://e.org/{n}") for n in range(6)]

    assert memory.poll(*body("a")) == ["new"] * 6
    assert memory.poll(*body("b")) == ["renamed"] * 6
    assert memory.poll(*body("b")) == ["same"] * 6  # the new names are known from now on
    assert memory.poll(*body("a")) == ["same"] * 6  # and the old ones are not forgotten
    assert len(memory.items) == 6


def test_new_guids_and_new_links_at_once_are_known_by_title() -> None:
    memory = Memory()
    assert memory.poll(*[keyed(f"Notice on metal {n}", guid=f"{n}", link=f"https://e.org/{n}") for n in range(5)]) == (
        ["new"] * 5
    )
    moved = [keyed(f"Notice on metal {n}", guid=f"new-{n}", link=f"https://new.org/a/{n}") for n in range(5)]
    fresh = keyed("A sixth notice", guid="new-6", link="https://new.org/a/6")
    assert memory.poll(*moved, fresh) == ["renamed"] * 5 + ["new"]


def test_one_new_guid_among_known_ones_is_a_new_item_unless_nothing_changed() -> None:
    memory = Memory()
    body = [keyed(f"Notice on metal {n}", guid=str(n), link=f"https://e.org/{n}", body=LONG) for n in range(5)]
    memory.poll(*body)
    again = keyed("Notice on metal 0", guid="x", link="https://e.org/0", body=LONG)
    assert memory.poll(again, *body[1:]) == ["renamed", "same", "same", "same", "same"]
    rewritten = keyed("Notice on metal 1", guid="y", link="https://e.org/1", body="Another text altogether.")
    assert memory.poll(rewritten, *body[2:]) == ["new", "same", "same", "same"]


def test_an_item_that_gains_or_loses_its_guid_stays_itself() -> None:
    memory = Memory()
    assert memory.poll(keyed("Ban on gallium", link="https://e.org/1")) == ["new"]
    assert memory.poll(keyed("Ban on gallium", guid="1", link="https://e.org/1")) == ["same"]
    assert memory.poll(keyed("Ban on gallium", link="https://e.org/1")) == ["same"]


def test_two_replicas_that_take_turns_repeat_nothing() -> None:
    memory = Memory()
    old = [keyed("Ban on gallium", guid="1", link="https://e.org/1", body="First text.")]
    new = [keyed("Ban on gallium, germanium", guid="1", link="https://e.org/1", body="Second text.")]
    assert memory.poll(*old) == ["new"]
    assert memory.poll(*new) == ["edited"]
    for _ in range(100):
        assert memory.poll(*old) == ["same"]
        assert memory.poll(*new) == ["same"]
    assert len(memory.items) == 1


def test_entries_listed_twice_come_out_once() -> None:
    one = keyed("Ban on gallium", guid="1", link="https://e.org/1")
    version = keyed("Ban on gallium", guid="1", link="https://e.org/1", body="Longer now.")
    other_guid = keyed("Ban on gallium", guid="2", link="https://e.org/1")
    assert [found.document.id for found in recognise([one, version, one, other_guid], [])] == [one[0].id]
    assert len(recognise([keyed("t"), keyed("t"), keyed("u")], [])) == 2


def test_dates_do_not_matter() -> None:
    memory = Memory()
    for date in (None, datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC), SEEN):
        novelty = memory.poll(keyed("Ban on gallium", guid="1", link="https://e.org/1", published_at=date))
        assert novelty == (["new"] if date is None else ["same"])


def test_keys_of_an_entry_rewritten_without_end_stay_few() -> None:
    memory = Memory()
    for n in range(200):
        memory.poll(keyed(f"Live: update {n}", guid="1", link="https://e.org/1", body=f"Text {n}"))
    (item,) = memory.items.values()
    assert len(item.keys) <= 64
    assert memory.poll(keyed("Live: update 200", guid="1", link="https://e.org/1")) == ["edited"]
