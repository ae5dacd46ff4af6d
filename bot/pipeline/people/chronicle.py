"""Put all that happened to a text and its stories into one order of time; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from bot.pipeline.people.known import Explanation, Moment, StoryCase
from bot.storage.decisions import LedgerEntry
from bot.storage.ledger import MessageLine
from bot.types.delivery import Action, DeliveryState
from bot.types.desk import ReminderKind

_DECIDED = {
    Action.SEND.value: "to be sent",
    Action.UPDATE.value: "message to be edited",
    Action.THREAD.value: "message to be answered in its thread",
    Action.DIGEST.value: "for the digest only",
    Action.HOLD.value: "held",
    Action.DROP.value: "not sent",
    "joined": "joined its story",
}
_MESSAGE = {
    Action.SEND.value: "message",
    Action.UPDATE.value: "edit",
    Action.THREAD.value: "answer in the thread",
}
_BECAME = {
    DeliveryState.PENDING.value: "waits to be handed over",
    DeliveryState.SENDING.value: "is being handed over",
    DeliveryState.AMBIGUOUS.value: "is looked for, since its answer was lost",
    DeliveryState.SENT.value: "sent",
    DeliveryState.REJECTED.value: "refused",
    DeliveryState.MERGED.value: "said by a later message",
}

_DATES = {
    ReminderKind.IN_FORCE: "in force",
    ReminderKind.END: "the end",
    ReminderKind.COMMENTS: "the consultation closes",
}


def moments(known: Explanation) -> tuple[Moment, ...]:
    """Everything in order; decisions that repeat the one before are told once."""
    found = [*_arrivals(known)]
    entries = {
        (entry.at, entry.action, entry.why, entry.document_id): entry
        for entry in (*known.notes, *known.past, *(line for case in known.stories for line in case.ledger))
    }
    found += _decided(sorted(entries.values(), key=lambda entry: entry.at))
    messages = {line.id: line for case in known.stories for line in case.deliveries} | {m.id: m for m in known.messages}
    found += [_became(message) for message in messages.values()]
    for case in known.stories:
        if case.mute is not None:
            why = f": {case.mute.why}" if case.mute.why else ""
            found.append(Moment(at=case.mute.at, what=f"{case.mute.by} muted it until {case.mute.until}{why}"))
        found += _cared(case)
    return tuple(sorted(found, key=lambda moment: moment.at))


def _arrivals(known: Explanation) -> Iterator[Moment]:
    kept = set()
    for stored in known.documents:
        document = stored.document
        kept.add(document.id)
        how = "; its source was read for the first time" if stored.baseline else ""
        how = "; one of too many new items at once" if stored.flood else how
        yield Moment(at=document.first_seen, what=f"{document.source_id} listed “{document.title}”{how}")
    for item in known.listings:
        if item.document_id not in kept:
            yield Moment(at=item.first_seen, what=f"{item.source_id} listed “{item.title}”")


def _decided(entries: Iterable[LedgerEntry]) -> Iterator[Moment]:
    for (action, why), same in groupby(entries, key=lambda entry: (entry.action, entry.why)):
        lines = list(same)
        what = f"{_DECIDED[action]}: {why}" if action in _DECIDED else why
        if len(lines) > 1:
            what += f" ({len(lines)} times, last {lines[-1].at:%Y-%m-%d %H:%M})"
        yield Moment(at=lines[0].at, what=what)


def _cared(case: StoryCase) -> Iterator[Moment]:
    """Who saw the alerts, and what was or will be done because of a date, or because nobody saw them."""
    for handling in case.handlings:
        if handling.acknowledged_at is not None:
            yield Moment(at=handling.acknowledged_at, what=f"{handling.acknowledged_by} acknowledged it")
        if handling.assigned_at is not None:
            who = f"{handling.assigned_by} asked {handling.assigned_to} to look after it"
            yield Moment(at=handling.assigned_at, what=who)
    for reminder, outcome in case.reminders:
        what = f"reminder of {reminder.day} ({_DATES[reminder.kind]}): {outcome or 'still to come'}"
        yield Moment(at=reminder.due_at, what=what)
    for escalation, outcome in case.escalations:
        after = f"{escalation.after.total_seconds() / 60:.0f} minutes"
        what = f"escalation to {escalation.to}, unless acknowledged within {after}: {outcome or 'still to come'}"
        yield Moment(at=escalation.due_at, what=what)


def _became(message: MessageLine) -> Moment:
    said = (
        f"{message.channel}: {_MESSAGE.get(message.action, message.action)} {_BECAME.get(message.state, message.state)}"
    )
    if message.error:
        said += f" ({message.error.rstrip('.')})"
    if message.instead_channel:
        said += f"; instead {message.instead_channel}: {message.instead}"
    return Moment(at=message.settled_at or message.created_at, what=said)
