from __future__ import annotations

import pytest

from bot.deliver._text import MAX_URL, clean, excerpt, honest_label, host_of, language, safe_url, short_host, shorten


@pytest.mark.parametrize(
    ("url", "safe", "host"),
    [
        ("https://example.org", "https://example.org/", "example.org"),
        ("  https://example.org/a b\n", "https://example.org/a%20b", "example.org"),
        ("https://example.org/ä?q=ö#ü", "https://example.org/%C3%A4?q=%C3%B6#%C3%BC", "example.org"),
        ("https://example.org/%E4%BB%8A?x=%zz&y=%", "https://example.org/%E4%BB%8A?x=%25zz&y=%25", "example.org"),
        ("https://example.org/<b>|'\"", "https://example.org/%3Cb%3E%7C%27%22", "example.org"),
        ("https://EXAMPLE.org:443/A", "https://example.org/A", "example.org"),
        ("http://example.org:8080/", "http://example.org:8080/", "example.org"),
        ("https://例え.jp/", "https://xn--r8jz45g.jp/", "xn--r8jz45g.jp"),
        ("https://аpple.com/", "https://xn--pple-43d.com/", "xn--pple-43d.com"),
        ("https://user:secret@example.org/", "https://example.org/", "example.org"),
        ("https://good.example@evil.example/", "https://evil.example/", "evil.example"),
        ("https://good.example\\@evil.example/", None, ""),
        ("https://exam\u202eple.org/", None, ""),
        ("https://example.org:99999/", None, "example.org"),
        ("https://example.org/" + "x" * MAX_URL, None, "example.org"),
        ("http://[::1]:80/", "http://[::1]/", "::1"),
        ("http://[::1", None, ""),
        ("https://exa mple.org/", None, ""),
        ("https:///path", None, ""),
        ("javascript:alert(1)", None, ""),
        ("data:text/html,x", None, ""),
        ("//example.org/x", None, "example.org"),
        ("", None, ""),
    ],
)
def test_links_are_made_safe_or_refused(url: str, safe: str | None, host: str) -> None:
    assert safe_url(url) == safe
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  two\t\nlines\u2028here ", "two lines here"),
        ("a\u202eb\u200bc\u2066d\ufeffe\u00adf", "abcdef"),
        ("x\x1b[31mred\x07", "x[31mred"),
        ("half \ud800 a letter", "half a letter"),
        ("e\u0301", "e\u0301"),
        ("z" + "\u0336" * 40, "z" + "\u0336" * 4),
        ("hidden \U000e0061\U000e0062 tag", "hidden tag"),
        ("blank\u3164\u2800letters", "blank letters"),
        ("rare 稀土 レアアース 희토류 редкоземельные", "rare 稀土 レアアース 희토류 редкоземельные"),
    ],
)
def test_only_what_people_see_remains(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("short", 5, "short"),
        ("a few words more", 12, "a few words…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("中国禁止向日本出口", 6, "中国禁止向…"),
        ("e\u0301e\u0301e\u0301", 4, "e\u0301…"),
        ("words, and", 8, "words…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_texts_are_cut_where_it_hurts_least(text: str, limit: int, shown: str) -> None:
    assert shorten(text, limit) == shown


def test_marks_outside_of_the_text_or_upside_down_are_ignored() -> None:
    assert excerpt("a word", ((-4, 1), (99, 120), (5, 3)), 20) == (("a", True), (" word", False))


def test_marks_that_overlap_become_one() -> None:
    assert excerpt("export ban", ((0, 6), (3, 10)), 20) == (("export ban", True),)


@pytest.mark.parametrize(
    ("label", "host", "shown"),
    [
        ("Nikkei.com", "asia.nikkei.com", "Nikkei.com"),
        ("www.nikkei.com", "asia.nikkei.com", "www.nikkei.com"),
        ("mofcom.gov.cn", "evil.example", "evil.example"),
        ("nikkei.com", "notnikkei.com", "notnikkei.com"),
        ("read https://mofcom.gov.cn", "evil.example", "evil.example"),
        ("U.S. Department of Commerce", "bis.gov", "U.S. Department of Commerce"),
        ("商务部", "www.mofcom.gov.cn", "商务部"),
    ],
)
def test_a_label_that_names_another_host_is_replaced(label: str, host: str, shown: str) -> None:
    assert honest_label(label, host) == shown


def test_the_end_of_a_host_says_whose_it_is() -> None:
    assert short_host("login.bank.example.evil.example", 13) == "…evil.example"
    assert short_host("x.example", 13) == "x.example"


@pytest.mark.parametrize(
    ("tag", "kept"), [("zh-Hans", "zh-Hans"), ("nl", "nl"), ('"><b>', ""), ("english!", ""), ("", "")]
)
def test_only_language_tags_reach_attributes(tag: str, kept: str) -> None:
    assert language(tag) == kept
