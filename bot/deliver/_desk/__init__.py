"""What people use in Slack: buttons under an alert, dialogs, the home tab, answers to commands."""

# ruff: noqa: ARG001 - not every part says words of its own yet

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.config import LOCALES
from bot.deliver._labels import Labels
from bot.deliver._mrkdwn import foreign
from bot.deliver._slack_blocks import Block, context_block, notice_blocks, section
from bot.deliver._text import clean, safe_url
from bot.types.desk import HomePage, Rest
from bot.types.ids import AlertId
from bot.types.levels import Band
from bot.types.vote import Complaint

View = dict[str, Any]


def buttons(alert_id: AlertId, words: Labels, open_url: str | None) -> Block:
    """The row of buttons under an alert."""
    named = {"useful": "👍", "not-useful": "👎", "mute": "Mute", "assign": "Assign", "explain": "Explain"}
    elements: list[Block] = [
        {"type": "button", "action_id": name, "text": _plain(label), "value": alert_id} for name, label in named.items()
    ]
    if open_url and safe_url(open_url):
        elements.append({"type": "button", "action_id": "open", "text": _plain("Open"), "url": safe_url(open_url)})
    return {"type": "actions", "elements": elements}


def not_useful_dialog(alert_id: AlertId, origin: str, words: Labels) -> View:
    """What was wrong with an alert."""
    options = [_option(complaint.value, complaint.value) for complaint in Complaint]
    radio = {"type": "radio_buttons", "action_id": "complaint", "options": options}
    blocks = [_input("complaint", "Why?", radio), _input("note", "Note", _field("note"), optional=True)]
    return _dialog("not-useful", "Not useful", blocks, {"alert": alert_id, "origin": origin})


def mute_dialog(alert_id: AlertId, origin: str, words: Labels) -> View:
    """For how long nobody wants to hear of a story."""
    options = [_option(str(days), f"{days} days") for days in (7, 14, 30, 90)]
    select = {"type": "static_select", "action_id": "days", "options": options, "initial_option": options[1]}
    blocks = [_input("days", "For how long?", select), _input("why", "Why?", _field("why"), optional=True)]
    return _dialog("mute", "Mute", blocks, {"alert": alert_id, "origin": origin})


def assign_dialog(alert_id: AlertId, origin: str, words: Labels) -> View:
    """Who looks after an alert."""
    blocks = [_input("person", "Who?", {"type": "users_select", "action_id": "person"})]
    return _dialog("assign", "Assign", blocks, {"alert": alert_id, "origin": origin})


def rest_dialog(rest: Rest | None, words: Labels) -> View:
    """Between which hours a person wants no message."""
    pickers = {
        name: {"type": "timepicker", "action_id": name} | ({"initial_time": f"{at:%H:%M}"} if at else {})
        for name, at in (("from", rest and rest.start), ("to", rest and rest.end))
    }
    blocks = [_input(name, name, picker, optional=True) for name, picker in pickers.items()]
    zone = _field("zone") | {"initial_value": rest.zone if rest else "UTC"}
    return _dialog("rest", "Quiet hours", [*blocks, _input("zone", "Time zone", zone)], {})


def explanation_dialog(lines: Sequence[str], title: str, words: Labels) -> View:
    """Why somebody sees an alert."""
    blocks = [section(foreign(clean(line, 300)) or "-") for line in lines[:40]]
    return {"type": "modal", "title": _plain(clean(title, 24) or "?"), "blocks": blocks or [section("-")]}


def home_view(page: HomePage, words: Labels) -> View:
    """The home tab of a person."""
    person = page.member
    options = [_option(name, clean(title, 75) or name) for name, title in page.sectors[:100]]
    sectors: Block = {"type": "multi_static_select", "action_id": "home-sectors", "options": options}
    if chosen := [option for option in options if option["value"] in person.sectors]:
        sectors["initial_options"] = chosen
    bands = [_option(band.value, words(f"band.{band}")) for band in (Band.DIGEST, Band.ALERT, Band.URGENT)]
    band: Block = {"type": "static_select", "action_id": "home-band", "options": bands}
    languages: Block = {
        "type": "static_select", "action_id": "home-language", "options": [_option(code, code) for code in LOCALES]
    }  # fmt: skip
    rest: Block = {"type": "button", "action_id": "home-rest", "text": _plain("Quiet hours")}
    blocks: list[Block] = [{"type": "actions", "elements": [*([sectors] if options else []), band, languages, rest]}]
    blocks.append(
        context_block(f"{page.sources_well} sources well, {len(page.sources_ill)} ill, {page.waiting} waiting")
    )
    for alert in page.alerts:
        row = section(foreign(clean(alert.headline, 150)) or "-")
        if alert.url and (url := safe_url(alert.url)):
            row["accessory"] = {"type": "button", "action_id": "home-open", "text": _plain("Open"), "url": url}
        blocks.append(row)
    for mute, title in page.mutes[:20]:
        unmute = {"type": "button", "action_id": "home-unmute", "text": _plain("Unmute"), "value": mute.story_id}
        blocks.append(section(f"{foreign(clean(title, 150)) or '-'} · {mute.until}") | {"accessory": unmute})
    return {"type": "home", "blocks": blocks[:100]}


def answer_blocks(title: str, lines: Sequence[str], words: Labels) -> tuple[list[Block], str]:
    """An answer that one person sees."""
    return notice_blocks(title, lines, words)


def _dialog(name: str, title: str, blocks: Sequence[Block], metadata: Mapping[str, str]) -> View:
    return {
        "type": "modal", "callback_id": name, "title": _plain(title), "submit": _plain("OK"), "blocks": list(blocks),
        "private_metadata": json.dumps(metadata),
    }  # fmt: skip


def _input(name: str, label: str, element: Block, *, optional: bool = False) -> Block:
    return {"type": "input", "block_id": name, "label": _plain(label), "element": element, "optional": optional}


def _field(name: str) -> Block:
    return {"type": "plain_text_input", "action_id": name}


def _option(value: str, label: str) -> Block:
    return {"text": _plain(label), "value": value}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": True}
