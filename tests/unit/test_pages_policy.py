"""Which pages are read: those that a rule asks for and whose text is needed, and for all others a reason."""

from __future__ import annotations

from typing import Any

import pytest

from bot.pipeline.polling.pages import why_unread
from bot.types.document import Document
from bot.types.levels import Slot
from bot.types.source import ItemIs, PageRule, PageWhen, Source
from tests.fakes import records, rules

WHOLE = "The ministry said on Tuesday that it had nothing to add to what it had said before. " * 8


def source(when: PageWhen = PageWhen.ALWAYS, **fields: Any) -> Source:
    return records.source("src", page=PageRule(when=when), **fields)


def answer(made: Source, document: Document, *slots: Slot, silent: bool = False) -> str:
    mentions = [rules.mention("word", slot) for slot in slots]
    return why_unread(made, document, rules.reading(document, mentions=mentions), silent=silent)


@pytest.mark.parametrize("slot", [Slot.MEASURE, Slot.GOODS, Slot.IDENTIFIER])
def test_a_relevant_summary_wants_its_page(slot: Slot) -> None:
    assert answer(source(PageWhen.RELEVANT), rules.document("d"), slot) == ""


def test_names_of_states_alone_are_no_subject() -> None:
    assert "neither title nor summary" in answer(source(PageWhen.RELEVANT), rules.document("d"), Slot.ACTOR, Slot.STAGE)


def test_always_asks_for_no_subject_unless_many_come_at_once() -> None:
    assert answer(source(), rules.document("d")) == ""
    assert "one of many at once" in answer(source(), rules.document("d"), silent=True)
    assert answer(source(), rules.document("d"), Slot.GOODS, silent=True) == ""


def test_never_is_never() -> None:
    assert "leave its pages alone" in answer(source(PageWhen.NEVER), rules.document("d"), Slot.MEASURE)


def test_a_whole_text_needs_no_page() -> None:
    assert answer(source(), rules.document("d", text=WHOLE)) == "its own text is whole"
    assert answer(source(), rules.document("d", text="决定对有关物项实施出口管制。" * 16)) == "its own text is whole"
    assert answer(source(), rules.document("d", text=WHOLE[:400])) == ""


@pytest.mark.parametrize(
    "ending",
    [
        "…", "...", "[…]", "[...]", " Read more", "Continue reading →", "Lees verder", "Weiterlesen »", "Lire la suite",
        "Leer más", "続きを読む", "阅读全文", "Читать далее", "Czytaj dalej", "Selengkapnya", "자세히 보기",
        "The post Ban appeared first on Metal Watch.",
    ],
)  # fmt: skip
def test_a_text_that_says_it_goes_on_is_a_summary(ending: str) -> None:
    assert answer(source(), rules.document("d", text=WHOLE + ending)) == ""


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "no address"),
        ("ftp://files.example/a", "no address"),
        ("https://news.google.com/rss/articles/CBMi", "leads on"),
        ("https://www.google.com/url?q=x", "leads on"),
        ("https://paper.example/", "front page"),
        ("https://paper.example", "front page"),
        ("https://www.src.example.org/feed/", "that of its source"),
    ],
)
def test_addresses_that_lead_to_no_article(url: str, reason: str) -> None:
    assert reason in answer(source(), rules.document("d", url=url))


def test_other_peoples_articles_and_doubtful_items_are_left_alone() -> None:
    assert "articles of others" in answer(source(item=ItemIs.SIBLINGS), rules.document("d"))
    assert "may not come from" in answer(source(), rules.document("d", doubt="Its domain has a new owner."))
