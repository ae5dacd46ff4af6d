"""Take what people hand in with a dialog; forms are checked before they close, deeds are done afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import available_timezones

from bot import pipeline
from bot.errors import InputError
from bot.slackapp.desk import Body, at, person, text
from bot.slackapp.tab import publish
from bot.slackapp.visit import Visit, meant
from bot.types.vote import Complaint, Verdict

NOTE = 1000  # characters that are kept of somebody's own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One kind of dialog."""

    faults: Callable[[Body], Mapping[str, str]]  # block id -> sentence; empty: the dialog may close
    deed: Callable[[Visit], None]


def _field(body: Body, name: str, *path: str) -> str:
    """What was filled in; blocks and their elements bear the same name."""
    return text(at(body, "view", "state", "values", name, name, *path))


def _complaint_faults(body: Body) -> Mapping[str, str]:
    known = [complaint.value for complaint in Complaint]
    chosen = _field(body, "complaint", "selected_option", "value")
    return {} if chosen in known else {"complaint": "Say what was wrong."}


def _complain(visit: Visit) -> None:
    made = pipeline.vote(
        visit.desk.rig,
        meant(visit),
        Verdict.NOT,
        voter=f"slack:{visit.who}",
        complaint=Complaint(_field(visit.body, "complaint", "selected_option", "value")),
        note=_field(visit.body, "note", "value")[:NOTE],
    )
    visit.say(f"Noted: not useful ({made.complaint})", [made.title])


def _days(body: Body) -> int | None:
    chosen = _field(body, "days", "selected_option", "value")
    return int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) <= 3 else None


def _mute_faults(body: Body) -> Mapping[str, str]:
    return {} if _days(body) else {"days": "Say for how many days."}


def _mute(visit: Visit) -> None:
    made = pipeline.mute(
        visit.desk.rig,
        meant(visit),
        by=visit.who,
        days=_days(visit.body) or 0,
        why=_field(visit.body, "why", "value")[:NOTE],
    )
    visit.say(f"Muted until {made.until}", [f"{made.story_id}: `/monazite unmute {made.story_id}` ends it"])


def _assign_faults(body: Body) -> Mapping[str, str]:
    return {} if person(_field(body, "person", "selected_user")) else {"person": "Say who looks after it."}


def _assign(visit: Visit) -> None:
    to = person(_field(visit.body, "person", "selected_user"))
    pipeline.assign(visit.desk.rig, meant(visit), to=to, by=visit.who)
    visit.say("Assigned; the message shows to whom.")


def _rest_faults(body: Body) -> Mapping[str, str]:
    start, end = (_field(body, name, "selected_time") for name in ("from", "to"))
    if bool(start) != bool(end):
        return {"to" if start else "from": "Give both times; twice the same for no quiet hours."}
    if _zone(body) not in available_timezones():
        return {"zone": "This is no time zone; write one like Europe/Amsterdam."}
    return {}


def _rest(visit: Visit) -> None:
    start, end = (_field(visit.body, name, "selected_time") for name in ("from", "to"))
    pipeline.choose_rest(visit.desk.rig, visit.who, start, end, _zone(visit.body))
    publish(visit)


def _zone(body: Body) -> str:
    return _field(body, "zone", "value").strip()


FORMS: Mapping[str, Form] = {
    "not-useful": Form(faults=_complaint_faults, deed=_complain),
    "mute": Form(faults=_mute_faults, deed=_mute),
    "assign": Form(faults=_assign_faults, deed=_assign),
    "rest": Form(faults=_rest_faults, deed=_rest),
}


def unknown(_visit: Visit) -> None:
    """A dialog of an older or newer version.

    Raises:
        InputError: Always.
    """
    raise InputError("this dialog is not one of ours, or it is too old; nothing was changed")
