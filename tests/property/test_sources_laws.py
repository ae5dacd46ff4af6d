"""Laws of reading feeds that hold for any neighbour of a good entry."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from bot.sources._work import harvest
from bot.types.source import Fetched, Harvest, Request
from tests.fakes import records
from tests.fakes.clock import START

SOURCE = records.source("src", kind="feed", jurisdiction="INT")
GOOD = [f"<item><title>good {n}</title><link>https://e.org/{n}</link><guid>g{n}</guid></item>" for n in range(5)]

junk = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    "&#xD800;",
                    "&#x110000;",
                    "&#99999999999;",
                    "&nbsp;",
                    "&",
                    "<",
                    ">",
                    "\0",
                    "\ufffe",
                    "\ud800",
                    '"',
                    "'",
                ),
                *("<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE x [", "]>", "<?php ", "?>", "<?xml?>", "/>", "="),
                *("<item>", "</item>", "<item/>", "<title>", "</title>", "<title/>", "<description>", "</description>"),
                *("</channel>", "</rss>", "<rss>", "<entry>", "<nope:x>", "<a href='", "<b>", "</b>", "<link>x"),
            ]
        ),
        st.text(max_size=5),
    ),
    min_size=1,
    max_size=8,
).map("".join)


@given(junk, st.integers(0, 5), st.booleans())
@example("<!DOCTYPE x [", 3, False)
@example("<item><title><item><![CDATA[", 4, True)
@example("<!--", 0, True)
def test_no_neighbour_costs_a_good_entry(bad: str, place: int, wrapped: bool) -> None:
    entry = f"<item><title>{bad}</title></item>" if wrapped else bad
    items = "".join((*GOOD[:place], entry, *GOOD[place:]))
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'
    found = harvest(
        SOURCE,
        Fetched(
            request=Request(source_id=SOURCE.id, url=SOURCE.url),
            final_url=SOURCE.url,
            status=200,
            media_type="application/rss+xml",
            charset="utf-8",
            body=body.encode("utf-8", "surrogatepass"),
            complete=True,
            fetched_at=START,
        ),
    )
    assert isinstance(found, Harvest)
    assert [item.guid for item in found.items if item.title.startswith("good ")] == [f"g{n}" for n in range(5)]
