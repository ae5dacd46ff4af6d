"""Say in one plain sentence what happened to what somebody asked about, and why; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.pipeline.people.chronicle import moments
from bot.pipeline.people.known import Explanation, Fate, StoryCase, Verdict
from bot.storage.documents import DocumentState, StoredDocument
from bot.storage.ledger import MessageLine
from bot.types.delivery import Action, Decision, DeliveryState, Reason

_LOUDEST_FIRST = tuple(Fate)
_WAITING = {DeliveryState.PENDING.value, DeliveryState.SENDING.value, DeliveryState.AMBIGUOUS.value}
_UNREAD_LANGUAGE = "language-not-read"  # as the reader marks a text whose language it has no words for
_HELD = {
    Reason.GATHERING: "so that several sources arrive as one message",
    Reason.QUIET_HOURS: "since these are quiet hours",
    Reason.RATE_LIMITED: "since the channel has had its messages for this hour",
}


def explained(known: Explanation, now: datetime) -> Explanation:
    """The same with its verdict, and all that happened in order of time."""
    return replace(known, verdict=verdict(known, now), moments=moments(known))


def verdict(known: Explanation, now: datetime) -> Verdict:
    """What happened and why; about the loudest of several stories.

    Args:
        known: Everything that is kept.
        now: Aware; what is held until a moment that has passed is told as such.
    """
    if known.stories:
        told = [(_of_story(case, known, now), case) for case in known.stories]
        found, case = min(told, key=lambda one: _LOUDEST_FIRST.index(one[0].fate))
        return replace(found, sentence=_place(known, case) + found.sentence)
    if known.alerts or known.past:
        return _of_past(known)
    if known.documents:
        return _of_document(known.documents[0], known)
    if known.listings:
        item = known.listings[0]
        said = (
            f"Its text is no longer kept: {item.source_id} listed it first on {_day(item.first_seen)} "
            f"and last on {item.seen_on}, and texts older than the archive go."
        )
        return Verdict(fate=Fate.EXPIRED, sentence=said)
    if known.notes:
        said = f"Its text is no longer kept; the ledger still says: {known.notes[-1].why}"
        return Verdict(fate=Fate.EXPIRED, sentence=_ended(said))
    return _unknown(known)


def _place(known: Explanation, case: StoryCase) -> str:
    """What has to be said first: another story took it up, or it only repeats what another text told."""
    if known.merged_into is not None:
        return f"{known.asked} was merged into {known.merged_into}. "
    if len(known.stories) > 1:
        return f"It tells {len(known.stories)} stories; the loudest, {case.story.id}: "
    if len(known.documents) != 1:
        return ""
    tellings = {telling.document_id: telling for telling in case.story.tellings}
    own = tellings.get(known.documents[0].document.id)
    if own is None or own is case.story.tellings[0]:
        return ""
    if own.copy_of is not None and (copied := tellings.get(own.copy_of)) is not None:
        return f"A copy of “{copied.title}” ({copied.publisher}), counted once with it. "
    first = case.story.tellings[0]
    return f"It tells the same as “{first.title}” ({first.publisher}) and joined its story. "


def _of_story(case: StoryCase, known: Explanation, now: datetime) -> Verdict:
    roots = [message for message in case.deliveries if message.action == Action.SEND.value]
    roots.sort(key=lambda message: _LOUDEST_FIRST.index(_fate(message)), reverse=True)
    first = {message.channel: message for message in roots}  # of stories that were merged: the one that stands
    last = case.decisions[-1] if case.decisions else None
    if first:
        return _of_messages(case, tuple(first.values()), now)
    if last is None:
        return Verdict(fate=Fate.UNPLACED, sentence="It waits to be weighed and decided.")
    if last.action is Action.HOLD:
        return Verdict(fate=Fate.HELD, sentence=_ended(_opened(_held(case, last, now))))
    if last.action in (Action.SEND, Action.UPDATE, Action.THREAD):
        said = f"Told to {_listed(last.channels)} on {_minute(last.at)}: {last.why}; its message is no longer kept"
        return Verdict(fate=Fate.SENT, sentence=_ended(said))
    return _quiet(case, last, known)


def _of_messages(case: StoryCase, first: Sequence[MessageLine], now: datetime) -> Verdict:
    """About a story with messages: where it stands, where it waits, where it was refused."""
    by_fate: dict[Fate, list[MessageLine]] = {}
    for message in first:
        by_fate.setdefault(_fate(message), []).append(message)
    clauses: list[str] = []
    if sent := by_fate.get(Fate.SENT):
        when = _minute(min(message.settled_at or message.created_at for message in sent))
        clauses.append(f"Sent to {_listed(m.channel for m in sent)} on {when}{_because(case)}{_since(case)}")
    clauses += [
        f"told to {message.channel} together with others: {message.instead.rstrip('.') or 'a later message'}"
        for message in by_fate.get(Fate.SUMMED, ())
    ]
    clauses += [_on_its_way(m) + ("" if sent else _because(case)) for m in by_fate.get(Fate.ON_ITS_WAY, ())]
    clauses += [_refused(message) for message in by_fate.get(Fate.REJECTED, ())]
    held = case.decisions[-1] if case.decisions and case.decisions[-1].action is Action.HOLD else None
    if held is not None:
        clauses.append(_held(case, held, now))
    clauses += _hushed(case, now)
    fate = min(by_fate, key=_LOUDEST_FIRST.index)
    return Verdict(fate=fate, sentence=_ended(_opened("; ".join(clauses))))


def _fate(message: MessageLine) -> Fate:
    if message.state in _WAITING:
        return Fate.ON_ITS_WAY
    if message.state == DeliveryState.REJECTED.value:
        return Fate.REJECTED
    return Fate.SUMMED if message.state == DeliveryState.MERGED.value else Fate.SENT


def _because(case: StoryCase) -> str:
    """The points and rules that made it an alert."""
    found = case.assessment
    if found is None:
        return ""
    rules = f", by {_listed(found.rules)}" if found.rules else ""
    return f" as {found.band}: {found.score:g} points{rules}"


def _since(case: StoryCase) -> str:
    """What became of a message that stands."""
    done = [message for message in case.deliveries if message.state == DeliveryState.SENT.value]
    edits = sum(message.action == Action.UPDATE.value for message in done)
    replies = sum(message.action == Action.THREAD.value for message in done)
    parts = [f"edited {_times(edits)}"] if edits else []
    parts += [f"answered in its thread {_times(replies)}"] if replies else []
    return f"; {' and '.join(parts)} since" if parts else ""


def _on_its_way(message: MessageLine) -> str:
    tried = ""
    if message.state == DeliveryState.AMBIGUOUS.value:
        tried = ", and is being looked for, since its answer was lost"
    elif message.error:
        tried = f", after {_times(message.attempts)} in vain: {message.error.rstrip('.')}"
    return f"on its way to {message.channel} since {_minute(message.created_at)}{tried}"


def _refused(message: MessageLine) -> str:
    said = f"refused by {message.channel} ({message.error.rstrip('.') or 'no reason was given'})"
    if message.instead_channel:
        state = "was told instead" if message.instead_state == DeliveryState.SENT.value else "is to be told instead"
        said += f", {message.instead_channel} {state}"
    return said


def _held(case: StoryCase, last: Decision, now: datetime) -> str:
    until = case.held_until or last.hold_until
    why = f"for {_listed(last.channels)}, {_HELD.get(last.reason, last.why.rstrip('.'))}"
    if until is None:
        return f"held {why}"
    if until <= now:
        return f"was held until {_minute(until)} {why}; it is decided anew with the next round"
    return f"held until {_minute(until)} {why}"


def _hushed(case: StoryCase, now: datetime) -> list[str]:
    """Why nothing more is heard of a story that was told."""
    if case.mute is not None and case.mute.until >= now.date():
        return [f"muted since by {case.mute.by} until {case.mute.until}"]
    last = case.decisions[-1] if case.decisions else None
    if last is not None and last.reason is Reason.SILENCED:
        return [last.why.rstrip(".")]
    return []


def _quiet(case: StoryCase, last: Decision, known: Explanation) -> Verdict:
    """About a story that no channel hears of at once."""
    own = {telling.document_id for telling in case.story.tellings}
    texts = [stored for stored in known.documents if stored.document.id in own]
    why = last.why.rstrip(".")
    if last.action is Action.DIGEST:
        return Verdict(fate=Fate.DIGEST, sentence=_ended(f"In the digest {_listed(last.channels)} only: {why}"))
    if last.reason is Reason.MUTED:
        mute = case.mute
        said = (
            f"{mute.by} muted it until {mute.until}{f': {mute.why}' if mute.why else ''}" if mute is not None else why
        )
        return Verdict(fate=Fate.MUTED, sentence=_ended(f"Not sent: {said}"))
    if last.reason is Reason.SILENCED:
        return Verdict(fate=Fate.SILENCED, sentence=_ended(f"Not sent: {why}"))
    if last.reason is Reason.BASELINE:
        if texts and all(stored.flood and not stored.baseline for stored in texts):
            said = "Not sent: its source brought too many new items at once, of which none is told"
            return Verdict(fate=Fate.FLOOD, sentence=_ended(said))
        return Verdict(fate=Fate.BASELINE, sentence=_ended(f"Not sent: {why}, so it is no news"))
    return Verdict(fate=Fate.DROPPED, sentence=_ended(f"Dropped: {_gate(texts) or why}{_missed(case, why)}"))


def _gate(texts: Iterable[StoredDocument]) -> str:
    """Why nothing was found in any of the texts at all; "" when something was."""
    readings = [stored.reading for stored in texts if stored.reading is not None]
    if not readings or any(reading.mentions or reading.events for reading in readings):
        return ""
    unread = sorted({reading.lang for reading in readings if _UNREAD_LANGUAGE in reading.degraded})
    if unread:
        return f"its language ({', '.join(unread)}) is not read"
    return "no word of any rule was found in it"


def _missed(case: StoryCase, why: str) -> str:
    """The rule that nearly held, unless the reason names it."""
    misses = case.assessment.near_misses if case.assessment is not None else ()
    return f"; nearly: {misses[0].rstrip('.')}" if misses and misses[0] not in why else ""


def _of_past(known: Explanation) -> Verdict:
    """About a story whose text is no longer kept."""
    gone = f"its text is no longer kept, and its ledger is older than {known.kept_days} days"
    if not known.past:
        alert = known.alerts[0]
        return Verdict(fate=Fate.EXPIRED, sentence=f"It was an alert on {_minute(alert.first_at)}; {gone}.")
    last = known.past[-1]
    sent = [message for message in known.messages if message.state == DeliveryState.SENT.value]
    if sent:
        first = sent[0].settled_at or sent[0].created_at
        where = _listed(message.channel for message in sent)
        alert_ = known.alerts[-1].alert if known.alerts else None
        because = f" as {alert_.band}: {alert_.score:g} points" if alert_ is not None else ""
        said = f"Sent to {where} on {_minute(first)}{because}; its text has gone since."
        return Verdict(fate=Fate.SENT, sentence=said)
    said = f"On {_day(last.at)}: {last.action}, {last.why.rstrip('.')}; its text is no longer kept"
    return Verdict(fate=Fate.EXPIRED, sentence=_ended(said))


def _of_document(stored: StoredDocument, known: Explanation) -> Verdict:
    """About a text without a story."""
    trouble = "; ".join(case.trouble.rstrip(".") for case in known.sources if case.trouble)
    if stored.state is DocumentState.FAILED:
        said = known.notes[-1].why if known.notes else "a bug stopped it; the log has the traceback"
        return Verdict(fate=Fate.FAILED, sentence=_ended(f"Not weighed: {said}"))
    if stored.state is DocumentState.UNREAD:
        seen = f"It came on {_minute(stored.document.first_seen)} and waits to be read"
        return Verdict(fate=Fate.UNREAD, sentence=_ended(f"{seen}. {trouble}" if trouble else seen))
    if stored.state is DocumentState.READ:
        return Verdict(fate=Fate.UNPLACED, sentence="It was read and waits to be weighed and decided.")
    return Verdict(fate=Fate.EXPIRED, sentence="It was weighed; the story that it told is no longer kept.")


def _unknown(known: Explanation) -> Verdict:
    old = f"or it is older than {known.kept_days} days"
    if "/" not in known.asked:
        said = f"Nothing is kept under {known.asked}: there is no such id, {old}."
        return Verdict(fate=Fate.UNKNOWN, sentence=said)
    if not known.sources:
        return Verdict(fate=Fate.UNKNOWN, sentence=f"No source has listed it: none is read from this site, {old}.")
    named = _listed(case.source_id for case in known.sources)
    said = f"No source has listed it: {named} is read from this site and does not hold it, {old}."
    return Verdict(fate=Fate.UNKNOWN, sentence=said)


def _listed(names: Iterable[str]) -> str:
    found = tuple(dict.fromkeys(names))
    if len(found) < 2:
        return "".join(found) or "nobody"
    return f"{', '.join(found[:-1])} and {found[-1]}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "。")) else f"{text}."
