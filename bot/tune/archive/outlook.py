"""Say what would become of a story under a rule set, apart from the hour at which it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.decide import decisions
from bot.decide.route import matching, subject
from bot.score import assess
from bot.types.delivery import Action, History
from bot.types.ids import DocumentId
from bot.types.levels import Band
from bot.types.reading import Reading
from bot.types.rules import Rulebook
from bot.types.story import Assessment, Story

_HEARD = (Action.SEND, Action.HOLD)  # a message that waits for the morning is a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Who would hear of a story."""

    assessment: Assessment
    channels: tuple[str, ...]  # that get a message, in order
    digests: tuple[str, ...]  # that name it, in order

    @property
    def band(self) -> Band:
        """Band of the story."""
        return self.assessment.band


def outlook(story: Story, readings: Mapping[DocumentId, Reading], rulebook: Rulebook, *, silent: bool) -> Outlook:
    """What would become of a story as it stands, told to a team that has not heard of it.

    Quiet hours and limits per hour only delay, so they change nothing here; silences do.

    Args:
        story: The story.
        readings: Of its documents.
        rulebook: The rule set.
        silent: Nothing of it is news (see `History.baseline`).
    """
    assessment = assess(story, readings, rulebook)
    routing = rulebook.routing
    now = story.first_seen + routing.hold
    made = decisions(assessment, story, routing, History(baseline=silent), now)
    channels = {channel for decision in made if decision.action in _HEARD for channel in decision.channels}
    routes = matching(routing, subject(assessment, story)) if not silent else ()
    return Outlook(
        assessment=assessment,
        channels=tuple(sorted(channels)),
        digests=tuple(sorted({route.send for route in routes} & set(routing.digests))),
    )
