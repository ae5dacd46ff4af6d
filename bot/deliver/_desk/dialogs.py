"""The dialogs behind the buttons; each asks at most two questions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import time

from bot.deliver._block_kit import MAX_HEADER, Block, header, listed, option, pages, plain, question, section
from bot.deliver._labels import Labels
from bot.deliver._text import clean
from bot.types.desk import Member
from bot.types.ids import AlertId
from bot.types.vote import Complaint

View = Block

MUTE_DAYS = (7, 14, 30, 90)
USUAL_DAYS = 14
MAX_TITLE = 24
MAX_NOTE = 1000  # characters that a person may write
MAX_LINES = 400  # of an explanation
MAX_LINE = 500  # characters of one; an escape may make five of each
MAX_CHARACTERS = 18_000  # of an explanation: Slack refuses views of 250 kB, and JSON may write 12 bytes for one
NIGHT = (time(22), time(7))  # proposed to those who have no quiet hours yet


def not_useful_dialog(alert_id: AlertId, origin: str, words: Labels) -> View:
    """What is wrong with an alert.

    Args:
        alert_id: Which alert.
        origin: "<channel>:<ts>" of the message whose button was pressed.
        words: Of the person.
    """
    choices = [option(complaint.value, words(f"complaint.{complaint.value}")) for complaint in Complaint]
    blocks = [
        question("complaint", words("complaint"), {"type": "radio_buttons", "options": choices}),
        question("note", words("note"), _writing(), optional=True),
    ]
    return _asking("not-useful", (alert_id, origin), blocks, words, submit=words("dialog.send"))


def mute_dialog(alert_id: AlertId, origin: str, words: Labels) -> View:
    """How long a story is to stay silent; arguments as above."""
    choices = {days: option(str(days), words("mute.days", count=days)) for days in MUTE_DAYS}
    menu = {
        "type": "static_select",
        "options": list(choices.values()),
        "initial_option": choices[USUAL_DAYS],
    }
    blocks = [
        question("days", words("mute.for"), menu, hint=words("mute.hint")),
        question("why", words("mute.why"), _writing(), optional=True),
    ]
    return _asking("mute", (alert_id, origin), blocks, words, submit=words("dialog.save"))


def assign_dialog(alert_id: AlertId, origin: str, words: Labels) -> View:
    """Who is to look after an alert; arguments as above."""
    blocks = [question("person", words("assign.who"), {"type": "users_select"})]
    return _asking("assign", (alert_id, origin), blocks, words, submit=words("button.assign"))


def explanation_dialog(lines: Sequence[str], title: str, words: Labels) -> View:
    """Why an alert was sent: nothing to fill in.

    Args:
        lines: Of the ledger; nothing in them is markup. Very long ones are cut, and what is left out is counted.
        title: Of the alert; stands above the lines when the dialog's own title has no room for it.
        words: Of the person.
    """
    heading = clean(title, MAX_HEADER)
    short = 0 < len(heading) <= MAX_TITLE
    shown = listed(lines, words, most=MAX_LINES, room=MAX_CHARACTERS, width=MAX_LINE) or [words("explain.empty")]
    above = [header(heading)] if heading and not short else []
    return {
        "type": "modal",
        "callback_id": "explain",
        "title": plain(heading if short else words("button.explain")),
        "close": plain(words("dialog.close")),
        "blocks": [*above, *(section(text) for text in pages(shown))],
    }


def rest_dialog(page_member: Member, words: Labels) -> View:
    """The hours in which a person wants to hear nothing.

    Args:
        page_member: Whose hours; proposed are those in force, else a night in the zone of `words`.
        words: Of the person.
    """
    rest = page_member.rest
    start, end = (rest.start, rest.end) if rest else NIGHT
    zone = clean(rest.zone if rest else "", 60) or words.zone.key
    blocks = [
        question("from", words("rest.from"), {"type": "timepicker", "initial_time": f"{start:%H:%M}"}),
        question("to", words("rest.to"), {"type": "timepicker", "initial_time": f"{end:%H:%M}"}),
        question(
            "zone",
            words("rest.zone"),
            {
                "type": "plain_text_input",
                "max_length": 60,
                "initial_value": zone,
                "placeholder": plain("Europe/Amsterdam"),
            },
            hint=words("rest.hint"),
        ),
    ]
    return {
        "type": "modal",
        "callback_id": "rest",
        "private_metadata": json.dumps({"locale": words.locale}),
        "title": plain(words("rest")),
        "submit": plain(words("dialog.save")),
        "close": plain(words("dialog.cancel")),
        "blocks": blocks,
    }


def _asking(name: str, about: tuple[AlertId, str], blocks: list[Block], words: Labels, *, submit: str) -> View:
    """A dialog about an alert, which knows the message that it came from."""
    alert_id, origin = about
    return {
        "type": "modal",
        "callback_id": name,
        "private_metadata": json.dumps({"alert": alert_id, "origin": origin, "locale": words.locale}),
        "title": plain(words(f"button.{name}")),
        "submit": plain(submit),
        "close": plain(words("dialog.cancel")),
        "blocks": blocks,
    }


def _writing() -> Block:
    return {"type": "plain_text_input", "multiline": True, "max_length": MAX_NOTE}
