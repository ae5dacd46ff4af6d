"""Answer the home tab: show it, and keep what a person chooses there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot import pipeline
from bot.deliver._desk import home_view, rest_dialog
from bot.deliver._labels import labels
from bot.log import get_logger
from bot.slackapp.desk import at, opaque, text
from bot.slackapp.visit import Visit, tried

MOST_SECTORS = 100  # that Slack lets somebody choose

log = get_logger(__name__)


def publish(visit: Visit) -> None:
    """Show a person's home tab as it is now."""
    desk = visit.desk
    page = pipeline.home(desk.rig, visit.who, workspace=desk.workspace.url)
    rest = page.member.rest
    view = home_view(page, labels(page.member.locale, rest.zone if rest else "UTC"))
    if failed := tried(lambda: desk.client.views_publish(user_id=visit.who, view=view)):
        log.warning("a home tab was not shown", why=failed)


def opened(visit: Visit) -> None:
    """Somebody looks at the app; of its tabs only the home tab is ours."""
    if at(visit.body, "event", "tab") != "messages":
        publish(visit)


def _sectors(visit: Visit) -> None:
    options = at(visit.value, "selected_options")
    chosen = options[:MOST_SECTORS] if isinstance(options, list) else []
    pipeline.subscribe(visit.desk.rig, visit.who, [opaque(at(option, "value")) for option in chosen])
    publish(visit)


def _band(visit: Visit) -> None:
    pipeline.choose_band(visit.desk.rig, visit.who, _chosen(visit))
    publish(visit)


def _language(visit: Visit) -> None:
    pipeline.choose_locale(visit.desk.rig, visit.who, _chosen(visit))
    publish(visit)


def _rest(visit: Visit) -> None:
    person = pipeline.member(visit.desk.rig, visit.who)
    if failed := visit.dialog(rest_dialog(person, labels(person.locale))):
        log.warning("a dialog was not opened", why=failed)


def _unmute(visit: Visit) -> None:
    pipeline.unmute(visit.desk.rig, opaque(at(visit.value, "value")))
    publish(visit)


def _chosen(visit: Visit) -> str:
    return text(at(visit.value, "selected_option", "value"))[:100]


CHOICES: Mapping[str, Callable[[Visit], None]] = {
    "home-sectors": _sectors,
    "home-band": _band,
    "home-language": _language,
    "home-rest": _rest,
    "home-unmute": _unmute,
}
