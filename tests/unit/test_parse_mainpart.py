"""Layouts of articles in the small: one box or many, cells, lists and line breaks, beside more text than their own."""

from __future__ import annotations

import pytest

from bot.parse.article import Article, article
from bot.parse.dom import Page
from bot.types.source import PageRule

SAID = [f"This is sentence number {n} of the notice on gallium, long enough to count." for n in range(8)]
MENU = "".join(f"<li><a href=/{n}>Menu entry {n} of a long list</a></li>" for n in range(60))
TEASERS = "".join(
    f"<div class=card><h3><a href=/t{n}>TEASER {n} of another story</a></h3><p>TEASER text {n} sums it up.</p></div>"
    for n in range(14)
)


def each(wrap: str, *, start: int = 0, end: int = 8) -> str:
    return "".join(wrap.format(said) for said in SAID[start:end])


LAYOUTS = {
    "lead and body apart": f"<div><h1>T</h1><div class=intro>{each('<p>{}</p>', end=1)}</div>"
    f"<div class=body>{each('<p>{}</p>', start=1)}</div></div>",
    "a box per paragraph": f"<main><h1>T</h1><div>{each('<div class=block><p>{}</p></div>')}</div></main>",
    "a grid": f"<section><h1>T</h1>{each('<div class=row><div class=col><p>{}</p></div></div>', end=3)}</section>",
    "a page builder": "<div>"
    + each('<div class="elementor-widget"><div class="elementor-widget-container"><p>{}</p></div></div>')
    + "</div>",
    "more teasers than text": f"<div><div class=story><h1>T</h1>{each('<p>{}</p>', end=3)}</div>{TEASERS}</div>",
    "teasers and no heading": f"<div><div class=story>{each('<p>{}</p>')}</div><div class=more>{TEASERS}</div></div>",
    "a list between": f"<div><h1>T</h1>{each('<p>{}</p>', end=1)}<ul>{each('<li>{}</li>', start=1, end=7)}</ul>"
    f"{each('<p>{}</p>', start=7)}</div>",
    "a promising name": f'<div class="main no-sidebar"><h1>T</h1>{each("<p>{}</p>", end=2)}</div><div>{MENU}</div>',
    "boxes without paragraphs": f"<div><h1>T</h1>{each('<div>{}</div>')}</div>",
    "line breaks": f"<div><span>{each('{}<br>')}</span></div>",
    "a row per paragraph": f"<table>{each('<tr><td>{}</td></tr>')}</table>",
    "tables in tables": "<table><tr><td>left</td><td><table><tr><td><b>T</b>"
    f"{each('<p>{}</p>')}</td></tr></table></table>",
    "links in every sentence": f"<article><h1>T</h1>{each('<p>{} <a href=x>See there</a> for more.</p>')}</article>",
    "nothing but paragraphs": f"<h1>T</h1>{each('<p>{}</p>')}",
    "a table of goods": f"<div><h1>T</h1>{each('<p>{}</p>', end=1)}<table>"
    f"{each('<tr><td>1</td><td>{}</td><td>2804</td></tr>', start=1, end=7)}</table>{each('<p>{}</p>', start=7)}</div>",
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_all_of_the_article_and_nothing_else(name: str) -> None:
    body = LAYOUTS[name]
    page = (
        f"<html><body><nav><ul>{MENU}</ul></nav>{body}<footer><p>FOOTER that nobody reads.</p></footer></body></html>"
    )
    found = article(page, "https://site.example/a", rule=PageRule(), title="T")
    assert isinstance(found, Article), found
    assert [said for said in SAID if said in found.text] == [said for said in SAID if said in body]
    assert not any(word in found.text for word in ("TEASER", "FOOTER", "Menu"))


@pytest.mark.parametrize(
    "body",
    [
        f"<x-story>{each('<x-line>{}</x-line>')}</x-story>",
        f"<div>{each('<label>{}</label>')}</div>",
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{" ".join(SAID)}"}}</script>',
    ],
    ids=["elements of its own", "labels", "data for machines"],
)
def test_where_our_reading_finds_nothing_another_one_is_asked(body: str) -> None:
    page = f"<html><body><nav><ul>{MENU}</ul></nav>{body}<div>Loading</div></body></html>"
    found = article(page, "https://site.example/a", rule=PageRule(), title="T")
    assert isinstance(found, Article), found
    assert all(said in found.text for said in SAID)


def test_what_is_dropped_leaves_what_follows_it() -> None:
    page = Page("<div><p>One<b class=x>gone</b> two</p><i class=x>gone</i>three</div>", "")
    page.drop(".x")
    page.drop("html")
    (row,) = page.rows("html > body > div")
    assert row.paragraphs() == "One two\n\nthree"


def test_rows_inside_rows_come_once_when_the_outermost_are_asked_for() -> None:
    page = Page("<div>a<div>b</div></div><div>c</div>", "")
    assert [row.text() for row in page.rows("div", outermost=True)] == ["a b", "c"]
    assert len(list(page.rows("div"))) == 3
