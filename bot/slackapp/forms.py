"""Take what people hand in with a dialog; forms are checked before they close, deeds are done afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import available_timezones

from bot import pipeline
from bot.deliver._labels import Labels, labels
from bot.errors import InputError
from bot.slackapp.commands import muted
from bot.slackapp.desk import Body, at, person, text
from bot.slackapp.tab import publish
from bot.slackapp.visit import Visit, meant, metadata
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


def _words(body: Body) -> Labels:
    """Of the dialog's own language: a form is checked while Slack waits, so nobody is looked up."""
    return labels(text(at(metadata(body), "locale")))


def _complaint_faults(body: Body) -> Mapping[str, str]:
    known = [complaint.value for complaint in Complaint]
    chosen = _field(body, "complaint", "selected_option", "value")
    return {} if chosen in known else {"complaint": _words(body)("fault.complaint")}


def _complain(visit: Visit) -> None:
    made = pipeline.vote(
        visit.desk.rig,
        meant(visit),
        Verdict.NOT,
        voter=f"slack:{visit.who}",
        complaint=Complaint(_field(visit.body, "complaint", "selected_option", "value")),
        note=_field(visit.body, "note", "value")[:NOTE],
    )
    words = visit.words
    visit.say(words("answer.noted-not", why=words(f"complaint.{made.complaint}")), [made.title])


def _days(body: Body) -> int | None:
    chosen = _field(body, "days", "selected_option", "value")
    return int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) <= 3 else None


def _mute_faults(body: Body) -> Mapping[str, str]:
    return {} if _days(body) else {"days": _words(body)("fault.days")}


def _mute(visit: Visit) -> None:
    made = pipeline.mute(
        visit.desk.rig,
        meant(visit),
        by=visit.who,
        days=_days(visit.body) or 0,
        why=_field(visit.body, "why", "value")[:NOTE],
    )
    muted(visit, made)


def _assign_faults(body: Body) -> Mapping[str, str]:
    return {} if person(_field(body, "person", "selected_user")) else {"person": _words(body)("fault.person")}


def _assign(visit: Visit) -> None:
    to = person(_field(visit.body, "person", "selected_user"))
    pipeline.assign(visit.desk.rig, meant(visit), to=to, by=visit.who)
    visit.say(visit.words("answer.assigned"))


def _rest_faults(body: Body) -> Mapping[str, str]:
    start, end = (_field(body, name, "selected_time") for name in ("from", "to"))
    if bool(start) != bool(end):
        return {"to" if start else "from": _words(body)("fault.both-times")}
    if _zone(body) not in available_timezones():
        return {"zone": _words(body)("fault.zone")}
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
    raise InputError("this dialog is not one of ours, or it is too old; nothing was changed", label="fault.dialog")
