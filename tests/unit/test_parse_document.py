"""An item becomes a document: clean, capped, named, and silent where its body says nothing of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from bot.parse.content import body_hash, content_hash, digest
from bot.parse.document import BODY_LIMIT, TITLE_LIMIT, document, headline_of, plain_title
from bot.types.document import Document
from bot.types.ids import SourceId
from bot.types.source import Item
from tests.fakes import records

SEEN = datetime(2026, 1, 6, 9, tzinfo=UTC)
SOURCE = records.source("src", languages=("nl", "en"))


def made(**fields: Any) -> Document:
    values: dict[str, Any] = {
        "source_id": SourceId("src"),
        "url": "https://e.org/1?utm_source=rss",
        "title": "Uitvoer\u00adverbod  voor gallium",
        "body_html": "<p>Eerste alinea.</p><p>Tweede.</p>",
    }
    return document(Item(**values | fields), SOURCE, first_seen=SEEN)


def test_what_a_document_carries() -> None:
    dated = datetime(2026, 1, 6, 8, 30, tzinfo=timezone(timedelta(hours=1)))
    found = made(published_at=dated, lang_hint="nl-NL")
    assert found.title == "Uitvoerverbod voor gallium"
    assert found.text == "Eerste alinea.\n\nTweede."
    assert (found.url, found.canonical_url) == ("https://e.org/1?utm_source=rss", "https://e.org/1")
    assert (found.publisher, found.authority, found.jurisdiction) == ("Ministry", SOURCE.authority, "CN")
    assert (found.languages, found.lang_hint) == (("nl", "en"), "nl-NL")
    assert found.published_at == dated
    assert found.published_at.tzinfo is UTC
    assert (found.first_seen, found.content_hash) == (SEEN, content_hash(found.title, found.text))


def test_the_date_of_the_last_change_stands_in_for_a_missing_one() -> None:
    changed = datetime(2026, 1, 5, tzinfo=UTC)
    assert made(updated_at=changed).published_at == changed
    assert made().published_at is None


def test_caps_hold_before_cleaning() -> None:
    found = made(title="word " * 5000, body_html="<p>" + "long text " * 100_000)
    assert len(found.title) <= TITLE_LIMIT
    assert len(found.text) <= BODY_LIMIT
    assert plain_title("R&amp;D <em>on</em> <METI> tools, 2 < 3") == "R&D on <METI> tools, 2 < 3"
    assert made(title="The <b> tag & &amp;").title == "The <b> tag & &amp;"  # an item's title is text already
    assert plain_title("<b>" * 10_000 + "x") == ""
    assert not plain_title("<b>a</b> " * 2000).endswith(("<", "<b", "</b"))


def test_an_item_without_title_is_called_by_its_first_line() -> None:
    assert made(title="").title == "Eerste alinea."
    assert headline_of("word " * 60).endswith("word…")
    assert len(headline_of("word " * 60)) <= 120
    assert made(title="", body_html="").title == ""


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://a/1">Uitvoerverbod voor gallium</a>&nbsp;&nbsp;<font color="#6f6f6f">De Courant</font>',
        "<p>Uitvoerverbod voor gallium</p>",
        "<ol>" + "".join(f'<li><a href="/{n}">Kop nummer {n} van de dag</a> Bron</li>' for n in range(5)) + "</ol>",
        "  ",
    ],
)
def test_bodies_that_only_repeat_titles_are_no_text(body: str) -> None:
    assert made(body_html=body).text == ""


@pytest.mark.parametrize(
    "body",
    [
        "Uitvoerverbod voor gallium geldt vanaf maandag.",
        "<p>Het besluit dat maandag ingaat heeft <a href=/1>bijlage 1</a>, <a href=/2>2</a> en <a href=/3>3</a>.</p>",
    ],
)
def test_bodies_that_say_something_are_kept(body: str) -> None:
    assert made(body_html=body).text


def test_an_aggregator_appends_the_publisher_to_the_title() -> None:
    body = '<a href="https://a/1">Verbod voor gallium</a>&nbsp;&nbsp;<font color="#6f6f6f">De Courant</font>'
    assert made(title="Verbod voor gallium - De Courant", body_html=body).text == ""


def test_names_are_stable_and_tell_items_apart() -> None:
    assert made().id == made(url="http://www.e.org/1/", body_html="changed").id
    same_guid = [made(guid="g", url=f"https://e.org/{n}", title=f"Title {n}").id for n in range(3)]
    assert len(set(same_guid)) == 3
    bare = [made(url="", title="", body_html=f"text {n}").id for n in range(3)]
    assert len(set(bare)) == 3
    other = document(
        Item(source_id=SourceId("other"), url="https://e.org/1", title="t", body_html=""), SOURCE, first_seen=SEEN
    )
    assert other.id != made(title="t").id


def test_hashes() -> None:
    assert content_hash("A title", "some  text") == content_hash("A  title", "some\n\ntext")
    assert content_hash("a", "bc") != content_hash("ab", "c")
    assert content_hash("No. 61", "") != content_hash("No. 62", "")
    assert content_hash("x", "y").startswith("1:")
    assert digest("a", "b") != digest("ab")
    assert digest("\ud800")  # lone surrogates do not break it
    assert body_hash(b"x") == body_hash(b"x") != body_hash(b"y")
