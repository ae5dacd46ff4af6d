"""What the dossiers of acts add to a digest: which acts changed their state this week, and which days are ahead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby

from bot.decide.compose import named_changes
from bot.decide.reminding import dates_of, grouped
from bot.pipeline.headlines import headlines
from bot.pipeline.measuring import standings_of
from bot.storage import Transaction
from bot.types.desk import ReminderKind
from bot.types.digest import DateAhead, DateKind, StateChange
from bot.types.ids import StoryId
from bot.types.lifecycle import Change, ChangeKind, State, Transition, act_of, clause_of
from bot.types.rules import Rulebook
from bot.types.story import Assessment, Story

AHEAD = timedelta(days=120)  # dates further away are no reminder
_KINDS = {
    ReminderKind.IN_FORCE: DateKind.EFFECTIVE,
    ReminderKind.END: DateKind.UNTIL,
    ReminderKind.COMMENTS: DateKind.CONSULTATION,
}
_HALTED = frozenset({State.SUSPENDED, State.EASED})

Wants = Callable[[Story, Assessment], bool]


def state_changes(
    tx: Transaction, rulebook: Rulebook, wants: Wants, days: tuple[date, date], midday: Callable[[date], datetime]
) -> tuple[StateChange, ...]:
    """Acts and clauses that changed their state on these days (the last one left out), those of one step together."""
    found = []
    steps = [step for step in tx.measures.between(*days) if _tells(step)]
    steps.sort(key=_step)
    for _, group in groupby(steps, key=_step):
        same = tuple(group)
        story = _wanted(tx, same[0].story_id, wants)
        if story is None:
            continue
        (change,) = named_changes([_change(same)], rulebook)
        url = next((t.url for t in story.tellings if t.document_id == story.lead_id), "")
        found.append(
            StateChange(
                story_id=story.id, headlines=headlines(story, rulebook), before=None, after=None, change=change,
                at=midday(same[0].on), url=url,
            )
        )  # fmt: skip
    return tuple(found)


def dates_ahead(
    tx: Transaction, rulebook: Rulebook, wants: Wants, told: Iterable[Story], today: date
) -> tuple[DateAhead, ...]:
    """Days to keep in mind: of the stories of the week, and of all whose readers are still to be reminded."""
    stories: dict[StoryId, Story | None] = {story.id: story for story in told}
    for story_id in tx.reminders.awaiting(today, today + AHEAD):
        stories.setdefault(story_id, _wanted(tx, story_id, wants))
    found: dict[tuple[object, ...], DateAhead] = {}
    known = [story for story in stories.values() if story is not None]
    # A suspension and the acts that it suspends end on one day: the suspension says so for all of them.
    for story in sorted(known, key=lambda one: (not (one.event and one.event.acts), one.id)):
        standings = standings_of(tx, story)
        for kind, day in dates_of(story, standings):
            if not today <= day <= today + AHEAD:
                continue
            ending = [s for s in standings if s.state in _HALTED and s.until == day and kind is ReminderKind.END]
            by = ending[0].by if ending else story.id
            acts = [
                Change(kind=ChangeKind.NEAR_END, about=about, clause=clause) for about, clause, _ in grouped(ending)
            ]
            entry = DateAhead(
                day=day, kind=_KINDS[kind], story_id=story.id, headlines=headlines(story, rulebook),
                acts=named_changes(acts, rulebook),
            )  # fmt: skip
            found.setdefault((kind, day, by), entry)
    return tuple(sorted(found.values(), key=lambda ahead: (ahead.day, ahead.story_id)))


def _wanted(tx: Transaction, story_id: StoryId, wants: Wants) -> Story | None:
    story, assessment = tx.stories.get(story_id), tx.stories.assessment(story_id)
    return story if story is not None and assessment is not None and wants(story, assessment) else None


def _tells(step: Transition) -> bool:
    """Whether it is more than what the story's own stage says: a suspension and all that comes after one."""
    return step.after in {*_HALTED, State.LIFTED, State.EXPIRED} or step.before in _HALTED


def _step(step: Transition) -> tuple[date, str, str, str, str, str]:
    clause = step.key if clause_of(step.key) else ""  # a clause is told for itself
    return step.on, step.story_id, step.after, step.before or "", str(step.until or ""), act_of(clause)


def _change(steps: tuple[Transition, ...]) -> Change:
    first = steps[0]
    acts: Mapping[str, None] = {act_of(step.key): None for step in steps}
    clauses = ", ".join(clause_of(step.key) for step in steps if clause_of(step.key))
    return Change(
        kind=ChangeKind.STATE,
        before=first.before or "",
        after=first.after,
        about=", ".join(acts),
        clause=clauses,
        until=first.until.isoformat() if first.until else "",
        by=first.by if ":" in first.by and first.by not in acts else "",
    )
