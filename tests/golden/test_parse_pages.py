"""Web pages of many makes, each beside the sentences that must come out of it and those that must not.

A case is a page in pages/ and `<page>.expect.json` next to it: `in`, `out`, or `refused` with a piece of the reason. A
new case is two new files, no Python.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.parse.article import Article, article
from bot.parse.charset import decode
from bot.types.source import PageRule

PAGES = Path(__file__).parent / "pages"
CASES = sorted(PAGES.glob("*.html"), key=lambda path: path.name)


def load(path: Path) -> tuple[str, dict[str, Any]]:
    expected: dict[str, Any] = json.loads(path.with_name(f"{path.name}.expect.json").read_text(encoding="utf-8"))
    return decode(path.read_bytes(), languages=expected.get("languages", ())).text, expected


def ours(markup: str, expected: dict[str, Any]) -> Article | str:
    rule = PageRule(text=expected.get("text", ""), drop=expected.get("drop", ""))
    return article(markup, "https://site.example/page", rule=rule, title=expected["title"])


def held(text: str, sentences: list[str]) -> list[str]:
    """Those of some sentences that stand in a text, white space aside."""
    packed = "".join(text.split())
    return [sentence for sentence in sentences if "".join(sentence.split()) in packed]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_page_gives_its_article_and_nothing_else(path: Path) -> None:
    markup, expected = load(path)
    found = ours(markup, expected)
    if "refused" in expected:
        assert isinstance(found, str)
        assert expected["refused"] in found
        return
    assert isinstance(found, Article), found
    assert held(found.text, expected["in"]) == expected["in"]
    assert held(found.text, expected["out"]) == []
    assert found.date == expected.get("date", "")
    assert expected["title"] in found.title
    first = found.text.partition("\n\n")[0]
    assert first != expected["title"], "the title is no part of the text"


def test_there_are_many_kinds_of_page() -> None:
    assert len(CASES) >= 20


@pytest.mark.soak
def test_ours_finds_no_less_than_trafilatura_and_is_faster() -> None:
    import trafilatura

    def score(extract: Callable[[str, dict[str, Any]], str]) -> tuple[float, float, float]:
        inside = outside = wanted = unwanted = 0
        started = time.process_time()
        for path in CASES:
            markup, expected = load(path)
            text = extract(markup, expected)
            inside, outside = inside + len(held(text, expected["in"])), outside + len(held(text, expected["out"]))
            wanted, unwanted = wanted + len(expected["in"]), unwanted + len(expected["out"])
        return inside / wanted, outside / unwanted, time.process_time() - started

    def text_of(markup: str, expected: dict[str, Any]) -> str:
        found = ours(markup, expected)
        return found.text if isinstance(found, Article) else ""

    def theirs(markup: str, _: dict[str, Any]) -> str:
        return trafilatura.extract(markup) or ""

    score(text_of)  # both have loaded what they need before time counts
    score(theirs)
    recall, noise, seconds = score(text_of)
    their_recall, their_noise, their_seconds = score(theirs)
    assert recall >= their_recall
    assert noise <= their_noise
    assert seconds < their_seconds


@pytest.mark.soak
def test_a_page_of_usual_size_is_read_in_a_third_of_the_time() -> None:
    import trafilatura

    menu = "".join(
        f'<li class="item item-{n}"><a href="/s/{n}"><span>Section number {n}</span></a></li>' for n in range(300)
    )
    cards = "".join(
        f'<div class="card"><h3><a href="/a/{n}">Headline {n}</a></h3><p>A teaser, {n}.</p></div>' for n in range(60)
    )
    text = "".join(f"<p>Sentence {n} of an article on gallium, as long as such sentences are.</p>" for n in range(40))
    page = (
        f"<html><head><script>{'var a=1;' * 3000}</script></head><body><ul>{menu}</ul><div class=story><h1>T</h1>{text}"
        f"</div><div class=more>{cards}</div><footer><ul>{menu}</ul></footer></body></html>"
    )

    def seconds(extract: Callable[[], object]) -> float:
        extract()
        started = time.process_time()
        for _ in range(10):
            extract()
        return time.process_time() - started

    assert 3 * seconds(lambda: ours(page, {"title": "T"})) < seconds(lambda: trafilatura.extract(page))
