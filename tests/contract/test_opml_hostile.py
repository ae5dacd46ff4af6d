"""Lists of feeds that somebody made to do harm, or that broke on their way, cost no more than themselves."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.tune.sources.opml import MAX_OUTLINES, read_list
from bot.types.catalogue import Outline

GOOD = '<outline type="rss" text="Good" xmlUrl="https://good.example.org/rss"/>'


def read(text: str | bytes) -> tuple[tuple[Outline, ...], tuple[str, ...]]:
    found = read_list(text.encode() if isinstance(text, str) else text)
    assert isinstance(found, tuple), found
    return found


def body(inner: str, head: str = "") -> str:
    return f'{head}<opml version="2.0"><head><title>x</title></head><body>{inner}</body></opml>'


def urls(text: str | bytes) -> list[str]:
    return [outline.url for outline in read(text)[0] if outline.url]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (body(GOOD + '<outline text="A & B" xmlUrl="https://b.example.org/?a=1&b=2"/>'), 2),
        (body(GOOD + "<outline text=unquoted xmlUrl=https://b.example.org/>"), 1),
        (body(GOOD + '<outline text="never closed" xmlUrl="https://b.example.org/">'), 2),
        (body(GOOD)[:-10], 1),
        (body(GOOD + '<outline text="caf&eacute; \x01" xmlUrl="https://b.example.org/"/>'), 2),
        ("\ufeff \n" + body(GOOD), 1),
        (body(GOOD).replace("opml", "OPML"), 1),
        (body(GOOD, '<?xml version="1.0" encoding="iso-8859-1"?>'), 1),
    ],
    ids=["bare ampersand", "no quotes", "not closed", "cut off", "entity and control", "mark", "capitals", "label"],
)
def test_broken_lists_keep_what_can_be_read(text: str, found: int) -> None:
    assert urls(text)[0] == "https://good.example.org/rss"
    assert len(urls(text)) >= found


def test_titles_keep_their_letters_in_any_charset() -> None:
    text = body(
        '<outline text="経済産業省" xmlUrl="https://a.example.jp/rss"/>', '<?xml version="1.0" encoding="Shift_JIS"?>'
    )
    assert read(text.encode("cp932"))[0][0].title == "経済産業省"


def test_no_file_and_no_entity_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SENTINEL")
    head = f'<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY y "https://y.example.org">]>'
    inner = '<outline text="&x;" xmlUrl="https://a.example.org/&x;"/><outline text="&y;" xmlUrl="&y;"/>'
    found = read(body(GOOD + inner, head))[0]
    assert found[0].url == "https://good.example.org/rss"
    assert "SENTINEL" not in repr(found)
    assert not any(outline.url == "https://y.example.org" for outline in found)


def test_entities_that_double_are_not_followed() -> None:
    steps = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY e0 "x">{steps}]>'
    began = time.process_time()
    found = read(body(GOOD + '<outline text="&e11;" xmlUrl="https://a.example.org/"/>', head))[0]
    assert time.process_time() - began < 5
    assert max(len(outline.title) for outline in found) < 5_000


def test_depth_and_number_are_bounded() -> None:
    deep = '<outline text="f">' * 5_000 + GOOD + "</outline>" * 5_000
    assert all(len(outline.category) <= 30 * 4 for outline in read(body(GOOD + deep))[0])
    many = "".join(f'<outline text="n" xmlUrl="https://n{n}.example.org/"/>' for n in range(MAX_OUTLINES + 5))
    assert len(read(body(many))[0]) == MAX_OUTLINES
    long = f'<outline text="{"t" * 100_000}" xmlUrl="https://a.example.org/{"u" * 100_000}"/>'
    assert all(len(outline.title) + len(outline.url) <= 8_192 for outline in read(body(long))[0])


@pytest.mark.parametrize("text", ["<html><body>no</body></html>", "<rss><channel/></rss>", "<"])
def test_what_is_no_list_is_said_so(text: str) -> None:
    found = read_list(text.encode())
    assert isinstance(found, str)
    assert "no OPML" in found


def test_an_empty_file_holds_nothing() -> None:
    assert read_list(b"") == ((), ())
    assert read_list(b"\x00\xff\xfe")[1] == ()
