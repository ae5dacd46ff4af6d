"""Object literals in scripts: found without running anything, whatever stands around them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parse.literals import literals


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("""var l=[{url:'/1.html',title:"A \\"B\\" C",time:'2026-01-06'},{url:`/2`,"title":'D'}];""",
         [{"url": "/1.html", "title": 'A "B" C', "time": "2026-01-06"}, {"url": "/2", "title": "D"}]),
        ("push({id: 12, on: true, tags: ['x', 'y'], title: 'T'})", [{"id": "12", "on": "true", "title": "T"}]),
        ("{title: 'out', more: {title: 'in'}, url: '/o'}", [{"title": "in"}, {"title": "out", "url": "/o"}]),
        ("// {a: 'no'}\n/* {b: 'no'} */ {c: 'http://e.org/x//y'}", [{"c": "http://e.org/x//y"}]),
        ("{t: '\\u7a00\\u571f \\x41\\/\\ud835\\udcb3 \\u{20BB7}'}", [{"t": "稀土 A/𝒳 𠮷"}]),
        ("if (a) { b = c ? d : e; } x = {t: 'T'}", [{"d": "e"}, {"t": "T"}]),
        ("{t: 'never closed\n, u: 'x'}", [{"t": "never closed", "u": "x"}]),
        ("}}]] {t: 1", []),
        ("{a: [{t: 'x'}, }", [{"t": "x"}]),
    ],
)  # fmt: skip
def test_literals(script: str, found: list[dict[str, str]]) -> None:
    assert list(literals(script)) == found


@given(st.text("{}[]:,'\"`\\/*x1 \n稀"))
def test_anything_can_be_walked(script: str) -> None:
    for found in literals(script):
        assert all(isinstance(text, str) for pair in found.items() for text in pair)


@pytest.mark.parametrize("piece", ["/*", "'", '"\\', "{a:", "[", "`", "\\u{", "//", "{a:'\\"])
def test_the_walk_is_linear(piece: str) -> None:
    start = time.process_time()
    list(literals(piece * (400_000 // len(piece))))
    assert time.process_time() - start < 2
