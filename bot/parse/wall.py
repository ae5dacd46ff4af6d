"""Tell what stands in the way of an article: scripts, logins, challenges, cookie notices, pages that are gone."""

from __future__ import annotations

import re
from collections.abc import Callable

_LOOKED_AT = 5_000  # characters of a page that is asked for the reason
_NOTICE = 900  # characters of a paragraph that may be a cookie notice
_TOO_LITTLE = 60  # characters that make no article; the whole page is then asked for the reason

_COOKIES = re.compile(
    r"(?:we|this (?:web)?site|our partners)\b.{0,60}?\b(?:use|uses|store|process)\b.{0,80}?\bcookies"
    r"|\bcookies\b.{0,120}?\b(?:consent|accept|akzeptieren|zustimm|toestemming|accepteren|accepter|aceptar|aceitar|accett)"
    r"|\b(?:accept|reject|manage|alle|accepter)\b.{0,30}?\bcookies"
    r"|(?:wij|deze (?:web)?site) gebruik\w*.{0,80}?cookies|wir (?:verwenden|nutzen).{0,60}?cookies"
    r"|nous utilisons.{0,60}?cookies|utilizamos.{0,40}?cookies|utilizziamo.{0,40}?cookie|używamy.{0,40}?cookie"
    r"|(?:使用|利用).{0,12}cookie|cookie.{0,12}(?:使用|利用|を使)|файлы cookie",
    re.IGNORECASE | re.DOTALL,
)
# Characters up to which a text is a wall and does not only mention one, how it is known, and what to tell an operator.
# Notices are short too, and speak of portals to log in to and of requests that were denied.
_WALLS = (
    (
        500,
        re.compile(
            r"checking (?:if the site connection is secure|your browser)|verify(?:ing)? (?:that )?you are (?:a )?human"
            r"|are you a (?:robot|human)|not a robot|unusual traffic|\bcaptcha\b|attention required|ddos protection"
            r"|your (?:request|access) (?:has been |was |is )?(?:blocked|denied)"
            r"|access (?:to this page has been )?denied\b"
            r"|人机验证|安全验证|访问验证|滑动验证|人機驗證|ロボットではありません|로봇이 아닙니다",
            re.IGNORECASE,
        ),
        "The page is a challenge that only browsers of people pass, and is not fought.",
    ),
    (
        800,
        re.compile(
            r"(?:enable|turn on|activate|requires?|without|needs?|allow) (?:your |the use of )?javascript"
            r"|javascript (?:is |must be |to be )?(?:disabled|required|enabled|turned off|not enabled)"
            r"|javascript (?:aktivieren|inschakelen|einschalten|deaktiviert)|activ\w+ (?:le )?javascript"
            r"|(?:habilit|activ|attiv|ativ|włącz)\w*\s(?:el |o )?javascript|включите javascript"
            r"|(?:启用|啟用|开启|開啟|支持).{0,4}javascript|javascript.{0,6}(?:有効|有效|を有効|활성화)",
            re.IGNORECASE,
        ),
        "The page is an empty shell that scripts fill in; this program runs none.",
    ),
    (
        300,
        re.compile(
            r"(?:log|sign)[ -]?in (?:to|or|with|for)\b|please (?:log|sign)[ -]?in|(?:subscribe|register) (?:now )?to"
            r" (?:continue|read|unlock)|subscribers? only|already a subscriber|bitte (?:melden|loggen) sie sich"
            r"|jetzt (?:anmelden|abonnieren)|connectez-vous|réservé aux abonnés|inicie sesión|solo para suscriptores"
            r"|inloggen om|alleen voor abonnees|请(?:先)?登录|請(?:先)?登入|ログインしてください|会員限定"
            r"|로그인이 필요",
            re.IGNORECASE,
        ),
        "The page wants a login or a subscription before it shows its text.",
    ),
    (
        300,
        re.compile(
            r"\b(?:error|http)\W{0,3}404\b|\b404\W{1,5}(?:error|not found|page|file)"
            r"|page (?:was |could |can)?\s?not (?:be )?found|(?:page|article) (?:no longer|does not) exist"
            r"|seite (?:wurde )?nicht gefunden|pagina niet gevonden|page introuvable|página no encontrada"
            r"|页面不存在|頁面不存在|找不到(?:页|頁)|ページが見つかりません|페이지를 찾을 수",
            re.IGNORECASE,
        ),
        "The page says that it does not exist (any more).",
    ),
)


def why_not(text: str, whole: Callable[[], str], *, password: bool) -> str:
    """Why a text is no article, one sentence; "" when nothing speaks against it.

    Args:
        text: What was taken for the article.
        whole: Gives all that the page shows; asked only when the article is hardly one.
        password: The page has a field for a password.
    """
    hardly = len(text) < _TOO_LITTLE
    shown = whole()[:_LOOKED_AT] if hardly else text
    for longest, pattern, reason in _WALLS:
        if len(text) <= longest and pattern.search(shown):
            return reason
    if hardly and password:
        return "The page wants a login before it shows its text."
    if hardly and _COOKIES.search(shown):
        return "The page shows a cookie notice and nothing behind it."
    return ""


def is_cookie_notice(paragraph: str) -> bool:
    """True for a paragraph that asks for consent to cookies or explains them."""
    return len(paragraph) <= _NOTICE and "ookie" in paragraph.lower() and _COOKIES.search(paragraph) is not None
