"""No text, however it is built, makes cleaning take longer than its length allows.

Times are not measured. Each pathological text is large enough that looking at a stretch of it twice per tag would take
minutes, and is read in a child that is given seconds.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.pool import Pool

UNITS = {
    "comments": "<!--",
    "comment ends": "-->",
    "tags": "<a ",
    "brackets in quotes": '<a ">" ',
    "quotes": "<a '\"",
    "attributes": '<b x="',
    "names": "<a",
    "prefixes": "<x:p>",
    "custom": "<x-y ",
    "open": "<p>",
    "close": "</p>",
    "breaks": "<br>",
    "hidden": "<nav>",
    "empty hidden": "<nav/>",
    "hidden and other": "<nav></svg>",
    "scripts": "<script>",
    "scripts and styles": "<script></style>",
    "titles": "<title>",
    "preformatted": "<pre>\n\n",
    "references": "&",
    "numbers": "&#x",
    "entities": "&lt;!--",
    "declarations": "<!",
    "instructions": "<?",
    "sections": "<![CDATA[",
    "brackets": "<",
    "items": "<item>",
    "items in sections": "<item><![CDATA[",
    "doctypes": "<!DOCTYPE [",
    "dashes": "a\u2013",
    "accents": "a\u0301",
    "kana": "ｶﾞ",
    "blanks": " \n",
    "digits": "2026-01-",
}
SIZE = 200_000  # characters; where production cuts bodies
TARGETS = ("bot.parse.html:html_to_text", "bot.parse.salvage:repair", "bot.parse.text:normalise")


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(1, memory_mb=1500) as found:
        yield found


@pytest.mark.parametrize(
    ("target", "times"),
    [
        *(pytest.param(target, 1, marks=pytest.mark.slow) for target in TARGETS),
        *(pytest.param(target, 15, marks=[pytest.mark.soak, pytest.mark.timeout(600)]) for target in TARGETS),
    ],
)
def test_cleaning_takes_time_in_proportion(pool: Pool, target: str, times: int) -> None:
    for unit in UNITS.values():
        text = unit * (times * SIZE // len(unit))
        assert isinstance(pool.call(target, text, deadline=20), str), unit
        assert isinstance(pool.call(target, f"{text}-->]]></nav></script>'\">", deadline=20), str), unit


@pytest.mark.parametrize(
    "unit", ["<aside></aside>text", "<i class=share>x</i>text", "<p><a href=x>x</a></p>text", "<noscript"]
)
def test_finding_an_article_takes_time_in_proportion(pool: Pool, unit: str) -> None:
    found = pool.call("tests.fakes.watched:article_of", f"<html><body>{unit * 160_000}</body></html>", deadline=20)
    assert isinstance(found, str)


def test_joining_lines_and_cutting_heads_take_time_in_proportion(pool: Pool) -> None:
    assert pool.call("bot.parse.typeset:joined", "a" * 1_000_000, "b", (), deadline=20) == (0, " ")
    dates = "<p>2026-01-01</p>" * 150_000
    assert pool.call("tests.fakes.watched:article_of", f"{dates}<p>{'One notice. ' * 30}</p>", deadline=20)
