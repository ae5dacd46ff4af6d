"""Say how the watch goes: sources, waiting messages, the last alert, rules in force, who keeps the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.pipeline.polling.coverage import survey
from bot.pipeline.polling.health import SourceHealth
from bot.pipeline.rig import Rig
from bot.storage import Transaction
from bot.storage.leases import Holder
from bot.types.delivery import Alert, DeliveryState
from bot.types.desk import HomeSource

_LAST = timedelta(days=30)  # an older alert is no sign of life
_WAITING = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.AMBIGUOUS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How the watch goes."""

    well: int  # sources
    ill: tuple[HomeSource, ...]  # the worst first
    waiting: int  # messages in the outbox
    last_alert: Alert | None  # of the last 30 days
    rules: str  # hash of the rule set in force
    scheduler: Holder | None
    at: datetime


def status(rig: Rig, *, role: str) -> Watch:
    """How the watch goes now.

    Args:
        rig: The ports.
        role: Name under which the scheduler holds its lease.
    """
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        well, ill = sources(rig, tx, now)
        return Watch(
            well=well,
            ill=ill,
            waiting=waiting(tx),
            last_alert=tx.decisions.newest_alert(now - _LAST),
            rules=rig.rulebook.hash,
            scheduler=tx.chores.holder(role),
            at=now,
        )


def sources(rig: Rig, tx: Transaction, now: datetime) -> tuple[int, tuple[HomeSource, ...]]:
    """How many sources are well, and what is wrong with the others, the worst first."""
    fares = survey(tx, rig.rulebook.sources, now)
    ill = tuple(_source(rig, found) for found in fares if found.ills)
    return len(fares) - len(ill), ill


def waiting(tx: Transaction) -> int:
    """Messages in the outbox that are not settled."""
    counts = tx.outbox.counts()
    return sum(counts.get(state, 0) for state in _WAITING)


def _source(rig: Rig, found: SourceHealth) -> HomeSource:
    source = rig.rulebook.source_by_id.get(found.source_id)
    title = source.publisher if source else found.source_id
    return HomeSource(title=f"{title} ({found.source_id})", why=found.known)
