"""Tell what is new about a story since a message spoke of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot.types.delivery import Reason, StepFacts
from bot.types.levels import Direction
from bot.types.lifecycle import Change, ChangeKind, Standing, State, act_of, clause_of
from bot.types.story import Assessment, Story

_HALTED = frozenset({State.SUSPENDED, State.EASED})

_REJOINED = {
    ChangeKind.JOINED: "this is the same step as “{title}”",
    ChangeKind.LEFT: "told until now as part of “{title}”, but it is a step of its own",
    ChangeKind.PARTED: "part of what was told here is another step: “{title}”",
}


def facts_of(story: Story, assessment: Assessment, standings: Sequence[Standing] = ()) -> StepFacts:
    """What a message sent now would say."""
    event = story.event
    return StepFacts(
        stage=story.stage,
        direction=event.direction if event else Direction.NONE,
        effective=event.effective if event else None,
        until=event.until if event else None,
        targets=tuple(sorted(event.targets)) if event else (),
        official=story.confirmed_by is not None,
        outlets=len(story.publishers),
        band=assessment.band,
        standings=tuple(standings),
    )


def material(before: StepFacts, after: StepFacts) -> tuple[tuple[Reason, Change], ...]:
    """Changes that a reader must be told of, most important first."""
    found: list[tuple[Reason, Change]] = []
    if after.official and not before.official:
        found.append((Reason.OFFICIAL_CONFIRMATION, Change(kind=ChangeKind.CONFIRMED)))
    if after.stage is not None and after.stage is not before.stage:
        found.append((Reason.STAGE_CHANGED, _change(ChangeKind.STAGE, before.stage, after.stage)))
    elif after.direction is not before.direction and after.direction is not Direction.NONE:
        found.append((Reason.STAGE_CHANGED, _change(ChangeKind.DIRECTION, before.direction, after.direction)))
    found += _together(_states(before, after))
    if _moved(before.effective, after.effective):
        found.append((Reason.DATE_CHANGED, _change(ChangeKind.EFFECTIVE, before.effective, after.effective)))
    if _moved(before.until, after.until):
        found.append((Reason.DATE_CHANGED, _change(ChangeKind.UNTIL, before.until, after.until)))
    if after.targets and after.targets != before.targets:
        targets = (", ".join(facts.targets) for facts in (before, after))
        found.append((Reason.TARGETS_CHANGED, _change(ChangeKind.TARGETS, *targets)))
    return tuple(found)


def minor(before: StepFacts, after: StepFacts) -> tuple[tuple[Reason, str], ...]:
    """Changes that only edit the message that stands."""
    found: list[tuple[Reason, str]] = []
    if after.band.rank > before.band.rank:
        found.append((Reason.BAND_RAISED, f"{after.band} now, {before.band} before"))
    if after.outlets > before.outlets:
        found.append((Reason.MORE_SOURCES, f"{after.outlets} independent outlets now, {before.outlets} before"))
    return tuple(found)


def in_english(changes: Iterable[Change]) -> str:
    """One sentence for the ledger."""
    text = "; ".join(_clause(change) for change in changes)
    return f"{text[:1].upper()}{text[1:]}."


def _states(before: StepFacts, after: StepFacts) -> Iterable[tuple[Reason, Change]]:
    """What became of the acts. What the calendar does is told on its day, as a reminder, and not once more here."""
    was = {standing.key: standing for standing in before.standings}
    for now in after.standings:
        old = was.get(now.key)
        if now.itself or (old is None and not now.own):
            continue  # the story that changes an act says so itself
        if old is None or old.state is not now.state:
            halted = now.state in _HALTED or now.state is State.LIFTED
            if halted or (old is not None and old.state in _HALTED):
                yield Reason.STAGE_CHANGED, state_change(now, old.state if old else None)
        elif _moved(old.until, now.until) and (now.own or now.until != after.until):
            yield Reason.DATE_CHANGED, _about(_change(ChangeKind.TERM, old.until, now.until), now)


def _together(found: Iterable[tuple[Reason, Change]]) -> list[tuple[Reason, Change]]:
    """Whole acts of which the same is to be said, as one change."""
    groups: dict[tuple[Reason, Change], list[str]] = {}
    for reason, change in found:
        kept = change.about if change.clause else ""
        groups.setdefault((reason, replace(change, about=kept)), []).append(change.about)
    return [(reason, replace(change, about=", ".join(acts))) for (reason, change), acts in groups.items()]


def state_change(now: Standing, before: State | None) -> Change:
    """An act or clause that stands otherwise than before."""
    return _about(Change(kind=ChangeKind.STATE, before=before or "", after=now.state, until=_text(now.until)), now)


def _about(change: Change, standing: Standing) -> Change:
    by = standing.by if standing.by.count(":") and standing.by != act_of(standing.key) else ""
    return replace(change, about=act_of(standing.key), clause=clause_of(standing.key), by=by)


def _change(kind: ChangeKind, before: object, after: object) -> Change:
    return Change(kind=kind, before=_text(before), after=_text(after))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _moved(before: date | None, after: date | None) -> bool:
    return after is not None and after != before


def _clause(change: Change) -> str:
    """A change as a clause in English."""
    was = f" (was {change.before})" if change.before else ""
    about = change.about + (f" clause {change.clause}" if change.clause else "")
    match change.kind:
        case ChangeKind.CONFIRMED:
            return "an official source confirms it"
        case ChangeKind.STAGE:
            return f"it is now {change.after} (was {change.before or 'unknown'})"
        case ChangeKind.DIRECTION:
            return f"it now reads as a step to {change.after}"
        case ChangeKind.EFFECTIVE:
            return f"in force from {change.after}{was}"
        case ChangeKind.UNTIL:
            return f"until {change.after}{was}"
        case ChangeKind.TARGETS:
            return f"towards {change.after}{was}"
        case ChangeKind.STATE:
            return _state(change, about)
        case ChangeKind.TERM:
            return f"{about} stays as it is until {change.after}{was}"
        case ChangeKind.JOINED | ChangeKind.LEFT | ChangeKind.PARTED:
            return _REJOINED[change.kind].format(title=dict(change.titles).get("en", "another story"))
        case ChangeKind.LAPSED:
            return f"the suspension has ended, {about or 'the measure'} is {change.after} again"
        case _:
            return f"{change.kind.removeprefix('near-')} on {change.after}, {change.before} days ahead"


def _state(change: Change, about: str) -> str:
    again = " again" if change.before in _HALTED else ""
    until = f" until {change.until}" if change.until else ""
    by = f" by {change.by}" if change.by else ""
    rest = "; the rest of it stays in force" if change.clause and change.after in _HALTED else ""
    return f"{about} is now {change.after}{again}{until}{by}{rest}"
