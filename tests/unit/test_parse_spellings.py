"""One page is found under every way in which its address is written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.parse.spellings import host_of, spellings, words_of
from bot.parse.url import canonical_url

PAGE = "https://www.news.example/2026/ban"


@pytest.mark.parametrize(
    "asked",
    [
        "http://news.example/2026/ban",
        "https://news.example/2026/ban/",
        "https://m.news.example/2026/ban",
        "https://mobile.news.example/2026/ban?utm_source=mail&fbclid=1#top",
        "https://amp.news.example/2026/ban",
        "https://news.example/2026/ban/amp/",
        "https://news.example/amp/2026/ban",
        "https://www.news.example/2026/ban?amp=1",
        "https://www.news.example/2026/ban?outputType=amp",
        "https://www.google.com/amp/s/www.news.example/2026/ban",
        "https://news-example.cdn.ampproject.org/c/s/www.news.example/2026/ban",
    ],
)
def test_spellings_lead_to_the_page(asked: str) -> None:
    assert PAGE in spellings(asked)


def test_other_pages_are_not_among_them() -> None:
    for other in ("https://news.example/2026/ban-2", "https://other.example/2026/ban", "https://news.example/?id=1"):
        assert PAGE not in spellings(other)
    assert "https://news.example/?id=2" not in spellings("https://news.example/?id=1")
    assert spellings("ftp://news.example/x") == spellings("mailto:a@b") == spellings("") == ()


def test_a_short_host_keeps_its_name() -> None:
    assert all("//com/" not in form for form in spellings("https://m.com/x"))
    assert host_of("https://m.com/x") == "m.com"
    assert host_of("https://www.News.example:443/x") == "news.example"


def test_words_are_those_that_say_something() -> None:
    found = words_of("https://news.example/2026/01/china-bans-gallium-exports-china.html?x=secret")
    assert found == ("china", "bans", "gallium", "exports")


@settings(max_examples=40)
@given(st.text(max_size=80) | st.from_regex(r"https?://[a-z.]{1,20}/[a-z/%?&=.]{0,30}", fullmatch=True))
def test_the_first_is_canonical_and_there_are_few(url: str) -> None:
    found = spellings(url)
    assert len(found) <= 150
    assert len(set(found)) == len(found)
    if found:
        assert canonical_url(found[0]) == found[0]
