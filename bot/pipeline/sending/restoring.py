"""After a backup was restored, look up what was sent since before anything is sent again.

The database cannot know that it is old. So a small file in the data folder repeats, once a minute, the time that the
database was given just before: when a database at start knows less than the file, it was restored. The ids of
deliveries follow from channel and decision, so that what is decided again bears the id under which it stands there.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.log import get_logger
from bot.pipeline.rig import Rig
from bot.pipeline.sending.notices import end_notice, raise_notice
from bot.storage.outbox import Mark
from bot.types.delivery import Action, DeliveryState, Outcome, Posting, Receipt
from bot.types.ports import Ledgered

FILE = "last-seen"  # in the data folder
MARK = "chore:last-seen"
EVERY = timedelta(minutes=1)  # between two marks
MARGIN = timedelta(minutes=10)  # before the backup: marks are made once in a while, and clocks differ
LOST = timedelta(days=3)  # what is looked up when a database knows nothing: longer than first answers reach back
ANSWERED = timedelta(days=3)  # how old a message may be for new answers below it to be looked for
AGAIN = timedelta(minutes=1)  # after a history could not be read

log = get_logger(__name__)


def leave_mark(rig: Rig) -> None:
    """Note in the database, then beside it, how far this installation has come; to be called at every tick."""
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        if not tx.chores.due(MARK.removeprefix("chore:"), now, every=EVERY):
            return
    _write(rig.settings.data / FILE, now)


def notice_restore(rig: Rig) -> datetime | None:
    """See whether the database is older than what this installation has seen; gives since when it knows nothing.

    To be called before anything is sent. Without a mark beside the database nothing can be known.
    """
    with suppress(OSError):  # with a database elsewhere nothing else makes the folder; `leave_mark` will say so
        rig.settings.data.mkdir(parents=True, exist_ok=True)
    seen = _read(rig.settings.data / FILE)
    with rig.database.transaction() as tx:
        mark = tx.chores.holder(MARK)
    if seen is None or (mark is not None and seen <= mark.beat):
        return None
    known = mark.beat if mark is not None else seen - LOST  # a new database, or one from before there were marks
    since = known - MARGIN
    expect_sent(rig, since)
    log.warning("the database was restored from a backup", backup=known.isoformat(), seen=seen.isoformat())
    return since


def expect_sent(rig: Rig, since: datetime) -> tuple[str, ...]:
    """Let nothing be sent before what was sent since has been looked up; gives the channels that can be looked into.

    Operators are told of the others: what waited there when the backup was made may come once more.
    """
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        used = {*rig.rulebook.routing.channels, *(state.channel for state in tx.outbox.channels())}
        seen = tuple(sorted(name for name in used if _ledger(rig, name) is not None))
        tx.postings.expect(seen, since)
        rig.passes("restore.not-committed")
        lines = [
            f"What was sent since {since:%Y-%m-%d %H:%M} UTC is looked up before anything is sent: {', '.join(seen)}.",
            f"Cannot be looked into, so that messages may come once more there: {', '.join(sorted(used - set(seen)))}.",
        ]
        raise_notice(rig, tx, "restored", "A backup was restored", lines[: 2 if used - set(seen) else 1], now=now)
    rig.passes("restore.expected")
    return seen


def look_up(rig: Rig, channel: str, since: datetime) -> bool:
    """Settle what stands in a channel, and remember what no row knows; False when the service could not be asked.

    To be called by the only sender of the channel.
    """
    now = rig.clock.now()
    standing = _standing(rig, channel, since)
    rig.passes("restore.read")
    with rig.database.transaction() as tx:
        if isinstance(standing, Receipt):
            lines = (f"After a restore nothing is sent before it is known what was sent: {standing.detail}.",)
            raise_notice(rig, tx, f"restore:{channel}", f"{channel} waits", lines, now=now)
            tx.postings.put_off(channel, now + AGAIN)
            return False
        there = {one.delivery_id: one.provider_id for one in reversed(standing)}
        for row in tx.outbox.recent(channel, now):
            if row.id in there and row.action is not Action.UPDATE:
                sent = Mark(state=DeliveryState.SENT, not_before=now, provider_id=there[row.id])
                tx.outbox.mark(row, sent, now=now)
        rig.passes("restore.settled-not-committed")
        unknown = tx.postings.remember(channel, standing, at=now)
        tx.postings.looked_up(channel)
        end_notice(rig, tx, f"restore:{channel}", f"{channel} was looked up", (), now=now)
        rig.passes("restore.looked-up-not-committed")
    rig.passes("restore.looked-up")
    log.warning("looked up what was sent before the restore", channel=channel, standing=len(there), unknown=unknown)
    return True


def _standing(rig: Rig, channel: str, since: datetime) -> tuple[Posting, ...] | Receipt:
    """What stands in a channel; nothing when its service may not be asked, as for any other message there."""
    target = rig.rulebook.routing.channels.get(channel)
    sender: object = rig.exits.sender(target.kind) if target else None
    if isinstance(sender, str):
        return Receipt(outcome=Outcome.NOT_SENT, detail=f"the way is closed ({sender})")
    if target is None or not isinstance(sender, Ledgered):
        return ()
    standing = sender.history(target, since - ANSWERED)
    if standing is None or isinstance(standing, Receipt):
        return standing or ()
    threads = [one.provider_id for one in standing if one.replied_at is not None and one.replied_at >= since]
    answers = sender.history(target, since, threads) if threads else ()
    if answers is None or isinstance(answers, Receipt):
        return answers or ()
    return tuple({one.provider_id: one for one in (*standing, *answers)}.values())


def _ledger(rig: Rig, channel: str) -> Ledgered | None:
    target = rig.rulebook.routing.channels.get(channel)
    sender: object = rig.exits.sender(target.kind) if target else None
    return sender if isinstance(sender, Ledgered) else None


def _read(file: Path) -> datetime | None:
    """The mark beside the database; None when there is none, or it says nothing."""
    try:
        return datetime.fromisoformat(file.read_text(encoding="ascii").strip()).astimezone(UTC)
    except (OSError, ValueError):
        return None


def _write(file: Path, at: datetime) -> None:
    """Whole or not at all."""
    try:
        new = file.with_name(f"{file.name}.{os.getpid()}")
        new.write_text(f"{at.isoformat()}\n", encoding="ascii")
        new.replace(file)
    except OSError as error:
        log.warning("the mark beside the database could not be written", file=str(file), why=type(error).__name__)
