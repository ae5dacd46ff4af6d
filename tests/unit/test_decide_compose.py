"""What a team is told: reasons, quote with marks, sources, confirmation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.cluster import place
from bot.decide import decisions
from bot.decide.compose import QUOTE_CHARS, alert, confirmation, excerpt, quote, reasons, source_lines
from bot.decide.saying import said
from bot.score import assess
from bot.types.delivery import Action, Alert, History
from bot.types.document import Document
from bot.types.ids import ConceptId, RuleId
from bot.types.levels import Authority, Slot, Stage
from bot.types.reading import Event, Reading
from bot.types.story import LedgerLine, Story
from tests.fakes.rules import NOON, by_id, document, event, mention, reading, rule, rulebook

LATER = NOON + timedelta(hours=1)
TITLE = "China bans exports of dual-use goods to Japan with effect from today"


def told(name: str, step: Event | None = None, **changes: Any) -> tuple[Document, Reading]:
    doc = document(name, **{"title": TITLE, **changes})
    return doc, reading(doc, [step] if step else [], [mention("export-ban", Slot.MEASURE, 6, surface="bans exports")])


def story_of(*docs: tuple[Document, Reading]) -> Story:
    story = None
    for doc, read in docs:
        story = place(doc, read, (story,) if story else (), lexicon=rulebook().lexicon).story
    assert story is not None
    return story


def composed(*docs: tuple[Document, Reading]) -> Alert:
    book = rulebook()
    story, readings = story_of(*docs), by_id(*(read for _, read in docs))
    result = assess(story, readings, book)
    (decision, *_) = decisions(result, story, book.routing, History(), LATER)
    texts = {doc.id: doc for doc, _ in docs}
    return alert(story, result, decision, readings, texts, book, {"en": "China bans it", "nl": "China verbiedt het"})


STEP = event(start=0, end=len(TITLE), evidence=((0, 5), (6, 18)))
MINISTRY: dict[str, Any] = {"authority": Authority.OFFICIAL, "jurisdiction": "CN", "publisher": "商务部"}


def test_an_alert_says_what_whom_why_and_from_where() -> None:
    made = composed(told("a", STEP))
    assert made.id == "a-a"
    assert made.headlines == {"en": "China bans it", "nl": "China verbiedt het"}
    assert made.stage is Stage.ANNOUNCED
    assert [(sector, title) for sector, title, _ in made.sectors] == [("chips", "Chips"), ("wind", "Wind")]
    assert made.sector_names["wind"] == {"en": "wind", "nl": "wind-nl"}
    assert made.rules == ("cn-limits",)
    assert made.why[0] == "+20 export ban “bans exports”"
    assert made.confirmed_by is None
    assert made.change == ""
    assert made.quote is not None
    assert [made.quote.text[a:b] for a, b in made.quote.marks] == ["China", "bans exports"]


def test_only_a_thread_tells_a_change() -> None:
    book, docs = rulebook(), [told("a", STEP)]
    story, readings = story_of(*docs), by_id(docs[0][1])
    result = assess(story, readings, book)
    (decision, *_) = decisions(result, story, book.routing, History(), LATER)
    thread = replace(decision, action=Action.THREAD, why="It is now in-force (was announced).")
    made = alert(story, result, thread, readings, {}, book, {"en": "x"})
    assert made.change == "It is now in-force (was announced)."
    assert made.quote is None


def test_the_ministry_confirms_leads_and_is_quoted() -> None:
    notice = event(citation="cn-mofcom:2026:1", start=0, end=10, evidence=((3, 5),))
    docs = [told("press", STEP), told("notice", notice, title="商务部公告2026年第1号", **MINISTRY)]
    made = composed(*docs)
    assert made.confirmed_by == "MOFCOM No. 1/2026"
    assert [line.publisher for line in made.sources] == ["商务部", "Paper press"]
    assert made.quote is not None
    assert made.quote.publisher == "商务部"


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("cn-mofcom:2026:1", "MOFCOM No. 1/2026"),
        ("us-bis:2026:91", "BIS No. 91/2026"),
        ("eu:2025:2003", "EU No. 2003/2025"),
        ("xx-long-ministry:2026:3", "XX-LONG-MINISTRY No. 3/2026"),
        ("nonsense", "商务部"),
        (None, "商务部"),
    ],
)
def test_confirmation_reads_like_the_notice_is_cited(citation: str | None, expected: str) -> None:
    story = story_of(told("a", event(citation=citation), **MINISTRY))
    assert confirmation(story, rulebook()) == expected


def test_a_foreign_ministry_does_not_confirm_what_another_state_did() -> None:
    story = story_of(told("a", STEP, authority=Authority.OFFICIAL, jurisdiction="JP"))
    assert confirmation(story, rulebook()) is None


def test_a_long_sentence_is_cut_around_its_words_and_marks_follow() -> None:
    text = f"{'Before. ' * 60}China bans exports of gallium, {'and more besides ' * 60}"
    start = text.index("China")
    long = event(
        start=0, end=len(text), evidence=((start, start + 5), (start + 6, start + 10), (start + 8, start + 18))
    )
    cut, marks = excerpt(text, long)
    assert len(cut) <= QUOTE_CHARS
    assert cut.startswith("…")
    assert cut.endswith("…")
    assert [cut[a:b] for a, b in marks] == ["China", "bans"]


def test_a_short_sentence_is_kept_whole_without_its_margins() -> None:
    cut, marks = excerpt("  China bans it. ", event(start=0, end=16, evidence=((2, 7), (90, 99))))
    assert (cut, [cut[a:b] for a, b in marks]) == ("China bans it.", ["China"])


def test_spans_outside_the_text_do_no_harm() -> None:
    assert excerpt("short", event(start=90, end=99, evidence=((90, 95),))) == ("", ())


def test_without_a_step_the_title_is_quoted() -> None:
    docs = [told("a")]
    found = quote(story_of(*docs), by_id(docs[0][1]), {docs[0][0].id: docs[0][0]})
    assert found is not None
    assert (found.text, found.marks) == (TITLE, ())


def test_the_words_come_from_the_best_text_that_is_still_kept() -> None:
    docs = [told("a", STEP), told("b", STEP, title="Also: " + TITLE)]
    story = story_of(*docs)
    found = quote(story, by_id(docs[1][1]), {docs[1][0].id: docs[1][0]})
    assert found is not None
    assert found.publisher == "Paper b"


def test_sources_show_the_real_host_and_each_address_once() -> None:
    docs = [
        told("a", STEP, url="https://user@evil.example/x", canonical_url=""),
        told("b", STEP, canonical_url="https://[bad", authority=Authority.WIRE),
        told("c", STEP, publisher="Paper b", canonical_url="https://[bad"),
    ]
    lines = source_lines(story_of(*docs))
    assert [(line.publisher, line.host) for line in lines] == [("Paper a", "evil.example"), ("Paper b", "")]


def test_reasons_are_the_strongest_lines_raising_ones_first() -> None:
    ledger = [
        LedgerLine(points=points, slot="x", why=f"line {points:g}", rule="r", words=("word",) if points == 20 else ())
        for points in (1, 20, -12, 3, 2.5, 8, 4, 0.25)
    ]
    assert reasons(ledger) == (
        "+20 line 20 “word”",
        "+8 line 8",
        "+4 line 4",
        "+3 line 3",
        "+2.5 line 2.5",
        "-12 line -12",
    )


def test_goods_ids_that_no_file_knows_do_not_break_a_message() -> None:
    made = composed(told("a", event(goods=(ConceptId("other"), ConceptId("dual-use")), goods_surface=("helium",))))
    assert made.band.rank > 0


def test_a_rule_says_what_its_author_wants_said_first() -> None:
    speaking = replace(rule(), say="Call the magnet desk: {actor} {stage} {measure} on {goods} ({target}, {effective})")
    silent = rule("other")
    story, readings = story_of(told("a", STEP)), by_id(told("a", STEP)[1])
    book = replace(rulebook(), alerts=(silent, speaking))
    (line,) = said(map(RuleId, ("cn-limits", "other")), story, book)
    assert line == "Call the magnet desk: CN announced export ban on dual use (JP, a date not given)"
    assert said([RuleId("other")], story, book) == ()
    result = assess(story, readings, book)
    (decision, *_) = decisions(result, story, book.routing, History(), LATER)
    made = alert(story, result, decision, readings, {}, book, {"en": "China bans it"})
    assert made.why[0] == line
    assert made.why[1].startswith("+")


def test_nothing_is_said_of_a_story_without_a_step() -> None:
    book = replace(rulebook(), alerts=(replace(rule(), say="{actor} did it"),))
    assert said([RuleId("cn-limits")], story_of(told("a")), book) == ()
