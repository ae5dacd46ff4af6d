"""Block Kit as HTML, the way Slack shows it; every leaf is escaped, only what Slack knows as markup becomes markup."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

from bot.deliver._preview._elements import element_html, elements_html, input_html

_ANGLE = re.compile(r"<([^<>\n]+)>")
_CODE = re.compile(r"`([^`\n]+)`")
# A style needs a border outside and no space inside, as in Slack.
_STYLES = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), "strong"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), "em"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), "del"),
)
_HELD = re.compile("\ue000(\\d+)\ue001")


def blocks_html(payload: Mapping[str, Any]) -> str:
    """The body of a message; its text when it has no blocks."""
    blocks = payload.get("blocks")
    if not isinstance(blocks, Sequence) or isinstance(blocks, str):
        return f'<div class="b-text">{mrkdwn_html(str(payload.get("text", "")))}</div>'
    return "".join(_block(block) for block in blocks)


def mrkdwn_html(text: str) -> str:
    """Slack's mrkdwn as HTML."""
    held: list[str] = []

    def hold(html: str) -> str:
        held.append(html)
        return f"\ue000{len(held) - 1}\ue001"

    text = re.sub("[\ue000\ue001]", "", text)
    text = _ANGLE.sub(lambda found: hold(_angle(found[1])), text)
    text = _CODE.sub(lambda found: hold(f"<code>{_literal(found[1])}</code>"), text)
    html = _literal(text)
    for pattern, tag in _STYLES:
        html = pattern.sub(lambda found, tag=tag: f"<{tag}>{found[1]}</{tag}>", html)  # type: ignore[misc]
    html = _HELD.sub(lambda found: held[int(found[1])], html)
    return html.replace("\n", "<br>")


def _block(block: Mapping[str, Any]) -> str:
    kind = block.get("type")
    if kind == "header":
        return f'<div class="b-header">{_text(block.get("text", {}))}</div>'
    if kind == "section":
        fields = "".join(f'<div class="b-field">{_text(field)}</div>' for field in block.get("fields", ()))
        inner = f'<div class="b-section">{_text(block.get("text", {}))}{fields}</div>'
        accessory = block.get("accessory")
        return f'<div class="b-beside">{inner}{element_html(accessory)}</div>' if accessory else inner
    if kind == "context":
        inner = "".join(f"<span>{_text(element)}</span>" for element in block.get("elements", ()))
        return f'<div class="b-context">{inner}</div>'
    if kind == "rich_text":
        return "".join(_rich(element) for element in block.get("elements", ()))
    if kind == "actions":
        return elements_html(block.get("elements", ()))
    if kind == "input":
        return input_html(block)
    if kind == "divider":
        return '<hr class="b-divider">'
    return f'<div class="b-unknown">{escape(str(kind))}</div>'


def _text(value: Mapping[str, Any]) -> str:
    text = str(value.get("text", ""))
    return mrkdwn_html(text) if value.get("type") == "mrkdwn" else escape(text)


def _rich(element: Mapping[str, Any]) -> str:
    inner = "".join(_piece(piece) for piece in element.get("elements", ()))
    kind = element.get("type")
    if kind == "rich_text_quote":
        return f'<blockquote class="b-quote">{inner}</blockquote>'
    if kind == "rich_text_preformatted":
        return f'<pre class="b-pre">{inner}</pre>'
    if kind == "rich_text_list":
        items = "".join(f"<li>{_rich(item)}</li>" for item in element.get("elements", ()))
        tag = "ol" if element.get("style") == "ordered" else "ul"
        return f"<{tag}>{items}</{tag}>"
    return f'<div class="b-rich">{inner}</div>'


def _piece(piece: Mapping[str, Any]) -> str:
    kind = piece.get("type")
    if kind == "link":
        return _link(str(piece.get("url", "")), str(piece.get("text") or piece.get("url", "")))
    if kind in ("usergroup", "user", "broadcast"):
        return f'<span class="b-mention">@{escape(str(piece.get(f"{kind}_id") or piece.get("range", "")))}</span>'
    if kind != "text":
        return ""
    html = escape(str(piece.get("text", ""))).replace("\n", "<br>")
    for style, tag in (("code", "code"), ("strike", "del"), ("italic", "em"), ("bold", "strong")):
        if piece.get("style", {}).get(style):
            html = f"<{tag}>{html}</{tag}>"
    return html


def _angle(inner: str) -> str:
    """What stands in angle brackets: a link, or somebody who is called."""
    target, _, label = inner.partition("|")
    if target.startswith(("!", "@", "#")):
        name = (label or target.lstrip("!#").removeprefix("subteam^")).lstrip("@")
        return f'<span class="b-mention">@{_literal(name)}</span>'
    return _link(_plain(target), _plain(label or target))


def _link(url: str, label: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return escape(label)
    title = f"{parts.scheme}://{parts.netloc}"
    return f'<a href="{escape(url)}" title="{escape(title)}" rel="noreferrer noopener">{escape(label)}</a>'


def _plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _literal(text: str) -> str:
    return escape(_plain(text), quote=False)
