"""Slack's documented limits on messages, dialogs and home tabs, as the fake Slack enforces them.

Numbers and shapes from docs.slack.dev: reference/block-kit/blocks (actions, context, header, input, rich text,
section), reference/block-kit/block-elements (buttons, menus, radio buttons, checkboxes, text and time inputs),
reference/block-kit/composition-objects (text, option, option group, confirmation) and reference/views (modal and home
tab views). That block ids are unique in a message or view, and action ids in a block, is said there too; Slack answers
`invalid_blocks` and, for views, `invalid_arguments`. That a view may have 250 kB is in the errors of views.open.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

MAX_BLOCKS = 50
MAX_VIEW_BLOCKS = 100
MAX_VIEW_BYTES = 250_000
MAX_TEXT = 40_000
MAX_ALL_BLOCKS = 13_000
INNER = {"text", "link", "emoji", "date", "user", "usergroup", "channel", "broadcast", "color"}
OUTER = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
BOTH = ("plain_text", "mrkdwn")
PICKERS = {"users_select", "conversations_select", "channels_select", "datepicker", "timepicker"}


def complaint(args: Mapping[str, Any]) -> str | None:
    """The error code with which Slack would refuse the message, None when it would take it."""
    blocks = args.get("blocks")
    if not args.get("text") and not blocks:
        return "no_text"
    if len(str(args.get("text") or "")) > MAX_TEXT:
        return "msg_too_long"
    metadata = args.get("metadata")
    if metadata is not None and not _metadata(metadata):
        return "invalid_metadata_format"
    if blocks is None:
        return None
    if not isinstance(blocks, list) or len(blocks) > MAX_BLOCKS or not _all_blocks(blocks):
        return "invalid_blocks"
    if len(json.dumps(blocks, ensure_ascii=False)) > MAX_ALL_BLOCKS:
        return "msg_blocks_too_long"
    return None


def view_complaint(view: Any) -> str | None:
    """The error code with which Slack would refuse a dialog or a home tab, None when it would take it."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return "invalid_arguments"
    blocks = view.get("blocks")
    good = (
        isinstance(blocks, list)
        and len(blocks) <= MAX_VIEW_BLOCKS
        and _all_blocks(blocks)
        and _short(view, "callback_id", 255)
        and _short(view, "private_metadata", 3000)
        and _short(view, "external_id", 255)
        and (_modal(view, blocks) if view["type"] == "modal" else not {"title", "submit", "close"} & set(view))
    )
    if not good:
        return "invalid_arguments"
    return "view_too_large" if len(json.dumps(view).encode()) > MAX_VIEW_BYTES else None


def _modal(view: Mapping[str, Any], blocks: Sequence[Mapping[str, Any]]) -> bool:
    asks = any(block["type"] == "input" for block in blocks)
    return (
        _text(view.get("title"), 24, ("plain_text",))
        and all(_text(view[key], 24, ("plain_text",)) for key in ("submit", "close") if key in view)
        and ("submit" in view or not asks)
    )


def _metadata(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and re.fullmatch(r"[a-zA-Z0-9_]{1,80}", str(value.get("event_type", ""))) is not None
        and isinstance(value.get("event_payload"), dict)
    )


def _text(value: Any, most: int, kinds: tuple[str, ...] = BOTH) -> bool:
    return (
        isinstance(value, dict)
        and value.get("type") in kinds
        and isinstance(value.get("text"), str)
        and 1 <= len(value["text"]) <= most
        and _encodes(value["text"])
    )


def _encodes(text: str) -> bool:
    """False for halves of characters, which no JSON reader but Python's takes."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _short(holder: Mapping[str, Any], key: str, most: int, least: int = 0) -> bool:
    """True when a text is absent, or has a length that is allowed."""
    return key not in holder or (isinstance(holder[key], str) and least <= len(holder[key]) <= most)


def _all_blocks(blocks: Sequence[Any]) -> bool:
    ids = [block["block_id"] for block in blocks if isinstance(block, dict) and "block_id" in block]
    return len(ids) == len(set(ids)) and all(_block(block) for block in blocks)


def _block(block: Any) -> bool:
    if not isinstance(block, dict) or not _short(block, "block_id", 255, 1):
        return False
    check = _BLOCKS.get(str(block.get("type")))
    return check is not None and check(block)


def _section(block: Mapping[str, Any]) -> bool:
    fields = block.get("fields", [])
    text_good = _text(block["text"], 3000) if "text" in block else bool(fields)
    accessory = "accessory" not in block or _element(block["accessory"])
    return text_good and len(fields) <= 10 and all(_text(f, 2000) for f in fields) and accessory


def _actions(block: Mapping[str, Any]) -> bool:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 25 or not all(_element(e) for e in elements):
        return False
    names = [e["action_id"] for e in elements if "action_id" in e]
    return len(names) == len(set(names)) and not any(e["type"] == "plain_text_input" for e in elements)


def _input(block: Mapping[str, Any]) -> bool:
    element = block.get("element")
    return (
        _text(block.get("label"), 2000, ("plain_text",))
        and ("hint" not in block or _text(block["hint"], 2000, ("plain_text",)))
        and _element(element)
        and isinstance(element, dict)
        and element["type"] not in ("button", "overflow")
    )


def _context(block: Mapping[str, Any]) -> bool:
    elements = block.get("elements", [])
    return 1 <= len(elements) <= 10 and all(_text(e, 3000) for e in elements)


_BLOCKS: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "divider": lambda _block: True,
    "header": lambda block: _text(block.get("text"), 150, ("plain_text",)),
    "section": _section,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "rich_text": lambda block: bool(block.get("elements")) and all(_rich(e) for e in block["elements"]),
}


# -- elements ---------------------------------------------------------------------------------------------------------


def _element(element: Any) -> bool:
    """Something that a person presses or fills in."""
    if not isinstance(element, dict) or not _short(element, "action_id", 255, 1):
        return False
    if "placeholder" in element and not _text(element["placeholder"], 150, ("plain_text",)):
        return False
    if "confirm" in element and not _confirm(element["confirm"]):
        return False
    kind = str(element.get("type"))
    check = _ELEMENTS.get(kind)
    return kind in PICKERS and _pick(element) if check is None else check(element)


def _button(element: Mapping[str, Any]) -> bool:
    return (
        _text(element.get("text"), 75, ("plain_text",))
        and _short(element, "value", 2000)
        and _short(element, "url", 3000, 1)
        and _short(element, "accessibility_label", 75)
        and element.get("style", "primary") in ("primary", "danger")
        and re.match(r"https?://", element.get("url", "https://")) is not None
    )


def _menu(element: Mapping[str, Any]) -> bool:
    groups = element.get("option_groups")
    if groups is None:
        options = element.get("options", [])
        shape = 1 <= len(options) <= 100
    else:
        options = [option for group in groups for option in group.get("options", [])]
        shape = 1 <= len(groups) <= 100 and "options" not in element and all(_group(group) for group in groups)
    return shape and all(_option(o, ("plain_text",)) for o in options) and _initial(element, options)


def _group(group: Any) -> bool:
    return _text(group.get("label"), 75, ("plain_text",)) and 1 <= len(group.get("options", [])) <= 100


def _few(element: Mapping[str, Any]) -> bool:
    """Radio buttons and checkboxes."""
    options = element.get("options", [])
    return 1 <= len(options) <= 10 and all(_option(o, BOTH) for o in options) and _initial(element, options)


def _option(option: Any, kinds: tuple[str, ...]) -> bool:
    return (
        isinstance(option, dict)
        and _text(option.get("text"), 75, kinds)
        and isinstance(option.get("value"), str)
        and _short(option, "value", 150)
        and ("description" not in option or _text(option["description"], 75, kinds))
    )


def _initial(element: Mapping[str, Any], options: Sequence[Any]) -> bool:
    """What is chosen beforehand is one of the options, letter for letter."""
    if "initial_options" in element:
        chosen = element["initial_options"]
        return bool(chosen) and all(o in options for o in chosen)
    return "initial_option" not in element or element["initial_option"] in options


def _writing(element: Mapping[str, Any]) -> bool:
    most = element.get("max_length", 3000)
    return 1 <= most <= 3000 and _short(element, "initial_value", most)


def _pick(element: Mapping[str, Any]) -> bool:
    at = element.get("initial_time", "00:00")
    return re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", at) is not None


def _confirm(confirm: Any) -> bool:
    limits = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
    return isinstance(confirm, dict) and all(_text(confirm.get(key), most) for key, most in limits.items())


_ELEMENTS: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "button": _button,
    "static_select": _menu,
    "multi_static_select": _menu,
    "radio_buttons": _few,
    "checkboxes": _few,
    "overflow": lambda e: (
        1 <= len(e.get("options", [])) <= 5 and all(_option(o, ("plain_text",)) for o in e["options"])
    ),
    "plain_text_input": _writing,
}


# -- rich text --------------------------------------------------------------------------------------------------------


def _rich(element: Any) -> bool:
    if not isinstance(element, dict) or element.get("type") not in OUTER or not element.get("elements"):
        return False
    if element["type"] == "rich_text_list":
        return element.get("style") in ("bullet", "ordered") and all(_rich(e) for e in element["elements"])
    return all(_piece(piece) for piece in element["elements"])


def _piece(piece: Any) -> bool:
    if not isinstance(piece, dict) or piece.get("type") not in INNER:
        return False
    if piece["type"] == "text":
        styles = piece.get("style", {})
        return bool(piece.get("text")) and set(styles) <= {"bold", "italic", "strike", "code"}
    if piece["type"] == "link":
        return re.match(r"https?://", str(piece.get("url", ""))) is not None
    return True
