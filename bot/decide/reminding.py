"""Say which days ahead of a story its readers are reminded of, when, and in which words; pure.

A date is told some days before (`stories.remind` in routes.yml), at eight in the morning of the team. The end of a
suspension, an easing or a measure is told once more on the day after its last one: what it held back is in force again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.decide.changes import in_english
from bot.decide.deciding import alert_id
from bot.decide.lifecycle import soon
from bot.types.delivery import Action, Decision, Reason
from bot.types.desk import Reminder, ReminderKind
from bot.types.levels import Direction, Stage
from bot.types.lifecycle import Change, ChangeKind, Standing, State, act_of, clause_of
from bot.types.rules import Routing
from bot.types.story import Story

DAY = timedelta(days=1)
MORNING = time(8)
COMMENTS_OPEN = timedelta(days=200)  # a proposal's end further away is that of the measure, not of the consultation
_OFF = frozenset({State.LIFTED, State.DENIED})
_HALTED = frozenset({State.SUSPENDED, State.EASED})
_COMING = frozenset({Stage.ANNOUNCED, Stage.IN_FORCE, Stage.EXTENDED})
_DRAFT = frozenset({Stage.CONSIDERED, Stage.PROPOSED})
_NEAR = {
    ReminderKind.IN_FORCE: ChangeKind.NEAR_EFFECTIVE,
    ReminderKind.END: ChangeKind.NEAR_END,
    ReminderKind.COMMENTS: ChangeKind.NEAR_COMMENTS,
}


def zone_of(routing: Routing) -> ZoneInfo:
    """The time zone of the team: that of its first digest, else UTC."""
    names = sorted(routing.digests)
    return ZoneInfo(routing.digests[names[0]].zone if names else "UTC")


def today_of(routing: Routing, now: datetime) -> date:
    """The day on which the team lives."""
    return now.astimezone(zone_of(routing)).date()


def reminders_of(story: Story, standings: Sequence[Standing], routing: Routing) -> tuple[Reminder, ...]:
    """All reminders of a story as it stands, in order of time, past ones as well.

    Args:
        story: As it is now.
        standings: How the acts stand that it is about.
        routing: How long before a date readers are reminded, and in which zone.
    """
    zone = zone_of(routing)
    found = []
    for kind, day in dates_of(story, standings):
        days = [day - lead for lead in routing.remind]
        if kind is ReminderKind.END:
            days.append(day + DAY)
        for on in days:
            due = datetime.combine(on, MORNING, tzinfo=zone).astimezone(UTC)
            found.append(Reminder(story_id=story.id, kind=kind, day=day, due_at=due))
    return tuple(sorted(set(found), key=lambda reminder: (reminder.due_at, reminder.kind, reminder.day)))


def dates_of(story: Story, standings: Sequence[Standing]) -> tuple[tuple[ReminderKind, date], ...]:
    """The dates that a story still has, by the dossiers where they know better; none once the step is off."""
    event = story.event
    if event is None or event.stage in {Stage.DENIED, Stage.LIFTED, Stage.HISTORIC}:
        return ()
    own = next((standing for standing in standings if standing.own and not clause_of(standing.key)), None)
    if own is not None and own.state in _OFF:
        return ()
    if event.stage in _DRAFT:
        lead = next(telling for telling in story.tellings if telling.document_id == story.lead_id)
        until = soon(event.until)
        closes = until is not None and until - lead.dated.date() <= COMMENTS_OPEN
        return ((ReminderKind.COMMENTS, until),) if until is not None and closes else ()
    found: list[tuple[ReminderKind, date]] = []
    start = soon(event.effective)
    if start is not None and event.stage in _COMING and (own is None or own.state not in _HALTED):
        found.append((ReminderKind.IN_FORCE, start))
    found += [(ReminderKind.END, day) for day in _ends(story, standings)]
    return tuple(found)


def _ends(story: Story, standings: Sequence[Standing]) -> list[date]:
    """Ends of what halts the story's acts, as the dossiers know them; the text's own where they know none.

    One that has just run out counts too: it is told on the day after.
    """
    ends = {standing.until for standing in standings if standing.state in _HALTED}
    ends |= {standing.lapsed for standing in standings}
    if story.event is not None and all(standing.own for standing in standings):
        ends.add(soon(story.event.until))
    return sorted(day for day in ends if day is not None)


def is_lapse(reminder: Reminder, routing: Routing) -> bool:
    """Whether it is told after the day, when the end has come."""
    return lead_days(reminder, routing) < 0


def lead_days(reminder: Reminder, routing: Routing) -> int:
    """How many days before the date the reminder is due; negative after it."""
    return (reminder.day - reminder.due_at.astimezone(zone_of(routing)).date()).days


def changes_of(reminder: Reminder, story: Story, standings: Sequence[Standing], today: date) -> tuple[Change, ...]:
    """What a reminder says on a day, each act once."""
    over = reminder.kind is ReminderKind.END and today > reminder.day
    if over:
        back = [standing for standing in standings if standing.lapsed == reminder.day]
        said = tuple(
            Change(kind=ChangeKind.LAPSED, before=reminder.day.isoformat(), after=state, about=about, clause=clause)
            for about, clause, state in grouped(back)
        )
        return said or (Change(kind=ChangeKind.LAPSED, before=reminder.day.isoformat(), after=_without_act(story)),)
    days, day = str((reminder.day - today).days), reminder.day.isoformat()
    ending = [s for s in standings if s.state in _HALTED and s.until == reminder.day]
    named = grouped(ending) if reminder.kind is ReminderKind.END else []
    said = tuple(
        Change(kind=_NEAR[reminder.kind], before=days, after=day, about=about, clause=clause)
        for about, clause, _ in named
    )
    return said or (Change(kind=_NEAR[reminder.kind], before=days, after=day),)


def _without_act(story: Story) -> str:
    """What holds after the end of a step whose acts have no number: what it suspended, or nothing more."""
    event = story.event
    eases = event is not None and (event.stage is Stage.SUSPENDED or event.direction is Direction.EASE)
    return State.IN_FORCE if eases else State.EXPIRED


def grouped(standings: Iterable[Standing]) -> list[tuple[str, str, State]]:
    """Acts, clauses and states to be named: whole acts of one state together, an act with its clauses alone."""
    whole: dict[State, list[str]] = defaultdict(list)
    parts: dict[tuple[str, State], list[str]] = defaultdict(list)
    for standing in standings:
        clause = clause_of(standing.key)
        if clause:
            parts[act_of(standing.key), standing.state].append(clause)
        else:
            whole[standing.state].append(standing.key)
    return [
        *((", ".join(keys), "", state) for state, keys in whole.items()),
        *((act, ", ".join(clauses), state) for (act, state), clauses in parts.items()),
    ]


def reminder_key(reminder: Reminder, standings: Sequence[Standing], routing: Routing) -> str:
    """Under which a channel is told once: stories about one suspension share it."""
    hangs = sorted({s.by for s in standings if s.by and reminder.day in {s.until, s.lapsed}})
    about = hangs[0] if hangs and reminder.kind is ReminderKind.END else reminder.story_id
    return f"remind:{about}:{reminder.kind}:{reminder.day}:{lead_days(reminder, routing)}"


def decision_of(
    reminder: Reminder, changes: tuple[Change, ...], *, key: str, channel: str, last: Decision, reply: bool
) -> Decision:
    """The decision that tells one channel of a date, made of the last one there; without a reply, it only edits."""
    lapse = any(change.kind is ChangeKind.LAPSED for change in changes)
    return replace(
        last,
        story_id=reminder.story_id,
        alert_id=alert_id(reminder.story_id),  # the last one there may have been that of a story that was taken up
        action=Action.THREAD if reply else Action.UPDATE,
        reason=Reason.LAPSED if lapse else Reason.REMINDER,
        why=in_english(changes),
        channels=(channel,),
        dedupe_key=key if reply else f"{key}:{reminder.story_id}",
        hold_until=None,
        changes=changes,
    )
