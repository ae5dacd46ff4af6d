"""Tell what is new about a story since a message spoke of it."""

from __future__ import annotations

from datetime import date

from bot.types.delivery import Reason, StepFacts
from bot.types.levels import Direction
from bot.types.story import Assessment, Story


def facts_of(story: Story, assessment: Assessment) -> StepFacts:
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
    )


def material(before: StepFacts, after: StepFacts) -> tuple[tuple[Reason, str], ...]:
    """Changes that a reader must be told of, most important first, each as a clause."""
    found: list[tuple[Reason, str]] = []
    if after.official and not before.official:
        found.append((Reason.OFFICIAL_CONFIRMATION, "an official source confirms it"))
    if after.stage is not None and after.stage is not before.stage:
        found.append((Reason.STAGE_CHANGED, f"it is now {after.stage} (was {before.stage or 'unknown'})"))
    elif after.direction is not before.direction and after.direction is not Direction.NONE:
        found.append((Reason.STAGE_CHANGED, f"it now reads as a step to {after.direction}"))
    if _moved(before.effective, after.effective):
        found.append((Reason.DATE_CHANGED, f"in force from {after.effective}{_was(before.effective)}"))
    if _moved(before.until, after.until):
        found.append((Reason.DATE_CHANGED, f"until {after.until}{_was(before.until)}"))
    if after.targets and after.targets != before.targets:
        was = f" (was {', '.join(before.targets)})" if before.targets else ""
        found.append((Reason.TARGETS_CHANGED, f"towards {', '.join(after.targets)}{was}"))
    return tuple(found)


def minor(before: StepFacts, after: StepFacts) -> tuple[tuple[Reason, str], ...]:
    """Changes that only edit the message that stands."""
    found: list[tuple[Reason, str]] = []
    if after.band.rank > before.band.rank:
        found.append((Reason.BAND_RAISED, f"{after.band} now, {before.band} before"))
    if after.outlets > before.outlets:
        found.append((Reason.MORE_SOURCES, f"{after.outlets} independent outlets now, {before.outlets} before"))
    return tuple(found)


def _moved(before: date | None, after: date | None) -> bool:
    return after is not None and after != before


def _was(before: date | None) -> str:
    return f" (was {before})" if before else ""
