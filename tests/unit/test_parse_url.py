"""One page has one canonical address, and nothing but http(s) has any."""

from __future__ import annotations

import pytest

from bot.parse.url import absolute_url, canonical_url, link_key


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Example.ORG:443/a/../b/./c?id=1#top", "https://example.org/b/c?id=1"),
        ("http://example.org", "http://example.org/"),
        ("http://example.org:8080/x", "http://example.org:8080/x"),
        ("https://e.org/?utm_source=rss&id=1&fbclid=x&UTM_Campaign=y", "https://e.org/?id=1"),
        ("https://e.org/a?utm_source=rss", "https://e.org/a"),
        ("https://e.org/?b=2&a=1", "https://e.org/?b=2&a=1"),
        ("https://e.org/a/", "https://e.org/a/"),
        ("https://user:secret@e.org/", "https://e.org/"),
        ("https://例え.jp/稀土?q=輸出", "https://xn--r8jz45g.jp/%E7%A8%80%E5%9C%9F?q=%E8%BC%B8%E5%87%BA"),
        ("https://e.org/%7Euser/%e4%bd%a0/100%", "https://e.org/~user/%E4%BD%A0/100%25"),
        ("https://e.org/?a=1|b><!here>", "https://e.org/?a=1%7Cb%3E%3C!here%3E"),
        ("  https://e.org/a b\n", "https://e.org/a%20b"),
        ("https://e.\torg/a", "https://e.org/a"),
        ("https://[2001:DB8::1]:443/", "https://[2001:db8::1]/"),
        ("https://e.org./", "https://e.org/"),
        ("http:\\\\e.org\\a", "http://e.org/a"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("/relative", ""),
        ("//e.org/x", ""),
        ("http://", ""),
        ("http://..", ""),
        ("http://e.org:99999/", ""),
        ("http://[::1/", ""),
        ("http://a b.org/", ""),
        ("https://" + "ä" * 300 + ".org/", ""),
        ("", ""),
    ],
)
def test_canonical_url(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    ("url", "absolute"),
    [
        ("/news/1", "https://e.org/news/1"),
        ("news/1?a=b", "https://e.org/feeds/news/1?a=b"),
        ("//other.org/x", "https://other.org/x"),
        ("http://other.org/x#part", "http://other.org/x#part"),
        (" /a\nb ", "https://e.org/ab"),
        ("javascript:alert(1)", ""),
        ("mailto:a@b", ""),
        ("urn:uuid:1", ""),
        ("http://", ""),
        ("", ""),
    ],
)
def test_absolute_url(url: str, absolute: str) -> None:
    assert absolute_url(url, "https://e.org/feeds/all.xml") == absolute


def test_link_key_is_blind_for_scheme_www_and_slash() -> None:
    keys = {link_key(canonical_url(u)) for u in ("http://www.e.org/a/", "https://e.org/a", "https://e.org/a?utm_id=1")}
    assert keys == {"e.org/a"}
    assert link_key("") == ""
