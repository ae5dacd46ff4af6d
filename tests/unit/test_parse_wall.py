"""Walls are known by what they say, and notices that speak of such things are let through."""

from __future__ import annotations

import pytest

from bot.parse.wall import is_cookie_notice, why_not


def said(text: str, whole: str = "", *, password: bool = False) -> str:
    return why_not(text, lambda: whole or text, password=password)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Please turn on JavaScript and reload the page to go on.", "scripts"),
        ("本网站需要启用 JavaScript 才能正常显示，请检查浏览器设置后重新加载页面。", "scripts"),
        ("Checking your browser before you reach news.example. This takes a few seconds.", "challenge"),
        ("请完成安全验证后继续访问", "challenge"),
        ("Access denied. You do not have the right to see this page on this server.", "challenge"),
        ("Sign in to continue reading. Your first month with us costs one euro.", "login"),
        ("Dieser Artikel ist zahlenden Lesern vorbehalten. Bitte melden Sie sich an, um weiterzulesen.", "login"),
        ("Error 404: the page that you asked for was moved, or it never was here.", "does not exist"),
        ("お探しのページが見つかりませんでした。", "does not exist"),
    ],
)
def test_a_wall_is_known(text: str, reason: str) -> None:
    assert reason in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Exporters log in to the licensing portal from Monday on and file their applications there. " * 4,
        "The request was denied since the goods could be used for the enrichment of uranium in a third country.",
        "Regulation 404 of 2026 lists the metals whose export needs a licence, among them gallium and antimony.",
        "The registry notes that 404 licences were granted in the year before, fewer than in any other year.",
        "",
    ],
)
def test_a_notice_is_no_wall(text: str) -> None:
    assert said(text, whole="Menu") == ""


def test_where_hardly_any_text_is_the_whole_page_is_asked() -> None:
    assert "scripts" in said("", "News Please enable JavaScript to view this page")
    assert "login" in said("Name", "Name Password Forgotten?", password=True)
    assert "cookie" in said("", "Accept all cookies Reject")
    assert said("A sentence of the article that is whole, and needs no reason at all.", password=True) == ""


@pytest.mark.parametrize(
    ("paragraph", "notice"),
    [
        ("We use cookies to improve your experience.", True),
        ("Wij gebruiken op onze website functionele en analytische cookies.", True),
        ("Nous utilisons des traceurs et des cookies pour mesurer notre audience.", True),
        ("本サイトではcookieを使用しています。", True),
        ("The commission fined two firms over the cookies that they set.", False),
        ("Biscuit makers export cookies to Japan.", False),
    ],
)
def test_cookie_notices(paragraph: str, notice: bool) -> None:
    assert is_cookie_notice(paragraph) is notice
