"""The fake's limits refuse what Slack refuses, and nothing else."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from bot.deliver._desk import buttons, explanation_dialog, mute_dialog, not_useful_dialog
from bot.deliver._labels import labels
from bot.types.ids import AlertId
from tests.fakes.slack_limits import complaint, view_complaint

EN, ID = labels("en"), AlertId("a-1")
View = dict[str, Any]
Change = Callable[[View], object]


def element(view: View, block: int = 0) -> Any:
    return view["blocks"][block]["element"]


def text(words: str) -> View:
    return {"type": "plain_text", "text": words}


BAD_DIALOGS: dict[str, Change] = {
    "long title": lambda v: v.update(title=text("x" * 25)),
    "no title": lambda v: v.pop("title"),
    "long close": lambda v: v.update(close=text("x" * 25)),
    "questions without submit": lambda v: v.pop("submit"),
    "long metadata": lambda v: v.update(private_metadata="x" * 3001),
    "long callback id": lambda v: v.update(callback_id="x" * 256),
    "101 blocks": lambda v: v.update(blocks=[{"type": "divider"}] * 101),
    "block id twice": lambda v: v["blocks"][1].update(block_id=v["blocks"][0]["block_id"]),
    "empty block id": lambda v: v["blocks"][1].update(block_id=""),
    "long label": lambda v: v["blocks"][0].update(label=text("x" * 2001)),
    "label with markup": lambda v: v["blocks"][0].update(label={"type": "mrkdwn", "text": "x"}),
    "empty label": lambda v: v["blocks"][0].update(label=text("")),
    "half a character": lambda v: v["blocks"][0].update(label=text("\ud800")),
    "long hint": lambda v: v["blocks"][0].update(hint=text("x" * 2001)),
    "no element": lambda v: v["blocks"][0].pop("element"),
    "button as a question": lambda v: v["blocks"][0].update(element=buttons(ID, EN, None)["elements"][0]),
    "unknown element": lambda v: element(v).update(type="colour_picker"),
    "long action id": lambda v: element(v).update(action_id="x" * 256),
    "long option": lambda v: element(v)["options"][0].update(text=text("x" * 76)),
    "long value": lambda v: element(v)["options"][0].update(value="x" * 151),
    "no options": lambda v: element(v).update(options=[]),
    "11 radio buttons": lambda v: element(v).update(options=element(v)["options"][:1] * 11),
    "chosen is no option": lambda v: element(v).update(initial_option={"text": text("x"), "value": "x"}),
    "long placeholder": lambda v: element(v, 1).update(placeholder=text("x" * 151)),
    "3,001 characters to write": lambda v: element(v, 1).update(max_length=3001),
    "no dialog": lambda v: v.update(type="popup"),
}


@pytest.mark.parametrize("name", BAD_DIALOGS)
def test_a_dialog_that_slack_refuses_is_refused(name: str) -> None:
    view = copy.deepcopy(not_useful_dialog(ID, "C1:1.2", EN))
    assert view_complaint(view) is None
    BAD_DIALOGS[name](view)
    assert view_complaint(view) == "invalid_arguments"


def test_menus_have_a_hundred_options_at_most() -> None:
    view = copy.deepcopy(mute_dialog(ID, "C1:1.2", EN))
    element(view)["options"] *= 26
    assert view_complaint(view) == "invalid_arguments"
    element(view)["options"] = element(view)["options"][:100]
    assert view_complaint(view) is None


def test_a_view_has_a_weight() -> None:
    view = explanation_dialog(["one"], "Why", EN)
    view["blocks"] = [{"type": "section", "text": text("語" * 3000)}] * 20
    assert view_complaint(view) == "view_too_large"


def test_a_home_tab_has_no_title() -> None:
    home: View = {"type": "home", "blocks": [{"type": "divider"}]}
    assert view_complaint(home) is None
    assert view_complaint(home | {"title": text("x")}) == "invalid_arguments"


BAD_BUTTONS: dict[str, Change] = {
    "26 elements": lambda b: b.update(elements=[{**b["elements"][0], "action_id": str(i)} for i in range(26)]),
    "no elements": lambda b: b.update(elements=[]),
    "action id twice": lambda b: b["elements"][1].update(action_id=b["elements"][0]["action_id"]),
    "long text": lambda b: b["elements"][0].update(text=text("x" * 76)),
    "markup": lambda b: b["elements"][0].update(text={"type": "mrkdwn", "text": "x"}),
    "long value": lambda b: b["elements"][0].update(value="x" * 2001),
    "long address": lambda b: b["elements"][-1].update(url="https://x.example/" + "x" * 3000),
    "no web address": lambda b: b["elements"][-1].update(url="javascript:x"),
    "unknown style": lambda b: b["elements"][0].update(style="loud"),
    "text field": lambda b: b["elements"].append({"type": "plain_text_input", "action_id": "t"}),
}


@pytest.mark.parametrize("name", BAD_BUTTONS)
def test_buttons_that_slack_refuses_are_refused(name: str) -> None:
    block = copy.deepcopy(buttons(ID, EN, "https://x.example/"))
    assert complaint({"blocks": [block]}) is None
    BAD_BUTTONS[name](block)
    assert complaint({"blocks": [block]}) == "invalid_blocks"


def test_block_ids_are_unique_in_a_message() -> None:
    block = buttons(ID, EN, None)
    assert complaint({"blocks": [block, block]}) == "invalid_blocks"
