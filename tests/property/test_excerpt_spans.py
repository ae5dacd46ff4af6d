"""What stays of a text stays where it was: every span that a reading points to holds the same words afterwards."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.decide.compose import excerpt
from bot.parse.excerpt import shortened
from bot.types.document import LEAD_CHARS, Document
from bot.types.levels import Slot
from bot.types.reading import Reading
from bot.types.source import Store
from tests.fakes import rules

TEXTS = st.lists(st.text("ab鎵 .\n😀", min_size=1, max_size=120), max_size=12).map("\n\n".join)


@st.composite
def read_documents(draw: st.DrawFn) -> tuple[Document, Reading]:
    document = rules.document("d", draw(st.sampled_from(["T", "A longer title of a text"])), draw(TEXTS))
    size = len(document.full)
    spans = draw(st.lists(st.tuples(st.integers(0, size), st.integers(0, size)).map(sorted).map(tuple), max_size=5))
    events = tuple(rules.event(start=a, end=b, evidence=((a, b),)) for a, b in spans[:2])
    mentions = [rules.mention("m", Slot.GOODS, start=a, end=b) for a, b in spans[2:4]]
    return document, rules.reading(document, events, mentions, sentences=tuple(spans[4:]))


def spans_of(reading: Reading) -> list[tuple[int, int]]:
    return [
        *reading.sentences,
        *((m.start, m.end) for m in reading.mentions),
        *((e.start, e.end) for e in reading.events),
    ]


@given(read_documents())
def test_every_span_of_the_reading_holds_the_same_words(case: tuple[Document, Reading]) -> None:
    document, reading = case
    short = shortened(document, reading, Store.EXCERPT)
    assert [short.full[a:b] for a, b in spans_of(reading)] == [document.full[a:b] for a, b in spans_of(reading)]
    assert [excerpt(short.full, event) for event in reading.events] == [
        excerpt(document.full, event) for event in reading.events
    ]


@given(read_documents(), st.sampled_from(Store))
def test_offsets_zones_and_title_stay_and_nothing_is_added(case: tuple[Document, Reading], store: Store) -> None:
    document, reading = case
    short = shortened(document, reading, store)
    assert len(short.full) == len(document.full)
    assert short.title == document.title
    assert all(new in (old, " ") for new, old in zip(short.full, document.full, strict=True))
    assert [short.zone_at(i) for i in range(0, len(short.full), 7)] == [
        document.zone_at(i) for i in range(0, len(short.full), 7)
    ]
    assert shortened(short, reading, store) == short


@given(read_documents())
def test_none_keeps_the_title_alone_and_full_everything(case: tuple[Document, Reading]) -> None:
    document, reading = case
    assert shortened(document, reading, Store.NONE).text.strip() == ""
    assert shortened(document, reading, Store.FULL) is document


@given(read_documents())
def test_an_excerpt_keeps_the_lead_and_no_letter_beyond_what_is_pointed_to(case: tuple[Document, Reading]) -> None:
    document, reading = case
    start = len(document.title) + 2
    short = shortened(document, reading, Store.EXCERPT)
    lead = document.text[:LEAD_CHARS].partition("\n\n")[0]
    assert short.text.startswith(lead)
    pointed = {i for a, b in spans_of(reading) for i in range(a, b)}
    beyond = [i for i in range(start + LEAD_CHARS, len(short.full)) if i not in pointed]
    assert all(short.full[i].isspace() for i in beyond)
