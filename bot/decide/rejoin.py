"""Decide what people are told when two stories turn out to be one, or one to be two."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.decide.changes import facts_of, in_english, material
from bot.decide.deciding import alert_id
from bot.types.delivery import Action, Alert, Decision, Reason, StepFacts
from bot.types.ids import StoryId
from bot.types.lifecycle import Change, ChangeKind
from bot.types.story import Assessment, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """A story that left another one. Made by decide."""

    story: StoryId  # the one that has a name of its own now
    left: StoryId  # the one that held its texts


def partings(before: Sequence[Story], after: Sequence[Story]) -> tuple[Parting, ...]:
    """Stories that did not stand before and hold texts of one that still stands; in order of their ids."""
    homes = {document: story.id for story in before for document in story.document_ids}
    still = {story.id for story in after}
    found = []
    for story in sorted(after, key=lambda one: one.id):
        sources = [homes[document] for document in story.document_ids if document in homes]
        if sources and story.id not in set(homes.values()) and sources[0] in still:
            found.append(Parting(story=story.id, left=sources[0]))
    return tuple(found)


def rejoined(kind: ChangeKind, headlines: Mapping[str, str]) -> Change:
    """JOINED, LEFT or PARTED, with the headline of the other story for readers of every language."""
    return Change(kind=kind, titles=tuple(headlines.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """A message that stands in a channel and must be brought up to date, because its story was joined or parted."""

    said: StepFacts  # what it said when it was last written
    reason: Reason  # STORIES_MERGED or STORY_SPLIT
    news: Change | None = None  # for its thread; None: only a change of the step itself is told there


def after_rejoining(
    made: Sequence[Decision], outdated: Mapping[str, Outdated], story: Story, assessment: Assessment
) -> tuple[Decision, ...]:
    """The decisions about a story that has just taken up another one that was told, or lost a part of itself.

    What readers of a message do not know yet is compared with what that very message said, whatever was said
    elsewhere since.

    Args:
        made: What was decided without regard to that.
        outdated: Messages, by channel.
        story: As it is now.
        assessment: Of it.
    """
    if not outdated:
        return tuple(made)
    now = made[0].facts or facts_of(story, assessment)
    silent = made[0].reason in (Reason.SILENCED, Reason.MUTED)  # the message is filled in, and nobody is called
    held = {name for decision in made if decision.action is Action.HOLD for name in decision.channels}
    held |= set(outdated) if silent else set()
    told: list[Decision] = []
    for name, message in sorted(outdated.items()):
        news = (message.news,) if message.news and not silent else ()
        changes = (*news, *(() if name in held else (change for _, change in material(message.said, now))))
        why = in_english(changes) if changes else ""
        told.append(
            Decision(
                story_id=story.id,
                at=made[0].at,
                action=Action.THREAD if why else Action.UPDATE,
                reason=message.reason,
                why=why or "Another story turned out to be the same step.",
                band=assessment.band,
                channels=(name,),
                dedupe_key=f"{story.id}:{message.reason}:{story.revision}",
                routes=made[0].routes,
                alert_id=alert_id(story.id),
                revision=story.revision,
                # What is held still has to be told as a change, so the message counts as one that did not tell it.
                facts=message.said if name in held else now,
                changes=changes,
            )
        )
    return (*told, *(made if silent else _elsewhere(made, outdated)))


def _elsewhere(made: Sequence[Decision], channels: Collection[str]) -> Iterator[Decision]:
    """What is said in other channels, and what is held; that nothing is to be said is no longer true."""
    for decision in made:
        if decision.action is Action.HOLD:
            yield decision
        elif rest := tuple(name for name in decision.channels if name not in channels):
            yield replace(decision, channels=rest)


def after_leaving(
    made: Sequence[Decision],
    story: Story,
    *,
    headlines: Mapping[str, str],
    stands: Collection[str],
    spent: Collection[str] = (),
) -> tuple[Decision, ...]:
    """The decisions about a story that left another one: its first message says so.

    Args:
        made: What was decided as about any new story.
        story: The one that left.
        headlines: Of the one that held its texts.
        stands: Channels with a message of this very story, from a time before the two were taken for one: it is filled
            again instead of sending a second one.
        spent: Channels for which such a message was made and does not stand, since it was refused or a summary said it:
            a message under its key would not be sent once more.
    """
    left = (rejoined(ChangeKind.LEFT, headlines),)
    changed: list[Decision] = []
    for decision in made:
        if decision.action is not Action.SEND:
            changed.append(decision)
            continue
        said = replace(decision, reason=Reason.STORY_SPLIT, why=in_english(left), changes=left)
        again = tuple(name for name in decision.channels if name in stands)
        anew = tuple(name for name in decision.channels if name in spent and name not in stands)
        fresh = tuple(name for name in decision.channels if name not in {*stands, *spent})
        if again:
            key = f"{story.id}:again:{story.revision}"
            changed.append(replace(said, action=Action.THREAD, channels=again, dedupe_key=key))
        if anew:
            changed.append(replace(said, channels=anew, dedupe_key=f"{story.id}:anew:{story.revision}"))
        if fresh:
            changed.append(replace(said, channels=fresh))
    return tuple(changed)


def pointer(alert: Alert, older: Mapping[str, str]) -> Alert:
    """A message that no longer stands for a story, as its last reply tells it; `older`: headlines of what does."""
    joined = (rejoined(ChangeKind.JOINED, older),)
    return replace(alert, change=in_english(joined), changes=joined)
