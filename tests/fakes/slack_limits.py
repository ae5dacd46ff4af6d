"""Slack's documented limits on a message, as the fake Slack enforces them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

MAX_BLOCKS = 50
MAX_TEXT = 40_000
MAX_ALL_BLOCKS = 13_000
INNER = {"text", "link", "emoji", "date", "user", "usergroup", "channel", "broadcast", "color"}
OUTER = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}


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
    if not isinstance(blocks, list) or len(blocks) > MAX_BLOCKS or not all(_block(block) for block in blocks):
        return "invalid_blocks"
    if len(json.dumps(blocks, ensure_ascii=False)) > MAX_ALL_BLOCKS:
        return "msg_blocks_too_long"
    return None


def _metadata(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and re.fullmatch(r"[a-zA-Z0-9_]{1,80}", str(value.get("event_type", ""))) is not None
        and isinstance(value.get("event_payload"), dict)
    )


def _text(value: Any, most: int, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> bool:
    return isinstance(value, dict) and value.get("type") in kinds and 1 <= len(str(value.get("text", ""))) <= most


def _block(block: Any) -> bool:
    if not isinstance(block, dict) or len(str(block.get("block_id", ""))) > 255:
        return False
    kind = block.get("type")
    if kind == "divider":
        return True
    if kind == "header":
        return _text(block.get("text"), 150, ("plain_text",))
    if kind == "section":
        fields = block.get("fields", [])
        text_good = _text(block["text"], 3000) if "text" in block else bool(fields)
        return text_good and len(fields) <= 10 and all(_text(f, 2000) for f in fields)
    if kind == "context":
        elements = block.get("elements", [])
        return 1 <= len(elements) <= 10 and all(_text(e, 3000) for e in elements)
    if kind == "rich_text":
        return bool(block.get("elements")) and all(_rich(element) for element in block["elements"])
    return False


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
