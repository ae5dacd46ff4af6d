"""What somebody at the demo's desk would see behind the buttons: dialogs and home tab, on what the database held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from bot.deliver._desk import explanation_dialog, home_view, not_useful_dialog
from bot.deliver._labels import Labels, labels
from bot.deliver._view import best_url
from bot.demo.newsroom import Posted
from bot.demo.outcome import Outcome
from bot.pipeline.people.asking import weighed
from bot.types.delivery import Alert
from bot.types.desk import HomeAlert, HomePage, HomeSource, Member, Rest

ALERTS_SHOWN = 4  # of the home tab, so that it is not longer than a screen

View = Mapping[str, Any]


def edited(outcome: Outcome) -> tuple[Posted, Alert] | None:
    """The message of an alert that was edited most often; None when none was sent."""
    pairs = (
        (post, alert)
        for post in outcome.posts
        for alert in outcome.alerts
        if post.thread_ts is None and alert.id in str(post.payload)
    )
    return max(pairs, key=lambda pair: len(pair[0].earlier), default=None)


def views(outcome: Outcome, zone: str) -> dict[str, View]:
    """By picture: the dialogs behind two buttons of that message, and the home tab."""
    words = labels("en", zone)
    found: dict[str, View] = {}
    if pair := edited(outcome):
        root, alert = pair
        found["dialog-not-useful"] = not_useful_dialog(alert.id, f"{root.channel}:{root.ts}", words)
        lines = weighed(outcome.explained[alert.id])
        found["dialog-explain"] = explanation_dialog(lines, alert.headlines["en"], words)
    return found | {"home": home_view(_home(outcome, words), words)}


def _home(outcome: Outcome, words: Labels) -> HomePage:
    """What a person with two sectors would be shown."""
    names = {key: title for alert in outcome.alerts for key, title, _ in alert.sectors}
    ill = tuple(
        HomeSource(title=source.publisher, why=state.last_error or "no answer")
        for source, state in outcome.sources
        if state.failures
    )
    return HomePage(
        member=Member(
            id="U012AB3CD", sectors=tuple(names)[:2], rest=Rest(start=time(22), end=time(7), zone=words.zone.key)
        ),
        sectors=tuple(names.items()),
        alerts=tuple(
            HomeAlert(
                alert_id=alert.id,
                headline=words.pick(alert.headlines),
                band=alert.band,
                at=alert.last_seen,
                url=best_url(alert),
            )
            for alert in sorted(outcome.alerts, key=_newest, reverse=True)[:ALERTS_SHOWN]
        ),
        mutes=(),
        sources_well=len(outcome.sources) - len(ill),
        sources_ill=ill,
        waiting=0,
        at=outcome.at,
    )


def _newest(alert: Alert) -> tuple[datetime, int]:
    """By minute; the louder one of two."""
    return alert.last_seen.replace(second=0, microsecond=0), alert.band.rank
