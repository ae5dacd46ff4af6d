"""What people press and fill in, as HTML that only looks like it: nothing on the page can be pressed but a link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

Element = Mapping[str, Any]


def elements_html(elements: Sequence[Element]) -> str:
    """A row of buttons and menus."""
    return f'<div class="b-actions">{"".join(map(element_html, elements))}</div>'


def input_html(block: Mapping[str, Any]) -> str:
    """A question with its field, and the word with which Slack marks what may stay empty."""
    optional = ' <span class="e-optional">(optional)</span>' if block.get("optional") else ""
    hint = f'<div class="e-hint">{_said(block.get("hint"))}</div>' if block.get("hint") else ""
    label = f'<div class="e-label">{_said(block.get("label"))}{optional}</div>'
    return f'<div class="b-input">{label}{element_html(block.get("element") or {})}{hint}</div>'


def element_html(element: Element) -> str:
    """One of them; an unknown one says what it is."""
    kind = str(element.get("type"))
    drawn = _DRAWN.get(kind)
    return drawn(element) if drawn else f'<span class="b-unknown">{escape(kind)}</span>'


def _button(element: Element) -> str:
    label, url = _said(element.get("text")), str(element.get("url", ""))
    if urlsplit(url).scheme in ("http", "https"):
        return f'<a class="e-button" href="{escape(url)}" rel="noreferrer noopener">{label}</a>'
    return f'<span class="e-button" role="button">{label}</span>'


def _menu(element: Element) -> str:
    chosen = element.get("initial_option")
    return _field("e-select", _said(chosen.get("text")) if chosen else _placeholder(element))


def _many(element: Element) -> str:
    chosen = element.get("initial_options", ())
    chips = "".join(f'<span class="e-chip">{_said(row.get("text"))}</span>' for row in chosen)
    return _field("e-select", chips or _placeholder(element))


def _radio(element: Element) -> str:
    chosen = element.get("initial_option")
    rows = (_row("e-dot", option, on=option == chosen) for option in element.get("options", ()))
    return f'<div class="e-list">{"".join(rows)}</div>'


def _boxes(element: Element) -> str:
    chosen = element.get("initial_options", ())
    rows = (_row("e-box", option, on=option in chosen) for option in element.get("options", ()))
    return f'<div class="e-list">{"".join(rows)}</div>'


def _row(mark: str, option: Element, *, on: bool) -> str:
    return f'<div class="e-row"><span class="{mark}{" on" if on else ""}"></span>{_said(option.get("text"))}</div>'


def _writing(element: Element) -> str:
    kind = "e-text e-tall" if element.get("multiline") else "e-text"
    value = str(element.get("initial_value", ""))
    return _field(kind, escape(value) if value else _placeholder(element))


def _time(element: Element) -> str:
    return _field("e-select", escape(str(element.get("initial_time", ""))) or _placeholder(element))


def _field(kind: str, inner: str) -> str:
    return f'<div class="e-field {kind}">{inner}</div>'


def _placeholder(element: Element) -> str:
    return f'<span class="e-placeholder">{_said(element.get("placeholder"))}</span>'


def _said(text: Any) -> str:
    return escape(str(text.get("text", ""))) if isinstance(text, Mapping) else ""


_DRAWN: Mapping[str, Callable[[Element], str]] = {
    "button": _button,
    "static_select": _menu,
    "users_select": _menu,
    "multi_static_select": _many,
    "radio_buttons": _radio,
    "checkboxes": _boxes,
    "plain_text_input": _writing,
    "timepicker": _time,
}
