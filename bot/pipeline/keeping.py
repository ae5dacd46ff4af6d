"""Forget what is older than it need be kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.log import get_logger
from bot.pipeline.rig import Rig

LOG_DAYS = 30  # lines of the fetch log, closed notices
UNCHANGED_DAYS = 2  # every poll that brought nothing new; one per source and day stays as long as the others

MOMENTS = ("flood:", "gap:", "failed:", "rules-changed:")  # notices that end by themselves after a day

log = get_logger(__name__)


def housekeeping(rig: Rig) -> Mapping[str, int]:
    """Drop texts, stories, decisions, rule sets and settled messages older than `store_days`; gives how many of each.

    Items stay known as long as their source lists them, so that an old entry can never come back as news. Alerts,
    votes and the record of digests stay.
    """
    now = rig.clock.now()
    before, log_before = now - timedelta(days=rig.settings.store_days), now - timedelta(days=LOG_DAYS)
    gone: dict[str, int] = {}
    with rig.database.transaction() as tx:
        gone["documents"] = tx.documents.forget(before)
        gone["stories"] = tx.stories.forget(before)
        gone["reminders"] = tx.reminders.forget(before)
        gone["decisions"] = tx.decisions.forget(before)
        gone["rule sets"] = tx.rulesets.forget(before)
        gone["messages"] = tx.outbox.forget(before)
        gone["items"] = tx.items.forget(before.date())
        gone["fetches"] = tx.sources.forget_lines(log_before, unchanged_before=now - timedelta(days=UNCHANGED_DAYS))
        tx.notices.lapse(MOMENTS, now - timedelta(days=1), at=now)
        gone["notices"] = tx.notices.forget(log_before)
    log.info("housekeeping", **gone)
    return gone
