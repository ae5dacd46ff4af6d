"""Look up what a person's home tab shows."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.pipeline.people.members import member_of
from bot.pipeline.people.muting import with_titles
from bot.pipeline.people.watching import sources, waiting
from bot.pipeline.rig import Rig
from bot.pipeline.roots import standing
from bot.storage import Transaction
from bot.types.delivery import Alert
from bot.types.desk import HomeAlert, HomePage, Member

LATELY = timedelta(days=7)
ALERTS = 10
_STANDS = re.compile(r"([CDG][A-Z0-9]{6,}):(\d+)\.(\d+)")  # provider id of a Slack message


def home(rig: Rig, who: str, *, workspace: str = "") -> HomePage:
    """Everything that a person's home tab shows.

    Args:
        rig: The ports.
        who: As the chat service calls them.
        workspace: Address of the workspace, for links to messages; "" for links to sources alone.
    """
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        person = member_of(rig, tx, who)
        well, ill = sources(rig, tx, now)
        latest = tx.decisions.alerts(now - LATELY, now + timedelta(seconds=1))[: -ALERTS - 1 : -1]
        return HomePage(
            member=person,
            sectors=tuple(
                (sector.id, sector.names.get(person.locale, sector.title)) for sector in rig.rulebook.sectors
            ),
            alerts=tuple(_alert(tx, alert, person, workspace) for alert in latest),
            mutes=with_titles(tx, tx.mutes.standing(now.date()), person.locale),
            sources_well=well,
            sources_ill=ill,
            waiting=waiting(tx),
            at=now,
        )


def _alert(tx: Transaction, alert: Alert, person: Member, workspace: str) -> HomeAlert:
    best = alert.sources[0].url if alert.sources else None
    return HomeAlert(
        alert_id=alert.id,
        headline=alert.headlines.get(person.locale) or alert.headlines["en"],
        band=alert.band,
        at=alert.last_seen,
        url=_message(tx, alert, workspace) or best,
        handling=tx.handlings.get(alert.id),
    )


def _message(tx: Transaction, alert: Alert, workspace: str) -> str | None:
    """Address of the message that stands, when it stands in Slack."""
    if not workspace.startswith("https://"):
        return None
    for root in standing(tx, alert.story_id).values():
        if stands := _STANDS.fullmatch(root.provider_id or ""):
            return f"{workspace.rstrip('/')}/archives/{stands[1]}/p{stands[2]}{stands[3]}"
    return None
