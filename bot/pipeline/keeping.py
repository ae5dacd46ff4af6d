"""Forget what is older than it need be kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.log import get_logger
from bot.pipeline.rig import Rig
from bot.types.settings import Settings

LOG_DAYS = 30  # lines of the fetch log, closed notices
LEDGER_DAYS = 400  # what was decided and sent is answered for so long, also when texts are kept for a shorter time
UNCHANGED_DAYS = 2  # every poll that brought nothing new; one per source and day stays as long as the others

MOMENTS = (
    "flood:",
    "gap:",
    "failed:",
    "rules-changed:",
    "missing:",
    "restored",
)  # notices that end by themselves after a day

log = get_logger(__name__)


def ledger_days(settings: Settings) -> int:
    """How many days the ledger is kept, with the messages and rule sets that it speaks of."""
    return max(LEDGER_DAYS, settings.store_days)


def housekeeping(rig: Rig) -> Mapping[str, int]:
    """Drop texts and stories older than `store_days`, and what was decided and sent once the ledger's time is over.

    Items stay known as long as their source lists them, so that an old entry can never come back as news. Alerts,
    votes and the record of digests stay. Gives how many of each went.
    """
    now = rig.clock.now()
    before, log_before = now - timedelta(days=rig.settings.store_days), now - timedelta(days=LOG_DAYS)
    ledger_before = now - timedelta(days=ledger_days(rig.settings))
    gone: dict[str, int] = {}
    with rig.database.transaction() as tx:
        gone["documents"] = tx.documents.forget(before)
        gone["stories"] = tx.stories.forget(before)
        gone["reminders"] = tx.reminders.forget(before)
        gone["decisions"] = tx.decisions.forget(ledger_before)
        gone["handlings"] = tx.handlings.forget(ledger_before)
        gone["mutes"] = tx.mutes.forget(log_before.date())
        gone["rule sets"] = tx.rulesets.forget(ledger_before)
        gone["messages"] = tx.outbox.forget(ledger_before)
        gone["escalations"] = tx.escalations.forget(ledger_before)
        tx.postings.forget(before)
        gone["items"] = tx.items.forget(before.date())
        gone["fetches"] = tx.sources.forget_lines(log_before, unchanged_before=now - timedelta(days=UNCHANGED_DAYS))
        tx.notices.lapse(MOMENTS, now - timedelta(days=1), at=now)
        gone["notices"] = tx.notices.forget(log_before)
    log.info("housekeeping", **gone)
    return gone
