"""Answer the buttons under an alert: a vote at once, or the dialog that asks for more."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot import pipeline
from bot.deliver._desk import assign_dialog, explanation_dialog, mute_dialog, not_useful_dialog
from bot.pipeline.people.telling import weighed
from bot.slackapp.visit import Visit
from bot.types.vote import Verdict

EXPIRED = {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "no trigger"}


def useful(visit: Visit) -> None:
    """Count a vote for the story."""
    made = pipeline.vote(visit.desk.rig, visit.alert(), Verdict.USEFUL, voter=f"slack:{visit.who}")
    visit.say(visit.words("answer.noted"), [made.title])


def not_useful(visit: Visit) -> None:
    """Ask what was wrong."""
    alert = pipeline.standing(visit.desk.rig, visit.alert())
    _open(visit, not_useful_dialog(alert.id, visit.message, visit.words))


def mute(visit: Visit) -> None:
    """Ask until when."""
    alert = pipeline.standing(visit.desk.rig, visit.alert())
    _open(visit, mute_dialog(alert.id, visit.message, visit.words))


def assign(visit: Visit) -> None:
    """Ask whom."""
    alert = pipeline.standing(visit.desk.rig, visit.alert())
    _open(visit, assign_dialog(alert.id, visit.message, visit.words))


def explain(visit: Visit) -> None:
    """Show the whole ledger of the story."""
    words = visit.words
    alert = pipeline.standing(visit.desk.rig, visit.alert())
    lines = weighed(pipeline.why(visit.desk.rig, alert.id))
    if visit.dialog(explanation_dialog(lines, words.pick(alert.headlines), words)):
        # It took longer than three seconds, or Slack does not take the dialog.
        visit.say(words("button.explain"), lines)


BUTTONS: Mapping[str, Callable[[Visit], None]] = {
    "useful": useful,
    "not-useful": not_useful,
    "mute": mute,
    "assign": assign,
    "explain": explain,
}
LINKS = ("open", "home-open")  # open an address by themselves; there is nothing to do but to say that they came


def _open(visit: Visit, view: Mapping[str, object]) -> None:
    failed = visit.dialog(view)
    if failed in EXPIRED:
        visit.say(visit.words("answer.late"))
    elif failed:
        visit.say(visit.words("answer.no-dialog", why=failed))
